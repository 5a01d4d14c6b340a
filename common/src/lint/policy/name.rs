//! Names of policies.

use crate::finding::{Finding, Level};
use crate::lint::fleet::Fleet;

/// `policy/dot-in-name`: ACM before 2.8 looks for the policy behind a copy at the wrong dot
/// (governance-policy-propagator, pull request 82). As information, because later releases do it right and the
/// reference of 4.14 itself has such names.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for policy in template.policies.iter().filter(|policy| policy.name().contains('.')) {
            let entry = template.entry_of(policy);
            let node = match template.name.contains('.') {
                true => template.anchor(),
                false => entry.get("policyName").unwrap_or(entry),
            };
            let fact = format!("the policy name {:?} has a dot", policy.name());
            let finding = Finding { level: Level::Info, ..Finding::warning("policy/dot-in-name", fact) };
            findings.push(
                finding
                    .at(node.place())
                    .note("its copies are called namespace.name, and not everything splits them at the first dot")
                    .fix("write a dash for the dot"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn the_part_with_the_dot_is_marked() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let run = |name: &str, policy: &str| {
            let text = template(name, "ns", "{a: b}", &format!("{{fileName: A.yaml,\n policyName: {policy}}}"));
            found(check, &[cr, ("1.yaml", &text)])
        };
        assert_eq!(run("t", "p-4.20"), ["policy/dot-in-name 6"]);
        assert_eq!(run("t.4", "p"), ["policy/dot-in-name 2"]);
        assert!(run("t", "p-4-20").is_empty());
    }
}
