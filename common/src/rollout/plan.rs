//! What TALM will do with a CGU, computed before it does it.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use super::budget::{BatchBudget, budgets};
use super::gate::{Blocker, blockers};
use super::pass::{Pass, used_seconds};
use super::platform::UpdateGraph;
use super::policies::ManagedPolicies;
use super::stored::as_stored;
use super::{Hub, Selection};
use crate::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus, PolicyRef};

/// Where TALM's next pass over the CGU ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Outcome {
    /// It is being deleted; TALM cleans up and looks at nothing else.
    Deleting,
    /// It has ended already; TALM never looks at it again.
    Ended,
    /// It is running already; its plan is frozen.
    Running,
    /// Clusters cannot be selected.
    ClustersNotSelected,
    /// Policies, templates, the platform image or the order are not valid.
    NotValid,
    /// What to pre-cache is not clear.
    PrecacheSpecIncomplete,
    /// Pre-caching comes first.
    Precaching,
    /// Pre-caching has failed everywhere: a dead end.
    PrecachingFailed,
    /// It waits for pre-caching that TALM does not run any more, because `preCaching` was taken back or the plan has
    /// become empty meanwhile.
    PrecachingStuck,
    /// It waits for enable: true.
    NotEnabled,
    /// It waits for other CGUs.
    Blocked,
    /// A backup comes first.
    BackingUp,
    /// The backup has failed everywhere: a dead end.
    BackupFailed,
    /// It waits for a backup that TALM does not run any more.
    BackupStuck,
    /// All clusters are compliant: it succeeds at once.
    NothingToDo,
    /// The clusters that need it have been filtered out: it fails at once.
    NoClustersLeft,
    /// Its time is used up before it starts, or there is none: it times out at once.
    TimesOut,
    /// The pass ends in an error that TALM tells only in its log, and is tried again for ever.
    PassFails,
    /// The first batch starts.
    Starts,
}

/// What TALM will do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Where the next pass ends.
    pub outcome: Outcome,
    /// The clusters in TALM's order. Empty when the CGU runs or has ended: TALM does not select again.
    pub selected: Vec<String>,
    /// Everything that keeps TALM from selecting clusters; it reports only the first.
    pub selection_errors: Vec<String>,
    /// What becomes of each managed policy.
    pub policies: ManagedPolicies,
    /// The batches with their time, as they will be rolled out: without the clusters that are known to drop out, which
    /// `status.remediationPlan` holds until the start.
    pub batches: Vec<Batch>,
    /// Minutes for the whole CGU, as TALM will read them.
    pub timeout_minutes: i64,
    /// What is used up of them before the start, in seconds: the clock runs while other CGUs block this one.
    pub used_seconds: i64,
    /// Selected clusters that need nothing, canaries first.
    pub already_compliant: Vec<String>,
    /// Clusters of the plan that failed pre-caching or backup, or are not completed in all blockers.
    pub filtered_out: Vec<String>,
    /// The policy at which each cluster of the plan stops first.
    pub first_stop: BTreeMap<String, PolicyRef>,
    /// The CGUs that must finish first.
    pub blockers: Vec<Blocker>,
    /// A lookup that TALM will make and we did not: its failure would end in `InvalidPlatformImage`.
    pub unchecked_lookup: Option<String>,
    /// What TALM writes only into its log when the pass fails.
    pub failure: Option<String>,
    /// The status that TALM will write.
    pub status: ClusterGroupUpgradeStatus,
}

/// One batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// From 1.
    pub number: usize,
    /// Whether TALM judges it as a canary: by the length of `canaries`, not by who is in it.
    pub judged_as_canary: bool,
    /// Whether its cluster is one of `canaries`.
    pub canary: bool,
    /// The clusters.
    pub clusters: Vec<String>,
    /// Its time.
    #[serde(flatten)]
    pub time: BatchBudget,
}

/// Computes one pass of TALM over a CGU: selection, validation, plan, gates, start. The CGU need not exist on the hub.
/// `now` becomes the start time where one is due.
pub fn plan(hub: &Hub, cgu: &ClusterGroupUpgrade, graph: &dyn UpdateGraph, now: Timestamp) -> Plan {
    let stored = as_stored(cgu);
    let cgu = stored.as_ref();
    let mut pass = Pass::new(hub, cgu, graph, now);
    let outcome = pass.run();
    let begun = matches!(outcome, Outcome::Running | Outcome::Ended | Outcome::Deleting);
    let planned = if begun { pass.status.remediation_plan.clone() } else { pass.batch(&pass.kept).batches };
    let timeout_minutes = cgu.spec.remediation_strategy.timeout_minutes();
    let used_seconds = if begun { 0 } else { used_seconds(&pass.status, now) };
    let dropped: HashSet<&String> = pass.filtered_out.iter().collect();
    pass.first_stop.retain(|cluster, _| !dropped.contains(cluster));
    let Selection { clusters, errors } = pass.selection;
    Plan {
        outcome,
        selected: clusters,
        selection_errors: errors.iter().map(ToString::to_string).collect(),
        policies: pass.policies,
        batches: batches(cgu, planned, timeout_minutes.saturating_mul(60).saturating_sub(used_seconds)),
        timeout_minutes,
        used_seconds,
        already_compliant: pass.already_compliant,
        filtered_out: pass.filtered_out,
        first_stop: pass.first_stop,
        blockers: blockers(hub, cgu),
        unchecked_lookup: pass.unchecked_lookup,
        failure: pass.failure,
        status: pass.status,
    }
}

fn batches(cgu: &ClusterGroupUpgrade, plan: Vec<Vec<String>>, seconds: i64) -> Vec<Batch> {
    let strategy = &cgu.spec.remediation_strategy;
    let times = budgets(seconds, plan.len());
    plan.into_iter()
        .zip(times)
        .enumerate()
        .map(|(at, (clusters, time))| Batch {
            number: at + 1,
            judged_as_canary: at < strategy.canaries.len(),
            canary: matches!(clusters.as_slice(), [one] if strategy.canaries.contains(one)),
            clusters,
            time,
        })
        .collect()
}

#[cfg(test)]
mod tests;
