//! What the other tests rely on: the API server is a real one, and the proxy in front of it fails as told.
#![cfg(unix)]

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ztp_tests::control_plane;
use ztp_tests::control_plane::{ControlPlane, Fault, FaultProxy};

/// The server, or an early return where there is none.
macro_rules! plane {
    () => {
        match control_plane() {
            Some(plane) => plane,
            None => return,
        }
    };
}

fn config_map(namespace: &str, name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": namespace}})
}

#[test]
fn it_says_that_it_is_kubernetes_1_33_and_serves_every_kind() {
    let plane = plane!();
    let version = plane.request("GET", "/version", "", &Value::Null).unwrap();
    assert!(version["gitVersion"].as_str().unwrap().starts_with("v1."), "{version}");
    let namespace = plane.unique("kinds");
    plane.load(&[
        json!({
            "apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "cgu", "namespace": namespace},
            "spec": {"remediationStrategy": {"maxConcurrency": 2}}, "status": {"status": {"currentBatch": 3}},
        }),
        json!({
            "apiVersion": "apps.open-cluster-management.io/v1", "kind": "PlacementRule",
            "metadata": {"name": "rule", "namespace": namespace}, "spec": {},
        }),
    ]);
    let cgu = plane.get("ran.openshift.io/v1alpha1", "ClusterGroupUpgrade", &namespace, "cgu").unwrap();
    assert_eq!(cgu["status"]["status"]["currentBatch"], 3);
    assert!(plane.get("apps.open-cluster-management.io/v1", "PlacementRule", &namespace, "rule").is_some());
    assert!(plane.delete("ran.openshift.io/v1alpha1", "ClusterGroupUpgrade", &namespace, "cgu"));
    assert!(!plane.delete("ran.openshift.io/v1alpha1", "ClusterGroupUpgrade", &namespace, "cgu"));
}

#[test]
fn a_status_is_written_apart_from_its_object() {
    let plane = plane!();
    let name = plane.unique("sno");
    let cluster = json!({
        "apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster", "metadata": {"name": name},
        "spec": {"hubAcceptsClient": true},
        "status": {"conditions": [], "version": {"kubernetes": "v1.29.0"}},
    });
    assert!(plane.create(&cluster)["status"].is_null(), "a status cannot be created");
    let before = plane.patch_status(&cluster);
    assert_eq!(before["status"]["version"]["kubernetes"], "v1.29.0");
    let mut empty = cluster.clone();
    empty["status"] = json!({"conditions": []});
    let after = plane.patch_status(&empty);
    assert!(after["status"]["version"].is_null(), "the old status is replaced: {after}");
    assert_eq!(after["metadata"]["generation"], before["metadata"]["generation"]);
}

#[test]
fn rules_of_the_image_based_upgrade_hold() {
    let plane = plane!();
    let mut ibu = json!({
        "apiVersion": "lca.openshift.io/v1", "kind": "ImageBasedUpgrade", "metadata": {"name": "other"},
        "spec": {"stage": "Idle", "seedImageRef": {"image": "registry.example/seed:4.18", "version": "4.18.1"}},
    });
    let refused = plane.try_create(&ibu).unwrap_err();
    assert_eq!(refused.code, 422);
    assert!(refused.message.contains("ibu is a singleton, metadata.name must be 'upgrade'"), "{}", refused.message);

    ibu["metadata"]["name"] = json!("upgrade");
    plane.create(&ibu);
    ibu["status"] = json!({
        "conditions": [condition("Idle", "True")], "validNextStages": ["Prep"],
    });
    plane.patch_status(&ibu);
    let change = |spec: Value| {
        let path = "/apis/lca.openshift.io/v1/imagebasedupgrades/upgrade";
        plane.request("PATCH", path, "application/merge-patch+json", &json!({"spec": spec}))
    };
    let refused = change(json!({"stage": "Upgrade"})).unwrap_err().message;
    assert!(refused.contains("the stage transition is not permitted"), "{refused}");
    change(json!({"stage": "Prep", "oadpContent": [{"name": "a", "namespace": "b"}]})).unwrap();

    ibu["status"] = json!({
        "conditions": [condition("Idle", "False"), condition("PrepInProgress", "True")], "validNextStages": ["Idle"],
    });
    plane.patch_status(&ibu);
    for (field, value) in [
        ("seedImageRef", json!({"version": "4.18.2"})),
        ("oadpContent", Value::Null),
        ("extraManifests", json!([{"name": "a", "namespace": "b"}])),
        ("autoRollbackOnFailure", json!({"initMonitorTimeoutSeconds": 60})),
    ] {
        let refused = change(json!({field: value})).unwrap_err().message;
        assert!(refused.contains(&format!("can not change spec.{field} while ibu is in progress")), "{refused}");
    }
    change(json!({"stage": "Idle", "autoRollbackOnFailure": {"initMonitorTimeoutSeconds": 60}})).unwrap();
}

fn condition(kind: &str, status: &str) -> Value {
    json!({
        "type": kind, "status": status, "reason": "Tests", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z",
    })
}

#[test]
fn users_have_the_rights_they_are_said_to_have() {
    let plane = plane!();
    let namespace = plane.unique("rights");
    plane.load(&[config_map(&namespace, "facts")]);
    let token = |file: std::path::PathBuf| {
        let config: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        config["users"][0]["user"]["token"].as_str().unwrap().to_owned()
    };
    let only_config_maps = json!([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]);
    let path = format!("/api/v1/namespaces/{namespace}/configmaps");
    for (token, get, create) in [
        (token(plane.kubeconfig_for("admin")), "200", "201"),
        (token(plane.kubeconfig_for("reader")), "200", "403"),
        (token(plane.kubeconfig_for("nobody")), "403", "403"),
        (token(plane.kubeconfig_with(&only_config_maps)), "200", "403"),
        ("unknown".to_owned(), "401", "401"),
    ] {
        assert_eq!(status(plane, &token, "GET", &format!("{path}/facts"), None), get);
        let body = config_map(&namespace, "made").to_string();
        assert_eq!(status(plane, &token, "POST", &path, Some(&body)), create);
    }
}

/// HTTP status of a request, by the client library but with another token.
fn status(plane: &ControlPlane, token: &str, method: &str, path: &str, body: Option<&str>) -> String {
    let sent = block_on(async {
        let mut config = kube::Config::new(plane.url().parse()?);
        config.root_cert_file = Some(plane.ca());
        config.auth_info.token = Some(token.to_owned().into());
        let request = http::Request::builder().method(method).uri(path).header("content-type", "application/json");
        let request = request.body(kube::client::Body::from(body.unwrap_or_default().as_bytes().to_vec()))?;
        Ok(kube::Client::try_from(config)?.send(request).await?.status().as_str().to_owned())
    });
    sent.unwrap_or_else(|error| error.to_string())
}

/// A request through the proxy, by a client that does not retry.
fn through(proxy: &FaultProxy<'_>, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let answer = block_on(async {
        let file = kube::config::Kubeconfig::read_from(proxy.kubeconfig())?;
        let mut config = kube::Config::from_custom_kubeconfig(file, &Default::default()).await?;
        config.proxy_url = None;
        config.default_retry = false;
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let request = http::Request::builder().method(method).uri(path).header("content-type", "application/json");
        Ok(kube::Client::try_from(config)?.request(request.body(body)?).await?)
    });
    answer.map_err(|error| error.to_string())
}

fn block_on<T>(work: impl Future<Output = Result<T, Box<dyn Error>>>) -> Result<T, Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

#[test]
fn the_proxy_passes_what_it_is_not_told_to_break() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    let version = through(&proxy, "GET", "/version", &Value::Null).unwrap();
    assert_eq!(version, plane.request("GET", "/version", "", &Value::Null).unwrap());
    assert_eq!(proxy.requests(), ["GET /version"]);
    let everything = through(&proxy, "GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", &Value::Null);
    assert!(everything.unwrap()["items"].as_array().unwrap().len() > 40);
}

#[test]
fn a_lost_answer_is_an_error_although_the_server_did_it() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    let namespace = plane.unique("lost");
    plane.namespace(&namespace);
    let path = format!("/api/v1/namespaces/{namespace}/configmaps");
    proxy.plan("POST", "/configmaps", Fault::LoseAnswer, 1);
    through(&proxy, "POST", &path, &config_map(&namespace, "done")).unwrap_err();
    assert!(plane.get("v1", "ConfigMap", &namespace, "done").is_some());

    proxy.plan("POST", "/configmaps", Fault::Drop, 1);
    through(&proxy, "POST", &path, &config_map(&namespace, "never")).unwrap_err();
    assert!(plane.get("v1", "ConfigMap", &namespace, "never").is_none());

    through(&proxy, "POST", &path, &config_map(&namespace, "never")).unwrap();
    assert!(plane.get("v1", "ConfigMap", &namespace, "never").is_some());
}

#[test]
fn answers_are_cut_held_and_invented() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    proxy.plan("GET", "/version", Fault::CutAnswer(40), 1);
    through(&proxy, "GET", "/version", &Value::Null).unwrap_err();
    proxy.plan("", "/version", Fault::Hold(Duration::from_millis(300)), 1);
    let start = Instant::now();
    through(&proxy, "GET", "/version", &Value::Null).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(300));
    proxy.plan("GET", "/version", Fault::Answer(503), 2);
    for _ in 0..2 {
        let refused = through(&proxy, "GET", "/version", &Value::Null).unwrap_err();
        assert!(refused.contains("ServiceUnavailable"), "{refused}");
    }
    through(&proxy, "GET", "/version", &Value::Null).unwrap();
}

#[test]
fn the_api_goes_away_and_comes_back_at_the_same_address() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    for _ in 0..2 {
        through(&proxy, "GET", "/version", &Value::Null).unwrap();
        proxy.away();
        through(&proxy, "GET", "/version", &Value::Null).unwrap_err();
        proxy.back();
    }
    through(&proxy, "GET", "/version", &Value::Null).unwrap();
}

#[test]
fn a_watch_is_cut() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let start = Instant::now();
            through(&proxy, "GET", "/api/v1/namespaces?watch=true&timeoutSeconds=60", &Value::Null).ok();
            start.elapsed()
        });
        while proxy.requests().is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
        proxy.cut();
        assert!(watch.join().unwrap() < Duration::from_secs(50));
    });
    through(&proxy, "GET", "/version", &Value::Null).unwrap();
}

#[test]
fn it_ends_with_the_process_that_started_it() {
    plane!();
    let mut run = Command::new(env!("CARGO_BIN_EXE_control-plane"));
    let mut run = run.arg("run").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(run.stdout.take().unwrap()), &mut line).unwrap();
    let kubeconfig = line.trim().strip_prefix("export KUBECONFIG=").unwrap().to_owned();
    let config: Value = serde_json::from_str(&std::fs::read_to_string(&kubeconfig).unwrap()).unwrap();
    let address = config["clusters"][0]["cluster"]["server"].as_str().unwrap().trim_start_matches("https://");
    std::net::TcpStream::connect(address).unwrap();
    // As a test process ends that is killed: it cleans nothing up.
    run.kill().unwrap();
    run.wait().unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while std::net::TcpStream::connect(address).is_ok() || std::path::Path::new(&kubeconfig).exists() {
        assert!(Instant::now() < deadline, "it outlives its process");
        std::thread::sleep(Duration::from_millis(50));
    }
}
