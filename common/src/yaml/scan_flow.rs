//! Scalars that may span lines without indentation of their own: plain and quoted.
//!
//! Text that stands in the source as it is stays borrowed; only folded lines and escapes make a copy.

use std::borrow::Cow;

use super::ScalarStyle;
use super::chars::{at, break_len, is_blank, is_blank_or_end, is_document_indicator};
use super::scan::Scanner;
use super::token::{Scan, TokenKind};

/// Bytes at which a plain scalar needs a second look.
const PLAIN_STOP: [bool; 256] = stops(b" \t\r\n:,?[]{}\0\xC2\xE2");
const SINGLE_STOP: [bool; 256] = stops(b" \t\r\n'\0\xC2\xE2");
const DOUBLE_STOP: [bool; 256] = stops(b" \t\r\n\"\\\0\xC2\xE2");

const fn stops(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
}

/// The text of a scalar while it is read: what is copied already, and the piece of source behind it.
struct Pieces<'s> {
    text: &'s str,
    copied: Option<String>,
    /// Where the piece begins that is not copied yet.
    piece: usize,
}

impl<'s> Pieces<'s> {
    fn new(text: &'s str, piece: usize) -> Self {
        Self { text, copied: None, piece }
    }

    /// Ends the piece at `end`, adds `more`, and begins the next piece at `next`.
    fn splice(&mut self, end: usize, more: &str, next: usize) {
        let copied = self.copied.get_or_insert_default();
        copied.push_str(self.text.get(self.piece..end).unwrap_or_default());
        copied.push_str(more);
        self.piece = next;
    }

    fn finish(mut self, end: usize) -> Cow<'s, str> {
        if self.copied.is_some() {
            self.splice(end, "", end);
        }
        match self.copied {
            Some(copied) => Cow::Owned(copied),
            None => Cow::Borrowed(self.text.get(self.piece..end).unwrap_or_default()),
        }
    }
}

/// The line breaks between two lines of a scalar.
#[derive(Default)]
struct Breaks<'s> {
    /// Whether a line began: from then on blanks are indentation.
    new_line: bool,
    first: &'s str,
    more: String,
}

impl<'s> Breaks<'s> {
    fn add(&mut self, line_break: &'s str) {
        if self.new_line {
            self.more.push_str(line_break);
        } else {
            self.first = line_break;
            self.new_line = true;
        }
    }

    /// One break is a space, more are one less; LS and PS are kept.
    fn folded(&self) -> Cow<'_, str> {
        match (self.first, &*self.more) {
            ("\n", "") => " ".into(),
            ("\n", more) => more.into(),
            (first, "") => first.into(),
            (first, more) => format!("{first}{more}").into(),
        }
    }
}

impl<'s> Scanner<'s> {
    pub(super) fn scan_plain(&mut self) -> Scan<()> {
        let start = self.mark();
        let indent = self.indent + 1;
        let mut pieces = Pieces::new(self.text, self.pos);
        let mut breaks = Breaks::default();
        let mut end = self.pos;
        loop {
            if self.here() == b'#' || (self.column() == 0 && is_document_indicator(self.bytes, self.pos)) {
                break;
            }
            let run = self.pos;
            self.pos = self.plain_run_end();
            if self.pos > run {
                if breaks.new_line {
                    pieces.splice(end, &breaks.folded(), run);
                    breaks = Breaks::default();
                }
                end = self.pos;
            }
            if !is_blank(self.here()) && break_len(self.bytes, self.pos) == 0 {
                break;
            }
            loop {
                if is_blank(self.here()) {
                    if breaks.new_line && self.column() < indent && self.here() == b'\t' {
                        return self.fail("found a tab character that violates indentation", start);
                    }
                    self.pos += 1;
                } else if break_len(self.bytes, self.pos) > 0 {
                    let line_break = self.read_break();
                    breaks.add(line_break);
                } else {
                    break;
                }
            }
            if self.flow_level == 0 && self.column() < indent {
                break;
            }
        }
        if breaks.new_line {
            self.simple_key_allowed = true;
        }
        self.push_scalar(pieces.finish(end), ScalarStyle::Plain, start, end);
        Ok(())
    }

    fn plain_run_end(&self) -> usize {
        let mut i = self.pos;
        loop {
            while i < self.bytes.len() && !PLAIN_STOP[self.bytes[i] as usize] {
                i += 1;
            }
            let ends = match at(self.bytes, i) {
                0 | b' ' | b'\t' | b'\r' | b'\n' => true,
                b':' => is_blank_or_end(self.bytes, i + 1),
                0xC2 | 0xE2 => break_len(self.bytes, i) > 0,
                _ => self.flow_level > 0,
            };
            if ends {
                return i;
            }
            i += 1;
        }
    }

    pub(super) fn scan_quoted(&mut self) -> Scan<()> {
        let start = self.mark();
        let quote = self.here();
        let (style, stop) = match quote {
            b'\'' => (ScalarStyle::SingleQuoted, &SINGLE_STOP),
            _ => (ScalarStyle::DoubleQuoted, &DOUBLE_STOP),
        };
        self.pos += 1;
        let mut pieces = Pieces::new(self.text, self.pos);
        loop {
            if self.column() == 0 && is_document_indicator(self.bytes, self.pos) {
                return self.fail("found unexpected document indicator", start);
            }
            if self.here() == 0 {
                return self.fail("found unexpected end of stream", start);
            }
            let mut breaks = Breaks::default();
            // Where the text ends that a line break would be joined to: blanks before a break do not count.
            let mut end = self.pos;
            loop {
                while self.pos < self.bytes.len() && !stop[self.bytes[self.pos] as usize] {
                    self.pos += 1;
                }
                end = end.max(self.pos);
                if is_blank_or_end(self.bytes, self.pos) {
                    break;
                }
                match self.here() {
                    b'\'' if quote == b'\'' && self.ahead(1) == b'\'' => {
                        pieces.splice(self.pos + 1, "", self.pos + 2);
                        self.pos += 2;
                    }
                    byte if byte == quote => break,
                    b'\\' if break_len(self.bytes, self.pos + 1) > 0 => {
                        pieces.splice(self.pos, "", self.pos);
                        end = self.pos;
                        self.pos += 1;
                        self.skip_break();
                        breaks.new_line = true;
                        break;
                    }
                    b'\\' => {
                        let (at, escaped) = (self.pos, self.escape(start)?);
                        pieces.splice(at, escaped.encode_utf8(&mut [0; 4]), self.pos);
                    }
                    _ => self.pos += 1,
                }
                end = self.pos;
            }
            if !breaks.new_line && self.here() == quote {
                break;
            }
            if breaks.new_line && self.here() == quote {
                pieces.piece = self.pos;
                break;
            }
            loop {
                if is_blank(self.here()) {
                    self.pos += 1;
                } else if break_len(self.bytes, self.pos) > 0 {
                    let line_break = self.read_break();
                    breaks.add(line_break);
                } else {
                    break;
                }
            }
            if breaks.new_line {
                pieces.splice(end, &breaks.folded(), self.pos);
            }
        }
        let text = pieces.finish(self.pos);
        self.pos += 1;
        self.push_scalar(text, style, start, self.pos);
        Ok(())
    }

    /// The character that an escape stands for; goes behind it.
    fn escape(&mut self, start: super::token::Mark) -> Scan<char> {
        let digits = match self.ahead(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            byte => {
                let Some(escaped) = simple_escape(byte) else {
                    return self.fail("found unknown escape character", start);
                };
                self.pos += 2;
                return Ok(escaped);
            }
        };
        self.pos += 2;
        let mut value = 0u32;
        for i in 0..digits {
            let Some(digit) = char::from(self.ahead(i)).to_digit(16) else {
                return self.fail("did not find expected hexdecimal number", start);
            };
            value = value << 4 | digit;
        }
        let Some(escaped) = char::from_u32(value) else {
            return self.fail("found invalid Unicode character escape code", start);
        };
        self.pos += digits;
        Ok(escaped)
    }

    pub(super) fn push_scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        start: super::token::Mark,
        end: usize,
    ) {
        let behind = std::mem::replace(&mut self.pos, end);
        self.push(TokenKind::Scalar(text, style), start);
        self.pos = behind;
    }
}

/// The escapes of one letter. `\/` is not among them: both Go libraries refuse it.
fn simple_escape(byte: u8) -> Option<char> {
    Some(match byte {
        b'0' => '\0',
        b'a' => '\x07',
        b'b' => '\x08',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\x0B',
        b'f' => '\x0C',
        b'r' => '\r',
        b'e' => '\x1B',
        b' ' => ' ',
        b'"' => '"',
        b'\'' => '\'',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
