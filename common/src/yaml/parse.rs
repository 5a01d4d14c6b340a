//! Tokens to nodes, by the grammar of libyaml: a stack of states instead of recursion, so that depth costs no stack.

use std::borrow::Cow;
use std::collections::HashMap;

use super::document::{Kind, NONE, NodeData};
use super::scan::{Scanner, Stop, Token, TokenKind};
use super::{Document, ScalarStyle, Source, Span};

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    BlockSeqEntry { first: bool },
    IndentlessEntry,
    BlockMapKey { first: bool },
    BlockMapValue,
    FlowSeqEntry { first: bool },
    FlowSeqPairKey,
    FlowSeqPairValue,
    FlowSeqPairEnd,
    FlowMapKey { first: bool },
    FlowMapValue { empty: bool },
}

/// Reads one document after the other.
pub(super) struct Parser<'s> {
    source: &'s Source,
    scanner: Scanner<'s>,
    start: usize,
    first: bool,
    pub(super) nodes: Vec<NodeData<'s>>,
    /// Open collections: node, and its last child so far.
    pub(super) open: Vec<(u32, u32)>,
    states: Vec<State>,
    pub(super) anchors: HashMap<&'s str, u32>,
    handles: Vec<(&'s str, Cow<'s, str>)>,
    pub(super) root: u32,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s Source, at: usize, lookahead: usize) -> Self {
        Self {
            source,
            scanner: Scanner::new(source.text(), at, lookahead),
            start: at + 1,
            first: true,
            nodes: Vec::new(),
            open: Vec::new(),
            states: Vec::new(),
            anchors: HashMap::new(),
            handles: Vec::new(),
            root: NONE,
        }
    }

    /// The first byte behind the `---` of the document that is being read.
    pub(super) fn document_start(&self) -> usize {
        self.start
    }

    /// The next document, `None` at the end.
    pub(super) fn document(&mut self) -> Result<Option<Document<'s>>, Stop> {
        let implicit = std::mem::take(&mut self.first);
        while !implicit && self.kind()? == TokenKind::DocumentEnd {
            self.scanner.take();
        }
        if self.kind()? == TokenKind::StreamEnd {
            return Ok(None);
        }
        self.handles.clear();
        self.anchors.clear();
        self.root = NONE;
        let directives = self.directives()?;
        let explicit = match self.kind()? {
            TokenKind::DocumentStart => {
                self.start = self.take() as usize;
                true
            }
            _ if implicit && !directives => false,
            _ => return Err(self.stop("did not find expected <document start>")),
        };
        let ends = |kind: &TokenKind<'_>| {
            matches!(
                kind,
                TokenKind::VersionDirective { .. }
                    | TokenKind::TagDirective { .. }
                    | TokenKind::DocumentStart
                    | TokenKind::DocumentEnd
                    | TokenKind::StreamEnd
            )
        };
        if explicit && ends(&self.kind()?) {
            let at = self.scanner.mark.at as u32;
            self.empty(at);
        } else {
            self.node(true, false)?;
            while let Some(state) = self.states.pop() {
                self.step(state)?;
            }
        }
        if self.kind()? == TokenKind::DocumentEnd {
            self.scanner.take();
        }
        Ok(Some(Document {
            source: self.source,
            nodes: std::mem::take(&mut self.nodes),
            root: self.root,
            comments: std::mem::take(&mut self.scanner.comments),
        }))
    }

    fn directives(&mut self) -> Result<bool, Stop> {
        let (mut any, mut version) = (false, false);
        loop {
            match self.kind()? {
                TokenKind::VersionDirective { supported } => {
                    if version {
                        return Err(self.stop("found duplicate %YAML directive"));
                    }
                    if !supported {
                        return Err(self.stop("found incompatible YAML document"));
                    }
                    version = true;
                }
                TokenKind::TagDirective { handle, prefix } => {
                    if self.handles.iter().any(|(known, _)| *known == handle) {
                        return Err(self.stop("found duplicate %TAG directive"));
                    }
                    self.handles.push((handle, prefix));
                }
                _ => break,
            }
            any = true;
            self.scanner.take();
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.handles.iter().any(|(known, _)| *known == handle) {
                self.handles.push((handle, prefix.into()));
            }
        }
        Ok(any)
    }

    /// The kind of the next token; text is not copied.
    fn kind(&mut self) -> Result<TokenKind<'s>, Stop> {
        let kind = match &self.scanner.peek()?.kind {
            TokenKind::Scalar(_, style) => TokenKind::Scalar(Cow::Borrowed(""), *style),
            other => other.clone(),
        };
        Ok(kind)
    }

    pub(super) fn is(&mut self, kind: &TokenKind<'static>) -> Result<bool, Stop> {
        Ok(self.scanner.peek()?.kind == *kind)
    }

    fn is_any(&mut self, kinds: &[TokenKind<'static>]) -> Result<bool, Stop> {
        let token = &self.scanner.peek()?.kind;
        Ok(kinds.iter().any(|kind| kind == token))
    }

    pub(super) fn stop(&mut self, message: &'static str) -> Stop {
        match self.scanner.peek() {
            Ok(token) => Stop { message, at: token.span.start as usize },
            Err(stop) => stop,
        }
    }

    pub(super) fn take(&mut self) -> u32 {
        self.scanner.take().map_or(0, |token| token.span.end)
    }

    // ------------------------------------------------------------------ the grammar

    fn step(&mut self, state: State) -> Result<(), Stop> {
        use TokenKind as T;
        match state {
            State::BlockSeqEntry { first } => {
                if first {
                    self.take();
                }
                if self.is(&T::BlockEntry)? {
                    let end = self.take();
                    self.states.push(State::BlockSeqEntry { first: false });
                    return self.node_unless(&[T::BlockEntry, T::BlockEnd], end, true, false);
                }
                self.close(&T::BlockEnd, "did not find expected '-' indicator")
            }
            State::IndentlessEntry => {
                if self.is(&T::BlockEntry)? {
                    let end = self.take();
                    self.states.push(State::IndentlessEntry);
                    return self.node_unless(&[T::BlockEntry, T::Key, T::Value, T::BlockEnd], end, true, false);
                }
                let at = self.last_end();
                self.end_collection(at);
                Ok(())
            }
            State::BlockMapKey { first } => {
                if first {
                    self.take();
                }
                if self.is(&T::Key)? {
                    let end = self.take();
                    self.states.push(State::BlockMapValue);
                    return self.node_unless(&[T::Key, T::Value, T::BlockEnd], end, true, true);
                }
                self.close(&T::BlockEnd, "did not find expected key")
            }
            State::BlockMapValue => {
                self.states.push(State::BlockMapKey { first: false });
                if self.is(&T::Value)? {
                    let end = self.take();
                    return self.node_unless(&[T::Key, T::Value, T::BlockEnd], end, true, true);
                }
                self.empty_here()
            }
            State::FlowSeqEntry { first } => self.flow_seq_entry(first),
            State::FlowSeqPairKey => {
                self.states.push(State::FlowSeqPairValue);
                if self.is_any(&[T::Value, T::FlowEntry, T::FlowSeqEnd])? {
                    // libyaml swallows the token here.
                    let end = self.take();
                    self.empty(end);
                    return Ok(());
                }
                self.node(false, false)
            }
            State::FlowSeqPairValue => {
                self.states.push(State::FlowSeqPairEnd);
                if self.is(&T::Value)? {
                    let end = self.take();
                    return self.node_unless(&[T::FlowEntry, T::FlowSeqEnd], end, false, false);
                }
                self.empty_here()
            }
            State::FlowSeqPairEnd => {
                let at = self.last_end();
                self.end_collection(at);
                self.states.push(State::FlowSeqEntry { first: false });
                Ok(())
            }
            State::FlowMapKey { first } => self.flow_map_key(first),
            State::FlowMapValue { empty } => {
                self.states.push(State::FlowMapKey { first: false });
                if !empty && self.is(&T::Value)? {
                    let end = self.take();
                    return self.node_unless(&[T::FlowEntry, T::FlowMapEnd], end, false, false);
                }
                self.empty_here()
            }
        }
    }

    fn flow_seq_entry(&mut self, first: bool) -> Result<(), Stop> {
        use TokenKind as T;
        if first {
            self.take();
        }
        if !self.is(&T::FlowSeqEnd)? {
            if !first {
                if !self.is(&T::FlowEntry)? {
                    return Err(self.stop("did not find expected ',' or ']'"));
                }
                self.take();
            }
            if self.is(&T::Key)? {
                let start = self.scanner.peek()?.span.start;
                self.take();
                self.begin(Kind::Map, start, None, None)?;
                self.states.push(State::FlowSeqPairKey);
                return Ok(());
            }
            if !self.is(&T::FlowSeqEnd)? {
                self.states.push(State::FlowSeqEntry { first: false });
                return self.node(false, false);
            }
        }
        let end = self.take();
        self.end_collection(end);
        Ok(())
    }

    fn flow_map_key(&mut self, first: bool) -> Result<(), Stop> {
        use TokenKind as T;
        if first {
            self.take();
        }
        if !self.is(&T::FlowMapEnd)? {
            if !first {
                if !self.is(&T::FlowEntry)? {
                    return Err(self.stop("did not find expected ',' or '}'"));
                }
                self.take();
            }
            if self.is(&T::Key)? {
                let end = self.take();
                self.states.push(State::FlowMapValue { empty: false });
                return self.node_unless(&[T::Value, T::FlowEntry, T::FlowMapEnd], end, false, false);
            }
            if !self.is(&T::FlowMapEnd)? {
                self.states.push(State::FlowMapValue { empty: true });
                return self.node(false, false);
            }
        }
        let end = self.take();
        self.end_collection(end);
        Ok(())
    }

    /// A node, or an empty one when one of these tokens comes.
    fn node_unless(
        &mut self,
        kinds: &[TokenKind<'static>],
        end: u32,
        block: bool,
        indentless: bool,
    ) -> Result<(), Stop> {
        if self.is_any(kinds)? {
            self.empty(end);
            return Ok(());
        }
        self.node(block, indentless)
    }

    fn node(&mut self, block: bool, indentless: bool) -> Result<(), Stop> {
        let start = self.scanner.peek()?.span.start;
        if let TokenKind::Alias(name) = self.kind()? {
            let span = self.scanner.peek()?.span;
            let Some(target) = self.anchors.get(name).copied() else {
                return Err(Stop { message: "unknown anchor referenced", at: span.start as usize });
            };
            self.take();
            let id = self.add(Kind::Alias, name.into(), None, span);
            self.nodes[id as usize].target = target;
            return Ok(());
        }
        let (anchor, tag, end) = self.properties()?;
        use TokenKind as T;
        match self.kind()? {
            T::BlockEntry if indentless => {
                self.begin(Kind::Seq, start, anchor, tag)?;
                self.states.push(State::IndentlessEntry);
            }
            T::Scalar(..) => {
                if let Some(Token { kind: T::Scalar(text, style), span }) = self.scanner.take() {
                    let id = self.add(Kind::Scalar(style), text, tag, span);
                    self.remember(anchor, id);
                }
            }
            T::FlowSeqStart => {
                self.begin(Kind::Seq, start, anchor, tag)?;
                self.states.push(State::FlowSeqEntry { first: true });
            }
            T::FlowMapStart => {
                self.begin(Kind::Map, start, anchor, tag)?;
                self.states.push(State::FlowMapKey { first: true });
            }
            T::BlockSeqStart if block => {
                self.begin(Kind::Seq, start, anchor, tag)?;
                self.states.push(State::BlockSeqEntry { first: true });
            }
            T::BlockMapStart if block => {
                self.begin(Kind::Map, start, anchor, tag)?;
                self.states.push(State::BlockMapKey { first: true });
            }
            _ if anchor.is_some() || tag.is_some() => {
                let id = self.add(Kind::Scalar(ScalarStyle::Plain), "".into(), tag, Span { start: end, end });
                self.remember(anchor, id);
            }
            _ => return Err(self.stop("did not find expected node content")),
        }
        Ok(())
    }

    /// Anchor and tag in either order, and where they end.
    #[expect(clippy::type_complexity, reason = "used once, right above")]
    fn properties(&mut self) -> Result<(Option<&'s str>, Option<Box<str>>, u32), Stop> {
        let (mut anchor, mut tag, mut end) = (None, None, self.scanner.peek()?.span.start);
        for _ in 0..2 {
            match self.kind()? {
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(name),
                TokenKind::Tag { handle, suffix } if tag.is_none() => tag = Some(self.short_tag(handle, &suffix)?),
                _ => break,
            }
            end = self.take();
        }
        Ok((anchor, tag, end))
    }

    fn short_tag(&mut self, handle: &str, suffix: &str) -> Result<Box<str>, Stop> {
        let prefix = match handle {
            "" => "",
            _ => match self.handles.iter().find(|(known, _)| *known == handle) {
                Some((_, prefix)) => prefix,
                None => return Err(self.stop("found undefined tag handle")),
            },
        };
        let long = format!("{prefix}{suffix}");
        Ok(long.strip_prefix("tag:yaml.org,2002:").map_or_else(|| long.as_str().into(), |s| format!("!!{s}").into()))
    }
}
