//! The facts about a hub that rollouts depend on, as plain data.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::copies::{self, ChildPolicy, CopyReading};
use crate::inventory::{Inventory, InventoryError, Query};
use crate::resource::{
    ClusterGroupUpgrade, ConfigMap, ManagedCluster, ManagedClusterSetBinding, ManagedClusterView, ManifestWork,
    ManifestWorkReplicaSet, Object, Placement, PlacementBinding, PlacementDecision, PlacementRule, Policy,
    PreCachingConfig, annotation, label, read,
};

/// Namespace and name.
pub type Key = (String, String);

/// The facts. Lists and maps are empty for kinds that the hub does not have.
#[derive(Clone, Debug, Default)]
pub struct Hub {
    /// ManagedClusters by name.
    pub clusters: BTreeMap<String, ManagedCluster>,
    /// Policies that are no copies.
    pub policies: BTreeMap<Key, Policy>,
    /// Copies by cluster namespace.
    pub copies: HashMap<String, Vec<ChildPolicy>>,
    /// ClusterGroupUpgrades.
    pub cgus: BTreeMap<Key, ClusterGroupUpgrade>,
    /// Placements.
    pub placements: BTreeMap<Key, Placement>,
    /// What Placements chose.
    pub decisions: Vec<PlacementDecision>,
    /// PlacementRules of older hubs.
    pub placement_rules: BTreeMap<Key, PlacementRule>,
    /// PlacementBindings.
    pub bindings: BTreeMap<Key, PlacementBinding>,
    /// ManagedClusterSetBindings.
    pub set_bindings: BTreeMap<Key, ManagedClusterSetBinding>,
    /// ManifestWorkReplicaSets.
    pub templates: BTreeMap<Key, ManifestWorkReplicaSet>,
    /// ManifestWorks that TALM made; the namespace is the cluster.
    pub works: BTreeMap<Key, ManifestWork>,
    /// PreCachingConfigs.
    pub precaching_configs: BTreeMap<Key, PreCachingConfig>,
    /// ConfigMaps `cluster-group-upgrade-overrides`, by namespace.
    pub overrides: BTreeMap<String, ConfigMap>,
    /// What TALM looks at on the clusters, by cluster: Subscriptions, InstallPlans, jobs.
    pub views: HashMap<String, Vec<ManagedClusterView>>,
    /// When this was recorded; `None` when it is live.
    pub recorded_at: Option<Timestamp>,
    /// Objects that could not be understood, a sentence each.
    pub unreadable: Vec<String>,
}

impl Hub {
    /// Asks an inventory for everything a rollout depends on.
    ///
    /// # Errors
    /// The inventory cannot answer.
    pub fn gather(inventory: &dyn Inventory, reading: CopyReading) -> Result<Self, InventoryError> {
        let mut from = Gather { inventory, unreadable: Vec::new() };
        let policies = from.by_key(Query::all(Policy::RESOURCE).without_label(annotation::ROOT_POLICY))?;
        let bindings = from.by_key(Query::all(PlacementBinding::RESOURCE))?;
        Ok(Self {
            copies: copies::gather(inventory, reading, &policies, &bindings)?,
            clusters: from.by_name()?,
            policies,
            cgus: from.by_key(Query::all(ClusterGroupUpgrade::RESOURCE))?,
            placements: from.by_key(Query::all(Placement::RESOURCE))?,
            decisions: from.list(Query::all(PlacementDecision::RESOURCE))?,
            placement_rules: from.by_key(Query::all(PlacementRule::RESOURCE))?,
            bindings,
            set_bindings: from.by_key(Query::all(ManagedClusterSetBinding::RESOURCE))?,
            templates: from.by_key(Query::all(ManifestWorkReplicaSet::RESOURCE))?,
            works: from.by_key(Query::all(ManifestWork::RESOURCE).with_label(label::CGU_NAME))?,
            precaching_configs: from.by_key(Query::all(PreCachingConfig::RESOURCE))?,
            overrides: from.overrides()?,
            views: from.views()?,
            recorded_at: inventory.recorded_at(),
            unreadable: from.unreadable,
        })
    }

    /// A root policy.
    pub fn policy(&self, namespace: &str, name: &str) -> Option<&Policy> {
        self.policies.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// A CGU.
    pub fn cgu(&self, namespace: &str, name: &str) -> Option<&ClusterGroupUpgrade> {
        self.cgus.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// The views on a cluster.
    pub fn views_on(&self, cluster: &str) -> &[ManagedClusterView] {
        self.views.get(cluster).map_or(&[], Vec::as_slice)
    }

    /// The copies in a cluster's namespace.
    pub fn copies_on(&self, cluster: &str) -> &[ChildPolicy] {
        self.copies.get(cluster).map_or(&[], Vec::as_slice)
    }
}

struct Gather<'i> {
    inventory: &'i dyn Inventory,
    unreadable: Vec<String>,
}

impl Gather<'_> {
    fn list<T: Object>(&mut self, query: Query<'_>) -> Result<Vec<T>, InventoryError> {
        let mut objects = Vec::new();
        self.inventory.each(&query, &mut |object| match read::<T>(object) {
            Ok(object) => objects.push(object),
            Err(error) => {
                let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
                let (kind, namespace, name) = (T::RESOURCE.kind, text("namespace"), text("name"));
                self.unreadable.push(format!("{kind} {namespace}/{name} cannot be understood: {error}"));
            }
        })?;
        Ok(objects)
    }

    fn by_key<T: Object>(&mut self, query: Query<'_>) -> Result<BTreeMap<Key, T>, InventoryError> {
        let key = |object: &T| (object.metadata().namespace.clone(), object.metadata().name.clone());
        Ok(self.list(query)?.into_iter().map(|object| (key(&object), object)).collect())
    }

    fn by_name<T: Object>(&mut self) -> Result<BTreeMap<String, T>, InventoryError> {
        let objects = self.list(Query::all(T::RESOURCE))?;
        Ok(objects.into_iter().map(|object: T| (object.metadata().name.clone(), object)).collect())
    }

    /// Other operators make views as well; they are dropped.
    fn views(&mut self) -> Result<HashMap<String, Vec<ManagedClusterView>>, InventoryError> {
        let mut views: HashMap<String, Vec<ManagedClusterView>> = HashMap::new();
        for view in self.list::<ManagedClusterView>(Query::all(ManagedClusterView::RESOURCE))? {
            if ["Subscription", "InstallPlan", "Job"].iter().any(|kind| view.is_of(kind)) {
                views.entry(view.metadata.namespace.clone()).or_default().push(view);
            }
        }
        Ok(views)
    }

    /// Only the ConfigMaps of one name: hubs hold thousands of others.
    fn overrides(&mut self) -> Result<BTreeMap<String, ConfigMap>, InventoryError> {
        let query = Query::all(ConfigMap::RESOURCE).named("cluster-group-upgrade-overrides");
        let found: Vec<ConfigMap> = self.list(query)?;
        Ok(found.into_iter().map(|map| (map.metadata.namespace.clone(), map)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Recorded;
    use serde_json::json;

    #[test]
    fn an_object_that_makes_no_sense_is_reported_and_left_out() {
        let mut recorded = Recorded::named("test");
        let cgu = |name: &str, clusters: serde_json::Value| {
            json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
                "metadata": {"name": name, "namespace": "n"}, "spec": {"clusters": clusters}})
        };
        recorded.add(cgu("good", json!(null)));
        recorded.add(cgu("bad", json!("sno1")));
        let hub = Hub::gather(&recorded, CopyReading::All).unwrap();
        assert!(hub.cgu("n", "good").is_some() && hub.cgu("n", "bad").is_none());
        assert!(hub.unreadable[0].starts_with("ClusterGroupUpgrade n/bad cannot be understood: invalid type"));
    }
}
