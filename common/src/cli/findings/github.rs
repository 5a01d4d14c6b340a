//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use super::{FindingReport, details};
use crate::finding::{Finding, Level};

pub fn text(report: &FindingReport<'_>) -> String {
    report.findings.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let place = finding.place.as_ref().map(|place| {
        let end = place.column + place.width - 1;
        format!("file={},line={},col={},endColumn={end},", property(&place.file), place.line, place.column)
    });
    let message = message(&format!("{}{}", finding.fact, details(finding)));
    format!("::{level} {}title={}::{message}\n", place.unwrap_or_default(), property(finding.id))
}

/// The escapes of `@actions/core`, `command.ts`.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
