//! What may exist once: names of clusters, and addresses and names of hosts across the whole repository.
//!
//! Only files in use are compared, since examples that lie beside them repeat their addresses. Two files about a
//! cluster of one name repeat its hosts on purpose; for them the name alone is said. Addresses are warnings, because
//! nothing fails before the hosts are registered, and upstream's own examples share theirs.

use std::collections::HashMap;
use std::path::Path;

use super::hosts::macs;
use super::site::{Cluster, clusters, host_name, is_template, text};
use crate::finding::{Finding, Level};
use crate::lint::repository::Repository;
use crate::yaml::{NodeRef, Place};

/// `siteconfig/cluster-repeated`, `siteconfig/duplicate-mac`, `siteconfig/duplicate-bmc`,
/// `siteconfig/duplicate-host-name`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let clusters: Vec<Cluster<'_>> = clusters(repository).into_iter().filter(|cluster| cluster.is_live).collect();
    repeated(&clusters, findings);
    let (mut macs_seen, mut bmcs, mut names) = (Seen::default(), Seen::default(), Seen::default());
    for cluster in &clusters {
        for host in &cluster.hosts {
            let owner = Owner { cluster: cluster.name, host: *host };
            for (mac, node) in macs(*host) {
                findings.extend(macs_seen.add(mac, node, owner, ("siteconfig/duplicate-mac", "MAC address")));
            }
            if let Some((bmc, node)) = text(*host, "bmcAddress").filter(|(bmc, _)| !is_template(bmc)) {
                let bmc = bmc.trim_end_matches('/').to_lowercase();
                findings.extend(bmcs.add(bmc, node, owner, ("siteconfig/duplicate-bmc", "BMC address")));
            }
            if let Some((name, node)) = text(*host, "hostName").filter(|(name, _)| !is_template(name)) {
                findings.extend(names.add(name.into(), node, owner, ("siteconfig/duplicate-host-name", "host name")));
            }
        }
    }
}

fn repeated(clusters: &[Cluster<'_>], findings: &mut Vec<Finding>) {
    let mut seen: HashMap<&str, (Place, &Path)> = HashMap::new();
    for cluster in clusters.iter().filter(|cluster| !cluster.name.is_empty()) {
        let place = cluster.anchor().place();
        let Some((first, folder)) = seen.get(cluster.name) else {
            seen.insert(cluster.name, (place, cluster.folder));
            continue;
        };
        // Within one file the generator says it.
        if first.file == place.file {
            continue;
        }
        let level = if *folder == cluster.folder { Level::Error } else { Level::Warning };
        let fact = format!("the cluster {:?} is described twice", cluster.name);
        let finding = Finding::error("siteconfig/cluster-repeated", fact).note(format!("it is also in {first}"));
        findings.push(Finding { level, ..finding }.at(place));
    }
}

#[derive(Clone, Copy)]
struct Owner<'d> {
    cluster: &'d str,
    host: NodeRef<'d>,
}

/// Values with who had them first.
#[derive(Default)]
struct Seen<'d> {
    values: HashMap<String, (NodeRef<'d>, Owner<'d>)>,
}

impl<'d> Seen<'d> {
    /// Remembers a value; a finding when another host has it already.
    fn add(
        &mut self,
        value: String,
        node: NodeRef<'d>,
        owner: Owner<'d>,
        (id, what): (&'static str, &str),
    ) -> Option<Finding> {
        let Some((first, first_owner)) = self.values.get(&value) else {
            self.values.insert(value, (node, owner));
            return None;
        };
        let (place, first) = (node.place(), first.place());
        if first_owner.cluster == owner.cluster && first.file != place.file {
            return None;
        }
        let host = |owner: &Owner<'_>| format!("{:?} of cluster {:?}", host_name(owner.host), owner.cluster);
        let fact = match id {
            "siteconfig/duplicate-host-name" => format!("two hosts are called {value:?}"),
            _ => format!("{} has the {what} of {}", host(&owner), host(first_owner)),
        };
        let note = format!("{value} is also in {first}, cluster {:?}", first_owner.cluster);
        Some(Finding::warning(id, fact).at(place).note(note))
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    #[test]
    fn what_two_hosts_share_is_found() {
        let text = "\
kind: SiteConfig
spec:
  clusters:
    - clusterName: a
      nodes:
        - {hostName: one, bmcAddress: redfish://192.0.2.1/1, bootMACAddress: \"02:00:00:00:00:AA\"}
    - clusterName: b
      nodes:
        - hostName: one
          bmcAddress: redfish://192.0.2.1/1
          nodeNetwork: {interfaces: [{name: e, macAddress: \"02:00:00:00:00:aa\"}]}
    - clusterName: c
      nodes:
        - {hostName: two, bmcAddress: redfish://192.0.2.1/2, bootMACAddress: \"02:00:00:00:00:ab\"}
";
        let expected =
            [("siteconfig/duplicate-mac", 11), ("siteconfig/duplicate-bmc", 10), ("siteconfig/duplicate-host-name", 9)];
        assert_eq!(found(check, text), expected);
    }
}
