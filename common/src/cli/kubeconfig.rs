//! Kubeconfigs that are handed out: one cluster's access merged into another file, and files that only their owner can
//! read, written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

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

/// Refuses a kubeconfig of somebody else that would run programs here, or name files of this machine: whoever may write
/// a Secret on the hub could do so on the computer of everybody who fetches it.
///
/// # Errors
/// It names a program or a file.
pub fn require_self_contained(config: &Value, shown: &str) -> Result<(), Failure> {
    const OF_USERS: &[&str] = &["exec", "auth-provider", "tokenFile", "client-certificate", "client-key"];
    for (list, kind, foreign) in [("users", "user", OF_USERS), ("clusters", "cluster", &["certificate-authority"])] {
        for entry in config[list].as_array().into_iter().flatten() {
            let is_set = |key: &&&str| !entry[kind][**key].is_null() && entry[kind][**key] != "";
            if let Some(key) = foreign.iter().find(is_set) {
                return Err(Failure::new(format!("the kubeconfig {shown} is not taken over: a {kind} has {key}"))
                    .because("it names a program or a file of this machine, which only your own kubeconfig may")
                    .fix("look at it with --stdout, and find out who wrote it"));
            }
        }
    }
    Ok(())
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
    let old_context = entry(whole, "contexts", name).map(|entry| entry["context"].clone());
    // With the cluster of that name known to be the same, they are what we wrote before.
    let is_ours = |old: &Value| there.is_some() && old["cluster"] == name && old["user"] == name;
    let foreign = match (&old_context, &other_user) {
        (Some(old), _) if !is_ours(old) => Some("context"),
        (None, Some(old)) if *old != user => Some("user"),
        _ => None,
    };
    if let Some(what) = foreign.filter(|_| !force) {
        return Err(Failure::new(format!(
            "the kubeconfig has a {what} {name:?} already, which stands for something else"
        ))
        .fix("choose another name with --context-name, or replace it with --force"));
    }
    let mut context = json!({"cluster": name, "user": name});
    if let Some(namespace) = namespace {
        context["namespace"] = namespace;
    }
    let same = there.as_ref() == Some(&cluster) && other_user.as_ref() == Some(&user);
    if same && old_context.as_ref() == Some(&context) {
        return Ok(Merged::Unchanged);
    }
    let known = there.is_some() || other_user.is_some() || old_context.is_some();
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
    let target = target(path);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Temporary files are for their owner only from the start.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(content.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Where a path leads to, also when nothing is there yet.
fn target(path: &Path) -> PathBuf {
    let mut at = path.to_path_buf();
    // As many links as Linux follows.
    for _ in 0..40 {
        let Ok(link) = std::fs::read_link(&at) else { break };
        at = at.parent().map_or_else(|| link.clone(), |folder| folder.join(&link));
    }
    std::fs::canonicalize(path).unwrap_or(at)
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
    fn a_context_or_user_of_somebody_else_is_not_taken_away() {
        let foreign = [
            json!({"contexts": [{"name": "sno1", "context": {"cluster": "hub", "user": "me"}}]}),
            json!({"users": [{"name": "sno1", "user": {"token": "mine"}}]}),
        ];
        for mut whole in foreign {
            let error = merge(&mut whole, &one("https://a", "t"), "sno1", false).unwrap_err();
            assert!(error.message.ends_with("stands for something else"), "{}", error.message);
            assert_eq!(merge(&mut whole, &one("https://a", "t"), "sno1", true), Ok(Merged::Replaced));
        }
    }

    #[test]
    fn what_would_run_programs_or_read_files_here_is_refused() {
        assert_eq!(require_self_contained(&one("https://a", "t"), "x"), Ok(()));
        for key in ["exec", "auth-provider", "tokenFile", "client-certificate", "client-key"] {
            let mut bad = one("https://a", "t");
            bad["users"][0]["user"][key] = json!("/tmp/x");
            assert!(require_self_contained(&bad, "x").unwrap_err().message.contains(key));
        }
        let mut bad = one("https://a", "t");
        bad["clusters"][0]["cluster"]["certificate-authority"] = json!("/etc/passwd");
        assert!(require_self_contained(&bad, "x").is_err());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_nothing_yet_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("config", &link).unwrap();
        write_secret(&link, "new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(folder.path().join("config")).unwrap(), "new");
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
