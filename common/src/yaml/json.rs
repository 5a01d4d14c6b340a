//! Nodes to JSON by the rules of sigs.k8s.io/yaml 1.6, which reads with yaml.v2.
//!
//! YAML 1.1 booleans; a later duplicate wins; a merge key wins over what stands before it and loses to what follows.

use serde_json::{Map, Number, Value};

use super::decode_map::merge_sources;
use super::expansion::Expansion;
use super::resolve::{Dialect, Resolved, resolve};
use super::{Error, Kind, NodeRef, ScalarStyle};

impl NodeRef<'_> {
    /// The value as sigs.k8s.io/yaml turns it into JSON: YAML 1.1 booleans, a later duplicate wins, keys as texts.
    ///
    /// # Errors
    /// As that library.
    pub fn to_json(self) -> Result<Value, Error> {
        json(self, &mut Expansion::default())
    }
}

fn json(node: NodeRef<'_>, expansion: &mut Expansion) -> Result<Value, Error> {
    expansion.enter(node)?;
    let value = match node.kind() {
        Kind::Seq => {
            let items: Result<Vec<_>, _> = node.items().map(|item| json(item, expansion)).collect();
            Value::Array(items?)
        }
        Kind::Map => {
            let mut object = Map::new();
            merge_into(&mut object, node, expansion)?;
            Value::Object(object)
        }
        Kind::Scalar(_) | Kind::Alias => scalar(node)?,
    };
    expansion.leave(node);
    Ok(value)
}

fn merge_into(object: &mut Map<String, Value>, node: NodeRef<'_>, expansion: &mut Expansion) -> Result<(), Error> {
    for (key, value) in node.entries() {
        if is_merge_key(key) {
            for source in merge_sources(value)?.into_iter().rev() {
                expansion.enter(source)?;
                merge_into(object, source, expansion)?;
                expansion.leave(source);
            }
            continue;
        }
        let name = key_text(key, expansion)?;
        object.insert(name, json(value, expansion)?);
    }
    Ok(())
}

fn is_merge_key(key: NodeRef<'_>) -> bool {
    let implicit = match (key.tag(), key.kind()) {
        (None, Kind::Scalar(style)) => style == ScalarStyle::Plain,
        (tag, _) => matches!(tag, Some("!" | "!!merge")),
    };
    !key.is_alias() && implicit && key.text() == Some("<<")
}

fn typed(node: NodeRef<'_>) -> Result<Resolved<'_>, Error> {
    let text = node.text().unwrap_or_default();
    match (node.tag(), node.kind()) {
        (None, Kind::Scalar(style)) if style != ScalarStyle::Plain => Ok(Resolved::Str(text)),
        (tag, _) => resolve(Dialect::Sigs, tag.unwrap_or_default(), text).map_err(|message| node.error(message)),
    }
}

fn scalar(node: NodeRef<'_>) -> Result<Value, Error> {
    Ok(match typed(node)? {
        Resolved::Null => Value::Null,
        Resolved::Bool(value) => value.into(),
        Resolved::Int(value) => value.into(),
        Resolved::UInt(value) => value.into(),
        Resolved::Float(value) => Value::Number(number(node, value)?),
        Resolved::Str(text) => text.into(),
        // yaml.v2 knows points in time, but leaves them as text in free data.
        Resolved::Timestamp(_) => node.text().unwrap_or_default().into(),
        Resolved::Binary(bytes) => lossy(&bytes).into(),
    })
}

/// A float in Go's JSON: an integral one has neither point nor exponent, so that it reads back as an integer.
fn number(node: NodeRef<'_>, value: f64) -> Result<Number, Error> {
    if value.fract() == 0.0 && !(value == 0.0 && value.is_sign_negative()) {
        if value >= i64::MIN as f64 && value < i64::MAX as f64 {
            return Ok((value as i64).into());
        }
        if value > 0.0 && value < u64::MAX as f64 {
            return Ok((value as u64).into());
        }
    }
    Number::from_f64(value).ok_or_else(|| node.error(format!("JSON has no number for `{}`", node.text().unwrap_or(""))))
}

fn key_text(node: NodeRef<'_>, expansion: &mut Expansion) -> Result<String, Error> {
    expansion.enter(node)?;
    let refused = |what: &str| Err(node.error(format!("{what} cannot be a key, quote it")));
    let text = match (node.kind(), typed(node)?) {
        (Kind::Seq | Kind::Map, _) => return Err(node.error("invalid map key: a list or a map cannot be a key")),
        (_, Resolved::Null) => return refused("null"),
        (_, Resolved::UInt(_)) => return refused("an integer this large"),
        (_, Resolved::Bool(value)) => value.to_string(),
        (_, Resolved::Int(value)) => value.to_string(),
        (_, Resolved::Float(value)) => float_key(value as f32),
        (_, Resolved::Str(text)) => text.to_owned(),
        (_, Resolved::Timestamp(_)) => node.text().unwrap_or_default().to_owned(),
        (_, Resolved::Binary(bytes)) => lossy(&bytes),
    };
    expansion.leave(node);
    Ok(text)
}

/// Go's `strconv.FormatFloat(value, 'g', -1, 32)`.
fn float_key(value: f32) -> String {
    if value.is_nan() {
        return ".nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// Go replaces each byte that is not UTF-8.
fn lossy(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    text
}
