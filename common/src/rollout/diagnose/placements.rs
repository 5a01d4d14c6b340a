//! Findings about the Placements that TALM makes, and about what they need to select clusters.

use std::collections::BTreeSet;

use super::Case;
use super::policies::enforced_policies;
use super::wording::{clusters, listed};
use crate::finding::Finding;
use crate::resource::{Placement, Policy, condition, label};
use crate::rollout::status::CguState;
use crate::rollout::{ClusterCompliance, cluster_compliance};

/// TALM makes its Placements before it waits for enabling and for blockers. When its time has run out, they may be why.
pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.report.state.is_final() && case.report.state != CguState::TimedOut {
        return;
    }
    let told = made(case, findings);
    if !case.is_manifest_work() && !case.hub.has_placement_rules(case.cgu) {
        set_bindings(case, &told, findings);
    }
}

/// What the Placements say that TALM made, or TALM of them. Gives the namespaces told.
fn made<'c>(case: &'c Case<'_>, findings: &mut Vec<Finding>) -> BTreeSet<&'c str> {
    let mut told = BTreeSet::new();
    let mine = of_cgu(case);
    let mut is_recorded = false;
    for placement in mine {
        is_recorded = true;
        let unsatisfied = condition(placement.conditions(), "PlacementSatisfied");
        let Some(found) = unsatisfied.filter(|c| c.is_false() && c.reason == "NoManagedClusterSetBindings") else {
            continue;
        };
        let namespace = placement.metadata.namespace.as_str();
        told.insert(namespace);
        findings.push(
            Finding::error(
                "rollout/set-binding",
                format!("Placement {} cannot select clusters: {}", placement.metadata.name, found.message),
            )
            .note("TALM reports this only in batches before the last")
            .fix(format!("create a ManagedClusterSetBinding for the set default in namespace {namespace}")),
        );
    }
    if !is_recorded && case.report.state == CguState::WaitingForPlacement {
        // TALM ends its message with the way out.
        let fact = case.report.message.split(". Create a ManagedClusterSetBinding").next().unwrap_or_default();
        findings.push(
            Finding::error("rollout/set-binding", fact.trim_end_matches('.').to_owned())
                .fix("create a ManagedClusterSetBinding for the set default in that namespace"),
        );
    }
    told
}

/// The Placements that TALM made for the CGU. Its status names them; all are looked through only where it does not, for
/// there are tens of thousands when each cluster has a CGU.
fn of_cgu<'h>(case: &Case<'h>) -> Vec<&'h Placement> {
    let (hub, status) = (case.hub, &case.cgu.status);
    let is_mine = |placement: &&Placement| {
        placement.metadata.label(label::CGU_NAME) == Some(&case.report.name)
            && placement.metadata.label(label::CGU_NAMESPACE) == Some(&case.report.namespace)
    };
    if status.placements.is_empty() {
        return hub.placements.values().filter(is_mine).collect();
    }
    let policies = status.managed_policies_for_upgrade.iter().map(|policy| policy.namespace.as_str());
    let namespaces: BTreeSet<&str> = policies.chain([case.report.namespace.as_str()]).collect();
    let named = status.placements.iter().collect::<BTreeSet<_>>().into_iter();
    let keys = named.flat_map(|name| namespaces.iter().map(move |namespace| ((*namespace).to_owned(), name.clone())));
    keys.filter_map(|key| hub.placements.get(&key)).filter(is_mine).collect()
}

/// Clusters whose set is not bound to the namespace of a policy, so that TALM's Placement there does not find them: the
/// policy's own PlacementRule needs no binding. A recording without any binding says nothing about them.
fn set_bindings(case: &Case<'_>, told: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    let all = &case.hub.set_bindings;
    let policies: Vec<&Policy> = enforced_policies(case).collect();
    let namespaces: BTreeSet<&str> = policies.iter().map(|policy| policy.metadata.namespace.as_str()).collect();
    for namespace in namespaces.into_iter().filter(|name| !all.is_empty() && !told.contains(name)) {
        let here = all.range((namespace.to_owned(), String::new())..).take_while(|((of, _), _)| of == namespace);
        let sets: BTreeSet<&str> = here.map(|(_, binding)| binding.cluster_set()).collect();
        if sets.is_empty() {
            let fact = format!(
                "namespace {namespace} has no ManagedClusterSetBinding, so that TALM's Placements there select nothing"
            );
            let fix = format!("create a ManagedClusterSetBinding for the set default in namespace {namespace}");
            findings.push(match case.report.state {
                CguState::TimedOut => Finding::error("rollout/set-binding", fact).fix(fix),
                _ => Finding::warning("rollout/set-binding", fact).fix(fix),
            });
        } else if !sets.contains("global") {
            let local: Vec<&Policy> =
                policies.iter().copied().filter(|policy| policy.metadata.namespace == namespace).collect();
            findings.extend(unbound(case, namespace, &sets, &local));
        }
    }
}

/// The clusters of the plan that need a policy of a namespace and are in none of the sets bound there.
fn unbound(case: &Case<'_>, namespace: &str, sets: &BTreeSet<&str>, policies: &[&Policy]) -> Option<Finding> {
    let needs = |name: &str| policies.iter().any(|p| cluster_compliance(p, name) == ClusterCompliance::NonCompliant);
    let planned = case.plan.status.remediation_plan.iter().flatten();
    let missed: Vec<(&str, &str)> = planned
        .filter_map(|name| Some((name.as_str(), case.hub.clusters.get(name)?.cluster_set())))
        .filter(|(name, set)| !sets.contains(set) && needs(name))
        .collect();
    let (_, set) = missed.first()?;
    let names: Vec<&str> = missed.iter().map(|(name, _)| *name).collect();
    let bound: Vec<&&str> = sets.iter().collect();
    let fact = format!(
        "{} in no set bound to namespace {namespace}, so that TALM's Placements there miss them: {}",
        clusters(names.len()),
        listed(&names)
    );
    Some(
        Finding::warning("rollout/set-binding", fact)
            .on(&names)
            .note(format!("bound are {}; a set that selects by labels may hold them all the same", listed(&bound)))
            .fix(format!("create a ManagedClusterSetBinding for the set {set} in namespace {namespace}")),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, ids, of_state, spec};
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    fn running() -> Value {
        of_state(false, spec(&["a"], &["p"]))
    }

    #[test]
    fn a_waiting_placement_is_told_from_talms_words_alone() {
        let mut waiting = running();
        let message = "Placement \"pl\" in namespace \"n\" cannot select clusters: no bindings. Create a \
            ManagedClusterSetBinding for the \"default\" ManagedClusterSet in the policy namespace.";
        waiting["status"]["conditions"][0] =
            json!({"type": "Progressing", "status": "True", "reason": "WaitingForPlacement", "message": message});
        let found = findings(vec![cluster("a"), policy("n", "p", &[("a", "NonCompliant")]), waiting]);
        assert_eq!(found[0].id, "rollout/set-binding");
        assert_eq!(found[0].fact, "Placement \"pl\" in namespace \"n\" cannot select clusters: no bindings");
    }

    #[test]
    fn a_placement_that_will_select_nothing_is_told_before_the_start() {
        let labels = json!({"openshift-cluster-group-upgrades/clusterGroupUpgrade": "u",
            "openshift-cluster-group-upgrades/clusterGroupUpgradeNamespace": "n"});
        let conditions =
            json!([{"type": "PlacementSatisfied", "status": "False", "reason": "NoManagedClusterSetBindings"}]);
        let placement = json!({"apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "Placement",
            "metadata": {"name": "pl", "namespace": "n", "labels": labels}, "status": {"conditions": conditions}});
        let mut disabled = cgu("u", spec(&["a"], &["p"]));
        disabled["spec"]["enable"] = json!(false);
        let open = policy("n", "p", &[("a", "NonCompliant")]);
        let objects = vec![cluster("a"), open, copy("n", "p", "a", "inform"), disabled, placement];
        assert_eq!(ids(objects), ["rollout/set-binding", "rollout/not-enabled"]);
    }

    #[test]
    fn clusters_whose_set_is_not_bound_are_told_where_bindings_are_recorded() {
        let of = |bound: &[(&str, &str)]| {
            let binding = |(namespace, set): &(&str, &str)| {
                json!({"apiVersion": "cluster.open-cluster-management.io/v1beta2", "kind": "ManagedClusterSetBinding",
                    "metadata": {"name": set, "namespace": namespace}, "spec": {"clusterSet": set}})
            };
            let mut objects: Vec<Value> = bound.iter().map(binding).collect();
            let open = policy("n", "p", &[("a", "NonCompliant")]);
            objects.extend([cluster("a"), open, copy("n", "p", "a", "inform"), cgu("u", spec(&["a"], &["p"]))]);
            ids(objects)
        };
        assert_eq!(of(&[]), [""; 0]);
        assert_eq!(of(&[("other", "default")]), ["rollout/set-binding"]);
        assert_eq!(of(&[("n", "other")]), ["rollout/set-binding"]);
        assert_eq!([of(&[("n", "default")]), of(&[("n", "global")])], [[""; 0], []]);
    }
}
