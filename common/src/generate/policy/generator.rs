//! From a PolicyGenTemplate file to its policies, placement and plain CRs: `Build` in `policyBuilder.go` of the
//! generator 4.20.

use std::sync::Arc;

use crate::finding::Finding;
use crate::generate::Generated;
use crate::suggest::nearest;
use crate::yaml::{NodeRef, Source, documents};

use super::assembly::Assembly;
use super::report::{Report, unreadable};
use super::source_crs::SourceCrs;
use super::template;

/// The kind of file it reads.
pub const KIND: &str = "PolicyGenTemplate";

/// Whether CRs are wrapped in policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrapping {
    /// As each file says.
    #[default]
    AsWritten,
    /// Never: upstream's `-wrapInPolicy=false`.
    Never,
}

/// Makes policies from PolicyGenTemplates. One for a run, used by all its threads.
#[derive(Clone, Debug)]
pub struct PgtGenerator {
    source_crs: Arc<SourceCrs>,
    wrapping: Wrapping,
}

impl PgtGenerator {
    /// A generator that takes its source CRs from `source_crs`.
    pub fn new(source_crs: Arc<SourceCrs>, wrapping: Wrapping) -> Self {
        Self { source_crs, wrapping }
    }

    /// The objects of a file, in the order they first come up in it, and everything there is to say about it. Objects
    /// are empty when there is an error, and when the file is of another kind.
    pub fn generate(&self, source: &Source) -> Generated {
        let mut documents = documents(source);
        let first = match documents.next() {
            Some(Ok(document)) => document,
            Some(Err(error)) => return failed(unreadable(error)),
            None => return skipped(Finding::warning("policy/empty-file", format!("{} is empty", source.name()))),
        };
        let Some(root) = first.root().filter(|root| !root.is_null()) else {
            let fact = "the first document is empty, so nothing is generated";
            let fix = "remove the --- before the PolicyGenTemplate";
            return skipped(Finding::warning("policy/empty-file", fact).at(source.place(Default::default())).fix(fix));
        };
        let mut report = Report::default();
        if !is_template(root, &mut report) {
            return Generated { objects: Vec::new(), findings: report.finish() };
        }
        let template = template::read(root, &mut report);
        let objects = Assembly::new(&self.source_crs, self.wrapping, root, &template, &mut report).run(source.name());
        if let Some(more) = documents.next() {
            let place = match &more {
                Ok(document) => document.root().map(NodeRef::place),
                Err(error) => Some(error.place.clone()),
            };
            more_documents(root, place, &mut report);
        }
        let objects = if report.failed() { Vec::new() } else { objects };
        Generated { objects, findings: report.finish() }
    }
}

/// Looks at `kind` alone, as upstream does first.
fn is_template(root: NodeRef<'_>, report: &mut Report) -> bool {
    let kind = match root.fields() {
        Ok(fields) => fields.into_iter().find(|(key, _)| key.text() == Some("kind")).map(|(_, value)| value),
        Err(error) => {
            report.yaml(error);
            return false;
        }
    };
    let text = match kind.map(NodeRef::decode_text) {
        Some(Err(error)) => {
            report.yaml(error);
            return false;
        }
        Some(Ok(text)) => text,
        None => "",
    };
    if text == KIND {
        return true;
    }
    let fact = if text.is_empty() { "the file has no kind".to_owned() } else { format!("the file is of kind {text}") };
    let finding = Finding::warning("policy/other-kind", fact).label("skipped by the generator");
    let finding = match nearest(text, [KIND]) {
        Some(kind) => finding.fix(format!("did you mean {kind}?")),
        None => finding.fix("leave it out of the generators of the kustomization"),
    };
    report.at(kind.unwrap_or(root), finding);
    false
}

fn more_documents(root: NodeRef<'_>, place: Option<crate::yaml::Place>, report: &mut Report) {
    let mut finding = Finding::warning("policy/more-documents", "only the first document of the file is read")
        .label("ignored by the generator")
        .fix("put each PolicyGenTemplate into its own file");
    finding.place = place;
    report.about(root, finding);
}

fn failed(finding: Finding) -> Generated {
    Generated { objects: Vec::new(), findings: vec![finding] }
}

fn skipped(finding: Finding) -> Generated {
    failed(finding)
}
