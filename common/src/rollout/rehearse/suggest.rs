//! What would make a plan fit.

use serde::Serialize;

use super::rehearsal::{Options, Rehearsal, rehearse};
use super::scenario::{Goal, Scenario};

/// Runs for a candidate before it is looked at closely.
const FEW: usize = 500;

/// What to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "camelCase")]
pub enum SuggestionKind {
    /// Another `maxConcurrency`.
    MaxConcurrency {
        /// The smallest that was found to do.
        max_concurrency: i64,
    },
    /// Another `timeout`.
    Timeout {
        /// In minutes.
        minutes: i64,
    },
    /// Both.
    Both {
        /// The smallest that was found to do with this timeout.
        max_concurrency: i64,
        /// In minutes.
        minutes: i64,
    },
    /// To accept that clusters are left.
    AllowLeft {
        /// How many.
        clusters: usize,
    },
}

/// A change, and what the same rehearsal says with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What to change.
    #[serde(flatten)]
    pub kind: SuggestionKind,
    /// The share of runs that then fit.
    pub fits: f64,
    /// When the CGU then ends in 19 of 20 runs, in seconds.
    pub end_p95_seconds: i64,
    /// How many batches there are then.
    pub batches: usize,
}

/// A plan as it is: what changes are measured against.
struct Current {
    /// Clusters beside the canaries.
    ordinary: usize,
    /// The size of a batch.
    batch_size: usize,
    /// The CGU's time in minutes.
    minutes: i64,
    /// How many of them are used up before the start.
    used: i64,
}

/// Looks for the smallest change of one thing, then of two, that reaches `target` (a share). `build` plans anew with a
/// `maxConcurrency` and a timeout in minutes.
pub fn suggest(
    now: &Rehearsal,
    goal: Goal,
    options: Options,
    target: f64,
    build: &dyn Fn(Option<i64>, Option<i64>) -> Option<Scenario>,
) -> Vec<Suggestion> {
    let search = Search { goal, options, target, build };
    let current = Current::of(now);
    let longer = search.timeouts(&current);
    let mut found: Vec<Suggestion> = Vec::new();
    found.extend(search.smallest_size(&current, None).map(|(size, fits)| search.told(fits, Some(size), None)));
    found.extend(longer.iter().find_map(|minutes| {
        let fits = search.reaches(None, Some(*minutes))?;
        Some(search.told(fits, None, Some(*minutes)))
    }));
    if found.is_empty() {
        found.extend(longer.last().and_then(|minutes| {
            let (size, fits) = search.smallest_size(&current, Some(*minutes))?;
            Some(search.told(fits, Some(size), Some(*minutes)))
        }));
    }
    if found.is_empty() {
        found.extend(search.left(now));
    }
    found
}

impl Current {
    fn of(now: &Rehearsal) -> Self {
        let ordinary = now.batches.iter().filter(|batch| !batch.canary);
        Self {
            ordinary: ordinary.clone().map(|batch| batch.clusters).sum(),
            batch_size: ordinary.map(|batch| batch.clusters).max().unwrap_or(1),
            minutes: now.timeout_seconds / 60,
            used: now.used_seconds / 60,
        }
    }
}

struct Search<'s> {
    goal: Goal,
    options: Options,
    target: f64,
    build: &'s dyn Fn(Option<i64>, Option<i64>) -> Option<Scenario>,
}

impl Search<'_> {
    /// The rehearsal of a change, when it reaches the target: first a few runs, then as many as were asked for.
    fn reaches(&self, size: Option<i64>, minutes: Option<i64>) -> Option<(Rehearsal, usize)> {
        let scenario = (self.build)(size, minutes)?;
        let few = Options { runs: FEW.min(self.options.runs), ..self.options };
        // A few runs may be unlucky by some percent; those far below are not looked at again.
        if rehearse(&scenario, self.goal, few).share() < self.target - 0.05 {
            return None;
        }
        let all = rehearse(&scenario, self.goal, self.options);
        (all.share() >= self.target).then_some((all, scenario.batches.len()))
    }

    fn told(&self, (rehearsal, batches): (Rehearsal, usize), size: Option<i64>, minutes: Option<i64>) -> Suggestion {
        let kind = match (size, minutes) {
            (Some(max_concurrency), Some(minutes)) => SuggestionKind::Both { max_concurrency, minutes },
            (Some(max_concurrency), None) => SuggestionKind::MaxConcurrency { max_concurrency },
            (None, minutes) => SuggestionKind::Timeout { minutes: minutes.unwrap_or_default() },
        };
        Suggestion { kind, fits: rehearsal.share(), end_p95_seconds: rehearsal.end_seconds.p95, batches }
    }

    /// The smallest batch size above the current one that does. Fewer batches are taken never to be worse, so that
    /// halving the range finds it.
    fn smallest_size(&self, current: &Current, minutes: Option<i64>) -> Option<(i64, (Rehearsal, usize))> {
        let size = |batches: usize| i64::try_from(current.ordinary.div_ceil(batches)).unwrap_or(i64::MAX);
        let (mut low, mut high) = (1, current.ordinary.div_ceil(current.batch_size.max(1)).checked_sub(1)?);
        let mut best = None;
        while low <= high && low > 0 {
            let batches = low.midpoint(high);
            match self.reaches(Some(size(batches)), minutes) {
                Some(fits) => {
                    best = Some((size(batches), fits));
                    low = batches + 1;
                }
                None => high = batches - 1,
            }
        }
        best
    }

    /// Longer timeouts worth trying, in ascending order: none that is longer than the window.
    fn timeouts(&self, current: &Current) -> Vec<i64> {
        let longest = self
            .goal
            .window
            .map_or(current.minutes.saturating_mul(4), |window| window.as_mins().saturating_add(current.used));
        // In quarters of an hour, at most twelve of them.
        let step = ((longest - current.minutes) / 12).max(0) / 15 * 15 + 15;
        let mut all: Vec<i64> = (1..=12).map(|n| current.minutes.saturating_add(n * step)).collect();
        all.retain(|minutes| *minutes < longest);
        if longest > current.minutes {
            all.push(longest);
        }
        all
    }

    /// How many clusters have to be left whatever is changed within reason.
    fn left(&self, now: &Rehearsal) -> Option<Suggestion> {
        let clusters = usize::try_from(now.left.p95).ok().filter(|left| *left < now.clusters)?;
        let goal = Goal { allowed_left: clusters, ..self.goal };
        let scenario = (self.build)(None, None)?;
        let rehearsal = rehearse(&scenario, goal, self.options);
        Some(Suggestion {
            kind: SuggestionKind::AllowLeft { clusters },
            fits: rehearsal.share(),
            end_p95_seconds: rehearsal.end_seconds.p95,
            batches: scenario.batches.len(),
        })
    }
}
