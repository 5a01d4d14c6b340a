//! `Policy` (`policy.open-cluster-management.io`): root policies and their copies in cluster namespaces.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::open_enum::open_enum;
use super::{Metadata, or_default};

/// Labels and annotations of policies.
pub mod annotation {
    /// Label of every copy; only the key counts.
    pub const ROOT_POLICY: &str = "policy.open-cluster-management.io/root-policy";
    /// Annotation: seconds a cluster must stay compliant.
    pub const SOAK_SECONDS: &str = "ran.openshift.io/soak-seconds";
    /// Annotation: position in the ZTP order.
    pub const DEPLOY_WAVE: &str = "ran.openshift.io/ztp-deploy-wave";
    /// Annotation of a copy whose hub templates could not be resolved.
    pub const HUB_TEMPLATES_ERROR: &str = "policy.open-cluster-management.io/hub-templates-error";
}

open_enum! {
    /// Compliance of one cluster, as the root policy's status lists it.
    #[derive(Default)]
    Compliance {
        /// Compliant.
        Compliant = "Compliant",
        /// Not compliant.
        NonCompliant = "NonCompliant",
        /// Waits for a dependency.
        Pending = "Pending",
        /// The cluster has not reported.
        #[default]
        Unreported = "",
    }
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct Policy {
    /// Name, namespace, annotations.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// What it demands.
    #[serde(deserialize_with = "or_default")]
    pub spec: PolicySpec,
    /// What clusters report; `None` when nothing has been written yet.
    pub status: Option<PolicyStatus>,
}

/// What a policy demands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct PolicySpec {
    /// Whether it is switched off.
    #[serde(deserialize_with = "or_default")]
    pub disabled: bool,
    /// `inform` or `enforce`, in any letter case.
    #[serde(deserialize_with = "or_default")]
    pub remediation_action: String,
    /// Policies that must be compliant first.
    #[serde(deserialize_with = "or_default")]
    pub dependencies: Vec<PolicyDependency>,
    /// The policy templates, as they are.
    #[serde(rename = "policy-templates", deserialize_with = "or_default")]
    pub policy_templates: Vec<Value>,
}

/// Something a policy waits for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PolicyDependency {
    /// Kind, mostly `Policy`.
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// Name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Namespace.
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
}

/// What a root policy's status says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PolicyStatus {
    /// Compliance by cluster; `None` when the list is absent. Of several entries for one cluster the first that TALM
    /// understands counts.
    #[serde(rename = "status", deserialize_with = "by_cluster")]
    pub clusters: Option<HashMap<String, Compliance>>,
}

#[derive(Default, Deserialize)]
#[serde(default, expecting = "a map")]
struct ClusterEntry {
    #[serde(deserialize_with = "or_default")]
    clustername: String,
    #[serde(deserialize_with = "or_default")]
    compliant: Compliance,
}

fn by_cluster<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<HashMap<String, Compliance>>, D::Error> {
    let Some(entries) = Option::<Vec<ClusterEntry>>::deserialize(d)? else { return Ok(None) };
    let mut clusters = HashMap::with_capacity(entries.len());
    for ClusterEntry { clustername, compliant } in entries {
        let slot = clusters.entry(clustername).or_insert_with(|| compliant.clone());
        if matches!(slot, Compliance::Other(_)) {
            *slot = compliant;
        }
    }
    Ok(Some(clusters))
}

impl Policy {
    /// Whether it enforces, whatever the letter case.
    pub fn is_enforce(&self) -> bool {
        self.spec.remediation_action.eq_ignore_ascii_case("enforce")
    }

    /// What the status says of a cluster; `None` when it does not list it.
    pub fn compliance(&self, cluster: &str) -> Option<&Compliance> {
        self.status.as_ref()?.clusters.as_ref()?.get(cluster)
    }
}
