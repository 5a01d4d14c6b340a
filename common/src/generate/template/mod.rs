//! Go's text/template, for extra manifests that end in `.tmpl`.
//!
//! The crate gotmpl reads the syntax; execution is our own, because Go tells structs from maps, prints both in its own
//! way and names the place of a failure.

mod balance;
mod check;
mod data;
mod error;
mod exec;
mod functions;
mod print;
mod render;

pub use data::{Data, DataMap, MapValues, Struct};
pub use error::Error;
pub use render::{Template, render};

#[cfg(test)]
mod tests;
