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
fn a_cgu_that_is_being_deleted_starts_nothing() {
    let mut object =
        cgu("u", json!({"clusters": ["a"], "managedPolicies": ["p"], "remediationStrategy": strategy(&[])}));
    object["metadata"]["deletionTimestamp"] = json!("2026-01-01T09:59:00Z");
    let objects = vec![object, cluster("a"), policy("n", "p", &[("a", "NonCompliant")]), copy("n", "p", "a", "inform")];
    let hub = hub(objects);
    let cgu = hub.cgu("n", "u").unwrap();
    let plan = plan(&hub, cgu, &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap());
    assert_eq!((plan.outcome, plan.status, plan.batches.len()), (Outcome::Deleting, cgu.status.clone(), 0));
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
        (&["a".to_owned()][..], &["b".to_owned(), "a".to_owned()][..])
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

fn prepared(spec: Value, states: Value, reason: &str) -> Plan {
    let done = if reason == "Failed" || reason == "InProgress" { "False" } else { "True" };
    let status = json!({"computedMaxConcurrency": 2, "precaching": {"status": states}, "conditions": [
        {"type": "PrecacheSpecValid", "status": "True", "reason": "PrecacheSpecIsWellFormed"},
        {"type": "PrecachingSuceeded", "status": done, "reason": reason}]});
    planned(spec, status)
}

#[test]
fn clusters_without_a_record_of_success_are_dropped() {
    let spec = json!({"preCaching": true, "remediationStrategy": strategy(&[])});
    let plan = prepared(spec, json!({"a": "Succeeded"}), "PrecachingCompleted");
    assert_eq!((plan.outcome, &*plan.filtered_out), (Outcome::Starts, &["c".to_owned()][..]), "c came later");
    assert_eq!(plan.status.remediation_plan, [["a"]]);
}

#[test]
fn batches_are_those_that_will_be_before_the_start_too() {
    let spec = json!({"enable": false, "preCaching": true, "remediationStrategy": strategy(&["a"])});
    let plan = prepared(spec, json!({"a": "PrecacheTimeout", "c": "Succeeded"}), "PartiallyDone");
    assert_eq!(plan.outcome, Outcome::NotEnabled);
    assert_eq!(plan.status.remediation_plan, [["a"], ["c"]], "as TALM writes it");
    assert_eq!(plan.batches.iter().map(|batch| &*batch.clusters[0]).collect::<Vec<_>>(), ["c"]);
    assert_eq!(plan.filtered_out, ["a"]);
    assert!(!plan.first_stop.contains_key("a"));
}

#[test]
fn clusters_that_are_lost_drop_out_while_jobs_still_run_elsewhere() {
    let spec = json!({"preCaching": true, "remediationStrategy": {"maxConcurrency": 1}});
    let plan = prepared(spec, json!({"a": "UnrecoverableError", "c": "Active"}), "InProgress");
    assert_eq!((plan.outcome, &*plan.filtered_out), (Outcome::Precaching, &["a".to_owned()][..]));
    assert_eq!(plan.status.remediation_plan, [["a"], ["c"]], "as TALM writes it");
    assert_eq!((plan.batches.len(), &*plan.batches[0].clusters), (1, &["c".to_owned()][..]));
    let status =
        json!({"backup": {"startedAt": "2026-01-01T09:55:00Z", "status": {"a": "BackupTimeout", "c": "Active"}}});
    let plan = planned(json!({"backup": true, "remediationStrategy": strategy(&[])}), status);
    assert_eq!((plan.outcome, &*plan.filtered_out), (Outcome::BackingUp, &["a".to_owned()][..]));
}

#[test]
fn no_clusters_left_is_the_end_even_of_one_that_is_not_enabled() {
    let spec = json!({"enable": false, "preCaching": true, "remediationStrategy": strategy(&[])});
    let plan = prepared(spec, json!({"a": "UnrecoverableError", "b": "Succeeded"}), "PartiallyDone");
    assert_eq!(plan.outcome, Outcome::NoClustersLeft);
    assert_eq!(last_condition(&plan), ("Failed", "No clusters available for remediation (Precaching failed)"));
    assert_eq!((plan.status.remediation_plan.len(), plan.batches.len()), (1, 0), "TALM keeps its plan");
    assert!(plan.status.status.completed_at.is_some() && plan.status.status.started_at.is_none());
}

#[test]
fn a_record_of_precaching_keeps_its_gate_closed() {
    let spec = json!({"preCaching": false, "remediationStrategy": strategy(&[])});
    let outcome = |reason: &str| prepared(spec.clone(), json!({"a": "Active"}), reason).outcome;
    assert_eq!(outcome("InProgress"), Outcome::PrecachingStuck);
    assert_eq!(outcome("Failed"), Outcome::PrecachingFailed);
    let status = json!({"precaching": {}, "conditions": [{"type": "PrecacheSpecValid", "status": "False"}]});
    assert_eq!(planned(spec, status).outcome, Outcome::PrecacheSpecIncomplete);
}

#[test]
fn a_record_of_a_backup_keeps_its_gate_closed() {
    let status = json!({"backup": {"status": {"a": "Active"}}, "conditions": [
        {"type": "BackupSuceeded", "status": "False", "reason": "InProgress"}]});
    let plan = planned(json!({"remediationStrategy": strategy(&[])}), status);
    assert_eq!((plan.outcome, last_condition(&plan).0), (Outcome::BackupStuck, "NotStarted"));
}

#[test]
fn blocked_time_is_gone() {
    let began = |at: &str| {
        let status = json!({"computedMaxConcurrency": 2, "status": {"startedAt": at}});
        planned(json!({"remediationStrategy": strategy(&["c"])}), status)
    };
    let plan = began("2026-01-01T09:20:00Z");
    assert_eq!((plan.outcome, plan.used_seconds), (Outcome::Starts, 2400));
    assert_eq!(plan.batches[0].time.budget_seconds, 600);
    let plan = began("2026-01-01T08:00:00Z");
    assert_eq!(plan.outcome, Outcome::TimesOut);
    assert_eq!(last_condition(&plan), ("TimedOut", "Policy remediation took too long"));
    assert_eq!(plan.status.clusters.len(), 1, "only the one that was compliant before");
    assert!(plan.status.status.current_batch == 0 && plan.status.status.completed_at.is_some());
}

#[test]
fn a_timeout_of_zero_is_dropped_from_a_new_cgu_and_counts_in_an_old_one() {
    let with = |timeout: i64, status: Value| {
        planned(json!({"remediationStrategy": {"maxConcurrency": 2, "timeout": timeout}}), status)
    };
    let plan = with(0, json!({}));
    assert_eq!((plan.outcome, plan.timeout_minutes), (Outcome::Starts, 240));
    assert_eq!(with(0, json!({"computedMaxConcurrency": 2})).outcome, Outcome::TimesOut);
    assert_eq!(with(-5, json!({})).outcome, Outcome::TimesOut);
}

#[test]
fn an_empty_list_of_clusters_is_dropped_from_a_new_cgu() {
    let of = |status: Value| {
        let mut object = cgu("u", json!({"clusters": [], "remediationStrategy": strategy(&[])}));
        object["status"] = status;
        let hub = hub(vec![object]);
        plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap())
    };
    let new = of(json!({}));
    assert_eq!(new.outcome, Outcome::ClustersNotSelected);
    assert!(last_condition(&new).1.ends_with("no cluster specified for remediation"));
    assert_eq!(of(json!({"computedMaxConcurrency": 1})).outcome, Outcome::NothingToDo);
}

/// Policies with their objects; `a` is compliant with the second and not with the first.
fn with_policies(mut spec: Value, first: Value, second: Value) -> Plan {
    spec["clusters"] = json!(["a"]);
    spec["managedPolicies"] = json!(["p", "q"]);
    let mut objects = vec![cluster("a"), cgu("u", spec)];
    for (name, state, templates) in [("p", "NonCompliant", first), ("q", "Compliant", second)] {
        let mut object = policy("n", name, &[("a", state)]);
        object["spec"]["policy-templates"][0]["objectDefinition"]["spec"] = templates;
        objects.extend([object, copy("n", name, "a", "inform")]);
    }
    let hub = hub(objects);
    plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap())
}

fn holding(object: Value) -> Value {
    json!({"object-templates": [{"complianceType": "musthave", "objectDefinition": object}]})
}

fn subscription() -> Value {
    holding(json!({"apiVersion": "operators.coreos.com/v1alpha1", "kind": "Subscription",
        "metadata": {"name": "s", "namespace": "o"}, "spec": {"name": "s", "channel": "stable"}}))
}

#[test]
fn a_release_that_cannot_be_found_out_fails_the_pass_without_a_word() {
    let release = holding(json!({"kind": "ClusterVersion", "spec": {"channel": "stable-4.20"}}));
    let spec = json!({"preCaching": true, "remediationStrategy": strategy(&[])});
    let plan = with_policies(spec, subscription(), release);
    assert_eq!(plan.outcome, Outcome::PassFails);
    assert!(plan.failure.unwrap().contains("must have upstream, channel, and version"));
    assert!(plan.status.conditions.is_empty() && plan.status.precaching.is_none());
    assert_eq!(plan.status.computed_max_concurrency, 1, "TALM writes it before");
}

#[test]
fn raw_templates_that_leave_nothing_fail_the_pass() {
    let raw = json!({"object-templates-raw": "{{- range .x }}\n{{ toYAML . }}\n{{- end }}\n"});
    let plan = with_policies(json!({"remediationStrategy": strategy(&[])}), raw, subscription());
    assert_eq!(plan.outcome, Outcome::PassFails);
    assert!(plan.failure.unwrap().starts_with("it breaks off at policy p"));
    assert!(plan.status.conditions.is_empty(), "not even Validated");
}

#[test]
fn contents_are_listed_once_everything_is_valid() {
    let other = holding(json!({"kind": "ConfigMap"}));
    let plan = |spec: Value| with_policies(spec, subscription(), other.clone()).status;
    let valid = plan(json!({"remediationStrategy": strategy(&[])}));
    assert!(valid.managed_policies_content.contains_key("p"));
    let refused =
        with_policies(json!({"remediationStrategy": strategy(&[])}), subscription(), json!({"severity": "low"}));
    assert_eq!(refused.outcome, Outcome::NotValid);
    assert!(refused.status.managed_policies_content.is_empty() && !refused.status.managed_policies_ns.is_empty());
}

#[test]
fn a_cluster_that_soaks_at_the_start_gets_its_stamp() {
    let mut soaking = policy("n", "p", &[("a", "Compliant"), ("b", "NonCompliant")]);
    soaking["metadata"]["annotations"] = json!({"ran.openshift.io/soak-seconds": "60"});
    let spec = json!({"clusters": ["a", "b"], "managedPolicies": ["p", "q"], "remediationStrategy": strategy(&[])});
    let mut objects = vec![soaking, policy("n", "q", &[("a", "NonCompliant")]), cgu("u", spec)];
    objects.extend(["a", "b"].map(cluster));
    objects.extend([("p", "a"), ("p", "b"), ("q", "a")].map(|(name, on)| copy("n", name, on, "inform")));
    let hub = hub(objects);
    let now = "2026-01-01T10:00:00Z".parse().unwrap();
    let plan = plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, now);
    let progress = &plan.status.status.current_batch_remediation_progress;
    assert_eq!((progress["a"].policy_index, progress["a"].first_compliant_at), (Some(0), Some(now)));
    assert_eq!((progress["b"].policy_index, progress["b"].first_compliant_at), (Some(0), None));
}
