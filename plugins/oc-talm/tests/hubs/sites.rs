//! One hub asked about some of its clusters.

use serde_json::{Value, json};

use super::Story;
use super::objects::{cgu, cluster, condition, ended, policy, references, running, spec};

pub const SITES: &[Story] = &[Story {
    name: "sites",
    objects: sites,
    commands: &[
        "status --clusters e2,e4",
        "status --clusters e5,e7,e6,e44",
        "status -l tier=edge",
        "status -l tier=edge -n ztp-install",
        "status -l tier=core",
        "status -l tier=edge -o name",
        "status --clusters e4 -o jsonpath={.rows[*].cgu}",
        "status tonight -n fleet --clusters e2,e4,e6",
        "status next -n fleet --clusters e5,e44",
        "status tonight -n fleet -l tier=core",
        "diagnose tonight -n fleet --clusters e3,e6",
        "diagnose --clusters e2,e4,e7,e44",
        "diagnose --clusters e6",
        "diagnose -l tier=core",
    ],
}];

/// `tonight` runs, `next` waits to be enabled, `before` is done; `e6` is in no CGU, and TALM makes none for `e7`.
fn sites() -> Vec<Value> {
    let mut objects: Vec<Value> = (1..=7).map(|number| cluster(&format!("e{number}"), "True")).collect();
    objects[3] = cluster("e4", "False");
    let states = [("e1", "NonCompliant"), ("e2", "Compliant"), ("e3", "Pending"), ("e4", "NonCompliant")];
    objects.extend(policy("base", Some("1"), "inform", &states));
    objects.extend(policy("extra", Some("2"), "inform", &[("e2", "NonCompliant"), ("e5", "Compliant")]));
    objects.extend(policy("words", Some("ten"), "inform", &[("e7", "NonCompliant")]));
    let tonight = json!({"conditions": running(), "remediationPlan": [["e1", "e2"], ["e3", "e4"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [{"name": "e1", "state": "timedout", "currentPolicy": {"name": "base", "status": "NonCompliant"}},
            {"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 2,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": {
                "e3": {"state": "InProgress", "policyIndex": 0}, "e4": {"state": "InProgress", "policyIndex": 0}}}});
    objects.push(cgu("tonight", spec(&["e1", "e2", "e3", "e4"], &["base"], json!({})), tonight));
    let mut conditions = running();
    conditions[2] = condition("Progressing", "False", "NotEnabled", "Not enabled");
    let next = json!({"conditions": conditions, "remediationPlan": [["e2"]],
        "managedPoliciesForUpgrade": references(&["extra"])});
    objects.push(cgu("next", spec(&["e2", "e5"], &["extra"], json!({"enable": false})), next));
    let text = "All clusters are compliant with all the managed policies";
    let before = json!({"conditions": ended("True", "Completed", text), "remediationPlan": [["e2"]],
        "managedPoliciesForUpgrade": references(&["base"]), "clusters": [{"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T08:36:00Z"}});
    objects.push(cgu("before", spec(&["e2"], &["base"], json!({})), before));
    objects
}
