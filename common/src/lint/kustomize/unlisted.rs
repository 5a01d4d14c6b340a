//! Files in the folder of a kustomization that nothing lists.

use std::collections::HashSet;
use std::path::Path;

use crate::finding::Finding;
use crate::lint::repository::{File, Repository};
use crate::yaml::{Document, NodeRef};

/// `kustomize/unlisted-file`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let kustomizations = || repository.kustomizations.iter().filter_map(|k| repository.files.get(k.file));
    let folders: HashSet<&Path> = kustomizations().map(|file| file.raw.folder()).collect();
    let generators = repository.generators.iter().filter_map(|generator| repository.files.get(generator.file));
    let mentioned: HashSet<&str> = kustomizations().chain(generators).flat_map(mentions).collect();
    for file in &repository.files {
        if file.listed || file.raw.is_kustomization() || !folders.contains(file.raw.folder()) {
            continue;
        }
        let name = file.raw.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(root) = file.documents.first().and_then(Document::root).filter(|root| is_object(*root)) else {
            continue;
        };
        if mentioned.contains(name) {
            continue;
        }
        let fact = format!("{name} is in the folder of a kustomization, but no kustomization lists it");
        let finding = Finding::warning("kustomize/unlisted-file", fact)
            .at(root.get("kind").unwrap_or(root).place())
            .fix("list it, mention it in a comment of the kustomization, or move it away");
        findings.push(finding);
    }
}

fn is_object(root: NodeRef<'_>) -> bool {
    root.get("apiVersion").is_some() && root.get("kind").is_some()
}

/// The names of YAML files in a text, comments included: who comments an entry out has thought of the file.
fn mentions<'r>(file: &'r File<'_>) -> impl Iterator<Item = &'r str> {
    let words = file.raw.source.text().split(|c: char| c.is_whitespace() || "\"',=:#[]{}".contains(c));
    words.map(|word| word.rsplit('/').next().unwrap_or(word)).filter(|word| word.contains('.'))
}
