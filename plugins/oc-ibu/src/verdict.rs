//! What findings mean for the exit code, and which are shown.

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

/// The findings to show: only the errors when it shall be quiet.
pub fn shown(findings: &[Finding], terminal: &Terminal) -> Vec<Finding> {
    findings.iter().filter(|f| !terminal.quiet || f.level == Level::Error).cloned().collect()
}

/// Writes findings to standard error, for commands whose answer is something else.
pub fn tell(findings: &[Finding], terminal: &Terminal) -> Tally {
    eprint!("{}", cli::findings(&shown(findings, terminal), terminal.err));
    Tally::of(findings)
}
