//! One CGU in words: its state, how far it is, what is wrong, its batches, the clusters that are stuck.

use jiff::Timestamp;
use ztp_common::cli::{Symbols, Table, Terminal};
use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::status::{
    BatchReport, BatchState, CguState, ClusterProgress, ClusterReport, JobReport, StatusReport,
};

use crate::facts::Facts;
use crate::findings_text::brief;
use crate::look::Look;
use crate::next::after_status;
use crate::status_list::{Rows, banner, done, left_out, painted, time};
use crate::story::StoryTable;
use crate::words::{flow, lines, plain, span, wrapped};

const MAX_FINDINGS: usize = 5;
const BAR: usize = 32;

/// The whole answer.
pub fn text(look: &Look, terminal: &Terminal, rows: Rows, facts: &Facts) -> String {
    let report = &look.report;
    let limit = rows.limit();
    let wide = rows.is_wide();
    let worth: Vec<&Finding> = look.findings.iter().filter(|finding| finding.level != Level::Info).collect();
    let mut top = Vec::new();
    // TALM's own words where they are not the story, nor the first finding.
    let dead = report.state.is_stuck() || matches!(report.state, CguState::Blocked | CguState::Other(_));
    let told = report.story == report.message || worth.first().is_some_and(|f| f.fact.starts_with(&report.message));
    if (dead || wide) && !told && !report.message.is_empty() {
        top.push(plain(&format!("TALM says {}: {}", report.reason, report.message)));
    }
    let findings = rows.findings(MAX_FINDINGS);
    let shown = if rows.is_frame() { worth.iter().copied().take(findings).collect() } else { worth.clone() };
    top.extend(brief(&shown, terminal, findings));
    top.extend(job("precaching", report.precaching.as_ref()));
    top.extend(job("backup", report.backup.as_ref()));
    let mut end = look.notes(terminal, limit, facts);
    let again = look.selection.as_ref().map_or("", |selection| selection.again.as_str());
    if !terminal.quiet {
        end.push(facts.line());
        end.extend(after_status(report, !worth.is_empty(), again, facts));
    }
    let top = if top.is_empty() { String::new() } else { wrapped(&(top.join("\n") + "\n"), terminal.width) };
    let (batches, batches_left) = batches(report, terminal, rows.batches(), wide);
    let (jobs, jobs_left) = jobs(report, terminal, limit);
    let (stuck, stuck_left) = clusters(look, terminal, limit, facts.at());
    let (name, namespace, from) = (&report.name, &report.namespace, facts.argument());
    let command = format!("oc talm status {name} -n {namespace}{again}{from} -o wide");
    let (tables, left) = if rows.is_frame() {
        let clusters = (jobs_left + stuck_left, "cluster");
        let left = [clusters, (batches_left, "batch row"), (worth.len().saturating_sub(findings), "finding")];
        (batches + &jobs + &stuck, left_out(&left, &command))
    } else {
        let more = |left: usize| if left > 0 { format!("+{left} more: {command}\n") } else { String::new() };
        (batches + &more(batches_left) + &jobs + &more(jobs_left) + &stuck + &more(stuck_left), String::new())
    };
    header(report, terminal, rows.is_frame().then(|| facts.clock()))
        + &banner(facts, terminal)
        + &wrapped(&format!("{}\n", plain(&report.story)), terminal.width)
        + &bar(report, terminal)
        + &top
        + &tables
        + &left
        + &wrapped(&lines(&end), terminal.width)
}

fn header(report: &StatusReport, terminal: &Terminal, now: Option<Timestamp>) -> String {
    let name = terminal.out.name(&plain(&format!("{}/{}", report.namespace, report.name)));
    let mut parts = vec![name, painted(report, terminal)];
    parts.extend(report.current_batch.map(|now| format!("batch {now} of {}", report.batches.len())));
    parts.extend(times(report));
    parts.extend(now.map(|now| now.strftime("%H:%M:%S UTC").to_string()));
    parts.retain(|part| !part.is_empty());
    flow(&parts, terminal.width)
}

/// Time used, and when it ends, ended or should have ended.
fn times(report: &StatusReport) -> Vec<String> {
    let whole = report.time.timeout_seconds;
    match (report.time.used_seconds, report.time.completed_at, report.time.ends_by) {
        (Some(_), Some(end), _) => vec![time(report), format!("ended {}", clock(end))],
        // No timeout ends it before it is unblocked.
        (Some(used), None, _) if report.state == CguState::Blocked && used >= whole => {
            vec![format!("blocked for {}; its {} are used up", span(used), span(whole))]
        }
        (Some(used), None, _) if report.state == CguState::Blocked => {
            vec![format!("blocked for {} of its {}", span(used), span(whole))]
        }
        // It never goes on, and no timeout ends it.
        (Some(used), None, _) if report.state == CguState::BackupFailed => {
            vec![format!("begun {} ago; no timeout ends it", span(used))]
        }
        (Some(_), None, Some(end)) => vec![
            time(report),
            match report.time.used_up_seconds() {
                Some(over) if report.time.overdue.is_some() => format!("should have ended {} ago", span(over)),
                Some(_) => "its time is up".to_owned(),
                None => format!("ends by {}", clock(end)),
            },
        ],
        _ => vec![time(report)],
    }
}

fn clock(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// How many of the planned clusters are complete, and what the others do.
fn bar(report: &StatusReport, terminal: &Terminal) -> String {
    let planned: usize = report.batches.iter().map(|batch| batch.clusters).sum();
    let complete: usize = report.batches.iter().map(|batch| batch.complete).sum();
    if planned == 0 {
        return String::new();
    }
    let full = BAR * complete / planned;
    let (filled, empty) = match terminal.symbols {
        Symbols::Unicode => ("━", "─"),
        Symbols::Ascii => ("#", "-"),
    };
    let bar = format!("{}{}", terminal.out.good(&filled.repeat(full)), empty.repeat(BAR - full));
    let mut parts = vec![bar, format!("{} complete", done(report))];
    for (progress, word) in [
        (ClusterProgress::InProgress, "running"),
        (ClusterProgress::Soaking, "soaking"),
        (ClusterProgress::NotStarted, "not started"),
        (ClusterProgress::Waiting, if report.current_batch.is_some() { "in later batches" } else { "waiting" }),
        (ClusterProgress::TimedOut, if report.made_good() { "marked timed out before" } else { "timed out" }),
        (ClusterProgress::NeverReached, "never reached"),
        (ClusterProgress::Drifted, "drifted since"),
        (ClusterProgress::PrecacheFailed, "dropped: pre-caching failed"),
        (ClusterProgress::BackupFailed, "dropped: backup failed"),
    ] {
        parts.extend(report.counts.get(&progress).map(|count| format!("{count} {word}")));
    }
    flow(&parts, terminal.width)
}

/// Each cluster on which pre-caching or backup has failed or is under way, and how many are left out.
fn jobs(report: &StatusReport, terminal: &Terminal, limit: usize) -> (String, usize) {
    let mut table = StoryTable::new(&["CLUSTER", "JOB", "STATE"], "WHY");
    let mut all = 0;
    let before_start = !report.state.is_final() && report.current_batch.is_none();
    for (what, job) in [("pre-caching", &report.precaching), ("backup", &report.backup)] {
        let Some(job) = job else { continue };
        // Once the rollout runs, those that failed stand among the clusters.
        let states = job.failed.iter().chain(&job.open).filter(|_| before_start);
        for (cluster, state) in states {
            all += 1;
            if all <= limit {
                let why = job.why.get(cluster).cloned().unwrap_or_default();
                table.row(vec![cluster.clone(), what.to_owned(), state.to_string()], why);
            }
        }
    }
    (table.text(terminal.headers, terminal.width), all.saturating_sub(limit))
}

fn job(what: &str, job: Option<&JobReport>) -> Option<String> {
    let counts: Vec<String> = job?.counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
    (!counts.is_empty()).then(|| format!("{what}: {}", counts.join("   ")))
}

/// The batches, quiet ones together, and how many rows are left out.
fn batches(report: &StatusReport, terminal: &Terminal, limit: usize, each: bool) -> (String, usize) {
    let mut shown = grouped(&report.batches, each);
    let all = shown.len();
    if limit.min(all) == 0 {
        return (String::new(), all);
    }
    // What is in motion and what went wrong comes before what is done and what waits.
    if all > limit {
        shown.sort_by_key(|row| match row.first.state {
            BatchState::Current => 0,
            BatchState::Incomplete => 1,
            BatchState::NeverReached => 2,
            BatchState::Waiting => 3,
            BatchState::Complete => 4,
        });
        shown.truncate(limit);
    }
    let soaks = report.batches.iter().any(|batch| batch.soaking > 0);
    let mut headers = vec!["BATCH", "STATE", "CLUSTERS", "COMPLETE", "RUNNING", "SOAKING", "TIMED OUT", "BUDGET"];
    headers.retain(|header| soaks || *header != "SOAKING");
    let mut table = Table::new(&headers);
    let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    for row in &shown {
        let (first, batches) = (row.first, &row.batches);
        let sum = |of: fn(&BatchReport) -> usize| batches.iter().map(|batch| of(batch)).sum::<usize>();
        let mut cells = vec![
            match batches.last().map(|last| last.number).filter(|last| *last != first.number) {
                Some(last) => format!("{}-{last}", first.number),
                None if first.canary => format!("{} canary", first.number),
                None => first.number.to_string(),
            },
            format!("{:?}", first.state),
            sum(|batch| batch.clusters).to_string(),
            number(sum(|batch| batch.complete)),
            number(sum(|batch| batch.in_progress - batch.soaking)),
        ];
        cells.extend(soaks.then(|| number(sum(|batch| batch.soaking))));
        cells.push(number(sum(|batch| batch.timed_out)));
        cells.push(first.budget_seconds.map(span).unwrap_or_default());
        table.row(cells);
    }
    (table.text(terminal.headers), all - shown.len())
}

/// Batches in a row of which there is the same to say.
struct BatchRow<'r> {
    first: &'r BatchReport,
    batches: Vec<&'r BatchReport>,
}

fn grouped(batches: &[BatchReport], each: bool) -> Vec<BatchRow<'_>> {
    let mut rows: Vec<BatchRow<'_>> = Vec::new();
    for batch in batches {
        let is_quiet = matches!(batch.state, BatchState::Waiting | BatchState::Complete | BatchState::NeverReached);
        let same = |row: &&mut BatchRow<'_>| {
            is_quiet && !each && !batch.canary && !row.first.canary && row.first.state == batch.state
        };
        match rows.last_mut().filter(same) {
            Some(row) => row.batches.push(batch),
            None => rows.push(BatchRow { first: batch, batches: vec![batch] }),
        }
    }
    rows
}

/// The clusters that are neither done nor merely waiting for their turn, or all that are chosen; and how many are left out.
fn clusters(look: &Look, terminal: &Terminal, limit: usize, now: Timestamp) -> (String, usize) {
    let report = &look.report;
    let is_open = |cluster: &&ClusterReport| match cluster.progress {
        _ if look.selection.is_some() => true,
        ClusterProgress::Complete => false,
        ClusterProgress::TimedOut => !(cluster.compliant && report.made_good()),
        ClusterProgress::Waiting | ClusterProgress::NotStarted | ClusterProgress::NeverReached => {
            !cluster.hindrances.is_empty()
        }
        _ => true,
    };
    let open: Vec<&ClusterReport> = report.clusters.iter().filter(is_open).collect();
    let mut table = StoryTable::new(&["CLUSTER", "BATCH", "POLICY", "FOR"], "WHY");
    for cluster in open.iter().take(limit) {
        let cells = vec![
            cluster.name.clone(),
            cluster.batch.map(|batch| batch.to_string()).unwrap_or_default(),
            cluster.at.clone().or_else(|| cluster.stood_at.clone()).unwrap_or_default(),
            since(report, cluster, now),
        ];
        table.row(cells, why(report, cluster, now));
    }
    (table.text(terminal.headers, terminal.width), open.len().saturating_sub(limit))
}

/// How long its batch has been worked on; TALM keeps no time of single clusters.
pub fn since(report: &StatusReport, cluster: &ClusterReport, now: Timestamp) -> String {
    let running = matches!(cluster.progress, ClusterProgress::InProgress | ClusterProgress::Soaking);
    let started = report.time.batch_started_at.filter(|_| running);
    started.map(|at| span(now.duration_since(at).as_secs().max(0))).unwrap_or_default()
}

/// What became of a cluster in a CGU that runs or has run, and what may keep it from going on.
pub fn why(report: &StatusReport, cluster: &ClusterReport, now: Timestamp) -> String {
    let mut reasons = Vec::new();
    let compliance = cluster.compliance.as_deref().unwrap_or("unknown");
    match cluster.progress {
        ClusterProgress::TimedOut => reasons.push(timed_out(cluster)),
        ClusterProgress::Drifted => reasons.push(format!("completed, the policy is {compliance} now")),
        ClusterProgress::PrecacheFailed | ClusterProgress::BackupFailed => {
            let jobs = [&report.precaching, &report.backup];
            let state = jobs.into_iter().flatten().find_map(|job| job.failed.get(&cluster.name));
            reasons.push(format!("dropped before the start: {}", state.map_or("failed", |state| state.as_str())));
            let jobs = [&report.precaching, &report.backup];
            reasons.extend(jobs.into_iter().flatten().find_map(|job| job.why.get(&cluster.name)).cloned());
        }
        ClusterProgress::Soaking => reasons.push(match cluster.soaks_until {
            Some(end) if end > now => format!("compliant, soaks for {} more", span(end.duration_since(now).as_secs())),
            _ => "compliant, its soak time is over".to_owned(),
        }),
        // The hindrances say more of it.
        ClusterProgress::InProgress if compliance == "Pending" => {}
        ClusterProgress::InProgress if cluster.compliance.is_some() => {
            let violation = cluster.violation.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
            reasons.push(format!("the policy is {compliance}{violation}"));
        }
        // The hindrances say more of it.
        ClusterProgress::InProgress if !cluster.hindrances.is_empty() => {}
        ClusterProgress::InProgress if report.manifest_works => {
            reasons.push("the manifest work is on its way".to_owned());
        }
        ClusterProgress::InProgress => reasons.push("what the policy says is not known".to_owned()),
        ClusterProgress::NotStarted => reasons.push("not started".to_owned()),
        ClusterProgress::Waiting => reasons.push("waits for its batch".to_owned()),
        ClusterProgress::NeverReached => reasons.push("never reached".to_owned()),
        ClusterProgress::NotPlanned => reasons.push("selected, and in no batch".to_owned()),
        ClusterProgress::Complete => reasons.push("complete".to_owned()),
    }
    if report.holding.contains(&cluster.name) {
        reasons.push("holds the last batch".to_owned());
    }
    reasons.extend(cluster.hindrances.iter().cloned());
    reasons.join("; ")
}

/// Where it stood then, if that is not where it stands now, and how it stands now.
fn timed_out(cluster: &ClusterReport) -> String {
    let then = cluster.stood_at.as_ref().filter(|then| cluster.at.as_ref().is_some_and(|at| at != *then));
    let then = then.map(|then| format!(" at {then}")).unwrap_or_default();
    match &cluster.compliance {
        _ if cluster.compliant => "timed out, compliant now".to_owned(),
        Some(compliance) => format!("timed out{then}, the policy is {compliance} now"),
        None => "timed out".to_owned(),
    }
}
