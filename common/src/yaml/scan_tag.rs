//! Tags and the directives `%YAML` and `%TAG`.

use std::borrow::Cow;

use super::chars::{is_blank, is_blank_or_end, is_break_or_end, is_name};
use super::scan::Scanner;
use super::token::{Mark, Scan, TokenKind};

impl<'s> Scanner<'s> {
    /// The name of an anchor, a directive or a handle from here on; may be empty.
    pub(super) fn name(&mut self) -> &'s str {
        let start = self.pos;
        while is_name(self.here()) {
            self.pos += 1;
        }
        &self.text[start..self.pos]
    }

    pub(super) fn scan_tag(&mut self) -> Scan<()> {
        let start = self.mark();
        let (handle, suffix);
        if self.ahead(1) == b'<' {
            self.pos += 2;
            suffix = self.uri("", start)?;
            handle = "";
            if self.here() != b'>' {
                return self.fail("did not find the expected '>'", start);
            }
            self.pos += 1;
        } else {
            let first = self.tag_handle(start)?;
            if first.len() > 1 && first.ends_with('!') {
                handle = first;
                suffix = self.uri("", start)?;
            } else {
                let rest = self.uri(first, start)?;
                // A lone `!` is a tag of its own, without handle.
                (handle, suffix) = if rest.is_empty() { ("", Cow::Borrowed("!")) } else { ("!", rest) };
            }
        }
        if !is_blank_or_end(self.bytes, self.pos) {
            return self.fail("did not find expected whitespace or line break", start);
        }
        self.push(TokenKind::Tag { handle, suffix }, start);
        Ok(())
    }

    /// `!`, `!!`, `!name!`, or the beginning of a tag without handle.
    fn tag_handle(&mut self, start: Mark) -> Scan<&'s str> {
        if self.here() != b'!' {
            return self.fail("did not find expected '!'", start);
        }
        let from = self.pos;
        self.pos += 1;
        self.name();
        if self.here() == b'!' {
            self.pos += 1;
        }
        Ok(&self.text[from..self.pos])
    }

    /// The characters of a tag, percent escapes decoded, behind what of it is read already (without its `!`).
    fn uri(&mut self, head: &'s str, start: Mark) -> Scan<Cow<'s, str>> {
        let from = self.pos;
        let head_text = head.strip_prefix('!').unwrap_or(head);
        let mut decoded: Option<Vec<u8>> = None;
        loop {
            match self.here() {
                b'%' => {
                    let bytes =
                        decoded.get_or_insert_with(|| [head_text.as_bytes(), &self.bytes[from..self.pos]].concat());
                    let mut bytes = std::mem::take(bytes);
                    self.uri_escape(&mut bytes, start)?;
                    decoded = Some(bytes);
                }
                byte if is_name(byte) || b";/?:@&=+$,.!~*'()[]".contains(&byte) => {
                    self.pos += 1;
                    if let Some(decoded) = &mut decoded {
                        decoded.push(byte);
                    }
                }
                _ => break,
            }
        }
        if head.is_empty() && from == self.pos {
            return self.fail("did not find expected tag URI", start);
        }
        match decoded {
            Some(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned().into()),
            None => Ok(Cow::Borrowed(&self.text[from - head_text.len()..self.pos])),
        }
    }

    /// One character as percent escapes of its UTF-8 bytes.
    fn uri_escape(&mut self, out: &mut Vec<u8>, start: Mark) -> Scan<()> {
        let mut left = None;
        while left != Some(0) {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let octet = match (self.here(), digit(self.ahead(1)), digit(self.ahead(2))) {
                (b'%', Some(high), Some(low)) => (high << 4 | low) as u8,
                _ => return self.fail("did not find URI escaped octet", start),
            };
            let width = match left {
                Some(left) if octet & 0xC0 == 0x80 => left,
                Some(_) => return self.fail("found an incorrect trailing UTF-8 octet", start),
                None if octet & 0x80 == 0 => 1,
                None if octet & 0xE0 == 0xC0 => 2,
                None if octet & 0xF0 == 0xE0 => 3,
                None if octet & 0xF8 == 0xF0 => 4,
                None => return self.fail("found an incorrect leading UTF-8 octet", start),
            };
            out.push(octet);
            self.pos += 3;
            left = Some(width - 1);
        }
        Ok(())
    }

    pub(super) fn scan_directive(&mut self, start: Mark) -> Scan<()> {
        self.pos += 1;
        let name = self.name();
        if name.is_empty() {
            return self.fail("could not find expected directive name", start);
        }
        if !is_blank_or_end(self.bytes, self.pos) {
            return self.fail("found unexpected non-alphabetical character", start);
        }
        self.skip_blanks();
        let kind = match name {
            "YAML" => self.version(start)?,
            "TAG" => self.tag_directive(start)?,
            _ => return self.fail("found unknown directive name", start),
        };
        self.push(kind, start);
        self.skip_blanks();
        if self.here() == b'#' {
            self.comment();
        }
        if !is_break_or_end(self.bytes, self.pos) {
            return self.fail("did not find expected comment or line break", start);
        }
        self.skip_break();
        Ok(())
    }

    fn version(&mut self, start: Mark) -> Scan<TokenKind<'s>> {
        let major = self.version_number(start)?;
        if self.here() != b'.' {
            return self.fail("did not find expected digit or '.' character", start);
        }
        self.pos += 1;
        Ok(TokenKind::Version(major, self.version_number(start)?))
    }

    fn version_number(&mut self, start: Mark) -> Scan<u8> {
        let digits = self.bytes[self.pos..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        match digits {
            0 => return self.fail("did not find expected version number", start),
            3 => return self.fail("found extremely long version number", start),
            _ => {}
        }
        let number = self.text[self.pos..self.pos + digits].parse().unwrap_or_default();
        self.pos += digits;
        Ok(number)
    }

    fn tag_directive(&mut self, start: Mark) -> Scan<TokenKind<'s>> {
        let handle = self.tag_handle(start)?;
        if handle != "!" && !handle.ends_with('!') {
            return self.fail("did not find expected '!'", start);
        }
        if !is_blank(self.here()) {
            return self.fail("did not find expected whitespace", start);
        }
        self.skip_blanks();
        let prefix = self.uri("", start)?;
        if !is_blank_or_end(self.bytes, self.pos) {
            return self.fail("did not find expected whitespace or line break", start);
        }
        Ok(TokenKind::TagDirective { handle, prefix })
    }
}
