//! Points in time, as yaml.v3 3.0.1 finds them in plain scalars (`resolve.go`, `parseTimestamp`).

/// The RFC 3339 form that Go writes, or `None` for a text that is no point in time.
///
/// The formats are `2006-1-2`, `2006-1-2 15:4:5.999999999` (taken as UTC) and `2006-1-2T15:4:5.999999999Z07:00`.
pub(super) fn timestamp(text: &str) -> Option<String> {
    let mut rest = Rest(text.as_bytes());
    let year = rest.digits(4, 4)?;
    rest.expect(b'-')?;
    let month = rest.digits(1, 2).filter(|month| (1..=12).contains(month))?;
    rest.expect(b'-')?;
    let day = rest.digits(1, 2).filter(|day| (1..=days(year, month)).contains(day))?;
    let date = format!("{year:04}-{month:02}-{day:02}T");
    if rest.0.is_empty() {
        return Some(format!("{date}00:00:00Z"));
    }
    let zoned = match rest.0[0] {
        b'T' | b't' => {
            rest.0 = &rest.0[1..];
            true
        }
        b' ' => {
            while rest.0.first() == Some(&b' ') {
                rest.0 = &rest.0[1..];
            }
            false
        }
        _ => return None,
    };
    let time = rest.time()?;
    let zone = if zoned { rest.zone()? } else { "Z".into() };
    rest.0.is_empty().then(|| format!("{date}{time}{zone}"))
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        Some(digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    fn time(&mut self) -> Option<String> {
        let hour = self.digits(1, 2).filter(|hour| *hour < 24)?;
        self.expect(b':')?;
        let minute = self.digits(1, 2).filter(|minute| *minute < 60)?;
        self.expect(b':')?;
        let second = self.digits(1, 2).filter(|second| *second < 60)?;
        let mut fraction = String::new();
        if matches!(self.0, [b'.' | b',', b'0'..=b'9', ..]) {
            let count = self.0[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            // Nanoseconds are all that Go keeps.
            fraction.extend(self.0[1..=count.min(9)].iter().map(|byte| char::from(*byte)));
            self.0 = &self.0[1 + count..];
        }
        let fraction = fraction.trim_end_matches('0');
        let dot = if fraction.is_empty() { "" } else { "." };
        Some(format!("{hour:02}:{minute:02}:{second:02}{dot}{fraction}"))
    }

    fn zone(&mut self) -> Option<String> {
        if self.expect(b'Z').is_some() {
            return Some("Z".into());
        }
        let sign = match self.0.first()? {
            b'+' => '+',
            b'-' => '-',
            _ => return None,
        };
        self.0 = &self.0[1..];
        let hours = self.digits(2, 2).filter(|hours| *hours <= 24)?;
        self.expect(b':')?;
        let minutes = self.digits(2, 2).filter(|minutes| *minutes <= 60)?;
        let (hours, minutes) = (hours + minutes / 60, minutes % 60);
        Some(if hours + minutes == 0 { "Z".into() } else { format!("{sign}{hours:02}:{minutes:02}") })
    }
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn dates_must_exist() {
        assert_eq!(timestamp("2024-2-29").as_deref(), Some("2024-02-29T00:00:00Z"));
        assert_eq!(timestamp("2023-02-29"), None);
        assert_eq!(timestamp("2024-13-01"), None);
        assert_eq!(timestamp("24-01-01"), None);
    }

    #[test]
    fn times_keep_their_zone() {
        assert_eq!(timestamp("2001-12-14t21:59:43.10-05:00").as_deref(), Some("2001-12-14T21:59:43.1-05:00"));
        assert_eq!(timestamp("2001-12-14 1:2:3").as_deref(), Some("2001-12-14T01:02:03Z"));
        assert_eq!(timestamp("2001-12-14T1:2:3"), None);
    }
}
