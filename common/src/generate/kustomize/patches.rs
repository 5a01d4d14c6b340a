//! Patches read and applied: strategic merge and JSON, inline and from files, with and without targets.
//!
//! Copied from kustomize api 0.18 `internal/builtins/Patch*Transformer.go`.

use super::json_patch::{self, Operation};
use super::kustomization::PatchArgs;
use super::merge_keys::type_of;
use super::read::{Use, from_json, resources as read_resources};
use super::resource::Resource;
use super::resources::Resources;
use super::select::{Selector, Target};
use super::strategic_merge;
use crate::yaml::{Error, Source, Value, documents};

/// A patch ready to be applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Patch {
    /// Strategic merge patches, one for each document.
    Merge {
        /// As written.
        plain: Vec<Value>,
        /// As kustomize rewrites them for a target: nulls among annotations are texts, null labels and annotations no
        /// more there.
        rewritten: Vec<Value>,
    },
    Json(Vec<Operation>),
}

/// What a patch may change beside content.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Allowed {
    pub name: bool,
    pub kind: bool,
}

impl From<&PatchArgs> for Allowed {
    fn from(args: &PatchArgs) -> Self {
        Self { name: args.allow_name_change, kind: args.allow_kind_change }
    }
}

/// How the earlier name of a resource is kept when a JSON patch changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    Kept,
    Lost,
}

/// Reads a patch: a list is a JSON patch, maps are strategic merge patches.
///
/// # Errors
/// It is neither.
pub fn read(source: &Source) -> Result<Patch, Error> {
    let Some(first) = documents(source).next().transpose()? else {
        return Err(whole(source, "the patch is empty"));
    };
    match first.root() {
        Some(root) if root.is_seq() => {
            let text = source.text();
            if text.starts_with('[') && serde_json::from_str::<serde_json::Value>(text).is_err() {
                return Err(root.error("a patch that begins with `[` must be JSON"));
            }
            let operations = json_patch::parse(&from_json(&root.to_json()?)).map_err(|e| root.error(e))?;
            if operations.is_empty() { Err(root.error("the patch is empty")) } else { Ok(Patch::Json(operations)) }
        }
        _ => {
            let values = |used_for| Ok(read_resources(source, used_for)?.into_iter().map(|r| r.value).collect());
            let (plain, mut rewritten): (Vec<_>, Vec<_>) = (values(Use::Patches)?, values(Use::Resources)?);
            rewritten.iter_mut().for_each(drop_null_metadata);
            if plain.is_empty() {
                Err(whole(source, "the patch is empty"))
            } else {
                Ok(Patch::Merge { plain, rewritten })
            }
        }
    }
}

fn drop_null_metadata(patch: &mut Value) {
    let metadata = patch.as_map_mut().and_then(|m| m.get_mut("metadata")).and_then(Value::as_map_mut);
    if let Some(metadata) = metadata {
        metadata.retain(|key, value| !(value.is_null() && matches!(key.as_str(), Some("labels" | "annotations"))));
    }
}

fn whole(source: &Source, message: &str) -> Error {
    Error { message: message.into(), place: source.place(Default::default()) }
}

/// Applies strategic merge patches to the one resource that each names.
///
/// # Errors
/// No or several resources have the identity of a patch, or it does not fit.
pub fn merge_by_identity(resources: &mut Resources, patches: &[Value], allowed: Allowed) -> Result<(), String> {
    for patch in patches {
        let id = Resource::new(patch.clone(), "".into(), None).id();
        let at = match resources.find(&id).as_slice() {
            [at] => *at,
            [] => return Err(format!("no resource is {id}, which the patch names")),
            _ => return Err(format!("several resources are or were {id}, which the patch names")),
        };
        merge(resources, &[at], patch, allowed)?;
    }
    Ok(())
}

/// Applies a patch to all resources that a target selects; how many they were.
///
/// # Errors
/// The target is malformed, or the patch does not fit.
pub fn apply_to_target(
    resources: &mut Resources,
    patch: &Patch,
    target: &Target,
    allowed: Allowed,
    memory: Memory,
) -> Result<usize, String> {
    let selector = Selector::new(target)?;
    let selected: Vec<usize> =
        resources.iter().enumerate().filter(|(_, r)| selector.matches(r)).map(|(at, _)| at).collect();
    match patch {
        Patch::Merge { rewritten, .. } => match rewritten.as_slice() {
            [patch] => merge(resources, &selected, patch, allowed)?,
            _ => return Err("a patch with several documents cannot have a target".into()),
        },
        Patch::Json(operations) => {
            let list = resources.list_mut();
            for at in &selected {
                let Some(resource) = list.get_mut(*at) else { continue };
                if memory == Memory::Kept {
                    resource.remember();
                }
                let id = resource.id();
                json_patch::apply(&mut resource.value, operations).map_err(|e| format!("{id}: {e}"))?;
            }
        }
    }
    Ok(selected.len())
}

fn merge(resources: &mut Resources, selected: &[usize], patch: &Value, allowed: Allowed) -> Result<(), String> {
    let list = resources.list_mut();
    let mut deleted = Vec::new();
    for at in selected {
        let Some(resource) = list.get_mut(*at) else { continue };
        let id = resource.id();
        match strategic_merge::apply(&resource.value, patch, type_of(&id.gvk)).map_err(|e| format!("{id}: {e}"))? {
            Some(merged) => keep_names(resource, merged, allowed),
            None => deleted.push(*at),
        }
    }
    for at in deleted.into_iter().rev() {
        list.remove(at);
    }
    Ok(())
}

fn keep_names(resource: &mut Resource, merged: Value, allowed: Allowed) {
    let [kind, name, namespace] = [resource.kind(), resource.name(), resource.namespace()].map(str::to_owned);
    let api_version = resource.value.get("apiVersion").cloned();
    if allowed.name || allowed.kind {
        resource.remember();
    }
    resource.value = merged;
    if let Some(map) = resource.value.as_map_mut() {
        if !allowed.kind {
            map.insert("kind", kind);
        }
        if let Some(api_version) = api_version {
            map.insert("apiVersion", api_version);
        }
    }
    if !allowed.name {
        resource.set_metadata("name", &name);
    }
    resource.set_metadata("namespace", &namespace);
}
