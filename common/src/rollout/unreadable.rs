//! CGUs that are on the hub and could not be understood, so that nobody takes them for missing.

use super::Hub;
use crate::resource::{ClusterGroupUpgrade, Object};

/// Namespace, name and what is wrong of each.
pub fn unreadable_cgus(hub: &Hub) -> impl Iterator<Item = (&str, &str, &str)> {
    hub.unreadable.iter().filter_map(|sentence| {
        let rest = sentence.strip_prefix(ClusterGroupUpgrade::RESOURCE.kind)?.strip_prefix(' ')?;
        let (key, why) = rest.split_once(" cannot be understood: ")?;
        let (namespace, name) = key.split_once('/')?;
        Some((namespace, name, why))
    })
}

/// What is wrong with one; `None` when it could be understood or is not there.
pub fn unreadable_cgu<'h>(hub: &'h Hub, namespace: &str, name: &str) -> Option<&'h str> {
    unreadable_cgus(hub).find(|(of, known, _)| (*of, *known) == (namespace, name)).map(|(_, _, why)| why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};
    use crate::rollout::{BlockerState, LinkState, blocker_graph, blockers};
    use serde_json::json;

    #[test]
    fn a_blocker_that_cannot_be_understood_is_not_missing() {
        let behind = |name: &str| json!({"blockingCRs": [{"name": name, "namespace": "n"}]});
        let hub = hub(vec![cgu("u", behind("b")), cgu("b", behind("bad")), cgu("bad", json!({"clusters": "a"}))]);
        assert!(unreadable_cgu(&hub, "n", "bad").is_some_and(|why| why.starts_with("spec.clusters is text")));
        assert_eq!((unreadable_cgu(&hub, "n", "b"), unreadable_cgus(&hub).count()), (None, 1));
        let state = |name: &str| blockers(&hub, hub.cgu("n", name).unwrap()).remove(0).state;
        assert_eq!((state("u"), state("b")), (BlockerState::Unfinished, BlockerState::Unfinished));
        assert_eq!(blocker_graph(&hub, hub.cgu("n", "b").unwrap())[0].state, LinkState::Unreadable);
    }
}
