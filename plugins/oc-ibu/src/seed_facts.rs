//! What recorded objects tell about a cluster that shall become a seed image.
//!
//! A kind of which nothing was recorded may be absent from the cluster or from the recording: it counts as not looked
//! at, and the report says so.

use serde_json::Value;
use ztp_common::resource::Resource;
use ztp_common::upgrade::seed::SeedCluster;
use ztp_common::upgrade::{health, kinds};

use crate::source::Cluster;

/// The kinds that tell whether a cluster can become a seed image.
pub const KINDS: &[Resource] = &[
    kinds::CLUSTER_VERSION,
    kinds::INFRASTRUCTURE,
    kinds::SEED_GENERATOR,
    kinds::CRD,
    kinds::NAMESPACE,
    kinds::PERSISTENT_VOLUME,
    kinds::LOCAL_VOLUME,
    kinds::LVM_CLUSTER,
    kinds::DPA,
    kinds::BACKUP_STORAGE,
    kinds::CSV,
    kinds::CLUSTER_OPERATOR,
    kinds::MACHINE_CONFIG_POOL,
    kinds::NODE,
    kinds::SRIOV_STATE,
    kinds::SIGNING_REQUEST,
    kinds::MULTI_CLUSTER_HUB,
    kinds::MULTI_CLUSTER_ENGINE,
];

/// Gathers the facts.
pub fn gather(cluster: &Cluster) -> SeedCluster {
    let csvs = cluster.all(kinds::CSV);
    let crds = names(cluster, kinds::CRD);
    let hub = !cluster.all(kinds::MULTI_CLUSTER_HUB).is_empty() || !cluster.all(kinds::MULTI_CLUSTER_ENGINE).is_empty();
    SeedCluster {
        klusterlet_crd: crds.as_ref().map(|all| all.iter().any(|name| name == kinds::KLUSTERLET_CRD)),
        namespaces: names(cluster, kinds::NAMESPACE),
        persistent_volumes: names(cluster, kinds::PERSISTENT_VOLUME),
        local_volumes: names(cluster, kinds::LOCAL_VOLUME),
        lvm_clusters: names(cluster, kinds::LVM_CLUSTER),
        dpas: names(cluster, kinds::DPA),
        oadp_version: version(&csvs, "oadp-operator"),
        lca_version: version(&csvs, "lifecycle-agent"),
        hub_installed: (hub || !csvs.is_empty() || cluster.is_complete(kinds::MULTI_CLUSTER_HUB)).then_some(hub),
        unhealthy: health::failed(cluster.objects()),
        ..SeedCluster::default()
    }
}

/// What could not be looked at: phrases.
pub fn unseen(facts: &SeedCluster, cluster: &Cluster) -> Vec<&'static str> {
    let complete = cluster.is_complete(kinds::CSV);
    [
        (facts.klusterlet_crd.is_none(), "CustomResourceDefinitions"),
        (facts.namespaces.is_none(), "Namespaces"),
        (facts.persistent_volumes.is_none(), "PersistentVolumes"),
        (facts.local_volumes.is_none(), "LocalVolumes"),
        (facts.lvm_clusters.is_none(), "LVMClusters"),
        (facts.dpas.is_none(), "DataProtectionApplications"),
        (facts.oadp_version.is_none() && !complete, "the version of OADP"),
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
    (!all.is_empty() || cluster.is_complete(resource)).then_some(all)
}

/// The version of an installed operator: OLM copies a ClusterServiceVersion into many namespaces, they agree.
fn version(csvs: &[Value], operator: &str) -> Option<String> {
    let csv = csvs.iter().find(|csv| name(csv).contains(operator))?;
    Some(csv.pointer("/spec/version")?.as_str()?.to_owned())
}
