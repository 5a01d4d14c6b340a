//! Maintenance windows by the clock on the wall: `22:00-04:00`.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use serde::{Serialize, Serializer};

const DAY: i64 = 1440;

/// A time of day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTime {
    minutes: i64,
}

impl ClockTime {
    /// The clock so much later; what passes midnight starts again.
    pub fn after(self, seconds: i64) -> Self {
        Self { minutes: (self.minutes + seconds.div_euclid(60)).rem_euclid(DAY) }
    }

    /// How often it is midnight until so much later.
    pub fn midnights(self, seconds: i64) -> i64 {
        (self.minutes + seconds.div_euclid(60)).div_euclid(DAY)
    }
}

impl FromStr for ClockTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no time of day like 22:00");
        let (hours, minutes) = text.trim().split_once(':').ok_or_else(wrong)?;
        let number = |text: &str, limit: i64| {
            let is_short = text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit());
            let number: i64 = text.parse().map_err(|_| wrong())?;
            if is_short && number < limit { Ok(number) } else { Err(wrong()) }
        };
        Ok(Self { minutes: number(hours, 24)? * 60 + number(minutes, 60)? })
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From when to when; an end before the start is on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// It opens.
    pub from: ClockTime,
    /// It closes.
    pub to: ClockTime,
}

impl Window {
    /// The time left in the window from `start` on.
    ///
    /// # Errors
    /// `start` is outside of the window.
    pub fn left(&self, start: ClockTime) -> Result<SignedDuration, String> {
        let length = (self.to.minutes - self.from.minutes - 1).rem_euclid(DAY) + 1;
        let into = (start.minutes - self.from.minutes).rem_euclid(DAY);
        if into >= length {
            return Err(format!("{start} is outside of the window {self}"));
        }
        Ok(SignedDuration::from_mins(length - into))
    }
}

impl FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once('-').ok_or_else(|| format!("{text:?} is no window like 22:00-04:00"))?;
        let window = Self { from: from.parse()?, to: to.parse()? };
        if window.from == window.to { Err(format!("{text:?} has no length")) } else { Ok(window) }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_may_pass_midnight() {
        let left = |window: &str, start: &str| {
            let window: Window = window.parse().unwrap();
            window.left(start.parse().unwrap()).map(|left| left.as_mins())
        };
        assert_eq!(left("22:00-04:00", "22:00"), Ok(360));
        assert_eq!(left("22:00-04:00", "01:30"), Ok(150));
        assert_eq!(left("01:00-05:00", "1:15"), Ok(225));
        assert!(left("22:00-04:00", "04:00").unwrap_err().contains("outside of the window 22:00-04:00"));
        let at: ClockTime = "22:00".parse().unwrap();
        assert_eq!(at.after(5 * 3600 + 12 * 60 + 59).to_string(), "03:12");
        assert_eq!([0, 7199, 7200, 86_400 + 7200].map(|seconds| at.midnights(seconds)), [0, 0, 1, 2]);
    }

    #[test]
    fn a_window_is_two_times_of_day() {
        for text in ["22:00", "22-04", "25:00-04:00", "22:60-04:00", "22:00-22:00", "+1:00-02:00", "22:00-004:00"] {
            assert!(text.parse::<Window>().is_err(), "{text}");
        }
    }
}
