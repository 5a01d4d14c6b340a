//! Writing the generated files: all of them or none.
//!
//! Files are staged in a folder beside the target and renamed into it at the end. A file with the same content is left
//! untouched, and nothing is ever written outside the target, whatever names the input made up.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;
use ztp_common::cli::Failure;
use ztp_common::finding::Finding;

/// What a file is, compared with what the folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The same bytes are there.
    Same,
    /// Other bytes are there.
    Changed,
    /// Nothing is there.
    New,
}

/// A folder that is being written.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    staging: TempDir,
    files: BTreeMap<PathBuf, Change>,
}

impl OutputFolder {
    /// Prepares writing to `target`, which need not exist.
    ///
    /// # Errors
    /// The folder around it cannot be written.
    pub fn open(target: &Path) -> Result<Self, Failure> {
        let failed = |e: std::io::Error| Failure::new(format!("cannot write to {}", target.display())).because(e);
        if target.exists() && !target.is_dir() {
            return Err(
                Failure::new(format!("{} is not a folder", target.display())).fix("choose another --output-dir")
            );
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(failed)?;
        let staging = tempfile::Builder::new().prefix(".oc-ztp-").tempdir_in(parent).map_err(failed)?;
        Ok(Self { target: target.to_path_buf(), staging, files: BTreeMap::new() })
    }

    /// Stages a file; an earlier one of the same name is replaced.
    ///
    /// # Errors
    /// The staging folder cannot be written.
    pub fn put(&mut self, path: &Path, text: &str) -> Result<Change, Failure> {
        let staged = self.staging.path().join(path);
        let change = match fs::read(self.target.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => Change::Same,
            Ok(_) => Change::Changed,
            Err(_) => Change::New,
        };
        let write = || {
            if change == Change::Same {
                return if staged.exists() { fs::remove_file(&staged) } else { Ok(()) };
            }
            fs::create_dir_all(staged.parent().unwrap_or(self.staging.path()))?;
            fs::write(&staged, text)
        };
        write().map_err(|e| self.failure(path, &e))?;
        self.files.insert(path.to_path_buf(), change);
        Ok(change)
    }

    /// Renames all staged files into the target.
    ///
    /// # Errors
    /// A folder or file cannot be made, or a link in the target leads outside it.
    pub fn commit(self) -> Result<(), Failure> {
        fs::create_dir_all(&self.target).map_err(|e| self.failure(Path::new(""), &e))?;
        let root = self.target.canonicalize().map_err(|e| self.failure(Path::new(""), &e))?;
        let changed: Vec<_> =
            self.files.iter().filter(|(_, change)| **change != Change::Same).map(|(p, _)| p).collect();
        // Everything that can be refused is refused before the first rename.
        for path in &changed {
            let folder = self.target.join(path.parent().unwrap_or(Path::new("")));
            fs::create_dir_all(&folder).map_err(|e| self.failure(path, &e))?;
            let real = folder.canonicalize().map_err(|e| self.failure(path, &e))?;
            if !real.starts_with(&root) || self.target.join(path).is_dir() {
                return Err(Failure::new(format!("{} is not a place for a file", self.target.join(path).display()))
                    .because("a link there leads outside the folder, or a folder has that name")
                    .fix("remove it, or choose another --output-dir"));
            }
        }
        for path in changed {
            fs::rename(self.staging.path().join(path), self.target.join(path)).map_err(|e| self.failure(path, &e))?;
        }
        Ok(())
    }

    /// How many files are (new, changed, same).
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |change| self.files.values().filter(|c| **c == change).count();
        (of(Change::New), of(Change::Changed), of(Change::Same))
    }

    fn failure(&self, path: &Path, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot write {}", self.target.join(path).display())).because(error)
    }
}

/// The path below the output folder, cleaned as Go's `filepath.Clean` does.
///
/// # Errors
/// It leads outside, which upstream would write.
pub fn inside(path: &Path) -> Result<PathBuf, Box<Finding>> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        let fits = match part {
            Component::Normal(name) => {
                clean.push(name);
                true
            }
            Component::ParentDir => clean.pop(),
            Component::CurDir | Component::RootDir => true,
            Component::Prefix(_) => false,
        };
        if !fits {
            let fact = format!("the file {} would be written outside the output folder", path.display());
            return Err(Box::new(
                Finding::error("output/outside", fact).fix("take the .. out of the policyName or name"),
            ));
        }
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_before_commit_and_same_files_stay() -> Result<(), Failure> {
        let around = tempfile::tempdir()?;
        let target = around.path().join("build");
        let mut folder = OutputFolder::open(&target)?;
        assert_eq!(folder.put(Path::new("a/b.yaml"), "1")?, Change::New);
        assert!(!target.exists());
        folder.commit()?;
        let before = fs::metadata(target.join("a/b.yaml"))?.modified()?;
        let mut folder = OutputFolder::open(&target)?;
        assert_eq!(folder.put(Path::new("a/b.yaml"), "1")?, Change::Same);
        assert_eq!(folder.put(Path::new("a/c.yaml"), "2")?, Change::New);
        assert_eq!(folder.counts(), (1, 0, 1));
        folder.commit()?;
        assert_eq!(fs::metadata(target.join("a/b.yaml"))?.modified()?, before);
        assert_eq!(fs::read_dir(around.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        assert_eq!(inside(Path::new("a/../b.yaml")).ok(), Some(PathBuf::from("b.yaml")));
        assert!(inside(Path::new("a/../../b.yaml")).is_err());
        assert_eq!(inside(Path::new("/etc/x")).ok(), Some(PathBuf::from("etc/x")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() -> Result<(), Failure> {
        let around = tempfile::tempdir()?;
        let target = around.path().join("build");
        fs::create_dir_all(&target)?;
        fs::create_dir_all(around.path().join("elsewhere"))?;
        std::os::unix::fs::symlink(around.path().join("elsewhere"), target.join("a"))?;
        let mut folder = OutputFolder::open(&target)?;
        folder.put(Path::new("a/b.yaml"), "1")?;
        assert!(folder.commit().is_err());
        assert!(!around.path().join("elsewhere/b.yaml").exists());
        Ok(())
    }
}
