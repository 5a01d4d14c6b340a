//! A decoded SiteConfig: values of the types of the [`super::schema`], each with its place in the file.

use std::sync::Arc;

use super::schema::{Default, Struct, Type};
use crate::generate::template::Data;
use crate::yaml::{Map, Span, Value};

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// A nil map, slice or pointer.
    Nil(Type),
    /// `string`
    Text(Arc<str>),
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `map[string]interface{}`
    Free(Map),
    /// `map[string]string`
    Texts(Map),
    /// `map[string]map[string]string`
    TextsByName(Map),
    /// A slice.
    List(Vec<Typed>),
    /// A struct.
    Record(Record),
}

/// A struct with the places of its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    schema: &'static Struct,
    values: Vec<Typed>,
    spans: Vec<Option<Span>>,
    /// The places of the items of list fields, by the position of the field.
    items: Vec<(usize, Vec<Span>)>,
    /// Where the struct stands.
    pub span: Span,
}

impl Record {
    /// All fields zero, as Go has a struct that the file does not mention.
    pub fn zero(schema: &'static Struct) -> Self {
        let values: Vec<_> = schema.fields.iter().map(|f| Typed::zero(f.ty)).collect();
        let spans = vec![None; values.len()];
        Self { schema, values, spans, items: Vec::new(), span: Span::default() }
    }

    /// The fields before the file's values are filled in.
    pub fn preset(schema: &'static Struct, span: Span) -> Self {
        let mut record = Self { span, ..Self::zero(schema) };
        for (value, field) in record.values.iter_mut().zip(schema.fields) {
            if let Default::Text(text) = field.default {
                *value = Typed::Text(text.into());
            }
        }
        record
    }

    /// The type.
    pub fn schema(&self) -> &'static Struct {
        self.schema
    }

    /// The position of a Go field.
    fn position(&self, go: &str) -> Option<usize> {
        self.schema.fields.iter().position(|f| f.go == go)
    }

    /// The value of a Go field.
    pub fn get(&self, go: &str) -> Option<&Typed> {
        self.position(go).and_then(|i| self.values.get(i))
    }

    /// The value of a Go field, to change.
    pub fn get_mut(&mut self, go: &str) -> Option<&mut Typed> {
        let i = self.position(go)?;
        self.values.get_mut(i)
    }

    /// Sets a Go field; one that does not exist is left out.
    pub fn set(&mut self, go: &str, value: Typed) {
        if let Some(slot) = self.get_mut(go) {
            *slot = value;
        }
    }

    /// Sets the field at a position of the schema.
    pub fn set_at(&mut self, index: usize, value: Option<Typed>, span: Span) {
        if let (Some(slot), Some(value)) = (self.values.get_mut(index), value) {
            *slot = value;
        }
        if let Some(slot) = self.spans.get_mut(index) {
            *slot = Some(span);
        }
    }

    /// Remembers where the items of the list field at a position of the schema stand.
    pub fn set_items_at(&mut self, index: usize, spans: Vec<Span>) {
        self.items.push((index, spans));
    }

    /// Where an item of a list field stands, else where the field does.
    pub fn span_of_item(&self, go: &str, item: usize) -> Span {
        let position = self.position(go);
        let items = self.items.iter().find(|(index, _)| Some(*index) == position);
        items.and_then(|(_, spans)| spans.get(item).copied()).unwrap_or_else(|| self.span_of(go))
    }

    /// Where a Go field stands; the struct's own place when the file does not mention it.
    pub fn span_of(&self, go: &str) -> Span {
        self.position(go).and_then(|i| self.spans.get(i).copied().flatten()).unwrap_or(self.span)
    }

    /// A text field; "" for anything else.
    pub fn text(&self, go: &str) -> &str {
        match self.get(go) {
            Some(Typed::Text(text)) => text,
            _ => "",
        }
    }

    /// A boolean field.
    pub fn flag(&self, go: &str) -> bool {
        matches!(self.get(go), Some(Typed::Bool(true)))
    }

    /// A number field.
    pub fn int(&self, go: &str) -> i64 {
        match self.get(go) {
            Some(Typed::Int(i)) => *i,
            _ => 0,
        }
    }

    /// A list field; empty when nil.
    pub fn list(&self, go: &str) -> &[Typed] {
        match self.get(go) {
            Some(Typed::List(items)) => items,
            _ => &[],
        }
    }

    /// The structs of a list field.
    pub fn records(&self, go: &str) -> impl Iterator<Item = &Record> {
        self.list(go).iter().filter_map(|item| match item {
            Typed::Record(record) => Some(record),
            _ => None,
        })
    }

    /// The structs of a list field, to change.
    pub fn records_mut(&mut self, go: &str) -> impl Iterator<Item = &mut Record> {
        let items = match self.get_mut(go) {
            Some(Typed::List(items)) => items.as_mut_slice(),
            _ => &mut [],
        };
        items.iter_mut().filter_map(|item| match item {
            Typed::Record(record) => Some(record),
            _ => None,
        })
    }

    /// The texts of a list field.
    pub fn texts(&self, go: &str) -> impl Iterator<Item = &Arc<str>> {
        self.list(go).iter().filter_map(|item| match item {
            Typed::Text(text) => Some(text),
            _ => None,
        })
    }

    /// A map field; `None` when nil.
    pub fn map(&self, go: &str) -> Option<&Map> {
        match self.get(go) {
            Some(Typed::Free(map) | Typed::Texts(map) | Typed::TextsByName(map)) => Some(map),
            _ => None,
        }
    }

    /// A struct field, or what a pointer field points to.
    pub fn record(&self, go: &str) -> Option<&Record> {
        match self.get(go) {
            Some(Typed::Record(record)) => Some(record),
            _ => None,
        }
    }

    /// A text field of a struct field.
    pub fn text_in(&self, outer: &str, inner: &str) -> &str {
        self.record(outer).map_or("", |r| r.text(inner))
    }

    fn is_zero(&self) -> bool {
        self.values.iter().all(Typed::is_zero)
    }

    fn to_value(&self) -> Value {
        let mut map = Map::fields();
        for (value, field) in self.values.iter().zip(self.schema.fields) {
            if !(field.yaml.is_empty() || field.omit_empty && value.is_empty()) {
                map.insert(field.yaml, value.to_value());
            }
        }
        Value::Map(map)
    }

    /// The struct as a template sees it.
    pub fn to_data(&self) -> Data {
        let fields = self.values.iter().zip(self.schema.fields).map(|(v, f)| (f.go, v.to_data())).collect();
        Data::structure(self.schema.name, fields)
    }
}

impl Typed {
    /// The zero value of a type.
    pub fn zero(ty: Type) -> Self {
        match ty {
            Type::Text => Self::Text("".into()),
            Type::Bool => Self::Bool(false),
            Type::Int => Self::Int(0),
            Type::Struct(schema) => Self::Record(Record::zero(schema)),
            Type::Free | Type::Texts | Type::TextsByName | Type::List(_) | Type::Pointer(_) => Self::Nil(ty),
        }
    }

    /// What Go's reflection calls zero: an empty map or list that is there is not.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Nil(_) => true,
            Self::Text(text) => text.is_empty(),
            Self::Bool(b) => !b,
            Self::Int(i) => *i == 0,
            Self::Record(record) => record.is_zero(),
            Self::Free(_) | Self::Texts(_) | Self::TextsByName(_) | Self::List(_) => false,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Free(map) | Self::Texts(map) | Self::TextsByName(map) => map.is_empty(),
            Self::List(items) => items.is_empty(),
            other => other.is_zero(),
        }
    }

    /// As yaml.v3 writes it.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Nil(Type::List(_)) => Value::seq(Vec::new()),
            Self::Nil(Type::Pointer(_)) => Value::Null,
            Self::Nil(_) => Value::Map(Map::new()),
            Self::Text(text) => Value::Str(text.clone()),
            Self::Bool(b) => Value::Bool(*b),
            Self::Int(i) => Value::Int(*i),
            Self::Free(map) | Self::Texts(map) | Self::TextsByName(map) => Value::Map(map.clone()),
            Self::List(items) => Value::seq(items.iter().map(Self::to_value).collect()),
            Self::Record(record) => record.to_value(),
        }
    }

    fn to_data(&self) -> Data {
        match self {
            Self::Nil(Type::Pointer(Type::Struct(schema))) => Data::NilPointer(schema.name),
            Self::Nil(Type::Pointer(_)) => Data::Nil,
            Self::Nil(Type::List(_)) => Data::list([]),
            Self::Nil(Type::Texts) => Data::text_map::<&str, &str>([]),
            Self::Nil(_) => Data::map::<&str>([]),
            Self::Text(text) => Data::Text(text.clone()),
            Self::Bool(b) => Data::Bool(*b),
            Self::Int(i) => Data::Int(*i),
            Self::Free(map) => Data::from(&Value::Map(map.clone())),
            Self::Texts(map) => texts_data(map),
            Self::TextsByName(map) => {
                Data::map(map.iter().filter_map(|(k, v)| Some((k.as_str()?, texts_data(v.as_map()?)))))
            }
            Self::List(items) => Data::list(items.iter().map(Self::to_data)),
            Self::Record(record) => record.to_data(),
        }
    }
}

fn texts_data(map: &Map) -> Data {
    Data::text_map(map.iter().filter_map(|(k, v)| Some((k.as_str()?, v.as_str()?))))
}
