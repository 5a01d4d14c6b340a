//! Labels without a value that a selector loses when an overlay adds another one.

use super::Spot;
use crate::finding::Finding;
use crate::yaml::{Map, NodeRef};

/// `policy/overlay-selector`: the generator takes an empty text for a placeholder and removes it wherever an overlay
/// enters. One label of a kind for another, such as the role of a node, is a choice.
pub fn check(
    spot: &Spot<'_, '_>,
    source: Option<&Map>,
    fields: &[(NodeRef<'_>, NodeRef<'_>)],
    findings: &mut Vec<Finding>,
) {
    let Some(source) = source.filter(|_| is_selector(spot.key) && !fields.is_empty()) else { return };
    let given: Vec<&str> = fields.iter().filter(|(_, v)| !v.is_null()).filter_map(|(key, _)| key.text()).collect();
    let empty = source.iter().filter(|(_, value)| value.as_str() == Some("")).filter_map(|(key, _)| key.as_str());
    for label in empty.filter(|label| !given.contains(label)) {
        if given.iter().any(|other| prefix(other) == prefix(label)) {
            continue;
        }
        let fact = format!("{} loses the label {label:?} of the source CR", spot.path);
        let place = fields.first().map_or(spot.overlay, |(key, _)| *key).place();
        findings.push(
            Finding::warning("policy/overlay-selector", fact)
                .at(place)
                .note("the generator removes labels with an empty value wherever an overlay adds something beside them")
                .fix(format!("write {label}: \"\" into the overlay too")),
        );
    }
}

fn is_selector(key: &str) -> bool {
    key == "matchLabels" || key.to_ascii_lowercase().ends_with("selector")
}

fn prefix(label: &str) -> &str {
    label.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn a_label_beside_an_empty_one() {
        let source = "kind: A\nmetadata: {name: a}\nspec: {nodeSelector: {node-role.kubernetes.io/worker: \"\"}}\n";
        let run = |labels: &str| found(source, &format!("    spec:\n      nodeSelector: {{{labels}}}\n"));
        assert_eq!(
            run("rack: r7"),
            ["policy/overlay-selector 8 write node-role.kubernetes.io/worker: \"\" into the overlay too"]
        );
        assert!(run("rack: r7, node-role.kubernetes.io/worker: \"\"").is_empty());
        assert!(run("node-role.kubernetes.io/master: \"\"").is_empty());
    }
}
