//! What can be asked for now, why something cannot, and what a person would type.

use serde::Serialize;

use super::condition::Conditions;
use super::machine::{Effect, idle_effect};
use super::object::Stage;
use super::pivot::Pivot;
use super::state::State;

/// The cluster that commands name; `None` when the current context is the cluster itself.
pub type ClusterName<'a> = Option<&'a str>;

/// A command, and what it is for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Ready to be pasted.
    pub command: String,
    /// What it does or when to use it: a lower-case phrase.
    pub purpose: String,
}

/// One stage that is legal now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegalStage {
    /// The stage.
    pub stage: Stage,
    /// What going there does; absent when the side of the reboot must be known and is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// The command for it.
    pub step: Step,
}

/// The effect of asking for a legal stage.
pub fn effect_of(conditions: &Conditions, pivot: Option<Pivot>, stage: &Stage) -> Option<Effect> {
    match stage {
        // A legal Idle that is not a finalize is an abort, which only the old release offers.
        Stage::Idle => idle_effect(conditions, pivot.unwrap_or(Pivot::Before)),
        Stage::Prep => Some(Effect::Prep),
        Stage::Upgrade => Some(Effect::Upgrade),
        Stage::Rollback => Some(Effect::Rollback),
        Stage::Other(_) => None,
    }
}

/// A stage that is legal, with its command.
pub fn legal(conditions: &Conditions, pivot: Option<Pivot>, stage: &Stage, cluster: ClusterName<'_>) -> LegalStage {
    let effect = effect_of(conditions, pivot, stage);
    let step = match effect {
        Some(effect) => effect_step(effect, cluster),
        None => Step {
            command: format!(
                "oc patch imagebasedupgrade upgrade --type merge -p '{{\"spec\":{{\"stage\":\"{stage}\"}}}}'"
            ),
            purpose: match cluster {
                Some(name) => {
                    format!("a stage this release does not know; logged in to {name} itself and not to the hub")
                }
                None => "a stage this release does not know".to_owned(),
            },
        },
    };
    LegalStage { stage: stage.clone(), effect, step }
}

fn effect_step(effect: Effect, cluster: ClusterName<'_>) -> Step {
    match effect {
        Effect::Initialise => step(cluster, "idle", "", "gives the object its first state"),
        Effect::Prep => {
            step(cluster, "prep", "--seed IMAGE:VERSION", "unpacks the seed image and fetches its images; no reboot")
        }
        Effect::Upgrade => step(cluster, "upgrade", "", "reboots the node into the new release"),
        Effect::Rollback => step(cluster, "rollback", "", "reboots the node into the old release"),
        Effect::Abort => step(cluster, "abort", "", "removes what Prep left; the node stays on its release"),
        Effect::Finalize => step(cluster, "finalize", "", "removes the other release; there is no way back then"),
    }
}

fn step(cluster: ClusterName<'_>, verb: &str, rest: &str, purpose: &str) -> Step {
    let words = ["oc ibu", verb, cluster.unwrap_or_default(), rest];
    let command = words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    Step { command, purpose: purpose.to_owned() }
}

/// The one step that helps most in a state.
pub fn recommended(state: State, pivot: Option<Pivot>, cluster: ClusterName<'_>) -> Option<Step> {
    let watch = || step(cluster, "status", "--watch", "follows it to the end");
    Some(match state {
        State::New | State::Unknown => step(cluster, "diagnose", "", "finds out why the agent says nothing"),
        State::Idle => effect_step(Effect::Prep, cluster),
        State::Blocked => step(cluster, "status", "--watch", "waits until the IPConfig is idle"),
        State::PrepRunning | State::UpgradeRunning | State::RollbackRunning | State::Aborting | State::Finalizing => {
            watch()
        }
        State::PrepDone => effect_step(Effect::Upgrade, cluster),
        State::PrepFailed => step(cluster, "abort", "", "after that correct the cause and prepare again"),
        State::UpgradeFailed if pivot == Some(Pivot::After) => effect_step(Effect::Rollback, cluster),
        State::UpgradeFailed | State::UpgradeRolledBack => {
            step(cluster, "abort", "", "cleans up; collect a must-gather before, it removes the evidence")
        }
        State::UpgradeDone => step(cluster, "finalize", "", "once the applications are proven; it ends the way back"),
        State::RollbackDone => step(cluster, "finalize", "", "removes the new release; collect a must-gather before"),
        State::RollbackFailed => step(cluster, "diagnose", "", "shows how to repair the host by hand"),
        State::AbortFailed | State::FinalizeFailed => {
            step(cluster, "retry-cleanup", "", "runs the clean-up again once its cause is gone")
        }
    })
}

/// Why a stage cannot be asked for in a state, and what to do instead; lower-case phrases.
pub fn why_not(state: State, pivot: Option<Pivot>, wanted: &Stage) -> &'static str {
    match (state, wanted) {
        (State::Aborting | State::Finalizing, _) => "the clean-up is still running: wait until it is Idle",
        (State::AbortFailed | State::FinalizeFailed, _) => {
            "the clean-up has failed: remove its cause, then retry the clean-up"
        }
        (State::RollbackRunning, _) => "the rollback is still running: wait for its end",
        (State::RollbackFailed, _) => {
            "the rollback has failed: repair the host by hand, then delete the ImageBasedUpgrade to reset it"
        }
        (State::Blocked, _) => "an IPConfig is busy: the agent goes on when it is idle",
        (State::New, _) => "the agent has not written a status yet",
        (State::RollbackDone, _) => "the rollback is not finalized: finalize it first",
        (State::UpgradeRolledBack, Stage::Rollback) => "the node is back on the old release already: abort to clean up",
        (State::UpgradeRolledBack, _) => "the upgrade was rolled back: abort to clean up, then prepare again",
        (State::UpgradeRunning | State::UpgradeFailed, Stage::Idle) => {
            "the node has booted the new release: only a rollback leads back"
        }
        (State::UpgradeRunning | State::UpgradeFailed, Stage::Rollback) if pivot != Some(Pivot::After) => {
            "the node has not booted the new release: abort instead"
        }
        (State::UpgradeFailed, _) => "a failed upgrade is not tried again in place: clean up, then prepare again",
        (State::UpgradeRunning, _) => "the upgrade is running",
        (State::UpgradeDone, Stage::Upgrade) => "the upgrade is completed: finalize it or roll back",
        (State::UpgradeDone, _) => "the upgrade is completed but not finalized: finalize it first",
        (State::PrepFailed, _) => "Prep has failed and is not tried again in place: abort, then prepare again",
        (State::PrepRunning, Stage::Upgrade) => "Prep is not completed: wait for it",
        (_, Stage::Rollback) => "there is nothing to roll back: no upgrade has been started, or it is finalized",
        (State::PrepRunning | State::PrepDone, Stage::Prep) => "Prep has been asked for already",
        (State::Idle, Stage::Upgrade) => "the cluster is not prepared: prepare it first",
        (State::Idle, Stage::Idle) => "it is Idle already",
        _ => "the agent does not offer it now",
    }
}
