//! The findings of one generator file, kept in the order of the lines they are about.

use crate::finding::{Finding, Level};
use crate::yaml::{self, NodeRef};

/// Findings with the byte of the generator file they belong to; their own place may be in a source CR.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<(u32, Finding)>,
}

impl Report {
    /// A finding placed at a node.
    pub fn at(&mut self, node: NodeRef<'_>, finding: Finding) {
        self.findings.push((node.span().start, finding.at(node.place())));
    }

    /// A finding that has its own place (or none) and came up while a node was worked on.
    pub fn about(&mut self, node: NodeRef<'_>, finding: Finding) {
        self.findings.push((node.span().start, finding));
    }

    /// Something that yaml.v3 would not decode.
    pub fn yaml(&mut self, error: yaml::Error) {
        let start = self.findings.last().map_or(0, |(start, _)| *start);
        self.findings.push((start, unreadable(error)));
    }

    /// Whether there is an error.
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|(_, finding)| finding.level == Level::Error)
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|(_, finding)| finding.level == Level::Error).count()
    }

    /// All findings in order.
    pub fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|(start, _)| *start);
        self.findings.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// The finding for text that cannot be read.
pub fn unreadable(error: yaml::Error) -> Finding {
    Finding::error("policy/yaml", error.message).at(error.place)
}
