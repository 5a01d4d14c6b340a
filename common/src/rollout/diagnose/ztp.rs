//! Findings about the CGUs that TALM makes itself during ZTP (TALM 5.0 `controllers/managedclusterForCGU_controller.go`).

use super::wording::listed;
use crate::finding::{Finding, Level};
use crate::resource::{ClusterGroupUpgrade, ManagedCluster};
use crate::rollout::{ChildPolicy, ClusterCompliance, Hub, cluster_compliance};

const NAMESPACE: &str = "ztp-install";

/// Finds what went wrong when TALM configured a cluster for the first time. Nothing for a cluster the hub does not know.
pub fn diagnose_ztp(hub: &Hub, cluster: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(managed) = hub.clusters.get(cluster) else { return findings };
    let inform: Vec<&ChildPolicy> = hub.copies_on(cluster).iter().filter(|copy| !copy.enforce).collect();
    let cgu = hub.cgu(NAMESPACE, cluster);
    let done = managed.metadata.label("ztp-done").is_some();
    bad_waves(cluster, &inform, cgu, done, &mut findings);
    without_cgu(managed, &inform, cgu, done, &mut findings);
    without_policies(hub, managed, &inform, cgu, &mut findings);
    if cgu.is_some() || done {
        without_wave(hub, cluster, &inform, &mut findings);
    }
    if let Some(end) = cgu.and_then(|cgu| cgu.status.succeeded()).filter(|end| !end.is_true()) {
        findings.push(
            Finding::warning(
                "rollout/ztp-ended",
                format!("CGU {NAMESPACE}/{cluster} ended with {}, and nothing is retried", end.reason),
            )
            .note("the label ztp-running stays, and ztp-done is not set")
            .fix(format!("oc talm retry {cluster} --ztp")),
        );
    }
    findings.into_iter().map(|finding| finding.on(&[cluster])).collect()
}

fn bad_waves(
    cluster: &str,
    inform: &[&ChildPolicy],
    cgu: Option<&ClusterGroupUpgrade>,
    done: bool,
    findings: &mut Vec<Finding>,
) {
    for copy in inform.iter().filter(|copy| copy.has_invalid_wave()) {
        let wave = copy.wave.as_deref().unwrap_or_default();
        let fact = format!("policy {}/{}: ztp-deploy-wave {wave:?} is no whole number", copy.namespace, copy.name);
        let finding = Finding::error("rollout/ztp-wave-invalid", fact).fix("correct the annotation in Git");
        let stops = cgu.is_none() && !done;
        findings.push(if stops {
            finding.note(format!("TALM makes no CGU for {cluster}, and says so only in its log"))
        } else {
            finding
        });
    }
}

/// TALM makes the CGU when the cluster turns available; until then there is none, and nothing is wrong with TALM.
fn without_cgu(
    managed: &ManagedCluster,
    inform: &[&ChildPolicy],
    cgu: Option<&ClusterGroupUpgrade>,
    done: bool,
    findings: &mut Vec<Finding>,
) {
    let cluster = &managed.metadata.name;
    if cgu.is_some() || done || inform.iter().any(|copy| copy.has_invalid_wave()) {
        return;
    }
    let rule = "TALM makes the CGU when the cluster turns available";
    match managed.availability() {
        None => {
            let fact = format!("{cluster} has no CGU yet, for it has not been available");
            findings.push(Finding { level: Level::Info, ..Finding::warning("rollout/ztp-no-cgu", fact).note(rule) });
        }
        Some(state) if !state.is_true() => {
            let why = if state.message.is_empty() { &state.reason } else { &state.message };
            findings.push(
                Finding::warning("rollout/ztp-no-cgu", format!("{cluster} has no CGU, for it is not available: {why}"))
                    .note(rule)
                    .fix(format!("oc get managedcluster {cluster} -o yaml")),
            );
        }
        Some(_) => findings.push(
            Finding::warning("rollout/ztp-no-cgu", format!("{cluster} is available, and TALM has made no CGU for it"))
                .note("it does so at once, so that the operator is not running, or fails and says so only in its log")
                .fix("oc get pods -n openshift-operators -l control-plane=controller-manager"),
        ),
    }
}

/// The cluster was available before its policies were there.
fn without_policies(
    hub: &Hub,
    managed: &ManagedCluster,
    inform: &[&ChildPolicy],
    cgu: Option<&ClusterGroupUpgrade>,
    findings: &mut Vec<Finding>,
) {
    let cluster = &managed.metadata.name;
    if managed.metadata.label("ztp-done").is_none() {
        return;
    }
    let held = |name: &String| cgu.is_some_and(|cgu| cgu.spec.managed_policies.contains(name));
    let open: Vec<&str> = inform
        .iter()
        .filter(|copy| copy.wave.is_some() && !held(&copy.name) && !is_compliant(hub, copy, cluster))
        .map(|copy| copy.name.as_str())
        .collect();
    if open.is_empty() {
        if hub.copies_on(cluster).is_empty() && cgu.is_some_and(|cgu| cgu.spec.managed_policies.is_empty()) {
            let fact = format!("ztp-done is set on {cluster}, but no policy has ever reached it");
            findings.push(
                Finding::warning("rollout/ztp-incomplete", fact)
                    .note("there were no policies when the cluster turned available, so that the CGU succeeded at once")
                    .fix("bind its policies; if it has none on purpose, nothing is wrong"),
            );
        }
        return;
    }
    let empty = cgu.is_some_and(|cgu| cgu.spec.managed_policies.is_empty());
    let fact = format!("ztp-done is set on {cluster}, but TALM never enforced {}", listed(&open));
    let note = if empty {
        "there were no policies when the cluster turned available, so that the CGU succeeded at once"
    } else {
        "they came after TALM took its list of policies"
    };
    findings.push(
        Finding::warning("rollout/ztp-incomplete", fact)
            .note(note)
            .fix(format!("oc delete cgu {cluster} -n {NAMESPACE}; oc label managedcluster {cluster} ztp-done-")),
    );
}

fn without_wave(hub: &Hub, cluster: &str, inform: &[&ChildPolicy], findings: &mut Vec<Finding>) {
    let left_out = inform.iter().filter(|copy| copy.wave.is_none() && !is_compliant(hub, copy, cluster));
    let names: Vec<&str> = left_out.map(|copy| copy.name.as_str()).collect();
    if !names.is_empty() {
        findings.push(
            Finding::warning(
                "rollout/ztp-no-wave",
                format!("policies without ztp-deploy-wave are never enforced: {}", listed(&names)),
            )
            .fix("give them a wave in Git, or a CGU of their own"),
        );
    }
}

fn is_compliant(hub: &Hub, copy: &ChildPolicy, cluster: &str) -> bool {
    let root = hub.policy(&copy.namespace, &copy.name);
    root.is_some_and(|root| cluster_compliance(root, cluster) == ClusterCompliance::Compliant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cluster, copy, hub, policy};
    use serde_json::json;

    #[test]
    fn policies_that_came_too_late_are_found() {
        let mut done = cluster("a");
        done["metadata"]["labels"]["ztp-done"] = json!("");
        let mut late = copy("n", "p", "a", "inform");
        late["metadata"]["annotations"] = json!({"ran.openshift.io/ztp-deploy-wave": "ten"});
        let mut cgu = crate::rollout::example::cgu("a", json!({}));
        cgu["metadata"]["namespace"] = json!(NAMESPACE);
        let hub = hub(vec![done, late, policy("n", "p", &[("a", "NonCompliant")]), cgu, copy("n", "q", "a", "inform")]);
        let ids: Vec<_> = diagnose_ztp(&hub, "a").iter().map(|finding| finding.id).collect();
        assert_eq!(ids, ["rollout/ztp-wave-invalid", "rollout/ztp-incomplete", "rollout/ztp-no-wave"]);
        assert!(diagnose_ztp(&hub, "unknown").is_empty());
    }

    #[test]
    fn a_wave_may_have_64_bits() {
        let ids = |wave: &str| {
            let mut late = copy("n", "p", "a", "inform");
            late["metadata"]["annotations"] = json!({"ran.openshift.io/ztp-deploy-wave": wave});
            diagnose_ztp(&hub(vec![cluster("a"), late]), "a").iter().map(|f| f.id).collect::<Vec<_>>()
        };
        assert!(!ids("3000000000").contains(&"rollout/ztp-wave-invalid"));
        assert!(ids("9300000000000000000").contains(&"rollout/ztp-wave-invalid"));
    }

    #[test]
    fn a_cluster_that_was_configured_with_nothing_is_found() {
        let mut done = cluster("a");
        done["metadata"]["labels"]["ztp-done"] = json!("");
        let mut cgu = crate::rollout::example::cgu("a", json!({}));
        cgu["metadata"]["namespace"] = json!(NAMESPACE);
        let ids = |objects| diagnose_ztp(&hub(objects), "a").iter().map(|finding| finding.id).collect::<Vec<_>>();
        assert_eq!(ids(vec![done.clone(), cgu]), ["rollout/ztp-incomplete"]);
        assert!(ids(vec![done]).is_empty());
    }

    #[test]
    fn a_cluster_without_a_cgu_is_told_with_what_talm_waits_for() {
        let of = |available: Option<&str>, done: bool| {
            let mut a = cluster("a");
            if let Some(status) = available {
                a["status"] = json!({"conditions": [
                    {"type": "ManagedClusterConditionAvailable", "status": status, "reason": "r", "message": "away"}]});
            }
            if done {
                a["metadata"]["labels"]["ztp-done"] = json!("");
            }
            let found = diagnose_ztp(&hub(vec![a]), "a");
            found.into_iter().map(|finding| (finding.id, finding.level)).collect::<Vec<_>>()
        };
        assert_eq!(of(None, false), [("rollout/ztp-no-cgu", Level::Info)]);
        assert_eq!(of(Some("False"), false), [("rollout/ztp-no-cgu", Level::Warning)]);
        assert_eq!(of(Some("True"), false), [("rollout/ztp-no-cgu", Level::Warning)]);
        assert_eq!(of(Some("True"), true), []);
    }
}
