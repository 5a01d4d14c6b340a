//! Where a CGU stands, in one sentence: what TALM's own message does not say.

use std::collections::BTreeMap;

use super::batch::BatchState;
use super::cluster::{ClusterProgress, ClusterReport};
use super::report::{JobReport, StatusReport};
use super::state::CguState;
use super::time::Due;
use crate::duration::span;
use crate::resource::JobState;
use crate::rollout::BlockerState;
use crate::rollout::wording::{all_clusters, clusters, listed};

/// Tells it.
pub(super) fn story(report: &StatusReport) -> String {
    match &report.state {
        CguState::Unseen => "TALM has not looked at it yet".to_owned(),
        CguState::Undecided => {
            "TALM has looked at it and not said how it goes on; if that lasts, it fails each time, and \
                                only its log says why"
                .to_owned()
        }
        CguState::NotEnabled if report.enabled => "enabled; TALM looks at it again within 5 minutes".to_owned(),
        CguState::NotEnabled => format!("waits for enable: true; {}", planned(report)),
        CguState::Blocked => blocked(report),
        CguState::Precaching | CguState::PrecachingFailed => job("pre-caching", report.precaching.as_ref()),
        CguState::BackingUp if report.time.overdue.is_some() => {
            format!("{}; {}", left(Due::Backup, 0, false), job("backup", report.backup.as_ref()))
        }
        CguState::BackingUp | CguState::BackupFailed => job("backup", report.backup.as_ref()),
        CguState::InProgress => running(report),
        CguState::Completed => completed(report),
        CguState::TimedOut => timed_out(report),
        _ => report.message.clone(),
    }
}

fn planned(report: &StatusReport) -> String {
    let count: usize = report.batches.iter().map(|batch| batch.clusters).sum();
    match report.batches.len() {
        0 => "nothing to remediate as things are".to_owned(),
        1 => format!("{} in 1 batch planned", clusters(count)),
        batches => format!("{} in {batches} batches planned", clusters(count)),
    }
}

fn blocked(report: &StatusReport) -> String {
    let open = report.blockers.iter().filter(|blocker| blocker.state != BlockerState::Finished);
    let names: Vec<String> = open.map(|blocker| blocker.cgu.to_string()).collect();
    if names.is_empty() {
        "its blockers have finished: TALM notices within a minute".to_owned()
    } else {
        format!("waits for {}", listed(&names))
    }
}

fn job(what: &str, job: Option<&JobReport>) -> String {
    let Some(job) = job else { return format!("{what} has not begun") };
    let all: usize = job.counts.values().sum();
    let done = job.counts.get(JobState::Succeeded.as_str()).copied().unwrap_or_default();
    let failed = job.failed.len();
    if failed == all && all > 0 {
        return format!("{what} failed on {}: it never goes on", all_clusters(all));
    }
    let mut text = format!("{what}: {done} of {} done", clusters(all));
    let open = all.saturating_sub(done + failed);
    if open > 0 {
        text += &format!(", {open} under way");
    }
    if failed > 0 {
        text += &format!(", {failed} failed: {}", listed(&job.failed.keys().collect::<Vec<_>>()));
    }
    text
}

fn running(report: &StatusReport) -> String {
    let Some(number) = report.current_batch else { return "the first batch is about to start".to_owned() };
    let gone = report.policies.iter().any(|policy| policy.deleted);
    let left = |due| left(due, number, gone);
    let mut parts: Vec<String> = report.time.overdue.map(|overdue| left(overdue.due)).into_iter().collect();
    parts.push(batch(report, number));
    let later: usize = report.batches.iter().filter(|batch| batch.number > number).map(|batch| batch.clusters).sum();
    if later > 0 {
        parts.push(format!("{} in later batches", clusters(later)));
    }
    let late: Vec<&str> = in_state(report, ClusterProgress::TimedOut).map(|cluster| cluster.name.as_str()).collect();
    if !late.is_empty() && report.holding.is_empty() {
        parts.push(format!("timed out in earlier batches: {}", listed(&late)));
    }
    if !report.holding.is_empty() {
        parts.push(format!("it cannot complete without {} of earlier batches", listed(&report.holding)));
    }
    parts.join("; ")
}

/// What TALM has left as it is, and why: without a policy its passes fail before they come so far.
fn left(due: Due, number: usize, policies_gone: bool) -> String {
    let what = match due {
        Due::Rollout => "ended it".to_owned(),
        Due::Batch => format!("ended batch {number}"),
        Due::Backup => "ended the backup".to_owned(),
        Due::Soak => "gone on after a soak time".to_owned(),
    };
    match policies_gone {
        true => format!("TALM has not {what}: its passes fail, for policies were deleted"),
        false => format!("TALM has not {what}: the operator seems not to run"),
    }
}

fn batch(report: &StatusReport, number: usize) -> String {
    let mine: Vec<&ClusterReport> = report.clusters.iter().filter(|cluster| cluster.batch == Some(number)).collect();
    let current = report.batches.iter().find(|batch| batch.number == number);
    if let ([one], true) = (mine.as_slice(), current.is_some_and(|batch| batch.canary)) {
        return format!("canary {} {}", one.name, doing(report, one));
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for cluster in &mine {
        *counts.entry(short(report, cluster)).or_default() += 1;
    }
    let parts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
    format!("batch {number} of {}: {}", report.batches.len(), parts.join(", "))
}

/// What one cluster does, as the end of a sentence.
fn doing(report: &StatusReport, cluster: &ClusterReport) -> String {
    match (cluster.progress, place(report, cluster)) {
        (ClusterProgress::Complete, _) => "is complete".to_owned(),
        (ClusterProgress::Soaking, Some(at)) => format!("soaks at {at}"),
        (ClusterProgress::InProgress, Some(at)) => format!("is at {at}"),
        (ClusterProgress::Drifted, Some(at)) => format!("was complete and stands at {at} again"),
        _ => "has not started".to_owned(),
    }
}

fn short(report: &StatusReport, cluster: &ClusterReport) -> String {
    match (cluster.progress, place(report, cluster)) {
        (ClusterProgress::Complete, _) => "complete".to_owned(),
        (ClusterProgress::Soaking, Some(at)) => format!("soaking at {at}"),
        (ClusterProgress::InProgress, Some(at)) => format!("at {at}"),
        (ClusterProgress::TimedOut, _) => "timed out".to_owned(),
        (ClusterProgress::Drifted, _) => "drifted back".to_owned(),
        _ => "not started".to_owned(),
    }
}

/// `policy config (2 of 3)`: where it stands, or where it stood when it ran out of time.
fn place(report: &StatusReport, cluster: &ClusterReport) -> Option<String> {
    let at = cluster.stood_at.as_ref().or(cluster.at.as_ref())?;
    if report.manifest_works {
        return Some(format!("manifest work {at}"));
    }
    let index = report.policies.iter().position(|policy| policy.policy.name == *at);
    let of =
        index.filter(|_| report.policies.len() > 1).map(|at| format!(" ({} of {})", at + 1, report.policies.len()));
    Some(format!("policy {at}{}", of.unwrap_or_default()))
}

fn in_state(report: &StatusReport, progress: ClusterProgress) -> impl Iterator<Item = &ClusterReport> {
    report.clusters.iter().filter(move |cluster| cluster.progress == progress)
}

fn completed(report: &StatusReport) -> String {
    let drifted = in_state(report, ClusterProgress::Drifted).count();
    let since = if drifted > 0 { format!("; {} drifted since", clusters(drifted)) } else { String::new() };
    if report.batches.is_empty() {
        let why = if report.policies.is_empty() && report.compliant_before.is_empty() && !report.manifest_works {
            "it had no policy to enforce"
        } else {
            "every cluster was compliant already"
        };
        return format!("completed at once: {why}{since}");
    }
    let all: usize = report.batches.iter().map(|batch| batch.clusters).sum();
    let took = report.time.used_seconds.filter(|_| report.time.completed_at.is_some());
    let took = took.map(|seconds| format!(" in {}", span(seconds))).unwrap_or_default();
    let late = in_state(report, ClusterProgress::TimedOut).count();
    let (done, late) = match late {
        0 => (all, String::new()),
        late if report.made_good() => (all, format!(", {late} of them marked timed out before")),
        late => (all.saturating_sub(late), format!("; {} timed out and stayed so", clusters(late))),
    };
    let dropped: Vec<&str> = report.left_behind().filter(|c| c.batch.is_none()).map(|c| c.name.as_str()).collect();
    let dropped = match dropped.len() {
        0 => String::new(),
        count => format!("; {} dropped before the start and not compliant: {}", clusters(count), listed(&dropped)),
    };
    format!("{} completed{took}{late}{dropped}{since}", clusters(done))
}

fn timed_out(report: &StatusReport) -> String {
    let late: Vec<&ClusterReport> = in_state(report, ClusterProgress::TimedOut).collect();
    let never = in_state(report, ClusterProgress::NeverReached).count();
    if late.is_empty() && report.batches.iter().all(|batch| batch.state == BatchState::NeverReached) {
        return "time ran out before the first batch".to_owned();
    }
    let names: Vec<&str> = late.iter().map(|cluster| cluster.name.as_str()).collect();
    let number = late.iter().filter_map(|cluster| cluster.batch).max();
    let batch =
        number.map_or_else(|| "a batch".to_owned(), |number| format!("batch {number} of {}", report.batches.len()));
    let is_canary = report.batches.iter().any(|batch| Some(batch.number) == number && batch.canary);
    let first = if report.message.ends_with("on canary clusters") && is_canary {
        format!("the time of {batch} ran out on canary {}", listed(&names))
    } else if report.message.ends_with("on canary clusters") {
        // Fewer canaries took a batch than `spec.canaries` has names.
        format!("the time of {batch}, judged as a canary's, ran out on {}", listed(&names))
    } else if report.message.ends_with("on some clusters") {
        format!("batchTimeoutAction Abort ended it when the time of {batch} ran out on {}", listed(&names))
    } else if names.is_empty() {
        "its time ran out".to_owned()
    } else {
        format!("its time ran out on {}", listed(&names))
    };
    let at = late.first().and_then(|cluster| place(report, cluster)).map(|at| format!(" at {at}")).unwrap_or_default();
    let since = match (late.iter().filter(|cluster| cluster.compliant).count(), late.len()) {
        (0, _) => String::new(),
        (since, all) if since == all => ", compliant since".to_owned(),
        (since, _) => format!(", {since} of them compliant since"),
    };
    let complete: usize = report.batches.iter().map(|batch| batch.complete).sum();
    let mut text = format!("{first}{at}{since}; {complete} complete");
    if never > 0 {
        text += &format!(", {} never reached", clusters(never));
    }
    text
}
