//! Go's text/template, for extra manifests that end in `.tmpl`.
//!
//! The crate gotmpl parses; execution is our own, because Go tells structs from maps, prints both in its own way and
//! names the line of a failure.

mod data;

pub use data::{Data, DataMap, MapValues, Struct};
