//! Nodes to values by the rules of gopkg.in/yaml.v3 3.0.1 (`decode.go`).

use super::expansion::Expansion;
use super::resolve::{Dialect, Resolved, boolean_word, resolve};
use super::{Error, Kind, NodeRef, ScalarStyle, Value};

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
        value(self, &mut Expansion::default())
    }

    /// Whether yaml.v3 takes it for null: empty, `~`, `null` without quotes, or the tag.
    pub fn is_null(self) -> bool {
        self.short_tag() == "!!null"
    }

    /// The value of a Go `string` field: the literal text of any scalar, "" for null.
    ///
    /// # Errors
    /// A list or a map, or binary data.
    pub fn decode_text(self) -> Result<&'d str, Error> {
        match self.resolve()? {
            Some(Resolved::Null) => Ok(""),
            Some(Resolved::Binary(_)) => Err(self.error("expected a text, found binary data")),
            Some(_) => Ok(self.text().unwrap_or_default()),
            None => Err(self.mismatch("a text")),
        }
    }

    /// The value of a Go `bool` field: also the texts `yes`, `no`, `on`, `off`, `y`, `n`; false for null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_bool(self) -> Result<bool, Error> {
        match self.resolve()? {
            Some(Resolved::Null) => Ok(false),
            Some(Resolved::Bool(value)) => Ok(value),
            Some(Resolved::Str(text)) => boolean_word(text).ok_or_else(|| self.mismatch("true or false")),
            _ => Err(self.mismatch("true or false")),
        }
    }

    /// The value of a Go `int` field: integers in every notation, floats without their fraction; 0 for null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_int(self) -> Result<i64, Error> {
        match self.resolve()? {
            Some(Resolved::Null) => Ok(0),
            Some(Resolved::Int(value)) => Ok(value),
            Some(Resolved::Float(value)) if value <= i64::MAX as f64 => Ok(value as i64),
            _ => Err(self.mismatch("an integer")),
        }
    }

    fn mismatch(self, expected: &str) -> Error {
        let found = match self.kind() {
            Kind::Seq => "a list".into(),
            Kind::Map => "a map".into(),
            _ => format!("`{}`", self.text().unwrap_or_default()),
        };
        self.error(format!("expected {expected}, found {found}"))
    }

    /// The type of a scalar; `None` for lists and maps.
    fn resolve(self) -> Result<Option<Resolved<'d>>, Error> {
        let Some(text) = self.text() else { return Ok(None) };
        if self.is_text() {
            return Ok(Some(Resolved::Str(text)));
        }
        resolve(Dialect::V3, self.explicit_tag(), text).map(Some).map_err(|message| self.error(message))
    }

    /// The tag as yaml.v3 sees it: `!` is none.
    fn explicit_tag(self) -> &'d str {
        self.tag().filter(|tag| *tag != "!").unwrap_or_default()
    }

    /// Quoted or block text without a tag, or tagged as text.
    fn is_text(self) -> bool {
        match (self.kind(), self.explicit_tag()) {
            (Kind::Scalar(_), "!!str") => true,
            (Kind::Scalar(style), "") => style != ScalarStyle::Plain,
            _ => false,
        }
    }

    /// The tag, written or resolved; "" stands for the tags that nothing here asks for.
    pub(super) fn short_tag(self) -> &'d str {
        match (self.kind(), self.explicit_tag()) {
            (Kind::Scalar(style), "") if style != ScalarStyle::Plain => "!!str",
            (Kind::Scalar(_), "") if self.text() == Some("<<") => "!!merge",
            (Kind::Scalar(_), "") => match resolve(Dialect::V3, "", self.text().unwrap_or_default()) {
                Ok(Resolved::Null) => "!!null",
                Ok(Resolved::Str(_)) => "!!str",
                _ => "",
            },
            (_, tag) => tag,
        }
    }
}

pub(super) fn value(node: NodeRef<'_>, expansion: &mut Expansion) -> Result<Value, Error> {
    expansion.enter(node)?;
    let value = match node.kind() {
        Kind::Seq => {
            let items: Result<Vec<_>, _> = node.items().map(|item| value(item, expansion)).collect();
            Value::seq(items?)
        }
        Kind::Map => super::decode_map::map(node, expansion)?,
        Kind::Scalar(_) | Kind::Alias => scalar(node)?,
    };
    expansion.leave(node);
    Ok(value)
}

fn scalar(node: NodeRef<'_>) -> Result<Value, Error> {
    Ok(match node.resolve()?.unwrap_or(Resolved::Null) {
        Resolved::Null => Value::Null,
        Resolved::Bool(value) => value.into(),
        Resolved::Int(value) => value.into(),
        Resolved::UInt(value) => Value::UInt(value),
        Resolved::Float(value) => Value::Float(value),
        Resolved::Str(text) => text.into(),
        Resolved::Timestamp(text) => Value::Timestamp(text.into()),
        Resolved::Binary(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => Value::Binary(error.into_bytes().into()),
        },
    })
}

/// The text of a map key where all keys are texts: any scalar as it is written; `None` for null.
pub(super) fn text_key(node: NodeRef<'_>, expansion: &mut Expansion) -> Result<Option<Value>, Error> {
    expansion.enter(node)?;
    let key = match node.resolve()? {
        None => return Err(node.mismatch("a text as key")),
        Some(Resolved::Null) => None,
        Some(Resolved::Binary(_)) => Some(scalar(node)?),
        Some(_) => node.text().map(Value::from),
    };
    expansion.leave(node);
    Ok(key)
}
