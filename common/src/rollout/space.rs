//! `spaceRequired` of a PreCachingConfig (TALM 5.0 `controllers/precache.go`).

const GIB: f64 = 1_073_741_824.0;

/// Whole GiB, rounded up. A value with the letter `i` has binary units, any other decimal ones; a bare number is bytes.
///
/// # Errors
/// Negative values and whatever is not a number with a unit.
pub fn required_gib(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let unit_at = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-' && c != '+').unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let number: f64 = number.parse().map_err(|_| format!("invalid size: '{text}'"))?;
    let power = power(unit.trim()).ok_or_else(|| format!("invalid size: '{text}'"))?;
    if number < 0.0 {
        return Err(format!("invalid size: '{text}'"));
    }
    let base: f64 = if text.contains('i') { 1024.0 } else { 1000.0 };
    // Go truncates to whole bytes before it divides.
    let bytes = (number * base.powi(power)).trunc();
    Ok((bytes / GIB).ceil() as u64)
}

fn power(unit: &str) -> Option<i32> {
    let unit = unit.to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    match unit.strip_suffix('i').unwrap_or(unit) {
        "" => Some(0),
        "k" => Some(1),
        "m" => Some(2),
        "g" => Some(3),
        "t" => Some(4),
        "p" => Some(5),
        _ => None,
    }
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
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(["abc 1", "1 ab", "-1 GiB", ""].iter().all(|text| required_gib(text).is_err()));
    }
}
