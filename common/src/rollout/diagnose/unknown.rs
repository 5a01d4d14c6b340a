//! What is not among the facts: refused, or not recorded. What TALM says of it stands in its place.

use super::Case;
use crate::finding::Finding;
use crate::resource::{ManagedCluster, ManifestWorkReplicaSet, Object, Policy};
use crate::rollout::status::CguState;

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let has_policies = !case.is_manifest_work() && !case.cgu.spec.managed_policies.is_empty();
    let needed = [
        (ManagedCluster::RESOURCE, true),
        (Policy::RESOURCE, has_policies),
        (ManifestWorkReplicaSet::RESOURCE, case.is_manifest_work()),
    ];
    let is_unknown = |(kind, matters): &(_, bool)| *matters && !case.hub.knows(*kind);
    let kinds: Vec<&str> = needed.into_iter().filter(is_unknown).map(|(kind, _)| kind.plural).collect();
    if kinds.is_empty() {
        return;
    }
    findings.extend(talms_words(case));
    let fact = format!("no {} among the facts: what depends on them was not checked", kinds.join(" and no "));
    let fix = match case.hub.refused.is_empty() {
        true => {
            "record them as well: oc get cgu,policies,managedclusters,placementbindings,placements,\
                 placementdecisions,manifestworkreplicasets -A -o yaml"
        }
        false => "ask for the right to list them on the hub",
    };
    findings.push(Finding::warning("rollout/not-known", fact).fix(fix));
}

/// The gate that TALM says is closed; nothing else tells of it.
fn talms_words(case: &Case<'_>) -> Option<Finding> {
    let id = match (&case.report.state, case.report.reason.as_str()) {
        (CguState::ClustersNotSelected, _) if case.hub.knows(ManagedCluster::RESOURCE) => return None,
        (CguState::ClustersNotSelected, _) => "rollout/cluster-missing",
        (CguState::NotValid, "AmbiguousManagedPoliciesNames") => "rollout/policy-ambiguous",
        (CguState::NotValid, "NotAllManifestTemplatesExist") => "rollout/template-missing",
        (CguState::NotValid, "InvalidPlatformImage") if !case.known_clusters.is_empty() => return None,
        (CguState::NotValid, "InvalidPlatformImage") => "rollout/platform-image",
        (CguState::NotValid, "UnresolvableDenpendency") => "rollout/policy-order",
        (CguState::NotValid, _) if case.report.message.starts_with("Invalid") => "rollout/policy-invalid",
        (CguState::NotValid, _) => "rollout/policy-missing",
        _ => return None,
    };
    Some(Finding::error(id, case.report.message.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, ids, of_state, spec};
    use crate::rollout::example::{cgu, cluster, policy};
    use serde_json::{Value, json};

    fn disabled(conditions: Value) -> Value {
        let mut object = cgu("u", spec(&["a"], &["p"]));
        object["spec"]["enable"] = json!(false);
        object["status"] = json!({ "conditions": conditions });
        object
    }

    #[test]
    fn what_is_not_recorded_is_not_called_missing() {
        let waits = || {
            disabled(json!([{"type": "ClustersSelected", "status": "True", "reason": "ClusterSelectionCompleted"},
                {"type": "Validated", "status": "True", "reason": "ValidationCompleted"},
                {"type": "Progressing", "status": "False", "reason": "NotEnabled"}]))
        };
        assert_eq!(ids(vec![waits()]), ["rollout/not-known"]);
        assert_eq!(ids(vec![waits(), cluster("a")]), ["rollout/not-known"]);
        assert_eq!(ids(vec![of_state(false, spec(&["a"], &["p"]))]), ["rollout/not-known"]);
    }

    #[test]
    fn what_talm_says_stands_for_what_is_not_recorded() {
        let said = json!([{"type": "ClustersSelected", "status": "False", "reason": "ClusterNotFound",
            "message": "Unable to select clusters: cluster b is not a ManagedCluster"}]);
        let found = findings(vec![disabled(said)]);
        assert_eq!(found[0].id, "rollout/cluster-missing");
        assert_eq!(found[0].fact, "Unable to select clusters: cluster b is not a ManagedCluster");
        let said = json!([{"type": "Validated", "status": "False", "reason": "NotAllManagedPoliciesExist",
            "message": "Missing managed policies: [q]"}]);
        assert_eq!(ids(vec![disabled(said.clone()), cluster("a")]), ["rollout/policy-missing", "rollout/not-known"]);
        let known = ids(vec![disabled(said), cluster("a"), policy("n", "other", &[])]);
        assert_eq!(known, ["rollout/policy-missing"], "found by looking, and told once");
    }
}
