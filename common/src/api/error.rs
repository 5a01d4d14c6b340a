//! The one place where an error of the client library becomes a sentence.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use kube::core::Status;

use crate::inventory::InventoryError;

/// What kind of trouble it is, for those who go on from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The object or its kind is not there.
    NotFound,
    /// The user may not do that.
    Forbidden,
    /// The server does not accept the credentials.
    Unauthorized,
    /// Somebody else changed the object in between, or owns a field.
    Conflict,
    /// An object of that name is there already.
    AlreadyExists,
    /// The server refuses the object; the reasons are its words.
    Invalid,
    /// A list or watch is too old to go on.
    Gone,
    /// The server does not answer, or answers that it cannot serve now.
    Away,
    /// The server's certificate is not trusted.
    Certificate,
    /// Anything else.
    Other,
}

/// Why a call to an API server failed: what failed and on what, the reasons, the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Lower case, no full stop.
    pub message: String,
    /// A line each.
    pub reasons: Vec<String>,
    /// What to do.
    pub fix: Option<String>,
    /// What kind of trouble it is.
    pub problem: Problem,
    /// A list's token to go on with after `Gone`.
    pub(super) continue_token: Option<String>,
}

impl ApiError {
    /// An error that is about no call.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), reasons: vec![], fix: None, problem: Problem::Other, continue_token: None }
    }

    /// Adds a reason.
    pub fn because(mut self, reason: impl fmt::Display) -> Self {
        self.reasons.push(reason.to_string());
        self
    }

    /// Adds the way out.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(super) fn of(mut self, problem: Problem) -> Self {
        self.problem = problem;
        self
    }

    /// Whether the object or its kind is not there.
    pub fn is_not_found(&self) -> bool {
        self.problem == Problem::NotFound
    }

    /// Whether the user may not do that.
    pub fn is_forbidden(&self) -> bool {
        self.problem == Problem::Forbidden
    }

    /// Whether somebody else changed the object in between.
    pub fn is_conflict(&self) -> bool {
        self.problem == Problem::Conflict
    }

    /// Whether an object of that name is there already.
    pub fn is_already_exists(&self) -> bool {
        self.problem == Problem::AlreadyExists
    }

    /// Whether the server refuses the object.
    pub fn is_invalid(&self) -> bool {
        self.problem == Problem::Invalid
    }

    /// Whether the server may be back soon: it does not answer, or with another certificate, as while a node reboots.
    pub fn is_away(&self) -> bool {
        matches!(self.problem, Problem::Away | Problem::Certificate)
    }
}

impl fmt::Display for ApiError {
    /// One line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.reasons.iter().try_for_each(|reason| write!(f, ": {reason}"))
    }
}

impl std::error::Error for ApiError {}

impl From<ApiError> for InventoryError {
    fn from(error: ApiError) -> Self {
        Self { message: error.message.clone(), is_refused: error.is_forbidden(), source: Some(Box::new(error)) }
    }
}

/// What was tried, for the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    /// `list`, `get`, `create` …
    pub(super) verb: &'a str,
    /// `ClusterGroupUpgrades in namespace "a"`, as people say it.
    pub(super) what: &'a str,
    /// `clustergroupupgrades.ran.openshift.io`, as rights call it.
    pub(super) resource: &'a str,
    /// Host and port of the server.
    pub(super) host: &'a str,
}

/// Nothing came back in time.
pub(super) fn too_slow(attempt: Attempt<'_>, limit: Duration) -> ApiError {
    failed(attempt, "no answer")
        .because(format!("{} did not answer within {}s", attempt.host, limit.as_secs()))
        .fix("try again, or give it more time with --request-timeout")
        .of(Problem::Away)
}

/// What went wrong, as a sentence.
pub(super) fn sentence(attempt: Attempt<'_>, error: &kube::Error) -> ApiError {
    match error {
        kube::Error::Api(status) => of_status(attempt, status),
        kube::Error::Auth(_) => failed(attempt, "no credentials")
            .because(auth_reason(error))
            .fix("log in again with oc login, or check the user of the context")
            .of(Problem::Unauthorized),
        kube::Error::SerdeError(_) | kube::Error::FromUtf8(_) => failed(attempt, "the answer makes no sense")
            .because(format!("{} did not answer as a Kubernetes API does; is a proxy in between?", attempt.host)),
        other => of_connection(attempt, other),
    }
}

fn failed(attempt: Attempt<'_>, why: &str) -> ApiError {
    ApiError::new(format!("cannot {} {}: {why}", attempt.verb, attempt.what))
}

fn of_status(attempt: Attempt<'_>, status: &Status) -> ApiError {
    let (host, resource, verb) = (attempt.host, attempt.resource, attempt.verb);
    let words = status.message.trim().trim_end_matches('.');
    match status.code {
        401 => failed(attempt, "not logged in")
            .because(format!("{host} does not accept the credentials of the context"))
            .fix("log in again with oc login, or choose another context with --context")
            .of(Problem::Unauthorized),
        403 if words.contains("is forbidden: User ") => {
            let user = words.split('"').skip_while(|part| !part.ends_with("User ")).nth(1).unwrap_or("unknown");
            failed(attempt, "forbidden")
                .because(format!("user \"{user}\" at {host} may not {} {resource}", right(verb)))
                .fix("ask for that right, or choose another context with --context")
                .of(Problem::Forbidden)
        }
        403 => failed(attempt, "forbidden").because(words).of(Problem::Forbidden),
        404 => failed(attempt, "not found").because(words).of(Problem::NotFound),
        409 if status.is_already_exists() => {
            failed(attempt, "it is there already").because(words).of(Problem::AlreadyExists)
        }
        409 => failed(attempt, "it was changed by somebody else")
            .because(words)
            .fix("look at it again, then repeat the command")
            .of(Problem::Conflict),
        410 => {
            let mut error = failed(attempt, "the list is too old to go on").because(words).of(Problem::Gone);
            error.continue_token = status.metadata.as_ref().and_then(|m| m.continue_.clone()).filter(|t| !t.is_empty());
            error
        }
        400 | 422 => refused(attempt, status),
        429 | 500..=599 => failed(attempt, "the server cannot answer now")
            .because(if words.is_empty() { format!("{host} answered {}", status.code) } else { words.to_owned() })
            .fix("try again in a moment")
            .of(Problem::Away),
        _ => failed(attempt, "refused").because(words),
    }
}

/// One line for each field that is wrong.
fn refused(attempt: Attempt<'_>, status: &Status) -> ApiError {
    let mut error = failed(attempt, "the API refuses it").of(Problem::Invalid);
    let causes = status.details.as_ref().map_or(&[][..], |details| &details.causes);
    for cause in causes {
        error = match cause.field.as_str() {
            "" => error.because(&cause.message),
            field => error.because(format!("{field}: {}", cause.message)),
        };
    }
    if error.reasons.is_empty() { error.because(status.message.trim()) } else { error }
}

/// The verb as rights call it.
fn right(verb: &str) -> &str {
    match verb {
        "read" => "get",
        "apply" | "change" => "patch",
        other => other,
    }
}

fn of_connection(attempt: Attempt<'_>, error: &kube::Error) -> ApiError {
    let mut deepest = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        deepest = source.to_string();
        next = source.source();
    }
    let reason = deepest.split(" (os error").next().unwrap_or_default().to_owned();
    let host = attempt.host;
    if reason.contains("certificate") {
        return failed(attempt, "the server's certificate is not trusted")
            .because(format!("{host}: {reason}"))
            .fix("give its authority with --certificate-authority, or log in again with oc login")
            .of(Problem::Certificate);
    }
    failed(attempt, "the API cannot be reached")
        .because(format!("{host}: {}", plain(&reason)))
        .fix("check the network and --context, or read recorded objects with --from PATH")
        .of(Problem::Away)
}

/// Words of libraries in the words of people.
fn plain(reason: &str) -> String {
    if reason.contains("failed to lookup address") || reason.contains("dns error") {
        return "no such host".to_owned();
    }
    if reason.contains("deadline has elapsed") {
        return "no connection within 10s".to_owned();
    }
    let mut letters = reason.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Without the output of a credential plugin, which may hold a token.
fn auth_reason(error: &kube::Error) -> String {
    match error {
        kube::Error::Auth(kube::client::AuthError::AuthExecRun { cmd, out }) => {
            format!("the credential plugin {cmd:?} ended with {}", out.status)
        }
        kube::Error::Auth(kube::client::AuthError::AuthExecStart(reason)) => {
            format!("the credential plugin cannot be started: {reason}")
        }
        kube::Error::Auth(kube::client::AuthError::AuthExecParse(_)) => {
            "the credential plugin's answer cannot be understood".to_owned()
        }
        kube::Error::Auth(other) => other.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTEMPT: Attempt<'_> = Attempt {
        verb: "list",
        what: "ClusterGroupUpgrades in namespace \"ztp-group\"",
        resource: "clustergroupupgrades.ran.openshift.io",
        host: "api.hub-east.example.com:6443",
    };

    fn of(code: u16, message: &str) -> ApiError {
        of_status(ATTEMPT, &Status::failure(message, "").with_code(code))
    }

    #[test]
    fn forbidden_says_who_may_not_do_what() {
        let error = of(
            403,
            "clustergroupupgrades.ran.openshift.io is forbidden: User \"ran-ops\" cannot list resource \
             \"clustergroupupgrades\" in API group \"ran.openshift.io\" in the namespace \"ztp-group\"",
        );
        assert_eq!(error.message, "cannot list ClusterGroupUpgrades in namespace \"ztp-group\": forbidden");
        assert_eq!(
            error.reasons,
            ["user \"ran-ops\" at api.hub-east.example.com:6443 may not list clustergroupupgrades.ran.openshift.io"]
        );
        assert!(error.is_forbidden() && !error.is_away());
    }

    #[test]
    fn a_busy_server_is_away_and_a_refusal_is_not() {
        assert!(of(503, "").is_away() && of(429, "slow down").is_away());
        assert!(of(422, "spec.x: no").is_invalid() && !of(422, "spec.x: no").is_away());
        assert!(of(409, "changed").is_conflict());
    }

    #[test]
    fn a_refused_connection_is_told_without_its_number() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "Connection refused (os error 111)");
        let error = sentence(ATTEMPT, &kube::Error::Service(Box::new(refused)));
        assert!(error.is_away());
        assert_eq!(error.reasons, ["api.hub-east.example.com:6443: connection refused"]);
    }
}
