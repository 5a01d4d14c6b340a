//! A resource on its way through a tree, with the names it had before.
//!
//! Kustomize keeps this memory in internal annotations (api 0.18 `resource/resource.go`); here it stands beside the
//! object.

use std::sync::Arc;

use super::id::{Gvk, Id};
use crate::yaml::{Map, Place, Value};

/// What a generated resource does to one of the same identity that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behavior {
    /// It must be new.
    #[default]
    Create,
    Replace,
    Merge,
}

impl Behavior {
    /// Unknown words count as `create`, as in kustomize.
    pub fn from_text(text: &str) -> Self {
        match text {
            "replace" => Self::Replace,
            "merge" => Self::Merge,
            _ => Self::Create,
        }
    }
}

/// A name a resource had before a prefix, suffix, namespace or hash changed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Previous {
    pub name: String,
    pub namespace: Option<String>,
    pub kind: String,
}

/// One resource.
#[derive(Clone, Debug)]
pub struct Resource {
    pub value: Value,
    /// Where it or its generator is listed.
    pub place: Option<Place>,
    /// The file it comes from, as the user named it.
    pub origin: Arc<str>,
    /// Oldest first.
    pub previous: Vec<Previous>,
    pub prefixes: Vec<String>,
    pub suffixes: Vec<String>,
    pub behavior: Behavior,
    pub needs_hash: bool,
}

impl Resource {
    pub fn new(value: Value, origin: Arc<str>, place: Option<Place>) -> Self {
        Self {
            value,
            place,
            origin,
            previous: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            behavior: Behavior::Create,
            needs_hash: false,
        }
    }

    pub fn text(&self, path: &[&str]) -> &str {
        self.value.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    pub fn gvk(&self) -> Gvk {
        Gvk::new(self.text(&["apiVersion"]), self.kind())
    }

    /// The identity it has now.
    pub fn id(&self) -> Id {
        Id::new(self.gvk(), self.name(), self.namespace())
    }

    /// The identities it had before, oldest first.
    pub fn previous_ids(&self) -> impl Iterator<Item = Id> {
        let gvk = self.gvk();
        self.previous.iter().map(move |p| Id {
            gvk: Gvk { kind: p.kind.clone(), ..gvk.clone() },
            name: p.name.clone(),
            namespace: p.namespace.clone(),
        })
    }

    /// The identity it had at first.
    pub fn original_id(&self) -> Id {
        self.previous_ids().next().unwrap_or_else(|| self.id())
    }

    /// Remembers the present name before it changes.
    pub fn remember(&mut self) {
        let id = self.id();
        self.previous.push(Previous { name: id.name, namespace: id.namespace, kind: id.gvk.kind });
    }

    /// The metadata map, made when missing.
    pub fn metadata(&mut self) -> Option<&mut Map> {
        let map = self.value.as_map_mut()?;
        if !matches!(map.get("metadata"), Some(Value::Map(_))) {
            map.insert("metadata", Map::new());
        }
        map.get_mut("metadata").and_then(Value::as_map_mut)
    }

    /// Sets a text of the metadata; an empty one takes the key out.
    pub fn set_metadata(&mut self, key: &str, text: &str) {
        if let Some(metadata) = self.metadata() {
            match text {
                "" => drop(metadata.remove(key)),
                _ => metadata.insert(key, text),
            }
        }
    }

    /// An annotation.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.value.at(&["metadata", "annotations", key]).and_then(Value::as_str)
    }

    /// Takes an annotation out, and the map with it when nothing else is in it.
    pub fn take_annotation(&mut self, key: &str) -> Option<String> {
        self.value.at(&["metadata", "annotations", key])?;
        let metadata = self.metadata()?;
        let annotations = metadata.get_mut("annotations")?.as_map_mut()?;
        let taken = annotations.remove(key)?;
        if annotations.is_empty() {
            metadata.remove("annotations");
        }
        taken.as_str().map(Into::into)
    }

    /// What kustomize does to annotations when it takes its own out at the end: every value is a text, and a map
    /// without any is dropped.
    pub fn tidy_annotations(&mut self) {
        let Some(annotations) = self.value.at(&["metadata", "annotations"]) else { return };
        let tidy = match annotations {
            Value::Map(map) if map.iter().all(|(_, v)| matches!(v, Value::Str(_))) && !map.is_empty() => return,
            Value::Map(map) if !map.is_empty() => {
                let texts = map.iter().map(|(k, v)| (k.clone(), scalar_text(v).map_or(v.clone(), Value::from)));
                Some(Map::from_unsorted(texts.collect()))
            }
            _ => None,
        };
        if let Some(metadata) = self.metadata() {
            match tidy {
                Some(map) => metadata.insert("annotations", map),
                None => drop(metadata.remove("annotations")),
            }
        }
    }
}

/// The text of a scalar; `None` for lists and maps.
pub fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("null".into()),
        Value::Str(text) | Value::Timestamp(text) => Some(text.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        Value::Int(i) => Some(i.to_string()),
        Value::UInt(u) => Some(u.to_string()),
        Value::Float(_) => Some(crate::yaml::emit::to_string(value).trim_end().to_owned()),
        Value::Binary(_) | Value::Seq(_) | Value::Map(_) => None,
    }
}
