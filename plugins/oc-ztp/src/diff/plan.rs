//! What has to be generated: only what the changed files can make a difference to.
//!
//! A generator file is affected by its own change and by that of a source CR, extra manifest or template whose name
//! (or folder) it mentions. A kustomization that only lists files is generated without those that are not affected;
//! another one as a whole, as soon as something in its folder changes, or anything at all when it uses what lies
//! outside. When labels of clusters change, placements must be evaluated anew and every policy is generated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use ztp_common::diff::reach::Fleet;
use ztp_common::generate::run::InputKind;
use ztp_common::yaml::{NodeRef, Source, documents};

use super::render::Shared;
use super::side::{Side, is_kustomization, is_yaml};
use super::sparse::{Sparse, reduce};

/// Folders that every file of a kind may use.
pub const SHARED: [&str; 2] = ["source-crs", "extra-manifest"];

/// What differs between two sides.
#[derive(Debug)]
pub struct Changes<'s> {
    /// Files that differ or that only one side has.
    pub files: BTreeSet<PathBuf>,
    /// Those of them that a generator may use.
    ingredients: Vec<PathBuf>,
    /// Whether the clusters or their labels differ.
    labels: bool,
    shared: &'s Shared,
}

impl<'s> Changes<'s> {
    /// Compares the files of two sides, and the clusters that they describe.
    pub fn between(old: &mut Side, new: &mut Side, files: BTreeSet<PathBuf>, shared: &'s Shared) -> Self {
        old.clusters = clusters(old, |_| None);
        new.clusters = clusters(new, |file| old.clusters.get(file).filter(|_| !files.contains(file)));
        let labels = old.fleet(|_| true) != new.fleet(|_| true);
        let is_generator = |file: &PathBuf| {
            is_yaml(file) && [&*old, &*new].iter().any(|side| side.units.contains_key(file) || side.is_listed(file))
        };
        let ingredients = files.iter().filter(|f| !is_kustomization(f) && !is_generator(f)).cloned().collect();
        Self { files, ingredients, labels, shared }
    }

    /// Whether what a generator file gives may differ.
    pub fn affect(&self, path: &Path, text: &str) -> bool {
        let is_site = text.contains(InputKind::SiteConfig.name());
        let is_used = |file: &PathBuf| {
            mentions(text, file)
                || is_site && (within(file, SHARED[1]) || is_given(file, self.shared.extra_manifests.as_ref()))
        };
        self.files.contains(path)
            || self.labels && text.contains(InputKind::PolicyGenTemplate.name())
            || self.ingredients.iter().any(is_used)
    }

    fn affect_tree(&self, path: &Path, text: &str) -> bool {
        let is_shared = |file: &PathBuf| {
            SHARED.iter().any(|folder| within(file, folder))
                || self.shared.source_crs.iter().chain(&self.shared.extra_manifests).any(|f| file.starts_with(f))
        };
        self.labels
            || self.files.iter().any(|file| file.starts_with(path) || is_shared(file))
            || text.contains("..") && !self.files.is_empty()
    }
}

fn is_given(file: &Path, folder: Option<&PathBuf>) -> bool {
    folder.is_some_and(|folder| file.starts_with(folder))
}

fn within(file: &Path, folder: &str) -> bool {
    file.components().any(|part| part.as_os_str() == folder)
}

/// Whether a text has the name of a file, or of a folder it is in.
fn mentions(text: &str, file: &Path) -> bool {
    let names = file.iter().filter_map(|part| part.to_str());
    names.filter(|name| !SHARED.contains(name)).any(|name| text.contains(name))
}

/// What is generated.
#[derive(Debug, Default)]
pub struct Plan {
    /// Units of both sides that are generated as they are.
    pub whole: BTreeSet<PathBuf>,
    /// Trees that are generated in part, of the old side and of the new one.
    pub sparse: [BTreeMap<PathBuf, Sparse>; 2],
}

/// Finds what to generate.
pub fn plan(old: &Side, new: &Side, changes: &Changes<'_>) -> Plan {
    let mut plan = Plan::default();
    let units = [old, new].into_iter().flat_map(|side| side.units.iter());
    for (path, unit) in units {
        if unit.kind != InputKind::Kustomization {
            if changes.affect(path, &unit.text) {
                plan.whole.insert(path.clone());
            }
        } else if !plan.sparse[0].contains_key(path) && changes.affect_tree(path, &unit.text) {
            match (reduce(old, new, path, changes), reduce(new, old, path, changes)) {
                (Some(a), Some(b)) if a.touched || b.touched => {
                    plan.sparse[0].insert(path.clone(), a);
                    plan.sparse[1].insert(path.clone(), b);
                }
                (Some(_), Some(_)) => {}
                _ => _ = plan.whole.insert(path.clone()),
            }
        }
    }
    plan
}

impl Plan {
    /// Whether all that a file gives is generated.
    pub fn covers(&self, file: &Path) -> bool {
        file.ancestors().any(|path| self.whole.contains(path))
    }
}

impl Side {
    /// The clusters that some files describe, with their labels.
    pub fn fleet(&self, wanted: impl Fn(&Path) -> bool) -> Fleet {
        let files = self.clusters.iter().filter(|(file, _)| wanted(file) && !self.is_left_out(file));
        files.flat_map(|(_, fleet)| fleet.clone()).collect()
    }
}

/// The clusters of each file, read without generating; `known` are those of files that need not be read again.
fn clusters<'k>(side: &Side, known: impl Fn(&Path) -> Option<&'k Fleet> + Sync) -> BTreeMap<PathBuf, Fleet> {
    let files: Vec<&PathBuf> = side.files.iter().filter(|file| is_yaml(file)).collect();
    let read = |file: &&PathBuf| {
        let fleet =
            known(file).cloned().unwrap_or_else(|| side.text(file).map(|text| described(&text)).unwrap_or_default());
        (!fleet.is_empty()).then(|| ((*file).clone(), fleet))
    };
    files.par_iter().filter_map(read).collect()
}

/// The clusters of SiteConfigs and ManagedClusters in a text.
fn described(text: &str) -> Fleet {
    let mut found = Fleet::new();
    if !text.contains("SiteConfig") && !text.contains("ManagedCluster") {
        return found;
    }
    let source = Source::from_text("", text);
    for document in documents(&source).map_while(Result::ok) {
        let Some(root) = document.root() else { continue };
        match root.get("kind").and_then(NodeRef::text) {
            Some("SiteConfig") => {
                let clusters = root.get("spec").and_then(|spec| spec.get("clusters"));
                for cluster in clusters.iter().flat_map(|clusters| clusters.items()) {
                    let name = cluster.get("clusterName").and_then(NodeRef::text);
                    found.extend(name.map(|name| (name.to_owned(), labels(cluster.get("clusterLabels")))));
                }
            }
            Some("ManagedCluster") => {
                let metadata = root.get("metadata");
                let name = metadata.and_then(|metadata| metadata.get("name")).and_then(NodeRef::text);
                found.extend(name.map(|name| (name.to_owned(), labels(metadata.and_then(|m| m.get("labels"))))));
            }
            _ => {}
        }
    }
    found
}

/// Labels as the site generator makes them of `clusterLabels`: two defaults are added.
fn labels(node: Option<NodeRef<'_>>) -> BTreeMap<String, String> {
    let text = |node: NodeRef<'_>| node.text().unwrap_or_default().to_owned();
    let mut labels: BTreeMap<String, String> = ["vendor", "cloud"].map(|key| (key.into(), "auto-detect".into())).into();
    labels.extend(node.iter().flat_map(|node| node.entries().map(|(key, value)| (text(key), text(value)))));
    labels
}
