//! The files of a tree, and what a kustomization may read.
//!
//! Folders may be anywhere, files only in or below the folder of the kustomization that names them: the restriction
//! that kustomize calls LoadRestrictionsRootOnly, which keeps a tree from reading what its repository does not hold.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::suggest::nearest;

/// How files are reached.
pub trait Files: Sync {
    /// The content of a file.
    ///
    /// # Errors
    /// As the file system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The absolute path with all links followed.
    ///
    /// # Errors
    /// As the file system says; nothing is there, for one.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// Whether a folder is there.
    fn is_folder(&self, path: &Path) -> bool;

    /// The names in a folder; nothing when it cannot be read.
    fn names(&self, folder: &Path) -> Vec<String>;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }
}

/// The folder of a kustomization.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Absolute, links followed.
    pub path: PathBuf,
    /// As the user named it.
    pub shown: PathBuf,
    /// The folders of the kustomizations that lead here, and this one.
    visited: Vec<PathBuf>,
}

impl Folder {
    /// The root of a tree.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn root(path: &Path, files: &dyn Files) -> Result<Self, String> {
        let resolved = files.resolve(path).map_err(|e| format!("cannot open {}: {}", path.display(), reason(&e)))?;
        if !files.is_folder(&resolved) {
            return Err(format!("{} is not a folder", path.display()));
        }
        Ok(Self { visited: vec![resolved.clone()], path: resolved, shown: path.to_owned() })
    }

    /// What an entry names, as the user would.
    pub fn shown(&self, entry: &str) -> PathBuf {
        cleaned(&self.shown.join(entry))
    }

    /// A file named by this kustomization.
    ///
    /// # Errors
    /// It is not there, not a file, or not in or below the folder.
    pub fn read(&self, entry: &str, files: &dyn Files) -> Result<Vec<u8>, String> {
        let shown = self.shown(entry);
        let shown = shown.display();
        let path = files.resolve(&self.path.join(entry)).map_err(|e| format!("cannot read {shown}: {}", reason(&e)))?;
        if !path.starts_with(&self.path) {
            return Err(format!("the file {shown} is not in or below {}", self.shown.display()));
        }
        files.read(&path).map_err(|e| format!("cannot read {shown}: {}", reason(&e)))
    }

    /// A folder named by this kustomization.
    ///
    /// # Errors
    /// It is not there, or the tree is in it already.
    pub fn enter(&self, entry: &str, files: &dyn Files) -> Result<Self, String> {
        let mut next = Self::root(&self.path.join(entry), files)?;
        next.shown = self.shown(entry);
        if self.visited.iter().any(|visited| visited.starts_with(&next.path)) {
            return Err(format!("{} is a folder this kustomization is part of: a cycle", next.shown.display()));
        }
        next.visited.extend(self.visited.iter().cloned());
        Ok(next)
    }

    /// What is there under a name similar to an entry that is not.
    pub fn similar(&self, entry: &str, files: &dyn Files) -> Option<String> {
        let (folder, name) = entry.trim_end_matches('/').rsplit_once('/').unwrap_or(("", entry));
        let names = files.names(&self.path.join(folder));
        let found = nearest(name, names.iter().map(String::as_str))?;
        Some(if folder.is_empty() { found.to_owned() } else { format!("{folder}/{found}") })
    }
}

/// Why a file could not be read, without the number of the system.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        _ => error.to_string().to_lowercase(),
    }
}

/// Without `.` and inner `..`.
pub fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    if clean.as_os_str().is_empty() { PathBuf::from(".") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_outside_the_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("k")).unwrap();
        std::fs::write(dir.path().join("secret"), "x").unwrap();
        std::fs::write(dir.path().join("k/own.yaml"), "x").unwrap();
        let folder = Folder::root(&dir.path().join("k"), &Disk).unwrap();
        assert!(folder.read("../secret", &Disk).unwrap_err().contains("not in or below"));
        assert_eq!(folder.read("../k/own.yaml", &Disk).unwrap(), b"x");
        assert_eq!(folder.similar("onw.yaml", &Disk).as_deref(), Some("own.yaml"));
        assert!(folder.enter("..", &Disk).unwrap_err().contains("a cycle"));
    }
}
