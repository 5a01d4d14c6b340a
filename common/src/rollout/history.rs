//! What rollouts of the same policies took before.

use std::collections::HashSet;

use serde::Serialize;

use super::Hub;
use crate::resource::{ClusterGroupUpgrade, NamespacedName, PolicyRef};

/// A finished CGU that enforced the same policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Earlier {
    /// Which CGU.
    pub cgu: NamespacedName,
    /// Whether it ended well; else it took at least this long.
    pub succeeded: bool,
    /// How long it took as a whole, in seconds.
    pub took_seconds: i64,
    /// How many batches it had.
    pub batches: usize,
    /// How many clusters they had.
    pub clusters: usize,
    /// How long a batch took on average, in seconds.
    pub batch_seconds: i64,
}

/// The finished CGUs that enforced all of these policies, the slowest per batch first.
pub fn earlier(hub: &Hub, cgu: &ClusterGroupUpgrade, policies: &[PolicyRef]) -> Vec<Earlier> {
    if policies.is_empty() {
        return Vec::new();
    }
    let is_other = |other: &&ClusterGroupUpgrade| {
        (&other.metadata.namespace, &other.metadata.name) != (&cgu.metadata.namespace, &cgu.metadata.name)
    };
    let mut found: Vec<Earlier> =
        hub.cgus.values().filter(is_other).filter_map(|other| finished(other, policies)).collect();
    found.sort_by_key(|earlier| std::cmp::Reverse(earlier.batch_seconds));
    found
}

fn finished(cgu: &ClusterGroupUpgrade, policies: &[PolicyRef]) -> Option<Earlier> {
    let status = &cgu.status;
    let succeeded = status.succeeded()?.is_true();
    let took = status.status.completed_at?.duration_since(status.status.started_at?).as_secs();
    let enforced: HashSet<&PolicyRef> = status.managed_policies_for_upgrade.iter().collect();
    let batches = status.remediation_plan.len();
    let per_batch = took.checked_div(i64::try_from(batches).ok()?)?;
    policies.iter().all(|policy| enforced.contains(policy)).then(|| Earlier {
        cgu: NamespacedName { name: cgu.metadata.name.clone(), namespace: cgu.metadata.namespace.clone() },
        succeeded,
        took_seconds: took,
        batches,
        clusters: status.remediation_plan.iter().map(Vec::len).sum(),
        batch_seconds: per_batch,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::{Value, json};

    fn ended(name: &str, policies: &[&str], until: &str) -> Value {
        let mut object = cgu(name, json!({}));
        let policies: Vec<Value> = policies.iter().map(|name| json!({"name": name, "namespace": "n"})).collect();
        object["status"] = json!({"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed"}],
            "remediationPlan": [["a", "b"], ["c"]], "managedPoliciesForUpgrade": policies,
            "status": {"startedAt": "2026-01-01T10:00:00Z", "completedAt": until}});
        object
    }

    #[test]
    fn only_rollouts_with_all_the_policies_count() {
        let hub = hub(vec![
            cgu("new", json!({})),
            ended("fast", &["p", "q"], "2026-01-01T10:20:00Z"),
            ended("slow", &["p"], "2026-01-01T11:00:00Z"),
            ended("other", &["q"], "2026-01-01T12:00:00Z"),
        ]);
        let policy = |name: &str| PolicyRef { name: name.to_owned(), namespace: "n".to_owned() };
        let found = earlier(&hub, hub.cgu("n", "new").unwrap(), &[policy("p")]);
        let found: Vec<_> = found.iter().map(|e| (e.cgu.name.as_str(), e.batch_seconds, e.clusters)).collect();
        assert_eq!(found, [("slow", 1800, 3), ("fast", 600, 3)]);
        assert!(earlier(&hub, hub.cgu("n", "new").unwrap(), &[]).is_empty());
    }
}
