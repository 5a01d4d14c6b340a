//! Findings about labels that TALM sets on clusters before and after (TALM 5.0 `controllers/actions.go`).

use std::collections::HashSet;

use super::Case;
use super::wording::{clusters, listed};
use crate::finding::{Finding, Level};
use crate::resource::{BeforeEnable, ClusterState};

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

/// Clusters whose labels are not as the action leaves them.
fn lacking<'c>(case: &Case<'_>, action: &BeforeEnable, names: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let is_wrong = |name: &&str| {
        let Some(cluster) = case.hub.clusters.get(*name) else { return false };
        let label = |key: &String| cluster.metadata.label(key);
        action.add_cluster_labels.iter().any(|(key, value)| label(key) != Some(value))
            || action.remove_cluster_labels.iter().any(|key| label(key).is_some())
    };
    names.filter(is_wrong).collect()
}

fn report(id: &'static str, level: Level, what: &str, names: &[&str], findings: &mut Vec<Finding>) {
    if names.is_empty() {
        return;
    }
    let fact = format!("{} not labelled as {what} says: {}", clusters(names.len()), listed(names));
    let finding = Finding::warning(id, fact)
        .on(names)
        .note("TALM sets them once; somebody changed them since, or another rollout did")
        .fix("what selects clusters by these labels misses them: oc get managedclusters --show-labels");
    findings.push(Finding { level, ..finding });
}
