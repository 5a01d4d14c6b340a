//! Maps that Go writes from structs, whose fields stay in order.

use crate::yaml::{Map, Value};

/// A map with its keys in the order given.
pub fn fields<const N: usize>(entries: [(&str, Value); N]) -> Map {
    let mut map = Map::fields();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}

/// `apiVersion`, `kind` and `metadata` of an object.
pub fn identity(api_version: &str, kind: &str, name: &str, namespace: &str) -> Map {
    let metadata = fields([("name", name.into()), ("namespace", namespace.into())]);
    fields([("apiVersion", api_version.into()), ("kind", kind.into()), ("metadata", metadata.into())])
}
