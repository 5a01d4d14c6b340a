//! Which token stands at the current position.

use super::chars::{at, is_blank, is_blank_or_end, is_document_indicator};
use super::scan::Scanner;
use super::token::{Mark, Scan, TokenKind};

impl<'s> Scanner<'s> {
    /// Appends the next token to the queue, and those that open or close blocks before it.
    pub(super) fn fetch_next(&mut self) -> Scan<()> {
        let before = self.mark();
        self.skip_to_token();
        self.unroll_indent(self.column(), before);
        let byte = self.here();
        let blank_follows = || is_blank_or_end(self.bytes, self.pos + 1);
        let flow = self.flow_level > 0;
        match byte {
            0 => self.fetch_stream_end(),
            b'%' if self.column() == 0 => self.fetch_directive(),
            b'-' | b'.' if self.column() == 0 && is_document_indicator(self.bytes, self.pos) => {
                let kind = if byte == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
                self.fetch_document_indicator(kind)
            }
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                self.indicator(TokenKind::FlowEntry)
            }
            b'-' if blank_follows() => self.fetch_block_entry(),
            b'?' if flow || blank_follows() => self.fetch_key(),
            b':' if flow || blank_follows() => self.fetch_value(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' | b'>' if !flow => self.fetch_block_scalar(),
            b'\'' | b'"' => self.fetch_quoted(),
            b'-' if !is_blank(self.ahead(1)) => self.fetch_plain(),
            b'?' | b':' if !flow => self.fetch_plain(),
            b'-' | b'?' | b':' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => {
                self.fail("found character that cannot start any token", self.mark())
            }
            _ => self.fetch_plain(),
        }
    }

    fn fetch_stream_end(&mut self) -> Scan<()> {
        if self.column() != 0 {
            self.line += 1;
            self.line_start = self.pos;
        }
        self.unroll_indent(-1, self.mark());
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push(TokenKind::StreamEnd, self.mark());
        Ok(())
    }

    fn fetch_document_indicator(&mut self, kind: TokenKind<'s>) -> Scan<()> {
        self.unroll_indent(-1, self.mark());
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.pos += 3;
        self.push(kind, start);
        Ok(())
    }

    fn indicator(&mut self, kind: TokenKind<'s>) -> Scan<()> {
        let start = self.mark();
        self.pos += 1;
        self.push(kind, start);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'s>) -> Scan<()> {
        self.save_simple_key()?;
        self.increase_flow_level()?;
        self.simple_key_allowed = true;
        self.indicator(kind)
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'s>) -> Scan<()> {
        self.remove_simple_key()?;
        self.decrease_flow_level();
        self.simple_key_allowed = false;
        self.indicator(kind)
    }

    /// Opens a block collection for an indicator that stands for itself, where that is allowed.
    fn open_block(&mut self, kind: TokenKind<'s>, refusal: &'static str) -> Scan<()> {
        if self.flow_level > 0 {
            return Ok(());
        }
        if !self.simple_key_allowed {
            return self.fail(refusal, self.mark());
        }
        self.roll_indent(self.column(), None, kind, self.mark())
    }

    fn fetch_block_entry(&mut self) -> Scan<()> {
        self.open_block(TokenKind::BlockSequenceStart, "block sequence entries are not allowed in this context")?;
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.indicator(TokenKind::BlockEntry)
    }

    fn fetch_key(&mut self) -> Scan<()> {
        self.open_block(TokenKind::BlockMappingStart, "mapping keys are not allowed in this context")?;
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.indicator(TokenKind::Key)?;
        self.skip_tabs_before_comment();
        Ok(())
    }

    fn fetch_value(&mut self) -> Scan<()> {
        let level = self.simple_keys.len() - 1;
        if self.key_is_valid(level)? {
            self.make_key(self.simple_keys[level])?;
            self.simple_key_allowed = false;
        } else {
            self.open_block(TokenKind::BlockMappingStart, "mapping values are not allowed in this context")?;
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.indicator(TokenKind::Value)?;
        self.skip_tabs_before_comment();
        Ok(())
    }

    /// yaml.v3 reads the comment of a token's line at once, tabs before it or not.
    fn skip_tabs_before_comment(&mut self) {
        let blanks = self.bytes[self.pos..].iter().take_while(|byte| is_blank(**byte)).count();
        if at(self.bytes, self.pos + blanks) == b'#' {
            self.pos += blanks;
        }
    }

    fn fetch_quoted(&mut self) -> Scan<()> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        self.scan_quoted()
    }

    fn fetch_plain(&mut self) -> Scan<()> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        self.scan_plain()
    }

    fn fetch_block_scalar(&mut self) -> Scan<()> {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.scan_block_scalar()
    }

    fn fetch_anchor(&mut self, kind: fn(&'s str) -> TokenKind<'s>) -> Scan<()> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.pos += 1;
        let name = self.name();
        let ends = is_blank_or_end(self.bytes, self.pos)
            || matches!(self.here(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return self.fail("did not find expected alphabetic or numeric character", start);
        }
        self.push(kind(name), start);
        Ok(())
    }

    fn fetch_tag(&mut self) -> Scan<()> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        self.scan_tag()
    }

    fn fetch_directive(&mut self) -> Scan<()> {
        self.unroll_indent(-1, self.mark());
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let start: Mark = self.mark();
        self.scan_directive(start)
    }
}
