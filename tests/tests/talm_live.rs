//! `oc talm` against a real API server: live answers are those of a recording, a watch tells each change and ends by
//! itself whatever the link does, and completion knows the hub's names.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ztp_tests::control_plane::{ControlPlane, Fault};
use ztp_tests::{built, control_plane};

const PATIENCE: Duration = Duration::from_secs(60);

/// The server, or an early return where there is none.
macro_rules! plane {
    () => {
        match control_plane() {
            Some(plane) => plane,
            None => return,
        }
    };
}

/// Two clusters, one policy that enforces nothing yet, and a CGU in batches of one. Names are the test's own.
struct Hub {
    namespace: String,
    clusters: [String; 2],
}

impl Hub {
    fn new(plane: &ControlPlane) -> Self {
        Self { namespace: plane.unique("fleet"), clusters: [plane.unique("sno"), plane.unique("sno")] }
    }

    fn cluster(&self, at: usize) -> Value {
        let name = &self.clusters[at];
        json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
            "metadata": {"name": name, "labels": {"name": name, "tier": self.namespace}},
            "spec": {"hubAcceptsClient": true},
            "status": {"conditions": [{"type": "ManagedClusterConditionAvailable", "status": "True", "reason": "x",
                "message": "", "lastTransitionTime": ago(720)}]}})
    }

    fn policy(&self, states: [&str; 2]) -> Value {
        let entries: Vec<Value> = self
            .clusters
            .iter()
            .zip(states)
            .map(|(c, state)| json!({"clustername": c, "clusternamespace": c, "compliant": state}))
            .collect();
        let mut policy = self.root("base", "inform");
        policy["status"] = json!({"status": entries});
        policy
    }

    fn root(&self, name: &str, action: &str) -> Value {
        let template = json!({"objectDefinition": {
            "apiVersion": "policy.open-cluster-management.io/v1", "kind": "ConfigurationPolicy",
            "metadata": {"name": name}, "spec": {"remediationAction": "inform", "object-templates": [{
                "complianceType": "musthave", "objectDefinition": {"apiVersion": "v1", "kind": "ConfigMap",
                    "metadata": {"name": "settings"}}}]}}});
        json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": name, "namespace": self.namespace},
            "spec": {"remediationAction": action, "disabled": false, "policy-templates": [template]}})
    }

    fn copy(&self, at: usize) -> Value {
        let full = format!("{}.base", self.namespace);
        let mut copy = self.root("base", "inform");
        copy["metadata"] = json!({"name": full, "namespace": self.clusters[at],
            "labels": {"policy.open-cluster-management.io/root-policy": full}});
        copy
    }

    fn cgu(&self, status: Value) -> Value {
        json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "night", "namespace": self.namespace},
            "spec": {"clusters": self.clusters, "managedPolicies": ["base"], "enable": true,
                "remediationStrategy": {"maxConcurrency": 1, "timeout": 240}},
            "status": status})
    }

    /// The status while a batch is worked on; clusters of earlier batches are complete.
    fn running(&self, batch: usize) -> Value {
        self.running_for(batch, 60)
    }

    /// The same, begun so many minutes ago.
    fn running_for(&self, batch: usize, minutes: i64) -> Value {
        let done: Vec<Value> =
            self.clusters.iter().take(batch - 1).map(|name| json!({"name": name, "state": "complete"})).collect();
        json!({"conditions": [condition("Progressing", "True", "InProgress", "Remediating non-compliant policies")],
            "remediationPlan": self.plan(), "managedPoliciesForUpgrade": self.managed(), "clusters": done,
            "status": {"startedAt": ago(minutes), "currentBatch": batch,
                "currentBatchStartedAt": ago(minutes / 2), "currentBatchRemediationProgress": {
                    self.clusters[batch - 1].as_str(): {"state": "InProgress", "policyIndex": 0}}}})
    }

    fn ended(&self, good: bool) -> Value {
        let second = if good { "complete" } else { "timedout" };
        let (status, reason) = if good { ("True", "Completed") } else { ("False", "TimedOut") };
        let text = if good { "All clusters are compliant" } else { "Policy remediation took too long" };
        json!({"conditions": [condition("Succeeded", status, reason, text)],
            "remediationPlan": self.plan(), "managedPoliciesForUpgrade": self.managed(),
            "clusters": [{"name": self.clusters[0], "state": "complete"}, {"name": self.clusters[1], "state": second}],
            "status": {"startedAt": ago(60), "completedAt": ago(10)}})
    }

    fn plan(&self) -> Value {
        json!([[self.clusters[0]], [self.clusters[1]]])
    }

    fn managed(&self) -> Value {
        json!([{"name": "base", "namespace": self.namespace}])
    }

    fn objects(&self, status: Value) -> Vec<Value> {
        let policy = self.policy(["NonCompliant", "NonCompliant"]);
        vec![self.cluster(0), self.cluster(1), policy, self.copy(0), self.copy(1), self.cgu(status)]
    }
}

/// A time so many minutes ago, as the API writes it: what runs would else be out of time.
fn ago(minutes: i64) -> String {
    let now = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(minutes);
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "reason": reason, "message": message,
        "lastTransitionTime": ago(60)})
}

fn oc_talm(kubeconfig: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).env("KUBECONFIG", kubeconfig).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command.env("XDG_CACHE_HOME", kubeconfig.parent().unwrap());
    command
}

fn binary() -> PathBuf {
    static BUILT: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    BUILT.get_or_init(|| built("oc-talm")).clone()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", text(&output.stdout), text(&output.stderr)))
}

/// The same command on a recording of the objects, from standard input so that its age is unknown.
fn from_recording(objects: &[Value], kubeconfig: &Path, arguments: &[&str]) -> Output {
    let mut arguments = arguments.to_vec();
    arguments.extend(["--from", "-"]);
    let mut child = oc_talm(kubeconfig, &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects});
    child.stdin.take().unwrap().write_all(list.to_string().as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn what_is_live_is_what_was_recorded() {
    let plane = plane!();
    let hub = Hub::new(plane);
    let objects = hub.objects(hub.running(1));
    plane.load(&objects);
    let now = ago(0);
    for command in ["status night", "plan night", "diagnose night", "plan next --policy base --max-concurrency 1 -l"] {
        let selector = format!("tier={}", hub.namespace);
        let mut arguments: Vec<&str> = command.split(' ').collect();
        if command.ends_with("-l") {
            arguments.push(&selector);
        }
        arguments.extend(["-n", &hub.namespace, "-o", "json", "--now", &now]);
        let live = oc_talm(plane.kubeconfig(), &arguments).output().unwrap();
        let recorded = from_recording(&objects, plane.kubeconfig(), &arguments);
        assert_eq!(live.status.code(), recorded.status.code(), "{command}: {}", text(&live.stderr));
        assert_eq!(json_of(&live), json_of(&recorded), "{command}");
    }
}

#[test]
fn copies_are_not_listed_when_the_roots_tell_of_them() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let proxy = plane.fault_proxy();
    let output = oc_talm(&proxy.kubeconfig(), &["status", "night", "-n", &hub.namespace]).output().unwrap();
    assert!(text(&output.stdout).contains("facts from context control-plane, live"), "{}", text(&output.stdout));
    let own = format!("{}.base", hub.namespace);
    let of_copies =
        |request: &String| request.contains("root-policy") && !request.contains("%21") && !request.contains('!');
    let listed: Vec<String> = proxy.requests().into_iter().filter(of_copies).collect();
    assert!(!listed.iter().any(|request| request.contains(&own)), "{listed:?}");
    assert!(!proxy.requests().is_empty());
}

#[test]
fn who_may_not_read_gets_a_sentence() {
    let plane = plane!();
    let output = oc_talm(&plane.kubeconfig_for("nobody"), &["status"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: cannot list ") && said.contains("forbidden"), "{said}");
    assert!(!said.contains("kube::") && !said.contains("ApiError"), "{said}");
}

#[test]
fn who_may_read_only_what_matters_gets_an_answer() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let read = |group: &str, resource: &str| json!({"apiGroups": [group], "resources": [resource], "verbs": ["get", "list", "watch"]});
    let kubeconfig = plane.kubeconfig_with(&json!([
        read("ran.openshift.io", "clustergroupupgrades"),
        read("cluster.open-cluster-management.io", "managedclusters"),
        read("policy.open-cluster-management.io", "policies"),
    ]));
    let output = oc_talm(&kubeconfig, &["status", "night", "-n", &hub.namespace, "-v"]).output().unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{out}{err}");
    assert!(out.contains("batch 1 of 2: 1 at policy base"), "{out}");
    assert!(
        out.contains("not allowed to read PlacementBindings, Placements, ") && out.contains("was not checked"),
        "{out}{err}"
    );
}

/// A running watch, its lines as they come.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(kubeconfig: &Path, namespace: &str, more: &[&str]) -> Self {
        let mut arguments = vec!["status", "night", "-n", namespace, "--watch"];
        arguments.extend(more);
        Self::of(kubeconfig, &arguments)
    }

    fn of(kubeconfig: &Path, arguments: &[&str]) -> Self {
        let mut child = oc_talm(kubeconfig, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = child.stdout.take().unwrap();
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                drop(tell.send(line));
            }
        });
        Self { child, lines }
    }

    /// The next line that holds a text; what comes before is passed over.
    fn wait_for(&self, wanted: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(wanted) => return line,
                Ok(line) => seen.push(line),
                Err(_) => panic!("no line holds {wanted:?}: {seen:?}"),
            }
        }
    }

    fn end(mut self) -> (Option<i32>, String) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut said = String::new();
                self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                return (status.code(), said);
            }
            if Instant::now() > deadline {
                self.child.kill().unwrap();
                panic!("the watch does not end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_watch_tells_each_change_and_ends_by_itself() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &[]);
    let first = watch.wait_for("InProgress");
    assert!(first.contains(&format!("{}/night InProgress   batch 1 of 2: 1 at policy base", hub.namespace)), "{first}");
    assert_eq!(first.find("Z "), Some(8), "a line begins with the time: {first}");
    plane.patch_status(&hub.policy(["Compliant", "NonCompliant"]));
    plane.patch_status(&hub.cgu(hub.running(2)));
    let complete = watch.wait_for("complete: ");
    assert!(complete.contains(&format!("complete: {}   1/2", hub.clusters[0])), "{complete}");
    watch.wait_for("batch 2 of 2: 1 at policy base");
    plane.patch_status(&hub.policy(["Compliant", "Compliant"]));
    plane.patch_status(&hub.cgu(hub.ended(true)));
    watch.wait_for("Completed   2 clusters completed");
    assert_eq!(watch.end(), (Some(0), String::new()));
}

#[test]
fn a_watch_of_one_cluster_is_silent_about_the_other_and_ends_by_it() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &["--clusters", &hub.clusters[0]]);
    watch.wait_for("InProgress");
    plane.patch_status(&hub.policy(["Compliant", "NonCompliant"]));
    plane.patch_status(&hub.cgu(hub.running(2)));
    watch.wait_for(&format!("complete: {}", hub.clusters[0]));
    plane.patch_status(&hub.cgu(hub.ended(false)));
    let next = watch.wait_for("night ");
    assert!(next.contains("TimedOut   "), "the other cluster was told: {next}");
    assert_eq!(watch.end().0, Some(0));
}

#[test]
fn a_watch_by_label_keeps_the_clusters_that_lose_the_label() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(2)));
    let selector = format!("tier={}", hub.namespace);
    let arguments = ["status", "-n", &hub.namespace, "-l", &selector, "--watch", "--timeout", "60s"];
    let watch = Watch::of(plane.kubeconfig(), &arguments);
    watch.wait_for("night InProgress");
    for name in &hub.clusters {
        let path = format!("/apis/cluster.open-cluster-management.io/v1/managedclusters/{name}");
        let without = json!({"metadata": {"labels": {"tier": null}}});
        plane.request("PATCH", &path, "application/merge-patch+json", &without).unwrap();
    }
    plane.patch_status(&hub.policy(["Compliant", "Compliant"]));
    plane.patch_status(&hub.cgu(hub.ended(true)));
    watch.wait_for("night Completed");
    assert_eq!(watch.end(), (Some(0), String::new()));
}

#[test]
fn a_watch_of_a_rollout_that_fails_ends_with_1() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(2)));
    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &[]);
    watch.wait_for("InProgress");
    plane.patch_status(&hub.cgu(hub.ended(false)));
    let late = watch.wait_for("timed out: ");
    assert!(late.ends_with(&hub.clusters[1]), "{late}");
    watch.wait_for("TimedOut   ");
    assert_eq!(watch.end().0, Some(1));
}

#[test]
fn a_watch_survives_what_a_link_does() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let proxy = plane.fault_proxy();
    let watch = Watch::start(&proxy.kubeconfig(), &hub.namespace, &[]);
    watch.wait_for("InProgress");
    // The connection is lost, and the server has forgotten where the watch was.
    proxy.plan("GET", "watch=true", Fault::Answer(410), 4);
    proxy.cut();
    plane.patch_status(&hub.policy(["Compliant", "NonCompliant"]));
    plane.patch_status(&hub.cgu(hub.running(2)));
    watch.wait_for("batch 2 of 2");
    proxy.away();
    let away = watch.wait_for("hub away: ");
    assert!(away.contains("; asked again until ") && !away.contains("ConfigMaps"), "{away}");
    plane.patch_status(&hub.policy(["Compliant", "Compliant"]));
    plane.patch_status(&hub.cgu(hub.ended(true)));
    proxy.back();
    watch.wait_for("hub back after ");
    watch.wait_for("Completed");
    assert_eq!(watch.end().0, Some(0));
}

#[test]
fn a_watch_notices_a_hub_that_says_nothing_any_more() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let proxy = plane.fault_proxy();
    let watch = Watch::start(&proxy.kubeconfig(), &hub.namespace, &["--request-timeout", "2s"]);
    watch.wait_for("InProgress");
    // All connections stay; what is asked anew gets no answer, twice.
    let began = Instant::now();
    proxy.plan("GET", "/version", Fault::Hold(Duration::from_secs(3600)), 2);
    watch.wait_for("hub away: ");
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    watch.wait_for("hub back after ");
    plane.patch_status(&hub.policy(["Compliant", "NonCompliant"]));
    plane.patch_status(&hub.cgu(hub.running(2)));
    watch.wait_for("batch 2 of 2");
    plane.patch_status(&hub.cgu(hub.ended(false)));
    assert_eq!(watch.end().0, Some(1));
}

#[test]
fn a_watch_tells_findings_dead_ends_and_what_is_deleted() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running_for(1, 1000)));
    let name = format!("{}/night", hub.namespace);
    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &[]);
    watch.wait_for(&format!("{name} InProgress   TALM has not ended it: "));
    watch.wait_for("[rollout/overdue]");
    let refused = condition("Validated", "False", "NotAllManagedPoliciesExist", "Missing managed policies: [gone]");
    plane.patch_status(&hub.cgu(json!({"conditions": [refused]})));
    watch.wait_for("NotValid");
    let dead = watch.wait_for("will never end as it stands");
    assert!(dead.contains("; waits for a repair until "), "{dead}");
    plane.delete("ran.openshift.io/v1alpha1", "ClusterGroupUpgrade", &hub.namespace, "night");
    assert_eq!(watch.end(), (Some(2), format!("error: ClusterGroupUpgrade {name} was deleted while watched\n")));

    let wrong = oc_talm(plane.kubeconfig(), &["status", "night", "-n", &hub.namespace, "--watch"]).output().unwrap();
    let said = text(&wrong.stderr);
    assert!(wrong.status.code() == Some(2) && said.contains("there is no ClusterGroupUpgrade \"night\""), "{said}");
}

#[test]
fn a_watch_of_an_empty_hub_says_what_it_waits_for() {
    let plane = plane!();
    let hub = Hub::new(plane);
    let mut child = oc_talm(plane.kubeconfig(), &["status", "-n", &hub.namespace, "--watch", "--timeout", "60s"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let said = format!("no ClusterGroupUpgrade in namespace {:?} yet; waits until ", hub.namespace);
    assert!(first.contains(&said), "{first}");
    plane.load(&hub.objects(hub.ended(true)));
    assert!(lines.any(|line| line.contains("night Completed")));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_watch_ends_when_its_time_is_over_or_somebody_leaves() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &["--timeout", "2s"]);
    watch.wait_for("InProgress");
    let (code, said) = watch.end();
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(said, "InProgress after 2s: the outcome is open, and the command may be run again\n");

    let watch = Watch::start(plane.kubeconfig(), &hub.namespace, &[]);
    watch.wait_for("InProgress");
    let interrupted = Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(watch.end(), (Some(130), String::new()));

    let output = oc_talm(plane.kubeconfig(), &["status", "--watch", "-o", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--watch makes no reports for machines"));
}

#[test]
fn names_of_the_hub_complete_within_a_second() {
    let plane = plane!();
    let hub = Hub::new(plane);
    plane.load(&hub.objects(hub.running(1)));
    let complete = |words: &[&str]| {
        let mut arguments = vec!["__complete", "--"];
        arguments.extend(words);
        let began = Instant::now();
        let answer = text(&oc_talm(plane.kubeconfig(), &arguments).output().unwrap().stdout);
        (answer, began.elapsed())
    };
    // The first run also loads the binary.
    complete(&["version"]);
    let (answer, took) = complete(&["status", "-n", &hub.namespace, "ni"]);
    assert_eq!(answer, "night\n:4\n");
    assert!(took < Duration::from_secs(2), "{took:?}");
    let (answer, _) = complete(&["diagnose", "--ztp", &hub.clusters[1]]);
    assert!(answer.lines().any(|line| line == hub.clusters[1]), "{answer}");
    let (answer, _) = complete(&["plan", "next", "--policy", "ba"]);
    assert_eq!(answer, "base\n:4\n");
    let (answer, _) = complete(&["enable", "-n", &hub.namespace, ""]);
    assert_eq!(answer, "night\n:4\n");
    let (answer, _) = complete(&["retry", &format!("{}/", hub.namespace)]);
    assert_eq!(answer, format!("{}/night\n:4\n", hub.namespace));
    let (answer, _) = complete(&["status", "-n", &hub.namespace]);
    assert!(answer.lines().any(|line| line == hub.namespace), "{answer}");
}
