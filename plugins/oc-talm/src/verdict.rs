//! The one rule for the exit codes of reports on rollouts.

use ztp_common::cli::Outcome;
use ztp_common::finding::{Finding, Level};

/// No where a rollout will not finish well as it stands: an error is found, or its state is a dead end. Warnings do not
/// count: what they tell may still come right by itself.
pub fn verdict(is_dead_end: bool, findings: &[Finding]) -> Outcome {
    if is_dead_end || errors(findings) > 0 { Outcome::No } else { Outcome::Done }
}

/// How many findings say that it will not work.
pub fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.level == Level::Error).count()
}
