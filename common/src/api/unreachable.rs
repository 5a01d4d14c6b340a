//! Why a server cannot be reached, in the words of people.

use std::error::Error as _;

use super::ApiError;
use super::error::{Attempt, Problem, failed};
use super::proxy::Proxy;

/// What went wrong before there was an answer.
pub(super) fn of_connection(attempt: Attempt<'_>, error: &kube::Error) -> ApiError {
    let reason = deepest(error);
    if let Some((proxy, step)) = attempt.proxy.zip(proxy_step(error)) {
        return of_proxy(attempt, proxy, &step, &reason);
    }
    let way = attempt.way();
    if reason.contains("not valid for name") || reason.contains("only valid for") {
        return failed(attempt, "the server's certificate is for another name")
            .because(format!("{way}: {}", plain(&reason)))
            .fix("check --server and the kubeconfig, or give a name of the certificate with --tls-server-name")
            .of(Problem::Certificate);
    }
    if reason.contains("certificate") {
        return failed(attempt, "the server's certificate is not trusted")
            .because(format!("{way}: {}", plain(&reason)))
            .fix("give its authority with --certificate-authority, or log in again with oc login")
            .of(Problem::Certificate);
    }
    let fix = match attempt.proxy {
        Some(proxy) => format!("check the network, {} and --context", proxy.settings()),
        None => "check the network and --context".to_owned(),
    };
    failed(attempt, "the API cannot be reached")
        .because(format!("{way}: {}", plain(&reason)))
        .fix(fix)
        .of(Problem::Away)
}

/// What went wrong on the way to a proxy or with it, in the words of `hyper-util`.
fn proxy_step(error: &kube::Error) -> Option<String> {
    causes(error)
        .map(ToString::to_string)
        .find(|text| text.starts_with("tunnel error: ") || text.starts_with("SOCKS error: "))
}

fn of_proxy(attempt: Attempt<'_>, proxy: &Proxy, step: &str, reason: &str) -> ApiError {
    let (host, settings) = (attempt.host, proxy.settings());
    if step.contains("proxy authorization required") || step.contains("user/pass authentication") {
        // Not to be tried again: wrong passwords lock accounts.
        return failed(attempt, "the proxy does not let us through")
            .because(format!("{proxy} wants a user and a password, or others than it was given"))
            .fix(format!("check {settings}: http://USER:PASSWORD@HOST:PORT"));
    }
    let reason = match step == reason {
        true if step.contains("failed to create underlying connection") => format!("{proxy} cannot be reached"),
        true => format!("{proxy} does not lead to {host}"),
        false => format!("{proxy}: {}", plain(reason)),
    };
    failed(attempt, "the API cannot be reached").because(reason).fix(format!("check {settings}")).of(Problem::Away)
}

fn causes(error: &kube::Error) -> impl Iterator<Item = &dyn std::error::Error> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// The reason at the bottom, without its number.
pub(super) fn deepest(error: &kube::Error) -> String {
    let text = causes(error).last().map_or_else(|| error.to_string(), ToString::to_string);
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Words of libraries in the words of people.
pub(super) fn plain(reason: &str) -> String {
    const WORDS: [(&str, &str); 14] = [
        ("InvalidContentType", "what answers there speaks no TLS; is the port right?"),
        ("KeyMismatch", "the client certificate and the key do not belong together"),
        ("failed to lookup address", "no such host"),
        ("dns error", "no such host"),
        ("deadline has elapsed", "no connection in time"),
        ("timed out", "no answer in time"),
        ("unexpected EOF", "the connection was lost"),
        ("unexpected end of file", "the connection was lost"),
        ("end of file before message", "the connection was lost"),
        ("connection closed before message", "the connection was lost"),
        ("peer closed connection without", "the connection was lost"),
        ("Connection reset by peer", "the connection was lost"),
        ("UnknownIssuer", "its certificate is signed by nobody we trust"),
        ("CertificateRequired", "it wants a client certificate"),
    ];
    if let Some((_, said)) = WORDS.iter().find(|(word, _)| reason.contains(word)) {
        return (*said).to_owned();
    }
    let reason = reason.replace("DnsName(\"", "").replace("IpAddress(", "").replace("\")", "").replace(')', "");
    let mut letters = reason.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTEMPT: Attempt<'_> = Attempt {
        verb: "list",
        what: "policies",
        resource: "policies",
        host: "api.hub-east.example.com:6443",
        proxy: None,
    };

    #[test]
    fn the_names_in_a_certificate_are_told_as_people_write_them() {
        let reason = "certificate is only valid for DnsName(\"api.a\") or IpAddress(10.0.0.1)";
        assert_eq!(plain(reason), "certificate is only valid for api.a or 10.0.0.1");
    }

    #[test]
    fn what_does_not_fit_is_told_with_a_way_that_leads_out() {
        let said = |reason: &str| {
            let error = of_connection(ATTEMPT, &kube::Error::Service(std::io::Error::other(reason.to_owned()).into()));
            (error.reasons.join("; "), error.fix.unwrap())
        };
        let (reason, _) = said("received corrupt message of type InvalidContentType");
        assert_eq!(reason, "api.hub-east.example.com:6443: what answers there speaks no TLS; is the port right?");
        let (_, fix) =
            said("invalid peer certificate: certificate not valid for name \"a\"; certificate is only valid for b");
        assert!(fix.ends_with("--tls-server-name"), "{fix}");
    }

    #[test]
    fn a_refused_connection_is_told_without_its_number() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "Connection refused (os error 111)");
        let error = of_connection(ATTEMPT, &kube::Error::Service(Box::new(refused)));
        assert!(error.is_away());
        assert_eq!(error.reasons, ["api.hub-east.example.com:6443: connection refused"]);
    }
}
