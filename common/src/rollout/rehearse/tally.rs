//! Many runs in few numbers.

use serde::Serialize;

use super::run::{BatchRun, End, Run};
use super::scenario::Scenario;

/// How many bars a histogram has.
const BINS: i64 = 24;

/// Percentiles of what was counted: seconds or clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quantiles {
    /// One in 20 is not above this.
    pub p5: i64,
    /// The middle.
    pub p50: i64,
    /// One in 20 is above this.
    pub p95: i64,
    /// The largest of all.
    pub max: i64,
}

impl Quantiles {
    /// By nearest rank; all zero without values.
    pub(super) fn of(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        let rank = |share: usize| {
            let at = (values.len() * share).div_ceil(100).max(1) - 1;
            values.get(at).copied().unwrap_or_default()
        };
        Self { p5: rank(5), p50: rank(50), p95: rank(95), max: rank(100) }
    }
}

/// How many runs ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ends {
    /// All clusters compliant.
    pub completed: usize,
    /// Out of time as a whole.
    pub timed_out: usize,
    /// Aborted by a batch.
    pub aborted: usize,
    /// Ended by a canary.
    pub canary_failed: usize,
}

impl Ends {
    pub(super) fn of(runs: &[Run]) -> Self {
        let count = |how: End| runs.iter().filter(|run| run.how == how).count();
        Self {
            completed: count(End::Completed),
            timed_out: count(End::TimedOut),
            aborted: count(End::Aborted),
            canary_failed: count(End::CanaryFailed),
        }
    }
}

/// One batch over the runs. Times are those of runs in which it began.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchTally {
    /// From 1.
    pub number: usize,
    /// How many clusters it has.
    pub clusters: usize,
    /// Whether its one cluster is a canary.
    pub canary: bool,
    /// When it began, in seconds from the start of the CGU.
    pub start_seconds: Quantiles,
    /// When it ended, likewise.
    pub end_seconds: Quantiles,
    /// The share of runs in which it began.
    pub reached: f64,
    /// The share of those in which it ran out of time.
    pub timed_out: f64,
}

/// The batches, from what each of some runs told of them.
pub(super) fn batches(scenario: &Scenario, traces: &[Vec<BatchRun>]) -> Vec<BatchTally> {
    let tally = |(at, batch): (usize, &super::ScenarioBatch)| {
        let seen: Vec<&BatchRun> = traces.iter().filter_map(|trace| trace.get(at)).collect();
        let times = |of: fn(&BatchRun) -> i64| Quantiles::of(seen.iter().map(|run| seconds(of(run))).collect());
        let timed_out = seen.iter().filter(|run| run.timed_out).count();
        BatchTally {
            number: at + 1,
            clusters: batch.clusters,
            canary: batch.canary,
            start_seconds: times(|run| run.start),
            end_seconds: times(|run| run.end),
            reached: seen.len() as f64 / traces.len().max(1) as f64,
            timed_out: timed_out as f64 / seen.len().max(1) as f64,
        }
    };
    scenario.batches.iter().enumerate().map(tally).collect()
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bin {
    /// It begins here, in seconds.
    pub from_seconds: i64,
    /// The next begins here.
    pub to_seconds: i64,
    /// How many runs are in it.
    pub runs: usize,
}

/// A histogram of times in seconds, in bars of a whole number of minutes.
pub(super) fn histogram(times: &[i64]) -> Vec<Bin> {
    let (Some(first), Some(last)) = (times.iter().min(), times.iter().max()) else { return Vec::new() };
    let step = 60 * (last - first).div_euclid(60 * BINS).saturating_add(1);
    let from = first.div_euclid(step) * step;
    let bars = usize::try_from((last - from) / step + 1).unwrap_or(1);
    let mut bins: Vec<Bin> = (0..bars as i64)
        .map(|at| Bin { from_seconds: from + at * step, to_seconds: from + (at + 1) * step, runs: 0 })
        .collect();
    for time in times {
        let at = usize::try_from((time - from) / step).unwrap_or(0);
        if let Some(bin) = bins.get_mut(at) {
            bin.runs += 1;
        }
    }
    bins
}

/// Whole seconds, rounded up: what ends within a second has not ended before it.
pub(super) fn seconds(millis: i64) -> i64 {
    millis.saturating_add(999).div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let of = |values: &[i64]| Quantiles::of(values.to_vec());
        assert_eq!(of(&[]), Quantiles::default());
        assert_eq!(of(&[3]), Quantiles { p5: 3, p50: 3, p95: 3, max: 3 });
        assert_eq!(of(&(1..=100).collect::<Vec<_>>()), Quantiles { p5: 5, p50: 50, p95: 95, max: 100 });
    }

    #[test]
    fn a_histogram_holds_every_run_once() {
        let times: Vec<i64> = (0..1000).map(|n| 3600 + n * 13).collect();
        let bins = histogram(&times);
        assert_eq!(bins.iter().map(|bin| bin.runs).sum::<usize>(), 1000);
        assert!(bins.len() <= 26 && bins[0].from_seconds <= 3600 && bins.last().unwrap().to_seconds > 3600 + 999 * 13);
        assert_eq!(histogram(&[7200, 7200]).len(), 1);
        assert!(histogram(&[]).is_empty());
    }
}
