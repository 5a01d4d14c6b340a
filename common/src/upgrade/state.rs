//! The state an ImageBasedUpgrade is in: the rows of the stage table, told from its conditions.

use serde::Serialize;

use super::condition::{ConditionType, Conditions, Reason, in_progress};
use super::object::{ImageBasedUpgrade, Stage};
use super::pivot::Pivot;

/// Stage and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The agent has not written a condition yet.
    New,
    /// At rest.
    Idle,
    /// A stage is asked for, but an IPConfig is busy (4.20 and later).
    Blocked,
    /// Prep works.
    PrepRunning,
    /// Prep has failed.
    PrepFailed,
    /// Ready to upgrade.
    PrepDone,
    /// Upgrade works, on either side of the reboot.
    UpgradeRunning,
    /// Upgrade has failed and the node stayed on the release it had booted.
    UpgradeFailed,
    /// Upgrade has failed and the node is back on the old release.
    UpgradeRolledBack,
    /// The new release runs; the way back is still open.
    UpgradeDone,
    /// Rollback works, on either side of the reboot.
    RollbackRunning,
    /// Rollback has failed: the host needs a person.
    RollbackFailed,
    /// The old release runs again.
    RollbackDone,
    /// Cleaning up before an upgrade was completed.
    Aborting,
    /// That has failed and waits for a person.
    AbortFailed,
    /// Cleaning up after a completed upgrade or rollback.
    Finalizing,
    /// That has failed and waits for a person.
    FinalizeFailed,
    /// Conditions that this release cannot interpret.
    Unknown,
}

/// What a state means for somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nothing goes on.
    Resting,
    /// The agent works by itself.
    Working,
    /// A stage has succeeded; the next one is a person's decision.
    Done,
    /// A stage has failed; a person must act.
    Failed,
}

impl State {
    /// The state of an object. `pivot` is the side of the reboot, if known.
    pub fn of(ibu: &ImageBasedUpgrade, pivot: Option<Pivot>) -> Self {
        let Some(status) = &ibu.status else { return Self::New };
        let conditions = &status.conditions;
        if conditions.0.is_empty() {
            return Self::New;
        }
        clean_up(conditions)
            .or_else(|| rollback(conditions))
            .or_else(|| upgrade(conditions, pivot))
            .or_else(|| prep(conditions))
            .unwrap_or_else(|| rest(conditions))
    }

    /// What it means for somebody who waits.
    pub fn phase(self) -> Phase {
        match self {
            Self::New | Self::Idle | Self::Unknown => Phase::Resting,
            Self::Blocked
            | Self::PrepRunning
            | Self::UpgradeRunning
            | Self::RollbackRunning
            | Self::Aborting
            | Self::Finalizing => Phase::Working,
            Self::PrepDone | Self::UpgradeDone | Self::RollbackDone => Phase::Done,
            Self::PrepFailed
            | Self::UpgradeFailed
            | Self::UpgradeRolledBack
            | Self::RollbackFailed
            | Self::AbortFailed
            | Self::FinalizeFailed => Phase::Failed,
        }
    }

    /// The stage it belongs to, whatever `spec.stage` asks for; for a blocked or new object that is not known here.
    pub fn stage(self) -> Option<Stage> {
        match self {
            Self::New | Self::Blocked | Self::Unknown => None,
            Self::Idle | Self::Aborting | Self::AbortFailed | Self::Finalizing | Self::FinalizeFailed => {
                Some(Stage::Idle)
            }
            Self::PrepRunning | Self::PrepFailed | Self::PrepDone => Some(Stage::Prep),
            Self::UpgradeRunning | Self::UpgradeFailed | Self::UpgradeRolledBack | Self::UpgradeDone => {
                Some(Stage::Upgrade)
            }
            Self::RollbackRunning | Self::RollbackFailed | Self::RollbackDone => Some(Stage::Rollback),
        }
    }

    /// Whether the new release runs or may, and a rollback leads back from it.
    pub fn leads_back(self) -> bool {
        matches!(self, Self::UpgradeRunning | Self::UpgradeFailed | Self::UpgradeDone)
    }

    /// A word or two for a STATE column.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Idle => "Idle",
            Self::Blocked => "Blocked",
            Self::PrepRunning | Self::UpgradeRunning | Self::RollbackRunning => "InProgress",
            Self::PrepFailed | Self::UpgradeFailed | Self::RollbackFailed => "Failed",
            Self::UpgradeRolledBack => "Failed, rolled back",
            Self::PrepDone | Self::UpgradeDone | Self::RollbackDone => "Completed",
            Self::Aborting => "Aborting",
            Self::AbortFailed => "AbortFailed",
            Self::Finalizing => "Finalizing",
            Self::FinalizeFailed => "FinalizeFailed",
            Self::Unknown => "unknown",
        }
    }
}

fn clean_up(conditions: &Conditions) -> Option<State> {
    if !conditions.cleaning_up() {
        return None;
    }
    match conditions.reason(&ConditionType::Idle)? {
        Reason::Aborting => Some(State::Aborting),
        Reason::AbortFailed => Some(State::AbortFailed),
        Reason::Finalizing => Some(State::Finalizing),
        Reason::FinalizeFailed => Some(State::FinalizeFailed),
        _ => None,
    }
}

fn rollback(conditions: &Conditions) -> Option<State> {
    if conditions.holds(&ConditionType::RollbackInProgress) {
        Some(State::RollbackRunning)
    } else if conditions.denied(&ConditionType::RollbackCompleted) {
        Some(State::RollbackFailed)
    } else {
        conditions.holds(&ConditionType::RollbackCompleted).then_some(State::RollbackDone)
    }
}

fn upgrade(conditions: &Conditions, pivot: Option<Pivot>) -> Option<State> {
    if conditions.holds(&ConditionType::UpgradeInProgress) {
        return Some(State::UpgradeRunning);
    }
    if conditions.holds(&ConditionType::UpgradeCompleted) {
        return Some(State::UpgradeDone);
    }
    if !conditions.denied(&ConditionType::UpgradeCompleted) {
        return None;
    }
    let detail = conditions.get(&ConditionType::UpgradeInProgress).map_or("", |c| &c.message);
    // Recorded while the node is still on the new release; it is back only when that side is not booted any more.
    let rolled_back = detail.starts_with("Rollback due to") || detail == "Uncontrolled rollback";
    let back = rolled_back && pivot != Some(Pivot::After);
    Some(if back { State::UpgradeRolledBack } else { State::UpgradeFailed })
}

fn prep(conditions: &Conditions) -> Option<State> {
    if conditions.holds(&ConditionType::PrepInProgress) {
        Some(State::PrepRunning)
    } else if conditions.denied(&ConditionType::PrepCompleted) {
        Some(State::PrepFailed)
    } else {
        conditions.holds(&ConditionType::PrepCompleted).then_some(State::PrepDone)
    }
}

fn rest(conditions: &Conditions) -> State {
    if blocked_stage(conditions).is_some() {
        State::Blocked
    } else if conditions.holds(&ConditionType::Idle) {
        State::Idle
    } else {
        State::Unknown
    }
}

/// The stage that a busy IPConfig holds up.
pub fn blocked_stage(conditions: &Conditions) -> Option<Stage> {
    let stages = [Stage::Idle, Stage::Prep, Stage::Upgrade, Stage::Rollback];
    stages.into_iter().find(|s| in_progress(s).is_some_and(|k| conditions.reason(&k) == Some(&Reason::Blocked)))
}
