//! The built-in transformers that set fields: namespace, prefix and suffix, labels, annotations, images, replicas.
//!
//! Copied from kustomize api 0.18 `internal/builtins` and `filters`.

use std::collections::BTreeMap;

use regex::Regex;

use super::field_spec::FieldSpec;
use super::resource::{Resource, scalar_text};
use super::resources::Resources;
use super::tables::{IMAGES, NAMESPACE, REPLICAS};
use crate::yaml::{Map, Value};

fn named(resource: &Resource, error: &str) -> String {
    format!("{}: {error}", resource.id())
}

/// Puts every namespaced resource into a namespace, renames Namespace objects to it, and moves the ServiceAccount
/// `default` of role bindings.
///
/// # Errors
/// Two resources become the same.
pub fn set_namespace(resources: &mut Resources, namespace: &str) -> Result<(), String> {
    for resource in resources.list_mut() {
        resource.remember();
        if !resource.gvk().is_cluster_scoped() {
            resource.set_metadata("namespace", namespace);
        }
        if matches!(resource.kind(), "RoleBinding" | "ClusterRoleBinding") {
            let subjects = resource.value.as_map_mut().and_then(|m| m.get_mut("subjects")).and_then(Value::as_seq_mut);
            for subject in subjects.into_iter().flatten().filter_map(Value::as_map_mut) {
                if subject.get("name").and_then(Value::as_str) == Some("default") {
                    subject.insert("namespace", namespace);
                }
            }
        }
        let gvk = resource.gvk();
        for spec in NAMESPACE.iter().filter(|spec| spec.selects(&gvk)) {
            if spec.path == "metadata/name" && !gvk.group.is_empty() {
                continue;
            }
            spec.visit(&mut resource.value, Some(&Value::Null), &mut |field| {
                *field = Value::from(namespace);
                Ok(())
            })?;
        }
    }
    let ids: Vec<_> = resources.iter().map(Resource::id).collect();
    let mut seen = std::collections::HashSet::new();
    match ids.iter().find(|id| !seen.insert(*id)) {
        Some(id) => Err(format!("with namespace {namespace:?}, two resources become {id}")),
        None => Ok(()),
    }
}

/// Which end of a name is added.
#[derive(Clone, Copy, PartialEq)]
pub enum End {
    Prefix,
    Suffix,
}

/// Adds a prefix or suffix to the names of all resources but CustomResourceDefinition, APIService and Namespace.
pub fn rename(resources: &mut Resources, text: &str, end: End) {
    for resource in resources.list_mut() {
        let first = resource.original_id().gvk;
        let kept = matches!(first.kind.as_str(), "CustomResourceDefinition" | "Namespace")
            || first.is_selected("apiregistration.k8s.io", "", "APIService");
        if kept {
            continue;
        }
        resource.remember();
        let old = resource.value.at(&["metadata", "name"]).and_then(scalar_text).unwrap_or_default();
        let name = match end {
            End::Prefix => format!("{text}{old}"),
            End::Suffix => format!("{old}{text}"),
        };
        resource.set_metadata("name", &name);
        match end {
            End::Prefix => resource.prefixes.push(text.into()),
            End::Suffix => resource.suffixes.push(text.into()),
        }
    }
}

/// Sets entries in the maps that `specs` point at: labels or annotations.
///
/// # Errors
/// Something else stands where the map belongs.
pub fn set_entries<'s>(
    resources: &mut Resources,
    entries: &BTreeMap<String, String>,
    specs: impl Iterator<Item = &'s FieldSpec> + Clone,
) -> Result<(), String> {
    if entries.is_empty() {
        return Ok(());
    }
    let empty = Value::Map(Map::new());
    for resource in resources.list_mut() {
        let gvk = resource.gvk();
        for spec in specs.clone().filter(|spec| spec.selects(&gvk)) {
            let set = &mut |field: &mut Value| {
                let map = field.as_map_mut().ok_or("a map belongs here")?;
                for (key, value) in entries {
                    map.insert(key.as_str(), value.as_str());
                }
                Ok(())
            };
            let result = spec.visit(&mut resource.value, Some(&empty), set);
            result.map_err(|e| named(resource, &e))?;
        }
    }
    Ok(())
}

/// A change of images with one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    pub name: String,
    pub new_name: String,
    pub new_tag: String,
    pub tag_suffix: String,
    pub digest: String,
}

/// Changes the images of containers that have the name; the name is a pattern, as in kustomize. Containers are looked
/// for everywhere in a resource, and once more where pods have them, so that a tag suffix comes twice there.
///
/// # Errors
/// The name is not a pattern, or an image is not a text.
pub fn set_image(resources: &mut Resources, image: &Image) -> Result<(), String> {
    let tail = "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?";
    let pattern =
        Regex::new(&format!("^{}{tail}$", image.name)).map_err(|_| format!("{:?} is not a pattern", image.name))?;
    for resource in resources.list_mut().iter_mut().filter(|r| r.kind() != "CustomResourceDefinition") {
        let set = &mut |field: &mut Value| match field {
            Value::Map(_) | Value::Seq(_) => Err(format!("an image is a text, not {}", field.type_name())),
            Value::Str(text) if pattern.is_match(text) => {
                *field = Value::from(changed_image(text, image));
                Ok(())
            }
            _ => Ok(()),
        };
        if has_image(&resource.value, &pattern) {
            in_containers(&mut resource.value, set).map_err(|e| named(resource, &e))?;
        }
        for spec in IMAGES {
            spec.visit(&mut resource.value, None, set).map_err(|e| named(resource, &e))?;
        }
    }
    Ok(())
}

fn is_containers(key: &Value) -> bool {
    matches!(key.as_str(), Some("containers" | "initContainers"))
}

/// Whether containers anywhere have an image of the name; spares the others a copy. Documents are not nested deeper
/// than the reader allows, so neither is this.
fn has_image(value: &Value, pattern: &Regex) -> bool {
    let image = |item: &Value| item.get("image").is_some_and(|v| v.as_str().is_none_or(|text| pattern.is_match(text)));
    match value {
        Value::Seq(items) => items.iter().any(|item| has_image(item, pattern)),
        Value::Map(map) => map.iter().any(|(key, value)| {
            is_containers(key) && value.as_seq().unwrap_or_default().iter().any(image) || has_image(value, pattern)
        }),
        _ => false,
    }
}

/// `filters/imagetag/legacy.go`: the images of all lists named `containers` or `initContainers`.
fn in_containers(value: &mut Value, set: &mut dyn FnMut(&mut Value) -> Result<(), String>) -> Result<(), String> {
    match value {
        Value::Seq(_) => value.as_seq_mut().into_iter().flatten().try_for_each(|item| in_containers(item, set)),
        Value::Map(map) => {
            let keys: Vec<String> = map.iter().filter_map(|(key, _)| key.as_str().map(str::to_owned)).collect();
            for key in keys {
                let Some(field) = map.get_mut(&key) else { continue };
                in_containers(field, set)?;
                if is_containers(&Value::from(key)) {
                    let items = field.as_seq_mut().into_iter().flatten();
                    let images = items.filter_map(|item| item.as_map_mut()?.get_mut("image"));
                    images.filter(|image| !image.is_null()).try_for_each(&mut *set)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn changed_image(text: &str, image: &Image) -> String {
    let (name, mut tag, mut digest) = split_image(text);
    let name = if image.new_name.is_empty() { name } else { &image.new_name };
    let suffixed = format!("{tag}{}", image.tag_suffix);
    match (image.new_tag.as_str(), image.digest.as_str(), image.tag_suffix.as_str()) {
        ("", "", "") => {}
        ("", "", _) => (tag, digest) = (&suffixed, ""),
        (new_tag, new_digest, _) => (tag, digest) = (new_tag, new_digest),
    }
    let mut changed = name.to_owned();
    for (sign, part) in [(':', tag), ('@', digest)] {
        if !part.is_empty() {
            changed.push(sign);
            changed.push_str(part);
        }
    }
    changed
}

/// Name, tag and digest; a colon before the first slash belongs to the registry's port.
fn split_image(text: &str) -> (&str, &str, &str) {
    let from = text.find('/').unwrap_or(0);
    let (name, digest) = match text.get(from..).and_then(|rest| rest.find('@')) {
        Some(at) => text.split_at(from + at),
        None => (text, ""),
    };
    let (name, tag) = match name.get(from..).and_then(|rest| rest.find(':')) {
        Some(at) => name.split_at(from + at),
        None => (name, ""),
    };
    (name, tag.trim_start_matches(':'), digest.trim_start_matches('@'))
}

/// Sets the replicas of the workloads with a name.
///
/// # Errors
/// No workload has or had the name.
pub fn set_replicas(resources: &mut Resources, name: &str, count: i64) -> Result<(), String> {
    let mut found = false;
    for resource in resources.list_mut() {
        let ids: Vec<_> = resource.previous_ids().chain([resource.id()]).filter(|id| id.name == name).collect();
        for spec in REPLICAS.iter().filter(|spec| ids.iter().any(|id| spec.selects(&id.gvk))) {
            found = true;
            spec.visit(&mut resource.value, Some(&Value::Null), &mut |field| {
                *field = Value::Int(count);
                Ok(())
            })?;
        }
    }
    let kinds = "a Deployment, ReplicationController, ReplicaSet or StatefulSet";
    if found { Ok(()) } else { Err(format!("there is no {name:?} that is {kinds}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_split_behind_the_registry() {
        assert_eq!(split_image("reg:5000/a/b:1@sha256:x"), ("reg:5000/a/b", "1", "sha256:x"));
        assert_eq!(split_image("a"), ("a", "", ""));
        let image = Image { new_tag: "2".into(), ..Image::default() };
        assert_eq!(changed_image("a:1@sha256:x", &image), "a:2");
    }
}
