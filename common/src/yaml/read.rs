//! The documents of a text, one after the other.

use super::parse::Parser;
use super::scan::Stop;
use super::{Document, Error, Source, Span};

/// Reads a stream of documents lazily: a document is parsed when it is asked for. After an error reading goes on at
/// the next line that begins a document.
pub struct Documents<'s> {
    source: &'s Source,
    parser: Option<Parser<'s>>,
}

/// The documents of a text. A text without content has none; `---` alone is one document that is null.
pub fn documents(source: &Source) -> Documents<'_> {
    Documents { source, parser: Some(Parser::new(source, 0)) }
}

impl<'s> Iterator for Documents<'s> {
    type Item = Result<Document<'s>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let parser = self.parser.as_mut()?;
        match parser.document() {
            Ok(Some(document)) => Some(Ok(document)),
            Ok(None) => {
                self.parser = None;
                None
            }
            Err(stop) => {
                let behind = parser.position().max(stop.at);
                let resume = self.next_start(behind);
                self.parser = resume.map(|at| Parser::new(self.source, at));
                Some(Err(self.error(&stop)))
            }
        }
    }
}

impl Documents<'_> {
    fn error(&self, stop: &Stop) -> Error {
        let end = (stop.at + 1).min(self.source.text().len()) as u32;
        Error { message: stop.message.into(), place: self.source.place(Span { start: stop.at as u32, end }) }
    }

    /// The next line behind `at` that begins with `---`.
    fn next_start(&self, at: usize) -> Option<usize> {
        let bytes = self.source.text().as_bytes();
        memchr::memmem::find_iter(bytes.get(at..)?, b"\n---")
            .map(|i| at + i + 1)
            .find(|i| matches!(bytes.get(i + 3), None | Some(b' ' | b'\t' | b'\r' | b'\n')))
    }
}
