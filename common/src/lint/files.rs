//! The files that the user's paths lead to, each read once: folders are searched in full, and kustomizations are
//! followed to what they name elsewhere.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::finding::Finding;
use crate::generate::kustomize::{Entry, Kustomization, cleaned};
use crate::generate::run::KUSTOMIZATION_FILES;
use crate::yaml::{self, Source};

/// Folders that generators read themselves; what is in them is no input.
const NO_INPUT: [&str; 2] = ["source-crs", "extra-manifest"];

/// One file.
#[derive(Debug)]
pub struct RawFile {
    /// Absolute, links followed.
    pub path: PathBuf,
    /// The text; its name is the path as the user would write it.
    pub source: Source,
    /// Whether the user named this very file.
    pub named: bool,
}

impl RawFile {
    /// Whether it is a kustomization by its name.
    pub fn is_kustomization(&self) -> bool {
        is_kustomization(&self.path)
    }

    /// The folder it is in, absolute.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("/"))
    }
}

/// All files of a run, by name.
#[derive(Debug, Default)]
pub struct Files {
    /// Sorted by their names.
    pub list: Vec<RawFile>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// A file to be read.
struct Wanted {
    shown: PathBuf,
    named: bool,
}

impl Files {
    /// Reads the files behind the paths. Folders are searched in full, except those with a leading dot, the folders
    /// of source CRs and extra manifests, and `skipped` ones.
    pub fn read(paths: &[PathBuf], skipped: &[PathBuf]) -> Self {
        let skipped: Vec<PathBuf> = skipped.iter().filter_map(|path| path.canonicalize().ok()).collect();
        let mut wanted = Vec::new();
        for path in paths {
            let shown = cleaned(path);
            match path.is_dir() {
                true => walk(shown, &skipped, &mut wanted),
                false => wanted.push(Wanted { shown, named: true }),
            }
        }
        let mut files = Self::default();
        let mut known = HashMap::new();
        while !wanted.is_empty() {
            let first = files.list.len();
            files.load(wanted, &mut known);
            let fresh = files.list.get(first..).unwrap_or_default();
            wanted =
                fresh.iter().filter(|file| file.is_kustomization()).flat_map(|file| named_by(file, &known)).collect();
        }
        files.list.sort_by(|a, b| a.source.name().cmp(b.source.name()));
        files
    }

    fn load(&mut self, wanted: Vec<Wanted>, known: &mut HashMap<PathBuf, ()>) {
        let mut open = Vec::new();
        for file in wanted {
            let path = file.shown.canonicalize().unwrap_or_else(|_| file.shown.clone());
            if known.insert(path.clone(), ()).is_none() {
                open.push((path, file));
            }
        }
        let read: Vec<_> = open.into_par_iter().filter_map(|(path, file)| read(path, &file).transpose()).collect();
        for result in read {
            match result {
                Ok(file) => self.list.push(file),
                Err(finding) => self.findings.push(*finding),
            }
        }
    }
}

/// A file that only lies in a searched folder may be unreadable or no text at all.
fn read(path: PathBuf, file: &Wanted) -> Result<Option<RawFile>, Box<Finding>> {
    let name = file.shown.display().to_string();
    let source = match std::fs::read(&path) {
        Ok(bytes) => Source::from_bytes(name, bytes).map_err(|e| Finding::error("input/yaml", e.message).at(e.place)),
        Err(e) => Err(Finding::error("input/unreadable", format!("cannot read {name}")).note(e.to_string())),
    };
    match source {
        Ok(source) => Ok(Some(RawFile { path, source, named: file.named })),
        Err(finding) if file.named => Err(Box::new(finding.fix("check the path and the file"))),
        Err(_) => Ok(None),
    }
}

fn walk(folder: PathBuf, skipped: &[PathBuf], wanted: &mut Vec<Wanted>) {
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else { continue };
            let shown = cleaned(&folder.join(&*name));
            if name.starts_with('.') {
                continue;
            }
            // Links are followed for files only: a link to a folder could lead around in a circle.
            if kind.is_dir() {
                let is_input = !NO_INPUT.contains(&&*name);
                if is_input && !shown.canonicalize().is_ok_and(|path| skipped.contains(&path)) {
                    open.push(shown);
                }
            } else if is_yaml(&shown) && shown.is_file() {
                wanted.push(Wanted { shown, named: false });
            }
        }
    }
}

fn is_yaml(path: &Path) -> bool {
    is_kustomization(path) || path.extension().is_some_and(|e| e == "yaml" || e == "yml")
}

fn is_kustomization(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| KUSTOMIZATION_FILES.contains(&name))
}

/// The files a kustomization names, and the kustomizations of the folders it names.
fn named_by(file: &RawFile, known: &HashMap<PathBuf, ()>) -> Vec<Wanted> {
    let Some(Ok(document)) = yaml::documents(&file.source).next() else { return Vec::new() };
    let Some(root) = document.root() else { return Vec::new() };
    let content = Kustomization::read(root, &mut Vec::new());
    let folder = Path::new(&**file.source.name()).parent().unwrap_or(Path::new("")).to_path_buf();
    let mut wanted = Vec::new();
    for entry in entries(&content) {
        let shown = cleaned(&folder.join(&entry.value));
        let files = match shown.is_dir() {
            true => KUSTOMIZATION_FILES.iter().map(|name| shown.join(name)).collect(),
            false => vec![shown],
        };
        for shown in files.into_iter().filter(|shown| shown.is_file()) {
            if shown.canonicalize().is_ok_and(|path| !known.contains_key(&path)) {
                wanted.push(Wanted { shown, named: false });
            }
        }
    }
    wanted
}

/// The entries that name files or folders.
pub(super) fn entries(content: &Kustomization) -> impl Iterator<Item = &Entry<String>> {
    content.generators.iter().chain(&content.resources).chain(&content.components)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_and_kustomizations_followed() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            std::fs::write(path, text)
        };
        write("a/kustomization.yaml", "resources: [../b, ../b/x.yaml, gone.yaml]\n")?;
        write("a/deep/y.yaml", "y: 1\n")?;
        write("a/source-crs/z.yaml", "z: 1\n")?;
        write("a/.git/z.yaml", "z: 1\n")?;
        write("a/notes.txt", "z: 1\n")?;
        write("b/kustomization.yaml", "resources: [x.yaml]\n")?;
        write("b/x.yaml", "x: 1\n")?;
        let files = Files::read(&[folder.path().join("a/.")], &[]);
        let root = folder.path().display().to_string() + "/";
        let names: Vec<_> = files.list.iter().filter_map(|file| file.source.name().strip_prefix(&root)).collect();
        assert_eq!(names, ["a/deep/y.yaml", "a/kustomization.yaml", "b/kustomization.yaml", "b/x.yaml"]);
        assert!(files.findings.is_empty());
        let files = Files::read(&[folder.path().join("gone.yaml")], &[]);
        assert_eq!(files.findings.len(), 1);
        Ok(())
    }
}
