//! One pass of TALM over a CGU (TALM 5.0 `controllers/clustergroupupgrade_controller.go`, `Reconcile`), from the top to
//! the start of the first batch. What can only come from the clusters (views, jobs) is not foretold.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::batches::{computed_max_concurrency, remediation_plan};
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
        if self.status.succeeded().is_some() {
            return Err(Outcome::Ended);
        }
        if self.status.is_running() {
            return Err(Outcome::Running);
        }
        self.select_clusters()?;
        self.validate()?;
        self.build_plan(&self.selection.clusters.clone());
        self.find_first_stops();
        made::name_objects(self.cgu, &mut self.status);
        self.precache()?;
        self.check_enabled()?;
        self.status.status.started_at.get_or_insert(self.now);
        self.check_blockers()?;
        self.back_up()?;
        self.reduce_plan()?;
        self.start()
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
        let batch_size = usize::try_from(self.status.computed_max_concurrency).unwrap_or(usize::MAX).max(1);
        let offered: HashSet<&str> = clusters.iter().map(String::as_str).collect();
        let needs_work = |cluster: &str| {
            offered.contains(cluster)
                && (self.is_manifest_work()
                    || self.enforced.iter().any(|p| cluster_compliance(p, cluster) == ClusterCompliance::NonCompliant))
        };
        let plan = remediation_plan(clusters, &self.cgu.spec.remediation_strategy.canaries, batch_size, needs_work);
        self.already_compliant = plan.already_compliant;
        self.status.remediation_plan = plan.batches;
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

    /// Rebuilds the plan without the clusters that failed before the start.
    fn reduce_plan(&mut self) -> Step {
        let planned = self.planned();
        if planned.is_empty() {
            return Ok(());
        }
        let failed_in = |job: &Option<JobStatus>, wanted: bool, cluster: &str| {
            wanted
                && job
                    .as_ref()
                    .and_then(|job| job.status.get(cluster))
                    .is_some_and(|state| *state != JobState::Succeeded)
        };
        let mut kept = planned.clone();
        kept.retain(|cluster| !failed_in(&self.status.precaching, self.cgu.spec.pre_caching, cluster));
        if kept.is_empty() {
            return Err(self.no_clusters_left("(Precaching failed)"));
        }
        kept.retain(|cluster| !failed_in(&self.status.backup, self.cgu.spec.backup, cluster));
        if kept.is_empty() {
            return Err(self.no_clusters_left("(Backup failed)"));
        }
        if let Some(completed) = completed_in_all(self.hub, self.cgu) {
            kept.retain(|cluster| completed.contains(cluster));
            if kept.is_empty() {
                return Err(self.no_clusters_left("after filtering out non-completed clusters from blocking CGUs"));
            }
        }
        if kept.len() == planned.len() {
            return Ok(());
        }
        // Clusters compliant before stay so: the second plan only sees those of the first.
        let before = std::mem::take(&mut self.already_compliant);
        self.filtered_out = planned.iter().filter(|cluster| !kept.contains(cluster)).cloned().collect();
        self.build_plan(&kept);
        self.already_compliant
            .extend(before.into_iter().filter(|c| !self.cgu.spec.remediation_strategy.canaries.contains(c)));
        Ok(())
    }

    fn no_clusters_left(&mut self, why: &str) -> Outcome {
        let message = format!("No clusters available for remediation {why}");
        self.filtered_out = self.planned();
        self.status.remediation_plan.clear();
        set_false(&mut self.status.conditions, PROGRESSING, "Completed", message.clone());
        set_false(&mut self.status.conditions, SUCCEEDED, "Failed", message);
        Outcome::NoClustersLeft
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
            made::forget_objects(self.cgu, &mut self.status);
            self.status.status.completed_at = Some(self.now);
            return Err(Outcome::NothingToDo);
        }
        let message = if is_manifest_work { "Rolling out manifestworks" } else { "Remediating non-compliant policies" };
        set_true(conditions, PROGRESSING, "InProgress", message);
        self.start_first_batch();
        Ok(())
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
                ..Default::default()
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

/// The index of the first policy at which a cluster stops: not compliant, or compliant and soaking.
pub(super) fn first_stop(policies: &[&Policy], cluster: &str) -> Option<usize> {
    policies.iter().position(|policy| match cluster_compliance(policy, cluster) {
        ClusterCompliance::NonCompliant => true,
        ClusterCompliance::Compliant => made::soak_seconds(policy).is_some(),
        ClusterCompliance::NotMatchedWithPolicy => false,
    })
}
