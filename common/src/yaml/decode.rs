//! Nodes to values by the rules of gopkg.in/yaml.v3 3.0.1 (`decode.go`).

use std::collections::HashMap;

use super::document::Kind;
use super::resolve::{self, Resolved};
use super::scan::MAX_DEPTH;
use super::{Error, Map, NodeRef, ScalarStyle, Value};

impl<'d> NodeRef<'d> {
    /// An error at this node.
    pub fn error(self, message: impl Into<String>) -> Error {
        Error { message: message.into(), place: self.place() }
    }

    /// The value as yaml.v3 decodes it into free data (`interface{}`): tags honoured, merge keys expanded, aliases
    /// followed up to a bound, map keys sorted.
    ///
    /// # Errors
    /// Duplicate keys, a merge of something that is not a map, a tag that does not fit, an alias inside itself or an
    /// expansion out of proportion.
    pub fn to_value(self) -> Result<Value, Error> {
        Decoder::default().value(self)
    }

    /// Keys and values with merge keys expanded (own keys win), in the order written; what a Go struct or typed map
    /// sees. Nothing for null; duplicate keys are an error.
    ///
    /// # Errors
    /// This is neither a map nor null, or as for [`NodeRef::to_value`].
    pub fn fields(self) -> Result<Vec<(NodeRef<'d>, NodeRef<'d>)>, Error> {
        if self.is_null() {
            return Ok(Vec::new());
        }
        if !self.is_map() {
            return Err(self.error(format!("a map is wanted here, not {}", self.what())));
        }
        let mut fields = Vec::new();
        expand(self, &mut fields, &mut Vec::new())?;
        Ok(fields)
    }

    /// Whether yaml.v3 takes it for null: empty, `~`, `null` without quotes, or the tag.
    pub fn is_null(self) -> bool {
        matches!(self.kind(), Kind::Scalar(_)) && matches!(scalar(self), Ok(Resolved::Value(Value::Null)))
    }

    /// The value of a Go `string` field: the literal text of any scalar, "" for null.
    ///
    /// # Errors
    /// A list or a map, or binary data.
    pub fn decode_text(self) -> Result<&'d str, Error> {
        let Some(text) = self.text() else {
            return Err(self.error(format!("a text is wanted here, not {}", self.what())));
        };
        match scalar(self)? {
            Resolved::Value(Value::Null) => Ok(""),
            Resolved::Value(Value::Binary(_)) => Err(self.error("a text is wanted here, not binary data")),
            _ => Ok(text),
        }
    }

    /// The value of a Go `bool` field: also `yes`, `no`, `on`, `off`, `y`, `n`, even in quotes; false for
    /// null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_bool(self) -> Result<bool, Error> {
        match self.text().map(|_| scalar(self)).transpose()? {
            Some(Resolved::Value(Value::Bool(b))) => return Ok(b),
            Some(Resolved::Value(Value::Null)) => return Ok(false),
            Some(Resolved::Text) => {
                if let Some(b) = self.text().and_then(resolve::old_bool) {
                    return Ok(b);
                }
            }
            _ => {}
        }
        Err(self.error(format!("true or false is wanted here, not {}", self.what())))
    }

    /// The value of a Go `int` field: integers in every notation, floats without their fraction; 0 for null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_int(self) -> Result<i64, Error> {
        match self.text().map(|_| scalar(self)).transpose()? {
            Some(Resolved::Value(Value::Int(i))) => Ok(i),
            Some(Resolved::Value(Value::Null)) => Ok(0),
            Some(Resolved::Value(Value::Float(f))) if f.abs() < 9.2e18 => Ok(f as i64),
            _ => Err(self.error(format!("an integer is wanted here, not {}", self.what()))),
        }
    }

    /// What it is, for messages: a list, a map, or the scalar itself.
    pub fn what(self) -> String {
        match self.kind() {
            Kind::Seq => "a list".into(),
            Kind::Map => "a map".into(),
            _ => {
                let text = self.text().unwrap_or_default();
                let short: String = text.chars().take(40).collect();
                let dots = if short.len() < text.len() { "…" } else { "" };
                format!("{:?}{dots}", short)
            }
        }
    }

    /// Whether this key merges other maps into its own: `<<` without quotes.
    pub(super) fn is_merge(self) -> bool {
        self.text() == Some("<<")
            && match self.tag() {
                None => self.kind() == Kind::Scalar(ScalarStyle::Plain),
                Some(tag) => tag == "!!merge" || tag == "!",
            }
    }
}

/// The scalar's type: its tag's, or that of its text when it stands without quotes.
fn scalar(node: NodeRef<'_>) -> Result<Resolved, Error> {
    let text = node.text().unwrap_or_default();
    let plain = node.kind() == Kind::Scalar(ScalarStyle::Plain);
    // `!` alone says nothing.
    let Some(tag) = node.tag().filter(|tag| *tag != "!") else {
        return Ok(if plain { resolve::plain(text) } else { Resolved::Text });
    };
    match tag {
        "!!str" => Ok(Resolved::Text),
        "!!binary" => binary(node, text),
        "!!null" | "!!bool" | "!!int" | "!!float" | "!!timestamp" => typed(node, tag, text),
        // Tags of others carry no type: the text stays.
        _ => Ok(Resolved::Text),
    }
}

fn binary(node: NodeRef<'_>, text: &str) -> Result<Resolved, Error> {
    use base64::Engine;
    let packed: String = text.chars().filter(|c| *c != '\n' && *c != '\r').collect();
    match base64::engine::general_purpose::STANDARD.decode(packed) {
        Ok(bytes) => Ok(Resolved::Value(match String::from_utf8(bytes) {
            Ok(text) => Value::from(text),
            Err(e) => Value::Binary(e.into_bytes().into()),
        })),
        Err(_) => Err(node.error("!!binary value contains invalid base64 data")),
    }
}

fn typed(node: NodeRef<'_>, tag: &str, text: &str) -> Result<Resolved, Error> {
    let resolved = match tag {
        "!!timestamp" => resolve::timestamp(text).map_or(Resolved::Text, |t| Resolved::Value(Value::Timestamp(t))),
        _ => resolve::plain(text),
    };
    let fits = match (&resolved, tag) {
        (Resolved::Value(Value::Null), "!!null") | (Resolved::Value(Value::Bool(_)), "!!bool") => true,
        (Resolved::Value(Value::Int(_) | Value::UInt(_)), "!!int") | (Resolved::Value(Value::Float(_)), "!!float") => {
            true
        }
        (Resolved::Value(Value::Timestamp(_)), "!!timestamp") => true,
        (Resolved::Value(Value::Int(i)), "!!float") => return Ok(Resolved::Value(Value::Float(*i as f64))),
        (Resolved::Value(Value::UInt(u)), "!!float") => return Ok(Resolved::Value(Value::Float(*u as f64))),
        _ => false,
    };
    if fits { Ok(resolved) } else { Err(node.error(format!("cannot decode {text:?} as a {tag}"))) }
}

/// Own entries first, then those of merged maps whose keys are not there yet.
fn expand<'d>(
    map: NodeRef<'d>,
    fields: &mut Vec<(NodeRef<'d>, NodeRef<'d>)>,
    inside: &mut Vec<u32>,
) -> Result<(), Error> {
    if inside.contains(&map.target().id()) || inside.len() > MAX_DEPTH {
        return Err(map.error("the anchor of this alias contains the alias itself"));
    }
    inside.push(map.target().id());
    let before = fields.len();
    let mut merge = None;
    for (key, value) in map.entries() {
        if key.is_merge() {
            if merge.is_some() {
                return Err(key.error("mapping key \"<<\" already defined"));
            }
            merge = Some(value);
            continue;
        }
        if let Some((other, _)) = fields[before..].iter().find(|(other, _)| same_key(*other, key)) {
            let line = other.place().line;
            return Err(key.error(format!("mapping key {} already defined at line {line}", key.what())));
        }
        if !fields[..before].iter().any(|(other, _)| same_key(*other, key)) {
            fields.push((key, value));
        }
    }
    if let Some(merged) = merge {
        for other in merge_sources(merged)? {
            expand(other, fields, inside)?;
        }
    }
    inside.pop();
    Ok(())
}

fn same_key(a: NodeRef<'_>, b: NodeRef<'_>) -> bool {
    match (a.text(), b.text()) {
        (Some(x), Some(y)) => x == y,
        _ => a.target().id() == b.target().id(),
    }
}

/// The maps that a `<<` names, the most important one first.
fn merge_sources(value: NodeRef<'_>) -> Result<Vec<NodeRef<'_>>, Error> {
    let wrong = |node: NodeRef<'_>| node.error("map merge requires map or sequence of maps as the value");
    match value.kind() {
        Kind::Map => Ok(vec![value]),
        // A list behind an alias is refused, as Go does.
        Kind::Seq if !value.is_alias() => {
            value.items().map(|item| if item.is_map() { Ok(item) } else { Err(wrong(item)) }).collect()
        }
        _ => Err(wrong(value)),
    }
}

/// Counts what is decoded, so that aliases cannot blow a small file up (`allowedAliasRatio`).
#[derive(Default)]
struct Decoder {
    decoded: u64,
    through_aliases: u64,
    alias_depth: u32,
    inside: Vec<u32>,
}

impl Decoder {
    fn value(&mut self, node: NodeRef<'_>) -> Result<Value, Error> {
        self.count(node)?;
        if !node.is_alias() {
            return self.content(node);
        }
        let target = node.target().id();
        if self.inside.contains(&target) {
            return Err(node.error(format!("anchor {:?} value contains itself", node.name())));
        }
        self.inside.push(target);
        self.alias_depth += 1;
        let value = self.content(node.target());
        self.alias_depth -= 1;
        self.inside.pop();
        value
    }

    fn count(&mut self, node: NodeRef<'_>) -> Result<(), Error> {
        if self.inside.len() > MAX_DEPTH {
            return Err(node.error("collections nest too deeply"));
        }
        self.decoded += 1;
        self.through_aliases += u64::from(self.alias_depth > 0);
        if self.through_aliases > 100 && self.decoded > 1000 {
            let allowed = match self.decoded {
                0..=400_000 => 0.99,
                4_000_000.. => 0.10,
                n => 0.99 - 0.89 * (n - 400_000) as f64 / 3_600_000.0,
            };
            if self.through_aliases as f64 / self.decoded as f64 > allowed {
                return Err(node.error("document contains excessive aliasing"));
            }
        }
        Ok(())
    }

    fn content(&mut self, node: NodeRef<'_>) -> Result<Value, Error> {
        match node.kind() {
            Kind::Map => self.map(node),
            Kind::Seq => {
                self.inside.push(node.id());
                let items = node.items().map(|item| self.value(item)).collect::<Result<Vec<_>, _>>();
                self.inside.pop();
                Ok(Value::seq(items?))
            }
            _ => match scalar(node)? {
                Resolved::Value(value) => Ok(value),
                Resolved::Text | Resolved::Merge => Ok(Value::from(node.text().unwrap_or_default())),
            },
        }
    }

    fn map(&mut self, node: NodeRef<'_>) -> Result<Value, Error> {
        self.inside.push(node.id());
        let mut entries: Vec<(Value, Value)> = Vec::new();
        let mut texts: HashMap<&str, NodeRef<'_>> = HashMap::new();
        let mut merge = None;
        for (key, value) in node.entries() {
            if key.is_merge() {
                if merge.replace(value).is_some() {
                    return Err(key.error("mapping key \"<<\" already defined"));
                }
                continue;
            }
            let Some(text) = key.text() else {
                return Err(key.error(format!("{} cannot be a key", key.what())));
            };
            if let Some(first) = texts.insert(text, key) {
                let line = first.place().line;
                return Err(key.error(format!("mapping key {} already defined at line {line}", key.what())));
            }
            let entry = (self.value(key)?, self.value(value)?);
            entries.push(entry);
        }
        // Different spellings of one key, such as ~ and null: the later one wins.
        if entries.iter().any(|(key, _)| !matches!(key, Value::Str(_))) {
            let mut unique: Vec<(Value, Value)> = Vec::with_capacity(entries.len());
            for entry in entries {
                unique.retain(|(key, _)| *key != entry.0);
                unique.push(entry);
            }
            entries = unique;
        }
        if let Some(merged) = merge {
            self.merge(merged, &mut entries)?;
        }
        self.inside.pop();
        Ok(Value::Map(Map::from_unsorted(entries)))
    }

    fn merge(&mut self, merged: NodeRef<'_>, entries: &mut Vec<(Value, Value)>) -> Result<(), Error> {
        for source in merge_sources(merged)? {
            if self.inside.contains(&source.target().id()) {
                return Err(source.error("the anchor of this alias contains the alias itself"));
            }
            self.alias_depth += 1;
            let value = self.content(source.target());
            self.alias_depth -= 1;
            for (key, value) in value?.as_map().into_iter().flatten() {
                if !entries.iter().any(|(known, _)| known == key) {
                    entries.push((key.clone(), value.clone()));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, documents, emit};

    fn read(text: &str) -> Result<String, String> {
        let source = Source::from_text("a.yaml", text);
        let document = documents(&source).next().expect("a document").map_err(|e| format!("{}: {e}", e.place))?;
        let value = document.root().expect("a root").to_value().map_err(|e| format!("{}: {e}", e.place))?;
        Ok(emit::to_string(&value))
    }

    #[test]
    fn merge_keys_give_way_to_own_keys() {
        let text = "base: &b {x: 1, y: 2}\nz: {<<: *b, y: 3}\n";
        assert_eq!(read(text).unwrap(), "base:\n    x: 1\n    \"y\": 2\nz:\n    x: 1\n    \"y\": 3\n");
    }

    #[test]
    fn duplicate_keys_are_refused_with_both_lines() {
        assert_eq!(read("a: 1\nb: 2\na: 3\n").unwrap_err(), "a.yaml:3:1: mapping key \"a\" already defined at line 1");
    }

    #[test]
    fn aliases_can_neither_loop_nor_explode() {
        assert!(read("a: &a [*a]\n").unwrap_err().contains("contains itself"));
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for i in 1..9 {
            let items = vec![format!("*a{}", i - 1); 9].join(", ");
            bomb.push_str(&format!("a{i}: &a{i} [{items}]\n"));
        }
        assert!(read(&bomb).unwrap_err().contains("excessive aliasing"));
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let small_stack = std::thread::Builder::new().stack_size(1 << 20);
        let read_deep = small_stack.spawn(move || (read(&deep(240)).is_ok(), read(&deep(100_000)).is_err()));
        assert_eq!(read_deep.unwrap().join().unwrap(), (true, true));
        let mut chain = String::from("a0: &a0 [x]\n");
        for i in 1..5000 {
            chain.push_str(&format!("a{i}: &a{i} [*a{}]\n", i - 1));
        }
        assert!(read(&chain).unwrap_err().contains("too deeply"));
    }

    #[test]
    fn fields_of_a_type_are_lenient_as_in_go() {
        let source = Source::from_text("a.yaml", "b: yes\nq: 'yes'\nw: 'true'\nt: 0777\ni: 0x10\nn: ~\n");
        let document = documents(&source).next().unwrap().unwrap();
        let node = |key: &str| document.root().unwrap().get(key).unwrap();
        assert_eq!(node("b").decode_bool(), Ok(true));
        assert_eq!(node("q").decode_bool(), Ok(true));
        assert!(node("w").decode_bool().is_err());
        assert_eq!(node("t").decode_text(), Ok("0777"));
        assert_eq!(node("i").decode_int(), Ok(16));
        assert_eq!((node("n").decode_text(), node("n").decode_bool()), (Ok(""), Ok(false)));
    }
}
