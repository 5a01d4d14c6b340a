//! The report on one CGU, and on all of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::batch::{BatchReport, batches};
use super::cluster::{ClusterProgress, ClusterReport, Judge};
use super::state::{CguState, state};
use super::story::story;
use super::time::{TimeReport, backup_overdue, overdue, time};
use crate::resource::{ClusterGroupUpgrade, JobState, JobStatus, PolicyRef};
use crate::rollout::gate::{Blocker, BlockerState, blockers};
use crate::rollout::{ClusterCompliance, DeadEnd, Hub, cluster_compliance, views};

/// What has become of one CGU.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusReport {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: CguState,
    /// Whether the spec enables it, which TALM may not have noticed yet.
    pub enabled: bool,
    /// TALM's reason for that.
    pub reason: String,
    /// TALM's words for that.
    pub message: String,
    /// Where it stands, in one sentence of ours.
    pub story: String,
    /// Whether manifest works are rolled out, and not policies.
    pub manifest_works: bool,
    /// When the facts were recorded; none when they are live.
    pub recorded_at: Option<Timestamp>,
    /// The batch worked on, from 1.
    pub current_batch: Option<usize>,
    /// The batches.
    pub batches: Vec<BatchReport>,
    /// How many clusters stand where.
    pub counts: BTreeMap<ClusterProgress, usize>,
    /// The clusters, those that need attention first.
    pub clusters: Vec<ClusterReport>,
    /// Clusters of earlier batches that keep the last batch from completing the CGU.
    pub holding: Vec<String>,
    /// Times.
    pub time: TimeReport,
    /// The policies to enforce, in order.
    pub policies: Vec<PolicyReport>,
    /// Policies left out as compliant everywhere.
    pub compliant_before: Vec<String>,
    /// The CGUs that must finish first; empty once it runs.
    pub blockers: Vec<Blocker>,
    /// Pre-caching.
    pub precaching: Option<JobReport>,
    /// Backup.
    pub backup: Option<JobReport>,
}

/// One policy on the clusters of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyReport {
    /// Which policy.
    #[serde(flatten)]
    pub policy: PolicyRef,
    /// Clusters compliant with it now.
    pub compliant: usize,
    /// Clusters not compliant with it now.
    pub non_compliant: usize,
    /// Clusters it does not reach.
    pub not_matched: usize,
    /// Clusters of the current batch that stand at it.
    pub standing: usize,
    /// Whether the root policy was deleted after the start.
    pub deleted: bool,
}

/// Pre-caching or backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobReport {
    /// How many clusters are in each state.
    pub counts: BTreeMap<String, usize>,
    /// The clusters where it failed, with the state.
    pub failed: BTreeMap<String, JobState>,
    /// The clusters where it is under way, with the state.
    pub open: BTreeMap<String, JobState>,
    /// Why it failed or does not go on, by cluster, where a view of the job tells.
    pub why: BTreeMap<String, String>,
}

impl StatusReport {
    /// Position in a triage list: the worst comes first. A rollout that nobody ends stands with those that failed, and
    /// so does, after them, one that left clusters behind.
    pub fn rank(&self) -> u8 {
        match self.state.rank() {
            _ if self.time.overdue.is_some() => 0,
            _ if self.state == CguState::Completed && self.has_failed_clusters() => 1,
            rank => rank,
        }
    }

    /// Whether it has ended badly, has ended and left clusters behind, or does not go on until somebody acts.
    pub fn is_dead_end(&self) -> bool {
        self.time.overdue.is_some()
            || self.state.is_stuck()
            || matches!(self.state, CguState::TimedOut | CguState::Failed)
            || self.state.is_final() && self.has_failed_clusters()
    }

    /// Whether TALM made it for the first configuration of a cluster, of which it has the name. Trying that again looks its
    /// policies up anew.
    pub fn is_first_configuration(&self) -> bool {
        self.namespace == "ztp-install" && self.clusters.iter().any(|cluster| cluster.name == self.name)
    }

    /// Whether clusters that TALM marked timed out were compliant in the end: with policies, the last batch completes the
    /// CGU only then, and the mark stays all the same.
    pub fn made_good(&self) -> bool {
        self.state == CguState::Completed && !self.manifest_works
    }

    /// Clusters that the rollout left behind: they ran out of time or were dropped before the start, and nobody has made
    /// them compliant since.
    pub fn left_behind(&self) -> impl Iterator<Item = &ClusterReport> {
        self.clusters.iter().filter(|cluster| match cluster.progress {
            ClusterProgress::TimedOut => !self.made_good(),
            ClusterProgress::PrecacheFailed | ClusterProgress::BackupFailed => !cluster.compliant,
            _ => false,
        })
    }

    /// Whether the rollout left a cluster behind.
    pub fn has_failed_clusters(&self) -> bool {
        self.left_behind().next().is_some()
    }

    /// Whether it will never end unless somebody repairs something: TALM refuses it, or what it waits for cannot come. One
    /// that waits to be enabled, or for such a one, needs no repair.
    pub fn needs_repair(&self) -> bool {
        let is_dead = |blocker: &Blocker| match &blocker.state {
            BlockerState::Finished | BlockerState::Unfinished | BlockerState::Disabled => false,
            BlockerState::DeadEnd { because, .. } => *because != DeadEnd::Disabled,
            BlockerState::Missing | BlockerState::Failed { .. } | BlockerState::Cycle { .. } => true,
        };
        !self.state.is_final() && (self.state.is_stuck() || self.blockers.iter().any(is_dead))
    }
}

/// Reports on one CGU.
pub fn assess(hub: &Hub, cgu: &ClusterGroupUpgrade, now: Timestamp) -> StatusReport {
    let status = &cgu.status;
    let (state, condition) = state(cgu);
    let mut clusters = Judge::new(hub, cgu).clusters();
    let mut time = time(cgu, now);
    time.overdue = match state {
        CguState::InProgress => overdue(&time, &clusters, now),
        CguState::BackingUp => backup_overdue(cgu, now),
        _ => None,
    };
    let batches = batches(cgu, &clusters, &time);
    let mut counts = BTreeMap::new();
    for cluster in &clusters {
        *counts.entry(cluster.progress).or_default() += 1;
    }
    let holding = holding(cgu, &clusters);
    let policies = policies(hub, cgu, &clusters);
    // Worst first; within the same state as the plan has them.
    clusters.sort_by_key(|cluster| (cluster.progress, cluster.hindrances.is_empty()));
    let waits = !state.is_final() && !status.is_running();
    let mut report = StatusReport {
        namespace: cgu.metadata.namespace.clone(),
        name: cgu.metadata.name.clone(),
        state,
        enabled: cgu.spec.is_enabled(),
        reason: condition.map(|c| c.reason.clone()).unwrap_or_default(),
        message: condition.map(|c| c.message.trim_end().to_owned()).unwrap_or_default(),
        story: String::new(),
        manifest_works: !cgu.spec.manifest_work_templates.is_empty(),
        recorded_at: hub.recorded_at,
        current_batch: status.current_batch().map(|(number, _)| number),
        batches,
        counts,
        clusters,
        holding,
        time,
        policies,
        compliant_before: status.managed_policies_compliant_before_upgrade.clone(),
        blockers: if waits { blockers(hub, cgu) } else { Vec::new() },
        precaching: status
            .precaching
            .as_ref()
            .filter(|_| cgu.spec.pre_caching)
            .map(|job| self::job(hub, job, "precache")),
        backup: status.backup.as_ref().filter(|_| cgu.spec.backup).map(|job| self::job(hub, job, "backup")),
    };
    report.story = story(&report);
    if cgu.metadata.deletion_timestamp.is_some() {
        report.story = format!("it is being deleted; {}", report.story);
    }
    report
}

/// Reports on all CGUs, the worst first, then by namespace and name.
pub fn assess_all(hub: &Hub, now: Timestamp) -> Vec<StatusReport> {
    let mut reports: Vec<StatusReport> = hub.cgus.values().map(|cgu| assess(hub, cgu, now)).collect();
    reports.sort_by_key(StatusReport::rank);
    reports
}

/// TALM 5.0 `controllers/clustergroupupgrade_controller.go`: the last batch completes the CGU only when every cluster of
/// every earlier batch is compliant as well.
fn holding(cgu: &ClusterGroupUpgrade, clusters: &[ClusterReport]) -> Vec<String> {
    let batches = cgu.status.remediation_plan.len();
    let in_last = cgu.status.is_running() && cgu.status.current_batch().is_some_and(|(number, _)| number == batches);
    let earlier = clusters.iter().filter(|c| in_last && c.batch.is_some_and(|batch| batch < batches));
    earlier.filter(|cluster| cluster.at.is_some()).map(|cluster| cluster.name.clone()).collect()
}

fn policies(hub: &Hub, cgu: &ClusterGroupUpgrade, clusters: &[ClusterReport]) -> Vec<PolicyReport> {
    if !cgu.spec.manifest_work_templates.is_empty() {
        return Vec::new();
    }
    let of = |reference: &PolicyRef| {
        let policy = hub.policy(&reference.namespace, &reference.name);
        let mut report = PolicyReport {
            policy: reference.clone(),
            compliant: 0,
            non_compliant: 0,
            not_matched: 0,
            standing: 0,
            deleted: policy.is_none() && hub.knows_policies_of(&reference.namespace),
        };
        for cluster in clusters.iter().filter(|cluster| cluster.batch.is_some()) {
            match policy.map(|policy| cluster_compliance(policy, &cluster.name)) {
                Some(ClusterCompliance::Compliant) => report.compliant += 1,
                Some(ClusterCompliance::NonCompliant) => report.non_compliant += 1,
                Some(ClusterCompliance::NotMatchedWithPolicy) => report.not_matched += 1,
                None => {}
            }
            let works = matches!(cluster.progress, ClusterProgress::InProgress | ClusterProgress::Soaking);
            report.standing += usize::from(works && cluster.at.as_ref() == Some(&reference.name));
        }
        report
    };
    cgu.status.managed_policies_for_upgrade.iter().map(of).collect()
}

fn job(hub: &Hub, job: &JobStatus, what: &str) -> JobReport {
    let mut report = JobReport::default();
    for (cluster, state) in &job.status {
        *report.counts.entry(state.to_string()).or_default() += 1;
        if state.has_failed() {
            report.failed.insert(cluster.clone(), state.clone());
        } else if state.is_in_progress() {
            report.open.insert(cluster.clone(), state.clone());
        } else {
            continue;
        }
        report.why.extend(views::job(hub, cluster, what).map(|why| (cluster.clone(), why)));
    }
    report
}

#[cfg(test)]
mod tests {
    use super::super::batch::BatchState;
    use super::*;
    use crate::rollout::example::{cluster, hub, policy};
    use serde_json::{Value, json};

    fn report(status: Value, compliance: &[(&str, &str)]) -> StatusReport {
        let mut cgu =
            crate::rollout::example::cgu("u", json!({"remediationStrategy": {"timeout": 60, "maxConcurrency": 1}}));
        cgu["status"] = status;
        cgu["status"]["remediationPlan"] = json!([["a"], ["b"]]);
        cgu["status"]["managedPoliciesForUpgrade"] = json!([{"name": "p", "namespace": "n"}]);
        let hub = hub(vec![cluster("a"), cluster("b"), policy("n", "p", compliance), cgu]);
        assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap())
    }

    fn progress(report: &StatusReport, name: &str) -> ClusterProgress {
        report.clusters.iter().find(|cluster| cluster.name == name).unwrap().progress
    }

    #[test]
    fn a_timed_out_cluster_holds_the_last_batch() {
        let status = json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}],
            "clusters": [{"name": "a", "state": "timedout"}],
            "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 2,
                "currentBatchStartedAt": "2026-01-01T10:10:00Z",
                "currentBatchRemediationProgress": {"b": {"state": "Completed"}}}});
        let report = report(status, &[("a", "NonCompliant"), ("b", "Compliant")]);
        assert_eq!(report.state, CguState::InProgress);
        assert_eq!(report.holding, ["a"]);
        assert_eq!(report.clusters[0].at.as_deref(), Some("p"));
        assert_eq!((report.batches[0].timed_out, report.batches[1].complete), (1, 1));
    }

    #[test]
    fn a_canary_without_an_outcome_is_still_named() {
        let status = json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long on canary clusters"}]});
        let report = report(status, &[("a", "NonCompliant"), ("b", "NonCompliant")]);
        assert_eq!(progress(&report, "a"), ClusterProgress::TimedOut);
        assert_eq!(progress(&report, "b"), ClusterProgress::NeverReached);
    }

    /// `spec.canaries` has two names, but one was compliant and took no batch: TALM judges batch 2 as a canary's.
    #[test]
    fn a_batch_judged_as_a_canary_ends_with_its_own_clusters() {
        let spec = json!({"remediationStrategy": {"canaries": ["c1", "c2"], "maxConcurrency": 2}});
        let mut cgu = crate::rollout::example::cgu("u", spec);
        let complete =
            |names: &[&str]| -> Value { names.iter().map(|name| json!({"name": name, "state": "complete"})).collect() };
        cgu["status"] = json!({"remediationPlan": [["c2"], ["a", "b"], ["d"]], "conditions": [{"type": "Succeeded",
            "status": "False", "reason": "TimedOut", "message": "Policy remediation took too long on canary clusters"}]});
        let mut ended = |done: &[&str]| {
            cgu["status"]["clusters"] = complete(done);
            let hub = hub(vec![cgu.clone()]);
            let report = assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap());
            (["c2", "a", "b", "d"].map(|name| progress(&report, name)), report.story)
        };
        use ClusterProgress::{Complete, NeverReached, TimedOut};
        let (half, story) = ended(&["c1", "c2", "a"]);
        assert_eq!(half, [Complete, Complete, TimedOut, NeverReached]);
        assert_eq!(
            story,
            "the time of batch 2 of 3, judged as a canary's, ran out on b; 2 complete, 1 cluster never reached"
        );
        assert_eq!(ended(&["c1", "c2"]).0, [Complete, TimedOut, TimedOut, NeverReached]);
        assert_eq!(ended(&["c1"]).0, [TimedOut, NeverReached, NeverReached, NeverReached]);
        assert_eq!(
            ended(&["c1"]).1,
            "the time of batch 1 of 3 ran out on canary c2; 0 complete, 3 clusters never reached"
        );
    }

    #[test]
    fn the_name_label_matters_to_placements_only() {
        let hindrances = |spec: Value, status: Value| {
            let mut cgu = crate::rollout::example::cgu("u", spec);
            cgu["status"] = status;
            cgu["status"]["remediationPlan"] = json!([["a"]]);
            let mut unlabelled = cluster("a");
            unlabelled["metadata"]["labels"] = json!({});
            let hub = hub(vec![unlabelled, cgu]);
            let report = assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap());
            report.clusters[0].hindrances.clone()
        };
        let missed = "it has no label name, so that TALM's Placement misses it";
        assert_eq!(hindrances(json!({}), json!({})), [missed]);
        assert_eq!(hindrances(json!({"manifestWorkTemplates": ["t"]}), json!({})), [""; 0]);
        assert_eq!(hindrances(json!({}), json!({"placementRules": ["u-p-placement-x"]})), [""; 0]);
    }

    fn cluster_of<'r>(report: &'r StatusReport, name: &str) -> &'r ClusterReport {
        report.clusters.iter().find(|cluster| cluster.name == name).unwrap()
    }

    #[test]
    fn a_timed_out_cluster_may_be_compliant_since() {
        let status = json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}],
            "clusters": [{"name": "a", "state": "timedout", "currentPolicy": {"name": "p", "status": "NonCompliant"}}],
            "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 2,
                "currentBatchRemediationProgress": {"b": {"state": "InProgress", "policyIndex": 0}}}});
        let open = report(status.clone(), &[("a", "NonCompliant"), ("b", "NonCompliant")]);
        let late = cluster_of(&open, "a");
        assert_eq!((late.at.as_deref(), late.stood_at.as_deref(), late.compliant), (Some("p"), Some("p"), false));
        let since = report(status, &[("a", "Compliant"), ("b", "NonCompliant")]);
        let late = cluster_of(&since, "a");
        assert_eq!((late.progress, late.at.as_deref()), (ClusterProgress::TimedOut, None));
        assert_eq!((late.stood_at.as_deref(), late.compliant), (Some("p"), true));
        assert!(since.holding.is_empty());
    }

    #[test]
    fn an_old_timeout_does_not_spoil_a_good_end() {
        let status = |succeeded: &str| {
            json!({"conditions": [{"type": "Succeeded", "status": succeeded, "reason": "x"}],
                "clusters": [{"name": "a", "state": "timedout"}, {"name": "b", "state": "complete"}]})
        };
        let compliant = [("a", "Compliant"), ("b", "Compliant")];
        let good = report(status("True"), &compliant);
        assert!(good.made_good() && !good.has_failed_clusters());
        assert_eq!((good.batches[0].state, good.batches[0].complete), (BatchState::Complete, 1));
        let bad = report(status("False"), &compliant);
        assert!(!bad.made_good() && bad.has_failed_clusters());
        assert_eq!((bad.batches[0].state, bad.batches[0].timed_out), (BatchState::Incomplete, 1));
    }

    #[test]
    fn a_work_that_timed_out_is_no_policy_and_stays_bad() {
        let mut cgu = crate::rollout::example::cgu("u", json!({"manifestWorkTemplates": ["t"]}));
        let manifests = json!([{"conditions": [{"type": "Applied", "status": "False", "message": "no such kind"}]}]);
        cgu["status"] = json!({"remediationPlan": [["a"]], "conditions": [{"type": "Succeeded", "status": "True"}],
            "clusters": [{"name": "a", "state": "timedout",
                "currentManifestWork": {"name": "t", "status": {"manifests": manifests}}}]});
        let hub = hub(vec![cluster("a"), cgu]);
        let report = assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap());
        let late = cluster_of(&report, "a");
        assert_eq!((late.stood_at.as_deref(), late.compliant), (Some("t"), false));
        assert_eq!(late.hindrances, ["manifest 0 is not Applied: no such kind"]);
        assert!(report.has_failed_clusters());
    }

    #[test]
    fn a_deleted_policy_is_told() {
        let mut cgu = crate::rollout::example::cgu("u", json!({}));
        cgu["status"] = json!({"remediationPlan": [["a"], ["b"]], "managedPoliciesForUpgrade": [{"name": "p", "namespace": "n"}],
            "conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}],
            "clusters": [{"name": "a", "state": "timedout", "currentPolicy": {"name": "p", "status": "NonCompliant"}}],
            "status": {"currentBatch": 2,
                "currentBatchRemediationProgress": {"b": {"state": "InProgress", "policyIndex": 0}}}});
        let hub = hub(vec![cluster("a"), cluster("b"), policy("n", "other", &[]), cgu]);
        let report = assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap());
        for name in ["a", "b"] {
            let cluster = cluster_of(&report, name);
            assert_eq!(
                (cluster.compliant, &cluster.hindrances[..]),
                (false, &["policy n/p does not exist any more".to_owned()][..])
            );
        }
    }

    #[test]
    fn a_completed_cluster_that_changed_back_has_drifted() {
        let status = json!({"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed"}],
            "remediationPlan": [["a", "b", "c"]], "clusters": [{"name": "a", "state": "complete"},
                {"name": "b", "state": "complete"}, {"name": "c", "state": "timedout"}]});
        let report = report(status, &[("a", "Compliant"), ("b", "NonCompliant"), ("c", "NonCompliant")]);
        let progress = ["a", "b", "c"].map(|name| progress(&report, name));
        assert_eq!(progress, [ClusterProgress::Complete, ClusterProgress::Drifted, ClusterProgress::Drifted]);
        assert_eq!(report.clusters[2].name, "a");
    }

    #[test]
    fn only_what_nobody_has_repaired_never_ends() {
        use crate::rollout::example::cgu;
        let blocked = |name: &str, by: &str| {
            let mut cgu = cgu(name, json!({"blockingCRs": [{"name": by, "namespace": "n"}]}));
            cgu["status"] = json!({"conditions": [{"type": "Progressing", "status": "False",
                "reason": "IncompleteBlockingCR", "message": ""}]});
            cgu
        };
        let with_state = |name: &str, kind: &str, status: &str, reason: &str| {
            let mut cgu = cgu(name, json!({}));
            cgu["status"] = json!({"conditions": [{"type": kind, "status": status, "reason": reason, "message": ""}]});
            cgu
        };
        let mut disabled = with_state("disabled", "Progressing", "False", "NotEnabled");
        disabled["spec"]["enable"] = json!(false);
        let hub = hub(vec![
            blocked("a", "b"),
            blocked("b", "a"),
            blocked("c", "running"),
            blocked("d", "disabled"),
            blocked("e", "d"),
            blocked("f", "failed"),
            blocked("g", "nobody"),
            with_state("running", "Progressing", "True", "InProgress"),
            with_state("failed", "Succeeded", "False", "TimedOut"),
            with_state("refused", "Validated", "False", "NotAllManagedPoliciesExist"),
            disabled,
        ]);
        let reports = assess_all(&hub, "2026-01-01T10:20:00Z".parse().unwrap());
        let mut dead: Vec<&str> = reports.iter().filter(|r| r.needs_repair()).map(|r| r.name.as_str()).collect();
        dead.sort_unstable();
        assert_eq!(dead, ["a", "b", "f", "g", "refused"]);
    }
}
