//! Which proxy leads to an API server, by the rules of Go's `golang.org/x/net/http/httpproxy` (v0.43.0), which `oc` and
//! `kubectl` follow. The client library compares `NO_PROXY` with the proxy instead of the server, so we decide.

use std::fmt;
use std::net::IpAddr;

use http::Uri;
use ipnet::IpNet;

/// A proxy on the way to an API server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxy {
    pub(super) address: Uri,
    /// Who names it: a variable or the kubeconfig.
    pub(super) named_by: &'static str,
}

/// What a kubeconfig calls it.
pub(super) const OF_KUBECONFIG: &str = "proxy-url of the kubeconfig";

impl fmt::Display for Proxy {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address.authority().map_or("", |authority| authority.as_str());
        write!(f, "the proxy {} ({})", address.rsplit('@').next().unwrap_or_default(), self.named_by)
    }
}

impl Proxy {
    /// Where to look when it does not do.
    pub(super) fn settings(&self) -> String {
        let exceptions = if self.named_by == OF_KUBECONFIG { "" } else { " and NO_PROXY" };
        format!("{}{exceptions}", self.named_by)
    }
}

/// The proxy for a server and the variable that names it; a proxy named in the kubeconfig goes before and knows no
/// exceptions.
pub(super) fn from_environment(
    server: &Uri,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<(&'static str, String)> {
    let either = |upper: &'static str, lower: &'static str| {
        [upper, lower].into_iter().find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)))
    };
    let is_https = server.scheme_str() != Some("http");
    let found = if is_https { either("HTTPS_PROXY", "https_proxy") } else { either("HTTP_PROXY", "http_proxy") };
    let (name, proxy) = found?;
    let exceptions = either("NO_PROXY", "no_proxy").map(|(_, value)| value).unwrap_or_default();
    let host = server.host()?.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let port = server.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    if is_direct(&host, port, &exceptions) {
        return None;
    }
    Some((name, if proxy.contains("://") { proxy } else { format!("http://{proxy}") }))
}

/// Whether a host is reached without proxy: this machine always, and what `NO_PROXY` lists.
fn is_direct(host: &str, port: u16, exceptions: &str) -> bool {
    let address = host.parse::<IpAddr>().ok();
    if host == "localhost" || address.is_some_and(|address| address.is_loopback()) {
        return true;
    }
    exceptions.split(',').any(|entry| covers(entry.trim().to_ascii_lowercase().as_str(), host, address, port))
}

fn covers(entry: &str, host: &str, address: Option<IpAddr>, port: u16) -> bool {
    if entry.is_empty() {
        return false;
    }
    if entry == "*" {
        return true;
    }
    if let Ok(network) = entry.parse::<IpNet>() {
        return address.is_some_and(|address| network.contains(&address));
    }
    let (name, entry_port) = split_port(entry);
    if entry_port.is_some_and(|wanted| wanted != port) {
        return false;
    }
    if let Ok(wanted) = name.parse::<IpAddr>() {
        return address == Some(wanted);
    }
    let name = name.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(name);
    match name.strip_prefix('.') {
        // Only what is below the domain.
        Some(domain) => host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')),
        None => host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')),
    }
}

/// `host:port`, `[v6]:port` or a bare host; a bare IPv6 address has colons but no port.
fn split_port(entry: &str) -> (&str, Option<u16>) {
    if let Some(rest) = entry.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return (entry, None) };
        return (address, port.strip_prefix(':').and_then(|port| port.parse().ok()));
    }
    match entry.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') => match port.parse() {
            Ok(port) => (name, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(server: &str, no_proxy: &str) -> Option<String> {
        let variable = |name: &str| match name {
            "HTTPS_PROXY" => Some("proxy.lab:3128".to_owned()),
            "NO_PROXY" => Some(no_proxy.to_owned()),
            _ => None,
        };
        from_environment(&server.parse().unwrap(), variable).map(|(_, proxy)| proxy)
    }

    #[test]
    fn the_exceptions_are_compared_with_the_server_and_not_with_the_proxy() {
        let server = "https://api.hub.example.com:6443";
        assert_eq!(proxy(server, "").as_deref(), Some("http://proxy.lab:3128"));
        assert_eq!(proxy(server, "proxy.lab").as_deref(), Some("http://proxy.lab:3128"));
        for exception in
            ["api.hub.example.com", "example.com", ".hub.example.com", "*.example.com", "*", "a, example.com,"]
        {
            assert_eq!(proxy(server, exception), None, "{exception}");
        }
        for other in [".api.hub.example.com", "xample.com", "example.com:443", "10.0.0.0/8"] {
            assert!(proxy(server, other).is_some(), "{other}");
        }
        assert_eq!(proxy(server, "example.com:6443"), None);
    }

    #[test]
    fn addresses_match_addresses_and_networks() {
        assert_eq!(proxy("https://10.1.2.3:6443", "10.0.0.0/8"), None);
        assert_eq!(proxy("https://10.1.2.3:6443", "10.1.2.3"), None);
        assert!(proxy("https://10.1.2.3:6443", "10.1.2.3:443").is_some());
        assert_eq!(proxy("https://[fd00::1]:6443", "fd00::/8"), None);
        assert_eq!(proxy("https://[fd00::1]:6443", "[fd00::1]:6443"), None);
        assert_eq!(proxy("https://127.0.0.1:6443", ""), None);
        assert_eq!(proxy("https://localhost:6443", ""), None);
    }

    #[test]
    fn a_proxy_for_https_is_not_taken_for_http() {
        assert_eq!(proxy("http://api.hub.example.com", ""), None);
    }
}
