//! Values to text, byte for byte as yaml.v3 3.0.1 writes them with indentation 4 — except where that library writes
//! text that reads back as something else (a block that starts with a line break, a wrong indentation hint, a key
//! `<<`): there the text is quoted.
//!
//! Parts that many documents share (source CRs, extra manifests) are rendered once and copied from then on.

use std::collections::HashMap;
use std::sync::Arc;

use super::scalar::{self, Style};
use super::{Map, Value};

/// yaml.v3 keeps keys on one line up to this many bytes; longer ones get the `? key` form.
const SIMPLE_KEY_BYTES: usize = 128;
/// What renders to less than this is cheaper to render again than to look up.
const CACHED_BYTES: usize = 512;
/// What the cache may hold in all.
const CACHE_BYTES: usize = 8 << 20;

/// One document, without a leading `---`, with a final line break.
pub fn to_string(value: &Value) -> String {
    let mut text = String::new();
    Emitter::default().write(value, &mut text);
    text
}

/// A text in double quotes, on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    scalar::double_quoted(text, &mut out);
    out
}

/// A writer of documents that remembers what it rendered. One for each thread.
#[derive(Debug, Default)]
pub struct Emitter {
    rendered: HashMap<(usize, usize), Rendered>,
    held: usize,
}

/// The text of a shared value at one indentation; the value is kept so that its address stays its own.
#[derive(Debug)]
struct Rendered {
    _value: Value,
    text: Box<str>,
}

/// What stands around a node, which decides how its content is indented.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Document,
    Map,
    /// Behind `?`, or behind `:` after such a key.
    Explicit,
    Seq,
}

impl Emitter {
    /// Appends one document, without a leading `---`, with a final line break.
    pub fn write(&mut self, value: &Value, out: &mut String) {
        self.node(value, 0, Around::Document, out);
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }

    /// Writes a node behind its indicator (`key:`, `-`, `?`, or nothing); `indent` is that of the node around it.
    fn node(&mut self, value: &Value, indent: usize, around: Around, out: &mut String) {
        let inner = match around {
            Around::Document => 0,
            Around::Seq => indent + 2,
            Around::Map | Around::Explicit => (indent + 4) / 4 * 4,
        };
        match value {
            Value::Map(map) if map.is_empty() => scalar_text("{}", around, out),
            Value::Seq(items) if items.is_empty() => scalar_text("[]", around, out),
            Value::Map(map) => self.map(map, indent, inner, around, out),
            Value::Seq(items) => {
                for (i, item) in items.iter().enumerate() {
                    start_line(indent, inner, i == 0, around, out);
                    out.push('-');
                    self.node(item, inner, Around::Seq, out);
                }
            }
            _ => {
                if around != Around::Document {
                    out.push(' ');
                }
                let inner = if around == Around::Document { 4 } else { inner };
                self.leaf(value, indent, inner, out);
                out.push('\n');
            }
        }
    }

    /// A scalar; long texts that others hold too (extra manifests) are rendered once.
    fn leaf(&mut self, value: &Value, outer: usize, inner: usize, out: &mut String) {
        let address = match value {
            Value::Str(text) if text.len() >= CACHED_BYTES && Arc::strong_count(text) > 1 && !text.starts_with(' ') => {
                text.as_ptr() as usize
            }
            // Behind a leading blank the text names its own indentation, which depends on what is around it.
            _ => return leaf(value, outer, inner, out),
        };
        if let Some(known) = self.rendered.get(&(address, inner)) {
            out.push_str(&known.text);
            return;
        }
        let start = out.len();
        leaf(value, outer, inner, out);
        self.remember((address, inner), value.clone(), &out[start..]);
    }

    fn remember(&mut self, key: (usize, usize), value: Value, text: &str) {
        if !(CACHED_BYTES..=CACHE_BYTES).contains(&text.len()) {
            return;
        }
        if self.held + text.len() > CACHE_BYTES {
            // What is still in use comes back at once; what belonged to one site only is gone.
            self.rendered.clear();
            self.held = 0;
        }
        self.held += text.len();
        self.rendered.insert(key, Rendered { _value: value, text: text.into() });
    }

    fn map(&mut self, map: &Map, outer: usize, indent: usize, around: Around, out: &mut String) {
        let (address, owners) = map.shared();
        // What begins on the line of its indicator cannot be copied to another place.
        let shared = owners > 1 && matches!(around, Around::Document | Around::Map);
        if shared && let Some(known) = self.rendered.get(&(address, indent)) {
            line_break(around, out);
            out.push_str(&known.text);
            return;
        }
        if shared {
            line_break(around, out);
        }
        let start = out.len();
        for (i, (key, value)) in map.iter().enumerate() {
            start_line(outer, indent, i == 0, if shared { Around::Document } else { around }, out);
            self.entry(key, value, indent, out);
        }
        if shared {
            self.remember((address, indent), Value::Map(map.clone()), &out[start..]);
        }
    }

    fn entry(&mut self, key: &Value, value: &Value, indent: usize, out: &mut String) {
        if is_simple_key(key) {
            simple_key(key, out);
            out.push(':');
            self.node(value, indent, Around::Map, out);
        } else {
            out.push('?');
            self.node(key, indent, Around::Explicit, out);
            pad(indent, out);
            out.push(':');
            self.node(value, indent, Around::Explicit, out);
        }
    }
}

fn pad(indent: usize, out: &mut String) {
    const BLANKS: &str = "                                                                ";
    let mut left = indent;
    while left > 0 {
        let n = left.min(BLANKS.len());
        out.push_str(&BLANKS[..n]);
        left -= n;
    }
}

/// Goes to where an entry of a collection begins; the first one may stand on the line of its indicator.
fn start_line(outer: usize, indent: usize, first: bool, around: Around, out: &mut String) {
    match around {
        Around::Seq if first => return out.push(' '),
        Around::Explicit if first => return pad(indent - outer - 1, out),
        _ if first => line_break(around, out),
        _ => {}
    }
    pad(indent, out);
}

fn line_break(around: Around, out: &mut String) {
    if around == Around::Map {
        out.push('\n');
    }
}

fn scalar_text(text: &str, around: Around, out: &mut String) {
    if around != Around::Document {
        out.push(' ');
    }
    out.push_str(text);
    out.push('\n');
}

fn is_simple_key(key: &Value) -> bool {
    match key {
        Value::Str(text) => text.len() <= SIMPLE_KEY_BYTES && !text.contains('\n'),
        Value::Map(map) => map.is_empty(),
        Value::Seq(items) => items.is_empty(),
        Value::Binary(bytes) => bytes.len() <= SIMPLE_KEY_BYTES / 2,
        _ => true,
    }
}

fn simple_key(key: &Value, out: &mut String) {
    match key {
        Value::Str(text) => match scalar::style(text) {
            Style::Literal => scalar::double_quoted(text, out),
            style => scalar::write(text, style, out),
        },
        Value::Map(_) => out.push_str("{}"),
        Value::Seq(_) => out.push_str("[]"),
        other => leaf(other, 0, 4, out),
    }
}

/// A scalar value; `outer` is the indentation around it, `inner` that of its lines if it is written as a block.
fn leaf(value: &Value, outer: usize, inner: usize, out: &mut String) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match value {
        Value::Null => out.write_str("null"),
        Value::Bool(b) => write!(out, "{b}"),
        Value::Int(i) => write!(out, "{i}"),
        Value::UInt(u) => write!(out, "{u}"),
        Value::Float(f) => out.write_str(&scalar::float(*f)),
        Value::Timestamp(t) => out.write_str(t),
        Value::Binary(bytes) => out.write_str(&scalar::binary(bytes)),
        Value::Str(text) => {
            match scalar::style(text) {
                Style::Literal => scalar::literal(text, outer, inner, out),
                style => scalar::write(text, style, out),
            }
            Ok(())
        }
        Value::Map(_) | Value::Seq(_) => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: Vec<(&str, Value)>) -> Value {
        let mut map = Map::fields();
        for (key, value) in entries {
            map.insert(key, value);
        }
        Value::Map(map)
    }

    #[test]
    fn lists_are_indented_and_maps_in_them_follow_the_dash() {
        let inner = map(vec![("name", "a".into()), ("spec", map(vec![("x", Value::Int(1))]))]);
        let value = map(vec![("items", Value::seq(vec![inner, Value::seq(vec!["b".into(), Value::Null])]))]);
        assert_eq!(to_string(&value), "items:\n    - name: a\n      spec:\n        x: 1\n    - - b\n      - null\n");
    }

    #[test]
    fn empty_collections_are_written_in_flow_form() {
        let value = map(vec![("a", Value::Map(Map::new())), ("b", Value::seq(vec![Value::seq(vec![])]))]);
        assert_eq!(to_string(&value), "a: {}\nb:\n    - []\n");
        assert_eq!(to_string(&Value::Map(Map::new())), "{}\n");
    }

    #[test]
    fn blocks_keep_their_lines() {
        let text: Value = "#!/bin/sh\n  exit\n\n".into();
        let value = map(vec![("a", text.clone()), ("b", Value::seq(vec![text, " x\ny".into()]))]);
        assert_eq!(
            to_string(&value),
            "a: |+\n    #!/bin/sh\n      exit\n\nb:\n    - |+\n      #!/bin/sh\n        exit\n\n    - |2-\n       x\n      y\n"
        );
    }

    #[test]
    fn long_keys_get_the_explicit_form() {
        let long = "k".repeat(129);
        let value = map(vec![(long.as_str(), map(vec![("a", Value::Int(1))]))]);
        assert_eq!(to_string(&value), format!("? {long}\n:   a: 1\n"));
    }

    #[test]
    fn a_shared_map_is_the_same_text_the_second_time() {
        let big: Map = (0..100).map(|i| (format!("key{i}"), "some value".to_string())).collect();
        let value = map(vec![("a", Value::Map(big.clone())), ("b", Value::Map(big.clone()))]);
        let lone = map(vec![("a", Value::Map(big.iter().map(|(k, v)| (k.as_str().unwrap(), v.clone())).collect()))]);
        let text = to_string(&value);
        let first = to_string(&lone);
        assert_eq!(text, format!("{first}{}", first.replacen("a:", "b:", 1)));
    }
}
