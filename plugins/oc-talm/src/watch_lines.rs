//! What has changed in a rollout since it was told last, a line each.

use std::collections::BTreeSet;

use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport};

use crate::status_list::{done, state};
use crate::words::listed;

/// What has been told of a CGU.
#[derive(Default)]
pub struct Seen {
    state: Option<CguState>,
    batch: Option<usize>,
    begun: BTreeSet<String>,
    complete: BTreeSet<String>,
    timed_out: BTreeSet<String>,
}

/// What has changed, in words, and remembers it. Where a report is narrowed to some clusters, those that begin are told,
/// and not the batches.
pub fn changes(report: &StatusReport, seen: &mut Seen, is_narrow: bool) -> Vec<String> {
    let names = |progress: &[ClusterProgress]| -> BTreeSet<String> {
        report.clusters.iter().filter(|c| progress.contains(&c.progress)).map(|c| c.name.clone()).collect()
    };
    let now = Seen {
        state: Some(report.state.clone()),
        batch: report.current_batch,
        begun: names(&[ClusterProgress::InProgress, ClusterProgress::Soaking]),
        complete: names(&[ClusterProgress::Complete]),
        timed_out: names(&[ClusterProgress::TimedOut]),
    };
    let mut lines = Vec::new();
    if seen.state.is_some() {
        let begun: Vec<&String> = now.begun.difference(&seen.begun).filter(|_| is_narrow).collect();
        if !begun.is_empty() {
            lines.push(format!("begun: {}", listed(&begun, 10)));
        }
        // Clusters that were compliant from the start are complete as soon as it runs.
        let complete: Vec<&String> = now.complete.difference(&seen.complete).collect();
        if !complete.is_empty() {
            lines.push(format!("complete: {}   {}", listed(&complete, 10), done(report)));
        }
        let timed_out: Vec<&String> = now.timed_out.difference(&seen.timed_out).collect();
        if !timed_out.is_empty() {
            lines.push(format!("timed out: {}", listed(&timed_out, 10)));
        }
    }
    if seen.state != now.state {
        lines.push(format!("{}   {}", state(report), report.story));
    } else if seen.batch != now.batch && !is_narrow {
        lines.push(report.story.clone());
    }
    *seen = now;
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use ztp_common::inventory::Recorded;
    use ztp_common::rollout::status::assess;
    use ztp_common::rollout::{CopyReading, Hub};

    fn report(status: Value, compliant: &[(&str, &str)]) -> StatusReport {
        let mut recorded = Recorded::named("test");
        let states: Vec<Value> = compliant.iter().map(|(c, s)| json!({"clustername": c, "compliant": s})).collect();
        recorded.add(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": "p", "namespace": "n"}, "status": {"status": states}}));
        let mut cgu = json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"}, "spec": {"managedPolicies": ["p"]}, "status": status});
        cgu["status"]["remediationPlan"] = json!([["a"], ["b"]]);
        cgu["status"]["managedPoliciesForUpgrade"] = json!([{"name": "p", "namespace": "n"}]);
        recorded.add(cgu);
        let hub = Hub::gather(&recorded, CopyReading::Derived).unwrap();
        assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap())
    }

    #[test]
    fn each_change_is_one_line_and_told_once() {
        let running = json!([{"type": "Progressing", "status": "True", "reason": "InProgress"}]);
        let batch = |number: i64, cluster: &str, done: Value| {
            json!({"conditions": running, "clusters": done, "status": {"currentBatch": number,
                "currentBatchRemediationProgress": {cluster: {"state": "InProgress", "policyIndex": 0}}}})
        };
        let mut seen = Seen::default();
        let first = report(batch(1, "a", json!([])), &[("a", "NonCompliant"), ("b", "NonCompliant")]);
        assert_eq!(
            changes(&first, &mut seen, false),
            ["InProgress   batch 1 of 2: 1 at policy p; 1 cluster in later batches"]
        );
        assert_eq!(changes(&first, &mut seen, false), [""; 0]);
        let complete = json!([{"name": "a", "state": "complete"}]);
        let second = report(batch(2, "b", complete.clone()), &[("a", "Compliant"), ("b", "NonCompliant")]);
        assert_eq!(changes(&second, &mut seen, false), ["complete: a   1/2", "batch 2 of 2: 1 at policy p"]);
        let ended = json!({"clusters": [{"name": "a", "state": "complete"}, {"name": "b", "state": "timedout"}],
            "conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut", "message": "too long"}]});
        let third = report(ended, &[("a", "Compliant"), ("b", "NonCompliant")]);
        assert_eq!(
            changes(&third, &mut seen, false),
            ["timed out: b", "TimedOut   its time ran out on b at policy p; 1 complete"]
        );
    }

    #[test]
    fn for_some_clusters_only_these_are_told() {
        let running = json!([{"type": "Progressing", "status": "True", "reason": "InProgress"}]);
        let open = [("a", "NonCompliant"), ("b", "NonCompliant")];
        let only_b = |status: Value, compliant: &[(&str, &str)]| {
            let mut report = report(status, compliant);
            report.clusters.retain(|cluster| cluster.name == "b");
            report
        };
        let mut seen = Seen::default();
        let first = json!({"conditions": running, "status": {"currentBatch": 1, "currentBatchRemediationProgress":
            {"a": {"state": "InProgress", "policyIndex": 0}}}});
        assert_eq!(changes(&only_b(first, &open), &mut seen, true).len(), 1);
        let second = json!({"conditions": running, "clusters": [{"name": "a", "state": "complete"}],
            "status": {"currentBatch": 2, "currentBatchRemediationProgress": {"b": {"state": "InProgress", "policyIndex": 0}}}});
        let states = [("a", "Compliant"), ("b", "NonCompliant")];
        assert_eq!(changes(&only_b(second, &states), &mut seen, true), ["begun: b"]);
    }
}
