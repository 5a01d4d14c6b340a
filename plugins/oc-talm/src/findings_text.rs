//! Findings in one line each, for reports that are about something else.

use ztp_common::cli::{Symbol, Terminal};
use ztp_common::finding::{Finding, Level};

use crate::words::plain;

/// A line for each finding, its fix under it when it is an error; of many only the first.
pub fn brief(findings: &[&Finding], terminal: &Terminal, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for finding in findings.iter().take(limit) {
        let sign = |symbol| terminal.symbols.sign(symbol);
        let sign = match finding.level {
            Level::Error => terminal.out.error(sign(Symbol::Fail)),
            Level::Warning => terminal.out.warning(sign(Symbol::Warn)),
            Level::Info => sign(Symbol::Skip).to_owned(),
        };
        lines.push(format!("{sign} {}   [{}]", plain(&finding.fact), finding.id));
        if finding.level == Level::Error {
            lines.extend(finding.fix.iter().map(|fix| format!("  fix: {}", plain(fix))));
        }
    }
    if findings.len() > limit {
        lines.push(format!("+{} more: add -o wide", findings.len() - limit));
    }
    lines
}
