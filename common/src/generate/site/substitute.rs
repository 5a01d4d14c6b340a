//! `{{ .Cluster.X }}` in CR templates: a text that is nothing but a reference becomes the field's value, or its key
//! goes away when the field is zero (ZTP 4.20 `siteConfigBuilder.go`, `getClusterCR`).

use super::record::{Record, Typed};
use crate::yaml::{Map, Value};

/// What templates refer to: one cluster of a site, or one of its nodes.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'r> {
    /// The `spec` of the SiteConfig.
    pub site: &'r Record,
    /// One of its clusters.
    pub cluster: &'r Record,
    /// A node of the cluster, for CRs that come per node.
    pub node: Option<&'r Record>,
}

impl Scope<'_> {
    /// A template with its references replaced.
    ///
    /// # Errors
    /// Text in braces that is no reference, and data that the generator cannot walk; the message names it.
    pub fn apply(self, template: &Map) -> Result<Map, String> {
        let mut entries = Vec::with_capacity(template.len());
        for (key, value) in template {
            if !matches!(key, Value::Str(_)) {
                return Err("a key of the template is not a text; put it in quotes".into());
            }
            if let Some(value) = self.value(value)? {
                entries.push((key.clone(), value));
            }
        }
        Ok(Map::from_unsorted(entries))
    }

    fn value(self, value: &Value) -> Result<Option<Value>, String> {
        match value {
            Value::Map(map) => self.apply(map).map(Value::Map).map(Some),
            Value::Seq(items) => items.iter().map(|i| self.item(i)).collect::<Result<_, _>>().map(Value::seq).map(Some),
            Value::Str(text) if is_reference(text) => self.resolve(text),
            other => Ok(Some(other.clone())),
        }
    }

    fn item(self, item: &Value) -> Result<Value, String> {
        match item {
            Value::Map(map) => self.apply(map).map(Value::Map),
            Value::Str(_) => Ok(item.clone()),
            other => {
                Err(format!("{} inside a list of the template; only texts and maps work there", other.type_name()))
            }
        }
    }

    fn resolve(self, reference: &str) -> Result<Option<Value>, String> {
        let path = reference.trim_matches(['{', '}', ' ']);
        let unknown = || format!("Key {path:?} could not be translated");
        let (root, keys) = path.strip_prefix('.').and_then(|p| p.split_once('.')).ok_or_else(unknown)?;
        let start = match root {
            "Site" => Some(At::Record(self.site)),
            "Cluster" => Some(At::Record(self.cluster)),
            "Node" => self.node.map(At::Record),
            _ => return Err(unknown()),
        };
        let Some(mut at) = start else { return Ok(None) };
        for key in keys.split('.') {
            let Some(next) = self.step(at, key)? else { return Ok(None) };
            at = next;
        }
        match at {
            At::Field(typed) if !typed.is_zero() => Ok(Some(typed.to_value())),
            _ => Ok(None),
        }
    }

    /// One field further; a list of clusters or nodes stands for the one at hand.
    fn step<'s>(&'s self, at: At<'s>, key: &str) -> Result<Option<At<'s>>, String> {
        let record = match at {
            At::Record(record) | At::Field(Typed::Record(record)) => record,
            At::Field(Typed::List(items)) => match items.first() {
                Some(Typed::Record(first)) if first.schema() == self.cluster.schema() => self.cluster,
                Some(Typed::Record(first)) if first.schema().name == "siteConfig.Nodes" => match self.node {
                    Some(node) => node,
                    None => return Ok(None),
                },
                _ => return Err(format!("{key:?} is asked of a list, which has no fields")),
            },
            At::Field(_) => return Ok(None),
        };
        Ok(record.get(key).map(At::Field))
    }
}

#[derive(Clone, Copy)]
enum At<'r> {
    Record(&'r Record),
    Field(&'r Typed),
}

/// Whether a text is replaced: it begins with `{{` and ends with `}}`.
pub fn is_reference(text: &str) -> bool {
    text.starts_with("{{") && text.ends_with("}}")
}
