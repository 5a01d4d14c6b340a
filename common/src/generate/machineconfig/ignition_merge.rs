//! Merging two Ignition configs of one version: Ignition 2.18 `config/merge/merge.go`.

use std::collections::{HashMap, HashSet};

use super::schema::{Field, Key, Object, Type};
use crate::yaml::{Map, Value};

/// Merges a later config into an earlier one. Both are decoded, so that what is not set is not there.
pub(super) fn merge(object: &Object, parent: &Map, child: &Map) -> Map {
    let nodes = Nodes::of(object, child);
    let mut out = Map::new();
    for field in object.fields {
        if let Some(value) = merge_field(field, parent.get(field.name), child.get(field.name), &nodes) {
            out.insert(field.name, value);
        }
    }
    out
}

fn merge_field(field: &Field, parent: Option<&Value>, child: Option<&Value>, nodes: &Nodes) -> Option<Value> {
    match (&field.ty, parent, child) {
        (Type::Object(object), Some(Value::Map(parent)), Some(Value::Map(child))) => {
            Some(Value::Map(merge(object, parent, child)))
        }
        (Type::Texts(key), _, _) => merge_lists(None, *key, field.name, items(parent), items(child), nodes),
        (Type::Objects(object, key), _, _) => {
            merge_lists(Some(object), *key, field.name, items(parent), items(child), nodes)
        }
        (_, _, None) if field.plain => None,
        (_, _, Some(child)) => Some(child.clone()),
        (_, parent, None) => parent.cloned(),
    }
}

fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_seq).unwrap_or_default()
}

fn merge_lists(
    object: Option<&Object>,
    key: Key,
    list: &str,
    parent: &[Value],
    child: &[Value],
    nodes: &Nodes,
) -> Option<Value> {
    if parent.is_empty() && child.is_empty() {
        return None;
    }
    if key == Key::None {
        return Some(Value::seq(parent.iter().chain(child).cloned().collect()));
    }
    let by_key: HashMap<String, &Value> = child.iter().map(|item| (key_of(item, key), item)).collect();
    let parent_keys: HashSet<String> = parent.iter().map(|item| key_of(item, key)).collect();
    let mut out = Vec::with_capacity(parent.len() + child.len());
    for item in parent {
        let item_key = key_of(item, key);
        match by_key.get(&item_key) {
            // A header without a value takes the earlier one away.
            Some(later) if list == "httpHeaders" && later.get("value").is_none() => {}
            Some(later) => out.push(merge_items(object, item, later)),
            None if key == Key::Node && nodes.elsewhere(list, &item_key) => {}
            None => out.push(item.clone()),
        }
    }
    out.extend(child.iter().filter(|item| !parent_keys.contains(&key_of(item, key))).cloned());
    Some(Value::seq(out))
}

fn merge_items(object: Option<&Object>, parent: &Value, child: &Value) -> Value {
    match (object, parent, child) {
        (Some(object), Value::Map(parent), Value::Map(child)) => Value::Map(merge(object, parent, child)),
        _ => child.clone(),
    }
}

/// The key by which an item is recognised.
pub(super) fn key_of(item: &Value, key: Key) -> String {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match key {
        Key::None => String::new(),
        Key::Itself => item.as_str().unwrap_or_default().to_owned(),
        Key::Field(name) => text(name),
        Key::Node => text("path"),
        Key::Partition => match (item.get("number"), item.get("label")) {
            (Some(Value::Int(number)), _) => format!("number:{number}"),
            (_, Some(Value::Str(label))) => format!("label:{label}"),
            _ => String::new(),
        },
    }
}

/// In which list of nodes the later config has a path: an earlier directory is dropped when a file takes its place.
struct Nodes<'a>(HashMap<String, HashSet<&'a str>>);

impl<'a> Nodes<'a> {
    fn of(object: &'a Object, child: &Map) -> Self {
        let mut paths: HashMap<String, HashSet<&'a str>> = HashMap::new();
        for field in object.fields.iter().filter(|f| f.ty.key() == Some(Key::Node)) {
            for item in items(child.get(field.name)) {
                paths.entry(key_of(item, Key::Node)).or_default().insert(field.name);
            }
        }
        Self(paths)
    }

    fn elsewhere(&self, list: &str, path: &str) -> bool {
        self.0.get(path).is_some_and(|lists| lists.iter().any(|l| *l != list))
    }
}
