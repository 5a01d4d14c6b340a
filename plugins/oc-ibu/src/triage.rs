//! Many clusters: counts first, then those that need somebody, worst first.

use std::collections::BTreeMap;

use ztp_common::cli::{Table, Terminal, count};
use ztp_common::upgrade::state::{Phase, State};

use crate::elapsed::elapsed;
use crate::status::Assessed;

/// More rows than this are not printed unasked.
const MAX_ROWS: usize = 20;
/// A way back that closes sooner is worth a note, in seconds.
const SOON: i64 = 86_400;

/// The whole report.
pub fn text(all: &[Assessed], from: &str, terminal: &Terminal) -> String {
    let mut groups: BTreeMap<(u8, &'static str), Vec<&Assessed>> = BTreeMap::new();
    for one in all {
        groups.entry((rank(one.report.state), one.report.state.word())).or_default().push(one);
    }
    let mut table = Table::new(&["STAGE", "STATE", "CLUSTERS", "LONGEST", "NOTE"]);
    for ((_, word), group) in &groups {
        let stage = group.first().and_then(|one| one.report.state.stage()).map(|s| s.to_string()).unwrap_or_default();
        let longest = group.iter().filter_map(|one| one.seconds_in_state).max().map(elapsed).unwrap_or_default();
        table.row(vec![stage, (*word).to_owned(), group.len().to_string(), longest, note(group)]);
    }
    table.text(terminal.headers) + &attention(all, from, terminal) + &verdict(all)
}

/// The order of rows: along the stages, within a stage from bad to good.
fn rank(state: State) -> u8 {
    match state {
        State::New => 0,
        State::Unknown => 1,
        State::Blocked => 2,
        State::Idle => 3,
        State::PrepFailed => 4,
        State::PrepRunning => 5,
        State::PrepDone => 6,
        State::UpgradeFailed => 7,
        State::UpgradeRolledBack => 8,
        State::UpgradeRunning => 9,
        State::UpgradeDone => 10,
        State::RollbackFailed => 11,
        State::RollbackRunning => 12,
        State::RollbackDone => 13,
        State::AbortFailed => 14,
        State::Aborting => 15,
        State::FinalizeFailed => 16,
        State::Finalizing => 17,
    }
}

fn note(group: &[&Assessed]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let late = |one: &&&Assessed| {
        let left = one.report.init_monitor.as_ref().filter(|m| m.enabled).and_then(|m| m.remaining_seconds);
        left.is_some_and(|left| left <= 0)
    };
    let closing = |one: &&&Assessed| one.report.rollback_window.as_ref().is_some_and(|w| w.remaining_seconds < SOON);
    match first.report.state {
        State::PrepDone => "ready for the upgrade".to_owned(),
        State::UpgradeRunning => match group.iter().filter(late).count() {
            0 => String::new(),
            late => format!("{late} past the timer of the automatic rollback"),
        },
        State::UpgradeDone => match group.iter().filter(closing).count() {
            0 => "finalize or roll back".to_owned(),
            closing => format!("the way back closes for {} within 24h", count(closing, "cluster")),
        },
        state if state.phase() == Phase::Failed => match group.len() {
            1 => first.facts.title().to_owned(),
            many => format!("{} and {} more", first.facts.title(), many - 1),
        },
        _ => String::new(),
    }
}

/// The clusters that need somebody: what failed, then what waits for an unhealthy cluster.
fn attention(all: &[Assessed], from: &str, terminal: &Terminal) -> String {
    let needs = |one: &&Assessed| one.report.phase == Phase::Failed || !one.report.waiting_for.is_empty();
    let mut rows: Vec<&Assessed> = all.iter().filter(needs).collect();
    rows.sort_by_key(|one| (one.report.phase != Phase::Failed, std::cmp::Reverse(one.seconds_in_state)));
    let mut table = Table::new(&["CLUSTER", "STATE", "FOR", "WHY"]);
    for one in rows.iter().take(MAX_ROWS) {
        let why = one.report.waiting_for.first().map_or(one.facts.detail(&one.report), String::as_str);
        let stage = one.report.state.stage().map(|s| format!("{s} ")).unwrap_or_default();
        let word = one.report.state.word();
        table.row(vec![
            one.facts.title().to_owned(),
            if stage.starts_with("Idle") { word.to_owned() } else { format!("{stage}{word}") },
            one.seconds_in_state.map(elapsed).unwrap_or_default(),
            why.lines().next().unwrap_or_default().to_owned(),
        ]);
    }
    if table.is_empty() {
        return String::new();
    }
    let more = match rows.len().saturating_sub(MAX_ROWS) {
        0 => String::new(),
        more => format!("+{more} more: oc ibu status --from {from} -o yaml\n"),
    };
    let next = rows.first().and_then(|one| one.facts.name.as_deref());
    let next = next.map(|name| format!("next: oc ibu diagnose --from {from} {name}\n")).unwrap_or_default();
    format!("\n{}{more}{next}", table.text(terminal.headers))
}

fn verdict(all: &[Assessed]) -> String {
    let of = |phase| all.iter().filter(|one| one.report.phase == phase).count();
    let (failed, working) = (of(Phase::Failed), of(Phase::Working));
    format!(
        "{}: {failed} failed, {working} working, {} waiting for a decision\n",
        count(all.len(), "cluster"),
        of(Phase::Done)
    )
}
