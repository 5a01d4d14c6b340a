//! What every finding about image-based upgrades means, at length: the texts of `oc ibu explain`.

mod agent;
mod content;
mod entry;
mod seed;

pub use entry::{CATALOGUE, Entry, entry};
