//! `oc ztp` against a real API server: files are checked against the hub that will install from them.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use ztp_tests::control_plane::ControlPlane;
use ztp_tests::{built, control_plane};

fn validate(folder: &Path, plane: &ControlPlane, flags: &[&str]) -> Output {
    let mut command = Command::new(built("oc-ztp"));
    command.arg("validate").arg(folder).args(["--source-crs", "."]).args(flags);
    command.env("KUBECONFIG", plane.kubeconfig()).output().unwrap()
}

#[test]
fn releases_are_those_of_the_live_hub() {
    let Some(plane) = control_plane() else { return };
    let release = plane.unique("openshift");
    let folder = tempfile::tempdir().unwrap();
    let site = |set: &str| {
        let text = format!(
            "apiVersion: ran.openshift.io/v1\nkind: SiteConfig\nmetadata: {{name: s, namespace: s}}\n\
             spec:\n  baseDomain: example.com\n  pullSecretRef: {{name: p}}\n  clusterImageSetNameRef: {set}\n  \
             sshPublicKey: ssh-rsa AAAA\n  clusters:\n  - clusterName: s\n    nodes: []\n"
        );
        std::fs::write(folder.path().join("site.yaml"), text).unwrap();
    };
    site(&release);
    let text = |output: &Output| String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
    let unknown = |output: &Output| text(output).contains("siteconfig/image-set-unknown");
    assert!(!unknown(&validate(folder.path(), plane, &[])), "nobody asked for the hub");
    let answer = validate(folder.path(), plane, &["--hub"]);
    assert!(unknown(&answer), "{}", text(&answer));
    plane.load(&[json!({"apiVersion": "hive.openshift.io/v1", "kind": "ClusterImageSet",
        "metadata": {"name": release}, "spec": {"releaseImage": "registry.example.com/release:1"}})]);
    assert!(!unknown(&validate(folder.path(), plane, &["--hub"])));
}

#[test]
fn a_hub_that_is_not_asked_for_or_does_not_answer_is_told() {
    let Some(plane) = control_plane() else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), "a: b\n").unwrap();
    for (flags, told) in [
        (&["--context", "x"][..], "add --hub"),
        (&["--hub", "--context", "no-such"], "no-such"),
        (&["--hub", "--server", "https://127.0.0.1:1", "--insecure-skip-tls-verify"], "127.0.0.1:1"),
    ] {
        let answer = validate(folder.path(), plane, flags);
        let error = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(2), "{error}");
        assert!(error.contains(told), "{error}");
    }
}
