//! Fields of nodes that the generator turns into something nobody wants.

use super::site::{Cluster, clusters, field, host_name, text};
use crate::finding::Finding;
use crate::lint::repository::Repository;
use crate::yaml::NodeRef;

/// `siteconfig/empty-node-labels`, `siteconfig/worker-partition`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for cluster in clusters(repository) {
        findings.extend(cluster.hosts.iter().filter_map(|host| empty_labels(*host)));
        findings.extend(worker_partition(&cluster));
    }
}

/// The generator makes an annotation for each label, and one that is a map when there is none.
fn empty_labels(host: NodeRef<'_>) -> Option<Finding> {
    let labels = field(host, "nodeLabels").filter(|labels| labels.is_map() && labels.entries().next().is_none())?;
    let fact = format!("nodeLabels of {:?} is empty, which makes an annotation that is no text", host_name(host));
    let finding = Finding::error("siteconfig/empty-node-labels", fact).at(labels.place());
    Some(finding.note("the hub refuses the BareMetalHost").fix("remove nodeLabels"))
}

/// The template of the partitions is rendered for each role, with the disks of all nodes.
fn worker_partition(cluster: &Cluster<'_>) -> Option<Finding> {
    let worker = cluster.hosts.iter().find(|host| text(**host, "role").is_some_and(|(role, _)| role == "worker"))?;
    let has_disks =
        |host: &&NodeRef<'_>| field(**host, "diskPartition").is_some_and(|disks| disks.items().next().is_some());
    let disks = cluster.hosts.iter().find(has_disks).and_then(|host| field(*host, "diskPartition"))?;
    if cluster.masters() != 1 {
        return None;
    }
    let fact = format!("the partitions are also made on the workers of {:?}", cluster.name);
    Some(
        Finding::warning("siteconfig/worker-partition", fact)
            .at(disks.place())
            .note(format!(
                "{:?} is a worker; it gets a MachineConfig with the same disk and partitions",
                host_name(*worker)
            ))
            .fix("install the worker later, or partition by extra manifests for the role master alone"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    #[test]
    fn labels_and_partitions() {
        let text = "\
kind: SiteConfig
spec:
  clusters:
    - clusterName: a
      nodes:
        - hostName: one
          nodeLabels: {}
          diskPartition: [{device: /dev/sda}]
        - hostName: two
          role: worker
          nodeLabels: {rack: r7}
";
        let expected = [("siteconfig/empty-node-labels", 7), ("siteconfig/worker-partition", 8)];
        assert_eq!(found(check, text), expected);
        assert_eq!(found(check, &text.replace("worker", "master")).len(), 1);
    }
}
