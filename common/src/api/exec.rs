//! Credential plugins: programs of the kubeconfig that hand out a token or a certificate, as client-go 1.33 runs them
//! (`plugin/pkg/client/auth/exec`). The client library would run one three times for each connection, and quote its
//! arguments and environment when it fails.

use std::fmt;
use std::io::IsTerminal as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;
use kube::config::{ExecConfig, ExecInteractiveMode};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problem;
use super::kubeconfig::plain_io;
use super::{ApiError, credentials};
use crate::yaml;

/// What credential plugins have handed out. Clones share it, so that nobody logs in again for each of many clusters.
#[derive(Clone, Default)]
pub struct Logins(Arc<Mutex<Vec<(Plugin, Credential)>>>);

impl fmt::Debug for Logins {
    /// Nothing of them: they are secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Logins")
    }
}

/// A plugin and all that its answer depends on.
#[derive(Clone, PartialEq)]
struct Plugin {
    name: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    version: Option<String>,
    mode: Option<ExecInteractiveMode>,
    cluster: Value,
    install_hint: Option<String>,
}

/// What a plugin has handed out: a token, a certificate or both.
#[derive(Clone)]
pub(super) struct Credential {
    /// The value of the header `Authorization`.
    pub(super) token: Option<HeaderValue>,
    /// Certificate and key as PEM.
    pub(super) certificate: Option<(String, SecretString)>,
    expires: Option<Timestamp>,
}

/// Somebody whom a plugin logs in.
pub(super) struct Login {
    plugin: Plugin,
    logins: Logins,
}

/// How long before its end a credential is not used any more: a request is on its way for a while.
const MARGIN: Duration = Duration::from_secs(10);

impl Login {
    pub(super) fn new(exec: &ExecConfig, logins: &Logins) -> Result<Self, ApiError> {
        let name = exec.command.clone().filter(|command| !command.is_empty());
        let name = name.ok_or_else(|| failed("the credential plugin of the kubeconfig has no command"))?;
        let variable = |pair: &std::collections::HashMap<String, String>| {
            Some((pair.get("name")?.clone(), pair.get("value")?.clone()))
        };
        let plugin = Plugin {
            name,
            arguments: exec.args.clone().unwrap_or_default(),
            variables: exec.env.iter().flatten().filter_map(variable).collect(),
            version: exec.api_version.clone(),
            mode: exec.interactive_mode.clone(),
            cluster: serde_json::to_value(&exec.cluster).unwrap_or_default(),
            install_hint: exec.install_hint.clone(),
        };
        Ok(Self { plugin, logins: logins.clone() })
    }

    /// What the plugin hands out; it is run when nothing is known yet, or what is known has expired. One at a time:
    /// it may ask for a password.
    pub(super) fn credential(&self) -> Result<Credential, ApiError> {
        let mut known = self.logins.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(_, credential)| credential.expires.is_none_or(|end| Timestamp::now() + MARGIN < end));
        if let Some((_, credential)) = known.iter().find(|(plugin, _)| *plugin == self.plugin) {
            return Ok(credential.clone());
        }
        let credential = self.plugin.run()?;
        known.push((self.plugin.clone(), credential.clone()));
        Ok(credential)
    }
}

impl Plugin {
    fn run(&self) -> Result<Credential, ApiError> {
        let name = &self.name;
        // Standard input may be a list of clusters, which a plugin must not swallow.
        let interactive = self.mode != Some(ExecInteractiveMode::Never) && std::io::stdin().is_terminal();
        let spec = json!({"interactive": interactive, "cluster": self.cluster});
        let asked = json!({"kind": "ExecCredential", "apiVersion": self.version, "spec": spec});
        let mut command = Command::new(name);
        command.args(&self.arguments).envs(self.variables.iter().cloned());
        command.env("KUBERNETES_EXEC_INFO", asked.to_string());
        // What it says on standard error is for the user.
        command.stdin(if interactive { Stdio::inherit() } else { Stdio::null() }).stderr(Stdio::inherit());
        let output = command.output().map_err(|error| self.not_started(&error))?;
        if !output.status.success() {
            let ended = output.status.to_string().replace(": ", " ");
            return Err(failed(&format!("the credential plugin {name:?} ended with {ended}")));
        }
        // Nothing of the answer is quoted: it may hold a token.
        let answer = read(&String::from_utf8_lossy(&output.stdout));
        let credential = answer.and_then(Credential::of);
        credential.ok_or_else(|| failed(&format!("the answer of the credential plugin {name:?} holds no credential")))
    }

    fn not_started(&self, error: &std::io::Error) -> ApiError {
        let error = failed(&format!("the credential plugin {:?} cannot be started: {}", self.name, plain_io(error)));
        let hint = self.install_hint.as_deref().unwrap_or_default().lines().map(str::trim);
        hint.filter(|line| !line.is_empty()).fold(error, ApiError::because)
    }
}

impl Credential {
    fn of(answer: Answer) -> Option<Self> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let Status { token, certificate, key, expires } = answer.status?;
        let token = given(token).map(|token| credentials::bearer(&token)).transpose().ok()?;
        let certificate = given(certificate).zip(given(key).map(SecretString::from));
        let expires = given(expires).map(|time| time.parse()).transpose().ok()?;
        (token.is_some() || certificate.is_some()).then_some(Self { token, certificate, expires })
    }
}

#[derive(Deserialize)]
struct Answer {
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Status {
    token: Option<String>,
    #[serde(rename = "clientCertificateData")]
    certificate: Option<String>,
    #[serde(rename = "clientKeyData")]
    key: Option<String>,
    #[serde(rename = "expirationTimestamp")]
    expires: Option<String>,
}

/// JSON, or YAML as client-go reads it too.
fn read(text: &str) -> Option<Answer> {
    let source = yaml::Source::from_text("credential", text);
    let of_yaml = || yaml::hub_documents(&source).next()?.ok()?.root()?.to_json().ok();
    serde_json::from_str(text).ok().or_else(|| serde_json::from_value(of_yaml()?).ok())
}

fn failed(reason: &str) -> ApiError {
    ApiError::new("cannot reach the API server: no credentials")
        .because(reason)
        .fix("log in again with oc login, or check the user of the context")
        .of(Problem::Unauthorized)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plugin that is a line of shell.
    fn plugin(script: &str, logins: &Logins) -> Login {
        let exec = ExecConfig {
            command: Some("sh".to_owned()),
            args: Some(vec!["-c".to_owned(), script.to_owned(), "--secret=very-secret-argument".to_owned()]),
            env: Some(vec![
                [("name", "X_SECRET"), ("value", "very-secret-value")].map(|(k, v)| (k.into(), v.into())).into(),
            ]),
            interactive_mode: Some(ExecInteractiveMode::Never),
            ..ExecConfig::default()
        };
        Login::new(&exec, logins).unwrap()
    }

    fn answer(status: &str) -> String {
        format!("printf %s '{{\"kind\": \"ExecCredential\", \"status\": {{{status}}}}}'")
    }

    fn reason(script: &str) -> String {
        let error = plugin(script, &Logins::default()).credential().err().unwrap();
        assert!(!format!("{error:?}").contains("very-secret"), "{error:?}");
        error.reasons.join("; ")
    }

    #[test]
    fn a_plugin_that_fails_is_named_and_nothing_else_of_it() {
        assert_eq!(reason("echo very-secret; exit 3"), "the credential plugin \"sh\" ended with exit status 3");
        let nothing = "the answer of the credential plugin \"sh\" holds no credential";
        assert_eq!(reason("echo very-secret"), nothing);
        assert_eq!(reason(&answer("")), nothing);
        assert_eq!(reason(&answer("\"token\": \"very-secret\\ntoken\"")), nothing);
    }

    #[test]
    fn a_missing_plugin_is_told_with_the_way_to_install_it() {
        let exec = ExecConfig {
            command: Some("no-such-plugin".to_owned()),
            install_hint: Some("It is in the box:\n\n  brew install it\n".to_owned()),
            ..ExecConfig::default()
        };
        let error = Login::new(&exec, &Logins::default()).unwrap().credential().err().unwrap();
        let missing = "the credential plugin \"no-such-plugin\" cannot be started: no such file or directory";
        assert_eq!(error.reasons, [missing, "It is in the box:", "brew install it"]);
    }

    #[test]
    fn a_plugin_runs_once_for_all_that_ask_and_again_when_its_answer_has_expired() {
        let folder = tempfile::tempdir().unwrap();
        let count = folder.path().join("count");
        let runs = |status: &str, logins: &Logins| {
            std::fs::write(&count, "").unwrap();
            for _ in 0..3 {
                let login = plugin(&format!("echo x >> {}; {}", count.display(), answer(status)), logins);
                let token = login.credential().unwrap().token.unwrap();
                assert_eq!((token.to_str().unwrap(), token.is_sensitive()), ("Bearer tok", true));
            }
            std::fs::read_to_string(&count).unwrap().lines().count()
        };
        let logins = Logins::default();
        assert_eq!(runs(r#""token": "tok\n""#, &logins), 1);
        assert_eq!(runs(r#""token": "tok\n""#, &logins.clone()), 0);
        assert_eq!(runs(r#""token": "tok", "expirationTimestamp": "2999-01-01T00:00:00Z""#, &logins), 1);
        assert_eq!(runs(r#""token": "tok", "expirationTimestamp": "2020-01-01T00:00:00Z""#, &logins), 3);
        assert!(!format!("{logins:?}").contains("tok"));
    }

    #[test]
    fn an_answer_may_be_yaml_and_a_certificate() {
        let script = "printf 'kind: ExecCredential\\nstatus:\\n  clientCertificateData: c\\n  clientKeyData: k\\n'";
        let credential = plugin(script, &Logins::default()).credential().unwrap();
        assert!(credential.token.is_none());
        assert_eq!(credential.certificate.map(|(certificate, _)| certificate).as_deref(), Some("c"));
    }

    #[test]
    fn a_plugin_is_told_what_client_go_tells_it() {
        let script = r#"case "$KUBERNETES_EXEC_INFO" in *'"interactive":false'*) "#;
        let credential =
            plugin(&format!("{script} {} ;; esac", answer(r#""token": "a""#)), &Logins::default()).credential();
        assert!(credential.is_ok());
    }
}
