//! Secrets keep their secrets: what is in them is compared and never shown.

use crate::yaml::{Map, Value};

/// What stands for a value of a Secret.
pub const HIDDEN: &str = "(secret)";
/// What stands for another value of a Secret.
pub const CHANGED: &str = "(changed)";

/// Fields whose values are secret; the annotation has a copy of the whole object.
const FIELDS: [&str; 2] = ["data", "stringData"];
const COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whether a map is a Secret.
pub fn is_secret(map: &Map) -> bool {
    map.get("kind").and_then(Value::as_str) == Some("Secret")
}

/// A value of which all Secrets in it are hidden; `None` when there is none.
pub fn hidden(value: &Value) -> Option<Value> {
    match value {
        Value::Seq(items) => {
            let changed: Vec<Option<Value>> = items.iter().map(hidden).collect();
            changed.iter().any(Option::is_some).then(|| {
                Value::seq(items.iter().zip(changed).map(|(old, new)| new.unwrap_or_else(|| old.clone())).collect())
            })
        }
        Value::Map(map) if is_secret(map) => Some(Value::from(masked(map, None))),
        Value::Map(map) => {
            let mut changed = None;
            for (key, value) in map {
                if let Some(value) = hidden(value) {
                    changed.get_or_insert_with(|| map.clone()).insert_key(key.clone(), value);
                }
            }
            changed.map(Value::from)
        }
        _ => None,
    }
}

/// A Secret with signs in place of its values: another one where it differs from `before`.
pub fn masked(secret: &Map, before: Option<&Map>) -> Map {
    let mut masked = secret.clone();
    for field in FIELDS {
        let Some(Value::Map(values)) = secret.get(field) else {
            if secret.contains(field) {
                masked.insert(field, HIDDEN);
            }
            continue;
        };
        let old = before.and_then(|before| before.get(field)).and_then(Value::as_map);
        let mut signs = values.clone();
        for (key, value) in values {
            let differs = old.and_then(|old| old.get_key(key)).is_some_and(|old| old != value);
            signs.insert_key(key.clone(), Value::from(if differs { CHANGED } else { HIDDEN }));
        }
        masked.insert(field, signs);
    }
    let annotations = masked.get_mut("metadata").and_then(Value::as_map_mut).and_then(|m| m.get_mut("annotations"));
    if let Some(annotations) = annotations.and_then(Value::as_map_mut) {
        annotations.remove(COPY);
    }
    masked
}
