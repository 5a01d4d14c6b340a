//! The clusters that SiteConfigs describe, with the labels their ManagedClusters get.

use std::collections::{BTreeMap, BTreeSet};

use super::{field, is_live, text};
use crate::generate::run::InputKind;
use crate::lint::repository::Repository;
use crate::yaml::NodeRef;

/// A cluster.
#[derive(Debug)]
pub struct Cluster<'r> {
    /// `clusterName`.
    pub name: &'r str,
    /// Its labels: `clusterLabels`, and `name`, which the hub adds.
    pub labels: BTreeMap<String, String>,
    /// Where its name stands.
    pub anchor: NodeRef<'r>,
    /// `cpuset` of its hosts.
    pub cpusets: Vec<NodeRef<'r>>,
    /// The names of the interfaces that its hosts list or configure.
    pub interfaces: BTreeSet<&'r str>,
}

/// The clusters of all SiteConfigs in use.
pub fn clusters<'r>(repository: &'r Repository<'_>) -> Vec<Cluster<'r>> {
    let mut clusters = Vec::new();
    for (_, root, _) in repository.inputs(InputKind::SiteConfig).filter(|(file, _, _)| is_live(file)) {
        let items = field(root, &["spec", "clusters"]).into_iter().flat_map(NodeRef::items);
        clusters.extend(items.filter_map(cluster));
    }
    clusters
}

fn cluster(node: NodeRef<'_>) -> Option<Cluster<'_>> {
    let anchor = node.get("clusterName")?;
    let name = anchor.text()?;
    let mut labels: BTreeMap<String, String> = BTreeMap::from([("name".to_owned(), name.to_owned())]);
    // Through `fields`, so that merge keys count.
    if let Some(Ok(given)) = node.get("clusterLabels").filter(|labels| labels.is_map()).map(NodeRef::fields) {
        for (key, value) in given {
            let value = if value.is_null() { "" } else { value.text().unwrap_or_default() };
            labels.insert(key.text().unwrap_or_default().to_owned(), value.to_owned());
        }
    }
    let hosts = || node.get("nodes").into_iter().flat_map(NodeRef::items);
    let cpusets = hosts().filter_map(|host| host.get("cpuset")).filter(|set| text(*set, &[]).is_some()).collect();
    let interfaces = hosts().filter_map(|host| host.get("nodeNetwork")).flat_map(interfaces).collect();
    Some(Cluster { name, labels, anchor, cpusets, interfaces })
}

fn interfaces<'d>(network: NodeRef<'d>) -> impl Iterator<Item = &'d str> {
    let lists = [network.get("interfaces"), field(network, &["config", "interfaces"])];
    lists.into_iter().flatten().flat_map(NodeRef::items).filter_map(|interface| interface.get("name")?.text())
}
