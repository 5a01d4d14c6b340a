//! What of a report fits into a frame that is redrawn on a terminal.

use ztp_common::cli::{Size, rows};

use crate::status_list::Room;

/// As many findings as a report shows otherwise.
const FINDINGS: usize = 5;
/// So many of the worst clusters are kept before findings go.
const WORST: usize = 3;

/// The largest frame that fits, else the smallest there is. Rows of batches go first, then those of clusters, then findings;
/// all else is always there.
pub fn fitted(size: Size, wide: bool, text: &dyn Fn(Room) -> String) -> String {
    let steps = steps(usize::from(size.rows), wide);
    let is_too_high = |room: &Room| rows(&text(*room), size) > usize::from(size.rows);
    let first = steps.partition_point(is_too_high);
    steps.get(first).or(steps.last()).map_or_else(String::new, |room| text(*room))
}

/// Less and less.
fn steps(all: usize, wide: bool) -> Vec<Room> {
    let findings = if wide { all } else { FINDINGS.min(all) };
    let worst = WORST.min(all);
    let room = |batches, rows, findings| Room { wide, batches, rows, findings };
    let mut steps = Vec::new();
    steps.extend((0..=all).rev().map(|batches| room(batches, all, findings)));
    steps.extend((worst..all).rev().map(|rows| room(0, rows, findings)));
    steps.extend((1..findings).rev().map(|findings| room(0, worst, findings)));
    steps.extend((1..worst).rev().map(|rows| room(0, rows, 1)));
    steps.extend([room(0, 1, 0), room(0, 0, 0)]);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of 4 batches, 8 clusters and 2 findings.
    fn text(room: Room) -> String {
        let lines = |what: &str, all: usize, shown: usize| -> String {
            (0..all.min(shown)).map(|number| format!("{what}{number}\n")).collect()
        };
        let left = [(4, room.batches), (8, room.rows), (2, room.findings)];
        let left: usize = left.iter().map(|(all, shown): &(usize, usize)| all.saturating_sub(*shown)).sum();
        let more = if left > 0 { format!("+{left}\n") } else { String::new() };
        let (findings, batches) = (lines("f", 2, room.findings), lines("b", 4, room.batches));
        format!("head\n{findings}{batches}{}{more}next\n", lines("c", 8, room.rows))
    }

    fn seen(rows: u16) -> String {
        fitted(Size { columns: 40, rows }, false, &text).replace('\n', " ")
    }

    #[test]
    fn batches_go_before_clusters_and_findings_last() {
        assert_eq!(seen(16), "head f0 f1 b0 b1 b2 b3 c0 c1 c2 c3 c4 c5 c6 c7 next ");
        assert_eq!(seen(15), "head f0 f1 b0 b1 c0 c1 c2 c3 c4 c5 c6 c7 +2 next ");
        assert_eq!(seen(12), "head f0 f1 c0 c1 c2 c3 c4 c5 c6 +5 next ");
        assert_eq!(seen(8), "head f0 f1 c0 c1 c2 +9 next ");
        assert_eq!(seen(7), "head f0 c0 c1 c2 +10 next ");
        assert_eq!(seen(5), "head f0 c0 +12 next ");
        assert_eq!(seen(4), "head c0 +13 next ");
        assert_eq!(seen(1), "head +14 next ");
    }

    #[test]
    fn a_frame_never_is_higher_than_the_terminal_as_long_as_the_least_fits() {
        for rows in 3..40 {
            let lines = seen(rows).split(' ').count() - 1;
            assert!(lines <= usize::from(rows), "{rows}: {}", seen(rows));
        }
    }
}
