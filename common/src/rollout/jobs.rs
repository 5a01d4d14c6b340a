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
    /// TALM runs the jobs when `preCaching` is set and the plan holds clusters, but waits at this gate as soon as the
    /// status holds a record of them, whatever became of the field and of the plan.
    pub(super) fn precache(&mut self) -> Step {
        let done = self.is_true(PRECACHING_SUCCEEDED);
        if !done && self.cgu.spec.pre_caching && !self.kept.is_empty() {
            return self.run_precaching();
        }
        if done || self.status.precaching.is_none() {
            return Ok(());
        }
        if self.status.condition(PRECACHE_SPEC_VALID).is_some_and(|condition| condition.is_false()) {
            return Err(Outcome::PrecacheSpecIncomplete);
        }
        Err(if self.has_failed(PRECACHING_SUCCEEDED) { Outcome::PrecachingFailed } else { Outcome::PrecachingStuck })
    }

    fn run_precaching(&mut self) -> Step {
        if !self.is_true(PRECACHE_SPEC_VALID) {
            self.derive_precaching_spec()?;
        }
        let job = self.status.precaching.get_or_insert_default();
        start_jobs(job, &self.kept);
        match set_job_condition(
            &mut self.status.conditions,
            PRECACHING_SUCCEEDED,
            job,
            ("Precaching", "PrecachingCompleted"),
        ) {
            JobsEnd::Running => {
                self.drop_lost(|status| status.precaching.as_ref());
                Err(Outcome::Precaching)
            }
            JobsEnd::AllFailed => Err(Outcome::PrecachingFailed),
            JobsEnd::Done => Ok(()),
        }
    }

    fn is_true(&self, kind: &str) -> bool {
        self.status.condition(kind).is_some_and(|condition| condition.is_true())
    }

    fn has_failed(&self, kind: &str) -> bool {
        self.status.condition(kind).is_some_and(|condition| condition.is_false() && condition.reason == "Failed")
    }

    fn derive_precaching_spec(&mut self) -> Step {
        let compliant = self.policies.compliant();
        let compliant = compliant.iter().filter_map(|p| self.hub.policy(&p.namespace, &p.name));
        let policies = self.enforced.iter().copied().chain(compliant);
        let objects: Vec<PolicyObject<'_>> = policies.filter_map(|policy| inspect(policy).ok()).flatten().collect();
        // Validation looked at the policies to enforce only; here the compliant ones count as well.
        let image = match platform_image(objects.iter(), true, self.graph) {
            Ok(image) => image,
            Err(why) => return Err(self.fail(format!("it cannot find out the release to pre-cache: {why}"))),
        };
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

    /// As for pre-caching, the record of the jobs keeps the gate closed, and not the field.
    pub(super) fn back_up(&mut self) -> Step {
        let done = self.is_true(BACKUP_SUCCEEDED);
        let end = if !done && self.cgu.spec.backup && !self.kept.is_empty() {
            let job = self.status.backup.get_or_insert_default();
            job.started_at.get_or_insert(self.now);
            start_jobs(job, &self.kept);
            match set_job_condition(&mut self.status.conditions, BACKUP_SUCCEEDED, job, ("Backup", "BackupCompleted")) {
                JobsEnd::Done => return Ok(()),
                JobsEnd::AllFailed => Outcome::BackupFailed,
                JobsEnd::Running => {
                    self.drop_lost(|status| status.backup.as_ref());
                    Outcome::BackingUp
                }
            }
        } else if done || self.status.backup.is_none() {
            return Ok(());
        } else if self.has_failed(BACKUP_SUCCEEDED) {
            Outcome::BackupFailed
        } else {
            Outcome::BackupStuck
        };
        set_false(&mut self.status.conditions, PROGRESSING, "NotStarted", "Cluster backup is in progress");
        Err(end)
    }
}

fn start_jobs(job: &mut JobStatus, clusters: &[String]) {
    for cluster in clusters {
        job.status.entry(cluster.clone()).or_insert(JobState::PreparingToStart);
    }
}

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
