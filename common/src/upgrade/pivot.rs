//! Which side of the reboot the node is on.

use serde::Serialize;

use super::condition::{ConditionType, Reason};
use super::object::{ImageBasedUpgrade, Stage};

/// The side of the reboot into the new stateroot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pivot {
    /// The old release is booted, for the first time or again.
    Before,
    /// The release of `spec.seedImageRef.version` is booted.
    After,
}

/// Tells the side from outside the node. `cluster_version` is what ClusterVersion reports
/// (`status.desired.version`), the best witness; without it the object itself often says enough.
pub fn infer(ibu: &ImageBasedUpgrade, cluster_version: Option<&str>) -> Option<Pivot> {
    let seed = &ibu.spec.seed_image_ref.version;
    match cluster_version {
        Some(version) if !seed.is_empty() => {
            Some(if version == seed && upgraded(ibu) { Pivot::After } else { Pivot::Before })
        }
        _ => from_object(ibu),
    }
}

/// Whether an upgrade has begun: a seed of the release that runs may have been prepared by mistake.
fn upgraded(ibu: &ImageBasedUpgrade) -> bool {
    use ConditionType::{RollbackCompleted, RollbackInProgress, UpgradeCompleted, UpgradeInProgress};
    let Some(status) = &ibu.status else { return false };
    let begun = [UpgradeInProgress, UpgradeCompleted, RollbackInProgress, RollbackCompleted]
        .iter()
        .any(|kind| status.conditions.reason(kind).is_some_and(|reason| *reason != Reason::InvalidTransition));
    // A clean-up takes the other conditions away; what is finalized here is the upgrade.
    let finalizing =
        matches!(status.conditions.reason(&ConditionType::Idle), Some(Reason::Finalizing | Reason::FinalizeFailed));
    begun || finalizing || status.valid_next_stages.contains(&Stage::Rollback)
}

fn from_object(ibu: &ImageBasedUpgrade) -> Option<Pivot> {
    use ConditionType::{RollbackCompleted, RollbackInProgress, UpgradeCompleted, UpgradeInProgress};
    let Some(status) = &ibu.status else { return Some(Pivot::Before) };
    let conditions = &status.conditions;
    if conditions.holds(&RollbackCompleted) {
        return Some(Pivot::Before);
    }
    if status.valid_next_stages.contains(&Stage::Rollback) || conditions.holds(&UpgradeCompleted) {
        return Some(Pivot::After);
    }
    if conditions.denied(&RollbackCompleted) {
        return None;
    }
    if conditions.holds(&RollbackInProgress) {
        return match conditions.get(&RollbackInProgress).map(|c| c.message.as_str()) {
            Some("Completing rollback") => Some(Pivot::Before),
            Some("Initiating rollback") => Some(Pivot::After),
            _ => None,
        };
    }
    if !conditions.holds(&UpgradeInProgress) && !conditions.denied(&UpgradeCompleted) {
        return Some(Pivot::Before);
    }
    if status.rollback_availability_expiration.is_some() && conditions.holds(&UpgradeInProgress) {
        return Some(Pivot::After);
    }
    // An upgrade that runs or has failed offers Idle only on the old release.
    (status.valid_next_stages.contains(&Stage::Idle) || conditions.cleaning_up()).then_some(Pivot::Before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cluster_version_is_the_best_witness() {
        let ibu: ImageBasedUpgrade = serde_json::from_value(serde_json::json!({
            "spec": {"stage": "Upgrade", "seedImageRef": {"version": "4.17.4"}},
            "status": {"validNextStages": ["Rollback"], "conditions": []},
        }))
        .expect("an object");
        assert_eq!(infer(&ibu, None), Some(Pivot::After));
        assert_eq!(infer(&ibu, Some("4.16.9")), Some(Pivot::Before));
    }

    #[test]
    fn a_seed_of_the_release_that_runs_is_no_upgrade() {
        let at = |conditions: serde_json::Value| -> ImageBasedUpgrade {
            serde_json::from_value(serde_json::json!({
                "spec": {"stage": "Prep", "seedImageRef": {"version": "4.17.4"}},
                "status": {"validNextStages": ["Idle"], "conditions": conditions},
            }))
            .expect("an object")
        };
        let failed = serde_json::json!({"type": "PrepCompleted", "status": "False", "reason": "Failed"});
        let refused =
            serde_json::json!({"type": "UpgradeInProgress", "status": "False", "reason": "InvalidTransition"});
        let running = serde_json::json!({"type": "UpgradeInProgress", "status": "True", "reason": "InProgress"});
        assert_eq!(infer(&at(serde_json::json!([failed, refused])), Some("4.17.4")), Some(Pivot::Before));
        assert_eq!(infer(&at(serde_json::json!([running])), Some("4.17.4")), Some(Pivot::After));
    }
}
