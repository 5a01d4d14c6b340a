//! Nodes to records, with the leniency of yaml.v3: unknown fields are passed over, text fields take any scalar, null
//! leaves a field as it was.

use std::sync::Arc;

use super::record::{Record, Typed};
use super::schema::{Default, Field, Struct, Type};
use crate::finding::Finding;
use crate::suggest::nearest;
use crate::yaml::{Error, Map, NodeRef, Value};

/// The ids of the findings made here.
pub const PARSE: &str = "siteconfig/parse";
const UNKNOWN_FIELD: &str = "siteconfig/unknown-field";

/// Decodes a node and collects what is wrong with it.
#[derive(Debug, Default)]
pub struct Decoder {
    /// In the order of their places.
    pub findings: Vec<Finding>,
}

impl Decoder {
    /// A struct.
    pub fn record(&mut self, node: NodeRef<'_>, schema: &'static Struct) -> Option<Record> {
        let fields = self.checked(node.fields(), schema.name)?;
        let mut record = Record::preset(schema, node.span());
        for (key, value) in fields {
            let Some(name) = key.text() else { continue };
            let Some(index) = schema.fields.iter().position(|f| !f.yaml.is_empty() && f.yaml == name) else {
                self.unknown(key, name, schema);
                continue;
            };
            if let Some(field) = schema.fields.get(index) {
                let typed = self.field(value, field);
                record.set_at(index, typed, key.span());
                let items: Vec<_> = value.items().filter(|item| item.text().is_some() && !item.is_null()).collect();
                if !items.is_empty() {
                    record.set_items_at(index, items.into_iter().map(NodeRef::span).collect());
                }
            }
        }
        Some(record)
    }

    fn field(&mut self, node: NodeRef<'_>, field: &Field) -> Option<Typed> {
        if node.is_null() {
            // Null leaves texts, numbers and structs alone and clears the rest.
            return matches!(field.ty, Type::Free | Type::Texts | Type::TextsByName | Type::List(_) | Type::Pointer(_))
                .then(|| Typed::zero(field.ty));
        }
        let typed = self.typed(node, field.ty)?;
        match (field.default, typed) {
            (Default::WhenEmpty(value), Typed::Text(text)) if text.is_empty() => Some(Typed::Text(value.into())),
            (_, typed) => Some(typed),
        }
    }

    fn typed(&mut self, node: NodeRef<'_>, ty: Type) -> Option<Typed> {
        match ty {
            Type::Text => self.checked(node.decode_text(), "a text").map(|text| Typed::Text(text.into())),
            Type::Bool => self.checked(node.decode_bool(), "true or false").map(Typed::Bool),
            Type::Int => self.checked(node.decode_int(), "a whole number").map(Typed::Int),
            Type::Free => self.free(node).map(Typed::Free),
            Type::Texts => self.texts(node).map(Typed::Texts),
            Type::TextsByName => self.texts_by_name(node).map(Typed::TextsByName),
            Type::List(item) => self.list(node, *item).map(Typed::List),
            Type::Struct(schema) => self.record(node, schema).map(Typed::Record),
            Type::Pointer(to) => self.typed(node, *to),
        }
    }

    fn list(&mut self, node: NodeRef<'_>, item: Type) -> Option<Vec<Typed>> {
        if !node.is_seq() {
            self.error(node.error(format!("cannot unmarshal {} into a list", describe(node))), "a list");
            return None;
        }
        // yaml.v3 drops null items.
        let items: Vec<_> = node.items().filter(|item| !item.is_null()).collect();
        Some(items.into_iter().filter_map(|node| self.typed(node, item)).collect())
    }

    fn free(&mut self, node: NodeRef<'_>) -> Option<Map> {
        self.map(node, |_, value| value.to_value())
    }

    /// A `map[string]string`.
    pub fn texts(&mut self, node: NodeRef<'_>) -> Option<Map> {
        self.map(node, |_, value| value.decode_text().map(Value::from))
    }

    fn texts_by_name(&mut self, node: NodeRef<'_>) -> Option<Map> {
        self.map(node, |decoder, value| {
            Ok(if value.is_null() {
                Value::Map(Map::new())
            } else {
                decoder.texts(value).map(Value::Map).unwrap_or_default()
            })
        })
    }

    fn map<'d>(
        &mut self,
        node: NodeRef<'d>,
        mut decode: impl FnMut(&mut Self, NodeRef<'d>) -> Result<Value, Error>,
    ) -> Option<Map> {
        let fields = self.checked(node.fields(), "a map")?;
        let mut entries: Vec<(Value, Value)> = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let name: Arc<str> = self.checked(key.decode_text(), "a text as key")?.into();
            let decoded = decode(self, value);
            let decoded = self.checked(decoded, "a fitting value")?;
            entries.push((Value::Str(name), decoded));
        }
        Some(Map::from_unsorted(entries))
    }

    fn checked<T>(&mut self, result: Result<T, Error>, wanted: &str) -> Option<T> {
        result.map_err(|error| self.error(error, wanted)).ok()
    }

    fn error(&mut self, error: Error, wanted: &str) {
        let wanted = wanted.strip_prefix("siteConfig.").map_or_else(|| wanted.to_owned(), |_| "a map".to_owned());
        self.findings
            .push(Finding::error(PARSE, error.message).at(error.place).label(format!("{wanted} is needed here")));
    }

    fn unknown(&mut self, key: NodeRef<'_>, name: &str, schema: &Struct) {
        let finding = Finding::warning(UNKNOWN_FIELD, format!("the field {name:?} is unknown and has no effect"));
        if matches!(name, "clusterType" | "numMasters" | "numWorkers") {
            self.findings.push(finding.at(key.place()).fix("remove it; the generator counts the nodes"));
            return;
        }
        let known = schema.fields.iter().map(|f| f.yaml).filter(|known| !known.is_empty());
        self.findings.push(match nearest(name, known) {
            Some(known) if known.eq_ignore_ascii_case(name) => {
                finding.at(key.place()).fix(format!("did you mean {known:?}? field names are case-sensitive"))
            }
            Some(known) => finding.at(key.place()).fix(format!("did you mean {known:?}?")),
            None => finding.at(key.place()).fix("remove it, or correct its name or indentation"),
        });
    }
}

fn describe(node: NodeRef<'_>) -> String {
    match node.text() {
        Some(text) => format!("{text:?}"),
        None => "a map".into(),
    }
}
