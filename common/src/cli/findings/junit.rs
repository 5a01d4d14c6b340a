//! Findings as JUnit XML: a test case for each finding, failed if it fails the run, and one for each clean file.

use std::collections::HashSet;
use std::fmt::Write;

use super::{FindingReport, details, level_name};
use crate::finding::Finding;

pub fn text(report: &FindingReport<'_>) -> String {
    let failures = report.findings.iter().filter(|finding| finding.level >= report.failing).count();
    let marked: HashSet<&str> = report.findings.iter().filter_map(|f| Some(&*f.place.as_ref()?.file)).collect();
    let clean: Vec<&&str> = report.files.iter().filter(|file| !marked.contains(**file)).collect();
    let tests = report.findings.len() + clean.len();
    let name = escaped(report.program.0);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a text cannot fail.
    let _ = writeln!(text, "<testsuites tests=\"{tests}\" failures=\"{failures}\">");
    let _ = writeln!(text, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">");
    report.findings.iter().for_each(|finding| case(finding, report, &mut text));
    for file in clean {
        let file = escaped(file);
        let _ = writeln!(text, "    <testcase classname=\"{file}\" name=\"{file}\"/>");
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

fn case(finding: &Finding, report: &FindingReport<'_>, text: &mut String) {
    let place = finding.place.as_ref();
    let file = escaped(place.map_or("all files", |place| &place.file));
    let line = place.map(|place| format!(", line {}", place.line)).unwrap_or_default();
    let whole =
        escaped(&format!("{}: {}{line}\n{}{}", level_name(finding.level), file, finding.fact, details(finding)));
    let fact = escaped(&finding.fact);
    let _ = writeln!(text, "    <testcase classname=\"{file}\" name=\"{}{line}\" file=\"{file}\">", finding.id);
    let _ = match finding.level >= report.failing {
        true => writeln!(text, "      <failure type=\"{}\" message=\"{fact}\">{whole}</failure>", finding.id),
        false => writeln!(text, "      <system-out>{whole}</system-out>"),
    };
    text.push_str("    </testcase>\n");
}

/// Without what XML 1.0 does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
