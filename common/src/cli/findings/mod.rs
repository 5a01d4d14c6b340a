//! A validation's findings in the formats of people and of CI systems.

mod github;
mod json;
mod junit;
mod sarif;

use clap::ValueEnum;

use super::Paint;
use crate::finding::{Finding, Level};
use crate::lint::Acceptance;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// For people, in the look of rustc
    #[default]
    Text,
    /// One object of kind FindingList
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for GitLab and Jenkins
    Junit,
    /// Workflow commands of GitHub Actions
    Github,
}

/// What a format is told besides the findings.
#[derive(Clone, Copy, Debug)]
pub struct FindingReport<'r> {
    /// The program and its version.
    pub program: (&'r str, &'r str),
    /// By file and line.
    pub findings: &'r [Finding],
    /// What was accepted; only SARIF, whose readers keep track of it, shows it.
    pub accepted: &'r [(Finding, Acceptance)],
    /// The files that were looked at.
    pub files: &'r [&'r str],
    /// The lowest level that fails the run.
    pub failing: Level,
}

impl FindingReport<'_> {
    /// The whole text.
    pub fn text(&self, format: FindingFormat, paint: Paint) -> String {
        match format {
            FindingFormat::Text => super::findings(self.findings, paint),
            FindingFormat::Json => json::text(self),
            FindingFormat::Sarif => sarif::text(self),
            FindingFormat::Junit => junit::text(self),
            FindingFormat::Github => github::text(self),
        }
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    }
}

/// Everything behind the fact, a line each.
fn details(finding: &Finding) -> String {
    let fix = finding.fix.iter().map(|fix| format!("fix: {fix}"));
    finding.label.iter().chain(&finding.notes).cloned().chain(fix).map(|line| format!("\n{line}")).collect()
}

#[cfg(test)]
mod tests;
