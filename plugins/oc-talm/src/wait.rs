//! Waiting for the end of a rollout: a line for each change, whatever happens to the connection.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ztp_common::api::Moment;
use ztp_common::cli::{Failure, Outcome};
use ztp_common::inventory::{Inventory, Query, Recorded};
use ztp_common::resource::{ClusterGroupUpgrade, ClusterState, Resource, read};
use ztp_common::rollout::Hub;
use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport, assess};

use crate::away::Away;
use crate::status_list::state;
use crate::words::plain;
use crate::writing::Writing;

/// Watches until the CGU has ended, is gone, or the time is over.
///
/// # Errors
/// The hub cannot be asked at all.
pub fn for_end(writing: &Writing<'_>, namespace: &str, name: &str, timeout: Duration) -> Result<Outcome, Failure> {
    let server = writing.server()?;
    let query = Query::all(Resource::CLUSTER_GROUP_UPGRADE).in_namespace(namespace).named(name);
    let mut told = Told::default();
    let quiet = writing.terminal.quiet;
    let end = SignedDuration::try_from(timeout).ok().and_then(|time| Timestamp::now().checked_add(time).ok());
    let end = end.unwrap_or(Timestamp::MAX);
    let mut watched = |moment: Moment<'_>| {
        let (line, end) = match moment {
            // A missing right does not pass by itself.
            Moment::Away(error, _) if !error.is_away() => return ControlFlow::Break(Err(error.clone())),
            Moment::Away(error, since) => (told.away(Away::new(error, since), end), None),
            Moment::Back => (told.back(), None),
            Moment::Tick(_) => (None, None),
            Moment::Changed(recorded) => told.look(recorded, namespace, name),
        };
        if let Some(line) = line.filter(|_| !quiet) {
            eprintln!("{} {line}", Timestamp::now().strftime("%H:%M:%S UTC"));
        }
        end.map_or(ControlFlow::Continue(()), |end| ControlFlow::Break(Ok(end)))
    };
    let end = server.watch(&[query], Some(timeout), &mut watched)?.transpose()?;
    let argument = format!("{name} -n {namespace}{}", writing.facts.argument());
    match end {
        Some(Ending::Completed) => Ok(Outcome::Done),
        Some(Ending::Failed) => {
            eprintln!("next: oc talm retry {argument}");
            Ok(Outcome::No)
        }
        Some(Ending::Stuck) => {
            eprintln!("next: oc talm diagnose {argument}");
            Ok(Outcome::No)
        }
        Some(Ending::Gone) => Err(Failure::new(format!("ClusterGroupUpgrade {namespace}/{name} was deleted"))),
        None => {
            eprintln!("the rollout has not ended yet; it goes on without this command");
            eprintln!("next: oc talm status {argument}");
            Ok(Outcome::TimedOut)
        }
    }
}

enum Ending {
    Completed,
    Failed,
    Stuck,
    Gone,
}

/// What has been said, so that it is not said again.
#[derive(Default)]
struct Told {
    last: String,
    away: Option<Away>,
    seen: bool,
}

impl Told {
    fn away(&mut self, away: Away, end: Timestamp) -> Option<String> {
        let begins = away.begins(end, Timestamp::now());
        self.away.replace(away).is_none().then_some(begins)
    }

    fn back(&mut self) -> Option<String> {
        self.away.take().map(|away| away.ends(Timestamp::now()))
    }

    fn look(&mut self, recorded: &Recorded, namespace: &str, name: &str) -> (Option<String>, Option<Ending>) {
        let mut found: Option<ClusterGroupUpgrade> = None;
        // A source in memory always answers.
        let _ = recorded.each(
            &Query::all(Resource::CLUSTER_GROUP_UPGRADE).in_namespace(namespace).named(name),
            &mut |object| {
                found = read(object).ok();
            },
        );
        let Some(cgu) = found else { return (None, self.seen.then_some(Ending::Gone)) };
        self.seen = true;
        let report = assess(&Hub::default(), &cgu, Timestamp::now());
        let end = ending(&report);
        let line = line(&cgu, &report, end.is_some());
        let new = (line != self.last).then(|| line.clone());
        self.last = line;
        (new, end)
    }
}

/// Whether it has ended, and how: by the rule of `status`, as far as the CGU alone tells.
fn ending(report: &StatusReport) -> Option<Ending> {
    match report.state {
        CguState::PrecachingFailed | CguState::BackupFailed => Some(Ending::Stuck),
        _ if !report.state.is_final() => None,
        _ if report.is_dead_end() => Some(Ending::Failed),
        _ => Some(Ending::Completed),
    }
}

/// Where a CGU stands, by itself.
fn line(cgu: &ClusterGroupUpgrade, report: &StatusReport, has_ended: bool) -> String {
    let status = &cgu.status;
    let planned: usize = status.remediation_plan.iter().map(Vec::len).sum();
    let counted = |state: ClusterState| status.clusters.iter().filter(|cluster| cluster.state == state).count();
    let outcomes = status.clusters.iter().filter(|cluster| cluster.state == ClusterState::Complete);
    let complete: HashSet<&str> = outcomes.map(|cluster| cluster.name.as_str()).collect();
    let done = status.remediation_plan.iter().flatten().filter(|name| complete.contains(name.as_str())).count();
    let mut parts = vec![state(report)];
    if let Some((batch, _)) = status.current_batch() {
        parts.push(format!("batch {batch} of {}", status.remediation_plan.len()));
    }
    if planned > 0 {
        parts.push(format!("{done} of {planned} clusters complete"));
    }
    match counted(ClusterState::TimedOut) {
        0 => {}
        count => parts.push(format!("{count} timed out")),
    }
    for (progress, what) in
        [(ClusterProgress::PrecacheFailed, "not pre-cached"), (ClusterProgress::BackupFailed, "without a backup")]
    {
        parts.extend(report.counts.get(&progress).map(|count| format!("{count} {what}")));
    }
    if !report.message.is_empty() && !status.is_running() {
        parts.push(plain(&report.message));
    }
    if report.state.is_stuck() && !has_ended {
        parts.push("waits for a repair".to_owned());
    }
    parts.join("   ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn look(told: &mut Told, status: Value) -> (Option<String>, bool) {
        let mut recorded = Recorded::named("test");
        recorded.add(json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"}, "spec": {}, "status": status}));
        let (line, end) = told.look(&recorded, "n", "u");
        (line, end.is_some())
    }

    #[test]
    fn each_change_is_told_once_and_the_end_ends() {
        let mut told = Told::default();
        let running = json!({"conditions": [{"type": "Progressing", "status": "True", "reason": "InProgress"}],
            "remediationPlan": [["a"], ["b"]], "status": {"currentBatch": 2},
            "clusters": [{"name": "a", "state": "complete"}]});
        let line = "InProgress   batch 2 of 2   1 of 2 clusters complete";
        assert_eq!(look(&mut told, running.clone()), (Some(line.to_owned()), false));
        assert_eq!(look(&mut told, running), (None, false));
        let ended =
            json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut", "message": "m"}]});
        assert_eq!(look(&mut told, ended), (Some("TimedOut   m".to_owned()), true));
    }

    #[test]
    fn one_that_completed_without_all_of_its_clusters_has_failed() {
        let look = |status: Value| {
            let mut recorded = Recorded::named("test");
            recorded.add(json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
                "metadata": {"name": "u", "namespace": "n"}, "spec": {}, "status": status}));
            Told::default().look(&recorded, "n", "u")
        };
        let mut status = json!({"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed"}],
            "remediationPlan": [["a"]], "clusters": [{"name": "a", "state": "complete"}]});
        assert!(matches!(look(status.clone()).1, Some(Ending::Completed)));
        status["precaching"] = json!({"status": {"a": "Succeeded", "b": "UnrecoverableError"}});
        let (line, end) = look(status);
        assert_eq!(line.as_deref(), Some("Completed   1 of 1 clusters complete   1 not pre-cached"));
        assert!(matches!(end, Some(Ending::Failed)));
    }

    #[test]
    fn one_that_is_refused_says_that_it_waits_for_a_repair() {
        let mut told = Told::default();
        let refused = json!({"conditions": [{"type": "Validated", "status": "False",
            "reason": "NotAllManagedPoliciesExist", "message": "Missing managed policies: [gone]"}]});
        let line = "NotValid   Missing managed policies: [gone]   waits for a repair";
        assert_eq!(look(&mut told, refused.clone()), (Some(line.to_owned()), false));
        assert_eq!(look(&mut told, refused), (None, false));
    }

    #[test]
    fn a_deleted_cgu_ends_the_wait_and_one_not_there_yet_does_not() {
        let empty = Recorded::named("test");
        let mut told = Told::default();
        assert!(told.look(&empty, "n", "u").1.is_none());
        look(&mut told, json!({}));
        assert!(matches!(told.look(&empty, "n", "u").1, Some(Ending::Gone)));
    }
}
