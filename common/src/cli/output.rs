//! `-o`: how an answer is written.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use serde_json::Value;

use super::{Failure, jsonpath::JsonPath};
use crate::yaml;

/// How an answer is written. The help of the flag names what a command offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Output {
    /// For people.
    #[default]
    Text,
    /// For people, nothing cut.
    Wide,
    /// One JSON object.
    Json,
    /// One YAML object.
    Yaml,
    /// `resource.group/name`, one a line.
    Name,
    /// What a template takes out of the JSON object.
    JsonPath(JsonPath),
}

const WORDS: [&str; 6] = ["text", "wide", "json", "yaml", "name", "jsonpath="];

/// Reads the value of `-o`, and knows the words for completion.
#[derive(Clone, Copy, Debug)]
pub struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let text = value.to_string_lossy();
        parse(&text).map_err(|reason| {
            let text = format!("invalid value '{text}' for --output: {reason}\n");
            clap::Error::raw(ErrorKind::ValueValidation, text).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(WORDS.into_iter().map(PossibleValue::new)))
    }
}

/// Reads one.
///
/// # Errors
/// It is none.
pub fn parse(text: &str) -> Result<Output, String> {
    Ok(match text {
        "text" => Output::Text,
        "wide" => Output::Wide,
        "json" => Output::Json,
        "yaml" => Output::Yaml,
        "name" => Output::Name,
        _ => match text.strip_prefix("jsonpath=") {
            Some(template) => Output::JsonPath(JsonPath::parse(template)?),
            None => return Err("formats are text, wide, json, yaml, name and jsonpath=TEMPLATE".to_owned()),
        },
    })
}

impl Output {
    /// Whether it is for people.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Wide)
    }

    /// The text of one object in a format for machines; none for those that are for people. `names` are the objects
    /// it is about.
    ///
    /// # Errors
    /// The object cannot be written, which is a mistake of this program.
    pub fn machine(&self, object: &Value, names: &[String]) -> Result<Option<String>, Failure> {
        let failed = |error: String| Failure::new("cannot write the report").because(error);
        let json = || serde_json::to_string_pretty(object).map_err(|error| failed(error.to_string()));
        Ok(Some(match self {
            Self::Text | Self::Wide => return Ok(None),
            Self::Json => json()? + "\n",
            Self::Yaml => yaml_of(&json()?).map_err(failed)?,
            Self::Name => names.iter().map(|name| format!("{name}\n")).collect(),
            Self::JsonPath(path) => path.text(object),
        }))
    }
}

/// JSON is YAML, so that the one emitter writes both.
fn yaml_of(json: &str) -> Result<String, String> {
    let source = yaml::Source::from_text("report", json);
    let value = match yaml::documents(&source).next() {
        Some(document) => document.and_then(|d| d.root().map_or(Ok(yaml::Value::Null), yaml::NodeRef::to_value)),
        None => Ok(yaml::Value::Null),
    };
    value.map(|value| yaml::emit::to_string(&value)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_word_is_read_and_others_are_told() {
        for word in WORDS {
            assert!(parse(&word.replace("jsonpath=", "jsonpath={.a}")).is_ok(), "{word}");
        }
        assert!(parse("xml").unwrap_err().starts_with("formats are text"));
        assert!(parse("jsonpath={.a").unwrap_err().starts_with("no }"));
    }

    #[test]
    fn yaml_and_json_say_the_same() {
        let object = json!({"kind": "K", "batches": [["a"]], "none": null, "on": "yes"});
        let text = |output: Output| output.machine(&object, &["cgu/a".to_owned()]).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text(Output::Json).unwrap()).unwrap(), object);
        let written = text(Output::Yaml).unwrap();
        let source = yaml::Source::from_text("written", &written);
        assert_eq!(yaml::hub_documents(&source).next().unwrap().unwrap().root().unwrap().to_json().unwrap(), object);
        assert_eq!(text(Output::Name).unwrap(), "cgu/a\n");
        assert_eq!(text(parse("jsonpath={.kind}").unwrap()).unwrap(), "K");
        assert_eq!(text(Output::Wide), None);
    }
}
