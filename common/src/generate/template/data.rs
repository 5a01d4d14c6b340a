//! What a template is executed on: data as Go's reflection sees it.
//!
//! Go tells a struct from a map (a field that does not exist is an error, a key that does not exist is not), and a map
//! of texts from a map of anything (what `index` gives for a missing key).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::yaml::Value;

/// A value a template can reach. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Data {
    /// A nil interface, or nothing at all.
    #[default]
    Nil,
    /// A pointer field that is nil; the name of the struct it would point to.
    NilPointer(&'static str),
    /// `bool`
    Bool(bool),
    /// `int`, `int64`
    Int(i64),
    /// `uint64`
    UInt(u64),
    /// `float64`
    Float(f64),
    /// `string`
    Text(Arc<str>),
    /// A slice; nil and empty ones are alike to a template.
    List(Arc<[Data]>),
    /// A map with text keys.
    Map(Arc<DataMap>),
    /// A struct, or a pointer to one.
    Struct(Arc<Struct>),
}

/// A map with text keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataMap {
    /// What the map holds; templates go over it in this order.
    pub entries: BTreeMap<Arc<str>, Data>,
    /// What its values are.
    pub values: MapValues,
}

/// The type of a map's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapValues {
    /// `map[string]interface{}`
    #[default]
    Any,
    /// `map[string]string`
    Texts,
}

/// A struct: its fields in the order of the Go type, all of them, zero values included.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The Go name of the type with its package, for messages: `siteConfig.Clusters`.
    pub name: &'static str,
    /// Go field names and their values.
    pub fields: Vec<(&'static str, Data)>,
}

impl Struct {
    /// The value of a field.
    pub fn get(&self, field: &str) -> Option<&Data> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }
}

impl Data {
    /// A struct.
    pub fn structure(name: &'static str, fields: Vec<(&'static str, Data)>) -> Self {
        Self::Struct(Arc::new(Struct { name, fields }))
    }

    /// A `map[string]string`.
    pub fn text_map<K: Into<Arc<str>>, V: Into<Arc<str>>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let entries = entries.into_iter().map(|(k, v)| (k.into(), Self::Text(v.into()))).collect();
        Self::Map(Arc::new(DataMap { entries, values: MapValues::Texts }))
    }

    /// A `map[string]interface{}`.
    pub fn map<K: Into<Arc<str>>>(entries: impl IntoIterator<Item = (K, Data)>) -> Self {
        let entries = entries.into_iter().map(|(k, v)| (k.into(), v)).collect();
        Self::Map(Arc::new(DataMap { entries, values: MapValues::Any }))
    }

    /// A slice.
    pub fn list(items: impl IntoIterator<Item = Data>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// What Go calls its type.
    pub fn type_name(&self) -> String {
        match self {
            Self::Nil => "nil".into(),
            Self::NilPointer(name) => format!("*{name}"),
            Self::Bool(_) => "bool".into(),
            Self::Int(_) => "int".into(),
            Self::UInt(_) => "uint64".into(),
            Self::Float(_) => "float64".into(),
            Self::Text(_) => "string".into(),
            Self::List(_) => "slice".into(),
            Self::Map(map) => match map.values {
                MapValues::Any => "map[string]interface {}".into(),
                MapValues::Texts => "map[string]string".into(),
            },
            Self::Struct(value) => value.name.into(),
        }
    }
}

impl From<&Value> for Data {
    /// Free data of a YAML file; keys that are no texts are left out.
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nil,
            Value::Bool(b) => Self::Bool(*b),
            Value::Int(i) => Self::Int(*i),
            Value::UInt(u) => Self::UInt(*u),
            Value::Float(f) => Self::Float(*f),
            Value::Str(text) | Value::Timestamp(text) => Self::Text(text.clone()),
            Value::Binary(bytes) => Self::Text(String::from_utf8_lossy(bytes).into()),
            Value::Seq(items) => Self::list(items.iter().map(Self::from)),
            Value::Map(map) => Self::map(map.iter().filter_map(|(k, v)| match k {
                Value::Str(key) => Some((key.clone(), Self::from(v))),
                _ => None,
            })),
        }
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Data {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<i64> for Data {
    fn from(i: i64) -> Self {
        Self::Int(i)
    }
}
