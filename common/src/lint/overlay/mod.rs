//! Rules about the overlays of PolicyGenTemplates: what an entry of `sourceFiles` says beside what its source CR says.
//!
//! The generator merges without a word (see [`crate::generate::policy::Overlay`]): a mistyped key is added, a list of
//! scalars is replaced, a list of maps is merged by position. Each of these is often not what was meant.

mod known;
mod lists;
mod names;
mod selectors;
mod without_effect;

use std::collections::HashMap;
use std::sync::Arc;

use super::check::Check;
use super::repository::Repository;
use crate::finding::Finding;
use crate::generate::policy::{SECTIONS, SourceCrs, SourceDocument};
use crate::generate::run::InputKind;
use crate::yaml::{Map, NodeRef, Value};

use known::{Known, Level};

/// The rules of this group.
pub const CHECKS: &[Check] = &[check];

/// How deep an overlay is looked at, and at how many values: aliases can make small texts endless.
const DEEPEST: usize = 32;
const MOST: usize = 10_000;

/// One spot where an overlay meets its source CR.
#[derive(Clone, Copy, Debug)]
struct Spot<'s, 'd> {
    /// What the overlay says here.
    overlay: NodeRef<'d>,
    /// What the source CR says here; `None` when it ends above.
    source: Option<&'s Value>,
    /// What all source CRs of the kind say here.
    known: Option<&'s Level>,
    /// The way to it, as people write it: `spec.profile[0]`.
    path: &'s str,
    /// The last key of the path.
    key: &'s str,
    /// How many steps it has.
    depth: usize,
}

fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let mut known: HashMap<*const SourceCrs, Known> = HashMap::new();
    for (_, root, generator) in repository.inputs(InputKind::PolicyGenTemplate) {
        let source_crs = &generator.source_crs;
        let Some(spec) = root.get("spec") else { continue };
        let mcp = spec.get("mcp").and_then(NodeRef::text).unwrap_or_default();
        for entry in spec.get("sourceFiles").into_iter().flat_map(NodeRef::items) {
            if !SECTIONS.iter().any(|section| entry.get(section).is_some_and(NodeRef::is_map)) {
                continue;
            }
            let file_name = entry.get("fileName").and_then(NodeRef::text).unwrap_or_default();
            let Ok(source_cr) = source_crs.get(file_name) else { continue };
            let documents = source_cr.documents_for(mcp);
            if let Ok([document]) = documents.as_ref().as_ref().map(Vec::as_slice) {
                let known = known.entry(Arc::as_ptr(source_crs)).or_insert_with(|| Known::new(source_crs.clone()));
                let mut walk = Walk { document, set: Vec::new(), strangers: Vec::new(), findings };
                walk.entry(entry, known);
            }
        }
    }
}

/// The way through one entry.
struct Walk<'w, 'd> {
    document: &'w SourceDocument,
    /// The paths that the overlay sets.
    set: Vec<String>,
    /// Keys that no source CR of the kind has there and that resemble none.
    strangers: Vec<(NodeRef<'d>, String)>,
    findings: &'w mut Vec<Finding>,
}

impl<'d> Walk<'_, 'd> {
    fn entry(&mut self, entry: NodeRef<'d>, known: &mut Known) {
        let original = self.document.original();
        let levels = known.of(original);
        for section in SECTIONS {
            let Some(overlay) = entry.get(section).filter(|overlay| overlay.is_map()) else { continue };
            let (source, known) = (original.get(section), levels.and_then(|level| level.below(section)));
            self.visit(Spot { overlay, source, known, path: section, key: section, depth: 0 });
        }
        names::misplaced(self.document, &self.set, &self.strangers, self.findings);
    }

    fn visit(&mut self, spot: Spot<'_, 'd>) {
        if spot.depth > DEEPEST || self.set.len() > MOST {
            return;
        }
        self.set.push(spot.path.to_owned());
        without_effect::check(&spot, self.findings);
        if spot.overlay.is_map() {
            self.map(spot);
        } else if spot.overlay.is_seq() {
            self.list(spot);
        }
    }

    fn map(&mut self, spot: Spot<'_, 'd>) {
        let source = spot.source.and_then(Value::as_map);
        let Ok(fields) = spot.overlay.fields() else { return };
        selectors::check(&spot, source, &fields, self.findings);
        for (key, overlay) in &fields {
            let Some(name) = key.text() else { continue };
            if !in_source(source, name) && !names::check(&spot, *key, &fields, self.findings) {
                self.strangers.push((*key, spot.path.to_owned()));
            }
            let path = format!("{}.{name}", spot.path);
            let (source, known) =
                (source.and_then(|map| map.get(name)), spot.known.and_then(|level| level.below(name)));
            self.visit(Spot { overlay: *overlay, source, known, path: &path, key: name, depth: spot.depth + 1 });
        }
    }

    fn list(&mut self, spot: Spot<'_, 'd>) {
        let source = spot.source.and_then(Value::as_seq).unwrap_or_default();
        lists::check(&spot, source, self.findings);
        for (i, overlay) in spot.overlay.items().enumerate().filter(|(_, item)| item.is_map()) {
            let path = format!("{}[{i}]", spot.path);
            self.visit(Spot {
                overlay,
                source: source.get(i),
                known: spot.known,
                path: &path,
                key: spot.key,
                depth: spot.depth + 1,
            });
        }
    }
}

fn in_source(source: Option<&Map>, name: &str) -> bool {
    source.is_some_and(|map| map.contains(name))
}

#[cfg(test)]
mod tests {
    use crate::lint::{Files, Lookup, Repository};

    /// What the rules of this group say about an overlay of a source CR `A.yaml`, as "id line fix".
    pub fn found(source: &str, overlay: &str) -> Vec<String> {
        found_among(&[("A.yaml", source)], overlay)
    }

    /// The same with several source CRs.
    pub fn found_among(sources: &[(&str, &str)], overlay: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let source_crs = folder.path().join("source-crs");
        std::fs::create_dir(&source_crs).unwrap();
        for (name, text) in sources {
            std::fs::write(source_crs.join(name), text).unwrap();
        }
        let text = format!(
            "kind: PolicyGenTemplate\nmetadata: {{name: t, namespace: n}}\nspec:\n  sourceFiles:\n  - fileName: A.yaml\n    \
             policyName: p\n{overlay}"
        );
        let path = folder.path().join("t.yaml");
        std::fs::write(&path, text).unwrap();
        let files = Files::read(&[path], &[]);
        let repository = Repository::new(&files, &Lookup { source_crs: vec![source_crs], ..Lookup::default() });
        let mut findings = Vec::new();
        super::check(&repository, &mut findings);
        let line = |f: &crate::finding::Finding| f.place.as_ref().map_or(0, |place| place.line);
        findings.iter().map(|f| format!("{} {} {}", f.id, line(f), f.fix.clone().unwrap_or_default())).collect()
    }
}
