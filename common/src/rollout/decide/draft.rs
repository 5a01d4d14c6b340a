//! A CGU as it is written to Git or to a hub.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::super::{Hub, Plan};
use super::fields::set_at;
use crate::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeSpec, PreCachingConfig, Resource, read};

/// A CGU that is to be made, and what goes with it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The CGU.
    pub cgu: ClusterGroupUpgrade,
    /// Fields of its file that this version does not know, by their path below `spec`.
    pub unknown: Vec<(Vec<String>, Value)>,
    /// A PreCachingConfig of its own.
    pub config: Option<PreCachingConfig>,
}

impl Draft {
    /// The objects in the order in which they are made.
    pub fn objects(&self) -> Vec<Value> {
        self.config.iter().map(config_object).chain([self.cgu_object()]).collect()
    }

    /// The CGU as an object, without what only a hub fills in.
    pub fn cgu_object(&self) -> Value {
        let metadata = &self.cgu.metadata;
        let mut head = json!({"name": metadata.name, "namespace": metadata.namespace});
        for (key, map) in [("labels", &metadata.labels), ("annotations", &metadata.annotations)] {
            let kept: BTreeMap<_, _> = map.iter().filter(|(key, _)| !is_bookkeeping(key)).collect();
            if !kept.is_empty() {
                head[key] = json!(kept);
            }
        }
        // Written out, so that a reader need not know the default, which is true.
        let spec = ClusterGroupUpgradeSpec { enable: Some(self.cgu.spec.is_enabled()), ..self.cgu.spec.clone() };
        let mut spec = json!(spec);
        for (path, value) in &self.unknown {
            set_at(&mut spec, path, value.clone());
        }
        object(Resource::CLUSTER_GROUP_UPGRADE, head, spec)
    }

    /// The hub as it will be: with the PreCachingConfig of the draft.
    pub fn hub_with_config(&self, hub: &Hub) -> Hub {
        let mut hub = hub.clone();
        if let Some(config) = &self.config {
            let key = (config.metadata.namespace.clone(), config.metadata.name.clone());
            hub.precaching_configs.insert(key, config.clone());
        }
        hub
    }
}

/// What tools note about the object on a hub; in Git, or on a copy, it would be wrong.
pub(super) fn is_bookkeeping(key: &str) -> bool {
    key.contains("argocd.argoproj.io/") || key.starts_with("kubectl.kubernetes.io/")
}

fn object(resource: Resource, metadata: Value, spec: Value) -> Value {
    let mut object = Map::new();
    object.insert("apiVersion".to_owned(), format!("{}/{}", resource.group, resource.version).into());
    object.insert("kind".to_owned(), resource.kind.into());
    object.insert("metadata".to_owned(), metadata);
    object.insert("spec".to_owned(), spec);
    Value::Object(object)
}

fn config_object(config: &PreCachingConfig) -> Value {
    let spec = &config.spec;
    let mut out = Map::new();
    if !spec.overrides.is_empty() {
        out.insert("overrides".to_owned(), Value::Object(spec.overrides.clone()));
    }
    for (key, list) in
        [("excludePrecachePatterns", &spec.exclude_precache_patterns), ("additionalImages", &spec.additional_images)]
    {
        if !list.is_empty() {
            out.insert(key.to_owned(), json!(list));
        }
    }
    if !spec.space_required.is_empty() {
        out.insert("spaceRequired".to_owned(), spec.space_required.clone().into());
    }
    let metadata = json!({"name": config.metadata.name, "namespace": config.metadata.namespace});
    object(Resource::PRE_CACHING_CONFIG, metadata, Value::Object(out))
}

/// Whether two specs mean the same, with the defaults of the CRD filled in. Specs that cannot be understood are
/// compared as they are.
pub fn same_spec(a: &Value, b: &Value) -> bool {
    match (read::<ClusterGroupUpgradeSpec>(a), read::<ClusterGroupUpgradeSpec>(b)) {
        (Ok(a), Ok(b)) => with_defaults(a) == with_defaults(b),
        _ => a == b,
    }
}

fn with_defaults(mut spec: ClusterGroupUpgradeSpec) -> ClusterGroupUpgradeSpec {
    spec.enable = Some(spec.is_enabled());
    spec.remediation_strategy.timeout = Some(spec.remediation_strategy.timeout_minutes());
    if let Some(after) = &mut spec.actions.after_completion {
        after.delete_objects.get_or_insert(true);
    }
    if spec.actions.before_enable.as_ref().is_some_and(|before| *before == Default::default()) {
        spec.actions.before_enable = None;
    }
    // TALM writes the spec back without empty lists.
    spec.clusters = spec.clusters.filter(|list| !list.is_empty());
    spec.cluster_selector = spec.cluster_selector.filter(|list| !list.is_empty());
    spec.cluster_label_selectors = spec.cluster_label_selectors.filter(|list| !list.is_empty());
    spec
}

/// What a plan comes down to, in eight characters: batches and policies, in order. Two plans with the same digest treat
/// the same clusters in the same batches with the same policies.
pub fn plan_digest(plan: &Plan) -> String {
    let batches: Vec<&[String]> = plan.batches.iter().map(|batch| batch.clusters.as_slice()).collect();
    let text = json!([batches, plan.status.managed_policies_for_upgrade]).to_string();
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// A name that is not taken: the old one with a suffix and the next number. TALM writes the name into labels, so that it
/// has at most 63 characters.
pub fn next_name(hub: &Hub, namespace: &str, old: &str, suffix: &str) -> String {
    let tail = format!("-{suffix}-");
    let (base, last) = match old.rsplit_once(&tail).and_then(|(base, n)| Some((base, n.parse::<u32>().ok()?))) {
        Some((base, number)) => (base, number),
        None => (old, 0),
    };
    let mut number = last.saturating_add(1);
    loop {
        let end = format!("{tail}{number}");
        let room = 63_usize.saturating_sub(end.len()).min(base.len());
        let kept = base.get(..room).unwrap_or_default().trim_end_matches(['-', '.']);
        let name = format!("{kept}{end}");
        if hub.cgu(namespace, &name).is_none() {
            return name;
        }
        number = number.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, hub};

    #[test]
    fn an_object_says_enable_and_nothing_the_hub_fills_in() {
        let mut object = cgu("u", json!({"clusters": ["a"], "remediationStrategy": {"maxConcurrency": 1}}));
        object["status"] = json!({"remediationPlan": [["a"]]});
        let draft = Draft {
            cgu: read(&object).unwrap(),
            unknown: vec![(vec!["remediationStrategy".to_owned(), "newer".to_owned()], json!(1))],
            config: None,
        };
        let expected = json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"},
            "spec": {"enable": true, "clusters": ["a"], "remediationStrategy": {"maxConcurrency": 1, "newer": 1}}});
        assert_eq!(draft.objects(), [expected]);
    }

    #[test]
    fn defaults_make_no_difference() {
        let written =
            json!({"enable": true, "backup": false, "remediationStrategy": {"maxConcurrency": 1, "timeout": 240}});
        let short = json!({"clusters": [], "remediationStrategy": {"maxConcurrency": 1}});
        assert!(same_spec(&written, &short));
        assert!(!same_spec(&written, &json!({"remediationStrategy": {"maxConcurrency": 2}})));
    }

    #[test]
    fn names_count_on_and_fit_into_a_label() {
        let hub = hub(vec![cgu("u-retry-1", json!({}))]);
        assert_eq!(next_name(&hub, "n", "u", "retry"), "u-retry-2");
        assert_eq!(next_name(&hub, "n", "u-retry-7", "retry"), "u-retry-8");
        assert_eq!(next_name(&hub, "n", &"x".repeat(70), "retry").len(), 63);
    }
}
