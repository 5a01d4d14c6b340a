//! `configMapGenerator` and `secretGenerator`, and the hash their names end with.
//!
//! Copied from kustomize api 0.18 `internal/generators`, `kv/kv.go`, `hasher/hasher.go` and kyaml 0.18
//! `yaml/datamap.go`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::resource::Behavior;
use crate::yaml::{Map, Value};

/// `generatorOptions`, or `options` of one generator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    pub disable_name_suffix_hash: bool,
    pub immutable: bool,
}

impl Options {
    /// One generator's options with those of the whole kustomization behind them.
    pub fn over(mut self, global: &Self) -> Self {
        for (key, value) in &global.labels {
            self.labels.entry(key.clone()).or_insert_with(|| value.clone());
        }
        for (key, value) in &global.annotations {
            self.annotations.entry(key.clone()).or_insert_with(|| value.clone());
        }
        self.disable_name_suffix_hash |= global.disable_name_suffix_hash;
        self.immutable |= global.immutable;
        self
    }
}

/// One entry of a generator list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataArgs {
    pub name: String,
    pub namespace: String,
    pub behavior: Behavior,
    pub files: Vec<String>,
    pub literals: Vec<String>,
    pub envs: Vec<String>,
    pub options: Options,
    /// `type` of a Secret; "" for Opaque.
    pub secret_type: String,
}

/// What is made of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataKind {
    ConfigMap,
    Secret,
}

/// Makes the ConfigMap or Secret, without hash. `load` reads a file named in the entry.
///
/// # Errors
/// No name, a malformed source, a key twice, or a file that cannot be read.
pub fn make(kind: DataKind, args: &DataArgs, load: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<Value, String> {
    if args.name.is_empty() {
        return Err("the generator has no `name`".into());
    }
    let mut pairs = BTreeMap::new();
    for (key, value) in sources(args, load)? {
        if pairs.insert(key.clone(), value).is_some() {
            return Err(format!("the key {key:?} comes twice"));
        }
    }
    let mut metadata = Map::new();
    metadata.insert("name", args.name.as_str());
    for (field, texts) in [("labels", &args.options.labels), ("annotations", &args.options.annotations)] {
        if !texts.is_empty() {
            metadata.insert(field, texts.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Map>());
        }
    }
    if !args.namespace.is_empty() {
        metadata.insert("namespace", args.namespace.as_str());
    }
    let mut map = Map::new();
    map.insert("apiVersion", "v1");
    map.insert("metadata", metadata);
    match kind {
        DataKind::ConfigMap => config_map(&mut map, pairs),
        DataKind::Secret => secret(&mut map, pairs, &args.secret_type),
    }
    if args.options.immutable {
        map.insert("immutable", true);
    }
    Ok(Value::Map(map))
}

fn config_map(map: &mut Map, pairs: BTreeMap<String, Vec<u8>>) {
    map.insert("kind", "ConfigMap");
    let (mut data, mut binary) = (Map::new(), Map::new());
    for (key, value) in pairs {
        match String::from_utf8(value) {
            Ok(text) => data.insert(key, text),
            Err(bytes) => binary.insert(key, wrapped_base64(bytes.as_bytes())),
        }
    }
    for (section, content) in [("data", data), ("binaryData", binary)] {
        if !content.is_empty() {
            map.insert(section, content);
        }
    }
}

fn secret(map: &mut Map, pairs: BTreeMap<String, Vec<u8>>, secret_type: &str) {
    map.insert("kind", "Secret");
    map.insert("type", if secret_type.is_empty() { "Opaque" } else { secret_type });
    map.insert("data", pairs.iter().map(|(k, v)| (k.as_str(), wrapped_base64(v))).collect::<Map>());
}

/// Base64 in lines of 70 characters; one line has no break.
fn wrapped_base64(bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    if text.len() < 70 {
        return text;
    }
    let mut lines = String::with_capacity(text.len() + text.len() / 70 + 1);
    for (i, c) in text.chars().enumerate() {
        if i > 0 && i % 70 == 0 {
            lines.push('\n');
        }
        lines.push(c);
    }
    lines.push('\n');
    lines
}

type Pairs = Vec<(String, Vec<u8>)>;

fn sources(args: &DataArgs, load: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<Pairs, String> {
    let mut pairs = Vec::new();
    for env in &args.envs {
        env_file(&load(env)?, &mut pairs).map_err(|e| format!("{env}: {e}"))?;
    }
    for literal in &args.literals {
        let (key, value) = literal
            .split_once('=')
            .filter(|(key, _)| !key.is_empty())
            .ok_or_else(|| format!("the literal {literal:?} is not of the form key=value"))?;
        pairs.push((key.to_owned(), unquoted(value).as_bytes().to_vec()));
    }
    for file in &args.files {
        let (key, path) = file_source(file)?;
        pairs.push((key.to_owned(), load(path)?));
    }
    Ok(pairs)
}

fn file_source(file: &str) -> Result<(&str, &str), String> {
    match file.split('=').collect::<Vec<_>>().as_slice() {
        [path] => Ok((path.trim_end_matches('/').rsplit('/').next().unwrap_or(path), path)),
        [key, path] if !key.is_empty() && !path.is_empty() => Ok((key, path)),
        _ => Err(format!("the file {file:?} is not of the form path or key=path")),
    }
}

fn env_file(bytes: &[u8], pairs: &mut Pairs) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "the file is not UTF-8")?;
    for line in text.trim_start_matches('\u{feff}').split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_start();
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        if !line.starts_with('#') && !key.is_empty() {
            pairs.push((key.to_owned(), value.as_bytes().to_vec()));
        }
    }
    Ok(())
}

fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

/// The ten characters kustomize appends to the name of a ConfigMap or Secret: the SHA-256 of its content as JSON, in
/// an alphabet without vowels and ambiguous digits. The name does not count.
///
/// # Errors
/// Another kind of resource.
pub fn hash(value: &Value) -> Result<String, String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let section = |key: &str| value.get(key).map(json).unwrap_or_else(|| "\"\"".into());
    let optional = |key: &str| value.get(key).filter(|v| v.as_map().is_some()).map(json);
    let mut content = String::from("{");
    match text("kind") {
        "ConfigMap" => {
            if let Some(binary) = optional("binaryData") {
                let _ = write!(content, "\"binaryData\":{binary},");
            }
            let _ = write!(content, "\"data\":{},\"kind\":\"ConfigMap\",\"name\":\"\"}}", section("data"));
        }
        "Secret" => {
            let _ = write!(content, "\"data\":{},\"kind\":\"Secret\",\"name\":\"\"", section("data"));
            if let Some(texts) = optional("stringData") {
                let _ = write!(content, ",\"stringData\":{texts}");
            }
            let _ = write!(content, ",\"type\":{}}}", json(&Value::from(text("type"))));
        }
        kind => return Err(format!("a hash can be added to the name of a ConfigMap or Secret, not of a {kind}")),
    }
    Ok(encode(&Sha256::digest(content.as_bytes())))
}

fn encode(digest: &[u8]) -> String {
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let replaced = |c| match c {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        other => other,
    };
    hex.chars().map(replaced).collect()
}

/// JSON as Go writes it: keys sorted by bytes, `<`, `>`, `&` and line separators escaped.
fn json(value: &Value) -> String {
    match value {
        Value::Map(map) => {
            let sorted: BTreeMap<&str, &Value> = map.iter().filter_map(|(k, v)| Some((k.as_str()?, v))).collect();
            let entries: Vec<_> = sorted.iter().map(|(k, v)| format!("{}:{}", json_text(k), json(v))).collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Seq(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Str(text) | Value::Timestamp(text) => json_text(text),
        other => super::resource::scalar_text(other).unwrap_or_else(|| "null".into()),
    }
}

fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: DataKind, args: DataArgs) -> Value {
        let args = DataArgs { name: "n".into(), ..args };
        make(kind, &args, &|path| Ok(format!("content of {path}").into_bytes())).unwrap()
    }

    #[test]
    fn sources_become_keys() {
        let args = DataArgs {
            files: vec!["dir/a.txt".into(), "k=b.txt".into()],
            literals: vec!["l='x=y'".into()],
            ..DataArgs::default()
        };
        let value = made(DataKind::ConfigMap, args);
        assert_eq!(value.at(&["data", "a.txt"]), Some(&"content of dir/a.txt".into()));
        assert_eq!(value.at(&["data", "k"]), Some(&"content of b.txt".into()));
        assert_eq!(value.at(&["data", "l"]), Some(&"x=y".into()));
    }

    #[test]
    fn a_long_secret_is_wrapped() {
        let args = DataArgs { literals: vec![format!("a={}", "x".repeat(60))], ..DataArgs::default() };
        let value = made(DataKind::Secret, args);
        let text = value.at(&["data", "a"]).and_then(Value::as_str).unwrap();
        assert_eq!(text.split('\n').map(str::len).collect::<Vec<_>>(), [70, 10, 0]);
    }

    #[test]
    fn hashes_are_those_of_kustomize() {
        let args = DataArgs { literals: vec!["a=<b>".into()], ..DataArgs::default() };
        assert_eq!(hash(&made(DataKind::ConfigMap, args.clone())).unwrap(), "9t52kmmgh5");
        assert_eq!(hash(&made(DataKind::Secret, args)).unwrap(), "md2tt46g4c");
    }
}
