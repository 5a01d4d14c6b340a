//! Kubeconfig files: where they are, and which cluster and user are meant.

use std::path::Path;

use kube::config::{AuthInfo, Cluster, Kubeconfig, KubeconfigError};

use super::{ApiError, Connection};
use crate::suggest::nearest;

/// What a kubeconfig says about one server.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) context: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) cluster: Cluster,
    pub(super) user: AuthInfo,
}

/// Reads the kubeconfig that the user means; `None` when there is none at all.
pub(super) fn find(connection: &Connection) -> Result<Option<Kubeconfig>, ApiError> {
    if let Some(path) = &connection.kubeconfig {
        return Kubeconfig::read_from(path).map(Some).map_err(|error| unreadable(&path.display().to_string(), &error));
    }
    match Kubeconfig::from_env() {
        Ok(Some(config)) => return Ok(Some(config)),
        Ok(None) => {}
        Err(error) => return Err(unreadable("KUBECONFIG", &error)),
    }
    let Some(path) = std::env::home_dir().map(|home| home.join(".kube").join("config")) else { return Ok(None) };
    if !path.is_file() {
        return Ok(None);
    }
    Kubeconfig::read_from(&path).map(Some).map_err(|error| unreadable(&path.display().to_string(), &error))
}

/// Reads a kubeconfig from a text; `shown` says where it is from.
pub(super) fn parse(text: &str, shown: &str) -> Result<Kubeconfig, ApiError> {
    // The reason would quote the text, and with it the key.
    Kubeconfig::from_yaml(text).map_err(|_| ApiError::new(format!("the kubeconfig of {shown} is no valid YAML")))
}

fn unreadable(shown: &str, error: &KubeconfigError) -> ApiError {
    let (shown, reason) = match error {
        KubeconfigError::ReadConfig(reason, path) => (path.display().to_string(), reason.to_string()),
        KubeconfigError::Parse(_) => (shown.to_owned(), "it is no valid YAML".to_owned()),
        other => (shown.to_owned(), other.to_string()),
    };
    ApiError::new(format!("cannot read kubeconfig {shown}"))
        .because(reason)
        .fix("name one with --kubeconfig, or log in with oc login")
}

/// The cluster and user of the context that is meant.
pub(super) fn choose(config: &Kubeconfig, connection: &Connection) -> Result<Chosen, ApiError> {
    let named = connection.context.as_ref().or(config.current_context.as_ref()).filter(|name| !name.is_empty());
    let Some(name) = named else {
        if connection.server.is_some() {
            return Ok(Chosen { user: user(config, connection.user.as_ref())?, ..Chosen::default() });
        }
        return Err(no_context(config));
    };
    let found = config.contexts.iter().find(|context| context.name == *name).and_then(|c| c.context.as_ref());
    let Some(context) = found else { return Err(unknown("context", name, config.contexts.iter().map(|c| &*c.name))) };
    let cluster = config.clusters.iter().find(|cluster| cluster.name == context.cluster);
    let Some(cluster) = cluster.and_then(|cluster| cluster.cluster.clone()) else {
        return Err(ApiError::new(format!(
            "context {name:?} names the cluster {:?}, which is not there",
            context.cluster
        ))
        .fix("log in again with oc login, or choose another context with --context"));
    };
    Ok(Chosen {
        context: Some(name.clone()),
        namespace: context.namespace.clone(),
        cluster,
        user: user(config, connection.user.as_ref().or(context.user.as_ref()))?,
    })
}

/// A user that the context names but that is missing is nobody, as for `kubectl`; one that was asked for must be there.
fn user(config: &Kubeconfig, name: Option<&String>) -> Result<AuthInfo, ApiError> {
    let Some(name) = name else { return Ok(AuthInfo::default()) };
    let found = config.auth_infos.iter().find(|user| user.name == *name).and_then(|user| user.auth_info.clone());
    Ok(found.unwrap_or_default())
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
        None => error.fix(format!("choose one of: {}", known.take(10).collect::<Vec<_>>().join(", "))),
    }
}

/// The bytes of a field that is there as base64 or as the path of a file.
pub(super) fn bytes(data: Option<&String>, file: Option<&String>, what: &str) -> Result<Option<Vec<u8>>, ApiError> {
    use base64::Engine;
    if let Some(data) = data.filter(|data| !data.is_empty()) {
        let decoded = base64::engine::general_purpose::STANDARD.decode(data.trim());
        return decoded
            .map(Some)
            .map_err(|_| ApiError::new(format!("the {what} in the kubeconfig is no valid base64")));
    }
    file.filter(|file| !file.is_empty()).map(|file| self::file(Path::new(file), what)).transpose()
}

/// The bytes of a file.
pub(super) fn file(path: &Path, what: &str) -> Result<Vec<u8>, ApiError> {
    std::fs::read(path).map_err(|error| ApiError::new(format!("cannot read {what} {}", path.display())).because(error))
}

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
    }

    #[test]
    fn a_broken_kubeconfig_is_never_quoted() {
        let error = parse("users: [{token: very-secret", "sno1").unwrap_err();
        assert!(!format!("{error:?}").contains("very-secret"));
    }
}
