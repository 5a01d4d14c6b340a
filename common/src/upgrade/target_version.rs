//! The label that marks objects in policies for a release, and the annotation that counts them.

use semver::Version;

use super::annotation::{MANIFEST_COUNT, TARGET_VERSION};
use super::manifest::Manifest;
use crate::finding::Finding;

/// The label values that fit a seed version: `X.Y`, `X.Y.Z` and the version in full (LCA main
/// `internal/extramanifest`). Only the full text when it is not a release number.
pub fn labels(version: &str) -> Vec<String> {
    let mut labels = match Version::parse(version) {
        Ok(v) => vec![format!("{}.{}", v.major, v.minor), format!("{}.{}.{}", v.major, v.minor, v.patch)],
        Err(_) => Vec::new(),
    };
    if !labels.iter().any(|l| l == version) {
        labels.push(version.to_owned());
    }
    labels
}

/// How many objects carry a label that fits the seed version. `objects` are those inside policies.
pub fn count(objects: &[Manifest<'_>], version: &str) -> usize {
    let labels = labels(version);
    objects.iter().filter(|o| labels.iter().any(|l| o.text(&["metadata", "labels", TARGET_VERSION]) == l)).count()
}

/// What the agent would say about the number of labelled objects; nothing when the annotation is absent.
pub fn count_finding(annotation: Option<&str>, found: usize) -> Option<Finding> {
    let expected = annotation?;
    (expected != found.to_string()).then(|| {
        let fact = format!("{found} objects in policies are labelled for the release, {expected} are expected");
        Finding::error("ibu/manifest-count", fact)
            .note(format!("Prep compares the text of {MANIFEST_COUNT} and fails"))
            .fix("correct the annotation or the labels")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_fits_its_release() {
        assert_eq!(labels("4.16.0-rc.1"), ["4.16", "4.16.0", "4.16.0-rc.1"]);
        assert!(count_finding(Some("05"), 5).is_some());
        assert!(count_finding(Some("5"), 5).is_none());
    }
}
