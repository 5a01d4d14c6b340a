//! What TALM keeps in the status about policies and the objects it makes for them (TALM 5.0 `controllers/policy.go`,
//! `controllers/utils/common.go`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::policy_objects::inspect;
use super::safe_name;
use crate::resource::{BatchProgress, ClusterGroupUpgrade, ClusterGroupUpgradeStatus, Policy, annotation, label};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    kind: String,
    name: String,
    api_version: String,
    namespace: String,
}

/// `managedPoliciesContent`: the Subscriptions of each policy, as JSON text.
pub(super) fn content(policies: &[&Policy]) -> BTreeMap<String, String> {
    let of = |policy: &&Policy| {
        let objects = inspect(policy).ok()?;
        let subscriptions: Vec<Content> = objects
            .iter()
            .filter(|object| object.kind() == "Subscription" && !object.must_not_have)
            .map(|object| Content {
                kind: "Subscription".to_owned(),
                name: object.text(&["metadata", "name"]).to_owned(),
                api_version: object.text(&["apiVersion"]).to_owned(),
                namespace: object.text(&["metadata", "namespace"]).to_owned(),
            })
            .filter(|content| !content.name.is_empty() && !content.namespace.is_empty())
            .collect();
        (!subscriptions.is_empty())
            .then(|| (policy.metadata.name.clone(), serde_json::to_string(&subscriptions).unwrap_or_default()))
    };
    policies.iter().filter_map(of).collect()
}

/// Names of the Placements and PlacementBindings, where they can be foretold: with a suffix given by annotation, or
/// known already. TALM takes random characters otherwise.
pub(super) fn name_objects(cgu: &ClusterGroupUpgrade, status: &mut ClusterGroupUpgradeStatus) {
    let Some(suffix) = cgu.metadata.annotation(label::NAME_SUFFIX) else { return };
    if !cgu.spec.manifest_work_templates.is_empty() {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for (policy, namespace) in &status.managed_policies_ns {
        let desired = format!("{}-{policy}-placement", cgu.metadata.name).to_lowercase();
        let name = || safe_name(&desired, namespace, suffix, 253);
        names.push(status.safe_resource_names.entry(format!("{namespace}/{desired}")).or_insert_with(name).clone());
    }
    names.sort();
    status.placements.clone_from(&names);
    status.placement_bindings = names;
}

/// Names of what the first batch makes for clusters: views of Subscriptions, or ManifestWorks.
pub(super) fn name_first_objects(
    cgu: &ClusterGroupUpgrade,
    status: &mut ClusterGroupUpgradeStatus,
    progress: &BTreeMap<String, BatchProgress>,
) {
    let Some(suffix) = cgu.metadata.annotation(label::NAME_SUFFIX) else { return };
    let (cgu_name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
    let mut desired: BTreeSet<String> = BTreeSet::new();
    if let Some(template) = cgu.spec.manifest_work_templates.first() {
        desired.insert(format!("{namespace}.{template}"));
    }
    let stops: BTreeSet<usize> = progress.values().filter_map(|cluster| cluster.policy_index).collect();
    for policy in stops.into_iter().filter_map(|at| status.managed_policies_for_upgrade.get(at)) {
        let content = status.managed_policies_content.get(&policy.name).map_or("[]", String::as_str);
        let subscriptions: Vec<Content> = serde_json::from_str(content).unwrap_or_default();
        desired.extend(
            subscriptions.iter().map(|s| format!("{cgu_name}-{namespace}-subscription-{}", s.name).to_lowercase()),
        );
    }
    for name in desired {
        let actual = safe_name(&name, "", suffix, 253);
        status.safe_resource_names.entry(format!("/{name}")).or_insert(actual);
    }
}

/// At the end TALM forgets what it deleted.
pub(super) fn forget_objects(cgu: &ClusterGroupUpgrade, status: &mut ClusterGroupUpgradeStatus) {
    let after = cgu.spec.actions.after_completion.as_ref();
    if after.and_then(|after| after.delete_objects) != Some(false) {
        status.placements.clear();
        status.placement_bindings.clear();
        status.safe_resource_names.clear();
    }
}

/// How long a cluster must stay compliant; `None` without the annotation or with one that TALM ignores.
pub(super) fn soak_seconds(policy: &Policy) -> Option<u64> {
    // Go's `Atoi` takes nothing above i64.
    let seconds: i64 = policy.metadata.annotation(annotation::SOAK_SECONDS)?.parse().ok()?;
    seconds.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soak_is_what_atoi_reads() {
        let soak = |text: &str| {
            let metadata = serde_json::json!({"annotations": {annotation::SOAK_SECONDS: text}});
            soak_seconds(&crate::resource::read(&serde_json::json!({"metadata": metadata})).unwrap())
        };
        assert_eq!(["0", "+30", "9223372036854775807"].map(soak), [Some(0), Some(30), Some(i64::MAX as u64)]);
        assert_eq!(["-1", "1m", "", "9223372036854775808"].map(soak), [None; 4]);
    }
}
