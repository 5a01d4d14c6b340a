//! Reports for machines: one object with `apiVersion` and `kind`, as JSON or YAML.

use serde_json::{Value, json};
use ztp_common::cli::{Failure, Output};
use ztp_common::finding::{Finding, Level};

/// The text of a report; none for the formats that are for people. Fields are only ever added within a version.
///
/// # Errors
/// The report cannot be written, which is a mistake of this program.
pub fn text(output: &Output, kind: &str, fields: Value) -> Result<Option<String>, Failure> {
    if output.is_text() {
        return Ok(None);
    }
    let names = names(&fields);
    let mut object = json!({"apiVersion": ztp_common::cli::API_VERSION, "kind": kind});
    if let (Value::Object(object), Value::Object(fields)) = (&mut object, fields) {
        object.extend(fields);
    }
    output.machine(&object, &names)
}

/// The CGUs that a report is about, or the ids that an explanation is about.
fn names(fields: &Value) -> Vec<String> {
    let one = |item: &Value| match (item["name"].as_str(), item["id"].as_str()) {
        (Some(name), _) => Some(format!("clustergroupupgrade.ran.openshift.io/{name}")),
        (None, id) => id.map(str::to_owned),
    };
    match fields["items"].as_array() {
        Some(items) => items.iter().filter_map(one).collect(),
        None => one(&fields["status"]).or_else(|| one(fields)).into_iter().collect(),
    }
}

/// Findings as a list.
pub fn findings(findings: &[Finding]) -> Value {
    let one = |finding: &Finding| {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        };
        json!({"id": finding.id, "level": level, "fact": finding.fact, "notes": finding.notes, "fix": finding.fix,
            "clusters": finding.clusters})
    };
    findings.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_cgus() {
        let name = |fields: Value| text(&Output::Name, "K", fields).unwrap().unwrap();
        assert_eq!(name(json!({"name": "a"})), "clustergroupupgrade.ran.openshift.io/a\n");
        assert_eq!(name(json!({"status": {"name": "a"}})), "clustergroupupgrade.ran.openshift.io/a\n");
        assert_eq!(name(json!({"items": [{"id": "x/y"}, {"name": "b"}]})).lines().count(), 2);
        assert!(text(&Output::Wide, "K", json!({})).unwrap().is_none());
    }
}
