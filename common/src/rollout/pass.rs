//! One pass of TALM over a CGU (TALM 5.0 `controllers/clustergroupupgrade_controller.go`, `Reconcile`), from the top to
//! the start of the first batch. What can only come from the clusters (views, jobs) is not foretold.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::batches::{RemediationPlan, computed_max_concurrency, remediation_plan};
use super::gate::{BlockerState, blockers, completed_in_all};
use super::message::*;
use super::plan::Outcome;
use super::platform::UpdateGraph;
use super::policies::ManagedPolicies;
use super::verdict::{ClusterCompliance, cluster_compliance};
use super::{Hub, Selection, made, select};
use crate::resource::{
    BatchProgress, ClusterGroupUpgrade, ClusterGroupUpgradeStatus, ClusterOutcome, JobState, JobStatus, Policy,
    PolicyRef, ProgressState,
};

/// Ends a pass early; the outcome says where.
pub(super) type Step = Result<(), Outcome>;

pub(super) struct Pass<'h> {
    pub(super) hub: &'h Hub,
    pub(super) cgu: &'h ClusterGroupUpgrade,
    pub(super) graph: &'h dyn UpdateGraph,
    pub(super) now: Timestamp,
    pub selection: Selection,
    pub policies: ManagedPolicies,
    pub already_compliant: Vec<String>,
    pub filtered_out: Vec<String>,
    pub first_stop: BTreeMap<String, PolicyRef>,
    pub unchecked_lookup: Option<String>,
    /// Why the pass ends in an error that TALM tells only in its log.
    pub failure: Option<String>,
    /// Clusters of the plan that TALM will still roll out to, in the order of the plan.
    pub kept: Vec<String>,
    pub status: ClusterGroupUpgradeStatus,
    pub(super) enforced: Vec<&'h Policy>,
}

impl<'h> Pass<'h> {
    pub fn new(hub: &'h Hub, cgu: &'h ClusterGroupUpgrade, graph: &'h dyn UpdateGraph, now: Timestamp) -> Self {
        Self {
            hub,
            cgu,
            graph,
            now,
            selection: Selection::default(),
            policies: ManagedPolicies::default(),
            already_compliant: Vec::new(),
            filtered_out: Vec::new(),
            first_stop: BTreeMap::new(),
            unchecked_lookup: None,
            failure: None,
            kept: Vec::new(),
            status: cgu.status.clone(),
            enforced: Vec::new(),
        }
    }

    pub fn run(&mut self) -> Outcome {
        match self.steps() {
            Err(outcome) => outcome,
            Ok(()) => Outcome::Starts,
        }
    }

    fn steps(&mut self) -> Step {
        if self.cgu.metadata.deletion_timestamp.is_some() {
            return Err(Outcome::Deleting);
        }
        if self.status.succeeded().is_some() {
            return Err(Outcome::Ended);
        }
        if self.status.is_running() {
            return Err(Outcome::Running);
        }
        self.select_clusters()?;
        self.validate()?;
        self.build_plan(&self.selection.clusters.clone());
        self.kept = self.planned();
        self.find_first_stops();
        made::name_objects(self.cgu, &mut self.status);
        self.precache()?;
        self.drop_unprepared(|status| status.precaching.as_ref(), "(Precaching failed)")?;
        self.check_enabled()?;
        self.status.status.started_at.get_or_insert(self.now);
        self.check_blockers()?;
        self.back_up()?;
        self.drop_unprepared(|status| status.backup.as_ref(), "(Backup failed)")?;
        self.drop_by_blockers()?;
        self.rebuild_plan();
        self.start()
    }

    /// Ends the pass in an error: of what it found out, TALM has written only the batch size.
    pub(super) fn fail(&mut self, why: String) -> Outcome {
        let computed_max_concurrency = self.status.computed_max_concurrency;
        self.status = ClusterGroupUpgradeStatus { computed_max_concurrency, ..self.cgu.status.clone() };
        self.failure = Some(why);
        Outcome::PassFails
    }

    pub(super) fn is_manifest_work(&self) -> bool {
        !self.cgu.spec.manifest_work_templates.is_empty()
    }

    fn select_clusters(&mut self) -> Step {
        self.selection = select(self.hub, &self.cgu.spec);
        let conditions = &mut self.status.conditions;
        if let Some(error) = self.selection.errors.first() {
            set_false(conditions, CLUSTERS_SELECTED, "ClusterNotFound", format!("Unable to select clusters: {error}"));
            return Err(Outcome::ClustersNotSelected);
        }
        set_true(conditions, CLUSTERS_SELECTED, "ClusterSelectionCompleted", "All selected clusters are valid");
        let wanted = self.cgu.spec.remediation_strategy.max_concurrency;
        let computed = computed_max_concurrency(wanted, self.selection.clusters.len());
        self.status.computed_max_concurrency = i64::try_from(computed).unwrap_or(i64::MAX);
        Ok(())
    }

    fn build_plan(&mut self, clusters: &[String]) {
        let plan = self.batch(clusters);
        self.already_compliant = plan.already_compliant;
        self.status.remediation_plan = plan.batches;
    }

    /// Puts those of the clusters that need work into batches.
    pub fn batch(&self, clusters: &[String]) -> RemediationPlan {
        let batch_size = usize::try_from(self.status.computed_max_concurrency).unwrap_or(usize::MAX).max(1);
        let offered: HashSet<&str> = clusters.iter().map(String::as_str).collect();
        let needs_work = |cluster: &str| {
            offered.contains(cluster)
                && (self.is_manifest_work()
                    || self.enforced.iter().any(|p| cluster_compliance(p, cluster) == ClusterCompliance::NonCompliant))
        };
        remediation_plan(clusters, &self.cgu.spec.remediation_strategy.canaries, batch_size, needs_work)
    }

    pub(super) fn planned(&self) -> Vec<String> {
        self.status.remediation_plan.iter().flatten().cloned().collect()
    }

    fn find_first_stops(&mut self) {
        let stops = self.status.remediation_plan.iter().flatten().filter_map(|cluster| {
            let policy = self.enforced.get(first_stop(&self.enforced, cluster)?)?;
            let (name, namespace) = (policy.metadata.name.clone(), policy.metadata.namespace.clone());
            Some((cluster.clone(), PolicyRef { name, namespace }))
        });
        self.first_stop = stops.collect();
    }

    fn check_enabled(&mut self) -> Step {
        if self.cgu.spec.is_enabled() {
            return Ok(());
        }
        set_false(&mut self.status.conditions, PROGRESSING, "NotEnabled", "Not enabled");
        Err(Outcome::NotEnabled)
    }

    fn check_blockers(&mut self) -> Step {
        let all = blockers(self.hub, self.cgu);
        let names = |wanted: &dyn Fn(&BlockerState) -> bool| -> Vec<String> {
            all.iter().filter(|b| wanted(&b.state)).map(|b| b.cgu.name.clone()).collect()
        };
        let missing = names(&|state| *state == BlockerState::Missing);
        let incomplete = names(&BlockerState::is_incomplete);
        let (reason, message) = match (missing.is_empty(), incomplete.is_empty()) {
            (true, true) => return Ok(()),
            (false, _) => ("MissingBlockingCR", format!("Missing blocking CRs: {}", go_list(&missing))),
            (true, false) => {
                ("IncompleteBlockingCR", format!("Blocking CRs that are not completed: {}", go_list(&incomplete)))
            }
        };
        set_false(&mut self.status.conditions, PROGRESSING, reason, message);
        Err(Outcome::Blocked)
    }

    /// Drops what a job did not succeed on. TALM asks for the record of the jobs, not for the field of the spec, and
    /// keeps only clusters that the record calls `Succeeded`: one that came later has no entry and is dropped too.
    fn drop_unprepared(
        &mut self,
        record: impl Fn(&ClusterGroupUpgradeStatus) -> Option<&JobStatus>,
        why: &str,
    ) -> Step {
        let Some(job) = record(&self.status).filter(|_| !self.kept.is_empty()) else { return Ok(()) };
        let (kept, dropped) = std::mem::take(&mut self.kept)
            .into_iter()
            .partition(|cluster| job.status.get(cluster) == Some(&JobState::Succeeded));
        self.keep(kept, dropped, why)
    }

    /// Drops what will not come through jobs that still run elsewhere: some of their states are final.
    pub(super) fn drop_lost(&mut self, record: impl Fn(&ClusterGroupUpgradeStatus) -> Option<&JobStatus>) {
        let Some(job) = record(&self.status) else { return };
        let is_lost = |cluster: &String| job.status.get(cluster).is_some_and(JobState::is_lost);
        let (dropped, kept) = std::mem::take(&mut self.kept).into_iter().partition(is_lost);
        self.kept = kept;
        self.filtered_out.extend::<Vec<String>>(dropped);
    }

    fn drop_by_blockers(&mut self) -> Step {
        if self.kept.is_empty() {
            return Ok(());
        }
        let Some(completed) = completed_in_all(self.hub, self.cgu) else { return Ok(()) };
        let (kept, dropped) =
            std::mem::take(&mut self.kept).into_iter().partition(|cluster| completed.contains(cluster));
        self.keep(kept, dropped, "after filtering out non-completed clusters from blocking CGUs")
    }

    fn keep(&mut self, kept: Vec<String>, dropped: Vec<String>, why: &str) -> Step {
        self.kept = kept;
        self.filtered_out.extend(dropped);
        if self.kept.is_empty() { Err(self.no_clusters_left(why)) } else { Ok(()) }
    }

    /// Builds the plan anew from what is left of it. Whom the second plan calls compliant, canaries that were dropped
    /// among them, follows those of the first.
    fn rebuild_plan(&mut self) {
        let first = std::mem::take(&mut self.already_compliant);
        self.build_plan(&self.kept.clone());
        let second = std::mem::replace(&mut self.already_compliant, first);
        let known: HashSet<String> = self.already_compliant.iter().cloned().collect();
        self.already_compliant.extend(second.into_iter().filter(|cluster| !known.contains(cluster)));
    }

    fn no_clusters_left(&mut self, why: &str) -> Outcome {
        let message = format!("No clusters available for remediation {why}");
        set_false(&mut self.status.conditions, PROGRESSING, "Completed", message.clone());
        set_false(&mut self.status.conditions, SUCCEEDED, "Failed", message);
        self.end();
        Outcome::NoClustersLeft
    }

    /// What the pass after the last writes.
    fn end(&mut self) {
        made::forget_objects(self.cgu, &mut self.status);
        self.status.status.completed_at = Some(self.now);
    }

    fn start(&mut self) -> Step {
        for name in &self.already_compliant {
            self.status.clusters.push(ClusterOutcome { name: name.clone(), ..ClusterOutcome::default() });
        }
        let is_manifest_work = self.is_manifest_work();
        let conditions = &mut self.status.conditions;
        if self.status.remediation_plan.is_empty() {
            set_false(conditions, PROGRESSING, "Completed", POLICIES_COMPLIANT);
            set_true(conditions, SUCCEEDED, "Completed", ALREADY_COMPLIANT);
            self.end();
            return Err(Outcome::NothingToDo);
        }
        let message = if is_manifest_work { "Rolling out manifestworks" } else { "Remediating non-compliant policies" };
        set_true(conditions, PROGRESSING, "InProgress", message);
        if self.is_out_of_time() {
            return Err(self.time_out());
        }
        self.start_first_batch();
        Ok(())
    }

    /// Time runs from `startedAt` on, and TALM looks at it before it does anything for the first batch.
    fn is_out_of_time(&self) -> bool {
        let timeout = self.cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60);
        timeout <= 0 || used_seconds(&self.status, self.now) > timeout
    }

    fn time_out(&mut self) -> Outcome {
        let message = if self.is_manifest_work() {
            "Manifestwork rollout took too long"
        } else {
            "Policy remediation took too long"
        };
        set_false(&mut self.status.conditions, PROGRESSING, "TimedOut", message);
        set_false(&mut self.status.conditions, SUCCEEDED, "TimedOut", message);
        self.end();
        Outcome::TimesOut
    }

    /// Whether a cluster stops at a policy with which it is compliant already.
    fn soaks(&self, at_policy: Option<usize>, cluster: &str) -> bool {
        let policy = at_policy.and_then(|at| self.enforced.get(at));
        policy.is_some_and(|policy| cluster_compliance(policy, cluster) == ClusterCompliance::Compliant)
    }

    fn start_first_batch(&mut self) {
        let first = self.status.remediation_plan.first().cloned().unwrap_or_default();
        let progress = |cluster: &str| {
            let at_policy = first_stop(&self.enforced, cluster);
            let manifest_work_index = self.is_manifest_work().then_some(0);
            BatchProgress {
                state: ProgressState::InProgress,
                policy_index: at_policy,
                manifest_work_index,
                first_compliant_at: self.soaks(at_policy, cluster).then_some(self.now),
            }
        };
        let all: BTreeMap<String, BatchProgress> =
            first.iter().map(|cluster| (cluster.clone(), progress(cluster))).collect();
        made::name_first_objects(self.cgu, &mut self.status, &all);
        self.status.status.current_batch = 1;
        self.status.status.current_batch_started_at = Some(self.now);
        self.status.status.current_batch_remediation_progress = all;
    }
}

/// How long the clock of a CGU has run. It runs while other CGUs block it, too.
pub(super) fn used_seconds(status: &ClusterGroupUpgradeStatus, now: Timestamp) -> i64 {
    status.status.started_at.map_or(0, |started| now.duration_since(started).as_secs().max(0))
}

/// The index of the first policy at which a cluster stops: not compliant, or compliant and soaking.
pub(super) fn first_stop(policies: &[&Policy], cluster: &str) -> Option<usize> {
    policies.iter().position(|policy| match cluster_compliance(policy, cluster) {
        ClusterCompliance::NonCompliant => true,
        ClusterCompliance::Compliant => made::soak_seconds(policy).is_some(),
        ClusterCompliance::NotMatchedWithPolicy => false,
    })
}
