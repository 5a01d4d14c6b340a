//! One live API server: connecting, and reading single things.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use http::Request;
use kube::Client;
use kube::core::Request as Build;
use kube::core::params::GetParams;
use serde_json::Value;

use super::config::{self, Resolved};
use super::error::{Attempt, unusable};
use super::exec::Login;
use super::proxy::Proxy;
use super::{ApiError, Connection};
use crate::resource::{Resource, Scope};

/// One live API server. Every call blocks.
pub struct Server {
    pub(super) runtime: tokio::runtime::Runtime,
    pub(super) client: Client,
    pub(super) login: Option<Login>,
    context: Option<String>,
    user: Option<String>,
    host: String,
    /// What the way leads through.
    proxy: Option<Proxy>,
    namespace: String,
    /// How long one request may take.
    pub(super) patience: Duration,
    pub(super) verbose: u8,
    pub(super) or_recorded: bool,
    /// Versions that differ from the one we ask for; `None` for kinds that are not served.
    versions: RefCell<HashMap<(&'static str, &'static str), Option<String>>>,
}

impl Server {
    /// Gets ready to ask the server that is meant. Nothing is sent yet.
    ///
    /// # Errors
    /// There is no kubeconfig, it cannot be read, or it does not say where the server is.
    pub fn connect(connection: &Connection) -> Result<Self, ApiError> {
        Self::new(config::resolve(connection)?, connection)
    }

    /// The same from a kubeconfig that is at hand, such as the one in a cluster's Secret; `shown` says whose it is. Only
    /// time limits and verbosity of the connection count. A kubeconfig that names programs or files is not followed.
    ///
    /// # Errors
    /// The kubeconfig cannot be read, or does not say where the server is.
    pub fn from_kubeconfig(text: &str, shown: &str, connection: &Connection) -> Result<Self, ApiError> {
        let (request_timeout, verbose) = (connection.request_timeout, connection.verbose);
        let connection = Connection { request_timeout, verbose, ..Connection::default() };
        Self::new(config::from_text(text, shown, &connection)?, &connection)
    }

    fn new(resolved: Resolved, connection: &Connection) -> Result<Self, ApiError> {
        let Resolved { config, context, user, login, proxy } = resolved;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| ApiError::new("cannot start the network client").because(error))?;
        let host = config.cluster_url.authority().map(|authority| authority.as_str()).unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default().to_owned();
        let namespace = config.default_namespace.clone();
        let client = runtime.block_on(async { Client::try_from(config) }).map_err(|error| unusable(&host, &error))?;
        Ok(Self {
            runtime,
            client,
            login,
            context,
            user,
            host,
            proxy,
            namespace,
            patience: connection.patience(),
            verbose: connection.verbose,
            or_recorded: connection.or_recorded,
            versions: RefCell::default(),
        })
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The context of the kubeconfig; `None` for a service account and with `--server`, which may be another server.
    pub fn context(&self) -> Option<&str> {
        self.context.as_deref()
    }

    /// What the kubeconfig calls the user; `None` for a service account or `--server` alone.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The namespace of the context, `default` if it has none.
    pub fn default_namespace(&self) -> &str {
        &self.namespace
    }

    /// What is tried, for the sentence when it fails.
    pub(super) fn attempt<'a>(&'a self, verb: &'a str, what: &'a str, resource: &'a str) -> Attempt<'a> {
        Attempt { verb, what, resource, host: &self.host, proxy: self.proxy.as_ref() }
    }

    /// One object; `None` when it or its kind is not there. `namespace` is ignored for kinds of the cluster.
    ///
    /// # Errors
    /// The server cannot answer, or the user may not read it.
    pub fn get(&self, resource: Resource, namespace: &str, name: &str) -> Result<Option<Value>, ApiError> {
        let what = one(resource, namespace, name);
        let read = || {
            let path = Build::new(self.path(resource, Some(namespace)));
            self.send("read", &what, resource, path.get(name, &GetParams::default()))
        };
        self.runtime.block_on(async {
            match self.again(read).await {
                Ok(found) => Ok(Some(found)),
                // The kind may be there in another version.
                Err(error) if error.is_unknown_path() => match self.served_version(resource).await? {
                    Some(other) if other != resource.version => self.again(read).await.map(Some),
                    _ => Ok(None),
                },
                Err(error) if error.is_not_found() => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// Whether the server has a kind.
    ///
    /// # Errors
    /// The server cannot answer.
    pub fn serves(&self, resource: Resource) -> Result<bool, ApiError> {
        self.runtime.block_on(self.served_version(resource)).map(|version| version.is_some())
    }

    /// What a path answers, such as the log of a pod.
    ///
    /// # Errors
    /// The server cannot answer, there is no such thing, or the user may not read it.
    pub fn text(&self, path: &str) -> Result<String, ApiError> {
        let attempt = self.attempt("read", path, path);
        let bytes = self.runtime.block_on(self.again(|| self.bytes(attempt, Request::get(path).body(vec![]))))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The version that the server has of a kind; `None` when it does not have the kind.
    pub(super) async fn served_version(&self, resource: Resource) -> Result<Option<String>, ApiError> {
        let key = (resource.group, resource.kind);
        if let Some(known) = self.versions.borrow().get(&key) {
            return Ok(known.clone());
        }
        let found = self.discover(resource).await?;
        self.versions.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    /// Looks for the kind in the version we ask for first, then in all others of its group.
    async fn discover(&self, resource: Resource) -> Result<Option<String>, ApiError> {
        if self.has(resource, resource.version).await? {
            return Ok(Some(resource.version.to_owned()));
        }
        if resource.group.is_empty() {
            return Ok(None);
        }
        let Some(group) = self.document(&format!("/apis/{}", resource.group)).await? else { return Ok(None) };
        for version in group["versions"].as_array().into_iter().flatten() {
            let version = version["version"].as_str().unwrap_or_default();
            if version != resource.version && self.has(resource, version).await? {
                return Ok(Some(version.to_owned()));
            }
        }
        Ok(None)
    }

    async fn has(&self, resource: Resource, version: &str) -> Result<bool, ApiError> {
        let path = if resource.group.is_empty() {
            format!("/api/{version}")
        } else {
            format!("/apis/{}/{version}", resource.group)
        };
        let list = self.document(&path).await?;
        let names = list.as_ref().and_then(|list| list["resources"].as_array()).into_iter().flatten();
        Ok(names.into_iter().any(|entry| entry["name"] == resource.plural))
    }

    async fn document(&self, path: &str) -> Result<Option<Value>, ApiError> {
        let attempt = self.attempt("read", "what the API serves", path);
        match self.again(|| self.json(attempt, Request::get(path).body(vec![]))).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The path of a kind's objects, in a namespace or in all.
    pub(super) fn path(&self, resource: Resource, namespace: Option<&str>) -> String {
        let version = self.versions.borrow().get(&(resource.group, resource.kind)).cloned().flatten();
        let version = version.as_deref().unwrap_or(resource.version);
        let root = if resource.group.is_empty() {
            format!("/api/{version}")
        } else {
            format!("/apis/{}/{version}", resource.group)
        };
        match namespace.filter(|namespace| resource.scope == Scope::Namespaced && !namespace.is_empty()) {
            Some(namespace) => format!("{root}/namespaces/{namespace}/{}", resource.plural),
            None => format!("{root}/{}", resource.plural),
        }
    }
}

/// `ClusterGroupUpgrade du-4-20 in namespace "ztp-group"`.
pub(super) fn one(resource: Resource, namespace: &str, name: &str) -> String {
    match resource.scope {
        Scope::Namespaced if !namespace.is_empty() => format!("{} {name} in namespace {namespace:?}", resource.kind),
        _ => format!("{} {name}", resource.kind),
    }
}
