//! The fields in which two values differ, by path.
//!
//! Items of lists are matched by a key that names them (`name`, `path`, `hostName` …) when every item has one of its
//! own, else by position, counted from the ends that are equal. Texts that hold JSON are compared as values, encoded
//! files as what they decode to. What is secret is compared and not kept.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use super::{decoded, secret};
use crate::yaml::{Map, Source, Value, documents};

/// The keys by which an item of a list is known, the most telling first.
const NAMES: [&str; 11] = [
    "name",
    "hostName",
    "clusterName",
    "path",
    "key",
    "interfaceName",
    "fileName",
    "resourceName",
    "mountPath",
    "device",
    "type",
];

/// Values nest no deeper than the reader allows; this bounds what is made in other ways.
const DEEPEST: usize = 600;

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// Where, as `spec.profile[name=slave].interface`.
    pub path: String,
    /// What was there; `None` when the field is new.
    #[serde(serialize_with = "as_json", skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// What is there now; `None` when the field is gone.
    #[serde(serialize_with = "as_json", skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
    /// Whether the object holds the values in base64 or a data URL.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub decoded: bool,
}

impl FieldChange {
    /// A change of values that are shown as they are.
    pub fn plain(path: impl Into<String>, old: Option<Value>, new: Option<Value>) -> Self {
        Self { path: path.into(), old, new, decoded: false }
    }
}

fn as_json<S: serde::Serializer>(value: &Option<Value>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(json).serialize(serializer)
}

/// A value as JSON; what JSON does not have becomes a text.
pub fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(b) => (*b).into(),
        Value::Int(i) => (*i).into(),
        Value::UInt(u) => (*u).into(),
        Value::Float(f) => serde_json::Number::from_f64(*f).map_or_else(|| f.to_string().into(), Into::into),
        Value::Str(text) | Value::Timestamp(text) => text.to_string().into(),
        Value::Binary(bytes) => String::from_utf8_lossy(bytes).into_owned().into(),
        Value::Seq(items) => items.iter().map(json).collect(),
        Value::Map(map) => map.iter().map(|(key, value)| (key_text(key), json(value))).collect(),
    }
}

/// The fields in which two values differ, in the order of the new one, those that are gone last.
pub fn changes(old: &Value, new: &Value) -> Vec<FieldChange> {
    let mut walk = Walk { path: String::new(), depth: 0, found: Vec::new() };
    walk.values(old, new);
    walk.found
}

struct Walk {
    path: String,
    depth: usize,
    found: Vec<FieldChange>,
}

impl Walk {
    fn values(&mut self, old: &Value, new: &Value) {
        if old == new {
            return;
        }
        self.depth += 1;
        let [old_value, new_value] = [old, new];
        match (old, new) {
            _ if self.depth > DEEPEST => self.push(Some(old), Some(new)),
            (Value::Map(old), Value::Map(new)) if secret::is_secret(old) || secret::is_secret(new) => {
                self.maps(&secret::masked(old, None), &secret::masked(new, Some(old)));
            }
            (Value::Map(old), Value::Map(new)) => self.maps(old, new),
            (Value::Seq(old), Value::Seq(new)) if entered(old) && entered(new) => self.lists(old, new),
            (Value::Seq(old), Value::Seq(_)) if old.is_empty() && has_file(new_value) => {
                self.one_side(new_value, Side::New)
            }
            (Value::Seq(_), Value::Seq(new)) if new.is_empty() && has_file(old_value) => {
                self.one_side(old_value, Side::Old)
            }
            (Value::Str(a), Value::Str(b)) => match (json_object(a), json_object(b)) {
                (Some(a), Some(b)) if a != b => self.values(&a, &b),
                _ => self.push(Some(old), Some(new)),
            },
            _ => self.push(Some(old), Some(new)),
        }
        self.depth -= 1;
    }

    fn maps(&mut self, old: &Map, new: &Map) {
        for (key, value) in new {
            self.at(&step(key), |walk| match old.get_key(key) {
                Some(before) => walk.values(before, value),
                None => walk.one_side(value, Side::New),
            });
        }
        for (key, value) in old.iter().filter(|(key, _)| new.get_key(key).is_none()) {
            self.at(&step(key), |walk| walk.one_side(value, Side::Old));
        }
    }

    fn lists(&mut self, old: &[Value], new: &[Value]) {
        match NAMES.into_iter().find(|name| names(old, name) && names(new, name)) {
            Some(name) => self.named(old, new, name),
            None => self.counted(old, new),
        }
    }

    fn named(&mut self, old: &[Value], new: &[Value], name: &str) {
        let before = |item: &Value| old.iter().find(|o| o.get(name) == item.get(name));
        let found = self.found.len();
        for item in new {
            self.at(&named_step(item, name), |walk| match before(item) {
                Some(before) => walk.values(before, item),
                None => walk.one_side(item, Side::New),
            });
        }
        for item in old.iter().filter(|item| !new.iter().any(|n| n.get(name) == item.get(name))) {
            self.at(&named_step(item, name), |walk| walk.one_side(item, Side::Old));
        }
        // The same items in another order.
        if self.found.len() == found {
            let order = |items: &[Value]| Value::seq(items.iter().filter_map(|i| i.get(name).cloned()).collect());
            self.push(Some(&order(old)), Some(&order(new)));
        }
    }

    fn counted(&mut self, old: &[Value], new: &[Value]) {
        let same = |(a, b): &(&Value, &Value)| a == b;
        let head = old.iter().zip(new).take_while(same).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
        let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        for i in 0..old.len().max(new.len()) {
            self.at(&format!("[{}]", head + i), |walk| match (old.get(i), new.get(i)) {
                (Some(old), Some(new)) => walk.values(old, new),
                (Some(old), None) => walk.one_side(old, Side::Old),
                (None, Some(new)) => walk.one_side(new, Side::New),
                (None, None) => {}
            });
        }
    }

    fn at(&mut self, step: &str, go: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        go(self);
        self.path.truncate(length);
    }

    /// A value that the other side does not have. Encoded files in it are shown one by one.
    fn one_side(&mut self, value: &Value, side: Side) {
        match value {
            Value::Map(map) if self.depth < DEEPEST && !secret::is_secret(map) && has_file(value) => {
                self.depth += 1;
                for (key, value) in map {
                    self.at(&step(key), |walk| walk.one_side(value, side));
                }
                self.depth -= 1;
            }
            Value::Seq(items) if self.depth < DEEPEST && entered(items) && has_file(value) => {
                self.depth += 1;
                let name = NAMES.into_iter().find(|name| names(items, name));
                for (i, item) in items.iter().enumerate() {
                    let step = name.map_or_else(|| format!("[{i}]"), |name| named_step(item, name));
                    self.at(&step, |walk| walk.one_side(item, side));
                }
                self.depth -= 1;
            }
            _ if side == Side::Old => self.push(Some(value), None),
            _ => self.push(None, Some(value)),
        }
    }

    fn push(&mut self, old: Option<&Value>, new: Option<&Value>) {
        let path = self.path.trim_start_matches('.').to_owned();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).and_then(decoded::decoded);
        let (old_text, new_text) = (text(old), text(new));
        let confidential = |value: Option<&Value>, text: &Option<String>| {
            value.and_then(Value::as_str).is_some_and(decoded::is_confidential)
                || text.as_deref().is_some_and(decoded::is_confidential)
        };
        let change = if confidential(old, &old_text) || confidential(new, &new_text) {
            let new = new.map(|_| if old.is_some() { secret::CHANGED } else { secret::HIDDEN });
            FieldChange::plain(path, old.map(|_| secret::HIDDEN.into()), new.map(Into::into))
        } else if old_text != new_text && old_text.is_some() == old.is_some() && new_text.is_some() == new.is_some() {
            let value = |text: Option<String>| text.map(|text| Value::from(text.as_str()));
            FieldChange { path, old: value(old_text), new: value(new_text), decoded: true }
        } else {
            let value =
                |value: Option<&Value>| value.map(|value| secret::hidden(value).unwrap_or_else(|| value.clone()));
            FieldChange::plain(path, value(old), value(new))
        };
        self.found.push(change);
    }
}

/// The side that has a value.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Old,
    New,
}

/// Whether an encoded file is somewhere in a value.
fn has_file(value: &Value) -> bool {
    match value {
        Value::Str(text) => decoded::decoded(text).is_some(),
        Value::Seq(items) => items.iter().any(has_file),
        Value::Map(map) => map.iter().any(|(_, value)| has_file(value)),
        _ => false,
    }
}

/// Whether a list is compared item by item; lists of scalars are shown as a whole.
fn entered(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.as_map().is_some())
}

/// Whether every item has a text or number of its own under this key.
fn names(items: &[Value], name: &str) -> bool {
    let mut seen = BTreeSet::new();
    items.iter().all(|item| match item.get(name) {
        Some(Value::Str(text)) => seen.insert(text.to_string()),
        _ => false,
    })
}

fn named_step(item: &Value, name: &str) -> String {
    format!("[{name}={}]", item.get(name).and_then(Value::as_str).unwrap_or_default())
}

fn step(key: &Value) -> String {
    let text = key_text(key);
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_$".contains(c));
    let mut step = String::new();
    // Writing to a text cannot fail.
    let _ = if plain { write!(step, ".{text}") } else { write!(step, "[{text:?}]") };
    step
}

/// A key as text.
pub fn key_text(key: &Value) -> String {
    match key {
        Value::Str(text) | Value::Timestamp(text) => text.to_string(),
        other => crate::yaml::emit::to_string(other).trim_end().to_owned(),
    }
}

/// The value of a text that is a JSON object, such as `installConfigOverrides`.
fn json_object(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with('{') || text.trim() == "{}" {
        return None;
    }
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).ok()?;
    let source = Source::from_text("", text);
    let document = documents(&source).next()?.ok()?;
    document.root()?.to_value().ok().filter(|value| value.as_map().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        let source = Source::from_text("", text);
        documents(&source).next().unwrap().unwrap().root().unwrap().to_value().unwrap()
    }

    fn paths(old: &str, new: &str) -> Vec<String> {
        changes(&value(old), &value(new)).into_iter().map(|change| change.path).collect()
    }

    #[test]
    fn named_items_are_matched_wherever_they_stand() {
        let old = "{profile: [{name: a, x: 1}, {name: b, x: 1}]}";
        let new = "{profile: [{name: b, x: 2}, {name: c, x: 1}]}";
        assert_eq!(paths(old, new), ["profile[name=b].x", "profile[name=c]", "profile[name=a]"]);
        assert_eq!(paths("[{name: a}, {name: b}]", "[{name: b}, {name: a}]"), [""]);
    }

    #[test]
    fn other_items_are_counted_between_the_equal_ends() {
        assert_eq!(paths("[{x: 1}, {x: 2}, {x: 3}]", "[{x: 1}, {x: 3}]"), ["[1]"]);
        assert_eq!(paths("[{x: 1}, {x: 2}]", "[{x: 1}, {x: 4}]"), ["[1].x"]);
        assert_eq!(paths("a: [1, 2]", "a: [2, 1]"), ["a"]);
    }

    #[test]
    fn files_are_compared_decoded() {
        let file = |source: &str| format!("{{files: [{{path: /etc/a, contents: {{source: \"{source}\"}}}}]}}");
        let (old, new) = (file("data:,one%0Atwo%0A"), file("data:;base64,b25lCnRocmVlCg=="));
        let change = &changes(&value(&old), &value(&new))[0];
        assert_eq!((change.path.as_str(), change.decoded), ("files[path=/etc/a].contents.source", true));
        assert_eq!(change.new, Some(Value::from("one\nthree\n")));
        for before in ["files: []", "a: 1", "{files: [{path: /etc/b}]}"] {
            let added = changes(&value(before), &value(&new));
            let file = added.iter().find(|change| change.path == "files[path=/etc/a].contents.source");
            assert_eq!(file.and_then(|file| file.new.clone()), Some(Value::from("one\nthree\n")), "{before}");
        }
    }

    #[test]
    fn secrets_are_never_shown() {
        let secret =
            |word: &str| format!("{{kind: Secret, data: {{a: \"{word}\", b: same}}, stringData: {{c: {word}}}}}");
        let shown = |old: &str, new: &str| format!("{:?}", changes(&value(old), &value(new)));
        let (old, new) = (secret("b25lLW9uZS1vbmUtb25lLW9uZQ=="), secret("dHdvLXR3by10d28tdHdvLXR3bw=="));
        let list = |item: &str| format!("{{items: [{item}]}}");
        for (old, new) in
            [(old.clone(), new.clone()), (list(&old), list(&new)), ("{}".into(), list(&new)), ("{}".into(), new)]
        {
            let text = shown(&old, &new);
            assert!(!text.contains("dHdv") && !text.contains("b25l") && !text.contains("two-two"), "{text}");
        }
        assert_eq!(paths(&secret("x"), &secret("y")), ["data.a", "stringData.c"]);
        let key = |text: &str| format!("{{a: \"data:,-----BEGIN PRIVATE KEY-----{text}\"}}");
        assert!(!shown(&key("one"), &key("two")).contains("one"));
    }

    #[test]
    fn json_in_a_text_is_compared_as_a_value() {
        let change = changes(&value(r#"{"a.b/c": '{"n": {"x": 1}}'}"#), &value(r#"{"a.b/c": '{"n": {"x": 2}}'}"#));
        assert_eq!(change[0].path, "[\"a.b/c\"].n.x");
        assert_eq!((&change[0].old, &change[0].new), (&Some(Value::Int(1)), &Some(Value::Int(2))));
        assert!(paths(r#"a: '{"x": 1}'"#, r#"a: '{"x":1}'"#).iter().all(|path| path == "a"));
    }
}
