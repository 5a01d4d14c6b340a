//! When two YAML texts are equal, by the README of the `generate` data.

use std::collections::BTreeMap;

use ztp_common::yaml::{Kind, NodeRef, ScalarStyle, Source, Value, documents};

/// Words that a YAML 1.1 reader takes for booleans: must never stand without quotes in what we print.
const OLD_BOOLEANS: [&str; 8] = ["y", "yes", "on", "n", "no", "off", "true", "false"];

/// The documents of a text that we printed or that was expected; empty ones dropped.
pub fn read(name: &str, text: &str) -> Result<Vec<Value>, String> {
    let source = Source::from_text(name, text);
    let mut values = Vec::new();
    for document in documents(&source) {
        let document = document.map_err(|e| format!("{}: {e}", e.place))?;
        let Some(root) = document.root() else { continue };
        old_booleans(root)?;
        let value = root.to_value().map_err(|e| format!("{}: {e}", e.place))?;
        if !value.is_null() {
            values.push(value);
        }
    }
    Ok(values)
}

fn old_booleans(node: NodeRef<'_>) -> Result<(), String> {
    if node.kind() == Kind::Scalar(ScalarStyle::Plain) {
        let word = node.text().unwrap_or_default();
        let lower = word.to_ascii_lowercase();
        if OLD_BOOLEANS[..6].contains(&lower.as_str()) {
            return Err(format!("{}: {word} without quotes is a boolean for YAML 1.1 readers", node.place()));
        }
    }
    node.items().try_for_each(old_booleans)?;
    node.entries().try_for_each(|(k, v)| old_booleans(k).and_then(|()| old_booleans(v)))
}

/// Compares two streams as sets of documents; differences go to `problems`.
pub fn streams(file: &str, expected: &str, got: &str, problems: &mut Vec<String>) {
    match (read(file, expected), read(file, got)) {
        (Ok(expected), Ok(got)) => sets(file, &expected, &got, problems),
        (Err(e), _) => problems.push(format!("{file}: the expected text: {e}")),
        (_, Err(e)) => problems.push(format!("{file}: {e}")),
    }
}

fn sets(file: &str, expected: &[Value], got: &[Value], problems: &mut Vec<String>) {
    let (expected, got) = (by_identity(expected), by_identity(got));
    for (id, documents) in &expected {
        match got.get(id) {
            None => problems.push(format!("{file}: {id} is missing")),
            Some(other) if other.len() != documents.len() => {
                problems.push(format!("{file}: {id}: {} documents expected, got {}", documents.len(), other.len()));
            }
            Some(other) => {
                let embedded = id.contains("/ConfigMap/");
                documents
                    .iter()
                    .zip(other)
                    .for_each(|(a, b)| values(&format!("{file}: {id} "), a, b, embedded, problems));
            }
        }
    }
    for id in got.keys().filter(|id| !expected.contains_key(*id)) {
        problems.push(format!("{file}: {id} is not expected"));
    }
}

fn by_identity(documents: &[Value]) -> BTreeMap<String, Vec<&Value>> {
    let mut map: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for document in documents {
        let part = |path: &[&str]| match document.at(path) {
            Some(Value::Str(text)) => text.to_string(),
            Some(Value::Null) | None => String::new(),
            Some(other) => format!("{other:?}"),
        };
        let id =
            [part(&["apiVersion"]), part(&["kind"]), part(&["metadata", "namespace"]), part(&["metadata", "name"])];
        map.entry(id.join("/")).or_default().push(document);
    }
    map
}

fn values(path: &str, expected: &Value, got: &Value, embedded: bool, problems: &mut Vec<String>) {
    match (expected, got) {
        (Value::Map(a), Value::Map(b)) => {
            for (key, value) in a {
                let name = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
                let here = format!("{path}.{name}");
                match (b.get_key(key), value) {
                    (None, _) => problems.push(format!("{here}: missing")),
                    (Some(Value::Str(_)), Value::Str(_)) if name == "siteConfigError" => {}
                    (Some(Value::Str(b)), Value::Str(a)) if embedded && name.ends_with("ml") && a != b => {
                        streams(&here, a, b, problems);
                    }
                    (Some(other), _) => values(&here, value, other, embedded && name == "data", problems),
                }
            }
            for (key, value) in b.iter().filter(|(key, _)| a.get_key(key).is_none()) {
                problems.push(format!("{path}.{key:?}: not expected: {value:?}"));
            }
        }
        (Value::Seq(a), Value::Seq(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b.iter()).enumerate() {
                values(&format!("{path}[{i}]"), x, y, false, problems);
            }
        }
        (Value::Float(a), Value::Float(b)) if a.to_bits() == b.to_bits() || a == b => {}
        (a, b) if a == b => {}
        (a, b) => problems.push(format!("{path}: expected {a:?}, got {b:?}")),
    }
}
