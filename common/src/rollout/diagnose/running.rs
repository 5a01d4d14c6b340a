//! Findings about a rollout under way.

use super::Case;
use super::wording::{clusters, listed};
use crate::finding::Finding;
use crate::resource::{Compliance, condition, label};
use crate::rollout::status::{ClusterProgress, ClusterReport};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if !case.is_running() {
        return;
    }
    placements(case, findings);
    pending(case, findings);
    holding(case, findings);
    timed_out(case, findings);
}

fn placements(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mine = case.hub.placements.values().filter(|placement| {
        placement.metadata.label(label::CGU_NAME) == Some(&case.report.name)
            && placement.metadata.label(label::CGU_NAMESPACE) == Some(&case.report.namespace)
    });
    for placement in mine {
        let unsatisfied = condition(placement.conditions(), "PlacementSatisfied");
        let Some(found) = unsatisfied.filter(|c| c.is_false() && c.reason == "NoManagedClusterSetBindings") else {
            continue;
        };
        let namespace = &placement.metadata.namespace;
        findings.push(
            Finding::error(
                "rollout/set-binding",
                format!("Placement {} cannot select clusters: {}", placement.metadata.name, found.message),
            )
            .note("TALM reports this only in batches before the last")
            .fix(format!("create a ManagedClusterSetBinding for the set default in namespace {namespace}")),
        );
    }
}

fn pending(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_pending = |c: &&ClusterReport| {
        c.progress == ClusterProgress::InProgress && c.compliance.as_deref() == Some(Compliance::Pending.as_str())
    };
    let pending: Vec<&str> = case.report.clusters.iter().filter(is_pending).map(|c| c.name.as_str()).collect();
    if !pending.is_empty() {
        let fact = format!("the policy is Pending on {}: {}", clusters(pending.len()), listed(&pending));
        findings.push(
            Finding::warning("rollout/policy-pending", fact)
                .note("it waits for a dependency on the cluster, and TALM waits for it until the timeout")
                .fix("look at spec.dependencies of the policy"),
        );
    }
}

fn holding(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let holding = &case.report.holding;
    let last_is_done = case.report.batches.last().is_some_and(|batch| batch.complete == batch.clusters);
    if holding.is_empty() {
        return;
    }
    let state = if last_is_done { "waits only for" } else { "will not complete without" };
    let fact = format!("the CGU {state} clusters of earlier batches: {}", listed(holding));
    findings.push(
        Finding::warning("rollout/held-by-earlier", fact)
            .note("the last batch completes the CGU only when every earlier cluster is compliant as well")
            .fix("repair them before the timeout; their policies are enforced until the current batch completes"),
    );
}

fn timed_out(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_new = |c: &&ClusterReport| c.progress == ClusterProgress::TimedOut && !case.report.holding.contains(&c.name);
    let names: Vec<&str> = case.report.clusters.iter().filter(is_new).map(|c| c.name.as_str()).collect();
    if !names.is_empty() {
        let fact = format!("{} timed out in earlier batches: {}", clusters(names.len()), listed(&names));
        findings
            .push(Finding::warning("rollout/batch-timed-out", fact).fix(format!("oc talm status {}", case.argument())));
    }
}
