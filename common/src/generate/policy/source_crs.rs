//! Where source CRs come from: folders searched in order, each file read and parsed once per run, however many
//! policies and threads use it.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::suggest::nearest;
use crate::yaml::{self, Source};

use super::source_cr::SourceCr;

/// How deep folders below a source-crs folder are searched for names that exist.
const DEEPEST: usize = 8;

/// Why a source CR could not be had.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SourceCrError {
    /// No folder has it.
    #[error("source CR \"{file_name}\" is in no source-crs folder")]
    Missing {
        /// The name asked for.
        file_name: String,
        /// The folders that were searched.
        searched: Vec<PathBuf>,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// It is there but cannot be read.
    #[error("source CR \"{path}\" cannot be read: {reason}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason the system gives.
        reason: String,
    },
    /// It is not YAML that the generator takes.
    #[error("source CR \"{file_name}\" is not usable: {error}")]
    Invalid {
        /// The name asked for.
        file_name: String,
        /// What is wrong and where.
        error: yaml::Error,
    },
}

type Entry = Arc<OnceLock<Result<Arc<SourceCr>, SourceCrError>>>;

/// The source CRs of a run. Shared by all threads.
#[derive(Debug, Default)]
pub struct SourceCrs {
    folders: Vec<PathBuf>,
    files: RwLock<HashMap<Box<str>, Entry>>,
    names: OnceLock<Vec<String>>,
}

impl SourceCrs {
    /// Searches the folders in this order, file by file. One folder only is upstream's explicit `-sourcePath`; its
    /// default is `source-crs` of the working folder, then that beside the generator.
    pub fn new(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { folders: folders.into_iter().collect(), ..Self::default() }
    }

    /// The folders, in the order they are searched.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The source CR of this name (a path below one of the folders), read at the first call.
    ///
    /// # Errors
    /// No folder has it, it cannot be read, or it is neither UTF-8 nor UTF-16.
    pub fn get(&self, file_name: &str) -> Result<Arc<SourceCr>, SourceCrError> {
        self.entry(file_name).get_or_init(|| self.read(file_name).map(Arc::new)).clone()
    }

    /// All YAML files of the folders, as names for [`SourceCrs::get`], sorted.
    pub fn names(&self) -> &[String] {
        self.names.get_or_init(|| {
            let mut names = Vec::new();
            for folder in &self.folders {
                list(folder, "", DEEPEST, &mut names);
            }
            names.sort_unstable();
            names.dedup();
            names
        })
    }

    fn entry(&self, file_name: &str) -> Entry {
        if let Some(entry) = self.files.read().unwrap_or_else(PoisonError::into_inner).get(file_name) {
            return entry.clone();
        }
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.entry(file_name.into()).or_default().clone()
    }

    fn read(&self, file_name: &str) -> Result<SourceCr, SourceCrError> {
        for folder in &self.folders {
            // Joined as text: upstream keeps an absolute or empty name below the folder.
            let path = PathBuf::from(format!("{}/{file_name}", folder.display()));
            match std::fs::read(&path) {
                Ok(bytes) => {
                    let source = Source::from_bytes(path.to_string_lossy(), bytes)
                        .map_err(|error| SourceCrError::Invalid { file_name: file_name.to_owned(), error })?;
                    return Ok(SourceCr::new(file_name, source));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(SourceCrError::Unreadable { path, reason: reason(&error) }),
            }
        }
        let nearest = self.nearest_name(file_name).map(str::to_owned);
        Err(SourceCrError::Missing { file_name: file_name.to_owned(), searched: self.folders.clone(), nearest })
    }

    /// The name that was probably meant: the same file in another folder, else the nearest spelling.
    fn nearest_name(&self, file_name: &str) -> Option<&str> {
        let names = self.names().iter().map(String::as_str);
        let base = Path::new(file_name).file_name();
        names
            .clone()
            .find(|name| base.is_some() && Path::new(name).file_name() == base)
            .or_else(|| nearest(file_name, names))
    }
}

/// The system's words without its number.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::IsADirectory => "it is a folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

fn list(folder: &Path, prefix: &str, depth: usize, names: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let Some(name) = file_name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}{name}");
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            if depth > 0 {
                list(&entry.path(), &format!("{path}/"), depth - 1, names);
            }
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            names.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_wins_and_a_file_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        std::fs::create_dir_all(first.join("sub")).unwrap();
        std::fs::create_dir_all(&second).unwrap();
        std::fs::write(first.join("A.yaml"), "first").unwrap();
        std::fs::write(second.join("A.yaml"), "second").unwrap();
        std::fs::write(second.join("B.yaml"), "second").unwrap();
        let crs = SourceCrs::new([first.clone(), second]);
        let a = crs.get("A.yaml").unwrap();
        assert_eq!(a.source().text(), "first");
        assert_eq!(crs.get("B.yaml").unwrap().source().text(), "second");
        assert!(Arc::ptr_eq(&a, &crs.get("A.yaml").unwrap()));
        assert!(matches!(crs.get("sub"), Err(SourceCrError::Unreadable { .. })));
        assert!(matches!(crs.get("b.yaml"), Err(SourceCrError::Missing { nearest: Some(n), .. }) if n == "B.yaml"));
    }
}
