//! The generators inside kustomization trees: one set for each folder that lists them, because source CRs and extra
//! manifests are looked up from there.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ztp_common::finding::Finding;
use ztp_common::generate::kustomize::{Built, Disk, External, Files, GeneratorInput, GeneratorPlugin, build, handover};
use ztp_common::generate::policy::{self, PgtGenerator, SourceCrs};
use ztp_common::generate::site::{self, SiteGenerator};
use ztp_common::generate::{Generated, Object};
use ztp_common::yaml::{Source, documents};

use crate::generators::{Settings, own_folder};
use crate::stream::site_message;

/// Environment variables that tell this program, run by kustomize, where its data is.
pub const SOURCE_CRS: &str = "OC_ZTP_SOURCE_CRS";
/// The folder of extra manifests.
pub const EXTRA_MANIFESTS: &str = "OC_ZTP_EXTRA_MANIFESTS";

/// The generators of one folder.
struct Set {
    policies: PgtGenerator,
    sites: SiteGenerator,
}

/// Generates for trees; folders share nothing but the settings.
pub struct Trees {
    settings: Settings,
    sets: Mutex<HashMap<PathBuf, Arc<Set>>>,
}

impl Trees {
    /// Generators for one run.
    pub fn new(settings: Settings) -> Self {
        Self { settings, sets: Mutex::default() }
    }

    /// The objects of the tree of a folder; one that needs the real kustomize is handed to it if there is one.
    pub fn build(&self, folder: &Path) -> Generated {
        self.build_from(folder, &Disk)
    }

    /// The same, with other files than those of the disk. The real kustomize reads those of the disk all the same.
    pub fn build_from(&self, folder: &Path, files: &dyn Files) -> Generated {
        let foreign = match build(folder, self, files) {
            Built::Native(generated) => return generated,
            Built::Foreign(foreign) => foreign,
        };
        let external = External::find(on_path);
        let mut findings = handover(&foreign, external.as_ref());
        let (Some(external), Ok(own)) = (external, std::env::current_exe()) else {
            return Generated { objects: Vec::new(), findings };
        };
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let source_crs = self.settings.source_crs.last().map(absolute);
        let extra_manifests = self.settings.extra_manifests.as_ref().map(absolute);
        let variables: Vec<(&str, &Path)> = [(SOURCE_CRS, &source_crs), (EXTRA_MANIFESTS, &extra_manifests)]
            .into_iter()
            .filter_map(|(name, path)| Some((name, path.as_deref()?)))
            .collect();
        let built = external.build(folder, &own, &variables);
        findings.extend(built.findings);
        Generated { objects: built.objects, findings }
    }

    fn set(&self, folder: &Path) -> Arc<Set> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        let set = sets.entry(folder.to_path_buf()).or_insert_with(|| Arc::new(Set::new(folder, &self.settings)));
        Arc::clone(set)
    }
}

impl Set {
    fn new(folder: &Path, settings: &Settings) -> Self {
        // The default folder is meant from where the generator runs; those that were named, from where the user is.
        let place = |path: &PathBuf| if path == Path::new("source-crs") { folder.join(path) } else { path.clone() };
        let source_crs = SourceCrs::new(settings.source_crs.iter().map(place).collect::<Vec<_>>());
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let sites = SiteGenerator::new(site::Options {
            working_folder: folder.to_path_buf(),
            extra_manifests: settings.extra_manifests.as_ref().map(absolute),
            fallback_folder: Some(own_folder()),
            extra_manifests_only: settings.extra_manifests_only,
        });
        Self { policies: PgtGenerator::new(Arc::new(source_crs), settings.wrapping()), sites }
    }
}

impl GeneratorPlugin for Trees {
    fn generate(&self, input: &GeneratorInput<'_>) -> Option<Generated> {
        if input.api_version.split('/').next() != Some("ran.openshift.io") {
            return None;
        }
        let set = self.set(input.folder);
        match (input.kind, input.api_version) {
            (policy::KIND, "ran.openshift.io/v1") => Some(set.policies.generate(input.source)),
            ("SiteConfig", "ran.openshift.io/v1" | "ran.openshift.io/v2") => {
                let mut generated = set.sites.generate(input.source);
                if generated.failed() {
                    generated.objects.extend(with_error(input.source, &generated.findings));
                }
                Some(generated)
            }
            _ => None,
        }
    }
}

/// The SiteConfig as an object that carries its error, as upstream's plugin gives it to kustomize.
fn with_error(source: &Source, findings: &[Finding]) -> Option<Object> {
    let document = documents(source).next()?.ok()?;
    let mut value = document.root()?.to_value().ok()?;
    let message = site_message(source.name(), findings);
    value.as_map_mut()?.insert("siteConfigError", message);
    Some(Object { value, path: PathBuf::new(), origin: source.name().clone() })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A value of the environment that names a folder.
pub fn folder_variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use ztp_common::yaml::Value;

    use super::*;

    #[test]
    fn a_site_that_fails_keeps_its_text_and_carries_the_error() {
        let source = Source::from_text("site.yaml", "kind: SiteConfig\n");
        let object = with_error(&source, &[Finding::error("siteconfig/cluster", "no \"cluster\"")]);
        let error = object.as_ref().and_then(|o| o.value.get("siteConfigError")).and_then(Value::as_str);
        assert!(error.is_some_and(|e| e.ends_with("site.yaml: no \"cluster\"")), "{error:?}");
    }
}
