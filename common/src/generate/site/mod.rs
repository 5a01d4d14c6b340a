//! SiteConfig to installation CRs, as the site generator of ZTP 4.20 makes them.
//!
//! A file is decoded along the [`schema`] ([`decode`], [`finish`]), its extra manifests are collected ([`extra`]), and
//! the built-in CRs are filled in ([`crs`]). Files that many sites share are read once per run ([`files`]).

mod builtin;
mod crs;
mod decode;
mod extra;
mod extra_problem;
mod files;
mod finish;
mod generator;
mod install_config;
mod once;
mod record;
mod schema;
mod stream;
mod substitute;

pub use generator::{Options, SiteGenerator};
pub use stream::site_config_error;
