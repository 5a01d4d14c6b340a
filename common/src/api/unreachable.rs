//! Why a server cannot be reached, in the words of people.

use std::error::Error as _;

use super::ApiError;
use super::error::{Attempt, Problem, failed};

/// What went wrong before there was an answer.
pub(super) fn of_connection(attempt: Attempt<'_>, error: &kube::Error) -> ApiError {
    let reason = deepest(error);
    let host = attempt.host;
    if reason.contains("certificate") {
        return failed(attempt, "the server's certificate is not trusted")
            .because(format!("{host}: {}", plain(&reason)))
            .fix("give its authority with --certificate-authority, or log in again with oc login")
            .of(Problem::Certificate);
    }
    failed(attempt, "the API cannot be reached")
        .because(format!("{host}: {}", plain(&reason)))
        .fix("check the network and --context")
        .of(Problem::Away)
}

/// The reason at the bottom, without its number.
pub(super) fn deepest(error: &kube::Error) -> String {
    let mut deepest = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        deepest = source.to_string();
        next = source.source();
    }
    deepest.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Words of libraries in the words of people.
pub(super) fn plain(reason: &str) -> String {
    const WORDS: [(&str, &str); 13] = [
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

    const ATTEMPT: Attempt<'_> =
        Attempt { verb: "list", what: "policies", resource: "policies", host: "api.hub-east.example.com:6443" };

    #[test]
    fn the_names_in_a_certificate_are_told_as_people_write_them() {
        let reason = "certificate is only valid for DnsName(\"api.a\") or IpAddress(10.0.0.1)";
        assert_eq!(plain(reason), "certificate is only valid for api.a or 10.0.0.1");
    }

    #[test]
    fn a_refused_connection_is_told_without_its_number() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "Connection refused (os error 111)");
        let error = of_connection(ATTEMPT, &kube::Error::Service(Box::new(refused)));
        assert!(error.is_away());
        assert_eq!(error.reasons, ["api.hub-east.example.com:6443: connection refused"]);
    }
}
