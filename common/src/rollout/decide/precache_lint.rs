//! Slips in a PreCachingConfig that [`diagnose`](super::super::diagnose()) does not tell, and the space on a node.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{Hub, inspect};
use crate::finding::Finding;
use crate::resource::{ClusterGroupUpgrade, PreCachingConfig};

/// What is wrong with the PreCachingConfig of a CGU.
pub fn lint_precaching(hub: &Hub, cgu: &ClusterGroupUpgrade, config: &PreCachingConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let name = &config.metadata.name;
    let subscribed = subscriptions(hub, cgu);
    for item in config.spec.packages_and_channels() {
        let Some((package, channel)) = item.split_once(':').filter(|(p, c)| !p.is_empty() && !c.is_empty()) else {
            findings.push(
                Finding::error(
                    "rollout/precache-package",
                    format!("PreCachingConfig {name}: {item:?} is not package:channel"),
                )
                .fix("write it as in a Subscription: local-storage-operator:stable"),
            );
            continue;
        };
        match subscribed.get(package) {
            Some(wanted) if wanted != channel => findings.push(
                Finding::warning(
                    "rollout/precache-channel",
                    format!("PreCachingConfig {name} caches {package}:{channel}, and a policy subscribes to {wanted}"),
                )
                .note("overrides replace what the policies say")
                .fix(format!("write {package}:{wanted}")),
            ),
            _ => {}
        }
    }
    for image in config.spec.additional_images.iter().filter(|image| !has_version(image)) {
        findings.push(
            Finding::warning(
                "rollout/precache-image",
                format!("PreCachingConfig {name}: {image} has neither tag nor digest"),
            )
            .note("a node pulls latest then, which a disconnected registry seldom has")
            .fix("add a tag or a digest"),
        );
    }
    if config.spec.exclude_precache_patterns.iter().any(|pattern| pattern.trim().is_empty()) {
        findings.push(
            Finding::error(
                "rollout/precache-pattern",
                format!("PreCachingConfig {name}: an empty pattern is in excludePrecachePatterns"),
            )
            .note("it matches every image, so that nothing is cached")
            .fix("take it out"),
        );
    }
    findings
}

fn has_version(image: &str) -> bool {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.contains(':') || last.contains('@')
}

/// Channel by package, as the CGU's policies subscribe.
fn subscriptions(hub: &Hub, cgu: &ClusterGroupUpgrade) -> BTreeMap<String, String> {
    let managed = hub.policies.values().filter(|policy| cgu.spec.managed_policies.contains(&policy.metadata.name));
    let objects = managed.filter_map(|policy| inspect(policy).ok()).flatten();
    let subscriptions = objects.filter(|object| object.kind() == "Subscription" && !object.must_not_have);
    subscriptions
        .map(|object| (object.text(&["spec", "name"]).to_owned(), object.text(&["spec", "channel"]).to_owned()))
        .filter(|(_, channel)| !channel.is_empty())
        .collect()
}

/// The file system of a node that holds images.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NodeSpace {
    /// Its size.
    pub capacity_bytes: f64,
    /// What is free.
    pub available_bytes: f64,
    /// Fill level in percent from which the kubelet removes images; 85 unless it is set.
    pub high_percent: f64,
}

impl NodeSpace {
    /// Reads a kubelet's `stats/summary` and `configz`; `None` when the first does not say. TALM takes the default as
    /// well when it cannot read the second.
    pub fn read(stats: &Value, config: &Value) -> Option<Self> {
        let filesystem = &stats["node"]["runtime"]["imageFs"];
        let high = config["kubeletconfig"]["imageGCHighThresholdPercent"].as_f64();
        Some(Self {
            capacity_bytes: filesystem["capacityBytes"].as_f64()?,
            available_bytes: filesystem["availableBytes"].as_f64()?,
            high_percent: high.filter(|high| *high > 0.0 && *high < 100.0).unwrap_or(85.0),
        })
    }

    /// What pre-caching may use, in GiB (TALM 5.0 `pre-cache/check_space.sh`): up to the fill level from which the
    /// kubelet would remove images again. Negative when the node is above that already.
    pub fn usable_gib(&self) -> f64 {
        let used = self.capacity_bytes - self.available_bytes;
        (self.capacity_bytes * self.high_percent / 100.0 - used) / 1_073_741_824.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub, policy};
    use serde_json::json;

    #[test]
    fn slips_in_the_config_are_found() {
        let mut subscription = policy("n", "p", &[]);
        subscription["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
            json!({"kind": "Subscription", "spec": {"name": "op", "channel": "stable"}});
        let hub = hub(vec![subscription, cgu("u", json!({"managedPolicies": ["p"]}))]);
        let config = crate::resource::read(&json!({"metadata": {"name": "c"}, "spec": {
            "overrides": {"operatorsPackagesAndChannels": ["op:4.19", "op"]}, "excludePrecachePatterns": [""],
            "additionalImages": ["registry:5000/a", "registry:5000/a:1", "a@sha256:0"]}}))
        .unwrap();
        let ids: Vec<&str> = lint_precaching(&hub, hub.cgu("n", "u").unwrap(), &config).iter().map(|f| f.id).collect();
        assert_eq!(
            ids,
            [
                "rollout/precache-channel",
                "rollout/precache-package",
                "rollout/precache-image",
                "rollout/precache-pattern"
            ]
        );
    }

    #[test]
    fn space_ends_where_the_kubelet_begins_to_remove() {
        let gib = 1_073_741_824.0;
        let node = NodeSpace { capacity_bytes: 100.0 * gib, available_bytes: 40.0 * gib, high_percent: 85.0 };
        assert_eq!(node.usable_gib(), 25.0);
        assert!(NodeSpace { available_bytes: 10.0 * gib, ..node }.usable_gib() < 0.0);
        let stats =
            json!({"node": {"runtime": {"imageFs": {"capacityBytes": 100, "availableBytes": 40, "usedBytes": 1}}}});
        let read = |config: Value| NodeSpace::read(&stats, &config).unwrap().high_percent;
        assert_eq!(read(json!({"kubeletconfig": {"imageGCHighThresholdPercent": 70}})), 70.0);
        assert_eq!((read(json!(null)), NodeSpace::read(&json!({}), &json!({}))), (85.0, None));
    }
}
