//! Objects as the checks read them: JSON with, where it came from a file, the places of its fields.

use std::sync::Arc;

use serde_json::Value;

use crate::finding::Finding;
use crate::yaml::{Error, Kind, NodeRef, Place, ScalarStyle, Source, documents};

/// One object to check.
#[derive(Clone, Debug)]
pub struct Manifest<'d> {
    /// The object.
    pub value: Value,
    root: Option<NodeRef<'d>>,
}

impl<'d> Manifest<'d> {
    /// An object without a file, as a cluster hands it out.
    pub fn from_value(value: Value) -> Self {
        Self { value, root: None }
    }

    /// An object in a file.
    ///
    /// # Errors
    /// The node cannot be turned into JSON.
    pub fn from_node(root: NodeRef<'d>) -> Result<Self, Error> {
        Ok(Self { value: root.to_json()?, root: Some(root) })
    }

    /// Where a field stands, or the nearest map above it that is written.
    pub fn place(&self, path: &[&str]) -> Option<Place> {
        let mut node = self.root?;
        for key in path {
            match node.get(key) {
                Some(next) => node = next,
                None => break,
            }
        }
        Some(node.place())
    }

    /// The place in this object's file of a spot inside a block of text (`|`) behind a path of keys; `None` when the
    /// text is written in another way, or not in a file.
    pub fn place_in_text(&self, path: &[&str], inner: &Place) -> Option<Place> {
        let node = path.iter().try_fold(self.root?, |node, key| node.get(key))?;
        if node.kind() != Kind::Scalar(ScalarStyle::Literal) {
            return None;
        }
        let outer = node.place();
        let line = outer.line.checked_add(inner.line)?;
        let excerpt = node.document().source().text().lines().nth(line as usize - 1)?;
        let indent = excerpt.strip_suffix(&*inner.excerpt)?.chars().count() as u32;
        Some(Place { line, column: inner.column + indent, excerpt: excerpt.into(), width: inner.width, ..outer })
    }

    /// The file it stands in.
    pub fn file(&self) -> Option<Arc<str>> {
        Some(self.root?.place().file)
    }

    /// The value behind a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.value, |value, key| value.get(key)).filter(|v| !v.is_null())
    }

    /// The text behind a path of keys; "" when there is none.
    pub fn text(&self, path: &[&str]) -> &str {
        self.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The texts of the list behind a path of keys.
    pub fn texts(&self, path: &[&str]) -> Vec<&str> {
        let items = self.at(path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(Value::as_str).collect()
    }

    /// `metadata.name`.
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// `metadata.namespace`.
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    /// `kind`.
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// `apiVersion`.
    pub fn api_version(&self) -> &str {
        self.text(&["apiVersion"])
    }

    /// An annotation, if it is a text.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.at(&["metadata", "annotations", key])?.as_str()
    }

    /// The name it has in findings: `Kind/name`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.kind(), self.name())
    }

    /// A finding about this object, at the place of one of its fields.
    pub(super) fn finding(&self, finding: Finding, path: &[&str]) -> ObjectFinding {
        let finding = match self.place(path) {
            Some(place) => finding.at(place),
            None => finding,
        };
        ObjectFinding { object: Some(self.id()), finding }
    }
}

/// A finding with the object it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectFinding {
    /// `Kind/name`; `None` for a finding about the whole set.
    pub object: Option<String>,
    /// The finding.
    pub finding: Finding,
}

impl ObjectFinding {
    /// A finding about the whole set.
    pub fn of_set(finding: Finding) -> Self {
        Self { object: None, finding }
    }
}

/// The texts in the data of a ConfigMap, each named `<namespace>/<name>:<key>`; nothing for other kinds. Places in
/// them count from the first line of the text, not of the file that holds the ConfigMap.
pub fn config_map_texts(manifest: &Manifest<'_>) -> Vec<Source> {
    if (manifest.api_version(), manifest.kind()) != ("v1", "ConfigMap") {
        return Vec::new();
    }
    let data = manifest.at(&["data"]).and_then(Value::as_object);
    let name = |key: &str| format!("{}/{}:{key}", manifest.namespace(), manifest.name());
    data.into_iter().flatten().filter_map(|(k, v)| Some(Source::from_text(name(k), v.as_str()?))).collect()
}

/// Hands the objects of some texts to `check`, with the errors of documents that could not be read. Empty documents
/// are left out.
pub fn read<T>(sources: &[Source], check: impl FnOnce(&[Manifest<'_>], Vec<Error>) -> T) -> T {
    let mut errors = Vec::new();
    let mut parsed = Vec::new();
    for document in sources.iter().flat_map(documents) {
        match document {
            Ok(document) => parsed.push(document),
            Err(error) => errors.push(error),
        }
    }
    let mut manifests = Vec::new();
    for root in parsed.iter().filter_map(|document| document.root()) {
        match Manifest::from_node(root) {
            Ok(manifest) if manifest.value.is_null() => {}
            Ok(manifest) => manifests.push(manifest),
            Err(error) => errors.push(error),
        }
    }
    check(&manifests, errors)
}
