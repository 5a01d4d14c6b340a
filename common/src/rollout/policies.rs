//! The managed policies of a CGU: which are there, which are left out and why (TALM 5.0 `controllers/policy.go`,
//! `doManagedPoliciesExist`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::policy_objects::{PolicyObject, inspect};
use super::verdict::{ClusterCompliance, cluster_compliance};
use super::{ChildPolicy, Hub};
use crate::resource::{Policy, PolicyRef};

/// What TALM does with one name of `managedPolicies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "camelCase")]
pub enum PolicyVerdict {
    /// It will be enforced.
    Enforced {
        /// Namespace of the root policy.
        namespace: String,
    },
    /// Compliant on every selected cluster, and left out.
    Compliant {
        /// Namespace of the root policy.
        namespace: String,
    },
    /// Already `enforce` on a selected cluster, and left out without a word.
    AlreadyEnforce {
        /// The first such cluster.
        cluster: String,
    },
    /// It reaches no selected cluster.
    Missing {
        /// Namespaces in which a root policy of that name exists all the same.
        exists_in: Vec<String>,
    },
    /// TALM cannot work with it.
    Invalid {
        /// Namespace of the root policy.
        namespace: String,
        /// Why; TALM says so only in its log.
        reason: String,
    },
    /// TALM's code panics over it: its pass ends there, and nothing is written to the status.
    Breaks {
        /// Namespace of the root policy.
        namespace: String,
        /// Why.
        reason: String,
    },
}

/// The managed policies, resolved.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedPolicies {
    /// Each name of the list with its verdict; empty when names are ambiguous, for TALM stops before.
    pub verdicts: Vec<(String, PolicyVerdict)>,
    /// Names that stand for policies of several namespaces on the selected clusters, listed by the CGU or not.
    pub ambiguous: BTreeMap<String, BTreeSet<String>>,
}

impl ManagedPolicies {
    /// The policies to enforce, in order.
    pub fn for_upgrade(&self) -> Vec<PolicyRef> {
        let enforced = self.verdicts.iter().filter_map(|(name, verdict)| match verdict {
            PolicyVerdict::Enforced { namespace } => Some((name, namespace)),
            _ => None,
        });
        enforced.map(|(name, namespace)| PolicyRef { name: name.clone(), namespace: namespace.clone() }).collect()
    }

    /// Names left out because they are compliant everywhere.
    pub fn compliant(&self) -> Vec<PolicyRef> {
        let compliant = self.verdicts.iter().filter_map(|(name, verdict)| match verdict {
            PolicyVerdict::Compliant { namespace } => Some((name, namespace)),
            _ => None,
        });
        compliant.map(|(name, namespace)| PolicyRef { name: name.clone(), namespace: namespace.clone() }).collect()
    }

    /// Names that reach no selected cluster.
    pub fn missing(&self) -> Vec<&str> {
        self.names(|verdict| matches!(verdict, PolicyVerdict::Missing { .. }))
    }

    /// Names TALM cannot work with.
    pub fn invalid(&self) -> Vec<&str> {
        self.names(|verdict| matches!(verdict, PolicyVerdict::Invalid { .. }))
    }

    /// The first policy at which TALM's pass breaks off, and why.
    pub fn breaking(&self) -> Option<(&str, &str)> {
        self.verdicts.iter().find_map(|(name, verdict)| match verdict {
            PolicyVerdict::Breaks { reason, .. } => Some((name.as_str(), reason.as_str())),
            _ => None,
        })
    }

    fn names(&self, wanted: impl Fn(&PolicyVerdict) -> bool) -> Vec<&str> {
        self.verdicts.iter().filter(|(_, verdict)| wanted(verdict)).map(|(name, _)| name.as_str()).collect()
    }
}

/// What the copies on the selected clusters say about policy names.
#[derive(Default)]
struct Found<'h> {
    enforced_on: HashMap<&'h str, &'h str>,
    namespaces: HashMap<&'h str, BTreeSet<&'h str>>,
    broken: HashMap<&'h str, Option<&'h str>>,
}

impl<'h> Found<'h> {
    fn add(&mut self, cluster: &'h str, copy: &'h ChildPolicy) {
        if copy.enforce {
            self.enforced_on.entry(&copy.name).or_insert(cluster);
            return;
        }
        self.namespaces.entry(&copy.name).or_default().insert(&copy.namespace);
        if copy.broken_hub_template {
            self.broken.entry(&copy.name).or_insert(copy.hub_template_error.as_deref());
        }
    }

    fn ambiguous(&self) -> BTreeMap<String, BTreeSet<String>> {
        let several = self.namespaces.iter().filter(|(_, namespaces)| namespaces.len() > 1);
        several
            .map(|(name, all)| ((*name).to_owned(), all.iter().map(|namespace| (*namespace).to_owned()).collect()))
            .collect()
    }
}

/// Resolves the names for the selected clusters.
pub fn resolve(hub: &Hub, managed: &[String], clusters: &[String]) -> ManagedPolicies {
    let mut found = Found::default();
    for cluster in clusters {
        hub.copies_on(cluster).iter().for_each(|copy| found.add(cluster, copy));
    }
    let ambiguous = found.ambiguous();
    if !ambiguous.is_empty() {
        return ManagedPolicies { verdicts: Vec::new(), ambiguous };
    }
    let verdicts = managed.iter().map(|name| (name.clone(), judge(hub, name, &found, clusters))).collect();
    ManagedPolicies { verdicts, ambiguous }
}

fn judge(hub: &Hub, name: &str, found: &Found<'_>, clusters: &[String]) -> PolicyVerdict {
    if let Some(cluster) = found.enforced_on.get(name) {
        return PolicyVerdict::AlreadyEnforce { cluster: (*cluster).to_owned() };
    }
    let namespace = found.namespaces.get(name).and_then(BTreeSet::first);
    let Some((namespace, policy)) = namespace.and_then(|ns| Some((*ns, hub.policy(ns, name)?))) else {
        return PolicyVerdict::Missing { exists_in: namespaces_with(hub, name) };
    };
    let namespace = namespace.to_owned();
    if let Some(error) = found.broken.get(name) {
        let reason = format!("hub template not resolved: {}", error.unwrap_or("{{hub … hub}} is left in its copies"));
        return PolicyVerdict::Invalid { namespace, reason };
    }
    match inspect(policy) {
        Err(error) if error.breaks_pass() => PolicyVerdict::Breaks { namespace, reason: error.to_string() },
        Err(error) => PolicyVerdict::Invalid { namespace, reason: error.to_string() },
        Ok(objects) if !objects.iter().any(PolicyObject::has_status) && compliant_everywhere(policy, clusters) => {
            PolicyVerdict::Compliant { namespace }
        }
        Ok(_) => PolicyVerdict::Enforced { namespace },
    }
}

/// A cluster that the policy does not match counts as not compliant here.
fn compliant_everywhere(policy: &Policy, clusters: &[String]) -> bool {
    clusters.iter().all(|cluster| cluster_compliance(policy, cluster) == ClusterCompliance::Compliant)
}

fn namespaces_with(hub: &Hub, name: &str) -> Vec<String> {
    hub.policies.keys().filter(|(_, n)| n == name).map(|(namespace, _)| namespace.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{copy, hub, policy};

    fn verdicts(hub: &Hub, names: &[&str]) -> Vec<PolicyVerdict> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let clusters = ["sno1".to_owned(), "sno2".to_owned()];
        resolve(hub, &names, &clusters).verdicts.into_iter().map(|(_, verdict)| verdict).collect()
    }

    #[test]
    fn one_enforced_copy_takes_a_policy_out() {
        let hub = hub(vec![
            policy("n", "p", &[("sno1", "NonCompliant"), ("sno2", "NonCompliant")]),
            copy("n", "p", "sno1", "inform"),
            copy("n", "p", "sno2", "Enforce"),
        ]);
        assert_eq!(verdicts(&hub, &["p"]), [PolicyVerdict::AlreadyEnforce { cluster: "sno2".into() }]);
    }

    #[test]
    fn a_policy_that_misses_a_cluster_is_not_compliant_everywhere() {
        let hub = hub(vec![policy("n", "p", &[("sno1", "Compliant")]), copy("n", "p", "sno1", "inform")]);
        assert_eq!(verdicts(&hub, &["p"]), [PolicyVerdict::Enforced { namespace: "n".into() }]);
    }

    #[test]
    fn a_policy_without_copies_is_missing_but_remembered() {
        let hub = hub(vec![policy("n", "p", &[])]);
        let missing = |list: &[&str]| PolicyVerdict::Missing { exists_in: list.iter().map(|n| (*n).into()).collect() };
        assert_eq!(verdicts(&hub, &["p", "q"]), [missing(&["n"]), missing(&[])]);
    }

    #[test]
    fn a_name_in_two_namespaces_stops_everything() {
        let hub = hub(vec![policy("a", "p", &[]), copy("a", "p", "sno1", "inform"), copy("b", "p", "sno2", "inform")]);
        let resolved = resolve(&hub, &["other".to_owned()], &["sno1".to_owned(), "sno2".to_owned()]);
        assert!(resolved.verdicts.is_empty());
        assert_eq!(resolved.ambiguous["p"].iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
