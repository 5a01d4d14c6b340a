//! Lists and times in sentences.

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

/// `its only cluster`, `all 2 clusters`.
pub(super) fn all_clusters(count: usize) -> String {
    if count == 1 { "its only cluster".to_owned() } else { format!("all {count} clusters") }
}

/// `1 cluster of the plan is`, `2 clusters of the plan are`: the verb after a count.
pub(super) fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(&["a", "b"]), "a, b");
        assert_eq!(listed(&["1", "2", "3", "4", "5", "6", "7"]), "1, 2, 3, 4, 5 and 2 more");
    }
}
