//! The commands on recorded hubs, as a user runs them, on terminals of two widths and without colour.
//! `UPDATE_TRANSCRIPTS=1` records anew.

mod hubs;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use hubs::{MORE, REHEARSED, SITES, STORIES, Story, list};

/// 2026-01-01T12:00:00Z, when the hubs were recorded.
const RECORDED: u64 = 1_767_268_800;
const NOW: &str = "2026-01-01T12:05:00Z";

fn oc_talm(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oc-talm"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command.env_remove("CLICOLOR_FORCE");
    command
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}exit code {}\n", text(&output.stdout), text(&output.stderr), output.status.code().unwrap_or(-1))
}

/// A folder with the hub in `hub.json`.
fn recorded(story: &Story) -> std::io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let mut file = File::create(folder.path().join("hub.json"))?;
    file.write_all(list((story.objects)()).to_string().as_bytes())?;
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(RECORDED))?;
    Ok(folder)
}

fn transcript(story: &Story, folder: &Path, width: &str) -> std::io::Result<String> {
    let mut text = String::new();
    for command in story.commands {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.extend(["--from", "hub.json", "--now", NOW]);
        let output = oc_talm(folder, &arguments).env("ZTP_COLUMNS", width).output()?;
        text += &format!("$ oc talm {command} --from hub.json\n{}\n", both(&output));
    }
    Ok(text)
}

fn compare(name: &str, text: &str) -> std::io::Result<()> {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(name);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return std::fs::write(file, text);
    }
    assert_eq!(text, std::fs::read_to_string(&file)?, "{name} differs: UPDATE_TRANSCRIPTS=1 records it anew");
    Ok(())
}

#[test]
fn every_story_is_told_at_both_widths() -> std::io::Result<()> {
    for story in STORIES.iter().chain(MORE).chain(SITES).chain(REHEARSED) {
        let folder = recorded(story)?;
        for width in ["80", "120"] {
            let text = transcript(story, folder.path(), width)?;
            let pasted = ["$ ", "next:", "fix:", "= fix:"];
            let is_pasted = |line: &&str| pasted.iter().any(|word| line.trim_start().starts_with(word));
            let wide = text.lines().filter(|line| !is_pasted(line)).map(|line| line.chars().count()).max();
            if !story.commands.iter().any(|command| command.ends_with("wide")) {
                assert!(wide <= width.parse().ok(), "{}: {wide:?} columns on a terminal of {width}", story.name);
            }
            compare(&format!("{}-{width}.txt", story.name), &text)?;
        }
    }
    Ok(())
}

#[test]
fn without_a_kubeconfig_the_way_out_is_one_that_the_command_has() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let says = |arguments: &[&str], from: bool| -> std::io::Result<()> {
        let mut command = oc_talm(folder.path(), arguments);
        command.env("HOME", folder.path()).env_remove("KUBECONFIG").env_remove("KUBERNETES_SERVICE_HOST");
        let output = command.output()?;
        let text = both(&output);
        assert!(text.contains("no kubeconfig was found") && text.contains("--kubeconfig"), "{text}");
        assert_eq!((output.status.code(), text.contains("--from PATH")), (Some(2), from), "{text}");
        Ok(())
    };
    says(&["status"], true)?;
    says(&["enable", "night", "-n", "fleet"], true)?;
    says(&["kubeconfig", "sno1"], false)
}

#[test]
fn standard_input_and_a_cgu_from_a_file_do_as_well() -> std::io::Result<()> {
    let story = STORIES.iter().find(|story| story.name == "ready").ok_or(std::io::ErrorKind::NotFound)?;
    let folder = recorded(story)?;
    std::fs::write(
        folder.path().join("cgu.yaml"),
        "apiVersion: ran.openshift.io/v1alpha1\nkind: ClusterGroupUpgrade\nmetadata: {name: mine, namespace: fleet}\n\
         spec:\n  clusters: [e6, e1]\n  managedPolicies: [base]\n  remediationStrategy: {maxConcurrency: 1}\n",
    )?;
    let mut child = oc_talm(folder.path(), &["plan", "-f", "cgu.yaml", "--from", "-", "-o", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(&std::fs::read(folder.path().join("hub.json"))?)?;
    }
    let output = child.wait_with_output()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(report["kind"], "RolloutPlan");
    assert_eq!(report["plan"]["status"]["remediationPlan"], serde_json::json!([["e6"], ["e1"]]));
    assert_eq!(report["recordedAt"], serde_json::Value::Null);
    Ok(())
}

#[test]
fn wrong_use_is_told_with_the_way_out() -> std::io::Result<()> {
    let story = STORIES.iter().find(|story| story.name == "ready").ok_or(std::io::ErrorKind::NotFound)?;
    let folder = recorded(story)?;
    let mut text = String::new();
    for command in [
        "plan --from hub.json",
        "plan new --from hub.json -l tier=edge",
        "plan rolout -n fleet --from hub.json",
        "plan fleet/rolout --from hub.json",
        "diagnose flet/rollout -n fleet --from hub.json",
        "plan new --from hub.json -l tier=(edge --max-concurrency 1",
        "plan new --from hub.json --clusters e1 --max-concurrency 1 --rollout-timeout 30",
        "plan -f - --from -",
        "status --clusters-from - --from -",
        "diagnose --clusters-from - --from -",
        "diagnose --from hub.json",
        "diagnose --ztp e1 --clusters e2 --from hub.json",
        "status --clusters-from missing.txt --from hub.json",
        "status -l tier=(edge --from hub.json",
        "diagnose --ztp e7 --from hub.json",
        "diagnose rollout --from missing.json",
        "explain rollout/name-lable",
    ] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let output = oc_talm(folder.path(), &arguments).output()?;
        assert_eq!(output.status.code(), Some(2), "{command}");
        text += &format!("$ oc talm {command}\n{}\n", both(&output));
    }
    compare("wrong-use.txt", &text)
}

#[test]
fn a_list_on_standard_input_narrows_reports_for_machines() -> std::io::Result<()> {
    let folder = recorded(&SITES[0])?;
    let ask = |command: &str| -> std::io::Result<serde_json::Value> {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.extend(["--clusters-from", "-", "--from", "hub.json", "-o", "json"]);
        let mut child = oc_talm(folder.path(), &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(b"# ours\ne4 True\ne6\ne44\n")?;
        }
        let output = child.wait_with_output()?;
        assert_eq!(output.status.code(), Some(1));
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    let all = ask("status")?;
    assert_eq!(all["kind"], "RolloutStatusList");
    let of = |list: &serde_json::Value, key: &str| -> Vec<serde_json::Value> {
        list.as_array().into_iter().flatten().map(|item| item[key].clone()).collect()
    };
    assert_eq!(of(&all["items"], "name"), ["tonight"]);
    assert_eq!(of(&all["items"][0]["clusters"], "name"), ["e4"]);
    assert_eq!(of(&all["rows"], "cluster"), ["e4", "e6"]);
    assert_eq!(of(&all["rows"], "attention"), ["Hindered", "Unplanned"]);
    assert_eq!(all["unknown"], serde_json::json!(["e44"]));
    let one = ask("status tonight -n fleet")?;
    assert_eq!(of(&one["status"]["clusters"], "name"), ["e4"]);
    assert_eq!(one["status"]["batches"][0]["clusters"], 2);
    assert_eq!(one["notInCgu"], serde_json::json!(["e6", "e44"]));
    let diagnosis = ask("diagnose tonight -n fleet")?;
    assert_eq!(diagnosis["leftOut"], 1);
    assert_eq!(of(&diagnosis["findings"], "id"), ["rollout/cluster-unavailable", "rollout/held-by-earlier"]);
    assert_eq!(diagnosis["findings"][0]["clusters"], serde_json::json!(["e4"]));
    Ok(())
}

#[test]
fn answers_for_machines_tell_beside_them_that_something_was_left_out() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("hub.json"), list((SITES[0].objects)()).to_string())?;
    std::fs::write(folder.path().join("broken.yaml"), "a: [")?;
    let said = |arguments: &[&str]| -> std::io::Result<String> {
        let output = oc_talm(folder.path(), &[&["status", "--from", "."], arguments].concat()).output()?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert!(said(&["-o", "json"])?.contains("1 unreadable file or object left out: -v says why"));
    assert!(said(&["-o", "json", "-v"])?.contains("broken.yaml:1: "));
    assert_eq!(said(&["-o", "json", "-q"])?, "");
    Ok(())
}
