//! Who somebody is: client certificates and the service account of a pod, against a real API server.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "only tests call what stands here")]

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use serde_json::{Value, json};
use ztp_common::api::{ApiError, Connection, Server};
use ztp_common::resource::Resource;
use ztp_tests::control_plane;
use ztp_tests::control_plane::{ClientCertificate, ControlPlane, client_certificate};

/// A kubeconfig whose user is as given.
fn kubeconfig(plane: &ControlPlane, folder: &Path, user: Value) -> PathBuf {
    let mut config: Value = serde_json::from_str(&std::fs::read_to_string(plane.kubeconfig()).unwrap()).unwrap();
    config["users"][0]["user"] = user;
    let path = folder.join("config");
    std::fs::write(&path, config.to_string()).unwrap();
    path
}

fn data(from: &ClientCertificate) -> Value {
    let text = |pem: &str| base64::engine::general_purpose::STANDARD.encode(pem);
    json!({"client-certificate-data": text(&from.certificate), "client-key-data": text(&from.key)})
}

fn ask(connection: &Connection) -> Result<(), ApiError> {
    Server::connect(connection)?.get(Resource::CONFIG_MAP, "default", "none").map(drop)
}

#[test]
fn a_client_certificate_is_who_somebody_is() {
    let Some(plane) = control_plane() else { return };
    let folder = tempfile::tempdir().unwrap();
    let with = |user: Value| {
        ask(&Connection { kubeconfig: Some(kubeconfig(plane, folder.path(), user)), ..Connection::default() })
    };
    let reader = client_certificate("jane", "readers", false);
    assert_eq!(with(data(&reader)), Ok(()));
    let stranger = with(data(&client_certificate("john", "strangers", false))).unwrap_err();
    assert!(stranger.is_forbidden() && stranger.reasons[0].contains("user \"john\""), "{stranger:?}");

    // Files in the kubeconfig count from its folder, and flags go before them.
    std::fs::write(folder.path().join("me.crt"), &reader.certificate).unwrap();
    std::fs::write(folder.path().join("me.key"), &reader.key).unwrap();
    assert_eq!(with(json!({"client-certificate": "me.crt", "client-key": "me.key"})), Ok(()));
    let flags = Connection {
        kubeconfig: Some(kubeconfig(plane, folder.path(), data(&client_certificate("john", "strangers", false)))),
        client_certificate: Some(folder.path().join("me.crt")),
        client_key: Some(folder.path().join("me.key")),
        ..Connection::default()
    };
    assert_eq!(ask(&flags), Ok(()));
}

#[test]
fn a_client_certificate_that_does_not_do_is_told_with_the_way_out() {
    let Some(plane) = control_plane() else { return };
    let folder = tempfile::tempdir().unwrap();
    let refused = |user: Value| {
        let config = kubeconfig(plane, folder.path(), user);
        let error = ask(&Connection { kubeconfig: Some(config), ..Connection::default() }).unwrap_err();
        assert!(error.fix.as_ref().is_some_and(|fix| fix.contains("oc login")), "{error:?}");
        error.to_string()
    };
    let good = client_certificate("jane", "readers", false);
    let expired = refused(data(&client_certificate("jane", "readers", true)));
    assert!(expired.contains("not logged in: "), "{expired}");
    let mixed = ClientCertificate { key: client_certificate("jane", "readers", false).key, ..good.clone() };
    let mixed = refused(data(&mixed));
    let missing = refused(json!({"client-certificate": "gone.crt", "client-key": "gone.key"}));
    let broken = refused(json!({"client-certificate-data": "bm9uZQ==", "client-key-data": "bm9uZQ=="}));
    assert!(mixed.ends_with(": the client certificate and the key do not belong together"), "{mixed}");
    let missing = missing.split_once(" client certificate ").unwrap();
    assert!(missing.0 == "cannot read" && missing.1.ends_with("gone.crt: no such file or directory"), "{missing:?}");
    assert_eq!(broken, "the client certificate holds no readable certificate");
    let alone = refused(json!({"client-certificate-data": data(&good)["client-certificate-data"]}));
    assert_eq!(alone, "the client certificate has no key");
}

#[test]
fn a_credential_plugin_is_run_once_and_never_quoted() {
    let Some(plane) = control_plane() else { return };
    let folder = tempfile::tempdir().unwrap();
    let config: Value = serde_json::from_str(&std::fs::read_to_string(plane.kubeconfig()).unwrap()).unwrap();
    let token = config["users"][0]["user"]["token"].as_str().unwrap();
    let plugin = |script: &str| {
        let user = json!({"exec": {
            "apiVersion": "client.authentication.k8s.io/v1", "command": "sh", "interactiveMode": "Never",
            "args": ["-c", script, "--secret=very-secret-argument"],
            "env": [{"name": "X_TOKEN", "value": token}, {"name": "X_SECRET", "value": "very-secret-value"}],
        }});
        Connection { kubeconfig: Some(kubeconfig(plane, folder.path(), user)), ..Connection::default() }
    };
    let count = folder.path().join("count");
    let answer = r#"printf '{"kind": "ExecCredential", "status": {"token": "%s\n"}}' "$X_TOKEN""#;
    let connection = plugin(&format!("echo x >> {}; {answer}", count.display()));
    assert_eq!((ask(&connection), ask(&connection.clone())), (Ok(()), Ok(())));
    assert_eq!(std::fs::read_to_string(&count).unwrap(), "x\n");

    // A certificate is a credential as well.
    let good = client_certificate("jane", "readers", false);
    let file = folder.path().join("answer");
    let status = json!({"clientCertificateData": good.certificate, "clientKeyData": good.key});
    std::fs::write(&file, json!({"kind": "ExecCredential", "status": status}).to_string()).unwrap();
    assert_eq!(ask(&plugin(&format!("cat {}", file.display()))), Ok(()));

    let error = ask(&plugin("exit 3")).unwrap_err();
    assert_eq!(error.reasons, ["the credential plugin \"sh\" ended with exit status 3"]);
}

/// Run by the test below in a process of its own, whose environment is that of a pod.
#[test]
#[ignore = "a part of the test below"]
fn in_a_pod() {
    let folder = std::env::var_os("SERVICE_ACCOUNT").map(PathBuf::from);
    let connection = Connection { service_account: folder, ..Connection::default() };
    let asked = Server::connect(&connection).and_then(|server| {
        let read = server.get(Resource::CONFIG_MAP, server.default_namespace(), "none");
        read.map(|_| format!("reached from {}", server.default_namespace()))
    });
    println!("{}", asked.unwrap_or_else(|error| format!("error: {error}; {:?}", error.fix)));
}

#[test]
fn a_pod_is_its_service_account() {
    let Some(plane) = control_plane() else { return };
    let folder = tempfile::tempdir().unwrap();
    let rules = json!([{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]);
    let account = std::fs::read_to_string(plane.kubeconfig_with(&rules)).unwrap();
    let account: Value = serde_json::from_str(&account).unwrap();
    let token = account["users"][0]["user"]["token"].as_str().unwrap();
    let (host, port) =
        plane.url().trim_start_matches("https://").split_once(':').map(|(h, p)| (h.to_owned(), p.to_owned())).unwrap();
    let run = |port: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "in_a_pod", "--ignored", "--nocapture"]).env_remove("KUBECONFIG");
        command.env("HOME", folder.path()).env("SERVICE_ACCOUNT", folder.path());
        command.env("KUBERNETES_SERVICE_HOST", &host).env("KUBERNETES_SERVICE_PORT", port);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let said = run(&port);
    assert!(
        said.contains("error: cannot use the service account of this pod: ") && said.contains("--kubeconfig"),
        "{said}"
    );
    std::fs::write(folder.path().join("token"), format!("{token}\n")).unwrap();
    std::fs::write(folder.path().join("namespace"), "default").unwrap();
    std::fs::copy(plane.ca(), folder.path().join("ca.crt")).unwrap();
    assert!(run(&port).contains("reached from default"), "{}", run(&port));
    assert!(run("").contains("KUBERNETES_SERVICE_PORT"));
    std::fs::write(folder.path().join("token"), "worn-out").unwrap();
    assert!(run(&port).contains("not logged in"), "{}", run(&port));
}
