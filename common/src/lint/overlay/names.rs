//! Keys of an overlay that are probably mistyped or stand in the wrong place.

use strsim::osa_distance;

use super::Spot;
use crate::finding::Finding;
use crate::generate::policy::SourceDocument;
use crate::yaml::NodeRef;

const ID: &str = "policy/overlay-path";

/// Maps whose keys are no names of fields.
const FREE: [&str; 9] =
    ["data", "stringData", "binaryData", "labels", "annotations", "matchLabels", "nodeSelector", "pins", "ptpSettings"];

/// Says so when a key that the source CR does not have is nearly one that CRs of its kind have there. Whether nothing
/// more needs to be said about it.
///
/// Other keys are left alone: source CRs do not spell out every field of their kind.
pub fn check(
    spot: &Spot<'_, '_>,
    key: NodeRef<'_>,
    fields: &[(NodeRef<'_>, NodeRef<'_>)],
    findings: &mut Vec<Finding>,
) -> bool {
    let name = key.text().unwrap_or_default();
    let Some(known) = spot.known else { return true };
    let is_free = FREE.contains(&spot.key) || spot.key.ends_with("NodeSelector");
    if is_free || !is_field(name) || known.below(name).is_some() {
        return true;
    }
    let is_set = |candidate: &str| fields.iter().any(|(key, _)| key.text() == Some(candidate));
    let Some(meant) = nearest(name, known.keys().filter(|candidate| !is_set(candidate))) else { return false };
    let fact = format!("no source CR of this kind has {:?} in {}", name, spot.path);
    let finding = Finding::warning(ID, fact)
        .at(key.place())
        .label("added beside what the source CR has")
        .note("the clusters refuse the CR or ignore the field, and what the source CR says stays");
    findings.push(finding.fix(format!("did you mean {meant:?}?")));
    true
}

/// Says so when a key that is known nowhere near stands somewhere else in the source CR with a placeholder that the
/// overlay leaves open.
pub fn misplaced(
    document: &SourceDocument,
    set: &[String],
    strangers: &[(NodeRef<'_>, String)],
    findings: &mut Vec<Finding>,
) {
    for (key, path) in strangers {
        let name = key.text().unwrap_or_default();
        let open = document.placeholders.iter().map(|placeholder| without_index(&placeholder.to_string()).to_owned());
        let fits = |place: &String| place.rsplit('.').next() == Some(name) && !set.contains(place);
        let mut places = open.filter(fits);
        let (Some(place), None) = (places.next(), places.next()) else { continue };
        let fact = format!("no source CR of this kind has {name:?} in {path}");
        let finding = Finding::warning(ID, fact)
            .at(key.place())
            .label("added beside what the source CR has")
            .note(format!("the source CR leaves {place} to be filled in, and the overlay does not"));
        findings.push(finding.fix(format!("did you mean {place}? move the key there")));
    }
}

/// The list that an item stands in: `a.b` of `a.b[0]`.
fn without_index(path: &str) -> &str {
    path.strip_suffix(']').and_then(|path| path.rsplit_once('[')).map_or(path, |(list, _)| list)
}

/// A name as fields have it; others are names of things.
fn is_field(name: &str) -> bool {
    name.len() > 2 && name.bytes().all(|b| b.is_ascii_alphanumeric()) && name.starts_with(|c: char| c.is_alphabetic())
}

/// Stricter than [`crate::suggest::nearest`], since an unknown key is usually right.
fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let slip = |candidate: &&str| is_field(candidate) && is_slip(name, candidate);
    known.filter(slip).min_by_key(|candidate| osa_distance(name, candidate))
}

fn is_slip(name: &str, meant: &str) -> bool {
    if name.eq_ignore_ascii_case(meant) {
        return true;
    }
    let most = if name.len() >= 9 { 2 } else { usize::from(name.len() >= 4) };
    osa_distance(name, meant) <= most && !is_other(name, meant)
}

/// Names that differ in a number, or as least and most do.
fn is_other(name: &str, known: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let opposite = |a: &str, b: &str| name.replacen(a, b, 1) == known || name.replacen(b, a, 1) == known;
    letters(name) == letters(known) || opposite("min", "max") || opposite("Min", "Max")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, found_among};
    use super::is_slip;

    const PTP: &str = "kind: PtpConfig\nmetadata: {name: a}\nspec:\n  profile:\n  - name: slave\n    interface: $interface\n    \
                       ptp4lOpts: \"-2 -s\"\n";

    #[test]
    fn a_mistyped_key_is_found_with_what_was_meant() {
        let overlay = "    spec:\n      profile:\n      - name: slave\n        interfcae: ens1f0\n";
        assert_eq!(found(PTP, overlay), ["policy/overlay-path 10 did you mean \"interface\"?"]);
        assert!(found(PTP, &overlay.replace("interfcae", "interface")).is_empty());
        assert!(found(PTP, &overlay.replace("interfcae", "phc2sysOpts")).is_empty());
    }

    #[test]
    fn what_another_source_cr_of_the_kind_has_is_right() {
        let other = "kind: PtpConfig\nmetadata: {name: b}\nspec: {profile: [{interfaces: []}]}\n";
        let overlay = "    spec:\n      profile:\n      - interfaces: []\n";
        assert_eq!(found(PTP, overlay).len(), 1);
        assert!(found_among(&[("A.yaml", PTP), ("B.yaml", other)], overlay).is_empty());
    }

    #[test]
    fn a_key_in_the_wrong_place_is_found_by_its_open_placeholder() {
        let overlay = "    spec:\n      interface: ens1f0\n";
        let fix = "did you mean spec.profile[0].interface? move the key there";
        assert_eq!(found(PTP, overlay), [format!("policy/overlay-path 8 {fix}")]);
        assert!(found(PTP, &format!("{overlay}      profile:\n      - interface: ens1f0\n")).is_empty());
    }

    #[test]
    fn selectors_of_devices_have_fields() {
        let source = "kind: A\nmetadata: {name: a}\nspec:\n  nicSelector:\n    pfNames: [$pfNames]\n";
        let run = |overlay: &str| found(source, &format!("    spec:\n      {overlay}\n"));
        assert_eq!(run("nicSelector: {pfName: [ens1f0]}"), ["policy/overlay-path 8 did you mean \"pfNames\"?"]);
        let fix = "did you mean spec.nicSelector.pfNames? move the key there";
        assert_eq!(run("pfNames: [ens1f0]"), [format!("policy/overlay-path 8 {fix}")]);
        assert!(run("nicSelector: {pfNames: [ens1f0], rootDevices: [x]}").is_empty());
    }

    #[test]
    fn an_overlay_that_contains_itself_comes_to_an_end() {
        let overlay = "    spec: &a\n      profile:\n      - &b\n        one: *a\n        two: *b\n        three: *b\n";
        found(PTP, overlay);
    }

    #[test]
    fn names_of_things_are_no_slips() {
        assert!(is_slip("resourcename", "resourceName") && is_slip("nmaespace", "namespace"));
        assert!(!is_slip("minTxRate", "maxTxRate") && !is_slip("ens4f0", "ens5f0") && !is_slip("mtu", "mta"));
        let source = "kind: A\nmetadata: {name: a}\nspec: {nodeSelector: {worker: x}}\n";
        assert!(found(source, "    spec:\n      nodeSelector: {workers: x}\n").is_empty());
    }
}
