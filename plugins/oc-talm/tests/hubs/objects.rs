//! Objects of a hub.

use serde_json::{Value, json};

/// The namespace of policies and CGUs.
pub const NAMESPACE: &str = "fleet";

pub fn cluster(name: &str, available: &str) -> Value {
    json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
        "metadata": {"name": name, "labels": {"name": name, "tier": "edge"}},
        "spec": {"hubAcceptsClient": true},
        "status": {"conditions": [{"type": "ManagedClusterConditionAvailable", "status": available, "reason": "Lease",
            "message": if available == "True" { "" } else { "the lease has not been renewed" }}]}})
}

pub fn with_label(mut object: Value, key: &str, value: Option<&str>) -> Value {
    match (value, object["metadata"]["labels"].as_object_mut()) {
        (Some(value), Some(labels)) => drop(labels.insert(key.to_owned(), json!(value))),
        (None, Some(labels)) => drop(labels.remove(key)),
        _ => {}
    }
    object
}

/// A root policy with its copies; the wave is that of ZTP.
pub fn policy(name: &str, wave: Option<&str>, action: &str, compliance: &[(&str, &str)]) -> Vec<Value> {
    let annotations = wave.map_or_else(|| json!({}), |wave| json!({"ran.openshift.io/ztp-deploy-wave": wave}));
    let status: Vec<Value> = compliance
        .iter()
        .map(|(cluster, state)| json!({"clustername": cluster, "clusternamespace": cluster, "compliant": state}))
        .collect();
    let spec = json!({"remediationAction": action, "policy-templates": [{"objectDefinition": {
        "apiVersion": "policy.open-cluster-management.io/v1", "kind": "ConfigurationPolicy", "metadata": {"name": name},
        "spec": {"remediationAction": "inform", "object-templates": [{"complianceType": "musthave",
            "objectDefinition": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}}}]}}}]});
    let api = "policy.open-cluster-management.io/v1";
    let mut objects = vec![json!({"apiVersion": api, "kind": "Policy", "spec": spec, "status": {"status": status},
        "metadata": {"name": name, "namespace": NAMESPACE, "annotations": annotations}})];
    for (cluster, state) in compliance {
        let full = format!("{NAMESPACE}.{name}");
        objects.push(json!({"apiVersion": api, "kind": "Policy", "spec": spec, "status": {"compliant": state},
            "metadata": {"name": full, "namespace": cluster, "annotations": annotations,
                "labels": {"policy.open-cluster-management.io/root-policy": full}}}));
    }
    objects
}

/// A policy that TALM cannot work with.
pub fn operator_policy(name: &str, clusters: &[(&str, &str)]) -> Vec<Value> {
    let mut objects = policy(name, None, "inform", clusters);
    for object in &mut objects {
        object["spec"]["policy-templates"] =
            json!([{"objectDefinition": {"kind": "OperatorPolicy", "metadata": {"name": name}, "spec": {}}}]);
    }
    objects
}

pub fn cgu(name: &str, spec: Value, status: Value) -> Value {
    json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade", "spec": spec, "status": status,
        "metadata": {"name": name, "namespace": NAMESPACE, "creationTimestamp": "2026-01-01T10:00:00Z"}})
}

pub fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": message,
        "lastTransitionTime": "2026-01-01T10:00:00Z"})
}

/// The conditions of a rollout that runs.
pub fn running() -> Vec<Value> {
    vec![
        condition("ClustersSelected", "True", "ClusterSelectionCompleted", "All selected clusters are valid"),
        condition("Validated", "True", "ValidationCompleted", "Completed validation"),
        condition("Progressing", "True", "InProgress", "Remediating non-compliant policies"),
    ]
}

/// The conditions of one that has ended.
pub fn ended(status: &str, reason: &str, message: &str) -> Vec<Value> {
    vec![
        condition("ClustersSelected", "True", "ClusterSelectionCompleted", "All selected clusters are valid"),
        condition("Validated", "True", "ValidationCompleted", "Completed validation"),
        condition("Progressing", "False", reason, message),
        condition("Succeeded", status, reason, message),
    ]
}

/// Managed policies as a status lists them.
pub fn references(names: &[&str]) -> Value {
    names.iter().map(|name| json!({"name": name, "namespace": NAMESPACE})).collect()
}

/// A spec in batches of two.
pub fn spec(clusters: &[&str], policies: &[&str], more: Value) -> Value {
    let mut spec = json!({"clusters": clusters, "managedPolicies": policies, "enable": true,
        "remediationStrategy": {"maxConcurrency": 2, "timeout": 240}});
    if let (Some(spec), Value::Object(more)) = (spec.as_object_mut(), more) {
        spec.extend(more);
    }
    spec
}

/// A view of an object on a cluster.
pub fn view(cluster: &str, name: &str, resource: &str, of: &str, result: Value) -> Value {
    json!({"apiVersion": "view.open-cluster-management.io/v1beta1", "kind": "ManagedClusterView",
        "metadata": {"name": name, "namespace": cluster},
        "spec": {"scope": {"resource": resource, "name": of, "namespace": "openshift-ptp"}},
        "status": {"conditions": [{"type": "Processing", "status": "True", "reason": "GetResourceProcessing"}],
            "result": result}})
}
