//! Policies that are enforced from the start.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;

/// `policy/enforce`: TALM leaves out policies that are `enforce` (TALM 4.20 `clustergroupupgrade_controller.go`).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        let spec = template.root.get("spec");
        for node in spec.into_iter().chain(template.entries()) {
            let Some(action) = node.get("remediationAction") else { continue };
            if !action.text().is_some_and(|text| text.eq_ignore_ascii_case("enforce")) {
                continue;
            }
            findings.push(
                Finding::warning("policy/enforce", "the policy enforces at once, on all its clusters")
                    .at(action.place())
                    .note("TALM leaves such policies out: no batches, no canaries, no order of waves")
                    .fix("use inform and let TALM enforce it"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn enforce_is_found_at_its_entry() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let entries = |action| format!("{{fileName: A.yaml, policyName: p,\n remediationAction: {action}}}");
        let text = template("t", "ns", "{a: b}", &entries("Enforce"));
        assert_eq!(found(check, &[cr, ("1.yaml", &text)]), ["policy/enforce 6"]);
        let text = template("t", "ns", "{a: b}", &entries("inform"));
        assert!(found(check, &[cr, ("1.yaml", &text)]).is_empty());
    }
}
