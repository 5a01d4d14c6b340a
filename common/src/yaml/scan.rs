//! Text to tokens, the way libyaml does it.
//!
//! Both Go libraries are ports of libyaml, and what they accept follows from its shape: a queue of tokens into which a
//! KEY is inserted once the `:` behind a *possible simple key* is found, and a stack of indentations that opens and
//! closes block collections. This file has the queue, the keys and the indentation; the dispatch to the single tokens
//! is in `scan_next.rs`, scalars in `scan_flow.rs` and `scan_block.rs`, tags and directives in `scan_tag.rs`.

use std::collections::VecDeque;

use super::Span;
use super::chars::{at, break_len, is_blank};
use super::token::{Failure, Mark, Scan, Stage, Token, TokenKind};

/// yaml.v3 3.0.1 `scannerc.go`: `max_indents` and `max_flow_level`.
const MAX_DEPTH: usize = 10_000;
/// How far the `:` of a key without `?` may be away, in characters.
const MAX_SIMPLE_KEY: usize = 1024;
/// How far yaml.v3 looks for the next comment of a block of comments, in bytes.
const COMMENT_LOOKAHEAD: usize = 512;

/// A token that becomes a key if a `:` follows in time.
#[derive(Clone, Copy, Debug)]
pub(super) struct SimpleKey {
    pub possible: bool,
    required: bool,
    pub token_number: usize,
    pub mark: Mark,
    pub column: i32,
}

/// Reads tokens from a text, on demand.
#[derive(Debug)]
pub(super) struct Scanner<'s> {
    pub text: &'s str,
    pub bytes: &'s [u8],
    pub pos: usize,
    pub line: u32,
    pub line_start: usize,
    pub indent: i32,
    indents: Vec<i32>,
    pub flow_level: usize,
    pub simple_key_allowed: bool,
    pub simple_keys: Vec<SimpleKey>,
    tokens: VecDeque<Token<'s>>,
    tokens_parsed: usize,
    head_ready: bool,
    pub comments: Vec<Span>,
}

impl<'s> Scanner<'s> {
    /// Begins at an offset that is the start of a line.
    pub fn new(text: &'s str, pos: usize, line: u32) -> Self {
        let mut scanner = Self {
            text,
            bytes: text.as_bytes(),
            pos,
            line,
            line_start: pos,
            indent: -1,
            indents: Vec::new(),
            flow_level: 0,
            simple_key_allowed: true,
            simple_keys: Vec::new(),
            tokens: VecDeque::new(),
            tokens_parsed: 0,
            head_ready: false,
            comments: Vec::new(),
        };
        scanner.simple_keys.push(scanner.no_key());
        scanner
    }

    /// The next token, which stays in the queue.
    pub fn peek(&mut self) -> Scan<&Token<'s>> {
        if !self.head_ready {
            self.fetch_more(1)?;
            self.head_ready = true;
        }
        Ok(self.tokens.front().expect("fetch_more leaves at least one token"))
    }

    /// Takes the next token out of the queue.
    pub fn take(&mut self) -> Scan<Token<'s>> {
        self.peek()?;
        self.head_ready = false;
        self.tokens_parsed += 1;
        Ok(self.tokens.pop_front().expect("peek leaves at least one token"))
    }

    /// Reads ahead, as yaml.v3 does before it looks at a token, so that of two errors the same one is found.
    pub fn look_ahead(&mut self, tokens: usize) -> Scan<()> {
        self.fetch_more(tokens)
    }

    fn fetch_more(&mut self, wanted: usize) -> Scan<()> {
        while self.tokens.len() < wanted || self.head_may_be_key()? {
            self.fetch_next()?;
        }
        Ok(())
    }

    fn head_may_be_key(&mut self) -> Scan<bool> {
        let number = self.tokens_parsed;
        let first = match self.simple_keys.last() {
            Some(last) if last.token_number < number => return Ok(false),
            _ => self.simple_keys.partition_point(|key| key.token_number < number),
        };
        for i in first..self.simple_keys.len() {
            let key = self.simple_keys[i];
            if key.token_number > number {
                break;
            }
            if key.possible {
                return self.key_is_valid(i);
            }
        }
        Ok(false)
    }

    pub fn mark(&self) -> Mark {
        Mark { pos: self.pos, line: self.line }
    }

    /// The column in bytes, which is that in characters wherever indentation is decided.
    pub fn column(&self) -> i32 {
        (self.pos - self.line_start) as i32
    }

    pub fn here(&self) -> u8 {
        at(self.bytes, self.pos)
    }

    pub fn ahead(&self, by: usize) -> u8 {
        at(self.bytes, self.pos + by)
    }

    /// Skips the line break here and returns its length; 0 when there is none.
    pub fn skip_break(&mut self) -> usize {
        let len = break_len(self.bytes, self.pos);
        if len > 0 {
            self.pos += len;
            self.line += 1;
            self.line_start = self.pos;
        }
        len
    }

    /// Skips the line break here; returns what it stands for in a scalar: `\n`, except that LS and PS stay.
    pub fn read_break(&mut self) -> &'s str {
        let start = self.pos;
        match self.skip_break() {
            0 => "",
            3 => &self.text[start..self.pos],
            _ => "\n",
        }
    }

    pub fn skip_blanks(&mut self) {
        while is_blank(self.here()) {
            self.pos += 1;
        }
    }

    /// An error at the current position, with the start of the construct that is being scanned.
    pub fn fail<T>(&self, message: &'static str, context: Mark) -> Scan<T> {
        Err(Box::new(Failure {
            message: message.into(),
            stage: Stage::Scanner,
            context: Some(context),
            problem: self.mark(),
        }))
    }

    pub fn push(&mut self, kind: TokenKind<'s>, start: Mark) {
        self.tokens.push_back(Token { kind, start: start.pos, end: self.pos, line: start.line });
    }

    fn insert(&mut self, token_number: usize, kind: TokenKind<'s>, mark: Mark) {
        let at = token_number.saturating_sub(self.tokens_parsed).min(self.tokens.len());
        self.tokens.insert(at, Token { kind, start: mark.pos, end: mark.pos, line: mark.line });
    }

    fn no_key(&self) -> SimpleKey {
        SimpleKey {
            possible: false,
            required: false,
            token_number: self.tokens_parsed + self.tokens.len(),
            mark: self.mark(),
            column: self.column(),
        }
    }

    /// Remembers that the token which begins here may turn out to be a key.
    pub fn save_simple_key(&mut self) -> Scan<()> {
        if self.simple_key_allowed {
            let required = self.flow_level == 0 && self.indent == self.column();
            let key = SimpleKey { possible: true, required, ..self.no_key() };
            self.remove_simple_key()?;
            if let Some(last) = self.simple_keys.last_mut() {
                *last = key;
            }
        }
        Ok(())
    }

    /// What was a possible key on this level no longer is.
    pub fn remove_simple_key(&mut self) -> Scan<()> {
        let Some(key) = self.simple_keys.last_mut() else { return Ok(()) };
        if key.possible && key.required {
            let context = key.mark;
            return self.fail("could not find expected ':'", context);
        }
        key.possible = false;
        Ok(())
    }

    /// Whether the possible key of a level still may be one: same line, not too far away.
    pub fn key_is_valid(&mut self, level: usize) -> Scan<bool> {
        let key = self.simple_keys[level];
        if !key.possible {
            return Ok(false);
        }
        let far = self.pos - key.mark.pos > MAX_SIMPLE_KEY
            && self.text.get(key.mark.pos..self.pos).is_some_and(|text| text.chars().count() > MAX_SIMPLE_KEY);
        if key.mark.line < self.line || far {
            if key.required {
                return self.fail("could not find expected ':'", key.mark);
            }
            self.simple_keys[level].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    /// The possible key before a `:` is one: puts KEY, and the start of a block map, before it.
    pub fn make_key(&mut self, key: SimpleKey) -> Scan<()> {
        self.insert(key.token_number, TokenKind::Key, key.mark);
        self.roll_indent(key.column, Some(key.token_number), TokenKind::BlockMappingStart, key.mark)?;
        if let Some(last) = self.simple_keys.last_mut() {
            last.possible = false;
        }
        Ok(())
    }

    /// Opens a block collection if the column is deeper than the current one.
    pub fn roll_indent(&mut self, column: i32, number: Option<usize>, kind: TokenKind<'s>, mark: Mark) -> Scan<()> {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return self.fail("exceeded max depth of 10000", mark);
        }
        let number = number.unwrap_or(self.tokens_parsed + self.tokens.len());
        self.insert(number, kind, mark);
        Ok(())
    }

    /// Closes the block collections that are deeper than the column.
    pub fn unroll_indent(&mut self, column: i32, mark: Mark) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.tokens.push_back(Token { kind: TokenKind::BlockEnd, start: mark.pos, end: mark.pos, line: mark.line });
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    pub fn increase_flow_level(&mut self) -> Scan<()> {
        self.simple_keys.push(self.no_key());
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            return self.fail("exceeded max depth of 10000", self.mark());
        }
        Ok(())
    }

    pub fn decrease_flow_level(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            self.simple_keys.pop();
        }
    }

    /// Goes over blanks, comments and line breaks to the next token.
    pub fn skip_to_token(&mut self) {
        loop {
            while self.here() == b' ' || (self.here() == b'\t' && (self.flow_level > 0 || !self.simple_key_allowed)) {
                self.pos += 1;
            }
            if self.here() == b'#' {
                self.comment();
                self.further_comments();
            }
            if self.skip_break() == 0 {
                return;
            }
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    /// Records the comment here and goes to the end of its line.
    pub fn comment(&mut self) {
        let start = self.pos;
        self.pos = super::chars::line_end(self.bytes, start);
        self.comments.push(Span { start: start as u32, end: self.pos as u32 });
    }

    /// yaml.v3 looks for the comment that follows a comment without minding tabs before it.
    fn further_comments(&mut self) {
        loop {
            let mut next = self.pos;
            while next - self.pos < COMMENT_LOOKAHEAD && matches!(at(self.bytes, next), b' ' | b'\t' | b'\n' | b'\r') {
                next += 1;
            }
            if at(self.bytes, next) != b'#' || next - self.pos >= COMMENT_LOOKAHEAD {
                return;
            }
            while self.pos < next {
                if self.skip_break() == 0 {
                    self.pos += 1;
                }
            }
            self.comment();
        }
    }
}
