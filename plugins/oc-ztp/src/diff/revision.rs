//! Git revisions, read through gitoxide: a revision's files are written to a temporary folder; the worktree and the
//! index stay untouched.

use std::path::{Component, Path, PathBuf};

use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;
use tempfile::TempDir;
use ztp_common::cli::Failure;

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

    /// The files of a revision, in a folder that goes away with the returned value.
    ///
    /// # Errors
    /// The revision does not exist, is damaged, or the folder cannot be written.
    pub fn unpack(&self, revision: &str) -> Result<TempDir, Failure> {
        let damaged = |e: &dyn std::fmt::Display| Failure::new(format!("cannot read revision {revision:?}")).because(e);
        let object = self.id(revision)?.object().map_err(|e| damaged(&e))?;
        let tree = object.peel_to_tree().map_err(|e| damaged(&e))?;
        let folder = tempfile::tempdir().map_err(|e| Failure::new("cannot make a temporary folder").because(e))?;
        for entry in tree.traverse().breadthfirst.files().map_err(|e| damaged(&e))? {
            let Some(path) = entry.filepath.to_path().ok().filter(|path| is_below(path)) else { continue };
            let blob = || self.repository.find_object(entry.oid).map_err(|e| damaged(&e));
            let path = folder.path().join(path);
            match entry.mode.kind() {
                EntryKind::Blob | EntryKind::BlobExecutable => write(&path, &blob()?.data)?,
                EntryKind::Link => link(&path, &blob()?.data),
                EntryKind::Tree | EntryKind::Commit => {}
            }
        }
        Ok(folder)
    }
}

/// Whether a path of a tree stays in the folder it is written to.
fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
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
