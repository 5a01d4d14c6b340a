//! The conditions of an ImageBasedUpgrade: an ordered list, whose last element is what `oc get ibu` shows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::object::{Stage, lenient_time, null_default};
use crate::resource::open_enum::open_enum;

open_enum! {
    /// What a condition is about (LCA main `controllers/utils/conditions.go`).
    ConditionType {
        /// Resting, or on the way there.
        Idle = "Idle",
        /// Prep is working.
        PrepInProgress = "PrepInProgress",
        /// Prep has ended; False is failure.
        PrepCompleted = "PrepCompleted",
        /// Upgrade is working.
        UpgradeInProgress = "UpgradeInProgress",
        /// Upgrade has ended; False is failure.
        UpgradeCompleted = "UpgradeCompleted",
        /// Rollback is working.
        RollbackInProgress = "RollbackInProgress",
        /// Rollback has ended; False is failure.
        RollbackCompleted = "RollbackCompleted",
        /// A SeedGenerator is working.
        SeedGenInProgress = "SeedGenInProgress",
        /// A SeedGenerator has ended; False is failure.
        SeedGenCompleted = "SeedGenCompleted",
    }
}

impl Default for ConditionType {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

open_enum! {
    /// Why a condition is as it is (LCA main `controllers/utils/conditions.go`).
    Reason {
        /// At rest.
        Idle = "Idle",
        /// Working.
        InProgress = "InProgress",
        /// Done.
        Completed = "Completed",
        /// Given up.
        Failed = "Failed",
        /// Cleaning up before the pivot.
        Aborting = "Aborting",
        /// That clean-up failed.
        AbortFailed = "AbortFailed",
        /// Cleaning up after a completed upgrade or rollback.
        Finalizing = "Finalizing",
        /// That clean-up failed.
        FinalizeFailed = "FinalizeFailed",
        /// The agent refused the requested stage.
        InvalidTransition = "InvalidTransition",
        /// An IPConfig is busy (4.20 and later).
        Blocked = "Blocked",
    }
}

impl Default for Reason {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

open_enum! {
    /// Whether a condition holds.
    Truth {
        /// It holds.
        True = "True",
        /// It does not hold; for `*Completed` this is failure.
        False = "False",
    }
}

impl Default for Truth {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// What it is about.
    #[serde(rename = "type", default)]
    pub kind: ConditionType,
    /// Whether it holds.
    #[serde(default)]
    pub status: Truth,
    /// Why, in a word.
    #[serde(default)]
    pub reason: Reason,
    /// Why, in a sentence.
    #[serde(default, deserialize_with = "null_default")]
    pub message: String,
    /// When the status changed; a new message alone does not count.
    #[serde(default, deserialize_with = "lenient_time", skip_serializing_if = "Option::is_none")]
    pub last_transition_time: Option<Timestamp>,
}

impl Condition {
    /// A condition without time.
    pub fn new(kind: ConditionType, status: Truth, reason: Reason, message: impl Into<String>) -> Self {
        Self { kind, status, reason, message: message.into(), last_transition_time: None }
    }

    /// Whether two conditions say the same, whenever they began.
    pub fn says(&self, other: &Self) -> bool {
        (&self.kind, &self.status, &self.reason, &self.message)
            == (&other.kind, &other.status, &other.reason, &other.message)
    }
}

/// The conditions in the order they are stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Conditions(pub Vec<Condition>);

impl Conditions {
    /// The condition of a type.
    pub fn get(&self, kind: &ConditionType) -> Option<&Condition> {
        self.0.iter().find(|c| c.kind == *kind)
    }

    /// The last one: State and Details of `oc get ibu`.
    pub fn last(&self) -> Option<&Condition> {
        self.0.last()
    }

    /// Whether a condition is there and True.
    pub fn holds(&self, kind: &ConditionType) -> bool {
        self.get(kind).is_some_and(|c| c.status == Truth::True)
    }

    /// Whether a condition is there and False; for `*Completed` this is failure.
    pub fn denied(&self, kind: &ConditionType) -> bool {
        self.get(kind).is_some_and(|c| c.status == Truth::False)
    }

    /// The reason of a condition.
    pub fn reason(&self, kind: &ConditionType) -> Option<&Reason> {
        self.get(kind).map(|c| &c.reason)
    }

    /// Whether the Idle condition says that a clean-up runs or has failed.
    pub fn cleaning_up(&self) -> bool {
        use Reason::{AbortFailed, Aborting, FinalizeFailed, Finalizing};
        self.denied(&ConditionType::Idle)
            && matches!(self.reason(&ConditionType::Idle), Some(Aborting | AbortFailed | Finalizing | FinalizeFailed))
    }

    /// Sets a condition as the agent does (LCA main `SetStatusCondition`): Idle and whatever changes status go to the
    /// end, the rest stays in its place.
    pub fn set(&mut self, condition: Condition) {
        match self.0.iter_mut().find(|c| c.kind == condition.kind) {
            Some(old) if old.status == condition.status && condition.kind != ConditionType::Idle => *old = condition,
            _ => {
                self.remove(&condition.kind);
                self.0.push(condition);
            }
        }
    }

    /// Takes a condition away.
    pub fn remove(&mut self, kind: &ConditionType) {
        self.0.retain(|c| c.kind != *kind);
    }
}

/// The condition that says a stage is working; for Idle it is Idle itself.
pub fn in_progress(stage: &Stage) -> Option<ConditionType> {
    match stage {
        Stage::Idle => Some(ConditionType::Idle),
        Stage::Prep => Some(ConditionType::PrepInProgress),
        Stage::Upgrade => Some(ConditionType::UpgradeInProgress),
        Stage::Rollback => Some(ConditionType::RollbackInProgress),
        Stage::Other(_) => None,
    }
}

/// The condition that says a stage has ended; Idle has none.
pub fn completed(stage: &Stage) -> Option<ConditionType> {
    match stage {
        Stage::Prep => Some(ConditionType::PrepCompleted),
        Stage::Upgrade => Some(ConditionType::UpgradeCompleted),
        Stage::Rollback => Some(ConditionType::RollbackCompleted),
        Stage::Idle | Stage::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_status_moves_to_the_end() {
        let mut conditions = Conditions::default();
        conditions.set(Condition::new(ConditionType::UpgradeInProgress, Truth::True, Reason::InProgress, "a"));
        conditions.set(Condition::new(ConditionType::PrepCompleted, Truth::True, Reason::Completed, "b"));
        conditions.set(Condition::new(ConditionType::UpgradeInProgress, Truth::True, Reason::InProgress, "c"));
        assert_eq!(conditions.0[0].message, "c");
        conditions.set(Condition::new(ConditionType::UpgradeInProgress, Truth::False, Reason::Failed, "d"));
        assert_eq!(conditions.last().map(|c| c.message.as_str()), Some("d"));
    }
}
