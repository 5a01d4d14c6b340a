//! The CGUs that must finish first (TALM 5.0 `controllers/clustergroupupgrade_controller.go`,
//! `blockingCRsNotCompleted`).

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use serde::Serialize;

use super::{Hub, Key};
use crate::resource::{ClusterGroupUpgrade, ClusterState, Condition, NamespacedName, label};

/// A blocker and what it is waiting for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blocker {
    /// The CGU named.
    pub cgu: NamespacedName,
    /// Whether it still blocks.
    pub state: BlockerState,
}

/// Whether a blocker still blocks, and whether it ever will end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum BlockerState {
    /// It does not exist. TALM does not default the namespace.
    Missing,
    /// It ended well, or ended at all where that is enough.
    Finished,
    /// It has not ended.
    Unfinished,
    /// It waits to be enabled and blocks until then.
    Disabled,
    /// It ended badly and blocks for ever.
    Failed {
        /// Reason of its Succeeded condition.
        reason: String,
    },
    /// It waits, directly or through others, for something that will never come.
    DeadEnd {
        /// The CGU that will never let it go on.
        at: String,
    },
    /// It waits, directly or through others, for the CGU it blocks.
    Cycle {
        /// The way round, starting and ending with the blocker.
        path: Vec<String>,
    },
}

impl BlockerState {
    /// Whether TALM counts it as incomplete.
    pub fn is_incomplete(&self) -> bool {
        !matches!(self, Self::Missing | Self::Finished)
    }

    /// Whether it will block until somebody acts.
    pub fn is_dead(&self) -> bool {
        self.is_incomplete() && *self != Self::Unfinished
    }
}

/// The blockers of a CGU, in spec order.
pub fn blockers(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Vec<Blocker> {
    let any_end_counts = is_partial(cgu);
    cgu.spec
        .blocking_crs
        .iter()
        .map(|name| Blocker { cgu: name.clone(), state: state(hub, cgu, name, any_end_counts) })
        .collect()
}

fn is_partial(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.metadata.annotation(label::BLOCKING_COMPLETION_MODE) == Some("partial")
}

fn state(hub: &Hub, cgu: &ClusterGroupUpgrade, name: &NamespacedName, any_end_counts: bool) -> BlockerState {
    let Some(blocker) = hub.cgu(&name.namespace, &name.name) else { return BlockerState::Missing };
    match blocker.status.succeeded() {
        Some(succeeded) if succeeded.is_true() || any_end_counts => BlockerState::Finished,
        Some(Condition { reason, .. }) => BlockerState::Failed { reason: reason.clone() },
        None => unfinished(hub, cgu, blocker),
    }
}

fn key(cgu: &ClusterGroupUpgrade) -> Key {
    (cgu.metadata.namespace.clone(), cgu.metadata.name.clone())
}

fn shown((namespace, name): &Key) -> String {
    format!("{namespace}/{name}")
}

fn unfinished(hub: &Hub, cgu: &ClusterGroupUpgrade, blocker: &ClusterGroupUpgrade) -> BlockerState {
    let waiting = Waiting::from(hub, blocker);
    if let Some(path) = waiting.way_to(&key(cgu)) {
        return BlockerState::Cycle { path };
    }
    if !blocker.spec.is_enabled() && waits(blocker) {
        return BlockerState::Disabled;
    }
    waiting.dead_end.map_or(BlockerState::Unfinished, |at| BlockerState::DeadEnd { at: shown(&at) })
}

/// Everything a CGU waits for, breadth first.
struct Waiting {
    start: Key,
    came_from: HashMap<Key, Key>,
    dead_end: Option<Key>,
}

impl Waiting {
    fn from(hub: &Hub, start: &ClusterGroupUpgrade) -> Self {
        let mut found = Self { start: key(start), came_from: HashMap::new(), dead_end: None };
        let mut seen = HashSet::from([key(start)]);
        let mut open = VecDeque::from([start]);
        while let Some(at) = open.pop_front() {
            for next in at.spec.blocking_crs.iter().filter(|_| waits(at)) {
                let name = (next.namespace.clone(), next.name.clone());
                let blocker = hub.cgus.get(&name);
                let dead = blocker.is_none_or(|blocker| {
                    let failed = blocker.status.succeeded().is_some_and(|end| !end.is_true()) && !is_partial(at);
                    failed || waits(blocker) && !blocker.spec.is_enabled() || name == found.start || name == key(at)
                });
                if dead {
                    found.dead_end.get_or_insert_with(|| name.clone());
                }
                found.came_from.entry(name.clone()).or_insert_with(|| key(at));
                if let Some(blocker) = blocker.filter(|_| seen.insert(name)) {
                    open.push_back(blocker);
                }
            }
        }
        found
    }

    /// The shortest way from the start to a CGU and back to the start, when it waits for it.
    fn way_to(&self, target: &Key) -> Option<Vec<String>> {
        if *target == self.start {
            return Some(vec![shown(target)]);
        }
        self.came_from.get(target)?;
        let mut path = vec![shown(target)];
        let mut at = target;
        while *at != self.start {
            at = self.came_from.get(at)?;
            path.push(shown(at));
        }
        path.reverse();
        path.push(shown(&self.start));
        Some(path)
    }
}

/// Whether blockers still matter to it: once a rollout runs they do not.
fn waits(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.status.succeeded().is_none() && !cgu.status.is_running()
}

/// With the annotations for it: the clusters completed in every blocker. `None` when nothing is filtered.
///
/// A cluster's complete entries must equal the number of blockers, so that a double entry disqualifies it; TALM does so.
pub(super) fn completed_in_all(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Option<BTreeSet<String>> {
    if !is_partial(cgu) || cgu.metadata.annotation(label::BLOCKING_CLUSTER_FILTERING) != Some("true") {
        return None;
    }
    let mut entries: HashMap<&str, usize> = HashMap::new();
    let blockers = cgu.spec.blocking_crs.iter().filter_map(|name| hub.cgu(&name.namespace, &name.name));
    for outcome in blockers.flat_map(|blocker| &blocker.status.clusters) {
        if outcome.state == ClusterState::Complete {
            *entries.entry(&outcome.name).or_default() += 1;
        }
    }
    let wanted = cgu.spec.blocking_crs.len();
    Some(entries.into_iter().filter(|(_, count)| *count == wanted).map(|(name, _)| name.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::json;

    fn blocked_by(name: &str) -> serde_json::Value {
        json!({"blockingCRs": [{"name": name, "namespace": "n"}]})
    }

    #[test]
    fn a_cycle_is_found_from_each_of_its_members() {
        let hub = hub(vec![cgu("a", blocked_by("b")), cgu("b", blocked_by("c")), cgu("c", blocked_by("a"))]);
        let found = blockers(&hub, hub.cgu("n", "a").unwrap());
        let path = ["n/b", "n/c", "n/a", "n/b"].map(str::to_owned).to_vec();
        assert_eq!(found[0].state, BlockerState::Cycle { path });
    }

    #[test]
    fn one_that_waits_for_a_cycle_is_not_in_it() {
        let hub = hub(vec![cgu("a", blocked_by("a")), cgu("b", blocked_by("a")), cgu("c", blocked_by("x"))]);
        assert_eq!(
            blockers(&hub, hub.cgu("n", "a").unwrap())[0].state,
            BlockerState::Cycle { path: vec!["n/a".into()] }
        );
        let dead_end = BlockerState::DeadEnd { at: "n/a".into() };
        assert_eq!(blockers(&hub, hub.cgu("n", "b").unwrap())[0].state, dead_end);
        assert_eq!(blockers(&hub, hub.cgu("n", "c").unwrap())[0].state, BlockerState::Missing);
    }
}
