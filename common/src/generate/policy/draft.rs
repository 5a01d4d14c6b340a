//! One policy while its entries come in: `createAcmPolicy` and `AppendAcmPolicy` in `policyBuilder.go` of the
//! generator 4.20.

use std::sync::LazyLock;

use crate::duration::nanoseconds;
use crate::finding::Finding;
use crate::yaml::{Map, NodeRef, Value};

use super::fields::Text;
use super::object::{fields, identity};
use super::report::Report;
use super::template::{Entry, Interval, Spec};
use super::wave::WAVE;

const API_VERSION: &str = "policy.open-cluster-management.io/v1";
const COMPLIANT: &str = "10m";
const NONCOMPLIANT: &str = "10s";

/// The annotations that every policy has.
static ANNOTATIONS: LazyLock<Map> = LazyLock::new(|| {
    let annotation = |(key, value): (&str, &'static str)| (format!("policy.open-cluster-management.io/{key}"), value);
    let entries = [
        ("categories", "CM Configuration Management"),
        ("controls", "CM-2 Baseline Configuration"),
        ("standards", "NIST SP 800-53"),
    ];
    entries.into_iter().map(annotation).collect()
});

/// Where every policy looks for its objects.
static NAMESPACES: LazyLock<Value> = LazyLock::new(|| {
    let list = |text: &str| Value::seq(vec![text.into()]);
    fields([("exclude", list("kube-*")), ("include", list("*"))]).into()
});

/// A policy in the making.
#[derive(Debug)]
pub struct PolicyDraft<'d> {
    /// `<template>-<policyName>`.
    pub name: String,
    /// `policyName`, as people wrote it.
    pub policy_name: &'d str,
    /// The wave, with the entry that brought it.
    pub wave: Option<(String, NodeRef<'d>)>,
    /// Whether its first entry has a source CR without documents, to which upstream cannot append.
    pub begins_empty: bool,
    remediation_action: &'d str,
    compliant: &'d str,
    noncompliant: &'d str,
    object_templates: Vec<Value>,
}

impl<'d> PolicyDraft<'d> {
    /// A policy without objects, with the settings of its first entry.
    pub fn new(name: String, spec: &Spec<'d>, entry: &Entry<'d>, report: &mut Report) -> Self {
        check(entry.interval, report);
        Self {
            name,
            policy_name: entry.policy_name,
            wave: None,
            begins_empty: false,
            remediation_action: entry.remediation_action.map_or(spec.remediation_action, |action| action.text),
            compliant: entry.interval.compliant.or(spec.interval.compliant).map_or(COMPLIANT, |half| half.text),
            noncompliant: entry.interval.noncompliant.or(spec.interval.noncompliant).map_or(NONCOMPLIANT, |h| h.text),
            object_templates: Vec::new(),
        }
    }

    /// Whether it has no object.
    pub fn is_empty(&self) -> bool {
        self.object_templates.is_empty()
    }

    /// Takes the settings of a later entry, which may change what no earlier one has changed.
    pub fn merge_settings(&mut self, spec: &Spec<'d>, entry: &Entry<'d>, report: &mut Report) {
        check(entry.interval, report);
        let defaults = Interval::texts(spec.interval);
        for (field, own, given, default) in [
            ("remediationAction", &mut self.remediation_action, entry.remediation_action, spec.remediation_action),
            ("evaluationInterval.compliant", &mut self.compliant, entry.interval.compliant, defaults.0),
            ("evaluationInterval.noncompliant", &mut self.noncompliant, entry.interval.noncompliant, defaults.1),
        ] {
            let Some(given) = given else { continue };
            if given.text == *own || *own == default {
                *own = given.text;
                continue;
            }
            let id =
                if field == "remediationAction" { "policy/remediation-conflict" } else { "policy/interval-conflict" };
            let fact = format!("policy \"{}\" has {field} \"{own}\" and \"{}\"", self.name, given.text);
            report.at(given.node, conflict(id, field, fact, own));
        }
    }

    /// Adds an object.
    pub fn push(&mut self, compliance_type: &str, object: Map) {
        let template = fields([("complianceType", compliance_type.into()), ("objectDefinition", object.into())]);
        self.object_templates.push(template.into());
    }

    /// The Policy.
    pub fn build(self, namespace: &str) -> Value {
        let configuration = fields([
            ("remediationAction", self.remediation_action.into()),
            ("severity", "low".into()),
            ("namespaceSelector", NAMESPACES.clone()),
            ("object-templates", Value::seq(self.object_templates)),
            (
                "evaluationInterval",
                fields([("compliant", self.compliant.into()), ("noncompliant", self.noncompliant.into())]).into(),
            ),
        ]);
        let definition = fields([
            ("apiVersion", API_VERSION.into()),
            ("kind", "ConfigurationPolicy".into()),
            ("metadata", fields([("name", format!("{}-config", self.name).into())]).into()),
            ("spec", configuration.into()),
        ]);
        let mut annotations = ANNOTATIONS.clone();
        if let Some((wave, _)) = self.wave {
            annotations.insert(WAVE, wave);
        }
        let mut policy = identity(API_VERSION, "Policy", &self.name, namespace);
        policy.insert(
            "metadata",
            fields([("annotations", annotations.into()), ("name", self.name.into()), ("namespace", namespace.into())]),
        );
        policy.insert(
            "spec",
            fields([
                ("remediationAction", self.remediation_action.into()),
                ("disabled", false.into()),
                ("policy-templates", Value::seq(vec![fields([("objectDefinition", definition.into())]).into()])),
            ]),
        );
        policy.into()
    }
}

impl<'d> Interval<'d> {
    /// Both halves with the defaults of the generator.
    fn texts(self) -> (&'d str, &'d str) {
        (self.compliant.map_or(COMPLIANT, |half| half.text), self.noncompliant.map_or(NONCOMPLIANT, |half| half.text))
    }
}

/// Reports halves that are neither `never`, `watch` nor a duration, as `validateInterval` of the generator 4.20 does.
pub fn check(interval: Interval<'_>, report: &mut Report) {
    for (half, given) in [("compliant", interval.compliant), ("noncompliant", interval.noncompliant)] {
        if let Some(Text { text, node }) = given
            && !matches!(text, "never" | "watch")
            && let Err(reason) = nanoseconds(text)
        {
            let fact = format!("evaluationInterval.{half} \"{text}\" is not an interval: {reason}");
            let finding = Finding::error("policy/interval-invalid", fact)
                .fix("write never, watch or a duration such as 90s, 10m or 1h30m");
            report.at(node, finding);
        }
    }
}

fn conflict(id: &'static str, field: &str, fact: String, own: &str) -> Finding {
    Finding::error(id, fact)
        .label(format!("an earlier entry of the policy set \"{own}\""))
        .note("an entry may only change what is still the default of the PolicyGenTemplate")
        .fix(format!("give all entries of the policy the same {field}, or give this one its own policy"))
}
