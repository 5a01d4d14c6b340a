//! One changed field in a few lines.

use crate::diff::fields::{FieldChange, json};
use crate::yaml::Value;

/// What is longer is cut, or shown item by item.
const WIDTH: usize = 60;
/// How many lines one field may take.
const LINES: usize = 16;

/// The lines of a field: `path: old → new`, or the path and a `-`/`+` line for each line or item that differs.
pub fn lines(change: &FieldChange) -> Vec<String> {
    let path = if change.path.is_empty() { "(whole)" } else { &change.path };
    let path = &if change.decoded { format!("{path} (decoded)") } else { path.to_owned() };
    if change.decoded && (change.old.is_none() || change.new.is_none()) {
        let lines = |value: &Option<Value>| value.as_ref().and_then(parts).unwrap_or_default();
        let (old, new) = (lines(&change.old), lines(&change.new));
        if !old.is_empty() || !new.is_empty() {
            return listed(path, &old, &new);
        }
    }
    if let (Some(old), Some(new)) = (&change.old, &change.new) {
        if let (Some(old), Some(new)) = (parts(old), parts(new)) {
            return listed(path, &old, &new);
        }
        let (old, new) = (short(old), short(new));
        return vec![format!("{path}: {old} -> {new}")];
    }
    match (&change.old, &change.new) {
        (Some(old), None) => vec![format!("{path}: {} -> (none)", short(old))],
        (None, Some(new)) => vec![format!("{path}: (none) -> {}", short(new))],
        _ => vec![path.clone()],
    }
}

/// The lines of a long text, the items of a long list.
fn parts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Str(text) if text.contains('\n') => Some(text.lines().map(printable).collect()),
        Value::Seq(items) if json(value).to_string().len() > WIDTH / 2 => Some(items.iter().map(short).collect()),
        _ => None,
    }
}

fn listed(path: &str, old: &[String], new: &[String]) -> Vec<String> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("  - {line}"));
    let came = new.iter().filter(|line| !old.contains(line)).map(|line| format!("  + {line}"));
    let mut found: Vec<String> = gone.chain(came).collect();
    if found.is_empty() {
        found.push("  the order".into());
    }
    let more = found.len().saturating_sub(LINES);
    found.truncate(LINES);
    if more > 0 {
        found.push(format!("  +{more} more lines"));
    }
    found.insert(0, format!("{path}:"));
    found
}

/// A value on one line.
pub fn short(value: &Value) -> String {
    let text = match value {
        Value::Str(text) if !text.is_empty() && !text.contains(char::is_whitespace) => text.to_string(),
        other => json(other).to_string(),
    };
    let text = printable(&text);
    match text.chars().count() > WIDTH {
        true => text.chars().take(WIDTH - 1).chain(['…']).collect(),
        false => text,
    }
}

/// Without characters that would steer the reader's terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: &str, new: &str) -> Vec<String> {
        lines(&FieldChange::plain("a", Some(old.into()), Some(new.into())))
    }

    #[test]
    fn long_texts_show_the_lines_that_differ() {
        assert_eq!(change("x", "y z"), ["a: x -> \"y z\""]);
        assert_eq!(change("p\nq\nr\n", "p\ns\nr\n"), ["a:", "  - q", "  + s"]);
        assert_eq!(change("p\nq\n", "q\np\n"), ["a:", "  the order"]);
    }
}
