//! The documents of a text, one after the other.

use std::collections::HashMap;

use super::chars::{control_character, is_blank_or_end};
use super::document::{NONE, NodeData};
use super::parse::{Event, Parser, Properties};
use super::scan::Scanner;
use super::token::{Failure, Mark, Stage};
use super::{Comment, Document, Error, Kind, ScalarStyle, Source, Span};

/// How deep collections may nest. Go allows 10000; this is far beyond any real file, and lets every later step recurse.
pub(super) const MAX_NESTING: usize = 500;

/// Reads a stream of documents lazily: a document is parsed when it is asked for. After an error reading goes on at
/// the next document.
pub struct Documents<'s> {
    source: &'s Source,
    /// `None` at the end of the stream.
    parser: Option<Parser<'s>>,
    /// The first character that no document may contain.
    control_character: Option<usize>,
}

/// The documents of a text. A text without content has none; `---` alone is one empty document.
pub fn documents(source: &Source) -> Documents<'_> {
    Documents {
        source,
        parser: Some(Parser::new(Scanner::new(source.text(), 0, 0))),
        control_character: control_character(source.text(), 0),
    }
}

impl<'s> Iterator for Documents<'s> {
    type Item = Result<Document<'s>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let parser = self.parser.as_mut()?;
        if u32::try_from(self.source.text().len()).is_err() {
            self.parser = None;
            let message = "the file is larger than 4 GiB, split it".into();
            return Some(Err(Error { message, place: self.source.place(Span::default()) }));
        }
        let start = parser.scanner.pos;
        let read = Composer::new(self.source).compose(parser);
        let reached = parser.scanner.pos;
        if let Some(bad) = self.control_character.filter(|bad| *bad <= reached) {
            return Some(Err(self.refuse_character(bad, start)));
        }
        match read {
            Ok(Some(document)) => Some(Ok(document)),
            Ok(None) => {
                self.parser = None;
                None
            }
            Err(failure) => {
                let error = self.error(&failure);
                self.recover(failure.problem.pos, start);
                Some(Err(error))
            }
        }
    }
}

impl Documents<'_> {
    fn refuse_character(&mut self, bad: usize, start: usize) -> Error {
        let text = self.source.text();
        let code = text[bad..].chars().next().map_or(0, u32::from);
        let message = format!("control characters are not allowed: remove U+{code:04X}");
        let span = Span { start: bad as u32, end: bad as u32 + 1 };
        self.recover(bad, start);
        self.control_character = self.parser.as_ref().and_then(|p| control_character(text, p.scanner.pos.max(bad + 1)));
        Error { message, place: self.source.place(span) }
    }

    /// The error with the line that yaml.v3 names, where it names one.
    fn error(&self, failure: &Failure) -> Error {
        let pos = failure.problem.pos as u32;
        let mut place = self.source.place(Span { start: pos, end: pos });
        if let Some(line) = failure.go_line().filter(|line| *line != place.line) {
            place = self.source.place_of_line(line);
        }
        Error { message: failure.message.to_string(), place }
    }

    /// Goes on at the next `---` line at or behind the error, but behind the start of the failed document.
    fn recover(&mut self, error: usize, start: usize) {
        let text = self.source.text();
        let bytes = text.as_bytes();
        let from = error.max(start + 1).min(text.len());
        let line_start = memchr::memrchr(b'\n', &bytes[..from]).map_or(0, |i| i + 1);
        let next = std::iter::once(line_start)
            .chain(memchr::memchr_iter(b'\n', &bytes[from..]).map(|i| from + i + 1))
            .find(|at| *at > start && bytes[*at..].starts_with(b"---") && is_blank_or_end(bytes, *at + 3));
        self.parser = next.map(|at| {
            let line = self.source.line_of(at as u32) - 1;
            Parser::new(Scanner::new(text, at, line))
        });
    }
}

/// A collection that is being read.
struct Open {
    node: u32,
    last_child: u32,
}

/// Builds the tree of one document from events.
struct Composer<'s> {
    source: &'s Source,
    nodes: Vec<NodeData<'s>>,
    open: Vec<Open>,
    anchors: HashMap<&'s str, u32>,
}

impl<'s> Composer<'s> {
    fn new(source: &'s Source) -> Self {
        Self { source, nodes: Vec::new(), open: Vec::new(), anchors: HashMap::new() }
    }

    /// The next document of the stream; `None` at its end.
    fn compose(mut self, parser: &mut Parser<'s>) -> Result<Option<Document<'s>>, Box<Failure>> {
        loop {
            match parser.next()? {
                Event::StreamEnd => return Ok(None),
                Event::DocumentStart => {}
                Event::DocumentEnd => return Ok(Some(self.finish(parser))),
                Event::Alias(name, span, mark) => {
                    let Some(target) = self.anchors.get(name).copied() else {
                        return Err(unknown_anchor(name, mark, parser));
                    };
                    let id = self.add(Kind::Alias, span, Properties::default());
                    let node = &mut self.nodes[id as usize];
                    node.text = name.into();
                    node.target = target;
                }
                Event::Scalar { text, style, properties, span } => {
                    let id = self.add(Kind::Scalar(style), span, properties);
                    self.nodes[id as usize].text = text;
                }
                Event::SequenceStart(properties, span) => self.open(Kind::Seq, properties, span, parser)?,
                Event::MappingStart(properties, span) => self.open(Kind::Map, properties, span, parser)?,
                Event::CollectionEnd(end) => {
                    if let Some(open) = self.open.pop() {
                        let span = &mut self.nodes[open.node as usize].span;
                        span.end = end.max(span.start);
                    }
                }
            }
        }
    }

    fn open(
        &mut self,
        kind: Kind,
        properties: Properties<'s>,
        span: Span,
        parser: &Parser<'s>,
    ) -> Result<(), Box<Failure>> {
        let node = self.add(kind, span, properties);
        self.open.push(Open { node, last_child: NONE });
        if self.open.len() > MAX_NESTING {
            return Err(Box::new(Failure {
                message: format!("nested deeper than {MAX_NESTING} levels").into(),
                stage: Stage::Scanner,
                context: None,
                problem: parser.scanner.mark(),
            }));
        }
        Ok(())
    }

    fn add(&mut self, kind: Kind, span: Span, properties: Properties<'s>) -> u32 {
        let id = self.nodes.len() as u32;
        let tag = properties.tag.map(short_tag);
        self.nodes.push(NodeData { kind, text: "".into(), tag, span, first_child: NONE, next: NONE, target: NONE });
        if let Some(anchor) = properties.anchor {
            self.anchors.insert(anchor, id);
        }
        if let Some(parent) = self.open.last_mut() {
            let last = std::mem::replace(&mut parent.last_child, id);
            match last {
                NONE => self.nodes[parent.node as usize].first_child = id,
                last => self.nodes[last as usize].next = id,
            }
        }
        id
    }

    fn finish(self, parser: &mut Parser<'s>) -> Document<'s> {
        let comments = std::mem::take(&mut parser.scanner.comments);
        let comments = comments.into_iter().map(|span| {
            let text = self.source.slice(span);
            Comment { span, text: text.strip_prefix('#').unwrap_or(text).trim() }
        });
        let root = match self.nodes.first() {
            None => NONE,
            Some(root) if self.nodes.len() == 1 && is_missing(root) && self.anchors.is_empty() => NONE,
            Some(_) => 0,
        };
        Document { source: self.source, comments: comments.collect(), nodes: self.nodes, root }
    }
}

fn unknown_anchor(name: &str, mark: Mark, parser: &mut Parser<'_>) -> Box<Failure> {
    parser.scanner.look_ahead(2).err().unwrap_or_else(|| {
        Box::new(Failure {
            message: format!("unknown anchor '{name}' referenced").into(),
            stage: Stage::Parser,
            context: None,
            // Go names no line here.
            problem: Mark { line: 0, ..mark },
        })
    })
}

fn is_missing(node: &NodeData<'_>) -> bool {
    node.kind == Kind::Scalar(ScalarStyle::Plain) && node.text.is_empty() && node.tag.is_none()
}

fn short_tag(tag: Box<str>) -> Box<str> {
    match tag.strip_prefix("tag:yaml.org,2002:") {
        Some(name) => format!("!!{name}").into(),
        None => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<String, (u32, String)>> {
        let source = Source::from_text("t.yaml", text);
        documents(&source)
            .map(|document| match document {
                Ok(document) => Ok(document.root().map_or("none".into(), |root| source.slice(root.span()).into())),
                Err(error) => Err((error.place.line, error.message)),
            })
            .collect()
    }

    #[test]
    fn reading_goes_on_behind_an_error() {
        let read = read("a: 1\n---\nb: [\n---\nc: 3\n");
        assert_eq!(read.len(), 3);
        assert_eq!(read[0], Ok("a: 1".into()));
        assert!(read[1].is_err());
        assert_eq!(read[2], Ok("c: 3".into()));
    }

    #[test]
    fn no_content_is_no_document_and_a_start_is_an_empty_one() {
        assert_eq!(read("# only a comment\n"), []);
        assert_eq!(read("---\n"), [Ok("none".into())]);
        assert_eq!(read("---\n---\na\n"), [Ok("none".into()), Ok("a".into())]);
    }

    #[test]
    fn comments_stay_with_their_document() {
        let source = Source::from_text("t.yaml", "# one\na: 1 # two\nb: |  #three\n  # no\n# four\n---\n#five\nb: 2\n");
        let comments: Vec<Vec<String>> = documents(&source)
            .map(|document| document.unwrap().comments().iter().map(|comment| comment.text.into()).collect())
            .collect();
        assert_eq!(comments, [vec!["one", "two", "three", "four"], vec!["five"]]);
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let errors = read(&"[".repeat(200_000));
        assert_eq!(errors[0], Err((1, "nested deeper than 500 levels".into())));
    }
}
