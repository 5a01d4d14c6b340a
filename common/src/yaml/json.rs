//! Nodes to JSON by the rules of sigs.k8s.io/yaml, which is what kubectl, oc and the operators read with: YAML 1.1
//! booleans, dates stay texts, a later duplicate key wins, merged values too.

use serde_json::{Map as JsonMap, Number, Value as Json};

use super::document::{Document, Kind};
use super::resolve::{self, Resolved};
use super::scan::MAX_DEPTH;
use super::{Error, NodeRef, ScalarStyle, Value};

/// How many nodes, and bytes of scalars, one document may gain through its aliases.
const MAX_NODES: usize = 4_000_000;
const MAX_BYTES: usize = 64 << 20;

impl NodeRef<'_> {
    /// The value as sigs.k8s.io/yaml turns it into JSON: YAML 1.1 booleans, a later duplicate wins, keys as texts.
    ///
    /// # Errors
    /// As that library: keys that are lists or maps, tags that do not fit, aliases inside themselves or out of
    /// proportion.
    pub fn to_json(self) -> Result<Json, Error> {
        self.to_json_within(&mut self.limits())
    }

    /// The same for one of several parts of a document, which share its limits.
    ///
    /// # Errors
    /// As for [`NodeRef::to_json`].
    pub fn to_json_within(self, limits: &mut Limits) -> Result<Json, Error> {
        json(self, limits)
    }

    /// What the document may grow to.
    pub fn limits(self) -> Limits {
        Limits::of(self.document())
    }
}

/// How much more of aliases a document may unfold.
#[derive(Debug)]
pub struct Limits {
    nodes_left: usize,
    bytes_left: usize,
    inside: Vec<u32>,
}

impl Limits {
    fn of(document: &Document<'_>) -> Self {
        // Escapes can be shorter than what they stand for.
        let bytes = document.source.text().len().saturating_mul(2);
        Self { nodes_left: document.nodes.len() + MAX_NODES, bytes_left: bytes + MAX_BYTES, inside: Vec::new() }
    }

    fn take(&mut self, node: NodeRef<'_>) -> Result<(), Error> {
        let left =
            self.nodes_left.checked_sub(1).zip(self.bytes_left.checked_sub(node.text().unwrap_or_default().len()));
        (self.nodes_left, self.bytes_left) = left.ok_or_else(|| node.error("document contains excessive aliasing"))?;
        Ok(())
    }
}

fn json(node: NodeRef<'_>, limits: &mut Limits) -> Result<Json, Error> {
    limits.take(node)?;
    let id = node.target().id();
    if matches!(node.kind(), Kind::Scalar(_)) {
        return scalar(node);
    }
    if limits.inside.len() > MAX_DEPTH {
        return Err(node.error("collections nest too deeply"));
    }
    if limits.inside.contains(&id) {
        return Err(node.error("the anchor of this alias contains the alias itself"));
    }
    limits.inside.push(id);
    let value = if node.is_seq() {
        node.items().map(|item| json(item, limits)).collect::<Result<Vec<_>, _>>().map(Json::Array)
    } else {
        let mut map = JsonMap::new();
        merge_into(node, &mut map, limits).map(|()| Json::Object(map))
    };
    limits.inside.pop();
    value
}

fn merge_into(node: NodeRef<'_>, map: &mut JsonMap<String, Json>, limits: &mut Limits) -> Result<(), Error> {
    for (key, value) in node.entries() {
        if !key.is_merge() {
            let value = json(value, limits)?;
            limits.take(key)?;
            map.insert(key_text(key)?, value);
            continue;
        }
        let sources: Vec<NodeRef<'_>> = match value.kind() {
            Kind::Map => vec![value],
            // The first one is the most important, so it is written last.
            Kind::Seq => value.items().collect::<Vec<_>>().into_iter().rev().collect(),
            _ => vec![value],
        };
        for source in sources {
            if !source.is_map() {
                return Err(source.error("map merge requires map or sequence of maps as the value"));
            }
            match json(source, limits)? {
                Json::Object(other) => map.extend(other),
                _ => return Err(source.error("map merge requires map or sequence of maps as the value")),
            }
        }
    }
    Ok(())
}

fn scalar(node: NodeRef<'_>) -> Result<Json, Error> {
    Ok(match value(node)? {
        Value::Null => Json::Null,
        Value::Bool(b) => Json::Bool(b),
        Value::Int(i) => i.into(),
        Value::UInt(u) => u.into(),
        Value::Float(f) => match Number::from_f64(f) {
            _ if f.fract() == 0.0 && f.abs() < 1e15 => (f as i64).into(),
            Some(number) => Json::Number(number),
            None => return Err(node.error("JSON has no infinity and no NaN")),
        },
        Value::Str(text) | Value::Timestamp(text) => Json::String(text.to_string()),
        Value::Binary(bytes) => Json::String(String::from_utf8_lossy(&bytes).into_owned()),
        Value::Seq(_) | Value::Map(_) => Json::Null,
    })
}

/// The scalar by this dialect.
fn value(node: NodeRef<'_>) -> Result<Value, Error> {
    let text = node.text().unwrap_or_default();
    if node.tag().is_none() {
        if node.kind() != Kind::Scalar(ScalarStyle::Plain) {
            return Ok(text.into());
        }
        return Ok(match (resolve::old_bool(text), resolve::plain(text)) {
            (Some(b), _) => Value::Bool(b),
            (None, Resolved::Value(Value::Timestamp(_)) | Resolved::Text | Resolved::Merge) => text.into(),
            (None, Resolved::Value(value)) => value,
        });
    }
    if node.tag() == Some("!") { Ok(text.into()) } else { node.to_value() }
}

fn key_text(key: NodeRef<'_>) -> Result<String, Error> {
    if !matches!(key.kind(), Kind::Scalar(_)) {
        return Err(key.error("a list or a map cannot be a key"));
    }
    Ok(match value(key)? {
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        // The library prints keys that are numbers with the precision of 32 bits.
        Value::Float(f) => super::scalar::short_float(f),
        Value::Str(text) | Value::Timestamp(text) => text.to_string(),
        other => return Err(key.error(format!("{} cannot be a key", other.type_name()))),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Source, hub_documents};

    #[test]
    fn a_large_text_is_not_repeated_without_end() {
        let large = "x".repeat(1 << 20);
        let repeated = |text: &str| {
            let source = Source::from_text("a.yaml", format!("a: &a {large}\nb:\n{}", text.repeat(100)));
            let document = hub_documents(&source).next().unwrap().unwrap();
            document.root().unwrap().to_json().map_err(|error| error.to_string())
        };
        assert_eq!(repeated("- *a\n"), Err("document contains excessive aliasing".to_owned()));
        assert_eq!(repeated("- {*a : 1}\n"), Err("document contains excessive aliasing".to_owned()));
        assert!(repeated("- a\n").is_ok());
    }

    #[test]
    fn hubs_read_yaml_11_booleans_and_the_last_duplicate() {
        let source = Source::from_text("a.yaml", "on: yes\na: 1\na: 2024-01-02\n1: 0777\n");
        let document = hub_documents(&source).next().unwrap().unwrap();
        let expected = json!({"true": true, "a": "2024-01-02", "1": 511});
        assert_eq!(document.root().unwrap().to_json().unwrap(), expected);
    }
}
