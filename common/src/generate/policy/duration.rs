//! Evaluation intervals: `never`, `watch`, or a duration of Go's `time.ParseDuration`.

/// Checks an evaluation interval as `validateInterval` of the PolicyGenTemplate generator 4.20 does (Go 1.22
/// `time.ParseDuration`: sign, fractions, units ns us µs ms s m h, a plain `0`, no days).
///
/// # Errors
/// Says why it is none, to be put behind the value.
pub fn check_interval(text: &str) -> Result<(), String> {
    match text {
        "never" | "watch" => Ok(()),
        _ => nanoseconds(text).map(drop),
    }
}

/// The length of a Go duration, without its sign.
fn nanoseconds(text: &str) -> Result<u64, String> {
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
    fn go_durations_are_taken() {
        for text in ["never", "watch", "0", "+0", "10m", "1.5h", ".5s", "1.s", "1h1m1s1ms1us1ns", "1µs", "1μs", "-3s"]
        {
            assert_eq!(check_interval(text), Ok(()), "{text}");
        }
        assert_eq!(nanoseconds("1.5h"), Ok(5_400_000_000_000));
        assert_eq!(check_interval("9223372036854775807ns"), Ok(()));
        assert_eq!(check_interval("-9223372036854775808ns"), Ok(()));
    }

    #[test]
    fn everything_else_is_not() {
        for text in ["", "20", "NEVER", "1h ", "1d", ".", "s", "+", "1m 3s", "abc", "--1s", "00"] {
            assert!(check_interval(text).is_err(), "{text}");
        }
        assert!(check_interval("9223372036854775808ns").is_err());
        assert!(check_interval("99999999999999999999h").is_err());
    }
}
