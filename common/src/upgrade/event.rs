//! What the agent does about events that are not a change of stage: an annotation, a deletion.

use serde::Serialize;

use super::annotation::{MANUAL_CLEANUP, TRIGGER_RECONCILE};
use super::condition::{ConditionType, Conditions, Reason};

/// What an added annotation makes the agent do (LCA main `controllers/idle_handlers.go`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reaction {
    /// The abort runs again; the agent removes the annotation.
    RetryAbort,
    /// The finalize runs again; the agent removes the annotation.
    RetryFinalize,
    /// It looks at the object again.
    Reconcile,
    /// Nothing.
    NoOp,
}

impl Reaction {
    /// Whether the agent takes the annotation away.
    pub fn removes_annotation(self) -> bool {
        matches!(self, Self::RetryAbort | Self::RetryFinalize)
    }
}

/// What happens when an annotation is added; its value does not matter.
pub fn annotated(conditions: &Conditions, annotation: &str) -> Reaction {
    match (annotation, conditions.reason(&ConditionType::Idle)) {
        (TRIGGER_RECONCILE, _) => Reaction::Reconcile,
        (MANUAL_CLEANUP, Some(Reason::AbortFailed)) => Reaction::RetryAbort,
        (MANUAL_CLEANUP, Some(Reason::FinalizeFailed)) => Reaction::RetryFinalize,
        _ => Reaction::NoOp,
    }
}

/// How a deleted ImageBasedUpgrade comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recreated {
    /// As a fresh object at rest: a reset.
    FreshIdle,
    /// As it was, from the copy the agent has saved.
    Unchanged,
}

/// What a deletion leads to (LCA main `controllers/ibu_controller.go`, `utils/utils.go` `InitIBU`). It is a reset only
/// at rest and after a failed rollback.
pub fn deleted(conditions: &Conditions) -> Recreated {
    if conditions.holds(&ConditionType::Idle) || conditions.denied(&ConditionType::RollbackCompleted) {
        Recreated::FreshIdle
    } else {
        Recreated::Unchanged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upgrade::condition::{Condition, Truth};

    #[test]
    fn a_misspelled_annotation_does_nothing() {
        let failed = Condition::new(ConditionType::Idle, Truth::False, Reason::AbortFailed, "…");
        let conditions = Conditions(vec![failed]);
        assert_eq!(annotated(&conditions, "lca.openshit.io/manual-cleanup-done"), Reaction::NoOp);
        assert!(annotated(&conditions, MANUAL_CLEANUP).removes_annotation());
        assert_eq!(deleted(&conditions), Recreated::Unchanged);
    }
}
