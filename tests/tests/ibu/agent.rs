//! A cluster in name only, and its Lifecycle Agent: statuses are written as the real one writes them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};
use ztp_tests::control_plane::ControlPlane;

/// The name of the cluster, on its hub and by its own address.
pub const HUB_NAME: &str = "sno2";
/// The release before the upgrade.
pub const OLD: &str = "4.18.9";
/// The release in the seed.
pub const NEW: &str = "4.20.3";

const LCA: &str = "lca.openshift.io/v1";
const PATIENCE: Duration = Duration::from_secs(90);
/// The upgrade is one object of the whole cluster: one test at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Plays the agent of the only cluster there is.
pub struct Agent<'p> {
    pub plane: &'p ControlPlane,
    _turn: MutexGuard<'static, ()>,
}

/// A condition as the agent writes it, a moment ago.
pub fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": message, "lastTransitionTime": now(0)})
}

/// A phase of the history that runs.
pub fn begun(phase: &str) -> Value {
    json!({"phase": phase, "startTime": now(-30)})
}

/// A phase of the history that is over.
pub fn over(phase: &str) -> Value {
    json!({"phase": phase, "startTime": now(-90), "completionTime": now(-40)})
}

fn now(seconds: i64) -> String {
    let at = jiff::Timestamp::now().as_second() + seconds;
    jiff::Timestamp::from_second(at).unwrap().to_string()
}

impl<'p> Agent<'p> {
    /// A cluster on the old release, seen from itself.
    pub fn new(plane: &'p ControlPlane) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let agent = Self { plane, _turn: turn };
        plane.delete("cluster.open-cluster-management.io/v1", "ManagedCluster", "", HUB_NAME);
        agent.forget();
        agent.release(OLD);
        plane.load(&[json!({
            "apiVersion": "config.openshift.io/v1", "kind": "Infrastructure", "metadata": {"name": "cluster"},
            "spec": {"cloudConfig": {"name": ""}},
            "status": {
                "apiServerURL": "https://api.sno2.example.com:6443",
                "apiServerInternalURI": "https://api-int.sno2.example.com:6443", "etcdDiscoveryDomain": "",
                "infrastructureName": "sno2-x", "infrastructureTopology": "SingleReplica",
                "controlPlaneTopology": "SingleReplica", "cpuPartitioning": "AllNodes",
            },
        })]);
        agent
    }

    /// The release that ClusterVersion tells.
    pub fn release(&self, version: &str) {
        self.plane.load(&[json!({
            "apiVersion": "config.openshift.io/v1", "kind": "ClusterVersion", "metadata": {"name": "version"},
            "spec": {"clusterID": "4d0f8a3e-0000-4000-8000-000000000000"},
            "status": {
                "desired": {"version": version, "image": "quay.io/release:x"}, "availableUpdates": null,
                "observedGeneration": 1, "versionHash": "x",
            },
        })]);
    }

    /// The object is gone, as after a boot.
    pub fn forget(&self) {
        self.plane.delete(LCA, "ImageBasedUpgrade", "", "upgrade");
    }

    fn put(&self, stage: &str, status: Value) {
        let seed = match stage {
            "Idle" => json!({}),
            _ => json!({"image": "registry.example.com/seed/du:4.20.3", "version": NEW}),
        };
        let old = self.plane.get(LCA, "ImageBasedUpgrade", "", "upgrade");
        let object = json!({
            "apiVersion": LCA, "kind": "ImageBasedUpgrade", "metadata": {"name": "upgrade"},
            "spec": {"stage": stage, "seedImageRef": seed}, "status": status,
        });
        if old.is_none_or(|old| old["spec"]["stage"] != stage) {
            self.forget();
            self.plane.create(&object);
        }
        self.plane.patch_status(&object);
    }

    /// Writes a status; makes the object when it is not there.
    pub fn status(&self, stage: &str, next: &[&str], conditions: &[Value], history: Value) {
        let mut status = json!({"conditions": conditions, "history": history});
        if !next.is_empty() {
            status["validNextStages"] = json!(next);
        }
        self.put(stage, status);
    }

    /// At rest.
    pub fn idle(&self) {
        self.forget();
        self.idle_status();
    }

    /// The status at rest.
    pub fn idle_status(&self) {
        self.status("Idle", &["Prep"], &[condition("Idle", "True", "Idle", "Idle")], json!([]));
    }

    /// Ready for the upgrade.
    pub fn prepared(&self) {
        self.forget();
        let done = condition("PrepCompleted", "True", "Completed", "Prep stage completed successfully");
        self.status(
            "Prep",
            &["Idle", "Upgrade"],
            &[condition("Idle", "False", "InProgress", "In progress"), done],
            json!([]),
        );
    }

    /// Ready for an upgrade from another seed, which somebody else has asked for.
    pub fn prepared_for(&self, image: &str, version: &str) {
        let patch = json!({"spec": {"stage": "Prep", "seedImageRef": {"image": image, "version": version}}});
        self.merge(&patch);
        let done = condition("PrepCompleted", "True", "Completed", "Prep stage completed successfully");
        self.status("Prep", &["Idle", "Upgrade"], &[done], json!([]));
    }

    /// At work in Prep.
    pub fn preparing(&self, message: &str, phases: Value) {
        let history = json!([{"stage": "Prep", "startTime": now(-100), "phases": phases}]);
        self.status("Prep", &["Idle"], &[condition("PrepInProgress", "True", "InProgress", message)], history);
    }

    /// At work in Upgrade.
    pub fn upgrading(&self, message: &str, next: &str, phases: Value) {
        let history = json!([{"stage": "Upgrade", "startTime": now(-100), "phases": phases}]);
        self.status("Upgrade", &[next], &[condition("UpgradeInProgress", "True", "InProgress", message)], history);
    }

    /// On the new release.
    pub fn upgraded(&self) {
        self.release(NEW);
        let done = condition("UpgradeCompleted", "True", "Completed", "Upgrade completed");
        self.put(
            "Upgrade",
            json!({
                "conditions": [done], "validNextStages": ["Idle", "Rollback"],
                "rollbackAvailabilityExpiration": now(86_400 * 20 + 1800),
            }),
        );
    }

    /// The object as it is.
    pub fn object(&self) -> Value {
        self.plane.get(LCA, "ImageBasedUpgrade", "", "upgrade").unwrap()
    }

    /// Waits until somebody has asked for a stage.
    pub fn asked_for(&self, stage: &str) {
        self.until(|object| object["spec"]["stage"] == stage, stage);
    }

    /// Waits until somebody has set an annotation.
    pub fn annotated(&self, key: &str) {
        self.until(|object| object["metadata"]["annotations"].get(key).is_some(), key);
    }

    fn until(&self, is: impl Fn(&Value) -> bool, what: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !is(&self.object()) {
            assert!(Instant::now() < deadline, "nobody asked for {what}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Asks for a stage as somebody else.
    pub fn ask(&self, stage: &str) {
        let seed = json!({"image": "registry.example.com/seed/du:4.20.3", "version": NEW});
        self.merge(&json!({"spec": {"stage": stage, "seedImageRef": seed}}));
    }

    /// Sets an annotation as somebody else.
    pub fn annotate(&self, key: &str, value: &str) {
        self.merge(&json!({"metadata": {"annotations": {key: value}}}));
    }

    /// Removes an annotation, as the agent does with what it has taken notice of.
    pub fn remove_annotation(&self, key: &str) {
        self.merge(&json!({"metadata": {"annotations": {key: null}}}));
    }

    fn merge(&self, patch: &Value) {
        let path = "/apis/lca.openshift.io/v1/imagebasedupgrades/upgrade";
        self.plane.request("PATCH", path, "application/merge-patch+json", patch).unwrap();
    }

    /// Makes the server a hub too, with the cluster on it and a way to it.
    pub fn hub(&self, kubeconfig: &Path) {
        let text = without_files(&std::fs::read_to_string(kubeconfig).unwrap());
        self.plane.load(&[
            json!({
                "apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
                "metadata": {"name": HUB_NAME, "labels": {"site": "north"}},
                "spec": {"hubAcceptsClient": true},
            }),
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": HUB_NAME}}),
        ]);
        // The cluster's own name is told by another cluster here, so that the way leads through the hub.
        self.plane.delete("config.openshift.io/v1", "Infrastructure", "", "cluster");
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "sno2-admin-kubeconfig", "namespace": HUB_NAME},
            "stringData": {"kubeconfig": text},
        });
        self.plane.delete("v1", "Secret", HUB_NAME, "sno2-admin-kubeconfig");
        self.plane.create(&secret);
    }

    /// The annotation that keeps the hub from importing the cluster.
    pub fn import_annotation(&self) -> Option<Value> {
        let cluster = self.plane.get("cluster.open-cluster-management.io/v1", "ManagedCluster", "", HUB_NAME).unwrap();
        cluster["metadata"]["annotations"].get("import.open-cluster-management.io/disable-auto-import").cloned()
    }

    /// Waits until a seed image has been asked for, with its Secret.
    pub fn seed_asked_for(&self, image: &str) {
        let deadline = Instant::now() + PATIENCE;
        let asked =
            || self.plane.get(LCA, "SeedGenerator", "", "seedimage").is_some_and(|o| o["spec"]["seedImage"] == image);
        while !asked() {
            assert!(Instant::now() < deadline, "nobody asked for a seed image");
            std::thread::sleep(Duration::from_millis(30));
        }
        let secret = self.plane.get("v1", "Secret", "openshift-lifecycle-agent", "seedgen").unwrap();
        assert!(secret["data"]["seedAuth"].is_string() && secret["type"] == "Opaque");
    }

    /// The SeedGenerator is back.
    pub fn seed(&self, image: &str) {
        self.plane.create(&json!({
            "apiVersion": LCA, "kind": "SeedGenerator", "metadata": {"name": "seedimage"}, "spec": {"seedImage": image},
        }));
    }

    /// How far the seed image is.
    pub fn seed_status(&self, kind: &str, status: &str, message: &str) {
        self.plane.patch_status(&json!({
            "apiVersion": LCA, "kind": "SeedGenerator", "metadata": {"name": "seedimage"},
            "status": {"conditions": [condition(kind, status, "x", message)]},
        }));
    }

    /// Runs the plugin to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_at(self.plane.kubeconfig(), arguments)
    }

    /// Runs it as somebody or through something else.
    pub fn run_at(&self, kubeconfig: &Path, arguments: &[&str]) -> Ended {
        self.start(arguments, kubeconfig).end()
    }

    /// Runs it and answers its question.
    pub fn run_answering(&self, answer: &str, arguments: &[&str]) -> Ended {
        let mut command = command(self.plane.kubeconfig(), arguments);
        let mut child = command.env("ZTP_ANSWERS_ON_STDIN", "1").stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
        Run::of(child).end()
    }

    /// Starts it.
    pub fn start(&self, arguments: &[&str], kubeconfig: &Path) -> Run {
        Run::of(command(kubeconfig, arguments).stdin(Stdio::null()).spawn().unwrap())
    }

    /// Compares what was printed with its recording; `UPDATE_TRANSCRIPTS=1` records it anew.
    pub fn transcript(&self, file: &str, runs: &[(&str, &Ended)]) {
        let mut text = String::new();
        for (line, ended) in runs {
            text += &format!("$ oc ibu {line}\n{}{}exit code {}\n", ended.err, ended.out, ended.code);
        }
        let port = self.plane.url().rsplit(':').next().unwrap_or_default().to_owned();
        let text = text.replace(&format!("127.0.0.1:{port}"), "api.sno2.example.com:6443");
        let path = ztp_tests::workspace().join("tests/transcripts/ibu").join(file);
        if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
            return std::fs::write(path, text).unwrap();
        }
        let recorded = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, recorded, "{file} differs: UPDATE_TRANSCRIPTS=1 records it anew");
    }
}

/// A kubeconfig as it is in a Secret: with the certificate itself where a file has its path.
fn without_files(kubeconfig: &str) -> String {
    let mut kubeconfig: Value = serde_json::from_str(kubeconfig).unwrap();
    let cluster = &mut kubeconfig["clusters"][0]["cluster"];
    let path = cluster["certificate-authority"].take();
    let certificate = std::fs::read(path.as_str().unwrap()).unwrap();
    cluster["certificate-authority-data"] = BASE64_STANDARD.encode(certificate).into();
    cluster.as_object_mut().unwrap().remove("certificate-authority");
    kubeconfig.to_string()
}

fn command(kubeconfig: &Path, arguments: &[&str]) -> Command {
    static PLUGIN: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PLUGIN.get_or_init(|| ztp_tests::built("oc-ibu")));
    command
        .args(arguments)
        .env("KUBECONFIG", kubeconfig)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("CLICOLOR_FORCE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a run has left.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A run whose output is read while it goes on.
pub struct Run {
    child: Child,
    out: Arc<Mutex<String>>,
    readers: Vec<std::thread::JoinHandle<()>>,
    err: Arc<Mutex<String>>,
}

impl Run {
    fn of(mut child: Child) -> Self {
        let (out, err) = (Arc::<Mutex<String>>::default(), Arc::<Mutex<String>>::default());
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        let read = |(stream, into): (Box<dyn Read + Send>, Arc<Mutex<String>>)| {
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    *into.lock().unwrap() += &format!("{line}\n");
                }
            })
        };
        let readers = streams.into_iter().zip([Arc::clone(&out), Arc::clone(&err)]).map(read).collect();
        Self { child, out, readers, err }
    }

    /// Waits until something has been printed.
    pub fn sees(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.out.lock().unwrap().contains(text) {
            let all = || format!("{}{}", self.out.lock().unwrap(), self.err.lock().unwrap());
            assert!(Instant::now() < deadline, "{text:?} was not printed:\n{}", all());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits for the end.
    pub fn end(mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        let code = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status.code().unwrap_or(-1),
                None if Instant::now() > deadline => {
                    let _ = self.child.kill();
                    panic!("it does not end:\n{}{}", self.out.lock().unwrap(), self.err.lock().unwrap());
                }
                None => std::thread::sleep(Duration::from_millis(30)),
            }
        };
        self.readers.into_iter().for_each(|reader| reader.join().unwrap());
        let (out, err) = (self.out.lock().unwrap().clone(), self.err.lock().unwrap().clone());
        Ended { code, out, err }
    }
}
