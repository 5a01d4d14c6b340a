//! The CGUs that must finish first (TALM 5.0 `controllers/clustergroupupgrade_controller.go`,
//! `blockingCRsNotCompleted`).

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::Hub;
use super::unreadable::unreadable_cgu;
use super::waiting::{DeadEnd, Waiting, ill, is_partial, key, waits};
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
    /// It has not ended, or could not be understood.
    Unfinished,
    /// It waits to be enabled and blocks until then.
    Disabled,
    /// It ended badly and blocks for ever.
    Failed {
        /// Reason of its Succeeded condition.
        reason: String,
    },
    /// Its jobs have failed, TALM refuses it, or it waits, directly or through others, for something that will never come.
    DeadEnd {
        /// The CGU that will never let it go on, perhaps itself.
        at: String,
        /// Why it will not.
        because: DeadEnd,
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

fn state(hub: &Hub, cgu: &ClusterGroupUpgrade, name: &NamespacedName, any_end_counts: bool) -> BlockerState {
    let Some(blocker) = hub.cgu(&name.namespace, &name.name) else {
        let is_there = unreadable_cgu(hub, &name.namespace, &name.name).is_some();
        return if is_there { BlockerState::Unfinished } else { BlockerState::Missing };
    };
    match blocker.status.succeeded() {
        Some(succeeded) if succeeded.is_true() || any_end_counts => BlockerState::Finished,
        Some(Condition { reason, .. }) => BlockerState::Failed { reason: reason.clone() },
        None => unfinished(hub, cgu, blocker),
    }
}

fn unfinished(hub: &Hub, cgu: &ClusterGroupUpgrade, blocker: &ClusterGroupUpgrade) -> BlockerState {
    let waiting = Waiting::from(hub, blocker);
    if let Some(path) = waiting.way_to(&key(cgu)) {
        return BlockerState::Cycle { path };
    }
    if let Some(because) = ill(blocker) {
        let at = format!("{}/{}", blocker.metadata.namespace, blocker.metadata.name);
        return BlockerState::DeadEnd { at, because };
    }
    if !blocker.spec.is_enabled() && waits(blocker) {
        return BlockerState::Disabled;
    }
    waiting.dead_end().map_or(BlockerState::Unfinished, |(at, because)| BlockerState::DeadEnd { at, because })
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
    use crate::rollout::status::CguState;
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
        let dead_end = BlockerState::DeadEnd {
            at: "n/a".into(),
            because: DeadEnd::Cycle { path: vec!["n/a".into(), "n/a".into()] },
        };
        assert_eq!(blockers(&hub, hub.cgu("n", "b").unwrap())[0].state, dead_end);
        assert_eq!(blockers(&hub, hub.cgu("n", "c").unwrap())[0].state, BlockerState::Missing);
    }

    #[test]
    fn a_cycle_further_on_is_a_dead_end() {
        let hub = hub(vec![
            cgu("a", blocked_by("b")),
            cgu("b", blocked_by("c")),
            cgu("c", blocked_by("d")),
            cgu("d", blocked_by("c")),
        ]);
        let path = ["n/c", "n/d", "n/c"].map(str::to_owned).to_vec();
        let dead_end = BlockerState::DeadEnd { at: "n/c".into(), because: DeadEnd::Cycle { path } };
        assert_eq!(blockers(&hub, hub.cgu("n", "a").unwrap())[0].state, dead_end);
    }

    #[test]
    fn a_blocker_whose_jobs_failed_everywhere_is_a_dead_end() {
        let stuck = |enable: bool, kind: &str| {
            let mut object = cgu("b", json!({"enable": enable}));
            object["status"] = json!({"conditions": [{"type": kind, "status": "False", "reason": "Failed"}]});
            let hub = hub(vec![cgu("a", blocked_by("b")), object, cgu("c", blocked_by("a"))]);
            let state = |name: &str| blockers(&hub, hub.cgu("n", name).unwrap()).remove(0).state;
            (state("a"), state("c"))
        };
        let dead = |job: &str| BlockerState::DeadEnd { at: "n/b".into(), because: DeadEnd::Stuck { job: job.into() } };
        assert_eq!(stuck(false, "PrecachingSuceeded"), (dead("pre-caching"), dead("pre-caching")));
        assert_eq!(stuck(true, "BackupSuceeded"), (dead("the backup"), dead("the backup")));
    }

    #[test]
    fn a_blocker_that_talm_refuses_is_a_dead_end() {
        let of = |kind: &str| {
            let mut object = cgu("b", json!({"preCaching": true}));
            object["status"] = json!({"conditions": [{"type": kind, "status": "False", "reason": "x"}]});
            let hub = hub(vec![cgu("a", blocked_by("b")), object]);
            blockers(&hub, hub.cgu("n", "a").unwrap()).remove(0).state
        };
        let dead = |state| BlockerState::DeadEnd { at: "n/b".into(), because: DeadEnd::Refused { state } };
        assert_eq!(of("ClustersSelected"), dead(CguState::ClustersNotSelected));
        assert_eq!(of("Validated"), dead(CguState::NotValid));
        assert_eq!(of("PrecacheSpecValid"), dead(CguState::PrecacheSpecIncomplete));
        assert_eq!(of("Progressing"), BlockerState::Unfinished);
    }

    /// A round for each layer made this quadratic, and with a report for each CGU cubic.
    #[test]
    fn a_long_chain_before_a_cycle_is_followed_to_it() {
        const LENGTH: usize = 3000;
        let next = |n: usize| if n == LENGTH { LENGTH - 1 } else { n + 1 };
        let mut chain: Vec<_> = (0..=LENGTH).map(|n| cgu(&n.to_string(), blocked_by(&next(n).to_string()))).collect();
        let dead_end = |chain: Vec<_>| {
            let hub = hub(chain);
            blockers(&hub, hub.cgu("n", "0").unwrap()).remove(0).state
        };
        let path = [LENGTH - 1, LENGTH, LENGTH - 1].map(|n| format!("n/{n}")).to_vec();
        let because = DeadEnd::Cycle { path };
        assert_eq!(dead_end(chain.clone()), BlockerState::DeadEnd { at: format!("n/{}", LENGTH - 1), because });
        chain.push(cgu(&LENGTH.to_string(), json!({})));
        assert_eq!(dead_end(chain), BlockerState::Unfinished);
    }
}
