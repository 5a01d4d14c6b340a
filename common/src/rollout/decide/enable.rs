//! What speaks against enabling a CGU now.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::{Hub, NoGraph, Outcome, Plan, diagnose};
use super::window::{Window, WindowState};
use crate::duration::span;
use crate::finding::{Finding, Level};
use crate::resource::ClusterGroupUpgrade;

/// What `spec.enable` can still do for a CGU (TALM looks at it only until the rollout starts).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits to be enabled.
    Waits,
    /// It is enabled, and has not started.
    Enabled,
    /// It runs; TALM does not look at `enable` any more.
    Runs,
    /// It has ended; TALM does not look at it any more.
    Ended,
}

/// Where a CGU stands.
pub fn standing(cgu: &ClusterGroupUpgrade) -> Standing {
    if cgu.status.succeeded().is_some() {
        Standing::Ended
    } else if cgu.status.is_running() {
        Standing::Runs
    } else if cgu.spec.is_enabled() {
        Standing::Enabled
    } else {
        Standing::Waits
    }
}

/// The Argo CD application that keeps an object as Git has it. Reads the annotation of tracking by annotation; the label
/// alone is also used by others, so that it counts only beside Argo CD's own.
pub fn argo_cd_application(object: &Value) -> Option<&str> {
    let metadata = &object["metadata"];
    let tracking = metadata["annotations"]["argocd.argoproj.io/tracking-id"].as_str();
    let by_annotation = tracking.and_then(|id| id.split(':').next()).filter(|name| !name.is_empty());
    by_annotation.or_else(|| metadata["labels"]["argocd.argoproj.io/instance"].as_str())
}

/// All that is to be said before a CGU is enabled; `plan` is the one for `enable: true`.
pub fn before_enable(
    hub: &Hub,
    cgu: &ClusterGroupUpgrade,
    plan: &Plan,
    window: Option<&Window>,
    now: Timestamp,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    precaching(cgu, plan, &mut findings);
    time_used(cgu, now, &mut findings);
    if let Some(window) = window {
        in_window(window, cgu.spec.remediation_strategy.timeout_minutes(), now, &mut findings);
    }
    let mut enabled = cgu.clone();
    enabled.spec.enable = Some(true);
    // The first two are told as refusals above; of the third, enabling is the cause.
    let told = |finding: &Finding| {
        !["rollout/precache-enabled", "rollout/time-used", "rollout/noticed-soon"].contains(&finding.id)
    };
    findings.extend(diagnose(hub, &enabled, &NoGraph, now).into_iter().filter(told));
    findings
}

fn precaching(cgu: &ClusterGroupUpgrade, plan: &Plan, findings: &mut Vec<Finding>) {
    if plan.outcome != Outcome::Precaching {
        return;
    }
    let states = cgu.status.precaching.iter().flat_map(|job| job.status.values());
    let (mut all, mut running) = (0, 0);
    for state in states {
        all += 1;
        running += usize::from(state.is_in_progress());
    }
    let fact = match all {
        0 => "pre-caching has not begun".to_owned(),
        _ => format!("pre-caching is not finished: {running} of {all} clusters still at it"),
    };
    findings.push(
        Finding::error("rollout/enable-precaching", fact)
            .note("with enable: true the first hiccup of a link is final for a cluster, and drops it from the rollout")
            .fix(format!("wait for it: oc talm precache status {} -n {}", cgu.metadata.name, cgu.metadata.namespace)),
    );
}

/// The clock of a CGU begins when TALM first sees it enabled, and goes on while it is blocked or disabled again.
fn time_used(cgu: &ClusterGroupUpgrade, now: Timestamp, findings: &mut Vec<Finding>) {
    let Some(started) = cgu.status.status.started_at else { return };
    let timeout = cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60);
    let used = now.duration_since(started).as_secs();
    // With a tenth left no batch gets anywhere.
    if timeout <= 0 || used < timeout.saturating_sub(timeout / 10) {
        return;
    }
    let fact = format!("{} of its {} are used up: it would time out at once", span(used), span(timeout));
    findings.push(
        Finding::error("rollout/time-used", fact)
            .note("the time counts from the first enabling on, also while the CGU is disabled or blocked")
            .fix(format!("oc talm clone {} -n {}", cgu.metadata.name, cgu.metadata.namespace)),
    );
}

fn in_window(window: &Window, timeout_minutes: i64, now: Timestamp, findings: &mut Vec<Finding>) {
    let clock = |at: Timestamp| at.strftime("%H:%M UTC").to_string();
    match window.state(now) {
        WindowState::Closed { opens_at } => findings.push(
            Finding::error(
                "rollout/window-closed",
                format!("the window {window} is closed and opens at {}", clock(opens_at)),
            )
            .fix("enable it then"),
        ),
        WindowState::Open { closes_at } => {
            let left = closes_at.duration_since(now);
            let takes = SignedDuration::from_secs(timeout_minutes.saturating_mul(60));
            if takes > left {
                let minutes = left.as_mins();
                let fact = format!(
                    "the window {window} closes in {}, and the rollout may take {}",
                    span(left.as_secs()),
                    span(takes.as_secs())
                );
                findings.push(
                    Finding::error("rollout/window-short", fact)
                        .note("TALM knows no window: it goes on until remediationStrategy.timeout is over")
                        .fix(format!(
                            "lower remediationStrategy.timeout to {minutes} or less, or wait for the next window"
                        )),
                );
            }
        }
    }
}

/// In how far the plan of now differs from the one that TALM wrote into the status; none when it is the same.
pub fn plan_changes(cgu: &ClusterGroupUpgrade, plan: &Plan) -> Option<Finding> {
    let before: BTreeSet<&str> = cgu.status.remediation_plan.iter().flatten().map(String::as_str).collect();
    let after: BTreeSet<&str> = plan.batches.iter().flat_map(|batch| &batch.clusters).map(String::as_str).collect();
    let same_batches = cgu.status.remediation_plan.iter().eq(plan.batches.iter().map(|batch| &batch.clusters));
    if same_batches || cgu.status.conditions.is_empty() {
        return None;
    }
    let counted = |set: Vec<&str>, what: &str| match set.as_slice() {
        [] => None,
        [one] => Some(format!("{one} {what}")),
        [first, rest @ ..] => Some(format!("{first} and {} more {what}", rest.len())),
    };
    let parts = [
        counted(after.difference(&before).copied().collect(), "joined"),
        counted(before.difference(&after).copied().collect(), "left"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let what = if parts.is_empty() { "the batches are others".to_owned() } else { parts.join(", ") };
    let finding = Finding::warning("rollout/plan-changed", format!("the plan is not what TALM last wrote: {what}"))
        .note("TALM makes it anew just before the start, as shown here");
    Some(Finding { level: Level::Info, ..finding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use crate::rollout::plan;
    use serde_json::json;

    const NOW: &str = "2026-01-01T23:00:00Z";

    fn ids(status: Value, more: Value, window: Option<&str>) -> Vec<&'static str> {
        let mut spec = json!({"clusters": ["a"], "managedPolicies": ["p"], "enable": false,
            "remediationStrategy": {"maxConcurrency": 1, "timeout": 240}});
        spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut object = cgu("u", spec);
        object["status"] = status;
        let mut release = policy("n", "p", &[("a", "NonCompliant")]);
        release["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
            json!({"kind": "ClusterVersion", "spec": {"desiredUpdate": {"image": "i"}}});
        let hub = hub(vec![cluster("a"), release, copy("n", "p", "a", "inform"), object]);
        let mut cgu = hub.cgu("n", "u").unwrap().clone();
        cgu.spec.enable = Some(true);
        let now = NOW.parse().unwrap();
        let plan = plan(&hub, &cgu, &NoGraph, now);
        let window = window.map(|window| window.parse().unwrap());
        before_enable(&hub, &cgu, &plan, window.as_ref(), now).iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn a_cgu_that_is_ready_may_start() {
        assert_eq!(ids(json!({}), json!({}), Some("22:00-04:00")), [""; 0]);
    }

    #[test]
    fn precaching_must_be_finished() {
        let precaching = json!({"preCaching": true});
        assert_eq!(ids(json!({}), precaching.clone(), None), ["rollout/enable-precaching"]);
        let done = json!({"conditions": [{"type": "PrecacheSpecValid", "status": "True"},
            {"type": "PrecachingSuceeded", "status": "True"}], "precaching": {"status": {"a": "Succeeded"}}});
        assert_eq!(ids(done, precaching, None), [""; 0]);
    }

    #[test]
    fn the_window_must_be_open_and_long_enough() {
        assert_eq!(ids(json!({}), json!({}), Some("01:00-05:00")), ["rollout/window-closed"]);
        assert_eq!(ids(json!({}), json!({}), Some("22:00-02:00")), ["rollout/window-short"]);
    }

    #[test]
    fn a_dead_blocker_is_told() {
        let blocked = json!({"blockingCRs": [{"name": "x", "namespace": "n"}]});
        assert_eq!(ids(json!({}), blocked, None), ["rollout/blocker-missing"]);
    }

    #[test]
    fn argo_cd_is_known_by_its_own_marks() {
        let object = json!({"metadata": {"annotations": {"argocd.argoproj.io/tracking-id": "policies:ran/CGU:n/u"}}});
        assert_eq!(argo_cd_application(&object), Some("policies"));
        assert_eq!(argo_cd_application(&json!({"metadata": {"labels": {"app.kubernetes.io/instance": "x"}}})), None);
    }
}
