//! Blanks and gaps in the comma lists of binding rules.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;

/// `placement/blank-in-value`: the generator splits at commas and trims nothing (`placementBuilder.go`, ZTP 4.20).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for rule in fleet.templates.iter().flat_map(|template| &template.rules) {
        let odd = rule.requirement.values.iter().find(|value| value.is_empty() || value.trim() != value.as_str());
        let Some(odd) = odd else { continue };
        let parts = rule.requirement.values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
        let clean: Vec<&str> = parts.collect();
        let fact = format!("{} is compared with the value {odd:?}, which no label can have", rule.requirement.key);
        let fact = if odd.is_empty() {
            format!("{} is also compared with an empty value", rule.requirement.key)
        } else {
            fact
        };
        findings.push(
            Finding::warning("placement/blank-in-value", fact)
                .at(rule.value.place())
                .note("the list is split at commas, and nothing is trimmed")
                .fix(format!("write {}: \"{}\"", rule.requirement.key, clean.join(","))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn nothing_is_trimmed() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let run =
            |rules| found(check, &[cr, ("1.yaml", &template("t", "ns", rules, "{fileName: A.yaml, policyName: p}"))]);
        assert_eq!(run("{zone: \"a, b\"}"), ["placement/blank-in-value 3"]);
        assert_eq!(run("{zone: \"a,\"}"), ["placement/blank-in-value 3"]);
        assert!(run("{zone: \"a,b\", c: \"\"}").is_empty());
    }
}
