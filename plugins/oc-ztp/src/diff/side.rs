//! One side of a comparison: its files, and which of them or of its folders something is generated from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use ztp_common::cli::Failure;
use ztp_common::generate::run::{InputKind, KUSTOMIZATION_FILES, kind_of};
use ztp_common::yaml::{Source, documents};

/// How deep a repository is searched.
const DEEPEST: usize = 32;

/// A folder before or after the change.
#[derive(Debug)]
pub struct Side {
    /// The top: of the repository, or the folder that was named.
    pub root: PathBuf,
    /// Files below the root, hidden ones left out; paths are relative.
    pub files: BTreeSet<PathBuf>,
    /// What is generated from what.
    pub units: BTreeMap<PathBuf, Unit>,
}

/// Something that is generated as a whole: a generator file, or a folder with a kustomization.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// What it is.
    pub kind: InputKind,
    /// Its text; of a folder, that of its kustomizations.
    pub text: String,
}

impl Side {
    /// Reads a side; units are looked for in `below` only.
    ///
    /// # Errors
    /// A folder cannot be listed.
    pub fn read(root: &Path, below: &Path) -> Result<Self, Failure> {
        let mut files = BTreeSet::new();
        list(root, Path::new(""), 0, &mut files)
            .map_err(|e| Failure::new(format!("cannot list {}", root.display())).because(e))?;
        let mut side = Self { root: root.to_path_buf(), files, units: BTreeMap::new() };
        side.units = side.units_below(below);
        Ok(side)
    }

    /// The full path of a file.
    pub fn path(&self, file: &Path) -> PathBuf {
        self.root.join(file)
    }

    fn units_below(&self, below: &Path) -> BTreeMap<PathBuf, Unit> {
        let inside = |file: &&PathBuf| file.starts_with(below);
        let trees: BTreeSet<PathBuf> =
            self.files.iter().filter(|file| is_kustomization(file)).map(|file| folder_of(file)).collect();
        let texts: BTreeMap<PathBuf, String> =
            trees.iter().map(|tree| (tree.clone(), self.kustomization(tree))).collect();
        let used: BTreeSet<PathBuf> =
            texts.iter().flat_map(|(tree, text)| entries(text).into_iter().map(|entry| joined(tree, &entry))).collect();
        let candidates: Vec<&PathBuf> = self.files.iter().filter(inside).filter(|file| is_yaml(file)).collect();
        let mut units: BTreeMap<PathBuf, Unit> = candidates
            .par_iter()
            .filter(|file| !trees.contains(&folder_of(file)) && !used.contains(**file))
            .filter_map(|file| Some(((*file).clone(), self.generator(file)?)))
            .collect();
        let roots = texts.into_iter().filter(|(tree, _)| tree.starts_with(below) && !used.contains(tree));
        units.extend(roots.map(|(tree, text)| (tree, Unit { kind: InputKind::Kustomization, text })));
        units
    }

    fn kustomization(&self, folder: &Path) -> String {
        let read = |name: &&str| std::fs::read_to_string(self.path(folder).join(name)).ok();
        KUSTOMIZATION_FILES.iter().filter_map(read).collect()
    }

    fn generator(&self, file: &Path) -> Option<Unit> {
        let text = std::fs::read_to_string(self.path(file)).ok()?;
        let source = Source::from_text("", text);
        let kind = kind_of(&source).ok()?;
        let kind = [InputKind::PolicyGenTemplate, InputKind::SiteConfig].into_iter().find(|k| k.name() == kind)?;
        Some(Unit { kind, text: source.text().to_owned() })
    }
}

/// The files that only one side has, or that differ.
pub fn changed(old: &Side, new: &Side) -> BTreeSet<PathBuf> {
    let all: Vec<&PathBuf> = old.files.union(&new.files).collect();
    let differs = |file: &&&PathBuf| match (old.files.contains(**file), new.files.contains(**file)) {
        (true, true) => std::fs::read(old.path(file)).ok() != std::fs::read(new.path(file)).ok(),
        _ => true,
    };
    all.par_iter().filter(differs).map(|file| (*file).clone()).collect()
}

fn list(root: &Path, folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(root.join(folder))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = folder.join(entry.file_name());
        // A link to a folder is not followed: it could lead round in circles.
        if entry.file_type()?.is_dir() {
            if depth < DEEPEST {
                list(root, &path, depth + 1, files)?;
            }
        } else if root.join(&path).is_file() {
            files.insert(path);
        }
    }
    Ok(())
}

/// Whether a name is one of a kustomization.
pub fn is_kustomization(file: &Path) -> bool {
    file.file_name().and_then(|name| name.to_str()).is_some_and(|name| KUSTOMIZATION_FILES.contains(&name))
}

/// Whether a name is one of a YAML file.
pub fn is_yaml(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The folder of a file.
pub fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// What a kustomization names: files and folders.
fn entries(text: &str) -> Vec<String> {
    let source = Source::from_text("", text);
    let Some(Ok(document)) = documents(&source).next() else { return Vec::new() };
    let Some(root) = document.root() else { return Vec::new() };
    let lists = ["resources", "bases", "components", "generators"].into_iter().filter_map(|field| root.get(field));
    lists.flat_map(|list| list.items().filter_map(|item| item.text().map(str::to_owned)).collect::<Vec<_>>()).collect()
}

fn joined(folder: &Path, entry: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(entry).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_that_another_one_uses_is_no_unit_of_its_own() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        for (file, text) in [
            ("base/kustomization.yaml", "generators: [a.yaml]"),
            ("base/a.yaml", "kind: PolicyGenTemplate\n"),
            ("top/kustomization.yaml", "resources: [../base]"),
            ("loose/b.yaml", "kind: SiteConfig\n"),
            ("loose/c.yaml", "kind: Other\n"),
        ] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
            std::fs::write(path, text)?;
        }
        let side = Side::read(folder.path(), Path::new("")).map_err(|failure| failure.message)?;
        let units: Vec<String> = side.units.keys().map(|path| path.display().to_string()).collect();
        assert_eq!(units, ["loose/b.yaml", "top"]);
        Ok(())
    }
}
