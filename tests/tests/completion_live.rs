//! Completion on a large hub, and on one that does not answer in time.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use ztp_tests::control_plane::{ControlPlane, Fault};
use ztp_tests::{built, control_plane};

/// The candidates without the directive behind them.
fn complete(kubeconfig: &Path, cache: &Path, words: &[&str]) -> Vec<String> {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(BUILT.get_or_init(|| built("oc-talm")));
    command.args(["__complete", "--"]).args(words).env("KUBECONFIG", kubeconfig).env("XDG_CACHE_HOME", cache);
    let output = command.output().unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.starts_with(':')).map(str::to_owned).collect()
}

fn load(plane: &ControlPlane, stem: &str, count: usize) {
    let cluster = |number: usize| {
        json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
            "metadata": {"name": format!("{stem}-{number:04}")}, "spec": {"hubAcceptsClient": true}})
    };
    plane.load(&(0..count).map(cluster).collect::<Vec<Value>>());
}

#[test]
fn three_thousand_five_hundred_names_complete_with_every_flag() {
    let Some(plane) = control_plane() else { return };
    let (stem, cache) = (plane.unique("many"), tempfile::tempdir().unwrap());
    load(plane, &stem, 3500);
    let proxy = plane.fault_proxy();
    let found = complete(&proxy.kubeconfig(), cache.path(), &["plan", "--clusters", &stem]);
    assert_eq!((found.len(), found.first()), (3500, Some(&format!("{stem}-0000"))));
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1, "nothing is looked up before: {requests:?}");
    assert!(requests[0].ends_with("&includeObject=None"), "{requests:?}");

    let words =
        |user: &'static str| ["plan", "--as", user, "--as-group=readers", "--clusters", &stem].map(str::to_owned);
    let ask = |words: &[String]| {
        complete(&proxy.kubeconfig(), cache.path(), &words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(ask(&words("reader")).len(), 3500);
    // Whoever may not list them does not get what others may.
    assert!(ask(&words("reader").map(|word| word.replace("readers", "others"))).is_empty());
    // Somebody who may do nothing, and the token of one who may.
    let nobody = proxy.kubeconfig_for("nobody");
    assert!(complete(&nobody, cache.path(), &["plan", "--clusters", &stem]).is_empty());
    let kept = std::fs::read_dir(cache.path().join("oc-ztp-plugins")).unwrap().count();
    let token = ["plan", "--token", "token-of-reader", "--clusters", &stem];
    assert_eq!(complete(&nobody, cache.path(), &token).len(), 3500);
    assert_eq!(std::fs::read_dir(cache.path().join("oc-ztp-plugins")).unwrap().count(), kept);
}

#[test]
fn names_known_before_do_when_the_hub_is_too_slow() {
    let Some(plane) = control_plane() else { return };
    let (stem, cache) = (plane.unique("slow"), tempfile::tempdir().unwrap());
    load(plane, &stem, 2);
    let proxy = plane.fault_proxy();
    let ask = || complete(&proxy.kubeconfig(), cache.path(), &["plan", "--clusters", &stem]);
    let held = Fault::Hold(Duration::from_secs(5));
    proxy.plan("GET", "/managedclusters", held, 1);
    assert!(ask().is_empty(), "nothing is known yet");
    assert_eq!((ask().len(), proxy.requests().len()), (2, 2));
    assert_eq!((ask().len(), proxy.requests().len()), (2, 2), "a moment later nobody is asked");

    let age = |seconds: u64| {
        for file in std::fs::read_dir(cache.path().join("oc-ztp-plugins")).unwrap() {
            let at = std::time::SystemTime::now() - Duration::from_secs(seconds);
            std::fs::File::open(file.unwrap().path()).unwrap().set_modified(at).unwrap();
        }
    };
    load(plane, &format!("{stem}-later"), 1);
    age(60);
    proxy.plan("GET", "/managedclusters", held, 1);
    assert_eq!((ask().len(), proxy.requests().len()), (2, 3), "asked, and not answered in time");
    assert_eq!(ask().len(), 3);
    age(25 * 60 * 60);
    proxy.plan("GET", "/managedclusters", held, 1);
    assert!(ask().is_empty(), "too old to help");
}
