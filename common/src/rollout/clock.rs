//! When a recorded hub was recorded, where its files do not tell: copies and checkouts carry the time of the copy.

use jiff::Timestamp;

use super::Hub;
use super::gate::{BlockerState, blockers};
use super::status::{CguState, PATIENCE_SECONDS, assess, state};
use crate::resource::{ClusterGroupUpgrade, Condition};

/// The newest change that CGUs and clusters tell of: the hub is at least as old as that.
pub fn newest_change(hub: &Hub) -> Option<Timestamp> {
    let of_cgus = hub.cgus.values().flat_map(times);
    let of_clusters = hub.clusters.values().flat_map(|cluster| {
        let seen = cluster.availability().and_then(|condition| condition.last_transition_time);
        [cluster.metadata.creation_timestamp, seen].into_iter().flatten()
    });
    of_cgus.chain(of_clusters).max()
}

fn times(cgu: &ClusterGroupUpgrade) -> impl Iterator<Item = Timestamp> {
    let run = &cgu.status.status;
    let single = [cgu.metadata.creation_timestamp, run.started_at, run.completed_at, run.current_batch_started_at];
    let soaking = run.current_batch_remediation_progress.values().map(|progress| progress.first_compliant_at);
    let conditions = cgu.status.conditions.iter().map(|condition: &Condition| condition.last_transition_time);
    single.into_iter().chain(soaking).chain(conditions).flatten()
}

/// The time to judge recorded facts by. A rollout whose time was up long before `at`, and that TALM has not ended, or a
/// CGU that waits for others that had ended long before, says that the recording is older than it looks; then the newest
/// change in it is the best that is known. So it is when the recording claims to be older than what is in it.
pub fn judged_at(hub: &Hub, at: Timestamp) -> Timestamp {
    let Some(newest) = newest_change(hub) else { return at };
    let is_later = newest.duration_since(at).as_secs() > PATIENCE_SECONDS;
    let is_stale = || newest < at && hub.cgus.values().any(|cgu| is_overdue(hub, cgu, at));
    if is_later || is_stale() { newest } else { at }
}

fn is_overdue(hub: &Hub, cgu: &ClusterGroupUpgrade, at: Timestamp) -> bool {
    match state(cgu).0 {
        // TALM looks at nothing else of it.
        _ if cgu.metadata.deletion_timestamp.is_some() => false,
        CguState::InProgress | CguState::BackingUp => assess(hub, cgu, at).time.overdue.is_some(),
        CguState::Blocked => waits_for_nobody(hub, cgu, at),
        _ => false,
    }
}

/// TALM looks at a blocked CGU every minute (5.0 `controllers/clustergroupupgrade_controller.go`).
fn waits_for_nobody(hub: &Hub, cgu: &ClusterGroupUpgrade, at: Timestamp) -> bool {
    let names = cgu.spec.blocking_crs.iter().filter_map(|name| hub.cgu(&name.namespace, &name.name));
    let ended = names.filter_map(|blocker| blocker.status.succeeded()?.last_transition_time).max();
    let is_long_ago = ended.is_some_and(|ended| at.duration_since(ended).as_secs() > PATIENCE_SECONDS);
    is_long_ago && blockers(hub, cgu).iter().all(|blocker| blocker.state == BlockerState::Finished)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, hub};
    use serde_json::json;

    #[test]
    fn a_rollout_long_over_its_time_dates_the_recording() {
        let mut running = cgu("u", json!({"remediationStrategy": {"timeout": 60, "maxConcurrency": 1}}));
        running["status"] = json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}],
            "remediationPlan": [["a"]],
            "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 1,
                "currentBatchStartedAt": "2026-01-01T10:00:02Z"}});
        let hub = hub(vec![cluster("a"), running]);
        let at = |text: &str| judged_at(&hub, text.parse().unwrap()).to_string();
        assert_eq!(at("2026-01-01T10:30:00Z"), "2026-01-01T10:30:00Z");
        assert_eq!(at("2026-01-01T11:10:00Z"), "2026-01-01T11:10:00Z");
        assert_eq!(at("2026-01-03T10:30:00Z"), "2026-01-01T10:00:02Z");
        assert_eq!(at("2026-01-01T09:59:00Z"), "2026-01-01T09:59:00Z", "clocks differ");
        assert_eq!(at("1980-01-01T00:00:00Z"), "2026-01-01T10:00:02Z", "older than what is in it");
    }
    #[test]
    fn a_cgu_that_waits_for_what_has_ended_dates_the_recording() {
        let ended = |succeeded: &str| {
            let mut blocker = cgu("b", json!({}));
            blocker["status"] = json!({"conditions": [{"type": "Succeeded", "status": succeeded, "reason": "x",
                "lastTransitionTime": "2026-01-01T10:00:00Z"}]});
            let mut waiting = cgu("u", json!({"blockingCRs": [{"name": "b", "namespace": "n"}]}));
            waiting["status"] =
                json!({"conditions": [{"type": "Progressing", "status": "False", "reason": "IncompleteBlockingCR"}]});
            hub(vec![waiting, blocker])
        };
        let at = |hub: &Hub, text: &str| judged_at(hub, text.parse().unwrap()).to_string();
        assert_eq!(at(&ended("True"), "2026-01-01T10:01:00Z"), "2026-01-01T10:01:00Z");
        assert_eq!(at(&ended("True"), "2026-01-02T10:00:00Z"), "2026-01-01T10:00:00Z");
        assert_eq!(at(&ended("False"), "2026-01-02T10:00:00Z"), "2026-01-02T10:00:00Z", "it blocks for ever");
    }
}
