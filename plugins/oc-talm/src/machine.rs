//! Reports for machines: one object with `apiVersion` and `kind`, as JSON or YAML.

use clap::ValueEnum;
use serde_json::{Value, json};
use ztp_common::cli::Failure;
use ztp_common::finding::{Finding, Level};
use ztp_common::yaml;

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For people, nothing cut
    Wide,
    /// One JSON object
    Json,
    /// One YAML object
    Yaml,
}

/// The text of a report; none for the formats that are for people. Fields are only ever added within a version.
///
/// # Errors
/// The report cannot be written, which is a mistake of this program.
pub fn text(format: Format, kind: &str, fields: Value) -> Result<Option<String>, Failure> {
    if matches!(format, Format::Text | Format::Wide) {
        return Ok(None);
    }
    let mut object = json!({"apiVersion": "ztp-plugins/v1alpha1", "kind": kind});
    if let (Value::Object(object), Value::Object(fields)) = (&mut object, fields) {
        object.extend(fields);
    }
    let failed = |error: String| Failure::new(format!("cannot write the {kind} report")).because(error);
    let json = serde_json::to_string_pretty(&object).map_err(|error| failed(error.to_string()))?;
    if format == Format::Json {
        return Ok(Some(json + "\n"));
    }
    // JSON is YAML, so that the one emitter writes both.
    let source = yaml::Source::from_text(kind, &json);
    let value = match yaml::documents(&source).next() {
        Some(document) => document.and_then(|d| d.root().map_or(Ok(yaml::Value::Null), yaml::NodeRef::to_value)),
        None => Ok(yaml::Value::Null),
    };
    value.map(|value| Some(yaml::emit::to_string(&value))).map_err(|error| failed(error.to_string()))
}

/// Findings as a list.
pub fn findings(findings: &[Finding]) -> Value {
    let one = |finding: &Finding| {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        };
        json!({"id": finding.id, "level": level, "fact": finding.fact, "notes": finding.notes, "fix": finding.fix})
    };
    findings.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_json_say_the_same() {
        let text = |format| text(format, "K", json!({"batches": [["a"]], "none": null, "on": "yes"})).unwrap();
        let json: Value = serde_json::from_str(&text(Format::Json).unwrap()).unwrap();
        assert_eq!(json["kind"], "K");
        let written = text(Format::Yaml).unwrap();
        let source = yaml::Source::from_text("written", &written);
        let read = yaml::hub_documents(&source).next().unwrap().unwrap().root().unwrap().to_json().unwrap();
        assert_eq!(read, json);
        assert!(text(Format::Wide).is_none());
    }
}
