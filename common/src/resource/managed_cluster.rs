//! `ManagedCluster` (`cluster.open-cluster-management.io`).

use serde::Deserialize;

use super::{Condition, ConditionStatus, Metadata, condition, or_default};

/// A cluster the hub knows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManagedCluster {
    /// Name and labels.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    spec: Spec,
    #[serde(deserialize_with = "or_default")]
    status: Status,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct Spec {
    #[serde(deserialize_with = "or_default")]
    taints: Vec<Taint>,
}

/// A taint; what a placement must tolerate to select the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct Taint {
    /// Key of the taint.
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// Its value.
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    /// `NoSelect`, `PreferNoSelect` or `NoSelectIfNew`.
    #[serde(deserialize_with = "or_default")]
    pub effect: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct Status {
    #[serde(deserialize_with = "or_default")]
    conditions: Vec<Condition>,
}

impl ManagedCluster {
    /// The condition `ManagedClusterConditionAvailable`; `None` when the hub has not judged it.
    pub fn availability(&self) -> Option<&Condition> {
        condition(&self.status.conditions, "ManagedClusterConditionAvailable")
    }

    /// Whether the hub says that it is available.
    pub fn is_available(&self) -> bool {
        self.availability().is_some_and(Condition::is_true)
    }

    /// Whether the hub says that it is away: judged, and not as available.
    pub fn is_known_unavailable(&self) -> bool {
        self.availability().is_some_and(|c| c.status != ConditionStatus::True)
    }

    /// Its taints.
    pub fn taints(&self) -> &[Taint] {
        &self.spec.taints
    }

    /// The label by which the placements of TALM select it; they miss a cluster where it is not the name.
    pub fn name_label(&self) -> Option<&str> {
        self.metadata.label("name")
    }

    /// The cluster set it belongs to.
    pub fn cluster_set(&self) -> &str {
        self.metadata.label("cluster.open-cluster-management.io/clusterset").unwrap_or("default")
    }
}
