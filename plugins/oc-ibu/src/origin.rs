//! Where recorded facts come from, and how old they are.

use jiff::Timestamp;
use ztp_common::upgrade::clock::seconds;

use crate::elapsed::elapsed;
use crate::source::{Cluster, FromArgs};

/// Says it on standard error, below a report. Live facts are of now and from where the command says.
pub fn tell(from: &FromArgs, clusters: &[Cluster], now: Timestamp) {
    if !from.is_live() {
        let times: Vec<_> = clusters.iter().map(Cluster::recorded_at).collect();
        eprintln!("{}", line(&from.shown(), &times, now));
    }
}

fn line(from: &str, times: &[Option<Timestamp>], now: Timestamp) -> String {
    let known = || times.iter().flatten();
    let age = match (known().min(), known().max()) {
        (Some(oldest), Some(newest)) => {
            let (up_to, the_oldest) = if oldest == newest { ("", "") } else { ("up to ", "the oldest ") };
            let at = oldest.strftime("%Y-%m-%d %H:%M UTC");
            format!("recorded {up_to}{} ago, {the_oldest}at {at}", elapsed(seconds(*oldest, now)))
        }
        _ => "of unknown age".to_owned(),
    };
    format!("facts from {from}, {age}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_of_recorded_facts_is_told() {
        let [a, b, now] = ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"]
            .map(|text| text.parse::<Timestamp>().expect("a time"));
        assert_eq!(line("f", &[Some(a)], now), "facts from f, recorded 2h00m ago, at 2026-01-01 10:00 UTC");
        let several = "facts from f, recorded up to 2h00m ago, the oldest at 2026-01-01 10:00 UTC";
        assert_eq!(line("f", &[Some(b), Some(a), None], now), several);
        assert_eq!(line("standard input", &[None], now), "facts from standard input, of unknown age");
    }
}
