//! A hub that does not answer while something is followed, in words.

use jiff::Timestamp;
use ztp_common::api::ApiError;

use crate::words::{plain, span};

/// What is known of a hub that does not answer.
pub struct Away {
    /// When it answered for the last time.
    pub since: Timestamp,
    /// Whether nothing at all answers, not only one kind.
    whole: bool,
    reason: String,
}

impl Away {
    /// By the error.
    pub fn new(error: &ApiError, since: Timestamp) -> Self {
        let whole = error.is_away();
        let reason = error.reasons.first().filter(|_| whole).unwrap_or(&error.message);
        Self { since, whole, reason: plain(reason) }
    }

    fn what(&self) -> &'static str {
        if self.whole { "hub away" } else { "hub answers with errors" }
    }

    /// For a line of its own, when it begins.
    pub fn begins(&self, until: Timestamp, now: Timestamp) -> String {
        format!("{}: {}; asked again until {}", self.what(), self.reason, moment(until, now))
    }

    /// For a frame, which shows what was known before.
    pub fn goes_on(&self, until: Timestamp, now: Timestamp) -> String {
        format!(
            "{} for {} ({}), asked again until {}; below is as of {}",
            self.what(),
            lasted(self.since, now),
            self.reason,
            moment(until, now),
            self.since.strftime("%H:%M:%S UTC")
        )
    }

    /// When it is over.
    pub fn ends(&self, now: Timestamp) -> String {
        format!("hub back after {}", lasted(self.since, now))
    }
}

fn lasted(since: Timestamp, now: Timestamp) -> String {
    span(now.duration_since(since).as_secs().max(0))
}

/// A time from now on: the day only where it is not today.
pub fn moment(at: Timestamp, now: Timestamp) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let tomorrow = now.checked_add(jiff::SignedDuration::from_hours(24));
    match day(at) {
        same if same == day(now) => at.strftime("%H:%M UTC").to_string(),
        next if tomorrow.is_ok_and(|tomorrow| next == day(tomorrow)) => at.strftime("%H:%M UTC tomorrow").to_string(),
        _ => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_names_its_day_unless_it_is_today() {
        let now = at("2026-12-31T22:00:00Z");
        assert_eq!(moment(at("2026-12-31T23:59:00Z"), now), "23:59 UTC");
        assert_eq!(moment(at("2027-01-01T22:00:00Z"), now), "22:00 UTC tomorrow");
        assert_eq!(moment(at("2027-01-02T00:00:00Z"), now), "2027-01-02 00:00 UTC");
    }
}
