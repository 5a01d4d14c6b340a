//! The stage machine: what the agent does when a stage is asked for.
//!
//! Copied from LCA main (5.0 cycle) `controllers/ibu_controller.go`: `getValidNextStageList`,
//! `isTransitionRequested`, `validateStageTransition`, `isFinalizeOrAbort`; the rules are the same from 4.16 on.

use serde::Serialize;

use super::condition::{Condition, ConditionType, Conditions, Reason, Truth, completed, in_progress};
use super::object::Stage;
use super::pivot::Pivot;

/// What a transition does to the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// A new object gets its first condition.
    Initialise,
    /// The seed is unpacked and its images are fetched.
    Prep,
    /// Application data is backed up and the node reboots into the new release.
    Upgrade,
    /// The node reboots into the old release.
    Rollback,
    /// What Prep or a failed upgrade left is removed; the node stays on its release.
    Abort,
    /// The other release is removed: the end of the way back.
    Finalize,
}

/// What the agent does with a requested stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// It begins.
    Accepted {
        /// What it does.
        effect: Effect,
        /// All conditions afterwards, in order.
        conditions: Conditions,
        /// Those of them that are new or say something new.
        changed: Vec<Condition>,
        /// What is legal then.
        valid_next: Vec<Stage>,
    },
    /// It refuses, and says so in a condition.
    Rejected {
        /// The condition it writes: InvalidTransition on the in-progress type of the requested stage.
        condition: Condition,
    },
    /// It has nothing to do: the stage runs or has ended already. Stages are never tried again in place.
    NoOp,
}

/// The stage that is working, by the first condition that says so.
pub fn stage_in_progress(conditions: &Conditions) -> Option<Stage> {
    if conditions.cleaning_up() {
        return Some(Stage::Idle);
    }
    [Stage::Prep, Stage::Upgrade, Stage::Rollback]
        .into_iter()
        .find(|stage| in_progress(stage).is_some_and(|kind| conditions.holds(&kind)))
}

/// `status.validNextStages` as the agent computes it from the conditions (`getValidNextStageList`).
pub fn valid_next_stages(conditions: &Conditions, current: &Stage, pivot: Pivot) -> Vec<Stage> {
    use ConditionType::{Idle, PrepCompleted, RollbackCompleted, UpgradeCompleted};
    let working = stage_in_progress(conditions);
    if matches!(working, Some(Stage::Idle | Stage::Rollback)) || conditions.denied(&RollbackCompleted) {
        vec![]
    } else if working == Some(Stage::Prep) || conditions.denied(&PrepCompleted) {
        vec![Stage::Idle]
    } else if working == Some(Stage::Upgrade) || conditions.denied(&UpgradeCompleted) {
        vec![if pivot == Pivot::After { Stage::Rollback } else { Stage::Idle }]
    } else if conditions.holds(&RollbackCompleted) {
        vec![Stage::Idle]
    } else if conditions.holds(&UpgradeCompleted) {
        vec![Stage::Idle, Stage::Rollback]
    } else if conditions.holds(&PrepCompleted) {
        vec![Stage::Idle, Stage::Upgrade]
    } else if conditions.holds(&Idle) {
        vec![Stage::Prep]
    } else {
        match conditions.reason(&Idle) {
            None => vec![Stage::Idle],
            Some(Reason::Blocked) => vec![current.clone()],
            Some(_) => vec![],
        }
    }
}

/// What the agent does when `spec.stage` becomes `requested`, whether or not the API server would let it pass.
/// `current` is `spec.stage` before.
pub fn request(conditions: &Conditions, current: &Stage, pivot: Pivot, requested: &Stage) -> Answer {
    if !is_transition(conditions, requested) {
        return Answer::NoOp;
    }
    let effect = match requested {
        Stage::Idle => idle_effect(conditions, pivot),
        Stage::Prep => Some(Effect::Prep),
        Stage::Upgrade => Some(Effect::Upgrade),
        Stage::Rollback => Some(Effect::Rollback),
        Stage::Other(_) => None,
    };
    let legal = *requested == Stage::Idle || valid_next_stages(conditions, current, pivot).contains(requested);
    match effect {
        Some(effect) if legal => accept(conditions, requested, pivot, effect),
        _ => Answer::Rejected { condition: refusal(conditions, pivot, requested) },
    }
}

/// Whether the request is for something that neither runs nor has ended (`isTransitionRequested`).
fn is_transition(conditions: &Conditions, requested: &Stage) -> bool {
    if *requested == Stage::Idle {
        return !conditions.holds(&ConditionType::Idle) && !conditions.cleaning_up();
    }
    let working = in_progress(requested).is_some_and(|kind| conditions.holds(&kind));
    let ended = completed(requested).is_some_and(|kind| conditions.get(&kind).is_some());
    !working && !ended
}

/// What going to Idle would do: `None` when it is refused (`isFinalizeOrAbort`).
pub fn idle_effect(conditions: &Conditions, pivot: Pivot) -> Option<Effect> {
    use ConditionType::{Idle, RollbackCompleted, RollbackInProgress, UpgradeCompleted};
    if conditions.get(&Idle).is_none() && conditions.0.is_empty() {
        return Some(Effect::Initialise);
    }
    if conditions.holds(&UpgradeCompleted) || conditions.holds(&RollbackCompleted) {
        return Some(Effect::Finalize);
    }
    let no_rollback = matches!(conditions.reason(&RollbackInProgress), None | Some(Reason::InvalidTransition));
    let abortable = !conditions.holds(&Idle) && pivot == Pivot::Before && no_rollback;
    abortable.then_some(Effect::Abort)
}

fn accept(before: &Conditions, requested: &Stage, pivot: Pivot, effect: Effect) -> Answer {
    let mut after = before.clone();
    let mut written = clear_refusals(&mut after);
    written.extend(begun(effect));
    for condition in &written {
        after.set(condition.clone());
    }
    let news = |c: &Condition| after.0.iter().any(|a| a.says(c)) && !before.0.iter().any(|b| b.says(c));
    let changed = written.into_iter().filter(news).collect();
    let valid_next = valid_next_stages(&after, requested, pivot);
    Answer::Accepted { effect, conditions: after, changed, valid_next }
}

/// The next legal transition wipes out earlier refusals: Idle is in progress again, other types go. Returns what is
/// to be written.
fn clear_refusals(conditions: &mut Conditions) -> Vec<Condition> {
    let refused = |c: &Condition| c.reason == Reason::InvalidTransition;
    conditions.0.retain(|c| !refused(c) || c.kind == ConditionType::Idle);
    let idle = conditions.0.iter().any(refused).then(|| working(ConditionType::Idle, Truth::False));
    idle.into_iter().collect()
}

fn working(kind: ConditionType, status: Truth) -> Condition {
    Condition::new(kind, status, Reason::InProgress, "In progress")
}

/// The conditions with which an effect begins.
fn begun(effect: Effect) -> Vec<Condition> {
    use ConditionType::{Idle, PrepInProgress, RollbackInProgress, UpgradeCompleted, UpgradeInProgress};
    let requested = |kind| Condition::new(kind, Truth::False, Reason::Failed, "Rollback requested");
    match effect {
        Effect::Initialise => vec![Condition::new(Idle, Truth::True, Reason::Idle, "Idle")],
        Effect::Prep => vec![working(Idle, Truth::False), working(PrepInProgress, Truth::True)],
        Effect::Upgrade => vec![working(UpgradeInProgress, Truth::True)],
        Effect::Rollback => {
            vec![requested(UpgradeCompleted), requested(UpgradeInProgress), working(RollbackInProgress, Truth::True)]
        }
        Effect::Abort => vec![Condition::new(Idle, Truth::False, Reason::Aborting, "Aborting")],
        Effect::Finalize => vec![Condition::new(Idle, Truth::False, Reason::Finalizing, "Finalizing")],
    }
}

/// The condition in which the agent refuses.
fn refusal(conditions: &Conditions, pivot: Pivot, requested: &Stage) -> Condition {
    let kind = in_progress(requested).unwrap_or(ConditionType::Idle);
    let message = match requested {
        Stage::Rollback => "Upgrade not started or already finalized",
        Stage::Idle if conditions.denied(&ConditionType::RollbackCompleted) => {
            "Transition to Idle not allowed - Rollback failed"
        }
        Stage::Idle if pivot == Pivot::After && conditions.holds(&ConditionType::RollbackInProgress) => {
            "Transition to Idle not allowed - Rollback is in progress"
        }
        Stage::Idle if pivot == Pivot::After => "Transition to Idle not allowed - Rollback first",
        Stage::Idle => "Abort or finalize not allowed",
        Stage::Prep | Stage::Upgrade | Stage::Other(_) => "Previous stage not succeeded",
    };
    Condition::new(kind, Truth::False, Reason::InvalidTransition, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks through accepted requests, completing each stage in between.
    fn idle() -> Conditions {
        Conditions(vec![Condition::new(ConditionType::Idle, Truth::True, Reason::Idle, "Idle")])
    }

    fn accepted(answer: Answer) -> (Effect, Conditions, Vec<Stage>) {
        match answer {
            Answer::Accepted { effect, conditions, valid_next, .. } => (effect, conditions, valid_next),
            other => panic!("not accepted: {other:?}"),
        }
    }

    fn end(conditions: &mut Conditions, stage: &Stage) {
        let (Some(doing), Some(done)) = (in_progress(stage), completed(stage)) else { return };
        conditions.set(Condition::new(doing, Truth::False, Reason::Completed, "done"));
        conditions.set(Condition::new(done, Truth::True, Reason::Completed, "done"));
    }

    #[test]
    fn there_and_back_and_finalize() {
        let (effect, mut c, next) = accepted(request(&idle(), &Stage::Idle, Pivot::Before, &Stage::Prep));
        assert_eq!((effect, next), (Effect::Prep, vec![Stage::Idle]));
        end(&mut c, &Stage::Prep);
        let (_, mut c, _) = accepted(request(&c, &Stage::Prep, Pivot::Before, &Stage::Upgrade));
        end(&mut c, &Stage::Upgrade);
        assert_eq!(valid_next_stages(&c, &Stage::Upgrade, Pivot::After), [Stage::Idle, Stage::Rollback]);
        let (_, mut c, next) = accepted(request(&c, &Stage::Upgrade, Pivot::After, &Stage::Rollback));
        assert!(next.is_empty());
        end(&mut c, &Stage::Rollback);
        let (effect, ..) = accepted(request(&c, &Stage::Rollback, Pivot::Before, &Stage::Idle));
        assert_eq!(effect, Effect::Finalize);
    }

    #[test]
    fn a_refusal_on_idle_is_wiped_out_by_the_next_legal_step() {
        let mut c = Conditions::default();
        c.set(Condition::new(ConditionType::UpgradeInProgress, Truth::True, Reason::InProgress, "In progress"));
        c.set(Condition::new(ConditionType::Idle, Truth::False, Reason::InvalidTransition, "no"));
        let (effect, c, _) = accepted(request(&c, &Stage::Idle, Pivot::After, &Stage::Rollback));
        assert_eq!(effect, Effect::Rollback);
        assert_eq!(c.reason(&ConditionType::Idle), Some(&Reason::InProgress));
    }

    #[test]
    fn what_failed_is_not_tried_again_in_place() {
        let mut c = idle();
        c.set(Condition::new(ConditionType::PrepCompleted, Truth::False, Reason::Failed, "Prep failed"));
        assert_eq!(request(&c, &Stage::Prep, Pivot::Before, &Stage::Prep), Answer::NoOp);
    }
}
