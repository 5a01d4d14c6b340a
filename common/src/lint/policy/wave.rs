//! Deploy waves that TALM cannot use.

use crate::finding::Finding;
use crate::lint::fleet::{Fleet, wave};

/// `policy/wave-invalid`: one such policy keeps TALM from making the ClusterGroupUpgrade of a new cluster (TALM 4.20
/// `managedclusterForCGU_controller.go`).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for policy in &template.policies {
            let Some(given) = wave(policy).filter(|wave| wave.parse::<i32>().is_err()) else { continue };
            let fact = format!("the deploy wave {given:?} of policy {:?} is no number", policy.name());
            findings.push(
                Finding::error("policy/wave-invalid", fact)
                    .at(template.entry_of(policy).place())
                    .note("TALM makes no ClusterGroupUpgrade for new clusters that the policy reaches")
                    .fix("write a whole number in quotes as annotation ran.openshift.io/ztp-deploy-wave"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn waves_are_whole_numbers() {
        let cr = |wave| {
            format!("kind: A\nmetadata: {{name: a, annotations: {{ran.openshift.io/ztp-deploy-wave: \"{wave}\"}}}}\n")
        };
        let text = template("t", "ns", "{a: b}", "{fileName: A.yaml, policyName: p}");
        let run = |wave| found(check, &[("source-crs/A.yaml", &cr(wave)), ("1.yaml", &text)]);
        assert_eq!(run("1.5"), ["policy/wave-invalid 5"]);
        assert!(run("-1").is_empty());
    }
}
