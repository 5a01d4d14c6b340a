//! Resources that must not be backed up: the new release makes its own.

use super::content::{Backup, Context, Storage};
use crate::finding::Finding;
use crate::upgrade::manifest::ObjectFinding;

const EXCLUDED: [&str; 6] =
    ["pods", "endpoints", "controllerrevisions", "podmetrics", "packagemanifests", "replicasets"];

pub(super) fn check(backup: Backup<'_>, context: Context, findings: &mut Vec<ObjectFinding>) {
    let lso = (context.storage == Storage::Lso).then_some("localvolumes");
    let everything = backup.takes_everything();
    let taken = |resource: &&str| !backup.excludes(resource) && (everything || backup.includes_explicitly(resource));
    let names: Vec<&str> = EXCLUDED.into_iter().chain(lso).filter(taken).collect();
    if names.is_empty() {
        return;
    }
    let (names, backup_name) = (names.join(", "), backup.0.name());
    let (fact, fix, field) = if everything {
        let fact = format!("Backup \"{backup_name}\" takes whole namespaces without excluding {names}");
        (fact, "name the resources to take, or exclude these", "includedNamespaces")
    } else {
        let fact = format!("Backup \"{backup_name}\" includes {names}");
        (fact, "take them out of the list", "includedNamespaceScopedResources")
    };
    let finding = Finding::warning("oadp/excluded-resource", fact)
        .note("they belong to the running release and get in the way after the upgrade")
        .fix(fix);
    findings.push(backup.0.finding(finding, &["spec", field]));
}
