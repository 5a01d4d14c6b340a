//! The files that SiteConfigs refer to, each read and parsed once per run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::Decoder;
use super::once::Once;
use crate::generate::template::Template;
use crate::suggest::nearest;
use crate::yaml::{self, Map, Source, Value, emit};

const GENERATED: &str = "ran.openshift.io/ztp-gitops-generated";

/// A manifest with the generated annotation, and its text.
#[derive(Debug)]
pub struct Manifest {
    /// The document.
    pub value: Value,
    /// As it stands in the ConfigMap.
    pub text: Arc<str>,
    /// Whether the file has further documents, which are lost upstream.
    pub has_more: bool,
}

/// What a folder holds: names that are no folders, and the names of folders.
#[derive(Debug, Default)]
pub struct Folder {
    /// Files, in the order of their names; dot files left out.
    pub files: BTreeSet<String>,
    /// Whether there is an entry called `workload`.
    pub has_workload: bool,
}

type Shared<T> = Result<Arc<T>, String>;

/// Reads below one working folder and remembers what it read.
#[derive(Debug, Default)]
pub struct Files {
    root: PathBuf,
    texts: Once<PathBuf, Shared<Source>>,
    folders: Once<PathBuf, Shared<Folder>>,
    manifests: Once<PathBuf, Shared<Manifest>>,
    templates: Once<PathBuf, Shared<Template>>,
    rendered: Once<Arc<str>, Shared<Manifest>>,
    crs: Once<PathBuf, Shared<Map>>,
    settings: Once<PathBuf, Shared<Map>>,
}

impl Files {
    /// Relative paths are looked up below `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root, ..Self::default() }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn text(&self, path: &Path) -> Shared<Source> {
        self.texts.get(&path.to_owned(), || {
            let bytes = std::fs::read(self.root.join(path)).map_err(|e| open_error(path, &e))?;
            Source::from_bytes(path.display().to_string(), bytes).map(Arc::new).map_err(|e| in_file(&e))
        })
    }

    /// What a folder holds; a file is a folder with itself in it.
    ///
    /// # Errors
    /// It does not exist or cannot be read.
    pub fn folder(&self, path: &Path) -> Shared<Folder> {
        self.folders.get(&path.to_owned(), || self.read_folder(path).map(Arc::new).map_err(|e| open_error(path, &e)))
    }

    /// Whether there is a file or folder.
    pub fn exists(&self, path: &Path) -> bool {
        self.root.join(path).exists()
    }

    /// The path that was probably meant by one that does not exist: its first wrong name is replaced by the nearest
    /// in that folder.
    pub fn nearest(&self, path: &Path) -> Option<PathBuf> {
        let mut right = PathBuf::new();
        let mut names = path.components();
        let wrong = names.find(|name| {
            let exists = self.exists(&right.join(name));
            if exists {
                right.push(name);
            }
            !exists
        })?;
        let there: Vec<String> = std::fs::read_dir(self.root.join(&right))
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .collect();
        let meant = right.join(nearest(wrong.as_os_str().to_str()?, there.iter().map(String::as_str))?);
        let whole = meant.join(names.as_path());
        Some(if self.exists(&whole) { whole } else { meant })
    }

    fn read_folder(&self, path: &Path) -> std::io::Result<Folder> {
        let full = self.root.join(path);
        let mut folder = Folder::default();
        if !std::fs::metadata(&full)?.is_dir() {
            folder.files.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
            return Ok(folder);
        }
        for entry in std::fs::read_dir(full)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            folder.has_workload |= name == "workload";
            if !entry.file_type()?.is_dir() && !name.starts_with('.') {
                folder.files.insert(name);
            }
        }
        Ok(folder)
    }

    /// A static extra manifest; `None` for an empty file.
    ///
    /// # Errors
    /// It is not a YAML map.
    pub fn manifest(&self, path: &Path) -> Result<Option<Arc<Manifest>>, String> {
        let source = self.text(path)?;
        if source.text().is_empty() {
            return Ok(None);
        }
        self.manifests.get(&path.to_owned(), || manifest(&source).map(Arc::new)).map(Some)
    }

    /// A manifest that came out of a template or was put together; equal texts are parsed once.
    ///
    /// # Errors
    /// It is not a YAML map.
    pub fn rendered(&self, name: &str, text: &str) -> Shared<Manifest> {
        self.rendered.get(&text.into(), || manifest(&Source::from_text(name, text)).map(Arc::new))
    }

    /// A `.tmpl` file.
    ///
    /// # Errors
    /// Its syntax is wrong.
    pub fn template(&self, path: &Path) -> Shared<Template> {
        let source = self.text(path)?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        self.templates
            .get(&path.to_owned(), || Template::parse(&name, source.text()).map(Arc::new).map_err(|e| e.to_string()))
    }

    /// The first document of a CR template.
    ///
    /// # Errors
    /// It is not a YAML map.
    pub fn cr(&self, path: &Path) -> Shared<Map> {
        let source = self.text(path)?;
        self.crs.get(&path.to_owned(), || first_map(&source).map(|(map, _)| Arc::new(map)))
    }

    /// A flat map of BIOS settings.
    ///
    /// # Errors
    /// It is not a map of texts.
    pub fn settings(&self, path: &Path) -> Shared<Map> {
        let source = self.text(path)?;
        self.settings.get(&path.to_owned(), || {
            let Some(document) = yaml::documents(&source).next() else { return Ok(Arc::default()) };
            let document = document.map_err(|e| in_file(&e))?;
            let Some(root) = document.root().filter(|root| !root.is_null()) else { return Ok(Arc::default()) };
            let mut decoder = Decoder::default();
            let map = decoder.texts(root);
            match decoder.findings.first() {
                Some(finding) => {
                    let place = finding.place.as_ref().map_or(String::new(), |place| format!("{place}: "));
                    Err(format!("{place}{}", finding.fact))
                }
                None => Ok(Arc::new(map.unwrap_or_default())),
            }
        })
    }
}

fn open_error(path: &Path, error: &std::io::Error) -> String {
    format!("open {}: {error}", path.display())
}

fn in_file(error: &yaml::Error) -> String {
    format!("{}: {}", error.place, error.message)
}

/// The first document, and whether there are more.
fn first_map(source: &Source) -> Result<(Map, bool), String> {
    let mut documents = yaml::documents(source);
    let Some(document) = documents.next() else { return Ok((Map::new(), false)) };
    let document = document.map_err(|e| in_file(&e))?;
    let Some(root) = document.root() else { return Ok((Map::new(), false)) };
    let more = documents.next().is_some_and(|d| d.is_err() || d.is_ok_and(|d| d.root().is_some_and(|r| !r.is_null())));
    match root.to_value().map_err(|e| in_file(&e))? {
        Value::Map(map) => Ok((map, more)),
        Value::Null => Ok((Map::new(), more)),
        other => Err(format!("{}: cannot unmarshal {} into a map", root.place(), other.type_name())),
    }
}

fn manifest(source: &Source) -> Result<Manifest, String> {
    let (mut map, has_more) = first_map(source)?;
    if map.is_empty() {
        return Err(format!("{}: there is no object in the manifest", source.name()));
    }
    annotate(&mut map, [(GENERATED, "{}")]).map_err(|fact| format!("{}: {fact}", source.name()))?;
    let value = Value::Map(map);
    Ok(Manifest { text: emit::to_string(&value).into(), value, has_more })
}

/// Sets annotations; metadata and annotations are made when they are missing.
///
/// # Errors
/// One of the two is no map.
pub fn annotate<'a>(cr: &mut Map, annotations: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), String> {
    let metadata = section(cr, "metadata")?;
    let map = section(metadata, "annotations").map_err(|e| format!("metadata.{e}"))?;
    for (key, value) in annotations {
        map.insert(key, value);
    }
    Ok(())
}

fn section<'m>(map: &'m mut Map, key: &str) -> Result<&'m mut Map, String> {
    if map.get(key).is_none_or(Value::is_null) {
        map.insert(key, Map::new());
    }
    map.get_mut(key).and_then(Value::as_map_mut).ok_or_else(|| format!("{key} is not a map"))
}
