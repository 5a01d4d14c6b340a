//! Deploy waves that TALM cannot use.

use crate::finding::{Finding, Level};
use crate::lint::fleet::{Fleet, wave};

const UNQUOTED: &str = "policy/wave-unquoted";

/// `policy/wave-invalid`: one such policy keeps TALM from making the ClusterGroupUpgrade of a new cluster (TALM 4.20
/// `managedclusterForCGU_controller.go`).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in &fleet.templates {
        for policy in &template.policies {
            let Some(given) = wave(policy).filter(|wave| wave.parse::<i64>().is_err()) else { continue };
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

/// `policy/wave-missing`: TALM leaves such policies out of the ClusterGroupUpgrades that it makes (TALM 4.20
/// `managedclusterForCGU_controller.go`). A template without any wave is one of steps that somebody rolls out himself,
/// so that is only worth knowing. A wave that was lost has its own finding.
pub fn missing(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in fleet.templates.iter().filter(|template| template.findings.iter().all(|f| f.id != UNQUOTED)) {
        let without: Vec<_> = template.policies.iter().filter(|policy| wave(policy).is_none()).collect();
        if without.len() == template.policies.len() {
            let fact = format!("no policy of {:?} has a deploy wave", template.name);
            let finding = Finding { level: Level::Info, ..Finding::warning("policy/wave-missing", fact) };
            findings.push(
                finding
                    .at(template.anchor().place())
                    .note("new clusters do not get them by themselves; a ClusterGroupUpgrade has to name them")
                    .fix("nothing, if that is meant; else annotate the source CRs or overlays with a wave"),
            );
            continue;
        }
        for policy in without {
            let fact = format!("policy {:?} has no deploy wave, other policies beside it have one", policy.name());
            findings.push(
                Finding::warning("policy/wave-missing", fact)
                    .at(template.entry_of(policy).place())
                    .note("TALM leaves it out of the ClusterGroupUpgrades of new clusters")
                    .fix("set ran.openshift.io/ztp-deploy-wave: \"10\", or another, in metadata.annotations of this entry"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn a_policy_without_wave_beside_others() {
        let wave = "kind: A\nmetadata: {name: a, annotations: {ran.openshift.io/ztp-deploy-wave: \"1\"}}\n";
        let crs = [("source-crs/A.yaml", wave), ("source-crs/B.yaml", "kind: B\nmetadata: {name: b}\n")];
        let run = |entries: &str| {
            let text = template("t", "ns", "{a: b}", entries);
            found(missing, &[&crs[..], &[("1.yaml", &*text)]].concat())
        };
        let (one, two) = ("{fileName: A.yaml, policyName: p}", "{fileName: B.yaml, policyName: q}");
        assert_eq!(run(&format!("{one},\n{two}")), ["policy/wave-missing 6"]);
        assert_eq!(run(two), ["policy/wave-missing 2"]);
        assert!(run(&format!("{one},\n{}", two.replace('q', "p"))).is_empty());
    }

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
