//! Some clusters in words, whatever CGUs have them: how many stand where, then each, the worst first.

use jiff::Timestamp;
use serde_json::{Value, json};
use ztp_common::cli::Terminal;
use ztp_common::finding::Finding;
use ztp_common::rollout::status::{
    Attention, CguState, Chosen, ClusterProgress, ClusterReport, ClusterRow, StatusReport,
};

use crate::facts::Facts;
use crate::findings_text::brief;
use crate::selection;
use crate::status_list::{Rows, banner, left_out, painted, state};
use crate::status_text::{since, why};
use crate::story::StoryTable;
use crate::words::{self, flow, many, span, wrapped};

/// The whole answer, on all CGUs or those of a namespace. `without_cgu` are findings about clusters for which TALM makes
/// none.
pub fn text(
    rows: &[ClusterRow<'_>],
    chosen: &Chosen,
    namespace: Option<&str>,
    without_cgu: &[Finding],
    terminal: &Terminal,
    size: Rows,
    facts: &Facts,
) -> String {
    let limit = size.limit();
    let now = facts.at();
    let headers = ["CLUSTER", "NAMESPACE", "CGU", "STATE", "BATCH", "POLICY", "FOR"];
    let in_none = namespace.map_or_else(String::new, |namespace| format!(" of namespace {namespace}"));
    let mut table = StoryTable::new(&headers, "WHAT");
    for row in rows.iter().take(limit) {
        let Some((report, cluster)) = row.place else {
            let cells = [row.cluster].into_iter().chain(headers.iter().skip(1).map(|_| ""));
            table.row(cells.map(str::to_owned).collect(), format!("in no CGU{in_none}"));
            continue;
        };
        let cells = vec![
            row.cluster.to_owned(),
            report.namespace.clone(),
            report.name.clone(),
            state(report),
            cluster.batch.map(|batch| format!("{batch} of {}", report.batches.len())).unwrap_or_default(),
            cluster.at.clone().unwrap_or_default(),
            since(report, cluster, now),
        ];
        table.row(cells, what(report, cluster, now));
        table.paint(&state(report), &painted(report, terminal));
    }
    let more = rows.len().saturating_sub(limit);
    let mut without_cgu: Vec<&Finding> = without_cgu.iter().collect();
    let more = if size.is_frame() {
        let findings = without_cgu.split_off(size.findings(limit).min(without_cgu.len())).len();
        left_out(&[(more, "row"), (findings, "finding")], "-o wide without --watch")
    } else if more > 0 {
        format!("+{more} more: add -o wide\n")
    } else {
        String::new()
    };
    let mut lines = brief(&without_cgu, terminal, size.findings(limit));
    lines.extend(selection::unknown(chosen, &facts.hub, terminal, limit));
    if !terminal.quiet {
        lines.push(facts.line());
        let worst = rows.first().filter(|row| row.attention <= Attention::Hindered);
        lines.extend(worst.and_then(|row| Some(next(row.cluster, row.place?.0, facts))));
    }
    counts(rows, chosen, terminal.width, size.is_frame().then(|| facts.clock()))
        + &banner(facts, terminal)
        + &table.text(terminal.headers, terminal.width)
        + &more
        + &wrapped(&words::lines(&lines), terminal.width)
}

fn next(cluster: &str, report: &StatusReport, facts: &Facts) -> String {
    let argument = facts.argument();
    format!("next: oc talm diagnose {} -n {} --clusters {cluster}{argument}", report.name, report.namespace)
}

/// Each cluster counts once, where it stands worst.
fn counts(rows: &[ClusterRow<'_>], chosen: &Chosen, width: Option<u16>, now: Option<Timestamp>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in rows.iter().filter(|row| seen.insert(row.cluster)) {
        let word = word(row);
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let unknown = chosen.clusters.len().saturating_sub(seen.len());
    counts.extend((unknown > 0).then_some(("unknown", unknown)));
    let counts = counts.iter().map(|(word, count)| format!("{count} {word}"));
    let all = format!("{} selected", many(chosen.clusters.len(), "cluster"));
    let now = now.map(|now| now.strftime("%H:%M:%S UTC").to_string());
    flow(&[all].into_iter().chain(counts).chain(now).collect::<Vec<_>>(), width)
}

fn word(row: &ClusterRow<'_>) -> &'static str {
    match (row.attention, row.place.map(|(_, cluster)| cluster.progress)) {
        (Attention::Done, _) => "complete",
        (_, None) => "in no CGU",
        (_, Some(progress)) => match progress {
            ClusterProgress::TimedOut => "timed out",
            ClusterProgress::PrecacheFailed | ClusterProgress::BackupFailed => "dropped before the start",
            ClusterProgress::Drifted => "drifted",
            ClusterProgress::InProgress => "running",
            ClusterProgress::Soaking => "soaking",
            ClusterProgress::NotStarted => "not started",
            ClusterProgress::Waiting => "waiting",
            ClusterProgress::NeverReached => "never reached",
            ClusterProgress::NotPlanned => "in no batch",
            ClusterProgress::Complete => "complete",
        },
    }
}

/// What happens with a cluster; before the start that is what happens with its CGU.
fn what(report: &StatusReport, cluster: &ClusterReport, now: Timestamp) -> String {
    if report.state.is_final() || matches!(report.state, CguState::InProgress | CguState::WaitingForPlacement) {
        let late = report.time.overdue.as_ref().filter(|_| cluster.progress != ClusterProgress::Complete);
        let late = late.map(|late| format!("its time was up {} ago, and TALM does not act", span(late.seconds)));
        return late.into_iter().chain([why(report, cluster, now)]).collect::<Vec<_>>().join("; ");
    }
    let mut parts = vec![match report.state {
        CguState::NotEnabled if !report.enabled => "waits for enable: true".to_owned(),
        _ => report.story.clone(),
    }];
    let is_judged = !report.state.is_stuck() && !matches!(report.state, CguState::Unseen | CguState::Undecided);
    if cluster.progress == ClusterProgress::NotPlanned && is_judged {
        parts.push("nothing to do there as things are".to_owned());
    }
    for (name, job) in [("pre-caching", &report.precaching), ("backup", &report.backup)] {
        let Some(job) = job else { continue };
        let state = job.failed.get(&cluster.name).or_else(|| job.open.get(&cluster.name));
        parts.extend(state.map(|state| format!("{name} is {state}")));
        parts.extend(job.why.get(&cluster.name).cloned());
    }
    parts.extend(cluster.hindrances.iter().cloned());
    parts.join("; ")
}

/// The rows for machines.
pub fn items(rows: &[ClusterRow<'_>]) -> Value {
    let one = |row: &ClusterRow<'_>| {
        let (report, cluster) = row.place.unzip();
        json!({"cluster": row.cluster, "attention": row.attention,
            "namespace": report.map(|report| &report.namespace), "cgu": report.map(|report| &report.name),
            "state": report.map(|report| &report.state), "batch": cluster.and_then(|cluster| cluster.batch),
            "progress": cluster.map(|cluster| cluster.progress), "at": cluster.and_then(|cluster| cluster.at.as_ref())})
    };
    rows.iter().map(one).collect()
}
