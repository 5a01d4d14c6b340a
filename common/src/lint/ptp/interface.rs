//! Interfaces of PtpConfigs that the hosts do not have.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::lint::fleet::{Cluster, Cr, Fleet, Template};
use crate::suggest::nearest;
use crate::yaml::{Place, Value};

/// How many clusters a finding names.
const NAMED: usize = 3;

/// `ptp/interface-unlisted`: sites list the interfaces that they configure, and PTP often runs on others. So a missing
/// one counts only when its name can be no interface and nearly is one of the site's, or when most clusters of the
/// policy do list it. Where placement reaches no cluster with a list nothing is said.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for cr in template.crs.iter().filter(|cr| cr.kind() == "PtpConfig" && cr.is_demanded()) {
            let mut said = BTreeSet::new();
            for (name, place) in interfaces(cr) {
                if said.insert(name) {
                    findings.extend(judge(fleet, template, name).map(|finding| finding.at(place)));
                }
            }
        }
    }
}

fn judge(fleet: &Fleet<'_>, template: &Template<'_>, name: &str) -> Option<Finding> {
    let (having, lacking): (Vec<&Cluster<'_>>, Vec<_>) = fleet
        .reached(template)
        .filter(|cluster| !cluster.interfaces.is_empty())
        .partition(|c| c.interfaces.contains(name));
    let first = lacking.first()?;
    let near = lacking.iter().find_map(|cluster| nearest(name, cluster.interfaces.iter().copied()));
    let finding =
        Finding::warning("ptp/interface-unlisted", format!("{name:?} is no interface of {}", listed(&lacking)))
            .note("the PTP daemon does not start on an interface that is not there");
    if having.len() > lacking.len() {
        let note =
            format!("{} of {} clusters that this policy reaches list it", having.len(), having.len() + lacking.len());
        let fix = format!(
            "add it to nodeNetwork.interfaces of {:?}, or give that cluster a PtpConfig of its own",
            first.name
        );
        return Some(finding.note(note).fix(fix));
    }
    let near = near.filter(|_| having.is_empty() && !is_interface_name(name))?;
    Some(finding.fix(format!("did you mean {near:?}?")))
}

/// The interfaces that a PtpConfig names, with where.
fn interfaces<'r>(cr: &Cr<'r>) -> Vec<(&'r str, Place)> {
    let mut found = Vec::new();
    let profiles = cr.value.at(&["spec", "profile"]).and_then(Value::as_seq).unwrap_or_default();
    for (i, profile) in profiles.iter().enumerate() {
        let text = |key| profile.get(key).and_then(Value::as_str);
        let place = |key| cr.place_of(&["spec", "profile", &i.to_string(), key]);
        found.extend(text("interface").map(|name| (name, place("interface"))));
        let sections = text("ptp4lConf").into_iter().flat_map(str::lines);
        let names = sections.filter_map(|line| line.trim().strip_prefix('[')?.strip_suffix(']'));
        found.extend(names.filter(|name| !is_section(name)).map(|name| (name, place("ptp4lConf"))));
    }
    found.retain(|(name, _)| !name.is_empty() && !name.contains(['$', '{', '(', '<']));
    found
}

/// Sections of ptp4l's configuration that are no interfaces.
fn is_section(name: &str) -> bool {
    name == "global" || name == "nmea" || name.starts_with("unicast_master_table") || name.starts_with("uds")
}

/// A name that systemd gives to an Ethernet device, such as `ens1f0np0`, or an old or virtual one.
fn is_interface_name(name: &str) -> bool {
    let known = ["eth", "bond", "br", "team", "vlan", "ib", "wl", "veth", "eno", "ens", "enp", "enx"];
    let Some(rest) = known.iter().find_map(|prefix| name.strip_prefix(prefix)) else { return false };
    // After the prefix numbers and their markers take turns: 1, 1f0, 3s0f1np1; enx has a hardware address.
    let is_marker = |c: char| "sfndpvkbr.u".contains(c);
    name.starts_with("enx")
        || rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.ends_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || is_marker(c))
}

fn listed(clusters: &[&Cluster<'_>]) -> String {
    let names: Vec<String> = clusters.iter().take(NAMED).map(|cluster| format!("{:?}", cluster.name)).collect();
    match clusters.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} +{more} more", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    const PTP: (&str, &str) = (
        "source-crs/P.yaml",
        "kind: PtpConfig\nmetadata: {name: p}\nspec: {profile: [{name: slave, interface: $i}]}\n",
    );

    fn site(name: &str, interfaces: &[&str]) -> String {
        let list: Vec<String> = interfaces.iter().map(|name| format!("{{name: {name}}}")).collect();
        format!(
            "{{kind: SiteConfig, spec: {{clusters: [{{clusterName: {name}, clusterLabels: {{a: b}}, nodes: [{{nodeNetwork: \
             {{interfaces: [{}]}}}}]}}]}}}}\n",
            list.join(", ")
        )
    }

    fn run(interface: &str, sites: &[&[&str]]) -> Vec<String> {
        let entry = format!("{{fileName: P.yaml, policyName: p, spec: {{profile: [{{\ninterface: {interface}}}]}}}}");
        let text = template("t", "ns", "{a: b}", &entry);
        let sites: Vec<(String, String)> =
            sites.iter().enumerate().map(|(i, list)| (format!("s{i}.yaml"), site(&format!("s{i}"), list))).collect();
        let sites = sites.iter().map(|(name, text)| (&**name, &**text));
        found(check, &[PTP, ("1.yaml", &text)].into_iter().chain(sites).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_that_is_none_and_nearly_one_of_the_site() {
        assert_eq!(run("esn1f0", &[&["eno1", "ens1f0"]]), ["ptp/interface-unlisted 6"]);
        assert_eq!(run("ens1fo", &[&["eno1", "ens1f0"]]), ["ptp/interface-unlisted 6"]);
    }

    #[test]
    fn interfaces_that_sites_do_not_configure_are_fine() {
        assert!(run("ens5f0", &[&["eno1"]]).is_empty());
        assert!(run("ens1f1", &[&["ens1f0"]]).is_empty());
        assert!(run("esn1f0", &[&[]]).is_empty());
    }

    #[test]
    fn the_one_cluster_that_differs() {
        let most: [&[&str]; 3] = [&["ens5f0"], &["ens5f0"], &["ens6f0"]];
        assert_eq!(run("ens5f0", &most), ["ptp/interface-unlisted 6"]);
        assert!(run("ens5f0", &most[1..]).is_empty());
    }

    #[test]
    fn names_of_devices() {
        for name in ["eno1", "ens1f0", "enp3s0f1np1", "eth0", "bond0.5", "enx0c42a1b2c3d4"] {
            assert!(is_interface_name(name), "{name}");
        }
        assert!(!is_interface_name("esn1f0") && !is_interface_name("ens1fo") && !is_interface_name("ens"));
    }
}
