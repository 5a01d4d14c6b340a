//! YAML with places, read as the Go libraries read it.
//!
//! Text becomes [`Document`]s whose nodes know their bytes in the [`Source`] ([`documents`]); a node becomes a plain
//! [`Value`] by the typing rules of gopkg.in/yaml.v3 ([`NodeRef::to_value`], generator input) or JSON by those of
//! sigs.k8s.io/yaml ([`NodeRef::to_json`], what a hub reads); a value becomes text again in [`emit`].

mod decode;
mod document;
pub mod emit;
mod json;
mod order;
mod parse;
mod parse_tree;
mod read;
mod resolve;
mod scalar;
mod scan;
mod scan_key;
mod scan_text;
mod scan_word;
mod source;
mod value;

pub use document::{Comment, Document, Kind, NodeRef, ScalarStyle};
pub use order::natural;
pub use read::{Documents, documents, hub_documents};
pub use source::{Place, Source, Span};
pub use value::{Map, Order, Value};

/// Why a text or a node could not be read; `place` is where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Lower case, no full stop.
    pub message: String,
    /// The spot in the file.
    pub place: Place,
}
