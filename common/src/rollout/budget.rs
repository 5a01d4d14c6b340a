//! How much time a batch has (TALM 5.0 `controllers/utils/batches.go`, `CalculateBatchTimeout`).

use jiff::SignedDuration;
use serde::Serialize;

/// The time of one batch when every batch before it uses up its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchBudget {
    /// How long the batch may take, in seconds.
    pub budget_seconds: i64,
    /// How long after the start of batch 1 it begins at the latest, in seconds.
    pub latest_start_seconds: i64,
}

/// The time a batch has: what is left of the whole, shared by the batches left. Batches count from 1; `None` for a
/// number out of range.
pub fn current_batch_budget(
    timeout: SignedDuration,
    batches: usize,
    current: usize,
    started_after: SignedDuration,
) -> Option<SignedDuration> {
    let remaining = i32::try_from((batches + 1).checked_sub(current)?).ok().filter(|n| *n > 0 && current > 0)?;
    (timeout - started_after).checked_div(remaining)
}

/// The budgets of all batches before the start, of the seconds that are left for all of them.
pub fn budgets(seconds: i64, batches: usize) -> Vec<BatchBudget> {
    let whole = seconds.max(0);
    let share = |count: usize| whole.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)) / batches as i64;
    (0..batches)
        .map(|at| BatchBudget { budget_seconds: whole / batches as i64, latest_start_seconds: share(at) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(timeout: i64, batches: usize, current: usize, after: i64) -> Option<i64> {
        let (timeout, after) = (SignedDuration::from_mins(timeout), SignedDuration::from_mins(after));
        current_batch_budget(timeout, batches, current, after).map(|budget| budget.as_mins())
    }

    #[test]
    fn time_not_used_is_shared_by_later_batches() {
        assert_eq!(minutes(240, 5, 1, 0), Some(48));
        assert_eq!(minutes(240, 5, 2, 40), Some(50));
        assert_eq!(minutes(240, 5, 5, 100), Some(140));
        assert_eq!(minutes(240, 5, 6, 0), None);
        assert_eq!(minutes(240, 0, 0, 0), None);
    }

    #[test]
    fn planned_batches_share_evenly() {
        let planned = budgets(240 * 60, 3);
        assert_eq!(planned[2], BatchBudget { budget_seconds: 4800, latest_start_seconds: 9600 });
        assert!(budgets(240, 0).is_empty());
        assert_eq!(budgets(-60, 1)[0].budget_seconds, 0, "used up");
    }
}
