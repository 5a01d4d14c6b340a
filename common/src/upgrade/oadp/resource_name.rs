//! Resource names as Velero lists hold them: any case, singular or plural, with or without group.

/// Whether two names mean the same resource; the group counts only when both have one.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let (a_name, a_group) = a.split_once('.').unwrap_or((&a, ""));
    let (b_name, b_group) = b.split_once('.').unwrap_or((&b, ""));
    let one_group = a_group.is_empty() || b_group.is_empty() || a_group == b_group;
    one_group && (a_name == b_name || is_plural(a_name, b_name) || is_plural(b_name, a_name))
}

/// Whether a list names a resource, or everything.
pub(super) fn contains(list: &[&str], resource: &str) -> bool {
    list.iter().any(|item| *item == "*" || same(item, resource))
}

fn is_plural(singular: &str, plural: &str) -> bool {
    let with = |ending| plural.strip_suffix(ending) == Some(singular);
    with("s") || with("es") || plural.strip_suffix("ies").is_some_and(|stem| singular.strip_suffix('y') == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_as_people_write_them() {
        assert!(same("persistentVolumes", "persistentvolume"));
        assert!(same("lvmvolumegroupnodestatus", "lvmvolumegroupnodestatuses"));
        assert!(same("networkPolicy.networking.k8s.io", "networkpolicies"));
        assert!(!same("deployments.apps", "deployments.extensions"));
        assert!(!same("persistentvolumes", "persistentvolumeclaims"));
    }
}
