//! The documents of a text, one after the other.

use super::{Document, Error, Source};

/// Reads a stream of documents lazily: a document is parsed when it is asked for. After an error reading goes on at
/// the next document.
pub struct Documents<'s> {
    source: &'s Source,
}

/// The documents of a text. A text without content has none; `---` alone is one empty document.
pub fn documents(source: &Source) -> Documents<'_> {
    Documents { source }
}

impl<'s> Iterator for Documents<'s> {
    type Item = Result<Document<'s>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(Err(Error { message: "not there yet".into(), place: self.source.place(Default::default()) }))
    }
}
