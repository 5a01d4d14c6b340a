//! Findings about batches and time.

use std::collections::{BTreeSet, HashSet};

use super::Case;
use super::wording::{clusters, listed};
use crate::duration::span;
use crate::finding::{Finding, Level};
use crate::resource::BatchTimeoutAction;
use crate::rollout::made::soak_seconds;
use crate::rollout::{Outcome, earlier};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let strategy = &case.cgu.spec.remediation_strategy;
    if case.is_before_start() {
        canaries_twice(&strategy.canaries, findings);
        concurrency(case, strategy.max_concurrency, findings);
    }
    if let Some(BatchTimeoutAction::Other(text)) = &case.cgu.spec.batch_timeout_action {
        findings.push(
            Finding::warning("rollout/timeout-action", format!("batchTimeoutAction {text:?} behaves as Continue"))
                .fix("write Continue or Abort"),
        );
    }
    match case.plan.timeout_minutes {
        // Of a CGU that has begun, its end tells.
        minutes if minutes <= 0 => findings.extend(case.is_before_start().then(|| no_time(minutes))),
        minutes if is_used_up(case, minutes) => findings.push(time_used_up(case, minutes)),
        minutes => timeout(case, minutes, findings),
    }
    if strategy.timeout == Some(0) && case.plan.timeout_minutes > 0 {
        let fact = format!("timeout 0 is dropped, and the default of {} minutes holds", case.plan.timeout_minutes);
        findings.push(Finding { level: Level::Info, ..Finding::warning("rollout/timeout-unit", fact) });
    }
    canaries(case, strategy.canaries.len(), findings);
}

fn concurrency(case: &Case<'_>, wanted: i64, findings: &mut Vec<Finding>) {
    let selected = case.plan.selected.len();
    if selected == 1 && wanted <= 0 {
        let fact = format!("maxConcurrency {wanted} stands for all clusters in one batch");
        findings.push(Finding::warning("rollout/concurrency", fact).fix("give a number of 1 or more"));
    }
    if selected > 1 && (wanted <= 0 || usize::try_from(wanted).is_ok_and(|wanted| wanted > selected)) {
        let has_canaries = case.plan.batches.iter().any(|batch| batch.canary);
        let fact = match has_canaries {
            true => format!("maxConcurrency {wanted} puts all clusters but the canaries into one batch"),
            false => format!("maxConcurrency {wanted} puts all {selected} clusters into one batch"),
        };
        let level = if wanted <= 0 { Level::Warning } else { Level::Info };
        let finding =
            Finding::warning("rollout/concurrency", fact).fix(format!("give a number from 1 to {}", selected - 1));
        findings.push(Finding { level, ..finding });
    }
}

fn no_time(minutes: i64) -> Finding {
    Finding::error("rollout/timeout-none", format!("timeout {minutes} leaves no time at all"))
        .note("it times out on its first pass, before anything is enforced")
        .fix("give remediationStrategy.timeout a number of minutes, 240 is the default")
}

/// Whether it times out as soon as it may start. A CGU that is blocked has a finding of its own.
fn is_used_up(case: &Case<'_>, minutes: i64) -> bool {
    let is_over = || case.plan.used_seconds >= minutes.saturating_mul(60);
    case.plan.outcome == Outcome::TimesOut || case.plan.outcome == Outcome::NotEnabled && is_over()
}

/// The clock ran while the CGU was blocked or disabled, and nothing blocks it any more.
fn time_used_up(case: &Case<'_>, minutes: i64) -> Finding {
    let (used, whole) = (span(case.plan.used_seconds), span(minutes.saturating_mul(60)));
    Finding::error("rollout/time-used", format!("{used} of its {whole} are used up: it times out at once"))
        .note("the time counts from the first enabling on, also while the CGU is disabled or blocked")
        .fix("raise remediationStrategy.timeout")
}

fn timeout(case: &Case<'_>, minutes: i64, findings: &mut Vec<Finding>) {
    let batches = &case.plan.batches;
    let soaking: u64 = case
        .plan
        .status
        .managed_policies_for_upgrade
        .iter()
        .filter_map(|name| soak_seconds(case.hub.policy(&name.namespace, &name.name)?))
        .fold(0, u64::saturating_add);
    let Some(budget) = batches.first().map(|batch| batch.time.budget_seconds) else { return };
    let whole = minutes.saturating_mul(60);
    let unused = whole / i64::try_from(batches.len()).unwrap_or(i64::MAX);
    if u64::try_from(budget).is_ok_and(|budget| soaking >= budget) && soaking > 0 {
        let soaking = span(i64::try_from(soaking).unwrap_or(i64::MAX));
        let fact = format!("each batch has {}, and soaking alone takes {soaking}", span(budget));
        findings.push(Finding::warning("rollout/timeout-short", fact).fix("raise remediationStrategy.timeout"));
    } else if unused >= 600 && budget < 600 {
        findings.extend(little_left(case, whole, budget, batches.len()));
    } else if budget < 600 && batches.len() > 1 {
        let fact = format!("timeout {} leaves {} for each of {} batches", span(whole), span(unused), batches.len());
        findings.push(
            Finding::warning("rollout/timeout-short", fact)
                .note("TALM looks at a running batch every 5 minutes")
                .fix("raise remediationStrategy.timeout or maxConcurrency"),
        );
    } else if case.is_before_start() {
        slower_before(case, budget, findings);
    }
    if batches.len() == 1 && minutes < 10 {
        let fact = format!("timeout {minutes} is {}: the unit is minutes", span(minutes.saturating_mul(60)));
        findings.push(Finding { level: Level::Info, ..Finding::warning("rollout/timeout-unit", fact) });
    }
    if minutes > 7 * 24 * 60 {
        let fact = format!("timeout {minutes} is {}: the unit is minutes", span(minutes.saturating_mul(60)));
        findings.push(Finding { level: Level::Info, ..Finding::warning("rollout/timeout-unit", fact) });
    }
}

/// What was used up before the start leaves too little. As long as it is blocked, or will never start, that is not the
/// cause to look at.
fn little_left(case: &Case<'_>, whole: i64, budget: i64, batches: usize) -> Option<Finding> {
    let goes_on = matches!(
        case.plan.outcome,
        Outcome::Starts | Outcome::NotEnabled | Outcome::Precaching | Outcome::BackingUp | Outcome::Running
    );
    let each = if batches == 1 { "the only batch".to_owned() } else { format!("each of {batches} batches") };
    let (used, whole, budget) = (span(case.plan.used_seconds), span(whole), span(budget));
    let fact = format!("{used} of its {whole} are used up, which leaves {budget} for {each}");
    goes_on.then(|| {
        Finding::warning("rollout/timeout-short", fact)
            .note("the time counts from the first enabling on, also while the CGU is disabled or blocked")
            .fix("raise remediationStrategy.timeout")
    })
}

/// An earlier rollout of the same policies that took longer than a batch has now.
fn slower_before(case: &Case<'_>, budget: i64, findings: &mut Vec<Finding>) {
    let before = earlier(case.hub, case.cgu, &case.plan.status.managed_policies_for_upgrade);
    // One that ran out of time says only how much time it had.
    let Some(slow) = before.iter().find(|earlier| earlier.succeeded && earlier.batch_seconds > budget) else { return };
    let fact = format!(
        "each batch has {}, and CGU {} took {} a batch with the same policies",
        span(budget),
        slow.cgu,
        span(slow.batch_seconds)
    );
    findings.push(
        Finding::warning("rollout/timeout-short", fact)
            .note(format!(
                "it took {} for {} in {} batches",
                span(slow.took_seconds),
                clusters(slow.clusters),
                slow.batches
            ))
            .fix("raise remediationStrategy.timeout or maxConcurrency"),
    );
}

fn canaries(case: &Case<'_>, count: usize, findings: &mut Vec<Finding>) {
    let canary_batches = case.plan.batches.iter().filter(|batch| batch.canary).count();
    // The last batch has no time of its own, so that it is never judged.
    let timed = case.plan.batches.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let judged = timed.iter().filter(|batch| batch.judged_as_canary && !batch.canary).count();
    if judged > 0 {
        let fact = format!(
            "{count} {} {canary_batches} {}: TALM judges {judged} ordinary {} as {}",
            if count == 1 { "canary takes" } else { "canaries take" },
            if canary_batches == 1 { "batch" } else { "batches" },
            if judged == 1 { "batch" } else { "batches" },
            if judged == 1 { "a canary" } else { "canaries" },
        );
        findings.push(
            Finding::warning("rollout/canary-count", fact)
                .note("a timeout of such a batch ends the CGU \"on canary clusters\", whatever batchTimeoutAction says")
                .fix("list only canaries that have something to do"),
        );
    }
}

fn canaries_twice(canaries: &[String], findings: &mut Vec<Finding>) {
    let (mut seen, mut twice) = (HashSet::new(), BTreeSet::new());
    twice.extend(canaries.iter().filter(|name| !seen.insert(name.as_str())));
    let twice = Vec::from_iter(twice);
    if !twice.is_empty() {
        let fact = format!("canaries are listed more than once: {}", listed(&twice));
        findings.push(
            Finding::warning("rollout/canary-twice", fact)
                .on(&twice)
                .note("each entry makes a batch of its own and takes its share of the time")
                .fix("list each canary once"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    /// What is said of a CGU of two batches, `started` at a time, with 240 minutes.
    fn facts(started: Value, more: Value) -> Vec<String> {
        let mut spec = json!({"clusters": ["a", "b"], "managedPolicies": ["p"], "enable": false,
            "remediationStrategy": {"maxConcurrency": 1, "timeout": 240}});
        spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut object = cgu("u", spec);
        object["status"] = json!({"status": {"startedAt": started}});
        let open = policy("n", "p", &[("a", "NonCompliant"), ("b", "NonCompliant")]);
        let copies = ["a", "b"].map(|name| copy("n", "p", name, "inform"));
        let mut unfinished = cgu("w", json!({}));
        unfinished["status"] =
            json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}]});
        let objects = vec![cluster("a"), cluster("b"), open, object, unfinished];
        let found = findings(objects.into_iter().chain(copies).collect());
        found.into_iter().filter(|finding| finding.id != "rollout/not-enabled").map(|finding| finding.fact).collect()
    }

    #[test]
    fn time_that_was_used_up_is_not_taken_for_a_short_timeout() {
        assert_eq!(facts(json!("2026-01-01T05:00:00Z"), json!({})), ["5h of its 4h are used up: it times out at once"]);
        let little = "3h50m of its 4h are used up, which leaves 5m for each of 2 batches";
        assert_eq!(facts(json!("2026-01-01T06:10:00Z"), json!({})), [little]);
        let blocked = json!({"enable": true, "blockingCRs": [{"name": "w", "namespace": "n"}]});
        let while_blocked = "the CGU has been blocked for 3h50m of its 4h";
        assert_eq!(facts(json!("2026-01-01T06:10:00Z"), blocked), [while_blocked]);
        let short = json!({"remediationStrategy": {"maxConcurrency": 1, "timeout": 12}});
        assert_eq!(facts(json!(null), short), ["timeout 12m leaves 6m for each of 2 batches"]);
    }

    #[test]
    fn the_last_batch_is_never_judged_as_a_canary() {
        let of = |open: &[&str]| {
            let all = ["a", "b", "c", "d", "e"];
            let state = |name: &'static str| (name, if open.contains(&name) { "NonCompliant" } else { "Compliant" });
            let mut objects = vec![policy("n", "p", &all.map(state))];
            objects.extend(all.iter().flat_map(|name| [cluster(name), copy("n", "p", name, "inform")]));
            objects.push(cgu(
                "u",
                json!({"clusters": all, "managedPolicies": ["p"],
                "remediationStrategy": {"maxConcurrency": 1, "canaries": ["a", "b", "c"]}}),
            ));
            findings(objects).into_iter().map(|finding| finding.fact).collect::<Vec<_>>()
        };
        let judged = "3 canaries take 1 batch: TALM judges 1 ordinary batch as a canary";
        assert_eq!(of(&["a", "d", "e"]), [judged]);
        assert_eq!(of(&["a", "d"]), [""; 0]);
    }
}
