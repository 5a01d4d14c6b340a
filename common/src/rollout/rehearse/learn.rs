//! What finished CGUs tell about how long policies take and how often they fail.
//!
//! A finished CGU keeps little: when it started and ended, its batches, and per cluster how it came out. It does not
//! keep when a cluster or a batch was done, nor when one policy was. So a rollout of single clusters tells what a cluster
//! took; one of larger batches only what the slowest of each took on average; and several policies share the time
//! evenly. Time spent blocked cannot be told apart, so CGUs with blockers are left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::distribution::{Spread, between};
use super::model::{Model, PolicyModel};
use crate::resource::{ClusterGroupUpgrade, ClusterState, Condition};
use crate::rollout::Hub;

/// With so many single observations they are drawn from as they are.
const ENOUGH: usize = 8;
/// How much longer than the middle one in 20 is taken to be, where too little is known of the spread.
const USUAL_SPREAD: f64 = 1.5;

/// What a time was learned from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LearnedTime {
    /// The policy.
    pub policy: String,
    /// Finished CGUs that went cluster by cluster.
    pub single: usize,
    /// Finished CGUs of larger batches: they tell of the slowest only.
    pub batched: usize,
    /// Whether any of them had other policies as well, so that the time is a share.
    pub shared: bool,
}

/// What a failure rate was learned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LearnedFailure {
    /// The policy.
    pub policy: String,
    /// Clusters that ran out of time at it.
    pub timed_out: usize,
    /// Clusters that came to it.
    pub reached: usize,
}

/// What was learned, and from what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// The model.
    pub model: Model,
    /// Where its times are from.
    pub times: Vec<LearnedTime>,
    /// Where its failure rates are from.
    pub failures: Vec<LearnedFailure>,
}

#[derive(Default)]
struct Seen {
    single: Vec<f64>,
    slowest: Vec<f64>,
    shared: bool,
    timed_out: usize,
    reached: usize,
}

/// Learns from the CGUs of a hub that have ended.
pub fn learn(hub: &Hub) -> Learned {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for cgu in hub.cgus.values().filter(|cgu| cgu.status.succeeded().is_some()) {
        let policies = policies(cgu);
        count_outcomes(cgu, &policies, &mut seen);
        note_time(cgu, &policies, &mut seen);
    }
    let mut learned = Learned::default();
    for (policy, seen) in seen {
        let failure = (seen.reached > 0).then(|| seen.timed_out as f64 / seen.reached as f64);
        let time = spread(&seen);
        if time.is_some() {
            learned.times.push(LearnedTime {
                policy: policy.to_owned(),
                single: seen.single.len(),
                batched: seen.slowest.len(),
                shared: seen.shared,
            });
        }
        if failure.is_some() {
            let (timed_out, reached) = (seen.timed_out, seen.reached);
            learned.failures.push(LearnedFailure { policy: policy.to_owned(), timed_out, reached });
        }
        learned.model.policies.insert(policy.to_owned(), PolicyModel { time, failure });
    }
    learned
}

fn policies(cgu: &ClusterGroupUpgrade) -> Vec<&str> {
    let works = &cgu.spec.manifest_work_templates;
    match works.is_empty() {
        true => cgu.status.managed_policies_for_upgrade.iter().map(|policy| policy.name.as_str()).collect(),
        false => works.iter().map(String::as_str).collect(),
    }
}

/// A cluster that timed out at a policy had come through those before it.
fn count_outcomes<'h>(cgu: &'h ClusterGroupUpgrade, policies: &[&'h str], seen: &mut BTreeMap<&'h str, Seen>) {
    let planned: std::collections::HashSet<&str> =
        cgu.status.remediation_plan.iter().flatten().map(String::as_str).collect();
    for outcome in cgu.status.clusters.iter().filter(|outcome| planned.contains(outcome.name.as_str())) {
        let stopped = outcome.current_policy.as_ref().map(|policy| policy.name.as_str());
        let at = policies.iter().position(|policy| Some(*policy) == stopped);
        let through = match (&outcome.state, at) {
            (ClusterState::Complete, _) => policies.len(),
            (ClusterState::TimedOut, Some(at)) => at,
            _ => continue,
        };
        policies.iter().take(through).for_each(|policy| seen.entry(policy).or_default().reached += 1);
        if let Some(policy) = policies.get(through) {
            let seen = seen.entry(policy).or_default();
            (seen.reached, seen.timed_out) = (seen.reached + 1, seen.timed_out + 1);
        }
    }
}

fn note_time<'h>(cgu: &'h ClusterGroupUpgrade, policies: &[&'h str], seen: &mut BTreeMap<&'h str, Seen>) {
    let (run, plan) = (&cgu.status.status, &cgu.status.remediation_plan);
    let succeeded = cgu.status.succeeded().is_some_and(Condition::is_true);
    let any_timed_out = cgu.status.clusters.iter().any(|cluster| cluster.state == ClusterState::TimedOut);
    let (Some(start), Some(end)) = (run.started_at, run.completed_at) else { return };
    if !succeeded || any_timed_out || plan.is_empty() || policies.is_empty() || !cgu.spec.blocking_crs.is_empty() {
        return;
    }
    let each = end.duration_since(start).as_secs_f64().max(0.0) / (plan.len() * policies.len()) as f64;
    let is_single = plan.iter().all(|batch| batch.len() == 1);
    for policy in policies {
        let seen = seen.entry(policy).or_default();
        seen.shared |= policies.len() > 1;
        if is_single { &mut seen.single } else { &mut seen.slowest }.push(each);
    }
}

fn spread(seen: &Seen) -> Option<Spread> {
    let mut single = seen.single.clone();
    single.sort_by(f64::total_cmp);
    if single.len() >= ENOUGH {
        return Spread::seen(single).ok();
    }
    let slowest = seen.slowest.iter().copied().fold(0.0, f64::max);
    let middle = if single.is_empty() { slowest / USUAL_SPREAD } else { between(&single, 0.5) };
    if middle <= 0.0 {
        return None;
    }
    let high = slowest.max(single.last().copied().unwrap_or(0.0)).max(middle * USUAL_SPREAD);
    Some(Spread::LogNormal { p50: middle, p95: high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::{Value, json};

    fn finished(name: &str, policies: &[&str], plan: Value, minutes: i64, succeeded: &str, clusters: Value) -> Value {
        let mut object = cgu(name, json!({"remediationStrategy": {"maxConcurrency": 1}}));
        let policies: Vec<Value> = policies.iter().map(|name| json!({"name": name, "namespace": "n"})).collect();
        object["status"] = json!({"conditions": [{"type": "Succeeded", "status": succeeded, "reason": "Completed"}],
            "remediationPlan": plan, "managedPoliciesForUpgrade": policies, "clusters": clusters,
            "status": {"startedAt": "2026-01-01T10:00:00Z",
                "completedAt": format!("2026-01-01T{:02}:{:02}:00Z", 10 + minutes / 60, minutes % 60)}});
        object
    }

    #[test]
    fn single_clusters_tell_their_time_and_batches_that_of_the_slowest() {
        let hub = hub(vec![
            finished("one", &["p"], json!([["a"], ["b"]]), 60, "True", json!([{"name": "a", "state": "complete"}])),
            finished("many", &["p", "q"], json!([["a", "b"]]), 80, "True", json!([])),
        ]);
        let learned = learn(&hub);
        assert_eq!(learned.model.time_of("p"), Some(&Spread::LogNormal { p50: 1800.0, p95: 2700.0 }));
        assert_eq!(learned.model.time_of("q"), Some(&Spread::LogNormal { p50: 1600.0, p95: 2400.0 }));
        assert!(learned.times[0].shared && learned.times[0].single == 1 && learned.times[0].batched == 1);
        assert_eq!(learned.failures, [LearnedFailure { policy: "p".into(), timed_out: 0, reached: 1 }]);
    }

    #[test]
    fn a_cluster_that_timed_out_counts_where_it_stood_and_tells_no_time() {
        let clusters = json!([{"name": "a", "state": "complete"}, {"name": "x", "state": "complete"},
            {"name": "b", "state": "timedout", "currentPolicy": {"name": "q", "status": "NonCompliant"}}]);
        let hub = hub(vec![finished("u", &["p", "q"], json!([["a", "b"]]), 240, "False", clusters)]);
        let learned = learn(&hub);
        assert!(learned.times.is_empty() && learned.model.time_of("p").is_none());
        let counts: Vec<_> = learned.failures.iter().map(|f| (f.policy.as_str(), f.timed_out, f.reached)).collect();
        assert_eq!(counts, [("p", 0, 2), ("q", 1, 2)]);
    }

    #[test]
    fn many_single_clusters_are_drawn_from_as_they_are() {
        let one = |n: i64| finished(&format!("u{n}"), &["p"], json!([["a"]]), 10 + n, "True", json!([]));
        let learned = learn(&hub((0..8).map(one).collect()));
        let Some(Spread::Seen(times)) = learned.model.time_of("p") else { panic!("not drawn from as they are") };
        assert_eq!((times.len(), times[0], times[7]), (8, 600.0, 1020.0));
    }
}
