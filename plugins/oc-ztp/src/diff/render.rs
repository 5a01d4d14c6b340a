//! The objects of both sides, generated only where the changed files can make a difference.
//!
//! A generator file is affected by its own change and by that of a source CR, extra manifest or template whose name
//! (or folder) it mentions; a tree by everything in its folder, and by anything at all when it uses what lies outside.
//! When labels of clusters change, placements must be evaluated anew and every policy is generated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use ztp_common::diff::reach::Fleet;
use ztp_common::finding::{Finding, Level};
use ztp_common::generate::kustomize::{GeneratorInput, GeneratorPlugin};
use ztp_common::generate::run::InputKind;
use ztp_common::generate::{Generated, Object};
use ztp_common::yaml::{NodeRef, Source, documents};

use super::side::{Side, Unit, folder_of, is_yaml};
use crate::generators::{Settings, own_folder};
use crate::tree::Trees;

/// Folders that every file of a kind may use.
const SHARED: [&str; 2] = ["source-crs", "extra-manifest"];

/// What the user says about shared files; relative paths mean each side's own.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Folders of source CRs.
    pub source_crs: Vec<PathBuf>,
    /// The folder of extra manifests.
    pub extra_manifests: Option<PathBuf>,
}

/// What was generated of one side.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The objects of the affected units.
    pub objects: Vec<Object>,
    /// Errors; there is no comparing when there is one.
    pub findings: Vec<Finding>,
    /// Clusters of files that were not generated from.
    pub others: Fleet,
}

impl Rendered {
    /// Whether something could not be generated.
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// The units whose objects may differ, of both sides.
pub fn affected(old: &Side, new: &Side, changed: &BTreeSet<PathBuf>, shared: &Shared) -> BTreeSet<PathBuf> {
    let labels = fleet(old, |_| true) != fleet(new, |_| true);
    let names: BTreeSet<&PathBuf> = old.units.keys().chain(new.units.keys()).collect();
    let other: Vec<&PathBuf> = changed.iter().filter(|file| !(names.contains(file) && is_yaml(file))).collect();
    let is_affected = |path: &Path, unit: &Unit| match unit.kind {
        InputKind::Kustomization => {
            labels || changed.iter().any(|file| file.starts_with(path) || is_shared(file, shared)) || {
                unit.text.contains("..") && !changed.is_empty()
            }
        }
        InputKind::PolicyGenTemplate => labels || changed.contains(path) || other.iter().any(|f| mentions(unit, f)),
        InputKind::SiteConfig => {
            changed.contains(path)
                || other
                    .iter()
                    .any(|f| mentions(unit, f) || within(f, SHARED[1]) || is_given(f, &shared.extra_manifests))
        }
    };
    let units = [old, new].into_iter().flat_map(|side| side.units.iter());
    units.filter(|(path, unit)| is_affected(path, unit)).map(|(path, _)| path.clone()).collect()
}

fn is_shared(file: &Path, shared: &Shared) -> bool {
    SHARED.iter().any(|folder| within(file, folder))
        || shared.source_crs.iter().chain(&shared.extra_manifests).any(|folder| file.starts_with(folder))
}

fn is_given(file: &Path, folder: &Option<PathBuf>) -> bool {
    folder.as_ref().is_some_and(|folder| file.starts_with(folder))
}

fn within(file: &Path, folder: &str) -> bool {
    file.components().any(|part| part.as_os_str() == folder)
}

/// Whether a unit's text has the name of a file, or of a folder it is in.
fn mentions(unit: &Unit, file: &Path) -> bool {
    let skip = |name: &str| SHARED.contains(&name);
    file.iter().filter_map(|part| part.to_str()).any(|name| !skip(name) && unit.text.contains(name))
}

/// The labels of the clusters that SiteConfigs and ManagedClusters of some files define, read without generating.
pub fn fleet(side: &Side, wanted: impl Fn(&Path) -> bool + Sync) -> Fleet {
    let files: Vec<&PathBuf> = side.files.iter().filter(|file| is_yaml(file) && wanted(file)).collect();
    let found: Vec<Fleet> = files.par_iter().map(|file| clusters(&side.path(file))).collect();
    found.into_iter().flatten().collect()
}

fn clusters(path: &Path) -> Fleet {
    let mut found = Fleet::new();
    let Ok(text) = std::fs::read_to_string(path) else { return found };
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

/// Generates the affected units of a side.
pub fn render(side: &Side, affected: &BTreeSet<PathBuf>, shared: &Shared) -> Rendered {
    let units: Vec<(&PathBuf, &Unit)> = side.units.iter().filter(|(path, _)| affected.contains(*path)).collect();
    let generators: BTreeMap<PathBuf, Arc<Trees>> = units
        .iter()
        .map(|(path, unit)| folder(path, unit))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|folder| (folder.clone(), Arc::new(Trees::new(settings(side, &folder, shared)))))
        .collect();
    let results: Vec<Generated> = units
        .par_iter()
        .filter_map(|(path, unit)| Some(generate(side, path, unit, generators.get(&folder(path, unit))?)))
        .collect();
    let mut rendered = Rendered { others: fleet(side, |file| !covered(file, affected)), ..Rendered::default() };
    for generated in results {
        rendered.objects.extend(generated.objects);
        rendered.findings.extend(generated.findings);
    }
    let top = format!("{}/", side.root.display());
    rendered.findings.iter_mut().for_each(|finding| relative(finding, &top));
    rendered.objects.iter_mut().for_each(|object| object.origin = object.origin.replace(&top, "").into());
    rendered
}

fn covered(file: &Path, affected: &BTreeSet<PathBuf>) -> bool {
    file.ancestors().any(|path| affected.contains(path))
}

fn folder(path: &Path, unit: &Unit) -> PathBuf {
    if unit.kind == InputKind::Kustomization { path.to_path_buf() } else { folder_of(path) }
}

/// Source CRs: those beside the generator, then of each folder above it, then those of this program.
fn settings(side: &Side, folder: &Path, shared: &Shared) -> Settings {
    let mut source_crs = vec![PathBuf::from(SHARED[0])];
    let own = |path: &PathBuf| if side.path(path).exists() { side.path(path) } else { path.clone() };
    if shared.source_crs.is_empty() {
        let above = folder.ancestors().map(|above| side.path(above).join(SHARED[0]));
        source_crs.extend(above.filter(|path| path.is_dir()));
        source_crs.push(own_folder().join(SHARED[0]));
    } else {
        source_crs.extend(shared.source_crs.iter().map(own));
    }
    let extra_manifests = shared.extra_manifests.as_ref().map(own);
    Settings { source_crs, wrap_in_policy: true, extra_manifests, extra_manifests_only: false }
}

fn generate(side: &Side, path: &Path, unit: &Unit, generators: &Trees) -> Generated {
    let full = side.path(path);
    if unit.kind == InputKind::Kustomization {
        return generators.build(&full);
    }
    let source = Source::from_text(full.display().to_string(), unit.text.clone());
    let api_version =
        if unit.text.contains("ran.openshift.io/v2") { "ran.openshift.io/v2" } else { "ran.openshift.io/v1" };
    let input =
        GeneratorInput { api_version, kind: unit.kind.name(), source: &source, folder: &folder_of(&full), place: None };
    generators.generate(&input).unwrap_or_default()
}

/// Names files as the user does, not where a revision was unpacked.
fn relative(finding: &mut Finding, top: &str) {
    if let Some(place) = &mut finding.place {
        place.file = place.file.replace(top, "").into();
    }
    finding.fact = finding.fact.replace(top, "");
    finding.notes.iter_mut().for_each(|note| *note = note.replace(top, ""));
}

/// All documents of all files: for folders that hold what was generated already.
pub fn plain(side: &Side, below: &Path) -> Rendered {
    let files = side.files.iter().filter(|file| is_yaml(file) && file.starts_with(below));
    let mut rendered = Rendered::default();
    for file in files {
        let Ok(bytes) = std::fs::read(side.path(file)) else { continue };
        let name = file.display().to_string();
        match Source::from_bytes(name, bytes) {
            Ok(source) => read_plain(&source, &mut rendered),
            Err(e) => rendered.findings.push(Finding::error("input/yaml", e.message).at(e.place)),
        }
    }
    rendered
}

fn read_plain(source: &Source, rendered: &mut Rendered) {
    for document in documents(source) {
        let value = document.and_then(|document| document.root().map(NodeRef::to_value).transpose());
        match value {
            Ok(Some(value)) if value.get("kind").is_some() => {
                rendered.objects.push(Object { value, path: PathBuf::new(), origin: source.name().clone() });
            }
            Ok(_) => {}
            Err(e) => return rendered.findings.push(Finding::error("input/yaml", e.message).at(e.place)),
        }
    }
}
