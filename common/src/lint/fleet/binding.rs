//! Which clusters the binding rules of a PolicyGenTemplate select, by the one selector engine.

use std::collections::HashMap;

use super::Cluster;
use crate::placement::requirement_holds;
use crate::resource::Requirement;
use crate::yaml::NodeRef;

/// One label of `bindingRules` or `bindingExcludedRules`.
#[derive(Debug)]
pub struct BindingRule<'r> {
    /// Where its key stands.
    pub key: NodeRef<'r>,
    /// Where its value stands.
    pub value: NodeRef<'r>,
    /// What the PlacementRule demands for it.
    pub requirement: Requirement,
    /// Whether it is one of `bindingRules`.
    pub asks: bool,
}

impl BindingRule<'_> {
    /// Whether a cluster fulfils it, as far as files can tell: labels that the hub sets are taken to fit.
    pub fn holds(&self, cluster: &Cluster<'_>) -> bool {
        let key = &self.requirement.key;
        set_by_hub(key) && !cluster.labels.contains_key(key) || requirement_holds(&self.requirement, &cluster.labels)
    }

    /// `key=value` as in a selector, `key` alone for mere existence.
    pub fn shown(&self) -> String {
        match self.requirement.values.is_empty() {
            true => self.requirement.key.clone(),
            false => format!("{}={}", self.requirement.key, self.requirement.values.join(",")),
        }
    }
}

/// Labels that TALM and ACM set on ManagedClusters, which no file says.
pub fn set_by_hub(key: &str) -> bool {
    const KEYS: [&str; 6] = ["ztp-running", "ztp-done", "vendor", "cloud", "clusterID", "local-cluster"];
    const PREFIXES: [&str; 3] =
        ["openshiftVersion", "feature.open-cluster-management.io/", "cluster.open-cluster-management.io/"];
    KEYS.contains(&key) || PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

/// Clusters by label, so that the rules of one site look at few clusters.
pub struct Index<'c> {
    by_key: HashMap<&'c str, Vec<usize>>,
    by_label: HashMap<(&'c str, &'c str), Vec<usize>>,
    count: usize,
}

impl<'c> Index<'c> {
    /// An index of all labels.
    pub fn new(clusters: &'c [Cluster<'_>]) -> Self {
        let mut index = Self { by_key: HashMap::new(), by_label: HashMap::new(), count: clusters.len() };
        for (i, cluster) in clusters.iter().enumerate() {
            for (key, value) in &cluster.labels {
                index.by_key.entry(key).or_default().push(i);
                index.by_label.entry((key, value)).or_default().push(i);
            }
        }
        index
    }

    /// The clusters that fulfil all rules, in order.
    pub fn reached<'a, 'r: 'a>(
        &self,
        clusters: &[Cluster<'_>],
        rules: impl IntoIterator<Item = &'a BindingRule<'r>>,
    ) -> Vec<usize> {
        let rules: Vec<&BindingRule<'_>> = rules.into_iter().collect();
        let fewest = rules.iter().filter_map(|rule| self.candidates(rule)).min_by_key(Vec::len);
        let candidates = fewest.unwrap_or_else(|| (0..self.count).collect());
        let fits = |i: &usize| clusters.get(*i).is_some_and(|cluster| rules.iter().all(|rule| rule.holds(cluster)));
        candidates.into_iter().filter(fits).collect()
    }

    /// The clusters that may fulfil a rule; `None` when that can be any.
    fn candidates(&self, rule: &BindingRule<'_>) -> Option<Vec<usize>> {
        let Requirement { key, values, operator } = &rule.requirement;
        if set_by_hub(key) {
            return None;
        }
        let mut found: Vec<usize> = match operator.as_str() {
            "Exists" => self.by_key.get(key.as_str()).cloned().unwrap_or_default(),
            "In" => values.iter().filter_map(|value| self.by_label.get(&(key, value))).flatten().copied().collect(),
            _ => return None,
        };
        found.sort_unstable();
        found.dedup();
        Some(found)
    }
}
