//! From generator files in Git to the objects that Argo CD would apply.
//!
//! One folder per generator; all of them turn a file into [`Object`]s and [`crate::finding::Finding`]s.

pub mod kustomize;
pub mod machineconfig;
mod object;
pub mod policy;
pub mod run;
pub mod site;
pub mod template;

pub use object::{Generated, Object};
