//! A file's text, and how a byte offset in it becomes a place for people.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::chars::{break_len, line_end};

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
        let text = match bytes.get(..2) {
            Some([0xFF, 0xFE]) => from_utf16(&bytes[2..], u16::from_le_bytes),
            Some([0xFE, 0xFF]) => from_utf16(&bytes[2..], u16::from_be_bytes),
            _ => String::from_utf8(bytes).map_err(|error| {
                let bad = error.utf8_error().valid_up_to();
                let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..bad]).count();
                (line as u32 + 1, "the file is not UTF-8, convert it")
            }),
        };
        text.map(|text| Self::from_text(name.clone(), text)).map_err(|(line, message)| super::Error {
            message: message.into(),
            place: Place { file: name, line, column: 1, width: 1, excerpt: "".into() },
        })
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

    /// The line of an offset, from 1.
    pub(super) fn line_of(&self, offset: u32) -> u32 {
        self.line_starts().partition_point(|start| *start <= offset) as u32
    }

    /// The place of the text of a line (from 1; the last one if there are fewer), without its indentation.
    pub(super) fn place_of_line(&self, line: u32) -> Place {
        let starts = self.line_starts();
        let index = (line.max(1) as usize - 1).min(starts.len() - 1);
        let rest = self.text.get(starts[index] as usize..).unwrap_or_default();
        let content = &rest[..line_end(rest.as_bytes(), 0)];
        let indentation = content.len() - content.trim_start_matches([' ', '\t']).len();
        let start = starts[index] + indentation as u32;
        self.place(Span { start, end: starts[index] + content.len() as u32 })
    }

    /// Where lines begin; there is always one. What breaks a line is what Go counts: CR, NEL, LS and PS as well.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let other_breaks = memchr::memchr(b'\r', bytes).is_some() || !bytes.is_ascii();
            let mut starts = vec![0];
            if other_breaks {
                let ends = (0..bytes.len()).filter(|i| bytes[*i] != b'\n' || *i == 0 || bytes[*i - 1] != b'\r');
                starts.extend(ends.filter_map(|i| match break_len(bytes, i) {
                    0 => None,
                    len => Some((i + len) as u32),
                }));
            } else {
                starts.extend(memchr::memchr_iter(b'\n', bytes).map(|i| i as u32 + 1));
            }
            starts
        })
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, (u32, &'static str)> {
    let refused = (1, "the file is not valid UTF-16, convert it to UTF-8");
    if bytes.len() % 2 != 0 {
        return Err(refused);
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| refused)
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
