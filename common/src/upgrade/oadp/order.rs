//! Waves of the Restores: platform before cluster-scoped application resources before namespaced ones.

use super::content::{Backup, Content, Purpose, Restore};
use crate::finding::Finding;
use crate::upgrade::annotation::APPLY_WAVE;
use crate::upgrade::manifest::ObjectFinding;
use crate::upgrade::wave;

const PATH: [&str; 3] = ["metadata", "annotations", APPLY_WAVE];

pub(super) fn check(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let all = content.backups.iter().map(|b| b.0).chain(content.restores.iter().map(|r| r.0));
    for manifest in all {
        if let Err(text) = wave::of(manifest) {
            let fact = format!("wave \"{text}\" of {} \"{}\" is not an integer", manifest.kind(), manifest.name());
            let finding = Finding::error("oadp/apply-wave", fact)
                .note("Prep does not look at it: the upgrade stops before the reboot and tries again for ever")
                .fix(format!("write a whole number in {APPLY_WAVE}"));
            findings.push(manifest.finding(finding, &PATH));
        }
    }
    platform_first(content, findings);
    cluster_scope_first(content, findings);
}

/// The lowest wave among Restores, with the Restore that has it.
fn first<'m>(pairs: impl Iterator<Item = (Restore<'m>, Backup<'m>)>) -> Option<(i64, &'m str)> {
    pairs.filter_map(|(r, _)| Some((wave::of(r.0).ok()?, r.0.name()))).min()
}

fn platform_first(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let application = |b: Backup<'_>| b.purpose() == Purpose::Application;
    let Some((lowest, other)) = first(content.pairs().filter(|(_, b)| application(*b))) else { return };
    for (restore, _) in content.pairs().filter(|(_, b)| !application(*b)) {
        let Ok(own) = wave::of(restore.0) else { continue };
        if own >= lowest {
            let fact = late(restore, own, other, lowest);
            let finding = Finding::error("oadp/platform-wave-order", fact)
                .note("what belongs to the platform (klusterlet, LVM Storage) must be there before applications")
                .fix(format!("give it a wave below {lowest}"));
            findings.push(restore.0.finding(finding, &PATH));
        }
    }
}

fn cluster_scope_first(content: &Content<'_>, findings: &mut Vec<ObjectFinding>) {
    let application = |scoped: bool| {
        move |(_, b): &(Restore<'_>, Backup<'_>)| b.purpose() == Purpose::Application && b.is_cluster_scoped() == scoped
    };
    let Some((lowest, other)) = first(content.pairs().filter(application(false))) else { return };
    for (restore, _) in content.pairs().filter(application(true)) {
        let Ok(own) = wave::of(restore.0) else { continue };
        if own >= lowest {
            let finding = Finding::warning("oadp/cluster-scope-wave-order", late(restore, own, other, lowest))
                .note("cluster-scoped resources of an application are restored before its namespaced ones")
                .fix(format!("give it a wave below {lowest}"));
            findings.push(restore.0.finding(finding, &PATH));
        }
    }
}

fn late(restore: Restore<'_>, own: i64, other: &str, lowest: i64) -> String {
    let (own, lowest) = (wave::name(own), wave::name(lowest));
    format!("Restore \"{}\" ({own}) does not come before Restore \"{other}\" ({lowest})", restore.0.name())
}
