//! What Ignition rejects in the storage part of a config of spec 3.

use super::schema::Kind;
use super::url;
use super::validate::{Problems, items, text};
use crate::yaml::{Map, Value};

/// Checks one structure of the storage part.
pub(super) fn check(kind: Kind, map: &Map, path: &str, problems: &mut Problems) {
    match kind {
        Kind::Storage => check_links(map, path, problems),
        Kind::Directory | Kind::File | Kind::Link => check_node(kind, map, path, problems),
        Kind::Disk => check_disk(map, path, problems),
        Kind::Partition => check_partition(map, path, problems),
        Kind::Filesystem => check_filesystem(map, path, problems),
        Kind::Luks => check_luks(map, path, problems),
        Kind::ClevisCustom => check_clevis(map, path, problems),
        Kind::Raid => check_raid(map, path, problems),
        _ => {}
    }
}

/// An absolute path without dots, double or trailing slashes.
fn check_path(path: Option<&str>) -> Result<(), &'static str> {
    let path = path.unwrap_or_default();
    if path.is_empty() {
        return Err("path not specified");
    }
    let Some(parts) = path.strip_prefix('/') else { return Err("path not absolute") };
    if path != "/" && parts.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err("path is not fully simplified");
    }
    Ok(())
}

fn add(problems: &mut Problems, path: &str, field: &str, result: Result<(), &str>) {
    if let Err(message) = result {
        problems.add(path, field, message);
    }
}

fn is(map: &Map, field: &str, wanted: bool) -> bool {
    map.get(field) == Some(&Value::Bool(wanted))
}

fn int(map: &Map, field: &str) -> Option<i64> {
    match map.get(field) {
        Some(Value::Int(i)) => Some(*i),
        _ => None,
    }
}

fn check_node(kind: Kind, map: &Map, path: &str, problems: &mut Problems) {
    add(problems, path, "path", check_path(text(map, "path")));
    if int(map, "mode").is_some_and(|mode| !(0..=0o7777).contains(&mode)) {
        problems.add(path, "mode", "illegal file mode");
    }
    let has_source = map.get("contents").and_then(|c| c.get("source")).is_some();
    if kind == Kind::File && is(map, "overwrite", true) && !has_source {
        problems.add(path, "overwrite", "overwrite must be false if source is unspecified");
    }
    if kind == Kind::Link && problems.version > 2 && text(map, "target").is_none() {
        problems.add(path, "target", "link target is required");
    }
}

/// Nothing may be written through a link, and no hard link may point to a directory.
fn check_links(storage: &Map, path: &str, problems: &mut Problems) {
    let links: Vec<&str> = items(storage, "links").iter().filter_map(|l| l.get("path")?.as_str()).collect();
    for (list, thing) in [("directories", "directory"), ("files", "file"), ("links", "link")] {
        for (i, item) in items(storage, list).iter().enumerate() {
            let node = item.get("path").and_then(Value::as_str).unwrap_or_default();
            let through = |link: &&&str| node.strip_prefix(**link).is_some_and(|rest| rest.starts_with('/'));
            if let Some(link) = links.iter().find(through) {
                problems.add(path, &format!("{list}[{i}]"), format!("{thing} path includes link {link} in config"));
            }
        }
    }
    for (i, link) in items(storage, "links").iter().filter_map(Value::as_map).enumerate() {
        let target = text(link, "target").unwrap_or_default();
        let points_to = |d: &Value| d.get("path").and_then(Value::as_str) == Some(target);
        if is(link, "hard", true) && items(storage, "directories").iter().any(points_to) {
            problems.add(path, &format!("links[{i}]"), "hard link points to a directory");
        }
    }
}

fn check_disk(map: &Map, path: &str, problems: &mut Problems) {
    if !map.contains("device") {
        return problems.add(path, "device", "disk device is required");
    }
    add(problems, path, "device", check_path(text(map, "device")));
    let partitions: Vec<&Map> = items(map, "partitions").iter().filter_map(Value::as_map).collect();
    let twice = |field: &str| {
        let values: Vec<&Value> = partitions.iter().filter_map(|p| p.get(field)).collect();
        values.iter().enumerate().any(|(i, value)| values.iter().take(i).any(|earlier| earlier == value))
    };
    if twice("number") {
        problems.add(path, "partitions", "partition numbers collide");
    }
    if partitions_overlap(&partitions) {
        problems.add(path, "partitions", "partitions overlap");
    }
    if partitions.iter().any(|p| is(p, "shouldExist", false)) && partitions.iter().any(|p| !p.contains("number")) {
        problems.add(path, "partitions", "shouldExist cannot be false with zero-numbered partitions");
    }
    if twice("label") {
        problems.add(path, "partitions", "cannot use the same partition label twice");
    }
}

fn partitions_overlap(partitions: &[&Map]) -> bool {
    let span = |p: &&Map| match (int(p, "startMiB"), int(p, "sizeMiB")) {
        (Some(start), Some(size)) if start != 0 => {
            Some((start, if size == 0 { start } else { start.saturating_add(size).saturating_sub(1) }))
        }
        _ => None,
    };
    let mut spans: Vec<(i64, i64)> = partitions.iter().filter_map(span).collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| matches!(pair, [a, b] if b.0 <= a.1))
}

fn check_partition(map: &Map, path: &str, problems: &mut Problems) {
    let label = text(map, "label");
    let not_empty = |field: &str| !text(map, field).unwrap_or_default().is_empty();
    let described = label.is_some()
        || not_empty("typeGuid")
        || not_empty("guid")
        || map.contains("startMiB")
        || map.contains("sizeMiB");
    if is(map, "shouldExist", false) && described {
        problems.add(path, "", "shouldExist cannot be false with other settings");
    }
    if !map.contains("number") && label.is_none() {
        problems.add(path, "", "a partition number >= 1 or a label must be specified");
    }
    if label.is_some_and(|l| l.len() > 36) {
        problems.add(path, "label", "partition labels may not exceed 36 characters");
    } else if label.is_some_and(|l| l.contains(':')) {
        problems.add(path, "label", "partition label will be truncated to text before the colon");
    }
    for field in ["guid", "typeGuid"] {
        if !text(map, field).is_none_or(is_guid) {
            problems.add(path, field, "doesn't match the form \"01234567-89AB-CDEF-EDCB-A98765432101\"");
        }
    }
}

fn is_guid(text: &str) -> bool {
    let form = |(i, b): (usize, u8)| if [8, 13, 18, 23].contains(&i) { b == b'-' } else { b.is_ascii_hexdigit() };
    text.is_empty() || text.len() == 36 && text.bytes().enumerate().all(form)
}

fn check_filesystem(map: &Map, path: &str, problems: &mut Problems) {
    let format = text(map, "format").unwrap_or_default();
    let mount = text(map, "path").unwrap_or_default();
    let label = text(map, "label").unwrap_or_default();
    if !mount.is_empty() {
        add(problems, path, "path", check_path(Some(mount)));
    }
    add(problems, path, "device", check_path(text(map, "device")));
    let others = !mount.is_empty()
        || !label.is_empty()
        || !text(map, "uuid").unwrap_or_default().is_empty()
        || is(map, "wipeFilesystem", true)
        || map.contains("mountOptions")
        || map.contains("options");
    match format {
        "" if others => problems.add(path, "format", "format cannot be empty when other fields are set"),
        "" | "ext4" | "btrfs" | "xfs" | "swap" | "vfat" => {}
        "none" if problems.version > 2 => {}
        _ => problems.add(path, "format", "invalid filesystem format; use ext4, btrfs, xfs, swap or vfat"),
    }
    let limit = match format {
        "ext4" => 16,
        "btrfs" => 256,
        "xfs" => 12,
        "swap" => 15,
        "vfat" => 11,
        _ => usize::MAX,
    };
    if label.len() > limit {
        problems.add(path, "label", format!("{format} filesystem labels cannot be longer than {limit} characters"));
    }
}

fn check_luks(map: &Map, path: &str, problems: &mut Problems) {
    if text(map, "name").unwrap_or_default().contains('/') {
        problems.add(path, "name", "device name cannot contain slashes");
    }
    if text(map, "label").is_some_and(|l| l.len() > 47) {
        problems.add(path, "label", "luks device labels cannot be longer than 47 characters");
    }
    match text(map, "device").unwrap_or_default() {
        "" => problems.add(path, "device", "disk device is required"),
        device => add(problems, path, "device", check_path(Some(device))),
    }
    let clevis = map.get("clevis").and_then(Value::as_map);
    let others = clevis.is_some_and(|c| {
        c.contains("tang") || is(c, "tpm2", true) || int(c, "threshold").is_some_and(|threshold| threshold != 0)
    });
    let custom = clevis.and_then(|c| c.get("custom")).and_then(Value::as_map);
    let custom_counts = custom.is_some_and(|c| problems.version < 3 || text(c, "pin").is_some());
    if others && custom_counts {
        problems.add(path, "clevis", "cannot use custom clevis config with tpm2, tang, or threshold");
    }
    let key = map.get("keyFile").and_then(|k| k.get("source")).and_then(Value::as_str).unwrap_or_default();
    if url::check(key, problems.version).is_err() {
        problems.add(path, "keyFile", "invalid key-file source");
    }
}

fn check_clevis(map: &Map, path: &str, problems: &mut Problems) {
    let (pin, config) = (text(map, "pin").unwrap_or_default(), text(map, "config").unwrap_or_default());
    let network = problems.version > 2 && is(map, "needsNetwork", true);
    if pin.is_empty() && config.is_empty() && !network {
        return;
    }
    if !["tpm2", "tang", "sss"].contains(&pin) {
        problems.add(path, "pin", "unsupported clevis pin; use tpm2, tang or sss");
    }
    if config.is_empty() {
        problems.add(path, "config", "missing required custom clevis config");
    }
}

fn check_raid(map: &Map, path: &str, problems: &mut Problems) {
    match text(map, "level").unwrap_or_default() {
        "linear" | "raid0" | "0" | "stripe" => {
            if int(map, "spares").is_some_and(|spares| spares != 0) {
                problems.add(path, "level", "spares unsupported for linear and raid0 arrays");
            }
        }
        "raid1" | "1" | "mirror" | "raid4" | "4" | "raid5" | "5" | "raid6" | "6" | "raid10" | "10" => {}
        "" => problems.add(path, "level", "raid level is required"),
        _ => problems.add(path, "level", "unrecognized raid level"),
    }
    if !map.contains("devices") {
        problems.add(path, "devices", "raid devices required");
    }
    for (i, device) in items(map, "devices").iter().enumerate() {
        add(problems, path, &format!("devices[{i}]"), check_path(device.as_str()));
    }
}
