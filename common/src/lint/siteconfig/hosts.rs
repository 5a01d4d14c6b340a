//! The addresses and interfaces of single hosts.

use std::collections::HashSet;

use super::site::{clusters, field, host_name, is_template, text, texts};
use crate::finding::{Finding, Level};
use crate::lint::repository::Repository;
use crate::suggest::nearest;
use crate::yaml::NodeRef;

/// The schemes of BMC addresses, without `+http` and `+https` (metal3 baremetal-operator, `pkg/hardwareutils/bmc`).
const SCHEMES: &[&str] = &[
    "idrac",
    "idrac-redfish",
    "idrac-virtualmedia",
    "ilo4",
    "ilo4-virtualmedia",
    "ilo5",
    "ilo5-redfish",
    "ilo5-virtualmedia",
    "ipmi",
    "irmc",
    "libvirt",
    "redfish",
    "redfish-uefihttp",
    "redfish-virtualmedia",
];

/// `siteconfig/bad-address` for hosts, `siteconfig/boot-mac-unlisted`, `siteconfig/interface-unlisted`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for host in clusters(repository).into_iter().flat_map(|cluster| cluster.hosts) {
        addresses(host, findings);
        boot_mac(host, findings);
        unlisted(host, findings);
    }
}

/// The entries of `nodeNetwork.interfaces`.
fn interfaces(host: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let network = field(host, "nodeNetwork");
    network.and_then(|network| field(network, "interfaces")).into_iter().flat_map(NodeRef::items)
}

/// The MAC addresses a host is known by, each once, in lower case: that it boots from, then those of its interfaces.
pub fn macs(host: NodeRef<'_>) -> Vec<(String, NodeRef<'_>)> {
    let boot = text(host, "bootMACAddress");
    let mut macs: Vec<(String, NodeRef<'_>)> = Vec::new();
    for (mac, node) in boot.into_iter().chain(interfaces(host).filter_map(|i| text(i, "macAddress"))) {
        let mac = mac.to_lowercase();
        if is_mac(&mac) && !macs.iter().any(|(known, _)| *known == mac) {
            macs.push((mac, node));
        }
    }
    macs
}

fn is_mac(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    parts.len() == 6 && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn addresses(host: NodeRef<'_>, findings: &mut Vec<Finding>) {
    let boot = text(host, "bootMACAddress").map(|(mac, node)| ("bootMACAddress", mac, node));
    let listed = interfaces(host).filter_map(|i| text(i, "macAddress")).map(|(mac, node)| ("macAddress", mac, node));
    for (field, mac, node) in boot.into_iter().chain(listed) {
        if !is_mac(mac) && !is_template(mac) {
            let fact = format!("{field} {mac:?} is no MAC address");
            let fix = "write it as 02:00:00:00:00:01";
            findings.push(Finding::error("siteconfig/bad-address", fact).at(node.place()).fix(fix));
        }
    }
    let Some((address, node)) = text(host, "bmcAddress").filter(|(address, _)| !is_template(address)) else { return };
    let Some((scheme, _)) = address.split_once("://") else { return };
    let plain = scheme.strip_suffix("+http").or_else(|| scheme.strip_suffix("+https")).unwrap_or(scheme);
    if !SCHEMES.contains(&plain) {
        let fact = format!("bmcAddress has the unknown scheme {scheme:?}");
        let finding = Finding { level: Level::Warning, ..Finding::error("siteconfig/bad-address", fact) };
        let fix = match nearest(plain, SCHEMES.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("use one of {}", SCHEMES.join(", ")),
        };
        findings.push(finding.at(node.place()).fix(fix));
    }
}

fn boot_mac(host: NodeRef<'_>, findings: &mut Vec<Finding>) {
    let Some((boot, node)) = text(host, "bootMACAddress").filter(|(mac, _)| is_mac(mac)) else { return };
    let macs: Vec<&str> = interfaces(host).filter_map(|i| text(i, "macAddress")).map(|(mac, _)| mac).collect();
    if !macs.is_empty() && !macs.iter().any(|mac| mac.eq_ignore_ascii_case(boot)) {
        let fact = format!("bootMACAddress of {:?} is none of its interfaces'", host_name(host));
        let finding = Finding::warning("siteconfig/boot-mac-unlisted", fact).at(node.place());
        findings.push(match nearest(boot, macs) {
            Some(near) => finding.note(format!("the nearest is {near}")),
            None => finding,
        });
    }
}

fn kind(interface: NodeRef<'_>) -> &str {
    text(interface, "type").map_or("", |(kind, _)| kind)
}

fn unlisted(host: NodeRef<'_>, findings: &mut Vec<Finding>) {
    let config = field(host, "nodeNetwork").and_then(|network| field(network, "config"));
    let configured: Vec<NodeRef<'_>> =
        config.and_then(|config| field(config, "interfaces")).into_iter().flat_map(NodeRef::items).collect();
    let listed: HashSet<&str> = interfaces(host).filter_map(|i| text(i, "name")).map(|(name, _)| name).collect();
    let made: HashSet<&str> = configured
        .iter()
        .filter(|interface| kind(**interface) != "ethernet")
        .filter_map(|interface| Some(text(*interface, "name")?.0))
        .collect();
    let mut said = HashSet::new();
    for interface in &configured {
        let own = text(*interface, "name").filter(|_| kind(*interface) == "ethernet");
        let bond = field(*interface, "link-aggregation");
        let ports = bond.into_iter().flat_map(|bond| texts(bond, "port").chain(texts(bond, "slaves")));
        let base = field(*interface, "vlan").and_then(|vlan| text(vlan, "base-iface"));
        for (name, node) in own.into_iter().chain(ports).chain(base) {
            if listed.contains(name) || made.contains(name) || is_template(name) || !said.insert(name) {
                continue;
            }
            let fact = format!("the interface {name:?} of {:?} is not in nodeNetwork.interfaces", host_name(host));
            let finding = Finding::warning("siteconfig/interface-unlisted", fact).at(node.place());
            findings.push(match nearest(name, listed.iter().copied()) {
                Some(meant) => finding.fix(format!("add it with its MAC address; or did you mean {meant:?}?")),
                None => finding.fix("add it with its MAC address"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    const HEAD: &str = "kind: SiteConfig\nspec:\n  clusters:\n    - clusterName: a\n      nodes:\n";

    #[test]
    fn addresses_and_interfaces_fit_together() {
        let text = format!(
            "{HEAD}        - hostName: h
          bmcAddress: redfish-virtualmedi+https://192.0.2.1/redfish/v1/Systems/1
          bootMACAddress: 02:00:00:00:00:01
          nodeNetwork:
            interfaces:
              - {{name: eno1, macAddress: \"02:00:00:00:00:02\"}}
              - {{name: eno2, macAddress: 02-00-00-00-00-03}}
            config:
              interfaces:
                - {{name: eno1, type: ethernet}}
                - {{name: eno3, type: ethernet}}
                - {{name: bond0, type: bond, link-aggregation: {{port: [eno1, eno2]}}}}
                - {{name: bond0.5, type: vlan, vlan: {{base-iface: bond0, id: 5}}}}
"
        );
        let expected = [
            ("siteconfig/bad-address", 12),
            ("siteconfig/bad-address", 7),
            ("siteconfig/boot-mac-unlisted", 8),
            ("siteconfig/interface-unlisted", 16),
        ];
        assert_eq!(found(check, &text), expected);
    }

    #[test]
    fn a_host_without_network_configuration_is_fine() {
        let text =
            format!("{HEAD}        - {{hostName: h, bmcAddress: 192.0.2.1, bootMACAddress: \"02:00:00:00:00:01\"}}\n");
        assert_eq!(found(check, &text), []);
    }
}
