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
        minutes if case.plan.outcome == Outcome::TimesOut => findings.push(time_used_up(case, minutes)),
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
        let fact = format!("maxConcurrency {wanted} puts all {selected} clusters into one batch");
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

/// The clock ran while the CGU was blocked, and nothing blocks it any more.
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
    if u64::try_from(budget).is_ok_and(|budget| soaking >= budget) && soaking > 0 {
        let soaking = span(i64::try_from(soaking).unwrap_or(i64::MAX));
        let fact = format!("each batch has {}, and soaking alone takes {soaking}", span(budget));
        findings.push(Finding::warning("rollout/timeout-short", fact).fix("raise remediationStrategy.timeout"));
    } else if budget < 600 && batches.len() > 1 {
        let fact = format!(
            "timeout {} leaves {} for each of {} batches",
            span(minutes.saturating_mul(60)),
            span(budget),
            batches.len()
        );
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
    let judged = case.plan.batches.iter().filter(|batch| batch.judged_as_canary && !batch.canary).count();
    // The last batch has no time of its own, so that it is never judged.
    if judged > 0 && case.plan.batches.len() > canary_batches + 1 {
        let fact = format!(
            "{count} canaries take {canary_batches} batches: TALM judges {judged} ordinary batches as canaries"
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
