//! `-o jsonpath=…` in a small part of kubectl's dialect: text, `{.a.b}`, `{.a['b.c']}`, `{.a[0]}`, `{.a[-1]}`, `{.a[*]}`,
//! `{.a[?(@.b=="c")]}`, `{..a}`, `{"text"}`, `{range .a[*]}…{end}`. A template without braces is one path.

use serde_json::Value;

/// A template, read once.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonPath(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Path(Vec<Step>),
    Range(Vec<Step>, Vec<Part>),
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Field(String),
    Index(i64),
    All,
    Deep(String),
    Only { path: Vec<Step>, test: Option<(bool, Value)> },
}

impl JsonPath {
    /// Reads a template.
    ///
    /// # Errors
    /// It is not in the dialect; the text says where.
    pub fn parse(template: &str) -> Result<Self, String> {
        if template.trim().is_empty() {
            return Err("the template is empty".to_owned());
        }
        if !template.contains('{') {
            let template = template.trim();
            let path = if template.starts_with(['.', '[', '$']) { template.to_owned() } else { format!(".{template}") };
            return Ok(Self(vec![Part::Path(path_of(&path)?)]));
        }
        let mut rest = template;
        let parts = parts(&mut rest, false)?;
        Ok(Self(parts))
    }

    /// The text that the template makes of an object. What is not there gives nothing.
    pub fn text(&self, object: &Value) -> String {
        let mut text = String::new();
        write(&self.0, object, &mut text);
        text
    }
}

fn parts(rest: &mut &str, in_range: bool) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let Some(open) = rest.find('{') else {
            parts.push(Part::Text(std::mem::take(rest).to_owned()));
            break;
        };
        if open > 0 {
            parts.push(Part::Text(rest[..open].to_owned()));
        }
        let close = closing(&rest[open..]).ok_or_else(|| format!("no }} ends {:?}", &rest[open..]))? + open;
        let inside = rest[open + 1..close].trim();
        *rest = &rest[close + 1..];
        if inside == "end" {
            return if in_range { Ok(parts) } else { Err("{end} without {range …}".to_owned()) };
        }
        if let Some(path) = inside.strip_prefix("range ") {
            let path = path_of(path.trim())?;
            parts.push(Part::Range(path, self::parts(rest, true)?));
        } else if inside.starts_with(['"', '\'']) {
            parts.push(Part::Text(quoted(inside)?));
        } else {
            parts.push(Part::Path(path_of(inside)?));
        }
    }
    if in_range { Err("{range …} without {end}".to_owned()) } else { Ok(parts) }
}

/// The place of the brace that closes the first one; braces in quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') => return Some(at),
            _ => {}
        }
    }
    None
}

fn quoted(text: &str) -> Result<String, String> {
    let mut chars = text.chars();
    let open = chars.next();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => break,
            }),
            c if Some(c) == open && chars.as_str().is_empty() => return Ok(out),
            c => out.push(c),
        }
    }
    Err(format!("{text} is not closed"))
}

fn path_of(text: &str) -> Result<Vec<Step>, String> {
    let mut rest = text.trim().trim_start_matches(['$', '@']);
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix("..") {
            let (name, tail) = name(tail);
            steps.push(Step::Deep(name));
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('.') {
            let (name, tail) = name(tail);
            match name.as_str() {
                "*" => steps.push(Step::All),
                // `{.}` is the object itself, and `.[` goes on.
                "" => {}
                _ => steps.push(Step::Field(name)),
            }
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('[') {
            let end = bracket(tail).ok_or_else(|| format!("no ] ends [{tail}"))?;
            steps.push(index(tail[..end].trim())?);
            rest = &tail[end + 1..];
        } else {
            return Err(format!("{rest:?} is no path: fields begin with a dot"));
        }
    }
    Ok(steps)
}

/// A field's name; a backslash takes the next character as it is.
fn name(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '.' | '[' => return (out, &text[at..]),
            '\\' => out.extend(chars.next().map(|(_, c)| c)),
            c => out.push(c),
        }
    }
    (out, "")
}

fn bracket(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') if depth == 0 => return Some(at),
            (None, ']') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn index(text: &str) -> Result<Step, String> {
    if text == "*" {
        return Ok(Step::All);
    }
    if text.starts_with(['"', '\'']) {
        return Ok(Step::Field(quoted(text)?));
    }
    if let Some(test) = text.strip_prefix("?(").and_then(|test| test.strip_suffix(')')) {
        let both = [("==", true), ("!=", false)].into_iter().find_map(|(sign, equal)| {
            let (left, right) = test.split_once(sign)?;
            Some((left, equal, right))
        });
        let Some((left, equal, right)) = both else {
            return Ok(Step::Only { path: path_of(test)?, test: None });
        };
        let right = right.trim();
        let value = if right.starts_with(['"', '\'']) {
            Value::String(quoted(right)?)
        } else {
            serde_json::from_str(right).map_err(|_| format!("{right} is no value: quote text"))?
        };
        return Ok(Step::Only { path: path_of(left)?, test: Some((equal, value)) });
    }
    text.parse().map(Step::Index).map_err(|_| format!("[{text}] is no index, and not one of ['name'], [*], [?(…)]"))
}

fn write(parts: &[Part], at: &Value, out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Path(path) => {
                let found: Vec<String> = walk(path, at).into_iter().map(shown).collect();
                out.push_str(&found.join(" "));
            }
            Part::Range(path, inside) => walk(path, at).into_iter().for_each(|item| write(inside, item, out)),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn walk<'v>(path: &[Step], from: &'v Value) -> Vec<&'v Value> {
    let mut found = vec![from];
    for step in path {
        found = found.into_iter().flat_map(|value| take(step, value)).collect();
    }
    found
}

fn take<'v>(step: &Step, value: &'v Value) -> Vec<&'v Value> {
    match (step, value) {
        (Step::Field(name), Value::Object(map)) => map.get(name).into_iter().collect(),
        (Step::Index(at), Value::Array(items)) => {
            let last = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let at = if *at < 0 { last + at } else { *at };
            usize::try_from(at).ok().and_then(|at| items.get(at)).into_iter().collect()
        }
        (Step::All, Value::Array(items)) => items.iter().collect(),
        (Step::All, Value::Object(map)) => map.values().collect(),
        (Step::Only { path, test }, Value::Array(items)) => {
            items.iter().filter(|item| holds(path, test, item)).collect()
        }
        (Step::Deep(name), _) => deep(name, value),
        _ => Vec::new(),
    }
}

fn holds(path: &[Step], test: &Option<(bool, Value)>, item: &Value) -> bool {
    let found = walk(path, item);
    match test {
        None => !found.is_empty(),
        // As for kubectl, an item without the field passes no test.
        Some((equal, wanted)) => !found.is_empty() && found.contains(&wanted) == *equal,
    }
}

/// Walks with a list, not with calls: input decides the depth.
fn deep<'v>(name: &str, from: &'v Value) -> Vec<&'v Value> {
    let (mut found, mut open) = (Vec::new(), vec![from]);
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                found.extend(map.get(name));
                open.extend(map.values().rev());
            }
            Value::Array(items) => open.extend(items.iter().rev()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(template: &str) -> String {
        let object = json!({"items": [{"name": "a", "on": true, "labels": {"x.y/z": "1"}}, {"name": "b", "n": 2}],
            "status": {"state": "Running", "list": [1, 2, 3]}});
        JsonPath::parse(template).unwrap().text(&object)
    }

    #[test]
    fn paths_are_walked_as_kubectl_walks_them() {
        for (template, expected) in [
            ("{.status.state}", "Running"),
            ("status.state", "Running"),
            ("{.items[*].name}", "a b"),
            ("{.items[-1].name}", "b"),
            ("{.items[0].labels['x.y/z']}", "1"),
            (r"{.items[0].labels.x\.y/z}", "1"),
            (r#"{.items[?(@.name=="b")].n}"#, "2"),
            (r#"{.items[?(@.name!="b")].on}"#, "true"),
            ("{.items[?(@.n!=1)].name}", "b"),
            ("{.items[?(@.on)].name}", "a"),
            ("{..name}", "a b"),
            ("{.status.list}", "[1,2,3]"),
            (r#"{range .items[*]}{.name}{"\n"}{end}"#, "a\nb\n"),
            ("state: {.status.state}, {.status.none}!", "state: Running, !"),
        ] {
            assert_eq!(text(template), expected, "{template}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        for (template, expected) in [
            ("", "the template is empty"),
            ("{.a", "no } ends \"{.a\""),
            ("{.a[x]}", "[x] is no index, and not one of ['name'], [*], [?(…)]"),
            ("{range .a[*]}", "{range …} without {end}"),
            ("{end}", "{end} without {range …}"),
            ("{a}", "\"a\" is no path: fields begin with a dot"),
        ] {
            assert_eq!(JsonPath::parse(template).unwrap_err(), expected, "{template}");
        }
    }
}
