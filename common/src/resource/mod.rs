//! The custom resources a hub keeps, spelled as the API spells them.
//!
//! One file per API. Reading is lenient: fields we do not use are ignored, null is the same as absent, and a state that
//! we do not know is kept as `Other`, so that a newer operator is shown and not refused.

mod cgu;
mod cgu_status;
mod condition;
mod label_selector;
mod managed_cluster;
mod metadata;
mod misfit;
pub(crate) mod open_enum;
mod placement;
mod policy;
mod precaching;
mod types;
mod view;
mod work;

pub use cgu::{
    Actions, AfterCompletion, BatchTimeoutAction, BeforeEnable, ClusterGroupUpgrade, ClusterGroupUpgradeSpec,
    NamespacedName, RemediationStrategy, label,
};
pub use cgu_status::{
    BatchProgress, ClusterGroupUpgradeStatus, ClusterOutcome, ClusterState, CurrentManifestWork, CurrentPolicy,
    JobState, JobStatus, PolicyRef, PrecachingSpec, ProgressState, RunStatus,
};
pub use condition::{Condition, ConditionStatus, condition, set_condition};
pub use label_selector::{LabelSelector, Requirement};
pub use managed_cluster::{ManagedCluster, Taint};
pub use metadata::Metadata;
pub use placement::{
    BindingOverrides, ManagedClusterSetBinding, Placement, PlacementBinding, PlacementDecision, PlacementRule,
    Predicate, Reference,
};
pub use policy::{Compliance, Policy, PolicyDependency, PolicySpec, PolicyStatus, annotation};
pub use precaching::{ConfigMap, PreCachingConfig, PreCachingConfigSpec};
pub use types::{Object, Resource, Scope};
pub use view::{ManagedClusterView, ViewScope};
pub use work::{ExpectedValue, ManifestStatus, ManifestWork, ManifestWorkReplicaSet, ResourceStatus};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// Null means the same as absent, as it does for the API server.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads one object of a known kind.
///
/// # Errors
/// A field that has another type than the API gives it; the text says which field, and what was found.
pub fn read<T: DeserializeOwned>(object: &serde_json::Value) -> Result<T, String> {
    T::deserialize(object).map_err(|error| misfit::told::<T>(object).unwrap_or_else(|| error.to_string()))
}
