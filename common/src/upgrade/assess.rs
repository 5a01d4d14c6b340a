//! The status of one upgrade: a pure function of the object, what is known about the cluster, and the clock.

use jiff::Timestamp;
use serde::Serialize;

use super::annotation::VALIDATION_WARNING;
use super::clock::{InitMonitor, Lap, RollbackWindow, laps, reboot_seconds};
use super::condition::{Conditions, Reason, in_progress};
use super::machine::valid_next_stages;
use super::next::{ClusterName, LegalStage, Step, legal, recommended, why_not};
use super::object::{ImageBasedUpgrade, Stage};
use super::pivot::{Pivot, infer};
use super::state::{Phase, State};

/// What is known beside the object.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The name to use in commands; `None` when the context is the cluster itself.
    pub cluster: ClusterName<'a>,
    /// `status.desired.version` of ClusterVersion.
    pub cluster_version: Option<&'a str>,
}

/// Images fetched by the precache job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Precache {
    /// How many there are.
    pub total: u64,
    /// How many are local.
    pub pulled: u64,
    /// How many could not be fetched.
    pub failed: u64,
}

/// A stage that the agent refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refused {
    /// Which.
    pub stage: Stage,
    /// Its words.
    pub message: String,
}

/// Everything there is to say about one upgrade.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// `spec.stage`.
    pub stage: Stage,
    /// Where it is.
    pub state: State,
    /// What that means for somebody who waits.
    pub phase: Phase,
    /// The side of the reboot; absent when neither object nor cluster tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pivot: Option<Pivot>,
    /// The release of the seed image.
    pub seed_version: String,
    /// The seed image.
    pub seed_image: String,
    /// Reason of the last condition: the STATE of `oc get ibu`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Message of the last condition: the DETAILS of `oc get ibu`.
    pub message: String,
    /// Health checks that the agent waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting_for: Vec<String>,
    /// Progress of the precache job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precache: Option<Precache>,
    /// Stages that were refused and still stand in the conditions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
    /// Stages the API server accepts now, each with its command.
    pub valid_next: Vec<LegalStage>,
    /// Whether the stored `validNextStages` are not what the conditions call for: the agent has not caught up.
    pub valid_next_is_stale: bool,
    /// The timer of the automatic rollback; only while an upgrade runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init_monitor: Option<InitMonitor>,
    /// How long the way back stays open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollback_window: Option<RollbackWindow>,
    /// Stages and phases gone through.
    pub history: Vec<Lap>,
    /// How long the node was away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reboot_seconds: Option<i64>,
    /// What the agent found doubtful in the extra manifests. After the reboot an unknown kind is fatal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub manifest_warnings: Vec<String>,
    /// What helps most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Step>,
}

impl Report {
    /// Assesses an object at a time.
    pub fn assess(ibu: &ImageBasedUpgrade, known: Known<'_>, now: Timestamp) -> Self {
        let nothing = Conditions::default();
        let conditions = ibu.status.as_ref().map_or(&nothing, |s| &s.conditions);
        let pivot = infer(ibu, known.cluster_version);
        let state = State::of(ibu, pivot);
        let last = conditions.last();
        let message = last.map(|c| c.message.clone()).unwrap_or_default();
        let stored = ibu.status.as_ref().map_or(&[][..], |s| &s.valid_next_stages);
        let stale = pivot.is_some_and(|p| valid_next_stages(conditions, &ibu.stage(), p) != stored);
        Self {
            stage: ibu.stage(),
            state,
            phase: state.phase(),
            pivot,
            seed_version: ibu.spec.seed_image_ref.version.clone(),
            seed_image: ibu.spec.seed_image_ref.image.clone(),
            reason: last.map(|c| c.reason.clone()),
            waiting_for: waiting_for(&message),
            precache: precache(&message),
            refused: refused(conditions),
            message,
            valid_next: stored.iter().map(|stage| legal(conditions, pivot, stage, known.cluster)).collect(),
            valid_next_is_stale: ibu.status.is_some() && stale,
            init_monitor: (state == State::UpgradeRunning).then(|| InitMonitor::of(ibu, pivot, now)),
            rollback_window: RollbackWindow::of(ibu, now).filter(|_| state.leads_back()),
            history: laps(ibu.status.as_ref().map_or(&[], |s| &s.history), now),
            reboot_seconds: reboot_seconds(ibu),
            manifest_warnings: manifest_warnings(ibu),
            next: recommended(state, pivot, known.cluster),
        }
    }
}

/// Whether a stage may be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask<'r> {
    /// It may; this is what it would do. Compare the effect with what is meant: Idle is abort or finalize.
    Legal(&'r LegalStage),
    /// It is asked for already: the API server would accept it and nothing would happen.
    Already,
    /// The API server would refuse it, or the agent would; why and what to do instead, a lower-case phrase.
    Not(&'static str),
}

impl Report {
    /// Whether a stage may be asked for, by the stages that the API server accepts now.
    pub fn ask(&self, wanted: &Stage) -> Ask<'_> {
        // A blocked stage is listed as legal though it is the one that is asked for already.
        if self.stage == *wanted && self.state != State::New {
            let open = self.phase != Phase::Failed && self.refused.iter().all(|r| r.stage != *wanted);
            return if open { Ask::Already } else { Ask::Not(why_not(self.state, self.pivot, wanted)) };
        }
        match self.valid_next.iter().find(|legal| legal.stage == *wanted) {
            Some(legal) => Ask::Legal(legal),
            None => Ask::Not(why_not(self.state, self.pivot, wanted)),
        }
    }
}

fn refused(conditions: &Conditions) -> Vec<Refused> {
    let of_stage = |stage: Stage| {
        let condition = conditions.get(&in_progress(&stage)?)?;
        let refused = condition.reason == Reason::InvalidTransition;
        refused.then(|| Refused { stage, message: condition.message.clone() })
    };
    [Stage::Idle, Stage::Prep, Stage::Upgrade, Stage::Rollback].into_iter().filter_map(of_stage).collect()
}

/// The failed checks in `Waiting for system to stabilize …` (LCA main `internal/healthcheck/healthcheck.go`).
fn waiting_for(message: &str) -> Vec<String> {
    let (true, Some((_, checks))) =
        (message.starts_with("Waiting for system to"), message.split_once("one or more health checks failed"))
    else {
        return Vec::new();
    };
    let checks = checks.trim_start_matches([':', ' ']);
    checks.split("\n  - ").map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned).collect()
}

/// The counts in `… total: N (pulled: P, failed: F)`.
fn precache(message: &str) -> Option<Precache> {
    let counts = message.split_once("total: ")?.1;
    let (total, rest) = counts.split_once(" (pulled: ")?;
    let (pulled, failed) = rest.strip_suffix(')')?.split_once(", failed: ")?;
    Some(Precache { total: total.parse().ok()?, pulled: pulled.parse().ok()?, failed: failed.parse().ok()? })
}

fn manifest_warnings(ibu: &ImageBasedUpgrade) -> Vec<String> {
    let text = ibu.metadata.annotations.get(VALIDATION_WARNING).map_or("", String::as_str);
    text.split("; ").filter(|warning| !warning.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upgrade::machine::Effect;
    use serde_json::json;

    fn report(value: serde_json::Value, now: &str) -> Report {
        let ibu: ImageBasedUpgrade = serde_json::from_value(value).expect("an object");
        let known = Known { cluster: Some("sno2"), cluster_version: None };
        Report::assess(&ibu, known, now.parse().expect("a time"))
    }

    #[test]
    fn the_init_monitor_runs_from_the_boot() {
        let report = report(
            json!({
                "spec": {"stage": "Upgrade", "autoRollbackOnFailure": {"initMonitorTimeoutSeconds": 600}},
                "status": {
                    "conditions": [{"type": "UpgradeInProgress", "status": "True", "reason": "InProgress"}],
                    "validNextStages": ["Rollback"],
                    "rollbackAvailabilityExpiration": "2026-03-02T11:00:00Z",
                    "history": [{"stage": "Upgrade", "startTime": "2026-03-02T09:00:00Z", "phases": [
                        {"phase": "PrePivot", "completionTime": "2026-03-02T09:04:00Z"},
                        {"phase": "PostPivot", "startTime": "2026-03-02T09:10:00Z"},
                    ]}],
                },
            }),
            "2026-03-02T09:12:00Z",
        );
        assert_eq!((report.state, report.pivot), (State::UpgradeRunning, Some(Pivot::After)));
        assert_eq!(report.init_monitor.as_ref().and_then(|m| m.remaining_seconds), Some(480));
        assert_eq!(report.rollback_window.as_ref().map(|w| w.closed()), Some(false));
        assert_eq!(report.reboot_seconds, Some(360));
        assert_eq!(report.valid_next[0].effect, Some(Effect::Rollback));
        assert_eq!(report.valid_next[0].step.command, "oc ibu rollback sno2");
        assert!(!report.valid_next_is_stale);
        assert!(matches!(report.ask(&Stage::Rollback), Ask::Legal(_)));
        assert!(matches!(report.ask(&Stage::Idle), Ask::Not(why) if why.contains("only a rollback")));
        assert_eq!(report.ask(&Stage::Upgrade), Ask::Already);
    }

    #[test]
    fn there_is_no_way_back_once_it_is_finalized() {
        let finalizing = json!({"spec": {"stage": "Idle"}, "status": {
            "rollbackAvailabilityExpiration": "2026-03-02T11:00:00Z",
            "conditions": [{"type": "Idle", "status": "False", "reason": "Finalizing"}]}});
        let report = report(finalizing, "2026-03-02T09:12:00Z");
        assert_eq!((report.state, report.rollback_window), (State::Finalizing, None));
    }

    #[test]
    fn messages_give_up_their_numbers() {
        let message = "Precache job in progress. job-name: a, job-namespace: b. total: 136 (pulled: 97, failed: 1)";
        assert_eq!(precache(message), Some(Precache { total: 136, pulled: 97, failed: 1 }));
        let message = "Waiting for system to stabilize: one or more health checks failed: a: b\n  - c";
        assert_eq!(waiting_for(message), ["a: b", "c"]);
    }

    #[test]
    fn a_failed_stage_is_not_simply_asked_for_already() {
        let failed = json!({"spec": {"stage": "Prep"}, "status": {"validNextStages": ["Idle"], "conditions": [
            {"type": "PrepCompleted", "status": "False", "reason": "Failed"}]}});
        let report = report(failed, "2026-03-02T09:12:00Z");
        assert!(matches!(report.ask(&Stage::Prep), Ask::Not(why) if why.contains("abort")));
    }
}
