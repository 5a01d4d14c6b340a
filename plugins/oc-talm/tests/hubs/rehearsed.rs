//! What keeps a CGU from its start, as a rehearsal takes it, on one hub.

use serde_json::{Value, json};

use super::Story;
use super::objects::{NAMESPACE, cgu, cluster, condition, ended, policy, running, spec};

pub const REHEARSED: &[Story] = &[Story { name: "rehearsed", objects: rehearsed, commands: REHEARSE }];

const REHEARSE: &[&str] = &[
    "rehearse itself -n fleet --duration 30m --runs 1",
    "rehearse behind-failed -n fleet --duration 30m --runs 1",
    "rehearse new -n fleet -l tier=edge --policy base --max-concurrency 2 --blocked-by fleet/none --duration 30m --runs 1",
    "plan new -n fleet -l tier=edge --policy base, --canary , --max-concurrency -1",
    "rehearse behind-disabled -n fleet --duration 30m --runs 1",
    "rehearse behind-disabled -n fleet --duration 30m --runs 1 --blocked-for 1h",
    "rehearse late -n fleet --duration 30m --runs 1",
    "plan caching -n fleet",
    "rehearse caching -n fleet --duration 30m --runs 1",
    "plan deleted -n fleet",
    "rehearse deleted -n fleet --duration 30m --runs 1",
    "plan deleted -n fleet --max-concurrency 1",
    "rehearse filtering -n fleet --duration 30m --runs 1",
];

fn behind(names: &[&str]) -> Value {
    let all: Vec<Value> = names.iter().map(|name| json!({"name": name, "namespace": NAMESPACE})).collect();
    json!({"blockingCRs": all})
}

fn rehearsed() -> Vec<Value> {
    let names = ["e1", "e2", "e3"];
    let mut objects: Vec<Value> = names.iter().map(|name| cluster(name, "True")).collect();
    objects.extend(policy("base", None, "inform", &names.map(|name| (name, "NonCompliant"))));
    let mut waiting = |name: &str, more: Value| objects.push(cgu(name, spec(&names, &["base"], more), json!({})));
    waiting("itself", behind(&["itself"]));
    waiting("behind-failed", behind(&["failed", "disabled"]));
    waiting("behind-disabled", behind(&["disabled"]));
    waiting("disabled", json!({"enable": false}));
    let mut late = cgu("late", spec(&names, &["base"], behind(&["runs"])), json!({}));
    late["status"] = json!({"computedMaxConcurrency": 2, "status": {"startedAt": "2026-01-01T08:50:00Z"}});
    objects.push(late);
    let mut caching = cgu("caching", spec(&names, &["base"], json!({"preCaching": true})), json!({}));
    caching["status"] = json!({"conditions": [condition("PrecacheSpecValid", "True", "PrecacheSpecIsWellFormed", "x")],
        "precaching": {"status": {"e1": "Active", "e2": "UnrecoverableError", "e3": "Succeeded"}}});
    objects.push(caching);
    let mut deleted = cgu("deleted", spec(&names, &["base"], behind(&["runs"])), json!({}));
    deleted["status"] = json!({"computedMaxConcurrency": 2});
    deleted["metadata"]["deletionTimestamp"] = json!("2026-01-01T11:59:00Z");
    objects.push(deleted);
    let text = "Policy remediation took too long";
    objects.push(cgu("failed", spec(&[], &[], json!({})), json!({"conditions": ended("False", "TimedOut", text)})));
    objects.push(cgu("runs", spec(&[], &[], json!({})), json!({"conditions": running()})));
    let mut filtering = cgu("filtering", spec(&names, &["base"], behind(&["runs"])), json!({}));
    filtering["metadata"]["annotations"] = json!({"ran.openshift.io/blocking-cgu-completion-mode": "partial",
        "ran.openshift.io/blocking-cgu-cluster-filtering": "true"});
    objects.push(filtering);
    objects
}
