//! Time used and left, of the CGU and of its current batch.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::resource::ClusterGroupUpgrade;
use crate::rollout::current_batch_budget;

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
}

pub(super) fn time(cgu: &ClusterGroupUpgrade, now: Timestamp) -> TimeReport {
    let run = &cgu.status.status;
    let timeout = SignedDuration::from_secs(cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60));
    let used = run.started_at.map(|start| run.completed_at.unwrap_or(now).duration_since(start).as_secs());
    TimeReport {
        timeout_seconds: timeout.as_secs(),
        started_at: run.started_at,
        completed_at: run.completed_at,
        used_seconds: used,
        ends_by: run.started_at.and_then(|start| start.checked_add(timeout).ok()),
        batch_started_at: run.current_batch_started_at,
        batch_ends_by: batch_ends_by(cgu, timeout),
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
}
