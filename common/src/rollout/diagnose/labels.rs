//! Findings about labels and annotations that TALM sets on clusters before and after (TALM 5.0 `controllers/actions.go`).

use std::collections::{BTreeMap, HashSet};

use super::Case;
use super::wording::{clusters, listed};
use crate::finding::{Finding, Level};
use crate::resource::{BeforeEnable, ClusterState, ManagedCluster};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let status = &case.cgu.status;
    if !case.is_running() && status.succeeded().is_none() {
        return;
    }
    let complete: HashSet<&str> =
        status.clusters.iter().filter(|c| c.state == ClusterState::Complete).map(|c| c.name.as_str()).collect();
    let actions = &case.cgu.spec.actions;
    if let Some(before) = actions.before_enable.as_ref().filter(|_| case.is_running()) {
        let open = status.remediation_plan.iter().flatten().map(String::as_str).filter(|name| !complete.contains(name));
        let lacking = lacking(case, before, open);
        report("rollout/labels-before", Level::Warning, "actions.beforeEnable", &lacking, findings);
    }
    if let Some(after) = &actions.after_completion {
        let mut done: Vec<&str> = complete.into_iter().collect();
        done.sort_unstable();
        let lacking = lacking(case, &after.changes, done.into_iter());
        report("rollout/labels-after", Level::Info, "actions.afterCompletion", &lacking, findings);
    }
}

/// Clusters whose labels or annotations are not as the action leaves them.
fn lacking<'c>(case: &Case<'_>, action: &BeforeEnable, names: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let removed = action.delete_cluster_labels.keys().chain(&action.remove_cluster_labels);
    let labels = left(&action.add_cluster_labels, removed);
    let annotations = left(&action.add_cluster_annotations, action.remove_cluster_annotations.iter());
    let is_wrong = |name: &&str| {
        let Some(ManagedCluster { metadata, .. }) = case.hub.clusters.get(*name) else { return false };
        labels.iter().any(|(key, value)| metadata.label(key) != *value)
            || annotations.iter().any(|(key, value)| metadata.annotation(key) != *value)
    };
    names.filter(is_wrong).collect()
}

/// What is to be there afterwards, and `None` for what is not: TALM adds first, and removes then.
fn left<'a>(
    added: &'a BTreeMap<String, String>,
    removed: impl Iterator<Item = &'a String>,
) -> BTreeMap<&'a str, Option<&'a str>> {
    let added = added.iter().map(|(key, value)| (key.as_str(), Some(value.as_str())));
    added.chain(removed.map(|key| (key.as_str(), None))).collect()
}

fn report(id: &'static str, level: Level, what: &str, names: &[&str], findings: &mut Vec<Finding>) {
    if names.is_empty() {
        return;
    }
    let fact = format!("{} not labelled or annotated as {what} says: {}", clusters(names.len()), listed(names));
    let finding = Finding::warning(id, fact)
        .on(names)
        .note("TALM sets them once; somebody changed them since, or another rollout did")
        .fix("what selects clusters by these labels misses them: oc get managedclusters --show-labels");
    findings.push(Finding { level, ..finding });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_state, spec, with};
    use serde_json::{Value, json};

    #[test]
    fn labels_and_annotations_are_added_before_they_are_removed() {
        let of = |before: Value| {
            let mut running = of_state(false, spec(&["a"], &["p"]));
            running["spec"]["actions"] = json!({ "beforeEnable": before });
            with(running, &[("a", "NonCompliant")])
        };
        assert_eq!(of(json!({"deleteClusterLabels": {"name": ""}})), ["rollout/labels-before"]);
        assert_eq!(of(json!({"addClusterAnnotations": {"x": "1"}})), ["rollout/labels-before"]);
        assert_eq!(of(json!({"removeClusterAnnotations": ["x"], "removeClusterLabels": ["y"]})), [""; 0]);
        assert_eq!(of(json!({"addClusterLabels": {"x": ""}, "removeClusterLabels": ["x"]})), [""; 0]);
    }
}
