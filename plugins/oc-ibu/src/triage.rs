//! Many clusters: counts first, then those that need somebody, worst first.

use std::collections::BTreeMap;

use ztp_common::cli::{Table, Terminal, count, quoted};
use ztp_common::upgrade::state::{Phase, State};

use crate::elapsed::elapsed;
use crate::status::Assessed;

/// More rows than this are not printed unasked.
const MAX_ROWS: usize = 20;
/// A way back that closes sooner is worth a note, in seconds.
const SOON: i64 = 86_400;

/// The whole report; `silent` more clusters have not answered.
pub fn text(all: &[Assessed], silent: usize, from: &str, terminal: &Terminal) -> String {
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
    let rows = needy(all);
    table.text(terminal.headers) + &attention(&rows, from, terminal) + &verdict(all, silent) + &next(&rows, from)
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

/// Whether the automatic rollback should have struck.
fn past_timer(one: &Assessed) -> bool {
    let monitor = one.report.init_monitor.as_ref().filter(|monitor| monitor.enabled);
    monitor.and_then(|m| m.remaining_seconds).is_some_and(|left| left <= 0)
}

fn note(group: &[&Assessed]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let closing = |one: &&&Assessed| one.report.rollback_window.as_ref().is_some_and(|w| w.remaining_seconds < SOON);
    match first.report.state {
        State::PrepDone => "ready for the upgrade".to_owned(),
        State::UpgradeRunning => match group.iter().filter(|one| past_timer(one)).count() {
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

/// The clusters that need somebody: what failed, then what waits in vain, the longest first.
fn needy(all: &[Assessed]) -> Vec<&Assessed> {
    let needs =
        |one: &&Assessed| one.report.phase == Phase::Failed || !one.report.waiting_for.is_empty() || past_timer(one);
    let mut rows: Vec<&Assessed> = all.iter().filter(needs).collect();
    rows.sort_by_key(|one| (one.report.phase != Phase::Failed, std::cmp::Reverse(one.seconds_in_state)));
    rows
}

fn attention(rows: &[&Assessed], from: &str, terminal: &Terminal) -> String {
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
        more => format!("+{more} more: oc ibu status{from} -o yaml\n"),
    };
    format!("\n{}{more}", table.text(terminal.headers))
}

fn next(rows: &[&Assessed], from: &str) -> String {
    let name = rows.first().and_then(|one| one.facts.name.as_deref());
    name.map(|name| format!("next: oc ibu diagnose{from} {}\n", quoted(name))).unwrap_or_default()
}

fn verdict(all: &[Assessed], silent: usize) -> String {
    let no_answer = if silent > 0 { format!(", {silent} without an answer") } else { String::new() };
    let of = |phase| all.iter().filter(|one| one.report.phase == phase).count();
    let (failed, working) = (of(Phase::Failed), of(Phase::Working));
    format!(
        "{}: {failed} failed, {working} working, {} waiting for a decision{no_answer}\n",
        count(all.len() + silent, "cluster"),
        of(Phase::Done)
    )
}
