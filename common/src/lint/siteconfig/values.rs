//! Values of single fields: enumerations, names, deprecated fields.

use super::site::{Cluster, clusters, field, is_template, text};
use crate::finding::{Finding, Level};
use crate::lint::repository::Repository;
use crate::suggest::nearest;
use crate::yaml::NodeRef;

/// Fields of a host with their values: BareMetalHost allows more than the SiteConfig's own schema.
const HOST_VALUES: &[(&str, &[&str])] = &[
    ("bootMode", &["UEFI", "UEFISecureBoot", "legacy"]),
    ("automatedCleaningMode", &["disabled", "metadata"]),
    ("role", &["master", "worker", "arbiter"]),
];

const ENCRYPTION: &[&str] = &["none", "nbde", "tpm2"];

const NETWORK_TYPES: [&str; 2] = ["OVNKubernetes", "OpenShiftSDN"];

/// `siteconfig/bad-value`, `siteconfig/cluster-name-invalid`, `siteconfig/ztp-prefix`, `siteconfig/deprecated-field`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for cluster in clusters(repository) {
        names(&cluster, findings);
        values(&cluster, findings);
        deprecated(&cluster, findings);
    }
}

fn names(cluster: &Cluster<'_>, findings: &mut Vec<Finding>) {
    let Some((name, node)) = text(cluster.node, "clusterName").filter(|(name, _)| !is_template(name)) else { return };
    if !is_dns_label(name) {
        let fact = format!("the cluster name {name:?} is no DNS label");
        let fix = "use at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends";
        findings.push(Finding::error("siteconfig/cluster-name-invalid", fact).at(node.place()).fix(fix));
    }
    let metadata = field(cluster.site, "metadata").and_then(|metadata| text(metadata, "namespace"));
    for (what, (value, node)) in
        [("cluster name", Some((name, node))), ("namespace", metadata)].into_iter().filter_map(|(w, v)| Some((w, v?)))
    {
        if value.starts_with("ztp") {
            let fact = format!("the {what} {value:?} begins with ztp");
            let note = "namespaces that begin with ztp are for policies in the reference's Argo CD projects";
            findings.push(Finding::warning("siteconfig/ztp-prefix", fact).at(node.place()).note(note));
        }
    }
}

fn is_dns_label(name: &str) -> bool {
    let inner = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    inner && (1..=63).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-')
}

fn values(cluster: &Cluster<'_>, findings: &mut Vec<Finding>) {
    for host in &cluster.hosts {
        for (name, values) in HOST_VALUES {
            one_of(*host, name, values, findings);
        }
    }
    if let Some(encryption) = field(cluster.node, "diskEncryption") {
        one_of(encryption, "type", ENCRYPTION, findings);
    }
    // Other network plugins come with manifests of their own, so only what looks like a slip is one.
    if let Some((value, node)) = text(cluster.node, "networkType").filter(|(value, _)| !NETWORK_TYPES.contains(value))
        && let Some(meant) = nearest(value, NETWORK_TYPES)
    {
        findings.push(bad_value(node, "networkType", value).fix(format!("did you mean {meant}?")));
    }
}

fn one_of(owner: NodeRef<'_>, name: &str, values: &[&str], findings: &mut Vec<Finding>) {
    let Some((value, node)) = text(owner, name).filter(|(value, _)| !values.contains(value) && !is_template(value))
    else {
        return;
    };
    let finding = bad_value(node, name, value);
    findings.push(match nearest(value, values.iter().copied()) {
        Some(meant) => finding.fix(format!("did you mean {meant}?")),
        None => finding.fix(format!("use {}", values.join(", "))),
    });
}

fn bad_value(node: NodeRef<'_>, name: &str, value: &str) -> Finding {
    Finding::error("siteconfig/bad-value", format!("{name} has no value {value:?}")).at(node.place())
}

fn deprecated(cluster: &Cluster<'_>, findings: &mut Vec<Finding>) {
    let mut say = |owner: NodeRef<'_>, name: &str, level: Level, fix: &str| {
        let Some((_, node)) = text(owner, name) else { return };
        let finding = Finding::warning("siteconfig/deprecated-field", format!("{name} is deprecated"));
        findings.push(Finding { level, ..finding }.at(node.place()).fix(fix));
    };
    let paths = "list the folder in extraManifests.searchPaths, after the folder of the reference's extra manifests";
    say(cluster.node, "extraManifestPath", Level::Warning, paths);
    say(cluster.node, "apiVIP", Level::Info, "use the list apiVIPs");
    say(cluster.node, "ingressVIP", Level::Info, "use the list ingressVIPs");
    for host in &cluster.hosts {
        say(*host, "cpuset", Level::Warning, "from 4.14 on set cpuPartitioningMode: AllNodes on the cluster instead");
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    #[test]
    fn slips_in_values_are_found() {
        let text = "\
apiVersion: ran.openshift.io/v1
kind: SiteConfig
metadata: {name: s, namespace: ztp-s}
spec:
  clusters:
    - clusterName: Site_1
      networkType: OVNKubernets
      extraManifestPath: extra
      nodes:
        - bootMode: uefi
          role: worker
          cpuset: 0-1
";
        let expected = [
            ("siteconfig/cluster-name-invalid", 6),
            ("siteconfig/ztp-prefix", 3),
            ("siteconfig/bad-value", 10),
            ("siteconfig/bad-value", 7),
            ("siteconfig/deprecated-field", 8),
            ("siteconfig/deprecated-field", 12),
        ];
        assert_eq!(found(check, text), expected);
    }

    #[test]
    fn other_network_plugins_are_no_slip() {
        let text = "kind: SiteConfig\nspec: {clusters: [{clusterName: a, networkType: Calico, nodes: [{bootMode: legacy}]}]}\n";
        assert_eq!(found(check, text), []);
    }
}
