//! Lengths of time, as Go reads them and people say them.

/// `0s`, `40m`, `1h20m`, `4h`, `3d2h`: at most two units.
pub fn span(seconds: i64) -> String {
    let (sign, seconds) = if seconds < 0 { ("-", seconds.saturating_neg()) } else { ("", seconds) };
    let units = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let first = units.iter().position(|(size, _)| seconds >= *size).unwrap_or(units.len() - 1);
    let mut text = sign.to_owned();
    let mut left = seconds;
    for (size, unit) in units.iter().skip(first).take(2) {
        let number = left / size;
        left %= size;
        if number > 0 || (text.len() == sign.len() && *size == 1) {
            text.push_str(&format!("{number}{unit}"));
        }
    }
    text
}

/// The length of a duration as Go 1.22 `time.ParseDuration` reads it, without its sign: fractions, units ns us µs ms s m
/// h, a plain `0`, no days.
///
/// # Errors
/// Says why it is none, to be put behind the value.
pub fn nanoseconds(text: &str) -> Result<u64, String> {
    const LONGEST: u64 = 1 << 63;
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err("it is empty".into());
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (whole, after) = split_digits(rest);
        let (fraction, after) = after.strip_prefix('.').map_or(("", after), split_digits);
        if whole.is_empty() && fraction.is_empty() {
            return Err(format!("a number is missing before \"{rest}\""));
        }
        let (unit, after) = after.split_at(after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len()));
        if unit.is_empty() {
            return Err("its unit is missing".into());
        }
        let scale = unit_nanoseconds(unit).ok_or_else(|| format!("\"{unit}\" is not a unit"))?;
        total = amount(whole, fraction, scale)
            .and_then(|part| total.checked_add(part))
            .filter(|total| *total <= LONGEST)
            .ok_or("it is too long")?;
        rest = after;
    }
    if total == LONGEST && !negative { Err("it is too long".into()) } else { Ok(total) }
}

fn amount(whole: &str, fraction: &str, scale: u64) -> Option<u64> {
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part = if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse::<f64>().ok()? * scale as f64 };
    whole.checked_mul(scale)?.checked_add(part as u64)
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn unit_nanoseconds(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_two_units() {
        assert_eq!(
            [0, 59, 60, 2400, 4800, 14400, 266_400].map(span),
            ["0s", "59s", "1m", "40m", "1h20m", "4h", "3d2h"]
        );
        assert_eq!(span(86_460), "1d");
        assert_eq!(span(-90), "-1m30s");
    }

    #[test]
    fn go_durations_are_taken() {
        for text in ["0", "+0", "10m", "1.5h", ".5s", "1.s", "1h1m1s1ms1us1ns", "1µs", "1μs", "-3s"] {
            assert!(nanoseconds(text).is_ok(), "{text}");
        }
        assert_eq!(nanoseconds("1.5h"), Ok(5_400_000_000_000));
        assert_eq!(nanoseconds("9223372036854775807ns"), Ok((1 << 63) - 1));
        assert_eq!(nanoseconds("-9223372036854775808ns"), Ok(1 << 63));
    }

    #[test]
    fn everything_else_is_not() {
        for text in ["", "20", "NEVER", "1h ", "1d", ".", "s", "+", "1m 3s", "abc", "--1s", "00"] {
            assert!(nanoseconds(text).is_err(), "{text}");
        }
        assert!(nanoseconds("9223372036854775808ns").is_err());
        assert!(nanoseconds("99999999999999999999h").is_err());
    }
}
