//! Plain data as yaml.v3 decodes it: what generators merge and the emitter writes.
//!
//! Maps and lists share their content until one side changes it, so that a source CR costs one counter per policy
//! that uses it and an overlay copies only the path it touches.

use std::sync::Arc;

use super::order::natural;

/// A value of the types that yaml.v3 knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer that fits 64 bits with sign.
    Int(i64),
    /// An integer above `i64::MAX`.
    UInt(u64),
    /// Any other number.
    Float(f64),
    /// A text.
    Str(Arc<str>),
    /// Bytes that are not UTF-8, from `!!binary`.
    Binary(Arc<[u8]>),
    /// A point in time, in the RFC 3339 form that Go writes.
    Timestamp(Arc<str>),
    /// A list.
    Seq(Arc<Vec<Value>>),
    /// A map.
    Map(Map),
}

/// How a [`Map`] keeps its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Sorted in yaml.v3's natural order, as Go writes a map.
    #[default]
    Natural,
    /// As inserted, as Go writes the fields of a struct.
    Fields,
}

/// A map with unique keys. Meant for the sizes that custom resources have: look-up is linear.
#[derive(Clone, Debug, Default)]
pub struct Map {
    order: Order,
    entries: Arc<Vec<(Value, Value)>>,
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.entries, &other.entries)
            || self.len() == other.len() && self.iter().all(|(k, v)| other.get_key(k) == Some(v))
    }
}

impl Map {
    /// An empty map that sorts its keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty map that keeps its keys as inserted.
    pub fn fields() -> Self {
        Self { order: Order::Fields, ..Self::default() }
    }

    /// A map of unique keys in any order, sorted once.
    pub fn from_unsorted(mut entries: Vec<(Value, Value)>) -> Self {
        entries.sort_by(|a, b| natural(&a.0, &b.0));
        Self { order: Order::Natural, entries: Arc::new(entries) }
    }

    /// How the keys are kept.
    pub fn order(&self) -> Order {
        self.order
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys and values in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (Value, Value)> {
        self.entries.iter()
    }

    /// The value of a text key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.position(key).map(|i| &self.entries[i].1)
    }

    /// The value of any key.
    pub fn get_key(&self, key: &Value) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Whether a text key is there.
    pub fn contains(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// The value of a text key, to change; what is shared is copied first.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let i = self.position(key)?;
        Some(&mut Arc::make_mut(&mut self.entries)[i].1)
    }

    /// Sets a text key: an existing one keeps its place, a new one goes where the order puts it.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, value: impl Into<Value>) {
        self.insert_key(Value::Str(key.into()), value.into());
    }

    /// Sets any key.
    pub fn insert_key(&mut self, key: Value, value: Value) {
        let entries = Arc::make_mut(&mut self.entries);
        if let Some(entry) = entries.iter_mut().find(|(k, _)| *k == key) {
            entry.1 = value;
            return;
        }
        let at = match self.order {
            Order::Fields => entries.len(),
            Order::Natural => entries.partition_point(|(k, _)| natural(k, &key).is_lt()),
        };
        entries.insert(at, (key, value));
    }

    /// Takes a text key out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let i = self.position(key)?;
        Some(Arc::make_mut(&mut self.entries).remove(i).1)
    }

    /// Keeps only the entries for which `keep` is true; each value may be changed on the way.
    pub fn retain(&mut self, mut keep: impl FnMut(&Value, &mut Value) -> bool) {
        Arc::make_mut(&mut self.entries).retain_mut(|(k, v)| keep(k, v));
    }

    /// An address that is equal for maps that share their content, with how many share it.
    pub fn shared(&self) -> (usize, usize) {
        (Arc::as_ptr(&self.entries) as usize, Arc::strong_count(&self.entries))
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|(k, _)| matches!(k, Value::Str(k) if **k == *key))
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a (Value, Value);
    type IntoIter = std::slice::Iter<'a, (Value, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Into<Arc<str>>, V: Into<Value>> FromIterator<(K, V)> for Map {
    /// A map in natural order; a later entry wins over an earlier one with the same key.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let mut map = Self::new();
        for (key, value) in iter {
            map.insert(key, value);
        }
        map
    }
}

impl Value {
    /// A list.
    pub fn seq(items: Vec<Value>) -> Self {
        Self::Seq(Arc::new(items))
    }

    /// The text of a text value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The map, when it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map to change, when it is one.
    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_seq(&self) -> Option<&[Value]> {
        match self {
            Self::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list, to change; what is shared is copied first.
    pub fn as_seq_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Seq(items) => Some(Arc::make_mut(items)),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value of a text key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_map()?.get(key)
    }

    /// The value behind a path of text keys.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// What a person would call its type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) | Self::Float(_) => "a number",
            Self::Str(_) => "a text",
            Self::Binary(_) => "binary data",
            Self::Timestamp(_) => "a timestamp",
            Self::Seq(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(text: Arc<str>) -> Self {
        Self::Str(text)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<i64> for Value {
    fn from(i: i64) -> Self {
        Self::Int(i)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::seq(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_what_was_shared_alone() {
        let original: Map = [("b", 1), ("a", 2)].into_iter().map(|(k, v)| (k, Value::Int(v))).collect();
        let mut copy = original.clone();
        copy.insert("a", Value::Int(3));
        copy.insert("aa", Value::Int(4));
        assert_eq!(original.get("a"), Some(&Value::Int(2)));
        assert_eq!(copy.iter().map(|(k, _)| k.as_str().unwrap()).collect::<Vec<_>>(), ["a", "aa", "b"]);
    }

    #[test]
    fn fields_stay_where_they_were_put() {
        let mut map = Map::fields();
        map.insert("kind", "A");
        map.insert("apiVersion", "v1");
        map.insert("kind", "B");
        assert_eq!(map.iter().map(|(k, _)| k.as_str().unwrap()).collect::<Vec<_>>(), ["kind", "apiVersion"]);
        assert_eq!(map.get("kind"), Some(&Value::from("B")));
    }
}
