//! Compliance of one cluster with one policy, as TALM judges it (TALM 5.0 `controllers/policy.go`,
//! `getClusterComplianceWithPolicy`).

use serde::Serialize;

use crate::resource::{Compliance, Policy};

/// TALM's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ClusterCompliance {
    /// Compliant.
    Compliant,
    /// Not compliant, pending, or not reported.
    NonCompliant,
    /// The policy does not reach the cluster.
    NotMatchedWithPolicy,
}

/// Judges by the ROOT policy's status. Without a status every cluster counts as not compliant, matched or not.
pub fn cluster_compliance(policy: &Policy, cluster: &str) -> ClusterCompliance {
    let Some(clusters) = policy.status.as_ref().and_then(|status| status.clusters.as_ref()) else {
        return ClusterCompliance::NonCompliant;
    };
    match clusters.get(cluster) {
        Some(Compliance::Compliant) => ClusterCompliance::Compliant,
        Some(Compliance::NonCompliant | Compliance::Pending | Compliance::Unreported) => {
            ClusterCompliance::NonCompliant
        }
        Some(Compliance::Other(_)) | None => ClusterCompliance::NotMatchedWithPolicy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judge(status: serde_json::Value) -> ClusterCompliance {
        cluster_compliance(&crate::resource::read(&json!({"status": status})).unwrap(), "sno1")
    }

    #[test]
    fn what_is_not_reported_is_not_compliant() {
        assert_eq!(judge(json!(null)), ClusterCompliance::NonCompliant);
        assert_eq!(judge(json!({})), ClusterCompliance::NonCompliant);
        assert_eq!(judge(json!({"status": [{"clustername": "sno1"}]})), ClusterCompliance::NonCompliant);
        assert_eq!(
            judge(json!({"status": [{"clustername": "sno1", "compliant": "Pending"}]})),
            ClusterCompliance::NonCompliant
        );
    }

    #[test]
    fn what_is_not_listed_is_not_matched() {
        assert_eq!(judge(json!({"status": []})), ClusterCompliance::NotMatchedWithPolicy);
        let strange = json!({"status": [{"clustername": "sno1", "compliant": "Maybe"}]});
        assert_eq!(judge(strange), ClusterCompliance::NotMatchedWithPolicy);
    }
}
