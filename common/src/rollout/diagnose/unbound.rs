//! Why a policy that exists reaches none of the selected clusters.

use super::Case;
use crate::finding::Finding;
use crate::resource::{ManagedClusterSetBinding, Object, Placement, PlacementBinding, condition, label};

pub(super) fn not_bound(case: &Case<'_>, name: &str, exists_in: &[String]) -> Finding {
    let namespace = exists_in.first().map_or("", String::as_str);
    let fact = format!("policy {namespace}/{name} reaches none of the selected clusters");
    let finding = Finding::error("rollout/policy-not-bound", fact);
    let policy = case.hub.policy(namespace, name);
    if policy.is_some_and(|policy| policy.spec.disabled) {
        return finding.note("it is disabled").fix(format!(
            "oc patch policy {name} -n {namespace} --type merge -p '{{\"spec\":{{\"disabled\":false}}}}'"
        ));
    }
    let bound_to = |kind: &str| {
        let own = case.hub.bindings.values().filter(|binding| {
            binding.metadata.namespace == namespace && !binding.metadata.labels.contains_key(label::CGU_NAME)
        });
        own.filter(|binding| binding.subjects.iter().any(|s| s.kind == kind && (kind != "Policy" || s.name == name)))
            .map(|binding| binding.placement_ref.kind.as_str())
            .collect::<Vec<_>>()
    };
    let (placements, sets) = (bound_to("Policy"), bound_to("PolicySet"));
    if placements.is_empty() && sets.is_empty() && !case.hub.knows(PlacementBinding::RESOURCE) {
        return finding.fix(format!("oc get placementbindings,placements,placementdecisions -n {namespace}"));
    }
    if placements.is_empty() && sets.is_empty() {
        return finding
            .note("no PlacementBinding of its namespace names it")
            .fix(format!("oc get placementbindings -n {namespace}"));
    }
    if placements.is_empty() {
        return finding
            .note("no PlacementBinding of its namespace names it; it may be in a PolicySet, whose binding counts then")
            .fix(format!("oc get policysets,placementbindings -n {namespace} -o yaml"));
    }
    if placements.iter().all(|kind| *kind == "PlacementRule") {
        return finding
            .note("its PlacementRule selects other clusters")
            .fix(format!("oc get placementrules -n {namespace} -o yaml"));
    }
    if let Some((note, fix)) = placement_trouble(case, namespace, name) {
        return finding.note(note).fix(fix);
    }
    // A recording without any such binding says nothing about them.
    let sets = &case.hub.set_bindings;
    if case.hub.knows(ManagedClusterSetBinding::RESOURCE) && !sets.keys().any(|(of, _)| of == namespace) {
        return finding
            .note("no ManagedClusterSetBinding allows Placements of its namespace to select clusters")
            .fix(format!("create a ManagedClusterSetBinding in namespace {namespace}"));
    }
    finding
        .note("its Placement selects other clusters")
        .fix(format!("oc get placements,placementdecisions -n {namespace}"))
}

/// What is wrong with the Placements that a policy is bound to, when none of them can select: note and fix.
fn placement_trouble(case: &Case<'_>, namespace: &str, name: &str) -> Option<(String, String)> {
    let is_own = |binding: &&PlacementBinding| {
        binding.metadata.namespace == namespace
            && !binding.metadata.labels.contains_key(label::CGU_NAME)
            && binding.placement_ref.kind == "Placement"
            && binding.policies().any(|bound| bound == name)
    };
    let mut troubles = case.hub.bindings.values().filter(is_own).map(|binding| {
        let placement = &binding.placement_ref.name;
        let Some(found) = case.hub.placements.get(&(namespace.to_owned(), placement.clone())) else {
            let note = format!(
                "its PlacementBinding {} names a Placement {placement} that does not exist",
                binding.metadata.name
            );
            let fix = format!("oc get placements -n {namespace}, and correct placementRef");
            return case.hub.knows(Placement::RESOURCE).then_some((note, fix));
        };
        let refused = condition(found.conditions(), "PlacementSatisfied").filter(|c| c.is_false())?;
        let why = if refused.message.is_empty() { &refused.reason } else { &refused.message };
        let fix = match refused.reason.as_str() {
            "NoManagedClusterSetBindings" => format!("create a ManagedClusterSetBinding in namespace {namespace}"),
            _ => format!("oc get placements {placement} -n {namespace} -o yaml"),
        };
        Some((format!("its Placement {placement} selects no cluster: {why}"), fix))
    });
    let first = troubles.next()??;
    troubles.all(|trouble| trouble.is_some()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, spec};
    use crate::rollout::example::{cgu, cluster, policy};
    use serde_json::{Value, json};

    fn object(kind: &str, api: &str, name: &str, more: Value) -> Value {
        let mut object = json!({"apiVersion": api, "kind": kind, "metadata": {"name": name, "namespace": "n"}});
        object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        object
    }

    /// Why a policy that exists reaches no cluster.
    fn why(subject: &str, placement: &str, with_sets: bool) -> String {
        why_with(subject, placement, with_sets, Vec::new())
    }

    fn why_with(subject: &str, placement: &str, with_sets: bool, more: Vec<Value>) -> String {
        let binding = json!({"subjects": [{"kind": subject, "name": "p"}],
            "placementRef": {"kind": placement, "name": "pl"}});
        let mut objects = vec![cluster("a"), policy("n", "p", &[]), cgu("u", spec(&["a"], &["p"]))];
        objects.push(object("PlacementBinding", "policy.open-cluster-management.io/v1", "b", binding));
        if with_sets {
            let mut other =
                object("ManagedClusterSetBinding", "cluster.open-cluster-management.io/v1beta2", "s", json!({}));
            other["metadata"]["namespace"] = json!("other");
            objects.push(other);
        }
        objects.extend(more);
        let found = findings(objects);
        assert_eq!(found[0].id, "rollout/policy-not-bound");
        found[0].notes[0].clone()
    }

    #[test]
    fn what_binds_a_policy_decides_what_is_said_of_it() {
        assert!(why("PolicySet", "Placement", true).contains("it may be in a PolicySet"));
        assert_eq!(why("Policy", "PlacementRule", true), "its PlacementRule selects other clusters");
        assert_eq!(why("Policy", "Placement", false), "its Placement selects other clusters");
        assert!(why("Policy", "Placement", true).starts_with("no ManagedClusterSetBinding allows"));
        assert_eq!(why("Other", "Placement", true), "no PlacementBinding of its namespace names it");
    }
    #[test]
    fn a_placement_that_cannot_select_says_why() {
        let placement = |name: &str, conditions: Value| {
            let status = json!({"status": {"conditions": conditions}});
            vec![object("Placement", "cluster.open-cluster-management.io/v1beta1", name, status)]
        };
        let of = |name: &str, conditions: Value| why_with("Policy", "Placement", false, placement(name, conditions));
        let gone = "its PlacementBinding b names a Placement pl that does not exist";
        assert_eq!(of("other", json!([])), gone);
        let refused = json!([{"type": "PlacementSatisfied", "status": "False", "reason": "NoManagedClusterSetBindings",
            "message": "No valid ManagedClusterSetBindings found"}]);
        assert_eq!(of("pl", refused), "its Placement pl selects no cluster: No valid ManagedClusterSetBindings found");
        assert_eq!(of("pl", json!([])), "its Placement selects other clusters");
    }
}
