//! `ManifestWorkReplicaSet` and `ManifestWork` (`work.open-cluster-management.io`), as far as rollouts use them.

use serde::Deserialize;
use serde_json::Value;

use super::{Condition, Metadata, or_default};

/// A template for works. TALM reads it whatever its own placement says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManifestWorkReplicaSet {
    /// Name, namespace, annotations.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    spec: ReplicaSetSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct ReplicaSetSpec {
    #[serde(deserialize_with = "or_default")]
    placement_refs: Vec<Value>,
}

/// A value that the feedback of a manifest must reach.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct ExpectedValue {
    /// Ordinal of the manifest.
    #[serde(deserialize_with = "or_default")]
    pub manifest_index: i64,
    /// Name of the feedback value.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The text it must equal.
    #[serde(deserialize_with = "or_default")]
    pub value: String,
}

impl ManifestWorkReplicaSet {
    /// Whether it also has a placement of its own.
    pub fn has_placement(&self) -> bool {
        !self.spec.placement_refs.is_empty()
    }

    /// The values that finish a work made from it.
    ///
    /// # Errors
    /// The annotation is not a JSON list of `{manifestIndex, name, value}`.
    pub fn expected_values(&self) -> Result<Vec<ExpectedValue>, String> {
        match self.metadata.annotation("openshift-cluster-group-upgrades/expectedValues") {
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
            None => Ok(Vec::new()),
        }
    }
}

/// Manifests on their way to one cluster.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManifestWork {
    /// Name; the namespace is the cluster.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    status: WorkStatus,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct WorkStatus {
    #[serde(deserialize_with = "or_default")]
    conditions: Vec<Condition>,
}

impl ManifestWork {
    /// The conditions of its status.
    pub fn conditions(&self) -> &[Condition] {
        &self.status.conditions
    }
}
