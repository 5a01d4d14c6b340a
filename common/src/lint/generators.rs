//! The generators as a validation runs them: under kustomizations, which say the working folder, and directly; what
//! each of them gave is kept with the file it came from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::repository::Lookup;
use crate::finding::{Finding, Level};
use crate::generate::Generated;
use crate::generate::kustomize::{GeneratorInput, GeneratorPlugin};
use crate::generate::policy::{PgtGenerator, SourceCrs, Wrapping};
use crate::generate::run::InputKind;
use crate::generate::site::{Options, SiteGenerator};
use crate::yaml::Source;

/// What one document gave under a kustomization.
#[derive(Debug)]
pub struct Recorded {
    /// The file as the tree names it.
    pub name: Arc<str>,
    /// The line the document begins on.
    pub line: u32,
    /// The working folder.
    pub folder: PathBuf,
    /// Which generator made it.
    pub input: InputKind,
    /// What it made.
    pub generated: Generated,
    /// Where its source CRs come from.
    pub source_crs: Arc<SourceCrs>,
}

/// The generators of one working folder.
#[derive(Debug)]
struct Pair {
    policy: PgtGenerator,
    site: SiteGenerator,
    source_crs: Arc<SourceCrs>,
    has_source_crs: bool,
}

/// All generators of a run.
#[derive(Debug)]
pub struct Generators<'l> {
    lookup: &'l Lookup,
    folders: Mutex<HashMap<PathBuf, Arc<Pair>>>,
    recorded: Mutex<Vec<Recorded>>,
}

impl<'l> Generators<'l> {
    /// Generators that look things up as told.
    pub fn new(lookup: &'l Lookup) -> Self {
        Self { lookup, folders: Mutex::default(), recorded: Mutex::default() }
    }

    /// Runs the generator of a kind on a text.
    pub fn run(&self, input: InputKind, source: &Source, folder: &Path) -> Generated {
        let pair = self.pair(folder);
        match input {
            InputKind::PolicyGenTemplate => without_source_crs(pair.policy.generate(source), pair.has_source_crs),
            InputKind::SiteConfig => harmful(without_extra_manifests(pair.site.generate(source))),
            InputKind::Kustomization => Generated::default(),
        }
    }

    /// The source CRs of a working folder.
    pub fn source_crs(&self, folder: &Path) -> Arc<SourceCrs> {
        self.pair(folder).source_crs.clone()
    }

    /// What the documents of kustomizations gave since this was last asked.
    pub fn take_recorded(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.recorded.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn pair(&self, folder: &Path) -> Arc<Pair> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.entry(folder.to_path_buf()).or_insert_with(|| Arc::new(self.make(folder))).clone()
    }

    fn make(&self, folder: &Path) -> Pair {
        // The default folder is meant from where the generator runs; those that were named, from where the user is.
        let place = |path: &PathBuf| if path == Path::new("source-crs") { folder.join(path) } else { path.clone() };
        let places: Vec<PathBuf> = self.lookup.source_crs.iter().map(place).collect();
        let has_source_crs = places.iter().any(|place| place.is_dir());
        let site = Options {
            working_folder: folder.to_path_buf(),
            extra_manifests: self.lookup.extra_manifests.as_ref().map(|path| absolute(path)),
            fallback_folder: self.lookup.beside.clone(),
            extra_manifests_only: false,
        };
        let source_crs = Arc::new(SourceCrs::new(places));
        Pair {
            policy: PgtGenerator::new(source_crs.clone(), Wrapping::AsWritten),
            site: SiteGenerator::new(site),
            source_crs,
            has_source_crs,
        }
    }
}

impl GeneratorPlugin for Generators<'_> {
    /// The findings stay here, so that an error in one generator does not end the check of its tree.
    fn generate(&self, input: &GeneratorInput<'_>) -> Option<Generated> {
        let kind = kind_of(input.api_version, input.kind)?;
        let generated = self.run(kind, input.source, input.folder);
        let objects = generated.objects.clone();
        let recorded = Recorded {
            name: input.source.name().clone(),
            line: input.place.map_or(1, |place| place.line),
            folder: input.folder.to_path_buf(),
            input: kind,
            generated,
            source_crs: self.source_crs(input.folder),
        };
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
        Some(Generated { objects, findings: Vec::new() })
    }
}

/// The generator that kustomize would run for a document.
fn kind_of(api_version: &str, kind: &str) -> Option<InputKind> {
    match (api_version, kind) {
        ("ran.openshift.io/v1", "PolicyGenTemplate") => Some(InputKind::PolicyGenTemplate),
        ("ran.openshift.io/v1" | "ran.openshift.io/v2", "SiteConfig") => Some(InputKind::SiteConfig),
        _ => None,
    }
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// One finding instead of one for each entry when there is no source CR at all.
fn without_source_crs(mut generated: Generated, has_source_crs: bool) -> Generated {
    if has_source_crs || !generated.findings.iter().any(|f| f.id == "policy/source-missing") {
        return generated;
    }
    generated.findings.retain(|finding| finding.id != "policy/source-missing");
    let fact = "there is no folder of source CRs, so the PolicyGenTemplates cannot be checked in full";
    let fix = "name the folder of the reference's source CRs with --source-crs, or put it beside the kustomization as source-crs";
    generated.findings.push(Finding::error("input/no-source-crs", fact).fix(fix));
    generated
}

/// Where the generator loses data or picks a result at random it goes on with a warning, so that its objects are those
/// of upstream. Before a push that is an error.
fn harmful(mut generated: Generated) -> Generated {
    const HARMFUL: [&str; 2] = ["siteconfig/lost-documents", "siteconfig/merge-same-name"];
    let harmful = generated.findings.iter_mut().filter(|finding| HARMFUL.contains(&finding.id));
    harmful.for_each(|finding| finding.level = Level::Error);
    generated
}

/// The reference's extra manifests are usually in Argo CD's image only, so that a laptop without them is no error.
fn without_extra_manifests(mut generated: Generated) -> Generated {
    let is_absence = |f: &Finding| {
        f.id == "siteconfig/extra-manifest"
            && f.fact.starts_with("stat ")
            && f.fact.ends_with("no such file or directory")
    };
    if !generated.findings.iter().any(|f| f.level == Level::Error && is_absence(f)) {
        return generated;
    }
    generated.findings.retain(|finding| !is_absence(finding));
    let fact = "there is no folder of extra manifests, so what SiteConfigs generate was not checked";
    let fix = "name the folder of the reference's extra manifests with --extra-manifests";
    let note = Finding { level: Level::Info, ..Finding::warning("input/no-extra-manifests", fact) };
    generated.findings.push(note.fix(fix));
    generated
}
