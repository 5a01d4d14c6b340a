//! Objects as values, without what nobody here reads.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::{Map, Value};

/// An object without `metadata.managedFields`: who changed which field is half of an object, and dropped while it is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lean(pub(super) Value);

impl<'de> Deserialize<'de> for Lean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Fields::Object.deserialize(deserializer).map(Self)
    }
}

/// Whose fields are read.
#[derive(Clone, Copy)]
enum Fields {
    Object,
    Metadata,
}

impl<'de> DeserializeSeed<'de> for Fields {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fields {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            match (self, key.as_str()) {
                (Self::Metadata, "managedFields") => drop(access.next_value::<IgnoredAny>()?),
                (Self::Object, "metadata") => drop(map.insert(key, access.next_value_seed(Self::Metadata)?)),
                _ => drop(map.insert(key, access.next_value()?)),
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_managed_fields_of_the_object_itself_are_dropped() {
        let text = r#"{"metadata": {"name": "a", "managedFields": [{"f:x": {}}], "labels": {"metadata": "b"}},
            "spec": {"metadata": {"managedFields": [1]}, "n": 1.50}}"#;
        let Lean(value) = serde_json::from_str(text).unwrap();
        assert_eq!(
            value,
            json!({"metadata": {"name": "a", "labels": {"metadata": "b"}},
                "spec": {"metadata": {"managedFields": [1]}, "n": 1.50}})
        );
        assert!(serde_json::from_str::<Lean>("[]").is_err());
    }
}
