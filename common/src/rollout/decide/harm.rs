//! What speaks against making a CGU: what the API accepts and what does harm.

use jiff::Timestamp;

use super::super::{Hub, NoGraph, diagnose};
use crate::finding::{Finding, Level};
use crate::resource::ClusterGroupUpgrade;

/// Warnings that are harm when somebody is about to write: still time to do it better.
const HARMFUL: &[&str] = &[
    "rollout/canary-count",
    "rollout/canary-twice",
    "rollout/concurrency",
    "rollout/policies-ignored",
    "rollout/precache-enabled",
    "rollout/selector-everything",
    "rollout/selector-empty",
    "rollout/selector-ignored",
    "rollout/timeout-action",
    "rollout/timeout-short",
];

/// Findings, sorted by what follows from them.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// They forbid the write.
    pub refused: Vec<Finding>,
    /// They would forbid it, but were accepted.
    pub accepted: Vec<Finding>,
    /// Worth telling.
    pub told: Vec<Finding>,
}

/// Sorts findings: errors and harm refuse, unless their id is accepted.
pub fn judge(findings: Vec<Finding>, accepted: &[String]) -> Verdict {
    let mut verdict = Verdict::default();
    for finding in findings {
        let harmful = HARMFUL.contains(&finding.id) && finding.level == Level::Warning;
        if finding.level != Level::Error && !harmful {
            verdict.told.push(finding);
        } else if accepted.iter().any(|id| id == finding.id) {
            verdict.accepted.push(finding);
        } else {
            verdict.refused.push(finding);
        }
    }
    verdict
}

/// All that is to be said of a CGU before it is made.
pub fn before_create(hub: &Hub, cgu: &ClusterGroupUpgrade, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    name(cgu, &mut findings);
    work(cgu, &mut findings);
    strategy(cgu, &mut findings);
    findings
        .extend(diagnose(hub, cgu, &NoGraph, now).into_iter().filter(|finding| finding.id != "rollout/not-enabled"));
    findings
}

fn name(cgu: &ClusterGroupUpgrade, findings: &mut Vec<Finding>) {
    let name = &cgu.metadata.name;
    if name.len() > 63 {
        findings.push(
            Finding::error("rollout/name-long", format!("the name has {} characters, a label only 63", name.len()))
                .note("TALM labels its Placements with the name, and an API server refuses a longer label")
                .fix("take a shorter name"),
        );
    }
}

fn work(cgu: &ClusterGroupUpgrade, findings: &mut Vec<Finding>) {
    let spec = &cgu.spec;
    if spec.managed_policies.is_empty() && spec.manifest_work_templates.is_empty() {
        findings.push(
            Finding::error("rollout/no-work", "the CGU has neither policies nor manifest work templates")
                .note("TALM would call it completed at once")
                .fix("give --policy, --missing, --waves or --manifest-work-template"),
        );
    }
    if spec.backup {
        findings.push(
            Finding::warning("rollout/backup-deprecated", "backup by CGU is deprecated")
                .note("image-based upgrades keep the old system on the node and can go back to it")
                .fix("leave backup out, or use oc ibu"),
        );
    }
}

fn strategy(cgu: &ClusterGroupUpgrade, findings: &mut Vec<Finding>) {
    let strategy = &cgu.spec.remediation_strategy;
    // Less than zero is told of every CGU.
    if strategy.timeout == Some(0) {
        findings.push(
            Finding::error("rollout/timeout-none", "timeout 0 leaves no time at all")
                .note(
                    "of a new CGU TALM drops it when it adds its finalizer, and the default of 240 minutes comes back",
                )
                .fix("give minutes, such as --rollout-timeout 4h"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use serde_json::{Value, json};

    fn verdict(spec: Value, accepted: &[&str]) -> Verdict {
        let mut objects = vec![policy("n", "p", &[("a", "NonCompliant"), ("b", "NonCompliant")])];
        objects.extend(["a", "b"].map(cluster));
        objects.extend(["a", "b"].map(|name| copy("n", "p", name, "inform")));
        let hub = hub(objects);
        let cgu = crate::resource::read(&cgu("u", spec)).unwrap();
        let accepted: Vec<String> = accepted.iter().map(|id| (*id).to_owned()).collect();
        judge(before_create(&hub, &cgu, "2026-01-01T10:00:00Z".parse().unwrap()), &accepted)
    }

    fn ids(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.id).collect()
    }

    fn spec(strategy: Value) -> Value {
        json!({"clusters": ["a", "b"], "managedPolicies": ["p"], "enable": false, "remediationStrategy": strategy})
    }

    #[test]
    fn a_sound_cgu_may_be_made() {
        let verdict = verdict(spec(json!({"maxConcurrency": 1})), &[]);
        assert_eq!((ids(&verdict.refused), ids(&verdict.told)), (vec![], vec![]));
    }

    #[test]
    fn numbers_that_do_harm_are_refused_unless_somebody_insists() {
        let bad = spec(json!({"maxConcurrency": 0, "timeout": 0, "canaries": ["a", "a"]}));
        let refused = verdict(bad.clone(), &[]);
        assert_eq!(ids(&refused.refused), ["rollout/timeout-none", "rollout/canary-twice", "rollout/concurrency"]);
        let insisted = verdict(bad, &["rollout/concurrency", "rollout/timeout-none"]);
        assert_eq!(ids(&insisted.accepted), ["rollout/timeout-none", "rollout/concurrency"]);
        assert_eq!(ids(&insisted.refused), ["rollout/canary-twice"]);
        let negative = verdict(spec(json!({"maxConcurrency": 1, "timeout": -5})), &[]);
        assert_eq!(ids(&negative.refused), ["rollout/timeout-none"], "told once");
    }

    #[test]
    fn a_cgu_without_work_and_one_with_backup_are_told() {
        let mut none = spec(json!({"maxConcurrency": 1}));
        none["managedPolicies"] = json!([]);
        none["backup"] = json!(true);
        let verdict = verdict(none, &[]);
        assert_eq!(ids(&verdict.refused), ["rollout/no-work"]);
        assert!(ids(&verdict.told).contains(&"rollout/backup-deprecated"));
    }
}
