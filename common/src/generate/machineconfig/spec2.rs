//! Ignition 2.2 to 3: what the machine-config operator does before it merges (`pkg/controller/common/helpers.go`,
//! `removeIgnDuplicateFilesUnitsUsers`) and what ign-converter does (`translate/v23tov30`).

use std::collections::HashSet;
use std::sync::Arc;

use super::validate::{items, text};
use crate::yaml::{Map, Value};

/// Turns a decoded config of spec 2.2 into one of spec 3.0 that is not validated yet.
///
/// # Errors
/// Parts that spec 3 does not have: networkd units, other file systems than root, other users than core.
pub(super) fn convert(config: &Map) -> Result<Map, String> {
    let part = |name: &str| config.get(name).and_then(Value::as_map).cloned().unwrap_or_default();
    if !items(&part("networkd"), "units").is_empty() {
        return Err("networkd: networkd units are not supported; write the files instead".into());
    }
    let mut out = Map::new();
    put(&mut out, "ignition", ignition(&part("ignition")));
    put(&mut out, "passwd", passwd(&part("passwd"))?);
    put(&mut out, "storage", storage(&part("storage"))?);
    let mut systemd = Map::new();
    put_list(&mut systemd, "units", units(items(&part("systemd"), "units")));
    put(&mut out, "systemd", systemd);
    Ok(out)
}

fn put(out: &mut Map, name: &'static str, map: Map) {
    if !map.is_empty() {
        out.insert(name, map);
    }
}

fn put_list(out: &mut Map, name: &'static str, list: Vec<Value>) {
    if !list.is_empty() {
        out.insert(name, list);
    }
}

fn ignition(old: &Map) -> Map {
    let mut out = old.clone();
    out.insert("version", "3.0.0");
    if let Some(Value::Map(config)) = out.get_mut("config")
        && let Some(append) = config.remove("append")
    {
        config.insert("merge", append);
    }
    out
}

fn passwd(old: &Map) -> Result<Map, String> {
    let mut out = old.clone();
    let users = items(old, "users");
    if let Some(stranger) = users.iter().find(|u| u.get("name").and_then(Value::as_str) != Some("core")) {
        let name = stranger.get("name").and_then(Value::as_str).unwrap_or_default();
        return Err(format!("passwd.users: unexpected user {name:?}; only core is supported"));
    }
    if let Some(Value::Map(last)) = users.last() {
        let mut user = last.clone();
        let mut seen = HashSet::new();
        let newest_first = users.iter().rev().filter_map(Value::as_map);
        let keys: Vec<Value> = newest_first
            .flat_map(|u| items(u, "sshAuthorizedKeys"))
            .filter(|key| seen.insert(key.as_str().unwrap_or_default()))
            .cloned()
            .collect();
        put_list(&mut user, "sshAuthorizedKeys", keys);
        out.insert("users", vec![Value::Map(user)]);
    }
    Ok(out)
}

/// Of units with one name the last one wins; drop-ins of the others are added to it. The order is turned round.
fn units(old: &[Value]) -> Vec<Value> {
    let mut out: Vec<Map> = Vec::new();
    for unit in old.iter().rev().filter_map(Value::as_map) {
        match out.iter_mut().find(|kept| text(kept, "name") == text(unit, "name")) {
            None => out.push(unit.clone()),
            Some(kept) => {
                let mut dropins = items(kept, "dropins").to_vec();
                for dropin in items(unit, "dropins") {
                    if !dropins.iter().any(|d| d.get("name") == dropin.get("name")) {
                        dropins.push(dropin.clone());
                    }
                }
                put_list(kept, "dropins", dropins);
            }
        }
    }
    out.into_iter().map(|unit| Value::Map(enabled_only(unit))).collect()
}

fn enabled_only(mut unit: Map) -> Map {
    if unit.remove("enable") == Some(Value::Bool(true)) && !unit.contains("enabled") {
        unit.insert("enabled", true);
    }
    unit
}

fn storage(old: &Map) -> Result<Map, String> {
    for filesystem in items(old, "filesystems") {
        let name = filesystem.get("name").and_then(Value::as_str).unwrap_or_default();
        if name != "root" {
            return Err(format!("storage.filesystems: {name:?} cannot be converted; only root is supported"));
        }
    }
    for list in ["directories", "files", "links"] {
        for (i, node) in items(old, list).iter().enumerate() {
            if node.get("filesystem").and_then(Value::as_str).unwrap_or_default().is_empty() {
                return Err(format!("storage.{list}[{i}].filesystem: no filesystem specified; write filesystem: root"));
            }
        }
    }
    let convert = |list: &str, one: fn(&Map) -> Map| -> Vec<Value> {
        items(old, list).iter().filter_map(Value::as_map).map(|map| Value::Map(one(map))).collect()
    };
    let mut out = Map::new();
    put_list(&mut out, "directories", convert("directories", node));
    put_list(&mut out, "disks", convert("disks", disk));
    put_list(&mut out, "files", files(items(old, "files"))?);
    put_list(&mut out, "links", convert("links", node));
    put_list(&mut out, "raid", items(old, "raid").to_vec());
    Ok(out)
}

/// Of files with one path the last one wins; the order is turned round.
fn files(old: &[Value]) -> Result<Vec<Value>, String> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for (i, old) in old.iter().enumerate().rev() {
        let Some(old) = old.as_map() else { continue };
        if !seen.insert(text(old, "path").unwrap_or_default()) {
            continue;
        }
        let mut file = node(old);
        let append = file.remove("append") == Some(Value::Bool(true));
        if append && file.get("overwrite") == Some(&Value::Bool(true)) {
            return Err(format!("storage.files[{i}]: append and overwrite cannot both be true"));
        }
        let mut contents = file.remove("contents").and_then(|c| c.as_map().cloned()).unwrap_or_default();
        if !contents.contains("source") {
            contents.insert("source", "");
        }
        if append {
            file.insert("overwrite", false);
            file.insert("append", vec![Value::Map(contents)]);
        } else {
            if !file.contains("overwrite") {
                file.insert("overwrite", true);
            }
            file.insert("contents", contents);
        }
        out.push(Value::Map(file));
    }
    Ok(out)
}

fn node(old: &Map) -> Map {
    let mut out = old.clone();
    out.remove("filesystem");
    let path = text(old, "path").unwrap_or_default();
    if path.starts_with('/') {
        out.insert("path", clean(path));
    }
    out
}

/// Go's `path.Clean` of an absolute path.
fn clean(path: &str) -> Arc<str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/")).into()
}

/// Sectors of 512 bytes become MiB.
fn disk(old: &Map) -> Map {
    const SECTORS: i64 = 2048;
    let mut out = old.clone();
    let partitions = items(old, "partitions").iter().filter_map(Value::as_map).map(|old| {
        let mut partition = old.clone();
        for (sectors, mib) in [("start", "startMiB"), ("size", "sizeMiB")] {
            let count = match partition.remove(sectors) {
                Some(Value::Int(count)) => count,
                _ => 0,
            };
            partition.insert(mib, count / SECTORS);
        }
        if !partition.contains("label") {
            partition.insert("label", "");
        }
        Value::Map(partition)
    });
    let partitions = partitions.collect();
    put_list(&mut out, "partitions", partitions);
    out
}
