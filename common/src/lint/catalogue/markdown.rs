//! The catalogue as a page of documentation.

use std::fmt::Write;

use super::GROUPS;
use crate::finding::Level;

impl super::Rule {
    /// The level in a word.
    pub fn level_name(&self) -> &'static str {
        match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}

/// The text of docs/findings.md.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Findings\n\nWhat `oc ztp validate` and `oc ztp generate` can say. `oc ztp explain ID` prints one entry.\nThis page is made from the catalogue in the sources.\n",
    );
    for (_, title, rules) in GROUPS {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n## {title}\n");
        for rule in *rules {
            let _ = write!(
                text,
                "\n### {}\n\n{}: {}.\n\n{}\n\nFix: {}.\n\nReference: {}.\n",
                rule.id,
                rule.level_name(),
                rule.fact,
                rule.text,
                rule.fix,
                rule.reference
            );
        }
    }
    text
}
