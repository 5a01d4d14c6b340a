//! `ClusterGroupUpgrade`, what TALM says about it. Old names (`placementRules`) are read as well.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;
use super::{Condition, condition, or_default};

/// The status of a CGU.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct ClusterGroupUpgradeStatus {
    /// In TALM's order; `oc get cgu` shows the last.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Batch size in use.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub computed_max_concurrency: i64,
    /// Batches of cluster names.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub remediation_plan: Vec<Vec<String>>,
    /// Policies to enforce; `policyIndex` counts in this list.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub managed_policies_for_upgrade: Vec<PolicyRef>,
    /// Policies left out as compliant everywhere.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub managed_policies_compliant_before_upgrade: Vec<String>,
    /// Namespace of each policy to enforce.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub managed_policies_ns: BTreeMap<String, String>,
    /// Subscriptions of each policy to enforce, as JSON text.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub managed_policies_content: BTreeMap<String, String>,
    /// Placements TALM made.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub placements: Vec<String>,
    /// The same on hubs before 2026-07.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub placement_rules: Vec<String>,
    /// PlacementBindings TALM made.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub placement_bindings: Vec<String>,
    /// `<namespace>/<desired name>` to the name in use.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub safe_resource_names: BTreeMap<String, String>,
    /// Outcome of clusters that are done with.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub clusters: Vec<ClusterOutcome>,
    /// Times and the current batch.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub status: RunStatus,
    /// Pre-caching per cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precaching: Option<JobStatus>,
    /// Backup per cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<JobStatus>,
}

impl ClusterGroupUpgradeStatus {
    /// The condition of a type.
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        condition(&self.conditions, kind)
    }

    /// Whether the rollout is running: `Progressing` is True.
    pub fn is_running(&self) -> bool {
        self.succeeded().is_none() && self.condition("Progressing").is_some_and(Condition::is_true)
    }

    /// The condition that only a CGU that has ended has.
    pub fn succeeded(&self) -> Option<&Condition> {
        self.condition("Succeeded")
    }

    /// The batch now worked on: its number from 1 and its clusters.
    pub fn current_batch(&self) -> Option<(usize, &[String])> {
        let number = usize::try_from(self.status.current_batch).ok().filter(|n| *n > 0)?;
        Some((number, self.remediation_plan.get(number - 1)?))
    }
}

/// A policy by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PolicyRef {
    /// Name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Namespace.
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
}

open_enum! {
    /// How a cluster came out of a rollout.
    #[derive(Default)]
    ClusterState {
        /// Done, or compliant from the start.
        #[default]
        Complete = "complete",
        /// Its batch or the CGU ran out of time.
        TimedOut = "timedout",
    }
}

/// What became of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct ClusterOutcome {
    /// The cluster.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Its end.
    #[serde(deserialize_with = "or_default")]
    pub state: ClusterState,
    /// Where a timed-out cluster stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_policy: Option<CurrentPolicy>,
    /// The same with manifest works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_manifest_work: Option<CurrentManifestWork>,
}

/// The policy a cluster stood at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct CurrentPolicy {
    /// Its name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Always `NonCompliant`, also for a cluster that only soaked.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
}

/// The manifest work a cluster stood at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct CurrentManifestWork {
    /// Its name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// What the hub last knew, as TALM trimmed it.
    pub status: serde_json::Value,
}

/// Times, and the batch that is worked on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct RunStatus {
    /// First pass with enable=true, before blocking and backup are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// End of the clean-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// From 1; 0 before the start and after the end.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub current_batch: i64,
    /// When that batch began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_batch_started_at: Option<Timestamp>,
    /// Progress of the clusters of that batch.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub current_batch_remediation_progress: BTreeMap<String, BatchProgress>,
}

open_enum! {
    /// How far a cluster of the current batch is.
    #[derive(Default)]
    ProgressState {
        /// Not looked at yet.
        #[default]
        NotStarted = "NotStarted",
        /// At a policy or manifest work.
        InProgress = "InProgress",
        /// Through.
        Completed = "Completed",
    }
}

/// Progress of one cluster of the current batch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct BatchProgress {
    /// How far.
    #[serde(deserialize_with = "or_default")]
    pub state: ProgressState,
    /// Index into `managedPoliciesForUpgrade`, only while in progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_index: Option<usize>,
    /// Index into `manifestWorkTemplates`, only while in progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest_work_index: Option<usize>,
    /// When it was first seen compliant with a policy that soaks. Older hubs spell it `firstComplaintAt`.
    #[serde(alias = "firstComplaintAt", skip_serializing_if = "Option::is_none")]
    pub first_compliant_at: Option<Timestamp>,
}

open_enum! {
    /// State of pre-caching or backup on one cluster.
    JobState {
        /// Stored only after an error; counts as failed.
        NotStarted = "NotStarted",
        /// Leftovers are removed.
        PreparingToStart = "PreparingToStart",
        /// Objects are being made on the cluster.
        Starting = "Starting",
        /// The job runs.
        Active = "Active",
        /// Done.
        Succeeded = "Succeeded",
        /// The pre-caching job ran out of time.
        PrecacheTimeout = "PrecacheTimeout",
        /// The backup ran out of time.
        BackupTimeout = "BackupTimeout",
        /// Failed for good.
        UnrecoverableError = "UnrecoverableError",
    }
}

impl JobState {
    /// Whether the job is on its way, as TALM counts for its messages.
    pub fn is_in_progress(&self) -> bool {
        matches!(self, Self::PreparingToStart | Self::Starting | Self::Active)
    }

    /// Whether it has failed, as TALM counts: neither succeeded nor on its way.
    pub fn has_failed(&self) -> bool {
        !self.is_in_progress() && *self != Self::Succeeded
    }

    /// Whether it has failed and TALM never tries again.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::PrecacheTimeout | Self::BackupTimeout | Self::UnrecoverableError)
    }
}

/// State of pre-caching or backup.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct JobStatus {
    /// What to cache; backups have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<PrecachingSpec>,
    /// State per cluster.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub status: BTreeMap<String, JobState>,
    /// When backups began; pre-caching has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
}

/// The software to cache, derived from the policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct PrecachingSpec {
    /// Release image.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub platform_image: String,
    /// Index images of catalogs.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub operators_indexes: Vec<String>,
    /// `package:channel`.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub operators_packages_and_channels: Vec<String>,
    /// Patterns of images to leave out.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub exclude_precache_patterns: Vec<String>,
    /// Whole GiB, as text.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub space_required: String,
    /// More images.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub additional_images: Vec<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_soak_stamp_of_older_hubs_is_read() {
        for key in ["firstCompliantAt", "firstComplaintAt"] {
            let progress: BatchProgress =
                super::super::read(&json!({"state": "InProgress", "policyIndex": 0, key: "2026-01-01T10:00:00Z"}))
                    .unwrap();
            assert!(progress.first_compliant_at.is_some(), "{key}");
        }
    }
}
