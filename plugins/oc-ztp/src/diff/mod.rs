//! `oc ztp diff`: what a change in Git does to objects and clusters.
//!
//! [`command`] reads the arguments, [`revision`] unpacks a Git revision beside the worktree, [`side`] finds what is
//! generated where, [`render`] makes the objects of both sides, as few as the changed files can reach.

mod command;
mod render;
mod revision;
mod side;

pub use command::{DiffArgs, run};
