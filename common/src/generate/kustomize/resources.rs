//! The resources of a tree in order, found by the identities they have or had.
//!
//! Copied from kustomize api 0.18 `resmap/reswrangler.go`, with an index so that a large tree stays linear.

use std::collections::HashMap;

use super::id::Id;
use super::resource::{Behavior, Resource};
use crate::yaml::{Map, Value};

/// Resources in the order they were added.
#[derive(Debug, Default)]
pub struct Resources {
    list: Vec<Resource>,
    /// Who has or had an identity; `None` when names may have changed since.
    index: Option<HashMap<Id, Vec<usize>>>,
}

impl Resources {
    pub fn iter(&self) -> std::slice::Iter<'_, Resource> {
        self.list.iter()
    }

    /// All resources, to change; names may change too.
    pub fn list_mut(&mut self) -> &mut Vec<Resource> {
        self.index = None;
        &mut self.list
    }

    pub fn into_list(self) -> Vec<Resource> {
        self.list
    }

    fn index(&mut self) -> &mut HashMap<Id, Vec<usize>> {
        let list = &self.list;
        self.index.get_or_insert_with(|| {
            let mut index = HashMap::new();
            for (at, resource) in list.iter().enumerate() {
                enter(&mut index, resource, at);
            }
            index
        })
    }

    /// Where the resources stand that have or had an identity.
    pub fn find(&mut self, id: &Id) -> Vec<usize> {
        self.index().get(id).cloned().unwrap_or_default()
    }

    /// Adds a resource whose identity nothing else has now.
    pub fn append(&mut self, resource: Resource) -> Result<(), String> {
        let id = resource.id();
        if let Some(other) = self.find(&id).into_iter().filter_map(|at| self.list.get(at)).find(|r| r.id() == id) {
            return Err(format!("{id} is there already, from {}", other.origin));
        }
        let at = self.list.len();
        enter(self.index(), &resource, at);
        self.list.push(resource);
        Ok(())
    }

    /// Adds a generated resource by its behavior.
    pub fn absorb(&mut self, mut resource: Resource) -> Result<(), String> {
        let id = resource.id();
        let found = self.find(&id);
        let (at, old) = match (found.as_slice(), resource.behavior) {
            ([], Behavior::Create) => return self.append(resource),
            ([], _) => return Err(format!("{id} does not exist, so nothing can be merged or replaced")),
            ([at], _) => match self.list.get(*at) {
                Some(old) => (*at, old),
                None => return Ok(()),
            },
            _ => return Err(format!("several resources are or were {id}, and only one can be merged or replaced")),
        };
        if resource.behavior == Behavior::Create {
            return Err(format!("{id} is there already, from {}", old.origin));
        }
        take_over(&mut resource, old);
        if resource.behavior == Behavior::Merge {
            for section in ["data", "binaryData"] {
                merge_texts(&mut resource, old, section);
            }
        }
        if let Some(slot) = self.list.get_mut(at) {
            *slot = resource;
        }
        self.index = None;
        Ok(())
    }
}

fn enter(index: &mut HashMap<Id, Vec<usize>>, resource: &Resource, at: usize) {
    let current = resource.id();
    for id in resource.previous_ids().filter(|id| *id != current) {
        let found = index.entry(id).or_default();
        if found.last() != Some(&at) {
            found.push(at);
        }
    }
    index.entry(current).or_default().push(at);
}

/// `CopyMergeMetaDataFieldsFrom`: labels and annotations on top of the old ones, names and their memory of the old.
fn take_over(resource: &mut Resource, old: &Resource) {
    for field in ["labels", "annotations"] {
        let mut merged = old.value.at(&["metadata", field]).and_then(Value::as_map).cloned().unwrap_or_default();
        let own = resource.value.at(&["metadata", field]).and_then(Value::as_map).cloned().unwrap_or_default();
        for (key, value) in &own {
            merged.insert_key(key.clone(), value.clone());
        }
        if let Some(metadata) = resource.metadata() {
            match merged.is_empty() {
                true => drop(metadata.remove(field)),
                false => metadata.insert(field, merged),
            }
        }
    }
    resource.set_metadata("name", old.name());
    resource.set_metadata("namespace", old.namespace());
    resource.previous = old.previous.clone();
    resource.prefixes = old.prefixes.clone();
    resource.suffixes = old.suffixes.clone();
    resource.needs_hash &= old.needs_hash;
}

fn merge_texts(resource: &mut Resource, old: &Resource, section: &str) {
    let mut merged = old.value.get(section).and_then(Value::as_map).cloned().unwrap_or_else(Map::new);
    for (key, value) in resource.value.get(section).and_then(Value::as_map).into_iter().flatten() {
        merged.insert_key(key.clone(), value.clone());
    }
    if let (false, Some(map)) = (merged.is_empty(), resource.value.as_map_mut()) {
        map.insert(section, merged);
    }
}
