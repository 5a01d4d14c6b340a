//! Findings about the gap between what TALM says and what is: its words may be older than the facts, and the columns
//! of `oc get cgu` show only one condition.

use super::Case;
use crate::duration::span;
use crate::finding::{Finding, Level};
use crate::rollout::Outcome;
use crate::rollout::status::{CguState, Due};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    deleting(case, findings);
    overdue(case, findings);
    noticed_soon(case, findings);
    state_column(case, findings);
}

fn deleting(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.cgu.metadata.deletion_timestamp.is_none() {
        return;
    }
    let finding = Finding::warning("rollout/deleting", "the CGU is being deleted, and waits for TALM's finalizer")
        .note("what is enforced stays as it is on the clusters; labels are not taken back")
        .fix("if it stays: oc get pods -n openshift-operators -l control-plane=controller-manager");
    let cluster = case.hub.clusters.get(&case.cgu.metadata.name);
    let is_done = cluster.is_some_and(|cluster| cluster.metadata.label("ztp-done").is_some());
    let again = case.cgu.metadata.namespace == "ztp-install" && !is_done;
    findings.push(if again {
        finding.note(
            "TALM makes it again while the cluster lacks ztp-done, and ztp-running stays until that one is through",
        )
    } else {
        finding
    });
}

/// TALM looks at a running batch every five minutes.
fn overdue(case: &Case<'_>, findings: &mut Vec<Finding>) {
    // Without a policy its passes fail, which has a finding of its own.
    let fails = case.report.policies.iter().any(|policy| policy.deleted);
    let Some(overdue) = case.report.time.overdue.filter(|overdue| !fails || overdue.due == Due::Rollout) else {
        return;
    };
    let due = match overdue.due {
        Due::Rollout => "the time of the rollout",
        Due::Batch => "the time of the current batch",
        Due::Backup => "the time of the backup",
        Due::Soak => "the soak time of a cluster",
    };
    let fact = format!("{due} was up {} ago, and TALM has not acted on it", span(overdue.seconds));
    findings.push(
        Finding::error("rollout/overdue", fact)
            .note("the operator does not run, or these facts are older than they look")
            .fix("oc get pods -n openshift-operators -l control-plane=controller-manager"),
    );
}

/// The gates in TALM's order.
fn gate(state: &CguState) -> Option<u8> {
    Some(match state {
        CguState::ClustersNotSelected => 0,
        CguState::NotValid => 1,
        CguState::PrecacheSpecIncomplete => 2,
        CguState::NotEnabled => 4,
        CguState::Blocked => 5,
        _ => return None,
    })
}

fn reached(outcome: Outcome) -> u8 {
    match outcome {
        // What changes nothing cannot be noticed.
        Outcome::ClustersNotSelected | Outcome::PassFails | Outcome::Deleting => 0,
        Outcome::NotValid => 1,
        Outcome::PrecacheSpecIncomplete => 2,
        Outcome::Precaching | Outcome::PrecachingFailed | Outcome::PrecachingStuck => 3,
        Outcome::NotEnabled => 4,
        Outcome::Blocked => 5,
        _ => 6,
    }
}

fn noticed_soon(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let closed = gate(&case.report.state);
    let unchecked = case.report.reason == "InvalidPlatformImage" && case.plan.unchecked_lookup.is_some();
    if unchecked || closed.is_none_or(|closed| reached(case.plan.outcome) <= closed) {
        return;
    }
    let soon = case.report.state == CguState::Blocked || case.report.reason.contains("Policies");
    let wait = if soon { "a minute" } else { "5 minutes" };
    let fact = format!("what TALM says ({}) is not the case any more", case.report.reason);
    let finding = Finding::warning("rollout/noticed-soon", fact)
        .note(format!("it looks again within {wait}; an annotation alone does not wake it"));
    findings.push(Finding { level: Level::Info, ..finding });
}

/// `oc get cgu` shows the condition that flipped last.
fn state_column(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(last) = case.cgu.status.conditions.last().filter(|_| !case.report.state.is_final()) else { return };
    if last.reason != case.report.reason {
        let fact = format!("oc get cgu shows {}, which is only what changed last", last.reason);
        let finding = Finding::warning("rollout/state-column", fact)
            .note(format!("the condition that tells where it stands is {}", case.report.reason));
        findings.push(Finding { level: Level::Info, ..finding });
    }
}
