//! What libyaml, and with it both Go libraries, takes for blanks and line breaks.
//!
//! Besides `\n` and `\r` three characters break lines: NEL (U+0085), LS (U+2028) and PS (U+2029). A position at or
//! behind the end reads as NUL, which the text itself never contains (control characters are refused before).

/// The byte at a position; NUL behind the end.
#[inline]
pub(super) fn at(bytes: &[u8], i: usize) -> u8 {
    bytes.get(i).copied().unwrap_or(0)
}

/// Space or tab.
#[inline]
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// How many bytes the line break at a position has: 0 when there is none.
#[inline]
pub(super) fn break_len(bytes: &[u8], i: usize) -> usize {
    match at(bytes, i) {
        b'\n' => 1,
        b'\r' if at(bytes, i + 1) == b'\n' => 2,
        b'\r' => 1,
        0xC2 if at(bytes, i + 1) == 0x85 => 2,
        0xE2 if at(bytes, i + 1) == 0x80 && matches!(at(bytes, i + 2), 0xA8 | 0xA9) => 3,
        _ => 0,
    }
}

/// A line break or the end.
#[inline]
pub(super) fn is_break_or_end(bytes: &[u8], i: usize) -> bool {
    at(bytes, i) == 0 || break_len(bytes, i) > 0
}

/// Blank, line break or end.
#[inline]
pub(super) fn is_blank_or_end(bytes: &[u8], i: usize) -> bool {
    is_blank(at(bytes, i)) || is_break_or_end(bytes, i)
}

/// Where the line that holds `from` ends: the position of its break, or the end of the text.
pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = memchr::memchr3(b'\n', b'\r', 0, rest).unwrap_or(rest.len());
    if rest[..len].is_ascii() {
        return from + len;
    }
    memchr::memchr2_iter(0xC2, 0xE2, &rest[..len])
        .map(|i| from + i)
        .find(|i| break_len(bytes, *i) > 0)
        .unwrap_or(from + len)
}

/// ASCII letter, digit, `_` or `-`: what names of anchors, tag handles and directives consist of.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// `---` or `...` in the first column, followed by a blank or the end of the line.
pub(super) fn is_document_indicator(bytes: &[u8], i: usize) -> bool {
    matches!(bytes.get(i..i + 3), Some(b"---" | b"...")) && is_blank_or_end(bytes, i + 3)
}

/// The first character from `from` on that both Go libraries refuse wherever it stands.
pub(super) fn control_character(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    while let Some(byte) = bytes.get(i) {
        let refused = match byte {
            b' '..=b'~' | b'\n' | b'\t' | b'\r' => false,
            0..=0x1F | 0x7F => true,
            0xC2 => matches!(at(bytes, i + 1), 0x80..=0x84 | 0x86..=0x9F),
            0xEF => at(bytes, i + 1) == 0xBF && at(bytes, i + 2) >= 0xBE,
            _ => false,
        };
        if refused {
            return Some(i);
        }
        i += 1;
    }
    None
}
