//! Findings about a rollout under way.

use std::collections::BTreeMap;

use super::Case;
use super::wording::{clusters, listed};
use crate::finding::Finding;
use crate::resource::{Compliance, condition, label};
use crate::rollout::status::{ClusterProgress, ClusterReport};
use crate::rollout::views::{self, Trouble};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if !case.is_running() {
        return;
    }
    placements(case, findings);
    pending(case, findings);
    subscriptions(case, findings);
    works(case, findings);
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
                .on(&pending)
                .note("it waits for a dependency on the cluster, and TALM waits for it until the timeout")
                .fix("look at spec.dependencies of the policy"),
        );
    }
}

/// What the views of Subscriptions show, each text with the clusters it is true for.
fn subscriptions(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut found: BTreeMap<(Trouble, String), Vec<&str>> = BTreeMap::new();
    let open = |c: &&ClusterReport| matches!(c.progress, ClusterProgress::InProgress | ClusterProgress::TimedOut);
    for cluster in case.report.clusters.iter().filter(open) {
        for seen in views::subscriptions(case.hub, case.cgu, &cluster.name) {
            found.entry((seen.trouble, seen.text)).or_default().push(&cluster.name);
        }
    }
    for ((trouble, text), names) in found {
        let fact = format!("{text}, on {}", listed(&names));
        let finding = match trouble {
            Trouble::Automatic => Finding::warning("rollout/install-plan-automatic", fact)
                .note("its operator upgrades outside the window; TALM approves Manual plans only")
                .fix("set installPlanApproval: Manual in the policy"),
            Trouble::NoPlan => Finding::warning("rollout/no-install-plan", fact)
                .note("TALM has nothing to approve, and the policy stays NonCompliant until the timeout")
                .fix("look at the CatalogSource and at the channel of the Subscription on the cluster"),
            Trouble::PlanFailed => Finding::warning("rollout/install-plan-failed", fact)
                .fix("repair the cause on the cluster, and delete the InstallPlan there"),
            Trouble::NotSeen => Finding::warning("rollout/view-failed", fact)
                .note("TALM cannot approve an InstallPlan that it does not see")
                .fix("look at the work-manager add-on of the cluster: oc get managedclusteraddons -A"),
        };
        findings.push(finding.on(&names));
    }
}

/// Works that a cluster does not take.
fn works(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_refused = |c: &&ClusterReport| {
        c.progress == ClusterProgress::InProgress && c.hindrances.iter().any(|why| why.starts_with("ManifestWork "))
    };
    let open: Vec<&ClusterReport> =
        case.report.clusters.iter().filter(|_| case.is_manifest_work()).filter(is_refused).collect();
    if open.is_empty() {
        return;
    }
    let names: Vec<&str> = open.iter().map(|c| c.name.as_str()).collect();
    let fact = format!("manifest works not applied or not available on {}: {}", clusters(names.len()), listed(&names));
    let mut finding = Finding::warning("rollout/work-not-ready", fact).on(&names);
    for cluster in open.iter().take(5) {
        finding = finding.note(format!("{}: {}", cluster.name, cluster.hindrances.join("; ")));
    }
    findings.push(finding.fix("oc get manifestworks -A, and look at the conditions of each manifest"));
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
        findings.push(
            Finding::warning("rollout/batch-timed-out", fact)
                .on(&names)
                .fix(format!("oc talm status {}", case.argument())),
        );
    }
}
