//! Networks and VIPs of a cluster, with each other and with the kind of cluster.

use std::net::IpAddr;

use ipnet::IpNet;

use super::site::{Cluster, clusters, field, is_template, text, texts};
use crate::finding::{Finding, Level};
use crate::lint::repository::Repository;
use crate::yaml::NodeRef;

/// A network of a cluster.
struct Network<'d> {
    field: &'static str,
    net: IpNet,
    node: NodeRef<'d>,
}

/// A VIP of a cluster.
struct Vip<'d> {
    field: &'static str,
    address: IpAddr,
    node: NodeRef<'d>,
}

/// `siteconfig/bad-address` for networks and VIPs, `siteconfig/network-overlap`, `siteconfig/vip`,
/// `siteconfig/vip-outside`, `siteconfig/machine-network`, `siteconfig/master-count`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for cluster in clusters(repository) {
        let networks = networks(cluster.node, findings);
        let vips = vips(cluster.node, findings);
        overlaps(&networks, findings);
        equal(&vips, findings);
        outside(&networks, &vips, findings);
        topology(&cluster, &vips, findings);
    }
}

fn networks<'d>(cluster: NodeRef<'d>, findings: &mut Vec<Finding>) -> Vec<Network<'d>> {
    let mut written = Vec::new();
    for name in ["machineNetwork", "clusterNetwork"] {
        let items = field(cluster, name).into_iter().flat_map(NodeRef::items);
        written.extend(items.filter_map(|item| text(item, "cidr")).map(|(cidr, node)| (name, cidr, node)));
    }
    written.extend(texts(cluster, "serviceNetwork").map(|(cidr, node)| ("serviceNetwork", cidr, node)));
    let mut networks = Vec::new();
    for (field, cidr, node) in written.into_iter().filter(|(_, cidr, _)| !is_template(cidr)) {
        match cidr.parse::<IpNet>() {
            Ok(net) => networks.push(Network { field, net: net.trunc(), node }),
            Err(_) => findings.push(bad(field, cidr, node, "write a network as 192.0.2.0/24 or 2001:db8::/64")),
        }
    }
    networks
}

fn vips<'d>(cluster: NodeRef<'d>, findings: &mut Vec<Finding>) -> Vec<Vip<'d>> {
    let mut vips = Vec::new();
    for (single, list) in [("apiVIP", "apiVIPs"), ("ingressVIP", "ingressVIPs")] {
        let written = text(cluster, single).map(|(value, node)| (single, value, node));
        let listed = texts(cluster, list).map(|(value, node)| (list, value, node));
        for (field, value, node) in written.into_iter().chain(listed).filter(|(_, value, _)| !is_template(value)) {
            match value.parse() {
                Ok(address) => vips.push(Vip { field, address, node }),
                Err(_) => findings.push(bad(field, value, node, "write a VIP as 192.0.2.10 or 2001:db8::10")),
            }
        }
    }
    vips
}

fn bad(field: &str, value: &str, node: NodeRef<'_>, fix: &str) -> Finding {
    Finding::error("siteconfig/bad-address", format!("{field} {value:?} is not written as an address"))
        .at(node.place())
        .fix(fix)
}

fn overlaps(networks: &[Network<'_>], findings: &mut Vec<Finding>) {
    for (i, second) in networks.iter().enumerate() {
        let first =
            networks.iter().take(i).find(|first| first.net.contains(&second.net) || second.net.contains(&first.net));
        if let Some(first) = first {
            let fact = format!("{} {} overlaps with {} {}", second.field, second.net, first.field, first.net);
            let note = format!("{} is in line {}", first.net, first.node.place().line);
            findings.push(Finding::error("siteconfig/network-overlap", fact).at(second.node.place()).note(note));
        }
    }
}

fn equal(vips: &[Vip<'_>], findings: &mut Vec<Finding>) {
    let is_api = |vip: &Vip<'_>| vip.field.starts_with("api");
    for ingress in vips.iter().filter(|vip| !is_api(vip)) {
        if let Some(api) = vips.iter().find(|vip| is_api(vip) && vip.address == ingress.address) {
            let fact = format!("{} and {} are both {}", api.field, ingress.field, api.address);
            let fix = "give ingress an address of its own";
            findings.push(Finding::error("siteconfig/vip", fact).at(ingress.node.place()).fix(fix));
        }
    }
}

fn outside(networks: &[Network<'_>], vips: &[Vip<'_>], findings: &mut Vec<Finding>) {
    let machines: Vec<&Network<'_>> = networks.iter().filter(|network| network.field == "machineNetwork").collect();
    for vip in vips {
        let same_family = machines.iter().any(|m| m.net.addr().is_ipv4() == vip.address.is_ipv4());
        if same_family && !machines.iter().any(|machines| machines.net.contains(&vip.address)) {
            let nets: Vec<String> = machines.iter().map(|machines| machines.net.to_string()).collect();
            let fact = format!("{} {} is not in machineNetwork {}", vip.field, vip.address, nets.join(", "));
            findings.push(Finding::error("siteconfig/vip-outside", fact).at(vip.node.place()));
        }
    }
}

fn topology(cluster: &Cluster<'_>, vips: &[Vip<'_>], findings: &mut Vec<Finding>) {
    match (cluster.masters(), vips.first()) {
        (0, _) => {}
        (1, Some(vip)) => {
            let fact = format!("{} is set for a single-node cluster, which has no VIPs", vip.field);
            let fix = "remove apiVIP(s) and ingressVIP(s)";
            findings.push(
                Finding { level: Level::Warning, ..Finding::error("siteconfig/vip", fact) }
                    .at(vip.node.place())
                    .fix(fix),
            );
        }
        (1, None) if field(cluster.node, "machineNetwork").is_none() => {
            let fact = format!("the single-node cluster {:?} has no machineNetwork", cluster.name);
            let fix = "add machineNetwork with the network of the node";
            findings.push(Finding::warning("siteconfig/machine-network", fact).at(cluster.anchor().place()).fix(fix));
        }
        (1, None) => {}
        (2, _) => {
            let fact = format!("the cluster {:?} has two masters", cluster.name);
            let fix = "use one master for a single-node cluster, three or more for others";
            findings.push(Finding::warning("siteconfig/master-count", fact).at(cluster.anchor().place()).fix(fix));
        }
        (masters, _) => missing_vips(cluster, masters, findings),
    }
}

fn missing_vips(cluster: &Cluster<'_>, masters: usize, findings: &mut Vec<Finding>) {
    let has = |names: [&str; 2]| names.iter().any(|name| field(cluster.node, name).is_some());
    let missing: Vec<&str> = [["apiVIPs", "apiVIP"], ["ingressVIPs", "ingressVIP"]]
        .into_iter()
        .filter(|names| !has(*names))
        .map(|names| names[0])
        .collect();
    if !missing.is_empty() {
        let fact = format!("the cluster {:?} has {masters} masters but no {}", cluster.name, missing.join(" and no "));
        let finding = Finding { level: Level::Warning, ..Finding::error("siteconfig/vip", fact) };
        findings.push(finding.at(cluster.anchor().place()).fix(format!("add {}", missing.join(" and "))));
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    fn cluster(fields: &str, masters: usize) -> String {
        let hosts = "        - {role: master}\n".repeat(masters);
        format!("kind: SiteConfig\nspec:\n  clusters:\n    - clusterName: a\n{fields}      nodes:\n{hosts}")
    }

    #[test]
    fn a_single_node_has_a_machine_network_and_no_vips() {
        assert_eq!(found(check, &cluster("      machineNetwork: [{cidr: 192.0.2.0/24}]\n", 1)), []);
        assert_eq!(found(check, &cluster("", 1)), [("siteconfig/machine-network", 4)]);
        assert_eq!(found(check, &cluster("      apiVIP: 192.0.2.1\n", 1)), [("siteconfig/vip", 5)]);
    }

    #[test]
    fn several_masters_have_two_vips_in_their_network() {
        let good = "      apiVIPs: [192.0.2.1]\n      ingressVIPs: [192.0.2.2]\n";
        assert_eq!(found(check, &cluster(good, 3)), []);
        assert_eq!(found(check, &cluster(good, 2)), [("siteconfig/master-count", 4)]);
        assert_eq!(found(check, &cluster("      apiVIPs: [192.0.2.1]\n", 3)), [("siteconfig/vip", 4)]);
        let bad =
            "      apiVIP: 192.0.3.1\n      ingressVIPs: [192.0.3.1]\n      machineNetwork: [{cidr: 192.0.2.0/24}]\n";
        let expected = [("siteconfig/vip", 6), ("siteconfig/vip-outside", 5), ("siteconfig/vip-outside", 6)];
        assert_eq!(found(check, &cluster(bad, 3)), expected);
    }

    #[test]
    fn networks_must_be_apart() {
        let fields = "      machineNetwork: [{cidr: 10.128.3.0/24}]\n      clusterNetwork:\n        - {cidr: 10.128.0.0/14, hostPrefix: 23}\n      serviceNetwork: [172.30.0.0/16, 'fd02::/112', 10.0.0.0]\n";
        assert_eq!(
            found(check, &cluster(fields, 1)),
            [("siteconfig/bad-address", 8), ("siteconfig/network-overlap", 7)]
        );
    }
}
