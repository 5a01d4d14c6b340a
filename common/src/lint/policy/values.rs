//! Values that the generator copies unchecked and the hub refuses.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;
use crate::suggest::nearest;
use crate::yaml::NodeRef;

/// Fields with the values of the schemas of Policy and ConfigurationPolicy (ACM 2.13), which also take some upper-case
/// letters.
const VALUES: [(&str, &[&str]); 2] =
    [("complianceType", &["musthave", "mustonlyhave", "mustnothave"]), ("remediationAction", &["inform", "enforce"])];

/// `policy/bad-value`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for node in template.root.get("spec").into_iter().chain(template.entries()) {
            findings.extend(VALUES.iter().filter_map(|(field, values)| judge(node, field, values)));
        }
    }
}

fn judge(node: NodeRef<'_>, field: &str, values: &[&str]) -> Option<Finding> {
    let value = node.get(field)?;
    let text = value.text().filter(|text| !text.is_empty() && !text.contains("{{"))?;
    if values.iter().any(|known| known.eq_ignore_ascii_case(text)) {
        return None;
    }
    let finding = Finding::error("policy/bad-value", format!("{field} has no value {text:?}"))
        .at(value.place())
        .note("the generator copies it, and the hub refuses the policy");
    Some(match nearest(text, values.iter().copied()) {
        Some(meant) => finding.fix(format!("did you mean {meant}?")),
        None => finding.fix(format!("use {}", values.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn values_that_do_not_exist() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let run = |values: &str| {
            let text = template("t", "ns", "{a: b}", &format!("{{fileName: A.yaml, policyName: p,\n{values}}}"));
            found(check, &[cr, ("1.yaml", &text)])
        };
        assert_eq!(
            run("complianceType: musthvae,\nremediationAction: infrom"),
            ["policy/bad-value 6", "policy/bad-value 7"]
        );
        assert!(run("complianceType: MustOnlyHave, remediationAction: Inform").is_empty());
    }
}
