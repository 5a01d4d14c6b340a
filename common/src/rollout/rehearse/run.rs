//! One run: a rollout played from its start to its end (TALM 5.0 `controllers/clustergroupupgrade_controller.go`).
//!
//! TALM looks at a CGU whenever a policy's compliance changes, and otherwise every five minutes from the start of the
//! batch on. So a batch completes at the moment its last cluster does, while a batch that runs out of time is noticed
//! at the first look after that. Before anything else, each look judges the time of the whole.

use jiff::SignedDuration;
use rand::{Rng, RngExt};
use serde::Serialize;

use super::scenario::{SOAK_POLL_MS, Scenario, ScenarioBatch, Walk};
use crate::rollout::current_batch_budget;

const NEVER: i64 = i64::MAX;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum End {
    /// All clusters are compliant.
    Completed,
    /// The whole ran out of time.
    TimedOut,
    /// A batch ran out of time, and `batchTimeoutAction` is Abort.
    Aborted,
    /// A canary ran out of time.
    CanaryFailed,
}

/// What came of one run. Times are milliseconds from the start of the rehearsal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How it ended.
    pub how: End,
    /// When it ended.
    pub end: i64,
    /// When the last cluster that was done, was done; 0 when none was.
    pub last_done: i64,
    /// Clusters not done at the end.
    pub left: usize,
    /// Clusters not done when the window closed.
    pub left_at_close: usize,
    /// Clusters being worked on when the window closed.
    pub in_flight: usize,
    /// The index of the first batch that lost clusters, was under way when the window closed, or ended the CGU.
    pub broken: Option<usize>,
}

/// What happened to one batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BatchRun {
    pub start: i64,
    pub end: i64,
    pub timed_out: bool,
}

/// A cluster that was not done when its batch should have been.
#[derive(Clone, Copy, Debug)]
struct Unfinished {
    /// When its walk would end.
    finish: i64,
    /// When it comes to the last policy it has to become compliant with.
    arrives: i64,
    /// When it becomes compliant with that.
    compliant: i64,
}

/// What a run needs room for, kept from run to run.
#[derive(Default)]
pub(super) struct Room {
    unfinished: Vec<Unfinished>,
    late: Vec<i64>,
}

/// Plays one run. `close` is when the window closes; `on_batch` hears of each batch that began.
pub(super) fn run(
    scenario: &Scenario,
    close: i64,
    rng: &mut impl Rng,
    room: &mut Room,
    on_batch: &mut dyn FnMut(BatchRun),
) -> Run {
    room.late.clear();
    let timeout = millis(scenario.time_left());
    let mut stage = Stage { scenario, rng, close, done: 0, done_at_close: 0, last_done: 0 };
    let mut run =
        Run { how: End::TimedOut, end: 0, last_done: 0, left: 0, left_at_close: 0, in_flight: 0, broken: None };
    let mut start = stage.unblocked();
    let mut first = 0;
    for (at, batch) in scenario.batches.iter().enumerate() {
        // The time of the whole is judged before a batch begins.
        if start >= timeout {
            run.broken.get_or_insert(at);
            (run.how, run.end) = (End::TimedOut, start);
            break;
        }
        let is_last = at + 1 == scenario.batches.len();
        let deadline = if is_last { timeout } else { start.saturating_add(stage.budget(at, start)) };
        let kinds = scenario.clusters.get(first..first + batch.clusters).unwrap_or_default();
        first += batch.clusters;
        let walked = stage.walk_all(kinds, start, deadline, &mut room.unfinished);
        let look = walked.event.min(stage.tick(start, deadline));
        let in_time = walked.last <= look;
        let held = if scenario.rechecks { room.late.iter().copied().max().unwrap_or(0) } else { 0 };
        let end = match is_last {
            true if walked.last.max(held) < timeout => walked.last.max(held),
            true => look,
            false => walked.last.min(look),
        };
        let over = end >= timeout;
        on_batch(BatchRun { start, end, timed_out: over || !in_time });
        let spans_close = start <= close && close < end;
        if spans_close {
            run.in_flight = batch.clusters.saturating_sub(walked.done_at_close);
        }
        if spans_close || start > close {
            run.broken.get_or_insert(at);
        }
        // Each look judges the time of the whole first: what is done at that very moment is not seen.
        stage.count(&room.unfinished, if over { end - 1 } else { end });
        match verdict(batch, is_last, in_time, over, scenario.aborts) {
            Verdict::Next => {}
            Verdict::LeavesBehind => {
                if end <= close {
                    run.broken.get_or_insert(at);
                }
                let left_behind = room.unfinished.iter().filter(|one| one.finish > end);
                room.late.extend(left_behind.map(|one| late(one, end)));
            }
            Verdict::Ends(how) => {
                (run.how, run.end) = (how, end);
                if how != End::Completed {
                    run.broken.get_or_insert(at);
                }
                break;
            }
        }
        start = end;
    }
    if scenario.rechecks {
        room.late.iter().filter(|time| **time <= run.end).for_each(|time| stage.add(*time));
    }
    run.last_done = stage.last_done;
    run.left = scenario.clusters.len().saturating_sub(stage.done);
    run.left_at_close = scenario.clusters.len().saturating_sub(stage.done_at_close);
    run
}

/// What follows on a batch.
enum Verdict {
    /// The next one.
    Next,
    /// The next one, without the clusters that are not done.
    LeavesBehind,
    /// Nothing.
    Ends(End),
}

fn verdict(batch: &ScenarioBatch, is_last: bool, in_time: bool, over: bool, aborts: bool) -> Verdict {
    match (over, is_last, in_time) {
        (true, ..) => Verdict::Ends(End::TimedOut),
        (false, true, _) => Verdict::Ends(End::Completed),
        (false, false, true) => Verdict::Next,
        // Whatever the action says.
        (false, false, false) if batch.judged_as_canary => Verdict::Ends(End::CanaryFailed),
        (false, false, false) if aborts => Verdict::Ends(End::Aborted),
        (false, false, false) => Verdict::LeavesBehind,
    }
}

/// When a cluster that has timed out becomes compliant all the same. What it has begun it finishes, for the policy at
/// which it stands has been enforced; TALM leads it to no other.
fn late(cluster: &Unfinished, look: i64) -> i64 {
    if cluster.arrives <= look { cluster.compliant } else { NEVER }
}

struct Stage<'s, R> {
    scenario: &'s Scenario,
    rng: &'s mut R,
    close: i64,
    done: usize,
    done_at_close: usize,
    last_done: i64,
}

/// What the clusters of a batch did.
struct Walked {
    /// When the last of them was done.
    last: i64,
    /// The first change of compliance from the deadline on.
    event: i64,
    /// How many were done before the window closed, and before the deadline.
    done_at_close: usize,
}

impl<R: Rng> Stage<'_, R> {
    /// When the CGUs before it have finished; TALM looks once a minute.
    fn unblocked(&mut self) -> i64 {
        let Some(blocked) = &self.scenario.blocked else { return 0 };
        let time = blocked.draw(self.rng);
        if self.scenario.poll_ms == 0 { time } else { ceil_to(time, 60_000) }
    }

    fn budget(&self, at: usize, start: i64) -> i64 {
        let after = SignedDuration::from_millis(start);
        let left = self.scenario.time_left();
        let budget = current_batch_budget(left, self.scenario.batches.len(), at + 1, after);
        budget.map_or(0, millis)
    }

    /// TALM's own first look from the deadline on.
    fn tick(&self, start: i64, deadline: i64) -> i64 {
        match self.scenario.poll_ms {
            0 => deadline,
            poll => start.saturating_add(ceil_to(deadline - start, poll).max(poll)),
        }
    }

    /// Counts the clusters done by the deadline, and puts the others aside.
    fn walk_all(&mut self, kinds: &[u32], start: i64, deadline: i64, aside: &mut Vec<Unfinished>) -> Walked {
        aside.clear();
        let mut all = Walked { last: start, event: NEVER, done_at_close: 0 };
        for kind in kinds {
            let Some(walk) = self.scenario.walks.get(*kind as usize) else { continue };
            let (cluster, event) = self.walk(walk, start, deadline);
            all.last = all.last.max(cluster.finish);
            all.event = all.event.min(event);
            all.done_at_close += usize::from(cluster.finish <= self.close);
            if cluster.finish < deadline {
                self.add(cluster.finish);
            } else {
                aside.push(cluster);
            }
        }
        all
    }

    /// One cluster's way through its policies; draws the same amount however it goes.
    fn walk(&mut self, walk: &Walk, start: i64, deadline: i64) -> (Unfinished, i64) {
        let mut cluster = Unfinished { finish: start, arrives: start, compliant: start };
        let mut event = NEVER;
        for step in &walk.steps {
            let Some(policy) = self.scenario.enforced.get(step.policy) else { continue };
            if step.work {
                let time = policy.time.draw(self.rng);
                let fails = self.rng.random::<f64>() < policy.failure || walk.hopeless;
                cluster.arrives = cluster.finish;
                cluster.finish = if fails { NEVER } else { cluster.finish.saturating_add(time) };
                cluster.compliant = cluster.finish;
                if cluster.finish >= deadline {
                    event = event.min(cluster.finish);
                }
            }
            if let Some(soak) = policy.soak_ms {
                let from = cluster.finish;
                cluster.finish = from.saturating_add(soak);
                if cluster.finish >= deadline {
                    event = event.min(from.saturating_add(ceil_to((deadline - from).max(1), SOAK_POLL_MS)));
                }
            }
        }
        (cluster, event)
    }

    fn count(&mut self, unfinished: &[Unfinished], by: i64) {
        unfinished.iter().filter(|one| one.finish <= by).for_each(|one| self.add(one.finish));
    }

    fn add(&mut self, time: i64) {
        if time == NEVER {
            return;
        }
        self.done += 1;
        self.done_at_close += usize::from(time <= self.close);
        self.last_done = self.last_done.max(time);
    }
}

/// The next multiple of a step, from zero on.
fn ceil_to(time: i64, step: i64) -> i64 {
    time.saturating_add(step - 1).max(0) / step * step
}

fn millis(time: SignedDuration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
