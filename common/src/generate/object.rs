//! What every generator makes: objects, and findings about what it read.

use std::path::PathBuf;
use std::sync::Arc;

use crate::finding::{Finding, Level};
use crate::yaml::Value;

/// One generated custom resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The whole document.
    pub value: Value,
    /// Where the upstream generator would write it below its output folder.
    pub path: PathBuf,
    /// The generator file it comes from, as the user named it.
    pub origin: Arc<str>,
}

impl Object {
    /// `apiVersion`, or "" when it is missing or not a text.
    pub fn api_version(&self) -> &str {
        self.text(&["apiVersion"])
    }

    /// `kind`, or "".
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// `metadata.name`, or "".
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// `metadata.namespace`, or "".
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    fn text(&self, path: &[&str]) -> &str {
        self.value.at(path).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What one generator file gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Generated {
    /// The objects, in the order they are written. Empty when there is an error-level finding.
    pub objects: Vec<Object>,
    /// Errors and warnings, in the order of their places.
    pub findings: Vec<Finding>,
}

impl Generated {
    /// Whether a finding forbids using the objects.
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|f| f.level == Level::Error)
    }
}
