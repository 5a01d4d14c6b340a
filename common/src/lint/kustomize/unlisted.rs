//! Files in the folder of a kustomization that nothing lists.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use crate::finding::Finding;
use crate::lint::repository::{File, Repository};
use crate::yaml::{Document, NodeRef};

/// `kustomize/unlisted-file`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let kustomizations = || repository.kustomizations.iter().filter_map(|k| repository.files.get(k.file));
    let folders: HashSet<&Path> = kustomizations().map(|file| file.raw.folder()).collect();
    let generators = repository.generators.iter().filter_map(|g| Some((repository.files.get(g.file)?, &*g.folder)));
    let mut mentioned: HashMap<&str, BTreeSet<&Path>> = HashMap::new();
    for (file, folder) in kustomizations().map(|file| (file, file.raw.folder())).chain(generators) {
        for (name, above) in mentions(file) {
            // The same name may be that of another file elsewhere.
            let folder = folder.ancestors().nth(above).unwrap_or(folder);
            mentioned.entry(name).or_default().insert(folder);
        }
    }
    for file in &repository.files {
        if file.listed || file.raw.is_kustomization() || !folders.contains(file.raw.folder()) {
            continue;
        }
        let name = file.raw.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(root) = file.documents.first().and_then(Document::root).filter(|root| is_object(*root)) else {
            continue;
        };
        if mentioned.get(name).is_some_and(|from| from.iter().any(|folder| file.raw.folder().starts_with(folder))) {
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

/// The names of files in a text, comments included: who comments an entry out has thought of the file. With each, how
/// many folders up it is meant to be.
fn mentions<'r>(file: &'r File<'_>) -> impl Iterator<Item = (&'r str, usize)> {
    let words = file.raw.source.text().split(|c: char| c.is_whitespace() || "\"',=:#[]{}".contains(c));
    let named = words.map(|word| (word.rsplit('/').next().unwrap_or(word), word));
    let named = named.filter(|(name, _)| name.contains('.'));
    named.map(|(name, word)| (name, word.split('/').filter(|part| *part == "..").count()))
}

#[cfg(test)]
mod tests {
    use crate::lint::{Files, Lookup, Repository};

    #[test]
    fn a_name_that_is_listed_elsewhere_is_another_file() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        for region in ["east", "west"] {
            std::fs::create_dir(folder.path().join(region))?;
            let site = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
            std::fs::write(folder.path().join(region).join("site.yaml"), site)?;
        }
        std::fs::write(folder.path().join("east/kustomization.yaml"), "resources: [site.yaml]\n")?;
        std::fs::write(folder.path().join("west/kustomization.yaml"), "namePrefix: b\n")?;
        let files = Files::read(&[folder.path().to_path_buf()], &[]);
        let mut findings = Vec::new();
        super::check(&Repository::new(&files, &Lookup::default()), &mut findings);
        assert_eq!(findings.len(), 1);
        std::fs::write(folder.path().join("west/kustomization.yaml"), "resources: [] # site.yaml\n")?;
        let files = Files::read(&[folder.path().to_path_buf()], &[]);
        super::check(&Repository::new(&files, &Lookup::default()), &mut findings);
        assert_eq!(findings.len(), 1);
        Ok(())
    }
}
