//! "Did you mean …": the known name nearest to a mistyped one.

/// The candidate that `word` most likely stands for: equal but for upper and lower case, or at most one edit
/// (insertion, deletion, replacement, swap of neighbours) in every three characters away. The first of equally near
/// ones; nothing when none is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let edits = (word.chars().count() / 3).clamp(1, 6);
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len().abs_diff(word.len()) > 4 * edits {
            continue;
        }
        // An edit counts two, so that a slip of case alone is the smallest one.
        let exact = 2 * strsim::osa_distance(word, candidate);
        let distance = exact.min(1 + 2 * strsim::osa_distance(&lower, &candidate.to_lowercase()));
        if distance < best.map_or(2 * edits + 2, |(least, _)| least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn small_slips_are_found_and_other_words_are_not() {
        let names = ["fileName", "policyName", "metadata", "spec"];
        assert_eq!(nearest("filename", names), Some("fileName"));
        assert_eq!(nearest("FILENAME", names), Some("fileName"));
        assert_eq!(nearest("polciyName", names), Some("policyName"));
        assert_eq!(nearest("psec", names), Some("spec"));
        assert_eq!(nearest("rules", names), None);
        assert_eq!(nearest("x", names), None);
    }

    #[test]
    fn the_nearest_wins() {
        assert_eq!(
            nearest("PtpConfigSlav.yaml", ["PtpConfigMaster.yaml", "PtpConfigSlave.yaml"]),
            Some("PtpConfigSlave.yaml")
        );
    }
}
