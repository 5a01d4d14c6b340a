//! The report on one cluster as text.

use ztp_common::cli::{Symbol, Table, Terminal};
use ztp_common::upgrade::assess::Report;
use ztp_common::upgrade::clock::{InitMonitor, RollbackWindow};
use ztp_common::upgrade::pivot::Pivot;
use ztp_common::upgrade::state::Phase;

use crate::elapsed::elapsed;
use crate::status::Assessed;

/// The whole report; its last line is what to do next.
pub fn text(one: &Assessed, terminal: &Terminal) -> String {
    let report = &one.report;
    let mut text = head(one, terminal) + &message(one, terminal);
    text += &clocks(report);
    text += &history(report, terminal);
    text += &warnings(one, terminal);
    text += &next_stages(report, terminal);
    if let Some(next) = &report.next {
        text += &format!("next: {}   ({})\n", next.command, next.purpose);
    }
    text
}

fn head(one: &Assessed, terminal: &Terminal) -> String {
    let report = &one.report;
    let stage = report.state.stage().unwrap_or_else(|| report.stage.clone());
    let word = report.state.word();
    let state = match report.phase {
        Phase::Failed => terminal.out.error(word),
        Phase::Done => terminal.out.good(word),
        Phase::Working | Phase::Resting => word.to_owned(),
    };
    let mut parts = vec![terminal.out.name(one.facts.title())];
    parts.extend(one.facts.release.as_ref().map(|release| format!("OCP {release}")));
    // At rest stage and state are the same word.
    parts.extend((stage.as_str() != word).then(|| stage.to_string()));
    parts.push(state);
    parts.extend(one.seconds_in_state.map(|s| format!("for {}", elapsed(s))));
    if !report.seed_version.is_empty() {
        parts.push(format!("seed {}", report.seed_version));
    }
    if report.phase != Phase::Resting {
        parts.extend(report.pivot.map(side).map(str::to_owned));
    }
    format!("{} {}\n", terminal.symbols.sign(symbol(report.phase)), parts.join("   "))
}

/// The sign of a phase.
pub fn symbol(phase: Phase) -> Symbol {
    match phase {
        Phase::Resting => Symbol::Skip,
        Phase::Working => Symbol::Busy,
        Phase::Done => Symbol::Ok,
        Phase::Failed => Symbol::Fail,
    }
}

fn side(pivot: Pivot) -> &'static str {
    match pivot {
        Pivot::Before => "on the old release",
        Pivot::After => "on the new release",
    }
}

fn message(one: &Assessed, terminal: &Terminal) -> String {
    let report = &one.report;
    if !report.waiting_for.is_empty() {
        let mut text = "  the agent waits for\n".to_owned();
        for check in &report.waiting_for {
            text += &format!("    {} {check}\n", terminal.symbols.sign(Symbol::Busy));
        }
        return text;
    }
    let counts = report.precache.map(|p| format!("  {} of {} images, {} failed\n", p.pulled, p.total, p.failed));
    let lines = one.facts.detail(report).lines().filter(|line| *line != report.state.word());
    lines.map(|line| format!("  {}\n", line.trim_end())).collect::<String>() + &counts.unwrap_or_default()
}

fn clocks(report: &Report) -> String {
    let lines = [report.init_monitor.as_ref().map(init_monitor), report.rollback_window.as_ref().map(rollback)];
    let text: String = lines.into_iter().flatten().map(|line| format!("  {line}\n")).collect();
    if text.is_empty() { text } else { format!("clocks\n{text}") }
}

fn init_monitor(monitor: &InitMonitor) -> String {
    let timeout = elapsed(monitor.timeout_seconds);
    match (monitor.enabled, monitor.remaining_seconds, monitor.ends) {
        (false, ..) => "automatic rollback  switched off, if the annotation was there at Prep already".to_owned(),
        (true, Some(left), Some(ends)) if left > 0 => {
            format!(
                "automatic rollback  in at most {}, at {ends} at the latest   ({timeout} from the boot)",
                elapsed(left)
            )
        }
        (true, Some(left), Some(ends)) => {
            format!("automatic rollback  due {} ago, at {ends}   ({timeout} from the boot)", elapsed(-left))
        }
        (true, ..) => format!("automatic rollback  {timeout} after the boot of the new release"),
    }
}

fn rollback(window: &RollbackWindow) -> String {
    let (closes, left) = (window.closes, window.remaining_seconds);
    if window.closed() {
        return format!("way back            closed {} ago, at {closes}: certificates may need repair", elapsed(-left));
    }
    format!("way back            open for {}, until {closes}", elapsed(left))
}

fn history(report: &Report, terminal: &Terminal) -> String {
    let mut table = Table::new(&["STAGE", "PHASE", "STARTED", "TOOK", "RESULT"]);
    for lap in &report.history {
        let result = match (lap.completed, report.phase) {
            (Some(_), _) => "completed",
            (None, Phase::Working) => "running",
            (None, _) => "not completed",
        };
        table.row(vec![
            lap.stage.to_string(),
            lap.phase.as_ref().map(ToString::to_string).unwrap_or_default(),
            lap.started.map(|t| t.to_string()).unwrap_or_default(),
            lap.seconds.filter(|_| result != "not completed").map(elapsed).unwrap_or_default(),
            result.to_owned(),
        ]);
    }
    if table.is_empty() {
        return String::new();
    }
    let reboot = report.reboot_seconds.map(|s| format!("  the node was away for {}\n", elapsed(s)));
    format!("history\n{}{}", indented(&table, terminal), reboot.unwrap_or_default())
}

fn indented(table: &Table, terminal: &Terminal) -> String {
    table.text(terminal.headers).lines().map(|line| format!("  {line}\n")).collect()
}

fn warnings(one: &Assessed, terminal: &Terminal) -> String {
    let report = &one.report;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(report.refused.iter().map(|r| format!("the agent refused stage {}: {}", r.stage, r.message)));
    lines.extend(report.manifest_warnings.iter().map(|w| format!("extra manifests: {w}")));
    lines.extend(one.warnings.iter().map(|w| match &w.fix {
        Some(fix) => format!("{}   [{}] {fix}", w.fact, w.id),
        None => format!("{}   [{}]", w.fact, w.id),
    }));
    if report.valid_next_is_stale {
        lines.push("the valid next stages are not up to date: the agent has not caught up with its conditions".into());
    }
    let text: String = lines.iter().map(|l| format!("  {} {l}\n", terminal.symbols.sign(Symbol::Warn))).collect();
    if text.is_empty() { text } else { format!("warnings\n{text}") }
}

fn next_stages(report: &Report, terminal: &Terminal) -> String {
    let mut table = Table::new(&["STAGE", "COMMAND"]);
    for legal in &report.valid_next {
        table.row(vec![legal.stage.to_string(), legal.step.command.clone()]);
    }
    if table.is_empty() {
        return "valid next stages: none\n".to_owned();
    }
    let purposes: String =
        report.valid_next.iter().map(|legal| format!("  {}: {}\n", legal.stage, legal.step.purpose)).collect();
    format!("valid next stages\n{}{purposes}", indented(&table, terminal))
}
