//! Waiting for the end of a rollout: a line for each change, whatever happens to the connection.

use std::ops::ControlFlow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ztp_common::api::Moment;
use ztp_common::cli::{Failure, Outcome};
use ztp_common::inventory::{Inventory, Query, Recorded};
use ztp_common::resource::{ClusterGroupUpgrade, ClusterState, Resource, read};
use ztp_common::rollout::Hub;
use ztp_common::rollout::status::{CguState, assess};

use crate::away::Away;
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
        let (line, state) = line(&cgu);
        let end = match state {
            CguState::Completed => Some(Ending::Completed),
            CguState::TimedOut | CguState::Failed => Some(Ending::Failed),
            CguState::PrecachingFailed | CguState::BackupFailed => Some(Ending::Stuck),
            _ => None,
        };
        let new = (line != self.last).then(|| line.clone());
        self.last = line;
        (new, end)
    }
}

/// Where a CGU stands, by itself.
fn line(cgu: &ClusterGroupUpgrade) -> (String, CguState) {
    let report = assess(&Hub::default(), cgu, Timestamp::now());
    let status = &cgu.status;
    let planned: usize = status.remediation_plan.iter().map(Vec::len).sum();
    let counted = |state: ClusterState| status.clusters.iter().filter(|cluster| cluster.state == state).count();
    let in_plan = status.remediation_plan.iter().flatten();
    let done =
        in_plan.filter(|name| status.clusters.iter().any(|c| c.name == **name && c.state == ClusterState::Complete));
    let mut parts = vec![format!("{:?}", report.state)];
    if let Some((batch, _)) = status.current_batch() {
        parts.push(format!("batch {batch} of {}", status.remediation_plan.len()));
    }
    if planned > 0 {
        parts.push(format!("{} of {planned} clusters complete", done.count()));
    }
    match counted(ClusterState::TimedOut) {
        0 => {}
        count => parts.push(format!("{count} timed out")),
    }
    if !report.message.is_empty() && !status.is_running() {
        parts.push(plain(&report.message));
    }
    (parts.join("   "), report.state)
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
    fn a_deleted_cgu_ends_the_wait_and_one_not_there_yet_does_not() {
        let empty = Recorded::named("test");
        let mut told = Told::default();
        assert!(told.look(&empty, "n", "u").1.is_none());
        look(&mut told, json!({}));
        assert!(matches!(told.look(&empty, "n", "u").1, Some(Ending::Gone)));
    }
}
