//! Which clusters a policy reaches, from files alone: bindings and placements of a side, evaluated over the labels of
//! its ManagedClusters. Cluster sets, scores and tolerations are known to a hub only and left out.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::json;
use super::objects::Identity;
use crate::placement::matches;
use crate::resource::LabelSelector;
use crate::yaml::Value;

/// Clusters with their labels.
pub type Fleet = BTreeMap<String, BTreeMap<String, String>>;
/// Names of clusters.
pub type Clusters = BTreeSet<String>;

/// What the placements of one side choose.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// By namespace and name of the policy.
    policies: BTreeMap<(String, String), Clusters>,
    /// By namespace and name of placement or binding: the policies they decide about.
    decided: BTreeMap<Identity, BTreeSet<(String, String)>>,
}

/// The ManagedClusters among some objects.
pub fn fleet<'v>(objects: impl Iterator<Item = &'v Value>) -> Fleet {
    let cluster = |value: &Value| {
        let identity = Identity::of(value);
        let labels = value.at(&["metadata", "labels"]).and_then(Value::as_map);
        let labels = labels.into_iter().flatten().filter_map(|(k, v)| Some((k.as_str()?.into(), v.as_str()?.into())));
        (identity.kind == "ManagedCluster").then(|| (identity.name, labels.collect()))
    };
    objects.filter_map(cluster).collect()
}

impl Reach {
    /// Evaluates the placements among some objects.
    pub fn of<'v>(objects: impl Iterator<Item = &'v Value> + Clone, fleet: &Fleet) -> Self {
        let mut placements: BTreeMap<(String, String, String), Clusters> = BTreeMap::new();
        for value in objects.clone() {
            let identity = Identity::of(value);
            if let Some(selectors) = selectors(&identity, value) {
                let chosen = fleet.iter().filter(|(_, labels)| selectors.iter().any(|s| matches(s, labels)));
                let chosen = chosen.map(|(name, _)| name.clone()).collect();
                placements.insert((identity.kind, identity.namespace, identity.name), chosen);
            }
        }
        let mut reach = Self::default();
        for binding in objects.filter(|value| value.get("kind").and_then(Value::as_str) == Some("PlacementBinding")) {
            reach.bind(binding, &placements);
        }
        reach
    }

    fn bind(&mut self, binding: &Value, placements: &BTreeMap<(String, String, String), Clusters>) {
        let identity = Identity::of(binding);
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(reference) = binding.get("placementRef") else { return };
        let group = text(reference, "apiGroup");
        let key = (text(reference, "kind"), identity.namespace.clone(), text(reference, "name"));
        let clusters = placements.get(&key).cloned().unwrap_or_default();
        let placement = Identity { group, kind: key.0, namespace: key.1, name: key.2 };
        for subject in binding.get("subjects").and_then(Value::as_seq).unwrap_or_default() {
            let policy = (identity.namespace.clone(), text(subject, "name"));
            self.policies.entry(policy.clone()).or_default().extend(clusters.iter().cloned());
            self.decided.entry(placement.clone()).or_default().insert(policy.clone());
            self.decided.entry(identity.clone()).or_default().insert(policy);
        }
    }

    /// The clusters of a policy.
    pub fn policy(&self, policy: &Identity) -> Clusters {
        self.policies.get(&(policy.namespace.clone(), policy.name.clone())).cloned().unwrap_or_default()
    }

    /// All clusters of the policies that a placement or binding decides about.
    pub fn decided(&self, by: &Identity) -> Clusters {
        let policies = self.decided.get(by).into_iter().flatten();
        policies.filter_map(|policy| self.policies.get(policy)).flatten().cloned().collect()
    }
}

/// The selectors of a placement; a cluster needs to fit one of them.
fn selectors(identity: &Identity, value: &Value) -> Option<Vec<LabelSelector>> {
    let read = |value: Option<&Value>| -> LabelSelector {
        value.and_then(|value| serde_json::from_value(json(value)).ok()).unwrap_or_default()
    };
    match identity.kind.as_str() {
        "PlacementRule" => {
            let selector = value.at(&["spec", "clusterSelector"]).or_else(|| value.at(&["spec", "clusterLabels"]));
            Some(vec![read(selector)])
        }
        "Placement" => {
            let predicates = value.at(&["spec", "predicates"]).and_then(Value::as_seq).unwrap_or_default();
            let path = ["requiredClusterSelector", "labelSelector"];
            let found: Vec<_> = predicates.iter().map(|predicate| read(predicate.at(&path))).collect();
            Some(if found.is_empty() { vec![LabelSelector::default()] } else { found })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Source, documents};

    #[test]
    fn a_policy_reaches_what_its_placement_chooses() {
        let text = "kind: ManagedCluster\nmetadata: {name: a, labels: {zone: x}}\n---\n\
                    kind: ManagedCluster\nmetadata: {name: b, labels: {zone: y}}\n---\n\
                    kind: PlacementRule\nmetadata: {name: r, namespace: n}\n\
                    spec: {clusterSelector: {matchExpressions: [{key: zone, operator: In, values: [x]}]}}\n---\n\
                    kind: PlacementBinding\nmetadata: {name: b, namespace: n}\n\
                    placementRef: {kind: PlacementRule, name: r}\nsubjects: [{kind: Policy, name: p}]\n";
        let source = Source::from_text("", text);
        let objects: Vec<_> = documents(&source).map(|d| d.unwrap().root().unwrap().to_value().unwrap()).collect();
        let fleet = fleet(objects.iter());
        let reach = Reach::of(objects.iter(), &fleet);
        let policy = Identity { namespace: "n".into(), name: "p".into(), ..Identity::default() };
        assert_eq!(reach.policy(&policy), Clusters::from(["a".to_owned()]));
        assert_eq!(reach.decided(&Identity::of(&objects[2])), Clusters::from(["a".to_owned()]));
    }
}
