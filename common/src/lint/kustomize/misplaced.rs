//! Generators listed under resources. The reverse, a plain object under generators, fails in the tree itself.

use crate::finding::Finding;
use crate::lint::repository::{Repository, input_of};
use crate::yaml::Document;

/// `kustomize/generator-as-resource`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for kustomization in &repository.kustomizations {
        let Some(own) = repository.files.get(kustomization.file) else { continue };
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
