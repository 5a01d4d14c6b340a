//! `ManagedClusterView` (`view.open-cluster-management.io`): objects of a managed cluster, as the hub sees them.

use serde::Deserialize;
use serde_json::Value;

use super::{Condition, Metadata, condition, or_default};

/// A window on one object of a managed cluster. Its namespace is the cluster.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManagedClusterView {
    /// Name, namespace, labels.
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
    scope: ViewScope,
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ViewScope {
    /// Kind or plural, with or without version and group.
    #[serde(deserialize_with = "or_default")]
    pub resource: String,
    /// Name on the cluster.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Namespace on the cluster.
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct Status {
    #[serde(deserialize_with = "or_default")]
    conditions: Vec<Condition>,
    result: Value,
}

impl ManagedClusterView {
    /// What is looked at.
    pub fn scope(&self) -> &ViewScope {
        &self.spec.scope
    }

    /// Whether looking works, and why not.
    pub fn processing(&self) -> Option<&Condition> {
        condition(&self.status.conditions, "Processing")
    }

    /// The object as it was seen last; null when it was not.
    pub fn result(&self) -> &Value {
        &self.status.result
    }

    /// Whether it looks at objects of a kind, however the kind is written (`Subscription.operators.coreos.com`, `jobs`).
    pub fn is_of(&self, kind: &str) -> bool {
        let written = self.spec.scope.resource.split('.').next().unwrap_or_default();
        written.eq_ignore_ascii_case(kind) || written.strip_suffix('s').is_some_and(|w| w.eq_ignore_ascii_case(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_kind_may_be_written_in_several_ways() {
        let view = |resource: &str| -> ManagedClusterView {
            crate::resource::read(&json!({"spec": {"scope": {"resource": resource}}})).unwrap()
        };
        assert!(view("Subscription.operators.coreos.com").is_of("Subscription"));
        assert!(view("jobs").is_of("Job") && view("Job.v1.batch").is_of("Job"));
        assert!(!view("namespaces").is_of("Job"));
    }
}
