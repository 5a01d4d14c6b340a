//! Git revisions, read through gitoxide: a revision's files are held in memory or written to a temporary folder; the
//! worktree and the index stay untouched.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;
use tempfile::TempDir;
use ztp_common::cli::Failure;

use super::side::{is_kustomization, is_yaml};

/// The repository around the current folder.
pub struct Git {
    repository: gix::Repository,
    /// The top of the worktree.
    pub top: PathBuf,
}

impl Git {
    /// Finds the repository.
    ///
    /// # Errors
    /// There is none, or it has no worktree.
    pub fn open() -> Result<Self, Failure> {
        let failed = |e: &dyn std::fmt::Display| {
            let fix = "run it inside a Git repository, or name two folders";
            Failure::new("cannot open the Git repository of this folder").because(e).fix(fix)
        };
        let mut repository = gix::discover(".").map_err(|e| failed(&e))?;
        repository.object_cache_size_if_unset(4 << 20);
        let top = repository.workdir().ok_or_else(|| failed(&"it has no worktree"))?;
        let top = top.canonicalize().map_err(|e| failed(&e))?;
        Ok(Self { repository, top })
    }

    /// The common ancestor of two revisions.
    ///
    /// # Errors
    /// A revision does not exist, or they have no common ancestor.
    pub fn merge_base(&self, a: &str, b: &str) -> Result<String, Failure> {
        let (one, two) = (self.id(a)?, self.id(b)?);
        let none = Failure::new(format!("{a} and {b} have no common ancestor"));
        let base = self.repository.merge_base(one, two).map_err(|e| none.clone().because(e))?;
        base.map(|id| id.to_string()).ok_or(none)
    }

    fn id(&self, revision: &str) -> Result<gix::Id<'_>, Failure> {
        self.repository.rev_parse_single(revision).map_err(|_| {
            Failure::new(format!("there is no revision {revision:?}")).fix("git log --oneline lists what there is")
        })
    }

    /// The files of a revision. Generator files stay in memory, the others are in a folder that goes away with the
    /// returned value. What an earlier revision has as well is taken from there.
    ///
    /// # Errors
    /// The revision does not exist, is damaged, or the folder cannot be written.
    pub fn unpack(&self, revision: &str, earlier: Option<&Unpacked>) -> Result<Unpacked, Failure> {
        let damaged = |e: &dyn std::fmt::Display| Failure::new(format!("cannot read revision {revision:?}")).because(e);
        let object = self.id(revision)?.object().map_err(|e| damaged(&e))?;
        let tree = object.peel_to_tree().map_err(|e| damaged(&e))?;
        let folder = tempfile::tempdir().map_err(|e| Failure::new("cannot make a temporary folder").because(e))?;
        let mut unpacked = Unpacked { folder, held: Held::new(), ids: BTreeMap::new() };
        for entry in tree.traverse().breadthfirst.files().map_err(|e| damaged(&e))? {
            let Some(path) = entry.filepath.to_path().ok().filter(|path| is_below(path)) else { continue };
            let blob = || self.repository.find_object(entry.oid).map_err(|e| damaged(&e));
            match entry.mode.kind() {
                EntryKind::Blob | EntryKind::BlobExecutable => {
                    let same = earlier.filter(|earlier| earlier.ids.get(path) == Some(&entry.oid));
                    match same.and_then(|earlier| earlier.held.get(path)) {
                        Some(text) => _ = unpacked.held.insert(path.to_path_buf(), Arc::clone(text)),
                        None => unpacked.put(path, &blob()?.data)?,
                    }
                    unpacked.ids.insert(path.to_path_buf(), entry.oid);
                }
                EntryKind::Link => link(&unpacked.folder.path().join(path), &blob()?.data),
                EntryKind::Tree | EntryKind::Commit => {}
            }
        }
        Ok(unpacked)
    }
}

/// Files that are in memory instead of the folder.
pub type Held = BTreeMap<PathBuf, Arc<[u8]>>;

/// The files of a revision.
#[derive(Debug)]
pub struct Unpacked {
    /// Where the files are that are not held.
    pub folder: TempDir,
    /// Generator files: there are many, and few of them have to be generated from.
    pub held: Held,
    /// What Git calls the content of each file.
    pub ids: BTreeMap<PathBuf, gix::ObjectId>,
}

impl Unpacked {
    fn put(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if is_shown(path) && is_yaml(path) && !is_kustomization(path) && names_generator(bytes) {
            self.held.insert(path.to_path_buf(), bytes.into());
            return Ok(());
        }
        write(&self.folder.path().join(path), bytes)
    }
}

/// Whether no part of a path is hidden.
fn is_shown(path: &Path) -> bool {
    !path.iter().any(|part| part.to_string_lossy().starts_with('.'))
}

fn names_generator(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    ["SiteConfig", "PolicyGenTemplate"].iter().any(|kind| text.contains(kind))
}

/// Whether a path of a tree stays in the folder it is written to.
fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes a file and the folders above it.
///
/// # Errors
/// As the file system says.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |e| Failure::new(format!("cannot write {}", path.display())).because(e);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, bytes).map_err(failed)
}

/// A link that stays among its neighbours; others could lead out of the folder and are left out.
fn link(path: &Path, target: &[u8]) {
    let Ok(target) = target.to_path() else { return };
    if is_below(target) {
        if let Some(folder) = path.parent() {
            // What cannot be linked is missing when it is read, which is then reported.
            let _ = std::fs::create_dir_all(folder);
        }
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(target, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_a_tree_leads_out() {
        assert!(is_below(Path::new("a/b.yaml")));
        assert!(!is_below(Path::new("../b")) && !is_below(Path::new("/b")));
    }
}
