//! The steps of a pass that run jobs on the clusters: pre-caching and backup (TALM 5.0 `controllers/precache.go`,
//! `controllers/backup.go`). The states of jobs come from the clusters and are taken as they are.

use super::message::*;
use super::pass::{Pass, Step};
use super::plan::Outcome;
use super::platform::platform_image;
use super::policy_objects::{PolicyObject, inspect};
use super::precaching::precaching_spec;
use crate::resource::{Condition, JobState, JobStatus, PrecachingSpec};

impl Pass<'_> {
    pub(super) fn precache(&mut self) -> Step {
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

    pub(super) fn back_up(&mut self) -> Step {
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
    conditions: &mut Vec<Condition>,
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
