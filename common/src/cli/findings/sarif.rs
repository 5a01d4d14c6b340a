//! Findings as SARIF 2.1.0 (OASIS), with the rules of the catalogue that were broken.

use serde_json::{Value, json};

use super::{FindingReport, details};
use crate::finding::{Finding, Level};
use crate::lint::{Acceptance, catalogue};
use crate::yaml::Place;

pub fn text(report: &FindingReport<'_>) -> String {
    let accepted = || report.accepted.iter().map(|(finding, acceptance)| (finding, Some(acceptance)));
    let all = || report.findings.iter().map(|finding| (finding, None)).chain(accepted());
    let mut ids: Vec<&str> = all().map(|(finding, _)| finding.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let (name, version) = report.program;
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": name, "version": version, "rules": ids.iter().map(|id| rule(id)).collect::<Vec<_>>()}},
            "columnKind": "unicodeCodePoints",
            "results": all().map(|(finding, acceptance)| result(finding, acceptance, &ids)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(id: &str) -> Value {
    let Some(rule) = catalogue::find(id) else { return json!({"id": id}) };
    json!({
        "id": id,
        "shortDescription": {"text": rule.fact},
        "fullDescription": {"text": rule.text},
        "help": {"text": format!("{}\n\nFix: {}.\nReference: {}.", rule.text, rule.fix, rule.reference)},
        "defaultConfiguration": {"level": level(rule.level)},
    })
}

fn result(finding: &Finding, acceptance: Option<&Acceptance>, ids: &[&str]) -> Value {
    let mut result = json!({
        "ruleId": finding.id,
        "ruleIndex": ids.binary_search(&finding.id).ok(),
        "level": level(finding.level),
        "message": {"text": format!("{}{}", finding.fact, details(finding))},
    });
    let Some(fields) = result.as_object_mut() else { return result };
    if let Some(place) = &finding.place {
        fields.insert("locations".into(), json!([location(place)]));
    }
    if let Some(acceptance) = acceptance {
        fields.insert("suppressions".into(), json!([suppression(acceptance)]));
    }
    result
}

fn suppression(acceptance: &Acceptance) -> Value {
    match acceptance {
        Acceptance::Everywhere => json!({"kind": "external", "justification": "accepted with --accept"}),
        Acceptance::Comment(reason) => json!({"kind": "inSource", "justification": reason}),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn location(place: &Place) -> Value {
    let region = json!({"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.width});
    json!({"physicalLocation": {"artifactLocation": {"uri": uri(&place.file)}, "region": region}})
}

/// A path as a reference that readers resolve against the root of the repository (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"/-._~".contains(&b) => uri.push(char::from(b)),
            b'\\' if cfg!(windows) => uri.push('/'),
            b => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri
}
