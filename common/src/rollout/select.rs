//! Which clusters a CGU selects (TALM 5.0 `controllers/clustergroupupgrade_controller.go`,
//! `getAllClustersForUpgrade` and `validateCR`).

use std::collections::HashSet;

use super::Hub;
use crate::placement;
use crate::resource::{ClusterGroupUpgradeSpec, LabelSelector, ManagedCluster};

/// Why clusters cannot be selected; the text is TALM's, behind "Unable to select clusters: ".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// None of the three selection fields is there.
    #[error("cannot obtain all the details about the clusters in the CR: no cluster specified for remediation")]
    NothingSpecified,
    /// A label selector that the API refuses.
    #[error("cannot obtain all the details about the clusters in the CR: {0}")]
    Selector(#[from] placement::SelectorError),
    /// A name that the hub does not know.
    #[error("cluster {0} is not a ManagedCluster")]
    NotAManagedCluster(String),
    /// A canary that is not selected.
    #[error("canary cluster {0} is not in the list of clusters")]
    CanaryNotSelected(String),
}

/// What a selection gives. When there are errors, TALM stops at the first; all are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The clusters in TALM's order: those named, then those that selectors add, by name.
    pub clusters: Vec<String>,
    /// Everything that keeps TALM from going on, in its order.
    pub errors: Vec<SelectError>,
}

/// Selects clusters.
pub fn select(hub: &Hub, spec: &ClusterGroupUpgradeSpec) -> Selection {
    let clusters = match all_clusters(hub, spec) {
        Ok(clusters) => clusters,
        Err(error) => return Selection { clusters: Vec::new(), errors: vec![error] },
    };
    let unknown = clusters.iter().filter(|name| !hub.clusters.contains_key(*name));
    let mut errors: Vec<_> = unknown.cloned().map(SelectError::NotAManagedCluster).collect();
    let selected: HashSet<&String> = clusters.iter().collect();
    let canaries = spec.remediation_strategy.canaries.iter().filter(|name| !selected.contains(name));
    errors.extend(canaries.cloned().map(SelectError::CanaryNotSelected));
    Selection { clusters, errors }
}

fn all_clusters(hub: &Hub, spec: &ClusterGroupUpgradeSpec) -> Result<Vec<String>, SelectError> {
    if spec.clusters.is_none() && spec.cluster_selector.is_none() && spec.cluster_label_selectors.is_none() {
        return Err(SelectError::NothingSpecified);
    }
    let label_selectors = spec.cluster_label_selectors.as_deref().unwrap_or_default();
    label_selectors.iter().try_for_each(placement::validate)?;
    let deprecated: Vec<_> = spec.cluster_selector.iter().flatten().filter_map(|item| deprecated_item(item)).collect();

    let mut seen = HashSet::new();
    let named = spec.clusters.iter().flatten().filter(|name| seen.insert(name.as_str()));
    let mut clusters: Vec<String> = named.cloned().collect();
    if deprecated.is_empty() && label_selectors.is_empty() {
        return Ok(clusters);
    }
    let matches = |cluster: &ManagedCluster| {
        deprecated.iter().any(|(key, value)| cluster.metadata.label(key) == Some(value))
            || label_selectors.iter().any(|s: &LabelSelector| placement::matches(s, &cluster.metadata.labels))
    };
    // The hub's map is sorted by name, as TALM sorts what selectors add.
    let added = hub.clusters.iter().filter(|(name, cluster)| !seen.contains(name.as_str()) && matches(cluster));
    clusters.extend(added.map(|(name, _)| name.clone()));
    Ok(clusters)
}

/// `key=value`, or `key` for a label with the EMPTY value; anything with more `=` is skipped without a word.
fn deprecated_item(item: &str) -> Option<(&str, &str)> {
    match item.split_once('=') {
        None => Some((item, "")),
        Some((_, value)) if value.contains('=') => None,
        Some(pair) => Some(pair),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hub(clusters: &[(&str, &str)]) -> Hub {
        let mut hub = Hub::default();
        for (name, zone) in clusters {
            let object = json!({"metadata": {"name": name, "labels": {"zone": zone}}});
            hub.clusters.insert((*name).to_owned(), crate::resource::read(&object).unwrap());
        }
        hub
    }

    fn select_from(hub: &Hub, spec: serde_json::Value) -> Selection {
        select(hub, &crate::resource::read(&spec).unwrap())
    }

    #[test]
    fn named_clusters_come_first_and_once() {
        let hub = hub(&[("c", "a"), ("b", "a"), ("a", "b"), ("d", "")]);
        let spec = json!({"clusters": ["b", "d", "b"], "clusterSelector": ["zone=a", "zone", "zone=b=c"]});
        assert_eq!(select_from(&hub, spec).clusters, ["b", "d", "c"]);
    }

    #[test]
    fn absent_and_empty_differ() {
        let hub = hub(&[("a", "")]);
        assert_eq!(select_from(&hub, json!({})).errors, [SelectError::NothingSpecified]);
        assert_eq!(select_from(&hub, json!({"clusters": []})), Selection::default());
        assert_eq!(select_from(&hub, json!({"clusterLabelSelectors": [{}]})).clusters, ["a"]);
    }

    #[test]
    fn all_errors_are_listed() {
        let spec = json!({"clusters": ["x", "y"], "remediationStrategy": {"canaries": ["z"], "maxConcurrency": 1}});
        let errors: Vec<_> = select_from(&hub(&[]), spec).errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), 3);
        assert_eq!(errors[0], "cluster x is not a ManagedCluster");
        assert_eq!(errors[2], "canary cluster z is not in the list of clusters");
    }
}
