//! What a verb may do now: the question before every write.

use serde_json::{Map, Value, json};

use super::annotation::{MANUAL_CLEANUP, TRIGGER_RECONCILE};
use super::assess::{Ask, Report};
use super::machine::Effect;
use super::object::Stage;
use super::state::{Phase, State};

/// The words people use for a change of stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Unpack the seed and fetch images.
    Prep,
    /// Boot the new release.
    Upgrade,
    /// Boot the old release.
    Rollback,
    /// Give up the way back.
    Finalize,
    /// Clean up before the reboot.
    Abort,
    /// Abort or finalize, whichever is possible.
    Idle,
}

impl Verb {
    /// The stage it asks for.
    pub fn stage(self) -> Stage {
        match self {
            Self::Prep => Stage::Prep,
            Self::Upgrade => Stage::Upgrade,
            Self::Rollback => Stage::Rollback,
            Self::Finalize | Self::Abort | Self::Idle => Stage::Idle,
        }
    }

    /// The word itself.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prep => "prep",
            Self::Upgrade => "upgrade",
            Self::Rollback => "rollback",
            Self::Finalize => "finalize",
            Self::Abort => "abort",
            Self::Idle => "idle",
        }
    }
}

/// What comes of a verb.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It may be asked for, and this is what it does.
    Go(Effect),
    /// It is asked for already and runs.
    Running,
    /// It is done already.
    Done,
    /// Neither API server nor agent would do it: why, a lower-case phrase.
    No(String),
}

/// Decides by the stages that the API server accepts now.
pub fn decide(report: &Report, verb: Verb) -> Decision {
    match (report.state, meant(verb)) {
        (State::Finalizing, Some(Effect::Abort)) => {
            return Decision::No("it is being finalized, which cannot be aborted: wait until it is Idle".into());
        }
        (State::Aborting, Some(Effect::Finalize)) => {
            return Decision::No("it is being aborted, there is nothing to finalize: wait until it is Idle".into());
        }
        _ => {}
    }
    match report.ask(&verb.stage()) {
        Ask::Already if matches!(report.phase, Phase::Done) || report.state == State::Idle => already(report, verb),
        Ask::Already => Decision::Running,
        Ask::Legal(legal) => match (legal.effect, meant(verb)) {
            (Some(Effect::Abort), Some(Effect::Finalize)) => {
                Decision::No("there is nothing to finalize: no upgrade or rollback has been completed".into())
            }
            (Some(Effect::Finalize), Some(Effect::Abort)) => {
                Decision::No("it is too late to abort: what runs now has been completed".into())
            }
            (Some(effect), _) => Decision::Go(effect),
            (None, _) => Decision::No("this release does not know what it would do".into()),
        },
        Ask::Not(why) if report.valid_next_is_stale => Decision::No(format!(
            "{why}; the list of valid stages lags behind the conditions; logged in to the cluster itself and not to the \
             hub, this brings it up to date: oc annotate --overwrite imagebasedupgrade upgrade \
             {TRIGGER_RECONCILE}=\"$(date)\""
        )),
        Ask::Not(why) => Decision::No(why.to_owned()),
    }
}

/// `spec.stage` names the stage; whether it has been reached is another question.
fn already(report: &Report, verb: Verb) -> Decision {
    let reached = report.state.stage().as_ref() == Some(&verb.stage());
    if reached { Decision::Done } else { Decision::Running }
}

/// The one effect that a verb stands for; `None` when it takes what comes.
fn meant(verb: Verb) -> Option<Effect> {
    match verb {
        Verb::Finalize => Some(Effect::Finalize),
        Verb::Abort => Some(Effect::Abort),
        _ => None,
    }
}

/// What comes of a retried clean-up.
pub fn decide_retry(report: &Report, annotations: &std::collections::BTreeMap<String, String>) -> Decision {
    match report.state {
        State::AbortFailed | State::FinalizeFailed if annotations.contains_key(MANUAL_CLEANUP) => Decision::Running,
        State::AbortFailed => Decision::Go(Effect::Abort),
        State::FinalizeFailed => Decision::Go(Effect::Finalize),
        State::Aborting | State::Finalizing => Decision::Running,
        State::Idle => Decision::Done,
        _ => Decision::No("no clean-up has failed".into()),
    }
}

/// The merge patch that asks for a stage, good only for the version of the object that was looked at.
pub fn stage_patch(object: &Value, stage: &Stage) -> Value {
    guarded(object, json!({"spec": {"stage": stage}}))
}

/// The merge patch that runs a failed clean-up again.
pub fn retry_patch(object: &Value) -> Value {
    guarded(object, json!({"metadata": {"annotations": {MANUAL_CLEANUP: "true"}}}))
}

/// Adds the version of the object to a merge patch, so that a change in between is a conflict.
pub fn guarded(object: &Value, mut patch: Value) -> Value {
    let Some(version) = object.pointer("/metadata/resourceVersion") else { return patch };
    if let Some(patch) = patch.as_object_mut() {
        let metadata = patch.entry("metadata").or_insert_with(|| Map::new().into());
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.insert("resourceVersion".into(), version.clone());
        }
    }
    patch
}

/// Applies a merge patch (RFC 7386).
pub fn merged(object: &Value, patch: &Value) -> Value {
    let Some(changes) = patch.as_object() else { return patch.clone() };
    let mut result = object.as_object().cloned().unwrap_or_default();
    for (key, change) in changes {
        if change.is_null() {
            result.remove(key);
        } else {
            let old = result.get(key).cloned().unwrap_or(Value::Null);
            result.insert(key.clone(), merged(&old, change));
        }
    }
    result.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upgrade::assess::Known;
    use crate::upgrade::object::ImageBasedUpgrade;

    fn decided(object: Value, verb: Verb) -> Decision {
        let ibu: ImageBasedUpgrade = serde_json::from_value(object).expect("an object");
        decide(&Report::assess(&ibu, Known::default(), jiff::Timestamp::UNIX_EPOCH), verb)
    }

    fn at(stage: &str, next: &[&str], conditions: Value) -> Value {
        json!({"spec": {"stage": stage}, "status": {"validNextStages": next, "conditions": conditions}})
    }

    fn done() -> Value {
        at(
            "Upgrade",
            &["Idle", "Rollback"],
            json!([
            {"type": "UpgradeInProgress", "status": "False", "reason": "Completed"},
            {"type": "UpgradeCompleted", "status": "True", "reason": "Completed"}]),
        )
    }

    #[test]
    fn abort_and_finalize_are_told_apart() {
        assert_eq!(decided(done(), Verb::Finalize), Decision::Go(Effect::Finalize));
        assert_eq!(decided(done(), Verb::Idle), Decision::Go(Effect::Finalize));
        assert!(matches!(decided(done(), Verb::Abort), Decision::No(why) if why.contains("too late")));
        assert_eq!(decided(done(), Verb::Upgrade), Decision::Done);
        let failed = at("Prep", &["Idle"], json!([{"type": "PrepCompleted", "status": "False", "reason": "Failed"}]));
        assert!(matches!(decided(failed.clone(), Verb::Finalize), Decision::No(why) if why.contains("nothing")));
        assert_eq!(decided(failed, Verb::Abort), Decision::Go(Effect::Abort));
    }

    #[test]
    fn what_has_been_asked_for_is_not_asked_again() {
        let idle = json!([{"type": "Idle", "status": "True", "reason": "Idle"}]);
        assert_eq!(decided(at("Idle", &["Prep"], idle.clone()), Verb::Idle), Decision::Done);
        assert_eq!(decided(at("Prep", &["Prep"], idle), Verb::Prep), Decision::Running);
    }

    #[test]
    fn another_clean_up_is_not_the_one_that_is_meant() {
        let cleaning = |reason: &str| at("Idle", &[], json!([{"type": "Idle", "status": "False", "reason": reason}]));
        assert!(matches!(decided(cleaning("Finalizing"), Verb::Abort), Decision::No(why) if why.contains("finalized")));
        assert!(matches!(decided(cleaning("Aborting"), Verb::Finalize), Decision::No(why) if why.contains("aborted")));
        assert_eq!(decided(cleaning("Finalizing"), Verb::Finalize), Decision::Running);
        assert_eq!(decided(cleaning("Aborting"), Verb::Idle), Decision::Running);
    }

    #[test]
    fn a_patch_guards_and_merges() {
        let object = json!({"metadata": {"resourceVersion": "7"}, "spec": {"a": {"b": 1, "c": 2}}});
        let patch = guarded(&object, json!({"spec": {"a": {"b": null, "d": 3}}}));
        assert_eq!(patch["metadata"]["resourceVersion"], "7");
        assert_eq!(merged(&object, &patch)["spec"]["a"], json!({"c": 2, "d": 3}));
    }
}
