//! Findings about files in Git: everything that is wrong with a repository, in one run.
//!
//! [`Files`] reads what the user's paths lead to, [`Repository`] parses it and runs the generators, [`check`] applies
//! all rules, and the [`catalogue`] says about each rule what `explain` prints. A rule is a function from the
//! repository to findings; each group of rules is a folder.

mod accept;
pub mod catalogue;
mod check;
mod files;
mod fleet;
mod fleet_check;
mod generators;
mod input;
mod kustomize;
mod overlay;
mod performance;
pub mod placement;
mod policy;
mod ptp;
mod repository;
mod siteconfig;
mod sriov;

pub use accept::Acceptance;
pub use check::{Checked, check};
pub use files::{Files, RawFile};
pub use repository::{Built, File, GeneratorFile, Lookup, Repository, Tree};
