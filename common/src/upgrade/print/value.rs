//! JSON literals as values that keep the order in which they were written.

use serde_json::Value as Json;

use crate::yaml::{Map, Value};

/// A literal of this crate as a value; keys stay in order.
pub fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Bool(b),
        Json::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(i), _) => Value::Int(i),
            (None, Some(u)) => Value::UInt(u),
            (None, None) => Value::Float(n.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text),
        Json::Array(items) => Value::seq(items.into_iter().map(value).collect()),
        Json::Object(entries) => {
            let mut map = Map::fields();
            for (key, item) in entries {
                map.insert(key, value(item));
            }
            Value::Map(map)
        }
    }
}
