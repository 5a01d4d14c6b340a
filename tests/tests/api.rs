//! The library's way to an API server, over links that fail: nothing is lost and nothing done twice.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

mod connect_proxy;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use ztp_common::api::{ApiError, Connection, Moment, Server, Write};
use ztp_common::inventory::{Inventory, Query, Recorded};
use ztp_common::resource::{Resource, Scope};
use ztp_common::rollout::{CopyReading, Hub, ReadCopies};
use ztp_tests::control_plane;
use ztp_tests::control_plane::{ControlPlane, Fault};

use connect_proxy::ConnectProxy;

const MAP: Resource = Resource::CONFIG_MAP;
const OURS: Write<'static> = Write { manager: "ours", dry_run: false };

/// The server, or an early return where there is none.
macro_rules! plane {
    () => {
        match control_plane() {
            Some(plane) => plane,
            None => return,
        }
    };
}

fn server(kubeconfig: PathBuf) -> Server {
    Server::connect(&Connection { kubeconfig: Some(kubeconfig), ..Connection::default() }).unwrap()
}

fn map(namespace: &str, name: &str, value: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": namespace},
        "data": {"key": value},
    })
}

fn names(source: &dyn Inventory, query: &Query<'_>) -> Vec<String> {
    let mut names = vec![];
    let keep = &mut |object: &Value| names.push(object["metadata"]["name"].as_str().unwrap().to_owned());
    source.each(query, keep).unwrap();
    names
}

fn fill(plane: &ControlPlane, namespace: &str, count: usize) {
    let maps: Vec<Value> = (0..count).map(|number| map(namespace, &format!("map-{number:04}"), "x")).collect();
    plane.load(&maps);
}

#[test]
fn long_lists_come_in_pages_and_without_managed_fields() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("pages"));
    fill(plane, &namespace, 1001);
    // The answer to the second page is cut in the middle.
    proxy.plan("GET", "continue=", Fault::CutAnswer(9000), 1);
    let server = server(proxy.kubeconfig());
    let mut seen = std::collections::BTreeSet::new();
    let query = Query::all(MAP).in_namespace(&namespace);
    server
        .each(&query, &mut |object| {
            assert_eq!((&object["kind"], &object["apiVersion"]), (&json!("ConfigMap"), &json!("v1")));
            assert!(object["metadata"]["managedFields"].is_null(), "{object}");
            assert!(seen.insert(object["metadata"]["name"].to_string()), "twice: {object}");
        })
        .unwrap();
    assert_eq!(seen.len(), 1001);
    let requests = proxy.requests();
    assert_eq!(requests.len(), 4, "three pages, one of them twice: {requests:?}");
    assert!(requests.iter().all(|request| request.contains("limit=500")), "{requests:?}");
}

#[test]
fn a_list_goes_on_although_its_token_has_expired() {
    let plane = plane!();
    let namespace = plane.unique("expired");
    fill(plane, &namespace, 501);
    let (mut seen, mut is_first) = (0, true);
    let server = server(plane.kubeconfig().to_path_buf());
    server
        .each(&Query::all(MAP).in_namespace(&namespace), &mut |_| {
            if std::mem::take(&mut is_first) {
                plane.forget_history();
            }
            seen += 1;
        })
        .unwrap();
    assert_eq!(seen, 501);
    // The server is tested too: without its history the token alone is refused.
    let path = format!("/api/v1/namespaces/{namespace}/configmaps?limit=500");
    let page = plane.request("GET", &path, "", &Value::Null).unwrap();
    plane.forget_history();
    let token = page["metadata"]["continue"].as_str().unwrap();
    let refused = plane.request("GET", &format!("{path}&continue={token}"), "", &Value::Null).unwrap_err();
    assert_eq!(refused.code, 410, "{}", refused.message);
}

#[test]
fn whoever_is_visited_may_ask_something_else() {
    let plane = plane!();
    let namespace = plane.unique("visit");
    fill(plane, &namespace, 2);
    let server = server(plane.kubeconfig().to_path_buf());
    let mut found = 0;
    let count = &mut |object: &Value| {
        let name = object["metadata"]["name"].as_str().unwrap();
        found += usize::from(server.get(MAP, &namespace, name).unwrap().is_some());
    };
    server.each(&Query::all(MAP).in_namespace(&namespace), count).unwrap();
    assert_eq!(found, 2);
}

#[test]
fn a_change_whose_answer_is_lost_is_made_once() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("lost"));
    plane.namespace(&namespace);
    let server = server(proxy.kubeconfig());
    for (fault, name) in [(Fault::LoseAnswer, "answer"), (Fault::Drop, "request"), (Fault::Answer(503), "busy")] {
        let there = |name: &str| plane.get("v1", "ConfigMap", &namespace, name);
        proxy.plan("POST", "/configmaps", fault, 1);
        let created = server.create(MAP, &map(&namespace, name, "1"), OURS).unwrap();
        assert_eq!(Some(&created["metadata"]["uid"]), there(name).as_ref().map(|there| &there["metadata"]["uid"]));

        proxy.plan("PATCH", name, fault, 1);
        server.apply(MAP, &map(&namespace, name, "2"), Write { manager: "applied", ..OURS }).unwrap_err();
        let other = json!({"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": name, "namespace": namespace}, "data": {"applied": "2"}});
        proxy.plan("PATCH", name, fault, 1);
        let applied = server.apply(MAP, &other, OURS).unwrap();
        assert_eq!(applied["data"], json!({"key": "1", "applied": "2"}));

        proxy.plan("PATCH", name, fault, 1);
        let version = &applied["metadata"]["resourceVersion"];
        let patch = json!({"metadata": {"resourceVersion": version}, "data": {"key": "3"}});
        let patched = server.merge_patch(MAP, &namespace, name, &patch, OURS).unwrap();
        assert_eq!(patched["data"]["key"], "3");
        assert_eq!(patched["metadata"]["resourceVersion"], there(name).unwrap()["metadata"]["resourceVersion"]);

        proxy.plan("DELETE", name, fault, 1);
        assert!(server.delete(MAP, &namespace, name, None, OURS).unwrap(), "{fault:?}");
        assert!(there(name).is_none());
        assert!(!server.delete(MAP, &namespace, name, None, OURS).unwrap());
    }
}

#[test]
fn a_json_patch_is_never_sent_twice() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("json"));
    plane.namespace(&namespace);
    plane.create(&map(&namespace, "map", "1"));
    proxy.plan("PATCH", "/configmaps/", Fault::LoseAnswer, 1);
    let patch = json!([{"op": "add", "path": "/data/more", "value": "2"}]);
    let error = server(proxy.kubeconfig()).json_patch(MAP, &namespace, "map", &patch, OURS).unwrap_err();
    assert!(error.reasons.iter().any(|reason| reason == "whether the change was made is not known"), "{error:?}");
    assert_eq!(proxy.requests().len(), 1);
}

#[test]
fn what_somebody_else_did_is_not_taken_for_ours() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("others"));
    plane.namespace(&namespace);
    let there = plane.create(&map(&namespace, "map", "1"));
    let server = server(proxy.kubeconfig());
    proxy.plan("POST", "/configmaps", Fault::Drop, 1);
    let error = server.create(MAP, &map(&namespace, "map", "1"), OURS).unwrap_err();
    assert!(error.is_already_exists(), "{error}");

    // As wanted, but by somebody else: the guard says that the object is not as it was seen.
    let old = &there["metadata"]["resourceVersion"];
    plane.apply(&map(&namespace, "map", "2")).unwrap();
    let patch = json!({"metadata": {"resourceVersion": old}, "data": {"key": "2"}});
    assert!(server.merge_patch(MAP, &namespace, "map", &patch, OURS).unwrap_err().is_conflict());

    let uid = there["metadata"]["uid"].as_str().unwrap();
    plane.delete("v1", "ConfigMap", &namespace, "map");
    plane.create(&map(&namespace, "map", "1"));
    let error = server.delete(MAP, &namespace, "map", Some(uid), OURS).unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert!(plane.get("v1", "ConfigMap", &namespace, "map").is_some());
    let checked = server.delete(MAP, &namespace, "map", None, Write { dry_run: true, ..OURS }).unwrap();
    assert!(checked && plane.get("v1", "ConfigMap", &namespace, "map").is_some());
}

#[test]
fn a_busy_server_is_asked_again_and_one_that_stays_away_is_told() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("busy"));
    fill(plane, &namespace, 1);
    let server = server(proxy.kubeconfig());
    let query = Query::all(MAP).in_namespace(&namespace);
    proxy.plan("GET", "", Fault::Answer(503), 1);
    proxy.plan("GET", "", Fault::Answer(429), 1);
    assert_eq!(names(&server, &query), ["map-0000"]);
    assert_eq!(proxy.requests().len(), 3);
    // It is asked as long as one request may take: more often than one that is away.
    proxy.plan("GET", "", Fault::Answer(429), 4);
    assert!(server.get(MAP, &namespace, "map-0000").unwrap().is_some());
    proxy.plan("GET", "", Fault::LoseAnswer, 1);
    assert!(server.get(MAP, &namespace, "map-0000").unwrap().is_some());
    assert!(server.text("/version").unwrap().contains("gitVersion"));
    proxy.away();
    let error = server.get(MAP, &namespace, "map-0000").unwrap_err();
    assert!(error.is_away(), "{error:?}");
    let what = format!("cannot read ConfigMap map-0000 in namespace {namespace:?}: the API cannot be reached");
    assert_eq!((error.message, error.reasons), (what, vec![format!("{}: connection refused", server.host())]));
}

#[test]
fn a_slow_server_is_not_waited_for_longer_than_was_said() {
    let plane = plane!();
    let proxy = plane.fault_proxy();
    proxy.plan("GET", "", Fault::Hold(Duration::from_secs(20)), 9);
    let second = Connection {
        kubeconfig: Some(proxy.kubeconfig()),
        request_timeout: Some(Duration::from_secs(1)),
        ..Connection::default()
    };
    let began = std::time::Instant::now();
    let error = Server::connect(&second).unwrap().get(MAP, "default", "x").unwrap_err();
    assert!(error.reasons[0].ends_with("did not answer within 1s"), "{error:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

fn said(error: &ApiError) -> String {
    format!("{error}")
}

#[test]
fn refusals_are_sentences() {
    let plane = plane!();
    let namespace = plane.unique("refused");
    plane.namespace(&namespace);
    let nobody = server(plane.kubeconfig_for("nobody"));
    let error = nobody.get(Resource::CLUSTER_GROUP_UPGRADE, &namespace, "cgu").unwrap_err();
    let host = nobody.host();
    assert_eq!(
        said(&error),
        format!(
            "cannot read ClusterGroupUpgrade cgu in namespace {namespace:?}: forbidden: user \"nobody\" at {host} may not \
             get clustergroupupgrades.ran.openshift.io"
        )
    );
    let error = server(plane.kubeconfig_for("reader")).create(MAP, &map(&namespace, "map", "1"), OURS).unwrap_err();
    assert!(error.is_forbidden() && said(&error).contains("user \"reader\""), "{error:?}");

    let admin = server(plane.kubeconfig().to_path_buf());
    let mut wrong = map(&namespace, "map", "1");
    wrong["data"] = json!({"a b": "1"});
    let error = admin.create(MAP, &wrong, OURS).unwrap_err();
    assert!(error.is_invalid() && error.reasons[0].starts_with("data[a b]: "), "{error:?}");
    admin.apply(MAP, &map(&namespace, "map", "1"), OURS).unwrap();
    let error = admin.apply(MAP, &map(&namespace, "map", "2"), Write { manager: "theirs", ..OURS }).unwrap_err();
    assert!(error.is_conflict());
    assert_eq!(error.reasons, ["data.key belongs to \"ours\""]);

    let wrong = Connection {
        kubeconfig: Some(plane.kubeconfig().to_path_buf()),
        token: Some("unknown-to-all".to_owned().into()),
        ..Connection::default()
    };
    let error = Server::connect(&wrong).unwrap().get(MAP, &namespace, "map").unwrap_err();
    assert!(said(&error).contains("not logged in"), "{error:?}");
    let stranger = Connection { server: Some(plane.url()), ..Connection::default() };
    let mut stranger = Connection { kubeconfig: Some(plane.kubeconfig().to_path_buf()), ..stranger };
    stranger.tls_server_name = Some("api.elsewhere.example".to_owned());
    let error = Server::connect(&stranger).unwrap().get(MAP, &namespace, "map").unwrap_err();
    assert!(said(&error).contains("the server's certificate is for another name"), "{error:?}");
    assert!(error.is_away() && error.fix.is_some_and(|fix| fix.ends_with("--tls-server-name")));
}

#[test]
fn a_token_that_is_given_goes_before_the_one_of_the_kubeconfig() {
    let plane = plane!();
    let admin = std::fs::read_to_string(plane.kubeconfig()).unwrap();
    let token = serde_json::from_str::<Value>(&admin).unwrap()["users"][0]["user"]["token"].clone();
    let connection = Connection {
        kubeconfig: Some(plane.kubeconfig_for("nobody")),
        token: Some(token.as_str().unwrap().to_owned().into()),
        ..Connection::default()
    };
    assert!(Server::connect(&connection).unwrap().get(MAP, "default", "none").unwrap().is_none());
    let reader = Connection { as_user: Some("reader".into()), as_groups: vec!["readers".into()], ..connection };
    let reader = Server::connect(&reader).unwrap();
    assert!(reader.get(MAP, "default", "none").unwrap().is_none());
    assert!(reader.create(MAP, &map("default", "none", ""), OURS).unwrap_err().is_forbidden());
}

#[test]
fn kinds_that_are_not_served_or_in_another_version() {
    let plane = plane!();
    let server = server(plane.kubeconfig().to_path_buf());
    let missing =
        Resource { group: "none.example", version: "v1", kind: "None", plural: "nones", scope: Scope::Cluster };
    assert!(!server.serves(missing).unwrap());
    assert!(names(&server, &Query::all(missing)).is_empty());
    assert!(server.get(missing, "", "x").unwrap().is_none());
    let name = plane.unique("older");
    plane.create(&json!({
        "apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster", "metadata": {"name": name},
        "spec": {"hubAcceptsClient": true},
    }));
    let older = Resource { version: "v1alpha9", ..Resource::MANAGED_CLUSTER };
    assert!(server.get(older, "", &name).unwrap().is_some());
    assert_eq!(names(&server, &Query::all(older).named(&name)), [name]);
}

#[test]
fn copies_of_policies_are_told_by_their_roots() {
    let plane = plane!();
    let (proxy, namespace, cluster) = (plane.fault_proxy(), plane.unique("fleet"), plane.unique("sno"));
    let policy = |namespace: &str, name: &str, labels: Value, status: Value| {
        json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": name, "namespace": namespace, "labels": labels},
            "spec": {"remediationAction": "inform", "disabled": false, "policy-templates": []}, "status": status})
    };
    let full = format!("{namespace}.base");
    let status = json!({"status": [{"clustername": cluster, "clusternamespace": cluster, "compliant": "Compliant"}]});
    plane.load(&[
        policy(&namespace, "base", json!({}), status),
        policy(&cluster, &full, json!({"policy.open-cluster-management.io/root-policy": full}), Value::Null),
    ]);
    let hub = Hub::gather(&server(proxy.kubeconfig()), CopyReading::Derived).unwrap();
    assert_eq!(hub.copies_on(&cluster).len(), 1);
    // Policies of other tests may have copies that must be read.
    let is_ours = |path: &String| !path.contains("root-policy%3D") || path.contains(&full);
    let policies = proxy.requests().into_iter().filter(|path| path.contains("/policies?") && is_ours(path));
    let policies: Vec<String> = policies.collect();
    assert_eq!(policies.len(), 1, "{policies:?}");
    assert!(policies[0].contains("labelSelector=%21policy.open-cluster-management.io%2Froot-policy"), "{policies:?}");
}

#[test]
fn a_watch_reads_copies_of_hub_templates_again_when_their_root_changes() {
    let plane = plane!();
    let (proxy, namespace, cluster) = (plane.fault_proxy(), plane.unique("fleet"), plane.unique("sno"));
    let full = format!("{namespace}.base");
    let template = json!([{"objectDefinition": {"spec": {"x": "{{hub .ManagedClusterName hub}}"}}}]);
    let policy = |namespace: &str, name: &str, action: &str| {
        json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"name": name, "namespace": namespace},
            "spec": {"remediationAction": action, "disabled": false, "policy-templates": template}})
    };
    let mut root = policy(&namespace, "base", "inform");
    let status =
        |state: &str| json!({"status": [{"clustername": cluster, "clusternamespace": cluster, "compliant": state}]});
    root["status"] = status("NonCompliant");
    let mut copy = policy(&cluster, &full, "inform");
    copy["metadata"]["labels"] = json!({"policy.open-cluster-management.io/root-policy": full});
    plane.load(&[root.clone(), copy]);
    let server = server(proxy.kubeconfig());
    let reads = || proxy.requests().iter().filter(|path| path.contains(&format!("root-policy%3D{full}"))).count();
    let (mut kept, mut looks) = (ReadCopies::default(), 0);
    let ended = server.watch(&Hub::watched(), Some(Duration::from_secs(60)), &mut |moment| {
        let (Moment::Changed(recorded) | Moment::Tick(recorded)) = moment else { return ControlFlow::Continue(()) };
        let hub = Hub::gather_watched(recorded, &server, &mut kept, &[]).unwrap();
        let [copy] = hub.copies_on(&cluster) else { return ControlFlow::Continue(()) };
        looks += 1;
        if copy.enforce {
            return ControlFlow::Break(reads());
        }
        if looks == 3 {
            assert_eq!(reads(), 1, "nothing has changed");
            let patch = json!({"spec": {"remediationAction": "enforce"}});
            server.merge_patch(Resource::POLICY, &cluster, &full, &patch, OURS).unwrap();
            root["status"] = status("Compliant");
            plane.patch_status(&root);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(ended.unwrap(), Some(2), "{looks}");
}

fn values(recorded: &Recorded, namespace: &str) -> Vec<String> {
    names(recorded, &Query::all(MAP).in_namespace(namespace))
}

#[test]
fn a_watch_survives_cuts_an_expired_version_and_an_api_that_goes_away() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("watch"));
    fill(plane, &namespace, 2);
    let server = server(proxy.kubeconfig());
    let missing =
        Resource { group: "none.example", version: "v1", kind: "None", plural: "nones", scope: Scope::Cluster };
    let queries = [Query::all(MAP).in_namespace(&namespace), Query::all(missing)];
    let mut story = vec![];
    let ended = server.watch(&queries, Some(Duration::from_secs(90)), &mut |moment| {
        match (story.len(), moment) {
            (0, Moment::Changed(recorded)) => {
                assert_eq!(values(recorded, &namespace), ["map-0000", "map-0001"]);
                story.push("listed");
                proxy.cut();
                plane.create(&map(&namespace, "after-cut", "1"));
            }
            (1, Moment::Changed(recorded)) if values(recorded, &namespace).len() == 3 => {
                story.push("taken up again");
                // Whoever watches may ask as well, and what is gone while nobody looks is found out by listing anew.
                assert!(server.get(MAP, &namespace, "map-0000").unwrap().is_some());
                proxy.plan("GET", "watch=true", Fault::Answer(410), 1);
                proxy.cut();
                plane.delete("v1", "ConfigMap", &namespace, "map-0000");
            }
            (2, Moment::Changed(recorded)) if values(recorded, &namespace).len() == 2 => {
                story.push("listed anew");
                proxy.away();
            }
            (3, Moment::Away(error, _)) => {
                assert!(error.is_away(), "{error:?}");
                story.push("away");
                plane.delete("v1", "ConfigMap", &namespace, "map-0001");
            }
            (4, Moment::Away(..)) => {
                story.push("still away");
                proxy.back();
            }
            (5, Moment::Changed(recorded)) if values(recorded, &namespace) == ["after-cut"] => {
                return ControlFlow::Break("back");
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert_eq!(ended.unwrap(), Some("back"), "{story:?}");
}

#[test]
fn a_watch_says_that_the_api_is_back_although_nothing_changed() {
    let plane = plane!();
    let (proxy, namespace) = (plane.fault_proxy(), plane.unique("quiet"));
    fill(plane, &namespace, 1);
    let (mut was_there, mut was_away) = (false, false);
    let queries = [Query::all(MAP).in_namespace(&namespace)];
    let ended = server(proxy.kubeconfig()).watch(&queries, Some(Duration::from_secs(60)), &mut |moment| {
        match moment {
            Moment::Changed(_) if was_away => return ControlFlow::Break(()),
            Moment::Changed(_) if !was_there => {
                was_there = true;
                proxy.away();
            }
            Moment::Away(..) if !was_away => {
                was_away = true;
                proxy.back();
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert_eq!(ended.unwrap(), Some(()));
}

#[test]
fn a_watch_without_rights_or_time_ends() {
    let plane = plane!();
    let queries = [Query::all(MAP).in_namespace("default")];
    let nobody = server(plane.kubeconfig_for("nobody"));
    let error = nobody.watch(&queries, Some(Duration::from_secs(60)), &mut |moment| match moment {
        Moment::Away(error, _) if !error.is_away() => ControlFlow::Break(error.clone()),
        Moment::Changed(_) => panic!("it sees what it may not"),
        _ => ControlFlow::Continue(()),
    });
    assert!(error.unwrap().unwrap().is_forbidden());
    let mut ticks = 0;
    let admin = server(plane.kubeconfig().to_path_buf());
    let ended = admin.watch(&queries, Some(Duration::from_millis(2500)), &mut |moment| {
        ticks += usize::from(matches!(moment, Moment::Tick(_)));
        ControlFlow::<()>::Continue(())
    });
    assert_eq!((ended.unwrap(), ticks), (None, 2));
}

/// Run by the tests below in a process of its own, whose environment is the test.
#[test]
#[ignore = "a part of the tests below"]
fn in_a_process_of_its_own() {
    let connection = Connection { verbose: 6, request_timeout: Some(Duration::from_secs(5)), ..Connection::default() };
    let outcome = Server::connect(&connection).and_then(|server| server.text("/version"));
    println!("{}", outcome.map_or_else(|error| format!("error: {error}; {:?}", error.fix), |_| "reached".to_owned()));
}

fn in_process(variables: &[(&str, &str)]) -> (String, String) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "in_a_process_of_its_own", "--ignored", "--nocapture"]);
    for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "HTTP_PROXY", "http_proxy"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_proxy_is_used_as_the_environment_and_the_kubeconfig_say() {
    let plane = plane!();
    let proxy = ConnectProxy::start();
    let folder = tempfile::tempdir().unwrap();
    let mut config: Value = serde_json::from_str(&std::fs::read_to_string(plane.kubeconfig()).unwrap()).unwrap();
    let port = plane.url().rsplit(':').next().unwrap().to_owned();
    let name = format!("api.hub.example.invalid:{port}");
    // A name that only the proxy knows, so that it cannot be reached without.
    config["clusters"][0]["cluster"]["server"] = json!(format!("https://{name}"));
    config["clusters"][0]["cluster"]["tls-server-name"] = json!("kubernetes.default");
    let file = folder.path().join("config");
    std::fs::write(&file, config.to_string()).unwrap();
    let path = file.to_str().unwrap();
    let variables = [("KUBECONFIG", path), ("HTTPS_PROXY", proxy.address()), ("NO_PROXY", "127.0.0.0/8,other.invalid")];

    let (out, err) = in_process(&variables);
    assert!(out.contains("reached"), "{out}{err}");
    assert_eq!(proxy.asked_for(), [name.as_str()]);
    assert!(err.contains("GET /version ok in "), "{err}");
    let token = config["users"][0]["user"]["token"].as_str().unwrap();
    assert!(!err.contains(token) && !out.contains(token), "{out}{err}");

    let (out, _) = in_process(&[variables[0], variables[1], ("NO_PROXY", ".hub.example.invalid")]);
    assert!(out.contains("the API cannot be reached: ") && out.contains(&name), "{out}");
    assert_eq!(proxy.asked_for().len(), 1, "NO_PROXY counts");

    // The kubeconfig's own proxy knows no exceptions.
    config["clusters"][0]["cluster"]["proxy-url"] = json!(format!("http://{}", proxy.address()));
    std::fs::write(&file, config.to_string()).unwrap();
    let (out, err) = in_process(&[("KUBECONFIG", path), ("NO_PROXY", "*")]);
    assert!(out.contains("reached"), "{out}{err}");
    assert_eq!(proxy.asked_for().len(), 2);
}

#[test]
fn what_is_wrong_with_a_proxy_is_told_of_the_proxy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    let config = |proxy: Option<&str>| {
        let mut cluster = json!({"server": "https://api.hub.example.invalid:6443"});
        if let Some(proxy) = proxy {
            cluster["proxy-url"] = json!(proxy);
        }
        let context = json!({"name": "hub", "context": {"cluster": "c"}});
        let config =
            json!({"current-context": "hub", "clusters": [{"name": "c", "cluster": cluster}], "contexts": [context]});
        std::fs::write(&file, config.to_string()).unwrap();
    };
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let said = |proxy: &str| in_process(&[("KUBECONFIG", file.to_str().unwrap()), ("HTTPS_PROXY", proxy)]);

    config(None);
    for scheme in ["http://me:very-secret@", "https://me:very-secret@", ""] {
        let (out, err) = said(&format!("{scheme}{closed}"));
        assert!(out.contains(&format!("the proxy {closed} (HTTPS_PROXY): connection refused; ")), "{out}");
        assert!(out.contains("check HTTPS_PROXY and NO_PROXY\")") && !(out + &err).contains("very-secret"));
    }
    let (out, _) = said(&format!("socks5://{closed}"));
    assert!(out.contains(&format!("the proxy {closed} (HTTPS_PROXY) cannot be reached; ")), "{out}");

    for (code, words) in [(407, "wants a user and a password"), (403, "does not lead to api.hub.example.invalid:6443")]
    {
        let proxy = ConnectProxy::answering(code);
        config(Some(&format!("http://me:very-secret@{}", proxy.address())));
        let (out, _) = said("");
        let told = format!("the proxy {} (proxy-url of the kubeconfig) {words}", proxy.address());
        assert!(out.contains(&told) && out.contains("check proxy-url of the kubeconfig"), "{out}");
        assert_eq!(proxy.asked_for().len() == 1, code == 407, "wrong passwords lock accounts");
    }
}
