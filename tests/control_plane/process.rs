//! The two processes: started on free ports of the loopback, ended with the test process, however that one ends.

use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use super::binaries::Binaries;
use super::{certificates, users};

/// The processes and their folder. Both are gone soon after the guardian's standard input closes, which the system does
/// for a process that is killed as well.
#[derive(Debug)]
pub struct Processes {
    /// Everything they write: certificates, logs, data.
    pub folder: PathBuf,
    /// Where the API server listens.
    pub port: u16,
    /// Where the store listens.
    pub store: u16,
    etcd: Child,
    apiserver: Child,
    _guardian: ChildStdin,
}

impl Processes {
    /// Starts both, without waiting for them.
    ///
    /// # Errors
    /// What could not be started.
    pub fn start(binaries: &Binaries) -> Result<Self, String> {
        let folder = tempfile::Builder::new().prefix("ztp-control-plane-").tempdir();
        let folder = folder.map_err(|error| format!("cannot create a temporary folder: {error}"))?.keep();
        let tokens = folder.join("tokens.csv");
        std::fs::write(&tokens, users::token_file()).map_err(|error| format!("{}: {error}", tokens.display()))?;
        let clients = folder.join("clients.crt");
        std::fs::write(&clients, certificates::signer()?).map_err(|error| format!("{}: {error}", clients.display()))?;
        let [client, peer, port] = free_ports().map_err(|error| format!("no free port: {error}"))?;
        let etcd = spawn(&binaries.etcd, &folder, "etcd", &etcd_flags(&folder, client, peer))?;
        let apiserver = spawn(&binaries.apiserver, &folder, "apiserver", &apiserver_flags(&folder, client, port));
        let (etcd, apiserver) = match (etcd, apiserver) {
            (etcd, Ok(apiserver)) => (etcd, apiserver),
            (mut etcd, Err(error)) => {
                etcd.kill().ok();
                return Err(error);
            }
        };
        let guardian = guardian(&folder, [etcd.id(), apiserver.id()])?;
        Ok(Self { folder, port, store: client, etcd, apiserver, _guardian: guardian })
    }

    /// Says so when one of them has ended, with the end of its log.
    ///
    /// # Errors
    /// Which one, and its last words.
    pub fn alive(&mut self) -> Result<(), String> {
        for (name, child) in [("etcd", &mut self.etcd), ("apiserver", &mut self.apiserver)] {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("{name} ended ({status}):\n{}", last_words(&self.folder, name)));
            }
        }
        Ok(())
    }

    /// The end of both logs.
    pub fn last_words(&self) -> String {
        ["etcd", "apiserver"].map(|name| format!("{name}:\n{}", last_words(&self.folder, name))).join("\n")
    }

    /// The server's certificate, followed by the one that signed it.
    pub fn certificates(&self) -> PathBuf {
        self.folder.join("certs/apiserver.crt")
    }

    /// The server's key.
    pub fn key(&self) -> PathBuf {
        self.folder.join("certs/apiserver.key")
    }
}

fn etcd_flags(folder: &Path, client: u16, peer: u16) -> Vec<String> {
    vec![
        format!("--data-dir={}", folder.join("etcd").display()),
        "--unsafe-no-fsync".to_owned(),
        "--log-level=warn".to_owned(),
        "--quota-backend-bytes=8589934592".to_owned(),
        format!("--listen-client-urls=http://127.0.0.1:{client}"),
        format!("--advertise-client-urls=http://127.0.0.1:{client}"),
        format!("--listen-peer-urls=http://127.0.0.1:{peer}"),
        format!("--initial-advertise-peer-urls=http://127.0.0.1:{peer}"),
        format!("--initial-cluster=default=http://127.0.0.1:{peer}"),
    ]
}

fn apiserver_flags(folder: &Path, etcd: u16, port: u16) -> Vec<String> {
    let certs = folder.join("certs");
    // The key that the server makes for itself signs service accounts' tokens as well: one pair less to make.
    let key = certs.join("apiserver.key");
    vec![
        format!("--etcd-servers=http://127.0.0.1:{etcd}"),
        "--bind-address=127.0.0.1".to_owned(),
        "--advertise-address=127.0.0.1".to_owned(),
        format!("--secure-port={port}"),
        format!("--cert-dir={}", certs.display()),
        format!("--token-auth-file={}", folder.join("tokens.csv").display()),
        format!("--client-ca-file={}", folder.join("clients.crt").display()),
        "--authorization-mode=RBAC".to_owned(),
        "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
        format!("--service-account-key-file={}", key.display()),
        format!("--service-account-signing-key-file={}", key.display()),
        "--service-cluster-ip-range=10.0.0.0/24".to_owned(),
        "--endpoint-reconciler-type=none".to_owned(),
        // No test is about fairness, and its bookkeeping costs start-up time.
        "--enable-priority-and-fairness=false".to_owned(),
    ]
}

fn spawn(program: &Path, folder: &Path, name: &str, flags: &[String]) -> Result<Child, String> {
    let fail = |error| format!("cannot start {}: {error}", program.display());
    let log = File::create(folder.join(format!("{name}.log"))).map_err(fail)?;
    Command::new(program)
        .args(flags)
        .stdin(Stdio::null())
        .stdout(log.try_clone().map_err(fail)?)
        .stderr(log)
        // Interrupting the tests at a terminal is the guardian's business, who then removes the folder too.
        .process_group(0)
        .spawn()
        .map_err(fail)
}

/// A shell that waits until this process has ended, of whatever cause: its end of the pipe closes by itself. A static
/// of a Rust program is never dropped, and a test process may be killed.
fn guardian(folder: &Path, children: [u32; 2]) -> Result<ChildStdin, String> {
    let fail = |error| format!("cannot start sh: {error}");
    let mut shell = Command::new("sh")
        .arg("-c")
        .arg(r#"cat >/dev/null; kill -9 "$1" "$2" 2>/dev/null; sleep 1; rm -rf -- "$3""#)
        .arg("guardian of a test control plane")
        .args(children.map(|id| id.to_string()))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(fail)?;
    shell.stdin.take().ok_or_else(|| "the guardian has no standard input".to_owned())
}

/// Three ports that nobody listens on now: all bound at once, so that they differ.
fn free_ports() -> std::io::Result<[u16; 3]> {
    let held = [(); 3].map(|()| TcpListener::bind(("127.0.0.1", 0)));
    let mut ports = [0; 3];
    for (port, listener) in ports.iter_mut().zip(held.iter()) {
        *port = listener.as_ref().map_err(|error| std::io::Error::from(error.kind()))?.local_addr()?.port();
    }
    Ok(ports)
}

fn last_words(folder: &Path, name: &str) -> String {
    let log = std::fs::read_to_string(folder.join(format!("{name}.log"))).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines.get(lines.len().saturating_sub(15)..).unwrap_or_default().join("\n")
}
