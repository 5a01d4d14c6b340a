//! The changes there are, and the patch for each.

use std::time::Duration;

use serde_json::Value;
use ztp_common::upgrade::annotation::NO_UPGRADE_COMPLETION;
use ztp_common::upgrade::decide::{Decision, Verb, decide, decide_retry, retry_patch, stage_patch};
use ztp_common::upgrade::object::Stage;
use ztp_common::upgrade::prep::Settings;

use crate::situation::Situation;

/// A change of one cluster.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Another stage.
    Stage(Verb),
    /// Prep, with what it is asked for.
    Prep(Settings),
    /// A failed clean-up again.
    RetryCleanup,
}

impl Deed {
    /// Its word on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stage(verb) => verb.word(),
            Self::Prep(_) => Verb::Prep.word(),
            Self::RetryCleanup => "retry-cleanup",
        }
    }

    /// The stage it asks for.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Stage(verb) => verb.stage(),
            Self::Prep(_) => Stage::Prep,
            Self::RetryCleanup => Stage::Idle,
        }
    }

    /// How long to wait unless somebody says.
    pub fn patience(&self) -> Duration {
        let minutes = match self.stage() {
            Stage::Prep => 120,
            Stage::Upgrade => 180,
            Stage::Rollback => 90,
            Stage::Idle | Stage::Other(_) => 60,
        };
        Duration::from_secs(minutes * 60)
    }

    /// Whether it may be done now.
    pub fn decide(&self, situation: &Situation) -> Decision {
        let report = &situation.report;
        match self {
            Self::Stage(verb) => decide(report, *verb),
            Self::RetryCleanup => decide_retry(report, &situation.ibu.metadata.annotations),
            Self::Prep(settings) => match decide(report, Verb::Prep) {
                decision @ (Decision::Done | Decision::Running) => too_late(settings, situation).unwrap_or(decision),
                decision => decision,
            },
        }
    }

    /// The merge patch for it.
    pub fn patch(&self, situation: &Situation) -> Value {
        match self {
            Self::Stage(verb) => stage_patch(&situation.object, &verb.stage()),
            Self::Prep(settings) => settings.patch(&situation.object),
            Self::RetryCleanup => retry_patch(&situation.object),
        }
    }
}

/// Why a Prep that has been asked for already cannot be asked for like this.
fn too_late(settings: &Settings, situation: &Situation) -> Option<Decision> {
    let annotations = &situation.ibu.metadata.annotations;
    let other = settings.differs(&situation.ibu.spec, annotations);
    if other.is_empty() {
        return None;
    }
    let mut why =
        format!("{} cannot change after Prep has been asked for: abort, then prepare again", other.join(" and "));
    let completion = settings.annotations.get(NO_UPGRADE_COMPLETION);
    if completion.is_some_and(|value| annotations.get(NO_UPGRADE_COMPLETION) != value.as_ref()) {
        let switch = if completion.is_some_and(Option::is_some) { "off" } else { "on" };
        why += &format!("; this alone counts until the upgrade ends: oc ibu configure --upgrade-completion {switch}");
    }
    Some(Decision::No(why))
}
