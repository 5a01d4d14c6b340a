//! Where recorded facts come from, how old they are, and how much of them could not be read.

use jiff::Timestamp;
use ztp_common::upgrade::clock::seconds;

use crate::elapsed::elapsed;
use crate::source::{Cluster, FromArgs};

/// Says it on standard error, below a report. Live facts are of now and from where the command says.
pub fn tell(from: &FromArgs, clusters: &[Cluster], now: Timestamp) {
    if !from.is_live() {
        let times: Vec<_> = clusters.iter().map(Cluster::recorded_at).collect();
        let unread = clusters.iter().map(|cluster| cluster.unread.len()).sum();
        eprintln!("{}", line(&from.shown(), &times, unread, now));
    }
}

fn line(from: &str, times: &[Option<Timestamp>], unread: usize, now: Timestamp) -> String {
    let known = || times.iter().flatten();
    let age = match (known().min(), known().max()) {
        (Some(oldest), Some(newest)) => {
            let (up_to, the_oldest) = if oldest == newest { ("", "") } else { ("up to ", "the oldest ") };
            let at = oldest.strftime("%Y-%m-%d %H:%M UTC");
            format!("recorded {up_to}{} ago, {the_oldest}at {at}", elapsed(seconds(*oldest, now)))
        }
        _ => "of unknown age".to_owned(),
    };
    let unread = match unread {
        0 => String::new(),
        1 => "; 1 unreadable file or object left out: -v says why".to_owned(),
        count => format!("; {count} unreadable files or objects left out: -v says why"),
    };
    format!("facts from {from}, {age}{unread}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_of_recorded_facts_is_told() {
        let [a, b, now] = ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"]
            .map(|text| text.parse::<Timestamp>().expect("a time"));
        assert_eq!(line("f", &[Some(a)], 0, now), "facts from f, recorded 2h00m ago, at 2026-01-01 10:00 UTC");
        let several = "facts from f, recorded up to 2h00m ago, the oldest at 2026-01-01 10:00 UTC";
        assert_eq!(line("f", &[Some(b), Some(a), None], 0, now), several);
        let unread = "facts from standard input, of unknown age; 1 unreadable file or object left out: -v says why";
        assert_eq!(line("standard input", &[None], 1, now), unread);
    }
}
