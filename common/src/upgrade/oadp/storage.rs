//! Volumes: what LVM Storage and the Local Storage Operator need in Backups and Restores.

use super::content::{Backup, Content, LVMS_RESOURCES, Purpose, Restore, Storage};
use super::resource_name::contains;
use crate::finding::Finding;
use crate::upgrade::manifest::ObjectFinding;

pub(super) fn check(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    mixed(content, findings);
    let with_claims = |b: &Backup<'_>| b.purpose() == Purpose::Application && b.has_claims();
    match content.context.storage {
        Storage::None => {}
        Storage::Lso => content.backups.iter().filter(|b| with_claims(b)).for_each(|b| lso(*b, findings)),
        Storage::Lvms => {
            platform(content, findings);
            content.backups.iter().filter(|b| with_claims(b)).for_each(|b| lvms_backup(*b, findings));
            content.pairs().filter(|(_, b)| with_claims(b)).for_each(|(r, _)| lvms_restore(r, findings));
        }
    }
}

fn mixed(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let storage = content.context.storage;
    let includes = |resource| content.backups.iter().any(|b| b.includes_explicitly(resource));
    let lvms = storage == Storage::Lvms || LVMS_RESOURCES.into_iter().chain(["logicalvolumes"]).any(includes);
    let lso = storage == Storage::Lso || includes("localvolumes");
    if lvms && lso {
        let finding =
            Finding::error("oadp/mixed-storage", "the content is for LVM Storage and for Local Storage at once")
                .note("a cluster may have one of the two, never both")
                .fix("keep the Backups and fields of the one that the cluster uses");
        findings.push(ObjectFinding::of_set(finding));
    }
}

fn platform(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let missing = |b: &Backup<'_>| -> Vec<&str> {
        let taken = |r: &&str| b.includes_explicitly(r) || b.included().contains(&"*");
        LVMS_RESOURCES.into_iter().filter(|r| !taken(r)).collect()
    };
    let whole_namespace = |b: &Backup<'_>| {
        b.takes_everything() && contains(&b.0.texts(&["spec", "includedNamespaces"]), "openshift-storage")
    };
    let platforms: Vec<_> = content.backups.iter().filter(|b| b.purpose() == Purpose::LvmsPlatform).collect();
    let satisfied = platforms.iter().any(|b| missing(b).is_empty()) || content.backups.iter().any(whole_namespace);
    if satisfied || !content.complete {
        return;
    }
    let finding = |fact: String| {
        Finding::error("oadp/lvms-platform-missing", fact)
            .note("LVM Storage forgets its volume groups at the reboot, and the volumes with them")
            .fix("back up lvmclusters, lvmvolumegroups and lvmvolumegroupnodestatuses of openshift-storage")
    };
    match platforms.iter().min_by_key(|b| missing(b).len()) {
        None => findings.push(ObjectFinding::of_set(finding("no Backup takes LVM Storage itself".into()))),
        Some(b) => {
            let fact = format!("Backup \"{}\" of LVM Storage lacks {}", b.0.name(), missing(b).join(", "));
            findings.push(b.0.finding(finding(fact), &["spec", "includedNamespaceScopedResources"]));
        }
    }
}

fn lvms_backup(backup: Backup<'_>, findings: &mut Vec<ObjectFinding>) {
    let needs = [
        ("oadp/lvms-backup-pv", "persistentVolumes"),
        ("oadp/lvms-backup-logicalvolumes", "logicalvolumes.topolvm.io"),
    ];
    for (id, resource) in needs {
        let listed = backup.includes_explicitly(resource) || backup.included().contains(&"*");
        if listed && !backup.excludes(resource) {
            continue;
        }
        let fact = format!("Backup \"{}\" takes volume claims but not {resource}", backup.0.name());
        let finding = Finding::error(id, fact)
            .note("pods stay pending after the upgrade: VolumeID is not found")
            .fix(format!("add {resource} to spec.includedClusterScopedResources"));
        findings.push(backup.0.finding(finding, &["spec", "includedClusterScopedResources"]));
    }
}

fn lvms_restore(restore: Restore<'_>, findings: &mut Vec<ObjectFinding>) {
    let name = restore.0.name();
    let note = "volumes come back empty, with reclaim policy Delete";
    if restore.0.at(&["spec", "restorePVs"]) != Some(&true.into()) {
        let finding = Finding::error("oadp/lvms-restore-pvs", format!("Restore \"{name}\" does not restore volumes"))
            .note(note)
            .fix("set spec.restorePVs to true");
        findings.push(restore.0.finding(finding, &["spec", "restorePVs"]));
    }
    let path = ["spec", "restoreStatus", "includedResources"];
    if !contains(&restore.0.texts(&path), "logicalvolumes") {
        let fact = format!("Restore \"{name}\" does not restore the status of logical volumes");
        let finding = Finding::error("oadp/lvms-restore-status", fact)
            .note(note)
            .fix("add logicalvolumes to spec.restoreStatus.includedResources");
        findings.push(restore.0.finding(finding, &path));
    }
}

fn lso(backup: Backup<'_>, findings: &mut Vec<ObjectFinding>) {
    if backup.excludes("persistentvolumes") {
        return;
    }
    let fact = format!("Backup \"{}\" takes volume claims without excluding persistentVolumes", backup.0.name());
    let finding = Finding::error("oadp/lso-persistentvolumes", fact)
        .note("the Local Storage Operator makes the volumes again by itself")
        .fix("add persistentVolumes to spec.excludedClusterScopedResources");
    findings.push(backup.0.finding(finding, &["spec", "excludedClusterScopedResources"]));
}
