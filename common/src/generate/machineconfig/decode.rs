//! Free data to a config of known fields, as Go's encoding/json fills the types of the specification.
//!
//! What comes out has no nulls, no empty structures and no zero values of plain fields, so that "not set" has one
//! form only.

use super::schema::{Field, Object, Type};
use crate::yaml::{Map, Value};

/// What was wrong or ignored while decoding.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// `path: message`
    pub errors: Vec<String>,
    /// Paths of fields that the version does not have.
    pub unknown: Vec<String>,
}

/// Decodes a structure by the fields of a minor version.
pub(super) fn decode(object: &Object, value: &Value, version: u8, path: &str, notes: &mut Notes) -> Map {
    let mut out = Map::new();
    let Some(map) = value.as_map() else {
        notes.errors.push(mismatch(path, value, "a map"));
        return out;
    };
    for (key, value) in map {
        let Some(name) = key.as_str() else { continue };
        let place = join(path, name);
        let Some(field) = object.field(name, version) else {
            notes.unknown.push(place);
            continue;
        };
        if let Some(value) = decode_field(field, value, version, &place, notes) {
            out.insert(field.name, value);
        }
    }
    out
}

fn decode_field(field: &Field, value: &Value, version: u8, path: &str, notes: &mut Notes) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    match &field.ty {
        Type::Object(object) => {
            let map = decode(object, value, version, path, notes);
            (!map.is_empty()).then_some(Value::Map(map))
        }
        Type::Texts(_) => decode_list(value, path, notes, |item, path, notes| {
            Some(scalar(&Type::Text, item, path, notes).unwrap_or_else(|| Value::from("")))
        }),
        Type::Objects(object, _) => decode_list(value, path, notes, |item, path, notes| {
            Some(Value::Map(match item {
                Value::Null => Map::new(),
                item => decode(object, item, version, path, notes),
            }))
        }),
        ty => scalar(ty, value, path, notes).filter(|value| !(field.plain && is_zero(value))),
    }
}

fn decode_list(
    value: &Value,
    path: &str,
    notes: &mut Notes,
    mut decode_item: impl FnMut(&Value, &str, &mut Notes) -> Option<Value>,
) -> Option<Value> {
    let Some(items) = value.as_seq() else {
        notes.errors.push(mismatch(path, value, "a list"));
        return None;
    };
    let items: Vec<Value> =
        items.iter().enumerate().filter_map(|(i, item)| decode_item(item, &format!("{path}[{i}]"), notes)).collect();
    (!items.is_empty()).then(|| Value::seq(items))
}

fn scalar(ty: &Type, value: &Value, path: &str, notes: &mut Notes) -> Option<Value> {
    let wanted = match (ty, value) {
        (_, Value::Null) => return None,
        (Type::Text, Value::Str(text) | Value::Timestamp(text)) => return Some(Value::Str(text.clone())),
        (Type::Bool, Value::Bool(_)) => return Some(value.clone()),
        (Type::Int, Value::Int(_)) => return Some(value.clone()),
        // encoding/json writes floats below 1e21 without exponent, so 420.0 is a whole number to it.
        (Type::Int, Value::Float(f)) if f.fract() == 0.0 && f.abs() < 9.0e18 => return Some(Value::Int(*f as i64)),
        (Type::Text, _) => "a text",
        (Type::Bool, _) => "true or false",
        _ => "a whole number",
    };
    notes.errors.push(mismatch(path, value, wanted));
    None
}

fn mismatch(path: &str, value: &Value, wanted: &str) -> String {
    format!("{path}: this is {}, not {wanted}", value.type_name())
}

/// Whether it is the zero value of its Go type.
pub(super) fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(b) => !b,
        Value::Int(i) => *i == 0,
        Value::UInt(u) => *u == 0,
        Value::Float(f) => *f == 0.0,
        Value::Str(text) => text.is_empty(),
        Value::Binary(bytes) => bytes.is_empty(),
        Value::Timestamp(_) => false,
        Value::Seq(items) => items.is_empty(),
        Value::Map(map) => map.is_empty(),
    }
}

/// The path of a field of a structure.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
