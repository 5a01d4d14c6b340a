//! Where each cluster of a CGU stands, and what keeps it there.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::resource::{
    BatchProgress, ClusterGroupUpgrade, ClusterState, Compliance, JobState, ManagedCluster, ManifestWork, Policy,
    PolicyRef, ProgressState, condition, label,
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
    /// The policy or manifest work it stands at.
    pub at: Option<String>,
    /// What the hub says of that policy on this cluster.
    pub compliance: Option<String>,
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
    outcomes: HashMap<&'h str, &'h ClusterState>,
    ended: bool,
}

impl<'h> Judge<'h> {
    pub fn new(hub: &'h Hub, cgu: &'h ClusterGroupUpgrade) -> Self {
        let status = &cgu.status;
        let is_manifest_work = !cgu.spec.manifest_work_templates.is_empty();
        let names = status.managed_policies_for_upgrade.iter().filter(|_| !is_manifest_work);
        Self {
            hub,
            cgu,
            policies: names.map(|name| (name, hub.policy(&name.namespace, &name.name))).collect(),
            outcomes: status.clusters.iter().map(|c| (c.name.as_str(), &c.state)).collect(),
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
        match self.outcomes.get(name) {
            Some(ClusterState::TimedOut) => return self.report(name, Some(batch), ClusterProgress::TimedOut, open),
            Some(_) if open.is_some() => return self.report(name, Some(batch), ClusterProgress::Drifted, open),
            Some(_) => return self.report(name, Some(batch), ClusterProgress::Complete, None),
            None => {}
        }
        match running {
            _ if self.ended => {
                let reached =
                    self.ended_in(batch) && self.cgu.status.succeeded().is_some_and(|end| end.reason == "TimedOut");
                let progress = if reached { ClusterProgress::TimedOut } else { ClusterProgress::NeverReached };
                self.report(name, Some(batch), progress, open)
            }
            Some(progress) => self.running(name, batch, progress),
            None if batch < current => self.report(name, Some(batch), ClusterProgress::TimedOut, open),
            None if batch == current => self.report(name, Some(batch), ClusterProgress::NotStarted, open),
            None => self.report(name, Some(batch), ClusterProgress::Waiting, open),
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
            report.hindrances.extend(report.at.as_ref().and_then(|template| self.work(name, template)));
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

    /// What the work of a template on a cluster lacks (TALM 5.0 `controllers/manifestwork.go`: it has to be Applied and
    /// Available, and named `<cgu namespace>.<template>-<suffix>`).
    fn work(&self, cluster: &str, template: &str) -> Option<String> {
        let start = format!("{}.{template}-", self.cgu.metadata.namespace);
        let is_it = |work: &&ManifestWork| {
            work.metadata.name.starts_with(&start)
                && work.metadata.label(label::CGU_NAME) == Some(&self.cgu.metadata.name)
        };
        let first = (cluster.to_owned(), String::new());
        let here = self.hub.works.range(first..).take_while(|((namespace, _), _)| namespace == cluster);
        let work = here.map(|(_, work)| work).find(is_it)?;
        let lacking = ["Applied", "Available"].into_iter().find_map(|kind| {
            let found = condition(work.conditions(), kind);
            match found {
                Some(condition) if condition.is_true() => None,
                Some(condition) if !condition.message.is_empty() => Some(format!("not {kind}: {}", condition.message)),
                _ => Some(format!("not {kind} yet")),
            }
        });
        lacking.map(|lacking| format!("ManifestWork {} is {lacking}", work.metadata.name))
    }

    /// Whether the CGU got as far as this batch before it ran out of time. TALM forgets the batch at the end, but leaves
    /// an outcome for clusters of every batch it began, canaries that fail the CGU excepted.
    fn ended_in(&self, batch: usize) -> bool {
        let has_outcome = |name: &String| self.outcomes.contains_key(name.as_str());
        let plan = &self.cgu.status.remediation_plan;
        let on_canary = self.cgu.status.succeeded().is_some_and(|end| end.message.ends_with("on canary clusters"));
        let last_touched = plan.iter().rposition(|clusters| clusters.iter().any(has_outcome)).map_or(0, |at| at + 1);
        batch <= last_touched + usize::from(on_canary)
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

    fn report(&self, name: &str, batch: Option<usize>, progress: ClusterProgress, at: Option<usize>) -> ClusterReport {
        let policy = at.and_then(|at| self.policies.get(at));
        let compliance = policy.and_then(|(_, policy)| policy.as_ref()).map(|policy| match policy.compliance(name) {
            Some(Compliance::Unreported) => "not reported yet".to_owned(),
            Some(state) => state.to_string(),
            None => "not matched".to_owned(),
        });
        let pending = compliance.as_deref() == Some("Pending");
        let done = progress == ClusterProgress::Complete;
        let mut hindrances = if done { Vec::new() } else { hindrances(self.hub.clusters.get(name), name) };
        if matches!(progress, ClusterProgress::InProgress | ClusterProgress::TimedOut) {
            hindrances.extend(views::subscriptions(self.hub, self.cgu, name).into_iter().map(|seen| seen.text));
        }
        if pending && !done {
            hindrances.push("the policy is Pending: it waits for a dependency on the cluster".to_owned());
        }
        let at = policy.map(|(name, _)| name.name.clone());
        ClusterReport { name: name.to_owned(), batch, progress, at, compliance, soaks_until: None, hindrances }
    }
}

/// What keeps TALM from finishing a cluster, whatever the policy.
pub(super) fn hindrances(cluster: Option<&ManagedCluster>, name: &str) -> Vec<String> {
    let Some(cluster) = cluster else { return vec!["it is no ManagedCluster any more".to_owned()] };
    let mut found = Vec::new();
    if cluster.is_known_unavailable() {
        let why = cluster.availability().map(|c| c.message.as_str()).filter(|message| !message.is_empty());
        found.push(format!("unavailable{}", why.map(|why| format!(": {why}")).unwrap_or_default()));
    }
    match cluster.name_label() {
        Some(label) if label == name => {}
        Some(label) => found.push(format!("its label name is {label:?}, so that TALM's Placement misses it")),
        None => found.push("it has no label name, so that TALM's Placement misses it".to_owned()),
    }
    found
}
