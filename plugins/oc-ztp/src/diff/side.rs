//! One side of a comparison: its files, and which of them or of its folders something is generated from.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use ztp_common::cli::Failure;
use ztp_common::diff::reach::Fleet;
use ztp_common::generate::run::{InputKind, KUSTOMIZATION_FILES, kind_of};
use ztp_common::yaml::{Source, documents};

use super::revision::{Held, Unpacked, write};

/// How deep a repository is searched.
const DEEPEST: usize = 32;

/// A folder before or after the change.
#[derive(Debug, Default)]
pub struct Side {
    /// The top: of the repository, or the folder that was named.
    pub root: PathBuf,
    /// Files below the root, hidden ones left out; paths are relative.
    pub files: BTreeSet<PathBuf>,
    /// What is generated from what.
    pub units: BTreeMap<PathBuf, Unit>,
    /// What kustomizations name: the folder of the kustomization, and the file or folder.
    pub used: BTreeSet<(PathBuf, PathBuf)>,
    /// The files and folders of these.
    named: BTreeSet<PathBuf>,
    /// The clusters that files describe.
    pub clusters: BTreeMap<PathBuf, Fleet>,
    /// Files that are not on disk.
    held: Held,
    ids: BTreeMap<PathBuf, gix::ObjectId>,
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
    /// Reads a folder; units are looked for in `below` only.
    ///
    /// # Errors
    /// A folder cannot be listed.
    pub fn read(root: &Path, below: &Path) -> Result<Self, Failure> {
        Self { root: root.to_path_buf(), ..Self::default() }.listed(below)
    }

    /// Reads a revision.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn of_revision(unpacked: &Unpacked, below: &Path) -> Result<Self, Failure> {
        let (held, ids) = (unpacked.held.clone(), unpacked.ids.clone());
        Self { root: unpacked.folder.path().to_path_buf(), held, ids, ..Self::default() }.listed(below)
    }

    fn listed(mut self, below: &Path) -> Result<Self, Failure> {
        self.files.extend(self.held.keys().cloned());
        list(&self.root, Path::new(""), 0, &mut self.files)
            .map_err(|e| Failure::new(format!("cannot list {}", self.root.display())).because(e))?;
        self.units = self.units_below(below);
        Ok(self)
    }

    /// The full path of a file.
    pub fn path(&self, file: &Path) -> PathBuf {
        self.root.join(file)
    }

    /// The content of a file; nothing when it cannot be read.
    pub fn bytes(&self, file: &Path) -> Option<Cow<'_, [u8]>> {
        match self.held.get(file) {
            Some(bytes) => Some(Cow::Borrowed(bytes)),
            None => std::fs::read(self.path(file)).ok().map(Cow::Owned),
        }
    }

    /// The text of a file; nothing when it cannot be read.
    pub fn text(&self, file: &Path) -> Option<String> {
        String::from_utf8(self.bytes(file)?.into_owned()).ok()
    }

    /// Writes held files to where they belong, for those who read them from disk.
    ///
    /// # Errors
    /// As the file system says.
    pub fn write(&self, wanted: impl Fn(&Path) -> bool) -> Result<(), Failure> {
        let mut files = self.held.iter().filter(|(file, _)| wanted(file));
        files.try_for_each(|(file, bytes)| write(&self.path(file), bytes))
    }

    /// Whether a kustomization beside a file leaves it out, so that nothing is generated from it.
    pub fn is_left_out(&self, file: &Path) -> bool {
        let folder = folder_of(file);
        KUSTOMIZATION_FILES.iter().any(|name| self.files.contains(&folder.join(name))) && !self.is_listed(file)
    }

    /// Whether a kustomization names a file.
    pub fn is_listed(&self, file: &Path) -> bool {
        self.named.contains(file)
    }

    fn units_below(&mut self, below: &Path) -> BTreeMap<PathBuf, Unit> {
        let inside = |file: &&PathBuf| file.starts_with(below);
        let trees: BTreeSet<PathBuf> =
            self.files.iter().filter(|file| is_kustomization(file)).map(|file| folder_of(file)).collect();
        let texts: BTreeMap<PathBuf, String> =
            trees.iter().map(|tree| (tree.clone(), self.kustomization(tree))).collect();
        let named = |(tree, text): (&PathBuf, &String)| {
            entries(text).into_iter().map(|entry| (tree.clone(), joined(tree, &entry))).collect::<Vec<_>>()
        };
        self.used = texts.iter().flat_map(named).collect();
        self.named = self.used.iter().map(|(_, path)| path.clone()).collect();
        let used = &self.named;
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
        let text = self.text(file)?;
        let kind = generator_kind(&text)?;
        Some(Unit { kind, text })
    }
}

/// The generator that a file is for.
pub fn generator_kind(text: &str) -> Option<InputKind> {
    let mut kinds = [InputKind::PolicyGenTemplate, InputKind::SiteConfig].into_iter();
    if !kinds.clone().any(|kind| text.contains(kind.name())) {
        return None;
    }
    let kind = kind_of(&Source::from_text("", text)).ok()?;
    kinds.find(|known| known.name() == kind)
}

/// The files that only one side has, or that differ.
pub fn changed(old: &Side, new: &Side) -> BTreeSet<PathBuf> {
    let all: Vec<&PathBuf> = old.files.union(&new.files).collect();
    let differs = |file: &&&PathBuf| match (old.ids.get(**file), new.ids.get(**file)) {
        (Some(old), Some(new)) => old != new,
        _ if old.files.contains(**file) && new.files.contains(**file) => old.bytes(file) != new.bytes(file),
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

/// An entry of a kustomization, from the top.
pub fn joined(folder: &Path, entry: &str) -> PathBuf {
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
