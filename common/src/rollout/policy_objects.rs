//! What a policy holds: the objects in its templates, and whether TALM can work with them (TALM 5.0
//! `controllers/utils/policy_util.go`, `InspectPolicyObjects` and `StripObjectTemplatesRaw`).

use std::borrow::Cow;

use serde_json::Value;

use crate::resource::Policy;
use crate::yaml;

/// One object template.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyObject<'p> {
    /// Whether the object must not exist.
    pub must_not_have: bool,
    /// The object; in raw templates with `placeholder` where template code stood.
    pub object: Cow<'p, Value>,
}

impl PolicyObject<'_> {
    /// The text at a path, or "".
    pub fn text(&self, path: &[&str]) -> &str {
        self.at(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value at a path.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&*self.object, |value, key| value.get(key))
    }

    /// `kind`, or "".
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// Whether a status is demanded; such a policy is enforced even where it is compliant.
    pub fn has_status(&self) -> bool {
        self.at(&["status"]).is_some_and(|status| !status.is_null())
    }
}

fn no_object_templates(template: usize, kind: &str) -> String {
    const WHAT: &str = "neither object-templates nor object-templates-raw";
    match kind {
        "ConfigurationPolicy" => format!("policy template {template} has {WHAT}"),
        kind => format!(
            "policy template {template} is of kind {kind} and has {WHAT}; TALM can only work with ConfigurationPolicies"
        ),
    }
}

/// Why TALM calls a policy invalid; it says so only in its log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StructureError {
    /// A policy template without its object, or with one that lacks a part.
    #[error("policy template {template} has no {part}")]
    Missing {
        /// Number from 1.
        template: usize,
        /// What is missing.
        part: &'static str,
    },
    /// Not a ConfigurationPolicy, or one without object templates.
    #[error("{}", no_object_templates(*.template, .kind))]
    NoObjectTemplates {
        /// Number from 1.
        template: usize,
        /// Its kind.
        kind: String,
    },
    /// Both forms at once.
    #[error("policy template {0} has both object-templates and object-templates-raw")]
    BothForms(usize),
    /// An object template without an object.
    #[error("policy template {template}, object template {item} has no objectDefinition")]
    NoObject {
        /// Number from 1.
        template: usize,
        /// Number from 1.
        item: usize,
    },
    /// Raw templates that are no YAML once template code is taken out.
    #[error("object-templates-raw of policy template {template} is not YAML without its template code: {error}")]
    Raw {
        /// Number from 1.
        template: usize,
        /// What the reader says.
        error: String,
    },
    /// Raw templates that are YAML, but no list of maps: TALM takes for granted that they are one, and panics.
    #[error("object-templates-raw of policy template {template} {what} without its template code")]
    RawShape {
        /// Number from 1.
        template: usize,
        /// What it is instead.
        what: &'static str,
    },
}

impl StructureError {
    /// Whether TALM does not call the policy invalid, but ends its pass in a panic.
    pub fn breaks_pass(&self) -> bool {
        matches!(self, Self::RawShape { .. })
    }
}

/// The objects of all templates of a policy, in order.
///
/// # Errors
/// The first thing that makes TALM call the policy invalid.
pub fn inspect(policy: &Policy) -> Result<Vec<PolicyObject<'_>>, StructureError> {
    let mut objects = Vec::new();
    for (at, template) in policy.spec.policy_templates.iter().enumerate() {
        let template_number = at + 1;
        let missing = |part| StructureError::Missing { template: template_number, part };
        let definition = present(template, "objectDefinition").ok_or_else(|| missing("objectDefinition"))?;
        present(definition, "metadata").ok_or_else(|| missing("metadata in its objectDefinition"))?;
        let spec = present(definition, "spec").ok_or_else(|| missing("spec in its objectDefinition"))?;
        match (present(spec, "object-templates"), present(spec, "object-templates-raw")) {
            (Some(_), Some(_)) => return Err(StructureError::BothForms(template_number)),
            (Some(list), None) => structured(list, template_number, &mut objects)?,
            (None, Some(raw)) => raw_templates(raw, template_number, &mut objects)?,
            (None, None) => {
                let kind = definition["kind"].as_str().unwrap_or("unknown").to_owned();
                return Err(StructureError::NoObjectTemplates { template: template_number, kind });
            }
        }
    }
    Ok(objects)
}

fn present<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.get(key).filter(|found| !found.is_null())
}

fn structured<'p>(list: &'p Value, template: usize, objects: &mut Vec<PolicyObject<'p>>) -> Result<(), StructureError> {
    for (at, item) in list.as_array().into_iter().flatten().enumerate() {
        let object = present(item, "objectDefinition").ok_or(StructureError::NoObject { template, item: at + 1 })?;
        objects.push(PolicyObject { must_not_have: must_not_have(item), object: Cow::Borrowed(object) });
    }
    Ok(())
}

fn raw_templates(raw: &Value, template: usize, objects: &mut Vec<PolicyObject<'_>>) -> Result<(), StructureError> {
    let failed = |error: String| StructureError::Raw { template, error };
    let shape = |what| StructureError::RawShape { template, what };
    let source = yaml::Source::from_text("object-templates-raw", strip(raw.as_str().unwrap_or_default()));
    let Some(document) = yaml::documents(&source).next() else { return Err(shape("is empty")) };
    let document = document.map_err(|error| failed(error.to_string()))?;
    let Some(root) = document.root() else { return Err(shape("is empty")) };
    // TALM reads it with yaml.v3, which is stricter than what reads manifests.
    root.to_value().map_err(|error| failed(error.to_string()))?;
    let items = match root.to_json().map_err(|error| failed(error.to_string()))? {
        Value::Array(items) => items,
        Value::Null => return Err(shape("is empty")),
        _ => return Err(shape("is no list")),
    };
    if !items.iter().all(Value::is_object) {
        return Err(shape("holds more than maps"));
    }
    for mut item in items {
        let must_not_have = must_not_have(&item);
        if let Some(object) = item.get_mut("objectDefinition").map(Value::take).filter(|object| !object.is_null()) {
            objects.push(PolicyObject { must_not_have, object: Cow::Owned(object) });
        }
    }
    Ok(())
}

fn must_not_have(item: &Value) -> bool {
    item["complianceType"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("mustnothave"))
}

/// Takes template code out: a variable or a field alone becomes `placeholder`, everything else nothing.
fn strip(raw: &str) -> String {
    without_code(&with_placeholders(raw))
}

fn with_placeholders(raw: &str) -> String {
    let mut stripped = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        stripped.push_str(before);
        rest = match behind_value(from) {
            Some(behind) => {
                stripped.push_str("placeholder");
                behind
            }
            None => {
                stripped.push('{');
                &from[1..]
            }
        };
    }
    stripped.push_str(rest);
    stripped
}

/// What follows `{{ $name.path }}` or `{{ .path }}`.
fn behind_value(from: &str) -> Option<&str> {
    let code = from.strip_prefix("{{")?.trim_start();
    let path = code.strip_prefix(['$', '.'])?;
    path.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.').trim_start().strip_prefix("}}")
}

/// TALM's expression forbids `}` inside, so that code which holds one stays as it is.
fn without_code(raw: &str) -> String {
    let mut stripped = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        stripped.push_str(before);
        rest = match from.find('}').filter(|end| *end > 2).and_then(|end| from[end..].strip_prefix("}}")) {
            Some(behind) => behind,
            None => {
                stripped.push('{');
                &from[1..]
            }
        };
    }
    stripped.push_str(rest);
    stripped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(template: Value) -> Policy {
        crate::resource::read(&json!({"spec": {"policy-templates": [template]}})).unwrap()
    }

    #[test]
    fn objects_come_with_their_kind_and_intent() {
        let items = json!([{"complianceType": "mustNotHave", "objectDefinition": {"kind": "A", "status": {}}}]);
        let policy = policy(json!({"objectDefinition": {"metadata": {}, "spec": {"object-templates": items}}}));
        let objects = inspect(&policy).unwrap();
        assert!(objects[0].must_not_have && objects[0].has_status());
        assert_eq!(objects[0].kind(), "A");
    }

    #[test]
    fn what_is_no_configuration_policy_is_invalid() {
        let policy = policy(json!({"objectDefinition": {"kind": "OperatorPolicy", "metadata": {}, "spec": {"x": 1}}}));
        assert!(inspect(&policy).unwrap_err().to_string().contains("is of kind OperatorPolicy"));
    }

    #[test]
    fn raw_templates_are_read_without_their_code() {
        let raw = "{{ range .x }}\n- complianceType: musthave\n  objectDefinition:\n    kind: A\n    name: {{ .y }}\n{{ end }}\n";
        let of =
            |raw: &str| policy(json!({"objectDefinition": {"metadata": {}, "spec": {"object-templates-raw": raw}}}));
        let policy = of(raw);
        let objects = inspect(&policy).unwrap();
        assert_eq!(objects[0].text(&["name"]), "placeholder");
        assert!(!inspect(&of("a: [")).unwrap_err().breaks_pass(), "no YAML is invalid and no more");
        for (raw, what) in [
            ("a: b", "is no list"),
            ("{{- range .x }}\n{{ toYAML . }}\n{{- end }}\n", "is empty"),
            ("# nothing\n", "is empty"),
            ("- text\n", "holds more than maps"),
        ] {
            let error = inspect(&of(raw)).unwrap_err();
            assert!(error.breaks_pass() && error.to_string().contains(what), "{raw:?}: {error}");
        }
    }

    #[test]
    fn template_code_is_taken_out() {
        assert_eq!(strip("a: {{ $x.y }}"), "a: placeholder");
        assert_eq!(strip("{{- range .items }}\n- b: '{{ .range.item }}'\n{{- end }}"), "\n- b: 'placeholder'\n");
        assert_eq!(strip("a: {{ x } y }} {{ z }}"), "a: {{ x } y }} ");
        assert_eq!(strip("a: {{ no end"), "a: {{ no end");
        assert_eq!(strip("{{}} {{ .b }}"), "{{}} placeholder");
        assert_eq!(strip("{{ a {{ .b }}"), "{{ a placeholder");
    }
}
