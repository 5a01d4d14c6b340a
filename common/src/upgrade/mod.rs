//! Image-based upgrade of single-node clusters: what the Lifecycle Agent accepts, does and means.
//!
//! [`object`] reads the ImageBasedUpgrade, [`machine`] knows every transition of its stages, [`admission`] what the
//! API server refuses, [`assess`] what there is to say about one upgrade. [`oadp`] checks Backups and Restores before
//! they are needed. All of it is pure: objects and the clock come in, plain data goes out.

pub mod admission;
pub mod annotation;
pub mod assess;
pub mod catalogue;
pub mod clock;
pub mod condition;
pub mod decide;
pub mod event;
pub mod extra_manifests;
pub mod files;
pub mod health;
pub mod kinds;
pub mod machine;
pub mod manifest;
pub mod next;
pub mod oadp;
pub mod object;
pub mod object_check;
pub mod pivot;
pub mod preflight;
pub mod prep;
pub mod print;
pub mod seed;
pub mod state;
pub mod symptom;
pub mod target_version;
pub mod wait;
pub mod wave;
