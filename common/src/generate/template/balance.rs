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
        if action.starts_with("/*") {
            return fail("a comment has to start right behind the braces");
        }
        if breaks_quote(action) {
            return fail("unterminated quoted string");
        }
        let mut words = action.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let starts_with_word = action.starts_with(|c: char| c.is_ascii_alphabetic());
        let keyword = words.next().filter(|_| starts_with_word).unwrap_or_default();
        match keyword {
            "define" if !open.is_empty() => return fail("unexpected {{define}} inside of a block"),
            "if" | "with" | "range" => open.push(Block { offset, keyword, may_else: true }),
            "define" | "block" => open.push(Block { offset, keyword, may_else: false }),
            "else" => match (open.last_mut(), words.next()) {
                (Some(block), Some(chained @ ("if" | "with"))) if block.may_else && block.keyword == chained => {}
                (Some(block), None) if block.may_else => block.may_else = false,
                (Some(_), _) => return fail("unexpected {{else}}"),
                (None, _) => return fail("unexpected {{else}} outside of a block"),
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
            let inner = trimmed.and_then(|rest| rest.get(1..)).unwrap_or(inner);
            if inner.starts_with("/*") {
                let end = inner.find("*/")?;
                at = source.len() - inner.len() + end + inner.get(end..)?.find("}}")? + 2;
                continue;
            }
            let inner = inner.trim_start_matches([' ', '\t', '\r', '\n']);
            let start = source.len() - inner.len();
            let end = action_end(inner)?;
            at = start + end + 2;
            return Some((offset, inner.get(..end)?));
        }
    })
}

/// Where the closing braces of an action are; braces in quotes do not count.
fn action_end(action: &str) -> Option<usize> {
    let closing = |i: usize| action.get(i..).is_some_and(|rest| rest.starts_with("}}"));
    quoted(action).find(|(i, _, quote)| quote.is_none() && closing(*i)).map(|(i, _, _)| i)
}

/// Whether a line ends inside of a quote that may not span lines.
fn breaks_quote(action: &str) -> bool {
    quoted(action).any(|(_, c, quote)| c == '\n' && quote.is_some_and(|quote| quote != '`'))
}

/// Each character with the quote it stands in; the closing quote still stands in it.
fn quoted(action: &str) -> impl Iterator<Item = (usize, char, Option<char>)> {
    let mut quote = None;
    let mut escaped = false;
    action.char_indices().map(move |(i, c)| {
        let inside = quote;
        match quote {
            Some(_) if escaped => escaped = false,
            Some(q) if c == '\\' && q != '`' => escaped = true,
            Some(q) if c == q => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        (i, c, inside)
    })
}
