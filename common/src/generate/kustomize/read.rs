//! Files of resources to values, typed as kustomize prints them.
//!
//! Kustomize keeps YAML nodes and turns them into JSON at the end (kyaml 0.18 `RNode.MarshalJSON`): numbers lose their
//! spelling, timestamps become texts, what JSON cannot say is an error. Here that is done when a file is read.
//! Annotations alone keep the text of any scalar.

use super::generator::respelled;
use crate::finding::Finding;
use crate::yaml::{Document, Error, Map, NodeRef, Order, Place, Source, Value, documents};

/// One resource of a file.
pub struct Read {
    pub value: Value,
    pub place: Place,
    /// The text for a generator that takes this document; only when asked for.
    pub text: Option<String>,
    /// About scalars whose spelling the generator will not see.
    pub findings: Vec<Finding>,
}

/// Whether documents are meant for generators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Resources,
    Generators,
    /// Nulls among annotations delete, so they stay.
    Patches,
}

/// The resources of a text; lists such as `kind: List` are taken apart and stand behind the others.
///
/// # Errors
/// The text is not YAML, or a document is not a resource.
pub fn resources(source: &Source, used_for: Use) -> Result<Vec<Read>, Error> {
    let mut read = Vec::new();
    let mut lists = Vec::new();
    for document in documents(source) {
        let document = document?;
        let Some(root) = document.root().filter(|r| !is_empty(*r)) else { continue };
        let value = resource(root, used_for)?;
        match items(&value, root)? {
            None => read.push(one(&document, root, value, used_for)),
            Some(items) => lists.extend(items.into_iter().map(|value| plain(value, root.place()))),
        }
    }
    read.extend(lists);
    Ok(read)
}

fn is_empty(root: NodeRef<'_>) -> bool {
    root.is_null() || root.is_map() && root.entries().next().is_none()
}

fn plain(value: Value, place: Place) -> Read {
    Read { value, place, text: None, findings: Vec::new() }
}

fn one(document: &Document<'_>, root: NodeRef<'_>, value: Value, used_for: Use) -> Read {
    let mut read = plain(value, root.place());
    if used_for == Use::Generators {
        let (text, findings) = respelled(document.source(), root);
        read.text = Some(text);
        read.findings = findings;
    }
    read
}

fn resource(root: NodeRef<'_>, used_for: Use) -> Result<Value, Error> {
    let value = normal(root)?;
    if value.as_map().is_none() {
        return Err(root.error(format!("a resource is a map, not {}", value.type_name())));
    }
    let mut value = value;
    literal_annotations(root, &mut value, used_for);
    check(&value).map_err(|e| root.error(e))?;
    Ok(value)
}

/// What kustomize asks of everything it loads (`GetValidatedMetadata`).
fn check(value: &Value) -> Result<(), String> {
    let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default();
    if kind.is_empty() {
        return Err("the resource has no `kind`".into());
    }
    let name = value.at(&["metadata", "name"]).and_then(super::resource::scalar_text).unwrap_or_default();
    if name.is_empty() && !kind.ends_with("List") {
        return Err("the resource has no `metadata.name`".into());
    }
    Ok(())
}

fn items(value: &Value, root: NodeRef<'_>) -> Result<Option<Vec<Value>>, Error> {
    let is_list = value.get("kind").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("List"));
    match value.get("items").filter(|_| is_list) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Vec::new())),
        Some(Value::Seq(items)) => {
            items.iter().try_for_each(check).map_err(|e| root.error(e))?;
            Ok(Some(items.to_vec()))
        }
        Some(other) => Err(root.error(format!("`items` is a list, not {}", other.type_name()))),
    }
}

/// A node's value with the types JSON has.
///
/// # Errors
/// As [`NodeRef::to_value`]; also keys that are not texts, infinity and not-a-number.
pub fn normal(node: NodeRef<'_>) -> Result<Value, Error> {
    let value = node.to_value()?;
    match as_json(&value) {
        Ok(Some(changed)) => Ok(changed),
        Ok(None) => Ok(value),
        Err(e) => Err(node.error(e)),
    }
}

/// A value with the types JSON has and all keys sorted; `None` when it is so already, so that shared parts stay shared.
///
/// # Errors
/// A key that is not a text, infinity or not-a-number.
pub fn as_json(value: &Value) -> Result<Option<Value>, String> {
    match value {
        Value::Float(f) => whole(*f),
        Value::Timestamp(text) => Ok(Some(Value::Str(text.clone()))),
        Value::Binary(bytes) => Ok(Some(Value::from(String::from_utf8_lossy(bytes).into_owned()))),
        Value::Seq(items) => {
            let changed = items.iter().map(as_json).collect::<Result<Vec<_>, _>>()?;
            if changed.iter().all(Option::is_none) {
                return Ok(None);
            }
            let both = changed.into_iter().zip(items.iter());
            Ok(Some(Value::seq(both.map(|(new, old)| new.unwrap_or_else(|| old.clone())).collect())))
        }
        Value::Map(map) => map_as_json(map),
        _ => Ok(None),
    }
}

fn map_as_json(map: &Map) -> Result<Option<Value>, String> {
    if let Some((key, _)) = map.iter().find(|(key, _)| key.as_str().is_none()) {
        return Err(format!("kustomize does not take keys that are not texts: {key_type}", key_type = key.type_name()));
    }
    let changed = map.iter().map(|(_, v)| as_json(v)).collect::<Result<Vec<_>, _>>()?;
    if map.order() == Order::Natural && changed.iter().all(Option::is_none) {
        return Ok(None);
    }
    let both = changed.into_iter().zip(map.iter());
    let entries = both.map(|(new, (key, old))| (key.clone(), new.unwrap_or_else(|| old.clone()))).collect();
    Ok(Some(Value::Map(Map::from_unsorted(entries))))
}

/// Go writes floats without fraction below 1e21 as integers.
fn whole(f: f64) -> Result<Option<Value>, String> {
    if !f.is_finite() {
        return Err("kustomize does not take infinity and not-a-number".into());
    }
    if f.fract() != 0.0 || f.abs() >= 1e21 {
        return Ok(None);
    }
    let text = format!("{f:.0}");
    let text = if text == "-0" { "0" } else { &text };
    Ok(text.parse().map(Value::Int).ok().or_else(|| text.parse().map(Value::UInt).ok()))
}

/// A value of a JSON document.
pub fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::seq(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(Map::from_unsorted(map.iter().map(|(k, v)| (Value::from(k.as_str()), from_json(v))).collect()))
        }
        serde_json::Value::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
            (Some(i), ..) => Value::Int(i),
            (_, Some(u), _) => Value::UInt(u),
            (.., Some(f)) => whole(f).ok().flatten().unwrap_or(Value::Float(f)),
            _ => Value::Null,
        },
    }
}

/// Annotations as kustomize rewrites them: the text of every scalar.
fn literal_annotations(root: NodeRef<'_>, value: &mut Value, used_for: Use) {
    let Some(node) = root.get("metadata").and_then(|m| m.get("annotations")).filter(|a| a.is_map()) else { return };
    let metadata = value.as_map_mut().and_then(|m| m.get_mut("metadata")).and_then(Value::as_map_mut);
    let annotations = metadata.and_then(|m| m.get_mut("annotations")).and_then(Value::as_map_mut);
    let Some(annotations) = annotations else { return };
    for (key, text) in node.entries().filter_map(|(k, v)| Some((k.text()?, v.text()?))) {
        let kept = |v: &Value| v.as_str().is_some() || v.is_null() && used_for == Use::Patches;
        if annotations.get(key).is_some_and(|v| !kept(v)) {
            annotations.insert(key, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_what_json_writes() {
        assert_eq!(as_json(&Value::Float(1000.0)), Ok(Some(Value::Int(1000))));
        assert_eq!(as_json(&Value::Float(1e19)), Ok(Some(Value::UInt(10_000_000_000_000_000_000))));
        assert_eq!(as_json(&Value::Float(1.5)), Ok(None));
        assert!(as_json(&Value::Float(f64::INFINITY)).is_err());
    }

    #[test]
    fn what_is_json_already_stays_shared() {
        let value = Value::Map([("a", Value::seq(vec![Value::from("x")]))].into_iter().collect());
        assert_eq!(as_json(&value), Ok(None));
        let mut fields = Map::fields();
        fields.insert("b", 1i64);
        fields.insert("a", 2i64);
        let sorted = as_json(&Value::Map(fields)).unwrap().unwrap();
        assert_eq!(sorted.as_map().unwrap().iter().next().unwrap().0, Value::from("a"));
    }
}
