//! A MachineConfig as far as merging needs it: typed as the machine-config operator types it.

use std::sync::Arc;

use super::ignition::{self, Ignition};
use crate::yaml::{Map, Value};

const ROLE_LABEL: &str = "machineconfiguration.openshift.io/role";

/// One MachineConfig of one file.
#[derive(Debug)]
pub(super) struct MachineConfig {
    pub file: String,
    pub name: Arc<str>,
    /// The role label; "" without one.
    pub role: Arc<str>,
    /// `None` for a MachineConfig without Ignition config.
    pub ignition: Option<Ignition>,
    pub kernel_arguments: Vec<Arc<str>>,
    pub extensions: Vec<Arc<str>>,
    pub fips: bool,
    pub kernel_type: Arc<str>,
    pub os_image_url: Arc<str>,
    pub extensions_image: Arc<str>,
}

impl MachineConfig {
    /// Reads a manifest of that kind.
    ///
    /// # Errors
    /// Everything that is wrong with it, a line each.
    pub fn read(file: String, manifest: &Value) -> Result<Self, Vec<String>> {
        let mut reader = Reader { errors: Vec::new() };
        reader.check_numbers(manifest);
        let metadata = reader.map(manifest.get("metadata"), "metadata");
        let labels = reader.map(metadata.get("labels"), "metadata.labels");
        reader.check_texts(&labels, "metadata.labels");
        let annotations = reader.map(metadata.get("annotations"), "metadata.annotations");
        reader.check_texts(&annotations, "metadata.annotations");
        let spec = reader.map(manifest.get("spec"), "spec");
        let ignition = match spec.get("config").filter(|config| !config.is_null()).map(ignition::read) {
            None => None,
            Some(Ok(ignition)) => Some(ignition),
            Some(Err(problems)) => {
                reader.errors.extend(problems.into_iter().map(|problem| format!("spec.config.{problem}")));
                None
            }
        };
        let machine_config = Self {
            file,
            name: reader.text(&metadata, "metadata", "name"),
            role: labels.get(ROLE_LABEL).and_then(Value::as_str).unwrap_or_default().into(),
            ignition,
            kernel_arguments: reader.texts(&spec, "kernelArguments"),
            extensions: reader.texts(&spec, "extensions"),
            fips: reader.boolean(&spec, "fips"),
            kernel_type: reader.text(&spec, "spec", "kernelType"),
            os_image_url: reader.text(&spec, "spec", "osImageURL"),
            extensions_image: reader.text(&spec, "spec", "baseOSExtensionsContainerImage"),
        };
        if reader.errors.is_empty() { Ok(machine_config) } else { Err(reader.errors) }
    }
}

/// The labels of a merged MachineConfig.
pub(super) fn role_label(role: &str) -> Map {
    [(ROLE_LABEL, role)].into_iter().collect()
}

struct Reader {
    errors: Vec<String>,
}

impl Reader {
    fn mismatch(&mut self, path: &str, value: &Value, wanted: &str) {
        self.errors.push(format!("{path}: this is {}, not {wanted}", value.type_name()));
    }

    fn map(&mut self, value: Option<&Value>, path: &str) -> Map {
        match value {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Map(map)) => map.clone(),
            Some(other) => {
                self.mismatch(path, other, "a map");
                Map::new()
            }
        }
    }

    fn text(&mut self, map: &Map, path: &str, field: &str) -> Arc<str> {
        match map.get(field) {
            None | Some(Value::Null) => "".into(),
            Some(Value::Str(text) | Value::Timestamp(text)) => text.clone(),
            Some(other) => {
                let wanted = format!("a text; write it in quotes ({field}: \"…\")");
                self.mismatch(&format!("{path}.{field}"), other, &wanted);
                "".into()
            }
        }
    }

    fn boolean(&mut self, spec: &Map, field: &str) -> bool {
        match spec.get(field) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(b)) => *b,
            Some(other) => {
                self.mismatch(&format!("spec.{field}"), other, "true or false");
                false
            }
        }
    }

    fn texts(&mut self, spec: &Map, field: &str) -> Vec<Arc<str>> {
        let path = format!("spec.{field}");
        let mut out = Vec::new();
        match spec.get(field) {
            None | Some(Value::Null) => {}
            Some(Value::Seq(items)) => {
                for item in items.iter() {
                    match item {
                        Value::Null => out.push("".into()),
                        Value::Str(text) | Value::Timestamp(text) => out.push(text.clone()),
                        other => self.mismatch(&path, other, "a text"),
                    }
                }
            }
            Some(other) => self.mismatch(&path, other, "a list"),
        }
        out
    }

    fn check_texts(&mut self, map: &Map, path: &str) {
        for (key, value) in map {
            if !matches!(value, Value::Null | Value::Str(_) | Value::Timestamp(_)) {
                let path = format!("{path}.{}", key.as_str().unwrap_or_default());
                self.mismatch(&path, value, "a text; write it in quotes");
            }
        }
    }

    /// JSON has no infinity and no NaN.
    fn check_numbers(&mut self, value: &Value) {
        match value {
            Value::Float(f) if !f.is_finite() => self.errors.push(format!("{f} cannot be written as JSON")),
            Value::Map(map) => map.iter().for_each(|(_, value)| self.check_numbers(value)),
            Value::Seq(items) => items.iter().for_each(|item| self.check_numbers(item)),
            _ => {}
        }
    }
}
