//! What enforcing policies does to nodes, as far as the kinds of their objects tell.

use std::collections::BTreeMap;

use super::super::{Hub, Plan, inspect};

/// Kinds whose changes reach nodes, and what they may do there.
const KINDS: &[(&str, &str)] = &[
    ("ClusterVersion", "upgrades OpenShift: nodes drain and reboot"),
    ("MachineConfig", "nodes drain and reboot"),
    ("PerformanceProfile", "nodes drain and reboot"),
    ("KubeletConfig", "nodes drain and reboot"),
    ("ContainerRuntimeConfig", "nodes drain and reboot"),
    ("MachineConfigPool", "nodes may drain and reboot"),
    ("SriovNetworkNodePolicy", "nodes may drain and reboot"),
    ("SriovOperatorConfig", "nodes may drain"),
    ("Tuned", "kernel settings change, some after a reboot"),
    ("Subscription", "operators are installed or upgraded"),
];

/// What the policies of a plan may do, with the policies that do it; the gravest first.
pub fn effects(hub: &Hub, plan: &Plan) -> Vec<(&'static str, Vec<String>)> {
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for reference in &plan.status.managed_policies_for_upgrade {
        let policy = hub.policy(&reference.namespace, &reference.name);
        let objects = policy.and_then(|policy| inspect(policy).ok()).unwrap_or_default();
        for object in objects.iter().filter(|object| !object.must_not_have) {
            let Some((_, does)) = KINDS.iter().find(|(kind, _)| *kind == object.kind()) else { continue };
            let first = KINDS.iter().position(|(_, other)| other == does).unwrap_or_default();
            let policies = found.entry(first).or_default();
            if !policies.contains(&reference.name) {
                policies.push(reference.name.clone());
            }
        }
    }
    found.into_iter().filter_map(|(at, policies)| Some((KINDS.get(at)?.1, policies))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, copy, hub, policy};
    use crate::rollout::{NoGraph, plan};
    use serde_json::json;

    #[test]
    fn the_gravest_effect_comes_first() {
        let of = |name: &str, kind: &str| {
            let mut policy = policy("n", name, &[("a", "NonCompliant")]);
            policy["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
                json!({"kind": kind, "spec": {}});
            policy
        };
        let mut objects = vec![cluster("a"), of("p", "Subscription"), of("q", "MachineConfig"), of("r", "ConfigMap")];
        objects.extend(["p", "q", "r"].map(|name| copy("n", name, "a", "inform")));
        objects.push(cgu(
            "u",
            json!({"clusters": ["a"], "managedPolicies": ["p", "q", "r"],
            "remediationStrategy": {"maxConcurrency": 1}}),
        ));
        let hub = hub(objects);
        let plan = plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, "2026-01-01T10:00:00Z".parse().unwrap());
        let found = effects(&hub, &plan);
        assert_eq!(found[0], ("nodes drain and reboot", vec!["q".to_owned()]));
        assert_eq!(found[1].1, ["p"]);
    }
}
