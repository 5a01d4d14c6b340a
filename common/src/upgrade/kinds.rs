//! The kinds of objects that an image-based upgrade touches, as an API server calls them.

use crate::resource::{Resource, Scope};

const fn cluster(group: &'static str, version: &'static str, kind: &'static str, plural: &'static str) -> Resource {
    Resource { group, version, kind, plural, scope: Scope::Cluster }
}

const fn namespaced(group: &'static str, version: &'static str, kind: &'static str, plural: &'static str) -> Resource {
    Resource { group, version, kind, plural, scope: Scope::Namespaced }
}

/// The upgrade itself.
pub const IBU: Resource = cluster("lca.openshift.io", "v1", "ImageBasedUpgrade", "imagebasedupgrades");
/// The making of a seed image.
pub const SEED_GENERATOR: Resource = cluster("lca.openshift.io", "v1", "SeedGenerator", "seedgenerators");
/// A change of addresses (4.20 and later), which excludes an upgrade.
pub const IP_CONFIG: Resource = cluster("lca.openshift.io", "v1", "IPConfig", "ipconfigs");
/// The release that runs.
pub const CLUSTER_VERSION: Resource = cluster("config.openshift.io", "v1", "ClusterVersion", "clusterversions");
/// Name and address of the cluster.
pub const INFRASTRUCTURE: Resource = cluster("config.openshift.io", "v1", "Infrastructure", "infrastructures");
/// The parts of OpenShift.
pub const CLUSTER_OPERATOR: Resource = cluster("config.openshift.io", "v1", "ClusterOperator", "clusteroperators");
/// Machine configuration in groups of nodes.
pub const MACHINE_CONFIG_POOL: Resource =
    cluster("machineconfiguration.openshift.io", "v1", "MachineConfigPool", "machineconfigpools");
/// Nodes.
pub const NODE: Resource = cluster("", "v1", "Node", "nodes");
/// Namespaces.
pub const NAMESPACE: Resource = cluster("", "v1", "Namespace", "namespaces");
/// Volumes.
pub const PERSISTENT_VOLUME: Resource = cluster("", "v1", "PersistentVolume", "persistentvolumes");
/// Secrets.
pub const SECRET: Resource = namespaced("", "v1", "Secret", "secrets");
/// Custom kinds.
pub const CRD: Resource =
    cluster("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
/// Requests for certificates.
pub const SIGNING_REQUEST: Resource =
    cluster("certificates.k8s.io", "v1", "CertificateSigningRequest", "certificatesigningrequests");
/// Installed operators.
pub const CSV: Resource =
    namespaced("operators.coreos.com", "v1alpha1", "ClusterServiceVersion", "clusterserviceversions");
/// OADP's configuration.
pub const DPA: Resource =
    namespaced("oadp.openshift.io", "v1alpha1", "DataProtectionApplication", "dataprotectionapplications");
/// Object storage of backups.
pub const BACKUP_STORAGE: Resource = namespaced("velero.io", "v1", "BackupStorageLocation", "backupstoragelocations");
/// Network cards under SR-IOV.
pub const SRIOV_STATE: Resource =
    namespaced("sriovnetwork.openshift.io", "v1", "SriovNetworkNodeState", "sriovnetworknodestates");
/// Volumes of the Local Storage Operator.
pub const LOCAL_VOLUME: Resource = namespaced("local.storage.openshift.io", "v1", "LocalVolume", "localvolumes");
/// Volumes of LVM Storage.
pub const LVM_CLUSTER: Resource = namespaced("lvm.topolvm.io", "v1alpha1", "LVMCluster", "lvmclusters");
/// A hub.
pub const MULTI_CLUSTER_HUB: Resource =
    namespaced("operator.open-cluster-management.io", "v1", "MultiClusterHub", "multiclusterhubs");
/// The engine of a hub.
pub const MULTI_CLUSTER_ENGINE: Resource =
    cluster("multicluster.openshift.io", "v1", "MultiClusterEngine", "multiclusterengines");

/// The custom kind that a managed cluster has.
pub const KLUSTERLET_CRD: &str = "klusterlets.operator.open-cluster-management.io";
/// The label on the copies of a ClusterServiceVersion that OLM puts into every namespace.
pub const COPIED_CSV: &str = "olm.copiedFrom";
