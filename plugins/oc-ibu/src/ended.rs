//! The end of the waiting, in words and as an exit code.

use std::time::Duration;

use jiff::Timestamp;
use ztp_common::cli::{Failure, Outcome, Symbol, Terminal, print};
use ztp_common::upgrade::assess::{Known, Report};
use ztp_common::upgrade::object::Stage;
use ztp_common::upgrade::state::State;
use ztp_common::upgrade::wait::Verdict;

use crate::deed::Deed;
use crate::elapsed::elapsed;
use crate::follow::{Ended, Followed, one_line};
use crate::target::Target;

/// What a state is called in a sentence.
pub fn words(report: &Report) -> String {
    let seed = &report.seed_version;
    match report.state {
        State::Idle => "is Idle".to_owned(),
        State::PrepDone => format!("is prepared for {seed}"),
        State::UpgradeDone => format!("is upgraded to {seed}"),
        State::RollbackDone => "is rolled back".to_owned(),
        other => format!("is in state {}", other.word()),
    }
}

/// Says how it ended and what comes next.
///
/// # Errors
/// Standard output cannot be written.
pub fn tell(
    followed: &Followed,
    deed: &Deed,
    target: &Target,
    limit: Duration,
    flags: &str,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let known = Known { cluster: target.argument(), cluster_version: followed.release.as_deref() };
    let report = followed.ibu.as_ref().map(|ibu| Report::assess(ibu, known, Timestamp::now()));
    let title = target.title();
    let reason = |text: &str| one_line(text);
    let (symbol, text, outcome) = match &followed.ended {
        Ended::Verdict(Verdict::Reached) => {
            let words = report.as_ref().map(words).unwrap_or_default();
            (Symbol::Ok, format!("{title} {words}{}", window(report.as_ref())), Outcome::Done)
        }
        Ended::Verdict(Verdict::Failed(why)) => {
            (Symbol::Fail, format!("{} of {title} has failed: {}", noun(deed), reason(why)), Outcome::No)
        }
        Ended::Verdict(Verdict::RolledBack(why)) => {
            let release = followed.release.as_deref().unwrap_or("the old release");
            (Symbol::Fail, format!("{title} is back on {release}: {}", reason(why)), Outcome::No)
        }
        Ended::Verdict(Verdict::Replaced(stage)) => {
            (Symbol::Fail, format!("somebody has asked {title} for stage {stage} meanwhile"), Outcome::No)
        }
        Ended::Verdict(Verdict::Lost(why)) => {
            let text = format!("{title} has not answered for longer than a reboot takes: {}", reason(why));
            (Symbol::Warn, text + &last(followed), Outcome::TimedOut)
        }
        Ended::TimedOut => {
            let limit = elapsed(i64::try_from(limit.as_secs()).unwrap_or(i64::MAX));
            let text = format!("{} of {title} is not over after {limit}", noun(deed));
            (Symbol::Warn, text + &last(followed), Outcome::TimedOut)
        }
    };
    let mut text = format!("{} {text}\n", terminal.symbols.sign(symbol));
    let name = target.argument().map(|name| format!(" {name}")).unwrap_or_default();
    let next = match (outcome, report.and_then(|report| report.next)) {
        (Outcome::No, _) => {
            Some((format!("oc ibu diagnose{name}"), "names the cause before it is cleaned up".to_owned()))
        }
        (Outcome::TimedOut, _) => Some((format!("oc ibu status{name} --watch"), "goes on watching".to_owned())),
        (_, Some(step)) => Some((step.command, step.purpose)),
        (_, None) => None,
    };
    text += &next.map(|(command, purpose)| format!("next: {command}{flags}   ({purpose})\n")).unwrap_or_default();
    print(&text)?;
    Ok(outcome)
}

/// The agent's last words, which are more than those of the connection.
fn last(followed: &Followed) -> String {
    if followed.reason.is_empty() { String::new() } else { format!("; last: {}", one_line(&followed.reason)) }
}

fn window(report: Option<&Report>) -> String {
    let open = report
        .filter(|r| r.state == State::UpgradeDone)
        .and_then(|r| r.rollback_window.as_ref())
        .filter(|w| !w.closed());
    open.map(|w| format!("; rollback stays possible for {}, until {}", elapsed(w.remaining_seconds), w.closes))
        .unwrap_or_default()
}

fn noun(deed: &Deed) -> &'static str {
    match deed.stage() {
        Stage::Prep => "Prep",
        Stage::Upgrade => "the upgrade",
        Stage::Rollback => "the rollback",
        Stage::Idle | Stage::Other(_) => "the clean-up",
    }
}
