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
        expected_values(&self.metadata)
    }
}

fn expected_values(metadata: &Metadata) -> Result<Vec<ExpectedValue>, String> {
    match metadata.annotation("openshift-cluster-group-upgrades/expectedValues") {
        None | Some("") => Ok(Vec::new()),
        Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
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
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct WorkStatus {
    #[serde(deserialize_with = "or_default")]
    conditions: Vec<Condition>,
    #[serde(deserialize_with = "or_default")]
    resource_status: ResourceStatus,
}

impl ManifestWork {
    /// The conditions of its status.
    pub fn conditions(&self) -> &[Condition] {
        &self.status.conditions
    }

    /// What became of each manifest.
    pub fn manifests(&self) -> &[ManifestStatus] {
        &self.status.resource_status.manifests
    }

    /// The values that finish it: TALM copied them from the template when it made the work.
    ///
    /// # Errors
    /// The annotation is not a JSON list of `{manifestIndex, name, value}`.
    pub fn expected_values(&self) -> Result<Vec<ExpectedValue>, String> {
        expected_values(&self.metadata)
    }
}

/// What became of the manifests of a work.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ResourceStatus {
    /// One for each manifest that the cluster has reported.
    #[serde(deserialize_with = "or_default")]
    pub manifests: Vec<ManifestStatus>,
}

/// What became of one manifest.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct ManifestStatus {
    /// Which manifest.
    #[serde(deserialize_with = "or_default")]
    pub resource_meta: ManifestMeta,
    /// `Applied`, `Available`, `StatusFeedbackSynced`.
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<Condition>,
    #[serde(deserialize_with = "or_default")]
    status_feedback: Feedback,
}

/// Which manifest of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManifestMeta {
    /// Its place in the work, from 0.
    #[serde(deserialize_with = "or_default")]
    pub ordinal: i64,
    /// Kind of its object.
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// Name of its object.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct Feedback {
    #[serde(deserialize_with = "or_default")]
    values: Vec<FeedbackValue>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct FeedbackValue {
    #[serde(deserialize_with = "or_default")]
    name: String,
    #[serde(deserialize_with = "or_default")]
    field_value: FieldValue,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct FieldValue {
    #[serde(rename = "type", deserialize_with = "or_default")]
    kind: String,
    string: Option<String>,
    boolean: Option<bool>,
    integer: Option<i64>,
    json_raw: Option<String>,
}

impl ManifestStatus {
    /// A value of its feedback as the text that TALM compares (TALM 5.0 `controllers/utils/manifestwork.go`).
    pub fn feedback(&self, name: &str) -> Option<String> {
        let value = &self.status_feedback.values.iter().find(|value| value.name == name)?.field_value;
        match value.kind.as_str() {
            "String" => value.string.clone(),
            "Boolean" => value.boolean.map(|value| value.to_string()),
            "Integer" => value.integer.map(|value| value.to_string()),
            "JsonRaw" => value.json_raw.clone(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn feedback_is_compared_as_text() {
        let value = |name: &str, field: Value| json!({"name": name, "fieldValue": field});
        let status: ManifestStatus = crate::resource::read(&json!({"resourceMeta": {"ordinal": 1, "group": "apps"},
            "statusFeedback": {"values": [value("s", json!({"type": "String", "string": "x"})),
                value("b", json!({"type": "Boolean", "boolean": true})),
                value("i", json!({"type": "Integer", "integer": 3})),
                value("j", json!({"type": "JsonRaw", "jsonRaw": "{}"}))]}}))
        .unwrap();
        assert_eq!(
            ["s", "b", "i", "j", "none"].map(|name| status.feedback(name).unwrap_or_default()),
            ["x", "true", "3", "{}", ""]
        );
    }
}
