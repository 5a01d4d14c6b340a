//! The last steps: local configuration left out, sorted, annotations as kustomize leaves them, a file name for each.

use std::collections::HashSet;
use std::path::PathBuf;

use super::resource::Resource;
use super::resources::Resources;
use super::sort::{SortOrder, sort};
use crate::generate::Object;

/// The objects of a finished tree.
pub fn objects(resources: Resources, order: &SortOrder) -> Vec<Object> {
    let is_local = |r: &Resource| r.annotation("config.kubernetes.io/local-config").is_some_and(|v| v != "false");
    let mut list: Vec<_> = resources.into_list().into_iter().filter(|r| !is_local(r)).collect();
    sort(&mut list, order);
    let namespaces: HashSet<_> = list.iter().filter_map(|r| r.id().namespace).collect();
    let several = namespaces.len() > 1;
    list.into_iter().map(|resource| object(resource, several)).collect()
}

fn object(mut resource: Resource, several_namespaces: bool) -> Object {
    resource.tidy_annotations();
    Object { path: file_name(&resource, several_namespaces), origin: resource.origin, value: resource.value }
}

/// As `kustomize build -o` names files (kustomize 5 `commands/build/writer.go`).
fn file_name(resource: &Resource, several_namespaces: bool) -> PathBuf {
    let id = resource.id();
    let mut parts = Vec::new();
    if let Some(namespace) = id.namespace.as_ref().filter(|_| several_namespaces) {
        parts.push(namespace.clone());
    }
    parts.extend([id.gvk.group, id.gvk.version, id.gvk.kind].into_iter().filter(|p| !p.is_empty()));
    parts.push(id.name);
    format!("{}.yaml", parts.join("_").to_lowercase()).into()
}
