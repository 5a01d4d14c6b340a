//! Times as arguments: `40m`, `1h30m`, as Go spells them, and days as well.

use std::time::Duration;

use crate::duration::nanoseconds;

/// A time above zero; a bare number is none, for nobody knows whether it means seconds or minutes.
///
/// # Errors
/// Says why it is none, with examples.
pub fn duration(text: &str) -> Result<Duration, String> {
    match read(text) {
        Ok(time) if time.is_zero() => Err(none(text, "it has to be above zero")),
        other => other,
    }
}

/// A time as kubectl reads `--request-timeout`: a bare number is seconds, and zero is no limit.
///
/// # Errors
/// Says why it is none, with examples.
pub fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<u32>().map_or_else(|_| read(text), |seconds| Ok(Duration::from_secs(seconds.into())))
}

/// Whole minutes above zero, the unit of a CGU's timeout.
///
/// # Errors
/// Says why it is none, with examples.
pub fn minutes(text: &str) -> Result<i64, String> {
    let seconds = duration(text)?.as_nanos();
    let whole = (seconds % 60_000_000_000 == 0).then(|| i64::try_from(seconds / 60_000_000_000).ok()).flatten();
    whole.ok_or_else(|| none(text, "it has to be whole minutes"))
}

fn read(text: &str) -> Result<Duration, String> {
    if text.starts_with('-') {
        return Err(none(text, "it cannot be negative"));
    }
    // No unit of Go's has this letter.
    let (days, rest) = match text.split_once('d') {
        Some((days, rest)) => (days.parse::<u32>().map_err(|_| none(text, "its days are no whole number"))?, rest),
        None => (0, text),
    };
    let rest = if days > 0 && rest.is_empty() { 0 } else { nanoseconds(rest).map_err(|why| none(text, &why))? };
    Ok(Duration::from_secs(u64::from(days) * 86_400) + Duration::from_nanos(rest))
}

fn none(text: &str, why: &str) -> String {
    format!("{text:?} is no time such as 40m or 1h30m: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_go_reads_it_and_days_as_well() {
        let times = ["40m", "1h30m", "90s", "1.5h", "1d", "2d12h"].map(|text| duration(text).unwrap().as_secs());
        assert_eq!(times, [2400, 5400, 90, 5400, 86_400, 216_000]);
        for text in ["", "90", "0", "0s", "-5m", "soon", "1h 30m", "d", "0d", "1.5d", "1dd", "99999999999999999999h"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(duration("90"), Err("\"90\" is no time such as 40m or 1h30m: its unit is missing".to_owned()));
        assert!(duration("0s").unwrap_err().ends_with("above zero"));
        assert!(minutes("30s").unwrap_err().ends_with("whole minutes"));
    }

    #[test]
    fn the_limit_of_a_request_is_read_as_kubectl_reads_it() {
        assert_eq!(["5", "0", "1m30s"].map(|text| seconds(text).map(|time| time.as_secs())), [Ok(5), Ok(0), Ok(90)]);
        assert!(seconds("-1s").is_err() && seconds("soon").is_err());
    }

    #[test]
    fn a_timeout_is_whole_minutes() {
        assert_eq!(["4h", "90m", "1h30m", "1d", "1.5h"].map(minutes), [240, 90, 90, 1440, 90].map(Ok));
        for text in ["", "4", "30s", "h", "0m", "9999999999999999999h", "-4h"] {
            assert!(minutes(text).is_err(), "{text}");
        }
    }
}
