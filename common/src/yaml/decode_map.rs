//! Maps: duplicate keys and merge keys, by the rules of yaml.v3 3.0.1 (`decode.go`, `mapping` and `merge`).

use std::collections::HashMap;

use super::decode::{text_key, value};
use super::expansion::Expansion;
use super::value::Map;
use super::{Error, Kind, NodeRef, Value};

/// Maps up to this size are searched, larger ones indexed.
const SMALL: usize = 16;

impl<'d> NodeRef<'d> {
    /// Keys and values with merge keys expanded (own keys win), in the order written; what a Go struct or typed map
    /// sees. Nothing for null; duplicate keys are an error.
    ///
    /// # Errors
    /// This is neither a map nor null, or as for [`NodeRef::to_value`].
    pub fn fields(self) -> Result<Vec<(NodeRef<'d>, NodeRef<'d>)>, Error> {
        if self.is_null() {
            return Ok(Vec::new());
        }
        if !self.is_map() {
            return Err(self.error("expected a map"));
        }
        let mut fields = Vec::new();
        collect_fields(self, &mut fields, &mut Expansion::default())?;
        Ok(fields)
    }

    /// A key `<<` that merges: without quotes, or tagged so.
    pub(super) fn is_merge_key(self) -> bool {
        !self.is_alias() && self.text() == Some("<<") && self.short_tag() == "!!merge"
    }
}

fn collect_fields<'d>(
    node: NodeRef<'d>,
    fields: &mut Vec<(NodeRef<'d>, NodeRef<'d>)>,
    expansion: &mut Expansion,
) -> Result<(), Error> {
    expansion.enter(node)?;
    refuse_duplicates(node)?;
    let merged_into = fields.len();
    let mut merge = None;
    for (key, value) in node.entries() {
        if key.is_merge_key() {
            merge = Some(value);
            continue;
        }
        if text_key(key, expansion)?.is_none() {
            continue;
        }
        if !fields[..merged_into].iter().any(|(known, _)| known.text() == key.text()) {
            fields.push((key, value));
        }
    }
    for source in merge.map(merge_sources).transpose()?.unwrap_or_default() {
        collect_fields(source, fields, expansion)?;
    }
    expansion.leave(node);
    Ok(())
}

/// A map with free keys and values.
pub(super) fn map(node: NodeRef<'_>, expansion: &mut Expansion) -> Result<Value, Error> {
    let text_keys = node.entries().all(|(key, _)| matches!(key.short_tag(), "!!str" | "!!merge"));
    let mut entries = Entries { text_keys, ..Entries::default() };
    entries.add(node, expansion)?;
    Ok(Value::Map(Map::from_unsorted(entries.list)))
}

/// The entries of a map while it is decoded.
#[derive(Default)]
struct Entries {
    /// Every key is a text: then the keys of merged maps become texts, too.
    text_keys: bool,
    /// Whether a merge has begun: keys that are there already win.
    merging: bool,
    list: Vec<(Value, Value)>,
    /// Text keys of a map that has become large.
    index: HashMap<std::sync::Arc<str>, usize>,
}

impl Entries {
    fn add(&mut self, node: NodeRef<'_>, expansion: &mut Expansion) -> Result<(), Error> {
        refuse_duplicates(node)?;
        let mut merge = None;
        for (key_node, value_node) in node.entries() {
            if key_node.is_merge_key() {
                merge = Some(value_node);
                continue;
            }
            let Some(key) = self.key(key_node, expansion)? else { continue };
            let known = self.position(&key);
            if self.merging && known.is_some() {
                continue;
            }
            let value = value(value_node, expansion)?;
            match known {
                Some(at) => self.list[at].1 = value,
                None => self.push(key, value),
            }
        }
        if let Some(merge) = merge {
            self.merging = true;
            for source in merge_sources(merge)? {
                expansion.enter(source)?;
                self.add(source, expansion)?;
                expansion.leave(source);
            }
        }
        Ok(())
    }

    fn key(&self, node: NodeRef<'_>, expansion: &mut Expansion) -> Result<Option<Value>, Error> {
        if self.text_keys {
            return text_key(node, expansion);
        }
        let key = value(node, expansion)?;
        if matches!(key, Value::Map(_) | Value::Seq(_)) {
            return Err(node.error(format!("invalid map key: {} cannot be a key", key.type_name())));
        }
        Ok(Some(key))
    }

    fn push(&mut self, key: Value, value: Value) {
        self.list.push((key, value));
        let from = if self.list.len() == SMALL { 0 } else { self.list.len() - 1 };
        if self.list.len() >= SMALL {
            for (i, (key, _)) in self.list.iter().enumerate().skip(from) {
                if let Value::Str(text) = key {
                    self.index.insert(text.clone(), i);
                }
            }
        }
    }

    fn position(&self, key: &Value) -> Option<usize> {
        match key {
            Value::Str(text) if self.list.len() >= SMALL => self.index.get(text).copied(),
            _ => self.list.iter().position(|(known, _)| known == key),
        }
    }
}

/// The maps that a merge key takes in, the strongest first.
pub(super) fn merge_sources(merge: NodeRef<'_>) -> Result<Vec<NodeRef<'_>>, Error> {
    let refuse = |node: NodeRef<'_>| node.error("map merge requires map or sequence of maps as the value");
    match merge.kind() {
        Kind::Map => Ok(vec![merge]),
        // An alias to a list of maps is refused, the list itself is not.
        Kind::Seq if !merge.is_alias() => {
            merge.items().map(|item| if item.is_map() { Ok(item) } else { Err(refuse(item)) }).collect()
        }
        _ => Err(refuse(merge)),
    }
}

/// yaml.v3 compares the literal text of keys, whatever their type.
fn refuse_duplicates(node: NodeRef<'_>) -> Result<(), Error> {
    let mut seen: HashMap<(u8, &str), NodeRef<'_>> = HashMap::new();
    let keys: Vec<_> = node.entries().map(|(key, _)| (key.literal(), key)).collect();
    for (i, (literal, key)) in keys.iter().enumerate() {
        let earlier = if keys.len() <= SMALL {
            keys[..i].iter().find(|(known, _)| known == literal).map(|(_, key)| *key)
        } else {
            seen.insert(*literal, *key)
        };
        if let Some(earlier) = earlier {
            let line = earlier.place().line;
            let text = literal.1;
            return Err(key.error(format!("mapping key \"{text}\" already defined at line {line}")));
        }
    }
    Ok(())
}
