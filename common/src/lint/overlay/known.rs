//! The fields that source CRs have, by kind: what a key of an overlay is compared with.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::generate::policy::SourceCrs;
use crate::yaml::{Map, Value};

/// The keys of a map, and what is below each; the items of a list count as one.
#[derive(Debug, Default)]
pub struct Level {
    keys: BTreeMap<Arc<str>, Level>,
}

impl Level {
    /// What is below a key.
    pub fn below(&self, key: &str) -> Option<&Level> {
        self.keys.get(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(|key| &**key)
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Map(map) => self.add_map(map),
            Value::Seq(items) => items.iter().for_each(|item| self.add(item)),
            _ => {}
        }
    }

    fn add_map(&mut self, map: &Map) {
        for (key, value) in map.iter() {
            if let Value::Str(key) = key {
                self.keys.entry(key.clone()).or_default().add(value);
            }
        }
    }
}

/// The fields of all source CRs of some folders; those of a kind are put together when first asked for.
#[derive(Debug)]
pub struct Known {
    source_crs: Arc<SourceCrs>,
    /// The names of the files that have a kind, by the kind.
    files: Option<HashMap<String, Vec<String>>>,
    kinds: HashMap<String, Level>,
}

impl Known {
    /// Nothing is read yet.
    pub fn new(source_crs: Arc<SourceCrs>) -> Self {
        Self { source_crs, files: None, kinds: HashMap::new() }
    }

    /// What CRs of the same kind have.
    pub fn of(&mut self, cr: &Map) -> Option<&Level> {
        let kind = cr.get("kind").and_then(Value::as_str)?;
        if !self.kinds.contains_key(kind) {
            let level = self.level(kind, cr);
            self.kinds.insert(kind.to_owned(), level);
        }
        self.kinds.get(kind)
    }

    fn level(&mut self, kind: &str, cr: &Map) -> Level {
        let mut level = Level::default();
        // Of source CRs with several documents nobody overlays a section, and $mcp only stands in labels and names.
        level.add_map(cr);
        let files = self.files.get_or_insert_with(|| files_by_kind(&self.source_crs));
        for name in files.get(kind).into_iter().flatten() {
            if let Ok(source_cr) = self.source_crs.get(name)
                && let Ok(documents) = &*source_cr.documents()
            {
                documents.iter().filter(|d| kind_of(d.original()) == kind).for_each(|d| level.add_map(d.original()));
            }
        }
        level
    }
}

/// Looks at the texts only, so that what nobody uses need not be parsed.
fn files_by_kind(source_crs: &SourceCrs) -> HashMap<String, Vec<String>> {
    let mut files: HashMap<String, Vec<String>> = HashMap::new();
    for name in source_crs.names() {
        let Ok(source_cr) = source_crs.get(name) else { continue };
        let kinds = source_cr.source().text().lines().filter_map(|line| line.strip_prefix("kind:"));
        for kind in kinds.map(|kind| kind.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])) {
            let names = files.entry(kind.to_owned()).or_default();
            if names.last() != Some(name) {
                names.push(name.clone());
            }
        }
    }
    files
}

fn kind_of(cr: &Map) -> &str {
    cr.get("kind").and_then(Value::as_str).unwrap_or_default()
}
