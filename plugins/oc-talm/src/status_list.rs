//! All CGUs in words: how many stand where, then those that need attention.

use jiff::Timestamp;
use ztp_common::cli::{Output, Terminal};
use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport};

use crate::facts::Facts;
use crate::findings_text::brief;
use crate::next::after_list;
use crate::story::StoryTable;
use crate::words::{self, flow, many, plain, span, wrapped};

/// How many rows a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// What fits on a screen together with the rest.
    Short,
    /// All of them.
    All,
    /// What there is room for in a frame that is redrawn.
    Frame(Room),
}

/// How much of each part a frame shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether it says more of what it shows.
    pub wide: bool,
    /// Rows of batches.
    pub batches: usize,
    /// Rows of clusters, or of CGUs.
    pub rows: usize,
    /// Findings above the tables.
    pub findings: usize,
}

impl Rows {
    /// By the format of the answer.
    pub fn of(output: &Output) -> Self {
        if *output == Output::Wide { Self::All } else { Self::Short }
    }

    /// More rows than this are cut.
    pub fn limit(self) -> usize {
        match self {
            Self::Short => 20,
            Self::All => usize::MAX,
            Self::Frame(room) => room.rows,
        }
    }

    /// More rows of batches than this are cut.
    pub fn batches(self) -> usize {
        if let Self::Frame(room) = self { room.batches } else { self.limit() }
    }

    /// More findings than this are cut; `usual` is the number where there is room.
    pub fn findings(self, usual: usize) -> usize {
        match self {
            Self::Short => usual,
            Self::All => usize::MAX,
            Self::Frame(room) => room.findings,
        }
    }

    /// Whether to say more than usual.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::All | Self::Frame(Room { wide: true, .. }))
    }

    /// Whether it is a frame, which says in one line what it leaves out.
    pub fn is_frame(self) -> bool {
        matches!(self, Self::Frame(_))
    }
}

/// The whole answer. Only for rows that are shown `first_cause` is asked: what is wrong, the cause first.
/// `without_cgu` are findings about clusters for which TALM made none.
pub fn text(
    reports: &[StatusReport],
    first_cause: &dyn Fn(&StatusReport) -> Option<Finding>,
    without_cgu: &[Finding],
    terminal: &Terminal,
    rows: Rows,
    facts: &Facts,
) -> String {
    let limit = rows.limit();
    let mut worst = reports.first().filter(|report| report.rank() < CguState::InProgress.rank());
    let mut table = StoryTable::new(&["NAMESPACE", "NAME", "STATE", "BATCH", "DONE", "TIME"], "WHAT");
    for report in reports.iter().take(limit) {
        let cells = vec![
            report.namespace.clone(),
            report.name.clone(),
            state(report),
            report.current_batch.map(|now| format!("{now} of {}", report.batches.len())).unwrap_or_default(),
            done(report),
            time(report),
        ];
        let cause = first_cause(report).filter(|cause| cause.level != Level::Info);
        // What may still come right gives way to a cluster without CGU.
        let counts = |cause: &&Finding| cause.level == Level::Error || without_cgu.is_empty();
        worst = worst.or(cause.as_ref().filter(counts).map(|_| report));
        table.row(cells, what(report, cause));
        table.paint(&state(report), &painted(report, terminal));
    }
    let more = reports.len().saturating_sub(limit);
    let mut shown: Vec<&Finding> = without_cgu.iter().collect();
    let command = format!("oc talm status{} -o wide", facts.argument());
    let more = if rows.is_frame() {
        let findings = shown.split_off(rows.findings(limit).min(shown.len())).len();
        left_out(&[(more, "CGU"), (findings, "finding")], &command)
    } else if more > 0 {
        format!("+{more} more: {command}\n")
    } else {
        String::new()
    };
    let mut lines = brief(&shown, terminal, rows.findings(limit));
    if !terminal.quiet {
        lines.push(facts.line());
        lines.extend(after_list(worst, without_cgu, facts));
    }
    let table = table.text(terminal.headers, terminal.width);
    let lines = wrapped(&words::lines(&lines), terminal.width);
    counts(reports, terminal, rows.is_frame().then(|| facts.clock()))
        + &banner(facts, terminal)
        + &table
        + &more
        + &lines
}

/// What a view says below its header, of itself and of the hub.
pub fn banner(facts: &Facts, terminal: &Terminal) -> String {
    let lines = facts.banner.iter().map(|line| terminal.out.warning(&plain(line)) + "\n");
    wrapped(&lines.collect::<String>(), terminal.width)
}

/// One line about all that a frame has no room for, and the command that shows it; nothing when nothing is missing.
pub fn left_out(missing: &[(usize, &str)], command: &str) -> String {
    let missing = missing.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| many(*number, noun));
    match missing.collect::<Vec<_>>().join(", ") {
        nothing if nothing.is_empty() => nothing,
        missing => format!("+{missing}: {command}\n"),
    }
}

fn counts(reports: &[StatusReport], terminal: &Terminal, now: Option<Timestamp>) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for report in reports {
        let state = painted(report, terminal);
        match counts.iter_mut().find(|(known, _)| *known == state) {
            Some((_, count)) => *count += 1,
            None => counts.push((state, 1)),
        }
    }
    let counts = counts.iter().map(|(state, count)| format!("{count} {state}"));
    let now = now.map(|now| now.strftime("%H:%M:%S UTC").to_string());
    let parts: Vec<String> = [many(reports.len(), "CGU")].into_iter().chain(counts).chain(now).collect();
    flow(&parts, terminal.width)
}

/// The state in the colour of its meaning.
pub fn painted(report: &StatusReport, terminal: &Terminal) -> String {
    let state = plain(&state(report));
    match report.rank() {
        0 | 1 => terminal.out.error(&state),
        2 | 3 => terminal.out.warning(&state),
        _ => terminal.out.good(&state),
    }
}

/// The state as TALM's conditions name it, or ours where they have no single word.
pub fn state(report: &StatusReport) -> String {
    match &report.state {
        CguState::Other(reason) => reason.clone(),
        state => format!("{state:?}"),
    }
}

/// Clusters of the plan that are complete.
pub fn done(report: &StatusReport) -> String {
    let planned: usize = report.batches.iter().map(|batch| batch.clusters).sum();
    let complete: usize = report.batches.iter().map(|batch| batch.complete).sum();
    if planned == 0 { String::new() } else { format!("{complete}/{planned}") }
}

/// Time used, and of how much.
pub fn time(report: &StatusReport) -> String {
    let whole = span(report.time.timeout_seconds);
    match report.time.used_seconds {
        Some(used) if report.time.completed_at.is_some() => format!("took {} of {whole}", span(used)),
        Some(used) => format!("{} of {whole}", span(used)),
        None => String::new(),
    }
}

/// The story in one sentence: what is wrong, or where it stands; while it runs both.
fn what(report: &StatusReport, cause: Option<Finding>) -> String {
    let story = || report.story.clone();
    let Some(cause) = cause.filter(|cause| !told(report, cause)) else { return story() };
    match (&report.state, cause.level) {
        (CguState::TimedOut, _) => story(),
        (CguState::Completed, _) if report.counts.contains_key(&ClusterProgress::Drifted) => story(),
        (_, Level::Error) | (CguState::Completed, _) => cause.fact,
        (CguState::InProgress | CguState::NotEnabled | CguState::Precaching, _) => {
            format!("{}; {}", report.story, cause.fact)
        }
        // What it waits for, or why TALM refuses it, matters more.
        _ => story(),
    }
}

/// Whether the story says what the finding says.
fn told(report: &StatusReport, cause: &Finding) -> bool {
    cause.id == "rollout/held-by-earlier" && !report.holding.is_empty()
        || ["rollout/batch-timed-out", "rollout/precache-partial", "rollout/overdue"].contains(&cause.id)
}
