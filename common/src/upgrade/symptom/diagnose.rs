//! What is wrong with an upgrade: the agent's words, the state, the clock and what surrounds it.

use jiff::Timestamp;

use super::table::explain;
use crate::finding::Finding;
use crate::upgrade::annotation::DISABLE_AUTO_IMPORT;
use crate::upgrade::assess::{Known, Report};
use crate::upgrade::clock::RollbackWindow;
use crate::upgrade::object::{ImageBasedUpgrade, Stage};
use crate::upgrade::state::{Phase, State};

/// The IPConfig of the cluster (4.20 and later).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpConfig {
    /// Its kind exists but the object does not.
    Missing,
    /// It is changing addresses.
    Busy,
    /// It is at rest.
    Idle,
}

/// What surrounds the object; `None` is "not looked at".
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// The IPConfig, where its kind exists.
    pub ip_config: Option<IpConfig>,
    /// Whether the ManagedCluster on the hub carries the disable-auto-import annotation.
    pub auto_import_disabled: Option<bool>,
    /// Whether the hub hears from the cluster.
    pub seen_by_hub: Option<bool>,
}

/// Everything that is wrong or will be, the first cause first. Nothing for an upgrade that is in order.
pub fn diagnose(ibu: &ImageBasedUpgrade, known: Known<'_>, evidence: Evidence, now: Timestamp) -> Vec<Finding> {
    let report = Report::assess(ibu, known, now);
    let mut findings = Vec::new();
    findings.extend(silent(&report, evidence));
    findings.extend(words(&report, ibu));
    findings.extend(clean_up(&report));
    findings.extend(refused(&report));
    findings.extend(clocks(&report));
    findings.extend(report.manifest_warnings.iter().map(|warning| {
        Finding::warning("ibu/extra-manifest-warning", warning.as_str())
            .note("Prep only warns; an unknown kind or an invalid object is fatal after the reboot")
            .fix("correct the extra manifests before the upgrade: abort, change, prepare again")
    }));
    findings.extend(leftovers(&report, evidence));
    findings.extend(lost(&report, evidence));
    findings
}

/// What only the hub shows: the cluster runs the new release and does not report any more.
fn lost(report: &Report, evidence: Evidence) -> Option<Finding> {
    (report.state == State::UpgradeDone && evidence.seen_by_hub == Some(false)).then(|| {
        Finding::error("ibu/hub-lost", "the upgrade is completed, but the hub does not hear from the cluster")
            .note("often the OADP content had no Backup of the klusterlet, or its apply-label lacked an object")
            .fix("import the cluster again on the hub; before the next upgrade: oc ibu validate --rhacm")
    })
}

fn silent(report: &Report, evidence: Evidence) -> Option<Finding> {
    match (report.state, evidence.ip_config) {
        (State::New, Some(IpConfig::Missing)) => Some(
            Finding::error(
                "ibu/ip-config-missing",
                "the cluster has no IPConfig, without which the agent does nothing",
            )
            .fix("restart the pod of the Lifecycle Agent and read its log"),
        ),
        (State::New, _) => Some(
            Finding::warning("ibu/silent", "the agent has not written a status")
                .fix("oc get pods -n openshift-lifecycle-agent, and read the log of the manager"),
        ),
        (State::Blocked, _) => Some(
            Finding::warning("ibu/ip-config-busy", format!("an IPConfig is busy, stage {} waits for it", report.stage))
                .fix("wait until it is idle; changing addresses and upgrading exclude each other"),
        ),
        _ => None,
    }
}

/// What the agent itself says: the detail of a failure, or each health check it waits for.
fn words(report: &Report, ibu: &ImageBasedUpgrade) -> Vec<Finding> {
    if !report.waiting_for.is_empty() {
        let unknown = |check: &String| Finding::error("ibu/unhealthy", check.as_str());
        return report.waiting_for.iter().map(|check| explain(check).unwrap_or_else(|| unknown(check))).collect();
    }
    if report.phase != Phase::Failed {
        let held_up = ["Failure occurred", "must be manually set"];
        let retried = held_up.iter().any(|words| report.message.contains(words));
        return retried.then(|| explain(&report.message)).flatten().into_iter().collect();
    }
    if matches!(report.state, State::AbortFailed | State::FinalizeFailed) {
        return Vec::new();
    }
    let detail = failure_detail(report, ibu);
    let unknown = || Finding::error("ibu/failed", format!("{} has failed: {detail}", report.stage));
    vec![explain(&detail).unwrap_or_else(unknown)]
}

/// The failed in-progress condition holds the detail; a later refusal may stand behind it in the list.
fn failure_detail(report: &Report, ibu: &ImageBasedUpgrade) -> String {
    use crate::upgrade::condition::in_progress;
    let kind = report.state.stage().and_then(|stage| in_progress(&stage));
    let condition = ibu.conditions().iter().find(|c| Some(&c.kind) == kind.as_ref());
    condition.map_or_else(|| report.message.clone(), |c| c.message.clone())
}

fn clean_up(report: &Report) -> Option<Finding> {
    match report.state {
        State::AbortFailed | State::FinalizeFailed => Some(
            Finding::error("ibu/cleanup-failed", "the clean-up has failed and is not tried again by itself")
                .note(report.message.as_str())
                .fix("remove the cause, then: oc ibu retry-cleanup"),
        ),
        State::RollbackFailed => Some(
            Finding::error("ibu/rollback-failed", "a failed rollback has no next stage")
                .note("on the node, to see what is booted: rpm-ostree status, ostree admin status")
                .fix("repair the host by hand, check it, then delete the ImageBasedUpgrade: it comes back Idle"),
        ),
        _ => None,
    }
}

fn refused(report: &Report) -> Vec<Finding> {
    let of = |refused: &crate::upgrade::assess::Refused| {
        let fact = format!("the agent refused stage {}: {}", refused.stage, refused.message);
        let next: Vec<String> = report.valid_next.iter().map(|v| format!("{} ({})", v.stage, v.step.purpose)).collect();
        let finding = Finding::warning("ibu/refused-stage", fact);
        if next.is_empty() { finding } else { finding.fix(format!("what is possible: {}", next.join(", "))) }
    };
    report.refused.iter().map(of).collect()
}

fn clocks(report: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(monitor) = &report.init_monitor
        && let Some(left) = monitor.remaining_seconds.filter(|_| monitor.enabled)
    {
        if left <= 0 {
            let finding = Finding::error("ibu/init-monitor-timeout", "the init monitor has run out");
            findings.push(finding.note("the node is about to boot the old release, or has done so"));
        } else if left < 300 {
            let fact = format!("the init monitor rolls back in {left} seconds");
            findings.push(Finding::warning("ibu/init-monitor-timeout", fact));
        }
    }
    let open = matches!(report.state, State::UpgradeDone | State::UpgradeRunning | State::UpgradeFailed);
    if open && report.rollback_window.as_ref().is_some_and(RollbackWindow::closed) {
        let finding = Finding::warning("ibu/rollback-expired", "a rollback may need certificates repaired by hand")
            .note("certificates of the old release have expired");
        findings.push(finding.fix("finalize, unless there is no other way than back"));
    }
    findings
}

fn leftovers(report: &Report, evidence: Evidence) -> Option<Finding> {
    let over = !matches!(report.stage, Stage::Upgrade | Stage::Rollback) || report.state == State::UpgradeDone;
    let left = evidence.auto_import_disabled == Some(true) && over && report.phase != Phase::Working;
    let unfinished = report.state == State::PrepDone;
    (left && !unfinished).then(|| {
        Finding::warning("ibu/auto-import-disabled", "the hub is still kept from importing the cluster again")
            .fix(format!("remove annotation {DISABLE_AUTO_IMPORT} from its ManagedCluster"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn ids(value: Value, evidence: Evidence) -> Vec<&'static str> {
        let ibu: ImageBasedUpgrade = serde_json::from_value(value).expect("an object");
        let now = "2026-03-02T10:00:00Z".parse().expect("a time");
        diagnose(&ibu, Known::default(), evidence, now).iter().map(|f| f.id).collect()
    }

    #[test]
    fn the_cause_stands_behind_a_later_refusal() {
        let value = json!({"spec": {"stage": "Upgrade"}, "status": {"validNextStages": ["Idle"], "conditions": [
            {"type": "PrepCompleted", "status": "False", "reason": "Failed", "message": "Prep failed"},
            {"type": "PrepInProgress", "status": "False", "reason": "Failed", "message": "precache job failed"},
            {"type": "UpgradeInProgress", "status": "False", "reason": "InvalidTransition", "message": "no"},
        ]}});
        assert_eq!(ids(value, Evidence::default()), ["ibu/precache-failed", "ibu/refused-stage"]);
    }

    #[test]
    fn an_upgrade_in_order_has_no_findings() {
        let value = json!({"spec": {"stage": "Idle"}, "status": {"validNextStages": ["Prep"], "conditions": [
            {"type": "Idle", "status": "True", "reason": "Idle", "message": "Idle"}]}});
        assert!(ids(value.clone(), Evidence::default()).is_empty());
        let evidence = Evidence { auto_import_disabled: Some(true), ..Evidence::default() };
        assert_eq!(ids(value, evidence), ["ibu/auto-import-disabled"]);
        let done = json!({"spec": {"stage": "Upgrade"}, "status": {"validNextStages": ["Idle", "Rollback"],
            "conditions": [{"type": "UpgradeCompleted", "status": "True", "reason": "Completed"}]}});
        let evidence = Evidence { seen_by_hub: Some(false), ..Evidence::default() };
        assert_eq!(ids(done, evidence), ["ibu/hub-lost"]);
    }
}
