//! How a single text or number is written, by the rules of yaml.v3 3.0.1 (`encode.go`, `emitterc.go`).

use super::resolve::{self, Resolved};

/// The form a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// Bytes that need no second look wherever they stand in a plain text that begins with a letter.
const HARMLESS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 256 {
        let c = i as u8;
        table[i] =
            c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b'/' | b'=' | b'+' | b'(' | b')' | b';');
        i += 1;
    }
    table
};

/// The form that yaml.v3 chooses outside flow collections.
pub(super) fn style(text: &str) -> Style {
    let bytes = text.as_bytes();
    let harmless_start = bytes.first().is_some_and(|c| c.is_ascii_alphabetic());
    if harmless_start && bytes.iter().all(|c| HARMLESS[*c as usize]) {
        return if is_plain_text(text) { Style::Plain } else { Style::DoubleQuoted };
    }
    let shape = Shape::of(text);
    if text.contains('\n') {
        return if shape.block_allowed { Style::Literal } else { Style::DoubleQuoted };
    }
    if !is_plain_text(text) {
        return Style::DoubleQuoted;
    }
    match (shape.plain_allowed, shape.single_allowed) {
        (true, _) => Style::Plain,
        (false, true) => Style::SingleQuoted,
        (false, false) => Style::DoubleQuoted,
    }
}

/// Whether a plain `text` is read as a text by yaml.v3 and by YAML 1.1 readers.
fn is_plain_text(text: &str) -> bool {
    match text.as_bytes() {
        // No word of another type that begins with a letter is longer than `false`.
        [b'a'..=b'z' | b'A'..=b'Z', ..] if text.len() > 5 => true,
        [b'a'..=b'z' | b'A'..=b'Z', ..] => resolve::old_bool(text).is_none() && resolve::plain(text) == Resolved::Text,
        b"=" => false,
        _ => resolve::plain(text) == Resolved::Text && !is_base60(text),
    }
}

/// `1:30`, which YAML 1.1 reads as 90.
fn is_base60(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let sixty = |part: &str| matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
    whole.contains(':')
        && first.starts_with(|c: char| c.is_ascii_digit())
        && first.bytes().all(|c| c.is_ascii_digit() || c == b'_')
        && parts.all(sixty)
        && fraction.bytes().all(|c| c.is_ascii_digit() || c == b'_')
}

/// What the characters of a text allow (`yaml_emitter_analyze_scalar`).
struct Shape {
    plain_allowed: bool,
    single_allowed: bool,
    block_allowed: bool,
}

impl Shape {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let first = bytes.first().copied().unwrap_or_default();
        let blank_at = |i: usize| matches!(bytes.get(i), None | Some(b' ' | b'\t'));
        let mut indicator = text.starts_with("---") || text.starts_with("...");
        indicator |= b"#,[]{}&*!|>'\"%@`".contains(&first) || (b"?:-".contains(&first) && blank_at(1));
        let (mut special, mut tab, mut other_break) = (false, false, false);
        for (i, c) in bytes.iter().copied().enumerate() {
            match c {
                b':' => indicator |= blank_at(i + 1),
                b'#' => indicator |= i > 0 && matches!(bytes[i - 1], b' ' | b'\t' | b'\n'),
                b'\t' => tab = true,
                b'\n' | 0x20..=0x7e => {}
                0xe2 => other_break |= text[i..].starts_with(['\u{2028}', '\u{2029}']),
                0x80..=0xbf => {}
                _ => special |= !is_printable(&bytes[i..]),
            }
        }
        let outer_space = first == b' ' || text.ends_with(' ');
        let outer_break = first == b'\n' || text.ends_with('\n');
        let space_break = text.contains(" \n");
        let break_space = text.contains("\n ");
        let hard = special || other_break || space_break;
        Self {
            plain_allowed: !(indicator || outer_space || outer_break || break_space || hard || tab),
            single_allowed: !(break_space || hard || tab),
            block_allowed: !(text.ends_with(' ') || hard || first == b'\n'),
        }
    }
}

/// `is_printable` of yaml.v3 for the character that begins `bytes`, ASCII between blank and tilde left out: characters
/// beyond the basic plane are not.
fn is_printable(bytes: &[u8]) -> bool {
    match bytes {
        [0xc2, second, ..] => *second >= 0xa0,
        [0xc3..=0xec | 0xee, ..] => true,
        [0xed, second, ..] => *second < 0xa0,
        [0xef, 0xbb, 0xbf, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => false,
        [0xef, ..] => true,
        _ => false,
    }
}

/// Writes a text that stands on one line.
pub(super) fn write(text: &str, style: Style, out: &mut String) {
    match style {
        Style::Plain => out.push_str(text),
        Style::SingleQuoted => {
            out.push('\'');
            for (i, part) in text.split('\'').enumerate() {
                if i > 0 {
                    out.push_str("''");
                }
                out.push_str(part);
            }
            out.push('\'');
        }
        Style::DoubleQuoted | Style::Literal => double_quoted(text, out),
    }
}

/// `"text"` with everything escaped that is not printable.
pub(super) fn double_quoted(text: &str, out: &mut String) {
    use std::fmt::Write;
    out.push('"');
    for c in text.chars() {
        let mut buffer = [0; 4];
        let escape = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\0' => "\\0",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\u{b}' => "\\v",
            '\u{c}' => "\\f",
            '\r' => "\\r",
            '\u{1b}' => "\\e",
            '\u{85}' => "\\N",
            '\u{2028}' => "\\L",
            '\u{2029}' => "\\P",
            ' '..='~' => c.encode_utf8(&mut buffer),
            _ if is_printable(c.encode_utf8(&mut buffer).as_bytes()) => c.encode_utf8(&mut buffer),
            _ => {
                let code = u32::from(c);
                // Writing to a String cannot fail.
                let _ = match code {
                    0..=0xff => write!(out, "\\x{code:02X}"),
                    0x100..=0xffff => write!(out, "\\u{code:04X}"),
                    _ => write!(out, "\\U{code:08X}"),
                };
                continue;
            }
        };
        out.push_str(escape);
    }
    out.push('"');
}

/// `|` and the lines of a text, which must allow it (see [`style`]); no break behind the last line.
pub(super) fn literal(text: &str, outer: usize, inner: usize, out: &mut String) {
    out.push('|');
    if text.starts_with(' ') {
        // yaml.v3 always writes 4 here, which is wrong inside lists and misread by everybody.
        out.push_str(&(inner - outer).to_string());
    }
    if !text.ends_with('\n') {
        out.push('-');
    } else if text.ends_with("\n\n") {
        out.push('+');
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    out.reserve(body.len() + inner * 32);
    for line in Lines(Some(body)) {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', inner));
            out.push_str(line);
        }
    }
}

/// `str::split('\n')` on memchr.
struct Lines<'t>(Option<&'t str>);

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.0?;
        match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(i) => {
                self.0 = Some(&rest[i + 1..]);
                Some(&rest[..i])
            }
            None => {
                self.0 = None;
                Some(rest)
            }
        }
    }
}

/// A float as Go's `strconv.FormatFloat(f, 'g', -1, 64)`, with YAML's names for what is not a number.
pub(super) fn float(f: f64) -> String {
    float_of(f, &format!("{f:e}"))
}

/// The same at the precision of 32 bits, in which sigs.k8s.io/yaml prints keys.
pub(super) fn short_float(f: f64) -> String {
    float_of(f, &format!("{:e}", f as f32))
}

/// From the shortest scientific form at the precision that is wanted.
fn float_of(f: f64, scientific: &str) -> String {
    if f.is_nan() {
        return ".nan".into();
    }
    if f.is_infinite() {
        return if f > 0.0 { ".inf" } else { "-.inf" }.into();
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // For the shortest form Go decides as if the precision were 6 (`strconv/ftoa.go`).
    if (-4..6).contains(&exponent) {
        return scientific.parse::<f64>().unwrap_or(f).to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// `!!binary` and base64, as yaml.v3 writes texts that are not UTF-8.
pub(super) fn binary(bytes: &[u8]) -> String {
    use base64::Engine;
    format!("!!binary {}", base64::engine::general_purpose::STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_line(text: &str) -> String {
        let mut out = String::new();
        write(text, style(text), &mut out);
        out
    }

    #[test]
    fn what_a_reader_could_take_for_another_type_is_quoted() {
        for text in [
            "",
            "yes",
            "No",
            "y",
            "off",
            "true",
            "null",
            "~",
            "1",
            "0x1f",
            "1_000",
            "1:30",
            "2024-01-02",
            "1e3",
            ".5",
            "<<",
            "0o7",
        ] {
            assert_eq!(one_line(text), format!("\"{text}\""));
        }
        for text in
            ["a", "yesterday", "1.2.3", "v1", "4.20.1", "a b", "a:b", "a#b", "-x", "::1", "08:zz", "$mcp", "0755x"]
        {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn indicators_take_single_quotes_and_control_characters_double() {
        assert_eq!(one_line("*"), "'*'");
        assert_eq!(one_line("a: b"), "'a: b'");
        assert_eq!(one_line("{it's}"), "'{it''s}'");
        assert_eq!(one_line(" a"), "' a'");
        assert_eq!(one_line("a\tb"), "\"a\\tb\"");
        assert_eq!(one_line("ü\u{1F600}\r"), "\"ü\\U0001F600\\r\"");
        assert_eq!(style("\nfirst break"), Style::DoubleQuoted);
        assert_eq!(style("blank before \n the break"), Style::DoubleQuoted);
    }

    #[test]
    fn floats_as_go_prints_them() {
        for (f, text) in [
            (1.0, "1"),
            (0.1, "0.1"),
            (100000.0, "100000"),
            (1e6, "1e+06"),
            (12345678.5, "1.23456785e+07"),
            (1e21, "1e+21"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0"),
            (f64::NEG_INFINITY, "-.inf"),
        ] {
            assert_eq!(float(f), text);
        }
    }
}
