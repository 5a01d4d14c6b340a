//! A file's text, and how a byte offset in it becomes a place for people.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A range of bytes in a [`Source`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// A spot in a file, ready to be shown: line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How many characters of the line are meant, at least 1.
    pub width: u32,
    /// The whole line, without its break.
    pub excerpt: Box<str>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The text of one file (UTF-8, without byte order mark), with the name it goes by in messages.
#[derive(Debug)]
pub struct Source {
    name: Arc<str>,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A text that is UTF-8 already.
    pub fn from_text(name: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Self { name: name.into(), text, line_starts: OnceLock::new() }
    }

    /// A file's bytes: UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// The bytes are neither.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, super::Error> {
        let name = name.into();
        let refuse = |message: String, line: u32| super::Error {
            message,
            place: Place { file: name.clone(), line, column: 1, width: 1, excerpt: "".into() },
        };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
            _ => String::from_utf8(bytes).map_err(|e| {
                let good = e.utf8_error().valid_up_to();
                memchr::memchr_iter(b'\n', &e.as_bytes()[..good]).count() as u32 + 1
            }),
        };
        let text = text.map_err(|line| refuse("the text is neither UTF-8 nor UTF-16".into(), line))?;
        let source = Self::from_text(name.clone(), text);
        // yaml.v3 refuses control characters (`readerc.go`).
        let control = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
        // Nearly every file is plain ASCII, which is quick to see.
        let suspicious = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || *b >= 0x7f;
        let found = if source.text.as_bytes().iter().any(suspicious) { source.text.find(control) } else { None };
        match found {
            Some(i) => Err(super::Error {
                message: "control characters are not allowed".into(),
                place: source.place(Span { start: i as u32, end: i as u32 }),
            }),
            None if source.text.len() >= u32::MAX as usize => Err(refuse("the text is larger than 4 GiB".into(), 1)),
            None => Ok(source),
        }
    }

    /// The name in messages.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of a span; "" for a span that is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The place of a span: where it begins, and how far it goes on that line.
    pub fn place(&self, span: Span) -> Place {
        let starts = self.line_starts();
        let start = (span.start as usize).min(self.text.len());
        let index = starts.partition_point(|s| *s as usize <= start).saturating_sub(1);
        let line_start = starts.get(index).map_or(0, |s| *s as usize);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let excerpt = rest.split(['\n', '\r']).next().unwrap_or_default();
        let before = self.text.get(line_start..start).unwrap_or_default();
        let meant = self.slice(Span { start: start as u32, end: span.end.min((line_start + excerpt.len()) as u32) });
        Place {
            file: self.name.clone(),
            line: index as u32 + 1,
            column: before.chars().count() as u32 + 1,
            width: (meant.chars().count() as u32).max(1),
            excerpt: excerpt.into(),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = vec![0];
            starts.extend(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|i| i as u32 + 1));
            starts
        })
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, u32> {
    let units = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_counts_characters_from_one() {
        let source = Source::from_text("a.yaml", "a: 1\nü: zwei\n");
        let place = source.place(Span { start: 9, end: 13 });
        assert_eq!((place.line, place.column, place.width), (2, 4, 4));
        assert_eq!(&*place.excerpt, "ü: zwei");
        assert_eq!(place.to_string(), "a.yaml:2:4");
    }

    #[test]
    fn place_behind_the_end_is_the_last_line() {
        let source = Source::from_text("a.yaml", "a");
        assert_eq!(source.place(Span { start: 99, end: 100 }).line, 1);
    }
}
