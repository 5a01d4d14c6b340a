//! What to type next. The commands lead on and not round in a circle: a list to the report on what is worst, that to its
//! diagnosis, and that to the change that helps; before the start to the plan, and from there to its start.

use std::cmp::Reverse;

use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::status::{CguState, StatusReport};
use ztp_common::rollout::{Blocker, BlockerState, DeadEnd};

use crate::facts::Facts;

/// A verb on the CGU of a report.
fn on(verb: &str, report: &StatusReport, more: &str, facts: &Facts) -> String {
    format!("next: oc talm {verb} {} -n {}{more}{}", report.name, report.namespace, facts.argument())
}

/// After the list: the worst CGU, else a cluster for which TALM makes none.
pub fn after_list(worst: Option<&StatusReport>, without_cgu: &[Finding], facts: &Facts) -> Option<String> {
    let cluster = || without_cgu.iter().find_map(|finding| finding.clusters.first());
    worst
        .map(|report| on("diagnose", report, "", facts))
        .or_else(|| cluster().map(|name| format!("next: oc talm diagnose --ztp {name}{}", facts.argument())))
}

/// After the report on one CGU; `again` are the flags that selected clusters.
pub fn after_status(report: &StatusReport, has_findings: bool, again: &str, facts: &Facts) -> Option<String> {
    if has_findings {
        return Some(on("diagnose", report, again, facts));
    }
    waits(report).then(|| on("plan", report, "", facts))
}

/// Whether it waits for enable: true.
fn waits(report: &StatusReport) -> bool {
    report.state == CguState::NotEnabled && !report.enabled
}

/// After a diagnosis: what helps against the first cause; its explanation only where nothing does.
pub fn after_diagnosis<'f>(
    report: Option<&StatusReport>,
    findings: impl IntoIterator<Item = &'f Finding>,
    facts: &Facts,
) -> Option<String> {
    let worth = findings.into_iter().filter(|finding| finding.level != Level::Info);
    let Some(first) = worth.min_by_key(|finding| Reverse(finding.level)) else {
        return report.filter(|report| waits(report)).map(|report| on("enable", report, "", facts));
    };
    let change = report.and_then(|report| match first.id {
        "rollout/timed-out" | "rollout/failed" | "rollout/left-behind" => Some(retry(report, facts)),
        id if id.starts_with("rollout/blocker-") => blocker(report, facts),
        _ => None,
    });
    Some(change.unwrap_or_else(|| format!("next: oc talm explain {}", first.id)))
}

fn retry(report: &StatusReport, facts: &Facts) -> String {
    match report.is_first_configuration() {
        true => format!("next: oc talm retry {} --ztp{}", report.name, facts.argument()),
        false => on("retry", report, "", facts),
    }
}

fn blocker(report: &StatusReport, facts: &Facts) -> Option<String> {
    let culprit = culprit(&report.blockers)?;
    let (namespace, name) = culprit.split_once('/')?;
    Some(format!("next: oc talm diagnose {name} -n {namespace}{}", facts.argument()))
}

/// The CGU that keeps this one from starting, however far away; of one that is missing the one that waits for it.
fn culprit(blockers: &[Blocker]) -> Option<String> {
    blockers.iter().find_map(|blocker| match &blocker.state {
        BlockerState::Disabled | BlockerState::Failed { .. } => Some(blocker.cgu.to_string()),
        BlockerState::DeadEnd { because: DeadEnd::Missing, .. } => Some(blocker.cgu.to_string()),
        BlockerState::DeadEnd { at, .. } => Some(at.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ztp_common::resource::NamespacedName;

    #[test]
    fn nobody_is_sent_to_a_cgu_that_is_missing() {
        let blocker = |because| Blocker {
            cgu: NamespacedName { namespace: "n".to_owned(), name: "three".to_owned() },
            state: BlockerState::DeadEnd { at: "n/ghost".to_owned(), because },
        };
        assert_eq!(culprit(&[blocker(DeadEnd::Missing)]).as_deref(), Some("n/three"));
        assert_eq!(culprit(&[blocker(DeadEnd::Disabled)]).as_deref(), Some("n/ghost"));
    }
}
