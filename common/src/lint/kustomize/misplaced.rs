//! Generators listed under resources. The reverse, a plain object under generators, fails in the tree itself.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::finding::Finding;
use crate::generate::kustomize::Entry;
use crate::lint::repository::{Repository, input_of};
use crate::yaml::Document;

/// `kustomize/generator-as-resource`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let lists = lists(repository);
    for kustomization in &repository.kustomizations {
        let Some(own) = repository.files.get(kustomization.file).filter(|own| !lists.contains(own.raw.folder())) else {
            continue;
        };
        for entry in &kustomization.content.resources {
            let path = own.raw.folder().join(&entry.value).canonicalize().ok();
            let Some(file) = path.and_then(|path| repository.file_at(&path)) else { continue };
            let input = file.documents.iter().filter_map(Document::root).find_map(input_of);
            let Some(input) = input else { continue };
            let fact = format!("{} is a {}, but listed as a plain resource", entry.value, input.name());
            let finding = Finding::error("kustomize/generator-as-resource", fact)
                .at(entry.place.clone())
                .label("applied to the hub as it stands")
                .fix("move the entry to generators");
            findings.push(finding);
        }
    }
}

/// The folders that kustomizations name under generators: their resources are generators, as they should be.
fn lists(repository: &Repository<'_>) -> HashSet<PathBuf> {
    let mut resources: HashMap<PathBuf, Vec<PathBuf>> = HashMap::new();
    let mut open = Vec::new();
    for kustomization in &repository.kustomizations {
        let Some(own) = repository.files.get(kustomization.file) else { continue };
        let resolve = |entry: &Entry<String>| own.raw.folder().join(&entry.value).canonicalize().ok();
        open.extend(kustomization.content.generators.iter().filter_map(resolve));
        let named = kustomization.content.resources.iter().filter_map(resolve).collect();
        resources.insert(own.raw.folder().to_path_buf(), named);
    }
    let mut lists = HashSet::new();
    while let Some(path) = open.pop() {
        if let Some(named) = resources.remove(&path) {
            open.extend(named);
            lists.insert(path);
        }
    }
    lists
}
