//! Which kinds of objects there are, and how an API server calls them.

use serde::de::DeserializeOwned;

use super::{
    ClusterGroupUpgrade, ConfigMap, ManagedCluster, ManagedClusterSetBinding, ManagedClusterView, ManifestWork,
    ManifestWorkReplicaSet, Metadata, Placement, PlacementBinding, PlacementDecision, PlacementRule, Policy,
    PreCachingConfig,
};

/// Whether objects of a kind live in namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One per hub.
    Cluster,
    /// One per namespace.
    Namespaced,
}

/// A kind of object that can be asked for. The version is the one to request; recorded objects of other versions of the
/// same group count as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resource {
    /// API group, "" for the core group.
    pub group: &'static str,
    /// Version to request from a live hub.
    pub version: &'static str,
    /// Kind, such as `Policy`.
    pub kind: &'static str,
    /// Plural name in URLs.
    pub plural: &'static str,
    /// Cluster-wide or in namespaces.
    pub scope: Scope,
}

macro_rules! resources {
    ($($name:ident: $group:literal $version:literal $kind:literal $plural:literal $scope:ident;)+) => {
        impl Resource {
            $(#[doc = concat!("`", $kind, "`")]
            pub const $name: Self = Self {
                group: $group, version: $version, kind: $kind, plural: $plural, scope: Scope::$scope,
            };)+
        }
    };
}

resources! {
    MANAGED_CLUSTER: "cluster.open-cluster-management.io" "v1" "ManagedCluster" "managedclusters" Cluster;
    MANAGED_CLUSTER_SET_BINDING: "cluster.open-cluster-management.io" "v1beta2" "ManagedClusterSetBinding" "managedclustersetbindings" Namespaced;
    MANAGED_CLUSTER_VIEW: "view.open-cluster-management.io" "v1beta1" "ManagedClusterView" "managedclusterviews" Namespaced;
    PLACEMENT: "cluster.open-cluster-management.io" "v1beta1" "Placement" "placements" Namespaced;
    PLACEMENT_DECISION: "cluster.open-cluster-management.io" "v1beta1" "PlacementDecision" "placementdecisions" Namespaced;
    PLACEMENT_RULE: "apps.open-cluster-management.io" "v1" "PlacementRule" "placementrules" Namespaced;
    POLICY: "policy.open-cluster-management.io" "v1" "Policy" "policies" Namespaced;
    PLACEMENT_BINDING: "policy.open-cluster-management.io" "v1" "PlacementBinding" "placementbindings" Namespaced;
    CLUSTER_GROUP_UPGRADE: "ran.openshift.io" "v1alpha1" "ClusterGroupUpgrade" "clustergroupupgrades" Namespaced;
    PRE_CACHING_CONFIG: "ran.openshift.io" "v1alpha1" "PreCachingConfig" "precachingconfigs" Namespaced;
    MANIFEST_WORK: "work.open-cluster-management.io" "v1" "ManifestWork" "manifestworks" Namespaced;
    MANIFEST_WORK_REPLICA_SET: "work.open-cluster-management.io" "v1alpha1" "ManifestWorkReplicaSet" "manifestworkreplicasets" Namespaced;
    CONFIG_MAP: "" "v1" "ConfigMap" "configmaps" Namespaced;
    CLUSTER_IMAGE_SET: "hive.openshift.io" "v1" "ClusterImageSet" "clusterimagesets" Cluster;
    CLUSTER_DEPLOYMENT: "hive.openshift.io" "v1" "ClusterDeployment" "clusterdeployments" Namespaced;
    SECRET: "" "v1" "Secret" "secrets" Namespaced;
    POD: "" "v1" "Pod" "pods" Namespaced;
    NODE: "" "v1" "Node" "nodes" Cluster;
}

/// An object whose kind is known at compile time.
pub trait Object: DeserializeOwned {
    /// Its kind.
    const RESOURCE: Resource;

    /// Its name, namespace, labels …
    fn metadata(&self) -> &Metadata;
}

macro_rules! objects {
    ($($name:ident = $resource:ident,)+) => {
        $(impl Object for $name {
            const RESOURCE: Resource = Resource::$resource;

            fn metadata(&self) -> &Metadata {
                &self.metadata
            }
        })+
    };
}

objects! {
    ManagedCluster = MANAGED_CLUSTER,
    ManagedClusterSetBinding = MANAGED_CLUSTER_SET_BINDING,
    ManagedClusterView = MANAGED_CLUSTER_VIEW,
    Placement = PLACEMENT,
    PlacementDecision = PLACEMENT_DECISION,
    PlacementRule = PLACEMENT_RULE,
    Policy = POLICY,
    PlacementBinding = PLACEMENT_BINDING,
    ClusterGroupUpgrade = CLUSTER_GROUP_UPGRADE,
    PreCachingConfig = PRE_CACHING_CONFIG,
    ManifestWork = MANIFEST_WORK,
    ManifestWorkReplicaSet = MANIFEST_WORK_REPLICA_SET,
    ConfigMap = CONFIG_MAP,
}

impl Resource {
    /// Whether an object says it is of this kind, in whatever version.
    pub fn is(&self, api_version: &str, kind: &str) -> bool {
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        kind == self.kind && group == self.group
    }

    /// `plural.group`, as rights and `oc get` call it.
    pub fn api_name(&self) -> String {
        if self.group.is_empty() { self.plural.to_owned() } else { format!("{}.{}", self.plural, self.group) }
    }

    /// `group/version`, as objects say it.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.to_owned() } else { format!("{}/{}", self.group, self.version) }
    }

    /// The kind when there are many: `Policies`.
    pub fn plural_kind(&self) -> String {
        match self.kind.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{}s", self.kind),
        }
    }

    /// `kind.group`, as error messages of an API server call it.
    pub fn qualified_kind(&self) -> String {
        if self.group.is_empty() { self.kind.to_owned() } else { format!("{}.{}", self.kind, self.group) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_do_not_matter_but_groups_do() {
        assert!(Resource::PLACEMENT.is("cluster.open-cluster-management.io/v1alpha1", "Placement"));
        assert!(!Resource::POLICY.is("kyverno.io/v1", "Policy"));
        assert!(Resource::CONFIG_MAP.is("v1", "ConfigMap"));
    }
}
