//! Policies that a new CGU lists in vain, because they enforce already.

use super::super::{ClusterCompliance, Hub, Plan, PolicyVerdict, cluster_compliance};
use crate::resource::{ClusterGroupUpgrade, PlacementBinding, label};

/// Policies that TALM leaves out because they enforce already.
fn enforcing(plan: &Plan) -> Vec<&str> {
    let is_left_out = |verdict: &PolicyVerdict| matches!(verdict, PolicyVerdict::AlreadyEnforce { .. });
    plan.policies.verdicts.iter().filter(|(_, verdict)| is_left_out(verdict)).map(|(name, _)| name.as_str()).collect()
}

/// Clusters that are compliant with all policies of the list, also with those that TALM leaves out.
pub(super) fn compliant(hub: &Hub, plan: &Plan) -> Vec<String> {
    let enforcing = enforcing(plan);
    let is_open = |cluster: &str| {
        let copies = hub.copies_on(cluster).iter().filter(|copy| enforcing.contains(&copy.name.as_str()));
        let mut roots = copies.filter_map(|copy| hub.policy(&copy.namespace, &copy.name));
        roots.any(|policy| cluster_compliance(policy, cluster) == ClusterCompliance::NonCompliant)
    };
    plan.already_compliant.iter().filter(|cluster| !is_open(cluster)).cloned().collect()
}

/// The policies of a new CGU that an old one makes enforce: with `deleteObjects: false` the bindings
/// of an ended CGU enforce until it is deleted (TALM 5.0 `controllers/clustergroupupgrade_controller.go`, `handleCguFinalizer`).
pub(super) fn still_enforces(hub: &Hub, old: &ClusterGroupUpgrade, plan: &Plan) -> Option<Vec<String>> {
    let after = old.spec.actions.after_completion.as_ref()?;
    let owner = |binding: &PlacementBinding| {
        binding.metadata.label(label::CGU_NAME) == Some(&old.metadata.name)
            && binding.metadata.label(label::CGU_NAMESPACE) == Some(&old.metadata.namespace)
    };
    let mut policies = enforcing(plan);
    let bindings: Vec<_> = hub.bindings.values().filter(|binding| binding.enforces() && owner(binding)).collect();
    policies.retain(|name| bindings.iter().any(|binding| binding.policies().any(|bound| bound == *name)));
    (after.delete_objects == Some(false) && !policies.is_empty())
        .then(|| policies.into_iter().map(str::to_owned).collect())
}
