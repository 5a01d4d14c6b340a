//! The ImageBasedUpgrade (`lca.openshift.io/v1`) as it is read: nothing unknown or missing in it is an error.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::condition::Conditions;
use crate::resource::open_enum::open_enum;

/// The only name an ImageBasedUpgrade may have.
pub const NAME: &str = "upgrade";
/// Its `apiVersion`.
pub const API_VERSION: &str = "lca.openshift.io/v1";
/// Its `kind`.
pub const KIND: &str = "ImageBasedUpgrade";
/// The namespace of the Lifecycle Agent, unless it is installed for all namespaces.
pub const LCA_NAMESPACE: &str = "openshift-lifecycle-agent";
/// How long the init monitor waits when the object does not say, in seconds.
pub const DEFAULT_INIT_MONITOR_SECONDS: i64 = 1800;

open_enum! {
    /// A stage one may ask for.
    Stage {
        /// At rest: abort or finalize.
        Idle = "Idle",
        /// Seed unpacked and images fetched.
        Prep = "Prep",
        /// Reboot into the new release.
        Upgrade = "Upgrade",
        /// Reboot into the old release.
        Rollback = "Rollback",
    }
}

impl Default for Stage {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// The object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImageBasedUpgrade {
    /// Name and annotations.
    #[serde(deserialize_with = "null_default")]
    pub metadata: Metadata,
    /// What is asked for.
    #[serde(deserialize_with = "null_default")]
    pub spec: Spec,
    /// What the agent says; `None` until it has seen the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// The part of the metadata that matters here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// `upgrade`.
    #[serde(deserialize_with = "null_default")]
    pub name: String,
    /// Counts changes of the spec; starts anew at the pivot.
    #[serde(deserialize_with = "null_default")]
    pub generation: i64,
    /// Annotations.
    #[serde(deserialize_with = "null_default")]
    pub annotations: BTreeMap<String, String>,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Spec {
    /// The stage to be in.
    pub stage: Option<Stage>,
    /// The seed image.
    #[serde(deserialize_with = "null_default")]
    pub seed_image_ref: SeedImageRef,
    /// ConfigMaps with Backups and Restores.
    #[serde(deserialize_with = "null_default")]
    pub oadp_content: Vec<ConfigMapRef>,
    /// ConfigMaps with manifests to apply after the pivot.
    #[serde(deserialize_with = "null_default")]
    pub extra_manifests: Vec<ConfigMapRef>,
    /// Settings of the automatic rollback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_rollback_on_failure: Option<AutoRollback>,
}

/// Which image, of which release.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SeedImageRef {
    /// The release in the image.
    #[serde(deserialize_with = "null_default")]
    pub version: String,
    /// The image.
    #[serde(deserialize_with = "null_default")]
    pub image: String,
    /// The Secret to pull it with, in the agent's namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_secret_ref: Option<SecretRef>,
}

/// A Secret by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecretRef {
    /// Its name.
    #[serde(deserialize_with = "null_default")]
    pub name: String,
}

/// A ConfigMap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfigMapRef {
    /// Its name.
    #[serde(deserialize_with = "null_default")]
    pub name: String,
    /// Its namespace.
    #[serde(deserialize_with = "null_default")]
    pub namespace: String,
}

/// Settings of the automatic rollback.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AutoRollback {
    /// Seconds from boot until the init monitor rolls back; 0 means 1800.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init_monitor_timeout_seconds: Option<i64>,
}

/// What the agent says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Status {
    /// Conditions in their stored order.
    #[serde(deserialize_with = "null_default")]
    pub conditions: Conditions,
    /// Stages the API server will accept next.
    #[serde(deserialize_with = "null_default")]
    pub valid_next_stages: Vec<Stage>,
    /// After this time a rollback may need manual certificate recovery.
    #[serde(deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub rollback_availability_expiration: Option<Timestamp>,
    /// Stages gone through since Idle.
    #[serde(deserialize_with = "null_default")]
    pub history: Vec<HistoryEntry>,
    /// Which generation the status is about.
    #[serde(deserialize_with = "null_default")]
    pub observed_generation: i64,
}

/// One stage of the past.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Which.
    #[serde(default)]
    pub stage: Stage,
    /// When it began.
    #[serde(default, deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Timestamp>,
    /// When it succeeded.
    #[serde(default, deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub completion_time: Option<Timestamp>,
    /// Its parts.
    #[serde(default, deserialize_with = "null_default")]
    pub phases: Vec<HistoryPhase>,
}

open_enum! {
    /// A part of a stage (LCA main `controllers/utils/history.go`).
    Phase {
        /// Prep: the seed image becomes a stateroot.
        Stateroot = "Stateroot",
        /// Prep: images are fetched.
        Precache = "Precache",
        /// Upgrade: until the reboot.
        PrePivot = "PrePivot",
        /// Upgrade: after the reboot.
        PostPivot = "PostPivot",
    }
}

impl Default for Phase {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// One part of a stage of the past.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPhase {
    /// Which.
    #[serde(default)]
    pub phase: Phase,
    /// When it began.
    #[serde(default, deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Timestamp>,
    /// When it succeeded.
    #[serde(default, deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub completion_time: Option<Timestamp>,
}

impl ImageBasedUpgrade {
    /// The conditions; none without a status.
    pub fn conditions(&self) -> &[super::condition::Condition] {
        self.status.as_ref().map_or(&[], |s| &s.conditions.0)
    }

    /// The stage asked for; Idle when the object does not say.
    pub fn stage(&self) -> Stage {
        self.spec.stage.clone().unwrap_or(Stage::Idle)
    }

    /// Seconds from boot until the init monitor rolls back.
    pub fn init_monitor_seconds(&self) -> i64 {
        let set = self.spec.auto_rollback_on_failure.as_ref().and_then(|a| a.init_monitor_timeout_seconds);
        set.filter(|s| *s > 0).unwrap_or(DEFAULT_INIT_MONITOR_SECONDS)
    }

    /// Whether an annotation has exactly the value `Disabled`, the only one that switches something off.
    pub fn disables(&self, annotation: &str) -> bool {
        self.metadata.annotations.get(annotation).is_some_and(|v| v == super::annotation::DISABLED)
    }
}

/// Reads null as absent.
pub(super) fn null_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(d: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(d)?.unwrap_or_default())
}

/// Reads a time; one that cannot be read is absent.
pub(super) fn lenient_time<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<String>::deserialize(d)?.and_then(|text| text.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_operator_writes_is_kept() {
        let ibu: ImageBasedUpgrade = serde_json::from_value(serde_json::json!({
            "metadata": {"name": "upgrade", "annotations": null},
            "spec": {"stage": "Hibernate", "autoRollbackOnFailure": {}},
            "status": {"conditions": [{"type": "New", "reason": "Odd"}], "history": null},
        }))
        .expect("lenient");
        assert_eq!(ibu.stage(), Stage::Other("Hibernate".into()));
        assert_eq!(ibu.conditions()[0].reason.as_str(), "Odd");
        assert_eq!(ibu.init_monitor_seconds(), 1800);
    }
}
