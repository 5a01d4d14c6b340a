//! Batches, counted.

use serde::Serialize;

use super::cluster::{ClusterProgress, ClusterReport};
use super::time::TimeReport;
use crate::resource::{ClusterGroupUpgrade, Condition};

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum BatchState {
    /// It has not begun.
    Waiting,
    /// It is worked on.
    Current,
    /// All its clusters completed.
    Complete,
    /// It ended without all its clusters.
    Incomplete,
    /// The CGU ended before it began.
    NeverReached,
}

/// One batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchReport {
    /// From 1.
    pub number: usize,
    /// Where it stands.
    pub state: BatchState,
    /// Whether its one cluster is a canary.
    pub canary: bool,
    /// How many clusters it has.
    pub clusters: usize,
    /// How many of them completed, those that drifted since included, and those that only completed after they had run
    /// out of time.
    pub complete: usize,
    /// How many ran out of time, and had not completed when the CGU did.
    pub timed_out: usize,
    /// How many are being worked on or soak.
    pub in_progress: usize,
    /// How many of those soak.
    pub soaking: usize,
    /// How much time it may take, for the current batch and those to come, in seconds.
    pub budget_seconds: Option<i64>,
}

pub(super) fn batches(cgu: &ClusterGroupUpgrade, clusters: &[ClusterReport], time: &TimeReport) -> Vec<BatchReport> {
    let status = &cgu.status;
    let mut reports: Vec<BatchReport> = status
        .remediation_plan
        .iter()
        .enumerate()
        .map(|(at, batch)| BatchReport {
            number: at + 1,
            state: BatchState::Waiting,
            canary: matches!(batch.as_slice(), [one] if cgu.spec.remediation_strategy.canaries.contains(one)),
            clusters: batch.len(),
            complete: 0,
            timed_out: 0,
            in_progress: 0,
            soaking: 0,
            budget_seconds: None,
        })
        .collect();
    // As [`super::StatusReport::made_good`].
    let made_good = status.succeeded().is_some_and(Condition::is_true) && cgu.spec.manifest_work_templates.is_empty();
    for cluster in clusters {
        if let Some(report) = cluster.batch.and_then(|number| reports.get_mut(number - 1)) {
            report.count(cluster.progress, made_good);
        }
    }
    let current = status.current_batch().map_or(0, |(number, _)| number);
    let ended = status.succeeded().is_some();
    for report in &mut reports {
        report.judge(current, ended);
        report.budget_seconds = budget(report, time);
    }
    reports
}

fn budget(report: &BatchReport, time: &TimeReport) -> Option<i64> {
    let started = time.batch_started_at.filter(|_| report.state == BatchState::Current)?;
    time.batch_ends_by.or(time.ends_by).map(|end| end.duration_since(started).as_secs())
}

impl BatchReport {
    fn count(&mut self, progress: ClusterProgress, made_good: bool) {
        match progress {
            ClusterProgress::TimedOut if made_good => self.complete += 1,
            ClusterProgress::Complete | ClusterProgress::Drifted => self.complete += 1,
            ClusterProgress::TimedOut => self.timed_out += 1,
            ClusterProgress::InProgress => self.in_progress += 1,
            ClusterProgress::Soaking => {
                self.in_progress += 1;
                self.soaking += 1;
            }
            _ => {}
        }
    }

    fn judge(&mut self, current: usize, ended: bool) {
        self.state = match (self.number, ended) {
            (number, false) if number == current => BatchState::Current,
            _ if self.complete == self.clusters => BatchState::Complete,
            (number, false) if number > current => BatchState::Waiting,
            _ if self.complete + self.timed_out == 0 => BatchState::NeverReached,
            _ => BatchState::Incomplete,
        };
    }
}
