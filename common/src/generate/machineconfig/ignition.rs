//! The Ignition config of one MachineConfig, read by its version and brought to 3.2.
//!
//! Follows `IgnParseWrapper` of the machine-config operator with 3.2 as its own version: 3.x is read by its version,
//! taken up to 3.4 and from there down to 3.3 and 3.2, each step validated; 2.2 is converted to 3.0.

use std::sync::Arc;

use super::decode::{Notes, decode};
use super::schema::CONFIG;
use super::validate::{items, problems};
use super::{schema2, spec2};
use crate::yaml::{Map, Value};

/// The version in which configs are merged.
pub(super) const VERSION: &str = "3.2.0";

const KNOWN_VERSIONS: &str = "2.2.0, 3.0.0, 3.1.0, 3.2.0, 3.3.0 and 3.4.0";
const SPECIAL_MODE_BITS: i64 = 0o7000;

/// A config of version 3.2 and what that version cannot hold.
#[derive(Debug, Default)]
pub(super) struct Ignition {
    pub config: Map,
    /// `kernelArguments.shouldExist` of 3.3 and later.
    pub kernel_arguments: Vec<Arc<str>>,
    /// `kernelArguments.shouldNotExist`; upstream drops them.
    pub lost_arguments: Vec<Arc<str>>,
    /// Paths of fields the version does not have; upstream ignores them.
    pub unknown: Vec<String>,
}

/// Reads the `spec.config` of a MachineConfig.
///
/// # Errors
/// Everything that is wrong with it, a line each, with the path of the field.
pub(super) fn read(config: &Value) -> Result<Ignition, Vec<String>> {
    let version = config.at(&["ignition", "version"]);
    let version = version.and_then(Value::as_str).unwrap_or_default();
    match version {
        "2.2.0" | "2.1.0" | "2.0.0" => read_spec2(config),
        "3.0.0" => read_spec3(config, 0),
        "3.1.0" => read_spec3(config, 1),
        "3.2.0" => read_spec3(config, 2),
        "3.3.0" => read_spec3(config, 3),
        "3.4.0" => read_spec3(config, 4),
        "" => Err(vec![format!("ignition.version: there is no version; use one of {KNOWN_VERSIONS}")]),
        other => Err(vec![format!("ignition.version: version {other} is not supported; use one of {KNOWN_VERSIONS}")]),
    }
}

fn decode_all(object: &super::schema::Object, value: &Value, version: u8) -> Result<(Map, Vec<String>), Vec<String>> {
    let mut notes = Notes::default();
    let map = decode(object, value, version, "", &mut notes);
    if notes.errors.is_empty() { Ok((map, notes.unknown)) } else { Err(notes.errors) }
}

fn read_spec3(value: &Value, version: u8) -> Result<Ignition, Vec<String>> {
    let (mut config, unknown) = decode_all(&CONFIG, value, version)?;
    none(problems(&config, version))?;
    if version < 4 {
        mask_modes(&mut config);
    }
    let arguments = config.remove("kernelArguments").unwrap_or_default();
    for step in [4, 3, 2] {
        none(problems(&config, step))?;
        if step == 4 {
            none(not_in_3_3(&config))?;
        }
    }
    set_version(&mut config);
    Ok(Ignition {
        config,
        kernel_arguments: texts(&arguments, "shouldExist"),
        lost_arguments: texts(&arguments, "shouldNotExist"),
        unknown,
    })
}

fn read_spec2(value: &Value) -> Result<Ignition, Vec<String>> {
    let (old, unknown) = decode_all(&schema2::CONFIG, value, 0)?;
    let mut config = spec2::convert(&old).map_err(|problem| vec![problem])?;
    none(problems(&config, 0))?;
    set_version(&mut config);
    Ok(Ignition { config, unknown, ..Ignition::default() })
}

fn none(problems: Vec<String>) -> Result<(), Vec<String>> {
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn texts(map: &Value, field: &str) -> Vec<Arc<str>> {
    let list = map.as_map().map(|m| items(m, field)).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(Arc::from).collect()
}

fn set_version(config: &mut Map) {
    if let Some(Value::Map(ignition)) = config.get_mut("ignition") {
        ignition.insert("version", VERSION);
    }
}

/// The lists of storage whose items have a mode.
const MODE_LISTS: [&str; 2] = ["files", "directories"];

/// 3.4 was the first version that means the special mode bits; before, they are taken out.
fn mask_modes(config: &mut Map) {
    let Some(Value::Map(storage)) = config.get_mut("storage") else { return };
    for list in MODE_LISTS {
        for node in storage.get_mut(list).and_then(Value::as_seq_mut).into_iter().flatten() {
            if let Value::Map(node) = node
                && let Some(Value::Int(mode)) = node.get_mut("mode")
            {
                *mode &= !SPECIAL_MODE_BITS;
            }
        }
    }
}

/// What 3.4 has and 3.3 has not: ign-converter `translate/v34tov33`.
fn not_in_3_3(config: &Map) -> Vec<String> {
    let mut found = Vec::new();
    let Some(storage) = config.get("storage").and_then(Value::as_map) else { return found };
    for list in MODE_LISTS {
        for (i, node) in items(storage, list).iter().enumerate() {
            if matches!(node.get("mode"), Some(Value::Int(mode)) if mode & SPECIAL_MODE_BITS != 0) {
                found.push(format!("storage.{list}[{i}].mode: special mode bits cannot be converted to {VERSION}"));
            }
            let source = node.at(&["contents", "source"]).and_then(Value::as_str).unwrap_or_default();
            if source.starts_with("arn:") {
                found.push(format!("storage.{list}[{i}].contents.source: arn: cannot be converted to {VERSION}"));
            }
        }
    }
    for (i, luks) in items(storage, "luks").iter().enumerate() {
        for field in ["discard", "openOptions"] {
            if luks.get(field).is_some_and(|value| *value != Value::Bool(false)) {
                found.push(format!("storage.luks[{i}].{field}: this cannot be converted to {VERSION}"));
            }
        }
        let tang = luks.at(&["clevis", "tang"]).and_then(Value::as_seq).unwrap_or_default();
        if tang.iter().any(|t| t.get("advertisement").is_some_and(|a| a.as_str() != Some(""))) {
            found.push(format!("storage.luks[{i}].clevis.tang: advertisement cannot be converted to {VERSION}"));
        }
    }
    found
}
