//! `oc talm status --watch`: rollouts followed until they end. On a terminal a frame is redrawn in place; elsewhere each
//! change is one line. What to say is computed as for a single look, from the picture that the watches keep up to date.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::Timestamp;
use ztp_common::api::{ApiError, Moment, Problem, Server};
use ztp_common::cli::duration::duration;
use ztp_common::cli::{Failure, Outcome, Screen, Terminal, end_on_interrupt};
use ztp_common::inventory::{InventoryError, Query, Recorded};
use ztp_common::rollout::status::{Attention, CguState, Chosen, StatusReport, assess, cluster_rows, narrow};
use ztp_common::rollout::{Hub, Key, ReadCopies};

use crate::facts::{Facts, failure};
use crate::look::{Look, Selection};
use crate::selection::{self, Asked};
use crate::status::{self, StatusArgs, findings_of, without_cgu};
use crate::status_list::{Rows, state};
use crate::watch_lines::{Seen, changes};
use crate::words::{plain, span, wrapped};
use crate::{cluster_list, status_list, status_text};

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

/// Taking a picture of a large hub takes a while: most of the time is left to others.
const SHARE: u32 = 5;

/// Follows a rollout, or all of them.
///
/// # Errors
/// The hub is a recorded one, or does not let the user watch.
pub fn follow(
    args: &StatusArgs,
    asked: Option<Asked>,
    mut facts: Facts,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
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
    let watch = args.watch;
    let selection = Selection::of(asked.as_ref(), &facts)?;
    let refused = facts.hub.refused.clone();
    let queries: Vec<Query<'static>> =
        Hub::watched().into_iter().filter(|query| !refused.contains(&query.resource)).collect();
    let mut view = View {
        name: args.name.clone(),
        namespace,
        asked,
        selection,
        rows: if args.output == ztp_common::cli::Output::Wide { Rows::All } else { Rows::Frame },
        screen: Screen::new(terminal),
        terminal: *terminal,
        facts,
        server: &server,
        copies: ReadCopies::default(),
        seen: BTreeMap::new(),
        stale: false,
        taken: Instant::now(),
        cost: Duration::ZERO,
        trouble: None,
    };
    if let Some(Selection { chosen, .. }) = view.selection.as_ref().filter(|_| !view.screen.is_live()) {
        let unknown = selection::unknown(chosen, &view.facts.hub, terminal, Rows::Short.limit());
        unknown.iter().for_each(|line| eprintln!("{line}"));
    }
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
struct View<'s> {
    name: Option<String>,
    namespace: Option<String>,
    asked: Option<Asked>,
    /// What was asked for, as the last picture has it.
    selection: Option<Selection>,
    rows: Rows,
    screen: Screen,
    terminal: Terminal,
    facts: Facts,
    server: &'s Server,
    /// Copies that a watch does not follow and no root tells of.
    copies: ReadCopies,
    seen: BTreeMap<Key, Seen>,
    /// Whether the picture has changed since it was taken.
    stale: bool,
    taken: Instant,
    cost: Duration,
    /// Why the server does not answer.
    trouble: Option<String>,
}

impl View<'_> {
    fn on(&mut self, moment: Moment<'_>) -> ControlFlow<Ended> {
        match moment {
            Moment::Changed(recorded) => {
                self.stale = true;
                self.look(recorded)
            }
            Moment::Tick(recorded) => self.look(recorded),
            Moment::Away(error) => self.away(error),
        }
    }

    /// Takes a new picture when there is one and it is time, moves the clocks, and shows it.
    fn look(&mut self, recorded: &Recorded) -> ControlFlow<Ended> {
        let mut hub = None;
        if self.stale && self.taken.elapsed() >= self.cost * SHARE {
            let began = Instant::now();
            let gathered = Hub::gather_watched(recorded, self.server, &mut self.copies);
            (self.taken, self.cost) = (Instant::now(), began.elapsed());
            match gathered {
                Ok(new) => hub = Some(new),
                Err(error) => return self.unread(&error),
            }
            self.stale = false;
            self.trouble = None;
        }
        let is_new = hub.is_some();
        self.facts.refresh(hub, Timestamp::now());
        if is_new {
            // Labels may have changed, and clusters come and go.
            match Selection::of(self.asked.as_ref(), &self.facts) {
                Ok(selection) => self.selection = selection,
                Err(failure) => return ControlFlow::Break(Err(failure)),
            }
        }
        if is_new || self.screen.is_live() { self.show() } else { ControlFlow::Continue(()) }
    }

    fn show(&mut self) -> ControlFlow<Ended> {
        let reports = self.reports();
        if reports.is_empty() && self.name.is_some() {
            return ControlFlow::Break(Err(Failure::new("the ClusterGroupUpgrade has been deleted")));
        }
        if self.screen.is_live() {
            let frame = self.frame(&reports);
            self.screen.frame(&frame);
        } else if let Err(failure) = self.tell(&reports) {
            return ControlFlow::Break(Err(failure));
        }
        if !reports.is_empty() && reports.iter().all(|report| report.state.is_final()) {
            let good = match self.chosen() {
                None => reports.iter().all(|report| report.state == CguState::Completed),
                Some(chosen) => {
                    let rows = cluster_rows(&reports, chosen);
                    chosen.unknown.is_empty() && rows.iter().all(|row| row.attention != Attention::Needed)
                }
            };
            return ControlFlow::Break(Ok(if good { Outcome::Done } else { Outcome::No }));
        }
        ControlFlow::Continue(())
    }

    fn chosen(&self) -> Option<&Chosen> {
        self.selection.as_ref().map(|selection| &selection.chosen)
    }

    fn reports(&self) -> Vec<StatusReport> {
        let (hub, at) = (&self.facts.hub, self.facts.at());
        let (Some(name), Some(namespace)) = (&self.name, &self.namespace) else {
            return status::reports(&self.facts, self.namespace.as_deref(), self.chosen());
        };
        let mut report = hub.cgu(namespace, name).map(|cgu| assess(hub, cgu, at));
        if let (Some(report), Some(chosen)) = (&mut report, self.chosen()) {
            narrow(report, hub, chosen);
        }
        report.into_iter().collect()
    }

    fn state(&self) -> String {
        match self.reports().as_slice() {
            [one] => state(one),
            all => format!("{} of {} CGUs ended", all.iter().filter(|r| r.state.is_final()).count(), all.len()),
        }
    }

    fn frame(&self, reports: &[StatusReport]) -> String {
        let facts = &self.facts;
        let cgu = reports.first().filter(|_| self.name.is_some());
        let cgu = cgu.and_then(|report| facts.hub.cgu(&report.namespace, &report.name));
        let mut text = match (cgu, self.chosen()) {
            (Some(cgu), _) => {
                let look = Look::at(facts, cgu, self.selection.clone());
                status_text::text(&look, &self.terminal, self.rows, facts)
            }
            (None, Some(chosen)) => {
                let namespace = self.namespace.as_deref();
                let without = without_cgu(facts, namespace, Some(chosen));
                let rows = cluster_rows(reports, chosen);
                cluster_list::text(&rows, chosen, namespace, &without, &self.terminal, self.rows, facts)
            }
            (None, None) => {
                let first_cause = |report: &StatusReport| findings_of(facts, report).into_iter().next();
                let without = without_cgu(facts, self.namespace.as_deref(), None);
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
        let is_narrow = self.selection.is_some();
        for report in reports {
            let seen = self.seen.entry((report.namespace.clone(), report.name.clone())).or_default();
            for line in changes(report, seen, is_narrow) {
                self.screen.line(now, &format!("{}/{} {}", report.namespace, report.name, plain(&line)))?;
            }
        }
        Ok(())
    }

    /// Copies cannot be read now; what they belong to is still shown as it was.
    fn unread(&mut self, error: &InventoryError) -> ControlFlow<Ended> {
        match error.source.as_ref().and_then(|source| source.downcast_ref::<ApiError>()) {
            Some(error) if error.is_away() => self.away(error),
            _ => ControlFlow::Break(Err(failure(error))),
        }
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
                self.screen.frame(&frame);
            } else if let Err(failure) = self.screen.line(Timestamp::now(), &trouble) {
                return ControlFlow::Break(Err(failure));
            }
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_positive() {
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert!(duration("0s").is_err() && duration("-1m").is_err() && duration("soon").is_err());
    }
}
