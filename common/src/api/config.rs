//! From what the user said to the client library's configuration.

use std::time::Duration;

use http::Uri;
use kube::Config;
use kube::config::Kubeconfig;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use secrecy::SecretString;

use super::kubeconfig::{self, Chosen, bytes, file};
use super::{ApiError, Connection, proxy};

/// The configuration, and the context it is from.
pub(super) struct Resolved {
    pub(super) config: Config,
    pub(super) context: Option<String>,
}

/// Finds out how to reach the server that is meant: by the flags, the kubeconfig, or the service account of the pod.
pub(super) fn resolve(connection: &Connection) -> Result<Resolved, ApiError> {
    match kubeconfig::find(connection)? {
        Some(found) => from_kubeconfig(&found, connection),
        None if connection.server.is_some() => apply(Chosen::default(), connection),
        None if std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() => in_pod(connection),
        None => Err(ApiError::new("no kubeconfig was found")
            .because("neither KUBECONFIG nor ~/.kube/config names a cluster")
            .fix(
                "log in with oc login, name a kubeconfig with --kubeconfig, or read recorded objects with --from PATH",
            )),
    }
}

/// The same from a kubeconfig that is at hand.
pub(super) fn from_kubeconfig(found: &Kubeconfig, connection: &Connection) -> Result<Resolved, ApiError> {
    let mut chosen = kubeconfig::choose(found, connection)?;
    if let Some(exec) = &mut chosen.user.exec
        && exec.provide_cluster_info
    {
        exec.cluster = (&chosen.cluster).try_into().ok();
    }
    apply(chosen, connection)
}

fn in_pod(connection: &Connection) -> Result<Resolved, ApiError> {
    let mut config = Config::incluster().map_err(|error| {
        ApiError::new("cannot use the service account of this pod")
            .because(error)
            .fix("name a kubeconfig with --kubeconfig")
    })?;
    impersonate(&mut config, connection);
    Ok(Resolved { config, context: None })
}

fn apply(chosen: Chosen, connection: &Connection) -> Result<Resolved, ApiError> {
    let Chosen { context, namespace, cluster, user } = chosen;
    let address = connection.server.clone().or(cluster.server.clone()).filter(|address| !address.is_empty());
    let Some(address) = address else {
        return Err(ApiError::new("the kubeconfig does not say where the API server is").fix("give --server"));
    };
    let url: Uri = address
        .parse()
        .map_err(|error| ApiError::new(format!("{address:?} is no address of an API server")).because(error))?;
    if url.scheme().is_none() {
        return Err(
            ApiError::new(format!("{address:?} is no address of an API server")).fix(format!("https://{address}"))
        );
    }
    let mut config = Config::new(url);
    config.default_namespace = namespace.filter(|n| !n.is_empty()).unwrap_or_else(|| "default".to_owned());
    config.root_cert = trusted(&cluster, connection)?;
    config.accept_invalid_certs =
        connection.insecure_skip_tls_verify || cluster.insecure_skip_tls_verify.unwrap_or_default();
    config.tls_server_name = connection.tls_server_name.clone().or(cluster.tls_server_name);
    config.proxy_url = proxy_url(cluster.proxy_url, &config.cluster_url)?;
    config.connect_timeout = Some(Duration::from_secs(10));
    // The library would try 15 times and say nothing; we try ourselves, and only what may be repeated.
    config.default_retry = false;
    config.auth_info = user;
    credentials(&mut config, connection);
    impersonate(&mut config, connection);
    Ok(Resolved { config, context })
}

/// Certificates that the server is trusted by; `None` means those of the platform.
fn trusted(cluster: &kube::config::Cluster, connection: &Connection) -> Result<Option<Vec<Vec<u8>>>, ApiError> {
    const WHAT: &str = "certificate authority";
    let pem = match &connection.certificate_authority {
        Some(path) => Some(file(path, WHAT)?),
        None => bytes(cluster.certificate_authority_data.as_ref(), cluster.certificate_authority.as_ref(), WHAT)?,
    };
    let Some(pem) = pem else { return Ok(None) };
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).map(|der| der.map(|der| der.to_vec())).collect();
    match read {
        Ok(list) if !list.is_empty() => Ok(Some(list)),
        _ => Err(ApiError::new("the certificate authority of the kubeconfig holds no readable certificate")),
    }
}

fn proxy_url(of_cluster: Option<String>, server: &Uri) -> Result<Option<Uri>, ApiError> {
    let of_cluster = of_cluster.filter(|proxy| !proxy.is_empty());
    let proxy = of_cluster.or_else(|| proxy::from_environment(server, |name| std::env::var(name).ok()));
    let parsed = proxy.map(|proxy| proxy.parse());
    parsed.transpose().map_err(|error| ApiError::new("the address of the proxy cannot be read").because(error))
}

fn credentials(config: &mut Config, connection: &Connection) {
    let auth = &mut config.auth_info;
    if let Some(token) = &connection.token {
        auth.token = Some(SecretString::from(token.clone()));
        auth.token_file = None;
        auth.exec = None;
    }
    let text = |path: &std::path::PathBuf| path.display().to_string();
    if let Some(path) = &connection.client_certificate {
        auth.client_certificate = Some(text(path));
        auth.client_certificate_data = None;
    }
    if let Some(path) = &connection.client_key {
        auth.client_key = Some(text(path));
        auth.client_key_data = None;
    }
}

fn impersonate(config: &mut Config, connection: &Connection) {
    let auth = &mut config.auth_info;
    if connection.as_user.is_some() {
        auth.impersonate.clone_from(&connection.as_user);
    }
    if connection.as_uid.is_some() {
        auth.impersonate_uid.clone_from(&connection.as_uid);
    }
    if !connection.as_groups.is_empty() {
        auth.impersonate_groups = Some(connection.as_groups.clone());
    }
}
