//! The one place where an error of the client library becomes a sentence.

use std::fmt;
use std::time::Duration;

use kube::client::AuthError;
use kube::core::Status;

use super::proxy::Proxy;
use super::unreachable::{deepest, of_connection, plain};
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
    /// How long the server asks to be left alone; nothing at all when it has too many requests and does not say.
    pub(super) pause: Option<Duration>,
    /// Whether the server knows no such path, in contrast to no such object.
    unknown_path: bool,
}

impl ApiError {
    /// An error that is about no call.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            reasons: vec![],
            fix: None,
            problem: Problem::Other,
            continue_token: None,
            pause: None,
            unknown_path: false,
        }
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

    /// Names `--from` as one more way out, where a command has it.
    pub(super) fn or_recorded(mut self, is_possible: bool) -> Self {
        if let Some(fix) = self.fix.as_mut().filter(|_| is_possible) {
            fix.push_str(", or read recorded objects with --from PATH");
        }
        self
    }

    pub(super) fn with_pause(mut self, pause: Option<Duration>) -> Self {
        self.pause = pause;
        self
    }

    pub(super) fn of(mut self, problem: Problem) -> Self {
        self.problem = problem;
        self
    }

    /// Whether the server knows no such path: it does not have the kind, or not in this version.
    pub(super) fn is_unknown_path(&self) -> bool {
        self.unknown_path
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
    /// What the way to it leads through.
    pub(super) proxy: Option<&'a Proxy>,
}

impl Attempt<'_> {
    /// The server, and the proxy before it.
    pub(super) fn way(&self) -> String {
        self.proxy.map_or_else(|| self.host.to_owned(), |proxy| format!("{} through {proxy}", self.host))
    }
}

/// Nothing came back in time.
pub(super) fn too_slow(attempt: Attempt<'_>, limit: Duration) -> ApiError {
    failed(attempt, "no answer")
        .because(format!("{} did not answer within {}s", attempt.way(), limit.as_secs_f32()))
        .fix("try again, or give it more time with --request-timeout")
        .of(Problem::Away)
}

/// What went wrong, as a sentence.
pub(super) fn sentence(attempt: Attempt<'_>, error: &kube::Error) -> ApiError {
    match error {
        kube::Error::Api(status) => of_status(attempt, status),
        kube::Error::Auth(reason) => no_credentials(attempt, reason),
        kube::Error::SerdeError(_) | kube::Error::FromUtf8(_) => failed(attempt, "the answer makes no sense")
            .because(format!("{} did not answer as a Kubernetes API does; is a proxy in between?", attempt.host)),
        kube::Error::BuildRequest(_) | kube::Error::HttpError(_) => failed(attempt, "this cannot be asked for")
            .because("a name has letters that no name has")
            .of(Problem::Invalid),
        kube::Error::Service(reason) => match reason.downcast_ref() {
            Some(reason) => no_credentials(attempt, reason),
            None => of_connection(attempt, error),
        },
        other => of_connection(attempt, other),
    }
}

/// What the context says does not lead to any request.
pub(super) fn unusable(host: &str, error: &kube::Error) -> ApiError {
    match error {
        kube::Error::Auth(_) => {
            sentence(Attempt { verb: "reach", what: "the API server", resource: "", host, proxy: None }, error)
        }
        other => ApiError::new(format!("cannot use what the kubeconfig says about {host}"))
            .because(plain(&deepest(other)))
            .fix("log in again with oc login, or choose another context with --context"),
    }
}

pub(super) fn failed(attempt: Attempt<'_>, why: &str) -> ApiError {
    ApiError::new(format!("cannot {} {}: {why}", attempt.verb, attempt.what))
}

fn of_status(attempt: Attempt<'_>, status: &Status) -> ApiError {
    let host = attempt.host;
    let words = words(status);
    match status.code {
        401 => failed(attempt, "not logged in")
            .because(format!("{host} does not accept the credentials of the context"))
            .fix("log in again with oc login, or choose another context with --context")
            .of(Problem::Unauthorized),
        403 => forbidden(attempt, &words),
        404 => {
            let mut error = failed(attempt, "not found").because(&words).of(Problem::NotFound);
            // About an object the server says its name. Paths that it does not know are answered in two ways, by
            // apiserver/pkg/endpoints/handlers/responsewriters and by Go's own (Kubernetes 1.33).
            error.unknown_path = words.starts_with("the server could not find") || words.starts_with("404 page");
            error
        }
        409 if status.is_already_exists() => {
            failed(attempt, "it is there already").because(words).of(Problem::AlreadyExists)
        }
        409 if words.starts_with("Apply failed") => owned(attempt, status),
        409 => failed(attempt, "it was changed by somebody else")
            .because(words)
            .fix("look at it again, then repeat the command")
            .of(Problem::Conflict),
        410 => {
            let error = failed(attempt, "the list is too old to go on").because(words).of(Problem::Gone);
            let mut error = error.fix("repeat the command");
            error.continue_token = status.metadata.as_ref().and_then(|m| m.continue_.clone()).filter(|t| !t.is_empty());
            error
        }
        400 | 422 => refused(attempt, status),
        429 | 500..=599 => failed(attempt, "the server cannot answer now")
            .because(if words.is_empty() { format!("{host} answered {}", status.code) } else { words })
            .fix("try again in a moment")
            .of(Problem::Away),
        _ => failed(attempt, "refused").because(words),
    }
}

/// What the server says, without full stop. Whatever stands between may answer with a page instead: only its first line.
fn words(status: &Status) -> String {
    let message = status.message.trim();
    if message.starts_with('<') {
        return format!("something in between answered {}", status.code);
    }
    let line = message.lines().next().unwrap_or_default();
    let cut = line.char_indices().nth(400).map_or(line, |(end, _)| line.get(..end).unwrap_or(line));
    cut.trim_end_matches('.').to_owned()
}

fn forbidden(attempt: Attempt<'_>, words: &str) -> ApiError {
    let (host, resource, verb) = (attempt.host, attempt.resource, right(attempt.verb));
    let error = failed(attempt, "forbidden").of(Problem::Forbidden);
    let user = words.split_once("forbidden: User \"").and_then(|(_, rest)| rest.split('"').next());
    match user {
        None => error.because(words),
        Some("system:anonymous") => error
            .because(format!("{host} was asked without credentials"))
            .fix("log in with oc login, or choose another context with --context"),
        Some(user) => error
            .because(format!("user \"{user}\" at {host} may not {verb} {resource}"))
            .fix("ask for that right, or choose another context with --context"),
    }
}

/// Fields that somebody else owns, one line for each.
fn owned(attempt: Attempt<'_>, status: &Status) -> ApiError {
    let error = failed(attempt, "somebody else owns some of its fields")
        .fix("change them where their owner does, or take them out")
        .of(Problem::Conflict);
    let causes = status.details.as_ref().map_or(&[][..], |details| &details.causes);
    if causes.is_empty() {
        return error.because(words(status));
    }
    causes.iter().fold(error, |error, cause| {
        let owner = cause.message.split('"').nth(1).unwrap_or("somebody");
        error.because(format!("{} belongs to \"{owner}\"", cause.field.trim_start_matches('.')))
    })
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
    if error.reasons.is_empty() { error.because(words(status)) } else { error }
}

/// The verb as rights call it.
fn right(verb: &str) -> &str {
    match verb {
        "read" => "get",
        "apply" | "change" => "patch",
        other => other,
    }
}

/// The credential plugin is not run by the library, so that what is left is the login of an `auth-provider`.
fn no_credentials(attempt: Attempt<'_>, error: &AuthError) -> ApiError {
    let reason = match error {
        AuthError::Oidc(reason) => format!("the OpenID Connect login of the kubeconfig failed: {reason}"),
        // It would quote what it does not understand.
        AuthError::InvalidBearerToken(_) => "the token has characters that no token has".to_owned(),
        other => other.to_string(),
    };
    failed(attempt, "no credentials")
        .because(reason)
        .fix("log in again with oc login, or check the user of the context")
        .of(Problem::Unauthorized)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTEMPT: Attempt<'_> = Attempt {
        verb: "list",
        what: "ClusterGroupUpgrades in namespace \"ztp-group\"",
        resource: "clustergroupupgrades.ran.openshift.io",
        host: "api.hub-east.example.com:6443",
        proxy: None,
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
    fn who_has_no_credentials_is_told_to_log_in() {
        let error = of(403, "forbidden: User \"system:anonymous\" cannot get path \"/apis\"");
        assert!(error.fix.unwrap().starts_with("log in"));
    }

    #[test]
    fn a_login_that_fails_while_it_is_renewed_is_told_as_one() {
        let missing = AuthError::Oidc(kube::client::oidc_errors::Error::IdTokenMissing);
        let error = sentence(ATTEMPT, &kube::Error::Service(Box::new(missing)));
        assert_eq!(error.problem, Problem::Unauthorized);
        assert_eq!(error.reasons, ["the OpenID Connect login of the kubeconfig failed: missing field id-token"]);
    }

    #[test]
    fn a_page_for_people_is_not_repeated() {
        let error = of(503, "<html>\n<body>The application is not available</body></html>");
        assert_eq!(error.reasons, ["something in between answered 503"]);
        assert_eq!(words(&Status::failure(&"x".repeat(5000), "")).len(), 400);
    }

    #[test]
    fn a_missing_object_is_told_from_a_missing_kind() {
        assert!(!of(404, "clustergroupupgrades.ran.openshift.io \"a\" not found").is_unknown_path());
        assert!(of(404, "404 page not found").is_unknown_path());
        assert!(of(404, "the server could not find the requested resource").is_unknown_path());
    }

    #[test]
    fn a_busy_server_is_away_and_a_refusal_is_not() {
        assert!(of(503, "").is_away() && of(429, "slow down").is_away());
        assert!(of(422, "spec.x: no").is_invalid() && !of(422, "spec.x: no").is_away());
        assert!(of(409, "changed").is_conflict());
    }
}
