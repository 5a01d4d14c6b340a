//! Findings about a rollout under way.

use std::collections::{BTreeMap, HashMap};

use super::Case;
use super::policies::enforced_policies;
use super::standing::standing;
use super::wording::{clusters, listed};
use crate::finding::{Finding, Level};
use crate::resource::{Compliance, ManagedCluster, Policy};
use crate::rollout::status::{ClusterProgress, ClusterReport};
use crate::rollout::views::{self, Trouble};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if !case.is_running() {
        return;
    }
    gone(case, findings);
    pending(case, findings);
    unreported(case, findings);
    subscriptions(case, findings);
    works(case, findings);
    holding(case, findings);
    timed_out(case, findings);
}

/// Root policies that were deleted after the start: without one TALM fails on every pass that comes to it (5.0
/// `controllers/policy.go`).
fn gone(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let gone = case.report.policies.iter().filter(|policy| policy.deleted).map(|report| &report.policy);
    let gone: Vec<String> = gone.map(|policy| format!("{}/{}", policy.namespace, policy.name)).collect();
    if !gone.is_empty() {
        findings.push(
            Finding::error(
                "rollout/policy-gone",
                format!("policies of the rollout were deleted after the start: {}", listed(&gone)),
            )
            .note("TALM fails at them on every pass, and says so only in its log; the time runs on")
            .fix("create them again, or delete the CGU and make it without them"),
        );
    }
}

/// A cluster at a policy. Of one that is away, nothing can be expected.
fn is_at_work(case: &Case<'_>, cluster: &ClusterReport) -> bool {
    let known = case.hub.clusters.get(&cluster.name);
    cluster.progress == ClusterProgress::InProgress && !known.is_some_and(ManagedCluster::is_known_unavailable)
}

fn pending(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_pending =
        |c: &&ClusterReport| is_at_work(case, c) && c.compliance.as_deref() == Some(Compliance::Pending.as_str());
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

/// Clusters at a policy of which the hub has no answer.
fn unreported(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut silent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let policies: HashMap<&str, &Policy> = enforced_policies(case).map(|p| (p.metadata.name.as_str(), p)).collect();
    for cluster in case.report.clusters.iter().filter(|c| is_at_work(case, c)) {
        let Some(policy) = cluster.at.as_deref().and_then(|at| policies.get(at)) else { continue };
        let has_list = policy.status.as_ref().is_some_and(|status| status.clusters.is_some());
        if !has_list || policy.compliance(&cluster.name) == Some(&Compliance::Unreported) {
            silent.entry(&policy.metadata.name).or_default().push(&cluster.name);
        }
    }
    for (policy, names) in silent {
        let fact = format!("{} without a report on policy {policy}: {}", clusters(names.len()), listed(&names));
        findings.push(
            Finding::warning("rollout/policy-unreported", fact)
                .on(&names)
                .note("TALM takes that for not compliant, and waits for it until the timeout")
                .fix("look at the policy add-ons of the clusters: oc get managedclusteraddons -A"),
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
            Trouble::Absent => Finding {
                level: Level::Info,
                ..Finding::warning("rollout/no-subscription", fact)
                    .note("the policy makes it; there is no InstallPlan to approve before")
            },
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
    let fact = format!("manifest works not ready on {}: {}", clusters(names.len()), listed(&names));
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
    let is_new = |c: &&ClusterReport| {
        c.progress == ClusterProgress::TimedOut && !c.compliant && !case.report.holding.contains(&c.name)
    };
    let names: Vec<&str> = case.report.clusters.iter().filter(is_new).map(|c| c.name.as_str()).collect();
    if !names.is_empty() {
        let fact = format!("{} timed out in earlier batches: {}", clusters(names.len()), listed(&names));
        let late = case.report.clusters.iter().filter(is_new).take(5);
        let finding = late.filter_map(standing).fold(Finding::warning("rollout/batch-timed-out", fact), Finding::note);
        let fix = match case.is_manifest_work() {
            true => format!("repair them; once it has ended: oc talm retry {}", case.argument()),
            false => "repair them before the last batch ends: only then the CGU completes".to_owned(),
        };
        findings.push(finding.on(&names).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, of_state, spec, with};
    use crate::rollout::example::{cluster, policy};
    use serde_json::{Value, json};

    fn running() -> Value {
        of_state(false, spec(&["a"], &["p"]))
    }

    #[test]
    fn a_policy_without_an_answer_is_told() {
        assert_eq!(with(running(), &[("a", "")]), ["rollout/policy-unreported"]);
        assert_eq!(with(running(), &[("a", "Pending")]), ["rollout/policy-pending"]);
        let mut unwritten = policy("n", "p", &[]);
        unwritten["status"] = json!({});
        assert_eq!(ids(vec![cluster("a"), unwritten, running()]), ["rollout/policy-unreported"]);
    }

    #[test]
    fn a_policy_deleted_after_the_start_is_told_where_others_are_recorded() {
        assert_eq!(ids(vec![cluster("a"), policy("n", "q", &[]), running()]), ["rollout/policy-gone"]);
        assert_eq!(ids(vec![cluster("a"), policy("other", "q", &[]), running()]), [""; 0]);
    }
}
