//! The way through one PolicyGenTemplate: entry by entry, then placement.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::finding::Finding;
use crate::generate::Object;
use crate::yaml::{Map, NodeRef, Value};

use super::draft::{PolicyDraft, check};
use super::generator::Wrapping;
use super::messages;
use super::path::output_path;
use super::placement::{Rule, contradicts, overlap, placement_binding, placement_rule};
use super::report::Report;
use super::source_cr::SourceDocument;
use super::source_crs::SourceCrs;
use super::template::{Entry, Template};
use super::wave::{self, Wave};

/// `namespace.name` of policies and placement has at most this many bytes (a limit of ACM).
const LONGEST_NAME: usize = 63;

/// What one output file holds.
enum Output<'d> {
    /// A policy that may still grow.
    Policy(PolicyDraft<'d>),
    /// Finished objects.
    Objects(Vec<Value>),
}

/// An entry whose wave is not that of its policy.
struct WaveMismatch<'d> {
    policy: PathBuf,
    entry: NodeRef<'d>,
    file_name: &'d str,
    wave: String,
}

/// The state of one run over a template.
pub struct Assembly<'a, 'd> {
    source_crs: &'a SourceCrs,
    template: &'a Template<'d>,
    root: NodeRef<'d>,
    name: &'d str,
    namespace: &'d str,
    wrap: bool,
    report: &'a mut Report,
    outputs: Vec<(PathBuf, Output<'d>)>,
    by_path: HashMap<PathBuf, usize>,
    /// Names of the policies, in the order they begin.
    subjects: Vec<String>,
    mismatches: Vec<WaveMismatch<'d>>,
}

impl<'a, 'd> Assembly<'a, 'd> {
    /// A run that has not begun.
    pub fn new(
        source_crs: &'a SourceCrs,
        wrapping: Wrapping,
        root: NodeRef<'d>,
        template: &'a Template<'d>,
        report: &'a mut Report,
    ) -> Self {
        Self {
            source_crs,
            template,
            root,
            name: template.name.map_or("", |name| name.text),
            namespace: template.namespace.map_or("", |namespace| namespace.text),
            wrap: template.spec.wrap_in_policy && wrapping == Wrapping::AsWritten,
            report,
            outputs: Vec::new(),
            by_path: HashMap::new(),
            subjects: Vec::new(),
            mismatches: Vec::new(),
        }
    }

    /// The objects in the order of their files.
    pub fn run(mut self, origin: &Arc<str>) -> Vec<Object> {
        self.check_identity();
        for entry in &self.template.spec.source_files {
            self.add_entry(entry);
        }
        self.report_mismatches();
        if !self.subjects.is_empty() {
            self.add_placement();
        }
        let namespace = self.namespace;
        let mut objects = Vec::new();
        for (path, output) in self.outputs {
            let values = match output {
                Output::Policy(draft) => vec![draft.build(namespace)],
                Output::Objects(values) => values,
            };
            objects.extend(values.into_iter().map(|value| Object {
                value,
                path: path.clone(),
                origin: origin.clone(),
            }));
        }
        objects
    }

    fn check_identity(&mut self) {
        for (field, value) in [("name", self.name), ("namespace", self.namespace)] {
            if value.is_empty() {
                let fact = format!("a PolicyGenTemplate needs metadata.{field}");
                let finding = Finding::error("policy/identity-missing", fact);
                self.report.at(self.root, finding.fix(format!("set metadata.{field}")));
            }
        }
    }

    fn add_entry(&mut self, entry: &Entry<'d>) {
        if entry.broken {
            return;
        }
        let Some((_, file_name)) = entry.file_name.filter(|(_, name)| !name.is_empty()) else {
            let finding = Finding::error("policy/file-name-missing", "a sourceFiles entry needs a fileName");
            self.report.at(entry.node, finding.fix("name a file of the source-crs folder"));
            return;
        };
        let wrapped = self.wrap && !entry.policy_name.is_empty();
        // Settings are judged even when the source CR cannot be read, so that one run shows all there is to repair.
        let policy = if wrapped { self.policy_for(entry) } else { None };
        let source_cr = match self.source_crs.get(file_name) {
            Ok(source_cr) => source_cr,
            Err(error) => return messages::source_cr(entry, error, self.report),
        };
        let documents = source_cr.documents_for(self.template.spec.mcp);
        let documents = match &*documents {
            Ok(documents) => documents,
            Err(error) => return messages::source_yaml(entry, file_name, error, self.report),
        };
        if documents.len() > 1
            && let Some(section) = entry.overlay.changes_sections()
        {
            return messages::multi_document(entry, file_name, section, documents.len(), self.report);
        }
        if documents.is_empty() && !(wrapped && policy.is_some()) {
            return messages::empty_source(entry, file_name, self.report);
        }
        if let Some(path) = policy {
            self.add_to_policy(&path, entry, file_name, documents);
        } else if !wrapped {
            self.add_plain(entry, file_name, documents);
        }
    }

    /// The policy of an entry, begun if it is the first one; `None` after a finding.
    fn policy_for(&mut self, entry: &Entry<'d>) -> Option<PathBuf> {
        let name = format!("{}-{}", self.name, entry.policy_name);
        let Some(path) = output_path(&[self.name, &name]) else {
            messages::outside(entry, &name, self.report);
            return None;
        };
        match self.by_path.get(&path).and_then(|i| self.outputs.get_mut(*i)) {
            Some((_, Output::Policy(draft))) => {
                draft.merge_settings(&self.template.spec, entry, self.report);
                if draft.begins_empty {
                    // Upstream: "Missing Object template".
                    messages::empty_policy(entry, &draft.name, self.report);
                }
            }
            Some((_, Output::Objects(_))) => {
                messages::same_file(entry, &path, self.report);
                return None;
            }
            None => {
                if self.subjects.is_empty() {
                    check(self.template.spec.interval, self.report);
                }
                self.check_length(&name, entry.anchor());
                let draft = PolicyDraft::new(name.clone(), &self.template.spec, entry, self.report);
                self.subjects.push(name);
                self.put(path.clone(), Output::Policy(draft));
            }
        }
        Some(path)
    }

    fn add_to_policy(&mut self, path: &PathBuf, entry: &Entry<'d>, file_name: &'d str, documents: &[SourceDocument]) {
        let compliance_type = entry.compliance_type.unwrap_or(self.template.spec.compliance_type);
        if let Some((_, Output::Policy(draft))) = self.by_path.get(path).and_then(|i| self.outputs.get_mut(*i)) {
            draft.begins_empty |= documents.is_empty() && draft.is_empty();
        }
        for document in documents {
            let own_annotations = !entry.overlay.annotations.is_empty();
            let base = if own_annotations { &document.plain } else { &document.wrapped };
            let Some(mut object) = self.overlaid(entry, file_name, document, base) else { continue };
            let wave = if own_annotations { wave::take(&mut object) } else { document.wave.clone() };
            let Some((_, Output::Policy(draft))) = self.by_path.get(path).and_then(|i| self.outputs.get_mut(*i)) else {
                continue;
            };
            draft.push(compliance_type, object);
            match (wave, &draft.wave) {
                (Wave::None, _) => {}
                (Wave::Unquoted(found), _) => messages::unquoted_wave(entry, file_name, found, self.report),
                (Wave::Set(wave), None) => draft.wave = Some((wave, entry.anchor())),
                (Wave::Set(wave), Some((policy_wave, _))) if wave == *policy_wave => {}
                (Wave::Set(wave), Some(_)) => {
                    let entry = entry.anchor();
                    self.mismatches.push(WaveMismatch { policy: path.clone(), entry, file_name, wave });
                }
            }
        }
    }

    /// CRs that are written alone.
    fn add_plain(&mut self, entry: &Entry<'d>, file_name: &'d str, documents: &[SourceDocument]) {
        let mut objects = Vec::new();
        for document in documents {
            objects.extend(self.overlaid(entry, file_name, document, &document.plain).map(Value::Map));
        }
        let name = match objects.as_slice() {
            _ if documents.len() > 1 => Some(format!("Multiple-{}", without_extension(file_name))),
            [object] => plain_name(object),
            _ => return,
        };
        let Some(name) = name else { return messages::no_name(entry, file_name, self.report) };
        let Some(path) = output_path(&["customResource", self.name, &name]) else {
            return messages::outside(entry, &name, self.report);
        };
        if self.by_path.contains_key(&path) {
            messages::overwritten(entry, &path, self.report);
        }
        self.put(path, Output::Objects(objects));
    }

    /// A document with the overlay of an entry; `None` after a finding.
    fn overlaid(&mut self, entry: &Entry<'d>, file_name: &str, document: &SourceDocument, base: &Map) -> Option<Map> {
        let mut object = base.clone();
        let result = document.mismatch.clone().map_or(Ok(()), Err).and_then(|()| entry.overlay.apply(&mut object));
        if let Err(mismatch) = result {
            messages::mismatch(entry, file_name, &mismatch, self.report);
            return None;
        }
        for placeholder in document.remaining(&object) {
            messages::placeholder(entry, file_name, placeholder, self.report);
        }
        Some(object)
    }

    fn put(&mut self, path: PathBuf, output: Output<'d>) {
        match self.by_path.get(&path).and_then(|i| self.outputs.get_mut(*i)) {
            Some(slot) => slot.1 = output,
            None => {
                self.by_path.insert(path.clone(), self.outputs.len());
                self.outputs.push((path, output));
            }
        }
    }

    fn add_placement(&mut self) {
        self.check_rules();
        let rules: Vec<Rule<'_>> = self.template.spec.rules.iter().map(|(_, rule)| *rule).collect();
        let excluded: Vec<Rule<'_>> = self.template.spec.excluded.iter().map(|(_, rule)| *rule).collect();
        let rule_name = format!("{}-placementrules", self.name);
        let binding_name = format!("{}-placementbinding", self.name);
        let rule = placement_rule(&rule_name, self.namespace, &rules, &excluded);
        let binding = placement_binding(&binding_name, self.namespace, &rule_name, &self.subjects);
        let anchor = self.template.name.map_or(self.root, |name| name.node);
        for (name, object) in [(rule_name, rule), (binding_name, binding)] {
            self.check_length(&name, anchor);
            let Some(path) = output_path(&[self.name, &name]) else { continue };
            if self.by_path.contains_key(&path) {
                let finding = messages::overwritten_by_placement(&path);
                self.report.at(anchor, finding);
            }
            self.put(path, Output::Objects(vec![object]));
        }
    }

    fn check_rules(&mut self) {
        let spec = &self.template.spec;
        for (key, excluded) in &spec.excluded {
            for (_, rule) in spec.rules.iter().filter(|(_, rule)| rule.key == excluded.key) {
                if contradicts(*rule, *excluded) {
                    self.report.at(key.node, messages::contradiction(*rule, *excluded));
                }
                let both = overlap(*rule, *excluded);
                if !both.is_empty() {
                    self.report.at(key.node, messages::overlapping(rule.key, &both));
                }
            }
        }
    }

    fn check_length(&mut self, name: &str, anchor: NodeRef<'d>) {
        let length = self.namespace.len() + 1 + name.len();
        if length > LONGEST_NAME {
            let finding = messages::too_long(&format!("{}.{name}", self.namespace), length, LONGEST_NAME);
            self.report.at(anchor, finding);
        }
    }

    /// Done last, when the waves of all policies are known.
    fn report_mismatches(&mut self) {
        for mismatch in std::mem::take(&mut self.mismatches) {
            let drafts = || {
                self.outputs.iter().filter_map(|(path, output)| match output {
                    Output::Policy(draft) => Some((path, draft)),
                    Output::Objects(_) => None,
                })
            };
            let Some((_, policy)) = drafts().find(|(path, _)| **path == mismatch.policy) else { continue };
            let other = drafts()
                .map(|(_, draft)| draft)
                .find(|draft| draft.wave.as_ref().is_some_and(|(wave, _)| *wave == mismatch.wave));
            let finding = messages::wave_mismatch(mismatch.file_name, &mismatch.wave, policy, other);
            self.report.at(mismatch.entry, finding);
        }
    }
}

/// `<Kind>-<name>[-<namespace>]`; `None` when one of them is no text.
fn plain_name(object: &Value) -> Option<String> {
    let kind = object.get("kind")?.as_str()?;
    let name = object.at(&["metadata", "name"])?.as_str()?;
    match object.at(&["metadata", "namespace"]) {
        None | Some(Value::Null) => Some(format!("{kind}-{name}")),
        Some(namespace) => Some(format!("{kind}-{name}-{}", namespace.as_str()?)),
    }
}

/// Without the part from the last dot of the last name on, as Go's `filepath.Ext` sees it.
fn without_extension(file_name: &str) -> &str {
    match file_name.rfind(['.', '/']) {
        Some(i) if file_name[i..].starts_with('.') => &file_name[..i],
        _ => file_name,
    }
}
