//! `oc ztp explain`: what a finding means.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command};
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::lint::catalogue::{self, GROUPS, Rule};
use ztp_common::suggest::nearest;

const EXAMPLES: &str = "\
Examples:
  oc ztp explain policy/wave-mismatch
  oc ztp explain";

/// Say what a finding means, why it matters and what to do
///
/// Without an id all findings are listed.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ExplainArgs {
    /// The id in the brackets of a finding
    #[arg(value_name = "ID", value_parser = Id, hide_possible_values = true)]
    id: Option<String>,
}

/// Takes the ids of the catalogue. Other than clap's own list of values it does not print all of them at a slip.
#[derive(Clone, Copy, Debug)]
pub struct Id;

impl TypedValueParser for Id {
    type Value = String;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let id = value.to_string_lossy();
        if catalogue::find(&id).is_some() {
            return Ok(id.into_owned());
        }
        let hint = match nearest(&id, catalogue::all().map(|rule| rule.id)) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "oc ztp explain lists all of them".into(),
        };
        let message = format!("there is no finding {id:?}\n  fix: {hint}\n");
        Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(catalogue::all().map(|rule| PossibleValue::new(rule.id).help(rule.fact))))
    }
}

/// Does `explain`.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    match args.id.as_deref().and_then(catalogue::find) {
        Some(rule) => print(&one(rule, terminal))?,
        None => print(&all(terminal))?,
    }
    Ok(Outcome::Done)
}

fn one(rule: &Rule, terminal: &Terminal) -> String {
    let head = terminal.out.name(rule.id);
    let width = terminal.width.map_or(100, usize::from).clamp(40, 100);
    let text = wrapped(rule.text, width);
    let level = rule.level_name();
    let fix = wrapped(&format!("fix: {}", rule.fix), width);
    format!("{head} ({level}): {}\n\n{text}\n{fix}reference: {}\n", rule.fact, rule.reference)
}

fn all(terminal: &Terminal) -> String {
    let mut text = String::new();
    for (_, title, rules) in GROUPS {
        text.push_str(&format!("{}\n", terminal.out.name(title)));
        let wide = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        for rule in *rules {
            text.push_str(&format!("  {:wide$}  {:7}  {}\n", rule.id, rule.level_name(), rule.fact));
        }
    }
    text
}

/// Lines of at most so many characters, as far as words allow.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let own = word.chars().count();
        if length > 0 {
            let fits = length + 1 + own <= width;
            lines.push(if fits { ' ' } else { '\n' });
            length = if fits { length + 1 } else { 0 };
        }
        lines.push_str(word);
        length += own;
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrapped("one two three", 7), "one two\nthree\n");
        assert_eq!(wrapped("incomprehensible", 7), "incomprehensible\n");
    }
}
