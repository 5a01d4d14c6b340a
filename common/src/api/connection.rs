//! What the user said about how to reach an API server.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::Logins;

/// How to reach an API server. Empty means: as the kubeconfig says.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// The kubeconfig to read in the place of `KUBECONFIG` and `~/.kube/config`.
    pub kubeconfig: Option<PathBuf>,
    /// A context of it.
    pub context: Option<String>,
    /// A user of it.
    pub user: Option<String>,
    /// Address of the server.
    pub server: Option<String>,
    /// Bearer token.
    pub token: Option<SecretString>,
    /// User to impersonate.
    pub as_user: Option<String>,
    /// Groups to impersonate.
    pub as_groups: Vec<String>,
    /// UID to impersonate.
    pub as_uid: Option<String>,
    /// File with certificates that the server is trusted by.
    pub certificate_authority: Option<PathBuf>,
    /// File with the client's certificate.
    pub client_certificate: Option<PathBuf>,
    /// File with the client's key.
    pub client_key: Option<PathBuf>,
    /// Whether to trust any certificate.
    pub insecure_skip_tls_verify: bool,
    /// Name that the server's certificate is checked for.
    pub tls_server_name: Option<String>,
    /// Folder with the files of a pod's service account, in the place of the one where pods find them; for tests.
    pub service_account: Option<PathBuf>,
    /// Whether the command can do with recorded objects as well, which is a way out when no server answers.
    pub or_recorded: bool,
    /// How long one request may take; `None` is a minute, nothing at all is an hour.
    pub request_timeout: Option<Duration>,
    /// How much to say on standard error; from 6 on, every request.
    pub verbose: u8,
    /// What credential plugins have handed out; shared with the copies of this.
    pub logins: Logins,
}

impl Connection {
    /// How long one request may take.
    pub(super) fn patience(&self) -> Duration {
        match self.request_timeout {
            None => Duration::from_secs(60),
            // For kubectl this means for ever, which nobody wants to wait.
            Some(Duration::ZERO) => Duration::from_secs(3600),
            Some(timeout) => timeout,
        }
    }
}
