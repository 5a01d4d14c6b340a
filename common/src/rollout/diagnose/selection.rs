//! Findings about which clusters are selected.

use std::collections::HashSet;

use super::wording::{clusters, is, listed};
use super::{Case, overlap};
use crate::finding::Finding;
use crate::placement::SelectorError;
use crate::resource::{LabelSelector, ManagedCluster, Object};
use crate::rollout::status::{ClusterProgress, ClusterReport};
use crate::rollout::stored::as_stored;
use crate::rollout::{SelectError, select};
use crate::suggest::nearest;

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.is_before_start() {
        errors(case, findings);
        selectors(case, findings);
    }
    overlap::check(case, findings);
    if case.is_before_start() {
        hindrances(case, findings);
    }
}

fn errors(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let selection = select(case.hub, &as_stored(case.cgu).spec);
    let (mut missing, mut canaries) = (Vec::new(), Vec::new());
    for error in &selection.errors {
        match error {
            SelectError::NothingSpecified => findings.push(
                Finding::error(
                    "rollout/no-selection",
                    "the CGU selects no cluster: none of the selection fields is set",
                )
                .fix("set spec.clusters or spec.clusterLabelSelectors"),
            ),
            SelectError::Selector(error) => findings.push(
                Finding::error("rollout/selector-invalid", format!("a clusterLabelSelectors item is invalid: {error}"))
                    .fix(selector_fix(error)),
            ),
            SelectError::NotAManagedCluster(name) => missing.push(name.as_str()),
            SelectError::CanaryNotSelected(name) => canaries.push(name.as_str()),
        }
    }
    if !missing.is_empty() && case.hub.knows(ManagedCluster::RESOURCE) {
        findings.push(missing_clusters(case, &missing));
    }
    if !canaries.is_empty() {
        let fact = format!("the CGU does not select its canaries {}", listed(&canaries));
        findings.push(
            Finding::error("rollout/canary-not-selected", fact)
                .note("canaries never add clusters")
                .fix("add them to spec.clusters, or take them out of canaries"),
        );
    }
    let is_nobody = selection.errors.is_empty() && selection.clusters.is_empty();
    if is_nobody && case.hub.knows(ManagedCluster::RESOURCE) {
        findings.push(nothing_selected(case));
    }
}

fn selector_fix(error: &SelectorError) -> &'static str {
    match error {
        SelectorError::Operator(_) => "use the operators In, NotIn, Exists and DoesNotExist",
        SelectorError::Demand(_) => "write keys and values as labels have them, and values with In and NotIn only",
    }
}

fn missing_clusters(case: &Case<'_>, missing: &[&str]) -> Finding {
    let fact =
        format!("{} of spec.clusters {} not imported: {}", clusters(missing.len()), is(missing.len()), listed(missing));
    let mut finding = Finding::error("rollout/cluster-missing", fact)
        .note("TALM names only the first and starts none of the others")
        .fix("correct or remove the names: oc get managedclusters");
    for name in missing.iter().take(5) {
        if let Some(known) = nearest(name, case.hub.clusters.keys().map(String::as_str)) {
            finding = finding.note(format!("did you mean {known} for {name}?"));
        }
    }
    finding
}

fn nothing_selected(case: &Case<'_>) -> Finding {
    let fact = "the selectors match no ManagedCluster";
    let fix = "oc get managedclusters --show-labels";
    if case.cgu.spec.managed_policies.is_empty() {
        return Finding::warning("rollout/selector-empty", fact).note("the CGU will succeed at once").fix(fix);
    }
    Finding::error("rollout/selector-empty", fact).note("TALM will report all policies as missing").fix(fix)
}

fn selectors(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for item in case.cgu.spec.cluster_selector.iter().flatten() {
        match item.matches('=').count() {
            0 => key_only(case, item, findings),
            1 => {}
            _ => findings.push(
                Finding::warning("rollout/selector-ignored", format!("clusterSelector item {item:?} is ignored"))
                    .note("TALM takes key=value or key")
                    .fix("write one label with one =, or use clusterLabelSelectors"),
            ),
        }
    }
    if case.cgu.spec.cluster_label_selectors.iter().flatten().any(LabelSelector::is_empty) {
        let fact = "an empty clusterLabelSelectors item selects every cluster, the hub's local-cluster included";
        findings.push(Finding::warning("rollout/selector-everything", fact).fix("give it matchLabels"));
    }
}

fn key_only(case: &Case<'_>, key: &str, findings: &mut Vec<Finding>) {
    let with_value =
        case.hub.clusters.values().filter(|c| c.metadata.label(key).is_some_and(|value| !value.is_empty()));
    let count = with_value.count();
    if count > 0 {
        let fact = format!("clusterSelector item {key:?} selects only clusters whose label {key} is empty");
        findings.push(
            Finding::warning("rollout/selector-key-only", fact)
                .note(format!("{} have the label with a value and are left out by this item", clusters(count)))
                .fix(format!("use clusterLabelSelectors with {{key: {key}, operator: Exists}}")),
        );
    }
}

/// Clusters that need nothing any more.
pub(super) fn through<'c>(case: &'c Case<'_>) -> HashSet<&'c str> {
    let is_through = |c: &&ClusterReport| match c.progress {
        ClusterProgress::Complete => true,
        ClusterProgress::TimedOut => c.compliant,
        _ => false,
    };
    case.report.clusters.iter().filter(is_through).map(|c| c.name.as_str()).collect()
}

/// What keeps clusters of the plan from getting anywhere, whatever the policy.
pub(super) fn hindrances(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let planned = open(case);
    gone(case, &planned, findings);
    let is_away = |name: &&&String| case.hub.clusters.get(**name).is_some_and(ManagedCluster::is_known_unavailable);
    let away: Vec<&&String> = planned.iter().filter(is_away).collect();
    if !away.is_empty() {
        let fact = format!("{} of the plan {} not available: {}", clusters(away.len()), is(away.len()), listed(&away));
        findings.push(
            Finding::warning("rollout/cluster-unavailable", fact)
                .on(&away)
                .note("each holds its batch until the batch times out")
                .fix("oc get managedclusters"),
        );
    }
    unlabelled(case, findings);
}

/// The clusters of the plan that are not through.
fn open<'c>(case: &'c Case<'_>) -> Vec<&'c String> {
    let done = through(case);
    let planned = case.plan.status.remediation_plan.iter().flatten();
    planned.filter(|name| !done.contains(name.as_str())).collect()
}

/// Clusters that TALM's Placements miss. On older hubs PlacementRules list clusters by name, and the label does not matter.
pub(super) fn unlabelled(case: &Case<'_>, findings: &mut Vec<Finding>) {
    const SHOWN: usize = 5;
    if case.is_manifest_work() || case.hub.has_placement_rules(case.cgu) {
        return;
    }
    let is_missed = |name: &&String| {
        case.hub.clusters.get(*name).is_some_and(|cluster| cluster.name_label() != Some(name.as_str()))
    };
    let missed: Vec<&String> = open(case).into_iter().filter(is_missed).collect();
    if missed.is_empty() {
        return;
    }
    let label = |name: &&String| format!("oc label managedcluster {name} name={name} --overwrite");
    let fix = missed.iter().take(SHOWN).map(label).collect::<Vec<_>>().join("; ");
    let more = if missed.len() > SHOWN { "; and so on for the others" } else { "" };
    let fact = format!("{} without the label name = their own name: {}", clusters(missed.len()), listed(&missed));
    findings.push(
        Finding::error("rollout/name-label", fact)
            .on(&missed)
            .note("TALM's Placements select by that label: the policies are never enforced there")
            .fix(format!("{fix}{more}")),
    );
}

/// Clusters of a running rollout that were taken off the hub.
fn gone(case: &Case<'_>, planned: &[&String], findings: &mut Vec<Finding>) {
    let is_gone = |name: &&&String| !case.hub.clusters.contains_key(name.as_str());
    let gone: Vec<&&String> = planned.iter().filter(is_gone).collect();
    if gone.is_empty() || !case.hub.knows(ManagedCluster::RESOURCE) || !case.is_running() {
        return;
    }
    let fact = format!(
        "{} of the plan {} no ManagedCluster any more: {}",
        clusters(gone.len()),
        is(gone.len()),
        listed(&gone)
    );
    let finding = Finding::warning("rollout/cluster-gone", fact).on(&gone);
    findings.push(if case.is_manifest_work() {
        finding.note("each holds its batch until the batch times out").fix("import them again, or wait")
    } else {
        finding
            .note("TALM calls a cluster complete once its policies do not list it; until then it holds its batch")
            .fix("import them again if they are meant to be there")
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{hub_with, ids, of_state, spec};
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    fn unlabelled() -> Value {
        let mut cluster = cluster("a");
        cluster["metadata"]["labels"] = json!({});
        cluster
    }

    #[test]
    fn the_label_matters_only_where_placements_select_by_it() {
        let other = |key: &str| {
            let mut other = cgu("other", spec(&["b"], &["q"]));
            other["status"] = json!({ key: ["x"] });
            ids(hub_with(vec![unlabelled(), cgu("u", spec(&["a"], &["p"])), other]))
        };
        assert_eq!(other("placements"), ["rollout/name-label"]);
        assert_eq!(other("placementRules"), [""; 0]);
    }

    #[test]
    fn a_cluster_that_is_through_is_not_complained_of() {
        let mut through = of_state(false, spec(&["a"], &["p"]));
        through["status"]["status"]["currentBatchRemediationProgress"]["a"] = json!({"state": "Completed"});
        let compliant = vec![policy("n", "p", &[("a", "Compliant")]), unlabelled()];
        assert_eq!(ids(compliant.into_iter().chain([through]).collect()), [""; 0]);
        assert_eq!(ids(hub_with(vec![unlabelled(), of_state(false, spec(&["a"], &["p"]))])), ["rollout/name-label"]);
    }

    #[test]
    fn a_planned_cluster_that_was_taken_off_the_hub_is_told() {
        let running = || of_state(false, spec(&["a"], &["p"]));
        assert_eq!(ids(hub_with(vec![cluster("b"), running()])), ["rollout/cluster-gone"]);
        assert_eq!(ids(hub_with(vec![running()])), ["rollout/not-known"]);
    }
    #[test]
    fn the_label_that_is_missing_is_told_when_time_has_run_out_on_it() {
        let mut late = of_state(true, spec(&["a"], &["p"]));
        late["status"]["conditions"] = json!([{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long"}]);
        late["status"]["clusters"] = json!([{"name": "a", "state": "timedout"}]);
        assert_eq!(ids(hub_with(vec![unlabelled(), late])), ["rollout/name-label", "rollout/timed-out"]);
    }

    #[test]
    fn a_cluster_that_is_away_comes_before_what_follows_from_it() {
        let mut away = cluster("a");
        away["status"] = json!({"conditions": [{"type": "ManagedClusterConditionAvailable", "status": "Unknown"}]});
        let running = of_state(false, spec(&["a"], &["p"]));
        let unreported = vec![policy("n", "p", &[("a", "")]), copy("n", "p", "a", "inform"), away, running];
        assert_eq!(ids(unreported), ["rollout/cluster-unavailable"]);
    }
}
