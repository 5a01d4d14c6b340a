//! Text to tokens, as the scanner of libyaml does it — from which both Go libraries descend, quirks included.
//!
//! A plain `key:` is only known to be a key when its colon comes, so tokens wait in a queue while a place for a KEY
//! token before them is still possible.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::{Comment, ScalarStyle, Span};

/// How deep collections may nest. Go allows 10000, but nobody writes that, and values are walked on small stacks.
pub(super) const MAX_DEPTH: usize = 250;

/// Why scanning or parsing stopped: what, and at which bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub message: &'static str,
    pub at: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'s> {
    StreamEnd,
    VersionDirective { supported: bool },
    TagDirective { handle: &'s str, prefix: Cow<'s, str> },
    DocumentStart,
    DocumentEnd,
    BlockSeqStart,
    BlockMapStart,
    BlockEnd,
    FlowSeqStart,
    FlowSeqEnd,
    FlowMapStart,
    FlowMapEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'s str),
    Anchor(&'s str),
    Tag { handle: &'s str, suffix: Cow<'s, str> },
    Scalar(Cow<'s, str>, ScalarStyle),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'s> {
    pub kind: TokenKind<'s>,
    pub span: Span,
}

/// Where the scanner stands: the byte, and line and column as libyaml counts them (columns in characters).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub at: usize,
    pub line: usize,
    pub column: i32,
}

/// A place where a key without `?` may have begun.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SimpleKey {
    pub possible: bool,
    pub required: bool,
    pub token: usize,
    pub mark: Mark,
}

pub(super) struct Scanner<'s> {
    pub(super) text: &'s str,
    pub(super) bytes: &'s [u8],
    pub(super) mark: Mark,
    pub(super) tokens: VecDeque<Token<'s>>,
    lookahead: usize,
    pub(super) taken: usize,
    ended: bool,
    pub(super) indent: i32,
    pub(super) indents: Vec<i32>,
    pub(super) flow_level: usize,
    pub(super) simple_key_allowed: bool,
    pub(super) simple_keys: Vec<SimpleKey>,
    pub(super) comments: Vec<Comment<'s>>,
}

impl<'s> Scanner<'s> {
    /// Scans from `at` on. `lookahead` is how many tokens wait in the queue: an error in one of them already takes the
    /// document before it down.
    pub(super) fn new(text: &'s str, at: usize, lookahead: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            mark: Mark { at, line: 0, column: 0 },
            tokens: VecDeque::with_capacity(16),
            lookahead,
            taken: 0,
            ended: false,
            indent: -1,
            indents: Vec::new(),
            flow_level: 0,
            simple_key_allowed: true,
            simple_keys: vec![SimpleKey::default()],
            comments: Vec::new(),
        }
    }

    /// The next token, left in place.
    pub(super) fn peek(&mut self) -> Result<&Token<'s>, Stop> {
        while self.needs_more()? {
            self.fetch()?;
        }
        match self.tokens.front() {
            Some(token) => Ok(token),
            None => Err(self.stop("the text ends too early")),
        }
    }

    /// Takes the token that was peeked at.
    pub(super) fn take(&mut self) -> Option<Token<'s>> {
        let token = self.tokens.pop_front();
        self.taken += usize::from(token.is_some());
        token
    }

    fn needs_more(&mut self) -> Result<bool, Stop> {
        if self.tokens.len() < self.lookahead {
            return Ok(!self.ended);
        }
        // Could a KEY token still have to go before the first one?
        for level in 0..self.simple_keys.len() {
            let key = self.simple_keys[level];
            if key.possible && key.token == self.taken && self.still_valid(level)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn stop(&self, message: &'static str) -> Stop {
        Stop { message, at: self.mark.at }
    }

    // ------------------------------------------------------------------ characters

    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.mark.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn at_end(&self) -> bool {
        self.mark.at >= self.bytes.len()
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    /// The length of the line break at `ahead`, 0 when there is none. YAML 1.1 breaks: also NEL, LS and PS.
    pub(super) fn break_len(&self, ahead: usize) -> usize {
        match self.byte(ahead) {
            b'\r' if self.byte(ahead + 1) == b'\n' => 2,
            b'\r' | b'\n' => 1,
            0xc2 if self.byte(ahead + 1) == 0x85 => 2,
            0xe2 if self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xa8 | 0xa9) => 3,
            _ => 0,
        }
    }

    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.mark.at + ahead >= self.bytes.len() || self.break_len(ahead) > 0
    }

    pub(super) fn is_blank_break_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// Goes over one character that is no line break.
    pub(super) fn skip(&mut self) {
        let width = match self.byte(0) {
            0..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        self.mark.at = (self.mark.at + width).min(self.bytes.len());
        self.mark.column += 1;
    }

    /// Goes over `bytes` bytes of one line.
    pub(super) fn advance(&mut self, bytes: usize) {
        let end = (self.mark.at + bytes).min(self.bytes.len());
        let run = &self.bytes[self.mark.at..end];
        self.mark.column +=
            if run.is_ascii() { run.len() } else { run.iter().filter(|b| (**b as i8) >= -0x40).count() } as i32;
        self.mark.at = end;
    }

    pub(super) fn skip_break(&mut self) {
        let len = self.break_len(0);
        if len > 0 {
            self.mark = Mark { at: self.mark.at + len, line: self.mark.line + 1, column: 0 };
        }
    }

    pub(super) fn at_document_indicator(&self) -> bool {
        self.mark.column == 0
            && (self.bytes[self.mark.at..].starts_with(b"---") || self.bytes[self.mark.at..].starts_with(b"..."))
            && self.is_blank_break_or_end(3)
    }

    // ------------------------------------------------------------------ tokens

    pub(super) fn push(&mut self, kind: TokenKind<'s>, start: usize) {
        let span = Span { start: start as u32, end: self.mark.at as u32 };
        self.tokens.push_back(Token { kind, span });
    }

    pub(super) fn push_span(&mut self, kind: TokenKind<'s>, start: usize, end: usize) {
        self.tokens.push_back(Token { kind, span: Span { start: start as u32, end: end as u32 } });
    }

    fn fetch(&mut self) -> Result<(), Stop> {
        self.skip_to_token()?;
        self.unroll_indent(self.mark.column);
        if self.at_end() {
            return self.fetch_stream_end();
        }
        let (c, start) = (self.byte(0), self.mark.at);
        if self.mark.column == 0 && c == b'%' {
            self.leave_document()?;
            return self.directive();
        }
        if self.at_document_indicator() {
            self.leave_document()?;
            self.advance(3);
            self.push(if c == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd }, start);
            return Ok(());
        }
        let separate = self.is_blank_break_or_end(1);
        match c {
            b'[' => self.fetch_flow_start(TokenKind::FlowSeqStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMapStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSeqEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMapEnd),
            b',' => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                self.single(TokenKind::FlowEntry);
                Ok(())
            }
            b'-' if separate => self.fetch_block_entry(),
            b'?' if separate || self.flow_level > 0 => self.fetch_key(),
            b':' if separate || self.flow_level > 0 => self.fetch_value(),
            b'*' | b'&' => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                self.anchor(c == b'*')
            }
            b'!' => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                self.tag()
            }
            b'|' | b'>' if self.flow_level == 0 => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                self.block_scalar(c == b'|')
            }
            b'\'' | b'"' => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                self.flow_scalar(c == b'\'')
            }
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                Err(self.stop("found character that cannot start any token"))
            }
            b'?' | b':' if self.flow_level > 0 => Err(self.stop("found character that cannot start any token")),
            b'-' if self.is_blank(1) => Err(self.stop("found character that cannot start any token")),
            _ => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                self.plain_scalar()
            }
        }
    }

    fn single(&mut self, kind: TokenKind<'s>) {
        let start = self.mark.at;
        self.skip();
        self.push(kind, start);
    }

    /// Tabs may stand between tokens in flow collections, and in a line behind something that is no indicator.
    fn skip_to_token(&mut self) -> Result<(), Stop> {
        loop {
            if self.mark.column == 0 && self.bytes[self.mark.at..].starts_with("\u{feff}".as_bytes()) {
                self.mark.at += 3;
            }
            while self.byte(0) == b' ' || (self.byte(0) == b'\t' && (self.flow_level > 0 || !self.simple_key_allowed)) {
                self.mark.at += 1;
                self.mark.column += 1;
            }
            if self.byte(0) == b'#' {
                self.comment();
            }
            if self.break_len(0) == 0 {
                return Ok(());
            }
            self.skip_break();
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    pub(super) fn comment(&mut self) {
        let start = self.mark.at;
        let rest = &self.bytes[start..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let mut end = start + len;
        // NEL, LS and PS end a comment too.
        if !rest[..len].is_ascii() {
            let others = ['\u{85}', '\u{2028}', '\u{2029}'];
            end = self.text[start..end].find(others).map_or(end, |i| start + i);
        }
        let text = self.text[start..end].trim_start_matches('#').trim();
        self.comments.push(Comment { span: Span { start: start as u32, end: end as u32 }, text });
        self.advance(end - start);
    }

    // ------------------------------------------------------------------ structure

    fn leave_document(&mut self) -> Result<(), Stop> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        Ok(())
    }

    fn fetch_stream_end(&mut self) -> Result<(), Stop> {
        if self.mark.column != 0 {
            self.mark = Mark { at: self.mark.at, line: self.mark.line + 1, column: 0 };
        }
        self.leave_document()?;
        self.ended = true;
        self.push(TokenKind::StreamEnd, self.mark.at);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'s>) -> Result<(), Stop> {
        self.save_simple_key()?;
        if self.flow_level >= MAX_DEPTH {
            return Err(self.stop("collections nest too deeply"));
        }
        self.simple_keys.push(SimpleKey::default());
        self.flow_level += 1;
        self.simple_key_allowed = true;
        self.single(kind);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'s>) -> Result<(), Stop> {
        self.remove_simple_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            self.simple_keys.pop();
        }
        self.simple_key_allowed = false;
        self.single(kind);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Stop> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.stop("block sequence entries are not allowed in this context"));
            }
            self.roll_indent(self.mark.column, None, TokenKind::BlockSeqStart, self.mark.at)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.single(TokenKind::BlockEntry);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Stop> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.stop("mapping keys are not allowed in this context"));
            }
            self.roll_indent(self.mark.column, None, TokenKind::BlockMapStart, self.mark.at)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.single(TokenKind::Key);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Stop> {
        let level = self.simple_keys.len().saturating_sub(1);
        if self.still_valid(level)? {
            let key = self.simple_keys[level];
            let token =
                Token { kind: TokenKind::Key, span: Span { start: key.mark.at as u32, end: key.mark.at as u32 } };
            self.tokens.insert(key.token.saturating_sub(self.taken).min(self.tokens.len()), token);
            self.roll_indent(key.mark.column, Some(key.token), TokenKind::BlockMapStart, key.mark.at)?;
            self.simple_keys[level].possible = false;
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return Err(self.stop("mapping values are not allowed in this context"));
                }
                self.roll_indent(self.mark.column, None, TokenKind::BlockMapStart, self.mark.at)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.single(TokenKind::Value);
        Ok(())
    }
}
