//! What a change in Git does: objects before and after, their changed fields, the clusters they reach, and how hard.
//!
//! Rendered objects of two sides are matched by identity ([`objects`]) and compared field by field ([`fields`]), the
//! CRs inside policies and ConfigMaps included ([`content`]). The result is joined with the clusters that placements
//! choose ([`reach`]) and with the table of risks ([`risk`]) into a
//! [`Report`], which `cli::diff` writes.

pub mod content;
mod decoded;
pub mod fields;
pub mod objects;
pub mod reach;

mod report;
pub mod risk;
mod secret;

pub use report::{Change, CrChange, Facts, Kind, Left, Report, compare};
