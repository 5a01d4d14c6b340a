//! How a command ends: its exit code, its error message, and what a closed pipe means.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use super::{Paint, paint::Tone};
use crate::api::ApiError;

/// How a command ended; the number is its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done; nothing wrong, no difference, goal reached.
    Done = 0,
    /// Done, and the answer is no: an error-level finding, a difference, a cluster that failed.
    No = 1,
    /// Could not be done: bad usage, unreadable input, API unreachable, forbidden.
    Failed = 2,
    /// `--timeout` passed; the outcome is open and the command may be run again.
    TimedOut = 3,
    /// Not confirmed: declined, or a prompt was needed and stdin is not a terminal.
    NotConfirmed = 4,
    /// Interrupted by the user.
    Interrupted = 130,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.code())
    }
}

/// Why a command could not be done: what failed and on what, the reasons, the way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// Lower case, no full stop.
    pub message: String,
    /// A line each.
    pub reasons: Vec<String>,
    /// What to do.
    pub fix: Option<String>,
    closed_pipe: bool,
}

impl Failure {
    /// A failure with nothing but its message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Adds the reason.
    pub fn because(mut self, reason: impl fmt::Display) -> Self {
        self.reasons.push(reason.to_string());
        self
    }

    /// Adds the way out.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Its text: "error: …", then reasons and fix, indented.
    pub fn text(&self, paint: Paint) -> String {
        let mut text = format!("{} {}\n", paint.tone(Tone::Error, "error:"), self.message);
        for reason in &self.reasons {
            text.push_str(&format!("  {reason}\n"));
        }
        if let Some(fix) = &self.fix {
            text.push_str(&format!("  fix: {fix}\n"));
        }
        text
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::new("cannot write the output").because(error) }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let mut failure = Self::new(error.message);
        failure.reasons = error.reasons;
        failure.fix = error.fix;
        failure
    }
}

/// Turns a command's result into an exit code, and writes the error if there is one. Standard output that nobody reads
/// any more (`| head`) is success.
pub fn finish(result: Result<Outcome, Failure>, paint: Paint) -> ExitCode {
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) if failure.closed_pipe => Outcome::Done.into(),
        Err(failure) => {
            // Nobody is left to tell when stderr is closed as well.
            let _ = io::stderr().write_all(failure.text(paint).as_bytes());
            Outcome::Failed.into()
        }
    }
}

/// Writes a text to standard output.
///
/// # Errors
/// Standard output cannot be written; [`finish`] knows the closed pipe.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// What clap has to say (help, version, a usage error), written where it belongs.
pub fn succeed_on_closed_pipe(error: &clap::Error) -> ExitCode {
    // A closed pipe is all that can go wrong here, and it is success.
    let _ = error.print();
    if error.use_stderr() { Outcome::Failed.into() } else { Outcome::Done.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_why_and_what_to_do() {
        let failure = Failure::new("cannot read \"a\"").because("no such file").fix("check the name");
        assert_eq!(failure.text(Paint::plain()), "error: cannot read \"a\"\n  no such file\n  fix: check the name\n");
    }

    #[test]
    fn only_a_closed_pipe_is_success() {
        assert!(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).closed_pipe);
        assert!(!Failure::from(io::Error::from(io::ErrorKind::StorageFull)).closed_pipe);
    }
}
