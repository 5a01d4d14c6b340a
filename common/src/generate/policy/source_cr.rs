//! One source CR file: its documents, ready to be overlaid, with `$mcp` filled in.
//!
//! What depends only on the file is done once and shared: reading, typing, the cleaning that needs no overlay, and
//! taking the deploy wave out for use in a policy.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::yaml::{self, Document, Map, NodeRef, Place, Source, Value, emit};

use super::overlay::{Mismatch, clean};
use super::wave::{self, Wave};

/// The text that `spec.mcp` replaces everywhere in a source CR.
pub const MCP: &str = "$mcp";

/// One document of a source CR.
#[derive(Clone, Debug)]
pub struct SourceDocument {
    /// As it is in the file.
    original: Map,
    /// As the generator writes it alone when nothing is overlaid.
    pub plain: Map,
    /// The same without its deploy wave, as it stands in a policy.
    pub wrapped: Map,
    /// The wave that was taken out.
    pub wave: Wave,
    /// Why nothing can be made of it: a section that is not a map.
    pub mismatch: Option<Mismatch>,
    /// The texts that somebody should fill in.
    pub placeholders: Vec<Placeholder>,
    /// Where it begins in the file.
    pub place: Place,
}

/// A text that starts with `$` or holds `$mcp`.
#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    path: Vec<Step>,
    /// The text, be it a value or the key at the end of the path.
    pub text: Arc<str>,
    is_key: bool,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// To the value of a key.
    Key(Value),
    /// To an item of a list.
    Index(usize),
}

/// The documents of one file, or why there are none.
pub type SourceDocuments = Arc<Result<Vec<SourceDocument>, yaml::Error>>;

/// One file of source CRs. Made by [`super::SourceCrs`].
#[derive(Debug)]
pub struct SourceCr {
    file_name: Box<str>,
    source: Source,
    documents: OnceLock<SourceDocuments>,
    with_mcp: RwLock<HashMap<Box<str>, SourceDocuments>>,
}

impl SourceCr {
    pub(super) fn new(file_name: &str, source: Source) -> Self {
        let (documents, with_mcp) = (OnceLock::new(), RwLock::default());
        Self { file_name: file_name.into(), source, documents, with_mcp }
    }

    /// The name it is asked for.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Its text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Its documents without empty ones (`splitYamls` of the generator 4.20).
    pub fn documents(&self) -> SourceDocuments {
        self.documents.get_or_init(|| Arc::new(self.parse())).clone()
    }

    /// Its documents with every `$mcp` replaced in their text; an empty `mcp` replaces nothing.
    pub fn documents_for(&self, mcp: &str) -> SourceDocuments {
        let documents = self.documents();
        let Ok(plain) = &*documents else { return documents };
        if mcp.is_empty() || plain.is_empty() {
            return documents;
        }
        if let Some(done) = self.with_mcp.read().unwrap_or_else(PoisonError::into_inner).get(mcp) {
            return done.clone();
        }
        let replaced = Arc::new(self.replace_mcp(mcp, plain));
        let mut with_mcp = self.with_mcp.write().unwrap_or_else(PoisonError::into_inner);
        with_mcp.entry(mcp.into()).or_insert(replaced).clone()
    }

    fn parse(&self) -> Result<Vec<SourceDocument>, yaml::Error> {
        let mut documents = Vec::new();
        for document in yaml::documents(&self.source) {
            let document = document?;
            let Some(root) = document.root().filter(|root| !root.is_null()) else { continue };
            let value = top_level(root)?;
            if !value.contains("metadata") {
                return Err(root.error("every document of a source CR needs metadata"));
            }
            documents.push(SourceDocument::new(value, first_line(root)));
        }
        Ok(documents)
    }

    /// The generator replaces in the text it has written itself, so that the result may become another type.
    fn replace_mcp(&self, mcp: &str, plain: &[SourceDocument]) -> Result<Vec<SourceDocument>, yaml::Error> {
        plain
            .iter()
            .map(|document| {
                let text = emit::to_string(&Value::Map(document.original.clone()));
                if !text.contains(MCP) {
                    return Ok(document.clone());
                }
                let source = Source::from_text(self.source.name().clone(), text.replace(MCP, mcp));
                let failed = |error: yaml::Error| {
                    let message = format!("with \"{mcp}\" for {MCP} it is not YAML any more: {}", error.message);
                    yaml::Error { message, place: document.place.clone() }
                };
                let replaced = yaml::documents(&source).next().transpose().map_err(failed)?;
                let value =
                    replaced.as_ref().and_then(Document::root).map_or(Ok(Map::new()), top_level).map_err(failed)?;
                Ok(SourceDocument::new(value, document.place.clone()))
            })
            .collect()
    }
}

impl SourceDocument {
    fn new(original: Map, place: Place) -> Self {
        let mut placeholders = Vec::new();
        find_placeholders(&Value::Map(original.clone()), &mut Vec::new(), &mut placeholders);
        let mut plain = original.clone();
        let mismatch = clean(&mut plain).err();
        let mut wrapped = plain.clone();
        let wave = wave::take(&mut wrapped);
        Self { original, plain, wrapped, wave, mismatch, placeholders, place }
    }

    /// As it is in the file, with `$mcp` filled in.
    pub fn original(&self) -> &Map {
        &self.original
    }

    /// The placeholders that are still in an object made from it.
    pub fn remaining<'a>(&'a self, object: &'a Map) -> impl Iterator<Item = &'a Placeholder> {
        self.placeholders.iter().filter(|p| match walk(object, &p.path) {
            Some(value) => p.is_key || value.as_str() == Some(&*p.text),
            None => false,
        })
    }
}

impl fmt::Display for Placeholder {
    /// The path as people write it: `spec.items[0].name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.path.iter().enumerate() {
            match step {
                Step::Key(key) if i > 0 => write!(f, ".{}", key.as_str().unwrap_or("?"))?,
                Step::Key(key) => f.write_str(key.as_str().unwrap_or("?"))?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

fn first_line(root: NodeRef<'_>) -> Place {
    root.entries().next().map_or_else(|| root.place(), |(key, _)| key.place())
}

/// A map whose keys are taken as texts, as Go's `map[string]interface{}`.
pub(super) fn top_level(node: NodeRef<'_>) -> Result<Map, yaml::Error> {
    let mut entries = Vec::new();
    for (key, value) in node.fields()? {
        // yaml.v3 leaves out the value of a null key here.
        if !key.is_null() {
            entries.push((Value::from(key.decode_text()?), value.to_value()?));
        }
    }
    Ok(Map::from_unsorted(entries))
}

fn find_placeholders(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Placeholder>) {
    match value {
        Value::Str(text) if text.starts_with('$') || text.contains(MCP) => {
            found.push(Placeholder { path: path.clone(), text: text.clone(), is_key: false });
        }
        Value::Seq(items) => {
            for (i, item) in items.iter().enumerate() {
                path.push(Step::Index(i));
                find_placeholders(item, path, found);
                path.pop();
            }
        }
        Value::Map(map) => {
            for (key, value) in map {
                path.push(Step::Key(key.clone()));
                match key {
                    Value::Str(text) if text.contains(MCP) => {
                        found.push(Placeholder { path: path.clone(), text: text.clone(), is_key: true });
                    }
                    _ => find_placeholders(value, path, found),
                }
                path.pop();
            }
        }
        _ => {}
    }
}

fn walk<'v>(object: &'v Map, path: &[Step]) -> Option<&'v Value> {
    let (Step::Key(first), rest) = path.split_first()? else { return None };
    rest.iter().try_fold(object.get_key(first)?, |value, step| match step {
        Step::Key(key) => value.as_map()?.get_key(key),
        Step::Index(i) => value.as_seq()?.get(*i),
    })
}
