//! Kubeconfig files: where they are, and which cluster and user are meant.

use std::path::{Path, PathBuf};

use kube::config::{AuthInfo, Cluster, Kubeconfig, KubeconfigError};

use super::{ApiError, Connection};
use crate::suggest::nearest;

/// What a kubeconfig says about one server.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) context: Option<String>,
    /// What the kubeconfig calls the user.
    pub(super) user_name: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) cluster: Cluster,
    pub(super) user: AuthInfo,
}

/// Reads the kubeconfig that the user means; `None` when there is none at all.
pub(super) fn find(connection: &Connection) -> Result<Option<Kubeconfig>, ApiError> {
    if let Some(path) = &connection.kubeconfig {
        return read(path).map(Some);
    }
    let named = std::env::var_os("KUBECONFIG").unwrap_or_default();
    let named: Vec<PathBuf> = std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
    if !named.is_empty() {
        return merged(&named);
    }
    let usual = std::env::home_dir().map(|home| home.join(".kube").join("config")).filter(|path| path.is_file());
    usual.map(|path| read(&path)).transpose()
}

/// Several files as one: the first that says something wins. As for client-go 1.33 (`clientcmd/loader.go`), files that
/// are missing do not count, and neither does an empty `current-context`.
fn merged(paths: &[PathBuf]) -> Result<Option<Kubeconfig>, ApiError> {
    let mut merged: Option<Kubeconfig> = None;
    for path in paths.iter().filter(|path| path.exists()) {
        let next = read(path)?;
        merged = Some(match merged {
            None => next,
            Some(before) => before.merge(next).map_err(|error| unreadable(path, &error))?,
        });
    }
    // In a pod, its service account is next.
    if merged.is_none() && std::env::var_os("KUBERNETES_SERVICE_HOST").is_none() {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(ApiError::new(format!("cannot read kubeconfig {}", paths.join(", ")))
            .because("KUBECONFIG names it, but there is no such file")
            .fix("name one with --kubeconfig, or log in with oc login"));
    }
    Ok(merged)
}

fn read(path: &Path) -> Result<Kubeconfig, ApiError> {
    let mut config = Kubeconfig::read_from(path).map_err(|error| unreadable(path, &error))?;
    config.current_context = config.current_context.filter(|name| !name.is_empty());
    Ok(config)
}

/// Reads a kubeconfig from a text; `shown` says where it is from.
pub(super) fn parse(text: &str, shown: &str) -> Result<Kubeconfig, ApiError> {
    // The reason would quote the text, and with it the key.
    Kubeconfig::from_yaml(text).map_err(|_| ApiError::new(format!("the kubeconfig of {shown} is no valid YAML")))
}

/// A kubeconfig that is not the user's own must not run programs here, nor send files of this machine elsewhere.
pub(super) fn is_self_contained(chosen: &Chosen) -> bool {
    let Chosen { cluster, user, .. } = chosen;
    let paths = [&cluster.certificate_authority, &user.client_certificate, &user.client_key, &user.token_file];
    user.exec.is_none() && user.auth_provider.is_none() && paths.iter().all(|path| path.is_none())
}

fn unreadable(path: &Path, error: &KubeconfigError) -> ApiError {
    let reason = match error {
        KubeconfigError::ReadConfig(reason, _) => plain_io(reason),
        // The reason would quote the text, and with it the key.
        KubeconfigError::Parse(_) => "it is no valid kubeconfig".to_owned(),
        other => other.to_string(),
    };
    ApiError::new(format!("cannot read kubeconfig {}", path.display()))
        .because(reason)
        .fix("name one with --kubeconfig, or log in with oc login")
}

/// Without the number.
pub(super) fn plain_io(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The cluster and user of the context that is meant.
pub(super) fn choose(config: &Kubeconfig, connection: &Connection) -> Result<Chosen, ApiError> {
    let named = connection.context.as_ref().or(config.current_context.as_ref()).filter(|name| !name.is_empty());
    let Some(name) = named else {
        if connection.server.is_some() {
            return Ok(Chosen { user: user(config, connection.user.as_ref(), None)?, ..Chosen::default() });
        }
        return Err(no_context(config));
    };
    let Some(found) = config.contexts.iter().find(|context| context.name == *name) else {
        return Err(unknown("context", name, config.contexts.iter().map(|c| &*c.name)));
    };
    let context = found.context.clone().unwrap_or_default();
    let cluster = config.clusters.iter().find(|cluster| cluster.name == context.cluster);
    let cluster = match cluster.and_then(|cluster| cluster.cluster.clone()) {
        Some(cluster) => cluster,
        None if connection.server.is_some() => Cluster::default(),
        None => {
            let why = match context.cluster.as_str() {
                "" => "names no cluster".to_owned(),
                missing => format!("names the cluster {missing:?}, which is not there"),
            };
            return Err(ApiError::new(format!("context {name:?} {why}"))
                .fix("log in again with oc login, or choose another context with --context"));
        }
    };
    Ok(Chosen {
        context: Some(name.clone()),
        user_name: connection.user.clone().or_else(|| context.user.clone()),
        namespace: context.namespace.clone(),
        cluster,
        user: user(config, connection.user.as_ref(), context.user.as_ref())?,
    })
}

/// A user that the context names but that is missing is nobody, as for `kubectl`; one that was asked for must be there.
fn user(config: &Kubeconfig, asked: Option<&String>, usual: Option<&String>) -> Result<AuthInfo, ApiError> {
    let find = |name: &String| config.auth_infos.iter().find(|user| user.name == *name);
    let found = match asked {
        Some(name) => match find(name) {
            None => return Err(unknown("user", name, config.auth_infos.iter().map(|user| &*user.name))),
            found => found,
        },
        None => usual.and_then(find),
    };
    Ok(found.and_then(|user| user.auth_info.clone()).unwrap_or_default())
}

fn no_context(config: &Kubeconfig) -> ApiError {
    let contexts: Vec<&str> = config.contexts.iter().map(|context| context.name.as_str()).take(10).collect();
    let error = ApiError::new("the kubeconfig has no current context");
    match contexts.as_slice() {
        [] => error.fix("log in with oc login, or name a kubeconfig with --kubeconfig"),
        names => error.fix(format!("choose one with --context: {}", names.join(", "))),
    }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str> + Clone) -> ApiError {
    let error = ApiError::new(format!("there is no {what} {name:?} in the kubeconfig"));
    match nearest(name, known.clone()) {
        Some(near) => error.fix(format!("did you mean {near:?}?")),
        None => match known.take(10).collect::<Vec<_>>().as_slice() {
            [] => error.fix("log in with oc login, or name a kubeconfig with --kubeconfig"),
            names => error.fix(format!("choose one of: {}", names.join(", "))),
        },
    }
}

/// The bytes of a field that is there as base64 or as the path of a file.
pub(super) fn bytes(data: Option<&String>, file: Option<&String>, what: &str) -> Result<Option<Vec<u8>>, ApiError> {
    use base64::Engine;
    if let Some(data) = data.filter(|data| !data.is_empty()) {
        let decoded = base64::engine::general_purpose::STANDARD.decode(data.trim());
        return decoded
            .map(Some)
            .map_err(|_| ApiError::new(format!("the {what} in the kubeconfig is no valid base64")).fix(LOG_IN));
    }
    file.filter(|file| !file.is_empty()).map(|file| self::file(Path::new(file), what)).transpose()
}

/// The bytes of a file.
pub(super) fn file(path: &Path, what: &str) -> Result<Vec<u8>, ApiError> {
    std::fs::read(path)
        .map_err(|error| ApiError::new(format!("cannot read {what} {}", path.display())).because(plain_io(&error)))
        .map_err(|error| error.fix(LOG_IN))
}

const LOG_IN: &str = "check what the kubeconfig and the flags name, or log in again with oc login";

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Kubeconfig {
        parse(
            "apiVersion: v1\nkind: Config\ncurrent-context: hub\n\
             clusters: [{name: c, cluster: {server: 'https://hub:6443'}}]\n\
             users: [{name: u, user: {token: secret}}]\n\
             contexts: [{name: hub, context: {cluster: c, user: u, namespace: ztp}}, {name: old, context: {cluster: gone}}]\n",
            "test",
        )
        .unwrap()
    }

    #[test]
    fn the_context_decides_and_flags_go_before() {
        let chosen = choose(&config(), &Connection::default()).unwrap();
        assert_eq!(
            (chosen.namespace.as_deref(), chosen.cluster.server.as_deref()),
            (Some("ztp"), Some("https://hub:6443"))
        );
        let error =
            choose(&config(), &Connection { context: Some("hubb".into()), ..Connection::default() }).unwrap_err();
        assert_eq!(error.fix.as_deref(), Some("did you mean \"hub\"?"));
        let error =
            choose(&config(), &Connection { context: Some("old".into()), ..Connection::default() }).unwrap_err();
        assert!(error.message.contains("\"gone\", which is not there"), "{}", error.message);
        let empty = parse("current-context: hub\ncontexts: [{name: hub, context: null}]", "test").unwrap();
        assert_eq!(choose(&empty, &Connection::default()).unwrap_err().message, "context \"hub\" names no cluster");
    }

    #[test]
    fn a_user_that_was_asked_for_must_be_there() {
        let asked = |name: &str| Connection { user: Some(name.to_owned()), ..Connection::default() };
        assert!(choose(&config(), &asked("u")).unwrap().user.token.is_some());
        let error = choose(&config(), &asked("you")).unwrap_err();
        assert_eq!(error.message, "there is no user \"you\" in the kubeconfig");
    }

    #[test]
    fn a_server_that_was_given_needs_no_cluster() {
        let connection =
            Connection { context: Some("old".into()), server: Some("https://x".into()), ..Connection::default() };
        assert!(choose(&config(), &connection).is_ok());
    }

    #[test]
    fn of_several_files_the_first_wins_and_missing_ones_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name)
        };
        let paths = [
            folder.path().join("missing"),
            file("a", "current-context: ''\nclusters: [{name: c, cluster: {server: 'https://first'}}]\n"),
            file(
                "b",
                "current-context: hub\nclusters: [{name: c, cluster: {server: 'https://second'}}]\n\
                 users: [{name: u, user: {client-certificate: certs/u.crt}}]\n\
                 contexts: [{name: hub, context: {cluster: c, user: u}}]\n",
            ),
        ];
        let chosen = choose(&merged(&paths).unwrap().unwrap(), &Connection::default()).unwrap();
        assert_eq!(chosen.cluster.server.as_deref(), Some("https://first"));
        let certificate = folder.path().join("certs/u.crt");
        assert_eq!(chosen.user.client_certificate.as_deref(), certificate.to_str(), "paths count from their file");
        assert!(!is_self_contained(&chosen));
    }

    #[test]
    fn a_broken_kubeconfig_is_never_quoted() {
        let error = parse("users: [{token: very-secret", "sno1").unwrap_err();
        assert!(!format!("{error:?}").contains("very-secret"));
    }
}
