use serde_json::{Value, json};
use ztp_common::inventory::Recorded;
use ztp_common::rollout::status::assess;
use ztp_common::rollout::{CopyReading, Hub};

use super::*;

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
fn a_cluster_that_falls_back_and_a_time_that_is_up_are_told() {
    let running = |started: &str, done: Value| {
        json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}], "clusters": done,
            "status": {"startedAt": started, "currentBatch": 2, "currentBatchStartedAt": started,
                "currentBatchRemediationProgress": {"b": {"state": "InProgress", "policyIndex": 0}}}})
    };
    let mut seen = Seen::default();
    let complete = json!([{"name": "a", "state": "complete"}]);
    let early = report(running("2026-01-01T10:00:00Z", complete.clone()), &[("a", "Compliant"), ("b", "NonCompliant")]);
    assert_eq!(changes(&early, &mut seen, false).len(), 1);
    let drifted = report(running("2026-01-01T10:00:00Z", complete), &[("a", "NonCompliant"), ("b", "NonCompliant")]);
    let told = changes(&drifted, &mut seen, false);
    assert!(told.len() == 1 && told[0].contains(": a"), "{told:?}");
    assert_eq!(changes(&drifted, &mut seen, false), [""; 0]);
    let late = report(running("2026-01-01T06:00:00Z", json!([])), &[("a", "NonCompliant"), ("b", "NonCompliant")]);
    let told = changes(&late, &mut seen, false);
    assert_eq!(told.last().map(String::as_str), Some("its time is up, and TALM has not ended it yet: 4h20m of 4h"));
    assert_eq!(changes(&late, &mut seen, false), [""; 0]);
}

#[test]
fn a_finding_is_told_when_it_comes_and_when_it_comes_again_but_not_when_its_time_grows() {
    let mut seen = BTreeSet::new();
    let none = || unreachable!("nothing is left out");
    let blocked = |time: &str| vec![Finding::warning("a/b", format!("sno2 has been blocked for {time} of its 4h"))];
    let told = ["warning: sno2 has been blocked for 5m of its 4h   [a/b]"];
    assert_eq!(new_findings(&blocked("5m"), &mut seen, &none), told);
    assert_eq!(new_findings(&blocked("1h20m"), &mut seen, &none), [""; 0]);
    assert_eq!(new_findings(&[], &mut seen, &none), [""; 0]);
    assert_eq!(new_findings(&blocked("5m"), &mut seen, &none), told);
    let many: Vec<Finding> = (0..7).map(|n| Finding::error("c/d", format!("sno{n} is gone"))).collect();
    let told = new_findings(&many, &mut seen, &|| "oc talm diagnose x".to_owned());
    assert_eq!((told.len(), told[5].as_str()), (6, "2 more findings: oc talm diagnose x"));
}

#[test]
fn what_is_deleted_and_what_holds_for_all_is_told_once() {
    let mut told = Told::default();
    let one = report(json!({}), &[("a", "NonCompliant")]);
    let mut look = |reports: &[StatusReport], whole: &[String]| {
        told.lines(reports, &|_| Vec::new(), &[], whole, &|_, _| false, &|_| String::new())
    };
    assert_eq!(look(&[one], &[]).len(), 1);
    let empty = ["none is left".to_owned()];
    assert_eq!(look(&[], &empty), ["n/u was deleted", "none is left"]);
    assert_eq!(look(&[], &empty), [""; 0]);
    assert_eq!(look(&[], &[]), [""; 0]);
    assert_eq!(look(&[], &empty), ["none is left"]);
}

#[test]
fn a_cgu_that_is_there_without_the_clusters_is_not_called_deleted() {
    let mut told = Told::new(true);
    let one = report(json!({}), &[("a", "NonCompliant")]);
    let mut look = |reports: &[StatusReport], is_there: bool| {
        told.lines(reports, &|_| Vec::new(), &[], &[], &|_, _| is_there, &|_| String::new())
    };
    assert_eq!(look(std::slice::from_ref(&one), true).len(), 1);
    assert_eq!(look(&[], true), ["n/u has none of the selected clusters any more"]);
    assert_eq!(look(&[one], true).len(), 1);
    assert_eq!(look(&[], false), ["n/u was deleted"]);
}

#[test]
fn an_error_of_one_that_has_ended_is_told_unless_it_was() {
    let mut told = Told::default();
    let ended = json!([{"type": "Succeeded", "status": "True", "reason": "Completed"}]);
    let one = [report(json!({"conditions": ended}), &[])];
    let findings =
        |_: &StatusReport| vec![Finding::error("a/b", "it is broken"), Finding::warning("c/d", "it may break")];
    let mut errors = || told.errors(&one, &findings, &|_| String::new());
    assert_eq!(errors(), ["n/u error: it is broken   [a/b]"]);
    assert_eq!(errors(), [""; 0]);
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

#[test]
fn what_cannot_end_is_told_only_when_nothing_else_is_left() {
    let refused =
        json!([{"type": "Validated", "status": "False", "reason": "NotAllManagedPoliciesExist", "message": ""}]);
    let ended = json!([{"type": "Succeeded", "status": "True", "reason": "Completed"}]);
    let running = json!([{"type": "Progressing", "status": "True", "reason": "InProgress"}]);
    let report = |conditions: &Value| report(json!({"conditions": conditions}), &[]);
    let (refused, ended, running) = (report(&refused), report(&ended), report(&running));
    let said = |reports: &[&StatusReport], is_one| {
        let reports: Vec<StatusReport> = reports.iter().map(|report| (*report).clone()).collect();
        of_all(&reports, is_one, " here", "10:00 UTC")
    };
    assert_eq!(said(&[], false).as_deref(), Some("no ClusterGroupUpgrade here yet; waits until 10:00 UTC"));
    let dead = "will never end as it stands: n/u; waits for a repair until 10:00 UTC";
    assert_eq!(said(&[&refused, &ended], false).as_deref(), Some(dead));
    assert_eq!(said(&[&refused], true), Some(dead.replace(": n/u", "")));
    assert_eq!(said(&[&refused, &running], false), None);
    assert_eq!(said(&[&ended], false), None);
}
