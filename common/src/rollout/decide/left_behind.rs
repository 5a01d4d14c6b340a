//! Which clusters an ended CGU did not finish, and why.

use std::collections::{BTreeMap, HashSet};

use super::super::status::{ClusterProgress, StatusReport};
use super::super::{Hub, select};
use crate::resource::ClusterGroupUpgrade;

/// Why a cluster is to be done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// It ran out of time.
    TimedOut,
    /// The CGU ended before its batch began.
    NeverReached,
    /// Pre-caching or backup failed, and it was dropped.
    Failed,
    /// Selected, and left out before the start: not completed in a blocking CGU.
    Skipped,
    /// It was completed, and is not compliant any more.
    Drifted,
}

impl Why {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::TimedOut => "timed out",
            Self::NeverReached => "never reached",
            Self::Failed => "dropped before the start",
            Self::Skipped => "skipped",
            Self::Drifted => "drifted since",
        }
    }
}

/// The clusters to be done again, by the reason why; `which` as in the options of a retry.
pub(super) fn left_behind(
    hub: &Hub,
    old: &ClusterGroupUpgrade,
    report: &StatusReport,
    dead_end: bool,
    which: &[Why],
) -> BTreeMap<Why, Vec<String>> {
    let wanted = |why: Why| if which.is_empty() { why != Why::Drifted } else { which.contains(&why) };
    let mut found: BTreeMap<Why, Vec<String>> = BTreeMap::new();
    let mut known: HashSet<&str> = HashSet::new();
    for cluster in &report.clusters {
        known.insert(&cluster.name);
        let why = match cluster.progress {
            ClusterProgress::TimedOut => Why::TimedOut,
            ClusterProgress::PrecacheFailed | ClusterProgress::BackupFailed => Why::Failed,
            ClusterProgress::NeverReached => Why::NeverReached,
            ClusterProgress::Drifted => Why::Drifted,
            // A dead end holds all of them for ever.
            _ if dead_end => Why::Failed,
            _ => continue,
        };
        if wanted(why) {
            found.entry(why).or_default().push(cluster.name.clone());
        }
    }
    // TALM leaves no trace of clusters that it filters out. Those that came later were never selected.
    let end = old.status.status.completed_at;
    let was_there = |name: &String| {
        let created = hub.clusters.get(name).and_then(|cluster| cluster.metadata.creation_timestamp);
        created.is_none_or(|created| end.is_none_or(|end| created < end))
    };
    let selected = select(hub, &old.spec).clusters;
    let skipped: Vec<String> =
        selected.into_iter().filter(|name| !known.contains(name.as_str()) && was_there(name)).collect();
    if !skipped.is_empty() && wanted(Why::Skipped) && has_filtered(old) {
        found.insert(Why::Skipped, skipped);
    }
    found
}

/// Only these ends leave out clusters without a trace; else a cluster without one needed nothing.
fn has_filtered(old: &ClusterGroupUpgrade) -> bool {
    !old.spec.blocking_crs.is_empty() || old.status.succeeded().is_some_and(|end| end.reason == "Failed")
}
