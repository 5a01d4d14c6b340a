//! `oc talm` changes a real API server: objects as TALM expects them, nothing twice, nothing lost with a connection, and
//! a sentence for whatever the server refuses. What people see is in `transcripts/talm_writes`
//! (`UPDATE_TRANSCRIPTS=1` records anew).
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use ztp_tests::control_plane::{ControlPlane, Fault};
use ztp_tests::{built, control_plane, workspace};

const CGU: &str = "ran.openshift.io/v1alpha1";

/// A hub of one test: a namespace for policies and CGUs, and clusters of its own.
struct Hub {
    plane: &'static ControlPlane,
    namespace: &'static str,
    kubeconfig: PathBuf,
    folder: tempfile::TempDir,
}

/// What a command said, as a terminal shows it, and how it ended.
struct Said {
    text: String,
    code: i32,
}

impl Hub {
    /// Clusters `<namespace>-1` to `-3`, not compliant with the policies `base` and `late`.
    fn new(namespace: &'static str) -> Option<Self> {
        // Built before the server runs and before the clock of anything that is made for the test.
        binary();
        let plane = control_plane()?;
        let clusters = [1, 2, 3].map(|number| format!("{namespace}-{number}"));
        let mut objects: Vec<Value> = clusters.iter().map(|name| cluster(namespace, name)).collect();
        for (name, wave) in [("base", "1"), ("late", "10")] {
            objects.extend(policy(namespace, name, wave, &clusters));
        }
        plane.load(&objects);
        Some(Self { plane, namespace, kubeconfig: plane.kubeconfig().to_path_buf(), folder: tempfile::tempdir().ok()? })
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments.split(' ')).args(["--kubeconfig"]).arg(&self.kubeconfig).current_dir(self.folder.path());
        command.env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8").env_remove("KUBECONFIG").env("HOME", self.folder.path());
        command
    }

    /// Runs a command; an answer is typed when there is one, else there is no terminal.
    fn run(&self, arguments: &str, answer: Option<&str>) -> Said {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = self.command(arguments);
        command.stdout(writer.try_clone().unwrap()).stderr(writer);
        command.stdin(if answer.is_some() { Stdio::piped() } else { Stdio::null() });
        if answer.is_some() {
            command.env("ZTP_ANSWERS_ON_STDIN", "1");
        }
        let mut child = command.spawn().unwrap();
        drop(command);
        if let (Some(answer), Some(mut stdin)) = (answer, child.stdin.take()) {
            // A command that does not ask has gone by now.
            let _ = writeln!(stdin, "{answer}");
        }
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        Said { text: self.plain(&text), code: child.wait().unwrap().code().unwrap_or(-1) }
    }

    /// Without what differs from run to run.
    fn plain(&self, text: &str) -> String {
        let port = |text: &str| text.replace(self.plane.url().trim_start_matches("https://"), "hub.example.com:6443");
        let text = port(text).replace(&self.kubeconfig.display().to_string(), "hub.kubeconfig");
        text.replace(&self.folder.path().display().to_string(), "~")
    }

    /// A line of a transcript.
    fn told(&self, arguments: &str, answer: Option<&str>) -> String {
        let said = self.run(arguments, answer);
        let typed = answer.map(|answer| format!("(typed: {answer})\n")).unwrap_or_default();
        format!("$ oc talm {arguments}\n{typed}{}exit code {}\n\n", said.text, said.code)
    }

    fn get(&self, name: &str) -> Option<Value> {
        self.plane.get(CGU, "ClusterGroupUpgrade", self.namespace, name)
    }

    fn version(&self, name: &str) -> String {
        self.get(name).unwrap()["metadata"]["resourceVersion"].to_string()
    }

    /// Makes a CGU and gives it a status, as TALM would.
    fn cgu(&self, name: &str, spec: Value, status: Value) {
        self.plane.load(&[cgu(self.namespace, name, spec, status)]);
    }

    fn set_status(&self, name: &str, status: Value) {
        self.plane.patch_status(&cgu(self.namespace, name, json!({}), status));
    }

    fn spec(&self, more: Value) -> Value {
        let clusters = [1, 2, 3].map(|number| format!("{}-{number}", self.namespace));
        let mut spec = json!({"clusters": clusters, "managedPolicies": ["base"], "enable": false,
            "remediationStrategy": {"maxConcurrency": 2, "timeout": 240}});
        spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        spec
    }
}

fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| built("oc-talm"))
}

fn cgu(namespace: &str, name: &str, spec: Value, status: Value) -> Value {
    json!({"apiVersion": CGU, "kind": "ClusterGroupUpgrade", "metadata": {"name": name, "namespace": namespace},
        "spec": spec, "status": status})
}

fn cluster(group: &str, name: &str) -> Value {
    let available = json!({"type": "ManagedClusterConditionAvailable", "status": "True", "reason": "Lease", "message": "",
        "lastTransitionTime": "2026-01-01T00:00:00Z"});
    json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
        "metadata": {"name": name, "labels": {"name": name, "group": group}}, "spec": {"hubAcceptsClient": true},
        "status": {"conditions": [available], "version": {}}})
}

fn policy(namespace: &str, name: &str, wave: &str, clusters: &[String]) -> Vec<Value> {
    let annotations = json!({"ran.openshift.io/ztp-deploy-wave": wave});
    let object = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}});
    let spec = json!({"disabled": false, "remediationAction": "inform", "policy-templates": [{"objectDefinition": {
        "apiVersion": "policy.open-cluster-management.io/v1", "kind": "ConfigurationPolicy", "metadata": {"name": name},
        "spec": {"object-templates": [{"complianceType": "musthave", "objectDefinition": object}]}}}]});
    let status: Vec<Value> = clusters
        .iter()
        .map(|cluster| json!({"clustername": cluster, "clusternamespace": cluster, "compliant": "NonCompliant"}))
        .collect();
    let api = "policy.open-cluster-management.io/v1";
    let mut objects = vec![json!({"apiVersion": api, "kind": "Policy", "spec": spec, "status": {"status": status},
        "metadata": {"name": name, "namespace": namespace, "annotations": annotations}})];
    objects.extend(clusters.iter().map(|cluster| {
        let full = format!("{namespace}.{name}");
        json!({"apiVersion": api, "kind": "Policy", "spec": spec, "metadata": {"name": full, "namespace": cluster,
            "annotations": annotations, "labels": {"policy.open-cluster-management.io/root-policy": full}}})
    }));
    objects
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": message,
        "lastTransitionTime": "2026-01-01T10:00:00Z"})
}

fn running(namespace: &str) -> Value {
    json!({"conditions": [condition("Progressing", "True", "InProgress", "Remediating non-compliant policies")],
        "remediationPlan": [[format!("{namespace}-1"), format!("{namespace}-2")], [format!("{namespace}-3")]],
        "managedPoliciesForUpgrade": [{"name": "base", "namespace": namespace}],
        "status": {"startedAt": "2026-01-01T10:00:00Z", "currentBatch": 1,
            "currentBatchRemediationProgress": {format!("{namespace}-1"): {"state": "InProgress", "policyIndex": 0}}}})
}

fn ended(namespace: &str) -> Value {
    let message = "Policy remediation took too long";
    json!({"conditions": [condition("Progressing", "False", "TimedOut", message),
            condition("Succeeded", "False", "TimedOut", message)],
        "remediationPlan": [[format!("{namespace}-1")], [format!("{namespace}-2")], [format!("{namespace}-3")]],
        "managedPoliciesForUpgrade": [{"name": "base", "namespace": namespace}],
        "clusters": [{"name": format!("{namespace}-1"), "state": "complete"},
            {"name": format!("{namespace}-2"), "state": "timedout",
                "currentPolicy": {"name": "base", "status": "NonCompliant"}}]})
}

/// Waits for what another process does. When it never does, the test goes on and fails.
fn eventually(happened: impl Fn() -> bool) {
    for _ in 0..600 {
        if happened() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn compare(name: &str, text: &str) {
    let too_wide = text.lines().find(|line| line.chars().count() > 160);
    assert_eq!(too_wide, None);
    let file = workspace().join("tests/tests/transcripts/talm_writes").join(name);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        std::fs::write(file, text).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, known, "{name} differs: UPDATE_TRANSCRIPTS=1 records it anew");
}

/// The hub of a test, or an early return where there is no server.
macro_rules! hub {
    ($namespace:literal) => {
        match Hub::new($namespace) {
            Some(hub) => hub,
            None => return,
        }
    };
}

#[test]
fn create_asks_and_makes_what_talm_expects_once() {
    let hub = hub!("create");
    let new =
        "create new -n create -l group=create --missing --canary create-2 --max-concurrency 2 --rollout-timeout 90m";
    let mut text = hub.told(new, None);
    text += &hub.told(new, Some("n"));
    assert!(hub.get("new").is_none(), "nothing is made before somebody says yes");
    text += &hub.told(&format!("{new} --dry-run=server"), None);
    assert!(hub.get("new").is_none(), "a dry run makes nothing");
    text += &hub.told(new, Some("y"));
    let made = hub.get("new").unwrap();
    let expected = json!({"enable": false, "clusterLabelSelectors": [{"matchLabels": {"group": "create"}}],
        "managedPolicies": ["base", "late"],
        "remediationStrategy": {"canaries": ["create-2"], "maxConcurrency": 2, "timeout": 90}});
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&made["spec"][key], value, "{key}");
    }
    let version = hub.version("new");
    text += &hub.told(new, None);
    assert_eq!(hub.version("new"), version, "a repeated run changes nothing");
    text += &hub.told("create new -n create -l group=create --policy late --max-concurrency 3 --yes", None);
    let changed = hub.get("new").unwrap();
    assert_eq!(changed["spec"]["managedPolicies"], json!(["late"]));
    assert!(changed["spec"]["remediationStrategy"]["canaries"].is_null(), "what is not wanted any more is gone");
    compare("create.txt", &text);
}

#[test]
fn create_makes_the_precaching_config_and_asks_for_the_number() {
    let hub = hub!("config");
    let mut catalog = policy("config", "catalog", "2", &["config-1".to_owned()]);
    let mut subscription = policy("config", "operator", "3", &["config-1".to_owned()]);
    let at = "/spec/policy-templates/0/objectDefinition/spec/object-templates/0/objectDefinition";
    for policy in &mut catalog {
        *policy.pointer_mut(at).unwrap() =
            json!({"kind": "CatalogSource", "spec": {"image": "registry.example.com/index:1"}});
    }
    for policy in &mut subscription {
        *policy.pointer_mut(at).unwrap() =
            json!({"kind": "Subscription", "spec": {"name": "ptp", "channel": "stable"}});
    }
    hub.plane.load(&catalog);
    hub.plane.load(&subscription);
    let new = "create cached -n config -l group=config --policy catalog,operator,base --max-concurrency 2 --precache --precache-space 45GiB";
    let mut text = hub.told(new, Some("2"));
    text += &hub.told(new, Some("3"));
    let config = hub.plane.get(CGU, "PreCachingConfig", "config", "cached").unwrap();
    assert_eq!(config["spec"], json!({"spaceRequired": "45GiB"}));
    assert_eq!(
        hub.get("cached").unwrap()["spec"]["preCachingConfigRef"],
        json!({"name": "cached", "namespace": "config"})
    );
    text += &hub.told("precache start cached -n config", None);
    hub.cgu("plain", hub.spec(json!({"managedPolicies": ["catalog", "operator"]})), json!({}));
    text += &hub.told("precache start plain -n config", None);
    text += &hub.told("precache start plain -n config", Some("y"));
    assert_eq!(hub.get("plain").unwrap()["spec"]["preCaching"], json!(true));
    compare("precache.txt", &text);
}

#[test]
fn a_lost_connection_makes_nothing_twice_and_loses_nothing() {
    let mut hub = hub!("lost");
    let proxy = hub.plane.fault_proxy();
    hub.kubeconfig = proxy.kubeconfig();
    proxy.plan("POST", "clustergroupupgrades", Fault::LoseAnswer, 1);
    let new = "create new -n lost -l group=lost --policy base --max-concurrency 2 --yes";
    let said = hub.run(new, None);
    assert_eq!(said.code, 0, "{}", said.text);
    proxy.plan("POST", "clustergroupupgrades", Fault::Drop, 1);
    let said = hub.run("create other -n lost -l group=lost --policy base --max-concurrency 2 --yes", None);
    assert_eq!(said.code, 0, "{}", said.text);
    for fault in [Fault::LoseAnswer, Fault::Drop] {
        let name = if fault == Fault::Drop { "other" } else { "new" };
        proxy.plan("PATCH", name, fault, 1);
        let said = hub.run(&format!("enable {name} -n lost --yes"), None);
        assert_eq!(said.code, 0, "{}", said.text);
        assert_eq!(hub.get(name).unwrap()["spec"]["enable"], json!(true));
    }
    hub.cgu("old", hub.spec(json!({"enable": true})), ended("lost"));
    proxy.plan("POST", "clustergroupupgrades", Fault::LoseAnswer, 1);
    let retry = "retry old -n lost --yes";
    let said = hub.run(retry, None);
    assert_eq!(said.code, 0, "{}", said.text);
    let version = hub.version("old-retry-1");
    let said = hub.run(retry, None);
    assert_eq!((said.code, hub.version("old-retry-1")), (0, version), "{}", said.text);
    assert!(hub.get("old-retry-2").is_none());
    hub.set_status("old", running("lost"));
    proxy.plan("DELETE", "old", Fault::LoseAnswer, 1);
    let said = hub.run("abort old -n lost --delete --yes", None);
    assert_eq!((said.code, hub.get("old").is_none()), (0, true), "{}", said.text);
}

#[test]
fn enable_asks_for_the_number_and_guards() {
    let hub = hub!("enable");
    hub.cgu("night", hub.spec(json!({})), json!({}));
    let mut text = hub.told("enable night -n enable", None);
    text += &hub.told("enable night -n enable", Some("y"));
    text += &hub.told("enable night -n enable --dry-run=server -o name -q", None);
    assert_eq!(hub.get("night").unwrap()["spec"]["enable"], json!(false));
    text += &hub.told("enable night -n enable", Some("3"));
    assert_eq!(hub.get("night").unwrap()["spec"]["enable"], json!(true));
    let version = hub.version("night");
    text += &hub.told("enable night -n enable", None);
    assert_eq!(hub.version("night"), version, "a repeated run changes nothing");
    text += &hub.told("disable night -n enable", None);
    text += &hub.told("disable night -n enable", Some("y"));
    assert_eq!(hub.get("night").unwrap()["spec"]["enable"], json!(false));
    text += &hub.told("disable night -n enable", None);
    text += &hub.told("enable nigth -n enable", None);
    compare("enable.txt", &text);
}

#[test]
fn abort_shortens_the_time_or_deletes() {
    let hub = hub!("abort");
    hub.cgu("night", hub.spec(json!({"enable": true})), running("abort"));
    let mut text = hub.told("disable night -n abort", Some("y"));
    text += &hub.told("abort night -n abort", None);
    text += &hub.told("abort night -n abort", Some("y"));
    let aborted = hub.get("night").unwrap();
    assert_eq!(aborted["spec"]["remediationStrategy"]["timeout"], json!(1));
    assert_eq!(aborted["metadata"]["annotations"]["ztp-plugins/timeout-before-abort"], json!("240"));
    assert_eq!(aborted["spec"]["remediationStrategy"]["maxConcurrency"], json!(2));
    text += &hub.told("abort night -n abort --delete", Some("y"));
    assert!(hub.get("night").is_none());
    text += &hub.told("abort night -n abort --delete", Some("y"));
    compare("abort.txt", &text);
}

#[test]
fn an_aborted_one_is_tried_again_with_the_time_it_had() {
    let hub = hub!("time");
    hub.cgu("night", hub.spec(json!({"enable": true})), running("time"));
    let said = hub.run("abort night -n time --yes", None);
    assert_eq!(said.code, 0, "{}", said.text);
    hub.set_status("night", ended("time"));
    for command in ["retry night -n time --yes", "clone night -n time --yes"] {
        let said = hub.run(command, None);
        assert_eq!(said.code, 0, "{}", said.text);
    }
    for name in ["night-retry-1", "night-copy-1"] {
        let made = hub.get(name).unwrap();
        assert_eq!(made["spec"]["remediationStrategy"]["timeout"], json!(240));
        assert!(made["metadata"]["annotations"]["ztp-plugins/timeout-before-abort"].is_null());
    }
    let sized = "retry night -n time --max-concurrency 1 --rollout-timeout 90m --yes";
    let made = [hub.run(sized, None), hub.run(sized, None)];
    assert_eq!(made.map(|said| said.code), [0, 0]);
    assert_eq!(hub.get("night-retry-2").unwrap()["spec"]["remediationStrategy"]["timeout"], json!(90));
    assert!(hub.get("night-retry-3").is_none(), "a repeated run makes nothing");
}

#[test]
fn creating_again_neither_disables_nor_forgets() {
    let hub = hub!("again");
    hub.cgu("on", hub.spec(json!({"enable": true})), json!({}));
    let said = hub.run("create on -n again -l group=again --policy late --max-concurrency 2 --yes", None);
    assert_eq!(said.code, 2, "{}", said.text);
    assert!(said.text.contains("is enabled: this would disable it"), "{}", said.text);
    assert_eq!(hub.get("on").unwrap()["spec"]["enable"], json!(true));

    hub.cgu("over", hub.spec(json!({"enable": true})), ended("again"));
    let same = "create over -n again --clusters again-1,again-2,again-3 --policy base --max-concurrency 2 --yes";
    let said = hub.run(same, None);
    assert_eq!(said.code, 2, "{}", said.text);
    assert!(said.text.contains("says the same and has ended"), "{}", said.text);

    let mut file = cgu("again", "filed", hub.spec(json!({})), Value::Null);
    std::fs::write(hub.folder.path().join("filed.json"), file.to_string()).unwrap();
    assert_eq!(hub.run("create -f filed.json --yes", None).code, 0);
    file["metadata"]["annotations"] = json!({"ran.openshift.io/blocking-cgu-completion-mode": "partial"});
    std::fs::write(hub.folder.path().join("filed.json"), file.to_string()).unwrap();
    let said = hub.run("create -f filed.json --yes", None);
    assert_eq!(said.code, 0, "{}", said.text);
    let annotations = &hub.get("filed").unwrap()["metadata"]["annotations"];
    assert_eq!(annotations["ran.openshift.io/blocking-cgu-completion-mode"], json!("partial"));

    let mut late = running("again");
    late["conditions"] = json!([condition("Progressing", "False", "NotEnabled", "Not enabled")]);
    hub.cgu("late", hub.spec(json!({})), late);
    let said = hub.run("enable late -n again --yes", None);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("rollout/time-used"), "{}", said.text);
}

#[test]
fn retry_and_clone_make_new_ones_and_the_first_configuration_starts_anew() {
    let hub = hub!("retry");
    hub.cgu("old", hub.spec(json!({"enable": true})), ended("retry"));
    let mut text = hub.told("retry old -n retry", Some("y"));
    let made = hub.get("old-retry-1").unwrap();
    assert_eq!((&made["spec"]["clusters"], &made["spec"]["enable"]), (&json!(["retry-2", "retry-3"]), &json!(false)));
    text += &hub.told("retry old -n retry", None);
    text += &hub.told("clone old -n retry --name again", Some("y"));
    assert_eq!(hub.get("again").unwrap()["spec"]["clusters"], json!(["retry-1", "retry-2", "retry-3"]));

    let mut first = cgu("ztp-install", "retry-1", hub.spec(json!({"enable": true})), ended("retry"));
    hub.plane.load(&[first.clone()]);
    text += &hub.told("retry retry-1 --ztp", None);
    text += &hub.told("retry retry-1 --ztp", Some("y"));
    assert!(hub.plane.get(CGU, "ClusterGroupUpgrade", "ztp-install", "retry-1").is_none());
    text += &hub.told("retry retry-1 --ztp", Some("y"));
    compare("retry.txt", &text);

    first["status"] = json!({});
    hub.plane.load(&[first.clone()]);
    let made_again = std::thread::scope(|scope| {
        scope.spawn(|| {
            // TALM's part.
            eventually(|| hub.plane.get(CGU, "ClusterGroupUpgrade", "ztp-install", "retry-1").is_none());
            hub.plane.load(&[first.clone()]);
        });
        hub.run("retry retry-1 --ztp --yes --wait --timeout 60s", None)
    });
    assert_eq!(made_again.code, 0, "{}", made_again.text);
    assert!(made_again.text.ends_with("TALM has made ztp-install/retry-1 again\n"), "{}", made_again.text);
    hub.plane.delete(CGU, "ClusterGroupUpgrade", "ztp-install", "retry-1");
}

#[test]
fn waiting_ends_with_the_rollout_whatever_the_connection_does() {
    let mut hub = hub!("wait");
    let proxy = hub.plane.fault_proxy();
    hub.kubeconfig = proxy.kubeconfig();
    hub.cgu("good", hub.spec(json!({})), json!({}));
    hub.cgu("bad", hub.spec(json!({})), json!({}));
    hub.cgu("slow", hub.spec(json!({"enable": true})), running("wait"));
    let said = hub.run("enable slow -n wait --wait --timeout 2s", None);
    assert_eq!(said.code, 3, "{}", said.text);
    assert!(said.text.contains("next: oc talm status slow -n wait"), "{}", said.text);
    for (name, status, reason, code) in [("good", "True", "Completed", 0), ("bad", "False", "TimedOut", 1)] {
        let said = std::thread::scope(|scope| {
            scope.spawn(|| {
                eventually(|| hub.get(name).unwrap()["spec"]["enable"] == json!(true));
                hub.set_status(name, running("wait"));
                std::thread::sleep(Duration::from_secs(1));
                proxy.away();
                std::thread::sleep(Duration::from_secs(1));
                let mut end = ended("wait");
                end["conditions"] = json!([condition("Succeeded", status, reason, "the end")]);
                hub.set_status(name, end);
                proxy.back();
            });
            hub.run(&format!("enable {name} -n wait --yes --wait --timeout 2m"), None)
        });
        assert_eq!(said.code, code, "{}", said.text);
        assert!(said.text.contains(&format!("{reason}   ")), "{}", said.text);
    }
}

#[test]
fn a_change_in_between_is_told_and_one_of_the_status_does_no_harm() {
    let mut hub = hub!("between");
    let proxy = hub.plane.fault_proxy();
    hub.kubeconfig = proxy.kubeconfig();
    for (name, touched) in [("status", false), ("spec", true)] {
        hub.cgu(name, hub.spec(json!({})), json!({}));
        proxy.plan("PATCH", name, Fault::Hold(Duration::from_secs(3)), 1);
        let said = std::thread::scope(|scope| {
            scope.spawn(|| {
                let arrived = |request: &String| request.starts_with("PATCH") && request.contains(name);
                eventually(|| proxy.requests().iter().any(arrived));
                if touched {
                    let spec = hub.spec(json!({"managedPolicies": ["late"]}));
                    hub.plane.apply(&cgu("between", name, spec, Value::Null)).unwrap();
                } else {
                    let conditions = json!({"conditions": [condition("Validated", "True", "ValidationCompleted", "")]});
                    hub.set_status(name, conditions);
                }
            });
            hub.run(&format!("enable {name} -n between --yes"), None)
        });
        assert_eq!(said.code, if touched { 2 } else { 0 }, "{}", said.text);
        assert_eq!(hub.get(name).unwrap()["spec"]["enable"], json!(!touched));
        assert_eq!(touched, said.text.contains("was changed by somebody else"), "{}", said.text);
    }
}

#[test]
fn what_is_forbidden_is_told() {
    let mut hub = hub!("rights");
    hub.cgu("night", hub.spec(json!({})), json!({}));
    hub.cgu("old", hub.spec(json!({"enable": true})), ended("rights"));
    hub.kubeconfig = hub.plane.kubeconfig_for("reader");
    let mut text = String::new();
    for command in [
        "enable night -n rights --yes -q -o name",
        "create new -n rights -l group=rights --policy base --max-concurrency 2 --yes -q -o name",
        "retry old -n rights --yes -q -o name",
        "precache start night -n rights --accept rollout/precache-no-software --yes -q -o name",
    ] {
        text += &hub.told(command, None);
    }
    hub.kubeconfig = hub.plane.kubeconfig_for("nobody");
    text += &hub.told("enable night -n rights --yes", None);
    text += &hub.told("kubeconfig rights-1", None);
    compare("forbidden.txt", &text);
}

#[test]
fn a_kubeconfig_is_fetched_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let hub = hub!("access");
    let secret = |content: &str| {
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "their-kubeconfig", "namespace": "access-1"},
            "stringData": {"kubeconfig": content}})
    };
    let deployment = json!({"apiVersion": "hive.openshift.io/v1", "kind": "ClusterDeployment",
        "metadata": {"name": "access-1", "namespace": "access-1"},
        "spec": {"clusterMetadata": {"adminKubeconfigSecretRef": {"name": "their-kubeconfig"}, "clusterID": "c", "infraID": "i"},
            "baseDomain": "example.com", "clusterName": "access-1", "platform": {}}});
    let spoke = |token: &str| {
        format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: admin\nclusters:\n- name: c\n  cluster: {{server: 'https://api.spoke'}}\n\
                 contexts:\n- name: admin\n  context: {{cluster: c, user: admin}}\nusers:\n- name: admin\n  user: {{token: {token}}}\n"
        )
    };
    hub.plane.load(&[deployment]);
    hub.plane.apply(&secret(&spoke("top-secret"))).unwrap();
    let file = hub.folder.path().join("access-1.kubeconfig");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut text = hub.told("kubeconfig access-1", None);
    assert_eq!((std::fs::read_to_string(&file).unwrap(), mode(&file)), (spoke("top-secret"), 0o600));
    text += &hub.told("kubeconfig access-1", None);
    hub.plane.apply(&secret(&spoke("renewed"))).unwrap();
    text += &hub.told("kubeconfig access-1", None);
    text += &hub.told("kubeconfig access-1 --force", None);
    let own = hub.folder.path().join("own");
    std::fs::copy(&hub.kubeconfig, &own).unwrap();
    let merged = Hub { kubeconfig: own.clone(), folder: tempfile::tempdir().unwrap(), ..hub };
    text += &merged.told("kubeconfig access-1 --merge --context-name spoke", None);
    text += &merged.told("kubeconfig access-1 --merge --context-name spoke", None);
    let whole = std::fs::read_to_string(&own).unwrap();
    assert!(whole.contains("token: renewed") && whole.contains("name: spoke") && mode(&own) == 0o600, "{whole}");
    text += &merged.told("kubeconfig access-2", None);
    assert!(!text.contains("top-secret") && !text.contains("renewed"), "a secret is printed: {text}");
    let printed = merged.run("kubeconfig access-1 --stdout", None);
    assert_eq!((printed.text, printed.code), (spoke("renewed"), 0));
    compare("kubeconfig.txt", &text.replace(&own.display().to_string(), "own"));
}

#[test]
fn logs_tell_what_the_hub_sees_where_the_cluster_cannot_be_asked() {
    let hub = hub!("logs");
    let view = |name: &str, reason: &str| {
        json!({"apiVersion": "view.open-cluster-management.io/v1beta1", "kind": "ManagedClusterView",
            "metadata": {"name": name, "namespace": "logs-1"},
            "spec": {"scope": {"resource": "jobs", "name": "pre-cache", "namespace": "openshift-talo-pre-cache"}},
            "status": {"conditions": [condition("Processing", "True", "GetResourceProcessing", "")],
                "result": {"status": {"conditions": [{"type": "Failed", "status": "True", "reason": reason}]}}}})
    };
    hub.plane.load(&[view("view-precache-job", "BackoffLimitExceeded"), view("view-backup-job", "DeadlineExceeded")]);
    let states = json!({"conditions": [condition("PrecacheSpecValid", "True", "PrecacheSpecIsWellFormed", "")],
        "precaching": {"status": {"logs-1": "UnrecoverableError", "logs-2": "Succeeded"}}});
    hub.cgu("night", hub.spec(json!({"preCaching": true})), states);
    let mut text = hub.told("precache status night -n logs", None);
    text += &hub.told("precache logs logs-1", None);
    text += &hub.told("backup logs logs-1", None);
    text += &hub.told("precache logs logs-2", None);
    compare("logs.txt", &text);
}

/// A cluster's API that answers a few paths, as far as a test of the hub needs one.
fn spoke(answers: Vec<(&'static str, String)>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head);
            let path = head.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default();
            let body = answers.iter().find(|(known, _)| *known == path).map(|(_, body)| body.as_str());
            let (status, body) = body.map_or(("404 Not Found", "{}"), |body| ("200 OK", body));
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn logs_and_space_come_from_the_cluster_itself() {
    let hub = hub!("spoke");
    let kinds =
        json!({"kind": "APIResourceList", "groupVersion": "v1", "resources": [{"name": "pods"}, {"name": "nodes"}]});
    let list = |kind: &str, items: Value| {
        json!({"apiVersion": "v1", "kind": kind, "metadata": {}, "items": items}).to_string()
    };
    let pod = |name: &str, at: &str| json!({"metadata": {"name": name, "namespace": "openshift-talo-pre-cache", "creationTimestamp": at}});
    let gib = 1_073_741_824_u64;
    let stats = json!({"node": {"runtime": {"imageFs": {"capacityBytes": 120 * gib, "availableBytes": 50 * gib}}}});
    let url = spoke(vec![
        ("/api/v1", kinds.to_string()),
        (
            "/api/v1/namespaces/openshift-talo-pre-cache/pods",
            list(
                "PodList",
                json!([pod("pre-cache-b", "2026-01-01T10:00:00Z"), pod("pre-cache-a", "2026-01-01T09:00:00Z")]),
            ),
        ),
        (
            "/api/v1/namespaces/openshift-talo-pre-cache/pods/pre-cache-b/log",
            "highThresholdPercent: 85 diskSize: 125829120\n[ERROR]: not enough space for precaching\n".to_owned(),
        ),
        ("/api/v1/namespaces/openshift-talo-backup/pods", list("PodList", json!([]))),
        ("/api/v1/nodes", list("NodeList", json!([{"metadata": {"name": "node-1"}}]))),
        ("/api/v1/nodes/node-1/proxy/stats/summary", stats.to_string()),
        (
            "/api/v1/nodes/node-1/proxy/configz",
            json!({"kubeletconfig": {"imageGCHighThresholdPercent": 80}}).to_string(),
        ),
    ]);
    let kubeconfig = json!({"apiVersion": "v1", "kind": "Config", "current-context": "admin",
        "clusters": [{"name": "c", "cluster": {"server": url}}], "users": [{"name": "admin", "user": {"token": "t"}}],
        "contexts": [{"name": "admin", "context": {"cluster": "c", "user": "admin"}}]});
    let secret = json!({"apiVersion": "v1", "kind": "Secret", "stringData": {"kubeconfig": kubeconfig.to_string()},
        "metadata": {"name": "spoke-1-admin-kubeconfig", "namespace": "spoke-1"}});
    hub.plane.apply(&secret).unwrap();
    let mut text = hub.told("precache logs spoke-1", None);
    text += &hub.told("backup logs spoke-1", None).replace(&url, "http://spoke");
    text += &hub.told("precache space spoke-1 --required 20GiB", None);
    text += &hub.told("precache space spoke-1", None);
    compare("spoke.txt", &text);
}

#[test]
fn argo_cd_is_warned_of_before_the_question() {
    let hub = hub!("argo");
    let mut object = cgu("argo", "night", hub.spec(json!({})), json!({}));
    object["metadata"]["annotations"] =
        json!({"argocd.argoproj.io/tracking-id": "rollouts:ran/ClusterGroupUpgrade:argo/night"});
    hub.plane.load(&[object]);
    let said = hub.run("enable night -n argo", Some("n"));
    let (warning, question) = (said.text.find("Argo CD application rollouts"), said.text.find("for 3 clusters?"));
    assert!(warning.is_some() && warning < question, "{}", said.text);
    assert_eq!(said.code, 4);
}
