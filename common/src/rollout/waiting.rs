//! What a CGU waits for through others: dead ends, cycles, and the whole graph to be drawn.

use std::collections::{HashMap, HashSet, VecDeque};

use serde::Serialize;

use super::message::{BACKUP_SUCCEEDED, PRECACHING_SUCCEEDED};
use super::status::{CguState, state};
use super::unreadable::unreadable_cgu;
use super::{Hub, Key};
use crate::resource::{ClusterGroupUpgrade, NamespacedName, label};

/// Why a CGU will never let others go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "because", rename_all = "camelCase")]
pub enum DeadEnd {
    /// It does not exist.
    Missing,
    /// It waits for enable: true.
    Disabled,
    /// It ended badly.
    Failed {
        /// Reason of its Succeeded condition.
        reason: String,
    },
    /// Pre-caching or backup failed on all its clusters: it never starts, and no timeout ends it.
    Stuck {
        /// Which of them.
        job: String,
    },
    /// TALM refuses it before the start, until somebody repairs what it refuses.
    Refused {
        /// Which gate is closed.
        state: CguState,
    },
    /// It waits, directly or through others, for itself.
    Cycle {
        /// The way round, starting and ending with it.
        path: Vec<String>,
    },
}

/// Namespace and name of a CGU.
pub(super) fn key(cgu: &ClusterGroupUpgrade) -> Key {
    (cgu.metadata.namespace.clone(), cgu.metadata.name.clone())
}

fn key_of(name: &NamespacedName) -> Key {
    (name.namespace.clone(), name.name.clone())
}

fn shown((namespace, name): &Key) -> String {
    format!("{namespace}/{name}")
}

/// Whether a blocker that ended badly counts as finished for it.
pub(super) fn is_partial(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.metadata.annotation(label::BLOCKING_COMPLETION_MODE) == Some("partial")
}

/// Whether blockers still matter to it: once a rollout runs they do not.
pub(super) fn waits(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.status.succeeded().is_none() && !cgu.status.is_running()
}

/// Everything a CGU waits for.
pub(super) struct Waiting {
    /// Breadth first, so that what is near comes first.
    order: Vec<Key>,
    blockers: HashMap<Key, Vec<Key>>,
    faults: HashMap<Key, DeadEnd>,
    came_from: HashMap<Key, Key>,
}

impl Waiting {
    pub fn from(hub: &Hub, start: &ClusterGroupUpgrade) -> Self {
        let mut found = Self {
            order: vec![key(start)],
            blockers: HashMap::new(),
            faults: HashMap::new(),
            came_from: HashMap::new(),
        };
        let mut seen = HashSet::from([key(start)]);
        let mut open = VecDeque::from([start]);
        while let Some(at) = open.pop_front() {
            let next: Vec<Key> = if waits(at) { at.spec.blocking_crs.iter().map(key_of).collect() } else { Vec::new() };
            for name in &next {
                found.came_from.entry(name.clone()).or_insert_with(|| key(at));
                let blocker = hub.cgus.get(name);
                let is_told = blocker.is_some() || unreadable_cgu(hub, &name.0, &name.1).is_none();
                if let Some(fault) = fault(blocker, is_partial(at)).filter(|_| is_told) {
                    found.faults.entry(name.clone()).or_insert(fault);
                }
                if seen.insert(name.clone()) {
                    found.order.push(name.clone());
                    open.extend(blocker);
                }
            }
            found.blockers.insert(key(at), next);
        }
        found
    }

    /// The shortest way from the start to a CGU and back to the start, when it waits for it.
    pub fn way_to(&self, target: &Key) -> Option<Vec<String>> {
        let start = self.order.first()?;
        if target == start {
            return Some(vec![shown(target)]);
        }
        self.came_from.get(target)?;
        let mut path = vec![shown(target)];
        let mut at = target;
        while at != start {
            at = self.came_from.get(at)?;
            path.push(shown(at));
        }
        path.reverse();
        path.push(shown(start));
        Some(path)
    }

    /// What will never come, the nearest first; the start itself is not asked about.
    pub fn dead_end(&self) -> Option<(String, DeadEnd)> {
        let fault = self.order.iter().skip(1).find_map(|name| Some((shown(name), self.faults.get(name)?.clone())));
        fault.or_else(|| {
            let path = self.cycle()?;
            Some((path.first()?.clone(), DeadEnd::Cycle { path }))
        })
    }

    /// A way round among those that are not missing, failed, stuck, refused or disabled.
    fn cycle(&self) -> Option<Vec<String>> {
        let bound = self.bound();
        let (mut way, mut passed) = (Vec::new(), HashSet::new());
        let mut at = self.order.iter().find(|name| bound.contains(name))?;
        while passed.insert(at) {
            way.push(at);
            at = self.blockers.get(at)?.iter().find(|name| bound.contains(name))?;
        }
        let round = way.into_iter().skip_while(|name| *name != at).chain([at]);
        Some(round.map(shown).collect())
    }

    /// The CGUs in a cycle or behind one: what is left when those that wait for nothing are taken out one by one.
    fn bound(&self) -> HashSet<&Key> {
        let mut bound: HashSet<&Key> = self.order.iter().collect();
        let mut behind: HashMap<&Key, Vec<&Key>> = HashMap::new();
        for (name, blockers) in &self.blockers {
            blockers.iter().for_each(|blocker| behind.entry(blocker).or_default().push(name));
        }
        let mut left: HashMap<&Key, usize> = self.blockers.iter().map(|(name, all)| (name, all.len())).collect();
        let mut free: Vec<&Key> = self.order.iter().filter(|name| left.get(name).is_none_or(|n| *n == 0)).collect();
        while let Some(name) = free.pop() {
            bound.remove(name);
            for waiting in behind.get(name).into_iter().flatten() {
                if let Some(open) = left.get_mut(waiting) {
                    *open -= 1;
                    free.extend((*open == 0).then_some(*waiting));
                }
            }
        }
        bound
    }
}

fn fault(blocker: Option<&ClusterGroupUpgrade>, any_end_counts: bool) -> Option<DeadEnd> {
    let Some(blocker) = blocker else { return Some(DeadEnd::Missing) };
    match blocker.status.succeeded() {
        Some(end) if end.is_true() || any_end_counts => None,
        Some(end) => Some(DeadEnd::Failed { reason: end.reason.clone() }),
        None if !waits(blocker) => None,
        None => ill(blocker).or_else(|| (!blocker.spec.is_enabled()).then_some(DeadEnd::Disabled)),
    }
}

/// What keeps a CGU from starting by itself. Enabling does not help against it, so that it comes before that.
pub(super) fn ill(cgu: &ClusterGroupUpgrade) -> Option<DeadEnd> {
    stuck(cgu).or_else(|| refused(cgu))
}

/// A gate that opens only when somebody repairs the CGU or the hub. A rollout that waits for a Placement runs, and its
/// time ends it.
fn refused(cgu: &ClusterGroupUpgrade) -> Option<DeadEnd> {
    let (state, _) = state(cgu);
    (waits(cgu) && state.is_stuck()).then_some(DeadEnd::Refused { state })
}

/// A CGU whose jobs failed on all clusters is tried again for ever (TALM 5.0 `controllers/precache.go` and `backup.go`).
pub(super) fn stuck(cgu: &ClusterGroupUpgrade) -> Option<DeadEnd> {
    let has_failed = |kind: &str| cgu.status.condition(kind).is_some_and(|c| c.is_false() && c.reason == "Failed");
    let jobs = [(PRECACHING_SUCCEEDED, "pre-caching"), (BACKUP_SUCCEEDED, "the backup")];
    let (_, job) = jobs.into_iter().find(|(kind, _)| waits(cgu) && has_failed(kind))?;
    Some(DeadEnd::Stuck { job: job.to_owned() })
}

/// One line of the graph of blockers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// How far from the CGU asked about, from 1.
    pub depth: usize,
    /// The blocker.
    pub cgu: NamespacedName,
    /// Where it stands.
    pub state: LinkState,
}

/// Where a blocker in the graph stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum LinkState {
    /// It does not exist.
    Missing,
    /// It could not be understood.
    Unreadable,
    /// It ended well.
    Finished,
    /// It ended badly.
    Failed,
    /// It runs.
    Running,
    /// Pre-caching or backup failed on all its clusters: it never starts.
    Stuck,
    /// TALM refuses it before the start.
    Refused,
    /// It waits for enable: true.
    Disabled,
    /// It waits for others.
    Waiting,
    /// It stands further up on the same way: a cycle.
    Cycle,
    /// It has been told further up.
    Told,
}

/// Everything a CGU waits for, each line below the one that waits for it.
pub fn blocker_graph(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Vec<Link> {
    let mut links = Vec::new();
    let mut told = HashSet::new();
    let mut way = vec![key(cgu)];
    let below = |cgu: &ClusterGroupUpgrade, depth: usize| -> Vec<(usize, NamespacedName)> {
        let names = cgu.spec.blocking_crs.iter().filter(|_| waits(cgu));
        names.rev().map(|name| (depth, name.clone())).collect()
    };
    let mut open = below(cgu, 1);
    while let Some((depth, name)) = open.pop() {
        way.truncate(depth);
        let at = key_of(&name);
        let blocker = hub.cgus.get(&at);
        let state = match blocker {
            None if unreadable_cgu(hub, &at.0, &at.1).is_some() => LinkState::Unreadable,
            None => LinkState::Missing,
            Some(_) if way.contains(&at) => LinkState::Cycle,
            Some(_) if told.contains(&at) => LinkState::Told,
            Some(blocker) => link_state(blocker),
        };
        let goes_on = !matches!(state, LinkState::Cycle | LinkState::Told);
        links.push(Link { depth, cgu: name, state });
        if let Some(blocker) = blocker.filter(|_| goes_on) {
            open.extend(below(blocker, depth + 1));
        }
        told.insert(at.clone());
        way.push(at);
    }
    links
}

fn link_state(cgu: &ClusterGroupUpgrade) -> LinkState {
    match cgu.status.succeeded() {
        Some(end) if end.is_true() => LinkState::Finished,
        Some(_) => LinkState::Failed,
        None if cgu.status.is_running() => LinkState::Running,
        None if stuck(cgu).is_some() => LinkState::Stuck,
        None if refused(cgu).is_some() => LinkState::Refused,
        None if !cgu.spec.is_enabled() => LinkState::Disabled,
        None => LinkState::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use serde_json::json;

    #[test]
    fn the_graph_shows_each_cgu_once_and_closes_cycles() {
        let behind = |names: &[&str]| {
            let all: Vec<_> = names.iter().map(|name| json!({"name": name, "namespace": "n"})).collect();
            json!({"blockingCRs": all})
        };
        let mut refused = cgu("r", json!({}));
        refused["status"] = json!({"conditions": [{"type": "Validated", "status": "False", "reason": "x"}]});
        let a = cgu("a", behind(&["b", "c", "x", "r"]));
        let hub = hub(vec![a, cgu("b", behind(&["a"])), cgu("c", behind(&["b"])), refused]);
        let graph = blocker_graph(&hub, hub.cgu("n", "a").unwrap());
        let lines: Vec<_> = graph.iter().map(|link| (link.depth, &*link.cgu.name, link.state.clone())).collect();
        let expected = [
            (1, "b", LinkState::Waiting),
            (2, "a", LinkState::Cycle),
            (1, "c", LinkState::Waiting),
            (2, "b", LinkState::Told),
            (1, "x", LinkState::Missing),
            (1, "r", LinkState::Refused),
        ];
        assert_eq!(lines, expected);
    }
}
