//! `oc talm status --watch`: rollouts followed until they end. On a terminal a frame is redrawn in place; elsewhere each
//! change is one line. What to say is computed as for a single look, from the picture that the watches keep up to date.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use ztp_common::api::{ApiError, Moment, Problem, Server};
use ztp_common::cli::duration::duration;
use ztp_common::cli::{Failure, Outcome, Screen, Terminal, end_on_interrupt};
use ztp_common::finding::Finding;
use ztp_common::inventory::{InventoryError, Query, Recorded};
use ztp_common::rollout::status::{Chosen, StatusReport, assess, cluster_rows, narrow};
use ztp_common::rollout::{Hub, ReadCopies};

use crate::away::{Away, moment};
use crate::changes::{Told, of_all};
use crate::facts::{Facts, failure};
use crate::frame::fitted;
use crate::look::{Look, Selection};
use crate::selection::{self, Asked};
use crate::status::{self, StatusArgs, error_findings, findings_of, without_cgu};
use crate::status_list::{Room, Rows, state};
use crate::verdict::verdict;
use crate::words::span;
use crate::{cluster_list, status_list, status_text};

/// How rollouts are followed.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Time")]
pub struct WatchArgs {
    /// Follow them until each is Completed, TimedOut or Failed
    ///
    /// One that is blocked, refused, or not enabled has not ended: it keeps the view open, and so does a hub without CGUs. When
    /// nothing that is left can end unless somebody repairs it, the view says so. Ctrl-C only leaves the view.
    #[arg(short, long)]
    pub watch: bool,
    /// How long to follow them, such as 40m
    #[arg(long, value_name = "DURATION", default_value = "24h", value_parser = duration, requires = "watch")]
    pub timeout: Duration,
}

/// Taking a picture of a large hub takes a while: most of the time is left to others.
const SHARE: u32 = 5;

/// Without news, lines about what only time brings are looked for this often.
const PAUSE: Duration = Duration::from_secs(10);

/// Follows a rollout, or all of them.
///
/// # Errors
/// There is no such rollout, the hub is a recorded one, or does not let the user watch.
pub fn follow(
    args: &StatusArgs,
    asked: Option<Asked>,
    mut facts: Facts,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let watch = args.watch;
    let Some(server) = facts.server.take() else {
        return Err(Failure::new("a recorded hub does not change").fix("leave out --watch, or --from"));
    };
    if !args.output.is_text() {
        return Err(Failure::new("--watch makes no reports for machines").fix("leave out --output"));
    }
    let namespace = match &args.name {
        Some(name) => Some(name.cgu(args.namespace(), &facts)?.metadata.namespace.clone()),
        None => args.namespace().map(str::to_owned),
    };
    let selection = Selection::of(asked.as_ref(), &facts)?;
    let refused = facts.hub.refused.clone();
    let queries: Vec<Query<'static>> =
        Hub::watched().into_iter().filter(|query| !refused.contains(&query.resource)).collect();
    let now = Instant::now();
    let mut view = View {
        name: args.name.as_ref().map(|named| named.name.clone()),
        namespace,
        told: Told::new(asked.is_some()),
        asked,
        selection,
        wide: args.output == ztp_common::cli::Output::Wide,
        screen: Screen::new(terminal),
        terminal: *terminal,
        until: SignedDuration::try_from(watch.timeout).ok().and_then(|time| Timestamp::now().checked_add(time).ok()),
        facts,
        server: &server,
        copies: ReadCopies::default(),
        away: None,
        no_copies: false,
        is_changed: false,
        picture: Work { ended: now, took: Duration::ZERO },
        is_new: true,
        shown: Work { ended: now, took: Duration::ZERO },
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
    /// What was asked for, as all pictures so far have it.
    selection: Option<Selection>,
    wide: bool,
    screen: Screen,
    terminal: Terminal,
    /// The end of the time; `None` when no calendar reaches as far.
    until: Option<Timestamp>,
    facts: Facts,
    server: &'s Server,
    /// Copies that a watch does not follow and no root tells of.
    copies: ReadCopies,
    told: Told,
    /// The hub, as long as it does not answer.
    away: Option<Away>,
    /// Whether it does not answer about copies, which no watch follows.
    no_copies: bool,
    /// Whether the hub has changed since the picture was taken.
    is_changed: bool,
    picture: Work,
    /// Whether the picture has not been shown yet.
    is_new: bool,
    shown: Work,
}

/// Something that is done again and again, and takes a while on a large hub.
struct Work {
    ended: Instant,
    took: Duration,
}

impl Work {
    /// Whether enough time was left to others, and at least this pause.
    fn is_due(&self, pause: Duration) -> bool {
        self.ended.elapsed() >= pause.max(self.took * SHARE)
    }

    fn done(began: Instant) -> Self {
        Self { ended: Instant::now(), took: began.elapsed() }
    }
}

impl View<'_> {
    fn on(&mut self, moment: Moment<'_>) -> ControlFlow<Ended> {
        let told = match moment {
            Moment::Changed(recorded) => {
                self.is_changed = true;
                return self.look(recorded);
            }
            Moment::Tick(recorded) => return self.look(recorded),
            // A missing right does not pass by itself.
            Moment::Away(error, _) if matches!(error.problem, Problem::Forbidden | Problem::Unauthorized) => {
                Err(error.clone().into())
            }
            Moment::Away(error, since) => self.away(error, since),
            Moment::Back => self.back(),
        };
        or_end(told)
    }

    /// Takes a new picture when there is one and it is time, moves the clocks, and shows it.
    fn look(&mut self, recorded: &Recorded) -> ControlFlow<Ended> {
        let mut hub = None;
        if self.is_changed && self.picture.is_due(Duration::ZERO) {
            let began = Instant::now();
            let gathered = Hub::gather_watched(recorded, self.server, &mut self.copies);
            self.picture = Work::done(began);
            match gathered {
                Ok(new) => hub = Some(new),
                Err(error) => return or_end(self.unread(&error)),
            }
            (self.is_changed, self.is_new) = (false, true);
            if std::mem::take(&mut self.no_copies) {
                or_end(self.back())?;
            }
        }
        self.facts.refresh(hub, Timestamp::now(), self.away.as_ref().map(|away| away.since));
        if self.is_new {
            // Labels may have changed, and clusters come and go.
            if let (Some(selection), Some(asked)) = (&mut self.selection, &self.asked) {
                or_end(selection.renew(asked, &self.facts))?;
            }
        }
        let pause = if self.is_new || self.screen.is_live() { Duration::ZERO } else { PAUSE };
        if !self.shown.is_due(pause) {
            return ControlFlow::Continue(());
        }
        let began = Instant::now();
        let end = self.show();
        (self.is_new, self.shown) = (false, Work::done(began));
        end
    }

    fn show(&mut self) -> ControlFlow<Ended> {
        let reports = self.reports();
        if let (Some(name), Some(namespace), true) = (&self.name, &self.namespace, reports.is_empty()) {
            let gone = format!("ClusterGroupUpgrade {namespace}/{name} was deleted while watched");
            return ControlFlow::Break(Err(Failure::new(gone)));
        }
        let have_ended = !reports.is_empty() && reports.iter().all(|report| report.state.is_final());
        if have_ended {
            // The hub has told the end, even if not all kinds answer again.
            or_end(self.back())?;
        }
        or_end(if self.screen.is_live() { self.draw(&reports) } else { self.tell(&reports) })?;
        if have_ended {
            or_end(self.tell_errors(&reports))?;
            return ControlFlow::Break(Ok(self.outcome(&reports)));
        }
        ControlFlow::Continue(())
    }

    /// The answer when all have ended, by the rule of a single look.
    fn outcome(&self, reports: &[StatusReport]) -> Outcome {
        let facts = &self.facts;
        let without = self.without_cgu();
        match (self.chosen(), reports) {
            (Some(chosen), _) => status::of_rows(&cluster_rows(reports, chosen), chosen, &without),
            (None, [one]) if self.name.is_some() => verdict(one.is_dead_end(), &findings_of(facts, one)),
            (None, _) => status::of_all(facts, reports, &without),
        }
    }

    /// Off a terminal, the errors that the outcome is about beside the state. With clusters selected it is about these.
    fn tell_errors(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        if self.screen.is_live() || self.selection.is_some() {
            return Ok(());
        }
        let (facts, is_one) = (&self.facts, self.name.is_some());
        let findings = |report: &StatusReport| match is_one {
            true => findings_of(facts, report),
            false => error_findings(facts, report),
        };
        let diagnose = |report: &StatusReport| {
            format!("oc talm diagnose {} -n {}{}", report.name, report.namespace, facts.argument())
        };
        let lines = self.told.errors(reports, &findings, &diagnose);
        lines.iter().try_for_each(|line| self.screen.line(self.facts.clock(), line))
    }

    /// Errors of clusters without a CGU, unless one CGU is followed.
    fn without_cgu(&self) -> Vec<Finding> {
        match self.name {
            Some(_) => Vec::new(),
            None => without_cgu(&self.facts, self.namespace.as_deref(), self.chosen()),
        }
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

    /// What is wrong with a CGU, as far as it concerns the clusters asked about.
    fn findings(&self, report: &StatusReport) -> Vec<Finding> {
        let findings = findings_of(&self.facts, report);
        if let Some(chosen) = self.chosen() { chosen.findings(findings).0 } else { findings }
    }

    fn state(&self) -> String {
        match self.reports().as_slice() {
            [one] => state(one),
            all => format!("{} of {} CGUs ended", all.iter().filter(|r| r.state.is_final()).count(), all.len()),
        }
    }

    /// Draws a frame.
    fn draw(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        let Some(size) = self.screen.size() else { return Ok(()) };
        let terminal = Terminal { width: Some(size.columns), ..self.terminal };
        let away = self.away.as_ref().map(|away| away.goes_on(self.end(), self.facts.clock()));
        self.facts.banner = away.into_iter().chain(self.whole(reports)).collect();
        let facts = &self.facts;
        let namespace = self.namespace.as_deref();
        let cgu = reports.first().filter(|_| self.name.is_some());
        let cgu = cgu.and_then(|report| facts.hub.cgu(&report.namespace, &report.name));
        let frame = |text: &dyn Fn(Room) -> String| fitted(size, self.wide, text);
        let frame = match (cgu, self.chosen()) {
            (Some(cgu), _) => {
                let look = Look::at(facts, cgu, self.selection.clone());
                frame(&|room| status_text::text(&look, &terminal, Rows::Frame(room), facts))
            }
            (None, Some(chosen)) => {
                let without = without_cgu(facts, namespace, Some(chosen));
                let rows = cluster_rows(reports, chosen);
                frame(&|room| {
                    cluster_list::text(&rows, chosen, namespace, &without, &terminal, Rows::Frame(room), facts)
                })
            }
            (None, None) => {
                let causes = RefCell::new(HashMap::new());
                let first_cause = |report: &StatusReport| -> Option<Finding> {
                    let key = (report.namespace.clone(), report.name.clone());
                    let mut causes = causes.borrow_mut();
                    causes.entry(key).or_insert_with(|| findings_of(facts, report).into_iter().next()).clone()
                };
                let without = without_cgu(facts, namespace, None);
                frame(&|room| status_list::text(reports, &first_cause, &without, &terminal, Rows::Frame(room), facts))
            }
        };
        self.screen.frame(&frame)
    }

    /// One line for each change since the last look.
    fn tell(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        let mut told = std::mem::take(&mut self.told);
        let facts = &self.facts;
        let without = self.without_cgu();
        let whole = self.whole(reports);
        let again = self.selection.as_ref().map_or("", |selection| selection.again.as_str());
        let diagnose = |report: &StatusReport| {
            format!("oc talm diagnose {} -n {}{again}{}", report.name, report.namespace, facts.argument())
        };
        let is_there = |namespace: &str, name: &str| facts.hub.cgu(namespace, name).is_some();
        let findings = |report: &StatusReport| self.findings(report);
        let lines = told.lines(reports, &findings, &without, whole.as_slice(), &is_there, &diagnose);
        self.told = told;
        lines.iter().try_for_each(|line| self.screen.line(self.facts.clock(), line))
    }

    /// What holds for all that is followed.
    fn whole(&self, reports: &[StatusReport]) -> Option<String> {
        let until = moment(self.end(), self.facts.clock());
        let with = self.chosen().map_or("", |_| " with these clusters");
        let place = self.namespace.as_ref().map(|namespace| format!(" in namespace {namespace:?}"));
        of_all(reports, self.name.is_some(), &format!("{with}{}", place.unwrap_or_default()), &until)
    }

    fn end(&self) -> Timestamp {
        self.until.unwrap_or(Timestamp::MAX)
    }

    /// Copies cannot be read now; what they belong to is still shown as it was.
    fn unread(&mut self, error: &InventoryError) -> Result<(), Failure> {
        match error.source.as_ref().and_then(|source| source.downcast_ref::<ApiError>()) {
            Some(error) if error.is_away() => {
                self.no_copies = true;
                let since = self.away.as_ref().map_or_else(Timestamp::now, |away| away.since);
                self.away(error, since)
            }
            _ => Err(failure(error)),
        }
    }

    /// The server will be asked again.
    fn away(&mut self, error: &ApiError, since: Timestamp) -> Result<(), Failure> {
        let now = Timestamp::now();
        let away = Away::new(error, since);
        let begins = away.begins(self.end(), now);
        self.facts.refresh(None, now, Some(since));
        if self.away.replace(away).is_some() {
            return Ok(());
        }
        if self.screen.is_live() { self.draw(&self.reports()) } else { self.screen.line(now, &begins) }
    }

    /// A new picture follows.
    fn back(&mut self) -> Result<(), Failure> {
        let now = Timestamp::now();
        let line = self.away.take().map(|away| away.ends(now));
        self.facts.refresh(None, now, None);
        line.map_or(Ok(()), |line| self.screen.line(now, &line))
    }
}

fn or_end(told: Result<(), Failure>) -> ControlFlow<Ended> {
    told.map_or_else(|failure| ControlFlow::Break(Err(failure)), ControlFlow::Continue)
}
