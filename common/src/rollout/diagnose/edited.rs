//! Findings about edits that TALM will never look at: a plan is frozen when the rollout starts (TALM 5.0
//! `controllers/clustergroupupgrade_controller.go`).

use std::collections::HashSet;

use super::Case;
use super::wording::{clusters, listed};
use crate::finding::Finding;
use crate::resource::{ClusterGroupUpgrade, PolicyRef};
use crate::rollout::{ClusterCompliance, PolicyVerdict, cluster_compliance, resolve, select};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let ended = case.report.state.is_final();
    if !ended && !case.is_running() {
        return;
    }
    if !ended && !case.cgu.spec.is_enabled() {
        findings.push(
            Finding::warning("rollout/edited-after-start", "enable: false does not stop a rollout that runs")
                .note("TALM looks at enable only until the start")
                .fix(format!("to stop it: oc talm abort {}", case.argument())),
        );
    }
    if !ended {
        concurrency(case, findings);
    }
    if case.is_manifest_work() || case.cgu.status.remediation_plan.is_empty() {
        return;
    }
    let selected = select(case.hub, &case.cgu.spec).clusters;
    policies(case, &selected, findings);
    new_clusters(case, &selected, findings);
}

/// A batch size other than the one that TALM took at the start. It takes the number of selected clusters where
/// maxConcurrency is larger or not positive; that number is known only to be no less than the clusters of the plan.
fn concurrency(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (wanted, taken) =
        (case.cgu.spec.remediation_strategy.max_concurrency, case.cgu.status.computed_max_concurrency);
    let planned: HashSet<&String> = case.cgu.status.remediation_plan.iter().flatten().collect();
    let is_number = usize::try_from(taken).is_ok_and(|taken| taken < planned.len());
    let is_other = wanted != taken && ((0 < wanted && wanted < taken) || is_number);
    if taken > 0 && is_other {
        let fact = format!("maxConcurrency {wanted} has no effect: the rollout works in batches of {taken}");
        findings.push(
            Finding::warning("rollout/edited-after-start", fact)
                .note("TALM makes the batches at the start, and looks at maxConcurrency only until then")
                .fix(format!("to begin anew with other batches: oc talm abort {}", case.argument())),
        );
    }
}

/// Policies of the list that TALM did not take, or that came later.
fn policies(case: &Case<'_>, selected: &[String], findings: &mut Vec<Finding>) {
    let status = &case.cgu.status;
    let held: HashSet<&str> = status
        .managed_policies_for_upgrade
        .iter()
        .map(|policy| policy.name.as_str())
        .chain(status.managed_policies_compliant_before_upgrade.iter().map(String::as_str))
        .collect();
    let absent: Vec<String> =
        case.cgu.spec.managed_policies.iter().filter(|name| !held.contains(name.as_str())).cloned().collect();
    let verdicts = resolve(case.hub, &absent, selected).verdicts;
    let of = |wanted: fn(&PolicyVerdict) -> bool| -> Vec<&str> {
        verdicts.iter().filter(|(_, verdict)| wanted(verdict)).map(|(name, _)| name.as_str()).collect()
    };
    let enforce = of(|verdict| matches!(verdict, PolicyVerdict::AlreadyEnforce { .. }));
    if !enforce.is_empty() {
        findings.push(
            Finding::warning(
                "rollout/policy-enforce",
                format!("TALM left out policies that enforce: {}", listed(&enforce)),
            )
            .note("it works only with inform policies, and drops others without a word")
            .fix("set remediationAction: inform, or take them out of managedPolicies"),
        );
    }
    let later = of(|verdict| matches!(verdict, PolicyVerdict::Enforced { .. } | PolicyVerdict::Compliant { .. }));
    if !later.is_empty() {
        let fact = format!("policies in the list that are no part of the rollout: {}", listed(&later));
        findings.push(unseen(case, fact));
    }
}

/// Clusters that are selected now, need something, and are no part of the rollout.
fn new_clusters(case: &Case<'_>, selected: &[String], findings: &mut Vec<Finding>) {
    let known = known_clusters(case.cgu);
    let enforced: Vec<_> = case.cgu.status.managed_policies_for_upgrade.iter().collect();
    let needs = |cluster: &&String| {
        enforced.iter().any(|PolicyRef { name, namespace }| {
            let policy = case.hub.policy(namespace, name);
            policy.is_some_and(|policy| cluster_compliance(policy, cluster) == ClusterCompliance::NonCompliant)
        })
    };
    let new: Vec<&String> = selected.iter().filter(|name| !known.contains(name.as_str())).filter(needs).collect();
    if !new.is_empty() {
        let fact = format!("{} selected now and no part of the rollout: {}", clusters(new.len()), listed(&new));
        findings.push(unseen(case, fact).on(&new));
    }
}

fn known_clusters(cgu: &ClusterGroupUpgrade) -> HashSet<&str> {
    let status = &cgu.status;
    let jobs = [&status.precaching, &status.backup].into_iter().flatten().flat_map(|job| job.status.keys());
    let outcomes = status.clusters.iter().map(|outcome| &outcome.name);
    status.remediation_plan.iter().flatten().chain(jobs).chain(outcomes).map(String::as_str).collect()
}

fn unseen(case: &Case<'_>, fact: String) -> Finding {
    if case.report.state.is_final() {
        return Finding::warning("rollout/reused", fact)
            .note("a finished CGU never runs again, whatever is changed in it")
            .fix("make a new CGU for them");
    }
    Finding::warning("rollout/edited-after-start", fact)
        .note("they were added, or changed their labels, after the plan was frozen at the start")
        .fix("make a new CGU for them")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_state, spec, with};
    use serde_json::json;

    #[test]
    fn a_batch_size_that_came_too_late_is_told() {
        let of = |wanted: i64, taken: i64, plan: &[&[&str]]| {
            let mut running = of_state(false, spec(&["a", "b"], &["p"]));
            running["spec"]["remediationStrategy"]["maxConcurrency"] = json!(wanted);
            running["status"]["computedMaxConcurrency"] = json!(taken);
            running["status"]["remediationPlan"] = json!(plan);
            with(running, &[("a", "NonCompliant")])
        };
        let (one, two): (&[&[&str]], &[&[&str]]) = (&[&["a"]], &[&["a"], &["b"]]);
        assert_eq!(of(1, 2, one), ["rollout/edited-after-start"]);
        assert_eq!(of(0, 1, two), ["rollout/edited-after-start"]);
        assert_eq!(of(5, 2, one), [""; 0], "all clusters in one batch");
        assert_eq!(of(0, 2, two), [""; 0]);
        assert_eq!(of(1, 1, two), [""; 0]);
        assert_eq!(of(1, 0, two), [""; 0], "an old status does not tell");
    }
}
