//! Taking out everything that is empty, and telling where that changes what a node does.
//!
//! The upstream generator trims its result with yamltrim: every false, 0, "", null and empty list or map goes.

use super::decode::is_zero;
use super::ignition_merge::key_of;
use super::schema::{CONFIG, Object, Type};
use crate::yaml::{Map, Value};

/// From here on yaml.v3 writes a whole number that went through JSON as a float with exponent, as upstream does.
const FLOAT_FROM: u64 = 1_000_000;

/// The value without its empty parts; `None` when nothing is left.
pub(super) fn trim(value: &Value) -> Option<Value> {
    let trimmed = match value {
        Value::Map(map) => {
            Value::Map(Map::from_unsorted(map.iter().filter_map(|(k, v)| Some((k.clone(), trim(v)?))).collect()))
        }
        Value::Seq(items) => Value::seq(items.iter().filter_map(trim).collect()),
        Value::Int(i) if i.unsigned_abs() >= FLOAT_FROM => Value::Float(*i as f64),
        other => other.clone(),
    };
    (!is_zero(&trimmed)).then_some(trimmed)
}

/// Fields whose zero value means something else than leaving them out.
const MEANT: [&str; 8] =
    ["enabled", "mask", "overwrite", "mode", "shouldExist", "source", "httpResponseHeaders", "contents"];

/// What trimming a merged config loses although it means something: `path: value`.
pub(super) fn losses(config: &Map) -> Vec<String> {
    let mut found = Vec::new();
    walk(&CONFIG, config, "", &mut found);
    found
}

fn walk(object: &Object, map: &Map, path: &str, found: &mut Vec<String>) {
    for field in object.fields {
        let Some(value) = map.get(field.name) else { continue };
        let place = super::decode::join(path, field.name);
        match (&field.ty, value) {
            (Type::Object(object), Value::Map(map)) => walk(object, map, &place, found),
            (Type::Objects(object, key), Value::Seq(items)) => {
                for (i, item) in items.iter().enumerate() {
                    let name = Some(key_of(item, *key)).filter(|k| !k.is_empty()).unwrap_or_else(|| i.to_string());
                    if let Value::Map(map) = item {
                        walk(object, map, &format!("{place}[{name}]"), found);
                    }
                }
            }
            (_, value) if MEANT.contains(&field.name) && is_zero(value) => {
                let shown = match value {
                    Value::Bool(_) => "false",
                    Value::Int(_) => "0",
                    _ => "\"\"",
                };
                found.push(format!("{place}: {shown}"));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_parts_go_at_every_depth() {
        let inner: Map = [("a", Value::from(false)), ("b", Value::seq(vec![Value::from("")]))].into_iter().collect();
        let map: Map =
            [("x", Value::Map(inner)), ("y", Value::Int(420)), ("z", Value::Int(2_000_000))].into_iter().collect();
        let trimmed = trim(&Value::Map(map)).unwrap();
        assert_eq!(trimmed.get("x"), None);
        assert_eq!(trimmed.get("y"), Some(&Value::Int(420)));
        assert_eq!(trimmed.get("z"), Some(&Value::Float(2e6)));
    }
}
