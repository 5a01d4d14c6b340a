//! Tokens to events, by libyaml's states: no recursion, however deep the text is nested.

use std::borrow::Cow;

use super::scan::Scanner;
use super::token::{Failure, Mark, Scan, Stage, Token, TokenKind};
use super::{ScalarStyle, Span};

/// What the text says, one piece at a time.
#[derive(Debug)]
pub(super) enum Event<'s> {
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Alias(&'s str, Span, Mark),
    Scalar {
        text: Cow<'s, str>,
        style: ScalarStyle,
        properties: Properties<'s>,
        span: Span,
    },
    SequenceStart(Properties<'s>, Span),
    MappingStart(Properties<'s>, Span),
    /// The end of a list or map, with the offset behind it.
    CollectionEnd(u32),
}

/// What may stand before a node.
#[derive(Debug, Default)]
pub(super) struct Properties<'s> {
    pub anchor: Option<&'s str>,
    /// In full form; `!` alone stays `!`.
    pub tag: Option<Box<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockSequenceFirst,
    BlockSequence,
    IndentlessSequence,
    BlockMappingFirst,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequence,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// Where a node stands: decides what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Block,
    BlockOrIndentlessSequence,
    Flow,
}

/// Reads events from tokens.
#[derive(Debug)]
pub(super) struct Parser<'s> {
    pub scanner: Scanner<'s>,
    state: State,
    states: Vec<State>,
    marks: Vec<Mark>,
    tag_directives: Vec<(&'s str, Cow<'s, str>)>,
    /// Behind the last token that has text.
    last_end: usize,
}

impl<'s> Parser<'s> {
    pub fn new(scanner: Scanner<'s>) -> Self {
        let last_end = scanner.pos;
        Self {
            scanner,
            state: State::ImplicitDocumentStart,
            states: Vec::new(),
            marks: Vec::new(),
            tag_directives: Vec::new(),
            last_end,
        }
    }

    /// The next event; of two errors that are close to each other the one that yaml.v3 meets first.
    pub fn next(&mut self) -> Scan<Event<'s>> {
        self.step().map_err(|failure| match failure.stage {
            Stage::Parser => self.scanner.look_ahead(3).err().unwrap_or(failure),
            Stage::Scanner => failure,
        })
    }

    fn step(&mut self) -> Scan<Event<'s>> {
        match self.state {
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockSequenceFirst => {
                self.open()?;
                self.block_sequence()
            }
            State::BlockSequence => self.block_sequence(),
            State::IndentlessSequence => self.indentless_sequence(),
            State::BlockMappingFirst => {
                self.open()?;
                self.block_mapping_key()
            }
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => {
                self.open()?;
                self.flow_sequence(true)
            }
            State::FlowSequence => self.flow_sequence(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => {
                self.state = State::FlowSequence;
                Ok(Event::CollectionEnd(self.last_end as u32))
            }
            State::FlowMappingFirst => {
                self.open()?;
                self.flow_mapping_key(true)
            }
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => self.empty(State::FlowMappingKey),
            State::End => Ok(Event::StreamEnd),
        }
    }

    fn kind(&mut self) -> Scan<&TokenKind<'s>> {
        self.scanner.peek().map(|token| &token.kind)
    }

    fn mark(&mut self) -> Scan<Mark> {
        self.scanner.peek().map(Token::mark)
    }

    fn take(&mut self) -> Scan<Token<'s>> {
        let token = self.scanner.take()?;
        if token.end > token.start {
            self.last_end = token.end;
        }
        Ok(token)
    }

    /// Remembers where a collection begins, for messages.
    fn open(&mut self) -> Scan<()> {
        let token = self.take()?;
        self.marks.push(token.mark());
        Ok(())
    }

    fn close(&mut self) -> Scan<Event<'s>> {
        self.take()?;
        self.marks.pop();
        self.pop_state();
        Ok(Event::CollectionEnd(self.last_end as u32))
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    fn unexpected<T>(&mut self, message: &'static str) -> Scan<T> {
        let context = self.marks.pop();
        Failure::parser(message, context, self.mark()?)
    }

    /// A node that is not written: a null.
    fn empty(&mut self, next: State) -> Scan<Event<'s>> {
        self.state = next;
        let span = Span { start: self.last_end as u32, end: self.last_end as u32 };
        Ok(Event::Scalar { text: "".into(), style: ScalarStyle::Plain, properties: Properties::default(), span })
    }

    fn node_then(&mut self, next: State, context: Context) -> Scan<Event<'s>> {
        self.states.push(next);
        self.node(context)
    }

    fn document_start(&mut self, implicit: bool) -> Scan<Event<'s>> {
        if !implicit {
            while matches!(self.kind()?, TokenKind::DocumentEnd) {
                self.take()?;
            }
        }
        match self.kind()? {
            TokenKind::StreamEnd => {
                self.state = State::End;
                return Ok(Event::StreamEnd);
            }
            TokenKind::Version(..) | TokenKind::TagDirective { .. } | TokenKind::DocumentStart => {}
            _ if implicit => {
                self.states.push(State::DocumentEnd);
                // The content of an implicit document is a block node, which must not be missing.
                self.state = State::DocumentContent;
                return match self.kind()? {
                    TokenKind::DocumentEnd => Failure::parser("did not find expected node content", None, self.mark()?),
                    _ => Ok(Event::DocumentStart),
                };
            }
            _ => {}
        }
        self.directives()?;
        if !matches!(self.kind()?, TokenKind::DocumentStart) {
            return Failure::parser("did not find expected <document start>", None, self.mark()?);
        }
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.take()?;
        Ok(Event::DocumentStart)
    }

    fn directives(&mut self) -> Scan<()> {
        let mut version_seen = false;
        loop {
            match self.kind()? {
                TokenKind::Version(major, minor) => {
                    let compatible = (*major, *minor) == (1, 1);
                    if version_seen {
                        return Failure::parser("found duplicate %YAML directive", None, self.mark()?);
                    }
                    if !compatible {
                        return Failure::parser("found incompatible YAML document", None, self.mark()?);
                    }
                    version_seen = true;
                    self.take()?;
                }
                TokenKind::TagDirective { .. } => {
                    let token = self.take()?;
                    let mark = token.mark();
                    if let TokenKind::TagDirective { handle, prefix } = token.kind {
                        if self.tag_directives.iter().any(|(known, _)| *known == handle) {
                            return Failure::parser("found duplicate %TAG directive", None, mark);
                        }
                        self.tag_directives.push((handle, prefix));
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn document_content(&mut self) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::Version(..)
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.states.pop();
                self.empty(State::DocumentEnd)
            }
            _ => self.node(Context::Block),
        }
    }

    fn document_end(&mut self) -> Scan<Event<'s>> {
        if matches!(self.kind()?, TokenKind::DocumentEnd) {
            self.take()?;
        }
        self.tag_directives.clear();
        self.state = State::DocumentStart;
        Ok(Event::DocumentEnd)
    }

    fn node(&mut self, context: Context) -> Scan<Event<'s>> {
        let start = self.mark()?;
        if matches!(self.kind()?, TokenKind::Alias(_)) {
            let token = self.take()?;
            self.pop_state();
            let TokenKind::Alias(name) = token.kind else { return self.empty(self.state) };
            return Ok(Event::Alias(name, Span { start: token.start as u32, end: token.end as u32 }, start));
        }
        let properties = self.properties(start)?;
        let has_properties = properties.anchor.is_some() || properties.tag.is_some();
        let block = context != Context::Flow;
        let token = self.scanner.peek()?;
        let span = Span { start: start.pos as u32, end: token.end.max(start.pos) as u32 };
        let (state, mapping) = match token.kind {
            TokenKind::BlockEntry if context == Context::BlockOrIndentlessSequence => {
                (State::IndentlessSequence, false)
            }
            TokenKind::Scalar(..) => return self.scalar(properties, span),
            TokenKind::FlowSequenceStart => (State::FlowSequenceFirst, false),
            TokenKind::FlowMappingStart => (State::FlowMappingFirst, true),
            TokenKind::BlockSequenceStart if block => (State::BlockSequenceFirst, false),
            TokenKind::BlockMappingStart if block => (State::BlockMappingFirst, true),
            _ if has_properties => {
                self.pop_state();
                let span = Span { start: start.pos as u32, end: self.last_end as u32 };
                return Ok(Event::Scalar { text: "".into(), style: ScalarStyle::Plain, properties, span });
            }
            _ => {
                let problem = token.mark();
                return Failure::parser("did not find expected node content", Some(start), problem);
            }
        };
        self.state = state;
        Ok(if mapping { Event::MappingStart(properties, span) } else { Event::SequenceStart(properties, span) })
    }

    fn scalar(&mut self, properties: Properties<'s>, span: Span) -> Scan<Event<'s>> {
        let token = self.take()?;
        self.pop_state();
        match token.kind {
            TokenKind::Scalar(text, style) => Ok(Event::Scalar { text, style, properties, span }),
            _ => self.empty(self.state),
        }
    }

    /// An anchor and a tag, in either order.
    fn properties(&mut self, start: Mark) -> Scan<Properties<'s>> {
        let mut properties = Properties::default();
        loop {
            match self.kind()? {
                TokenKind::Anchor(_) if properties.anchor.is_none() => {
                    if let TokenKind::Anchor(name) = self.take()?.kind {
                        properties.anchor = Some(name);
                    }
                }
                TokenKind::Tag { .. } if properties.tag.is_none() => {
                    let token = self.take()?;
                    let mark = token.mark();
                    if let TokenKind::Tag { handle, suffix } = token.kind {
                        match self.full_tag(handle, &suffix) {
                            Some(tag) => properties.tag = Some(tag),
                            None => return Failure::parser("found undefined tag handle", Some(start), mark),
                        }
                    }
                }
                _ => return Ok(properties),
            }
        }
    }

    fn full_tag(&self, handle: &str, suffix: &str) -> Option<Box<str>> {
        let own = self.tag_directives.iter().find(|(known, _)| *known == handle).map(|(_, prefix)| &**prefix);
        let prefix = match (own, handle) {
            (_, "") => "",
            (Some(prefix), _) => prefix,
            (None, "!") => "!",
            (None, "!!") => "tag:yaml.org,2002:",
            _ => return None,
        };
        Some(format!("{prefix}{suffix}").into())
    }

    fn block_sequence(&mut self) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::BlockEntry => {
                self.take()?;
                match self.kind()? {
                    TokenKind::BlockEntry | TokenKind::BlockEnd => self.empty(State::BlockSequence),
                    _ => self.node_then(State::BlockSequence, Context::Block),
                }
            }
            TokenKind::BlockEnd => self.close(),
            _ => self.unexpected("did not find expected '-' indicator"),
        }
    }

    fn indentless_sequence(&mut self) -> Scan<Event<'s>> {
        if !matches!(self.kind()?, TokenKind::BlockEntry) {
            self.pop_state();
            return Ok(Event::CollectionEnd(self.last_end as u32));
        }
        self.take()?;
        match self.kind()? {
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.empty(State::IndentlessSequence)
            }
            _ => self.node_then(State::IndentlessSequence, Context::Block),
        }
    }

    fn block_mapping_key(&mut self) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::Key => {
                self.take()?;
                self.block_mapping_node(State::BlockMappingValue)
            }
            TokenKind::BlockEnd => self.close(),
            _ => self.unexpected("did not find expected key"),
        }
    }

    fn block_mapping_value(&mut self) -> Scan<Event<'s>> {
        if !matches!(self.kind()?, TokenKind::Value) {
            return self.empty(State::BlockMappingKey);
        }
        self.take()?;
        self.block_mapping_node(State::BlockMappingKey)
    }

    fn block_mapping_node(&mut self, next: State) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => self.empty(next),
            _ => self.node_then(next, Context::BlockOrIndentlessSequence),
        }
    }

    fn flow_sequence(&mut self, first: bool) -> Scan<Event<'s>> {
        if matches!(self.kind()?, TokenKind::FlowSequenceEnd) {
            return self.close();
        }
        if !first {
            if !matches!(self.kind()?, TokenKind::FlowEntry) {
                return self.unexpected("did not find expected ',' or ']'");
            }
            self.take()?;
        }
        match self.kind()? {
            TokenKind::Key => {
                let token = self.take()?;
                self.state = State::FlowPairKey;
                let span = Span { start: token.start as u32, end: token.end as u32 };
                Ok(Event::MappingStart(Properties::default(), span))
            }
            TokenKind::FlowSequenceEnd => self.close(),
            _ => self.node_then(State::FlowSequence, Context::Flow),
        }
    }

    /// `[key: value]`: a map of one entry inside a list.
    fn flow_pair_key(&mut self) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // libyaml swallows the token here, and so do both Go libraries: `[? , a]` loses its comma.
                self.take()?;
                self.empty(State::FlowPairValue)
            }
            _ => self.node_then(State::FlowPairValue, Context::Flow),
        }
    }

    fn flow_pair_value(&mut self) -> Scan<Event<'s>> {
        if matches!(self.kind()?, TokenKind::Value) {
            self.take()?;
            if !matches!(self.kind()?, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                return self.node_then(State::FlowPairEnd, Context::Flow);
            }
        }
        self.empty(State::FlowPairEnd)
    }

    fn flow_mapping_key(&mut self, first: bool) -> Scan<Event<'s>> {
        if matches!(self.kind()?, TokenKind::FlowMappingEnd) {
            return self.close();
        }
        if !first {
            if !matches!(self.kind()?, TokenKind::FlowEntry) {
                return self.unexpected("did not find expected ',' or '}'");
            }
            self.take()?;
        }
        match self.kind()? {
            TokenKind::Key => {
                self.take()?;
                self.flow_mapping_node(State::FlowMappingValue)
            }
            TokenKind::FlowMappingEnd => self.close(),
            _ => self.node_then(State::FlowMappingEmptyValue, Context::Flow),
        }
    }

    fn flow_mapping_value(&mut self) -> Scan<Event<'s>> {
        if !matches!(self.kind()?, TokenKind::Value) {
            return self.empty(State::FlowMappingKey);
        }
        self.take()?;
        self.flow_mapping_value_node()
    }

    fn flow_mapping_node(&mut self, next: State) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => self.empty(next),
            _ => self.node_then(next, Context::Flow),
        }
    }

    fn flow_mapping_value_node(&mut self) -> Scan<Event<'s>> {
        match self.kind()? {
            TokenKind::FlowEntry | TokenKind::FlowMappingEnd => self.empty(State::FlowMappingKey),
            _ => self.node_then(State::FlowMappingKey, Context::Flow),
        }
    }
}
