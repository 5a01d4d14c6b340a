//! Placement that leaves nothing out.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;

/// `placement/every-cluster`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in fleet.templates.iter().filter(|template| !template.rules.iter().any(|rule| rule.asks)) {
        let list = template.root.entries().find(|(key, _)| key.text() == Some("spec")).and_then(|(_, spec)| {
            spec.entries().find(|(key, _)| key.text() == Some("bindingRules")).map(|(key, _)| key)
        });
        let fact = format!("the policies of {:?} ask for no label", template.name);
        findings.push(
            Finding::warning("placement/every-cluster", fact)
                .at(list.unwrap_or_else(|| template.anchor()).place())
                .note("they reach every cluster of the hub, the hub itself (local-cluster) included, unless it is excluded")
                .fix("name a label in bindingRules, such as common: \"true\""),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn rules_that_ask_for_nothing() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let run =
            |rules| found(check, &[cr, ("1.yaml", &template("t", "ns", rules, "{fileName: A.yaml, policyName: p}"))]);
        assert_eq!(run("{}"), ["placement/every-cluster 3"]);
        assert!(run("{a: \"\"}").is_empty());
    }
}
