//! Typed reading of a kustomization's nodes; what does not fit becomes a finding, and reading goes on.

use std::collections::BTreeMap;

use super::kustomization::Entry;
use crate::finding::Finding;
use crate::suggest::nearest;
use crate::yaml::{NodeRef, Place};

/// A reader that collects findings.
pub struct Fields<'f> {
    findings: &'f mut Vec<Finding>,
}

impl<'f> Fields<'f> {
    pub fn new(findings: &'f mut Vec<Finding>) -> Self {
        Self { findings }
    }

    pub fn error(&mut self, place: Place, fact: String) {
        self.findings.push(Finding::error("kustomize/invalid-field", fact).at(place));
    }

    /// The known fields of a map that are not null, with their names as in `known`.
    pub fn fields<'d>(
        &mut self,
        node: NodeRef<'d>,
        known: &[&'static str],
    ) -> impl Iterator<Item = (&'static str, NodeRef<'d>)> + use<'d> {
        let entries = node.fields().unwrap_or_else(|e| {
            self.error(e.place, e.message);
            Vec::new()
        });
        let mut found = Vec::new();
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            match known.iter().find(|k| k.eq_ignore_ascii_case(name)) {
                Some(known) if !value.is_null() => found.push((*known, value)),
                Some(_) => {}
                None => self.unknown(key, name, known),
            }
        }
        found.into_iter()
    }

    fn unknown(&mut self, key: NodeRef<'_>, name: &str, known: &[&'static str]) {
        let finding = Finding::error("kustomize/unknown-field", format!("kustomize has no field {name:?} here"));
        let finding = match nearest(name, known.iter().copied()) {
            Some(meant) => finding.fix(format!("did you mean {meant:?}?")),
            None => finding,
        };
        self.findings.push(finding.at(key.place()));
    }

    /// One value with its place.
    pub fn entry<T>(&mut self, node: NodeRef<'_>, read: impl Fn(&mut Self, NodeRef<'_>) -> T) -> Entry<T> {
        Entry { value: read(self, node), place: node.place() }
    }

    /// The items of a list.
    pub fn entries<T>(&mut self, node: NodeRef<'_>, read: impl Fn(&mut Self, NodeRef<'_>) -> T) -> Vec<Entry<T>> {
        if !node.is_seq() {
            self.error(node.place(), "a list belongs here".into());
        }
        node.items().map(|item| self.entry(item, &read)).collect()
    }

    /// A text that is not empty.
    pub fn filled(&mut self, node: NodeRef<'_>) -> Option<Entry<String>> {
        Some(self.entry(node, Self::text)).filter(|entry| !entry.value.is_empty())
    }

    /// A text; "" for null.
    pub fn text(&mut self, node: NodeRef<'_>) -> String {
        match node.to_json() {
            Ok(serde_json::Value::String(text)) => text,
            Ok(serde_json::Value::Null) => String::new(),
            Ok(_) => {
                let written = node.text().unwrap_or("something else");
                self.error(node.place(), format!("a text belongs here; {written} is none without quotes"));
                String::new()
            }
            Err(e) => {
                self.error(e.place, e.message);
                String::new()
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, node: NodeRef<'_>) -> Vec<String> {
        self.entries(node, Self::text).into_iter().map(|entry| entry.value).collect()
    }

    /// A map of texts.
    pub fn texts_by_key(&mut self, node: NodeRef<'_>) -> BTreeMap<String, String> {
        let fields = node.fields().unwrap_or_else(|e| {
            self.error(e.place, e.message);
            Vec::new()
        });
        fields.into_iter().map(|(key, value)| (key.text().unwrap_or_default().into(), self.text(value))).collect()
    }

    /// A boolean; `yes` and `on` count.
    pub fn bool(&mut self, node: NodeRef<'_>) -> bool {
        node.decode_bool().unwrap_or_else(|e| {
            self.error(e.place, e.message);
            false
        })
    }

    /// An integer.
    pub fn int(&mut self, node: NodeRef<'_>) -> i64 {
        node.decode_int().unwrap_or_else(|e| {
            self.error(e.place, e.message);
            0
        })
    }
}
