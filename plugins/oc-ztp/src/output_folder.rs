//! Writing the generated files: all of them or none.
//!
//! Files are staged in a folder beside the target and renamed into it at the end: as a whole when the target is new,
//! folder by folder where those are new, file by file otherwise. A file with the same content is left untouched, and
//! nothing is ever written outside the target, whatever names the input made up.

use std::collections::{BTreeMap, BTreeSet};
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
    target_exists: bool,
    staging: TempDir,
    files: BTreeMap<PathBuf, Change>,
    /// The staged folder that was made last: files of one folder mostly come one after the other.
    made: PathBuf,
}

/// Where files are staged below the temporary folder, whose own permissions are narrower.
const STAGED: &str = "out";

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
        fs::create_dir(staging.path().join(STAGED)).map_err(failed)?;
        let target_exists = target.exists();
        Ok(Self { target: target.to_path_buf(), target_exists, staging, files: BTreeMap::new(), made: PathBuf::new() })
    }

    /// Stages a file; an earlier one of the same name is replaced.
    ///
    /// # Errors
    /// The staging folder cannot be written.
    pub fn put(&mut self, path: &Path, text: &str) -> Result<Change, Failure> {
        let staged = self.staged().join(path);
        let change = match self.target_exists.then(|| fs::read(self.target.join(path))) {
            Some(Ok(bytes)) if bytes == text.as_bytes() => Change::Same,
            Some(Ok(_)) => Change::Changed,
            Some(Err(_)) | None => Change::New,
        };
        self.stage(&staged, text, change).map_err(|e| self.failure(path, &e))?;
        self.files.insert(path.to_path_buf(), change);
        Ok(change)
    }

    fn staged(&self) -> PathBuf {
        self.staging.path().join(STAGED)
    }

    fn stage(&mut self, staged: &Path, text: &str, change: Change) -> std::io::Result<()> {
        if change == Change::Same {
            return if staged.exists() { fs::remove_file(staged) } else { Ok(()) };
        }
        if let Some(folder) = staged.parent().filter(|folder| *folder != self.made) {
            fs::create_dir_all(folder)?;
            self.made = folder.to_path_buf();
        }
        fs::write(staged, text)
    }

    /// Renames all staged files into the target.
    ///
    /// # Errors
    /// A folder or file cannot be made, or a link in the target leads outside it.
    pub fn commit(self) -> Result<(), Failure> {
        if !self.target_exists && fs::rename(self.staged(), &self.target).is_ok() {
            return Ok(());
        }
        fs::create_dir_all(&self.target).map_err(|e| self.failure(Path::new(""), &e))?;
        let mut folders: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for (path, _) in self.files.iter().filter(|(_, change)| **change != Change::Same) {
            folders.entry(path.parent().unwrap_or(Path::new(""))).or_default().push(path);
        }
        // Everything that can be refused is refused before the first rename.
        let new_folders = self.check(&folders)?;
        for (folder, files) in &folders {
            let rename = |path: &Path| fs::rename(self.staged().join(path), self.target.join(path));
            if new_folders.contains(folder) && self.move_folder(folder).map_err(|e| self.failure(folder, &e))? {
                continue;
            }
            for path in files {
                rename(path).map_err(|e| self.failure(path, &e))?;
            }
        }
        Ok(())
    }

    /// Whether a folder could be moved as a whole; it may have come with the one around it.
    fn move_folder(&self, folder: &Path) -> std::io::Result<bool> {
        let (staged, target) = (self.staged().join(folder), self.target.join(folder));
        if !staged.exists() {
            return Ok(true);
        }
        if target.exists() {
            return Ok(false);
        }
        fs::create_dir_all(target.parent().unwrap_or(&self.target))?;
        fs::rename(staged, target)?;
        Ok(true)
    }

    /// Refuses what leads outside or stands in the way; gives the folders that the target does not have.
    fn check<'p>(&self, folders: &BTreeMap<&'p Path, Vec<&'p Path>>) -> Result<BTreeSet<&'p Path>, Failure> {
        let root = self.target.canonicalize().map_err(|e| self.failure(Path::new(""), &e))?;
        let refused = |path: &Path| {
            Failure::new(format!("{} is not a place for a file", self.target.join(path).display()))
                .because("a link there leads outside the folder, or a folder has that name")
                .fix("remove it, or choose another --output-dir")
        };
        let mut new = BTreeSet::new();
        for (folder, files) in folders {
            let there = self.target.join(folder);
            let existing = there.ancestors().find(|ancestor| ancestor.symlink_metadata().is_ok()).unwrap_or(&root);
            let real = existing.canonicalize().map_err(|e| self.failure(folder, &e))?;
            if !real.starts_with(&root) || !real.is_dir() {
                return Err(refused(folder));
            }
            if existing != there {
                new.insert(*folder);
            } else if let Some(path) = files.iter().find(|path| self.target.join(path).is_dir()) {
                return Err(refused(path));
            }
        }
        Ok(new)
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
    fn new_folders_join_those_that_are_there() -> Result<(), Failure> {
        let around = tempfile::tempdir()?;
        let target = around.path().join("build");
        for (path, text) in [("a/old.yaml", "1"), ("b/c/d.yaml", "2"), ("b/e.yaml", "3"), ("a/new.yaml", "4")] {
            let mut folder = OutputFolder::open(&target)?;
            folder.put(Path::new(path), text)?;
            folder.put(Path::new(&format!("x/{path}")), text)?;
            folder.commit()?;
            assert_eq!(fs::read_to_string(target.join(path))?, text);
            assert_eq!(fs::read_to_string(target.join("x").join(path))?, text);
        }
        fs::write(target.join("file"), "")?;
        let mut folder = OutputFolder::open(&target)?;
        folder.put(Path::new("file/a.yaml"), "1")?;
        assert!(folder.commit().is_err());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_a_new_folder_as_they_may_any() -> Result<(), Failure> {
        use std::os::unix::fs::PermissionsExt;
        let around = tempfile::tempdir()?;
        fs::create_dir(around.path().join("plain"))?;
        let mut folder = OutputFolder::open(&around.path().join("build"))?;
        folder.put(Path::new("a.yaml"), "1")?;
        folder.commit()?;
        let mode = |name: &str| fs::metadata(around.path().join(name)).map(|m| m.permissions().mode());
        assert_eq!(mode("build")?, mode("plain")?);
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
