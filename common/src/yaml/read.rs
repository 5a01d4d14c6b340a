//! The documents of a text, one after the other.

use super::parse::Parser;
use super::scan::Stop;
use super::{Document, Error, Source, Span};

/// Reads a stream of documents lazily: a document is parsed when it is asked for. After an error reading goes on at
/// the next line that begins a document.
pub struct Documents<'s> {
    source: &'s Source,
    lookahead: usize,
    parser: Option<Parser<'s>>,
}

/// The documents of a text as yaml.v3 sees them. A text without content has none; `---` alone is one document that is
/// null. That library looks three tokens ahead, so that broken text close behind a document takes the document with it.
pub fn documents(source: &Source) -> Documents<'_> {
    Documents::new(source, 3)
}

/// The documents of a text as sigs.k8s.io/yaml sees them: only what belongs to a document matters for it.
pub fn hub_documents(source: &Source) -> Documents<'_> {
    Documents::new(source, 1)
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
                let from = parser.document_start().max(stop.at);
                let resume = self.next_start(from);
                self.parser = resume.map(|at| Parser::new(self.source, at, self.lookahead));
                Some(Err(self.error(&stop)))
            }
        }
    }
}

impl<'s> Documents<'s> {
    fn new(source: &'s Source, lookahead: usize) -> Self {
        Self { source, lookahead, parser: Some(Parser::new(source, 0, lookahead)) }
    }

    fn error(&self, stop: &Stop) -> Error {
        let end = (stop.at + 1).min(self.source.text().len()) as u32;
        Error { message: stop.message.into(), place: self.source.place(Span { start: stop.at as u32, end }) }
    }

    /// The next line at or behind `at` that begins with `---`.
    fn next_start(&self, at: usize) -> Option<usize> {
        let bytes = self.source.text().as_bytes();
        let before = at.saturating_sub(1);
        memchr::memmem::find_iter(bytes.get(before..)?, b"\n---")
            .map(|i| before + i + 1)
            .find(|i| matches!(bytes.get(i + 3), None | Some(b' ' | b'\t' | b'\r' | b'\n')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_costs_one_document_only() {
        let source = Source::from_text("a.yaml", "a: 1\n---\nb: [\n---\nc: 3 # kept\n");
        let read: Vec<_> = documents(&source).collect();
        assert_eq!(read.len(), 3);
        let error = read[1].as_ref().unwrap_err();
        assert_eq!((error.place.line, error.message.as_str()), (4, "did not find expected node content"));
        let last = read[2].as_ref().unwrap();
        assert_eq!(last.root().unwrap().get("c").unwrap().place().to_string(), "a.yaml:5:4");
        assert_eq!(last.comments()[0].text, "kept");
    }

    #[test]
    fn nodes_know_their_bytes() {
        let source = Source::from_text("a.yaml", "a: 'x y'\nb:\n  - c: |\n      text\n  - {d: 1}\n");
        let document = documents(&source).next().unwrap().unwrap();
        let root = document.root().unwrap();
        let items: Vec<_> = root.get("b").unwrap().items().collect();
        assert_eq!(source.slice(root.get("a").unwrap().span()), "'x y'");
        assert_eq!(source.slice(items[0].get("c").unwrap().span()), "|\n      text");
        assert_eq!(source.slice(items[1].span()), "{d: 1}");
    }
}
