//! Copies of policies in the cluster namespaces: where TALM looks for the policies of a CGU.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::Key;
use super::names::child_policy_name;
use crate::inventory::{Inventory, InventoryError, Query};
use crate::resource::{PlacementBinding, Policy, Resource, annotation, label};

/// How the copies are found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyReading {
    /// By reading them all, as TALM does.
    All,
    /// From the root policies' status; only copies that may differ from their root are read: those with hub templates
    /// and those that a binding turns to enforce. Saves reading 70 000 objects of a large hub.
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
}

pub(super) fn gather(
    inventory: &dyn Inventory,
    reading: CopyReading,
    policies: &BTreeMap<Key, Policy>,
    bindings: &BTreeMap<Key, PlacementBinding>,
) -> Result<HashMap<String, Vec<ChildPolicy>>, InventoryError> {
    let mut copies = HashMap::new();
    let all = Query::all(Resource::POLICY);
    if reading == CopyReading::All {
        read_copies(inventory, &all.with_label(annotation::ROOT_POLICY), &mut copies)?;
        return Ok(copies);
    }
    let enforced: HashSet<(&str, &str)> = bindings
        .values()
        .filter(|binding| binding.enforces())
        .flat_map(|binding| binding.policies().map(|policy| (binding.metadata.namespace.as_str(), policy)))
        .collect();
    for ((namespace, name), policy) in policies {
        let may_differ = enforced.contains(&(namespace.as_str(), name.as_str()))
            || policy.spec.policy_templates.iter().any(holds_hub_template);
        match policy.status.as_ref().and_then(|status| status.clusters.as_ref()) {
            Some(clusters) if !may_differ => {
                clusters.keys().for_each(|cluster| copies.entry(cluster.clone()).or_default().push(derived(policy)));
            }
            _ => {
                let of_root = format!("{namespace}.{name}");
                read_copies(inventory, &all.with_label_value(annotation::ROOT_POLICY, &of_root), &mut copies)?;
            }
        }
    }
    Ok(copies)
}

/// A copy that is as its root.
fn derived(policy: &Policy) -> ChildPolicy {
    ChildPolicy {
        namespace: policy.metadata.namespace.clone(),
        name: policy.metadata.name.clone(),
        enforce: policy.is_enforce(),
        broken_hub_template: false,
        hub_template_error: None,
        wave: policy.metadata.annotation(annotation::DEPLOY_WAVE).map(str::to_owned),
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
    })
}

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
    use crate::rollout::Hub;
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
}
