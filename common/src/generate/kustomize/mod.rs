//! Kustomization trees, natively for what ZTP repositories use.
//!
//! [`build`] reads a folder as `kubectl kustomize --enable-alpha-plugins` of kustomize 5.5 does and gives the same
//! objects in the same order, with the generators of this program called directly. What it does not apply itself
//! (Helm, remote bases, transformers, replacements …) is never ignored: such a tree comes back as [`Built::Foreign`],
//! for the real kustomize to build ([`External`]).

mod config_map;
mod external;
mod field_spec;
mod fields;
mod files;
mod generator;
mod id;
mod json_patch;
mod kustomization;
mod merge_keys;
mod name_reference;
mod name_reference_table;
mod output;
mod patches;
mod read;
mod resource;
mod resources;
mod select;
mod sort;
mod steps;
mod strategic_merge;
mod tables;
#[cfg(test)]
mod tests;
mod transform;
mod tree;

pub use external::{External, handover, plugin_home};
pub use files::{Disk, Files, cleaned};
pub use generator::{GeneratorInput, GeneratorPlugin};
pub use tree::{Built, build};

pub(crate) use kustomization::{Entry, Kustomization, Role};
