//! Merging the MachineConfigs of a cluster into one per role (`mergeDefaultMachineConfigs` of a SiteConfig).
//!
//! A MachineConfig is read as the machine-config operator types it, its Ignition config is validated by its own
//! version and brought to 3.2 ([`ignition`]), configs are merged as Ignition merges them ([`ignition_merge`]), and the
//! result is trimmed. The specification is data ([`schema`], [`schema2`]), so that reading, checking and merging are
//! three short walks over it.

mod decode;
mod ignition;
mod ignition_merge;
mod merge;
mod schema;
mod schema2;
mod spec;
mod spec2;
mod storage;
mod trim;
mod unit;
mod url;
mod validate;

pub use merge::{Error, Merged, Problem, merge};

#[cfg(test)]
mod tests;
