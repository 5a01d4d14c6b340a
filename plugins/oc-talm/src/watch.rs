//! `oc talm status --watch`: rollouts followed until they end. On a terminal a frame is redrawn in place; elsewhere each
//! change is one line. What to say is computed as for a single look, from the picture that the watches keep up to date.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use ztp_common::api::{ApiError, Moment, Problem, Server};
use ztp_common::cli::duration::duration;
use ztp_common::cli::{Failure, Outcome, Screen, Terminal, end_on_interrupt};
use ztp_common::inventory::{InventoryError, Query, Recorded};
use ztp_common::rollout::{Hub, ReadCopies};

use crate::away::Away;
use crate::changes::Told;
use crate::facts::{Facts, failure};
use crate::look::Selection;
use crate::selection::{self, Asked};
use crate::status::StatusArgs;
use crate::status_list::Rows;
use crate::words::span;

mod show;

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
            let gathered = Hub::gather_watched(recorded, self.server, &mut self.copies, &self.facts.hub.refused);
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
