//! The type of a scalar: yaml.v3 3.0.1 (`resolve.go`) and yaml.v2 2.4, the library inside sigs.k8s.io/yaml.

use super::timestamp::timestamp;

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// gopkg.in/yaml.v3: `yes` and `on` are texts.
    V3,
    /// sigs.k8s.io/yaml: `yes` and `on` are booleans.
    Sigs,
}

/// A scalar with its type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved<'d> {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(&'d str),
    Timestamp(String),
    /// `!!binary`, decoded.
    Binary(Vec<u8>),
}

impl Resolved<'_> {
    fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::UInt(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Str(_) => "!!str",
            Self::Timestamp(_) => "!!timestamp",
            Self::Binary(_) => "!!binary",
        }
    }
}

/// Resolves a text by the tag written before it (short form; "" for none).
///
/// # Errors
/// The text does not fit the tag.
pub(super) fn resolve<'d>(dialect: Dialect, tag: &str, text: &'d str) -> Result<Resolved<'d>, String> {
    match tag {
        "" => Ok(untagged(dialect, text, true)),
        "!!str" => Ok(Resolved::Str(text)),
        "!!binary" => decode_base64(text).map(Resolved::Binary),
        "!!bool" | "!!int" | "!!float" | "!!null" | "!!timestamp" => {
            match untagged(dialect, text, tag == "!!timestamp") {
                Resolved::Int(int) if tag == "!!float" => Ok(Resolved::Float(int as f64)),
                resolved if resolved.tag() == tag => Ok(resolved),
                resolved => Err(format!("cannot decode {} `{text}` as a {tag}", resolved.tag())),
            }
        }
        _ => Ok(Resolved::Str(text)),
    }
}

/// The type that a plain text has by itself.
pub(super) fn untagged(dialect: Dialect, text: &str, timestamps: bool) -> Resolved<'_> {
    match text.as_bytes().first() {
        None | Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O') => {
            word(dialect, text).unwrap_or(Resolved::Str(text))
        }
        Some(b'.') => word(dialect, text).or_else(|| float(text)).unwrap_or(Resolved::Str(text)),
        Some(b'0'..=b'9' | b'+' | b'-') => number(dialect, text, timestamps).unwrap_or(Resolved::Str(text)),
        _ => Resolved::Str(text),
    }
}

fn word(dialect: Dialect, text: &str) -> Option<Resolved<'static>> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "true" | "True" | "TRUE" => Resolved::Bool(true),
        "false" | "False" | "FALSE" => Resolved::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Resolved::Float(f64::NEG_INFINITY),
        _ if dialect == Dialect::Sigs => Resolved::Bool(boolean_word(text)?),
        _ => return None,
    })
}

/// The booleans of YAML 1.1 that are words of their own.
pub(super) fn boolean_word(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

fn number(dialect: Dialect, text: &str, timestamps: bool) -> Option<Resolved<'static>> {
    if let Some(word) = word(dialect, text) {
        return Some(word);
    }
    if timestamps && text.as_bytes().get(4) == Some(&b'-') {
        if let Some(time) = timestamp(text) {
            return Some(Resolved::Timestamp(time));
        }
    }
    let plain = text.replace('_', "");
    integer(&plain).or_else(|| float(&plain)).or_else(|| prefixed(dialect, &plain))
}

/// Go's `strconv.ParseInt` and `ParseUint` with base 0.
fn integer(plain: &str) -> Option<Resolved<'static>> {
    let (negative, digits) = match plain.as_bytes().first()? {
        b'-' => (true, &plain[1..]),
        b'+' => (false, &plain[1..]),
        _ => (false, plain),
    };
    let lower = |i: usize| digits.as_bytes().get(i).map(u8::to_ascii_lowercase);
    let (radix, digits) = match (lower(0)?, lower(1)) {
        (b'0', Some(b'x')) if digits.len() > 2 => (16, &digits[2..]),
        (b'0', Some(b'o')) if digits.len() > 2 => (8, &digits[2..]),
        (b'0', Some(b'b')) if digits.len() > 2 => (2, &digits[2..]),
        (b'0', Some(_)) => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match (negative, i64::try_from(magnitude)) {
        (false, Ok(int)) => Some(Resolved::Int(int)),
        (true, Ok(int)) => Some(Resolved::Int(-int)),
        (true, Err(_)) => (magnitude == i64::MIN.unsigned_abs()).then_some(Resolved::Int(i64::MIN)),
        (false, Err(_)) => (!plain.starts_with('+')).then_some(Resolved::UInt(magnitude)),
    }
}

/// `0b` and, in yaml.v3, `0o` with a second sign behind the prefix, which Go accepts.
fn prefixed(dialect: Dialect, plain: &str) -> Option<Resolved<'static>> {
    let (radix, digits) = match plain.strip_prefix("0b") {
        Some(digits) => (2, digits),
        None if dialect == Dialect::V3 => (8, plain.strip_prefix("0o")?),
        None => return None,
    };
    i64::from_str_radix(digits, radix).ok().map(Resolved::Int)
}

fn float(plain: &str) -> Option<Resolved<'static>> {
    let body = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let looks_like_one = body.bytes().any(|byte| byte.is_ascii_digit())
        && body.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let value: f64 = looks_like_one.then(|| plain.parse().ok())??;
    value.is_finite().then_some(Resolved::Float(value))
}

/// Standard base64 with padding; line breaks do not count.
fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    use base64::Engine as _;
    let compact: String = text.chars().filter(|c| *c != '\n' && *c != '\r').collect();
    let engine = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        base64::engine::GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    engine.decode(compact).map_err(|_| "!!binary value contains invalid base64 data".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v3(text: &str) -> Resolved<'_> {
        untagged(Dialect::V3, text, true)
    }

    #[test]
    fn integers_in_every_notation() {
        assert_eq!(v3("0755"), Resolved::Int(493));
        assert_eq!(v3("0o755"), Resolved::Int(493));
        assert_eq!(v3("-0x1F"), Resolved::Int(-31));
        assert_eq!(v3("1_000"), Resolved::Int(1000));
        assert_eq!(v3("18446744073709551615"), Resolved::UInt(u64::MAX));
        assert_eq!(v3("-9223372036854775808"), Resolved::Int(i64::MIN));
        assert_eq!(v3("0b-101"), Resolved::Int(-5));
    }

    #[test]
    fn what_is_no_integer_may_be_a_float_or_a_text() {
        assert_eq!(v3("08"), Resolved::Float(8.0));
        assert_eq!(v3("1."), Resolved::Float(1.0));
        assert_eq!(v3("1e400"), Resolved::Str("1e400"));
        assert_eq!(v3("1.2.3"), Resolved::Str("1.2.3"));
        assert_eq!(v3("0x"), Resolved::Str("0x"));
        assert_eq!(v3("-"), Resolved::Str("-"));
    }

    #[test]
    fn the_dialects_differ_in_booleans() {
        assert_eq!(v3("yes"), Resolved::Str("yes"));
        assert_eq!(untagged(Dialect::Sigs, "yes", true), Resolved::Bool(true));
        assert_eq!(untagged(Dialect::Sigs, "yEs", true), Resolved::Str("yEs"));
    }
}
