//! Findings as one JSON object; fields are only ever added.

use serde::Serialize;

use super::{FindingReport, level_name};
use crate::finding::{Finding, Level};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'r> {
    api_version: &'static str,
    kind: &'static str,
    errors: usize,
    warnings: usize,
    files: usize,
    findings: Vec<Item<'r>>,
}

#[derive(Serialize)]
struct Item<'r> {
    id: &'r str,
    level: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Spot<'r>>,
    fact: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'r str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'r str>,
}

#[derive(Serialize)]
struct Spot<'r> {
    file: &'r str,
    line: u32,
    column: u32,
    width: u32,
}

pub fn text(report: &FindingReport<'_>) -> String {
    let of = |level| report.findings.iter().filter(|finding| finding.level == level).count();
    let list = List {
        api_version: "oc-ztp/v1",
        kind: "FindingList",
        errors: of(Level::Error),
        warnings: of(Level::Warning),
        files: report.files.len(),
        findings: report.findings.iter().map(item).collect(),
    };
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

fn item(finding: &Finding) -> Item<'_> {
    let place = finding.place.as_ref();
    Item {
        id: finding.id,
        level: level_name(finding.level),
        place: place.map(|p| Spot { file: &p.file, line: p.line, column: p.column, width: p.width }),
        fact: &finding.fact,
        label: finding.label.as_deref(),
        notes: &finding.notes,
        fix: finding.fix.as_deref(),
    }
}
