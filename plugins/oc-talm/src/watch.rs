//! `oc talm status --watch`: rollouts followed until they end. On a terminal a frame is redrawn in place; elsewhere each
//! change is one line. What to say is computed as for a single look, from the picture that the watches keep up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use ztp_common::api::{ApiError, Moment, Problem};
use ztp_common::cli::{Failure, Outcome, Screen, Terminal, end_on_interrupt};
use ztp_common::inventory::{Query, Recorded};
use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport, assess, assess_all};
use ztp_common::rollout::{CopyReading, Hub, Key};

use crate::diagnose::causes;
use crate::facts::Facts;
use crate::status::{StatusArgs, findings_of, without_cgu};
use crate::status_list::{Rows, done, state};
use crate::words::{listed, plain, span, wrapped};
use crate::{status_list, status_text};

/// How rollouts are followed.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Time")]
pub struct WatchArgs {
    /// Follow them until they end; Ctrl-C only leaves the view
    #[arg(short, long)]
    pub watch: bool,
    /// How long to follow them, such as 40m
    #[arg(long, value_name = "DURATION", default_value = "24h", value_parser = duration, requires = "watch")]
    pub timeout: Duration,
}

fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no time such as 40m or 12h");
    let duration: SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(duration).ok().filter(|time| !time.is_zero()).ok_or_else(wrong)
}

/// Taking a picture of a large hub takes a while: most of the time is left to others.
const SHARE: u32 = 5;

/// Follows a rollout, or all of them.
///
/// # Errors
/// The hub is a recorded one, or does not let the user watch.
pub fn follow(args: &StatusArgs, watch: WatchArgs, mut facts: Facts, terminal: &Terminal) -> Result<Outcome, Failure> {
    let Some(server) = facts.server.take() else {
        return Err(Failure::new("a recorded hub does not change").fix("leave out --watch, or --from"));
    };
    if !args.output.is_text() {
        return Err(Failure::new("--watch makes no reports for machines").fix("leave out --output"));
    }
    let namespace = match &args.name {
        Some(_) => Some(args.namespace.clone().unwrap_or_else(|| facts.default_namespace().to_owned())),
        None => args.namespace.clone(),
    };
    let refused = facts.hub.refused.clone();
    let queries: Vec<Query<'static>> =
        Hub::watched().into_iter().filter(|query| !refused.contains(&query.resource)).collect();
    let first = Hub { copies: std::mem::take(&mut facts.hub.copies), ..Hub::default() };
    facts.hub.keep_copies_of(&first);
    let mut view = View {
        name: args.name.clone(),
        namespace,
        rows: if args.output == ztp_common::cli::Output::Wide { Rows::All } else { Rows::Frame },
        screen: Screen::new(terminal),
        terminal: *terminal,
        facts,
        first,
        seen: BTreeMap::new(),
        stale: false,
        taken: Instant::now(),
        cost: Duration::ZERO,
        trouble: None,
    };
    end_on_interrupt(if view.screen.is_live() { "\n" } else { "" });
    let ended = server.watch(&queries, Some(watch.timeout), &mut |moment| view.on(moment))?;
    let state = view.state();
    view.screen.finish();
    match ended {
        Some(ended) => ended,
        None => {
            let time = span(i64::try_from(watch.timeout.as_secs()).unwrap_or(i64::MAX));
            eprintln!("{state} after {time}: the outcome is open, and the command may be run again");
            Ok(Outcome::TimedOut)
        }
    }
}

/// How it ended.
type Ended = Result<Outcome, Failure>;

/// What is followed, and what has been told of it.
struct View {
    name: Option<String>,
    namespace: Option<String>,
    rows: Rows,
    screen: Screen,
    terminal: Terminal,
    facts: Facts,
    /// The copies that were read at the start; a watch follows none.
    first: Hub,
    seen: BTreeMap<Key, Seen>,
    /// Whether the picture has changed since it was taken.
    stale: bool,
    taken: Instant,
    cost: Duration,
    /// Why the server does not answer.
    trouble: Option<String>,
}

/// What has been told of a CGU.
#[derive(Default)]
struct Seen {
    state: Option<CguState>,
    batch: Option<usize>,
    complete: BTreeSet<String>,
    timed_out: BTreeSet<String>,
}

impl View {
    fn on(&mut self, moment: Moment<'_>) -> ControlFlow<Ended> {
        match moment {
            Moment::Changed(recorded) => {
                self.stale = true;
                self.look(recorded)
            }
            Moment::Tick(recorded) => self.look(recorded),
            Moment::Away(error, _) => self.away(error),
            Moment::Back => ControlFlow::Continue(()),
        }
    }

    /// Takes a new picture when there is one and it is time, moves the clocks, and shows it.
    fn look(&mut self, recorded: &Recorded) -> ControlFlow<Ended> {
        let mut hub = None;
        if self.stale && self.taken.elapsed() >= self.cost * SHARE {
            let began = Instant::now();
            match Hub::gather(recorded, CopyReading::Derived) {
                Ok(mut new) => {
                    new.keep_copies_of(&self.first);
                    hub = Some(new);
                }
                Err(error) => return ControlFlow::Break(Err(Failure::new(error.message))),
            }
            (self.stale, self.taken, self.cost) = (false, Instant::now(), began.elapsed());
            self.trouble = None;
        }
        let is_new = hub.is_some();
        self.facts.refresh(hub, Timestamp::now());
        if is_new || self.screen.is_live() { self.show() } else { ControlFlow::Continue(()) }
    }

    fn show(&mut self) -> ControlFlow<Ended> {
        let reports = self.reports();
        if reports.is_empty() && self.name.is_some() {
            return ControlFlow::Break(Err(Failure::new("the ClusterGroupUpgrade has been deleted")));
        }
        if self.screen.is_live() {
            let frame = self.frame(&reports);
            if let Err(failure) = self.screen.frame(&frame) {
                return ControlFlow::Break(Err(failure));
            }
        } else if let Err(failure) = self.tell(&reports) {
            return ControlFlow::Break(Err(failure));
        }
        if !reports.is_empty() && reports.iter().all(|report| report.state.is_final()) {
            let good = reports.iter().all(|report| report.state == CguState::Completed);
            return ControlFlow::Break(Ok(if good { Outcome::Done } else { Outcome::No }));
        }
        ControlFlow::Continue(())
    }

    fn reports(&self) -> Vec<StatusReport> {
        let (hub, at) = (&self.facts.hub, self.facts.at());
        match (&self.name, &self.namespace) {
            (Some(name), Some(namespace)) => {
                hub.cgu(namespace, name).map(|cgu| assess(hub, cgu, at)).into_iter().collect()
            }
            (_, namespace) => {
                let mut reports = assess_all(hub, at);
                reports.retain(|report| namespace.as_ref().is_none_or(|wanted| report.namespace == *wanted));
                reports
            }
        }
    }

    fn state(&self) -> String {
        match self.reports().as_slice() {
            [one] => state(one),
            all => format!("{} of {} CGUs ended", all.iter().filter(|r| r.state.is_final()).count(), all.len()),
        }
    }

    fn frame(&self, reports: &[StatusReport]) -> String {
        let facts = &self.facts;
        let mut text = match (&self.name, reports) {
            (Some(_), [report]) => {
                let cgu = facts.hub.cgu(&report.namespace, &report.name);
                let findings = cgu.map(|cgu| causes(facts, cgu)).unwrap_or_default();
                status_text::text(report, &findings, &self.terminal, self.rows, facts)
            }
            _ => {
                let first_cause = |report: &StatusReport| findings_of(facts, report).into_iter().next();
                let without = without_cgu(facts, self.namespace.as_deref());
                status_list::text(reports, &first_cause, &without, &self.terminal, self.rows, facts)
            }
        };
        if let Some(trouble) = &self.trouble {
            text += &wrapped(&format!("{}\n", self.terminal.out.warning(&plain(trouble))), self.terminal.width);
        }
        text
    }

    /// One line for each change since the last look.
    fn tell(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        let now = self.facts.clock();
        for report in reports {
            let seen = self.seen.entry((report.namespace.clone(), report.name.clone())).or_default();
            for line in changes(report, seen) {
                self.screen.line(now, &format!("{}/{} {}", report.namespace, report.name, plain(&line)))?;
            }
        }
        Ok(())
    }

    /// The server will be asked again, unless it refuses for good.
    fn away(&mut self, error: &ApiError) -> ControlFlow<Ended> {
        if matches!(error.problem, Problem::Forbidden | Problem::Unauthorized) {
            return ControlFlow::Break(Err(error.clone().into()));
        }
        let trouble = format!("{}; asked again until it answers", error.message);
        if self.trouble.as_ref() != Some(&trouble) {
            self.trouble = Some(trouble.clone());
            if self.screen.is_live() {
                let frame = self.frame(&self.reports());
                if let Err(failure) = self.screen.frame(&frame) {
                    return ControlFlow::Break(Err(failure));
                }
            } else if let Err(failure) = self.screen.line(Timestamp::now(), &trouble) {
                return ControlFlow::Break(Err(failure));
            }
        }
        ControlFlow::Continue(())
    }
}

/// What has changed, in words, and remembers it.
fn changes(report: &StatusReport, seen: &mut Seen) -> Vec<String> {
    let names = |progress: &[ClusterProgress]| -> BTreeSet<String> {
        report.clusters.iter().filter(|c| progress.contains(&c.progress)).map(|c| c.name.clone()).collect()
    };
    let now = Seen {
        state: Some(report.state.clone()),
        batch: report.current_batch,
        complete: names(&[ClusterProgress::Complete]),
        timed_out: names(&[ClusterProgress::TimedOut]),
    };
    let mut lines = Vec::new();
    if seen.state.is_some() {
        // Clusters that were compliant from the start are complete as soon as it runs.
        let complete: Vec<&String> = now.complete.difference(&seen.complete).collect();
        if !complete.is_empty() {
            lines.push(format!("complete: {}   {}", listed(&complete, 10), done(report)));
        }
        let timed_out: Vec<&String> = now.timed_out.difference(&seen.timed_out).collect();
        if !timed_out.is_empty() {
            lines.push(format!("timed out: {}", listed(&timed_out, 10)));
        }
    }
    if seen.state != now.state {
        lines.push(format!("{}   {}", state(report), report.story));
    } else if seen.batch != now.batch {
        lines.push(report.story.clone());
    }
    *seen = now;
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn report(status: Value, compliant: &[(&str, &str)]) -> StatusReport {
        let mut recorded = Recorded::named("test");
        let states: Vec<Value> = compliant.iter().map(|(c, s)| json!({"clustername": c, "compliant": s})).collect();
        recorded.add(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": "p", "namespace": "n"}, "status": {"status": states}}));
        let mut cgu = json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"}, "spec": {"managedPolicies": ["p"]}, "status": status});
        cgu["status"]["remediationPlan"] = json!([["a"], ["b"]]);
        cgu["status"]["managedPoliciesForUpgrade"] = json!([{"name": "p", "namespace": "n"}]);
        recorded.add(cgu);
        let hub = Hub::gather(&recorded, CopyReading::Derived).unwrap();
        assess(&hub, hub.cgu("n", "u").unwrap(), "2026-01-01T10:20:00Z".parse().unwrap())
    }

    #[test]
    fn each_change_is_one_line_and_told_once() {
        let running = json!([{"type": "Progressing", "status": "True", "reason": "InProgress"}]);
        let batch = |number: i64, cluster: &str, done: Value| {
            json!({"conditions": running, "clusters": done, "status": {"currentBatch": number,
                "currentBatchRemediationProgress": {cluster: {"state": "InProgress", "policyIndex": 0}}}})
        };
        let mut seen = Seen::default();
        let first = report(batch(1, "a", json!([])), &[("a", "NonCompliant"), ("b", "NonCompliant")]);
        assert_eq!(
            changes(&first, &mut seen),
            ["InProgress   batch 1 of 2: 1 at policy p; 1 cluster in later batches"]
        );
        assert_eq!(changes(&first, &mut seen), [""; 0]);
        let complete = json!([{"name": "a", "state": "complete"}]);
        let second = report(batch(2, "b", complete.clone()), &[("a", "Compliant"), ("b", "NonCompliant")]);
        assert_eq!(changes(&second, &mut seen), ["complete: a   1/2", "batch 2 of 2: 1 at policy p"]);
        let ended = json!({"clusters": [{"name": "a", "state": "complete"}, {"name": "b", "state": "timedout"}],
            "conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut", "message": "too long"}]});
        let third = report(ended, &[("a", "Compliant"), ("b", "NonCompliant")]);
        assert_eq!(
            changes(&third, &mut seen),
            ["timed out: b", "TimedOut   its time ran out on b at policy p; 1 complete"]
        );
    }

    #[test]
    fn a_time_is_positive() {
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert!(duration("0s").is_err() && duration("-1m").is_err() && duration("soon").is_err());
    }
}
