//! Asking before a change.

use std::io::{BufRead, IsTerminal, Write};

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, Terminal};

/// Whether a change is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DryRun {
    /// Make the change
    #[default]
    None,
    /// Only print what would be sent
    Client,
    /// Let the server check it, and change nothing
    Server,
}

/// How a command changes things; the same in every command that does.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Changes")]
pub struct WriteFlags {
    /// Change nothing: none, client (only print) or server (let the server check)
    #[arg(long, value_enum, default_value_t, value_name = "WHERE", num_args = 0..=1, require_equals = true,
        default_missing_value = "client", hide_possible_values = true)]
    pub dry_run: DryRun,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// Findings that are known and shall not stop this
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub accept: Vec<String>,
    /// Who owns the fields that are changed
    #[arg(long, value_name = "NAME", default_value = "ztp-plugins", hide_short_help = true)]
    pub field_manager: String,
}

impl WriteFlags {
    /// How the API is to be called.
    pub fn write(&self) -> crate::api::Write<'_> {
        crate::api::Write { manager: &self.field_manager, dry_run: self.dry_run == DryRun::Server }
    }
}

/// A question before a change. What it does and how to undo it has been shown by then.
#[derive(Clone, Copy, Debug)]
pub struct Confirm<'a> {
    /// Without question mark: `enable du-4-20 for 199 clusters`.
    pub question: &'a str,
    /// How many clusters it reaches; more than one has to be typed.
    pub count: usize,
    /// Whether `--yes` was given.
    pub yes: bool,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Go on.
    Yes,
    /// Stop; nothing was changed.
    No,
}

impl Answer {
    /// The exit code of a command that stops here; `None` when it goes on.
    pub fn stops(self) -> Option<Outcome> {
        (self == Self::No).then_some(Outcome::NotConfirmed)
    }
}

impl Confirm<'_> {
    /// Asks on standard error. One cluster: `[y/N]`; more: the number has to be typed. Without a terminal the answer is
    /// no, and standard error says how to give it beforehand.
    ///
    /// # Errors
    /// The answer cannot be read.
    pub fn ask(&self, terminal: &Terminal) -> Result<Answer, Failure> {
        if self.yes {
            return Ok(Answer::Yes);
        }
        let stdin = std::io::stdin();
        // Tests answer through a pipe.
        let piped = std::env::var_os("ZTP_ANSWERS_ON_STDIN").is_some();
        if !stdin.is_terminal() && !piped {
            eprintln!("not confirmed: {}? There is no terminal to ask on; --yes answers", self.question);
            return Ok(Answer::No);
        }
        let mut err = std::io::stderr().lock();
        let _ = write!(err, "{} ", self.prompt(terminal));
        let _ = err.flush();
        let mut line = String::new();
        stdin.lock().read_line(&mut line).map_err(|error| Failure::new("cannot read the answer").because(error))?;
        let answer = self.judge(line.trim());
        if answer == Answer::No {
            let _ = writeln!(err, "nothing was changed");
        }
        Ok(answer)
    }

    fn prompt(&self, terminal: &Terminal) -> String {
        match self.count {
            0 | 1 => format!("{}? [y/N]", terminal.err.name(self.question)),
            count => format!("{}? Type the number of clusters ({count}) to go on:", terminal.err.name(self.question)),
        }
    }

    fn judge(&self, answer: &str) -> Answer {
        let is_yes = match self.count {
            0 | 1 => answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes"),
            count => answer.parse() == Ok(count),
        };
        if is_yes { Answer::Yes } else { Answer::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_clusters_need_their_number() {
        let judge = |count, answer| Confirm { question: "x", count, yes: false }.judge(answer);
        assert_eq!((judge(1, "y"), judge(1, "YES"), judge(1, "")), (Answer::Yes, Answer::Yes, Answer::No));
        assert_eq!((judge(199, "y"), judge(199, "199"), judge(199, "19")), (Answer::No, Answer::Yes, Answer::No));
    }
}
