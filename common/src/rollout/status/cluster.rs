//! Where each cluster of a CGU stands, and what keeps it there.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use super::work;
use crate::resource::{
    BatchProgress, ClusterGroupUpgrade, ClusterGroupUpgradeStatus, ClusterOutcome, ClusterState, Compliance, Condition,
    JobState, ManagedCluster, Object, Policy, PolicyRef, ProgressState,
};
use crate::rollout::made::soak_seconds;
use crate::rollout::{ClusterCompliance, Hub, cluster_compliance, views};

/// How far a cluster is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum ClusterProgress {
    /// Out of time: TALM says so, or the CGU ended before the cluster did.
    TimedOut,
    /// Failed before the start and dropped from the plan.
    PrecacheFailed,
    /// Failed before the start and dropped from the plan.
    BackupFailed,
    /// Completed, and not compliant any more.
    Drifted,
    /// Being worked on.
    InProgress,
    /// Compliant, and must stay so for a while.
    Soaking,
    /// Its batch has begun, the cluster has not.
    NotStarted,
    /// Its batch has not begun.
    Waiting,
    /// The CGU ended before its batch began.
    NeverReached,
    /// The CGU selects it, and has it in no batch: nothing is to be done there, or there is no plan yet.
    NotPlanned,
    /// Done, or compliant from the start.
    Complete,
}

/// One cluster.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterReport {
    /// Its name.
    pub name: String,
    /// Its batch, from 1; none when it is not in the plan.
    pub batch: Option<usize>,
    /// How far it is.
    pub progress: ClusterProgress,
    /// The policy or manifest work it stands at now.
    pub at: Option<String>,
    /// The policy or manifest work at which it ran out of time, as TALM noted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stood_at: Option<String>,
    /// What the hub says of that policy on this cluster; where it stands at none, of the one at which it ran out of time.
    pub compliance: Option<String>,
    /// What the template of the policy at which it stands says there, where the copy was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
    /// Whether it needs none of the policies to enforce now; never with manifest works.
    pub compliant: bool,
    /// When the soak time is over.
    pub soaks_until: Option<Timestamp>,
    /// What may keep it from going on.
    pub hindrances: Vec<String>,
}

/// What judging clusters needs to know of a CGU, looked up once.
pub(super) struct Judge<'h> {
    hub: &'h Hub,
    cgu: &'h ClusterGroupUpgrade,
    policies: Vec<(&'h PolicyRef, Option<&'h Policy>)>,
    outcomes: HashMap<&'h str, &'h ClusterOutcome>,
    ended: bool,
    /// The last batch that began before the CGU ran out of time.
    last_begun: usize,
    /// Whether TALM selects clusters by their label `name`.
    needs_name_label: bool,
}

impl<'h> Judge<'h> {
    pub fn new(hub: &'h Hub, cgu: &'h ClusterGroupUpgrade) -> Self {
        let status = &cgu.status;
        let is_manifest_work = !cgu.spec.manifest_work_templates.is_empty();
        let names = status.managed_policies_for_upgrade.iter().filter(|_| !is_manifest_work);
        let outcomes: HashMap<&str, &ClusterOutcome> =
            status.clusters.iter().map(|outcome| (outcome.name.as_str(), outcome)).collect();
        Self {
            hub,
            cgu,
            policies: names.map(|name| (name, hub.policy(&name.namespace, &name.name))).collect(),
            last_begun: last_begun(status, &outcomes),
            outcomes,
            needs_name_label: !is_manifest_work && !hub.has_placement_rules(cgu),
            ended: status.succeeded().is_some(),
        }
    }

    /// All clusters the CGU is known to have to do with: its plan, its outcomes and its failures before the start.
    pub fn clusters(&self) -> Vec<ClusterReport> {
        let status = &self.cgu.status;
        let mut seen = HashSet::new();
        let mut reports = Vec::new();
        for (at, batch) in status.remediation_plan.iter().enumerate() {
            for name in batch.iter().filter(|name| seen.insert(name.as_str())) {
                reports.push(self.planned(name, at + 1));
            }
        }
        for (job, failed) in
            [(&status.precaching, ClusterProgress::PrecacheFailed), (&status.backup, ClusterProgress::BackupFailed)]
        {
            let states = job.iter().flat_map(|job| &job.status);
            for (name, _) in states.filter(|(_, state)| JobState::has_failed(state)) {
                if seen.insert(name) {
                    reports.push(self.report(name, None, failed, None));
                }
            }
        }
        for outcome in status.clusters.iter().filter(|outcome| seen.insert(outcome.name.as_str())) {
            let progress = if self.still_open(&outcome.name).is_some() {
                ClusterProgress::Drifted
            } else {
                ClusterProgress::Complete
            };
            reports.push(self.report(&outcome.name, None, progress, self.still_open(&outcome.name)));
        }
        reports
    }

    fn planned(&self, name: &str, batch: usize) -> ClusterReport {
        let current = self.cgu.status.current_batch().map_or(0, |(number, _)| number);
        let running = self.cgu.status.status.current_batch_remediation_progress.get(name).filter(|_| batch == current);
        let open = self.still_open(name);
        let outcome = self.outcomes.get(name);
        match outcome.map(|outcome| &outcome.state) {
            Some(ClusterState::TimedOut) => {
                // Policies end well only where all clusters comply, marked or not.
                let has_drifted = open.is_some() && self.cgu.status.succeeded().is_some_and(Condition::is_true);
                let progress = if has_drifted { ClusterProgress::Drifted } else { ClusterProgress::TimedOut };
                let mut report = self.report(name, Some(batch), progress, open);
                outcome.iter().for_each(|outcome| self.left(&mut report, outcome));
                return report;
            }
            Some(_) if open.is_some() => return self.report(name, Some(batch), ClusterProgress::Drifted, open),
            Some(_) => return self.report(name, Some(batch), ClusterProgress::Complete, None),
            None => {}
        }
        match running {
            _ if self.ended => {
                let reached =
                    batch <= self.last_begun && self.cgu.status.succeeded().is_some_and(|end| end.reason == "TimedOut");
                let progress = if reached { ClusterProgress::TimedOut } else { ClusterProgress::NeverReached };
                self.report(name, Some(batch), progress, open)
            }
            Some(progress) => self.running(name, batch, progress),
            None if batch < current => self.report(name, Some(batch), ClusterProgress::TimedOut, open),
            None if batch == current => self.report(name, Some(batch), ClusterProgress::NotStarted, open),
            None => self.report(name, Some(batch), ClusterProgress::Waiting, open),
        }
    }

    /// Adds where TALM noted that a cluster stood when it ran out of time.
    fn left(&self, report: &mut ClusterReport, outcome: &ClusterOutcome) {
        if let Some(work) = &outcome.current_manifest_work {
            report.stood_at = Some(work.name.clone());
            report.hindrances.extend(work::left(self.hub, self.cgu, work));
        } else if let Some(policy) = &outcome.current_policy {
            report.stood_at = Some(policy.name.clone());
            match self.policies.iter().find(|(name, _)| name.name == policy.name) {
                Some((name, None)) => report.hindrances.extend(self.gone(name)),
                Some((_, Some(found))) if report.at.is_none() => report.compliance = Some(said(found, &report.name)),
                _ => {}
            }
        }
    }

    fn running(&self, name: &str, batch: usize, progress: &BatchProgress) -> ClusterReport {
        match progress.state {
            ProgressState::NotStarted => {
                return self.report(name, Some(batch), ClusterProgress::NotStarted, self.still_open(name));
            }
            ProgressState::Completed => return self.report(name, Some(batch), ClusterProgress::Complete, None),
            ProgressState::InProgress | ProgressState::Other(_) => {}
        }
        if let Some(index) = progress.manifest_work_index {
            let mut report = self.report(name, Some(batch), ClusterProgress::InProgress, None);
            report.at = self.cgu.spec.manifest_work_templates.get(index).cloned();
            report.hindrances.extend(work::lacking(self.hub, self.cgu, name, index));
            return report;
        }
        let mut report = self.report(name, Some(batch), ClusterProgress::InProgress, progress.policy_index);
        let policy = progress.policy_index.and_then(|at| self.policies.get(at)).and_then(|(_, policy)| *policy);
        if let (Some(policy), Some(since)) = (policy, progress.first_compliant_at)
            && cluster_compliance(policy, name) == ClusterCompliance::Compliant
        {
            report.progress = ClusterProgress::Soaking;
            let seconds = soak_seconds(policy).and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default();
            report.soaks_until = since.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
        }
        report
    }

    /// A cluster that the CGU selects and has in no batch.
    pub fn not_planned(&self, name: &str) -> ClusterReport {
        self.report(name, None, ClusterProgress::NotPlanned, self.still_open(name))
    }

    /// The first policy to enforce with which the cluster is not compliant now.
    fn still_open(&self, name: &str) -> Option<usize> {
        self.policies.iter().position(|(_, policy)| {
            policy.is_some_and(|policy| cluster_compliance(policy, name) == ClusterCompliance::NonCompliant)
        })
    }

    /// What keeps TALM from finishing a cluster, whatever the policy.
    fn hindrances(&self, name: &str) -> Vec<String> {
        let Some(cluster) = self.hub.clusters.get(name) else {
            let is_gone = self.hub.knows(ManagedCluster::RESOURCE);
            return is_gone.then(|| "it is no ManagedCluster any more".to_owned()).into_iter().collect();
        };
        let mut found = Vec::new();
        if cluster.is_known_unavailable() {
            let why = cluster.availability().map(|c| c.message.as_str()).filter(|message| !message.is_empty());
            found.push(format!("unavailable{}", why.map(|why| format!(": {why}")).unwrap_or_default()));
        }
        match cluster.name_label() {
            Some(label) if label == name => {}
            _ if !self.needs_name_label => {}
            Some(label) => found.push(format!("its label name is {label:?}, so that TALM's Placement misses it")),
            None => found.push("it has no label name, so that TALM's Placement misses it".to_owned()),
        }
        found
    }

    fn violation(&self, policy: &PolicyRef, cluster: &str) -> Option<String> {
        let copies = self.hub.copies_on(cluster);
        let copy = copies.iter().find(|copy| copy.name == policy.name && copy.namespace == policy.namespace)?;
        copy.violation.clone()
    }

    /// What is said of a policy that is not among the facts.
    fn gone(&self, policy: &PolicyRef) -> Option<String> {
        let is_gone = self.hub.knows_policies_of(&policy.namespace);
        is_gone.then(|| format!("policy {}/{} does not exist any more", policy.namespace, policy.name))
    }

    fn report(&self, name: &str, batch: Option<usize>, progress: ClusterProgress, at: Option<usize>) -> ClusterReport {
        let policy = at.and_then(|at| self.policies.get(at));
        let compliance = policy.and_then(|(_, policy)| *policy).map(|policy| said(policy, name));
        let pending = compliance.as_deref() == Some("Pending");
        let done = progress == ClusterProgress::Complete;
        let mut hindrances = if done { Vec::new() } else { self.hindrances(name) };
        if matches!(progress, ClusterProgress::InProgress | ClusterProgress::TimedOut) {
            hindrances.extend(views::subscriptions(self.hub, self.cgu, name).into_iter().map(|seen| seen.text));
        }
        if let Some((name, None)) = policy {
            hindrances.extend(self.gone(name));
        }
        if pending && !done {
            hindrances.push("the policy is Pending: it waits for a dependency on the cluster".to_owned());
        }
        let violation = policy.and_then(|(policy, _)| self.violation(policy, name)).filter(|_| !done);
        let at = policy.map(|(name, _)| name.name.clone());
        let is_whole = !self.policies.is_empty() && self.policies.iter().all(|(_, policy)| policy.is_some());
        let compliant = is_whole && self.still_open(name).is_none();
        let name = name.to_owned();
        let (stood_at, soaks_until) = (None, None);
        ClusterReport { name, batch, progress, at, stood_at, compliance, violation, compliant, soaks_until, hindrances }
    }
}

/// What the hub says of a policy on a cluster.
fn said(policy: &Policy, cluster: &str) -> String {
    match policy.compliance(cluster) {
        Some(Compliance::Unreported) => "not reported yet".to_owned(),
        Some(state) => state.to_string(),
        None => "not matched".to_owned(),
    }
}

/// TALM forgets the batch at the end, but leaves an outcome for clusters of every batch it began. When a canary fails the
/// CGU, only those of its batch that completed have one: none of them, or, where TALM judges an ordinary batch as a
/// canary's, not all.
fn last_begun(status: &ClusterGroupUpgradeStatus, outcomes: &HashMap<&str, &ClusterOutcome>) -> usize {
    let has_outcome = |name: &String| outcomes.contains_key(name.as_str());
    let plan = &status.remediation_plan;
    let last_touched = plan.iter().rposition(|clusters| clusters.iter().any(has_outcome));
    let is_whole = last_touched.and_then(|at| plan.get(at)).is_none_or(|clusters| clusters.iter().all(has_outcome));
    let on_canary = status.succeeded().is_some_and(|end| end.message.ends_with("on canary clusters"));
    last_touched.map_or(0, |at| at + 1) + usize::from(on_canary && is_whole)
}
