//! Lists of an overlay: those of scalars replace the source CR's, those of maps merge with it by position.

use super::Spot;
use crate::finding::Finding;
use crate::yaml::{NodeRef, Value};

/// Lists to which sites want to add, so that another content is hardly meant to replace the source CR's.
const GROWING: [&str; 2] = ["additionalKernelArgs", "kernelArguments"];

/// `policy/overlay-replaces-list`, `policy/overlay-list-order`
pub fn check(spot: &Spot<'_, '_>, source: &[Value], findings: &mut Vec<Finding>) {
    match source.first() {
        Some(Value::Map(_)) => order(spot, source, findings),
        Some(_) => replaced(spot, source, findings),
        None => {}
    }
}

/// Both lists are compared as texts. Only a list that takes some items over and adds others looks as if it was meant
/// to add: one of quite other items is a choice, as is one that only leaves items out.
fn replaced(spot: &Spot<'_, '_>, source: &[Value], findings: &mut Vec<Finding>) {
    let old: Vec<&str> = source.iter().filter_map(Value::as_str).filter(|item| !is_open(item)).collect();
    let new: Vec<&str> = spot.overlay.items().filter_map(NodeRef::text).collect();
    let lost: Vec<&str> = old.iter().copied().filter(|item| !new.contains(item)).collect();
    let adds = new.iter().any(|item| !old.contains(item));
    let takes_over = lost.len() < old.len() || GROWING.contains(&spot.key);
    if lost.is_empty() || !adds || !takes_over {
        return;
    }
    let fact = format!("{} replaces the list of the source CR, which loses {}", spot.path, lost.join(", "));
    findings.push(
        Finding::warning("policy/overlay-replaces-list", fact)
            .at(spot.overlay.place())
            .note("lists of plain values are replaced as a whole; only maps are merged")
            .fix(format!("add {} to the overlay if the clusters need it", lost.join(", "))),
    );
}

fn is_open(item: &str) -> bool {
    item.is_empty() || item.starts_with('$')
}

fn order(spot: &Spot<'_, '_>, source: &[Value], findings: &mut Vec<Finding>) {
    let names: Vec<Option<&str>> = source.iter().map(|item| item.get("name").and_then(Value::as_str)).collect();
    for (i, item) in spot.overlay.items().enumerate() {
        let Some(node) = item.get("name") else { continue };
        let (Some(name), Some(Some(merged))) = (node.text(), names.get(i)) else { continue };
        let Some(own) = names.iter().position(|other| *other == Some(name)) else { continue };
        if *merged == name || own == i {
            continue;
        }
        let fact = format!("{name:?} is merged into {merged:?}, because both are item {} of {}", i + 1, spot.path);
        findings.push(
            Finding::warning("policy/overlay-list-order", fact)
                .at(node.place())
                .note("lists of maps are merged by position, whatever the names of their items")
                .fix(format!("write it as item {} of the list, in the order of the source CR", own + 1)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    const PROFILE: &str = "kind: PerformanceProfile\nmetadata: {name: a}\nspec:\n  additionalKernelArgs: [a=1, b=2]\n  \
                           pfNames: [$pf]\n  paths: [/x, /y]\n";

    #[test]
    fn a_list_that_should_grow_loses_what_it_had() {
        let kernel = |list: &str| found(PROFILE, &format!("    spec:\n      additionalKernelArgs: {list}\n"));
        let fix = "add b=2 to the overlay if the clusters need it";
        assert_eq!(kernel("[a=1, c=3]"), [format!("policy/overlay-replaces-list 8 {fix}")]);
        assert_eq!(kernel("[c=3]").len(), 1);
        assert!(kernel("[a=1]").is_empty());
        assert!(kernel("[b=2, a=1, c=3]").is_empty());
    }

    #[test]
    fn other_values_are_a_choice() {
        assert!(found(PROFILE, "    spec:\n      pfNames: [ens1f0]\n      paths: [/z]\n").is_empty());
        assert_eq!(found(PROFILE, "    spec:\n      paths: [/x, /z]\n").len(), 1);
    }

    #[test]
    fn items_meet_by_position() {
        let source = "kind: A\nmetadata: {name: a}\nspec: {profile: [{name: one, x: 1}, {name: two}]}\n";
        let run = |list: &str| found(source, &format!("    spec:\n      profile:\n{list}"));
        assert_eq!(
            run("      - name: two\n        x: 2\n"),
            ["policy/overlay-list-order 9 write it as item 2 of the list, in the order of the source CR"]
        );
        assert!(run("      - name: renamed\n      - name: two\n").is_empty());
    }
}
