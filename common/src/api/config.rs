//! From what the user said to the client library's configuration.

use std::path::Path;
use std::time::Duration;

use http::Uri;
use kube::Config;
use kube::config::{AuthInfo, Cluster, Kubeconfig};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::exec::Login;
use super::kubeconfig::{self, Chosen, bytes, file};
use super::proxy::{OF_KUBECONFIG, Proxy};
use super::{ApiError, Connection, credentials, proxy};

/// The configuration, and what the kubeconfig calls the context and the user that it is from.
pub(super) struct Resolved {
    pub(super) config: Config,
    pub(super) context: Option<String>,
    pub(super) user: Option<String>,
    /// Who is logged in by a credential plugin.
    pub(super) login: Option<Login>,
    pub(super) proxy: Option<Proxy>,
}

/// Finds out how to reach the server that is meant: by the flags, the kubeconfig, or the service account of the pod.
pub(super) fn resolve(connection: &Connection) -> Result<Resolved, ApiError> {
    match kubeconfig::find(connection)? {
        Some(found) => from_kubeconfig(&found, connection),
        None if connection.server.is_some() => apply(Chosen::default(), connection),
        None if std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() => in_pod(connection),
        None => Err(ApiError::new("no kubeconfig was found")
            .because("neither KUBECONFIG nor ~/.kube/config names a cluster")
            .fix("log in with oc login, or name a kubeconfig with --kubeconfig")
            .or_recorded(connection.or_recorded)),
    }
}

fn from_kubeconfig(found: &Kubeconfig, connection: &Connection) -> Result<Resolved, ApiError> {
    let mut chosen = kubeconfig::choose(found, connection)?;
    if let Some(exec) = &mut chosen.user.exec
        && exec.provide_cluster_info
    {
        exec.cluster = (&chosen.cluster).try_into().ok();
    }
    apply(chosen, connection)
}

/// The same from somebody else's kubeconfig, which is at hand as text; `shown` says whose it is.
pub(super) fn from_text(text: &str, shown: &str, connection: &Connection) -> Result<Resolved, ApiError> {
    let chosen = kubeconfig::choose(&kubeconfig::parse(text, shown)?, connection)?;
    if !kubeconfig::is_self_contained(&chosen) {
        return Err(ApiError::new(format!("the kubeconfig of {shown} is not followed"))
            .because("it names programs or files of this machine, which only your own kubeconfig may"));
    }
    apply(chosen, connection)
}

/// Where a pod finds its service account, and the variables that say where the API server is: as client-go 1.33
/// (`rest/config.go`).
fn in_pod(connection: &Connection) -> Result<Resolved, ApiError> {
    const MOUNTED: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
    let folder = connection.service_account.as_deref().unwrap_or(Path::new(MOUNTED));
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let (host, port) = (variable("KUBERNETES_SERVICE_HOST"), variable("KUBERNETES_SERVICE_PORT"));
    let path = |name: &str| Some(folder.join(name).display().to_string());
    if port.is_empty() || !folder.join("token").is_file() {
        return Err(ApiError::new("cannot use the service account of this pod")
            .because(format!("KUBERNETES_SERVICE_PORT is not set, or {} holds no token", folder.display()))
            .fix("name a kubeconfig with --kubeconfig"));
    }
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let cluster = Cluster {
        server: Some(format!("https://{host}:{port}")),
        certificate_authority: path("ca.crt"),
        ..Cluster::default()
    };
    let user = AuthInfo { token_file: path("token"), ..AuthInfo::default() };
    let namespace = std::fs::read_to_string(folder.join("namespace")).ok().map(|text| text.trim().to_owned());
    apply(Chosen { namespace, cluster, user, ..Chosen::default() }, connection)
}

fn apply(chosen: Chosen, connection: &Connection) -> Result<Resolved, ApiError> {
    let Chosen { context, user_name, namespace, cluster, user } = chosen;
    let address = connection.server.clone().or(cluster.server.clone()).filter(|address| !address.is_empty());
    let Some(address) = address else {
        return Err(ApiError::new("the kubeconfig does not say where the API server is").fix("give --server"));
    };
    // What is before an @ may be a password.
    let shown = address.rsplit('@').next().unwrap_or_default();
    let url: Uri = address
        .parse()
        .map_err(|error| ApiError::new(format!("{shown:?} is no address of an API server")).because(error))?;
    if has_user(&url) {
        return Err(
            ApiError::new("the address of the API server holds a user").fix("leave it out; log in with oc login")
        );
    }
    if url.scheme().is_none() {
        return Err(ApiError::new(format!("{shown:?} is no address of an API server"))
            .fix(format!("it begins with https://, such as https://{shown}")));
    }
    let mut config = Config::new(url);
    config.default_namespace = namespace.filter(|n| !n.is_empty()).unwrap_or_else(|| "default".to_owned());
    config.root_cert = trusted(&cluster, connection)?;
    config.accept_invalid_certs =
        connection.insecure_skip_tls_verify || cluster.insecure_skip_tls_verify.unwrap_or_default();
    // As for client-go 1.33 (`clientcmd/client_config.go`), the name in the kubeconfig is that of its own server.
    let of_kubeconfig = cluster.tls_server_name.filter(|_| connection.server.is_none());
    config.tls_server_name = connection.tls_server_name.clone().or(of_kubeconfig).filter(|name| !name.is_empty());
    let proxy = proxy(cluster.proxy_url, &config.cluster_url)?;
    config.proxy_url = proxy.as_ref().map(|proxy| proxy.address.clone());
    config.disable_compression = cluster.disable_compression.unwrap_or_default();
    config.auth_info = user;
    config.connect_timeout = Some(connection.patience().min(Duration::from_secs(10)));
    // Every request has a time limit of its own; this one ends a silent connection that a watch still waits on.
    config.read_timeout = Some(connection.patience().max(SILENCE));
    // From the request on, not from the answer before: somebody may think for long at a prompt.
    config.reset_reader_on_write = true;
    // The library would try 15 times and say nothing; we try ourselves, and only what may be repeated.
    config.default_retry = false;
    let login = credentials::choose(&mut config.auth_info, connection)?;
    // What is shown in prompts and reports must be the server that is asked.
    let context = context.filter(|_| connection.server.is_none());
    Ok(Resolved { config, context, user: user_name, login, proxy })
}

/// How long a watch may be silent: longer than the server lets it live.
pub(super) const SILENCE: Duration = Duration::from_secs(60);

/// Certificates that the server is trusted by; `None` means those of the platform.
fn trusted(cluster: &Cluster, connection: &Connection) -> Result<Option<Vec<Vec<u8>>>, ApiError> {
    const WHAT: &str = "certificate authority";
    let pem = match &connection.certificate_authority {
        Some(path) => Some(file(path, WHAT)?),
        // Whoever trusts anything must not stumble over what is not looked at.
        None if connection.insecure_skip_tls_verify => None,
        None => bytes(cluster.certificate_authority_data.as_ref(), cluster.certificate_authority.as_ref(), WHAT)?,
    };
    let Some(pem) = pem else { return Ok(None) };
    certificates(&pem, WHAT, "--certificate-authority").map(Some)
}

/// The certificates of a PEM file; one at least.
pub(super) fn certificates(pem: &[u8], what: &str, flag: &str) -> Result<Vec<Vec<u8>>, ApiError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).map(|der| der.map(|der| der.to_vec())).collect();
    read.ok().filter(|list| !list.is_empty()).ok_or_else(|| {
        ApiError::new(format!("the {what} holds no readable certificate"))
            .fix(format!("log in again with oc login, or name a PEM file with {flag}"))
    })
}

/// Whether an address holds a user, and maybe a password.
fn has_user(address: &Uri) -> bool {
    address.authority().is_some_and(|authority| authority.as_str().contains('@'))
}

/// Nothing of the address is shown: it may hold a password.
fn proxy(of_cluster: Option<String>, server: &Uri) -> Result<Option<Proxy>, ApiError> {
    let of_cluster = of_cluster.filter(|proxy| !proxy.is_empty()).map(|proxy| (OF_KUBECONFIG, proxy));
    let found = of_cluster.or_else(|| proxy::from_environment(server, |name| std::env::var(name).ok()));
    let Some((named_by, proxy)) = found else { return Ok(None) };
    // For Go both leave names to the proxy, which is what the library does for the first.
    let proxy = proxy.replacen("socks5h://", "socks5://", 1);
    match proxy.parse::<Uri>() {
        // The library would leave them out without a word.
        Ok(uri) if uri.scheme_str() == Some("socks5") && has_user(&uri) => {
            Err(ApiError::new("a SOCKS proxy with user and password is not supported")
                .fix(format!("leave them out of {named_by}, or name an HTTP proxy")))
        }
        Ok(uri) if matches!(uri.scheme_str(), Some("http" | "https" | "socks5")) => {
            Ok(Some(Proxy { address: uri, named_by }))
        }
        _ => Err(ApiError::new("the address of the proxy makes no sense")
            .fix(format!("{named_by}: http://, https:// or socks5://, then host and port"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(cluster: &str, connection: &Connection) -> Result<Config, ApiError> {
        let text = format!(
            "current-context: hub\nclusters: [{{name: c, cluster: {{server: 'https://10.9.8.7:6443', {cluster}}}}}]\n\
             users: [{{name: u}}]\ncontexts: [{{name: hub, context: {{cluster: c, user: u}}}}]\n"
        );
        from_kubeconfig(&kubeconfig::parse(&text, "test")?, connection).map(|resolved| resolved.config)
    }

    #[test]
    fn a_proxy_is_taken_or_refused_without_showing_its_password() {
        let proxy = |url: &str| resolved(&format!("proxy-url: '{url}'"), &Connection::default());
        let uri = |url: &str| proxy(url).unwrap().proxy_url.unwrap().to_string();
        assert_eq!(uri("socks5h://localhost:1080"), "socks5://localhost:1080/");
        assert_eq!(uri("http://proxy.lab:3128"), "http://proxy.lab:3128/");
        for refused in ["ftp://me:very-secret@proxy.lab:3128", "socks5://me:very-secret@proxy.lab:1080"] {
            let error = proxy(refused).unwrap_err();
            assert!(error.fix.is_some() && !format!("{error:?}").contains("very-secret"), "{error:?}");
        }
    }

    #[test]
    fn another_server_does_not_have_the_name_of_the_first() {
        let name = "tls-server-name: api.internal";
        let config = resolved(name, &Connection::default()).unwrap();
        assert_eq!(config.tls_server_name.as_deref(), Some("api.internal"));
        let other = Connection { server: Some("https://other:6443".into()), ..Connection::default() };
        assert_eq!(resolved(name, &other).unwrap().tls_server_name, None);
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_shown() {
        for address in ["https://me:very-secret@hub:6443", "me:very-secret@hub:6443", "https://me:very-secret@hub:x"] {
            let connection = Connection { server: Some(address.into()), ..Connection::default() };
            let error = resolved("", &connection).unwrap_err();
            assert!(!format!("{error:?}").contains("very-secret"), "{error:?}");
        }
    }

    #[test]
    fn another_server_is_not_called_by_the_context() {
        let text = "current-context: hub\nclusters: [{name: c, cluster: {server: 'https://hub:6443'}}]\n\
                    contexts: [{name: hub, context: {cluster: c}}]\n";
        let called = |connection: &Connection| {
            let found = kubeconfig::parse(text, "test").unwrap();
            from_kubeconfig(&found, connection).map(|resolved| resolved.context).unwrap()
        };
        assert_eq!(called(&Connection::default()).as_deref(), Some("hub"));
        assert_eq!(called(&Connection { server: Some("https://other:6443".into()), ..Connection::default() }), None);
    }

    #[test]
    fn a_certificate_authority_is_read_unless_nothing_is_checked() {
        let broken = "certificate-authority-data: bm90aGluZw==";
        let error = resolved(broken, &Connection::default()).unwrap_err();
        assert_eq!(error.message, "the certificate authority holds no readable certificate");
        let careless = Connection { insecure_skip_tls_verify: true, ..Connection::default() };
        assert!(resolved(broken, &careless).unwrap().accept_invalid_certs);
    }

    #[test]
    fn a_kubeconfig_from_elsewhere_runs_nothing_here() {
        let text = "current-context: a\nclusters: [{name: c, cluster: {server: 'https://x'}}]\n\
                    users: [{name: u, user: {exec: {command: rm}}}]\n\
                    contexts: [{name: a, context: {cluster: c, user: u}}]\n";
        let error = from_text(text, "sno1", &Connection::default()).err().unwrap();
        assert_eq!(error.message, "the kubeconfig of sno1 is not followed");
    }
}
