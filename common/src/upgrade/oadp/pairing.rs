//! Names, namespaces and pairs: every Backup has its Restore (LCA main `internal/backuprestore`, validation at Prep).

use std::collections::HashSet;

use super::content::{Content, NAMESPACE};
use crate::finding::Finding;
use crate::upgrade::manifest::{Manifest, ObjectFinding};

pub(super) fn check(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let backups: Vec<_> = content.backups.iter().map(|b| b.0).collect();
    let restores: Vec<_> = content.restores.iter().map(|r| r.0).collect();
    for list in [&backups, &restores] {
        findings.extend(list.iter().filter_map(|m| namespace(m)));
        duplicates(list, findings);
    }
    unknown_backups(content, findings);
    if content.complete && !content.is_empty() {
        unpaired(content, findings);
    }
}

fn namespace(manifest: &Manifest<'_>) -> Option<ObjectFinding> {
    let namespace = manifest.namespace();
    let stands = match namespace {
        NAMESPACE => return None,
        "" => "has no namespace".to_owned(),
        other => format!("is in namespace \"{other}\""),
    };
    let fact = format!("{} \"{}\" {stands}", manifest.kind(), manifest.name());
    let finding = Finding::error("oadp/namespace", fact)
        .note("Velero works in openshift-adp only: elsewhere the upgrade waits for ever for the object's phase")
        .fix(format!("set metadata.namespace to {NAMESPACE}"));
    Some(manifest.finding(finding, &["metadata", "namespace"]))
}

fn duplicates(list: &[&Manifest<'_>], findings: &mut Vec<ObjectFinding>) {
    let (mut seen, mut told) = (HashSet::new(), HashSet::new());
    for manifest in list {
        if !seen.insert(manifest.name()) && told.insert(manifest.name()) {
            let fact = format!("two objects are {} \"{}\"", manifest.kind(), manifest.name());
            let finding = Finding::error("oadp/duplicate-name", fact).fix("give each its own name");
            findings.push(manifest.finding(finding, &["metadata", "name"]));
        }
    }
}

fn unknown_backups(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    if !content.complete {
        return;
    }
    for restore in content.restores.iter().filter(|r| content.backup(r.backup_name()).is_none()) {
        let (name, backup) = (restore.0.name(), restore.backup_name());
        let fact = format!("Restore \"{name}\" names Backup \"{backup}\", which is not in the content");
        let finding = Finding::error("oadp/backup-not-found", fact)
            .note("Prep fails: each Restore needs its Backup in the same set of ConfigMaps")
            .fix("correct spec.backupName or add the Backup");
        findings.push(restore.0.finding(finding, &["spec", "backupName"]));
    }
}

fn unpaired(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let (backups, restores) = (content.backups.len(), content.restores.len());
    if backups == 0 || restores == 0 {
        let missing = if backups == 0 { "Restores but no Backup" } else { "Backups but no Restore" };
        findings.push(ObjectFinding::of_set(unpaired_finding(format!("the content has {missing}"))));
        return;
    }
    let restored: HashSet<&str> = content.restores.iter().map(|r| r.backup_name()).collect();
    let lonely: Vec<_> = content.backups.iter().filter(|b| !restored.contains(b.0.name())).collect();
    for backup in &lonely {
        let finding = unpaired_finding(format!("Backup \"{}\" has no Restore", backup.0.name()));
        findings.push(backup.0.finding(finding, &["metadata", "name"]));
    }
    if lonely.is_empty() && backups != restores {
        let fact = format!("the content has {backups} Backups but {restores} Restores");
        findings.push(ObjectFinding::of_set(unpaired_finding(fact)));
    }
}

fn unpaired_finding(fact: String) -> Finding {
    Finding::error("oadp/unpaired", fact)
        .note("Prep fails unless there are as many Restores as Backups, at least one of each")
        .fix("pair each Backup with one Restore that names it in spec.backupName")
}
