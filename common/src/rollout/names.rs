//! Names that TALM makes and takes apart.

/// Splits a copy's name into the namespace and name of its root policy (TALM 5.0
/// `controllers/utils/policy_util.go`): at the first dot, for a policy's name may hold dots itself.
pub fn child_policy_name(copy: &str) -> Option<(&str, &str)> {
    copy.split_once('.')
}

/// The name TALM gives to an object it makes (TALM 5.0 `controllers/utils/common.go`, `GetSafeResourceName`): the base,
/// cut to fit, and a suffix. `max_length` is 253 for all that current releases make.
pub fn safe_name(base: &str, namespace: &str, suffix: &str, max_length: usize) -> String {
    let room = max_length.saturating_sub(suffix.len() + namespace.len() + 1);
    let mut cut = room.min(base.len());
    while !base.is_char_boundary(cut) {
        cut -= 1;
    }
    let kept = base[..cut].trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    format!("{kept}-{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_name_may_hold_dots() {
        assert_eq!(child_policy_name("n.p.x"), Some(("n", "p.x")));
        assert_eq!(child_policy_name("p"), None);
    }

    #[test]
    fn names_are_cut_to_fit_and_end_well() {
        assert_eq!(safe_name("abc-policy", "", "s", 253), "abc-policy-s");
        assert_eq!(safe_name("abc.def", "ns", "s", 8), "abc-s");
    }
}
