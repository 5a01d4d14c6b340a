//! `spaceRequired` of a PreCachingConfig (TALM 5.0 `controllers/precache.go`, `parseSpaceRequired`, with
//! `docker/go-units` v0.5.0, `parseSize`).

const GIB: f64 = 1_073_741_824.0;

/// Whole GiB, rounded up. A value with the letter `i` has binary units, any other decimal ones; a bare number is bytes.
/// `G` and `GB` and `GiB` are units, `Gi` as Kubernetes writes it is none.
///
/// # Errors
/// Negative values and whatever is not a number with a unit.
pub fn required_gib(text: &str) -> Result<u64, String> {
    let invalid = || format!("invalid size: '{text}'");
    let last = text.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ').ok_or_else(invalid)?;
    let (number, suffix) = text.split_at(last + 1);
    let number = number.strip_suffix(' ').unwrap_or(number);
    let parsed: Result<f64, _> = number.parse();
    let number = parsed.map_err(|_| format!("strconv.ParseFloat: parsing \"{number}\": invalid syntax"))?;
    if number < 0.0 {
        return Err(invalid());
    }
    let suffix = suffix.to_lowercase();
    let power = power(&suffix).ok_or_else(|| format!("invalid suffix: '{suffix}'"))?;
    let base: f64 = if text.contains('i') { 1024.0 } else { 1000.0 };
    // Go truncates to whole bytes before it divides.
    let bytes = (number * base.powi(power)).trunc();
    Ok((bytes / GIB).ceil() as u64)
}

fn power(suffix: &str) -> Option<i32> {
    if matches!(suffix, "" | "b") {
        return Some(0);
    }
    let mut letters = suffix.chars();
    let power = match letters.next()? {
        'k' => 1,
        'm' => 2,
        'g' => 3,
        't' => 4,
        'p' => 5,
        _ => return None,
    };
    matches!(letters.as_str(), "" | "b" | "ib").then_some(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_i_makes_units_binary() {
        assert_eq!([required_gib("40 GiB"), required_gib("40 GB"), required_gib("38.5GiB")], [Ok(40), Ok(38), Ok(39)]);
        assert_eq!(
            [required_gib("1073741824"), required_gib("3100 MB"), required_gib("2 TB")],
            [Ok(1), Ok(3), Ok(1863)]
        );
        assert_eq!([required_gib("40g"), required_gib("10 b")], [Ok(38), Ok(1)]);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["abc 123", "123 ab", "-1 GiB", "", "GiB", " 40 GiB", "40 GiB ", "40 iB", "40 GBi"] {
            assert!(required_gib(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn units_as_kubernetes_writes_them_are_refused() {
        assert_eq!(required_gib("40Gi"), Err("invalid suffix: 'gi'".to_owned()));
        assert_eq!(required_gib("40 Mi"), Err("invalid suffix: 'mi'".to_owned()));
    }
}
