//! The one rule for the exit codes of reports on rollouts.

use ztp_common::cli::Outcome;
use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::status::StatusReport;

/// No where a rollout will not finish well as it stands: an error is found, or its state is a dead end. Warnings do not
/// count: what they tell may still come right by itself.
pub fn verdict(is_dead_end: bool, findings: &[Finding]) -> Outcome {
    if is_dead_end || errors(findings) > 0 { Outcome::No } else { Outcome::Done }
}

/// The worst verdict on several. Findings take a while: nobody is asked for them once the answer is known.
pub fn worst(reports: &[StatusReport], findings: &dyn Fn(&StatusReport) -> Vec<Finding>) -> Outcome {
    let is_bad =
        reports.iter().any(StatusReport::is_dead_end) || reports.iter().any(|report| errors(&findings(report)) > 0);
    if is_bad { Outcome::No } else { Outcome::Done }
}

/// How many findings say that it will not work.
pub fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.level == Level::Error).count()
}
