//! Files in Git that belong to an image-based upgrade: which object is what, and which check it goes through.
//!
//! An ImageBasedUpgrade is checked itself. ConfigMaps are taken apart: those it names, else those whose texts are
//! objects. Objects outside of ConfigMaps are OADP content in files that hold a Backup, Restore or
//! DataProtectionApplication, and extra manifests in all others. Policies are searched for labelled objects.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::annotation::MANIFEST_COUNT;
use super::extra_manifests::{self, Cluster};
use super::manifest::{Manifest, ObjectFinding, config_map_texts, read};
use super::oadp::{self, Context, Unread};
use super::{object, object_check, target_version};
use crate::finding::Finding;
use crate::yaml::{Error, Source};

/// What files alone do not tell.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Storage and management of the targets.
    pub context: Context,
    /// The release that the targets run.
    pub current: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In the order of files and lines; findings without a place last.
    pub findings: Vec<Finding>,
    /// How many objects were checked, those inside ConfigMaps included.
    pub objects: usize,
}

/// Kinds that stand beside the content of an upgrade and are none of it.
const OTHERS: [&str; 12] = [
    "ClusterGroupUpgrade",
    "ClusterInstance",
    "ImageBasedGroupUpgrade",
    "Kustomization",
    "ManagedClusterSetBinding",
    "Placement",
    "PlacementBinding",
    "PlacementRule",
    "PolicyGenTemplate",
    "PolicyGenerator",
    "SeedGenerator",
    "SiteConfig",
];

/// Checks the content of files.
pub fn check(sources: &[Source], settings: &Settings) -> Checked {
    let mut checked = Checked::default();
    read(sources, |manifests, errors| {
        let all: Vec<Manifest<'_>> = manifests.iter().flat_map(unlisted).collect();
        let sorted = Sorted::of(&all);
        for ibu in &sorted.upgrades {
            let findings = object_check::check(ibu, settings.current.as_deref());
            checked.findings.extend(findings.into_iter().map(|f| f.finding));
            checked.findings.extend(labelled(ibu, &sorted.policies));
        }
        checked.objects += sorted.upgrades.len();
        sorted.oadp(&errors, settings.context, &mut checked);
        sorted.extra_manifests(&mut checked);
        checked.findings.extend(errors.iter().map(|error| broken(error, "oadp/decode")));
    });
    checked
        .findings
        .sort_by_cached_key(|f| f.place.as_ref().map_or((true, None), |p| (false, Some((p.file.clone(), p.line)))));
    checked
}

/// The objects themselves, those of a `List` one by one.
fn unlisted<'d>(manifest: &Manifest<'d>) -> Vec<Manifest<'d>> {
    let items = manifest.items();
    if items.is_empty() { vec![manifest.clone()] } else { items }
}

fn broken(error: &Error, id: &'static str) -> Finding {
    let fact = format!("a document cannot be read: {}", error.message);
    Finding::error(id, fact).at(error.place.clone()).fix("correct the YAML")
}

/// Objects by what they are.
#[derive(Default)]
struct Sorted<'m> {
    upgrades: Vec<&'m Manifest<'m>>,
    policies: Vec<&'m Manifest<'m>>,
    oadp: Vec<&'m Manifest<'m>>,
    oadp_maps: Vec<&'m Manifest<'m>>,
    extra: Vec<&'m Manifest<'m>>,
    extra_maps: Vec<&'m Manifest<'m>>,
}

impl<'m> Sorted<'m> {
    fn of(manifests: &'m [Manifest<'m>]) -> Self {
        let mut sorted = Self::default();
        let oadp_files: HashSet<Arc<str>> =
            manifests.iter().filter(|m| is_oadp(m)).filter_map(Manifest::file).collect();
        let group = |m: &Manifest<'_>| m.api_version().split_once('/').map(|(group, _)| group.to_owned());
        let named =
            |field| manifests.iter().filter(|m| m.kind() == object::KIND).flat_map(|m| references(m, field)).collect();
        let (in_oadp, in_extra): (HashSet<_>, HashSet<_>) = (named("oadpContent"), named("extraManifests"));
        for m in manifests {
            let key = (m.namespace().to_owned(), m.name().to_owned());
            match m.kind() {
                object::KIND => sorted.upgrades.push(m),
                "Policy" if group(m).as_deref() == Some("policy.open-cluster-management.io") => sorted.policies.push(m),
                kind if OTHERS.contains(&kind) => {}
                "ConfigMap" if in_oadp.contains(&key) => sorted.oadp_maps.push(m),
                "ConfigMap" if in_extra.contains(&key) => sorted.extra_maps.push(m),
                "ConfigMap" => match guess(m) {
                    Guess::Oadp => sorted.oadp_maps.push(m),
                    Guess::ExtraManifests => sorted.extra_maps.push(m),
                    Guess::Plain => sorted.extra.push(m),
                },
                _ if m.file().is_some_and(|file| oadp_files.contains(&file)) => sorted.oadp.push(m),
                _ => sorted.extra.push(m),
            }
        }
        sorted
    }

    fn oadp(&self, outside: &[Error], context: Context, checked: &mut Checked) {
        let texts: Vec<Source> = self.oadp_maps.iter().flat_map(|m| config_map_texts(m)).collect();
        read(&texts, |inner, errors| {
            let set: Vec<Manifest<'_>> = self.oadp.iter().copied().chain(inner).cloned().collect();
            checked.objects += set.len();
            let mut findings: Vec<Finding> = errors.iter().map(|error| broken(error, "oadp/decode")).collect();
            let unread = if errors.is_empty() && outside.is_empty() { Unread::Nothing } else { Unread::Something };
            if !set.is_empty() {
                findings.extend(plain(oadp::check_read(&set, unread, context)));
            }
            checked.findings.extend(located(findings, &self.oadp_maps));
        });
    }

    fn extra_manifests(&self, checked: &mut Checked) {
        let texts: Vec<Source> = self.extra_maps.iter().flat_map(|m| config_map_texts(m)).collect();
        read(&texts, |inner, errors| {
            let set: Vec<Manifest<'_>> = self.extra.iter().copied().chain(inner).cloned().collect();
            checked.objects += set.len();
            let mut findings: Vec<Finding> =
                errors.iter().map(|error| broken(error, "ibu/extra-manifest-decode")).collect();
            findings.extend(plain(extra_manifests::check(&set, &Cluster::default())));
            checked.findings.extend(located(findings, &self.extra_maps));
        });
    }
}

fn plain(findings: Vec<ObjectFinding>) -> impl Iterator<Item = Finding> {
    findings.into_iter().map(|f| f.finding)
}

/// Moves places inside the texts of ConfigMaps to the files that hold these.
fn located(findings: Vec<Finding>, maps: &[&Manifest<'_>]) -> Vec<Finding> {
    let outer = |finding: &Finding| {
        let inner = finding.place.as_ref()?;
        maps.iter().find_map(|map| {
            let prefix = format!("{}/{}:", map.namespace(), map.name());
            map.place_in_text(&["data", inner.file.strip_prefix(&prefix)?], inner)
        })
    };
    findings
        .into_iter()
        .map(|finding| match outer(&finding) {
            Some(place) => finding.at(place),
            None => finding,
        })
        .collect()
}

fn is_oadp(m: &Manifest<'_>) -> bool {
    matches!(m.kind(), "Backup" | "Restore" | "DataProtectionApplication")
}

enum Guess {
    Oadp,
    ExtraManifests,
    /// It holds no objects: it is a manifest itself.
    Plain,
}

fn guess(map: &Manifest<'_>) -> Guess {
    read(&config_map_texts(map), |inner, _| {
        let object = |m: &Manifest<'_>| !m.api_version().is_empty() && !m.kind().is_empty();
        match (inner.iter().any(is_oadp), inner.iter().any(object)) {
            (true, _) => Guess::Oadp,
            (false, true) => Guess::ExtraManifests,
            (false, false) => Guess::Plain,
        }
    })
}

/// Namespace and name of the ConfigMaps that a field of an ImageBasedUpgrade names.
fn references(ibu: &Manifest<'_>, field: &str) -> Vec<(String, String)> {
    let items = ibu.at(&["spec", field]).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    items.iter().map(|item| (text(item, "namespace"), text(item, "name"))).collect()
}

/// Compares the number of labelled objects in policies with the annotation; nothing without policies.
pub(super) fn labelled(ibu: &Manifest<'_>, policies: &[&Manifest<'_>]) -> Option<Finding> {
    if policies.is_empty() {
        return None;
    }
    let objects: Vec<Manifest<'_>> = policies.iter().flat_map(|p| objects_in(p)).map(Manifest::from_value).collect();
    let version = ibu.text(&["spec", "seedImageRef", "version"]);
    let found = target_version::count(&objects, version);
    let finding = target_version::count_finding(ibu.annotation(MANIFEST_COUNT), found)?;
    Some(match ibu.place(&["metadata", "annotations", MANIFEST_COUNT]) {
        Some(place) => finding.at(place),
        None => finding,
    })
}

/// The objects that a policy's configuration policies hold.
fn objects_in(policy: &Manifest<'_>) -> Vec<Value> {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    list(policy.at(&["spec", "policy-templates"]))
        .iter()
        .flat_map(|template| list(template.pointer("/objectDefinition/spec/object-templates")))
        .filter_map(|item| item.get("objectDefinition").cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, u32)> {
        let checked = check(&[Source::from_text("a.yaml", text)], &Settings::default());
        checked.findings.iter().map(|f| (f.id, f.place.as_ref().map_or(0, |p| p.line))).collect()
    }

    #[test]
    fn content_of_a_config_map_is_found_in_its_file() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: n}\ndata:\n  a.yaml: |\n    \
                    apiVersion: machineconfiguration.openshift.io/v1\n    kind: MachineConfig\n    \
                    metadata: {name: x}\n";
        assert_eq!(found(text), [("ibu/extra-manifest-forbidden", 7)]);
    }

    #[test]
    fn a_config_map_of_other_texts_is_a_manifest() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  run.sh: 'a: b: c'\n";
        assert!(found(text).is_empty());
    }

    #[test]
    fn a_list_is_taken_apart() {
        let text =
            "apiVersion: v1\nkind: List\nitems:\n- apiVersion: velero.io/v1\n  kind: Backup\n  metadata: {name: b}\n";
        assert!(found(text).contains(&("oadp/namespace", 6)), "{:?}", found(text));
    }

    #[test]
    fn labels_in_policies_are_counted() {
        let ibu = "apiVersion: lca.openshift.io/v1\nkind: ImageBasedUpgrade\nmetadata:\n  name: upgrade\n  \
                   annotations:\n    lca.openshift.io/target-ocp-version-manifest-count: '2'\nspec:\n  \
                   seedImageRef: {version: 4.20.3, image: r/seed:1}\n";
        let policy = "---\napiVersion: policy.open-cluster-management.io/v1\nkind: Policy\nspec:\n  policy-templates:\n  \
                      - objectDefinition: {spec: {object-templates: [{objectDefinition: {metadata: {labels: \
                      {lca.openshift.io/target-ocp-version: '4.20'}}}}]}}\n";
        assert_eq!(found(&format!("{ibu}{policy}")), [("ibu/manifest-count", 6)]);
        assert!(found(ibu).is_empty());
    }
}
