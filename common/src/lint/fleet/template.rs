//! The PolicyGenTemplates: whom they reach and what they demand there.

use std::collections::HashMap;

use super::{BindingRule, Cr, field, is_live, text};
use crate::finding::Finding;
use crate::generate::policy::WAVE;
use crate::generate::run::InputKind;
use crate::generate::{Generated, Object};
use crate::lint::repository::Repository;
use crate::resource::Requirement;
use crate::yaml::{NodeRef, Value};

/// A PolicyGenTemplate that makes policies.
#[derive(Debug)]
pub struct Template<'r> {
    /// The document.
    pub root: NodeRef<'r>,
    /// `metadata.name`.
    pub name: &'r str,
    /// `metadata.namespace`.
    pub namespace: &'r str,
    /// `bindingRules`, then `bindingExcludedRules`.
    pub rules: Vec<BindingRule<'r>>,
    /// Its policies.
    pub policies: Vec<&'r Object>,
    /// What they demand.
    pub crs: Vec<Cr<'r>>,
    /// The clusters it reaches, as indices into [`super::Fleet::clusters`].
    pub reach: Vec<usize>,
    /// Those that it would reach if it excluded none; left empty when it reaches some.
    pub asked: Vec<usize>,
    /// What generating it found.
    pub findings: &'r [Finding],
}

impl<'r> Template<'r> {
    /// Where the name stands, or the document begins.
    pub fn anchor(&self) -> NodeRef<'r> {
        field(self.root, &["metadata", "name"]).unwrap_or(self.root)
    }

    /// Where the namespace stands.
    pub fn namespace_node(&self) -> NodeRef<'r> {
        field(self.root, &["metadata", "namespace"]).unwrap_or(self.root)
    }

    /// The entries of `sourceFiles`.
    pub fn entries(&self) -> impl Iterator<Item = NodeRef<'r>> {
        field(self.root, &["spec", "sourceFiles"]).into_iter().flat_map(NodeRef::items)
    }

    /// An entry of a policy, for findings about the policy.
    pub fn entry_of(&self, policy: &Object) -> NodeRef<'r> {
        let own = |entry: &NodeRef<'r>| policy.name() == policy_name(self.name, *entry);
        self.entries().find(own).unwrap_or_else(|| self.anchor())
    }
}

/// The PolicyGenTemplates in use that make policies.
pub fn templates<'r>(repository: &'r Repository<'_>) -> Vec<Template<'r>> {
    let inputs = repository.inputs(InputKind::PolicyGenTemplate).filter(|(file, _, _)| is_live(file));
    let made = inputs.map(|(_, root, generator)| template(root, &generator.generated));
    made.filter(|template| !template.policies.is_empty()).collect()
}

/// The deploy wave of a policy as it is written.
pub fn wave(policy: &Object) -> Option<&str> {
    policy.value.at(&["metadata", "annotations", WAVE])?.as_str()
}

fn template<'r>(root: NodeRef<'r>, generated: &'r Generated) -> Template<'r> {
    let name = text(root, &["metadata", "name"]).unwrap_or_default();
    let mut rules = binding_rules(root, "bindingRules", true);
    rules.extend(binding_rules(root, "bindingExcludedRules", false));
    let policies = generated.objects.iter().filter(|object| object.kind() == "Policy").collect();
    let namespace = text(root, &["metadata", "namespace"]).unwrap_or_default();
    let (reach, asked, findings) = (Vec::new(), Vec::new(), generated.findings.as_slice());
    let mut template = Template { root, name, namespace, rules, policies, crs: Vec::new(), reach, asked, findings };
    template.crs = crs(&template);
    template
}

/// As the generator makes them into the expressions of a PlacementRule.
fn binding_rules<'r>(root: NodeRef<'r>, list: &str, asks: bool) -> Vec<BindingRule<'r>> {
    let fields = field(root, &["spec", list]).filter(|rules| rules.is_map()).and_then(|rules| rules.fields().ok());
    let rule = |(key, value): (NodeRef<'r>, NodeRef<'r>)| {
        let given = if value.is_null() { "" } else { value.text().unwrap_or_default() };
        let operator = match (given.is_empty(), asks) {
            (true, true) => "Exists",
            (true, false) => "DoesNotExist",
            (false, true) => "In",
            (false, false) => "NotIn",
        };
        let values = given.split(',').filter(|_| !given.is_empty()).map(str::to_owned).collect();
        let key_text = key.text().unwrap_or_default().to_owned();
        BindingRule { key, value, requirement: Requirement { key: key_text, operator: operator.into(), values }, asks }
    };
    fields.into_iter().flatten().map(rule).collect()
}

fn policy_name(template: &str, entry: NodeRef<'_>) -> String {
    format!("{template}-{}", text(entry, &["policyName"]).unwrap_or_default())
}

/// The CRs of all policies. Each entry gives a CR, in order; where source CRs with several documents upset that, the
/// first entry of the policy stands for all.
fn crs<'r>(template: &Template<'r>) -> Vec<Cr<'r>> {
    let mut entries: HashMap<String, Vec<NodeRef<'r>>> = HashMap::new();
    for entry in template.entries() {
        entries.entry(policy_name(template.name, entry)).or_default().push(entry);
    }
    let mut crs = Vec::new();
    for policy in &template.policies {
        let own = entries.get(policy.name()).map(Vec::as_slice).unwrap_or_default();
        let path = ["spec", "policy-templates"];
        let configurations = policy.value.at(&path).and_then(Value::as_seq).unwrap_or_default();
        let demands: Vec<&Value> = configurations
            .iter()
            .filter_map(|c| c.at(&["objectDefinition", "spec", "object-templates"])?.as_seq())
            .flatten()
            .collect();
        let wave = wave(policy).and_then(|wave| wave.parse().ok());
        for (i, demand) in demands.iter().enumerate() {
            let index = if demands.len() == own.len() { i } else { 0 };
            let entry = own.get(index).copied().unwrap_or_else(|| template.anchor());
            let Some(value) = demand.get("objectDefinition") else { continue };
            let compliance = demand.get("complianceType").and_then(Value::as_str).unwrap_or_default();
            crs.push(Cr { value, policy: policy.name(), compliance, wave, entry });
        }
    }
    crs
}
