//! `yaml/`: what both Go libraries make of a text.

use std::path::Path;

use serde_json::{Value as Json, json};
use ztp_common::yaml::{Document, Error, Source, Value, documents, hub_documents};

use super::Results;

pub fn run(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let Some(Json::Array(cases)) =
        std::fs::read(folder.join("cases.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
    else {
        return vec![("cases.json".into(), vec!["not readable".into()])];
    };
    let text = |case: &Json, key: &str| case.get(key).and_then(Json::as_str).map(str::to_owned);
    cases
        .iter()
        .filter_map(|case| Some((text(case, "id")?, case)))
        .filter(|(id, _)| wanted(id))
        .map(|(id, case)| {
            let mut problems = Vec::new();
            match Source::from_bytes("case.yaml", text(case, "input").unwrap_or_default().into_bytes()) {
                Ok(source) => {
                    generator_dialect(&source, case, &mut problems);
                    hub_dialect(&source, case, &mut problems);
                }
                Err(e) => {
                    judge_error("yaml.v3", case.get("yaml_v3_error").and_then(Json::as_str), Some(&e), &mut problems);
                    judge_error("sigs", case.get("sigs_yaml_error").and_then(Json::as_str), Some(&e), &mut problems);
                }
            }
            (id, problems)
        })
        .collect()
}

fn generator_dialect(source: &Source, case: &Json, problems: &mut Vec<String>) {
    let mut read = Vec::new();
    let mut error = None;
    for document in documents(source) {
        match document.and_then(|d| d.root().map_or(Ok(Value::Null), |root| root.to_value())) {
            Ok(value) => read.push(typed(&value)),
            Err(e) => {
                error = Some(e);
                break;
            }
        }
    }
    let expected_error = case.get("yaml_v3_error").and_then(Json::as_str);
    judge_error("yaml.v3", expected_error, error.as_ref(), problems);
    let expected = case.get("yaml_v3").cloned().unwrap_or_else(|| json!([]));
    if sorted(&expected) != Json::Array(read.clone()) {
        problems.push(format!("yaml.v3: expected {expected}, got {}", Json::Array(read)));
    }
}

fn hub_dialect(source: &Source, case: &Json, problems: &mut Vec<String>) {
    let first: Option<Result<Document<'_>, Error>> = hub_documents(source).next();
    let read = match first {
        None => Ok(Json::Null),
        Some(document) => document.and_then(|d| d.root().map_or(Ok(Json::Null), |root| root.to_json())),
    };
    judge_error("sigs", case.get("sigs_yaml_error").and_then(Json::as_str), read.as_ref().err(), problems);
    if let (Some(expected), Ok(got)) = (case.get("sigs_yaml").and_then(|s| s.get("json")), &read)
        && expected != got
    {
        problems.push(format!("sigs: expected {expected}, got {got}"));
    }
}

fn judge_error(dialect: &str, expected: Option<&str>, got: Option<&Error>, problems: &mut Vec<String>) {
    match (expected, got) {
        (None, Some(e)) => problems.push(format!("{dialect}: accepts it, we say {}: {e}", e.place)),
        (Some(e), None) => problems.push(format!("{dialect}: refuses it: {e}")),
        (Some(expected), Some(got)) => {
            let line = expected
                .split("line ")
                .nth(1)
                .and_then(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<i64>().ok());
            // yaml.v3's parser counts lines from 0 in its messages, its scanner from 1 (`decode.go`, `parser.fail`): Go
            // names the line before the one that is meant. The older scanner behind sigs.k8s.io/yaml names the line where it
            // gave up on a key instead of the key's own.
            let from_parser = ["did not find expected", "found duplicate", "found incompatible", "found undefined"];
            let off = i64::from(from_parser.iter().any(|words| expected.contains(words)))
                - i64::from(dialect == "sigs" && expected.contains("could not find expected ':'"));
            let ours = i64::from(got.place.line);
            if line.is_some_and(|line| ![line, line + off].contains(&ours)) {
                problems.push(format!("{dialect}: {expected}; we name line {}: {got}", got.place.line));
            }
        }
        (None, None) => {}
    }
}

/// The form of `cases.json`.
fn typed(value: &Value) -> Json {
    match value {
        Value::Null => json!(["null"]),
        Value::Bool(b) => json!(["bool", b]),
        Value::Int(i) => json!(["int", i.to_string()]),
        Value::UInt(u) => json!(["int", u.to_string()]),
        Value::Float(f) if f.is_nan() => json!(["float", "nan"]),
        Value::Float(f) if f.is_infinite() => json!(["float", if *f > 0.0 { "inf" } else { "-inf" }]),
        Value::Float(f) => json!(["float", f.to_string()]),
        Value::Str(s) => json!(["str", **s]),
        Value::Binary(bytes) => json!(["str", String::from_utf8_lossy(bytes)]),
        Value::Timestamp(t) => {
            json!(["timestamp", t.parse::<jiff::Timestamp>().map_or_else(|_| t.to_string(), |utc| utc.to_string())])
        }
        Value::Seq(items) => json!(["seq", items.iter().map(typed).collect::<Vec<_>>()]),
        Value::Map(map) => {
            sorted(&json!(["map", map.iter().map(|(k, v)| json!([typed(k), typed(v)])).collect::<Vec<_>>()]))
        }
    }
}

/// The same with the pairs of maps in one order and floats in one spelling.
fn sorted(typed: &Json) -> Json {
    match typed {
        Json::Array(items) if items.first() == Some(&json!("map")) => {
            let mut pairs: Vec<Json> =
                items.get(1).and_then(Json::as_array).into_iter().flatten().map(sorted).collect();
            pairs.sort_by_key(Json::to_string);
            json!(["map", pairs])
        }
        Json::Array(items) if items.first() == Some(&json!("float")) => {
            let text = items.get(1).and_then(Json::as_str).unwrap_or_default();
            json!([
                "float",
                text.parse::<f64>().ok().filter(|f| f.is_finite()).map_or(text.to_owned(), |f| f.to_string())
            ])
        }
        Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}
