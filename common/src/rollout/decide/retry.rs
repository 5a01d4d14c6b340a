//! A second attempt: a new CGU for the clusters that an old one did not finish. TALM never looks at an ended CGU again.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde_json::json;

use super::super::status::{CguState, StatusReport, assess};
use super::super::{Hub, NoGraph, Outcome, Plan, plan};
use super::copy::afresh;
use super::draft::{next_name, same_spec};
use super::left_behind::{Why, left_behind};
use super::still_enforced::{compliant, still_enforces};
use crate::resource::ClusterGroupUpgrade;

/// What the new CGU shall be.
#[derive(Clone, Debug, Default)]
pub struct RetryOptions {
    /// Only these; empty means all but those that drifted.
    pub which: Vec<Why>,
    /// Leave out the policies before the first at which one of the clusters stopped.
    pub from_stop: bool,
    /// Its name, when it shall not be made up.
    pub name: Option<String>,
    /// Size of a batch, when it shall be another.
    pub max_concurrency: Option<i64>,
    /// Minutes for the whole rollout, when they shall be others.
    pub rollout_timeout: Option<i64>,
}

/// A new CGU, disabled.
#[derive(Clone, Debug)]
pub struct Retry {
    /// The CGU.
    pub cgu: ClusterGroupUpgrade,
    /// Its clusters, by the reason why.
    pub clusters: BTreeMap<Why, Vec<String>>,
    /// Those of them that are compliant by now: TALM will only apply the actions after completion.
    pub compliant_now: Vec<String>,
    /// Policies left out, as every cluster is past them.
    pub policies_left_out: Vec<String>,
    /// Why the old CGU has to be deleted before the new one does anything.
    pub delete_old: Option<DeleteOld>,
    /// Whether pre-caching was taken out of the new one, to be started once the old one is deleted.
    pub precache_later: bool,
}

/// Why the old CGU is in the way of the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteOld {
    /// It will never end, and deleting it takes the jobs of both, which have the same names.
    NeverEnds,
    /// Its bindings stay until it is deleted and make these policies enforce, so that TALM leaves them out.
    StillEnforces(Vec<String>),
}

/// Why there is nothing to try again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetryError {
    /// It has not ended.
    #[error("{0} has not ended: its clusters may still complete")]
    NotEnded(String),
    /// No cluster is left.
    #[error("{0} left no cluster behind")]
    NothingLeft(String),
    /// A name that is taken.
    #[error("there is a ClusterGroupUpgrade {0} already, and it says something else")]
    Taken(String),
}

/// Makes the new CGU.
///
/// # Errors
/// The old one has not ended, or no cluster is left to try again.
pub fn retry(
    hub: &Hub,
    old: &ClusterGroupUpgrade,
    options: &RetryOptions,
    now: Timestamp,
) -> Result<Retry, RetryError> {
    let report = assess(hub, old, now);
    let shown = format!("{}/{}", report.namespace, report.name);
    let dead_end = matches!(report.state, CguState::PrecachingFailed | CguState::BackupFailed);
    if !report.state.is_final() && !dead_end {
        return Err(RetryError::NotEnded(shown));
    }
    let clusters = left_behind(hub, old, &report, dead_end, &options.which);
    if clusters.is_empty() {
        return Err(RetryError::NothingLeft(shown));
    }
    let wanted: HashSet<&str> = clusters.values().flatten().map(String::as_str).collect();
    let mut cgu = again(old, &report, &wanted);
    let strategy = &mut cgu.spec.remediation_strategy;
    strategy.max_concurrency = options.max_concurrency.unwrap_or(strategy.max_concurrency);
    strategy.timeout = options.rollout_timeout.or(strategy.timeout);
    let precache_later = dead_end && std::mem::take(&mut cgu.spec.pre_caching);
    // What the clusters need now: the old record knows nothing of those that were dropped before the start.
    let plan = plan(hub, &cgu, &NoGraph, now);
    let is_known = !matches!(plan.outcome, Outcome::NotValid | Outcome::ClustersNotSelected | Outcome::PassFails);
    let policies_left_out = if options.from_stop && is_known { passed(&mut cgu, &plan) } else { Vec::new() };
    let cgu = named(hub, old, cgu, options.name.as_deref())?;
    let delete_old = if dead_end {
        Some(DeleteOld::NeverEnds)
    } else {
        still_enforces(hub, old, &plan).map(DeleteOld::StillEnforces)
    };
    let mut compliant_now = if is_known { compliant(hub, &plan) } else { Vec::new() };
    compliant_now.sort();
    Ok(Retry { cgu, clusters, compliant_now, policies_left_out, delete_old, precache_later })
}

/// Takes out the policies before the first at which one of the clusters stops.
fn passed(cgu: &mut ClusterGroupUpgrade, plan: &Plan) -> Vec<String> {
    let stops: HashSet<&str> = plan.first_stop.values().map(|stop| stop.name.as_str()).collect();
    let policies = &mut cgu.spec.managed_policies;
    let first = policies.iter().position(|policy| stops.contains(policy.as_str()));
    first.map(|first| policies.drain(..first).collect()).unwrap_or_default()
}

/// The same spec for these clusters, in the order of the old plan.
fn again(old: &ClusterGroupUpgrade, report: &StatusReport, wanted: &HashSet<&str>) -> ClusterGroupUpgrade {
    let mut cgu = afresh(old);
    let mut seen = HashSet::new();
    let planned = old.status.remediation_plan.iter().flatten();
    let order = planned.chain(report.clusters.iter().map(|cluster| &cluster.name));
    let mut clusters: Vec<String> =
        order.filter(|name| wanted.contains(name.as_str()) && seen.insert(name.as_str())).cloned().collect();
    let mut others: Vec<String> =
        wanted.iter().filter(|name| !seen.contains(*name)).map(|name| (*name).to_owned()).collect();
    others.sort();
    clusters.extend(others);
    let spec = &mut cgu.spec;
    spec.clusters = Some(clusters);
    spec.cluster_selector = None;
    spec.cluster_label_selectors = None;
    spec.remediation_strategy.canaries.retain(|name| wanted.contains(name.as_str()));
    cgu
}

/// Gives it a name: the one wanted, that of the same CGU made by an earlier run, or a new one.
fn named(
    hub: &Hub,
    old: &ClusterGroupUpgrade,
    mut cgu: ClusterGroupUpgrade,
    wanted: Option<&str>,
) -> Result<ClusterGroupUpgrade, RetryError> {
    let namespace = old.metadata.namespace.clone();
    let same = |other: &ClusterGroupUpgrade| {
        let mut disabled = other.spec.clone();
        disabled.enable = Some(false);
        other.status.succeeded().is_none() && same_spec(&json!(disabled), &json!(cgu.spec))
    };
    cgu.metadata.name = match wanted {
        Some(name) if hub.cgu(&namespace, name).is_some_and(|other| !same(other)) => {
            return Err(RetryError::Taken(format!("{namespace}/{name}")));
        }
        Some(name) => name.to_owned(),
        None => {
            let base =
                format!("{}-retry-", old.metadata.name.rsplit_once("-retry-").map_or(&*old.metadata.name, |p| p.0));
            let of_namespace = hub.cgus.iter().filter(|((ns, name), _)| *ns == namespace && name.starts_with(&base));
            let mut made = of_namespace.filter(|(_, other)| same(other)).map(|((_, name), _)| name.clone());
            made.next().unwrap_or_else(|| next_name(hub, &namespace, &old.metadata.name, "retry"))
        }
    };
    Ok(cgu)
}

#[cfg(test)]
mod tests {
    use super::super::copy::{ABORT_TIMEOUT, TIMEOUT_BEFORE_ABORT, clone};
    use super::*;
    use crate::resource::label;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use serde_json::Value;

    fn now() -> Timestamp {
        "2026-01-01T12:00:00Z".parse().unwrap()
    }

    /// `a` done, `b` timed out at `q`, `c` never reached, `d` failed pre-caching.
    fn objects() -> Vec<Value> {
        let spec = json!({"clusterLabelSelectors": [{}], "managedPolicies": ["p", "q"], "enable": true,
            "remediationStrategy": {"maxConcurrency": 1, "canaries": ["a", "b"]}});
        let mut old = cgu("u", spec);
        old["metadata"]["annotations"] = json!({"argocd.argoproj.io/tracking-id": "x", "note": "kept"});
        old["status"] = json!({"conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut",
            "message": "Policy remediation took too long"}], "remediationPlan": [["a"], ["b"], ["c"]],
            "managedPoliciesForUpgrade": [{"name": "p", "namespace": "n"}, {"name": "q", "namespace": "n"}],
            "precaching": {"status": {"d": "UnrecoverableError"}},
            "clusters": [{"name": "a", "state": "complete"}, {"name": "b", "state": "timedout"}]});
        let all = ["a", "b", "c", "d"];
        let mut objects = vec![old];
        objects.extend(all.map(cluster));
        let (done, open) = ("Compliant", "NonCompliant");
        objects.push(policy("n", "p", &all.map(|name| (name, done))));
        objects.push(policy("n", "q", &[("a", done), ("b", open), ("c", open), ("d", open)]));
        objects.extend(all.map(|name| copy("n", "p", name, "inform")));
        objects.extend(all.map(|name| copy("n", "q", name, "inform")));
        objects
    }

    fn tried(hub: &Hub, options: &RetryOptions) -> Retry {
        retry(hub, hub.cgu("n", "u").unwrap(), options, now()).unwrap()
    }

    #[test]
    fn clusters_left_behind_are_tried_again_with_the_same_spec() {
        let hub = hub(objects());
        let retry = tried(&hub, &RetryOptions::default());
        assert_eq!(retry.cgu.metadata.name, "u-retry-1");
        assert_eq!(retry.cgu.spec.clusters.as_deref().unwrap(), ["b", "c", "d"]);
        assert_eq!(retry.cgu.spec.remediation_strategy.canaries, ["b"]);
        assert_eq!((retry.cgu.spec.enable, retry.cgu.spec.cluster_label_selectors), (Some(false), None));
        assert_eq!(retry.cgu.spec.managed_policies, ["p", "q"]);
        assert_eq!(retry.cgu.metadata.annotations.keys().collect::<Vec<_>>(), ["note"]);
        assert_eq!(retry.clusters[&Why::Failed], ["d"]);
    }

    #[test]
    fn only_some_and_only_from_where_they_stopped() {
        let options = RetryOptions {
            which: vec![Why::TimedOut],
            from_stop: true,
            name: Some("again".into()),
            ..RetryOptions::default()
        };
        let retry = tried(&hub(objects()), &options);
        assert_eq!(retry.cgu.spec.clusters.unwrap(), ["b"]);
        assert_eq!((retry.cgu.spec.managed_policies, retry.policies_left_out), (vec!["q".into()], vec!["p".into()]));
        assert_eq!(retry.cgu.metadata.name, "again");
    }

    #[test]
    fn bindings_that_stay_are_in_the_way_and_leave_no_cluster_compliant() {
        let mut objects = objects();
        let copies = objects.iter_mut().filter(|object| object["metadata"]["name"] == "n.q");
        copies.for_each(|copy| copy["spec"]["remediationAction"] = json!("enforce"));
        objects.push(json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "PlacementBinding",
            "metadata": {"name": "u-q-placement", "namespace": "n", "labels": {
                label::CGU_NAME: "u", label::CGU_NAMESPACE: "n"}},
            "bindingOverrides": {"remediationAction": "enforce"}, "placementRef": {"kind": "Placement", "name": "x"},
            "subjects": [{"kind": "Policy", "name": "q"}]}));
        let keeps = |objects: &mut Vec<Value>, keep: bool| {
            objects[0]["spec"]["actions"] = json!({"afterCompletion": {"deleteObjects": !keep}});
            tried(&hub(objects.clone()), &RetryOptions::default())
        };
        assert_eq!(keeps(&mut objects, false).delete_old, None);
        let retry = keeps(&mut objects, true);
        assert_eq!(retry.delete_old, Some(DeleteOld::StillEnforces(vec!["q".to_owned()])));
        assert_eq!(retry.compliant_now, [""; 0], "b, c and d are not compliant with q, which is left out");
    }

    #[test]
    fn an_aborted_cgu_is_tried_again_with_the_time_it_had() {
        let mut objects = objects();
        objects[0]["metadata"]["annotations"][TIMEOUT_BEFORE_ABORT] = json!("300");
        objects[0]["spec"]["remediationStrategy"]["timeout"] = json!(ABORT_TIMEOUT);
        let hub = hub(objects);
        let again = tried(&hub, &RetryOptions::default()).cgu;
        assert_eq!(again.spec.remediation_strategy.timeout, Some(300));
        assert!(!again.metadata.annotations.contains_key(TIMEOUT_BEFORE_ABORT));
        let copy = |timeout| clone(&hub, hub.cgu("n", "u").unwrap(), None, timeout).unwrap();
        assert_eq!(copy(None).spec.remediation_strategy.timeout, Some(300));
        assert_eq!(copy(Some(60)).spec.remediation_strategy.timeout, Some(60));
    }

    #[test]
    fn clusters_dropped_before_the_start_keep_the_policies_they_need() {
        let mut objects = objects();
        let last = objects
            .iter_mut()
            .find(|object| object["metadata"]["name"] == "p" && object["spec"]["policy-templates"].is_array());
        let status = |name: &str| if name == "d" { "NonCompliant" } else { "Compliant" };
        *last.unwrap() = policy("n", "p", &["a", "b", "c", "d"].map(|name| (name, status(name))));
        let retry = tried(&hub(objects), &RetryOptions { from_stop: true, ..RetryOptions::default() });
        assert_eq!((retry.cgu.spec.managed_policies, retry.policies_left_out), (vec!["p".into(), "q".into()], vec![]));
        assert_eq!(retry.compliant_now, Vec::<String>::new());
    }

    #[test]
    fn a_policy_that_is_gone_leaves_nothing_out() {
        let mut objects = objects();
        objects[0]["spec"]["managedPolicies"] = json!(["p", "q", "gone"]);
        let retry = tried(&hub(objects), &RetryOptions { from_stop: true, ..RetryOptions::default() });
        assert_eq!((retry.policies_left_out.len(), retry.compliant_now.len()), (0, 0));
    }

    #[test]
    fn other_sizes_and_times_make_no_second_cgu() {
        let mut objects = objects();
        let options = RetryOptions { max_concurrency: Some(7), rollout_timeout: Some(90), ..RetryOptions::default() };
        let first = tried(&hub(objects.clone()), &options).cgu;
        assert_eq!(first.spec.remediation_strategy.max_concurrency, 7);
        objects.push(cgu("u-retry-1", json!(first.spec)));
        assert_eq!(tried(&hub(objects), &options).cgu.metadata.name, "u-retry-1");
    }

    #[test]
    fn a_dead_end_precaches_again_only_once_it_is_deleted() {
        let mut objects = objects();
        objects[0]["spec"]["preCaching"] = json!(true);
        objects[0]["status"] = json!({"conditions": [
            {"type": "PrecachingSuceeded", "status": "False", "reason": "Failed", "message": ""}],
            "remediationPlan": [["b"]], "precaching": {"status": {"b": "UnrecoverableError"}}});
        let retry = tried(&hub(objects), &RetryOptions::default());
        assert!(retry.delete_old == Some(DeleteOld::NeverEnds) && retry.precache_later && !retry.cgu.spec.pre_caching);
    }

    #[test]
    fn a_repeated_run_finds_the_cgu_of_the_first() {
        let mut objects = objects();
        let first = tried(&hub(objects.clone()), &RetryOptions::default()).cgu;
        objects.push(cgu("u-retry-1", json!(first.spec)));
        assert_eq!(tried(&hub(objects.clone()), &RetryOptions::default()).cgu.metadata.name, "u-retry-1");
        objects.push(cgu("u-retry-1", json!({"clusters": ["z"]})));
        assert_eq!(tried(&hub(objects.clone()), &RetryOptions::default()).cgu.metadata.name, "u-retry-2");
        let hub = hub(objects);
        let taken = RetryOptions { name: Some("u-retry-1".into()), ..RetryOptions::default() };
        let error = retry(&hub, hub.cgu("n", "u").unwrap(), &taken, now()).unwrap_err();
        assert_eq!(error, RetryError::Taken("n/u-retry-1".into()));
    }

    #[test]
    fn one_that_runs_and_one_that_is_through_are_not_tried_again() {
        let mut objects = objects();
        objects[0]["status"]["conditions"] = json!([{"type": "Progressing", "status": "True", "reason": "InProgress"}]);
        let running = hub(objects.clone());
        let of = |hub: &Hub| retry(hub, hub.cgu("n", "u").unwrap(), &RetryOptions::default(), now()).unwrap_err();
        assert_eq!(of(&running), RetryError::NotEnded("n/u".into()));
        objects[0]["status"] = json!({"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed"}],
            "remediationPlan": [["a"]], "clusters": [{"name": "a", "state": "complete"}]});
        assert_eq!(of(&hub(objects)), RetryError::NothingLeft("n/u".into()));
    }

    #[test]
    fn a_copy_is_disabled_and_keeps_its_selection() {
        let hub = hub(objects());
        let copy = clone(&hub, hub.cgu("n", "u").unwrap(), None, None).unwrap();
        assert_eq!((copy.metadata.name.as_str(), copy.spec.enable), ("u-copy-1", Some(false)));
        assert!(copy.spec.cluster_label_selectors.is_some());
        assert!(clone(&hub, hub.cgu("n", "u").unwrap(), Some("u"), None).is_ok(), "the same spec is no other CGU");
    }
}
