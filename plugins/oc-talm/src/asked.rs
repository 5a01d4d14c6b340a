//! What a plan is asked for, and what speaks against it whatever TALM would do with it.

use std::cmp::Reverse;

use serde_json::Value;
use ztp_common::finding::Finding;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::decide::{Standing, missing_size, standing, unknown_fields};
use ztp_common::rollout::{self, Hub, NoGraph};

use crate::facts::Facts;

/// A CGU that is on the hub or is to be.
pub struct Asked {
    /// The CGU.
    pub cgu: ClusterGroupUpgrade,
    /// What speaks against it.
    pub findings: Vec<Finding>,
    /// Whether it is a new one in the place of one that TALM plans no more.
    pub anew: bool,
}

impl Asked {
    /// The CGU as the hub has it.
    pub fn as_it_is(cgu: ClusterGroupUpgrade) -> Self {
        Self { cgu, findings: Vec::new(), anew: false }
    }

    /// A CGU that is not on the hub like this. What is on the hub in its place may not be looked at any more.
    pub fn changed(cgu: ClusterGroupUpgrade, mut findings: Vec<Finding>, hub: &Hub) -> Self {
        let unseen = unseen(&cgu, hub);
        let anew = unseen.is_some();
        findings.extend(unseen);
        Self { cgu, findings, anew }
    }

    /// All that is to be said of it, errors first.
    pub fn diagnose(&self, facts: &Facts) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        let has_no_size = findings.iter().any(|finding| finding.id == "rollout/no-concurrency");
        let found = rollout::diagnose(&facts.hub, &self.cgu, &NoGraph, facts.at());
        findings.extend(found.into_iter().filter(|finding| !(has_no_size && finding.id == "rollout/concurrency")));
        findings.sort_by_key(|finding| Reverse(finding.level));
        facts.lead(findings)
    }
}

/// What an API server refuses of a CGU in a file, or drops. `has_size`: a flag gives the size of a batch.
pub fn against_file(object: &Value, has_size: bool) -> Vec<Finding> {
    let unknown = unknown_fields(&object["spec"]).into_iter().map(|(_, _, finding)| finding);
    unknown.chain(missing_size(&object["spec"]).filter(|_| !has_size)).collect()
}

/// That TALM will not look at a change, because the CGU of this name runs, has ended or is being deleted.
fn unseen(cgu: &ClusterGroupUpgrade, hub: &Hub) -> Option<Finding> {
    let (name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
    let there = hub.cgu(namespace, name)?;
    let finding = match standing(there) {
        _ if there.metadata.deletion_timestamp.is_some() => Finding::warning(
            "rollout/deleting",
            format!("{namespace}/{name} is being deleted on the hub: a change of it has no effect"),
        ),
        Standing::Runs => Finding::warning(
            "rollout/edited-after-start",
            format!(
                "{namespace}/{name} runs on the hub: its clusters, policies and batches cannot be changed any more"
            ),
        ),
        Standing::Ended => Finding::warning(
            "rollout/reused",
            format!("{namespace}/{name} has ended on the hub: a change of it has no effect"),
        ),
        Standing::Waits | Standing::Enabled => return None,
    };
    Some(finding.fix("take another name, or delete that one first"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use ztp_common::resource::read;

    #[test]
    fn a_file_is_held_against_what_the_api_takes() {
        let ids = |spec: Value, has_size: bool| -> Vec<&str> {
            against_file(&json!({"spec": spec}), has_size).iter().map(|finding| finding.id).collect()
        };
        assert_eq!(ids(json!({"remediationStrategy": {"maxConcurrency": 0}}), false), [""; 0]);
        assert_eq!(ids(json!({}), false), ["rollout/no-concurrency"]);
        assert_eq!(ids(json!({"enabled": false, "remediationStrategy": {}}), true), ["rollout/unknown-field"]);
    }

    #[test]
    fn a_change_that_talm_does_not_look_at_is_told() {
        let of = |condition: Value| {
            let metadata = json!({"name": "u", "namespace": "n"});
            let there = json!({"metadata": metadata, "status": {"conditions": [condition]}});
            let mut hub = Hub::default();
            hub.cgus.insert(("n".to_owned(), "u".to_owned()), read(&there).unwrap());
            let asked = Asked::changed(read(&json!({"metadata": metadata})).unwrap(), Vec::new(), &hub);
            (asked.anew, asked.findings.first().map(|finding| finding.id))
        };
        let condition = |kind: &str, status: &str| json!({"type": kind, "status": status, "reason": "x"});
        assert_eq!(of(condition("Progressing", "True")), (true, Some("rollout/edited-after-start")));
        assert_eq!(of(condition("Succeeded", "False")), (true, Some("rollout/reused")));
        assert_eq!(of(condition("Progressing", "False")), (false, None));
    }
}
