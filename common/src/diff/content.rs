//! What objects carry inside: the CRs of a policy, the manifests in a ConfigMap.

use crate::yaml::{Source, Value, documents};

/// An object that another one carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// The object.
    pub value: Value,
    /// How a policy wants it: `musthave`, `mustonlyhave` or `mustnothave`; "" for what is no policy's.
    pub compliance: String,
    /// The entry of the ConfigMap; "" for a policy.
    pub entry: String,
}

/// An object without what it carries, and what it carries.
pub fn open(value: &Value) -> (Value, Vec<Embedded>) {
    match value.get("kind").and_then(Value::as_str) {
        Some("Policy" | "ConfigurationPolicy") => policy(value),
        Some("ConfigMap") => config_map(value),
        _ => (value.clone(), Vec::new()),
    }
}

fn policy(value: &Value) -> (Value, Vec<Embedded>) {
    let (mut shell, mut found) = (value.clone(), Vec::new());
    let Some(spec) = shell.as_map_mut().and_then(|map| map.get_mut("spec")) else { return (shell, found) };
    object_templates(spec, &mut found);
    let templates = spec.as_map_mut().and_then(|spec| spec.get_mut("policy-templates"));
    for template in templates.and_then(Value::as_seq_mut).into_iter().flatten() {
        let definition = template.as_map_mut().and_then(|map| map.get_mut("objectDefinition"));
        if let Some(spec) = definition.and_then(Value::as_map_mut).and_then(|map| map.get_mut("spec")) {
            object_templates(spec, &mut found);
        }
    }
    (shell, found)
}

/// Takes the objects out of the `object-templates` of a ConfigurationPolicy's spec.
fn object_templates(spec: &mut Value, found: &mut Vec<Embedded>) {
    let Some(spec) = spec.as_map_mut() else { return };
    let Some(templates) = spec.get("object-templates").and_then(Value::as_seq) else { return };
    let objects = |template: &Value| template.get("objectDefinition").is_some_and(|o| o.as_map().is_some());
    // A template of another shape is compared where it stands.
    if templates.iter().all(objects) {
        for template in templates {
            let compliance = template.get("complianceType").and_then(Value::as_str).unwrap_or_default().to_owned();
            let value = template.get("objectDefinition").cloned().unwrap_or_default();
            found.push(Embedded { value, compliance, entry: String::new() });
        }
        spec.remove("object-templates");
    }
}

fn config_map(value: &Value) -> (Value, Vec<Embedded>) {
    let (mut shell, mut found) = (value.clone(), Vec::new());
    let Some(data) = shell.as_map_mut().and_then(|map| map.get_mut("data")).and_then(Value::as_map_mut) else {
        return (shell, found);
    };
    data.retain(|key, value| match value.as_str().and_then(manifest) {
        Some(manifest) => {
            let entry = key.as_str().unwrap_or_default().to_owned();
            found.push(Embedded { value: manifest, compliance: String::new(), entry });
            false
        }
        None => true,
    });
    (shell, found)
}

/// A text that is one Kubernetes object.
fn manifest(text: &str) -> Option<Value> {
    if !text.contains("kind") || !text.contains("apiVersion") {
        return None;
    }
    let source = Source::from_text("", text);
    let mut documents = documents(&source);
    let value = documents.next()?.ok()?.root()?.to_value().ok()?;
    let whole = documents.next().is_none();
    (whole && value.get("kind").is_some() && value.get("apiVersion").is_some()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        let source = Source::from_text("", text);
        documents(&source).next().unwrap().unwrap().root().unwrap().to_value().unwrap()
    }

    #[test]
    fn a_policy_gives_its_objects() {
        let (shell, found) = open(&value(
            "{kind: Policy, spec: {disabled: false, policy-templates: [{objectDefinition: {kind: ConfigurationPolicy, \
             spec: {severity: low, object-templates: [{complianceType: musthave, objectDefinition: {kind: A}}]}}}]}}",
        ));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].compliance.as_str(), found[0].value.get("kind")), ("musthave", Some(&"A".into())));
        assert!(!crate::yaml::emit::to_string(&shell).contains("object-templates"));
    }

    #[test]
    fn a_config_map_gives_its_manifests_and_keeps_other_texts() {
        let text = "{kind: ConfigMap, data: {a.yaml: \"apiVersion: v1\\nkind: A\\n\", b: \"some kind of apiVersion\"}}";
        let (shell, found) = open(&value(text));
        assert_eq!((found.len(), found[0].entry.as_str()), (1, "a.yaml"));
        assert_eq!(shell.get("data").and_then(Value::as_map).map(|data| data.len()), Some(1));
    }
}
