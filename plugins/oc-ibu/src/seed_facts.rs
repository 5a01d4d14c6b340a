//! What recorded objects tell about a cluster that shall become a seed image.
//!
//! A kind of which nothing was recorded may be absent from the cluster or from the recording: it counts as not looked
//! at, and the report says so.

use serde_json::Value;
use ztp_common::resource::Resource;
use ztp_common::upgrade::seed::SeedCluster;

use crate::source::{Cluster, resource};

const CRD: Resource = resource("apiextensions.k8s.io", "CustomResourceDefinition");
const NAMESPACE: Resource = resource("", "Namespace");
const VOLUME: Resource = resource("", "PersistentVolume");
const LOCAL_VOLUME: Resource = resource("local.storage.openshift.io", "LocalVolume");
const LVM_CLUSTER: Resource = resource("lvm.topolvm.io", "LVMCluster");
const DPA: Resource = resource("oadp.openshift.io", "DataProtectionApplication");
const CSV: Resource = resource("operators.coreos.com", "ClusterServiceVersion");
const OPERATOR: Resource = resource("config.openshift.io", "ClusterOperator");
const POOL: Resource = resource("machineconfiguration.openshift.io", "MachineConfigPool");
const SIGNING_REQUEST: Resource = resource("certificates.k8s.io", "CertificateSigningRequest");
const HUB: Resource = resource("operator.open-cluster-management.io", "MultiClusterHub");
const ENGINE: Resource = resource("multicluster.openshift.io", "MultiClusterEngine");

/// Gathers the facts.
pub fn gather(cluster: &Cluster) -> SeedCluster {
    let csvs = cluster.all(CSV);
    let crds = names(cluster, CRD);
    let klusterlet = "klusterlets.operator.open-cluster-management.io";
    let hub = !cluster.all(HUB).is_empty() || !cluster.all(ENGINE).is_empty();
    SeedCluster {
        klusterlet_crd: crds.as_ref().map(|all| all.iter().any(|name| name == klusterlet)),
        namespaces: names(cluster, NAMESPACE),
        persistent_volumes: names(cluster, VOLUME),
        local_volumes: names(cluster, LOCAL_VOLUME),
        lvm_clusters: names(cluster, LVM_CLUSTER),
        dpas: names(cluster, DPA),
        oadp_version: version(&csvs, "oadp-operator"),
        lca_version: version(&csvs, "lifecycle-agent"),
        hub_installed: (hub || !csvs.is_empty()).then_some(hub),
        unhealthy: unhealthy(cluster, &csvs),
        ..SeedCluster::default()
    }
}

/// What could not be looked at: phrases.
pub fn unseen(facts: &SeedCluster) -> Vec<&'static str> {
    [
        (facts.klusterlet_crd.is_none(), "CustomResourceDefinitions"),
        (facts.namespaces.is_none(), "Namespaces"),
        (facts.persistent_volumes.is_none(), "PersistentVolumes"),
        (facts.local_volumes.is_none(), "LocalVolumes"),
        (facts.lvm_clusters.is_none(), "LVMClusters"),
        (facts.dpas.is_none(), "DataProtectionApplications"),
        (facts.oadp_version.is_none(), "the version of OADP"),
        (facts.lca_version.is_none(), "the version of the Lifecycle Agent"),
        (facts.unhealthy.is_none(), "ClusterOperators"),
    ]
    .into_iter()
    .filter_map(|(unseen, what)| unseen.then_some(what))
    .collect()
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

fn names(cluster: &Cluster, resource: Resource) -> Option<Vec<String>> {
    let all: Vec<String> = cluster.all(resource).iter().map(|object| name(object).to_owned()).collect();
    (!all.is_empty()).then_some(all)
}

/// The version of an installed operator: OLM copies a ClusterServiceVersion into many namespaces, they agree.
fn version(csvs: &[Value], operator: &str) -> Option<String> {
    let csv = csvs.iter().find(|csv| name(csv).contains(operator))?;
    Some(csv.pointer("/spec/version")?.as_str()?.to_owned())
}

/// The agent's health checks as far as recorded objects answer them (LCA main `internal/healthcheck`).
fn unhealthy(cluster: &Cluster, csvs: &[Value]) -> Option<Vec<String>> {
    let operators = cluster.all(OPERATOR);
    if operators.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    let mut add = |what: &str, objects: Vec<&Value>| {
        if !objects.is_empty() {
            found.push(format!("{what}: {}", objects.iter().map(|o| name(o)).collect::<Vec<_>>().join(", ")));
        }
    };
    add("ClusterOperators", operators.iter().filter(|o| !operator_ready(o)).collect());
    let pools = cluster.all(POOL);
    let counts = |pool: &&Value| pool.pointer("/status/machineCount") != pool.pointer("/status/readyMachineCount");
    add("MachineConfigPools", pools.iter().filter(counts).collect());
    let failed = |csv: &&Value| {
        csv.pointer("/status/phase").and_then(Value::as_str) != Some("Succeeded")
            && !name(csv).contains("lifecycle-agent")
    };
    add("ClusterServiceVersions", csvs.iter().filter(failed).collect());
    let requests = cluster.all(SIGNING_REQUEST);
    add("CertificateSigningRequests not approved", requests.iter().filter(|r| !holds(r, "Approved", "True")).collect());
    Some(found)
}

fn operator_ready(operator: &Value) -> bool {
    holds(operator, "Available", "True")
        && !holds(operator, "Progressing", "True")
        && !holds(operator, "Degraded", "True")
}

fn holds(object: &Value, kind: &str, status: &str) -> bool {
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    conditions.into_iter().flatten().any(|c| c["type"] == kind && c["status"] == status)
}
