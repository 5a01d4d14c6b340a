//! The klusterlet Backup, without which a target loses its hub.

use super::apply_label::parse;
use super::content::{Content, Purpose};
use super::resource_name::same;
use crate::finding::Finding;
use crate::upgrade::annotation::APPLY_LABEL;
use crate::upgrade::manifest::ObjectFinding;

const IBU_ROLE: &str = "open-cluster-management:klusterlet-work:ibu-role";

pub(super) fn check(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let mut klusterlets = content.backups.iter().filter(|b| b.purpose() == Purpose::Klusterlet).peekable();
    if klusterlets.peek().is_none() && content.context.rhacm_managed && content.complete {
        let finding = Finding::error("oadp/klusterlet-missing", "no Backup takes the klusterlet of a managed cluster")
            .note("the upgrade completes on the node, but the hub never sees the cluster again")
            .fix("add the acm-klusterlet Backup and Restore");
        findings.push(ObjectFinding::of_set(finding));
    }
    if !content.context.ibgu {
        return;
    }
    for backup in klusterlets {
        // Without the annotation the Backup takes every ClusterRole, this one included.
        let Some(text) = backup.apply_label() else { continue };
        let role = |item: &str| parse(item).is_some_and(|i| same(i.resource, "clusterroles") && i.name == IBU_ROLE);
        if !text.split(',').any(role) {
            let fact = format!("Backup \"{}\" does not take ClusterRole {IBU_ROLE}", backup.0.name());
            let finding = Finding::error("oadp/ibgu-role-missing", fact)
                .note("the hub cannot read the ImageBasedUpgrade after the reboot, and the Upgrade action times out")
                .fix(format!("add rbac.authorization.k8s.io/v1/clusterroles/{IBU_ROLE} to the apply-label"));
            findings.push(backup.0.finding(finding, &["metadata", "annotations", APPLY_LABEL]));
        }
    }
}
