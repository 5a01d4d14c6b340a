//! The clocks that run during an upgrade: init monitor, rollback window, and how long things took.

use jiff::Timestamp;
use serde::Serialize;

use super::annotation::NO_INIT_MONITOR;
use super::object::{HistoryEntry, ImageBasedUpgrade, Phase, Stage};
use super::pivot::Pivot;

/// Seconds from one time to another; negative when `to` is earlier.
pub fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

/// The timer that rolls back an upgrade which is not completed in time. It starts when the node boots the new release
/// and is not extended by progress (LCA main `lca-cli/initmonitor/initmonitor.go`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InitMonitor {
    /// Whether it will roll back. The setting counts as it was during Prep.
    pub enabled: bool,
    /// Seconds from boot.
    pub timeout_seconds: i64,
    /// When the agent came up after the reboot; the timer started at the boot, shortly before. Absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Timestamp>,
    /// When it goes off, at the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
    /// Seconds until then; negative when that has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_seconds: Option<i64>,
}

impl InitMonitor {
    pub(super) fn of(ibu: &ImageBasedUpgrade, pivot: Option<Pivot>, now: Timestamp) -> Self {
        let timeout_seconds = ibu.init_monitor_seconds();
        let started = (pivot == Some(Pivot::After)).then(|| phase(ibu, &Phase::PostPivot)?.start_time).flatten();
        let ends = started.and_then(|s| Timestamp::from_second(s.as_second().checked_add(timeout_seconds)?).ok());
        let enabled = !ibu.disables(NO_INIT_MONITOR);
        Self { enabled, timeout_seconds, started, ends, remaining_seconds: ends.map(|e| seconds(now, e)) }
    }
}

fn phase<'i>(ibu: &'i ImageBasedUpgrade, wanted: &Phase) -> Option<&'i super::object::HistoryPhase> {
    let history = &ibu.status.as_ref()?.history;
    let upgrade = history.iter().rev().find(|entry| entry.stage == Stage::Upgrade)?;
    upgrade.phases.iter().find(|p| p.phase == *wanted)
}

/// How long a rollback works without repairing certificates.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RollbackWindow {
    /// When it closes.
    pub closes: Timestamp,
    /// Seconds until then; negative when it is closed.
    pub remaining_seconds: i64,
}

impl RollbackWindow {
    pub(super) fn of(ibu: &ImageBasedUpgrade, now: Timestamp) -> Option<Self> {
        let closes = ibu.status.as_ref()?.rollback_availability_expiration?;
        Some(Self { closes, remaining_seconds: seconds(now, closes) })
    }

    /// Whether it is closed.
    pub fn closed(&self) -> bool {
        self.remaining_seconds <= 0
    }
}

/// One line of the history: a stage or a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lap {
    /// Which stage.
    pub stage: Stage,
    /// Which part of it; absent for the stage as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Timestamp>,
    /// When it succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<Timestamp>,
    /// How long it took; until now when it has not succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
}

/// The history as a flat list: each stage, followed by its phases.
pub(super) fn laps(history: &[HistoryEntry], now: Timestamp) -> Vec<Lap> {
    let lap = |stage: &Stage, phase: Option<&Phase>, started: Option<Timestamp>, completed: Option<Timestamp>| Lap {
        stage: stage.clone(),
        phase: phase.cloned(),
        started,
        completed,
        seconds: started.map(|from| seconds(from, completed.unwrap_or(now))),
    };
    let of_entry = |e: &HistoryEntry| {
        let parts = e.phases.iter().map(|p| lap(&e.stage, Some(&p.phase), p.start_time, p.completion_time));
        std::iter::once(lap(&e.stage, None, e.start_time, e.completion_time)).chain(parts).collect::<Vec<_>>()
    };
    history.iter().flat_map(of_entry).collect()
}

/// How long the node was away for the reboot of the upgrade: from the end of PrePivot to the start of PostPivot.
pub(super) fn reboot_seconds(ibu: &ImageBasedUpgrade) -> Option<i64> {
    let down = phase(ibu, &Phase::PrePivot)?.completion_time?;
    Some(seconds(down, phase(ibu, &Phase::PostPivot)?.start_time?))
}
