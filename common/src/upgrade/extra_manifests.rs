//! Extra manifests: what the agent refuses at Prep, and what only fails after the reboot.
//!
//! LCA main `internal/extramanifest`; ids are ours. Catalog sources get a look of their own: every one of them
//! disappears at the reboot and comes back only from here or from policies.

use std::collections::{BTreeMap, HashSet};

use super::annotation::APPLY_TYPE;
use super::manifest::{Manifest, ObjectFinding, read};
use super::wave;
use crate::finding::Finding;
use crate::yaml::Source;

/// What is known about the cluster that would take the manifests; absent means unknown, not empty.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// Its namespaces.
    pub namespaces: Option<HashSet<String>>,
    /// The kinds its API server has, as `apiVersion` and `kind`.
    pub kinds: Option<HashSet<(String, String)>>,
}

/// Kinds that a reboot into a seed image cannot take, by group.
const FORBIDDEN: [(&str, &str); 4] = [
    ("machineconfiguration.openshift.io/v1", "MachineConfig"),
    ("operators.coreos.com/v1alpha1", "ClusterServiceVersion"),
    ("operators.coreos.com/v1alpha1", "InstallPlan"),
    ("operators.coreos.com/v1alpha1", "Subscription"),
];

/// Operator objects of storage, which the agent and OADP carry over themselves.
const STORAGE: [(&str, &str); 2] = [("local.storage.openshift.io/", "LocalVolume"), ("lvm.topolvm.io/", "LVMCluster")];

/// Checks texts as they stand in the values of extra-manifest ConfigMaps.
pub fn check_sources(sources: &[Source], cluster: &Cluster) -> Vec<ObjectFinding> {
    read(sources, |manifests, errors| {
        let broken = |error: &crate::yaml::Error| {
            let fact = format!("an extra manifest cannot be read: {}", error.message);
            let finding = Finding::error("ibu/extra-manifest-decode", fact).at(error.place.clone());
            ObjectFinding::of_set(finding.fix("correct the YAML"))
        };
        errors.iter().map(broken).chain(check(manifests, cluster)).collect()
    })
}

/// Checks objects.
pub fn check(manifests: &[Manifest<'_>], cluster: &Cluster) -> Vec<ObjectFinding> {
    let mut findings = Vec::new();
    for manifest in manifests {
        findings.extend(
            [forbidden(manifest), storage(manifest), nameless(manifest), bad_wave(manifest)].into_iter().flatten(),
        );
        findings.extend(
            [wrong_catalog(manifest), apply_type(manifest), unknown_kind(manifest, cluster)].into_iter().flatten(),
        );
    }
    findings.extend(late_namespaces(manifests, cluster));
    findings
}

fn forbidden(m: &Manifest<'_>) -> Option<ObjectFinding> {
    FORBIDDEN.contains(&(m.api_version(), m.kind())).then(|| {
        let fact = format!("{} \"{}\" is not allowed in extra manifests", m.kind(), m.name());
        let finding = Finding::error("ibu/extra-manifest-forbidden", fact)
            .note("Prep fails: machine configuration and operators come with the seed image")
            .fix("put it into the seed cluster, or into a policy that is applied after the upgrade");
        m.finding(finding, &["kind"])
    })
}

fn storage(m: &Manifest<'_>) -> Option<ObjectFinding> {
    STORAGE.iter().any(|(group, kind)| m.api_version().starts_with(group) && m.kind() == *kind).then(|| {
        let fact = format!("{} \"{}\" does not belong into extra manifests", m.kind(), m.name());
        let finding = Finding::warning("ibu/extra-manifest-storage", fact)
            .note("the agent carries LocalVolumes over itself, and OADP restores LVM Storage")
            .fix("take it out; back up LVM Storage with OADP");
        m.finding(finding, &["kind"])
    })
}

fn nameless(m: &Manifest<'_>) -> Option<ObjectFinding> {
    m.name().is_empty().then(|| {
        let finding = Finding::error("ibu/extra-manifest-name", format!("a {} has no name", m.kind()))
            .note("Prep fails")
            .fix("set metadata.name");
        m.finding(finding, &["metadata"])
    })
}

fn bad_wave(m: &Manifest<'_>) -> Option<ObjectFinding> {
    let text = wave::of(m).err()?;
    let fact = format!("wave \"{text}\" of {} \"{}\" is not an integer", m.kind(), m.name());
    let finding = Finding::error("ibu/extra-manifest-wave", fact).note("Prep fails").fix("write a whole number");
    Some(m.finding(finding, &["metadata", "annotations", super::annotation::APPLY_WAVE]))
}

fn wrong_catalog(m: &Manifest<'_>) -> Option<ObjectFinding> {
    let version = m.api_version();
    let wrong = m.kind() == "CatalogSource" && version.starts_with("operators.coreos.com/");
    (wrong && version != "operators.coreos.com/v1alpha1").then(|| {
        let fact = format!("CatalogSource \"{}\" is of {version}, which does not exist", m.name());
        let finding = Finding::error("ibu/catalog-source-version", fact)
            .note("Prep only warns; after the reboot it cannot be applied and the upgrade is rolled back")
            .note("the product documentation has this slip in its example")
            .fix("set apiVersion to operators.coreos.com/v1alpha1");
        m.finding(finding, &["apiVersion"])
    })
}

fn apply_type(m: &Manifest<'_>) -> Option<ObjectFinding> {
    let value = m.annotation(APPLY_TYPE).filter(|v| !matches!(*v, "replace" | "merge"))?;
    let fact = format!("{APPLY_TYPE} of {} \"{}\" is \"{value}\"", m.kind(), m.name());
    let finding = Finding::warning("ibu/extra-manifest-apply-type", fact)
        .note("the agent knows replace and merge; everything else counts as replace")
        .fix("write replace or merge");
    Some(m.finding(finding, &["metadata", "annotations", APPLY_TYPE]))
}

fn unknown_kind(m: &Manifest<'_>, cluster: &Cluster) -> Option<ObjectFinding> {
    let kinds = cluster.kinds.as_ref()?;
    if kinds.contains(&(m.api_version().to_owned(), m.kind().to_owned())) || wrong_catalog(m).is_some() {
        return None;
    }
    let fact = format!("the cluster has no kind {} of {}", m.kind(), m.api_version());
    let finding = Finding::warning("ibu/extra-manifest-unknown-kind", fact)
        .note("Prep only warns; a seed without it fails after the reboot, and the upgrade is rolled back")
        .fix("correct apiVersion and kind, or install the operator on the seed cluster");
    Some(m.finding(finding, &["kind"]))
}

/// Objects whose namespace is neither on the cluster nor made earlier in the order of wave and name.
fn late_namespaces(manifests: &[Manifest<'_>], cluster: &Cluster) -> Vec<ObjectFinding> {
    let order = |m: &Manifest<'_>| (wave::of(m).unwrap_or(super::annotation::LAST_WAVE), m.name().to_owned());
    let is_namespace = |m: &&Manifest<'_>| (m.api_version(), m.kind()) == ("v1", "Namespace");
    let made: BTreeMap<String, (i64, String)> =
        manifests.iter().filter(is_namespace).map(|m| (m.name().to_owned(), order(m))).collect();
    let mut findings = Vec::new();
    for m in manifests.iter().filter(|m| !m.namespace().is_empty()) {
        let namespace = m.namespace();
        let late = match (made.get(namespace), &cluster.namespaces) {
            (_, Some(known)) if known.contains(namespace) => continue,
            (Some(at), _) if *at < order(m) => continue,
            (Some(_), _) => "comes later in the order of wave and name",
            (None, Some(_)) => "is neither on the cluster nor among the manifests",
            (None, None) => continue,
        };
        let fact = format!("namespace \"{namespace}\" of {} \"{}\" {late}", m.kind(), m.name());
        let finding = Finding::warning("ibu/extra-manifest-namespace", fact)
            .note("Prep only warns; after the reboot the agent tries again until the init monitor rolls back")
            .fix("give the Namespace a lower wave than what is in it");
        findings.push(m.finding(finding, &["metadata", "namespace"]));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(api_version: &str, kind: &str, namespace: &str, name: &str) -> Manifest<'static> {
        Manifest::from_value(json!({
            "apiVersion": api_version, "kind": kind, "metadata": {"namespace": namespace, "name": name},
        }))
    }

    #[test]
    fn a_namespace_behind_its_content_in_the_alphabet_is_late() {
        let set = [object("v1", "Namespace", "", "zeta"), object("v1", "ConfigMap", "zeta", "alpha")];
        let ids: Vec<_> = check(&set, &Cluster::default()).iter().map(|f| f.finding.id).collect();
        assert_eq!(ids, ["ibu/extra-manifest-namespace"]);
        let known = Cluster { namespaces: Some(["zeta".to_owned()].into()), kinds: None };
        assert!(check(&set, &known).is_empty());
    }

    #[test]
    fn only_the_refused_kinds_are_refused() {
        let set = [
            object("operators.coreos.com/v1alpha1", "Subscription", "a", "s"),
            object("operators.coreos.com/v1", "OperatorGroup", "a", "g"),
            object("operators.coreos.com/v1", "CatalogSource", "a", "c"),
            object("operators.coreos.com/v1alpha1", "CatalogSource", "a", "d"),
        ];
        let ids: Vec<_> = check(&set, &Cluster::default()).iter().map(|f| f.finding.id).collect();
        assert_eq!(ids, ["ibu/extra-manifest-forbidden", "ibu/catalog-source-version"]);
    }
}
