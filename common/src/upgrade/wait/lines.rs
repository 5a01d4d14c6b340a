//! What is shown while one waits: a line for each step of the stage.

use jiff::Timestamp;

use super::machine::leads_back;
use crate::upgrade::assess::Report;
use crate::upgrade::clock::{Lap, seconds};
use crate::upgrade::object::{Phase as Part, Stage};
use crate::upgrade::pivot::Pivot;
use crate::upgrade::state::{Phase, State};

/// More failed checks than this are not listed.
const MAX_CHECKS: usize = 4;

/// How a step is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is done.
    Done,
    /// It works.
    Busy,
    /// It works, but somebody should look.
    Look,
    /// It has failed.
    Failed,
}

/// One step of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is going.
    pub mark: Mark,
    /// Its name, as the agent calls it where it has one.
    pub step: &'static str,
    /// What goes on, without times that tick.
    pub text: String,
    /// How long it takes or took, in seconds.
    pub seconds: Option<i64>,
    /// Failed checks, a line each.
    pub checks: Vec<String>,
    /// Clocks that run meanwhile, as seconds left and what happens then.
    pub clocks: Vec<(i64, &'static str)>,
}

impl Line {
    fn new(mark: Mark, step: &'static str, text: impl Into<String>) -> Self {
        Self { mark, step, text: text.into(), seconds: None, checks: Vec::new(), clocks: Vec::new() }
    }

    fn took(self, seconds: Option<i64>) -> Self {
        Self { seconds, ..self }
    }
}

/// A cluster that does not answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Away {
    pub(super) since: Timestamp,
    pub(super) why: String,
    /// Whether the API is there and only the object is missing.
    pub(super) answers: bool,
    /// Whether a reboot explains it.
    pub(super) rebooting: bool,
    /// Seconds after which it does not any more.
    pub(super) limit: Option<i64>,
}

/// All lines of the stage that runs.
pub(super) fn lines(
    report: Option<&Report>,
    away: Option<&Away>,
    crossed: bool,
    elapsed: i64,
    now: Timestamp,
) -> Vec<Line> {
    let mut lines = report.map_or_else(Vec::new, |report| match report.stage {
        Stage::Prep => prep(report, elapsed),
        Stage::Upgrade => upgrade(report, crossed, away, elapsed),
        Stage::Rollback => rollback(report, away, elapsed),
        Stage::Idle | Stage::Other(_) => vec![working(report, idle_step(report.state), elapsed)],
    });
    let booted = lines.iter().any(|line| line.step == "Reboot");
    lines.extend(away.map(|away| absent(away, booted, now)));
    lines
}

/// A step stands once: after the boot of the new release, what is away is the API.
fn absent(away: &Away, booted: bool, now: Timestamp) -> Line {
    let step = if away.rebooting && !booted { "Reboot" } else { "API" };
    let gone = seconds(away.since, now);
    let text = if away.answers { away.why.clone() } else { format!("the API is away: {}", away.why) };
    let mut line = Line::new(Mark::Busy, step, text).took(Some(gone));
    line.clocks = away.limit.map(|limit| (limit - gone, "then this stops waiting for the node")).into_iter().collect();
    line
}

fn lap<'r>(report: &'r Report, part: &Part) -> Option<&'r Lap> {
    report.history.iter().rev().find(|lap| lap.stage == report.stage && lap.phase.as_ref() == Some(part))
}

fn prep(report: &Report, elapsed: i64) -> Vec<Line> {
    let mut lines = Vec::new();
    let (stateroot, precache) = (lap(report, &Part::Stateroot), lap(report, &Part::Precache));
    let failed = report.state == State::PrepFailed;
    match stateroot {
        Some(lap) if lap.completed.is_some() => {
            lines.push(Line::new(Mark::Done, "Stateroot", "seed unpacked").took(lap.seconds));
        }
        Some(lap) => lines.push(part(report, "Stateroot", "unpacks the seed image", lap.seconds)),
        None if failed => lines.push(working(report, "Prep", elapsed)),
        None if report.state != State::PrepDone => lines.push(working(report, "Prep", elapsed)),
        None => {}
    }
    match precache {
        Some(lap) if lap.completed.is_some() => {
            lines.push(Line::new(Mark::Done, "Precache", "images fetched").took(lap.seconds));
        }
        Some(lap) => {
            let counts = report.precache.map(|p| format!("{} of {} images, {} failed", p.pulled, p.total, p.failed));
            let mut line = part(report, "Precache", "fetches images", lap.seconds);
            if let Some(counts) = counts {
                line.text = counts;
                line.mark = if report.precache.is_some_and(|p| p.failed > 0) { Mark::Look } else { line.mark };
            }
            lines.push(line);
        }
        None => {}
    }
    lines
}

fn upgrade(report: &Report, crossed: bool, away: Option<&Away>, elapsed: i64) -> Vec<Line> {
    let mut lines = Vec::new();
    let (before, after) = (lap(report, &Part::PrePivot), lap(report, &Part::PostPivot));
    let over = before.is_some_and(|lap| lap.completed.is_some()) || after.is_some() || crossed;
    match before {
        Some(lap) if over => {
            let took = lap.completed.and(lap.seconds);
            lines.push(Line::new(Mark::Done, "PrePivot", "data and configuration saved").took(took));
        }
        _ if over => {}
        Some(lap) => lines.push(part(report, "PrePivot", "saves data and configuration", lap.seconds)),
        None if away.is_some_and(|away| away.rebooting) => {}
        None => lines.push(working(report, "PrePivot", elapsed)),
    }
    if report.pivot == Some(Pivot::After) || after.is_some() {
        lines.push(Line::new(Mark::Done, "Reboot", "the new release has booted").took(report.reboot_seconds));
        let mut line = part(report, "PostPivot", "restores configuration and data", after.and_then(|lap| lap.seconds));
        if report.state == State::UpgradeDone {
            line = Line::new(Mark::Done, "PostPivot", "configuration and data restored").took(line.seconds);
        } else if leads_back(report) {
            line.mark = Mark::Failed;
        }
        let monitor = report.init_monitor.as_ref().filter(|monitor| monitor.enabled);
        let left = monitor.and_then(|monitor| monitor.remaining_seconds);
        line.clocks.extend(left.map(|left| (left, "then the node rolls back by itself")));
        lines.push(line);
    } else if over && away.is_none() {
        lines.push(match (crossed, report.phase) {
            (true, Phase::Failed) => Line::new(Mark::Failed, "Rollback", report.message.as_str()),
            (true, _) => {
                Line::new(Mark::Look, "Rollback", "the node is on the old release again; the agent writes down why")
            }
            (false, Phase::Failed) => Line::new(Mark::Failed, "Rollback", report.message.as_str()),
            (false, _) => Line::new(Mark::Busy, "Reboot", "the node reboots into the new release"),
        });
    }
    lines
}

fn rollback(report: &Report, away: Option<&Away>, elapsed: i64) -> Vec<Line> {
    let done = report.state == State::RollbackDone;
    if done {
        return vec![Line::new(Mark::Done, "Rollback", "the old release runs").took(Some(elapsed))];
    }
    if away.is_some_and(|away| away.rebooting) { Vec::new() } else { vec![working(report, "Rollback", elapsed)] }
}

fn idle_step(state: State) -> &'static str {
    match state {
        State::Aborting | State::AbortFailed => "Abort",
        State::Finalizing | State::FinalizeFailed => "Finalize",
        _ => "Idle",
    }
}

/// A part of a stage that has begun and not ended.
fn part(report: &Report, step: &'static str, plain: &str, seconds: Option<i64>) -> Line {
    let mut line = working(report, step, 0).took(seconds);
    if line.text.is_empty() || line.text == "In progress" || line.text.contains("job-name: ") && line.mark == Mark::Busy
    {
        plain.clone_into(&mut line.text);
    }
    line
}

/// A step in the agent's own words.
fn working(report: &Report, step: &'static str, elapsed: i64) -> Line {
    let begun = report.state.stage().as_ref() == Some(&report.stage);
    let mark = match report.phase {
        Phase::Failed if begun => Mark::Failed,
        Phase::Resting | Phase::Done if begun => Mark::Done,
        _ => Mark::Busy,
    };
    let mut line = match report.waiting_for.as_slice() {
        [] if !begun && report.state != State::Blocked => Line::new(mark, step, "the agent has not begun"),
        [] => Line::new(mark, step, report.message.as_str()),
        [check] => Line::new(mark, step, format!("the agent waits for: {check}")),
        checks => Line::new(mark, step, format!("the agent waits for {} health checks", checks.len())),
    };
    if let checks @ [_, _, ..] = report.waiting_for.as_slice() {
        line.checks = checks.iter().take(MAX_CHECKS).cloned().collect();
        let more = checks.len().saturating_sub(MAX_CHECKS);
        if more > 0 {
            line.checks.push(format!("+{more} more"));
        }
    }
    line.took(Some(elapsed).filter(|_| mark == Mark::Busy))
}
