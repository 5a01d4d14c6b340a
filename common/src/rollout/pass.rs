//! One pass of TALM over a CGU (TALM 5.0 `controllers/clustergroupupgrade_controller.go`, `Reconcile`), from the top to
//! the start of the first batch. What can only come from the clusters (views, jobs) is not foretold.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::batches::{computed_max_concurrency, remediation_plan};
use super::gate::{BlockerState, blockers, completed_in_all};
use super::message::*;
use super::plan::Outcome;
use super::platform::{PlatformImage, UpdateGraph, platform_image};
use super::policies::{ManagedPolicies, resolve};
use super::policy_objects::{PolicyObject, inspect};
use super::precaching::precaching_spec;
use super::verdict::{ClusterCompliance, cluster_compliance};
use super::{Hub, Selection, made, select};
use crate::resource::{
    BatchProgress, ClusterGroupUpgrade, ClusterGroupUpgradeStatus, ClusterOutcome, JobState, JobStatus, Policy,
    PolicyRef, PrecachingSpec, ProgressState,
};

/// Ends a pass early; the outcome says where.
type Step = Result<(), Outcome>;

pub(super) struct Pass<'h> {
    hub: &'h Hub,
    cgu: &'h ClusterGroupUpgrade,
    graph: &'h dyn UpdateGraph,
    now: Timestamp,
    pub selection: Selection,
    pub policies: ManagedPolicies,
    pub already_compliant: Vec<String>,
    pub filtered_out: Vec<String>,
    pub first_stop: BTreeMap<String, PolicyRef>,
    pub unchecked_lookup: Option<String>,
    pub status: ClusterGroupUpgradeStatus,
    enforced: Vec<&'h Policy>,
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

    fn is_manifest_work(&self) -> bool {
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

    fn not_valid(&mut self, reason: &str, message: String) -> Outcome {
        set_false(&mut self.status.conditions, VALIDATED, reason, message);
        Outcome::NotValid
    }

    fn validate(&mut self) -> Step {
        if self.is_manifest_work() {
            self.check_templates()?;
        } else {
            self.check_policies()?;
            self.check_platform()?;
            self.check_dependencies()?;
        }
        set_true(&mut self.status.conditions, VALIDATED, "ValidationCompleted", "Completed validation");
        Ok(())
    }

    fn check_templates(&mut self) -> Step {
        let namespace = &self.cgu.metadata.namespace;
        let is_missing = |name: &&String| !self.hub.templates.contains_key(&(namespace.clone(), (*name).clone()));
        let missing: Vec<&String> = self.cgu.spec.manifest_work_templates.iter().filter(is_missing).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message = format!("Missing manifest templates: {}", go_list(&missing));
        Err(self.not_valid("NotAllManifestTemplatesExist", message))
    }

    fn check_policies(&mut self) -> Step {
        self.policies = resolve(self.hub, &self.cgu.spec.managed_policies, &self.selection.clusters);
        if !self.policies.ambiguous.is_empty() {
            let found = serde_json::to_string(&self.policies.ambiguous).unwrap_or_default();
            let message =
                format!("Managed policy name should be unique, but was found in multiple namespaces: {found} ");
            return Err(self.not_valid("AmbiguousManagedPoliciesNames", message));
        }
        self.keep_policies();
        let (missing, invalid) = (self.policies.missing(), self.policies.invalid());
        let message = match (missing.is_empty(), invalid.is_empty()) {
            (true, true) => return Ok(()),
            (false, true) => format!("Missing managed policies: {} ", go_list(&missing)),
            (_, false) => format!("Invalid managed policies: {} ", go_list(&invalid)),
        };
        Err(self.not_valid("NotAllManagedPoliciesExist", message))
    }

    /// The lists in status change only when the new ones hold something; the maps always.
    fn keep_policies(&mut self) {
        let for_upgrade = self.policies.for_upgrade();
        self.enforced = for_upgrade.iter().filter_map(|p| self.hub.policy(&p.namespace, &p.name)).collect();
        self.status.managed_policies_ns = for_upgrade.iter().map(|p| (p.name.clone(), p.namespace.clone())).collect();
        self.status.managed_policies_content = made::content(&self.enforced);
        if !for_upgrade.is_empty() {
            self.status.managed_policies_for_upgrade = for_upgrade;
        }
        let compliant: Vec<String> = self.policies.compliant().into_iter().map(|policy| policy.name).collect();
        if !compliant.is_empty() {
            self.status.managed_policies_compliant_before_upgrade = compliant;
        }
    }

    fn check_platform(&mut self) -> Step {
        let objects: Vec<PolicyObject<'_>> = self.enforced.iter().filter_map(|p| inspect(p).ok()).flatten().collect();
        match platform_image(objects.iter(), self.cgu.spec.pre_caching, self.graph) {
            Ok(image) => {
                if let PlatformImage::ToBeLookedUp(release) = image {
                    self.unchecked_lookup = Some(release.question());
                }
                Ok(())
            }
            Err(message) => Err(self.not_valid("InvalidPlatformImage", message)),
        }
    }

    /// TALM 5.0 `controllers/validation.go`, `validatePoliciesDependenciesOrder`.
    fn check_dependencies(&mut self) -> Step {
        let place: HashMap<(&str, &str), usize> = self
            .enforced
            .iter()
            .enumerate()
            .map(|(at, policy)| ((&*policy.metadata.namespace, &*policy.metadata.name), at))
            .collect();
        let late = self.enforced.iter().enumerate().find_map(|(at, policy)| {
            let is_late = |namespace: &str, name: &str| place.get(&(namespace, name)).is_some_and(|other| *other > at);
            let found = policy.spec.dependencies.iter().find(|d| is_late(&d.namespace, &d.name))?;
            Some((policy.metadata.name.clone(), found.name.clone()))
        });
        match late {
            None => Ok(()),
            Some((policy, other)) => {
                let message = format!("Managed Policy {policy} depends on {other}, which is to be remediated later");
                Err(self.not_valid("UnresolvableDenpendency", message))
            }
        }
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

    fn planned(&self) -> Vec<String> {
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

    fn precache(&mut self) -> Step {
        if !self.cgu.spec.pre_caching || self.status.remediation_plan.is_empty() {
            return Ok(());
        }
        let is_true = |kind: &str| self.status.condition(kind).is_some_and(|condition| condition.is_true());
        let (spec_known, done) = (is_true(PRECACHE_SPEC_VALID), is_true(PRECACHING_SUCCEEDED));
        if done {
            return Ok(());
        }
        if !spec_known {
            self.derive_precaching_spec()?;
        }
        let planned = self.planned();
        let job = self.status.precaching.get_or_insert_default();
        start_jobs(job, planned);
        match set_job_condition(
            &mut self.status.conditions,
            PRECACHING_SUCCEEDED,
            job,
            ("Precaching", "PrecachingCompleted"),
        ) {
            JobsEnd::Running => Err(Outcome::Precaching),
            JobsEnd::AllFailed => Err(Outcome::PrecachingFailed),
            JobsEnd::Done => Ok(()),
        }
    }

    fn derive_precaching_spec(&mut self) -> Step {
        let compliant = self.policies.compliant();
        let compliant = compliant.iter().filter_map(|p| self.hub.policy(&p.namespace, &p.name));
        let policies = self.enforced.iter().copied().chain(compliant);
        let objects: Vec<PolicyObject<'_>> = policies.filter_map(|policy| inspect(policy).ok()).flatten().collect();
        // Validation looked at the policies to enforce only; here the compliant ones count as well.
        let image = platform_image(objects.iter(), true, self.graph).unwrap_or_default();
        let spec = precaching_spec(self.hub, self.cgu, objects.iter(), &image);
        let job = self.status.precaching.get_or_insert_default();
        let conditions = &mut self.status.conditions;
        match spec {
            Ok(spec) => {
                job.spec = Some(spec);
                let message = "Precaching spec is valid and consistent";
                set_true(conditions, PRECACHE_SPEC_VALID, "PrecacheSpecIsWellFormed", message);
                Ok(())
            }
            Err(why) => {
                job.spec.get_or_insert_with(PrecachingSpec::default);
                let message = format!("Precaching spec is incomplete: {why}");
                set_false(conditions, PRECACHE_SPEC_VALID, "PrecacheSpecIncomplete", message);
                Err(Outcome::PrecacheSpecIncomplete)
            }
        }
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

    fn back_up(&mut self) -> Step {
        let done = self.status.condition(BACKUP_SUCCEEDED).is_some_and(|condition| condition.is_true());
        if !self.cgu.spec.backup || done || self.status.remediation_plan.is_empty() {
            return Ok(());
        }
        let planned = self.planned();
        let now = self.now;
        let job = self.status.backup.get_or_insert_default();
        job.started_at.get_or_insert(now);
        start_jobs(job, planned);
        let end = set_job_condition(&mut self.status.conditions, BACKUP_SUCCEEDED, job, ("Backup", "BackupCompleted"));
        if end == JobsEnd::Done {
            return Ok(());
        }
        set_false(&mut self.status.conditions, PROGRESSING, "NotStarted", "Cluster backup is in progress");
        Err(if end == JobsEnd::AllFailed { Outcome::BackupFailed } else { Outcome::BackingUp })
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

fn start_jobs(job: &mut JobStatus, clusters: Vec<String>) {
    for cluster in clusters {
        job.status.entry(cluster).or_insert(JobState::PreparingToStart);
    }
}

#[derive(PartialEq, Eq)]
enum JobsEnd {
    Running,
    AllFailed,
    Done,
}

/// Counts the states as TALM does (`controllers/precache.go`, `controllers/backup.go`).
fn set_job_condition(
    conditions: &mut Vec<crate::resource::Condition>,
    kind: &str,
    job: &JobStatus,
    (what, completed): (&str, &str),
) -> JobsEnd {
    let count = |wanted: &dyn Fn(&JobState) -> bool| job.status.values().filter(|state| wanted(state)).count();
    let (running, failed) = (count(&JobState::is_in_progress), count(&JobState::has_failed));
    if running > 0 {
        set_false(conditions, kind, "InProgress", format!("{what} in progress for {running} clusters"));
        JobsEnd::Running
    } else if failed == 0 {
        set_true(conditions, kind, completed, format!("{what} is completed for all clusters"));
        JobsEnd::Done
    } else if failed == job.status.len() {
        set_false(conditions, kind, "Failed", format!("{what} failed for all clusters"));
        JobsEnd::AllFailed
    } else {
        set_true(conditions, kind, "PartiallyDone", format!("{what} failed for {failed} clusters"));
        JobsEnd::Done
    }
}
