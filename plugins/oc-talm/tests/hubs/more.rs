//! More stories: what happens before the start, in the middle and at the end, one hub each.

use serde_json::{Value, json};

use super::Story;
use super::objects::{NAMESPACE, cgu, cluster, condition, ended, policy, references, running, spec, view, with_label};

const ONE: &[&str] = &["status", "status rollout -n fleet", "diagnose rollout -n fleet"];

pub const MORE: &[Story] = &[
    Story { name: "precaching", objects: precaching, commands: ONE },
    Story { name: "backup-failed", objects: backup_failed, commands: ONE },
    Story { name: "aborted", objects: aborted, commands: ONE },
    Story { name: "subscriptions", objects: subscriptions, commands: ONE },
    Story { name: "placement", objects: placement, commands: ONE },
    Story { name: "works", objects: works, commands: ONE },
    Story { name: "edited", objects: edited, commands: ONE },
    Story { name: "nothing-done", objects: nothing_done, commands: ONE },
    Story { name: "silent", objects: silent, commands: SILENT },
    Story { name: "earlier", objects: earlier, commands: EARLIER },
    Story { name: "made-good", objects: made_good, commands: MADE_GOOD },
    Story { name: "works-late", objects: works_late, commands: ONE },
    Story { name: "gates", objects: gates, commands: GATES },
    Story { name: "only-cgus", objects: only_cgus, commands: PARTS },
    Story { name: "no-copies", objects: no_copies, commands: PARTS },
];

const SILENT: &[&str] = &[
    "status",
    "status rollout -n fleet",
    "diagnose rollout -n fleet",
    "status --clusters e1",
    "status fleet/rollout --clusters e1",
    "status blocked -n fleet",
    "diagnose blocked -n fleet",
    "plan later -n fleet",
];

const MADE_GOOD: &[&str] = &["status", "status rollout -n fleet", "status second -n fleet"];

const EARLIER: &[&str] = &[
    "plan rollout -n fleet",
    "plan rollout -n fleet -o wide",
    "plan rollout -n fleet -o name",
    "status -o jsonpath={.items[*].state}",
];

const GATES: &[&str] = &[
    "plan dropped -n fleet",
    "plan taken-back -n fleet",
    "plan failing -n fleet",
    "plan late -n fleet",
    "plan works -n fleet",
];

const PARTS: &[&str] = &["status rollout -n fleet", "diagnose rollout -n fleet", "plan rollout -n fleet"];

fn open(names: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    names.iter().map(|name| (*name, "NonCompliant")).collect()
}

fn edges(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| cluster(name, "True")).collect()
}

/// The conditions of a CGU that waits at a gate.
fn at_gate(kind: &str, reason: &str, message: &str) -> Vec<Value> {
    let mut conditions = running();
    conditions.pop();
    conditions.push(condition(kind, "False", reason, message));
    conditions
}

fn failed_job(cluster: &str, name: &str, reason: &str, message: &str) -> Value {
    let failed = json!({"type": "Failed", "status": "True", "reason": reason, "message": message});
    view(cluster, name, "jobs", "pre-cache", json!({"status": {"conditions": [failed]}}))
}

fn precaching() -> Vec<Value> {
    let names = ["e1", "e2", "e3", "e4"];
    let mut objects = edges(&names);
    objects.extend(policy("base", None, "inform", &open(&names)));
    let text = "Job was active longer than specified deadline";
    objects.push(failed_job("e2", "view-precache-job", "DeadlineExceeded", text));
    let mut conditions = at_gate("PrecachingSuceeded", "InProgress", "Precaching in progress for 2 clusters");
    conditions.insert(2, condition("PrecacheSpecValid", "True", "PrecacheSpecIsWellFormed", "valid and consistent"));
    let spec_of = json!({"operatorsIndexes": ["registry.example.com/olm/redhat:v4.20"],
        "operatorsPackagesAndChannels": ["ptp-operator:stable"], "spaceRequired": "35"});
    let status = json!({"conditions": conditions, "remediationPlan": [["e1", "e2"], ["e3", "e4"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "precaching": {"spec": spec_of, "status": {"e1": "Succeeded", "e2": "PrecacheTimeout", "e3": "Active",
            "e4": "Starting"}}});
    let overrides = json!({"precache.spaceRequired": "40 GiB", "platform.image": "registry.example.com/ocp@sha256:1",
        "operators.packageAndChannels": "ptp-operator:stable"});
    objects.push(json!({"apiVersion": "v1", "kind": "ConfigMap", "data": overrides,
        "metadata": {"name": "cluster-group-upgrade-overrides", "namespace": "fleet"}}));
    let more = json!({"preCaching": true, "enable": false});
    objects.push(cgu("rollout", spec(&names, &["base"], more), status));
    objects
}

fn backup_failed() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])));
    objects.push(failed_job("e1", "view-backup-job", "BackoffLimitExceeded", "Job has reached the backoff limit"));
    let mut conditions = at_gate("BackupSuceeded", "Failed", "Backup failed for all clusters");
    conditions.push(condition("Progressing", "False", "NotStarted", "Cluster backup is in progress"));
    let status = json!({"conditions": conditions, "remediationPlan": [["e1", "e2"]],
        "managedPoliciesForUpgrade": references(&["base"]), "status": {"startedAt": "2026-01-01T11:00:00Z"},
        "backup": {"startedAt": "2026-01-01T11:00:00Z",
            "status": {"e1": "UnrecoverableError", "e2": "BackupTimeout"}}});
    objects.push(cgu("rollout", spec(&["e1", "e2"], &["base"], json!({"backup": true})), status));
    objects
}

fn aborted() -> Vec<Value> {
    let names = ["e1", "e2", "e3", "e4"];
    let mut objects = edges(&names);
    objects.extend(policy("base", None, "inform", &[&[("e1", "Compliant")], &open(&names[1..])[..]].concat()));
    let text = "Policy remediation took too long on some clusters";
    let status = json!({"conditions": ended("False", "TimedOut", text),
        "remediationPlan": [["e1", "e2"], ["e3", "e4"]], "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [{"name": "e1", "state": "complete"},
            {"name": "e2", "state": "timedout", "currentPolicy": {"name": "base", "status": "NonCompliant"}}],
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T10:00:10Z"}});
    objects.push(cgu("rollout", spec(&names, &["base"], json!({"batchTimeoutAction": "Abort"})), status));
    objects
}

/// A rollout that nobody has ended, one whose time is used up by what blocks it, and one that is still to be enabled.
fn silent() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])));
    let mut rollout = under_way(&["e1"], json!({}));
    for key in ["startedAt", "currentBatchStartedAt"] {
        rollout["status"]["status"][key] = json!("2026-01-01T05:27:00Z");
    }
    let plan = json!({"remediationPlan": [["e2"]], "managedPoliciesForUpgrade": references(&["base"])});
    let waiting = |reason: &str, text: &str, started: Option<&str>| {
        let mut status = plan.clone();
        status["conditions"] = json!(at_gate("Progressing", reason, text));
        status["conditions"][0]["lastTransitionTime"] = json!("2026-01-01T12:00:00Z");
        status["status"] = started.map_or_else(|| json!({}), |at| json!({"startedAt": at}));
        status
    };
    let blocked =
        waiting("IncompleteBlockingCR", "Blocking CRs that are not completed: [later]", Some("2026-01-01T06:00:00Z"));
    let blocking = json!({"blockingCRs": [{"name": "later", "namespace": NAMESPACE}]});
    let later = waiting("NotEnabled", "Not enabled", None);
    objects.push(rollout);
    objects.push(cgu("blocked", spec(&["e2"], &["base"], blocking), blocked));
    objects.push(cgu("later", spec(&["e2"], &["base"], json!({"enable": false})), later));
    objects
}

/// A rollout under way in its only batch.
fn under_way(clusters: &[&str], more: Value) -> Value {
    let progress: serde_json::Map<String, Value> =
        clusters.iter().map(|name| ((*name).to_owned(), json!({"state": "InProgress", "policyIndex": 0}))).collect();
    let status = json!({"conditions": running(), "remediationPlan": [clusters],
        "managedPoliciesForUpgrade": references(&["base"]),
        "status": {"startedAt": "2026-01-01T11:30:00Z", "currentBatch": 1,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": progress}});
    cgu("rollout", spec(clusters, &["base"], more), status)
}

fn subscriptions() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2", "e3"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2", "e3"])));
    objects.push(under_way(&["e1", "e2", "e3"], json!({"remediationStrategy": {"maxConcurrency": 3}})));
    let of = |cluster: &str, result: Value| {
        let name = "rollout-fleet-subscription-ptp-operator-x1y2z";
        view(cluster, name, "Subscription.operators.coreos.com", "ptp-operator", result)
    };
    let text = "no operators found in channel 4.20 of package ptp-operator";
    let unresolved = json!({"spec": {"installPlanApproval": "Manual"}, "status": {"conditions": [
        {"type": "ResolutionFailed", "status": "True", "reason": "ConstraintsNotSatisfiable", "message": text}]}});
    let pending = json!({"spec": {"installPlanApproval": "Manual"},
        "status": {"state": "UpgradePending", "installPlanRef": {"name": "install-ab12c"}}});
    let by_itself = json!({"spec": {"installPlanApproval": "Automatic"}, "status": {"state": "AtLatestKnown"}});
    let failed = json!({"status": {"phase": "Failed", "conditions": [
        {"type": "Installed", "status": "False", "message": "bundle unpacking failed: deadline exceeded"}]}});
    objects.extend([
        of("e1", unresolved),
        of("e2", pending),
        view("e2", "install-ab12c", "InstallPlan.operators.coreos.com", "install-ab12c", failed),
        of("e3", by_itself),
    ]);
    objects
}

fn placement() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])));
    let mut rollout = under_way(&["e1"], json!({"clusters": ["e1", "e2"]}));
    rollout["status"]["remediationPlan"] = json!([["e1"], ["e2"]]);
    let why = "No valid ManagedClusterSetBindings found in placement namespace";
    let text = format!(
        "Placement \"rollout-base-placement-x1y2z\" in namespace \"fleet\" cannot select clusters: {why}. Create a \
         ManagedClusterSetBinding for the \"default\" ManagedClusterSet in the policy namespace."
    );
    rollout["status"]["conditions"][2] = condition("Progressing", "True", "WaitingForPlacement", &text);
    objects.push(rollout);
    objects.push(json!({"apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "Placement",
        "metadata": {"name": "rollout-base-placement-x1y2z", "namespace": NAMESPACE, "labels": {
            "openshift-cluster-group-upgrades/clusterGroupUpgrade": "rollout",
            "openshift-cluster-group-upgrades/clusterGroupUpgradeNamespace": NAMESPACE}},
        "status": {"conditions": [{"type": "PlacementSatisfied", "status": "False",
            "reason": "NoManagedClusterSetBindings", "message": why}]}}));
    objects
}

fn works() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    for name in ["prepare", "apply"] {
        objects
            .push(json!({"apiVersion": "work.open-cluster-management.io/v1alpha1", "kind": "ManifestWorkReplicaSet",
            "metadata": {"name": name, "namespace": NAMESPACE}, "spec": {"manifestWorkTemplate": {}}}));
    }
    let mut conditions = running();
    conditions[2] = condition("Progressing", "True", "InProgress", "Rolling out manifestworks");
    let status = json!({"conditions": conditions, "remediationPlan": [["e1", "e2"]],
        "status": {"startedAt": "2026-01-01T11:30:00Z", "currentBatch": 1,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": {
                "e1": {"state": "InProgress", "manifestWorkIndex": 0},
                "e2": {"state": "InProgress", "manifestWorkIndex": 1}}}});
    let more = json!({"manifestWorkTemplates": ["prepare", "apply"]});
    let why = "manifest 0 could not be applied: namespaces \"tuned\" not found";
    objects.push(json!({"apiVersion": "work.open-cluster-management.io/v1", "kind": "ManifestWork",
        "metadata": {"name": "fleet.apply-x1y2z", "namespace": "e2", "labels": {
            "openshift-cluster-group-upgrades/clusterGroupUpgrade": "rollout",
            "openshift-cluster-group-upgrades/clusterGroupUpgradeNamespace": NAMESPACE}},
        "status": {"conditions": [{"type": "Applied", "status": "False", "reason": "Failed", "message": why}]}}));
    objects.push(cgu("rollout", spec(&["e1", "e2"], &[], more), status));
    objects
}

/// The same with time run out on both, and a third that waits for a value.
fn works_late() -> Vec<Value> {
    let mut objects = works();
    objects.extend(edges(&["e3"]));
    let expected = r#"[{"manifestIndex": 0, "name": "isDone", "value": "True"}]"#;
    let annotations = json!({"openshift-cluster-group-upgrades/expectedValues": expected});
    let Some(rollout) = objects.iter_mut().find(|object| object["kind"] == "ClusterGroupUpgrade") else {
        return objects;
    };
    rollout["spec"]["clusters"] = json!(["e1", "e2", "e3"]);
    let refused = json!({"resourceMeta": {"ordinal": 0, "kind": "Namespace", "name": "tuned"}, "conditions":
        [condition("Applied", "False", "AppliedManifestFailed", "admission webhook denied the request")]});
    let late = |name: &str, template: &str, manifests: Value| {
        json!({"name": name, "state": "timedout",
            "currentManifestWork": {"name": template, "status": {"manifests": manifests}}})
    };
    rollout["status"]["clusters"] = json!([late("e1", "prepare", json!([refused])), late("e2", "apply", json!([]))]);
    rollout["status"]["remediationPlan"] = json!([["e1", "e2"], ["e3"]]);
    rollout["status"]["safeResourceNames"] = json!({"/fleet.apply": "fleet.apply-x1y2z"});
    rollout["status"]["status"]["currentBatch"] = json!(2);
    rollout["status"]["status"]["currentBatchRemediationProgress"] =
        json!({"e3": {"state": "InProgress", "manifestWorkIndex": 1}});
    let done = ["Applied", "Available", "StatusFeedbackSynced"].map(|kind| condition(kind, "True", kind, ""));
    objects.push(json!({"apiVersion": "work.open-cluster-management.io/v1", "kind": "ManifestWork",
        "metadata": {"name": "fleet.apply-x1y2z", "namespace": "e3", "annotations": annotations, "labels": {
            "openshift-cluster-group-upgrades/clusterGroupUpgrade": "rollout",
            "openshift-cluster-group-upgrades/clusterGroupUpgradeNamespace": NAMESPACE}},
        "status": {"conditions": done, "resourceStatus": {"manifests": [{"conditions": done,
            "resourceMeta": {"ordinal": 0, "kind": "ImageBasedUpgrade", "name": "upgrade"},
            "statusFeedback": {"values": [
                {"name": "isDone", "fieldValue": {"type": "String", "string": "False"}}]}}]}}}));
    objects
}

/// One cluster ran out of its batch's time, was compliant later, and is marked all the same; of the other CGU one is
/// compliant since, and another stands at a policy that was deleted.
fn made_good() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2", "e3", "e4"]);
    let all = ["e1", "e2", "e3", "e4"].map(|name| (name, "Compliant"));
    objects.extend(policy("base", None, "inform", &all));
    let text = "All clusters are compliant with all the managed policies";
    let late = |name: &str, policy: &str| json!({"name": name, "state": "timedout", "currentPolicy": {"name": policy, "status": "NonCompliant"}});
    let status = json!({"conditions": ended("True", "Completed", text), "remediationPlan": [["e1"], ["e2"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [late("e1", "base"), {"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T10:40:00Z"}});
    objects.push(cgu("rollout", spec(&["e1", "e2"], &["base"], json!({})), status));
    let gone = json!({"conditions": running(), "remediationPlan": [["e3"], ["e4"]],
        "managedPoliciesForUpgrade": references(&["base", "gone"]), "clusters": [late("e3", "base")],
        "status": {"startedAt": "2026-01-01T10:30:00Z", "currentBatch": 2,
            "currentBatchStartedAt": "2026-01-01T11:30:00Z", "currentBatchRemediationProgress": {
                "e4": {"state": "InProgress", "policyIndex": 1}}}});
    objects.push(cgu("second", spec(&["e3", "e4"], &["base", "gone"], json!({})), gone));
    objects
}

/// Somebody added a cluster and a policy, and took `enable` back, in the middle of a rollout.
fn edited() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])));
    objects.extend(policy("late", None, "inform", &open(&["e1"])));
    let mut rollout = under_way(&["e1"], json!({"enable": false}));
    rollout["spec"]["clusters"] = json!(["e1", "e2"]);
    rollout["spec"]["managedPolicies"] = json!(["base", "late"]);
    rollout["spec"]["actions"] = json!({"beforeEnable": {"addClusterLabels": {"in-window": "yes"}}});
    objects.push(rollout);
    objects
}

fn nothing_done() -> Vec<Value> {
    let mut objects = edges(&["e1"]);
    objects.extend(policy("forced", None, "enforce", &[("e1", "Compliant")]));
    let text = "All clusters already compliant with the specified managed policies";
    let status = json!({"conditions": ended("True", "Completed", text),
        "clusters": [{"name": "e1", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T09:00:00Z", "completedAt": "2026-01-01T09:00:00Z"}});
    objects.push(cgu("rollout", spec(&["e1"], &["forced"], json!({})), status));
    objects
}

/// A second wave: the first took longer than this one has time, and another CGU comes before it.
fn earlier() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2", "e3", "e4"]);
    objects[2] = with_label(cluster("e3", "True"), "in-window", Some("yes"));
    let states = [&[("e1", "Compliant"), ("e2", "Compliant")], &open(&["e3", "e4"])[..]].concat();
    objects.extend(policy("base", None, "inform", &states));
    let text = "All clusters are compliant with all the managed policies";
    let first = json!({"conditions": ended("True", "Completed", text), "remediationPlan": [["e1"], ["e2"]],
        "managedPoliciesForUpgrade": references(&["base"]),
        "clusters": [{"name": "e1", "state": "complete"}, {"name": "e2", "state": "complete"}],
        "status": {"startedAt": "2026-01-01T08:00:00Z", "completedAt": "2026-01-01T10:40:00Z"}});
    objects.push(cgu("first", spec(&["e1", "e2"], &["base"], json!({})), first));
    let waits =
        |names: &[&str]| -> Value { names.iter().map(|name| json!({"name": name, "namespace": NAMESPACE})).collect() };
    let blocked = |name: &str| {
        let text = format!("Blocking CRs that are not completed: [{name}]");
        json!({"conditions": at_gate("Progressing", "IncompleteBlockingCR", &text),
            "status": {"startedAt": "2026-01-01T11:50:00Z"}})
    };
    let not_enabled = json!({"conditions": at_gate("Progressing", "NotEnabled", "Not enabled")});
    let more = json!({"blockingCRs": waits(&["first", "middle"]),
        "remediationStrategy": {"maxConcurrency": 1, "timeout": 90},
        "actions": {"beforeEnable": {"addClusterLabels": {"in-window": "yes"}},
            "afterCompletion": {"addClusterLabels": {"wave-2": "done"}, "removeClusterLabels": ["in-window"]}}});
    objects.push(cgu("rollout", spec(&["e3", "e4"], &["base"], more), blocked("middle")));
    let behind = json!({"blockingCRs": waits(&["gate"])});
    objects.push(cgu("middle", spec(&["e4"], &["base"], behind), blocked("gate")));
    objects.push(cgu("gate", spec(&["e4"], &["base"], json!({"enable": false})), not_enabled));
    objects
}

/// What becomes of CGUs at the gates before the start: a canary that was not pre-cached, pre-caching taken back, a
/// release that cannot be found out, a blocker that took too long; and one of manifest works that meets none.
fn gates() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])));
    let mut release = policy("release", None, "inform", &[("e1", "Compliant"), ("e2", "Compliant")]);
    for object in &mut release {
        object["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
            json!({"kind": "ClusterVersion", "metadata": {"name": "version"}, "spec": {"channel": "stable-4.20"}});
    }
    objects.extend(release);
    let record = |reason: &str, states: Value| {
        let status = if reason == "PartiallyDone" { "True" } else { "False" };
        let mut conditions = at_gate("Progressing", "NotEnabled", "Not enabled");
        conditions.push(condition("PrecacheSpecValid", "True", "PrecacheSpecIsWellFormed", "valid and consistent"));
        conditions.push(condition("PrecachingSuceeded", status, reason, "as the record says"));
        json!({"precaching": {"status": states}, "conditions": conditions})
    };
    let canary = json!({"enable": false, "preCaching": true,
        "remediationStrategy": {"maxConcurrency": 2, "canaries": ["e1"], "timeout": 240}});
    let states = json!({"e1": "PrecacheTimeout", "e2": "Succeeded"});
    objects.push(cgu("dropped", spec(&["e1", "e2"], &["base"], canary), record("PartiallyDone", states)));
    let states = json!({"e1": "Active", "e2": "Succeeded"});
    objects.push(cgu("taken-back", spec(&["e1", "e2"], &["base"], json!({})), record("InProgress", states)));
    let waits = json!({"conditions": at_gate("Progressing", "NotEnabled", "Not enabled")});
    let precaching = json!({"preCaching": true, "enable": false});
    objects.push(cgu("failing", spec(&["e1", "e2"], &["base", "release"], precaching), waits.clone()));
    let text = "Blocking CRs that are not completed: [first]";
    let waited = json!({"conditions": at_gate("Progressing", "IncompleteBlockingCR", text),
        "status": {"startedAt": "2026-01-01T06:00:00Z"}});
    let behind = json!({"blockingCRs": [{"name": "first", "namespace": NAMESPACE}]});
    objects.push(cgu("late", spec(&["e1", "e2"], &["base"], behind), waited));
    let text = "All clusters are compliant with all the managed policies";
    let mut done = json!({"conditions": ended("True", "Completed", text)});
    done["conditions"][3]["lastTransitionTime"] = json!("2026-01-01T11:59:40Z");
    objects.push(cgu("first", spec(&["e2"], &["base"], json!({})), done));
    objects.push(json!({"apiVersion": "work.open-cluster-management.io/v1alpha1", "kind": "ManifestWorkReplicaSet",
        "metadata": {"name": "settings", "namespace": NAMESPACE}, "spec": {"placementRefs": []}}));
    let more = json!({"enable": false, "manifestWorkTemplates": ["settings"], "actions": {
        "beforeEnable": {"addClusterAnnotations": {"window": "open"}, "removeClusterAnnotations": ["freeze"]},
        "afterCompletion": {"addClusterLabels": {"settings": "done"}, "removeClusterAnnotations": ["window"]}}});
    objects.push(cgu("works", spec(&["e1", "e2"], &[], more), waits));
    objects
}

/// What `oc get cgu -A -o json` gives.
fn only_cgus() -> Vec<Value> {
    let mut objects = no_copies();
    objects.retain(|object| object["kind"] == "ClusterGroupUpgrade");
    objects
}

/// What `oc get cgu,policies,managedclusters -o json` gives in the namespace of the policies.
fn no_copies() -> Vec<Value> {
    let mut objects = edges(&["e1", "e2"]);
    objects.extend(policy("base", None, "inform", &open(&["e1", "e2"])).into_iter().take(1));
    let mut conditions = running();
    conditions[2] = condition("Progressing", "False", "NotEnabled", "Not enabled");
    let status = json!({"conditions": conditions, "remediationPlan": [["e1"], ["e2"]],
        "managedPoliciesForUpgrade": references(&["base"])});
    let more = json!({"enable": false});
    objects.push(cgu("rollout", spec(&["e1", "e2"], &["base"], more), status));
    objects
}
