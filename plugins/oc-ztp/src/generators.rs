//! The library's generators, set up for one run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ztp_common::generate::policy::{PgtGenerator, SourceCrs, Wrapping};
use ztp_common::generate::run::Generators;
use ztp_common::generate::site::{self, SiteGenerator};

use crate::tree::Trees;

/// What a run of generators is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folders of source CRs, in the order they are searched.
    pub source_crs: Vec<PathBuf>,
    /// Whether CRs are wrapped in policies; a file's own `false` holds in any case.
    pub wrap_in_policy: bool,
    /// The folder of extra manifests; `extra-manifest` when not given.
    pub extra_manifests: Option<PathBuf>,
    /// Whether SiteConfigs give their extra manifests and nothing else.
    pub extra_manifests_only: bool,
}

/// The folder of this program, where an installed generator has its `source-crs` and `extra-manifest`.
pub fn own_folder() -> PathBuf {
    let own = std::env::current_exe().ok();
    own.as_deref().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default()
}

impl Settings {
    /// Whether policies wrap their CRs.
    pub fn wrapping(&self) -> Wrapping {
        if self.wrap_in_policy { Wrapping::AsWritten } else { Wrapping::Never }
    }
}

/// The generators of this build.
pub fn generators(settings: &Settings) -> Generators<'static> {
    let policies = PgtGenerator::new(Arc::new(SourceCrs::new(settings.source_crs.clone())), settings.wrapping());
    let sites = SiteGenerator::new(site::Options {
        working_folder: PathBuf::new(),
        extra_manifests: settings.extra_manifests.clone(),
        fallback_folder: Some(own_folder()),
        extra_manifests_only: settings.extra_manifests_only,
    });
    let trees = Trees::new(settings.clone());
    Generators {
        policy: Some(Box::new(move |source| policies.generate(source))),
        site: Some(Box::new(move |source| sites.generate(source))),
        tree: Some(Box::new(move |folder| trees.build(folder))),
    }
}
