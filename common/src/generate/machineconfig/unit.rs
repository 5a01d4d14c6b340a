//! Whether the text of a systemd unit can be read: go-systemd 22.5 `unit/deserialize.go`.

/// systemd cuts longer lines; go-systemd rejects them.
const LINE_MAX: usize = 2048;

/// The first problem of a unit's text.
///
/// # Errors
/// A section without end, text behind a section's name, an option without `=`, a line that is too long.
pub(super) fn check(text: &str) -> Result<(), String> {
    let mut rest = text;
    let mut in_section = false;
    while let Some(first) = rest.chars().next() {
        check_line_length(rest)?;
        if first == '[' {
            rest = section(rest)?;
            in_section = true;
        } else if first == '#' || first == ';' {
            rest = behind_comment(rest);
        } else if !in_section || first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else {
            rest = option(rest)?;
        }
    }
    Ok(())
}

fn check_line_length(rest: &str) -> Result<(), String> {
    match rest.as_bytes().get(..LINE_MAX) {
        Some(start) if !start.contains(&b'\n') => {
            Err(format!("invalid unit content: line too long (max {LINE_MAX} bytes)"))
        }
        _ => Ok(()),
    }
}

fn section(rest: &str) -> Result<&str, String> {
    let (name, after) = rest.split_once(']').ok_or("invalid unit content: unable to find end of section")?;
    let (line, rest) = line(after);
    if line.trim().is_empty() {
        return Ok(rest);
    }
    Err(format!("invalid unit content: found garbage after section name {}]: {:?}", name, line.trim()))
}

fn option(rest: &str) -> Result<&str, String> {
    let end = rest.find(['=', '\n', '\r']);
    let Some(end) = end.filter(|end| rest[*end..].starts_with('=')) else {
        let name = rest.lines().next().unwrap_or_default().trim();
        return Err(format!("invalid unit content: {name:?} is neither a section nor an option with a value"));
    };
    let mut rest = &rest[end + 1..];
    loop {
        check_line_length(rest)?;
        let (value, after) = line(rest);
        rest = after;
        if value.trim().is_empty() || !value.ends_with('\\') {
            return Ok(rest);
        }
    }
}

fn behind_comment(mut rest: &str) -> &str {
    loop {
        let (comment, after) = line(rest);
        rest = after;
        if !comment.strip_suffix(' ').unwrap_or(comment).ends_with('\\') {
            return rest;
        }
    }
}

/// A line without its break, and what follows.
fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn units_as_people_write_them_pass() {
        let unit =
            "# a comment\n[Unit]\nDescription=x\n\n[Service]\nExecStart=/bin/sh -c \\\n  'a=b'\n  Type = oneshot\n";
        assert_eq!(check(unit), Ok(()));
        assert_eq!(check("one"), Ok(()));
        assert_eq!(check(""), Ok(()));
    }

    #[test]
    fn broken_units_are_told() {
        assert!(check("[Unit\nDescription=x").unwrap_err().contains("end of section"));
        assert!(check("[Unit] x\n").unwrap_err().contains("garbage"));
        assert!(check("[Unit]\nDescription\n").unwrap_err().contains("Description"));
        assert!(check(&format!("[Unit]\na={}", "x".repeat(3000))).unwrap_err().contains("too long"));
    }
}
