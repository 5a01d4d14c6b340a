//! `ClusterGroupUpgrade` (`ran.openshift.io/v1alpha1`), what a user writes. TALM 5.0
//! `pkg/api/clustergroupupgrades/v1alpha1/types.go`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;
use super::{ClusterGroupUpgradeStatus, LabelSelector, Metadata, or_default};

/// Labels and annotations that steer TALM or mark what it made.
pub mod label {
    /// Annotation of a CGU: fixed suffix of generated names.
    pub const NAME_SUFFIX: &str = "cluster-group-upgrades-operator/name-suffix";
    /// Annotation of a CGU: `partial` lets a blocker count as finished however it ended.
    pub const BLOCKING_COMPLETION_MODE: &str = "ran.openshift.io/blocking-cgu-completion-mode";
    /// Annotation of a CGU: with `partial`, keep only clusters completed in all blockers.
    pub const BLOCKING_CLUSTER_FILTERING: &str = "ran.openshift.io/blocking-cgu-cluster-filtering";
    /// Label of a CGU made for an ImageBasedGroupUpgrade.
    pub const IBGU: &str = "ibgu";
    /// Label of what TALM made: the CGU's name.
    pub const CGU_NAME: &str = "openshift-cluster-group-upgrades/clusterGroupUpgrade";
    /// Label of what TALM made: the CGU's namespace.
    pub const CGU_NAMESPACE: &str = "openshift-cluster-group-upgrades/clusterGroupUpgradeNamespace";
}

/// A rollout of policies or manifest works over clusters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ClusterGroupUpgrade {
    /// Name, namespace, annotations.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// What is wanted.
    #[serde(deserialize_with = "or_default")]
    pub spec: ClusterGroupUpgradeSpec,
    /// What TALM says.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub status: ClusterGroupUpgradeStatus,
}

/// What is wanted of a rollout. Absent and empty selection fields are told apart: TALM does so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct ClusterGroupUpgradeSpec {
    /// Gate for the start; absent means true (CRD default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Cluster names, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Vec<String>>,
    /// Deprecated selectors `key=value` or `key`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_selector: Option<Vec<String>>,
    /// Label selectors, any of which may match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_label_selectors: Option<Vec<LabelSelector>>,
    /// Batches and time.
    #[serde(deserialize_with = "or_default")]
    pub remediation_strategy: RemediationStrategy,
    /// Policy names, in the order they are enforced.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub managed_policies: Vec<String>,
    /// ManifestWorkReplicaSet names; when there are any, policies are ignored.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub manifest_work_templates: Vec<String>,
    /// CGUs that must finish first.
    #[serde(rename = "blockingCRs", deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub blocking_crs: Vec<NamespacedName>,
    /// Pull images before the start.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub pre_caching: bool,
    /// Its PreCachingConfig.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub pre_caching_config_ref: NamespacedName,
    /// Back up before the start (deprecated).
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub backup: bool,
    /// What a batch that runs out of time does to the rest; absent behaves as `Continue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_timeout_action: Option<BatchTimeoutAction>,
    /// Changes to ManagedClusters before and after.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub actions: Actions,
}

impl ClusterGroupUpgradeSpec {
    /// Whether the rollout may start.
    pub fn is_enabled(&self) -> bool {
        self.enable.unwrap_or(true)
    }
}

open_enum! {
    /// What happens when a batch runs out of time.
    BatchTimeoutAction {
        /// The next batch starts.
        Continue = "Continue",
        /// The CGU ends.
        Abort = "Abort",
    }
}

/// Name and namespace of another object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct NamespacedName {
    /// Name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Namespace; TALM does not always default it.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub namespace: String,
}

impl std::fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.namespace.as_str() {
            "" => f.write_str(&self.name),
            namespace => write!(f, "{namespace}/{}", self.name),
        }
    }
}

/// How clusters are grouped into batches, and how long it may take.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct RemediationStrategy {
    /// Clusters that go first, one per batch.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub canaries: Vec<String>,
    /// Batch size; zero and less mean all clusters at once.
    #[serde(deserialize_with = "or_default")]
    pub max_concurrency: i64,
    /// Minutes for the whole CGU; absent means 240 (CRD default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i64>,
}

impl RemediationStrategy {
    /// Minutes for the whole CGU.
    pub fn timeout_minutes(&self) -> i64 {
        self.timeout.unwrap_or(240)
    }
}

/// What TALM changes on ManagedClusters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct Actions {
    /// Right before the start, on the clusters of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_enable: Option<BeforeEnable>,
    /// When a cluster completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_completion: Option<AfterCompletion>,
}

/// Labels and annotations to add and remove.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct BeforeEnable {
    /// Labels to add.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub add_cluster_labels: BTreeMap<String, String>,
    /// Labels to remove; only keys count (deprecated).
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub delete_cluster_labels: BTreeMap<String, String>,
    /// Labels to remove.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub remove_cluster_labels: Vec<String>,
    /// Annotations to add.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub add_cluster_annotations: BTreeMap<String, String>,
    /// Annotations to remove.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub remove_cluster_annotations: Vec<String>,
}

/// As [`BeforeEnable`], and whether enforcement ends with the CGU.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct AfterCompletion {
    /// Labels and annotations.
    #[serde(flatten)]
    pub changes: BeforeEnable,
    /// Whether TALM removes what it made at the end; absent means true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_objects: Option<bool>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
