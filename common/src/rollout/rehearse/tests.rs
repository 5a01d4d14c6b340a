//! The rules, on cases that can be reckoned by hand; what always holds is in `common/tests/rehearse.rs`.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::*;
use crate::rollout::example::{cgu, cluster, copy, hub, policy};
use crate::rollout::{Hub, NoGraph, plan};

const OPTIONS: Options = Options { runs: 1, seed: 1 };

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("c{n}")).collect()
}

/// A hub of clusters on which all of these policies are open.
fn open(count: usize, policies: &[(&str, Option<&str>)], spec: Value) -> Hub {
    let names = names(count);
    let states: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "NonCompliant")).collect();
    let mut objects: Vec<Value> = names.iter().map(|name| cluster(name)).collect();
    for (name, soak) in policies {
        let mut object = policy("n", name, &states);
        if let Some(soak) = soak {
            object["metadata"]["annotations"] = json!({"ran.openshift.io/soak-seconds": soak});
        }
        objects.push(object);
        objects.extend(names.iter().map(|cluster| copy("n", name, cluster, "inform")));
    }
    let mut whole = json!({"clusters": names, "managedPolicies": policies.iter().map(|p| p.0).collect::<Vec<_>>()});
    if let (Some(whole), Value::Object(spec)) = (whole.as_object_mut(), spec) {
        whole.extend(spec);
    }
    objects.push(cgu("u", whole));
    hub(objects)
}

fn strategy(size: i64, minutes: i64) -> Value {
    json!({"maxConcurrency": size, "timeout": minutes})
}

fn scenario(hub: &Hub, model: &str) -> Scenario {
    let text = format!("{{apiVersion: ztp-plugins/v1alpha1, kind: RehearsalModel, {model}}}");
    let model = Model::read("model", &text).unwrap();
    let cgu = hub.cgu("n", "u").unwrap();
    Scenario::new(hub, cgu, &plan(hub, cgu, &NoGraph, "2026-01-01T22:00:00Z".parse().unwrap()), &model).unwrap()
}

fn played(scenario: &Scenario, window: Option<i64>) -> Run {
    let goal = Goal { window: window.map(SignedDuration::from_mins), allowed_left: 0 };
    rehearsal::play(scenario, goal, OPTIONS)[0]
}

fn minutes(millis: i64) -> f64 {
    millis as f64 / 60_000.0
}

/// The one cluster of each batch that fails is told by a policy of its own that never succeeds there.
fn failing_on(count: usize, clusters: &[&str], spec: Value) -> Hub {
    let mut hub = open(count, &[("p", None)], spec);
    let states: Vec<(&str, &str)> = clusters.iter().map(|name| (*name, "NonCompliant")).collect();
    let whole: Hub = crate::rollout::example::hub(vec![policy("n", "bad", &states)]);
    hub.policies.extend(whole.policies);
    for name in clusters {
        let more = crate::rollout::example::hub(vec![copy("n", "bad", name, "inform")]);
        hub.copies.get_mut(*name).unwrap().extend(more.copies_on(name).to_vec());
    }
    let cgu = hub.cgus.get_mut(&("n".to_owned(), "u".to_owned())).unwrap();
    cgu.spec.managed_policies.push("bad".to_owned());
    hub
}

const BAD: &str = "policies: {p: {duration: {p50: 20m}}, bad: {duration: {p50: 1m}, failure: 100%}}";

#[test]
fn batches_follow_each_other_at_once() {
    let hub = open(6, &[("p", None), ("q", None)], json!({"remediationStrategy": strategy(2, 240)}));
    let scenario = scenario(&hub, "policies: {p: {duration: {p50: 20m}}, q: {duration: {p50: 7m}}}");
    let run = played(&scenario, Some(60));
    assert_eq!((run.how, minutes(run.end), run.left), (End::Completed, 81.0, 0));
    // At 60 minutes the third batch is under way.
    assert_eq!((run.left_at_close, run.in_flight, run.broken), (2, 2, Some(2)));
    let told = rehearse(&scenario, Goal { window: Some(SignedDuration::from_mins(81)), allowed_left: 0 }, OPTIONS);
    assert_eq!((told.fits, told.end_seconds.p95, told.left.max), (1, 4860, 0));
    let starts: Vec<i64> = told.batches.iter().map(|batch| batch.start_seconds.p50 / 60).collect();
    assert_eq!(starts, [0, 27, 54]);
}

#[test]
fn what_a_cluster_is_compliant_with_takes_no_time() {
    let mut hub = open(2, &[("p", None), ("q", None)], json!({"remediationStrategy": strategy(2, 240)}));
    let states = [("c1", "Compliant"), ("c2", "NonCompliant")];
    hub.policies.extend(crate::rollout::example::hub(vec![policy("n", "p", &states)]).policies);
    let scenario = scenario(&hub, "policies: {p: {duration: {p50: 20m}}, q: {duration: {p50: 7m}}}");
    let told = rehearse(&scenario, Goal { window: Some(SignedDuration::from_mins(10)), allowed_left: 1 }, OPTIONS);
    assert_eq!((told.end_seconds.max, told.left.max, told.fits), (27 * 60, 1, 1));
}

#[test]
fn a_policy_listed_twice_takes_its_time_once() {
    let hub =
        open(1, &[("p", Some("30"))], json!({"managedPolicies": ["p", "p"], "remediationStrategy": strategy(1, 240)}));
    let run = played(&scenario(&hub, "default: {duration: {p50: 20m}}"), None);
    assert_eq!((run.how, minutes(run.end)), (End::Completed, 21.0), "it soaks at both places");
}

#[test]
fn a_batch_time_out_is_noticed_at_the_next_look() {
    // Two batches share 62 minutes: the first has 31, and TALM looks at 35.
    let hub = failing_on(2, &["c1"], json!({"remediationStrategy": strategy(1, 62), "batchTimeoutAction": "Abort"}));
    let run = played(&scenario(&hub, BAD), None);
    assert_eq!((run.how, minutes(run.end), run.left, run.broken), (End::Aborted, 35.0, 2, Some(0)));
}

#[test]
fn a_change_of_compliance_is_a_look_as_well() {
    // The budget is 31 minutes. At 32, before TALM's own look, the second cluster of the batch is done.
    let hub = failing_on(3, &["c1"], json!({"remediationStrategy": strategy(2, 62), "batchTimeoutAction": "Abort"}));
    let model = "policies: {p: {duration: {p50: 32m}}, bad: {duration: {p50: 1m}, failure: 100%}}";
    let run = played(&scenario(&hub, model), None);
    assert_eq!((run.how, minutes(run.end)), (End::Aborted, 32.0));
    assert_eq!((run.left, minutes(run.last_done)), (2, 32.0), "the second cluster is done at that look");
}

#[test]
fn with_continue_the_others_go_on_and_the_end_waits() {
    let hub = failing_on(3, &["c1"], json!({"remediationStrategy": strategy(1, 120)}));
    let told = rehearse(&scenario(&hub, BAD), Goal::default(), OPTIONS);
    // 40 minutes for the first; 20 each for the two others; then the end waits for the first.
    let starts: Vec<i64> = told.batches.iter().map(|batch| batch.start_seconds.p50 / 60).collect();
    assert_eq!((starts, told.end_seconds.p50 / 60), (vec![0, 40, 60], 120));
    assert_eq!((told.ends.timed_out, told.left.p50, told.last_done_seconds.p50 / 60), (1, 1, 80));
    assert_eq!(told.breaks, [(1, 1)]);
}

#[test]
fn a_cluster_that_is_late_ends_the_wait() {
    // Its batch has 40 of 120 minutes; it takes 90. The two others take until 60.
    let mut hub = failing_on(3, &["c1"], json!({"remediationStrategy": strategy(1, 120)}));
    hub.cgus.get_mut(&("n".to_owned(), "u".to_owned())).unwrap().spec.managed_policies.swap(0, 1);
    let model = |p: &str| format!("policies: {{p: {{duration: {{p50: 10m}}}}, bad: {{duration: {{p50: {p}}}}}}}");
    // Its second policy is never begun: TALM no longer leads it.
    let run = played(&scenario(&hub, &model("90m")), None);
    assert_eq!((run.how, minutes(run.end), run.left), (End::TimedOut, 120.0, 1));
    hub.cgus.get_mut(&("n".to_owned(), "u".to_owned())).unwrap().spec.managed_policies.swap(0, 1);
    let run = played(&scenario(&hub, &model("80m")), None);
    assert_eq!((run.how, minutes(run.end), run.left), (End::Completed, 90.0, 0));
}

#[test]
fn a_canary_that_fails_ends_it_whatever_the_action() {
    let strategy = json!({"canaries": ["c3"], "maxConcurrency": 1, "timeout": 120});
    let hub = failing_on(3, &["c3"], json!({"remediationStrategy": strategy, "batchTimeoutAction": "Continue"}));
    let scenario = scenario(&hub, BAD);
    assert!(scenario.batches[0].canary && scenario.batches[0].judged_as_canary);
    let run = played(&scenario, None);
    assert_eq!((run.how, minutes(run.end), run.left, run.broken), (End::CanaryFailed, 40.0, 3, Some(0)));
}

#[test]
fn a_batch_is_judged_as_canary_by_the_number_of_canaries() {
    // The first canary is listed, but compliant: the first ordinary batch stands in its place.
    let strategy = json!({"canaries": ["c9"], "maxConcurrency": 1, "timeout": 120});
    let mut hub = failing_on(3, &["c1"], json!({"remediationStrategy": strategy}));
    let extra = crate::rollout::example::hub(vec![cluster("c9")]);
    hub.clusters.extend(extra.clusters);
    hub.cgus.get_mut(&("n".to_owned(), "u".to_owned())).unwrap().spec.clusters.as_mut().unwrap().push("c9".to_owned());
    assert_eq!(played(&scenario(&hub, BAD), None).how, End::CanaryFailed);
}

#[test]
fn the_last_batch_has_the_time_of_the_whole() {
    let hub = failing_on(1, &["c1"], json!({"remediationStrategy": strategy(1, 33), "batchTimeoutAction": "Abort"}));
    let run = played(&scenario(&hub, BAD), None);
    assert_eq!((run.how, minutes(run.end)), (End::TimedOut, 35.0));
}

#[test]
fn soak_is_waited_for_in_half_minutes() {
    let hub = open(2, &[("p", Some("45"))], json!({"remediationStrategy": strategy(1, 240)}));
    let run = played(&scenario(&hub, "default: {duration: {p50: 10m}}"), None);
    assert_eq!((run.how, minutes(run.end)), (End::Completed, 22.0));
}

#[test]
fn time_spent_blocked_is_lost() {
    let hub = open(4, &[("p", None)], json!({"remediationStrategy": strategy(1, 60)}));
    let model = |blocked: &str| format!("default: {{duration: {{p50: 10m}}}}, blocked: {{p50: {blocked}}}");
    let run = played(&scenario(&hub, &model("19m30s")), None);
    // Looked at once a minute: it starts at 20, and 40 minutes are enough for three, not for the fourth.
    assert_eq!((run.how, minutes(run.end), run.left), (End::TimedOut, 60.0, 1));
    let run = played(&scenario(&hub, &model("2h")), None);
    assert_eq!((run.how, minutes(run.end), run.left), (End::TimedOut, 120.0, 4));
}

#[test]
fn time_used_up_before_the_start_is_not_played_again() {
    let mut hub = open(2, &[("p", None)], json!({"remediationStrategy": strategy(1, 60)}));
    let cgu = hub.cgus.get_mut(&("n".to_owned(), "u".to_owned())).unwrap();
    cgu.status.status.started_at = "2026-01-01T21:20:00Z".parse().ok();
    let model = |time: &str| format!("default: {{duration: {{p50: {time}}}}}");
    let run = played(&scenario(&hub, &model("10m")), None);
    assert_eq!((run.how, minutes(run.end), run.left), (End::TimedOut, 20.0, 1));
    let told = rehearse(&scenario(&hub, &model("9m")), Goal::default(), OPTIONS);
    assert_eq!((told.ends.completed, told.timeout_seconds, told.used_seconds), (1, 3600, 2400));
}

#[test]
fn a_cluster_that_is_away_gets_nowhere() {
    let mut hub = open(2, &[("p", None)], json!({"remediationStrategy": strategy(2, 60)}));
    let mut away = cluster("c2");
    away["status"] = json!({"conditions": [{"type": "ManagedClusterConditionAvailable", "status": "Unknown"}]});
    hub.clusters.extend(crate::rollout::example::hub(vec![away]).clusters);
    let scenario = scenario(&hub, "default: {duration: {p50: 10m}}");
    assert_eq!((scenario.hopeless.clone(), scenario.chance_of_all()), (vec!["c2".to_owned()], 0.0));
    assert_eq!(played(&scenario, None).left, 1);
}

#[test]
fn the_label_name_matters_only_where_talm_places_by_it() {
    let mut hub = open(2, &[("p", None)], json!({"remediationStrategy": strategy(2, 60)}));
    hub.clusters.get_mut("c2").unwrap().metadata.labels.clear();
    let hopeless = |hub: &Hub| scenario(hub, "default: {duration: {p50: 10m}}").hopeless;
    assert_eq!(hopeless(&hub), ["c2"]);
    hub.places_with_rules = true;
    assert_eq!(hopeless(&hub), [""; 0]);
}

#[test]
fn batches_that_use_all_their_time_begin_when_the_plan_says() {
    let hub = failing_on(5, &["c1", "c2", "c3", "c4", "c5"], json!({"remediationStrategy": strategy(1, 243)}));
    let cgu = hub.cgu("n", "u").unwrap();
    let planned = plan(&hub, cgu, &NoGraph, "2026-01-01T22:00:00Z".parse().unwrap());
    // Without the delay of looks, to the second.
    let scenario = scenario(&hub, BAD).looked_at_every(SignedDuration::ZERO);
    let told = rehearse(&scenario, Goal::default(), OPTIONS);
    for (batch, plan) in told.batches.iter().zip(&planned.batches) {
        assert_eq!(batch.start_seconds.max, plan.time.latest_start_seconds, "batch {}", plan.number);
    }
    assert_eq!(told.batches[0].end_seconds.max, planned.batches[0].time.budget_seconds);
}

#[test]
fn manifest_works_are_not_looked_at_again() {
    let mut hub = open(2, &[], json!({"remediationStrategy": strategy(1, 120), "manifestWorkTemplates": ["t"]}));
    let template = json!({"apiVersion": "work.open-cluster-management.io/v1alpha1", "kind": "ManifestWorkReplicaSet",
        "metadata": {"name": "t", "namespace": "n"}, "spec": {}});
    hub.templates.extend(crate::rollout::example::hub(vec![template]).templates);
    let run = played(&scenario(&hub, "default: {duration: {p50: 10m}}"), None);
    assert_eq!((run.how, minutes(run.end)), (End::Completed, 20.0));
    let run = played(&scenario(&hub, "default: {duration: {p50: 10m}, failure: 100%}"), None);
    assert_eq!((run.how, minutes(run.end), run.left), (End::TimedOut, 120.0, 2));
}

#[test]
fn a_larger_batch_is_suggested_where_it_helps() {
    let hub = open(12, &[("p", None)], json!({"remediationStrategy": strategy(2, 240)}));
    let now: jiff::Timestamp = "2026-01-01T22:00:00Z".parse().unwrap();
    let text = "{apiVersion: ztp-plugins/v1alpha1, kind: RehearsalModel, default: {duration: {p50: 30m}}}";
    let model = Model::read("m", text).unwrap();
    let build = |size: Option<i64>, minutes: Option<i64>| {
        let mut cgu = hub.cgu("n", "u").unwrap().clone();
        let strategy = &mut cgu.spec.remediation_strategy;
        strategy.max_concurrency = size.unwrap_or(strategy.max_concurrency);
        strategy.timeout = minutes.or(strategy.timeout);
        Scenario::new(&hub, &cgu, &plan(&hub, &cgu, &NoGraph, now), &model).ok()
    };
    // Six batches take three hours; the window has two: four batches of three.
    let goal = Goal { window: Some(SignedDuration::from_mins(120)), allowed_left: 0 };
    let told = rehearse(&build(None, None).unwrap(), goal, OPTIONS);
    let found = suggest(&told, goal, OPTIONS, 0.95, &build);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].batches), (SuggestionKind::MaxConcurrency { max_concurrency: 3 }, 4));
}
