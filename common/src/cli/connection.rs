//! The flags that say which API server is meant, as `oc` and `kubectl` spell them.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use crate::api::{Connection, Logins};

use super::{Failure, Terminal, duration};

/// Which API server, and as whom.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionFlags {
    /// Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub kubeconfig: Option<PathBuf>,
    /// Context of the kubeconfig
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,
    /// User of the kubeconfig
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub user: Option<String>,
    /// Address of the API server
    #[arg(short, long, value_name = "URL", hide_short_help = true)]
    pub server: Option<String>,
    /// Bearer token
    #[arg(long, value_name = "TOKEN", hide_short_help = true)]
    pub token: Option<SecretString>,
    /// User to impersonate
    #[arg(long = "as", value_name = "USER", hide_short_help = true)]
    pub as_user: Option<String>,
    /// Group to impersonate; may be given more than once
    #[arg(long, value_name = "GROUP", hide_short_help = true)]
    pub as_group: Vec<String>,
    /// UID to impersonate
    #[arg(long, value_name = "UID", hide_short_help = true)]
    pub as_uid: Option<String>,
    /// File with the certificates that the server is trusted by
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub certificate_authority: Option<PathBuf>,
    /// File with the client's certificate
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub client_certificate: Option<PathBuf>,
    /// File with the client's key
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub client_key: Option<PathBuf>,
    /// Trust any certificate
    #[arg(long, hide_short_help = true)]
    pub insecure_skip_tls_verify: bool,
    /// Name that the server's certificate is checked for
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub tls_server_name: Option<String>,
    /// How long one request may take, such as 30s [default: 1m]
    #[arg(long, value_name = "DURATION", value_parser = duration::seconds, hide_short_help = true)]
    pub request_timeout: Option<Duration>,
    /// Not a flag here
    #[arg(id = "cluster-hint", long = "cluster", value_name = "NAME", hide = true)]
    cluster: Option<String>,
}

impl ConnectionFlags {
    /// The same as plain data.
    ///
    /// # Errors
    /// `--cluster` was given, which means something else to everybody.
    pub fn connection(&self, terminal: &Terminal) -> Result<Connection, Failure> {
        if let Some(cluster) = &self.cluster {
            return Err(Failure::new("--cluster is not a flag here")
                .fix(format!("choose the hub with --context, and managed clusters with --clusters {cluster}")));
        }
        Ok(Connection { verbose: terminal.verbose, ..self.data() })
    }

    /// Without those that are empty, which for `kubectl` are not given.
    fn given(&self) -> Self {
        let mut flags = self.clone();
        let names = [&mut flags.context, &mut flags.user, &mut flags.server, &mut flags.tls_server_name];
        for text in names.into_iter().chain([&mut flags.as_user, &mut flags.as_uid]) {
            text.take_if(|text| text.is_empty());
        }
        let certificates = [&mut flags.certificate_authority, &mut flags.client_certificate, &mut flags.client_key];
        for path in certificates.into_iter().chain([&mut flags.kubeconfig]) {
            path.take_if(|path| path.as_os_str().is_empty());
        }
        flags.token.take_if(|token| token.expose_secret().trim().is_empty());
        flags
    }

    pub(super) fn data(&self) -> Connection {
        let flags = self.given();
        Connection {
            kubeconfig: flags.kubeconfig,
            context: flags.context,
            user: flags.user,
            server: flags.server,
            token: flags.token,
            as_user: flags.as_user,
            as_groups: flags.as_group,
            as_uid: flags.as_uid,
            certificate_authority: flags.certificate_authority,
            client_certificate: flags.client_certificate,
            client_key: flags.client_key,
            insecure_skip_tls_verify: flags.insecure_skip_tls_verify,
            tls_server_name: flags.tls_server_name,
            service_account: None,
            or_recorded: false,
            request_timeout: flags.request_timeout,
            verbose: 0,
            logins: Logins::default(),
        }
    }

    /// Whether any of them is.
    pub fn is_given(&self) -> bool {
        let flags = self.given();
        !flags.arguments().is_empty()
            || flags.token.is_some()
            || flags.request_timeout.is_some()
            || flags.cluster.is_some()
    }

    /// The flags again, for commands to be pasted; those that hold secrets are left out.
    pub fn arguments(&self) -> String {
        let flags = self.given();
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let given = [
            ("kubeconfig", path(&flags.kubeconfig)),
            ("context", flags.context.clone()),
            ("user", flags.user.clone()),
            ("server", flags.server.clone()),
            ("as", flags.as_user.clone()),
            ("as-uid", flags.as_uid.clone()),
            ("certificate-authority", path(&flags.certificate_authority)),
            ("client-certificate", path(&flags.client_certificate)),
            ("client-key", path(&flags.client_key)),
            ("tls-server-name", flags.tls_server_name.clone()),
        ];
        let groups = flags.as_group.iter().map(|group| ("as-group", Some(group.clone())));
        let values = given.into_iter().chain(groups).filter_map(|(flag, value)| Some((flag, value?)));
        let insecure = if flags.insecure_skip_tls_verify { " --insecure-skip-tls-verify" } else { "" };
        values.map(|(flag, value)| format!(" --{flag} {}", quoted(&value))).collect::<String>() + insecure
    }
}

/// A value as one word of a POSIX shell.
pub fn quoted(value: &str) -> String {
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || "-_./:+@=,%".contains(c));
    if is_plain && !value.is_empty() { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_to_be_pasted_leads_to_the_same_server_and_holds_no_secret() {
        let flags = ConnectionFlags {
            kubeconfig: Some("my hubs/east".into()),
            token: Some(SecretString::from("very-secret")),
            as_group: vec!["a".to_owned(), "it's".to_owned()],
            ..ConnectionFlags::default()
        };
        assert_eq!(flags.arguments(), r" --kubeconfig 'my hubs/east' --as-group a --as-group 'it'\''s'");
        assert!(!format!("{flags:?}").contains("very-secret"));
    }

    #[test]
    fn an_empty_flag_is_not_given() {
        let flags = ConnectionFlags {
            context: Some(String::new()),
            server: Some(String::new()),
            token: Some(SecretString::from("")),
            kubeconfig: Some(PathBuf::new()),
            ..ConnectionFlags::default()
        };
        let data = flags.data();
        assert!(data.context.is_none() && data.server.is_none() && data.token.is_none() && data.kubeconfig.is_none());
        assert!(!flags.is_given());
    }
}
