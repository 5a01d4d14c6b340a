//! Whether the first configuration of a cluster can be started anew (TALM 5.0
//! `controllers/managedclusterForCGU_controller.go`): TALM makes a CGU again once the old one is deleted, unless the
//! cluster has the label `ztp-done`.

use super::super::Hub;
use super::super::status::{CguState, assess};
use super::pick::{Pick, pick};

use jiff::Timestamp;

const NAMESPACE: &str = "ztp-install";

/// What deleting the CGU would start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZtpRestart {
    /// Where the CGU to be deleted stands.
    pub state: CguState,
    /// The policies that TALM would take for the new one, in their order.
    pub policies: Vec<String>,
    /// Policies that the old one did not have.
    pub new: Vec<String>,
}

/// Why deleting it would not help: a sentence, the reason behind it, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fact}")]
pub struct ZtpRefusal {
    /// What is so.
    pub fact: String,
    /// Why that is in the way.
    pub reason: &'static str,
    /// What to do.
    pub fix: String,
}

/// Judges.
///
/// # Errors
/// TALM would not make a new CGU, or there is none to delete.
pub fn ztp_restart(hub: &Hub, cluster: &str, now: Timestamp) -> Result<ZtpRestart, ZtpRefusal> {
    let refuse = |fact: String, reason, fix: String| Err(ZtpRefusal { fact, reason, fix });
    let Some(managed) = hub.clusters.get(cluster) else {
        return refuse(
            format!("the hub has no managed cluster {cluster:?}"),
            "TALM makes CGUs for managed clusters only",
            "oc get managedclusters".to_owned(),
        );
    };
    if managed.metadata.label("ztp-done").is_some() {
        return refuse(
            format!("{cluster} has the label ztp-done: its first configuration is over"),
            "TALM makes no second CGU for such a cluster, so that deleting the first would only lose its record",
            format!(
                "roll out with oc talm create; or, to go through all of it again, delete the CGU and then: \
                 oc label managedcluster {cluster} ztp-done-"
            ),
        );
    }
    let Some(cgu) = hub.cgu(NAMESPACE, cluster) else {
        return refuse(
            format!("there is no ClusterGroupUpgrade {cluster} in namespace {NAMESPACE}"),
            if managed.is_available() {
                "TALM should have made it when the cluster turned available"
            } else {
                "TALM makes it when the cluster turns available, which it is not"
            },
            format!("oc talm diagnose --ztp {cluster}"),
        );
    };
    if !managed.is_available() {
        return refuse(
            format!("{cluster} is not available"),
            "TALM makes its CGU again only when it turns available, so that deleting this one would only lose its record",
            format!("oc talm diagnose --ztp {cluster}, and try again once the cluster is back"),
        );
    }
    let bad_wave = hub.copies_on(cluster).iter().find(|copy| !copy.enforce && copy.has_invalid_wave());
    if let Some(copy) = bad_wave {
        return refuse(
            format!("policy {}/{} has a ztp-deploy-wave that is no whole number", copy.namespace, copy.name),
            "TALM would make no CGU at all, and say so only in its log",
            "correct the annotation in Git first".to_owned(),
        );
    }
    let all = Pick { waves: Some(i64::MIN..=i64::MAX), missing: false };
    let policies = pick(hub, &[cluster.to_owned()], &all).policies;
    if policies.is_empty() {
        return refuse(
            format!("no policy with a wave reaches {cluster}"),
            "TALM would make a CGU without policies, which ends at once and sets ztp-done with nothing applied",
            format!("bind policies to it first: oc talm diagnose --ztp {cluster}"),
        );
    }
    let new = policies.iter().filter(|name| !cgu.spec.managed_policies.contains(name)).cloned().collect();
    Ok(ZtpRestart { state: assess(hub, cgu, now).state, policies, new })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, copy, hub};
    use serde_json::{Value, json};

    fn restart(labels: Value, wave: &str) -> Result<ZtpRestart, ZtpRefusal> {
        restart_where("True", labels, wave)
    }

    fn restart_where(available: &str, labels: Value, wave: &str) -> Result<ZtpRestart, ZtpRefusal> {
        let mut managed = cluster("a");
        managed["metadata"]["labels"] = labels;
        managed["status"] = json!({"conditions": [{"type": "ManagedClusterConditionAvailable", "status": available}]});
        let mut object = cgu("a", json!({"managedPolicies": []}));
        object["metadata"]["namespace"] = json!(NAMESPACE);
        let mut policy = copy("n", "p", "a", "inform");
        policy["metadata"]["annotations"] = json!({"ran.openshift.io/ztp-deploy-wave": wave});
        let mut objects = vec![managed, object];
        objects.extend((wave != "none").then_some(policy));
        ztp_restart(&hub(objects), "a", "2026-01-01T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_new_cgu_takes_the_policies_of_now() {
        let restart = restart(json!({"ztp-running": ""}), "1").unwrap();
        assert_eq!((restart.policies, restart.new), (vec!["p".to_owned()], vec!["p".to_owned()]));
    }

    #[test]
    fn it_is_refused_where_talm_would_make_none() {
        assert!(restart(json!({"ztp-done": ""}), "1").unwrap_err().fact.contains("ztp-done"));
        assert!(restart(json!({}), "one").unwrap_err().fact.contains("n/p has a ztp-deploy-wave"));
        assert!(restart(json!({}), "none").unwrap_err().fact.contains("no policy"));
        let away = restart_where("Unknown", json!({}), "1").unwrap_err();
        assert!(away.fact.contains("is not available"), "{away:?}");
        let none = ztp_restart(&hub(vec![cluster("a")]), "a", "2026-01-01T12:00:00Z".parse().unwrap());
        assert!(none.unwrap_err().reason.contains("turns available"));
    }
}
