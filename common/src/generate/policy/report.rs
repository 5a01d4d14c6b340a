//! The findings of one generator file, kept in the order of the lines they are about.

use crate::finding::{Finding, Level};
use crate::yaml::{self, NodeRef, Place};

/// Findings with the line and column of the generator file they belong to; their own place may be in a source CR.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<((u32, u32), Finding)>,
}

impl Report {
    /// A finding placed at a node.
    pub fn at(&mut self, node: NodeRef<'_>, finding: Finding) {
        self.about(node, finding.at(node.place()));
    }

    /// A finding that has its own place (or none) and came up while a node was worked on.
    pub fn about(&mut self, node: NodeRef<'_>, finding: Finding) {
        self.findings.push((spot(&node.place()), finding));
    }

    /// Something that yaml.v3 would not decode.
    pub fn yaml(&mut self, error: yaml::Error) {
        self.findings.push((spot(&error.place), unreadable(error)));
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
        self.findings.sort_by_key(|(spot, _)| *spot);
        self.findings.into_iter().map(|(_, finding)| finding).collect()
    }
}

fn spot(place: &Place) -> (u32, u32) {
    (place.line, place.column)
}

/// The finding for text that cannot be read.
pub fn unreadable(error: yaml::Error) -> Finding {
    Finding::error("policy/yaml", error.message).at(error.place)
}
