//! Why a cluster did not get through, in a line.

use crate::rollout::status::ClusterReport;

/// `sno1 stands at config: NonCompliant, configmaps [settings] not found`; none where the hub shows nothing of it.
pub(super) fn standing(cluster: &ClusterReport) -> Option<String> {
    let at = cluster.at.as_ref();
    let compliance = at.and(cluster.compliance.as_ref());
    let violation = at.and(cluster.violation.as_ref());
    let reasons = compliance.into_iter().chain(violation).map(String::as_str);
    let reasons: Vec<&str> = reasons.chain(cluster.hindrances.iter().map(String::as_str)).collect();
    match (at, reasons.is_empty()) {
        (None, true) => None,
        (None, false) => Some(format!("{}: {}", cluster.name, reasons.join(", "))),
        (Some(at), true) => Some(format!("{} stands at {at}", cluster.name)),
        (Some(at), false) => Some(format!("{} stands at {at}: {}", cluster.name, reasons.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, spec};
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::json;

    #[test]
    fn the_words_of_the_template_are_told() {
        let mut ended = cgu("u", spec(&["a"], &["p"]));
        ended["status"] = json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long"}], "remediationPlan": [["a"]],
            "managedPoliciesForUpgrade": [{"name": "p", "namespace": "n"}],
            "clusters": [{"name": "a", "state": "timedout"}]});
        let notes = |details: serde_json::Value| {
            let mut copied = copy("n", "p", "a", "inform");
            copied["status"] = json!({"compliant": "NonCompliant", "details": details});
            let objects = vec![cluster("a"), policy("n", "p", &[("a", "NonCompliant")]), copied, ended.clone()];
            findings(objects).remove(0).notes
        };
        let wrong = json!([{"compliant": "Compliant", "history": [{"message": "fine"}]}, {"compliant": "NonCompliant",
            "history": [{"message": "NonCompliant; violation - configmaps [x] not found"}, {"message": "older"}]}]);
        assert_eq!(notes(wrong), ["a stands at p: NonCompliant, violation - configmaps [x] not found"]);
        assert_eq!(notes(json!([])), ["a stands at p: NonCompliant"]);
    }
}
