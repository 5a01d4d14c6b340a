//! What type a plain scalar has, by the rules of yaml.v3 3.0.1 (`resolve.go`).

use std::sync::Arc;

use super::Value;

/// The type of a plain scalar: its value, or `Merge` for the key `<<`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Value(Value),
    Text,
    Merge,
}

/// Resolves a plain scalar.
pub(super) fn plain(text: &str) -> Resolved {
    let Some(first) = text.bytes().next() else { return Resolved::Value(Value::Null) };
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => number_or_date(text).map_or(Resolved::Text, Resolved::Value),
        b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'<' => word(text),
        _ => Resolved::Text,
    }
}

fn word(text: &str) -> Resolved {
    match text {
        "~" | "null" | "Null" | "NULL" => Resolved::Value(Value::Null),
        "true" | "True" | "TRUE" => Resolved::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => Resolved::Value(Value::Bool(false)),
        "<<" => Resolved::Merge,
        _ => Resolved::Text,
    }
}

/// The words that YAML 1.1 takes for booleans and yaml.v3 does not, except in a field of that type.
pub(super) fn old_bool(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

fn number_or_date(text: &str) -> Option<Value> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Value::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Some(Value::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Some(Value::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    if text.starts_with('.') {
        return float(text).map(Value::Float);
    }
    if let Some(time) = timestamp(text) {
        return Some(Value::Timestamp(time));
    }
    let plain = text.replace('_', "");
    int(&plain).or_else(|| float(&plain).map(Value::Float))
}

/// An integer as Go's `ParseInt` with base 0 reads it: decimal, `0x`, `0b`, `0o` or a leading 0 for octal.
pub(super) fn int(plain: &str) -> Option<Value> {
    let (negative, digits) = match plain.as_bytes().first()? {
        b'-' => (true, &plain[1..]),
        b'+' => (false, &plain[1..]),
        _ => (false, plain),
    };
    let (digits, radix) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&digits[2..], 16),
        [b'0', b'b' | b'B', ..] => (&digits[2..], 2),
        [b'0', b'o' | b'O', ..] => (&digits[2..], 8),
        [b'0', _, ..] => (&digits[1..], 8),
        _ => (digits, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match (negative, i64::try_from(magnitude)) {
        (false, Ok(i)) => Some(Value::Int(i)),
        // With a plus sign Go knows signed integers only.
        (false, Err(_)) => (!plain.starts_with('+')).then_some(Value::UInt(magnitude)),
        (true, Ok(i)) => Some(Value::Int(-i)),
        (true, Err(_)) => (magnitude == 1 << 63).then_some(Value::Int(i64::MIN)),
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, within the range of a float.
pub(super) fn float(plain: &str) -> Option<f64> {
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(i) => (&unsigned[..i], Some(&unsigned[i + 1..])),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)));
    if !(mantissa_fits && exponent_fits) {
        return None;
    }
    plain.parse::<f64>().ok().filter(|f| f.is_finite())
}

/// A date or a time by one of yaml.v3's five layouts, in Go's RFC 3339 form.
pub(super) fn timestamp(text: &str) -> Option<Arc<str>> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..4].iter().all(u8::is_ascii_digit) || bytes[4] != b'-' {
        return None;
    }
    let mut rest = text;
    let year = number(&mut rest, 4..=4)?;
    let month = rest.strip_prefix('-').and_then(|r| {
        rest = r;
        number(&mut rest, 1..=2)
    })?;
    let day = rest.strip_prefix('-').and_then(|r| {
        rest = r;
        number(&mut rest, 1..=2)
    })?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    if rest.is_empty() {
        return Some(format!("{year:04}-{month:02}-{day:02}T00:00:00Z").into());
    }
    let zoned = rest.starts_with(['T', 't']);
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let hour = number(&mut rest, 1..=2)?;
    let minute = rest.strip_prefix(':').and_then(|r| {
        rest = r;
        number(&mut rest, 1..=2)
    })?;
    let second = rest.strip_prefix(':').and_then(|r| {
        rest = r;
        number(&mut rest, 1..=2)
    })?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut fraction = String::new();
    if let Some(r) = rest.strip_prefix(['.', ',']) {
        let len = r.bytes().take_while(u8::is_ascii_digit).count();
        if len == 0 {
            return None;
        }
        fraction = r[..len.min(9)].trim_end_matches('0').to_owned();
        rest = &r[len..];
    }
    let zone = match (zoned, rest) {
        (true, "Z") | (false, "") => "Z".to_owned(),
        (true, _) => zone(rest)?,
        (false, _) => return None,
    };
    let fraction = if fraction.is_empty() { fraction } else { format!(".{fraction}") };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}").into())
}

/// `+02:00`; no offset is written as `Z`.
fn zone(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hours = number(&mut rest, 2..=2)?;
    rest = rest.strip_prefix(':')?;
    let minutes = number(&mut rest, 2..=2)?;
    (rest.is_empty() && hours <= 24 && minutes < 60)
        .then(|| if hours + minutes == 0 { "Z".into() } else { text.to_owned() })
}

fn number(rest: &mut &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let len = rest.bytes().take(*lengths.end()).take_while(u8::is_ascii_digit).count();
    if !lengths.contains(&len) {
        return None;
    }
    let (digits, behind) = rest.split_at(len);
    *rest = behind;
    digits.parse().ok()
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_many_notations() {
        for (text, i) in
            [("0777", 511), ("0o17", 15), ("0x1F", 31), ("0b11", 3), ("1_000", 1000), ("-5", -5), ("+5", 5)]
        {
            assert_eq!(plain(text), Resolved::Value(Value::Int(i)), "{text}");
        }
        assert_eq!(plain("9223372036854775808"), Resolved::Value(Value::UInt(1 << 63)));
        assert_eq!(plain("08"), Resolved::Value(Value::Float(8.0)));
    }

    #[test]
    fn words_of_yaml_11_are_texts() {
        for text in ["yes", "off", "1:30", "1e400", "0x", "4.20.1", "tRue", ".5.5"] {
            assert_eq!(plain(text), Resolved::Text, "{text}");
        }
    }

    #[test]
    fn dates_are_checked_against_the_calendar() {
        let time = |text: &str| timestamp(text).map(|t| t.to_string());
        assert_eq!(time("2024-02-29").as_deref(), Some("2024-02-29T00:00:00Z"));
        assert_eq!(time("2023-02-29"), None);
        assert_eq!(time("2001-12-14t21:59:43.10-05:00").as_deref(), Some("2001-12-14T21:59:43.1-05:00"));
        assert_eq!(time("2001-12-14 21:59:43").as_deref(), Some("2001-12-14T21:59:43Z"));
        assert_eq!(time("2001-12-14x"), None);
    }
}
