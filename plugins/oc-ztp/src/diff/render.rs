//! The objects of a side, of what the plan says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use ztp_common::cli::Failure;
use ztp_common::diff::reach::Fleet;
use ztp_common::finding::{Finding, Level};
use ztp_common::generate::kustomize::{Disk, GeneratorInput, GeneratorPlugin};
use ztp_common::generate::run::InputKind;
use ztp_common::generate::{Generated, Object};
use ztp_common::yaml::{NodeRef, Source, documents};

use super::plan::{Plan, SHARED};
use super::side::{Side, Unit, folder_of, is_yaml};
use super::sparse::{Sparse, SparseDisk};
use crate::generators::{Settings, own_folder};
use crate::tree::Trees;

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

/// Generates a side; `sparse` are its trees that are generated in part.
///
/// # Errors
/// The files that are read from disk cannot be written.
pub fn render(
    side: &Side,
    plan: &Plan,
    sparse: &BTreeMap<PathBuf, Sparse>,
    shared: &Shared,
) -> Result<Rendered, Failure> {
    let is_planned = |path: &Path| plan.whole.contains(path) || sparse.get(path).is_some_and(|sparse| !sparse.empty);
    let units: Vec<(&PathBuf, &Unit)> = side.units.iter().filter(|(path, _)| is_planned(path)).collect();
    let has_whole_tree =
        units.iter().any(|(path, unit)| unit.kind == InputKind::Kustomization && plan.whole.contains(*path));
    let listed: BTreeSet<&PathBuf> = sparse.values().flat_map(|sparse| &sparse.files).collect();
    side.write(|file| has_whole_tree || listed.contains(&file.to_path_buf()))?;
    let generators: BTreeMap<PathBuf, Arc<Trees>> = units
        .iter()
        .map(|(path, unit)| folder(path, unit))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|folder| (folder.clone(), Arc::new(Trees::new(settings(side, &folder, shared)))))
        .collect();
    let results: Vec<Generated> = units
        .par_iter()
        .filter_map(|(path, unit)| {
            let generators = generators.get(&folder(path, unit))?;
            Some(match sparse.get(*path) {
                Some(sparse) => generators.build_from(&side.path(path), &SparseDisk::new(side, sparse)),
                None => generate(side, path, unit, generators),
            })
        })
        .collect();
    let mut rendered = Rendered { others: side.fleet(|file| !plan.covers(file)), ..Rendered::default() };
    for generated in results {
        rendered.objects.extend(generated.objects);
        rendered.findings.extend(generated.findings);
    }
    let top = format!("{}/", side.root.display());
    // Trees resolve their folder.
    let resolved = side.root.canonicalize().map(|root| format!("{}/", root.display())).unwrap_or_default();
    for top in [&resolved, &top].into_iter().filter(|top| top.len() > 1) {
        rendered.findings.iter_mut().for_each(|finding| relative(finding, top));
    }
    rendered.objects.iter_mut().for_each(|object| object.origin = object.origin.replace(&top, "").into());
    Ok(rendered)
}

fn folder(path: &Path, unit: &Unit) -> PathBuf {
    if unit.kind == InputKind::Kustomization { path.to_path_buf() } else { folder_of(path) }
}

/// Source CRs: those beside the generator, then of each folder above it, then those of this program.
fn settings(side: &Side, folder: &Path, shared: &Shared) -> Settings {
    let mut source_crs = vec![PathBuf::from(SHARED[0])];
    let own = |path: &PathBuf| if side.path(path).exists() { side.path(path) } else { path.clone() };
    if shared.source_crs.is_empty() {
        let above = folder.ancestors().skip(1).map(|above| side.path(above).join(SHARED[0]));
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
        return generators.build_from(&full, &Disk);
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
        let Some(bytes) = side.bytes(file) else { continue };
        let name = file.display().to_string();
        match Source::from_bytes(name, bytes.into_owned()) {
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
