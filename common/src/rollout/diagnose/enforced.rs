//! Findings about policies that TALM leaves out because they enforce on a selected cluster: by themselves, by a binding
//! of the user, or by one of another CGU.

use std::collections::HashSet;

use super::Case;
use crate::finding::{Finding, Level};
use crate::resource::{ClusterGroupUpgrade, PlacementBinding, Policy, label};
use crate::rollout::waiting::waits;
use crate::rollout::{Link, blocker_graph};

/// Why a policy enforces on a cluster, and the way out.
pub(super) fn by_whom(case: &Case<'_>, name: &str, cluster: &str) -> Finding {
    let copy = case.hub.copies_on(cluster).iter().find(|copy| copy.enforce && copy.name == name);
    let namespace = copy.map_or("", |copy| copy.namespace.as_str());
    let root = case.hub.policy(namespace, name);
    if !root.is_some_and(Policy::is_enforce)
        && let Some(binding) = binding_of_other(case, namespace, name, cluster)
    {
        return by_other(case, name, cluster, binding);
    }
    let finding = Finding::warning(
        "rollout/policy-enforce",
        format!("policy {name} is left out: it already enforces on {cluster}"),
    )
    .note("TALM works only with inform policies, and drops others without a word");
    if root.is_some_and(|root| !root.is_enforce()) {
        return finding
            .note("the policy itself says inform: the bindingOverrides of a PlacementBinding make it enforce")
            .fix(format!("oc get placementbindings -n {namespace} -o yaml"));
    }
    finding.fix("set remediationAction: inform, or take it out of managedPolicies")
}

fn owner(binding: &PlacementBinding) -> Option<(&str, &str)> {
    Some((binding.metadata.label(label::CGU_NAMESPACE)?, binding.metadata.label(label::CGU_NAME)?))
}

/// The binding of another CGU that enforces a policy on a cluster. A CGU has bindings long before it starts, which
/// choose no cluster then.
fn binding_of_other<'h>(case: &Case<'h>, namespace: &str, name: &str, cluster: &str) -> Option<&'h PlacementBinding> {
    let own = (case.cgu.metadata.namespace.as_str(), case.cgu.metadata.name.as_str());
    let start = (namespace.to_owned(), String::new());
    let here = case.hub.bindings.range(start..).take_while(|((of, _), _)| of == namespace).map(|(_, binding)| binding);
    let others: Vec<&PlacementBinding> = here
        .filter(|binding| binding.enforces() && binding.policies().any(|bound| bound == name))
        .filter(|binding| owner(binding).is_some_and(|owner| owner != own))
        .collect();
    let (mut decided, mut chosen) = (HashSet::new(), HashSet::new());
    for decision in case.hub.decisions.iter().filter(|decision| decision.metadata.namespace == namespace) {
        let placement = decision.placement().unwrap_or_default();
        decided.insert(placement);
        if decision.clusters().any(|one| one == cluster) {
            chosen.insert(placement);
        }
    }
    for ((_, rule), placement) in case.hub.placement_rules.iter().filter(|((of, _), _)| of == namespace) {
        decided.insert(rule);
        if placement.clusters().any(|one| one == cluster) {
            chosen.insert(rule);
        }
    }
    let placement = |binding: &PlacementBinding| binding.placement_ref.name.clone();
    let certain = others.iter().find(|binding| chosen.contains(placement(binding).as_str()));
    // Where nothing is recorded of what it chose, one that has started is the likely cause.
    let likely = || {
        let cgu =
            |binding: &PlacementBinding| owner(binding).and_then(|(namespace, name)| case.hub.cgu(namespace, name));
        let has_started = |binding: &PlacementBinding| cgu(binding).is_none_or(|cgu| !waits(cgu));
        others.iter().find(|binding| !decided.contains(placement(binding).as_str()) && has_started(binding))
    };
    certain.or_else(likely).copied()
}

fn by_other(case: &Case<'_>, name: &str, cluster: &str, binding: &PlacementBinding) -> Finding {
    let (namespace, other) = owner(binding).unwrap_or_default();
    let fact = format!("policy {name} is left out: CGU {namespace}/{other} enforces it on {cluster} at this moment");
    let finding =
        Finding::warning("rollout/policy-enforced-elsewhere", fact).note("the CGU may succeed without having done it");
    let by_hand = format!("oc delete placementbinding {} -n {}", binding.metadata.name, binding.metadata.namespace);
    let Some(cgu) = case.hub.cgu(namespace, other) else {
        return finding
            .note(format!("{namespace}/{other} does not exist any more, or is not recorded"))
            .fix(format!("oc get cgu {other} -n {namespace}; if it is gone: {by_hand}"));
    };
    let is_waited_for = |link: &Link| link.cgu.namespace == namespace && link.cgu.name == other;
    if cgu.status.succeeded().is_none() && blocker_graph(case.hub, case.cgu).iter().any(is_waited_for) && !keeps(cgu) {
        let fact = format!("policy {name} is left out as long as CGU {namespace}/{other} enforces it on {cluster}");
        let finding = Finding::warning("rollout/policy-enforced-elsewhere", fact)
            .note(format!("this CGU waits for {namespace}/{other}, and looks at its policies again then"));
        return Finding { level: Level::Info, ..finding };
    }
    if cgu.status.succeeded().is_none() {
        let finding = if keeps(cgu) {
            finding.note(format!("deleteObjects: false of {namespace}/{other} makes it enforce after its end, too"))
        } else {
            finding
        };
        return finding.fix(format!("wait for {namespace}/{other}: add it to blockingCRs"));
    }
    if keeps(cgu) {
        return finding
            .note(format!("{namespace}/{other} has ended; with deleteObjects: false it enforces until it is deleted"))
            .fix(format!("oc delete cgu {other} -n {namespace}"));
    }
    if cgu.status.status.completed_at.is_none() {
        return finding
            .note(format!("{namespace}/{other} has ended, and TALM is about to remove it"))
            .fix("wait a minute");
    }
    finding.note(format!("{namespace}/{other} has ended, and its binding is left over")).fix(by_hand)
}

/// Whether its bindings stay when it has ended.
pub(super) fn keeps(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.spec.actions.after_completion.as_ref().is_some_and(|actions| actions.delete_objects == Some(false))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, spec};
    use super::*;
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    /// Policy `p` enforces on cluster `a`, and a CGU `old` binds it to clusters that its Placement chose.
    fn finding(other: Value, chosen: &[&str], root_enforces: bool) -> Finding {
        let mut root = policy("n", "p", &[("a", "NonCompliant")]);
        if root_enforces {
            root["spec"]["remediationAction"] = json!("enforce");
        }
        let metadata =
            json!({"name": "b", "namespace": "n", "labels": {label::CGU_NAME: "old", label::CGU_NAMESPACE: "n"}});
        let binding = json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "PlacementBinding",
            "metadata": metadata, "bindingOverrides": {"remediationAction": "enforce"},
            "subjects": [{"kind": "Policy", "name": "p"}], "placementRef": {"kind": "Placement", "name": "pl"}});
        let decisions: Vec<Value> = chosen.iter().map(|name| json!({"clusterName": name})).collect();
        let decision = json!({"apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "PlacementDecision",
            "metadata": {"name": "d", "namespace": "n", "labels": {"cluster.open-cluster-management.io/placement": "pl"}},
            "status": {"decisions": decisions}});
        let mut old = cgu("old", json!({"actions": other["actions"]}));
        old["status"] = other["status"].clone();
        let objects = vec![cluster("a"), root, copy("n", "p", "a", "enforce"), binding, decision, old];
        let mut found = findings(objects.into_iter().chain([cgu("u", spec(&["a"], &["p"]))]).collect());
        found.retain(|finding| finding.id.starts_with("rollout/policy-enforce"));
        found.remove(0)
    }

    #[test]
    fn what_is_to_be_done_depends_on_whether_the_other_cgu_will_let_go() {
        let fix = |state: Value, actions: Value| {
            finding(json!({"status": state, "actions": actions}), &["a"], false).fix.unwrap_or_default()
        };
        let ended = |completed: Value| {
            json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut"}],
                "status": {"completedAt": completed}})
        };
        let keep = json!({"afterCompletion": {"deleteObjects": false}});
        let running = json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}]});
        assert_eq!(fix(running, json!({})), "wait for n/old: add it to blockingCRs");
        assert_eq!(fix(ended(json!("2026-01-01T09:00:00Z")), keep), "oc delete cgu old -n n");
        assert_eq!(fix(ended(json!(null)), json!({})), "wait a minute");
        assert_eq!(fix(ended(json!("2026-01-01T09:00:00Z")), json!({})), "oc delete placementbinding b -n n");
    }

    #[test]
    fn a_cgu_whose_placement_chose_other_clusters_is_not_blamed() {
        assert_eq!(finding(json!({}), &["b"], false).id, "rollout/policy-enforce");
        assert_eq!(finding(json!({}), &["a"], true).id, "rollout/policy-enforce");
    }
}
