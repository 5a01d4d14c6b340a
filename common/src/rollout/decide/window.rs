//! A maintenance window that comes every night, such as `22:00-04:00`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Begins and ends at these times of the day; the end may be on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    start: Time,
    end: Time,
    offset: Offset,
}

/// Where a point in time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowState {
    /// Inside; it closes then.
    Open {
        /// The end of this window.
        closes_at: Timestamp,
    },
    /// Outside; it opens then.
    Closed {
        /// The start of the next window.
        opens_at: Timestamp,
    },
}

impl Window {
    /// Where a point in time lies. The start belongs to the window, the end does not.
    pub fn state(&self, now: Timestamp) -> WindowState {
        let today = TimeZone::fixed(self.offset).to_datetime(now).date();
        let length = self.length();
        // Yesterday's window may still be open, tomorrow's is the next at the latest.
        let days = [today.yesterday().ok(), Some(today), today.tomorrow().ok()];
        let starts =
            days.into_iter().flatten().filter_map(|day| self.offset.to_timestamp(day.to_datetime(self.start)).ok());
        let mut opens_at = now;
        for start in starts {
            let Ok(end) = start.checked_add(length) else { continue };
            if start <= now && now < end {
                return WindowState::Open { closes_at: end };
            }
            if start > now {
                opens_at = start;
                break;
            }
        }
        WindowState::Closed { opens_at }
    }

    /// How long it is; equal times mean a whole day.
    pub fn length(&self) -> SignedDuration {
        let length = self.end.duration_since(self.start);
        if length > SignedDuration::ZERO { length } else { length + SignedDuration::from_hours(24) }
    }
}

impl FromStr for Window {
    type Err = String;

    /// `HH:MM-HH:MM`, in UTC, or followed by an offset such as `+02:00`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no window like 22:00-04:00, 22:00-04:00Z or 22:00-04:00+02:00");
        let (start, rest) = text.split_once('-').ok_or_else(wrong)?;
        let (end, offset) = rest.split_at_checked(5).ok_or_else(wrong)?;
        let offset = match offset {
            "" | "Z" => Offset::UTC,
            _ => read_offset(offset).ok_or_else(wrong)?,
        };
        let (start, end) = (clock(start).ok_or_else(wrong)?, clock(end).ok_or_else(wrong)?);
        Ok(Self { start, end, offset })
    }
}

fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2)?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn read_offset(text: &str) -> Option<Offset> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let in_range = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    if !in_range {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        write!(f, "{}-{} ", clock(self.start), clock(self.end))?;
        let seconds = self.offset.seconds();
        if seconds == 0 {
            return f.write_str("UTC");
        }
        let sign = if seconds < 0 { '-' } else { '+' };
        write!(f, "UTC{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() % 3600 / 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(window: &str, now: &str) -> (bool, String) {
        match window.parse::<Window>().unwrap().state(now.parse().unwrap()) {
            WindowState::Open { closes_at } => (true, closes_at.to_string()),
            WindowState::Closed { opens_at } => (false, opens_at.to_string()),
        }
    }

    #[test]
    fn a_window_may_pass_midnight() {
        assert_eq!(state("22:00-04:00", "2026-01-01T23:00:00Z"), (true, "2026-01-02T04:00:00Z".into()));
        assert_eq!(state("22:00-04:00", "2026-01-02T03:59:59Z"), (true, "2026-01-02T04:00:00Z".into()));
        assert_eq!(state("22:00-04:00", "2026-01-02T04:00:00Z"), (false, "2026-01-02T22:00:00Z".into()));
        assert_eq!(state("01:00-05:00", "2026-01-01T22:00:00Z"), (false, "2026-01-02T01:00:00Z".into()));
        assert_eq!(state("10:00-12:00", "2026-01-01T09:00:00Z"), (false, "2026-01-01T10:00:00Z".into()));
    }

    #[test]
    fn an_offset_moves_it() {
        assert_eq!(state("22:00-04:00+02:00", "2026-01-01T20:30:00Z"), (true, "2026-01-02T02:00:00Z".into()));
        assert_eq!(state("22:00-04:00-05:00", "2026-01-02T02:30:00Z"), (false, "2026-01-02T03:00:00Z".into()));
        assert_eq!("22:00-04:00+05:30".parse::<Window>().unwrap().to_string(), "22:00-04:00 UTC+05:30");
    }

    #[test]
    fn equal_times_are_a_whole_day() {
        assert_eq!(state("00:00-00:00", "2026-01-01T12:00:00Z"), (true, "2026-01-02T00:00:00Z".into()));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "22:00",
            "22-04",
            "22:00-4:00",
            "25:00-04:00",
            "22:00-04:00 CET",
            "22:00-04:00+99:00",
            "22:00-04:00+2000000:00",
            "22:00–04:00",
        ] {
            assert!(text.parse::<Window>().is_err(), "{text:?}");
        }
    }
}
