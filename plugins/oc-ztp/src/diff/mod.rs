//! `oc ztp diff`: what a change in Git does to objects and clusters.
//!
//! [`command`] reads the arguments, [`revision`] reads a Git revision, [`side`] finds what is generated where, [`plan`]
//! and [`sparse`] what the changed files can reach, and [`render`] makes the objects of both sides.

mod command;
mod plan;
mod render;
mod revision;
mod side;
mod sparse;

pub use command::{DiffArgs, run};
