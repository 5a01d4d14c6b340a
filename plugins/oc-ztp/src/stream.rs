//! Objects as one stream of text: YAML documents, a JSON list, or names.

use std::cell::RefCell;

use serde_json::{Map, Number, Value as Json};
use ztp_common::finding::{Finding, Level};
use ztp_common::generate::Object;
use ztp_common::generate::run::Report;
use ztp_common::generate::site::site_config_error;
use ztp_common::yaml::Value;
use ztp_common::yaml::emit::Emitter;

thread_local! {
    /// One for each thread and run, so that what many sites share is rendered once.
    static EMITTER: RefCell<Emitter> = RefCell::default();
}

/// Appends an object as one YAML document.
pub fn write(value: &Value, text: &mut String) {
    EMITTER.with_borrow_mut(|emitter| emitter.write(value, text));
}

/// What stands in the stream for a SiteConfig that failed, as upstream has it: the file with `siteConfigError`, which
/// Argo CD then shows.
pub fn site_error(report: &Report) -> String {
    let message = site_message(&report.path.display().to_string(), &report.generated.findings);
    site_config_error(report.source.as_ref().map(|source| source.text()), &message)
}

/// Upstream's words for a SiteConfig that fails, with the first error.
pub fn site_message(file: &str, findings: &[Finding]) -> String {
    let fact = findings.iter().find(|f| f.level == Level::Error).map_or("", |f| f.fact.as_str());
    format!("Error: could not build the entire SiteConfig defined by {file}: {fact}")
}

/// The format on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// YAML documents
    #[default]
    Yaml,
    /// One object of kind List
    Json,
    /// kind.group/name, one a line
    Name,
}

/// The text of some objects, to be put between [`Format::begin`] and [`Format::end`].
pub fn text(format: Format, objects: &[&Object]) -> String {
    let mut text = String::new();
    for object in objects {
        match format {
            Format::Yaml => {
                text.push_str("---\n");
                write(&object.value, &mut text);
            }
            // The comma stands before each object, so that chunks can follow one another.
            Format::Json => text.push_str(&format!(",{}\n", json(&object.value))),
            Format::Name => text.push_str(&name(object)),
        }
    }
    text
}

impl Format {
    /// What stands before all objects.
    pub fn begin(self) -> &'static str {
        if self == Self::Json { "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n" } else { "" }
    }

    /// What stands behind all objects.
    pub fn end(self) -> &'static str {
        if self == Self::Json { "]}\n" } else { "" }
    }
}

/// As `kubectl -o name` writes it.
fn name(object: &Object) -> String {
    let kind = object.kind().to_lowercase();
    match object.api_version().split_once('/') {
        Some((group, _)) => format!("{kind}.{group}/{}\n", object.name()),
        None => format!("{kind}/{}\n", object.name()),
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(b) => Json::Bool(*b),
        Value::Int(i) => Json::from(*i),
        Value::UInt(u) => Json::from(*u),
        // JSON has no infinity; the hub would refuse it too.
        Value::Float(f) => Number::from_f64(*f).map_or(Json::Null, Json::Number),
        Value::Str(text) | Value::Timestamp(text) => Json::from(&**text),
        Value::Binary(bytes) => Json::from(String::from_utf8_lossy(bytes)),
        Value::Seq(items) => items.iter().map(json).collect(),
        Value::Map(map) => Json::Object(map.iter().map(|(k, v)| (key(k), json(v))).collect::<Map<_, _>>()),
    }
}

fn key(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        other => json(other).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object() -> Object {
        let value = [("apiVersion", "apps/v1"), ("kind", "Deployment")].into_iter().collect::<ztp_common::yaml::Map>();
        let mut value = value;
        value.insert("metadata", [("name", "a")].into_iter().collect::<ztp_common::yaml::Map>());
        Object { value: value.into(), path: "a.yaml".into(), origin: "x".into() }
    }

    #[test]
    fn each_format_is_read_by_its_tools() {
        let object = object();
        assert_eq!(text(Format::Name, &[&object]), "deployment.apps/a\n");
        let items = text(Format::Json, &[&object, &object]);
        let list = format!("{}{}{}", Format::Json.begin(), items.trim_start_matches(','), Format::Json.end());
        assert!(serde_json::from_str::<Json>(&list).is_ok_and(|list| list["items"][1]["metadata"]["name"] == "a"));
        assert!(text(Format::Yaml, &[&object]).starts_with("---\napiVersion: apps/v1\nkind: Deployment\n"));
    }
}
