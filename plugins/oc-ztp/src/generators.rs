//! The library's generators, set up for one run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ztp_common::generate::policy::{PgtGenerator, SourceCrs, Wrapping};
use ztp_common::generate::run::Generators;

/// What a run of generators is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folders of source CRs, in the order they are searched.
    pub source_crs: Vec<PathBuf>,
    /// Whether CRs are wrapped in policies; a file's own `false` holds in any case.
    pub wrap_in_policy: bool,
}

/// The folder of this program, where an installed generator has its `source-crs` and `extra-manifest`.
pub fn own_folder() -> PathBuf {
    let own = std::env::current_exe().ok();
    own.as_deref().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default()
}

/// The generators of this build.
pub fn generators(settings: &Settings) -> Generators<'static> {
    let wrapping = if settings.wrap_in_policy { Wrapping::AsWritten } else { Wrapping::Never };
    let policies = PgtGenerator::new(Arc::new(SourceCrs::new(settings.source_crs.clone())), wrapping);
    Generators { policy: Some(Box::new(move |source| policies.generate(source))), ..Generators::default() }
}
