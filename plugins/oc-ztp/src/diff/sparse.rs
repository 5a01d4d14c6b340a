//! Kustomizations without the generators that a change does not affect. Only those are reduced that do nothing but list
//! generators and resources: in others one file may decide about the objects of another.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use ztp_common::generate::kustomize::{Disk, Files};
use ztp_common::generate::run::KUSTOMIZATION_FILES;
use ztp_common::yaml::{NodeRef, Source, documents};

use super::plan::Changes;
use super::side::{Side, generator_kind, joined};

/// What a kustomization may have to be reduced.
const FIELDS: [&str; 6] = ["apiVersion", "kind", "metadata", "generators", "resources", "bases"];
/// How deep kustomizations may name others.
const DEEPEST: usize = 32;

/// A tree without what is not affected.
#[derive(Debug, Default)]
pub struct Sparse {
    /// Whether anything in it may differ.
    pub touched: bool,
    /// Whether nothing of it is left.
    pub empty: bool,
    /// The files that it still lists.
    pub files: BTreeSet<PathBuf>,
    /// The kustomizations, with empty lines for what is left out.
    texts: HashMap<PathBuf, String>,
}

/// Leaves out of a tree what is not affected; `None` when it must be generated as a whole.
pub fn reduce(side: &Side, other: &Side, tree: &Path, changes: &Changes<'_>) -> Option<Sparse> {
    let mut reduction = Reduction { side, other, changes, seen: BTreeSet::new(), sparse: Sparse::default() };
    reduction.sparse.empty = reduction.folder(tree, 0)? == 0;
    Some(reduction.sparse)
}

struct Reduction<'r> {
    side: &'r Side,
    other: &'r Side,
    changes: &'r Changes<'r>,
    seen: BTreeSet<PathBuf>,
    sparse: Sparse,
}

impl Reduction<'_> {
    /// How many entries of a folder's kustomization are left.
    fn folder(&mut self, folder: &Path, depth: usize) -> Option<usize> {
        let mut found =
            KUSTOMIZATION_FILES.iter().map(|name| folder.join(name)).filter(|f| self.side.files.contains(f));
        let (Some(file), None) = (found.next(), found.next()) else { return None };
        let text = self.side.text(&file).filter(|_| depth < DEEPEST)?;
        let source = Source::from_text("", text.as_str());
        let document = documents(&source).next()?.ok()?;
        let root = document.root()?;
        let known = root.entries().all(|(key, _)| key.text().is_some_and(|key| FIELDS.contains(&key)));
        if !known || root.get("kind").and_then(NodeRef::text).is_some_and(|kind| kind != "Kustomization") {
            return None;
        }
        let mut lines: Vec<&str> = text.lines().collect();
        let (mut all, mut left) = (0, 0);
        for field in ["generators", "resources", "bases"] {
            for entry in root.get(field).iter().flat_map(|list| list.items()) {
                all += 1;
                let is_left = self.entry(field, folder, entry.text()?, depth)?;
                let path = joined(folder, entry.text()?);
                let line = lines.get_mut(entry.place().line.saturating_sub(1) as usize);
                match line.filter(|line| !is_left && is_alone(line, entry.text().unwrap_or_default())) {
                    Some(line) => *line = "",
                    None => {
                        left += 1;
                        self.sparse.files.insert(path);
                    }
                }
            }
        }
        self.sparse.texts.insert(file, lines.join("\n"));
        (all > 0).then_some(left)
    }

    /// Whether an entry stays.
    fn entry(&mut self, field: &str, folder: &Path, entry: &str, depth: usize) -> Option<bool> {
        let path = joined(folder, entry);
        // What is listed twice is an error of the whole tree.
        if !self.seen.insert(path.clone()) {
            return None;
        }
        let is_new = !self.other.used.contains(&(folder.to_path_buf(), path.clone()));
        let is_left = match (self.side.files.contains(&path), field) {
            // Files of a folder under `generators` are generators wherever they are listed.
            (false, "generators") => return None,
            (false, _) => self.folder(&path, depth + 1)? > 0,
            (true, "generators") => {
                let text = self.side.text(&path)?;
                generator_kind(&text)?;
                let affected = is_new || self.changes.affect(&path, &text);
                self.sparse.touched |= affected;
                affected
            }
            (true, _) => {
                self.sparse.touched |= self.changes.files.contains(&path);
                true
            }
        };
        self.sparse.touched |= is_new;
        Some(is_left)
    }
}

/// Whether an entry has its line for itself, so that it can be left out.
fn is_alone(line: &str, entry: &str) -> bool {
    let rest = line.trim_start().strip_prefix('-').map(str::trim_start);
    rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(entry))
}

/// The disk, with reduced kustomizations in the place of those that are there.
#[derive(Debug)]
pub struct SparseDisk(HashMap<PathBuf, String>);

impl SparseDisk {
    /// The disk as a tree of a side sees it.
    pub fn new(side: &Side, sparse: &Sparse) -> Self {
        let resolved = |(file, text): (&PathBuf, &String)| Some((side.path(file).canonicalize().ok()?, text.clone()));
        Self(sparse.texts.iter().filter_map(resolved).collect())
    }
}

impl Files for SparseDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(path).map_or_else(|| Disk.read(path), |text| Ok(text.clone().into_bytes()))
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.resolve(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        Disk.is_folder(path)
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        Disk.names(folder)
    }
}
