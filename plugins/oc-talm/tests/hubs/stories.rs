//! The stories, one hub each.

use serde_json::{Value, json};

use super::Story;
use super::objects::{
    NAMESPACE, cgu, cluster, condition, ended, operator_policy, policy, references, running, spec, with_label,
};

const ONE: &[&str] = &["status", "status rollout -n fleet", "plan rollout -n fleet", "diagnose rollout -n fleet"];
const RUNNING: &[&str] = &[
    "status",
    "status rollout -n fleet",
    "plan rollout -n fleet",
    "plan cgu/rollout -n fleet --max-concurrency 3",
    "diagnose fleet/rollout",
];
const WATCHED: &[&str] = &["status", "status rollout -n fleet", "diagnose rollout -n fleet"];

pub const STORIES: &[Story] = &[
    Story { name: "ready", objects: ready, commands: READY },
    Story { name: "running", objects: in_batch_two, commands: RUNNING },
    Story { name: "canary-timed-out", objects: canary_timed_out, commands: WATCHED },
    Story {
        name: "blocked",
        objects: blocked,
        commands: &["status", "plan rollout -n fleet", "diagnose late -n fleet"],
    },
    Story { name: "invalid", objects: invalid, commands: ONE },
    Story { name: "not-selected", objects: not_selected, commands: ONE },
    Story { name: "soaking", objects: soaking, commands: WATCHED },
    Story { name: "precached", objects: precached, commands: ONE },
    Story { name: "drifted", objects: drifted, commands: WATCHED },
    Story { name: "ztp", objects: ztp, commands: ZTP },
    Story { name: "large", objects: large, commands: LARGE },
    Story { name: "night", objects: night, commands: NIGHT },
];

const READY: &[&str] = &[
    "status",
    "plan rollout -n fleet",
    "plan rollout -n fleet -o wide",
    "plan what-if -n fleet -l tier=edge --policy base --canary e2 --max-concurrency 3 --rollout-timeout 90m",
    "diagnose rollout -n fleet",
];
const ZTP: &[&str] = &["status", "diagnose --ztp late", "diagnose --ztp wrong", "diagnose ordered -n ztp-install"];
const LARGE: &[&str] = &[
    "status",
    "status rollout -n fleet",
    "status -l tier=edge",
    "status rollout -n fleet --clusters e66,e3500",
    "plan next -n fleet -l tier=edge --policy base --canary e1,e2 --max-concurrency 100 --rollout-timeout 12h",
];

const NIGHT: &[&str] = &[
    "rehearse night -n fleet --window 22:00-04:00 --runs 400",
    "rehearse night -n fleet --window 22:00-01:00 --runs 400",
    "rehearse night -n fleet --window 22:00-01:00 --runs 400 --suggest",
    "rehearse night -n fleet --duration base=30m~50m --duration extra=5m --failure 1% --window 22:00-04:00 --allow-left 1 \
     --runs 400",
    "rehearse night -n fleet --batch-timeout-action abort --failure extra=5% --runs 400",
    "rehearse after -n fleet --duration 20m --runs 1 --blocked-for 30m",
    "rehearse night -n fleet --model-out",
    "rehearse night -n fleet --window 22:00-04:00 --start 21:00",
    "rehearse night -n fleet --failure bsae=2%",
];

fn edges(count: usize) -> Vec<Value> {
    (1..=count).map(|number| cluster(&format!("e{number}"), "True")).collect()
}

fn ready() -> Vec<Value> {
    let mut objects = edges(6);
    objects[3] = cluster("e4", "Unknown");
    objects[4] = with_label(cluster("e5", "True"), "name", None);
    let open: Vec<(&str, &str)> = ["e1", "e2", "e4", "e5", "e6"].map(|name| (name, "NonCompliant")).to_vec();
    objects.extend(policy("base", Some("1"), "inform", &[&open[..], &[("e3", "Compliant")]].concat()));
    objects.extend(policy("extra", Some("10"), "inform", &[("e6", "NonCompliant")]));
    objects.extend(policy("forced", Some("20"), "enforce", &[("e1", "NonCompliant")]));
    let canary = json!({"enable": false,
        "remediationStrategy": {"canaries": ["e1"], "maxConcurrency": 2, "timeout": 240}});
    let all = ["e1", "e2", "e3", "e4", "e5", "e6"];
    let conditions = vec![
        condition("ClustersSelected", "True", "ClusterSelectionCompleted", "All selected clusters are valid"),
        condition("Validated", "True", "ValidationCompleted", "Completed validation"),
        condition("Progressing", "False", "NotEnabled", "Not enabled"),
    ];
    let status = json!({"conditions": conditions, "remediationPlan": [["e1"], ["e2", "e4"], ["e5", "e6"]],
        "managedPoliciesForUpgrade": references(&["base", "extra"])});
    objects.push(cgu("rollout", spec(&all, &["base", "extra", "forced"], canary), status));
    objects
}

fn in_batch_two() -> Vec<Value> {
    let mut objects = edges(4);
    objects[3] = cluster("e4", "False");
    let states = [("e1", "NonCompliant"), ("e2", "Compliant"), ("e3", "Pending"), ("e4", "NonCompliant")];
    objects.extend(policy("base", Some("1"), "inform", &states));
    let status = json!({"conditions": running(), "remediationPlan": [["e1", "e2"], ["e3", "e4"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [{"name": "e1", "state": "timedout", "currentPolicy": {"name": "base", "status": "NonCompliant"}},
            {"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 2,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": {
                "e3": {"state": "InProgress", "policyIndex": 0}, "e4": {"state": "InProgress", "policyIndex": 0}}}});
    objects.push(cgu("rollout", spec(&["e1", "e2", "e3", "e4"], &["base"], json!({})), status));
    objects
}

fn canary_timed_out() -> Vec<Value> {
    let mut objects = edges(3);
    objects.extend(policy("base", None, "inform", &["e1", "e2", "e3"].map(|name| (name, "NonCompliant"))));
    let text = "Policy remediation took too long on canary clusters";
    let status = json!({"conditions": ended("False", "TimedOut", text), "remediationPlan": [["e2"], ["e1", "e3"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T10:00:10Z"}});
    let strategy = json!({"remediationStrategy": {"canaries": ["e2"], "maxConcurrency": 2, "timeout": 240}});
    objects.push(cgu("rollout", spec(&["e1", "e2", "e3"], &["base"], strategy), status));
    objects
}

fn blocked() -> Vec<Value> {
    let mut objects = edges(2);
    objects.extend(policy("base", None, "inform", &[("e1", "NonCompliant"), ("e2", "NonCompliant")]));
    let waiting = |message: &str, reason: &str| {
        let mut conditions = running();
        conditions[2] = condition("Progressing", "False", reason, message);
        json!({"conditions": conditions, "remediationPlan": [["e1"]],
            "managedPoliciesForUpgrade": references(&["base"]), "status": {"startedAt": "2026-01-01T09:00:00Z"}})
    };
    let behind = |name: &str| json!({"blockingCRs": [{"name": name, "namespace": NAMESPACE}]});
    let incomplete =
        |name: &str| waiting(&format!("Blocking CRs that are not completed: [{name}]"), "IncompleteBlockingCR");
    objects.extend([
        cgu("rollout", spec(&["e1"], &["base"], behind("other")), incomplete("other")),
        cgu("other", spec(&["e2"], &["base"], behind("rollout")), incomplete("rollout")),
        cgu(
            "late",
            spec(&["e2"], &["base"], behind("ghost")),
            waiting("Missing blocking CRs: [ghost]", "MissingBlockingCR"),
        ),
    ]);
    objects
}

fn invalid() -> Vec<Value> {
    let mut objects = edges(2);
    let states = [("e1", "NonCompliant"), ("e2", "NonCompliant")];
    objects.extend(policy("base-config", None, "inform", &states));
    objects.extend(policy("unbound", None, "inform", &[]));
    objects.extend(policy("forced", None, "enforce", &states));
    objects.extend(operator_policy("operator", &states));
    objects.push(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "PlacementBinding",
        "metadata": {"name": "base-config", "namespace": NAMESPACE},
        "placementRef": {"kind": "Placement", "name": "base-config"},
        "subjects": [{"kind": "Policy", "name": "base-config"}]}));
    let names = ["base-config", "bas-config", "unbound", "forced", "operator"];
    let mut conditions = running();
    conditions[1] =
        condition("Validated", "False", "NotAllManagedPoliciesExist", "Invalid managed policies: [operator] ");
    conditions.pop();
    objects.push(cgu("rollout", spec(&["e1", "e2"], &names, json!({})), json!({"conditions": conditions})));
    objects
}

fn not_selected() -> Vec<Value> {
    let mut objects = edges(2);
    objects.extend(policy("base", None, "inform", &[("e1", "NonCompliant")]));
    let text = "Unable to select clusters: cluster e11 is not a ManagedCluster";
    let status = json!({"conditions": [condition("ClustersSelected", "False", "ClusterNotFound", text)]});
    let strategy = json!({"remediationStrategy": {"canaries": ["e3"], "maxConcurrency": 0}});
    objects.push(cgu("rollout", spec(&["e1", "e11", "north"], &["base"], strategy), status));
    objects
}

fn soaking() -> Vec<Value> {
    let mut objects = edges(2);
    let mut base = policy("base", None, "inform", &[("e1", "Compliant"), ("e2", "NonCompliant")]);
    base[0]["metadata"]["annotations"] = json!({"ran.openshift.io/soak-seconds": "600"});
    objects.extend(base);
    let status = json!({"conditions": running(), "remediationPlan": [["e1", "e2"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "status": {"startedAt": "2026-01-01T11:40:00Z", "currentBatch": 1,
            "currentBatchStartedAt": "2026-01-01T11:40:00Z", "currentBatchRemediationProgress": {
                "e1": {"state": "InProgress", "policyIndex": 0, "firstCompliantAt": "2026-01-01T11:55:00Z"},
                "e2": {"state": "InProgress", "policyIndex": 0}}}});
    objects.push(cgu("rollout", spec(&["e1", "e2"], &["base"], json!({})), status));
    objects
}

fn precached() -> Vec<Value> {
    let mut objects = edges(3);
    objects.extend(policy("base", None, "inform", &["e1", "e2", "e3"].map(|name| (name, "NonCompliant"))));
    let mut conditions = running();
    conditions.insert(2, condition("PrecachingSuceeded", "True", "PartiallyDone", "Precaching failed for 1 clusters"));
    let status = json!({"conditions": conditions, "remediationPlan": [["e1", "e3"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "precaching": {"status": {"e1": "Succeeded", "e2": "UnrecoverableError", "e3": "Succeeded"}},
        "status": {"startedAt": "2026-01-01T11:00:00Z", "currentBatch": 1,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": {
                "e1": {"state": "Completed"}, "e3": {"state": "InProgress", "policyIndex": 0}}}});
    objects.push(cgu("rollout", spec(&["e1", "e2", "e3"], &["base"], json!({"preCaching": true})), status));
    objects
}

fn drifted() -> Vec<Value> {
    let mut objects = edges(2);
    objects.extend(policy("base", None, "inform", &[("e1", "Compliant"), ("e2", "NonCompliant")]));
    let text = "All clusters are compliant with all the managed policies";
    let status = json!({"conditions": ended("True", "Completed", text), "remediationPlan": [["e1", "e2"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [{"name": "e1", "state": "complete"}, {"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T08:40:00Z"}});
    objects.push(cgu("rollout", spec(&["e1", "e2"], &["base"], json!({})), status));
    objects
}

/// `late` was available before its policies, `wrong` has a wave that is no number, `ordered` is all right.
fn ztp() -> Vec<Value> {
    let mut objects = vec![
        with_label(cluster("late", "True"), "ztp-done", Some("")),
        cluster("wrong", "True"),
        with_label(cluster("ordered", "True"), "ztp-done", Some("")),
    ];
    objects.extend(policy("first", Some("1"), "inform", &[("late", "NonCompliant"), ("ordered", "Compliant")]));
    objects.extend(policy("words", Some("ten"), "inform", &[("wrong", "NonCompliant")]));
    objects.extend(policy("unordered", None, "inform", &[("ordered", "NonCompliant")]));
    let made = |name: &str, policies: &[&str], text: &str| {
        let status = json!({"conditions": ended("True", "Completed", text),
            "clusters": [{"name": name, "state": "complete"}],
            "status": {"startedAt": "2026-01-01T09:00:00Z", "completedAt": "2026-01-01T09:00:00Z"}});
        let mut object = cgu(name, spec(&[name], policies, json!({})), status);
        object["metadata"]["namespace"] = json!("ztp-install");
        object
    };
    let nothing = "All clusters already compliant with the specified managed policies";
    objects.push(made("late", &[], nothing));
    objects.push(made("ordered", &["first"], "All clusters are compliant with all the managed policies"));
    objects
}

/// 3500 clusters in batches of 200: ten done, one under way, thirty clusters timed out.
fn large() -> Vec<Value> {
    let names: Vec<String> = (1..=3500).map(|number| format!("e{number}")).collect();
    let mut objects: Vec<Value> = names.iter().map(|name| cluster(name, "True")).collect();
    let is_late = |number: usize| number <= 2000 && number.is_multiple_of(66);
    let states: Vec<(&str, &str)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), if at < 2100 && !is_late(at + 1) { "Compliant" } else { "NonCompliant" }))
        .collect();
    objects.extend(policy("base", Some("1"), "inform", &states));
    let done: Vec<Value> = names[..2000]
        .iter()
        .enumerate()
        .map(|(at, name)| json!({"name": name, "state": if is_late(at + 1) { "timedout" } else { "complete" }}))
        .collect();
    let progress: serde_json::Map<String, Value> = names[2000..2200]
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let running = json!({"state": "InProgress", "policyIndex": 0});
            (name.clone(), if at < 100 { json!({"state": "Completed"}) } else { running })
        })
        .collect();
    let batches: Vec<&[String]> = names.chunks(200).collect();
    let status = json!({"conditions": running(), "remediationPlan": batches, "clusters": done,
        "managedPoliciesForUpgrade": references(&["base"]),
        "status": {"startedAt": "2026-01-01T02:00:00Z", "currentBatch": 11,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": progress}});
    let strategy = json!({"remediationStrategy": {"maxConcurrency": 200, "timeout": 1080}});
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    objects.push(cgu("rollout", spec(&all, &["base"], strategy), status));
    for number in 1..=25 {
        let waits = json!({"enable": false, "remediationStrategy": {"maxConcurrency": 1}});
        let not_enabled = json!({"conditions": [condition("Progressing", "False", "NotEnabled", "Not enabled")]});
        objects.push(cgu(&format!("wave-{number:02}"), spec(&["e1"], &["base"], waits), not_enabled));
    }
    objects
}

/// A rollout for tonight, one that waits for it, and two pilots to learn from.
fn night() -> Vec<Value> {
    let mut objects = edges(26);
    objects[20] = cluster("e21", "Unknown");
    let names: Vec<String> = (1..=24).map(|number| format!("e{number}")).collect();
    let open: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "NonCompliant")).collect();
    let done = [("e25", "Compliant"), ("e26", "Compliant")];
    objects.extend(policy("base", Some("1"), "inform", &[&open[..], &done].concat()));
    objects.extend(policy("extra", Some("10"), "inform", &[&open[..18], &done].concat()));
    let clusters: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "e21").collect();
    let strategy = json!({"enable": false,
        "remediationStrategy": {"canaries": ["e1"], "maxConcurrency": 6, "timeout": 360}});
    objects.push(cgu("night", spec(&clusters, &["base", "extra"], strategy), json!({})));
    let after = json!({"blockingCRs": [{"name": "night", "namespace": NAMESPACE}]});
    objects.push(cgu("after", spec(&["e21", "e22"], &["base"], after), json!({})));
    let pilot = |name: &str, cluster: &str, until: &str| {
        let status = json!({"conditions": ended("True", "Completed", "All clusters are compliant"),
            "remediationPlan": [[cluster]], "managedPoliciesForUpgrade": references(&["base", "extra"]),
            "clusters": [{"name": cluster, "state": "complete"}],
            "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": until}});
        cgu(name, spec(&[cluster], &["base", "extra"], json!({})), status)
    };
    objects.push(pilot("pilot-1", "e25", "2026-01-01T08:36:00Z"));
    objects.push(pilot("pilot-2", "e26", "2026-01-01T08:44:00Z"));
    objects
}
