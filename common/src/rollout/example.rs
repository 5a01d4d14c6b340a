//! Small hubs for unit tests.

use serde_json::{Value, json};

use super::{CopyReading, Hub};
use crate::inventory::Recorded;

/// A hub of these objects.
pub fn hub(objects: Vec<Value>) -> Hub {
    let mut recorded = Recorded::named("test");
    objects.into_iter().for_each(|object| recorded.add(object));
    Hub::gather(&recorded, CopyReading::All).unwrap()
}

/// A cluster with its `name` label.
pub fn cluster(name: &str) -> Value {
    json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
        "metadata": {"name": name, "labels": {"name": name}}})
}

/// A root policy of one ConfigMap, with the compliance its status lists.
pub fn policy(namespace: &str, name: &str, compliance: &[(&str, &str)]) -> Value {
    let clusters: Vec<Value> =
        compliance.iter().map(|(cluster, state)| json!({"clustername": cluster, "compliant": state})).collect();
    let objects = json!([{"complianceType": "musthave", "objectDefinition": {"kind": "ConfigMap"}}]);
    json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"remediationAction": "inform", "policy-templates": [
            {"objectDefinition": {"kind": "ConfigurationPolicy", "metadata": {}, "spec": {"object-templates": objects}}}]},
        "status": {"status": clusters}})
}

/// A copy of a policy on a cluster.
pub fn copy(namespace: &str, name: &str, cluster: &str, action: &str) -> Value {
    json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
        "metadata": {"name": format!("{namespace}.{name}"), "namespace": cluster,
            "labels": {"policy.open-cluster-management.io/root-policy": format!("{namespace}.{name}")}},
        "spec": {"remediationAction": action}})
}

/// A CGU in namespace `n`.
pub fn cgu(name: &str, spec: Value) -> Value {
    json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
        "metadata": {"name": name, "namespace": "n"}, "spec": spec})
}
