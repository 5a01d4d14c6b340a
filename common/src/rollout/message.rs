//! Conditions of a CGU in TALM's own words (TALM 5.0 `controllers/utils/conditions.go` and
//! `clustergroupupgrade_controller.go`). The spellings are TALM's.

use crate::resource::{Condition, ConditionStatus, set_condition};

pub(super) const CLUSTERS_SELECTED: &str = "ClustersSelected";
pub(super) const VALIDATED: &str = "Validated";
pub(super) const PRECACHE_SPEC_VALID: &str = "PrecacheSpecValid";
pub(super) const PRECACHING_SUCCEEDED: &str = "PrecachingSuceeded";
pub(super) const BACKUP_SUCCEEDED: &str = "BackupSuceeded";
pub(super) const PROGRESSING: &str = "Progressing";
pub(super) const SUCCEEDED: &str = "Succeeded";

pub(super) const POLICIES_COMPLIANT: &str = "All clusters are compliant with all the managed policies";
pub(super) const ALREADY_COMPLIANT: &str = "All clusters already compliant with the specified managed policies";

pub(super) fn set_true(conditions: &mut Vec<Condition>, kind: &str, reason: &str, message: impl Into<String>) {
    set(conditions, kind, ConditionStatus::True, reason, message.into());
}

pub(super) fn set_false(conditions: &mut Vec<Condition>, kind: &str, reason: &str, message: impl Into<String>) {
    set(conditions, kind, ConditionStatus::False, reason, message.into());
}

fn set(conditions: &mut Vec<Condition>, kind: &str, status: ConditionStatus, reason: &str, message: String) {
    let condition =
        Condition { last_transition_time: None, message, reason: reason.to_owned(), status, kind: kind.to_owned() };
    set_condition(conditions, condition);
}

/// A list as Go's `%s` prints it.
pub(super) fn go_list<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    format!("[{}]", items.join(" "))
}
