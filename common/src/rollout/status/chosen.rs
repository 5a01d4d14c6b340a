//! Reports narrowed to some clusters: where these stand, in one CGU or in all of them.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde::Serialize;

use super::cluster::{ClusterProgress, ClusterReport, Judge};
use super::report::StatusReport;
use super::state::CguState;
use crate::finding::Finding;
use crate::resource::ClusterGroupUpgradeSpec;
use crate::rollout::wording::listed;
use crate::rollout::{BlockerState, Hub, SelectError, select};

/// The clusters that a report is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// In the order in which a CGU would have them; unknown ones are among them, for a CGU may still name them.
    pub clusters: Vec<String>,
    /// Those that are no ManagedClusters of the hub.
    pub unknown: Vec<String>,
    names: HashSet<String>,
}

impl Chosen {
    /// The clusters that a CGU with these fields selects, which is how people select them as well.
    ///
    /// # Errors
    /// A label selector that the API refuses.
    pub fn of(hub: &Hub, spec: &ClusterGroupUpgradeSpec) -> Result<Self, SelectError> {
        let selection = select(hub, spec);
        let mut unknown = Vec::new();
        for error in selection.errors {
            match error {
                SelectError::NotAManagedCluster(name) => unknown.push(name),
                SelectError::NothingSpecified | SelectError::CanaryNotSelected(_) => {}
                error @ SelectError::Selector(_) => return Err(error),
            }
        }
        let names = selection.clusters.iter().cloned().collect();
        Ok(Self { clusters: selection.clusters, unknown, names })
    }

    /// Adds those that a later look selects, at the end. `hub` is as that look has it: a cluster that was taken off it
    /// stays, as an unknown one.
    pub fn extend(&mut self, later: Self, hub: &Hub) {
        let names = &mut self.names;
        self.clusters.extend(later.clusters.into_iter().filter(|name| names.insert(name.clone())));
        self.unknown = self.clusters.iter().filter(|name| !hub.clusters.contains_key(*name)).cloned().collect();
    }

    /// Whether a cluster is among them.
    pub fn has(&self, cluster: &str) -> bool {
        self.names.contains(cluster)
    }

    /// Findings that are not about other clusters only, and how many were left out. One about these and others says
    /// which of these it means.
    pub fn findings(&self, findings: Vec<Finding>) -> (Vec<Finding>, usize) {
        let all = findings.len();
        let kept: Vec<Finding> = findings.into_iter().filter_map(|finding| self.finding(finding)).collect();
        let left_out = all - kept.len();
        (kept, left_out)
    }

    fn finding(&self, finding: Finding) -> Option<Finding> {
        let mine: Vec<&String> = finding.clusters.iter().filter(|name| self.has(name)).collect();
        if mine.is_empty() {
            return finding.clusters.is_empty().then_some(finding);
        }
        let note =
            (mine.len() < finding.clusters.len()).then(|| format!("of the selected clusters: {}", listed(&mine)));
        Some(match note {
            Some(note) => finding.note(note),
            None => finding,
        })
    }

    /// Those that a narrowed report does not have.
    pub fn missing_in(&self, report: &StatusReport) -> Vec<&str> {
        let there: HashSet<&str> = report.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
        self.clusters.iter().map(String::as_str).filter(|name| !there.contains(name)).collect()
    }
}

/// Leaves only these clusters in a report, and adds those that the CGU selects without having them in a batch. What is
/// said of the CGU, its batches and all counts stay whole.
pub fn narrow(report: &mut StatusReport, hub: &Hub, chosen: &Chosen) {
    report.clusters.retain(|cluster| chosen.has(&cluster.name));
    for job in [&mut report.precaching, &mut report.backup].into_iter().flatten() {
        job.failed.retain(|name, _| chosen.has(name));
        job.open.retain(|name, _| chosen.has(name));
        job.why.retain(|name, _| chosen.has(name));
    }
    let Some(cgu) = hub.cgu(&report.namespace, &report.name) else { return };
    // A plan is frozen at the start: what is selected later is no part of it.
    if report.state.is_final() || cgu.status.is_running() {
        return;
    }
    let there: HashSet<String> = report.clusters.iter().map(|cluster| cluster.name.clone()).collect();
    let judge = Judge::new(hub, cgu);
    let more = select(hub, &cgu.spec).clusters.into_iter().filter(|name| chosen.has(name) && !there.contains(name));
    report.clusters.extend(more.map(|name| judge.not_planned(&name)));
}

/// One cluster in one CGU, or in none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterRow<'r> {
    /// The cluster.
    pub cluster: &'r str,
    /// The CGU that has it, and how far it is there.
    pub place: Option<(&'r StatusReport, &'r ClusterReport)>,
    /// Where it comes in the order of attention.
    pub attention: Attention,
}

/// How urgent a row is, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Attention {
    /// It failed there, or the CGU does not go on until somebody acts.
    Needed,
    /// Something may keep it from going on, or it has changed since.
    Hindered,
    /// It is on its way, or waits for its turn.
    Going,
    /// No CGU has it.
    Unplanned,
    /// Nothing is left to do there.
    Done,
}

/// A row for each of the clusters in each of the narrowed reports, and one for those in none of them, the most urgent
/// first. Where nothing is left to do, CGUs that go on come first, then the one that ended last.
pub fn cluster_rows<'r>(reports: &'r [StatusReport], chosen: &'r Chosen) -> Vec<ClusterRow<'r>> {
    let mut rows: Vec<ClusterRow<'r>> = Vec::new();
    let mut there = HashSet::new();
    for report in reports {
        for cluster in &report.clusters {
            there.insert(cluster.name.as_str());
            let attention = attention(report, cluster);
            rows.push(ClusterRow { cluster: &cluster.name, place: Some((report, cluster)), attention });
        }
    }
    let unknown: HashSet<&str> = chosen.unknown.iter().map(String::as_str).collect();
    let in_none =
        chosen.clusters.iter().filter(|name| !there.contains(name.as_str()) && !unknown.contains(name.as_str()));
    rows.extend(in_none.map(|name| ClusterRow { cluster: name, place: None, attention: Attention::Unplanned }));
    rows.sort_by_key(|row| {
        let ended = row.place.and_then(|(report, _)| report.time.completed_at);
        let ended = ended.filter(|_| row.attention == Attention::Done);
        let stands = row.place.map(|(report, cluster)| (report.rank(), cluster.progress));
        (row.attention, ended.is_some(), Reverse(ended), stands)
    });
    rows
}

fn attention(report: &StatusReport, cluster: &ClusterReport) -> Attention {
    let is_blocked = |state: &BlockerState| state.is_dead() || *state == BlockerState::Missing;
    let is_late = report.time.overdue.is_some();
    let stands = is_late || report.state.is_stuck() || report.blockers.iter().any(|blocker| is_blocked(&blocker.state));
    match cluster.progress {
        ClusterProgress::Complete => Attention::Done,
        // Compliant since, by whatever way.
        ClusterProgress::TimedOut
        | ClusterProgress::NeverReached
        | ClusterProgress::PrecacheFailed
        | ClusterProgress::BackupFailed
            if report.state.is_final() && cluster.compliant =>
        {
            Attention::Done
        }
        ClusterProgress::TimedOut if cluster.compliant && !stands => Attention::Going,
        ClusterProgress::TimedOut | ClusterProgress::PrecacheFailed | ClusterProgress::BackupFailed => {
            Attention::Needed
        }
        _ if stands || has_failed_job(report, &cluster.name) => Attention::Needed,
        ClusterProgress::Drifted => Attention::Hindered,
        _ if matches!(report.state, CguState::TimedOut | CguState::Failed) => Attention::Needed,
        _ if !cluster.hindrances.is_empty() => Attention::Hindered,
        _ => Attention::Going,
    }
}

/// Before the start; later those clusters are out of the plan.
fn has_failed_job(report: &StatusReport, cluster: &str) -> bool {
    let jobs = [&report.precaching, &report.backup];
    report.current_batch.is_none() && jobs.into_iter().flatten().any(|job| job.failed.contains_key(cluster))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, hub, policy};
    use crate::rollout::status::assess_all;
    use serde_json::{Value, json};

    fn chosen(hub: &Hub, spec: Value) -> Chosen {
        Chosen::of(hub, &crate::resource::read(&spec).unwrap()).unwrap()
    }

    fn named(hub: &Hub, names: &[&str]) -> Chosen {
        chosen(hub, json!({"clusters": names}))
    }

    #[test]
    fn what_was_selected_once_stays_selected() {
        let label = |name: &str| {
            json!({"apiVersion": "cluster.open-cluster-management.io/v1",
            "kind": "ManagedCluster", "metadata": {"name": name, "labels": {"run": ""}}})
        };
        let labelled = |hub: &Hub| chosen(hub, json!({"clusterLabelSelectors": [{"matchLabels": {"run": ""}}]}));
        let mut both = labelled(&hub(vec![label("b"), label("c")]));
        let now = hub(vec![label("a"), cluster("b")]);
        both.extend(labelled(&now), &now);
        assert_eq!((both.clusters.join(" "), both.unknown.join(" ")), ("b c a".to_owned(), "c".to_owned()));
        assert!(both.has("a") && both.has("b"));
    }

    /// A CGU with a plan of single clusters, of which those with an outcome are told.
    fn with_plan(name: &str, plan: &[&str], condition: Value, outcomes: Value) -> Value {
        let mut cgu = cgu(name, json!({"clusters": plan, "remediationStrategy": {"maxConcurrency": 1}}));
        let plan: Vec<[&str; 1]> = plan.iter().map(|name| [*name]).collect();
        cgu["status"] = json!({"conditions": [condition], "remediationPlan": plan, "clusters": outcomes,
            "managedPoliciesForUpgrade": [{"name": "p", "namespace": "n"}],
            "status": {"startedAt": "2026-01-01T09:00:00Z", "currentBatch": 2, "currentBatchRemediationProgress":
                {"b": {"state": "InProgress", "policyIndex": 0}}}});
        cgu
    }

    fn running() -> Value {
        json!({"type": "Progressing", "status": "True", "reason": "InProgress"})
    }

    fn ended(good: &str, reason: &str) -> Value {
        json!({"type": "Succeeded", "status": good, "reason": reason})
    }

    fn rows(hub: &Hub, chosen: &Chosen) -> Vec<(String, String, Attention)> {
        let mut reports = assess_all(hub, "2026-01-01T10:00:00Z".parse().unwrap());
        reports.iter_mut().for_each(|report| narrow(report, hub, chosen));
        let row = |row: &ClusterRow<'_>| {
            (row.cluster.to_owned(), row.place.map(|(r, _)| r.name.clone()).unwrap_or_default(), row.attention)
        };
        cluster_rows(&reports, chosen).iter().map(row).collect()
    }

    #[test]
    fn each_cgu_of_a_cluster_is_a_row_and_the_worst_comes_first() {
        let hub = hub(vec![
            cluster("a"),
            cluster("b"),
            cluster("c"),
            cluster("d"),
            policy("n", "p", &[("a", "Compliant"), ("b", "NonCompliant"), ("c", "NonCompliant")]),
            with_plan("now", &["a", "b", "c"], running(), json!([{"name": "a", "state": "complete"}])),
            with_plan("old", &["a"], ended("True", "Completed"), json!([{"name": "a", "state": "complete"}])),
            with_plan("late", &["c"], ended("False", "TimedOut"), json!([{"name": "c", "state": "timedout"}])),
        ]);
        let expected = [
            ("c", "late", Attention::Needed),
            ("b", "now", Attention::Going),
            ("c", "now", Attention::Going),
            ("d", "", Attention::Unplanned),
            ("a", "now", Attention::Done),
            ("a", "old", Attention::Done),
        ];
        let expected: Vec<_> = expected.map(|(c, u, a)| (c.to_owned(), u.to_owned(), a)).to_vec();
        assert_eq!(rows(&hub, &named(&hub, &["a", "b", "c", "d"])), expected);
        let only = rows(&hub, &named(&hub, &["d", "b"]));
        assert_eq!(only, [expected[1].clone(), expected[3].clone()]);
    }

    #[test]
    fn what_timed_out_and_is_compliant_now_is_done() {
        let hub = hub(vec![
            cluster("c"),
            policy("n", "p", &[("c", "Compliant")]),
            with_plan("late", &["c"], ended("False", "TimedOut"), json!([{"name": "c", "state": "timedout"}])),
        ]);
        assert_eq!(rows(&hub, &named(&hub, &["c"]))[0].2, Attention::Done);
    }

    #[test]
    fn nobody_is_needed_for_what_came_right_since() {
        let attention = |compliance: &str, cgu: Value| {
            let hub = hub(vec![cluster("c"), cluster("b"), policy("n", "p", &[("c", compliance)]), cgu]);
            rows(&hub, &named(&hub, &["c"]))[0].2
        };
        let mut dropped =
            with_plan("u", &["b"], ended("True", "Completed"), json!([{"name": "b", "state": "complete"}]));
        dropped["status"]["precaching"] = json!({"status": {"b": "Succeeded", "c": "UnrecoverableError"}});
        assert_eq!(attention("Compliant", dropped.clone()), Attention::Done);
        assert_eq!(attention("NonCompliant", dropped), Attention::Needed);
        let late = with_plan("u", &["c", "b"], running(), json!([{"name": "c", "state": "timedout"}]));
        assert_eq!(attention("Compliant", late.clone()), Attention::Going);
        assert_eq!(attention("NonCompliant", late), Attention::Needed);
    }

    #[test]
    fn a_cluster_of_a_rollout_that_talm_should_have_ended_needs_somebody() {
        let mut cgu = with_plan("u", &["a", "b"], running(), json!([{"name": "a", "state": "complete"}]));
        cgu["spec"]["remediationStrategy"]["timeout"] = json!(10);
        let policy = policy("n", "p", &[("a", "Compliant"), ("b", "NonCompliant")]);
        let hub = hub(vec![cluster("a"), cluster("b"), policy, cgu]);
        let attention = rows(&hub, &named(&hub, &["a", "b"])).into_iter().map(|row| row.2);
        assert_eq!(attention.collect::<Vec<_>>(), [Attention::Needed, Attention::Done]);
    }

    #[test]
    fn a_cluster_without_batch_is_in_the_cgu_until_the_start() {
        let waiting = |condition: Value| {
            let mut cgu = with_plan("u", &["b"], condition, json!([]));
            cgu["spec"]["clusters"] = json!(["a", "b"]);
            hub(vec![cluster("a"), cluster("b"), policy("n", "p", &[("b", "NonCompliant")]), cgu])
        };
        let before = waiting(json!({"type": "Progressing", "status": "False", "reason": "NotEnabled"}));
        let expected = ("a".to_owned(), "u".to_owned(), Attention::Going);
        assert_eq!(rows(&before, &named(&before, &["a"])), [expected]);
        let after = waiting(running());
        assert_eq!(rows(&after, &named(&after, &["a"]))[0].2, Attention::Unplanned);
        let invalid = waiting(json!({"type": "Validated", "status": "False", "reason": "x"}));
        assert_eq!(rows(&invalid, &named(&invalid, &["a"]))[0].2, Attention::Needed);
    }

    #[test]
    fn an_unknown_name_is_told_and_shown_where_a_cgu_still_has_it() {
        let hub = hub(vec![cluster("a"), with_plan("u", &["a", "gone"], running(), json!([]))]);
        let both = named(&hub, &["gone", "typo"]);
        assert_eq!(both.unknown, ["gone", "typo"]);
        let clusters: Vec<String> = rows(&hub, &both).into_iter().map(|row| row.0).collect();
        assert_eq!(clusters, ["gone"]);
        let mut report = assess_all(&hub, "2026-01-01T10:00:00Z".parse().unwrap()).remove(0);
        let whole = report.clone();
        narrow(&mut report, &hub, &both);
        assert_eq!((&report.batches, &report.counts), (&whole.batches, &whole.counts));
        assert_eq!(both.missing_in(&report), ["typo"]);
    }

    #[test]
    fn selectors_are_those_of_a_cgu() {
        let hub = hub(vec![cluster("a"), cluster("b")]);
        let either = json!({"clusterLabelSelectors": [{"matchLabels": {"name": "b"}}, {"matchLabels": {"name": "x"}}]});
        assert_eq!(chosen(&hub, either).clusters, ["b"]);
        let wrong = json!({"clusterLabelSelectors": [{"matchExpressions": [{"key": "a", "operator": "Like"}]}]});
        assert!(Chosen::of(&hub, &crate::resource::read(&wrong).unwrap()).is_err());
    }

    #[test]
    fn findings_about_other_clusters_are_left_out_and_counted() {
        let hub = hub(vec![cluster("a"), cluster("b")]);
        let whole = Finding::error("rollout/drifted", "whole");
        let mine = Finding::warning("rollout/drifted", "mine").on(&["a"]);
        let both = Finding::warning("rollout/drifted", "both").on(&["a", "b"]);
        let other = Finding::warning("rollout/drifted", "other").on(&["b"]);
        let (kept, left_out) = named(&hub, &["a"]).findings(vec![whole.clone(), mine.clone(), both.clone(), other]);
        assert_eq!((kept, left_out), (vec![whole, mine, both.note("of the selected clusters: a")], 1));
    }
}
