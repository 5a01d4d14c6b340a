//! Whether every block of a template has its `end`: gotmpl takes a block without one and stops at an `end` too many.
//!
//! Works on a source that gotmpl's lexer has accepted, so that every action is closed.

use super::error::Failure;

struct Block<'s> {
    offset: usize,
    keyword: &'s str,
    may_else: bool,
}

/// Checks that blocks are closed, that nothing else is, and that `else` stands where it may.
pub(super) fn check(source: &str) -> Result<(), Failure> {
    let mut open: Vec<Block> = Vec::new();
    for (offset, action) in actions(source) {
        let fail = |message: &str| Err(Failure { offset, message: message.to_owned() });
        let mut words = action.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let starts_with_word = action.starts_with(|c: char| c.is_ascii_alphabetic());
        let keyword = words.next().filter(|_| starts_with_word).unwrap_or_default();
        match keyword {
            "define" if !open.is_empty() => return fail("unexpected {{define}} inside of a block"),
            "if" | "with" | "range" => open.push(Block { offset, keyword, may_else: true }),
            "define" | "block" => open.push(Block { offset, keyword, may_else: false }),
            "else" => match open.last_mut() {
                Some(block) if block.may_else => block.may_else = matches!(words.next(), Some("if" | "with")),
                Some(_) => return fail("unexpected {{else}}"),
                None => return fail("unexpected {{else}} outside of a block"),
            },
            "end" if open.pop().is_none() => return fail("unexpected {{end}} outside of a block"),
            _ => {}
        }
    }
    match open.pop() {
        None => Ok(()),
        Some(Block { offset, keyword, .. }) => {
            let message = format!("unexpected EOF: this {{{{{keyword}}}}} has no {{{{end}}}}");
            Err(Failure { offset, message })
        }
    }
}

/// The text inside of each `{{ }}` with the offset of the braces; comments are left out.
fn actions(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let offset = at + source.get(at..)?.find("{{")?;
            let inner = source.get(offset + 2..)?;
            let trimmed = inner.strip_prefix('-').filter(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
            let inner = trimmed.unwrap_or(inner).trim_start_matches([' ', '\t', '\r', '\n']);
            let start = source.len() - inner.len();
            if inner.starts_with("/*") {
                let end = inner.find("*/")?;
                at = start + end + inner.get(end..)?.find("}}")? + 2;
                continue;
            }
            let end = action_end(inner)?;
            at = start + end + 2;
            return Some((offset, inner.get(..end)?));
        }
    })
}

/// Where the closing braces of an action are; braces in quotes do not count.
fn action_end(action: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (i, c) in action.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(q) if c == '\\' && q != '`' => escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if action.get(i..).is_some_and(|rest| rest.starts_with("}}")) => return Some(i),
            None => {}
        }
    }
    None
}
