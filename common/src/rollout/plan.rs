//! What TALM will do with a CGU, computed before it does it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::budget::{BatchBudget, budgets};
use super::gate::{Blocker, blockers};
use super::pass::Pass;
use super::platform::UpdateGraph;
use super::policies::ManagedPolicies;
use super::{Hub, Selection};
use crate::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus, PolicyRef};

/// Where TALM's next pass over the CGU ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Outcome {
    /// It has ended already; TALM never looks at it again.
    Ended,
    /// It is running already; its plan is frozen.
    Running,
    /// Clusters cannot be selected.
    ClustersNotSelected,
    /// Policies, templates, the platform image or the order are not valid.
    NotValid,
    /// What to pre-cache is not clear.
    PrecacheSpecIncomplete,
    /// Pre-caching comes first.
    Precaching,
    /// Pre-caching has failed everywhere: a dead end.
    PrecachingFailed,
    /// It waits for enable: true.
    NotEnabled,
    /// It waits for other CGUs.
    Blocked,
    /// A backup comes first.
    BackingUp,
    /// The backup has failed everywhere: a dead end.
    BackupFailed,
    /// All clusters are compliant: it succeeds at once.
    NothingToDo,
    /// The clusters that need it have been filtered out: it fails at once.
    NoClustersLeft,
    /// The first batch starts.
    Starts,
}

/// What TALM will do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Where the next pass ends.
    pub outcome: Outcome,
    /// The clusters in TALM's order. Empty when the CGU runs or has ended: TALM does not select again.
    pub selected: Vec<String>,
    /// Everything that keeps TALM from selecting clusters; it reports only the first.
    pub selection_errors: Vec<String>,
    /// What becomes of each managed policy.
    pub policies: ManagedPolicies,
    /// The batches with their time.
    pub batches: Vec<Batch>,
    /// Selected clusters that need nothing, canaries first.
    pub already_compliant: Vec<String>,
    /// Clusters of the plan that failed pre-caching or backup, or are not completed in all blockers.
    pub filtered_out: Vec<String>,
    /// The policy at which each cluster of the plan stops first.
    pub first_stop: BTreeMap<String, PolicyRef>,
    /// The CGUs that must finish first.
    pub blockers: Vec<Blocker>,
    /// A lookup that TALM will make and we did not: its failure would end in `InvalidPlatformImage`.
    pub unchecked_lookup: Option<String>,
    /// The status that TALM will write.
    pub status: ClusterGroupUpgradeStatus,
}

/// One batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// From 1.
    pub number: usize,
    /// Whether TALM judges it as a canary: by the length of `canaries`, not by who is in it.
    pub judged_as_canary: bool,
    /// Whether its cluster is one of `canaries`.
    pub canary: bool,
    /// The clusters.
    pub clusters: Vec<String>,
    /// Its time.
    #[serde(flatten)]
    pub time: BatchBudget,
}

/// Computes one pass of TALM over a CGU: selection, validation, plan, gates, start. The CGU need not exist on the hub.
/// `now` becomes the start time where one is due.
pub fn plan(hub: &Hub, cgu: &ClusterGroupUpgrade, graph: &dyn UpdateGraph, now: Timestamp) -> Plan {
    let mut pass = Pass::new(hub, cgu, graph, now);
    let outcome = pass.run();
    let Selection { clusters, errors } = pass.selection;
    Plan {
        outcome,
        selected: clusters,
        selection_errors: errors.iter().map(ToString::to_string).collect(),
        policies: pass.policies,
        batches: batches(cgu, &pass.status.remediation_plan),
        already_compliant: pass.already_compliant,
        filtered_out: pass.filtered_out,
        first_stop: pass.first_stop,
        blockers: blockers(hub, cgu),
        unchecked_lookup: pass.unchecked_lookup,
        status: pass.status,
    }
}

fn batches(cgu: &ClusterGroupUpgrade, plan: &[Vec<String>]) -> Vec<Batch> {
    let strategy = &cgu.spec.remediation_strategy;
    let times = budgets(strategy.timeout_minutes(), plan.len());
    plan.iter()
        .zip(times)
        .enumerate()
        .map(|(at, (clusters, time))| Batch {
            number: at + 1,
            judged_as_canary: at < strategy.canaries.len(),
            canary: matches!(clusters.as_slice(), [one] if strategy.canaries.contains(one)),
            clusters: clusters.clone(),
            time,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::NoGraph;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use serde_json::{Value, json};

    /// Three clusters, `b` compliant with `p`, the others not.
    fn planned(mut spec: Value, status: Value) -> Plan {
        spec["clusters"] = json!(["a", "b", "c"]);
        spec["managedPolicies"] = json!(["p"]);
        let mut object = cgu("u", spec);
        object["status"] = status;
        let states = [("a", "NonCompliant"), ("b", "Compliant"), ("c", "Pending")];
        let mut objects = vec![policy("n", "p", &states), object];
        objects.extend(["a", "b", "c"].map(cluster));
        objects.extend(["a", "b", "c"].map(|name| copy("n", "p", name, "inform")));
        let hub = hub(objects);
        plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap())
    }

    fn strategy(canaries: &[&str]) -> Value {
        json!({"canaries": canaries, "maxConcurrency": 2, "timeout": 60})
    }

    fn last_condition(plan: &Plan) -> (&str, &str) {
        plan.status.conditions.last().map(|c| (c.reason.as_str(), c.message.as_str())).unwrap()
    }

    #[test]
    fn a_disabled_cgu_gets_its_plan_and_waits() {
        let plan = planned(json!({"enable": false, "remediationStrategy": strategy(&["c"])}), json!({}));
        assert_eq!(plan.outcome, Outcome::NotEnabled);
        assert_eq!(plan.status.remediation_plan, [["c"], ["a"]]);
        assert_eq!(plan.already_compliant, ["b"]);
        assert_eq!(plan.status.computed_max_concurrency, 2);
        assert_eq!((plan.batches[1].time.latest_start_seconds, plan.batches[0].canary), (1800, true));
        assert_eq!(last_condition(&plan), ("NotEnabled", "Not enabled"));
        assert!(plan.status.clusters.is_empty() && plan.status.status.started_at.is_none());
    }

    #[test]
    fn an_enabled_cgu_starts_its_first_batch() {
        let plan = planned(json!({"remediationStrategy": strategy(&[])}), json!({}));
        assert_eq!(plan.outcome, Outcome::Starts);
        assert_eq!(plan.status.clusters[0].name, "b");
        let progress = &plan.status.status.current_batch_remediation_progress;
        assert_eq!(progress["a"].policy_index, Some(0));
        assert_eq!(plan.first_stop["c"].name, "p");
    }

    #[test]
    fn a_cgu_without_software_cannot_precache() {
        let plan = planned(json!({"preCaching": true, "remediationStrategy": strategy(&[])}), json!({}));
        assert_eq!(plan.outcome, Outcome::PrecacheSpecIncomplete);
        assert!(last_condition(&plan).1.ends_with("inconsistent precaching configuration: no software spec provided"));
    }

    #[test]
    fn a_canary_that_failed_to_precache_counts_as_compliant() {
        let status = json!({"precaching": {"status": {"a": "UnrecoverableError", "c": "Succeeded"}},
            "conditions": [{"type": "PrecacheSpecValid", "status": "True"}]});
        let plan = planned(json!({"preCaching": true, "remediationStrategy": strategy(&["a"])}), status);
        assert_eq!(plan.outcome, Outcome::Starts);
        assert_eq!(plan.status.remediation_plan, [["c"]]);
        assert_eq!(
            (&*plan.filtered_out, &*plan.already_compliant),
            (&["a".to_owned()][..], &["a".to_owned(), "b".to_owned()][..])
        );
        assert_eq!(plan.status.condition("PrecachingSuceeded").unwrap().reason, "PartiallyDone");
    }

    #[test]
    fn missing_blockers_win_over_incomplete_ones() {
        let blocking = json!([{"name": "u", "namespace": "n"}, {"name": "ghost"}]);
        let plan = planned(json!({"blockingCRs": blocking, "remediationStrategy": strategy(&[])}), json!({}));
        assert_eq!(plan.outcome, Outcome::Blocked);
        assert_eq!(last_condition(&plan), ("MissingBlockingCR", "Missing blocking CRs: [ghost]"));
        assert!(plan.status.status.started_at.is_some(), "blocked time counts");
    }
}
