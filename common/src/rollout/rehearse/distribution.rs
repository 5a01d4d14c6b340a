//! How long something takes: a fixed time, a log-normal spread, or times that were seen.

use jiff::SignedDuration;
use jiff::fmt::friendly::{Spacing, SpanPrinter};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use crate::duration::nanoseconds;

/// The distance from the middle to the 95th percentile of a normal distribution, in standard deviations.
const P95: f64 = 1.644_853_626_951_472_2;

/// A distribution of times, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// Always the same.
    Fixed(f64),
    /// Log-normal: half take less than `p50`, 19 of 20 less than `p95`.
    LogNormal {
        /// The middle.
        p50: f64,
        /// What one of 20 exceeds.
        p95: f64,
    },
    /// Times that were seen, in ascending order; what lies between two of them is as likely.
    Seen(Vec<f64>),
}

/// A [`Spread`] made ready to draw from.
#[derive(Clone, Debug)]
pub(super) enum Drawer {
    Fixed(f64),
    LogNormal { mu: f64, sigma: f64 },
    Seen(Vec<f64>),
}

impl Spread {
    /// A spread from its middle and 95th percentile; without a 95th percentile the time is fixed.
    ///
    /// # Errors
    /// A time is negative, or the 95th percentile is below the middle.
    pub fn new(p50: SignedDuration, p95: Option<SignedDuration>) -> Result<Self, String> {
        let (middle, high) = (p50.as_secs_f64(), p95.map_or(p50, |p95| p95).as_secs_f64());
        if p50.is_negative() {
            return Err(format!("{} is before its own start", span_text(p50)));
        }
        if high < middle {
            let high = p95.map(span_text).unwrap_or_default();
            return Err(format!("19 of 20 cannot take less ({high}) than half of them ({})", span_text(p50)));
        }
        Ok(if high > middle && middle > 0.0 { Self::LogNormal { p50: middle, p95: high } } else { Self::Fixed(high) })
    }

    /// Times that were seen, in any order.
    ///
    /// # Errors
    /// There is none, or one is negative.
    pub fn seen(mut times: Vec<f64>) -> Result<Self, String> {
        if times.is_empty() || times.iter().any(|time| !time.is_finite() || *time < 0.0) {
            return Err("samples need at least one time, and none below zero".to_owned());
        }
        times.sort_by(f64::total_cmp);
        Ok(Self::Seen(times))
    }

    /// Reads `30m` or `30m~50m`: the middle, and what one of 20 exceeds.
    ///
    /// # Errors
    /// It is neither, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (p50, p95) = match text.split_once('~') {
            Some((p50, p95)) => (p50, Some(p95)),
            None => (text, None),
        };
        Self::new(duration(p50)?, p95.map(duration).transpose()?)
    }

    /// The middle and the 95th percentile, in seconds.
    pub fn middle_and_high(&self) -> (f64, f64) {
        match self {
            Self::Fixed(time) => (*time, *time),
            Self::LogNormal { p50, p95 } => (*p50, *p95),
            Self::Seen(times) => (between(times, 0.5), between(times, 0.95)),
        }
    }

    pub(super) fn drawer(&self) -> Drawer {
        match self {
            Self::Fixed(time) => Drawer::Fixed(*time),
            Self::LogNormal { p50, p95 } => Drawer::LogNormal { mu: p50.ln(), sigma: (p95 / p50).ln() / P95 },
            Self::Seen(times) => Drawer::Seen(times.clone()),
        }
    }
}

impl Drawer {
    /// One time, in milliseconds. Takes as much from the generator whatever the time turns out to be.
    pub fn draw(&self, rng: &mut impl Rng) -> i64 {
        let seconds = match self {
            Self::Fixed(time) => *time,
            Self::LogNormal { mu, sigma } => {
                let normal: f64 = StandardNormal.sample(rng);
                (mu + sigma * normal).exp()
            }
            Self::Seen(times) => between(times, rng.random::<f64>()),
        };
        // A float too large becomes the largest number, and that is capped: no sum of such times overflows.
        ((seconds * 1000.0).round() as i64).min(MAX_MILLIS)
    }
}

/// A thousand years; nobody waits longer.
const MAX_MILLIS: i64 = 1000 * 366 * 86_400_000;

/// The time that a share of the times does not exceed, between two of them by proportion.
pub(super) fn between(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let low = sorted.get(place as usize).copied().unwrap_or_default();
    let high = sorted.get(place as usize + 1).copied().unwrap_or(low);
    low + (high - low) * place.fract()
}

/// `1h30m`, as people write times for flags and files.
///
/// # Errors
/// It is no time, as a sentence.
pub(super) fn duration(text: &str) -> Result<SignedDuration, String> {
    let text = text.trim();
    let wrong = |why: &str| format!("{text:?} is no time like 40m, 1h30m or 45s: {why}");
    if text.starts_with('-') {
        return Err(wrong("it cannot be negative"));
    }
    let nanoseconds = nanoseconds(text).map_err(|why| wrong(&why))?;
    let time = SignedDuration::from_nanos_i128(nanoseconds.into());
    if time.as_hours() > 24 * 365 { Err(wrong("it is longer than a year")) } else { Ok(time) }
}

/// A time as [`Spread::parse`] reads it.
pub fn span_text(time: SignedDuration) -> String {
    SpanPrinter::new().spacing(Spacing::None).duration_to_string(&time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;

    fn drawn(spread: &Spread) -> Vec<f64> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        let drawer = spread.drawer();
        let mut times: Vec<f64> = (0..20_001).map(|_| drawer.draw(&mut rng) as f64 / 1000.0).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    #[test]
    fn what_is_drawn_has_the_percentiles_asked_for() {
        let times = drawn(&Spread::parse("30m~50m").unwrap());
        let (p50, p95) = (times[10_000] / 60.0, times[19_000] / 60.0);
        assert!((29.5..30.5).contains(&p50) && (49.0..51.0).contains(&p95), "{p50} {p95}");
        let seen = drawn(&Spread::seen(vec![300.0, 100.0, 200.0]).unwrap());
        assert!(seen[0] >= 100.0 && seen[20_000] <= 300.0 && (195.0..205.0).contains(&seen[10_000]));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(Spread::parse("1h30m"), Ok(Spread::Fixed(5400.0)));
        assert_eq!(Spread::parse("45s~2m"), Ok(Spread::LogNormal { p50: 45.0, p95: 120.0 }));
        for text in ["", "~", "30", "30m~", "50m~30m", "-5m", "30m~50m~70m", "99999h", "half an hour"] {
            assert!(Spread::parse(text).is_err(), "{text}");
        }
        assert_eq!(span_text(SignedDuration::from_secs(5445)), "1h30m45s");
    }
}
