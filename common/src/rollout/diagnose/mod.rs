//! What is wrong with a CGU, as far as the hub shows it: facts, reasons and ways out, the first cause before its
//! consequences.

mod blockers;
mod edited;
mod end;
mod enforced;
mod gap;
mod gates;
mod jobs;
mod labels;
mod overlap;
mod placements;
mod policies;
mod precaching;
mod running;
mod selection;
mod standing;
mod strategy;
mod unbound;
mod unknown;
mod ztp;

pub use ztp::diagnose_ztp;

use std::cmp::Reverse;

use jiff::Timestamp;

use super::status::{CguState, StatusReport, assess};
use super::{Hub, ManagedPolicies, Plan, UpdateGraph, plan, resolve, wording};
use crate::duration::span;
use crate::finding::Finding;
use crate::resource::ClusterGroupUpgrade;

/// The facts about one CGU, computed once.
pub(super) struct Case<'h> {
    hub: &'h Hub,
    cgu: &'h ClusterGroupUpgrade,
    plan: Plan,
    /// The selected clusters that exist, and the policies resolved for them: more than TALM looks at when a name is wrong.
    known_clusters: Vec<String>,
    policies: ManagedPolicies,
    report: StatusReport,
    graph: &'h dyn UpdateGraph,
    now: Timestamp,
}

impl Case<'_> {
    /// Whether TALM still looks at everything in the spec.
    fn is_before_start(&self) -> bool {
        !self.report.state.is_final() && !self.cgu.status.is_running()
    }

    fn is_running(&self) -> bool {
        self.cgu.status.is_running()
    }

    fn is_manifest_work(&self) -> bool {
        self.report.manifest_works
    }

    /// `NAME -n NAMESPACE`, to be pasted.
    fn argument(&self) -> String {
        format!("{} -n {}", self.report.name, self.report.namespace)
    }
}

/// Finds what is wrong with a CGU, on the hub or not yet: errors mean that it will not finish as it stands and
/// come first; within a level causes come in the order in which TALM meets them.
pub fn diagnose(hub: &Hub, cgu: &ClusterGroupUpgrade, graph: &dyn UpdateGraph, now: Timestamp) -> Vec<Finding> {
    let plan = plan(hub, cgu, graph, now);
    let known_clusters: Vec<String> =
        plan.selected.iter().filter(|name| hub.clusters.contains_key(*name)).cloned().collect();
    let policies = resolve(hub, &cgu.spec.managed_policies, &known_clusters);
    let case = Case { hub, cgu, plan, known_clusters, policies, report: assess(hub, cgu, now), graph, now };
    let mut findings = Vec::new();
    placements::check(&case, &mut findings);
    if case.is_running() {
        selection::hindrances(&case, &mut findings);
    } else if case.report.state == CguState::TimedOut {
        selection::unlabelled(&case, &mut findings);
    }
    running::check(&case, &mut findings);
    edited::check(&case, &mut findings);
    if !case.report.state.is_final() {
        operator_silent(&case, &mut findings);
        unknown::check(&case, &mut findings);
        selection::check(&case, &mut findings);
        policies::check(&case, &mut findings);
        strategy::check(&case, &mut findings);
        gates::check(&case, &mut findings);
    } else {
        jobs::unprepared(&case, &mut findings);
    }
    end::check(&case, &mut findings);
    labels::check(&case, &mut findings);
    gap::check(&case, &mut findings);
    findings.sort_by_key(|finding| Reverse(finding.level));
    findings
}

fn operator_silent(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let status = &case.cgu.status;
    // Without a closed gate it stands between two passes, or a pass fails: what is written shows that TALM runs.
    let is_untouched = status.conditions.is_empty() && status.computed_max_concurrency == 0;
    let Some(created) = case.cgu.metadata.creation_timestamp.filter(|_| is_untouched) else { return };
    let age = case.now.duration_since(created).as_secs();
    if age > 60 {
        findings.push(
            Finding::error(
                "rollout/operator-silent",
                format!("TALM has written no condition {} after creation", span(age)),
            )
            .note("the operator is not running, or does not see this namespace")
            .fix("oc get pods -n openshift-operators -l control-plane=controller-manager"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::NoGraph;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use serde_json::{Value, json};

    pub(super) fn findings(objects: Vec<Value>) -> Vec<Finding> {
        let hub = hub(objects);
        let cgu = hub.cgu("n", "u").unwrap();
        diagnose(&hub, cgu, &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap())
    }

    pub(super) fn ids(objects: Vec<Value>) -> Vec<&'static str> {
        findings(objects).iter().map(|f| f.id).collect()
    }

    pub(super) fn spec(clusters: &[&str], policies: &[&str]) -> Value {
        json!({"clusters": clusters, "managedPolicies": policies, "remediationStrategy": {"maxConcurrency": 1}})
    }

    /// Policy `p`, not compliant on cluster `a`, and more.
    pub(super) fn hub_with(more: Vec<Value>) -> Vec<Value> {
        let mut objects = vec![policy("n", "p", &[("a", "NonCompliant")]), copy("n", "p", "a", "inform")];
        objects.extend(more);
        objects
    }

    #[test]
    fn a_sound_cgu_has_no_findings() {
        let objects = vec![
            cluster("a"),
            policy("n", "p", &[("a", "NonCompliant")]),
            copy("n", "p", "a", "inform"),
            cgu("u", spec(&["a"], &["p"])),
        ];
        assert_eq!(ids(objects), [""; 0]);
    }

    #[test]
    fn all_causes_are_found_in_order() {
        let mut broken = spec(&["a", "ghost"], &["n.p", "q", "e"]);
        broken["batchTimeoutAction"] = json!("abort");
        broken["blockingCRs"] = json!([{"name": "other"}]);
        let objects = vec![
            cluster("a"),
            policy("n", "q", &[]),
            policy("n", "p", &[("a", "Compliant")]),
            copy("n", "p", "a", "inform"),
            policy("n", "e", &[("a", "Compliant")]),
            copy("n", "e", "a", "enforce"),
            cgu("u", broken),
        ];
        let expected = [
            "rollout/cluster-missing",
            "rollout/policy-missing",
            "rollout/policy-not-bound",
            "rollout/blocker-missing",
            "rollout/policy-enforce",
            "rollout/timeout-action",
        ];
        assert_eq!(ids(objects), expected);
    }

    #[test]
    fn a_cgu_without_any_word_of_talm_is_not_seen_by_the_operator() {
        let of = |status: Value| {
            let mut silent = cgu("u", spec(&["a"], &["p"]));
            silent["metadata"]["creationTimestamp"] = json!("2026-01-01T09:00:00Z");
            silent["status"] = status;
            with(silent, &[("a", "NonCompliant")])
        };
        assert_eq!(of(json!({})), ["rollout/operator-silent"]);
        let passed = json!([{"type": "ClustersSelected", "status": "True", "reason": "ClusterSelectionCompleted"}]);
        assert_eq!(of(json!({"conditions": passed})), [""; 0]);
        assert_eq!(of(json!({"computedMaxConcurrency": 1})), [""; 0]);
    }

    #[test]
    fn a_finished_cgu_is_judged_by_its_end_only() {
        let mut ended = cgu("u", spec(&["ghost"], &["p"]));
        ended["status"] = json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long"}], "remediationPlan": [["a"]],
            "clusters": [{"name": "a", "state": "timedout"}]});
        assert_eq!(ids(vec![cluster("a"), ended]), ["rollout/timed-out"]);
    }

    /// A CGU in the middle of its only batch, or one that ended well.
    pub(super) fn of_state(ended: bool, mut spec: Value) -> Value {
        spec["remediationStrategy"] = json!({"maxConcurrency": 1, "timeout": 60});
        let mut object = cgu("u", spec);
        let kind = if ended { "Succeeded" } else { "Progressing" };
        object["status"] = json!({"conditions": [{"type": kind, "status": "True", "reason": "x"}],
            "remediationPlan": [["a"]], "managedPoliciesForUpgrade": [{"name": "p", "namespace": "n"}],
            "status": {"startedAt": "2026-01-01T09:50:00Z", "currentBatch": 1,
                "currentBatchStartedAt": "2026-01-01T09:50:00Z",
                "currentBatchRemediationProgress": {"a": {"state": "InProgress", "policyIndex": 0}}}});
        if ended {
            object["status"]["clusters"] = json!([{"name": "a", "state": "complete"}]);
            object["status"]["status"] =
                json!({"startedAt": "2026-01-01T09:50:00Z", "completedAt": "2026-01-01T09:55:00Z"});
        }
        object
    }

    pub(super) fn with(cgu: Value, compliance: &[(&str, &str)]) -> Vec<&'static str> {
        let mut objects = vec![cluster("a"), cluster("b"), policy("n", "p", compliance), cgu];
        objects.extend(["a", "b"].map(|name| copy("n", "p", name, "inform")));
        ids(objects)
    }

    #[test]
    fn what_is_added_later_is_no_part_of_a_rollout() {
        let both = || spec(&["a", "b"], &["p"]);
        let open = [("a", "NonCompliant"), ("b", "NonCompliant")];
        assert_eq!(with(of_state(false, both()), &open), ["rollout/edited-after-start"]);
        assert_eq!(with(of_state(false, spec(&["a"], &["p"])), &open), [""; 0]);
        let compliant = [("a", "Compliant"), ("b", "NonCompliant")];
        assert_eq!(with(of_state(true, both()), &compliant), ["rollout/reused"]);
    }

    #[test]
    fn labels_are_compared_with_the_actions() {
        let compliant = [("a", "Compliant")];
        let mut one = spec(&["a"], &["p"]);
        one["actions"] = json!({"beforeEnable": {"addClusterLabels": {"run": ""}},
            "afterCompletion": {"addClusterLabels": {"done": ""}, "removeClusterLabels": ["name"]}});
        assert_eq!(with(of_state(false, one.clone()), &compliant), ["rollout/labels-before"]);
        assert_eq!(with(of_state(true, one), &compliant), ["rollout/labels-after"]);
    }

    #[test]
    fn what_talm_says_may_be_older_than_the_facts() {
        let mut disabled = cgu("u", spec(&["a"], &["p"]));
        disabled["spec"]["enable"] = json!(false);
        disabled["status"] = json!({"conditions": [
            {"type": "ClustersSelected", "status": "False", "reason": "ClusterNotFound", "message": "x"},
            {"type": "Validated", "status": "True", "reason": "ValidationCompleted"}]});
        let found = with(disabled, &[("a", "NonCompliant")]);
        assert_eq!(found, ["rollout/not-enabled", "rollout/noticed-soon", "rollout/state-column"]);
        let mut late = of_state(false, spec(&["a"], &["p"]));
        late["status"]["status"]["startedAt"] = json!("2026-01-01T05:00:00Z");
        late["metadata"]["deletionTimestamp"] = json!("2026-01-01T09:00:00Z");
        assert_eq!(with(late, &[("a", "NonCompliant")]), ["rollout/overdue", "rollout/deleting"]);
    }
}
