//! All rules, over the objects of a set of ConfigMaps.

use super::content::{Backup, Content, Context, Restore};
use super::{apply_label, dpa, klusterlet, order, pairing, resources, storage};
use crate::finding::Finding;
use crate::upgrade::manifest::{Manifest, ObjectFinding, read};
use crate::yaml::Source;

/// Checks texts as they stand in the values of OADP ConfigMaps. A DataProtectionApplication among them is checked too.
pub fn check_sources(sources: &[Source], context: Context) -> Vec<ObjectFinding> {
    read(sources, |manifests, errors| {
        let broken = |error: &crate::yaml::Error| {
            let fact = format!("a document cannot be read: {}", error.message);
            let finding = Finding::error("oadp/decode", fact).at(error.place.clone()).fix("correct the YAML");
            ObjectFinding::of_set(finding)
        };
        let mut findings: Vec<_> = errors.iter().map(broken).collect();
        let unread = if errors.is_empty() { Unread::Nothing } else { Unread::Something };
        findings.extend(check_read(manifests, unread, context));
        findings
    })
}

/// Checks objects, for instance from a cluster.
pub fn check(manifests: &[Manifest<'_>], context: Context) -> Vec<ObjectFinding> {
    check_read(manifests, Unread::Nothing, context)
}

/// Whether some document could not be read; then nothing can be called missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Everything was read.
    Nothing,
    /// Something is broken.
    Something,
}

/// Checks objects of a set of which some document may not have been read.
pub fn check_read(manifests: &[Manifest<'_>], unread: Unread, context: Context) -> Vec<ObjectFinding> {
    let mut findings = Vec::new();
    let mut dpas = Vec::new();
    let (mut backups, mut restores) = (Vec::new(), Vec::new());
    for manifest in manifests {
        match (manifest.api_version(), manifest.kind()) {
            ("velero.io/v1", "Backup") => backups.push(Backup(manifest)),
            ("velero.io/v1", "Restore") => restores.push(Restore(manifest)),
            _ if dpa::is_dpa(manifest) => dpas.push(manifest),
            _ => findings.push(ignored(manifest)),
        }
    }
    dpa::check(&dpas, &mut findings);
    let content = Content { backups, restores, complete: unread == Unread::Nothing, context };
    if content.is_empty() && !dpas.is_empty() {
        return findings;
    }
    pairing::check(&content, &mut findings);
    order::check(&content, &mut findings);
    for backup in &content.backups {
        apply_label::check(*backup, &mut findings);
        resources::check(*backup, context, &mut findings);
    }
    klusterlet::check(&content, &mut findings);
    storage::check(&content, &mut findings);
    findings
}

fn ignored(manifest: &Manifest<'_>) -> ObjectFinding {
    let (kind, version) = (manifest.kind(), manifest.api_version());
    let fact = format!("{kind} \"{}\" of {version} is ignored", manifest.name());
    let finding = Finding::warning("oadp/ignored-object", fact)
        .note("the agent reads nothing but Backup and Restore of velero.io/v1, and says nothing about the rest");
    let finding = match kind {
        "Backup" | "Restore" => finding.fix("set apiVersion to velero.io/v1"),
        _ => finding.fix("take it out of the OADP content"),
    };
    manifest.finding(finding, &["apiVersion"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upgrade::oadp::Storage;
    use serde_json::{Value, json};

    fn object(kind: &str, name: &str, wave: &str, spec: Value) -> Manifest<'static> {
        Manifest::from_value(json!({
            "apiVersion": "velero.io/v1", "kind": kind, "spec": spec,
            "metadata": {
                "name": name, "namespace": "openshift-adp", "annotations": {"lca.openshift.io/apply-wave": wave},
            },
        }))
    }

    fn ids(manifests: &[Manifest<'_>], context: Context) -> Vec<&'static str> {
        check(manifests, context).iter().map(|f| f.finding.id).collect()
    }

    #[test]
    fn a_volume_on_lvms_needs_four_fields_and_the_platform() {
        let claims =
            json!({"includedNamespaces": ["a"], "includedNamespaceScopedResources": ["persistentvolumeclaims"]});
        let pair = [object("Backup", "a", "", claims), object("Restore", "a", "4", json!({"backupName": "a"}))];
        assert!(ids(&pair, Context::default()).is_empty());
        let context = Context { storage: Storage::Lvms, ..Context::default() };
        assert_eq!(ids(&pair, context).len(), 5);
    }

    #[test]
    fn cluster_scoped_resources_come_first() {
        let cluster = json!({"includedClusterScopedResources": ["clusterroles"]});
        let spaced = json!({"includedNamespaces": ["a"], "includedNamespaceScopedResources": ["secrets"]});
        let set = [
            object("Backup", "c", "", cluster),
            object("Restore", "c", "4", json!({"backupName": "c"})),
            object("Backup", "n", "", spaced),
            object("Restore", "n", "4", json!({"backupName": "n"})),
        ];
        assert_eq!(ids(&set, Context::default()), ["oadp/cluster-scope-wave-order"]);
    }

    #[test]
    fn findings_stand_at_their_line() {
        let text = "apiVersion: velero.io/v1\nkind: Backup\nmetadata:\n  name: a\n  namespace: b\n---\na: b: c\n";
        let found = check_sources(&[Source::from_text("a.yaml", text)], Context::default());
        let places: Vec<_> = found.iter().map(|f| (f.finding.id, f.finding.place.as_ref().map(|p| p.line))).collect();
        assert_eq!(places[..2], [("oadp/decode", Some(7)), ("oadp/namespace", Some(5))]);
        assert!(places.iter().all(|(id, _)| *id != "oadp/unpaired"), "what is missing may be in the broken document");
    }
}
