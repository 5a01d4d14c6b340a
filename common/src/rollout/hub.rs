//! The facts about a hub that rollouts depend on, as plain data.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use serde_json::Value;

use super::copies::{self, ChildPolicy, CopyReading, ReadCopies};
use crate::inventory::{Inventory, InventoryError, Query};
use crate::resource::{
    ClusterGroupUpgrade, ConfigMap, ManagedCluster, ManagedClusterSetBinding, ManagedClusterView, ManifestWork,
    ManifestWorkReplicaSet, Metadata, Object, Placement, PlacementBinding, PlacementDecision, PlacementRule, Policy,
    PreCachingConfig, Resource, annotation, label, read,
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
    /// Whether what TALM made shows that it still places policies with PlacementRules, as it did before 2026-07.
    pub places_with_rules: bool,
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
    /// Kinds that the user may not read.
    pub refused: Vec<Resource>,
    /// Kinds of which nothing is known, so that the absence of an object proves nothing: refused, or not recorded.
    unknown: Vec<Resource>,
    /// CGUs that have not ended, by the clusters of their plans and jobs.
    unfinished: HashMap<String, BTreeSet<Key>>,
    /// The namespaces of policies that were read, or of which copies were.
    policy_namespaces: HashSet<String>,
    /// Whether this is a whole hub and no recording, which may be part of one.
    is_whole: bool,
}

impl Hub {
    /// Asks an inventory for everything a rollout depends on.
    ///
    /// # Errors
    /// The inventory cannot answer.
    pub fn gather(inventory: &dyn Inventory, reading: CopyReading) -> Result<Self, InventoryError> {
        let hub = Self::without_copies(inventory)?;
        let copies = copies::gather(inventory, reading, &hub, &mut ReadCopies::default())?;
        Ok(hub.with_copies(copies))
    }

    /// The same from what a watch of [`Hub::watched`] knows, and as with [`CopyReading::Derived`]. Copies that can only be
    /// read are read from `live`, and only when their root or its bindings are not as `kept` knows them. `refused`: what
    /// the user may not read, and the watch leaves out.
    ///
    /// # Errors
    /// The live hub cannot answer.
    pub fn gather_watched(
        watched: &dyn Inventory,
        live: &dyn Inventory,
        kept: &mut ReadCopies,
        refused: &[Resource],
    ) -> Result<Self, InventoryError> {
        let hub = Self::without_copies(watched)?;
        let (refused, unknown) = (refused.to_vec(), refused.to_vec());
        let hub = Self { refused, unknown, is_whole: true, ..hub };
        let copies = copies::gather(live, CopyReading::Derived, &hub, kept)?;
        Ok(hub.with_copies(copies))
    }

    fn with_copies(mut self, copies: HashMap<String, Vec<ChildPolicy>>) -> Self {
        let roots = self.policies.keys().map(|(namespace, _)| namespace);
        let of_copies = copies.values().flatten().map(|copy| &copy.namespace);
        let namespaces: HashSet<&String> = roots.chain(of_copies).collect();
        self.policy_namespaces = namespaces.into_iter().cloned().collect();
        for (key, cgu) in self.cgus.iter().filter(|(_, cgu)| cgu.status.succeeded().is_none()) {
            let jobs = cgu.status.precaching.iter().chain(&cgu.status.backup).flat_map(|job| job.status.keys());
            for cluster in cgu.status.remediation_plan.iter().flatten().chain(jobs) {
                self.unfinished.entry(cluster.clone()).or_default().insert(key.clone());
            }
        }
        Self { copies, ..self }
    }

    fn without_copies(inventory: &dyn Inventory) -> Result<Self, InventoryError> {
        let kinds = Self::kinds();
        let mut hub = Self { recorded_at: inventory.recorded_at(), ..Self::default() };
        let queries: Vec<Query<'static>> = kinds.iter().map(|(query, _)| *query).collect();
        let mut seen = HashSet::new();
        let answer = inventory.each_of(&queries, &mut |number, object| {
            if let Some((_, take)) = kinds.get(number) {
                take(&mut hub, object);
                seen.insert(number);
            }
        });
        match answer {
            Err(error) if error.is_refused => hub = Self::gather_allowed(inventory, &kinds)?,
            answer => answer?,
        }
        hub.unknown.clone_from(&hub.refused);
        hub.is_whole = inventory.proves_absence();
        if !hub.is_whole {
            let not_seen = queries.iter().enumerate().filter(|(number, _)| !seen.contains(number));
            hub.unknown.extend(not_seen.map(|(_, query)| query.resource));
        }
        hub.places_with_rules = hub.shows_rules_only();
        Ok(hub)
    }

    /// Asks for one kind after the other, and goes on without those that the user may not read where that only leaves
    /// out a detail.
    fn gather_allowed(inventory: &dyn Inventory, kinds: &[(Query<'static>, Take)]) -> Result<Self, InventoryError> {
        let mut hub = Self { recorded_at: inventory.recorded_at(), ..Self::default() };
        for (query, take) in kinds {
            match inventory.each(query, &mut |object| take(&mut hub, object)) {
                Err(error) if error.is_refused && !NEEDED.contains(&query.resource) => {
                    hub.refused.push(query.resource);
                }
                answer => answer?,
            }
        }
        Ok(hub)
    }

    /// What a watch has to follow for [`Hub::gather_watched`]. Copies of policies are not among it: the root policies tell
    /// of most of them.
    pub fn watched() -> Vec<Query<'static>> {
        Self::kinds().into_iter().map(|(query, _)| query).collect()
    }

    /// What is asked for, and where it goes.
    fn kinds() -> Vec<(Query<'static>, Take)> {
        vec![
            (Query::all(ManagedCluster::RESOURCE), |hub, o| keep_named(o, &mut hub.clusters, &mut hub.unreadable)),
            (Query::all(Policy::RESOURCE).without_label(annotation::ROOT_POLICY), |hub, o| {
                keep(o, &mut hub.policies, &mut hub.unreadable);
            }),
            (Query::all(ClusterGroupUpgrade::RESOURCE), |hub, o| keep(o, &mut hub.cgus, &mut hub.unreadable)),
            (Query::all(PlacementBinding::RESOURCE), |hub, o| keep(o, &mut hub.bindings, &mut hub.unreadable)),
            (Query::all(Placement::RESOURCE), |hub, o| keep(o, &mut hub.placements, &mut hub.unreadable)),
            (Query::all(PlacementDecision::RESOURCE), |hub, o| {
                hub.decisions.extend(understood(o, &mut hub.unreadable));
            }),
            (Query::all(PlacementRule::RESOURCE), |hub, o| keep(o, &mut hub.placement_rules, &mut hub.unreadable)),
            (Query::all(ManagedClusterSetBinding::RESOURCE), |hub, o| {
                keep(o, &mut hub.set_bindings, &mut hub.unreadable);
            }),
            (Query::all(ManifestWorkReplicaSet::RESOURCE), |hub, o| keep(o, &mut hub.templates, &mut hub.unreadable)),
            (Query::all(ManifestWork::RESOURCE).with_label(label::CGU_NAME), |hub, o| {
                keep(o, &mut hub.works, &mut hub.unreadable);
            }),
            (Query::all(PreCachingConfig::RESOURCE), |hub, o| {
                keep(o, &mut hub.precaching_configs, &mut hub.unreadable);
            }),
            // Other operators make views as well; they are dropped.
            (Query::all(ManagedClusterView::RESOURCE), |hub, o| {
                if let Some(view) = understood::<ManagedClusterView>(o, &mut hub.unreadable)
                    && ["Subscription", "InstallPlan", "Job"].iter().any(|kind| view.is_of(kind))
                {
                    hub.views.entry(view.metadata.namespace.clone()).or_default().push(view);
                }
            }),
            // Only the ConfigMaps of one name: hubs hold thousands of others.
            (Query::all(ConfigMap::RESOURCE).named("cluster-group-upgrade-overrides"), |hub, o| {
                if let Some(map) = understood::<ConfigMap>(o, &mut hub.unreadable) {
                    hub.overrides.insert(map.metadata.namespace.clone(), map);
                }
            }),
        ]
    }

    /// Whether TALM places the policies of a CGU with PlacementRules, which list clusters by name, and not with Placements,
    /// which need a label `name` and a ManagedClusterSetBinding.
    pub fn has_placement_rules(&self, cgu: &ClusterGroupUpgrade) -> bool {
        let status = &cgu.status;
        status.placements.is_empty() && (!status.placement_rules.is_empty() || self.places_with_rules)
    }

    fn shows_rules_only(&self) -> bool {
        let is_talms = |metadata: &Metadata| metadata.label(label::CGU_NAME).is_some();
        let is_new = self.placements.values().any(|placement| is_talms(&placement.metadata))
            || self.cgus.values().any(|cgu| !cgu.status.placements.is_empty());
        !is_new
            && (self.placement_rules.values().any(|rule| is_talms(&rule.metadata))
                || self.cgus.values().any(|cgu| !cgu.status.placement_rules.is_empty()))
    }

    /// Whether the absence of an object of the kind means that there is none.
    pub fn knows(&self, resource: Resource) -> bool {
        !self.unknown.contains(&resource)
    }

    /// Whether the absence of a policy means that there is none: of a recording, when it has others of the namespace.
    pub fn knows_policies_of(&self, namespace: &str) -> bool {
        self.is_whole && self.knows(Policy::RESOURCE) || self.policy_namespaces.contains(namespace)
    }

    /// A root policy.
    pub fn policy(&self, namespace: &str, name: &str) -> Option<&Policy> {
        self.policies.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// A CGU.
    pub fn cgu(&self, namespace: &str, name: &str) -> Option<&ClusterGroupUpgrade> {
        self.cgus.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// The CGUs that have not ended and have to do with a cluster.
    pub fn unfinished_on(&self, cluster: &str) -> impl Iterator<Item = (&Key, &ClusterGroupUpgrade)> {
        let keys = self.unfinished.get(cluster).into_iter().flatten();
        keys.filter_map(|key| Some((key, self.cgus.get(key)?)))
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

/// Without these nothing can be told.
const NEEDED: [Resource; 3] = [ManagedCluster::RESOURCE, Policy::RESOURCE, ClusterGroupUpgrade::RESOURCE];

/// Puts an object where it belongs.
type Take = fn(&mut Hub, &Value);

/// The object; one that makes no sense is reported and left out.
fn understood<T: Object>(object: &Value, unreadable: &mut Vec<String>) -> Option<T> {
    match read::<T>(object) {
        Ok(object) => Some(object),
        Err(error) => {
            let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
            let (kind, namespace, name) = (T::RESOURCE.kind, text("namespace"), text("name"));
            unreadable.push(format!("{kind} {namespace}/{name} cannot be understood: {error}"));
            None
        }
    }
}

fn keep<T: Object>(object: &Value, map: &mut BTreeMap<Key, T>, unreadable: &mut Vec<String>) {
    if let Some(object) = understood::<T>(object, unreadable) {
        map.insert((object.metadata().namespace.clone(), object.metadata().name.clone()), object);
    }
}

fn keep_named<T: Object>(object: &Value, map: &mut BTreeMap<String, T>, unreadable: &mut Vec<String>) {
    if let Some(object) = understood::<T>(object, unreadable) {
        map.insert(object.metadata().name.clone(), object);
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
        let cgu = |name: &str, clusters: Value| {
            json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
                "metadata": {"name": name, "namespace": "n"}, "spec": {"clusters": clusters}})
        };
        recorded.add(cgu("good", json!(null)));
        recorded.add(cgu("bad", json!("sno1")));
        let hub = Hub::gather(&recorded, CopyReading::All).unwrap();
        assert!(hub.cgu("n", "good").is_some() && hub.cgu("n", "bad").is_none());
        assert!(hub.unreadable[0].starts_with("ClusterGroupUpgrade n/bad cannot be understood: spec.clusters is text"));
    }
    #[test]
    fn one_cgu_shows_how_old_the_hub_is_for_all() {
        let made = |name: &str, status: Value| {
            json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade", "status": status,
                "metadata": {"name": name, "namespace": "n"}})
        };
        let rules_of_new = |others: Vec<Value>| {
            let mut recorded = Recorded::named("test");
            recorded.add(made("new", json!({})));
            others.into_iter().for_each(|object| recorded.add(object));
            let hub = Hub::gather(&recorded, CopyReading::All).unwrap();
            hub.has_placement_rules(hub.cgu("n", "new").unwrap())
        };
        let old = || made("old", json!({"placementRules": ["old-p-placement-x"]}));
        let rule = |labels: Value| {
            json!({"apiVersion": "apps.open-cluster-management.io/v1", "kind": "PlacementRule",
                "metadata": {"name": "r", "namespace": "n", "labels": labels}})
        };
        assert!(!rules_of_new(Vec::new()));
        assert!(rules_of_new(vec![old()]));
        assert!(rules_of_new(vec![rule(json!({"openshift-cluster-group-upgrades/clusterGroupUpgrade": "gone"}))]));
        assert!(!rules_of_new(vec![rule(json!({}))]), "a rule of somebody else");
        let upgraded = made("newer", json!({"placements": ["newer-p-placement-x"]}));
        assert!(!rules_of_new(vec![old(), upgraded]), "an upgraded hub");
    }
    #[test]
    fn a_watch_knows_what_is_not_there() {
        let mut recorded = Recorded::named("test");
        recorded.add(json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"}}));
        let part = Hub::gather(&recorded, CopyReading::All).unwrap();
        assert!(!part.knows(Policy::RESOURCE) && !part.knows_policies_of("n"));
        let refused = [PlacementBinding::RESOURCE];
        let whole = Hub::gather_watched(&recorded, &recorded, &mut ReadCopies::default(), &refused).unwrap();
        assert!(whole.knows(Policy::RESOURCE) && whole.knows_policies_of("n"));
        assert!(!whole.knows(PlacementBinding::RESOURCE) && whole.refused == refused);
    }
}
