//! The tokens that hold text: plain, quoted and block scalars. Text that stands in the source as it is is borrowed.

use std::borrow::Cow;

use super::ScalarStyle;
use super::scan::{Scanner, Stop, TokenKind};

/// Text being collected: borrowed from the source as long as it stands there in one piece.
struct Collected<'s> {
    source: &'s str,
    start: usize,
    end: usize,
    owned: Option<String>,
}

impl<'s> Collected<'s> {
    fn new(source: &'s str, start: usize) -> Self {
        Self { source, start, end: start, owned: None }
    }

    /// Adds the source's bytes `from..to`.
    fn add(&mut self, from: usize, to: usize) {
        match &mut self.owned {
            Some(text) => text.push_str(&self.source[from..to]),
            None if from == self.end => self.end = to,
            None if self.start == self.end => (self.start, self.end) = (from, to),
            None => self.push_str(&self.source[from..to]),
        }
    }

    /// Adds text that does not stand in the source like that.
    fn push_str(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.owned.get_or_insert_with(|| self.source[self.start..self.end].to_owned()).push_str(text);
    }

    fn finish(self) -> Cow<'s, str> {
        match self.owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(&self.source[self.start..self.end]),
        }
    }
}

/// Blanks and line breaks between two pieces of a flow or plain scalar.
#[derive(Default)]
struct Gap {
    blanks: (usize, usize),
    first_break: Option<&'static str>,
    more_breaks: String,
}

impl Gap {
    /// Line folding: one break is a blank, more are one less; LS and PS stay.
    fn write(&self, text: &mut Collected<'_>) {
        match self.first_break {
            None => text.add(self.blanks.0, self.blanks.1),
            Some("\n") if self.more_breaks.is_empty() => text.push_str(" "),
            Some("\n") => text.push_str(&self.more_breaks),
            Some(other) => {
                text.push_str(other);
                text.push_str(&self.more_breaks);
            }
        }
    }
}

impl<'s> Scanner<'s> {
    /// Goes over a line break and says what it counts as.
    fn read_break(&mut self) -> Option<&'static str> {
        let read = match (self.break_len(0), self.byte(0), self.byte(2)) {
            (0, ..) => return None,
            (3, _, 0xa8) => "\u{2028}",
            (3, ..) => "\u{2029}",
            _ => "\n",
        };
        self.skip_break();
        Some(read)
    }

    fn read_gap(&mut self, mut gap: Gap, tab_check: Option<i32>) -> Result<Gap, Stop> {
        loop {
            if self.is_blank(0) {
                if gap.first_break.is_none() {
                    if gap.blanks.0 == gap.blanks.1 {
                        gap.blanks.0 = self.mark.at;
                    }
                    gap.blanks.1 = self.mark.at + 1;
                } else if tab_check.is_some_and(|indent| self.mark.column < indent) && self.byte(0) == b'\t' {
                    return Err(self.stop("found a tab character that violates indentation"));
                }
                self.mark.at += 1;
                self.mark.column += 1;
            } else if let Some(read) = self.read_break() {
                match gap.first_break {
                    None => gap.first_break = Some(read),
                    Some(_) => gap.more_breaks.push_str(read),
                }
            } else {
                return Ok(gap);
            }
        }
    }

    pub(super) fn plain_scalar(&mut self) -> Result<(), Stop> {
        let start = self.mark.at;
        let mut end = start;
        let indent = self.indent + 1;
        let mut text = Collected::new(self.text, start);
        let mut gap = Gap::default();
        while !self.at_document_indicator() && self.byte(0) != b'#' {
            let run = self.plain_run();
            if run > 0 {
                gap.write(&mut text);
                gap = Gap::default();
                text.add(self.mark.at, self.mark.at + run);
                self.advance(run);
                end = self.mark.at;
            }
            if !(self.is_blank(0) || self.break_len(0) > 0) {
                break;
            }
            gap = self.read_gap(gap, Some(indent))?;
            if self.flow_level == 0 && self.mark.column < indent {
                break;
            }
        }
        if gap.first_break.is_some() {
            self.simple_key_allowed = true;
        }
        self.push_scalar(text, ScalarStyle::Plain, start, end);
        Ok(())
    }

    /// How many bytes belong to a plain scalar from here to the next blank or break.
    fn plain_run(&self) -> usize {
        let rest = &self.bytes[self.mark.at..];
        for (i, c) in rest.iter().enumerate() {
            let ends = match c {
                b' ' | b'\t' | b'\n' | b'\r' => true,
                b':' => self.is_blank_break_or_end(i + 1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.flow_level > 0,
                0xc2 | 0xe2 => self.break_len(i) > 0,
                _ => false,
            };
            if ends {
                return i;
            }
        }
        rest.len()
    }

    pub(super) fn flow_scalar(&mut self, single: bool) -> Result<(), Stop> {
        let start = self.mark.at;
        self.skip();
        let mut text = Collected::new(self.text, self.mark.at);
        loop {
            if self.at_document_indicator() {
                return Err(self.stop("found unexpected document indicator"));
            }
            if self.at_end() {
                return Err(self.stop("found unexpected end of stream"));
            }
            let mut gap = Gap::default();
            if let Some(escaped) = self.quoted_run(single, &mut text)? {
                gap.first_break = Some(escaped);
            }
            let quote = if single { b'\'' } else { b'"' };
            if gap.first_break.is_none() && self.byte(0) == quote {
                break;
            }
            let escaped = gap.first_break.is_some();
            let gap = self.read_gap(gap, None)?;
            if escaped {
                // A line break behind a backslash vanishes; only further breaks count.
                text.push_str(&gap.more_breaks);
            } else {
                gap.write(&mut text);
            }
        }
        self.skip();
        let end = self.mark.at;
        let style = if single { ScalarStyle::SingleQuoted } else { ScalarStyle::DoubleQuoted };
        self.push_scalar(text, style, start, end);
        Ok(())
    }

    /// Reads to the closing quote, a blank or a break; `Some` when a backslash stood before the break.
    fn quoted_run(&mut self, single: bool, text: &mut Collected<'s>) -> Result<Option<&'static str>, Stop> {
        loop {
            let rest = &self.bytes[self.mark.at..];
            let plain = rest
                .iter()
                .enumerate()
                .position(|(i, c)| match c {
                    b' ' | b'\t' | b'\n' | b'\r' => true,
                    b'\'' => single,
                    b'"' | b'\\' => !single,
                    0xc2 | 0xe2 => self.break_len(i) > 0,
                    _ => false,
                })
                .unwrap_or(rest.len());
            text.add(self.mark.at, self.mark.at + plain);
            self.advance(plain);
            match self.byte(0) {
                b'\'' if single && self.byte(1) == b'\'' => {
                    text.push_str("'");
                    self.advance(2);
                }
                b'\\' if !single && self.break_len(1) > 0 => {
                    self.skip();
                    self.skip_break();
                    return Ok(Some("\n"));
                }
                b'\\' if !single && !self.at_end() => self.escape(text)?,
                _ => return Ok(None),
            }
        }
    }

    fn escape(&mut self, text: &mut Collected<'s>) -> Result<(), Stop> {
        let (digits, meant) = match self.byte(1) {
            b'0' => (0, "\0"),
            b'a' => (0, "\u{7}"),
            b'b' => (0, "\u{8}"),
            b't' | b'\t' => (0, "\t"),
            b'n' => (0, "\n"),
            b'v' => (0, "\u{b}"),
            b'f' => (0, "\u{c}"),
            b'r' => (0, "\r"),
            b'e' => (0, "\u{1b}"),
            b' ' => (0, " "),
            b'"' => (0, "\""),
            b'\'' => (0, "'"),
            b'\\' => (0, "\\"),
            b'N' => (0, "\u{85}"),
            b'_' => (0, "\u{a0}"),
            b'L' => (0, "\u{2028}"),
            b'P' => (0, "\u{2029}"),
            b'x' => (2, ""),
            b'u' => (4, ""),
            b'U' => (8, ""),
            _ => return Err(self.stop("found unknown escape character")),
        };
        self.advance(2);
        text.push_str(meant);
        if digits > 0 {
            let hex =
                self.text.get(self.mark.at..self.mark.at + digits).filter(|h| h.bytes().all(|c| c.is_ascii_hexdigit()));
            let Some(code) = hex.and_then(|h| u32::from_str_radix(h, 16).ok()) else {
                return Err(self.stop("did not find expected hexadecimal number"));
            };
            let Some(c) = char::from_u32(code) else {
                return Err(self.stop("found invalid Unicode character escape code"));
            };
            text.push_str(c.encode_utf8(&mut [0; 4]));
            self.advance(digits);
        }
        Ok(())
    }

    pub(super) fn block_scalar(&mut self, literal: bool) -> Result<(), Stop> {
        let start = self.mark.at;
        self.skip();
        let (mut keep, mut strip, mut increment) = (false, false, 0);
        for _ in 0..2 {
            match self.byte(0) {
                b'+' if !keep && !strip => keep = true,
                b'-' if !keep && !strip => strip = true,
                b'0' if increment == 0 => return Err(self.stop("found an indentation indicator equal to 0")),
                c @ b'1'..=b'9' if increment == 0 => increment = i32::from(c - b'0'),
                _ => break,
            }
            self.skip();
        }
        self.skip_to_line_end()?;
        let mut end = self.mark.at;
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let mut text = Collected::new(self.text, self.mark.at);
        let mut leading_break: Option<&'static str> = None;
        let mut leading_blank = false;
        let mut breaks = String::new();
        self.block_breaks(&mut indent, &mut breaks, &mut end)?;
        while self.mark.column == indent && !self.at_end() {
            let trailing_blank = self.is_blank(0);
            if !literal && !leading_blank && !trailing_blank && leading_break == Some("\n") {
                if breaks.is_empty() {
                    text.push_str(" ");
                }
            } else {
                text.push_str(leading_break.unwrap_or_default());
            }
            text.push_str(&breaks);
            breaks.clear();
            leading_blank = self.is_blank(0);
            let line = self.line_len();
            text.add(self.mark.at, self.mark.at + line);
            self.advance(line);
            end = self.mark.at;
            leading_break = self.read_break();
            self.block_breaks(&mut indent, &mut breaks, &mut end)?;
        }
        if !strip {
            text.push_str(leading_break.unwrap_or_default());
        }
        if keep {
            text.push_str(&breaks);
        }
        let style = if literal { ScalarStyle::Literal } else { ScalarStyle::Folded };
        self.push_scalar(text, style, start, end);
        Ok(())
    }

    fn line_len(&self) -> usize {
        let rest = &self.bytes[self.mark.at..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let others = ['\u{85}', '\u{2028}', '\u{2029}'];
        if rest[..len].is_ascii() {
            return len;
        }
        self.text[self.mark.at..self.mark.at + len].find(others).unwrap_or(len)
    }

    /// Indentation and empty lines inside a block scalar; finds out the indentation when it is not known yet (0).
    fn block_breaks(&mut self, indent: &mut i32, breaks: &mut String, end: &mut usize) -> Result<(), Stop> {
        let mut widest = 0;
        loop {
            while (*indent == 0 || self.mark.column < *indent) && self.byte(0) == b' ' {
                self.mark.at += 1;
                self.mark.column += 1;
            }
            widest = widest.max(self.mark.column);
            if (*indent == 0 || self.mark.column < *indent) && self.byte(0) == b'\t' {
                return Err(self.stop("found a tab character where an indentation space is expected"));
            }
            let Some(read) = self.read_break() else { break };
            breaks.push_str(read);
            *end = self.mark.at;
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    fn push_scalar(&mut self, text: Collected<'s>, style: ScalarStyle, start: usize, end: usize) {
        self.push_span(TokenKind::Scalar(text.finish(), style), start, end);
    }
}
