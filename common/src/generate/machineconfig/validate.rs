//! What Ignition rejects in a config of a minor version of spec 3: the `Validate` methods of Ignition 2.18
//! `config/v3_0/types` to `config/v3_4/types`. Warnings of Ignition are not repeated here.

use std::collections::{HashMap, HashSet};

use super::decode::join;
use super::ignition_merge::key_of;
use super::schema::{CONFIG, Key, Kind, Object, Type};
use super::{storage, unit, url};
use crate::yaml::{Map, Value};

/// Problems with the path of the field, in the order of the specification.
pub(super) struct Problems {
    pub version: u8,
    pub list: Vec<String>,
}

impl Problems {
    /// Adds a problem at a field.
    pub fn add(&mut self, path: &str, field: &str, message: impl Into<String>) {
        let path = if field.is_empty() { path.to_owned() } else { join(path, field) };
        self.list.push(format!("{path}: {}", message.into()));
    }

    fn check(&mut self, path: &str, field: &str, result: Result<(), impl Into<String>>) {
        if let Err(message) = result {
            self.add(path, field, message);
        }
    }
}

/// All problems of a decoded config, by the rules of a minor version.
pub(super) fn problems(config: &Map, version: u8) -> Vec<String> {
    let mut problems = Problems { version, list: Vec::new() };
    walk(&CONFIG, config, "", &mut problems);
    problems.list
}

fn walk(object: &Object, map: &Map, path: &str, problems: &mut Problems) {
    check_kind(object.kind, map, path, problems);
    check_duplicates(object, map, path, problems);
    for field in object.fields {
        let Some(value) = map.get(field.name) else { continue };
        let path = join(path, field.name);
        match (&field.ty, value) {
            (Type::Object(object), Value::Map(map)) => walk(object, map, &path, problems),
            (Type::Objects(object, _), Value::Seq(items)) => {
                for (i, item) in items.iter().enumerate() {
                    if let Value::Map(map) = item {
                        walk(object, map, &format!("{path}[{i}]"), problems);
                    }
                }
            }
            _ => {}
        }
    }
}

fn check_duplicates(object: &Object, map: &Map, path: &str, problems: &mut Problems) {
    let mut seen: HashMap<&str, HashSet<String>> = HashMap::new();
    for field in object.fields {
        let Some(key) = field.ty.key().filter(|key| *key != Key::None) else { continue };
        let space = if key == Key::Node { "nodes" } else { field.name };
        for (i, item) in items(map, field.name).iter().enumerate() {
            let key = key_of(item, key);
            let fact = format!("duplicate entry defined ({key:?})");
            if !seen.entry(space).or_default().insert(key) {
                problems.add(path, &format!("{}[{i}]", field.name), fact);
            }
        }
    }
}

fn check_kind(kind: Kind, map: &Map, path: &str, problems: &mut Problems) {
    match kind {
        Kind::Plain => {}
        Kind::Config => check_unit_paths(map, problems),
        Kind::IgnitionConfig if problems.version > 0 => check_sources(map, "merge", path, problems),
        Kind::Tls if problems.version > 0 => check_sources(map, "certificateAuthorities", path, problems),
        Kind::IgnitionConfig | Kind::Tls => {}
        Kind::Proxy => check_proxy(map, path, problems),
        Kind::Resource => check_resource(map, path, problems),
        Kind::HttpHeader => check_header(map, path, problems),
        Kind::Verification => problems.check(path, "hash", check_hash(text(map, "hash"), problems.version)),
        Kind::Owner => {
            if map.contains("id") && !text(map, "name").unwrap_or_default().is_empty() {
                problems.add(path, "", "cannot set both id and name");
            }
        }
        Kind::Tang => check_tang(map, path, problems),
        Kind::Unit => {
            problems.check(path, "name", check_extension(text(map, "name"), &UNIT_EXTENSIONS, "unit"));
            problems.check(path, "contents", unit::check(text(map, "contents").unwrap_or_default()));
        }
        Kind::Dropin => {
            problems.check(path, "contents", unit::check(text(map, "contents").unwrap_or_default()));
            problems.check(path, "name", check_extension(text(map, "name"), &["conf"], "drop-in"));
        }
        _ => storage::check(kind, map, path, problems),
    }
}

const UNIT_EXTENSIONS: [&str; 12] = [
    "service",
    "socket",
    "device",
    "mount",
    "automount",
    "swap",
    "target",
    "path",
    "timer",
    "snapshot",
    "slice",
    "scope",
];

fn check_extension(name: Option<&str>, known: &[&str], what: &str) -> Result<(), String> {
    let extension = name.unwrap_or_default().rsplit_once('.').map_or("", |(_, extension)| extension);
    if known.contains(&extension) { Ok(()) } else { Err(format!("invalid systemd {what} extension")) }
}

/// A unit with contents must not be written as a file as well.
fn check_unit_paths(config: &Map, problems: &mut Problems) {
    let mut paths = HashSet::new();
    let has_contents = |item: &Value| item.get("contents").is_some_and(|c| c.as_str() != Some(""));
    let name = |item: &Value| item.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let systemd = config.get("systemd").and_then(Value::as_map);
    for unit in systemd.map(|s| items(s, "units")).unwrap_or_default() {
        let path = format!("/etc/systemd/system/{}", name(unit));
        for dropin in unit.as_map().map(|u| items(u, "dropins")).unwrap_or_default() {
            if has_contents(dropin) {
                paths.insert(format!("{path}.d/{}", name(dropin)));
            }
        }
        if has_contents(unit) {
            paths.insert(path);
        }
    }
    let Some(storage) = config.get("storage").and_then(Value::as_map) else { return };
    for list in ["files", "directories", "links"] {
        for (i, item) in items(storage, list).iter().enumerate() {
            if item.get("path").and_then(Value::as_str).is_some_and(|path| paths.contains(path)) {
                let place = format!("storage.{list}[{i}].path");
                problems.add(&place, "", "path conflicts with a systemd unit or dropin");
            }
        }
    }
}

fn check_sources(map: &Map, list: &str, path: &str, problems: &mut Problems) {
    for (i, item) in items(map, list).iter().enumerate() {
        if item.get("source").and_then(Value::as_str).unwrap_or_default().is_empty() {
            problems.add(path, &format!("{list}[{i}]"), "source is required");
        }
    }
}

fn check_proxy(map: &Map, path: &str, problems: &mut Problems) {
    for field in ["httpProxy", "httpsProxy"] {
        match text(map, field).map(url::scheme) {
            None => {}
            Some(Err(message)) => problems.add(path, field, message),
            Some(Ok(scheme)) if scheme == "http" || scheme == "https" => {}
            Some(Ok(_)) => problems.add(path, field, "proxies must be http(s)"),
        }
    }
}

fn check_resource(map: &Map, path: &str, problems: &mut Problems) {
    let source = text(map, "source");
    if !matches!(text(map, "compression"), None | Some("" | "gzip")) {
        problems.add(path, "compression", "invalid compression method; use gzip or leave it out");
    }
    if source.is_none() && map.get("verification").and_then(|v| v.get("hash")).is_some() {
        problems.add(path, "verification.hash", "source must be specified if verification is specified");
    }
    problems.check(path, "source", url::check(source.unwrap_or_default(), problems.version));
    if !items(map, "httpHeaders").is_empty() {
        match source.filter(|s| !s.is_empty()).map(url::scheme) {
            Some(Ok(scheme)) if scheme == "http" || scheme == "https" => {}
            Some(Ok(_)) => problems.add(path, "httpHeaders", "cannot use HTTP headers with this source scheme"),
            _ => problems.add(path, "httpHeaders", "unable to parse url"),
        }
    }
}

fn check_header(map: &Map, path: &str, problems: &mut Problems) {
    if !map.contains("name") {
        problems.add(path, "name", "HTTP header name can't be empty");
    }
    if text(map, "value") == Some("") {
        problems.add(path, "value", "HTTP headers must have a value");
    }
}

fn check_hash(hash: Option<&str>, version: u8) -> Result<(), &'static str> {
    let Some(hash) = hash else { return Ok(()) };
    let (function, sum) = hash.split_once('-').ok_or("malformed hash specifier; write sha512-…")?;
    let length = match function {
        "sha512" => 128,
        "sha256" if version > 0 => 64,
        _ => return Err("unrecognized hash function"),
    };
    if sum.len() == length { Ok(()) } else { Err("incorrect size for hash sum") }
}

fn check_tang(map: &Map, path: &str, problems: &mut Problems) {
    match url::scheme(text(map, "url").unwrap_or_default()) {
        Ok(scheme) if scheme == "http" || scheme == "https" => {}
        Ok(_) => problems.add(path, "url", "invalid url scheme"),
        Err(message) => problems.add(path, "url", message),
    }
    if text(map, "thumbprint").unwrap_or_default().is_empty() {
        problems.add(path, "thumbprint", "thumbprint is required");
    }
    let advertisement = text(map, "advertisement").unwrap_or_default();
    if !advertisement.is_empty() && serde_json::from_str::<serde_json::Value>(advertisement).is_err() {
        problems.add(path, "advertisement", "advertisement is not valid JSON");
    }
}

/// The text of a field.
pub(super) fn text<'m>(map: &'m Map, field: &str) -> Option<&'m str> {
    map.get(field).and_then(Value::as_str)
}

/// The items of a list field.
pub(super) fn items<'m>(map: &'m Map, field: &str) -> &'m [Value] {
    map.get(field).and_then(Value::as_seq).unwrap_or_default()
}
