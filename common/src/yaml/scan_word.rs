//! The tokens that are words of their own: directives, anchors, aliases and tags.

use std::borrow::Cow;

use super::scan::{Scanner, Stop, TokenKind};

impl<'s> Scanner<'s> {
    pub(super) fn directive(&mut self) -> Result<(), Stop> {
        let start = self.mark.at;
        self.skip();
        let name = self.word();
        if name.is_empty() {
            return Err(self.stop("could not find expected directive name"));
        }
        if !self.is_blank_break_or_end(0) {
            return Err(self.stop("found unexpected non-alphabetical character"));
        }
        let kind = match name {
            "YAML" => self.version()?,
            "TAG" => self.tag_directive()?,
            _ => return Err(self.stop("found unknown directive name")),
        };
        self.push(kind, start);
        self.skip_to_line_end()
    }

    fn version(&mut self) -> Result<TokenKind<'s>, Stop> {
        self.skip_blanks();
        let major = self.digits();
        if major.is_empty() || self.byte(0) != b'.' {
            return Err(self.stop("did not find expected digit or '.' character"));
        }
        self.skip();
        let minor = self.digits();
        if minor.is_empty() {
            return Err(self.stop("did not find expected version number"));
        }
        let one = |number: &str| number.trim_start_matches('0') == "1";
        Ok(TokenKind::VersionDirective { supported: one(major) && one(minor) })
    }

    fn tag_directive(&mut self) -> Result<TokenKind<'s>, Stop> {
        self.skip_blanks();
        let handle = self.tag_handle()?;
        if handle != "!" && !handle.ends_with('!') {
            return Err(self.stop("did not find expected '!'"));
        }
        if !self.is_blank(0) {
            return Err(self.stop("did not find expected whitespace"));
        }
        self.skip_blanks();
        let prefix = self.tag_uri()?;
        if prefix.is_empty() {
            return Err(self.stop("did not find expected tag URI"));
        }
        if !self.is_blank_break_or_end(0) {
            return Err(self.stop("did not find expected whitespace or line break"));
        }
        Ok(TokenKind::TagDirective { handle, prefix })
    }

    pub(super) fn anchor(&mut self, alias: bool) -> Result<(), Stop> {
        let start = self.mark.at;
        self.skip();
        let name = self.word();
        if name.is_empty() || !(self.is_blank_break_or_end(0) || b"?:,]}%@`".contains(&self.byte(0))) {
            return Err(self.stop("did not find expected alphabetic or numeric character"));
        }
        self.push(if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) }, start);
        Ok(())
    }

    pub(super) fn tag(&mut self) -> Result<(), Stop> {
        let start = self.mark.at;
        let kind = if self.byte(1) == b'<' {
            self.advance(2);
            let suffix = self.tag_uri()?;
            if suffix.is_empty() {
                return Err(self.stop("did not find expected tag URI"));
            }
            if self.byte(0) != b'>' {
                return Err(self.stop("did not find the expected '>'"));
            }
            self.skip();
            TokenKind::Tag { handle: "", suffix }
        } else {
            let head = self.tag_handle()?;
            if head.len() > 1 && head.ends_with('!') {
                let suffix = self.tag_uri()?;
                if suffix.is_empty() {
                    return Err(self.stop("did not find expected tag URI"));
                }
                TokenKind::Tag { handle: head, suffix }
            } else {
                let rest = self.tag_uri()?;
                let suffix = &head[1..];
                match (suffix.is_empty(), rest.is_empty()) {
                    (true, true) => TokenKind::Tag { handle: "", suffix: "!".into() },
                    (true, false) => TokenKind::Tag { handle: "!", suffix: rest },
                    (false, _) => TokenKind::Tag { handle: "!", suffix: (suffix.to_owned() + &rest).into() },
                }
            }
        };
        if !self.is_blank_break_or_end(0) {
            return Err(self.stop("did not find expected whitespace or line break"));
        }
        self.push(kind, start);
        Ok(())
    }

    /// `!`, `!word` or `!word!`.
    fn tag_handle(&mut self) -> Result<&'s str, Stop> {
        let start = self.mark.at;
        if self.byte(0) != b'!' {
            return Err(self.stop("did not find expected '!'"));
        }
        self.skip();
        self.word();
        if self.byte(0) == b'!' {
            self.skip();
        }
        Ok(&self.text[start..self.mark.at])
    }

    fn tag_uri(&mut self) -> Result<Cow<'s, str>, Stop> {
        let start = self.mark.at;
        while self.byte(0).is_ascii_alphanumeric()
            || (self.byte(0) != 0 && b"_-;/?:@&=+$,.!~*'()[]%".contains(&self.byte(0)))
        {
            self.skip();
        }
        let raw = &self.text[start..self.mark.at];
        if !raw.contains('%') {
            return Ok(raw.into());
        }
        let mut decoded = Vec::with_capacity(raw.len());
        let mut rest = raw.as_bytes();
        while let Some((c, after)) = rest.split_first() {
            rest = after;
            if *c != b'%' {
                decoded.push(*c);
                continue;
            }
            let hex =
                rest.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
            let Some(octet) = hex else { return Err(self.stop("did not find URI escaped octet")) };
            decoded.push(octet);
            rest = &rest[2..];
        }
        String::from_utf8(decoded).map(Cow::Owned).map_err(|_| self.stop("found an incorrect UTF-8 octet in a tag"))
    }

    fn word(&mut self) -> &'s str {
        self.run(|c| c.is_ascii_alphanumeric() || c == b'_' || c == b'-')
    }

    fn digits(&mut self) -> &'s str {
        self.run(|c| c.is_ascii_digit())
    }

    fn skip_blanks(&mut self) {
        self.run(|c| c == b' ' || c == b'\t');
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'s str {
        let start = self.mark.at;
        let len = self.bytes[start..].iter().take_while(|c| belongs(**c)).count();
        self.advance(len);
        &self.text[start..start + len]
    }

    /// Behind a directive or a block indicator: blanks, maybe a comment, and the line's end.
    pub(super) fn skip_to_line_end(&mut self) -> Result<(), Stop> {
        self.skip_blanks();
        if self.byte(0) == b'#' {
            self.comment();
        }
        if !self.is_break_or_end(0) {
            return Err(self.stop("did not find expected comment or line break"));
        }
        self.skip_break();
        Ok(())
    }
}
