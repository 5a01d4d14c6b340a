//! Keys that are only known to be keys when their colon comes, and the indentation that opens and closes block
//! collections.

use super::Span;
use super::scan::{MAX_DEPTH, Scanner, SimpleKey, Stop, Token, TokenKind};

/// A key without `?` ends at most this far behind its beginning.
const SIMPLE_KEY_REACH: usize = 1024;

impl<'s> Scanner<'s> {
    pub(super) fn still_valid(&mut self, level: usize) -> Result<bool, Stop> {
        let key = self.simple_keys[level];
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < self.mark.line || key.mark.at + SIMPLE_KEY_REACH < self.mark.at {
            if key.required {
                return Err(Stop { message: "could not find expected ':'", at: key.mark.at });
            }
            self.simple_keys[level].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn save_simple_key(&mut self) -> Result<(), Stop> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        let required = self.flow_level == 0 && self.indent == self.mark.column;
        self.remove_simple_key()?;
        if let Some(key) = self.simple_keys.last_mut() {
            *key = SimpleKey { possible: true, required, token: self.taken + self.tokens.len(), mark: self.mark };
        }
        Ok(())
    }

    pub(super) fn remove_simple_key(&mut self) -> Result<(), Stop> {
        if let Some(key) = self.simple_keys.last_mut() {
            if key.possible && key.required {
                return Err(Stop { message: "could not find expected ':'", at: key.mark.at });
            }
            key.possible = false;
        }
        Ok(())
    }

    pub(super) fn roll_indent(
        &mut self,
        column: i32,
        before: Option<usize>,
        kind: TokenKind<'s>,
        at: usize,
    ) -> Result<(), Stop> {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        if self.indents.len() >= MAX_DEPTH {
            return Err(self.stop("collections nest too deeply"));
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token { kind, span: Span { start: at as u32, end: at as u32 } };
        match before {
            Some(number) => self.tokens.insert(number.saturating_sub(self.taken).min(self.tokens.len()), token),
            None => self.tokens.push_back(token),
        }
        Ok(())
    }

    pub(super) fn unroll_indent(&mut self, column: i32) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            let Some(outer) = self.indents.pop() else { return };
            self.push(TokenKind::BlockEnd, self.mark.at);
            self.indent = outer;
        }
    }
}
