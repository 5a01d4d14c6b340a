//! The one state of a CGU, read from its conditions in the order in which TALM passes its gates. The last condition,
//! which `oc get cgu` shows, is only the one that changed last.

use serde::Serialize;

use crate::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus, Condition};
use crate::rollout::message::*;

/// Where a CGU stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum CguState {
    /// TALM has not written anything yet.
    Unseen,
    /// TALM has looked at it, and no gate is said to be open or closed: a pass is under way, or fails before it writes
    /// why.
    Undecided,
    /// Clusters cannot be selected.
    ClustersNotSelected,
    /// Policies, templates, the platform image or the order are not valid.
    NotValid,
    /// What to pre-cache is not clear.
    PrecacheSpecIncomplete,
    /// Images are being pulled.
    Precaching,
    /// Pre-caching failed everywhere: a dead end.
    PrecachingFailed,
    /// Waits for enable: true.
    NotEnabled,
    /// Waits for other CGUs.
    Blocked,
    /// Backups are being made.
    BackingUp,
    /// Backups failed everywhere: a dead end.
    BackupFailed,
    /// Batches are worked on.
    InProgress,
    /// A Placement of the rollout cannot select clusters.
    WaitingForPlacement,
    /// Ended well.
    Completed,
    /// Ended because time ran out.
    TimedOut,
    /// Ended badly for another reason.
    Failed,
    /// A state this version does not know, by its reason.
    Other(String),
}

impl CguState {
    /// Whether TALM will never look at the CGU again.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::TimedOut | Self::Failed)
    }

    /// Whether nothing changes until somebody acts.
    pub fn is_stuck(&self) -> bool {
        matches!(
            self,
            Self::ClustersNotSelected
                | Self::NotValid
                | Self::PrecacheSpecIncomplete
                | Self::PrecachingFailed
                | Self::BackupFailed
                | Self::WaitingForPlacement
        )
    }

    /// Position in a triage list: the worst comes first.
    pub fn rank(&self) -> u8 {
        match self {
            Self::TimedOut | Self::Failed => 0,
            state if state.is_stuck() => 1,
            Self::Unseen | Self::Undecided | Self::Other(_) => 2,
            Self::Blocked => 3,
            Self::InProgress | Self::Precaching | Self::BackingUp => 4,
            Self::NotEnabled => 5,
            _ => 6,
        }
    }
}

/// The state, and the condition that tells it.
pub(in crate::rollout) fn state(cgu: &ClusterGroupUpgrade) -> (CguState, Option<&Condition>) {
    let status = &cgu.status;
    if let Some(end) = status.succeeded() {
        let state = match (end.is_true(), end.reason.as_str()) {
            (true, _) => CguState::Completed,
            (false, "TimedOut") => CguState::TimedOut,
            (false, _) => CguState::Failed,
        };
        return (state, Some(end));
    }
    let progressing = status.condition(PROGRESSING);
    if let Some(running) = progressing.filter(|condition| condition.is_true()) {
        let waits = running.reason == "WaitingForPlacement";
        return (if waits { CguState::WaitingForPlacement } else { CguState::InProgress }, Some(running));
    }
    let job = |reason: &str, running, failed| if reason == "Failed" { failed } else { running };
    let gates =
        [CLUSTERS_SELECTED, VALIDATED, PRECACHE_SPEC_VALID, PRECACHING_SUCCEEDED, BACKUP_SUCCEEDED, PROGRESSING];
    // Of pre-caching that is not wanted any more, and never began, TALM leaves the condition as it was.
    let is_over = |gate: &&&str| **gate == PRECACHE_SPEC_VALID && !cgu.spec.pre_caching && status.precaching.is_none();
    let mut told = gates.iter().filter(|gate| !is_over(gate)).filter_map(|gate| status.condition(gate));
    let closed = told.find(|condition| condition.is_false());
    let Some(closed) = closed else {
        let is_seen = *status != ClusterGroupUpgradeStatus::default();
        return (if is_seen { CguState::Undecided } else { CguState::Unseen }, status.conditions.last());
    };
    let state = match (closed.kind.as_str(), closed.reason.as_str()) {
        (CLUSTERS_SELECTED, _) => CguState::ClustersNotSelected,
        (VALIDATED, _) => CguState::NotValid,
        (PRECACHE_SPEC_VALID, _) => CguState::PrecacheSpecIncomplete,
        (PRECACHING_SUCCEEDED, reason) => job(reason, CguState::Precaching, CguState::PrecachingFailed),
        (BACKUP_SUCCEEDED, reason) => job(reason, CguState::BackingUp, CguState::BackupFailed),
        (_, "NotEnabled") => CguState::NotEnabled,
        (_, "MissingBlockingCR" | "IncompleteBlockingCR") => CguState::Blocked,
        (_, reason) => CguState::Other(reason.to_owned()),
    };
    (state, Some(closed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(spec: serde_json::Value, status: serde_json::Value) -> CguState {
        let cgu = json!({"metadata": {"name": "u", "namespace": "n"}, "spec": spec, "status": status});
        state(&crate::resource::read(&cgu).unwrap()).0
    }

    fn of(conditions: &[(&str, &str, &str)]) -> CguState {
        let list: Vec<_> = conditions
            .iter()
            .map(|(kind, status, reason)| json!({"type": kind, "status": status, "reason": reason}))
            .collect();
        with(json!({"preCaching": true}), json!({"conditions": list}))
    }

    #[test]
    fn the_first_closed_gate_counts_not_the_last_condition() {
        let selected = ("ClustersSelected", "True", "x");
        assert_eq!(of(&[]), CguState::Unseen);
        assert_eq!(of(&[selected, ("Progressing", "False", "NotEnabled")]), CguState::NotEnabled);
        let failed = ("PrecachingSuceeded", "False", "Failed");
        assert_eq!(of(&[failed, selected]), CguState::PrecachingFailed);
        assert_eq!(of(&[("Progressing", "False", "New")]), CguState::Other("New".into()));
    }

    #[test]
    fn what_talm_has_touched_is_not_unseen() {
        let selected = ("ClustersSelected", "True", "ClusterSelectionCompleted");
        assert_eq!(of(&[selected, ("Validated", "True", "ValidationCompleted")]), CguState::Undecided);
        assert_eq!(with(json!({}), json!({"computedMaxConcurrency": 1})), CguState::Undecided);
    }

    #[test]
    fn pre_caching_that_is_not_wanted_any_more_closes_no_gate() {
        let conditions = json!([{"type": "PrecacheSpecValid", "status": "False", "reason": "PrecacheSpecIncomplete"},
            {"type": "Progressing", "status": "False", "reason": "NotEnabled"}]);
        let of = |wanted: bool, record: serde_json::Value| {
            with(json!({"preCaching": wanted}), json!({"conditions": conditions, "precaching": record}))
        };
        assert_eq!(of(true, json!(null)), CguState::PrecacheSpecIncomplete);
        assert_eq!(of(false, json!({"clusters": []})), CguState::PrecacheSpecIncomplete, "the record keeps it closed");
        assert_eq!(of(false, json!(null)), CguState::NotEnabled);
    }

    #[test]
    fn an_end_is_judged_by_status_and_not_by_reason() {
        assert_eq!(of(&[("Succeeded", "True", "UpgradeCompleted")]), CguState::Completed);
        assert_eq!(of(&[("Progressing", "False", "TimedOut"), ("Succeeded", "False", "TimedOut")]), CguState::TimedOut);
    }
}
