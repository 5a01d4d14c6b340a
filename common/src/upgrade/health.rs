//! The agent's health checks, as far as its API server answers them (LCA main `internal/healthcheck/healthcheck.go`),
//! in the agent's words. It runs them before Prep, before the reboot and before a finalize, and waits without limit.

use serde_json::Value;

use super::kinds;
use crate::inventory::{Inventory, Query};
use crate::resource::Resource;

/// The checks that fail; `None` when there is nothing to judge by.
pub fn failed(source: &dyn Inventory) -> Option<Vec<String>> {
    let operators = all(source, kinds::CLUSTER_OPERATOR);
    if operators.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    let mut add = |what: &str, objects: Vec<&Value>| {
        if !objects.is_empty() {
            let names: Vec<&str> = objects.into_iter().map(name).collect();
            found.push(format!("one or more {what} not yet ready: {}", names.join(", ")));
        }
    };
    add("ClusterOperators", operators.iter().filter(|o| !operator_ready(o)).collect());
    let pools = all(source, kinds::MACHINE_CONFIG_POOL);
    let updating = |p: &&Value| p.pointer("/status/machineCount") != p.pointer("/status/readyMachineCount");
    add("MachineConfigPools", pools.iter().filter(updating).collect());
    let csvs = all(source, kinds::CSV);
    let unready = |csv: &&Value| {
        csv.pointer("/status/phase").and_then(Value::as_str) != Some("Succeeded")
            && !name(csv).contains("lifecycle-agent")
    };
    add("ClusterServiceVersions", csvs.iter().filter(unready).collect());
    found.extend(cards(source));
    found.extend(storage(source));
    found.extend(nodes(source));
    let requests = all(source, kinds::SIGNING_REQUEST);
    let waiting = requests.iter().filter(|r| !holds(r, "Approved"));
    found.extend(waiting.map(|r| format!("certificateSigningRequest (csr) {} not yet approved", name(r))));
    Some(found)
}

fn all(source: &dyn Inventory, resource: Resource) -> Vec<Value> {
    let mut found = Vec::new();
    // A kind that cannot be read is one that is not judged.
    let _ = source.each(&Query::all(resource), &mut |object| found.push(object.clone()));
    found
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

fn operator_ready(operator: &Value) -> bool {
    holds(operator, "Available") && !holds(operator, "Progressing") && !holds(operator, "Degraded")
}

fn holds(object: &Value, kind: &str) -> bool {
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    conditions.into_iter().flatten().any(|c| c["type"] == kind && c["status"] == "True")
}

fn cards(source: &dyn Inventory) -> Option<String> {
    let states = all(source, kinds::SRIOV_STATE);
    let done = |s: &Value| s.pointer("/status/syncStatus").and_then(Value::as_str) == Some("Succeeded");
    (!states.iter().all(done)).then(|| "sriovNetworkNodeState not ready".to_owned())
}

fn storage(source: &dyn Inventory) -> Vec<String> {
    let dpas = all(source, kinds::DPA);
    if dpas.is_empty() {
        return Vec::new();
    }
    if !dpas.iter().any(|dpa| holds(dpa, "Reconciled")) {
        return vec!["dataProtectionApplication not reconciled".to_owned()];
    }
    let locations = all(source, kinds::BACKUP_STORAGE);
    if locations.is_empty() {
        return vec!["backupsStorageLocations not yet created".to_owned()];
    }
    let available = |l: &&Value| l.pointer("/status/phase").and_then(Value::as_str) == Some("Available");
    let away = locations.iter().filter(|l| !available(l));
    away.map(|l| format!("backupStorageLocation {} not available", name(l))).collect()
}

fn nodes(source: &dyn Inventory) -> Vec<String> {
    let nodes = all(source, kinds::NODE);
    // The agent looks at nodes only where there is a single one.
    let [node] = nodes.as_slice() else { return Vec::new() };
    let mut found = Vec::new();
    if !holds(node, "Ready") {
        found.push(format!("node is not yet ready: {}", name(node)));
    }
    if holds(node, "NetworkUnavailable") {
        found.push(format!("node network unavailable: {}", name(node)));
    }
    for role in ["control-plane", "master", "worker"] {
        let label = format!("node-role.kubernetes.io/{role}");
        if node.pointer("/metadata/labels").is_none_or(|labels| labels.get(&label).is_none()) {
            found.push(format!("node missing {label} label: {}", name(node)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Recorded;
    use serde_json::json;

    #[test]
    fn the_words_are_the_agents() {
        let mut source = Recorded::named("test");
        assert_eq!(failed(&source), None);
        let ready = json!([{"type": "Available", "status": "True"}]);
        source.add(json!({"apiVersion": "config.openshift.io/v1", "kind": "ClusterOperator",
            "metadata": {"name": "dns"}, "status": {"conditions": ready}}));
        assert_eq!(failed(&source), Some(vec![]));
        source.add(json!({"apiVersion": "oadp.openshift.io/v1alpha1", "kind": "DataProtectionApplication",
            "metadata": {"name": "dpa"}, "status": {"conditions": [{"type": "Reconciled", "status": "True"}]}}));
        source.add(json!({"apiVersion": "velero.io/v1", "kind": "BackupStorageLocation",
            "metadata": {"name": "dpa-1"}, "status": {"phase": "Unavailable"}}));
        source.add(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "labels": {
            "node-role.kubernetes.io/master": "", "node-role.kubernetes.io/control-plane": ""}},
            "status": {"conditions": [{"type": "Ready", "status": "True"}]}}));
        source.add(json!({"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
            "metadata": {"name": "csr-1"}}));
        let expected = [
            "backupStorageLocation dpa-1 not available",
            "node missing node-role.kubernetes.io/worker label: n",
            "certificateSigningRequest (csr) csr-1 not yet approved",
        ];
        assert_eq!(failed(&source).unwrap(), expected);
    }
}
