//! The PolicyGenTemplate file as its generator understands it: fields and defaults of `utils.go`, release 4.20.

use crate::finding::Finding;
use crate::yaml::NodeRef;

use super::fields::{Field, Text, all_fields, fields, free_map, text, text_map, text_map_value, unknown_field};
use super::overlay::{Overlay, SECTIONS};
use super::placement::Rule;
use super::report::Report;

const TOP: [&str; 4] = ["apiVersion", "kind", "metadata", "spec"];
const METADATA: [&str; 4] = ["name", "namespace", "labels", "annotations"];
const SPEC: [&str; 8] = [
    "bindingRules",
    "bindingExcludedRules",
    "mcp",
    "wrapInPolicy",
    "remediationAction",
    "complianceType",
    "evaluationInterval",
    "sourceFiles",
];
const INTERVAL: [&str; 2] = ["compliant", "noncompliant"];
const ENTRY: [&str; 11] = [
    "fileName",
    "policyName",
    "complianceType",
    "remediationAction",
    "evaluationInterval",
    "metadata",
    "spec",
    "data",
    "status",
    "binaryData",
    "stringData",
];

/// A PolicyGenTemplate.
#[derive(Debug, Default)]
pub struct Template<'d> {
    /// `metadata.name`.
    pub name: Option<Text<'d>>,
    /// `metadata.namespace`: where the policies go.
    pub namespace: Option<Text<'d>>,
    /// `spec`; the defaults of Go, not of the generator, when it is missing or null.
    pub spec: Spec<'d>,
}

/// `spec` of a PolicyGenTemplate.
#[derive(Debug, Default)]
pub struct Spec<'d> {
    /// Labels that clusters must have.
    pub rules: Vec<(Text<'d>, Rule<'d>)>,
    /// Labels that they must not have.
    pub excluded: Vec<(Text<'d>, Rule<'d>)>,
    /// What replaces `$mcp` in source CRs; "" leaves it.
    pub mcp: &'d str,
    /// Whether CRs are wrapped in policies.
    pub wrap_in_policy: bool,
    /// The default for all policies.
    pub remediation_action: &'d str,
    /// The default for all CRs.
    pub compliance_type: &'d str,
    /// The default for all policies; the halves not given are Go's "" until [`Interval::or`].
    pub interval: Interval<'d>,
    /// The CRs.
    pub source_files: Vec<Entry<'d>>,
}

/// How often a policy is looked at, by its state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Interval<'d> {
    /// While it is compliant.
    pub compliant: Option<Text<'d>>,
    /// While it is not.
    pub noncompliant: Option<Text<'d>>,
}

/// One entry of `sourceFiles`.
#[derive(Debug)]
pub struct Entry<'d> {
    /// The whole entry.
    pub node: NodeRef<'d>,
    /// `fileName`, with where its key stands.
    pub file_name: Option<(NodeRef<'d>, &'d str)>,
    /// `policyName`; "" for CRs without policy.
    pub policy_name: &'d str,
    /// `complianceType`.
    pub compliance_type: Option<&'d str>,
    /// `remediationAction`.
    pub remediation_action: Option<Text<'d>>,
    /// `evaluationInterval`.
    pub interval: Interval<'d>,
    /// What it changes.
    pub overlay: Overlay,
    /// Whether a part of it could not be read, so that nothing should be made of it.
    pub broken: bool,
}

impl<'d> Entry<'d> {
    /// Where findings about the entry point to.
    pub fn anchor(&self) -> NodeRef<'d> {
        self.file_name.map_or(self.node, |(key, _)| key)
    }
}

/// Reads a PolicyGenTemplate from the root of its document.
pub fn read<'d>(root: NodeRef<'d>, report: &mut Report) -> Template<'d> {
    let mut template = Template::default();
    for Field { name, value, .. } in fields(root, "a PolicyGenTemplate", &TOP, report) {
        match name {
            "apiVersion" => _ = text(value, report),
            "metadata" => read_metadata(value, &mut template, report),
            "spec" => template.spec = read_spec(value, report),
            _ => {}
        }
    }
    template
}

fn read_metadata<'d>(node: NodeRef<'d>, template: &mut Template<'d>, report: &mut Report) {
    for Field { name, value, .. } in fields(node, "metadata of a PolicyGenTemplate", &METADATA, report) {
        match name {
            "name" => template.name = text(value, report),
            "namespace" => template.namespace = text(value, report),
            "labels" | "annotations" => _ = text_map(value, report),
            _ => {}
        }
    }
}

fn read_spec<'d>(node: NodeRef<'d>, report: &mut Report) -> Spec<'d> {
    let mut spec =
        Spec { wrap_in_policy: true, remediation_action: "inform", compliance_type: "musthave", ..Spec::default() };
    for Field { name, value, .. } in fields(node, "spec of a PolicyGenTemplate", &SPEC, report) {
        match name {
            "bindingRules" => spec.rules = read_rules(value, report),
            "bindingExcludedRules" => spec.excluded = read_rules(value, report),
            "mcp" => set(&mut spec.mcp, value, report),
            "remediationAction" => set(&mut spec.remediation_action, value, report),
            "complianceType" => set(&mut spec.compliance_type, value, report),
            "evaluationInterval" => spec.interval = read_interval(value, report),
            "wrapInPolicy" => match value.decode_bool() {
                Ok(wrap) => spec.wrap_in_policy = wrap,
                Err(error) => report.yaml(error),
            },
            "sourceFiles" if value.is_seq() => {
                spec.source_files = value.items().map(|entry| read_entry(entry, report)).collect();
            }
            "sourceFiles" => report.yaml(value.error("sourceFiles must be a list")),
            _ => {}
        }
    }
    spec
}

fn set<'d>(field: &mut &'d str, node: NodeRef<'d>, report: &mut Report) {
    if let Some(read) = text(node, report) {
        *field = read.text;
    }
}

fn read_rules<'d>(node: NodeRef<'d>, report: &mut Report) -> Vec<(Text<'d>, Rule<'d>)> {
    let rule = |(key, value): (Text<'d>, &'d str)| (key, Rule { key: key.text, value });
    text_map(node, report).into_iter().map(rule).collect()
}

fn read_interval<'d>(node: NodeRef<'d>, report: &mut Report) -> Interval<'d> {
    let mut interval = Interval::default();
    for Field { name, value, .. } in fields(node, "evaluationInterval", &INTERVAL, report) {
        match name {
            "compliant" => interval.compliant = text(value, report),
            "noncompliant" => interval.noncompliant = text(value, report),
            _ => {}
        }
    }
    interval
}

fn read_entry<'d>(node: NodeRef<'d>, report: &mut Report) -> Entry<'d> {
    let errors = report.errors();
    let mut entry = Entry {
        node,
        file_name: None,
        policy_name: "",
        compliance_type: None,
        remediation_action: None,
        interval: Interval::default(),
        overlay: Overlay::default(),
        broken: false,
    };
    for Field { name, key, value } in all_fields(node, report) {
        if !ENTRY.contains(&name) {
            report.at(key, unused(name, value));
        } else if !value.is_null() {
            read_entry_field(&mut entry, name, (key, value), report);
        }
    }
    entry.broken = report.errors() > errors;
    entry
}

fn read_entry_field<'d>(
    entry: &mut Entry<'d>,
    name: &str,
    (key, value): (NodeRef<'d>, NodeRef<'d>),
    report: &mut Report,
) {
    match name {
        "fileName" => entry.file_name = text(value, report).map(|read| (key, read.text)),
        "policyName" => set(&mut entry.policy_name, value, report),
        "complianceType" => entry.compliance_type = text(value, report).map(|read| read.text),
        "remediationAction" => entry.remediation_action = text(value, report),
        "evaluationInterval" => entry.interval = read_interval(value, report),
        "metadata" => read_overlay_metadata(value, &mut entry.overlay, report),
        _ => {
            let section = SECTIONS.iter().zip(&mut entry.overlay.sections).find(|(section, _)| **section == name);
            if let Some((_, section)) = section {
                *section = free_map(value, report);
            }
        }
    }
}

fn read_overlay_metadata(node: NodeRef<'_>, overlay: &mut Overlay, report: &mut Report) {
    for Field { name, value, .. } in fields(node, "metadata of a sourceFiles entry", &METADATA, report) {
        match name {
            "name" => overlay.name = text(value, report).map(|read| read.text.to_owned()).unwrap_or_default(),
            "namespace" => overlay.namespace = text(value, report).map(|read| read.text.to_owned()).unwrap_or_default(),
            "labels" => overlay.labels = text_map_value(value, report),
            "annotations" => overlay.annotations = text_map_value(value, report),
            _ => {}
        }
    }
}

/// A mistyped field, or a part of the CR that the generator does not overlay.
fn unused(name: &str, value: NodeRef<'_>) -> Finding {
    let finding = unknown_field(name, "a sourceFiles entry", &ENTRY);
    let mistyped = finding.fix.as_ref().is_some_and(|fix| fix.starts_with("did you mean"));
    if mistyped || !(value.is_map() || value.is_seq()) {
        return finding;
    }
    Finding::warning("policy/unused-section", format!("\"{name}\" of a source CR cannot be overlaid"))
        .label("ignored by the generator")
        .note(format!("only metadata, {} are merged into a source CR", SECTIONS.join(", ")))
        .fix("write it into a source CR of your own in source-crs/, or move the policy to a PolicyGenerator")
}
