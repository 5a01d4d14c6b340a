//! A hub as large as they come.

use serde_json::{Value, json};
use ztp_tests::control_plane::ControlPlane;

const NAMESPACE: &str = "fleet";
const POLICY_API: &str = "policy.open-cluster-management.io/v1";

/// Clusters of one batch.
const BATCH: usize = 100;

/// Fills a server: clusters, policies, where they are bound to, their copies, and a rollout.
pub fn load(plane: &ControlPlane, clusters: usize, policies: usize) {
    let names: Vec<String> = (1..=clusters).map(|number| format!("sno{number:04}")).collect();
    let mut objects: Vec<Value> = names.iter().map(|name| cluster(name)).collect();
    for number in 0..policies {
        objects.extend(root(number, &names));
    }
    objects.push(rollout(&names, policies));
    plane.load(&objects);
    // A policy's copies at a time: all of them at once would be a hub in our own memory.
    for number in 0..policies {
        plane.load(&names.iter().map(|cluster| copy(number, cluster)).collect::<Vec<_>>());
    }
}

fn cluster(name: &str) -> Value {
    let condition = |kind: &str, reason: &str, message: &str| {
        json!({"type": kind, "status": "True", "reason": reason, "message": message,
            "lastTransitionTime": "2026-01-01T10:00:00Z"})
    };
    let claims = [
        ("id.openshift.io", "0c5b7c1e-0000-4000-8000-000000000000"),
        ("version.openshift.io", "4.18.9"),
        ("infrastructure.openshift.io", "{\"infraName\":\"sno\"}"),
        ("platform.open-cluster-management.io", "BareMetal"),
        ("product.open-cluster-management.io", "OpenShift"),
        ("consoleurl.cluster.open-cluster-management.io", "https://console-openshift-console.apps.example.com"),
    ];
    let claims: Vec<Value> = claims.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({
        "apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
        "metadata": {"name": name, "labels": {
            "name": name, "tier": "edge", "cloud": "BareMetal", "vendor": "OpenShift", "openshiftVersion": "4.18.9",
            "common": "true", "du-profile": "latest", "group-du-sno": "", "ztp-done": "",
            "cluster.open-cluster-management.io/clusterset": "default",
            "feature.open-cluster-management.io/addon-config-policy-controller": "available",
            "feature.open-cluster-management.io/addon-governance-policy-framework": "available",
        }},
        "spec": {"hubAcceptsClient": true, "leaseDurationSeconds": 60, "managedClusterClientConfigs": [
            {"url": format!("https://api.{name}.example.com:6443"), "caBundle": "Q0VSVElGSUNBVEVT".repeat(80)}]},
        "status": {
            "conditions": [
                condition("HubAcceptedManagedCluster", "HubClusterAdminAccepted", "Accepted by hub cluster admin"),
                condition("ManagedClusterImportSucceeded", "ManagedClusterImported", "Import succeeded"),
                condition("ManagedClusterJoined", "ManagedClusterJoined", "Managed cluster joined"),
                condition("ManagedClusterConditionAvailable", "ManagedClusterAvailable", "Managed cluster is available"),
            ],
            "clusterClaims": claims,
            "allocatable": {"cpu": "60", "memory": "126Gi", "pods": "250"},
            "capacity": {"cpu": "64", "memory": "131Gi", "pods": "250"},
            "version": {"kubernetes": "v1.31.7"},
        },
    })
}

fn policy_name(number: usize) -> String {
    format!("policy-{number:02}")
}

fn spec(number: usize) -> Value {
    let templates: Vec<Value> = (0..4)
        .map(|part| {
            let object = json!({"complianceType": "musthave", "objectDefinition": {
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": {"name": format!("settings-{number}-{part}"), "namespace": "openshift-settings"},
                "data": {"tuned.conf": "[main]\nsummary=Configuration changes profile\n".repeat(6)}}});
            json!({"objectDefinition": {
                "apiVersion": POLICY_API, "kind": "ConfigurationPolicy",
                "metadata": {"name": format!("policy-{number}-config-{part}")},
                "spec": {"remediationAction": "inform", "severity": "low", "object-templates": [object],
                    "evaluationInterval": {"compliant": "10m", "noncompliant": "10s"}}}})
        })
        .collect();
    json!({"remediationAction": "inform", "disabled": false, "policy-templates": templates})
}

/// A root policy, where it is bound to, and the decisions about that.
fn root(number: usize, clusters: &[String]) -> Vec<Value> {
    let name = policy_name(number);
    let status: Vec<Value> = clusters
        .iter()
        .enumerate()
        .map(|(at, cluster)| {
            let compliant = if number == 0 && at >= clusters.len() / 2 { "NonCompliant" } else { "Compliant" };
            json!({"clustername": cluster, "clusternamespace": cluster, "compliant": compliant})
        })
        .collect();
    let placement = json!({"apiGroup": "cluster.open-cluster-management.io", "kind": "Placement", "name": name});
    let subject = json!({"apiGroup": "policy.open-cluster-management.io", "kind": "Policy", "name": name});
    let mut objects = vec![
        json!({"apiVersion": POLICY_API, "kind": "Policy", "spec": spec(number),
            "metadata": {"name": name, "namespace": NAMESPACE},
            "status": {"compliant": "NonCompliant", "status": status,
                "placement": [{"placement": name, "placementBinding": name}]}}),
        json!({"apiVersion": POLICY_API, "kind": "PlacementBinding", "placementRef": placement, "subjects": [subject],
            "metadata": {"name": name, "namespace": NAMESPACE}}),
        json!({"apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "Placement",
            "metadata": {"name": name, "namespace": NAMESPACE},
            "spec": {"predicates": [{"requiredClusterSelector": {"labelSelector": {"matchLabels": {"tier": "edge"}}}}]}}),
    ];
    for (page, chosen) in clusters.chunks(100).enumerate() {
        let decisions: Vec<Value> = chosen.iter().map(|name| json!({"clusterName": name, "reason": ""})).collect();
        objects.push(json!({
            "apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "PlacementDecision",
            "metadata": {"name": format!("{name}-decision-{page}"), "namespace": NAMESPACE,
                "labels": {"cluster.open-cluster-management.io/placement": name}},
            "status": {"decisions": decisions},
        }));
    }
    objects
}

fn copy(number: usize, cluster: &str) -> Value {
    let full = format!("{NAMESPACE}.{}", policy_name(number));
    json!({"apiVersion": POLICY_API, "kind": "Policy", "spec": spec(number),
        "metadata": {"name": full, "namespace": cluster, "labels": {
            "policy.open-cluster-management.io/root-policy": full,
            "policy.open-cluster-management.io/cluster-name": cluster,
            "policy.open-cluster-management.io/cluster-namespace": cluster}}})
}

/// A rollout in the middle of its batches.
fn rollout(clusters: &[String], policies: usize) -> Value {
    let batches: Vec<&[String]> = clusters.chunks(BATCH).collect();
    let current = batches.len() / 2;
    let done: Vec<Value> =
        batches[..current].concat().iter().map(|name| json!({"name": name, "state": "complete"})).collect();
    let progress: serde_json::Map<String, Value> =
        batches[current].iter().map(|name| (name.clone(), json!({"state": "InProgress", "policyIndex": 0}))).collect();
    let names: Vec<String> = (0..policies).map(policy_name).collect();
    let references: Vec<Value> = names.iter().map(|name| json!({"name": name, "namespace": NAMESPACE})).collect();
    let condition = |kind: &str, reason: &str| {
        json!({"type": kind, "status": "True", "reason": reason, "message": reason,
            "lastTransitionTime": "2026-01-01T10:00:00Z"})
    };
    json!({
        "apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
        "metadata": {"name": "rollout", "namespace": NAMESPACE},
        "spec": {"enable": true, "clusters": clusters, "managedPolicies": names,
            "remediationStrategy": {"maxConcurrency": BATCH, "timeout": 600}},
        "status": {
            "conditions": [condition("ClustersSelected", "ClusterSelectionCompleted"),
                condition("Validated", "ValidationCompleted"), condition("Progressing", "InProgress")],
            "remediationPlan": batches, "clusters": done, "managedPoliciesForUpgrade": references,
            "computedMaxConcurrency": BATCH,
            "status": {"startedAt": "2026-01-01T02:00:00Z", "currentBatch": current + 1,
                "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": progress},
        },
    })
}
