//! Time used and left, of the CGU and of its current batch.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::cluster::ClusterReport;
use crate::resource::ClusterGroupUpgrade;
use crate::rollout::current_batch_budget;

/// A running TALM acts on a time that is up within five minutes (TALM 5.0 `clustergroupupgrade_controller.go`).
pub(in crate::rollout) const PATIENCE_SECONDS: i64 = 15 * 60;

/// What should have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Due {
    /// The rollout.
    Rollout,
    /// The current batch.
    Batch,
    /// The backup.
    Backup,
    /// The soak time of a cluster.
    Soak,
}

/// A time that was up longer ago than a running TALM needs to act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overdue {
    /// What should have ended.
    pub due: Due,
    /// How long ago, in seconds.
    pub seconds: i64,
}

/// Times; durations are seconds. What has not begun has no times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeReport {
    /// The time the CGU has as a whole.
    pub timeout_seconds: i64,
    /// When it started to count, blocked time included.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// Time used, until now or the end.
    pub used_seconds: Option<i64>,
    /// When the time is up.
    pub ends_by: Option<Timestamp>,
    /// When the current batch began.
    pub batch_started_at: Option<Timestamp>,
    /// When its time is up; none for the last batch, which only the CGU's own time ends.
    pub batch_ends_by: Option<Timestamp>,
    /// What TALM should have ended long ago; the rollout comes before its batch, and the batch before a cluster.
    pub overdue: Option<Overdue>,
}

impl TimeReport {
    /// Whether all its time is used up, in seconds since; none before that, and once it has ended.
    pub fn used_up_seconds(&self) -> Option<i64> {
        let used = self.used_seconds.filter(|_| self.completed_at.is_none())?;
        Some(used - self.timeout_seconds).filter(|over| *over >= 0)
    }
}

/// What a rollout under way should have ended long ago.
pub(super) fn overdue(time: &TimeReport, clusters: &[ClusterReport], now: Timestamp) -> Option<Overdue> {
    let soaked = clusters.iter().filter_map(|cluster| cluster.soaks_until).min();
    let ends = [(Due::Rollout, time.ends_by), (Due::Batch, time.batch_ends_by), (Due::Soak, soaked)];
    let since =
        ends.into_iter().filter_map(|(due, end)| Some(Overdue { due, seconds: now.duration_since(end?).as_secs() }));
    since.into_iter().find(|overdue| overdue.seconds > PATIENCE_SECONDS)
}

/// TALM gives up a backup 1200 seconds after it began (5.0 `controllers/backup.go`).
pub(super) fn backup_overdue(cgu: &ClusterGroupUpgrade, now: Timestamp) -> Option<Overdue> {
    const BACKUP_SECONDS: i64 = 1200;
    let seconds = now.duration_since(cgu.status.backup.as_ref()?.started_at?).as_secs() - BACKUP_SECONDS;
    (seconds > PATIENCE_SECONDS).then_some(Overdue { due: Due::Backup, seconds })
}

pub(super) fn time(cgu: &ClusterGroupUpgrade, now: Timestamp) -> TimeReport {
    let run = &cgu.status.status;
    let timeout = SignedDuration::from_secs(cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60));
    // The clocks of two machines differ.
    let used = run.started_at.map(|start| run.completed_at.unwrap_or(now).duration_since(start).as_secs().max(0));
    TimeReport {
        timeout_seconds: timeout.as_secs(),
        started_at: run.started_at,
        completed_at: run.completed_at,
        used_seconds: used,
        ends_by: run.started_at.and_then(|start| start.checked_add(timeout).ok()),
        batch_started_at: run.current_batch_started_at,
        batch_ends_by: batch_ends_by(cgu, timeout),
        overdue: None,
    }
}

fn batch_ends_by(cgu: &ClusterGroupUpgrade, timeout: SignedDuration) -> Option<Timestamp> {
    let (number, _) = cgu.status.current_batch()?;
    let batches = cgu.status.remediation_plan.len();
    let (start, batch_start) = (cgu.status.status.started_at?, cgu.status.status.current_batch_started_at?);
    if number >= batches {
        return None;
    }
    let budget = current_batch_budget(timeout, batches, number, batch_start.duration_since(start))?;
    batch_start.checked_add(budget).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_talm_does_not_end_is_overdue_after_a_while() {
        let at = |text: &str| text.parse::<Timestamp>().ok();
        let of = |now: &str| {
            let time = TimeReport {
                ends_by: at("2026-01-01T12:00:00Z"),
                batch_ends_by: at("2026-01-01T11:00:00Z"),
                ..TimeReport::default()
            };
            overdue(&time, &[], at(now).unwrap()).map(|overdue| (overdue.due, overdue.seconds))
        };
        assert_eq!(of("2026-01-01T11:10:00Z"), None);
        assert_eq!(of("2026-01-01T11:20:00Z"), Some((Due::Batch, 1200)));
        assert_eq!(of("2026-01-01T13:00:00Z"), Some((Due::Rollout, 3600)));
    }

    #[test]
    fn the_last_batch_has_only_the_time_of_the_whole() {
        let of = |batch: i64| {
            let cgu = json!({"spec": {"remediationStrategy": {"timeout": 60, "maxConcurrency": 1}}, "status": {
                "remediationPlan": [["a"], ["b"], ["c"]],
                "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": batch,
                    "currentBatchStartedAt": "2026-01-01T10:10:00Z"}}});
            time(&crate::resource::read(&cgu).unwrap(), "2026-01-01T10:20:00Z".parse().unwrap())
        };
        let second = of(2);
        assert_eq!(second.used_seconds, Some(1200));
        assert_eq!(second.batch_ends_by.unwrap().to_string(), "2026-01-01T10:35:00Z");
        assert_eq!(of(3).batch_ends_by, None);
        assert_eq!(of(3).ends_by.unwrap().to_string(), "2026-01-01T11:00:00Z");
        assert_eq!(of(9).batch_ends_by, None);
    }
    #[test]
    fn a_backup_that_talm_has_not_given_up_is_overdue() {
        let cgu: ClusterGroupUpgrade = crate::resource::read(
            &json!({"status": {"backup": {"startedAt": "2026-01-01T10:00:00Z", "status": {"a": "Active"}}}}),
        )
        .unwrap();
        let of = |now: &str| backup_overdue(&cgu, now.parse().unwrap()).map(|overdue| overdue.seconds);
        assert_eq!(of("2026-01-01T10:30:00Z"), None);
        assert_eq!(of("2026-01-01T11:00:00Z"), Some(2400));
    }
}
