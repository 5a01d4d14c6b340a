//! `oc talm upgrade-policy` as a user runs it. `UPDATE_TRANSCRIPTS=1` records anew.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(folder: &Path, arguments: &str) -> std::io::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oc-talm"));
    command.arg("upgrade-policy").args(arguments.split(' ')).current_dir(folder);
    command.env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8").env_remove("CLICOLOR_FORCE").output()
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}exit code {}\n", text(&output.stdout), text(&output.stderr), output.status.code().unwrap_or(-1))
}

fn hub(folder: &Path) -> std::io::Result<()> {
    let cluster = |name: &str, group: &str, version: &str| -> Value {
        json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
            "metadata": {"name": name, "labels": {"group": group, "openshiftVersion": version}}})
    };
    let items = [
        cluster("a1", "a", "4.19.4"),
        cluster("a2", "a", "4.19.4"),
        cluster("a3", "a", "4.20.3"),
        cluster("b1", "b", "4.18.30"),
        cluster("c1", "c", "4.21.0"),
    ];
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    std::fs::write(folder.join("hub.json"), list.to_string())
}

#[test]
fn what_it_says_and_refuses() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    hub(folder.path())?;
    let digest = "0".repeat(64);
    let mut text = String::new();
    for (arguments, code) in [
        ("du-upgrade -n ztp-group --version 4.20.3 --channel eus-4.20 --binding group=a --from hub.json", 0),
        ("du-upgrade -n ztp-group --version 4.19.9 --channel eus-4.20 --binding group=b --from hub.json --form pg", 0),
        ("du-upgrade -n ztp-group --version 4.20.3 --channel eus-4.20 --binding group=b --from hub.json", 2),
        ("du-upgrade -n ztp-group --version 4.20.3 --binding group --from hub.json", 2),
        ("du-upgrade -n ztp-group --version 4.20.3 --binding group=c --from hub.json", 2),
        ("du-upgrade -n ztp-group --version 4.20.3 --channel stable-4.19 --binding group=a", 2),
        ("du-upgrade -n ztp-group --version 4.19.3 --channel eus-4.19 --binding group=a", 2),
        ("du-upgrade -n ztp-group --channel stable-4.20 --image quay.example.com/ocp:4.20.3 --binding group=a", 2),
        ("du-upgrade -n ztp-group --image quay.example.com/ocp@sha256:DIGEST --binding group=a", 2),
        ("du-upgrade -n ztp-group --channel fast-4.20 --image quay.example.com/ocp@sha256:DIGEST --binding group=a", 0),
        (
            "du-upgrade -n ztp-group --version 4.20.3 --binding group=a --policy a-name-that-goes-on-and-on-until-nobody-can",
            2,
        ),
    ] {
        let output = run(folder.path(), &arguments.replace("DIGEST", &digest))?;
        assert_eq!(output.status.code(), Some(code), "{arguments}\n{}", both(&output));
        text += &format!("$ oc talm upgrade-policy {arguments}\n{}\n", both(&output).replace(&digest, "DIGEST"));
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/upgrade-policy.txt");
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return std::fs::write(golden, text);
    }
    assert_eq!(text, std::fs::read_to_string(golden)?, "UPDATE_TRANSCRIPTS=1 records it anew");
    Ok(())
}

#[test]
fn files_are_written_once_and_never_over_others() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("du-upgrade.yaml");
    let arguments = "du-upgrade -n ztp-group --version 4.20.3 --binding group=a --output-dir .";
    let first = run(folder.path(), arguments)?;
    assert!(both(&first).contains("wrote ./du-upgrade.yaml and ./kustomization.yaml"), "{}", both(&first));
    assert!(first.stdout.is_empty());
    let written = std::fs::read_to_string(&file)?;
    let second = run(folder.path(), arguments)?;
    assert!(both(&second).contains("has it already"), "{}", both(&second));
    assert_eq!(std::fs::read_to_string(&file)?, written);
    let other = run(folder.path(), &arguments.replace("4.20.3", "4.20.4"))?;
    assert_eq!(other.status.code(), Some(2));
    assert!(both(&other).contains("exists and says something else"), "{}", both(&other));
    assert_eq!(std::fs::read_to_string(&file)?, written);
    Ok(())
}
