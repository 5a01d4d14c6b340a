//! A real kube-apiserver with a real etcd on the loopback, for tests that need an API.
//!
//! One server per test process, started by the first test that asks and ended with the process. Tests keep apart by
//! namespaces and by names of their own ([`ControlPlane::unique`]). There are no controllers: nothing fills a status,
//! collects garbage or finishes deleting a namespace unless the test does.
//!
//! ```no_run
//! let Some(plane) = ztp_tests::control_plane() else { return };
//! plane.load(&[serde_json::json!({
//!     "apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
//!     "metadata": {"name": "cgu", "namespace": plane.unique("night")}, "spec": {"clusters": []},
//! })]);
//! std::process::Command::new("oc-talm").arg("status").env("KUBECONFIG", plane.kubeconfig());
//! ```

mod binaries;
mod certificates;
mod client;
mod crds;
mod fault_proxy;
mod objects;
mod process;
mod users;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub use binaries::Binaries;
pub use certificates::{ClientCertificate, client_certificate};
pub use client::Refused;
pub use fault_proxy::{Fault, FaultProxy};

use client::Client;
use process::Processes;

/// How long a loaded machine may take to start a server.
const PATIENCE: Duration = Duration::from_secs(120);

/// The server of this test process, or nothing where there are no binaries: then the reason is on standard error.
///
/// # Panics
/// When it does not start, and when there is none although `ZTP_REQUIRE_CONTROL_PLANE=1`.
#[expect(clippy::panic, reason = "only tests call this")]
pub fn control_plane() -> Option<&'static ControlPlane> {
    static SHARED: OnceLock<Result<ControlPlane, String>> = OnceLock::new();
    let binaries = match Binaries::find() {
        Ok(binaries) => binaries,
        Err(reason) if std::env::var_os("ZTP_REQUIRE_CONTROL_PLANE").is_some_and(|value| value == "1") => {
            panic!("ZTP_REQUIRE_CONTROL_PLANE=1, but {reason}")
        }
        Err(reason) => {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| say(&format!("skipped, as there is no API to test against: {reason}")));
            return None;
        }
    };
    match SHARED.get_or_init(|| ControlPlane::start(&binaries)) {
        Ok(plane) => Some(plane),
        Err(reason) => panic!("the control plane did not start: {reason}"),
    }
}

/// A running control plane that serves the custom resources of a hub and of its clusters.
#[derive(Debug)]
pub struct ControlPlane {
    processes: Processes,
    client: Client,
    admin: PathBuf,
    names: AtomicUsize,
}

impl ControlPlane {
    /// Starts a server of one's own, which ends with the process. Tests share [`control_plane`]'s.
    ///
    /// # Errors
    /// Why it did not start, with the end of its logs.
    pub fn start(binaries: &Binaries) -> Result<Self, String> {
        // Between choosing a port and listening on it somebody else may take it.
        let mut last = String::new();
        for _ in 0..3 {
            match Self::try_start(binaries) {
                Err(reason) if reason.contains("address already in use") => last = reason,
                done => return done,
            }
        }
        Err(last)
    }

    fn try_start(binaries: &Binaries) -> Result<Self, String> {
        let mut processes = Processes::start(binaries)?;
        let deadline = Instant::now() + PATIENCE;
        let ca = processes.folder.join("ca.crt");
        while !keep_signer(&processes.certificates(), &ca)? {
            pause(&mut processes, deadline)?;
        }
        let admin = processes.folder.join("admin.kubeconfig");
        let url = format!("https://127.0.0.1:{}", processes.port);
        let token = users::token("admin").unwrap_or_default();
        write(&admin, &users::kubeconfig(&url, &ca.display().to_string(), "admin", token))?;
        let client = Client::new(&admin)?;
        while !client.request("GET", "/readyz", "", &Value::Null).is_ok_and(|answer| answer == "ok") {
            pause(&mut processes, deadline)?;
        }
        let plane = Self { processes, client, admin, names: AtomicUsize::new(0) };
        plane.serve_custom_resources(deadline)?;
        Ok(plane)
    }

    fn serve_custom_resources(&self, deadline: Instant) -> Result<(), String> {
        const CRDS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        let crds = crds::all();
        let mut objects: Vec<(String, Value)> = crds.iter().map(|crd| (CRDS.to_owned(), crd.clone())).collect();
        let [role, binding] = users::reader_rights();
        objects.push(("/apis/rbac.authorization.k8s.io/v1/clusterroles".to_owned(), role));
        objects.push(("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings".to_owned(), binding));
        self.client.create_all(&objects).map_err(|refused| refused.message)?;
        let wanted: Vec<String> = crds.iter().filter_map(storage).collect();
        for path in &wanted {
            while self.client.request("GET", path, "", &Value::Null).is_err() {
                wait(deadline, &format!("{path} is still not served"))?;
            }
        }
        let everything = json!({"group": "*", "resource": "*", "verb": "list"});
        self.wait_for_rights("reader", &["readers"], &everything, deadline)
    }

    /// The server reads roles from a cache, which is a moment behind.
    fn wait_for_rights(&self, user: &str, groups: &[&str], to: &Value, deadline: Instant) -> Result<(), String> {
        const REVIEWS: &str = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        let review = json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
            "spec": {"user": user, "groups": groups, "resourceAttributes": to},
        });
        loop {
            let answer = self.client.request("POST", REVIEWS, "application/json", &review);
            if answer.map_err(|refused| refused.message)?["status"]["allowed"] == true {
                return Ok(());
            }
            wait(deadline, &format!("{user} still has no rights"))?;
        }
    }

    /// The administrator's kubeconfig.
    pub fn kubeconfig(&self) -> &Path {
        &self.admin
    }

    /// The kubeconfig of `admin`, of `reader`, who sees everything and changes nothing, or of `nobody`, who may do
    /// nothing.
    ///
    /// # Panics
    /// There is no such user.
    pub fn kubeconfig_for(&self, user: &str) -> PathBuf {
        self.kubeconfig_at(&self.url(), user, expect(users::token(user), "no such user"))
    }

    /// The kubeconfig of somebody new whose rights are the rules of a ClusterRole, such as
    /// `[{"apiGroups": ["ran.openshift.io"], "resources": ["*"], "verbs": ["get"]}]`.
    ///
    /// # Panics
    /// When the server refuses the rules.
    pub fn kubeconfig_with(&self, rules: &Value) -> PathBuf {
        let name = self.unique("user");
        self.namespace("users");
        let subject = json!({"kind": "ServiceAccount", "name": name, "namespace": "users"});
        self.create(&json!({
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": "users"},
        }));
        self.create(&json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": name},
            "rules": rules,
        }));
        self.create(&users::binding(&name, &subject));
        let first = |field: &str| rules[0][field][0].clone();
        let to = json!({"group": first("apiGroups"), "resource": first("resources"), "verb": first("verbs")});
        let account = format!("system:serviceaccount:users:{name}");
        done(self.wait_for_rights(&account, &[], &to, Instant::now() + PATIENCE));
        let path = format!("/api/v1/namespaces/users/serviceaccounts/{name}/token");
        let request = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}});
        let answer = done(self.client.request("POST", &path, "application/json", &request));
        self.kubeconfig_at(&self.url(), &name, answer["status"]["token"].as_str().unwrap_or_default())
    }

    fn kubeconfig_at(&self, url: &str, user: &str, token: &str) -> PathBuf {
        let port = url.rsplit(':').next().unwrap_or_default();
        let path = self.processes.folder.join(format!("{user}-{port}.kubeconfig"));
        let text = users::kubeconfig(url, &self.ca().display().to_string(), user, token);
        done(write(&path, &text).map(|()| path))
    }

    /// The server's address, such as `https://127.0.0.1:35171`.
    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.processes.port)
    }

    /// The certificate that signed the server's.
    pub fn ca(&self) -> PathBuf {
        self.processes.folder.join("ca.crt")
    }

    /// A name that no other test of this process gets: `sno-1`, `sno-2`, …
    pub fn unique(&self, stem: &str) -> String {
        format!("{stem}-{}", self.names.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// A proxy in front of this server that can be told to fail.
    ///
    /// # Panics
    /// When it cannot listen.
    pub fn fault_proxy(&self) -> FaultProxy<'_> {
        done(FaultProxy::start(self))
    }
}

/// The certificate that signed the server's: the second of the file that it writes when it starts.
fn keep_signer(certificates: &Path, ca: &Path) -> Result<bool, String> {
    let text = std::fs::read_to_string(certificates).unwrap_or_default();
    let Some((_, signer)) = text.split_once("-----END CERTIFICATE-----") else { return Ok(false) };
    if !signer.contains("-----END CERTIFICATE-----") {
        return Ok(false);
    }
    write(ca, signer.trim_start()).map(|()| true)
}

/// The collection of a definition's stored version, over all namespaces, one object of it.
fn storage(crd: &Value) -> Option<String> {
    let spec = &crd["spec"];
    let versions = spec["versions"].as_array()?;
    let version = versions.iter().find(|version| version["storage"] == true)?["name"].as_str()?;
    Some(format!("/apis/{}/{version}/{}?limit=1", spec["group"].as_str()?, spec["names"]["plural"].as_str()?))
}

/// On standard error itself: what `eprintln!` says, tests that pass keep to themselves.
fn say(text: &str) {
    use std::io::Write;
    // Nobody is left to tell that this failed.
    writeln!(std::io::stderr(), "control plane: {text}").ok();
}

fn pause(processes: &mut Processes, deadline: Instant) -> Result<(), String> {
    processes.alive()?;
    wait(deadline, "not ready").map_err(|late| format!("{late}\n{}", processes.last_words()))
}

fn wait(deadline: Instant, what: &str) -> Result<(), String> {
    if Instant::now() > deadline {
        return Err(format!("{what} after {} s", PATIENCE.as_secs()));
    }
    std::thread::sleep(Duration::from_millis(20));
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    // Two tests may ask for the same user's file at once.
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[expect(clippy::panic, reason = "a test's own preparation failed")]
#[track_caller]
fn done<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error:?}"),
    }
}

#[track_caller]
fn expect<T>(value: Option<T>, otherwise: &str) -> T {
    done(value.ok_or(otherwise))
}
