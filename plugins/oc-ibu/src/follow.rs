//! Following one cluster to the end of a stage: redrawn in place on a terminal, a line for each change elsewhere.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use ztp_common::api::{ApiError, Moment, Problem};
use ztp_common::cli::{Failure, Screen, Symbol, Terminal, end_on_interrupt};
use ztp_common::inventory::{Inventory, Query, Recorded};
use ztp_common::upgrade::clock::seconds;
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::ImageBasedUpgrade;
use ztp_common::upgrade::wait::{Line, Mark, Progress, Seen, Verdict, Wait};

use crate::elapsed::elapsed;
use crate::facts::printable;
use crate::target::Target;

/// A watch is made anew after this time: the reboot exchanges the database, and a watch that goes on from a version of
/// the other one stays silent.
pub const SLICE: Duration = Duration::from_secs(30);
/// Numbers that only count up are told this often, in seconds.
const COUNTS: i64 = 30;

/// How the following ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With a verdict.
    Verdict(Verdict),
    /// By `--timeout`.
    TimedOut,
}

/// The end, and what was seen last.
#[derive(Clone, Debug)]
pub struct Followed {
    /// How it ended.
    pub ended: Ended,
    /// The last real reason why it was not over.
    pub reason: String,
    /// The object as it was seen last.
    pub ibu: Option<ImageBasedUpgrade>,
    /// The release that ran then.
    pub release: Option<String>,
}

/// What is there now, kept so that clocks can go on.
enum Now {
    Object(Box<ImageBasedUpgrade>, Option<String>),
    Missing,
    Away(String),
}

/// Follows a cluster until the verdict or the end of the time.
///
/// # Errors
/// The cluster may not be read, or standard output cannot be written.
pub fn follow(target: &Target, mut wait: Wait, limit: Duration, terminal: &Terminal) -> Result<Followed, Failure> {
    let mut view = View::new(target.title(), limit, terminal);
    let mut now: Option<Now> = None;
    let mut last: (Option<ImageBasedUpgrade>, Option<String>) = (None, None);
    let queries = [Query::all(kinds::IBU), Query::all(kinds::CLUSTER_VERSION)];
    let ended = loop {
        let Some(left) = view.left().filter(|left| !left.is_zero()) else { break Ok(Ended::TimedOut) };
        let mut failure = None;
        let verdict = target.server.watch(&queries, Some(SLICE.min(left)), &mut |moment| {
            match take(moment, &wait) {
                Ok(Some(seen)) => now = Some(seen),
                Ok(None) => {}
                Err(error) => {
                    failure = Some(error);
                    return ControlFlow::Break(None);
                }
            }
            let Some(now) = &now else { return ControlFlow::Continue(()) };
            if let Now::Object(ibu, release) = now {
                last = (Some((**ibu).clone()), release.clone());
            }
            match step(&mut wait, now, &mut view) {
                Ok(None) => ControlFlow::Continue(()),
                Ok(Some(verdict)) => ControlFlow::Break(Some(verdict)),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(None)
                }
            }
        });
        match (verdict, failure) {
            (_, Some(failure)) => break Err(failure),
            (Ok(Some(Some(verdict))), None) => break Ok(Ended::Verdict(verdict)),
            (Ok(_), None) => {}
            (Err(error), None) => break Err(error.into()),
        }
    };
    view.screen.finish();
    Ok(Followed { ended: ended?, reason: wait.reason().to_owned(), ibu: last.0, release: last.1 })
}

/// What a moment of the watch shows; nothing when only time has passed.
fn take(moment: Moment<'_>, wait: &Wait) -> Result<Option<Now>, Failure> {
    match moment {
        Moment::Tick(_) | Moment::Back => Ok(None),
        // While a node boots, the API of the seed may not know us yet.
        Moment::Away(error, _) if !error.is_away() && error.problem != Problem::Other && !wait.may_reboot() => {
            Err(error.clone().into())
        }
        Moment::Away(error, _) => Ok(Some(Now::Away(reason(error)))),
        Moment::Changed(objects) => Ok(Some(object(objects))),
    }
}

fn object(objects: &Recorded) -> Now {
    let first = |resource| {
        let mut found: Option<Value> = None;
        // Recorded objects can always be lent.
        let _ = objects.each(&Query::all(resource), &mut |object| found = Some(object.clone()));
        found
    };
    let release = first(kinds::CLUSTER_VERSION)
        .and_then(|version| Some(version.pointer("/status/desired/version")?.as_str()?.to_owned()));
    match first(kinds::IBU).map(printable).and_then(|object| ImageBasedUpgrade::deserialize(object).ok()) {
        Some(ibu) => Now::Object(Box::new(ibu), release),
        None => Now::Missing,
    }
}

/// The reason below the sentence, which would say only that a watch has failed.
pub fn reason(error: &ApiError) -> String {
    error.reasons.first().cloned().unwrap_or_else(|| error.message.clone())
}

fn step(wait: &mut Wait, now: &Now, view: &mut View<'_>) -> Result<Option<Verdict>, Failure> {
    let clock = Timestamp::now();
    let seen = match now {
        Now::Object(ibu, release) => Seen::Object(ibu, release.as_deref()),
        Now::Missing => Seen::Missing,
        Now::Away(why) => Seen::Away(why),
    };
    let progress = wait.observe(seen, clock);
    view.show(&progress, clock)?;
    Ok(progress.verdict)
}

/// Where progress is shown.
pub struct View<'t> {
    pub(crate) screen: Screen,
    title: &'t str,
    started: Timestamp,
    limit: Duration,
    terminal: &'t Terminal,
    /// For each step, what was told of it, without digits, and when.
    told: HashMap<&'static str, (String, String, Timestamp)>,
}

impl<'t> View<'t> {
    /// A view that begins now.
    pub fn new(title: &'t str, limit: Duration, terminal: &'t Terminal) -> Self {
        let screen = Screen::new(terminal);
        end_on_interrupt(if screen.is_live() { "\n" } else { "" });
        Self { screen, title, started: Timestamp::now(), limit, terminal, told: HashMap::new() }
    }

    /// How much time is left.
    pub fn left(&self) -> Option<Duration> {
        let passed = seconds(self.started, Timestamp::now());
        self.limit.checked_sub(Duration::from_secs(u64::try_from(passed).unwrap_or_default()))
    }

    /// Shows lines.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn show(&mut self, progress: &Progress, now: Timestamp) -> Result<(), Failure> {
        if self.screen.is_live() {
            let frame = self.frame(progress, now, self.screen.size().map_or(100, |size| size.columns));
            return self.screen.frame(&frame);
        }
        for line in &progress.lines {
            let text = format!("{} {}", self.sign(line.mark), told(line));
            let shape = text.replace(|c: char| c.is_ascii_digit(), "");
            let news = match self.told.get(line.step) {
                None => true,
                Some((_, same, at)) if *same == shape => {
                    seconds(*at, now) >= COUNTS && self.told.get(line.step).is_some_and(|(old, ..)| *old != text)
                }
                Some(_) => true,
            };
            if news {
                self.screen.line(now, &text)?;
                self.told.insert(line.step, (text, shape, now));
            }
        }
        Ok(())
    }

    fn frame(&self, progress: &Progress, now: Timestamp, columns: u16) -> String {
        let limit = i64::try_from(self.limit.as_secs()).unwrap_or(i64::MAX);
        let passed = elapsed(seconds(self.started, now));
        let width = usize::from(columns).clamp(40, 100);
        let mut text = format!("{}   {passed} of {}\n", self.terminal.out.name(self.title), elapsed(limit));
        for line in &progress.lines {
            text += &self.line(line, width);
        }
        text
    }

    fn line(&self, line: &Line, width: usize) -> String {
        let took = line.seconds.map(elapsed).unwrap_or_default();
        let room = width.saturating_sub(24);
        let words = cut(&one_line(&line.text), room);
        let sign = self.sign(line.mark);
        let mut text = format!("{sign} {:<10} {words:<room$} {took:>7}\n", line.step);
        for check in &line.checks {
            text += &format!("    {}\n", cut(&one_line(check), width - 4));
        }
        for (left, then) in &line.clocks {
            text += &match *left {
                left if left >= 0 => format!("    {} left, {then}\n", elapsed(left)),
                left => format!("    due {} ago: {then}\n", elapsed(-left)),
            };
        }
        text
    }

    fn sign(&self, mark: Mark) -> &'static str {
        self.terminal.symbols.sign(match mark {
            Mark::Done => Symbol::Ok,
            Mark::Busy => Symbol::Busy,
            Mark::Look => Symbol::Warn,
            Mark::Failed => Symbol::Fail,
        })
    }
}

fn told(line: &Line) -> String {
    let took = line.seconds.filter(|_| line.mark == Mark::Done).map(|s| format!("   {}", elapsed(s)));
    let checks: String = line.checks.iter().map(|check| format!("; {}", one_line(check))).collect();
    format!("{}: {}{checks}{}", line.step, one_line(&line.text), took.unwrap_or_default())
}

/// A text without line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text that is too long.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ztp_common::cli::TerminalFlags;

    #[test]
    fn a_frame_fits_the_terminal_and_a_line_has_no_breaks() {
        let variable = |name: &str| (name == "LC_ALL").then(|| "C.UTF-8".to_owned());
        let terminal = Terminal::resolve(&TerminalFlags::default(), variable, (false, false), Some(72));
        let line = Line {
            mark: Mark::Busy,
            step: "PostPivot",
            text: "the agent waits for: one or more ClusterOperators\n not yet ready: dns, image-registry, monitoring"
                .into(),
            seconds: Some(242),
            checks: vec!["a check with a name that is far too long for the little room that there is here".into()],
            clocks: vec![(95, "then the node rolls back by itself"), (-5, "x")],
        };
        let view = View::new("sno2", Duration::from_secs(7200), &terminal);
        let now = view.started;
        let frame = view.frame(&Progress { lines: vec![line.clone()], verdict: None }, now, 72);
        assert!(frame.lines().all(|line| line.chars().count() <= 72), "{frame}");
        assert!(frame.starts_with("sno2   0s of 2h00m\n◌ PostPivot  the agent waits for: one or more"), "{frame}");
        assert!(frame.contains("1m35s left, then the node rolls back by itself\n    due 5s ago: x"), "{frame}");
        assert_eq!(told(&line).lines().count(), 1);
    }
}
