//! PolicyGenTemplate: source CRs, overlaid and wrapped in policies, with their placement.
//!
//! Makes the objects of the upstream generator of release 4.20, quirks included. What that generator passes over in
//! silence becomes a warning, where it crashes there is an error with a place; and all problems of a file are reported
//! at once.
//!
//! The way of a file: [`PgtGenerator`] reads a `template`; for each entry an `assembly` takes a [`SourceCr`] from
//! [`SourceCrs`], merges the [`Overlay`] and adds the result to a `draft` of its policy; `placement` comes last.

mod assembly;
mod draft;
mod fields;
mod generator;
mod messages;
mod object;
mod overlay;
mod path;
mod placement;
mod report;
mod source_cr;
mod source_crs;
mod template;
mod wave;

pub use generator::{KIND, PgtGenerator, Wrapping};
pub use overlay::{Mismatch, Overlay, SECTIONS, Side};
pub use source_cr::{Placeholder, SourceCr, SourceDocument, SourceDocuments};
pub use source_crs::{SourceCrError, SourceCrs};
pub use wave::{WAVE, Wave};
