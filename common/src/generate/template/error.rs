//! Why a template cannot be used, with its place.

use gotmpl::parse::Pos;

/// A template that cannot be parsed or executed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}:{column}: {message}")]
pub struct Error {
    /// The name of the template.
    pub name: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Lower case, no full stop; Go's words where Go has any.
    pub message: String,
}

/// A message with the place where it arose; the name and the column are added where the source is known.
#[derive(Debug)]
pub(super) struct Failure {
    pub offset: usize,
    pub message: String,
}

impl Failure {
    pub fn at(pos: Pos, message: impl Into<String>) -> Self {
        Self { offset: pos.offset, message: message.into() }
    }

    pub fn locate(self, name: &str, source: &str) -> Error {
        let before = source.get(..self.offset).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Error {
            name: name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: self.message,
        }
    }
}
