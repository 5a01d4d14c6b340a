//! Findings about CGUs that get into each other's way on the same clusters.

use std::collections::{BTreeMap, HashSet};

use super::Case;
use super::selection::through;
use super::wording::listed;
use crate::finding::Finding;
use crate::resource::{ClusterGroupUpgrade, ClusterState};
use crate::rollout::waiting::key;
use crate::rollout::{Key, Outcome, blocker_graph};

/// Clusters that another CGU, not finished, has to do with as well; one for which this CGU waits lets go of them in time.
pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let through = through(case);
    let planned = case.plan.status.remediation_plan.iter().flatten().map(String::as_str);
    let mine: HashSet<&str> = planned.filter(|name| !through.contains(name)).collect();
    let own = key(case.cgu);
    let mut others: BTreeMap<&Key, &ClusterGroupUpgrade> =
        mine.iter().flat_map(|cluster| case.hub.unfinished_on(cluster)).filter(|(other, _)| **other != own).collect();
    if others.is_empty() {
        return;
    }
    for link in blocker_graph(case.hub, case.cgu) {
        others.remove(&(link.cgu.namespace, link.cgu.name));
    }
    for other in others.into_values() {
        if other.status.is_running() {
            findings.extend(both_run(case, other, &mine));
        } else if let Some((what, both)) = same_job(case, other, &mine) {
            let fact = format!("CGU {} has {what} under way on the same clusters: {}", shown(other), listed(&both));
            findings.push(
                Finding::warning("rollout/overlap", fact)
                    .on(&both)
                    .note("the names of its objects hold no CGU, so that each takes those of the other for its own")
                    .fix("delete one of the two CGUs, and make it again when the other is through"),
            );
        }
    }
}

fn shown(cgu: &ClusterGroupUpgrade) -> String {
    format!("{}/{}", cgu.metadata.namespace, cgu.metadata.name)
}

/// A rollout on clusters that this one has still to do with.
fn both_run(case: &Case<'_>, other: &ClusterGroupUpgrade, mine: &HashSet<&str>) -> Option<Finding> {
    let outcomes = other.status.clusters.iter().filter(|outcome| outcome.state == ClusterState::Complete);
    let done: HashSet<&str> = outcomes.map(|outcome| outcome.name.as_str()).collect();
    let planned = other.status.remediation_plan.iter().flatten().map(String::as_str);
    let both: Vec<&str> = planned.filter(|name| mine.contains(name) && !done.contains(name)).collect();
    if both.is_empty() {
        return None;
    }
    let fact = format!("CGU {} works on the same clusters: {}", shown(other), listed(&both));
    let finding = Finding::warning("rollout/overlap", fact).on(&both);
    let (name, namespace) = (&other.metadata.name, &other.metadata.namespace);
    if other.metadata.deletion_timestamp.is_some() {
        return Some(finding.note("it is being deleted; what it enforces goes with it"));
    }
    Some(match case.is_running() {
        true => finding
            .note("both enforce at once: policies of the two may undo each other")
            .fix(format!("look at what it does: oc talm status {name} -n {namespace}")),
        false => finding
            .note("the names of pre-cache and backup objects collide, and policies it enforces are left out here")
            .fix(format!("wait for it: add it to blockingCRs, with namespace {namespace}")),
    })
}

/// The job that both CGUs run, and the clusters on which the other one is at it. Pre-caching waits neither for enabling
/// nor for blockers.
fn same_job<'h>(
    case: &Case<'_>,
    other: &'h ClusterGroupUpgrade,
    mine: &HashSet<&str>,
) -> Option<(&'static str, Vec<&'h str>)> {
    let (spec, outcome) = (&case.cgu.spec, case.plan.outcome);
    let precaches = spec.pre_caching && outcome == Outcome::Precaching;
    let backs_up = spec.backup && outcome == Outcome::BackingUp;
    let jobs = [("pre-caching", precaches, &other.status.precaching), ("a backup", backs_up, &other.status.backup)];
    let (what, _, job) = jobs.into_iter().find(|(_, runs, _)| *runs)?;
    let under_way = job.iter().flat_map(|job| &job.status).filter(|(_, state)| state.is_in_progress());
    let both: Vec<&str> = under_way.map(|(name, _)| name.as_str()).filter(|name| mine.contains(name)).collect();
    (!both.is_empty()).then_some((what, both))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, hub_with, ids, of_state, spec};
    use crate::rollout::example::{cgu, cluster};
    use serde_json::{Value, json};

    /// A rollout on the same cluster that is under way.
    fn other() -> Value {
        let mut other = of_state(false, spec(&["a"], &["p"]));
        other["metadata"]["name"] = json!("v");
        other
    }

    #[test]
    fn a_cgu_that_is_waited_for_is_in_nobodys_way() {
        let of = |mine: Value| ids(hub_with(vec![cluster("a"), other(), mine]));
        assert_eq!(of(cgu("u", spec(&["a"], &["p"]))), ["rollout/overlap"]);
        let behind = |blocker: &str| {
            let mut waiting = spec(&["a"], &["p"]);
            waiting["blockingCRs"] = json!([{"name": blocker, "namespace": "n"}]);
            waiting
        };
        assert_eq!(of(cgu("u", behind("v"))), [""; 0]);
        let between = cgu("w", behind("v"));
        assert_eq!(ids(hub_with(vec![cluster("a"), other(), between, cgu("u", behind("w"))])), [""; 0]);
    }

    #[test]
    fn two_rollouts_under_way_on_one_cluster_are_told() {
        let mine = || of_state(false, spec(&["a"], &["p"]));
        let found = findings(hub_with(vec![cluster("a"), other(), mine()]));
        assert_eq!(found[0].fact, "CGU n/v works on the same clusters: a");
        let mut through = other();
        through["status"]["clusters"] = json!([{"name": "a", "state": "complete"}]);
        assert_eq!(ids(hub_with(vec![cluster("a"), through, mine()])), [""; 0]);
    }

    #[test]
    fn two_cgus_that_pre_cache_one_cluster_get_into_each_others_way() {
        let precaching = |name: &str, state: &str| {
            let mut object = cgu(name, spec(&["a"], &["p"]));
            object["spec"]["preCaching"] = json!(true);
            object["spec"]["enable"] = json!(false);
            object["status"] = json!({"precaching": {"status": {"a": state}}, "conditions": [
                {"type": "PrecacheSpecValid", "status": "True", "reason": "PrecacheSpecIsWellFormed"},
                {"type": "PrecachingSuceeded", "status": "False", "reason": "InProgress"}]});
            object
        };
        let of =
            |mine: &str, other: &str| ids(hub_with(vec![cluster("a"), precaching("u", mine), precaching("v", other)]));
        assert_eq!(of("Active", "Starting"), ["rollout/overlap"]);
        assert!(!of("Active", "Succeeded").contains(&"rollout/overlap"));
        assert!(!of("Succeeded", "Active").contains(&"rollout/overlap"));
    }
}
