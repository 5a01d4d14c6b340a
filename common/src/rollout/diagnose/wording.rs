//! Lists and suggestions in sentences.

/// `a, b and 3 more`: at most five names.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 5;
    let head: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", head.join(", ")),
        None => head.join(", "),
    }
}

/// `1 cluster`, `2 clusters`.
pub(super) fn clusters(count: usize) -> String {
    if count == 1 { "1 cluster".to_owned() } else { format!("{count} clusters") }
}

/// `60m`, `4h`, `1h20m`, `30s`.
pub(super) fn span(seconds: i64) -> String {
    match (seconds / 3600, seconds % 3600 / 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, 0) => format!("{minutes}m"),
        (0, minutes, seconds) => format!("{minutes}m{seconds}s"),
        (hours, 0, _) => format!("{hours}h"),
        (hours, minutes, _) => format!("{hours}h{minutes}m"),
    }
}

/// The known name that is meant by a mistyped one: at most two letters differ.
pub(super) fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let close = known.filter(|other| other.len().abs_diff(name.len()) <= 2);
    close
        .map(|other| (distance(name, other), other))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, other)| other)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        row[0] = left;
        for (cell, y) in row[1..].iter_mut().zip(&b) {
            let best = (diagonal + usize::from(x != *y)).min(*cell + 1).min(left + 1);
            diagonal = *cell;
            (*cell, left) = (best, best);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(&["a", "b"]), "a, b");
        assert_eq!(listed(&["1", "2", "3", "4", "5", "6", "7"]), "1, 2, 3, 4, 5 and 2 more");
    }

    #[test]
    fn slips_are_recognized() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(meant("sno1O", ["sno10", "sno20"].into_iter()), Some("sno10"));
        assert_eq!(meant("other", ["sno10"].into_iter()), None);
        assert_eq!((span(4800), span(59), span(60)), ("1h20m".into(), "59s".into(), "1m".into()));
    }
}
