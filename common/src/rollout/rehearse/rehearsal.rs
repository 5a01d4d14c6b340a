//! Many runs of one scenario, and what is answered from them.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rayon::prelude::*;
use serde::Serialize;

use super::run::{BatchRun, Room, Run, run};
use super::scenario::{Goal, Scenario};
use super::tally::{BatchTally, Bin, Ends, Quantiles, batches, histogram, seconds};

/// The times of batches are told from at most so many of them over all runs: percentiles need no more.
const MAX_TRACED: usize = 2_000_000;
const MAX_TRACED_RUNS: usize = 2000;

/// How to rehearse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many runs.
    pub runs: usize,
    /// What the runs are drawn from; the same seed gives the same answer.
    pub seed: u64,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rehearsal {
    /// How many runs there were.
    pub runs: usize,
    /// What they were drawn from.
    pub seed: u64,
    /// How many clusters the plan has.
    pub clusters: usize,
    /// The time the CGU has.
    pub timeout_seconds: i64,
    /// How much of it is used up before the start.
    pub used_seconds: i64,
    /// How long after the start the window closes.
    pub window_seconds: Option<i64>,
    /// How many clusters may be left.
    pub allowed_left: usize,
    /// In how many runs no more than those were left when the window closed, or at the end.
    pub fits: usize,
    /// How the runs ended.
    pub ends: Ends,
    /// When the CGU ended.
    pub end_seconds: Quantiles,
    /// When the last cluster that was done, was done.
    pub last_done_seconds: Quantiles,
    /// Clusters not done when the window closed, or at the end.
    pub left: Quantiles,
    /// Clusters being worked on when the window closed.
    pub in_flight: Quantiles,
    /// For runs that do not fit, the batch that broke them and how many it broke; the worst first.
    pub breaks: Vec<(usize, usize)>,
    /// The batches.
    pub batches: Vec<BatchTally>,
    /// When the CGU ended, as a histogram.
    pub histogram: Vec<Bin>,
}

impl Rehearsal {
    /// The share of runs that fit.
    pub fn share(&self) -> f64 {
        self.fits as f64 / self.runs.max(1) as f64
    }
}

/// Plays a scenario many times. The answer depends on the options only, not on the machine's threads.
pub fn rehearse(scenario: &Scenario, goal: Goal, options: Options) -> Rehearsal {
    let runs = play(scenario, goal, options);
    let traced = (MAX_TRACED / scenario.batches.len().max(1)).clamp(1, MAX_TRACED_RUNS).min(options.runs);
    let traces = traces(scenario, goal, Options { runs: traced, ..options });
    let each = |of: fn(&Run) -> i64| -> Vec<i64> { runs.iter().map(of).collect() };
    let ends = each(|run| seconds(run.end));
    Rehearsal {
        runs: runs.len(),
        seed: options.seed,
        clusters: scenario.cluster_count(),
        timeout_seconds: scenario.timeout.as_secs(),
        used_seconds: scenario.used.as_secs(),
        window_seconds: goal.window.map(|window| window.as_secs()),
        allowed_left: goal.allowed_left,
        fits: runs.iter().filter(|run| run.left_at_close <= goal.allowed_left).count(),
        ends: Ends::of(&runs),
        last_done_seconds: Quantiles::of(each(|run| seconds(run.last_done))),
        left: Quantiles::of(each(|run| run.left_at_close as i64)),
        in_flight: Quantiles::of(each(|run| run.in_flight as i64)),
        breaks: breaks(&runs, goal),
        batches: batches(scenario, &traces),
        histogram: histogram(&ends),
        end_seconds: Quantiles::of(ends),
    }
}

/// The runs alone, in their order.
pub(super) fn play(scenario: &Scenario, goal: Goal, options: Options) -> Vec<Run> {
    let close = close(goal);
    let one = |room: &mut Room, number| run(scenario, close, &mut generator(options, number), room, &mut |_| ());
    (0..options.runs).into_par_iter().map_init(Room::default, one).collect()
}

fn traces(scenario: &Scenario, goal: Goal, options: Options) -> Vec<Vec<BatchRun>> {
    let close = close(goal);
    let one = |room: &mut Room, number| {
        let mut trace = Vec::with_capacity(scenario.batches.len());
        run(scenario, close, &mut generator(options, number), room, &mut |batch| trace.push(batch));
        trace
    };
    (0..options.runs).into_par_iter().map_init(Room::default, one).collect()
}

/// Each run has a generator of its own, so that it does not matter who plays it when.
fn generator(options: Options, number: usize) -> Xoshiro256PlusPlus {
    let mut seeds = Xoshiro256PlusPlus::seed_from_u64(options.seed);
    let seed = rand::Rng::next_u64(&mut seeds) ^ number as u64;
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

fn close(goal: Goal) -> i64 {
    goal.window.and_then(|window| i64::try_from(window.as_millis()).ok()).unwrap_or(i64::MAX - 1)
}

fn breaks(runs: &[Run], goal: Goal) -> Vec<(usize, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let broken = runs.iter().filter(|run| run.left_at_close > goal.allowed_left).filter_map(|run| run.broken);
    broken.for_each(|batch| *counts.entry(batch + 1).or_default() += 1);
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
    counts
}
