//! Reading the typed fields of a PolicyGenTemplate as yaml.v3 fills Go structs, with findings instead of the first
//! error only.

use crate::finding::Finding;
use crate::suggest::nearest;
use crate::yaml::{Map, NodeRef, Value};

use super::report::Report;
use super::source_cr::top_level;

/// A text and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Text<'d> {
    /// The literal text.
    pub text: &'d str,
    /// Its node.
    pub node: NodeRef<'d>,
}

/// One field of a struct: key, and value.
#[derive(Clone, Copy, Debug)]
pub struct Field<'d> {
    /// The name.
    pub name: &'d str,
    /// Where the name stands.
    pub key: NodeRef<'d>,
    /// The value.
    pub value: NodeRef<'d>,
}

/// The fields of a struct with those that are not null; reports names that are not `known`.
pub fn fields<'d>(node: NodeRef<'d>, owner: &str, known: &[&'static str], report: &mut Report) -> Vec<Field<'d>> {
    let all = all_fields(node, report);
    for field in all.iter().filter(|field| !known.contains(&field.name)) {
        report.at(field.key, unknown_field(field.name, owner, known));
    }
    all.into_iter().filter(|field| !field.value.is_null()).collect()
}

/// All fields of a struct; nothing and a finding for what is no map.
pub fn all_fields<'d>(node: NodeRef<'d>, report: &mut Report) -> Vec<Field<'d>> {
    let pairs = node.fields().unwrap_or_else(|error| {
        report.yaml(error);
        Vec::new()
    });
    let mut fields = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        match key.decode_text() {
            _ if key.is_null() => {}
            Ok(name) => fields.push(Field { name, key, value }),
            Err(error) => report.yaml(error),
        }
    }
    fields
}

/// The finding for a name that the generator does not know.
pub fn unknown_field(name: &str, owner: &str, known: &[&'static str]) -> Finding {
    let finding = Finding::warning("policy/unknown-field", format!("{owner} has no field \"{name}\""))
        .label("ignored by the generator");
    match nearest(name, known.iter().copied()) {
        Some(known) => finding.fix(format!("did you mean \"{known}\"?")),
        None => finding.fix(format!("remove it; known are {}", known.join(", "))),
    }
}

/// The value of a Go `string`.
pub fn text<'d>(node: NodeRef<'d>, report: &mut Report) -> Option<Text<'d>> {
    match node.decode_text() {
        Ok(text) => Some(Text { text, node }),
        Err(error) => {
            report.yaml(error);
            None
        }
    }
}

/// Keys and values of a Go `map[string]string`.
pub fn text_map<'d>(node: NodeRef<'d>, report: &mut Report) -> Vec<(Text<'d>, &'d str)> {
    let fields = all_fields(node, report);
    fields
        .into_iter()
        .filter_map(|field| {
            let value = if field.value.is_null() { "" } else { text(field.value, report)?.text };
            Some((Text { text: field.name, node: field.key }, value))
        })
        .collect()
}

/// The same as a value.
pub fn text_map_value(node: NodeRef<'_>, report: &mut Report) -> Map {
    let entries = text_map(node, report).into_iter().map(|(key, value)| (Value::from(key.text), Value::from(value)));
    Map::from_unsorted(entries.collect())
}

/// A Go `map[string]interface{}`.
pub fn free_map(node: NodeRef<'_>, report: &mut Report) -> Option<Map> {
    top_level(node).map_err(|error| report.yaml(error)).ok()
}
