//! Kubeconfigs that are handed out: one cluster's access merged into another file, and files that only their owner can
//! read, written whole or not at all.

use std::io::Write;
use std::path::Path;

use base64::Engine as _;
use serde_json::{Value, json};

use super::Failure;
use crate::yaml;

/// Reads a kubeconfig. What is wrong with it is not quoted: it holds keys.
///
/// # Errors
/// It is no YAML map.
pub fn read(text: &str, shown: &str) -> Result<Value, Failure> {
    let wrong = || Failure::new(format!("the kubeconfig {shown} is no valid YAML map"));
    let source = yaml::Source::from_text(shown, text);
    let Some(document) = yaml::hub_documents(&source).next() else { return Ok(json!({})) };
    let document = document.map_err(|_| wrong())?;
    let value = document.root().map_or(Ok(Value::Null), yaml::NodeRef::to_json).map_err(|_| wrong())?;
    match value {
        Value::Null => Ok(json!({})),
        map @ Value::Object(_) => Ok(map),
        _ => Err(wrong()),
    }
}

/// The bytes behind base64, as Secrets hold them.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()
}

/// What merging did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// The context is new.
    Added,
    /// It was there for the same server, with other credentials.
    Replaced,
    /// It was there and said the same.
    Unchanged,
}

/// Puts the access of `one` into `whole`, under one name for cluster, user and context. The current context stays.
///
/// # Errors
/// `one` has no context, cluster and user, or the name stands for another server already and `force` is not set.
pub fn merge(whole: &mut Value, one: &Value, name: &str, force: bool) -> Result<Merged, Failure> {
    let (cluster, user, namespace) = access(one)?;
    let server = |cluster: &Value| cluster["server"].as_str().map(str::to_owned);
    let there = entry(whole, "clusters", name).map(|entry| entry["cluster"].clone());
    let other_user = entry(whole, "users", name).map(|entry| entry["user"].clone());
    if let Some(old) = there.as_ref().filter(|old| server(old) != server(&cluster) && !force) {
        let old = server(old).unwrap_or_else(|| "no server".to_owned());
        return Err(Failure::new(format!("the kubeconfig has a cluster {name:?} already, and it is {old}"))
            .fix("choose another name with --context-name, or replace it with --force"));
    }
    let mut context = json!({"cluster": name, "user": name});
    if let Some(namespace) = namespace {
        context["namespace"] = namespace;
    }
    let old_context = entry(whole, "contexts", name).map(|entry| entry["context"].clone());
    let same = there.as_ref() == Some(&cluster) && other_user.as_ref() == Some(&user);
    if same && old_context.as_ref() == Some(&context) {
        return Ok(Merged::Unchanged);
    }
    let known = there.is_some();
    for (list, kind, value) in
        [("clusters", "cluster", cluster), ("users", "user", user), ("contexts", "context", context)]
    {
        put(whole, list, name, kind, value);
    }
    let defaults = [("apiVersion", json!("v1")), ("kind", json!("Config"))];
    if let Some(map) = whole.as_object_mut() {
        for (key, value) in defaults {
            map.entry(key).or_insert(value);
        }
    }
    Ok(if known { Merged::Replaced } else { Merged::Added })
}

/// Cluster, user and namespace of the current context, or of the only one.
fn access(one: &Value) -> Result<(Value, Value, Option<Value>), Failure> {
    let wrong = || Failure::new("the kubeconfig in the secret has no context with a cluster and a user");
    let contexts = one["contexts"].as_array().ok_or_else(wrong)?;
    let current = one["current-context"].as_str().unwrap_or_default();
    let context = contexts.iter().find(|context| context["name"] == current).or(contexts.first()).ok_or_else(wrong)?;
    let context = &context["context"];
    let named = |list: &str, key: &str| context[key].as_str().and_then(|name| entry(one, list, name));
    let cluster = named("clusters", "cluster").ok_or_else(wrong)?["cluster"].clone();
    let user = named("users", "user").ok_or_else(wrong)?["user"].clone();
    Ok((cluster, user, context.get("namespace").cloned()))
}

fn entry<'v>(config: &'v Value, list: &str, name: &str) -> Option<&'v Value> {
    config[list].as_array()?.iter().find(|entry| entry["name"] == name)
}

fn put(config: &mut Value, list: &str, name: &str, kind: &str, value: Value) {
    if !config[list].is_array() {
        config[list] = json!([]);
    }
    let Some(entries) = config[list].as_array_mut() else { return };
    let new = json!({"name": name, kind: value});
    match entries.iter_mut().find(|entry| entry["name"] == name) {
        Some(entry) => *entry = new,
        None => entries.push(new),
    }
}

/// A kubeconfig as text.
///
/// # Errors
/// It cannot be written, which is a mistake of this program.
pub fn text(config: &Value) -> Result<String, Failure> {
    // JSON is YAML, so that the one emitter writes both.
    let source = yaml::Source::from_text("kubeconfig", config.to_string());
    let failed = || Failure::new("cannot write the kubeconfig as YAML");
    let document = yaml::documents(&source).next().ok_or_else(failed)?.map_err(|_| failed())?;
    let value = document.root().map_or(Ok(yaml::Value::Null), yaml::NodeRef::to_value).map_err(|_| failed())?;
    Ok(yaml::emit::to_string(&value))
}

/// Writes a file with secrets: whole or not at all, and for its owner only. A link is followed.
///
/// # Errors
/// It cannot be written.
pub fn write_secret(path: &Path, content: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("cannot write {}", path.display())).because(error);
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Temporary files are for their owner only from the start.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(content.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(server: &str, token: &str) -> Value {
        json!({"clusters": [{"name": "c", "cluster": {"server": server}}],
            "users": [{"name": "admin", "user": {"token": token}}],
            "contexts": [{"name": "admin", "context": {"cluster": "c", "user": "admin"}}], "current-context": "admin"})
    }

    #[test]
    fn access_is_added_under_one_name_and_once() {
        let mut whole = json!({"current-context": "hub", "users": [{"name": "me", "user": {}}], "x": 1});
        assert_eq!(merge(&mut whole, &one("https://a", "t"), "sno1", false), Ok(Merged::Added));
        assert_eq!(whole["contexts"][0], json!({"name": "sno1", "context": {"cluster": "sno1", "user": "sno1"}}));
        assert_eq!(
            (whole["current-context"].as_str(), whole["users"].as_array().map(Vec::len)),
            (Some("hub"), Some(2))
        );
        assert_eq!(merge(&mut whole, &one("https://a", "t"), "sno1", false), Ok(Merged::Unchanged));
        assert_eq!(merge(&mut whole, &one("https://a", "new"), "sno1", false), Ok(Merged::Replaced));
        assert_eq!(whole["users"][1]["user"]["token"], "new");
    }

    #[test]
    fn a_name_of_another_server_is_not_taken_away() {
        let mut whole = json!({});
        merge(&mut whole, &one("https://a", "t"), "sno1", false).unwrap();
        let error = merge(&mut whole, &one("https://b", "t"), "sno1", false).unwrap_err();
        assert!(error.message.ends_with("it is https://a"), "{}", error.message);
        assert_eq!(merge(&mut whole, &one("https://b", "t"), "sno1", true), Ok(Merged::Replaced));
    }

    #[test]
    fn what_is_wrong_is_not_quoted() {
        let error = read("a: [secret", "x").unwrap_err();
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        assert!(merge(&mut json!({}), &json!({}), "n", false).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn a_secret_file_is_for_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write_secret(&link, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(link.is_symlink() && std::fs::read_dir(folder.path()).unwrap().count() == 2);
    }
}
