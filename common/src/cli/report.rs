//! Findings as text, in the look of rustc:
//!
//! ```text
//! error[group/rule]: the fact
//!   --> file.yaml:48
//! 48 |     - fileName: a.yaml
//!    |       ^^^^^^^^ label
//!    = a note
//!    = fix: what to do
//! ```
//!
//! The crate annotate-snippets draws an empty line above each excerpt and names every note, so it cannot give this
//! look; a [`Place`] already carries its line, which leaves little to do.

use std::fmt::Write;

use super::{Paint, count, paint::Tone};
use crate::finding::{Finding, Level};
use crate::yaml::Place;

/// Longer source lines are cut around the marked spot.
const MAX_EXCERPT: usize = 100;

/// All findings, one after the other.
pub fn findings(findings: &[Finding], paint: Paint) -> String {
    let mut text = String::new();
    for finding in findings {
        one(finding, paint, &mut text);
    }
    text
}

/// "1 error, 2 warnings".
pub fn tally(errors: usize, warnings: usize) -> String {
    format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
}

fn one(finding: &Finding, paint: Paint, text: &mut String) {
    let (tone, word) = match finding.level {
        Level::Error => (Tone::Error, "error"),
        Level::Warning => (Tone::Warning, "warning"),
        Level::Info => (Tone::Good, "info"),
    };
    let head = paint.tone(tone, &format!("{word}[{}]", finding.id));
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{head}: {}", paint.name(&printable(&finding.fact)));
    let gutter = finding.place.as_ref().map_or(1, |place| place.line.to_string().len());
    if let Some(place) = &finding.place {
        excerpt(place, finding.label.as_deref(), gutter, (tone, paint), text);
    }
    let fix = finding.fix.iter().map(|fix| format!("fix: {fix}"));
    for note in finding.notes.iter().cloned().chain(fix) {
        let mut lines = note.lines();
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(text, "{:gutter$} {} {}", "", paint.tone(Tone::Quiet, "="), printable(first));
        for line in lines {
            let _ = writeln!(text, "{:gutter$}   {}", "", printable(line));
        }
    }
}

fn excerpt(place: &Place, label: Option<&str>, gutter: usize, (tone, paint): (Tone, Paint), text: &mut String) {
    let _ = writeln!(text, "{:gutter$}{} {}:{}", "", paint.tone(Tone::Quiet, "-->"), place.file, place.line);
    if place.excerpt.trim().is_empty() {
        if let Some(label) = label {
            let _ = writeln!(text, "{:gutter$} {} {label}", "", paint.tone(Tone::Quiet, "="));
        }
        return;
    }
    let (line, column) = window(&place.excerpt, place.column as usize);
    let room = line.chars().count().saturating_sub(column - 1).max(1);
    let marks = "^".repeat((place.width as usize).clamp(1, room));
    let before: String = line.chars().take(column - 1).map(blank).collect();
    let label = label.map(|label| format!(" {}", printable(label))).unwrap_or_default();
    let bar = paint.tone(Tone::Quiet, "|");
    let _ = writeln!(text, "{} {bar} {}", place.line, printable(&line));
    let _ = writeln!(text, "{:gutter$} {bar} {before}{}", "", paint.tone(tone, &format!("{marks}{label}")));
}

/// The part of a long line around a column, with the column in it.
fn window(line: &str, column: usize) -> (String, usize) {
    let length = line.chars().count();
    let column = column.clamp(1, length + 1);
    if length <= MAX_EXCERPT {
        return (line.to_owned(), column);
    }
    let start = (column - 1).saturating_sub(MAX_EXCERPT / 4);
    let mut part: String = line.chars().skip(start).take(MAX_EXCERPT).collect();
    if start + MAX_EXCERPT < length {
        part.push('…');
    }
    match start {
        0 => (part, column),
        _ => (format!("…{part}"), column - start + 1),
    }
}

/// What stands above a caret so that both have the same width: a tab stays a tab, a wide character is two blanks.
fn blank(c: char) -> String {
    match c {
        '\t' => "\t".into(),
        c if wide(c) => "  ".into(),
        _ => " ".into(),
    }
}

/// East Asian wide blocks and emoji, roughly as terminals draw them.
fn wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// The text without characters that would steer the reader's terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, column: u32, width: u32, excerpt: &str) -> Place {
        Place { file: "policies/a.yaml".into(), line, column, width, excerpt: excerpt.into() }
    }

    #[test]
    fn a_finding_has_the_look_of_rustc() {
        let finding = Finding::error("policy/wave-mismatch", "policy \"sub\" mixes deploy waves 1 and 2")
            .at(place(48, 7, 1, "    - fileName: Sub.yaml"))
            .label("wave 2; the policy took wave 1 from line 31")
            .note("the generator stops here")
            .fix("move it");
        let expected = "\
error[policy/wave-mismatch]: policy \"sub\" mixes deploy waves 1 and 2
  --> policies/a.yaml:48
48 |     - fileName: Sub.yaml
   |       ^ wave 2; the policy took wave 1 from line 31
   = the generator stops here
   = fix: move it
";
        assert_eq!(findings(&[finding], Paint::plain()), expected);
    }

    #[test]
    fn wide_characters_and_tabs_keep_the_caret_in_place() {
        let finding = Finding::warning("a/b", "x").at(place(1, 6, 99, "日本\t: wert"));
        let text = findings(&[finding], Paint::plain());
        assert!(text.ends_with("1 | 日本\t: wert\n  |     \t  ^^^^\n"), "{text}");
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_are_shown() {
        let line = format!("{}needle{}", "a".repeat(200), "\u{1b}".repeat(200));
        let text = findings(&[Finding::error("a/b", "x").at(place(1, 201, 6, &line))], Paint::plain());
        assert!(text.lines().all(|l| l.chars().count() < 120) && !text.contains('\u{1b}'), "{text}");
        let at = |c: &str| text.lines().find_map(|l| l.find(c).map(|i| l[..i].chars().count()));
        assert_eq!(at("needle"), at("^^^^^^"));
    }
}
