//! Copies of policies in the cluster namespaces: where TALM looks for the policies of a CGU.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::names::child_policy_name;
use super::{Hub, Key};
use crate::inventory::{Inventory, InventoryError, Query};
use crate::resource::{PlacementDecision, Policy, Resource, annotation, label};

/// How the copies are found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyReading {
    /// By reading them all, as TALM does.
    All,
    /// From the root policies' status, and from the clusters on which bindings turn them to enforce; only copies of
    /// policies with hub templates, or without a status, are read. Saves reading 70 000 objects of a large hub.
    Derived,
}

/// A policy's copy in a cluster namespace, reduced to what TALM looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildPolicy {
    /// Namespace of the root policy.
    pub namespace: String,
    /// Name of the root policy.
    pub name: String,
    /// Whether it enforces.
    pub enforce: bool,
    /// Whether a hub template was left in it.
    pub broken_hub_template: bool,
    /// What the policy framework says about hub templates it could not resolve.
    pub hub_template_error: Option<String>,
    /// Annotation `ran.openshift.io/ztp-deploy-wave`.
    pub wave: Option<String>,
    /// What the first of its templates says that is not compliant; unknown where the copy was not read.
    pub violation: Option<String>,
}

impl ChildPolicy {
    /// Whether TALM cannot read the wave, which it does as a 64-bit number (5.0
    /// `controllers/managedclusterForCGU_controller.go`).
    pub fn has_invalid_wave(&self) -> bool {
        self.wave.as_ref().is_some_and(|wave| wave.parse::<i64>().is_err())
    }
}

/// Copies that had to be read, by root policy, and what they were read for: they are read again when that has changed.
#[derive(Debug, Default)]
pub struct ReadCopies(HashMap<Key, OfRoot>);

#[derive(Debug)]
struct OfRoot {
    policy: Policy,
    enforced: HashSet<String>,
    copies: HashMap<String, Vec<ChildPolicy>>,
}

pub(super) fn gather(
    inventory: &dyn Inventory,
    reading: CopyReading,
    hub: &Hub,
    kept: &mut ReadCopies,
) -> Result<HashMap<String, Vec<ChildPolicy>>, InventoryError> {
    let mut copies = HashMap::new();
    if reading == CopyReading::All {
        read_copies(inventory, &Query::all(Resource::POLICY).with_label(annotation::ROOT_POLICY), &mut copies)?;
        return Ok(copies);
    }
    let enforced = enforced(hub);
    // Copies of the copies that old releases made do not count.
    let is_root = |policy: &&Policy| policy.metadata.label(label::CGU_NAME).is_none();
    kept.0.retain(|root, _| hub.policies.contains_key(root));
    for (root, policy) in hub.policies.iter().filter(|(_, policy)| is_root(policy)) {
        let enforced = enforced.get(&(root.0.as_str(), root.1.as_str()));
        match policy.status.as_ref().and_then(|status| status.clusters.as_ref()) {
            Some(clusters) if !policy.spec.policy_templates.iter().any(holds_hub_template) => {
                for cluster in clusters.keys() {
                    let is_enforced = enforced.is_some_and(|clusters| clusters.contains(cluster.as_str()));
                    copies.entry(cluster.clone()).or_insert_with(Vec::new).push(derived(policy, is_enforced));
                }
            }
            _ => {
                for (cluster, of_root) in kept.of_root(inventory, root, policy, enforced)? {
                    copies.entry(cluster.clone()).or_insert_with(Vec::new).extend(of_root.iter().cloned());
                }
            }
        }
    }
    Ok(copies)
}

impl ReadCopies {
    /// The copies of one root, read unless root and bindings are as they were.
    fn of_root(
        &mut self,
        inventory: &dyn Inventory,
        root: &Key,
        policy: &Policy,
        enforced: Option<&HashSet<&str>>,
    ) -> Result<&HashMap<String, Vec<ChildPolicy>>, InventoryError> {
        let enforced: HashSet<String> = enforced.into_iter().flatten().map(|cluster| (*cluster).to_owned()).collect();
        let known = self.0.remove(root).filter(|known| known.policy == *policy && known.enforced == enforced);
        let known = match known {
            Some(known) => known,
            None => {
                let (mut copies, full) = (HashMap::new(), format!("{}.{}", root.0, root.1));
                let query = Query::all(Resource::POLICY).with_label_value(annotation::ROOT_POLICY, &full);
                read_copies(inventory, &query, &mut copies)?;
                OfRoot { policy: policy.clone(), enforced, copies }
            }
        };
        Ok(&self.0.entry(root.clone()).or_insert(known).copies)
    }
}

/// The clusters on which bindings turn a policy to enforce: those that their placements chose.
fn enforced(hub: &Hub) -> HashMap<(&str, &str), HashSet<&str>> {
    let mut chosen: HashMap<(&str, &str), Vec<&PlacementDecision>> = HashMap::new();
    for decision in &hub.decisions {
        let placement = (decision.metadata.namespace.as_str(), decision.placement().unwrap_or_default());
        chosen.entry(placement).or_default().push(decision);
    }
    let mut enforced: HashMap<(&str, &str), HashSet<&str>> = HashMap::new();
    for binding in hub.bindings.values().filter(|binding| binding.enforces()) {
        let namespace = binding.metadata.namespace.as_str();
        let name = binding.placement_ref.name.as_str();
        let rule = hub.placement_rules.get(&(namespace.to_owned(), name.to_owned()));
        let by_rule = rule.filter(|_| binding.placement_ref.kind == "PlacementRule").into_iter();
        let by_placement = chosen.get(&(namespace, name)).into_iter().flatten();
        let clusters: Vec<&str> = by_rule
            .flat_map(|rule| rule.clusters())
            .chain(by_placement.flat_map(|decision| decision.clusters()))
            .collect();
        for policy in binding.policies() {
            enforced.entry((namespace, policy)).or_default().extend(&clusters);
        }
    }
    enforced
}

/// A copy that is as its root, but for what bindings make of it.
fn derived(policy: &Policy, is_enforced: bool) -> ChildPolicy {
    ChildPolicy {
        namespace: policy.metadata.namespace.clone(),
        name: policy.metadata.name.clone(),
        enforce: is_enforced || policy.is_enforce(),
        broken_hub_template: false,
        hub_template_error: None,
        wave: policy.metadata.annotation(annotation::DEPLOY_WAVE).map(str::to_owned),
        violation: None,
    }
}

fn read_copies(
    inventory: &dyn Inventory,
    query: &Query<'_>,
    copies: &mut HashMap<String, Vec<ChildPolicy>>,
) -> Result<(), InventoryError> {
    inventory.each(query, &mut |object| {
        let cluster = object["metadata"]["namespace"].as_str().unwrap_or_default();
        if let Some(copy) = child_policy(object) {
            match copies.get_mut(cluster) {
                Some(list) => list.push(copy),
                None => drop(copies.insert(cluster.to_owned(), vec![copy])),
            }
        }
    })
}

/// TALM 5.0 `controllers/utils/policy_util.go`: copies of the copies that old releases made are skipped, and so are
/// names without a dot.
fn child_policy(object: &Value) -> Option<ChildPolicy> {
    let metadata = &object["metadata"];
    if metadata["labels"].get(label::CGU_NAME).is_some() {
        return None;
    }
    let (namespace, name) = child_policy_name(metadata["name"].as_str()?)?;
    let text = |key: &str| metadata["annotations"][key].as_str().map(str::to_owned);
    let spec = &object["spec"];
    let templates = spec["policy-templates"].as_array();
    Some(ChildPolicy {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        enforce: spec["remediationAction"].as_str().is_some_and(|action| action.eq_ignore_ascii_case("enforce")),
        broken_hub_template: templates.is_some_and(|list| list.iter().any(holds_hub_template)),
        hub_template_error: text(annotation::HUB_TEMPLATES_ERROR),
        wave: text(annotation::DEPLOY_WAVE),
        violation: violation(&object["status"]),
    })
}

/// The newest message of a template stands first.
fn violation(status: &Value) -> Option<String> {
    let mut details = status["details"].as_array().into_iter().flatten();
    let wrong = details.find(|template| template["compliant"] != "Compliant")?;
    let message = wrong["history"][0]["message"].as_str()?;
    let message = message.strip_prefix("NonCompliant; ").unwrap_or(message);
    Some(message.chars().take(MAX_VIOLATION).collect())
}

/// What is longer lists objects that nobody reads in a report.
const MAX_VIOLATION: usize = 240;

fn holds_hub_template(template: &Value) -> bool {
    holds_text(&template["objectDefinition"], "{{hub")
}

/// Whether any key or text below holds the wanted text. Walks with a list, not with calls: input decides the depth.
fn holds_text(value: &Value, wanted: &str) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.contains(wanted) => return true,
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                if map.keys().any(|key| key.contains(wanted)) {
                    return true;
                }
                open.extend(map.values());
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Recorded;
    use serde_json::json;

    fn hub(reading: CopyReading, hub_template: &str) -> Hub {
        let mut recorded = Recorded::named("test");
        let api = "policy.open-cluster-management.io/v1";
        let templates = |text: &str| json!([{"objectDefinition": {"spec": {"x": [text]}}}]);
        recorded.add(json!({"apiVersion": api, "kind": "Policy", "metadata": {"name": "p.x", "namespace": "n"},
            "spec": {"remediationAction": "inform", "policy-templates": templates("{{hub .a hub}}")},
            "status": {"status": [{"clustername": "sno1"}, {"clustername": "sno2"}]}}));
        recorded.add(json!({"apiVersion": api, "kind": "Policy", "metadata": {"name": "n.p.x", "namespace": "sno1",
            "labels": {"policy.open-cluster-management.io/root-policy": "n.p.x"}},
            "spec": {"remediationAction": "Enforce", "policy-templates": templates(hub_template)}}));
        Hub::gather(&recorded, reading).unwrap()
    }

    #[test]
    fn a_copy_is_named_like_its_root() {
        let hub = hub(CopyReading::All, "fine");
        let [copy] = hub.copies_on("sno1") else { panic!("one copy") };
        assert_eq!((&*copy.namespace, &*copy.name), ("n", "p.x"));
        assert!(copy.enforce && !copy.broken_hub_template);
        assert!(hub.copies_on("sno2").is_empty());
    }

    #[test]
    fn copies_of_a_policy_with_hub_templates_are_always_read() {
        let hub = hub(CopyReading::Derived, "{{hub .a hub}}");
        assert!(hub.copies_on("sno1")[0].broken_hub_template);
        assert!(hub.copies_on("sno2").is_empty());
    }

    #[test]
    fn a_binding_turns_only_the_chosen_clusters_to_enforce() {
        let mut recorded = Recorded::named("test");
        let api = "policy.open-cluster-management.io/v1";
        recorded.add(json!({"apiVersion": api, "kind": "Policy", "metadata": {"name": "p", "namespace": "n"},
            "spec": {"remediationAction": "inform"},
            "status": {"status": [{"clustername": "sno1"}, {"clustername": "sno2"}]}}));
        recorded.add(
            json!({"apiVersion": api, "kind": "PlacementBinding", "metadata": {"name": "b", "namespace": "n"},
            "bindingOverrides": {"remediationAction": "enforce"}, "subFilter": "restricted",
            "placementRef": {"kind": "Placement", "name": "chosen"}, "subjects": [{"kind": "Policy", "name": "p"}]}),
        );
        recorded.add(json!({"apiVersion": "cluster.open-cluster-management.io/v1beta1", "kind": "PlacementDecision",
            "metadata": {"name": "chosen-1", "namespace": "n",
                "labels": {"cluster.open-cluster-management.io/placement": "chosen"}},
            "status": {"decisions": [{"clusterName": "sno2"}]}}));
        let hub = Hub::gather(&recorded, CopyReading::Derived).unwrap();
        let enforce = |cluster: &str| hub.copies_on(cluster)[0].enforce;
        assert_eq!((enforce("sno1"), enforce("sno2")), (false, true));
    }
}
