//! Block scalars: `|` and `>`.

use super::ScalarStyle;
use super::chars::{is_blank, is_break_or_end, line_end};
use super::scan::Scanner;
use super::token::{Mark, Scan};

/// What happens to the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// `-`: none is left.
    Strip,
    /// One is left.
    Clip,
    /// `+`: all are left.
    Keep,
}

impl<'s> Scanner<'s> {
    pub(super) fn scan_block_scalar(&mut self) -> Scan<()> {
        let start = self.mark();
        let style = if self.here() == b'|' { ScalarStyle::Literal } else { ScalarStyle::Folded };
        self.pos += 1;
        let (chomping, increment) = self.block_header(start)?;
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let mut end = self.pos;

        let mut text = String::new();
        let mut last_break = "";
        let mut breaks = String::new();
        let mut after_blank = false;
        self.block_breaks(&mut indent, &mut breaks, start)?;
        while self.column() == indent && self.here() != 0 {
            let blank = is_blank(self.here());
            if style == ScalarStyle::Folded && !after_blank && !blank && last_break == "\n" {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(last_break);
            }
            text.push_str(&breaks);
            breaks.clear();
            after_blank = blank;
            let line = self.pos;
            self.pos = line_end(self.bytes, line);
            text.push_str(&self.text[line..self.pos]);
            end = self.pos;
            last_break = self.read_break();
            self.block_breaks(&mut indent, &mut breaks, start)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(last_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&breaks);
        }
        self.push_scalar(text.into(), style, start, end);
        Ok(())
    }

    /// What follows the `|` or `>`, up to and with the line break.
    fn block_header(&mut self, start: Mark) -> Scan<(Chomping, i32)> {
        let mut chomping = Chomping::Clip;
        let mut increment = 0;
        for _ in 0..2 {
            match self.here() {
                byte @ (b'+' | b'-') if chomping == Chomping::Clip => {
                    chomping = if byte == b'+' { Chomping::Keep } else { Chomping::Strip };
                    self.pos += 1;
                }
                b'0' if increment == 0 => return self.fail("found an indentation indicator equal to 0", start),
                byte @ b'1'..=b'9' if increment == 0 => {
                    increment = i32::from(byte - b'0');
                    self.pos += 1;
                }
                _ => break,
            }
        }
        self.skip_blanks();
        if self.here() == b'#' {
            self.comment();
        }
        if !is_break_or_end(self.bytes, self.pos) {
            return self.fail("did not find expected comment or line break", start);
        }
        self.skip_break();
        Ok((chomping, increment))
    }

    /// Goes over indentation and empty lines; finds the indentation (`indent` is 0) by the deepest line before text.
    fn block_breaks(&mut self, indent: &mut i32, breaks: &mut String, start: Mark) -> Scan<()> {
        let mut deepest = 0;
        loop {
            while (*indent == 0 || self.column() < *indent) && self.here() == b' ' {
                self.pos += 1;
            }
            deepest = deepest.max(self.column());
            if (*indent == 0 || self.column() < *indent) && self.here() == b'\t' {
                return self.fail("found a tab character where an indentation space is expected", start);
            }
            match self.read_break() {
                "" => break,
                line_break => breaks.push_str(line_break),
            }
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }
}
