//! Numbers, times and lists of names in words, and lines within a width.

use ztp_common::cli::columns;
pub use ztp_common::duration::span;

/// `1 cluster`, `2 clusters`: the noun in the singular; only its first word gets the plural when it has several.
pub fn many(number: usize, noun: &str) -> String {
    ztp_common::cli::count(number, noun)
}

/// A text from the hub without characters that would steer the reader's terminal or break a table.
pub fn plain(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// `a, b, c +2 more`: at most so many names.
pub fn listed<S: AsRef<str>>(names: &[S], shown: usize) -> String {
    let head: Vec<String> = names.iter().take(shown).map(|name| plain(name.as_ref())).collect();
    match names.len().saturating_sub(shown) {
        0 => head.join(", "),
        more => format!("{} +{more} more", head.join(", ")),
    }
}

/// `first … last`, or all of them when they are few.
pub fn between(names: &[&str]) -> String {
    match names {
        [first, .., last] if names.len() > 3 => format!("{first} … {last}"),
        _ => names.join(" "),
    }
}

/// Facts side by side in one line, or in more where the width asks for it; no fact is broken.
pub fn flow(parts: &[String], width: Option<u16>) -> String {
    let (mut text, mut column) = (String::new(), 0);
    for part in parts {
        let long = columns(part);
        if column > 0 && width.is_some_and(|width| column + 3 + long > usize::from(width)) {
            text.push_str("\n  ");
            column = 2;
        } else if column > 0 {
            text.push_str("   ");
            column += 3;
        }
        text.push_str(part);
        column += long;
    }
    text.push('\n');
    text
}

/// The text with lines that are too long broken at blanks; what follows is indented as deep as the line, and two more.
/// Lines with a command to be pasted stay whole.
pub fn wrapped(text: &str, width: Option<u16>) -> String {
    let Some(width) = width.map(usize::from).filter(|width| *width > 20) else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len() + 2;
        let is_command = ["next:", "fix:", "= fix:"].iter().any(|word| line.trim_start().starts_with(word));
        let width = if is_command { usize::MAX } else { width };
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            let long = columns(word.trim_end());
            if column > indent && column + long > width {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
            }
            out.push_str(word);
            column += columns(word);
        }
        out.push('\n');
    }
    out
}

/// Each on a line of its own.
pub fn lines(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(&["a", "b", "c"], 2), "a, b +1 more");
        assert_eq!(listed(&["a", "b"], 2), "a, b");
        assert_eq!(between(&["a", "b", "c", "d"]), "a … d");
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(listed(&["a\u{1b}[2Jb\n"], 2), "a\u{fffd}[2Jb\u{fffd}");
    }

    #[test]
    fn facts_are_not_broken() {
        let parts = ["one two".to_owned(), "three four".to_owned()];
        assert_eq!(flow(&parts, Some(20)), "one two   three four\n");
        assert_eq!(flow(&parts, Some(19)), "one two\n  three four\n");
    }

    #[test]
    fn lines_break_at_blanks_and_colours_take_no_room() {
        assert_eq!(wrapped("  one two three four five", Some(21)), "  one two three four\n    five\n");
        assert_eq!(
            wrapped("\u{1b}[1mone two three four\u{1b}[0m ab\n", Some(21)),
            "\u{1b}[1mone two three four\u{1b}[0m ab\n"
        );
        assert_eq!(wrapped("one", None), "one");
    }
}
