//! Findings on standard error, and what they mean for the exit code.

use ztp_common::cli::{self, Outcome, Terminal};
use ztp_common::finding::{Finding, Level};

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|f| f.level == level).count();
        Self { errors: count(Level::Error), warnings: count(Level::Warning) }
    }

    /// "1 error, 2 warnings".
    pub fn text(self) -> String {
        cli::tally(self.errors, self.warnings)
    }

    /// An error is a no.
    pub fn outcome(self) -> Outcome {
        if self.errors > 0 { Outcome::No } else { Outcome::Done }
    }
}

/// Writes findings to standard error, only the errors when it shall be quiet.
pub fn tell(findings: &[Finding], terminal: &Terminal) -> Tally {
    let shown: Vec<_> = findings.iter().filter(|f| !terminal.quiet || f.level == Level::Error).cloned().collect();
    eprint!("{}", cli::findings(&shown, terminal.err));
    Tally::of(findings)
}
