//! Whole upgrades as they are seen from outside, moment by moment.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::upgrade::object::{ImageBasedUpgrade, Stage};

const OLD: Option<&str> = Some("4.18.9");
const NEW: Option<&str> = Some("4.20.3");

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_777_885_200 + minute * 60).unwrap()
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": message})
}

fn ibu(stage: &str, next: &[&str], conditions: &[Value], history: Value) -> ImageBasedUpgrade {
    let seed = json!({"version": "4.20.3", "image": "r/seed:4.20.3"});
    serde_json::from_value(json!({
        "metadata": {"name": "upgrade"},
        "spec": {"stage": stage, "seedImageRef": seed},
        "status": {"validNextStages": next, "conditions": conditions, "history": history},
    }))
    .unwrap()
}

fn prepared(stage: &str) -> ImageBasedUpgrade {
    ibu(stage, &["Idle", "Upgrade"], &[condition("PrepCompleted", "True", "Completed", "Prep completed")], json!([]))
}

fn upgrading(message: &str, next: &str, phases: Value) -> ImageBasedUpgrade {
    let running = condition("UpgradeInProgress", "True", "InProgress", message);
    ibu("Upgrade", &[next], &[running], json!([{"stage": "Upgrade", "startTime": at(0), "phases": phases}]))
}

fn failed(message: &str, next: &str) -> ImageBasedUpgrade {
    let conditions = [
        condition("UpgradeCompleted", "False", "Failed", "Upgrade failed"),
        condition("UpgradeInProgress", "False", "Failed", message),
    ];
    ibu("Upgrade", &[next], &conditions, json!([]))
}

/// The last line as text, and the verdict.
fn last(progress: &Progress) -> (String, Option<Verdict>) {
    let line = progress.lines.last().map(|l| format!("{} {:?} {}", l.step, l.mark, l.text)).unwrap_or_default();
    (line, progress.verdict.clone())
}

#[test]
fn an_upgrade_through_its_reboot() {
    let mut wait = Wait::asked(Stage::Upgrade, &prepared("Prep"), at(0));
    let (line, verdict) = last(&wait.observe(Seen::Object(&prepared("Upgrade"), OLD), at(0)));
    assert_eq!((line.as_str(), verdict), ("PrePivot Busy the agent has not begun", None));
    let before = json!([{"phase": "PrePivot", "startTime": at(0)}]);
    let (line, _) =
        last(&wait.observe(Seen::Object(&upgrading("Backing up Application Data", "Idle", before), OLD), at(1)));
    assert_eq!(line, "PrePivot Busy Backing up Application Data");
    let saved = json!([{"phase": "PrePivot", "startTime": at(0), "completionTime": at(4)}]);
    let (line, _) = last(&wait.observe(Seen::Object(&upgrading("In progress", "Idle", saved), OLD), at(4)));
    assert_eq!(line, "Reboot Busy the node reboots into the new release");
    // Refused, a certificate of the seed, forbidden, no object: all of it belongs to the boot.
    for (minute, why) in [(5, "connection refused"), (9, "certificate of another cluster"), (10, "forbidden")] {
        let progress = wait.observe(Seen::Away(why), at(minute));
        let line = progress.lines.last().unwrap();
        assert_eq!((line.step, line.mark, line.seconds), ("Reboot", Mark::Busy, Some((minute - 5) * 60)), "{why}");
        assert!(line.text.contains(why) && progress.verdict.is_none());
        assert_eq!(line.clocks.first().map(|c| c.0), Some(3600 - (minute - 5) * 60));
    }
    assert_eq!(wait.observe(Seen::Missing, at(11)).verdict, None);
    assert_eq!(wait.reason(), "In progress", "the connection's words are not the agent's");
    let after = json!([{"phase": "PrePivot", "startTime": at(0), "completionTime": at(4)},
        {"phase": "PostPivot", "startTime": at(12)}]);
    let unhealthy = "Waiting for system to stabilize: one or more health checks failed: a not ready\n  - b not ready";
    let progress = wait.observe(Seen::Object(&upgrading(unhealthy, "Rollback", after.clone()), NEW), at(13));
    let steps: Vec<_> = progress.lines.iter().map(|l| (l.step, l.mark, l.seconds)).collect();
    let expected =
        [("PrePivot", Mark::Done, Some(240)), ("Reboot", Mark::Done, Some(480)), ("PostPivot", Mark::Busy, Some(60))];
    assert_eq!(steps, expected);
    assert_eq!(progress.lines[2].checks, ["a not ready", "b not ready"]);
    assert_eq!(progress.lines[2].clocks, [(29 * 60, "then the node rolls back by itself")]);
    assert_eq!(wait.reason(), "the agent waits for: a not ready; b not ready");
    let done = [condition("UpgradeCompleted", "True", "Completed", "Upgrade completed")];
    let history = json!([{"stage": "Upgrade", "startTime": at(0), "completionTime": at(20), "phases": after}]);
    let done = ibu("Upgrade", &["Idle", "Rollback"], &done, history);
    assert_eq!(wait.observe(Seen::Object(&done, NEW), at(20)).verdict, Some(Verdict::Reached));
}

#[test]
fn the_old_release_shows_its_upgrade_until_the_agent_is_up() {
    let done = [condition("UpgradeCompleted", "True", "Completed", "Upgrade completed")];
    let mut wait = Wait::asked(Stage::Rollback, &ibu("Upgrade", &["Idle", "Rollback"], &done, json!([])), at(0));
    let running = condition("RollbackInProgress", "True", "InProgress", "Initiating rollback");
    wait.observe(Seen::Object(&ibu("Rollback", &[], &[running], json!([])), NEW), at(1));
    wait.observe(Seen::Away("connection refused"), at(2));
    let stale = upgrading("In progress", "Idle", json!([]));
    for minute in 8..18 {
        assert_eq!(wait.observe(Seen::Object(&stale, OLD), at(minute)).verdict, None, "minute {minute}");
    }
    let done = [condition("RollbackCompleted", "True", "Completed", "Rollback completed")];
    let end = wait.observe(Seen::Object(&ibu("Rollback", &["Idle"], &done, json!([])), OLD), at(19));
    assert_eq!(end.verdict, Some(Verdict::Reached));
}

#[test]
fn a_blip_after_the_reboot_is_a_line_of_its_own() {
    let mut wait = Wait::asked(Stage::Upgrade, &prepared("Prep"), at(0));
    let after = json!([{"phase": "PostPivot", "startTime": at(12)}]);
    wait.observe(Seen::Object(&upgrading("Restoring Application Data", "Rollback", after), NEW), at(13));
    let progress = wait.observe(Seen::Away("timed out"), at(14));
    let steps: Vec<_> = progress.lines.iter().map(|line| line.step).collect();
    assert_eq!(steps, ["Reboot", "PostPivot", "API"]);
}

#[test]
fn an_automatic_rollback_is_told_with_its_reason() {
    let mut wait = Wait::asked(Stage::Upgrade, &prepared("Prep"), at(0));
    let after = json!([{"phase": "PostPivot", "startTime": at(12)}]);
    wait.observe(Seen::Object(&upgrading("Restoring Application Data", "Rollback", after), NEW), at(13));
    let why = "Rollback due to restore failure: Failed restore CRs: app";
    // Written before the node leaves the new release, then found again on the old one.
    assert_eq!(wait.observe(Seen::Object(&failed(why, "Rollback"), NEW), at(30)).verdict, None);
    wait.observe(Seen::Away("connection refused"), at(31));
    let stale = upgrading("In progress", "Idle", json!([]));
    let (line, verdict) = last(&wait.observe(Seen::Object(&stale, OLD), at(36)));
    assert!(line.contains("on the old release again"), "{line}");
    assert_eq!(verdict, None);
    let end = wait.observe(Seen::Object(&failed(why, "Idle"), OLD), at(37));
    assert_eq!(end.verdict, Some(Verdict::RolledBack(why.into())));
}

#[test]
fn a_failure_before_the_reboot_ends_at_once() {
    let mut wait = Wait::asked(Stage::Upgrade, &prepared("Prep"), at(0));
    let end = wait.observe(Seen::Object(&failed("Failed backup CRs: app", "Idle"), OLD), at(2));
    assert_eq!(end.verdict, Some(Verdict::Failed("Failed backup CRs: app".into())));
}

#[test]
fn a_node_that_stays_away_is_given_up() {
    let mut wait = Wait::asked(Stage::Rollback, &failed("x", "Rollback"), at(0));
    let running = condition("RollbackInProgress", "True", "InProgress", "Initiating rollback");
    wait.observe(Seen::Object(&ibu("Rollback", &[], &[running], json!([])), NEW), at(1));
    assert_eq!(wait.observe(Seen::Away("no route to host"), at(2)).verdict, None);
    assert_eq!(wait.observe(Seen::Away("no route to host"), at(32)).verdict, None);
    let lost = Verdict::Lost("no route to host".into());
    assert_eq!(wait.observe(Seen::Away("no route to host"), at(33)).verdict, Some(lost));
}

#[test]
fn a_bad_link_during_prep_is_no_reboot() {
    let mut wait = Wait::following(at(0));
    let running = condition(
        "PrepInProgress",
        "True",
        "InProgress",
        "Precache job in progress. job-name: a, job-namespace: b. total: 136 (pulled: 97, failed: 0)",
    );
    let phases = json!([{"phase": "Stateroot", "startTime": at(0), "completionTime": at(2)},
        {"phase": "Precache", "startTime": at(2)}]);
    let prep = ibu("Prep", &["Idle"], &[running], json!([{"stage": "Prep", "startTime": at(0), "phases": phases}]));
    let (line, _) = last(&wait.observe(Seen::Object(&prep, OLD), at(6)));
    assert_eq!(line, "Precache Busy 97 of 136 images, 0 failed");
    let progress = wait.observe(Seen::Away("timed out"), at(500));
    assert_eq!(last(&progress), ("API Busy the API is away: timed out".into(), None));
    assert!(progress.lines[2].clocks.is_empty());
    assert_eq!(wait.observe(Seen::Object(&prepared("Prep"), OLD), at(501)).verdict, Some(Verdict::Reached));
}

#[test]
fn a_retried_clean_up_is_not_judged_by_its_past() {
    let failed = |annotations: Value, time: &str| -> ImageBasedUpgrade {
        serde_json::from_value(json!({"metadata": {"annotations": annotations}, "spec": {"stage": "Idle"}, "status":
            {"conditions": [{"type": "Idle", "status": "False", "reason": "FinalizeFailed", "message": "failed to x",
                "lastTransitionTime": time}]}}))
        .unwrap()
    };
    let (early, late) = ("2026-05-04T09:00:00Z", "2026-05-04T09:04:00Z");
    let mut wait = Wait::asked(Stage::Idle, &failed(json!({}), early), at(0));
    let asked = failed(json!({"lca.openshift.io/manual-cleanup-done": "true"}), early);
    assert_eq!(wait.observe(Seen::Object(&asked, OLD), at(0)).verdict, None);
    assert_eq!(wait.observe(Seen::Object(&failed(json!({}), early), OLD), at(3)).verdict, None);
    let again = wait.observe(Seen::Object(&failed(json!({}), late), OLD), at(4)).verdict;
    assert_eq!(again, Some(Verdict::Failed("failed to x".into())));
}

#[test]
fn somebody_else_asks_for_another_stage() {
    let mut wait = Wait::asked(Stage::Upgrade, &prepared("Prep"), at(0));
    let aborting = ibu("Idle", &[], &[condition("Idle", "False", "Aborting", "Aborting")], json!([]));
    assert_eq!(wait.observe(Seen::Object(&aborting, OLD), at(1)).verdict, None, "it may be what a boot shows first");
    let replaced = wait.observe(Seen::Object(&aborting, OLD), at(2)).verdict;
    assert_eq!(replaced, Some(Verdict::Replaced(Stage::Idle)));
    let refused = ibu(
        "Upgrade",
        &["Idle"],
        &[
            condition("PrepCompleted", "False", "Failed", "Prep failed"),
            condition("UpgradeInProgress", "False", "InvalidTransition", "Previous stage not succeeded"),
        ],
        json!([]),
    );
    let verdict = wait.observe(Seen::Object(&refused, OLD), at(3)).verdict;
    assert_eq!(verdict, Some(Verdict::Failed("the agent refused it: Previous stage not succeeded".into())));
}
