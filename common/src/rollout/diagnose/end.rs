//! Findings about a rollout that has ended.

use super::Case;
use super::enforced::keeps;
use super::standing::standing;
use super::wording::{clusters, listed};
use crate::finding::{Finding, Level};
use crate::resource::{Policy, label};
use crate::rollout::status::{CguState, ClusterProgress, ClusterReport};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    match case.report.state {
        CguState::TimedOut => timed_out(case, findings),
        CguState::Failed => findings.push(
            Finding::error("rollout/failed", case.report.message.clone())
                .fix(format!("repair the cause, then: {}", retry(case))),
        ),
        _ => {}
    }
    if case.report.state == CguState::Completed {
        nothing_done(case, findings);
        left_behind(case, findings);
    }
    if case.report.state.is_final() {
        drifted(case, findings);
        objects_left(case, findings);
        copies_left(case, findings);
    } else {
        objects_kept(case, findings);
    }
}

/// The command that makes a new CGU of it.
fn retry(case: &Case<'_>) -> String {
    match case.report.is_first_configuration() {
        true => format!("oc talm retry {} --ztp", case.report.name),
        false => format!("oc talm retry {}", case.argument()),
    }
}

fn names<'c>(case: &'c Case<'_>, progress: ClusterProgress) -> Vec<&'c str> {
    let of = |c: &&ClusterReport| c.progress == progress;
    case.report.clusters.iter().filter(of).map(|c| c.name.as_str()).collect()
}

fn timed_out(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let late: Vec<&ClusterReport> =
        case.report.clusters.iter().filter(|c| c.progress == ClusterProgress::TimedOut).collect();
    let shown: Vec<&str> = late.iter().map(|c| c.name.as_str()).collect();
    let open: Vec<&&ClusterReport> = late.iter().filter(|c| !c.compliant).collect();
    let mut fact = case.report.message.clone();
    if !shown.is_empty() {
        fact = format!("{fact}: {}", listed(&shown));
    }
    let mut finding = Finding::error("rollout/timed-out", fact);
    if open.len() < late.len() {
        finding = finding.note(format!("{} of them compliant since", late.len() - open.len()));
    }
    for cluster in open.iter().take(5) {
        finding.notes.extend(standing(cluster));
    }
    if case.report.message.ends_with("on canary clusters") {
        finding =
            finding.note("a canary ends the CGU whatever batchTimeoutAction says, and TALM keeps no entry for it");
    } else if case.report.message.ends_with("on some clusters") {
        finding = finding.note("batchTimeoutAction: Abort ends the CGU with the first batch that runs out of time");
    }
    let never = names(case, ClusterProgress::NeverReached);
    if !never.is_empty() {
        finding = finding.note(format!("{} never reached: {}", clusters(never.len()), listed(&never)));
    }
    let blocked = shown.is_empty() && case.report.clusters.iter().all(|c| c.progress == ClusterProgress::NeverReached);
    if blocked && !case.cgu.spec.blocking_crs.is_empty() {
        finding = finding.note("no batch began: the time had run out while the CGU was blocked");
    }
    if keeps(case.cgu) && bindings_left(case) > 0 {
        finding = finding.note(
            "deleteObjects: false keeps its policies in force, and a new CGU would leave them out: it is to be deleted \
             before that is enabled, as oc talm retry says",
        );
    }
    let fix = match open.is_empty() && never.is_empty() && !late.is_empty() {
        true => "nothing is left to repair; delete the CGU when its record is of no more use".to_owned(),
        false => format!("repair the clusters, then: {}", retry(case)),
    };
    findings.push(finding.fix(fix));
}

/// It succeeded without clusters that are still not compliant.
fn left_behind(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let left: Vec<&str> = case.report.left_behind().map(|cluster| cluster.name.as_str()).collect();
    if !left.is_empty() {
        let fact = format!(
            "it succeeded without {} that ran out of time or dropped out before the start",
            clusters(left.len())
        );
        findings.push(
            Finding::error("rollout/left-behind", format!("{fact}: {}", listed(&left)))
                .on(&left)
                .note("TALM counts them as done with, and does nothing more for them")
                .fix(format!("repair the clusters, then: {}", retry(case))),
        );
    }
}

/// It succeeded, and nobody did anything. Those that TALM makes itself have a finding of their own.
fn nothing_done(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (spec, status) = (&case.cgu.spec, &case.cgu.status);
    let is_made_by_talm = case.cgu.metadata.namespace == "ztp-install";
    if case.is_manifest_work() || !status.remediation_plan.is_empty() || is_made_by_talm {
        return;
    }
    let left_out: Vec<&String> = spec
        .managed_policies
        .iter()
        .filter(|name| !status.managed_policies_compliant_before_upgrade.contains(name))
        .filter(|name| !status.managed_policies_for_upgrade.iter().any(|policy| policy.name == **name))
        .collect();
    let fact = if spec.managed_policies.is_empty() {
        "the CGU succeeded at once without doing anything: managedPolicies is empty".to_owned()
    } else if !left_out.is_empty() {
        format!("the CGU succeeded at once and left out policies that enforce already: {}", listed(&left_out))
    } else {
        return;
    };
    findings
        .push(Finding::warning("rollout/nothing-done", fact).fix("make a new CGU with the policies that are meant"));
}

fn drifted(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let drifted = names(case, ClusterProgress::Drifted);
    if !drifted.is_empty() {
        let fact = format!("{} completed and drifted since: {}", clusters(drifted.len()), listed(&drifted));
        let note = "enforcement ended with the CGU";
        findings.push(
            Finding::warning("rollout/drifted", fact)
                .on(&drifted)
                .note(note)
                .fix(format!("oc talm retry {} --drifted", case.argument())),
        );
    }
}

fn bindings_left(case: &Case<'_>) -> usize {
    let left = case.hub.bindings.values().filter(|binding| {
        binding.enforces()
            && binding.metadata.label(label::CGU_NAME) == Some(&case.report.name)
            && binding.metadata.label(label::CGU_NAMESPACE) == Some(&case.report.namespace)
    });
    left.count()
}

fn objects_left(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let count = bindings_left(case);
    if count > 0 && case.report.time.completed_at.is_some() {
        let fact = match count {
            1 => "a PlacementBinding of the finished CGU still enforces its policies".to_owned(),
            count => format!("{count} PlacementBindings of the finished CGU still enforce its policies"),
        };
        findings.push(
            Finding::warning("rollout/objects-left", fact)
                .note("deleteObjects: false keeps them until the CGU is deleted")
                .fix(format!("oc delete cgu {}", case.argument())),
        );
    }
}

/// What will stay; TALM reads it until the end.
fn objects_kept(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if keeps(case.cgu) {
        let what = if case.is_manifest_work() { "manifest works" } else { "policies" };
        let fact = format!("deleteObjects: false keeps its {what} in force after its end, also when it times out");
        let finding = Finding::warning("rollout/objects-left", fact)
            .fix("if that is not meant: set actions.afterCompletion.deleteObjects to true before it ends");
        findings.push(Finding { level: Level::Info, ..finding });
    }
}

/// Hubs before 2024-03 copy each policy, and the copy enforces.
fn copies_left(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_mine = |policy: &&Policy| {
        let namespace = policy.metadata.label(label::CGU_NAMESPACE);
        policy.metadata.label(label::CGU_NAME) == Some(&case.report.name)
            && namespace.unwrap_or(&policy.metadata.namespace) == case.report.namespace
    };
    let enforces = |policy: &&Policy| policy.is_enforce() && !policy.spec.disabled;
    let count = case.hub.policies.values().filter(is_mine).filter(enforces).count();
    if count > 0 && case.report.time.completed_at.is_some() {
        let fact = match count {
            1 => "a copy of a policy that the finished CGU made still enforces".to_owned(),
            count => format!("{count} copies of policies that the finished CGU made still enforce"),
        };
        findings.push(
            Finding::warning("rollout/objects-left", fact)
                .note("deleteObjects: false keeps them until the CGU is deleted")
                .fix(format!("oc delete cgu {}", case.argument())),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, of_state, spec, with};
    use super::*;
    use crate::rollout::example::{cluster, hub, policy};
    use crate::rollout::{NoGraph, diagnose};
    use serde_json::json;

    #[test]
    fn success_without_some_clusters_is_told() {
        let of = |compliance: &str| {
            let mut done = of_state(true, spec(&["a", "b"], &["p"]));
            done["spec"]["preCaching"] = json!(true);
            done["status"]["precaching"] = json!({"status": {"a": "Succeeded", "b": "UnrecoverableError"}});
            ids(vec![cluster("a"), cluster("b"), policy("n", "p", &[("a", "Compliant"), ("b", compliance)]), done])
        };
        assert!(of("NonCompliant").contains(&"rollout/left-behind"));
        assert!(!of("Compliant").contains(&"rollout/left-behind"), "somebody made it compliant since");
    }

    #[test]
    fn what_will_stay_is_told_before_the_end() {
        let mut kept = spec(&["a"], &["p"]);
        kept["actions"] = json!({"afterCompletion": {"deleteObjects": false}});
        assert_eq!(with(of_state(false, kept.clone()), &[("a", "NonCompliant")]), ["rollout/objects-left"]);
        assert_eq!(with(of_state(true, kept), &[("a", "Compliant")]), [""; 0], "nothing has stayed");
    }

    #[test]
    fn copies_that_an_older_hub_left_are_told() {
        let mut copied = policy("n", "u-p", &[("a", "Compliant")]);
        copied["spec"]["remediationAction"] = json!("enforce");
        copied["metadata"]["labels"] = json!({label::CGU_NAME: "u"});
        let ended = of_state(true, spec(&["a"], &["p"]));
        let objects = vec![cluster("a"), policy("n", "p", &[("a", "Compliant")]), copied, ended];
        assert_eq!(ids(objects), ["rollout/objects-left"]);
    }
    #[test]
    fn the_first_configuration_is_tried_again_with_fresh_policies() {
        let mut ended = of_state(true, spec(&["a"], &["p"]));
        ended["status"]["conditions"] = json!([{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long"}]);
        ended["status"]["clusters"] = json!([{"name": "a", "state": "timedout"}]);
        let fix = |namespace: &str, name: &str| {
            let mut mine = ended.clone();
            mine["metadata"] = json!({"namespace": namespace, "name": name});
            let hub = hub(vec![cluster("a"), policy("n", "p", &[("a", "NonCompliant")]), mine]);
            let now = "2026-01-01T10:00:00Z".parse().unwrap();
            let found = diagnose(&hub, hub.cgu(namespace, name).unwrap(), &NoGraph, now);
            found.into_iter().find(|finding| finding.id == "rollout/timed-out").and_then(|finding| finding.fix)
        };
        assert_eq!(fix("n", "a").as_deref(), Some("repair the clusters, then: oc talm retry a -n n"));
        assert_eq!(fix("ztp-install", "a").as_deref(), Some("repair the clusters, then: oc talm retry a --ztp"));
        let by_hand = "repair the clusters, then: oc talm retry day2 -n ztp-install";
        assert_eq!(fix("ztp-install", "day2").as_deref(), Some(by_hand));
    }
}
