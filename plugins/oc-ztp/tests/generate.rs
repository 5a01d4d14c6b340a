//! `oc ztp generate` on the example repository, as a user runs it. `UPDATE_TRANSCRIPTS=1` records anew.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ztp_common::yaml::{Source, documents, emit};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn oc_ztp(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_oc-ztp"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}exit code {}\n", text(&output.stdout), text(&output.stderr), output.status.code().unwrap_or(-1))
}

fn compare(name: &str, text: &str) -> std::io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(name);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return std::fs::write(file, text);
    }
    assert_eq!(text, std::fs::read_to_string(&file)?, "{name} differs: UPDATE_TRANSCRIPTS=1 records it anew");
    Ok(())
}

const EXAMPLE: [&str; 3] = ["generate", "examples/policies", "examples/sites"];

#[test]
fn a_stream_is_the_same_every_time() -> std::io::Result<()> {
    let first = oc_ztp(&EXAMPLE)?;
    compare("stream.txt", &both(&first))?;
    assert_eq!(oc_ztp(&EXAMPLE)?.stdout, first.stdout);
    Ok(())
}

#[test]
fn a_second_run_into_a_folder_changes_nothing() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let build = scratch.path().join("build").display().to_string();
    let arguments = [&EXAMPLE[..], &["--output-dir", &build]].concat();
    let mut text = both(&oc_ztp(&arguments)?);
    text += &both(&oc_ztp(&arguments)?);
    compare("folder.txt", &text.replace(&build, "build"))
}

#[test]
fn an_error_writes_nothing() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let build = scratch.path().join("build").display().to_string();
    let output = oc_ztp(&[&EXAMPLE[..], &["missing.yaml", "--output-dir", &build]].concat())?;
    assert_eq!(output.status.code(), Some(2));
    assert!(!Path::new(&build).exists());
    compare("error.txt", &both(&output).replace(&build, "build"))
}

#[test]
fn json_is_one_list() -> std::io::Result<()> {
    let output = oc_ztp(&[&EXAMPLE[..], &["-o", "json", "--kind", "Policy"]].concat())?;
    let list: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(6));
    Ok(())
}

/// The folder that kustomize finds the generators in, below a scratch folder that stands for `~/.config`.
fn install(config: &Path, arguments: &[&str]) -> std::io::Result<PathBuf> {
    let folder = config.join("kustomize/plugin");
    let install = oc_ztp(&[&["plugin", "install", "--dir", &folder.display().to_string()], arguments].concat())?;
    assert!(install.status.success(), "{}", both(&install));
    Ok(folder)
}

#[test]
fn the_installed_plugin_stands_in_for_the_upstream_generator() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let source_crs = "examples/policies/source-crs";
    let folder = install(scratch.path(), &["--source-crs", source_crs])?;
    let program = folder.join("ran.openshift.io/v1/policygentemplate/PolicyGenTemplate");
    let output = Command::new(program).arg("examples/policies/common.yaml").current_dir(root()).output()?;
    assert!(output.status.success(), "{}", both(&output));
    let ours = oc_ztp(&["generate", "examples/policies/common.yaml", "--source-crs", source_crs])?;
    assert_eq!(output.stdout, ours.stdout);
    Ok(())
}

#[test]
fn kubectl_with_the_plugin_builds_what_we_build() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    install(scratch.path(), &[])?;
    for tree in ["examples/policies", "examples/sites"] {
        let kubectl = Command::new("kubectl")
            .args(["kustomize", "--enable-alpha-plugins", tree])
            .current_dir(root())
            .env("XDG_CONFIG_HOME", scratch.path())
            .env_remove("KUSTOMIZE_PLUGIN_HOME")
            .output();
        let Ok(kubectl) = kubectl else {
            println!("skipped: kubectl is not on PATH");
            return Ok(());
        };
        assert!(kubectl.status.success(), "{}", both(&kubectl));
        let ours = oc_ztp(&["generate", tree])?;
        assert_eq!(objects(&ours.stdout), objects(&kubectl.stdout), "{tree}");
    }
    Ok(())
}

/// The objects of a stream, each with its keys in order, sorted.
fn objects(stream: &[u8]) -> Vec<String> {
    let source = Source::from_text("stream", String::from_utf8_lossy(stream).into_owned());
    let mut objects: Vec<String> = documents(&source)
        .flatten()
        .filter_map(|document| Some(emit::to_string(&document.root()?.to_value().ok()?)))
        .collect();
    objects.sort();
    objects
}

#[test]
fn wrong_paths_are_told_apart_from_clean_ones() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let oc_ztp = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_oc-ztp"));
        program.args(arguments).current_dir(scratch.path()).env("NO_COLOR", "1").output().map(|output| both(&output))
    };
    std::fs::create_dir(scratch.path().join("empty"))?;
    let nothing = oc_ztp(&["validate", "empty"])?;
    assert!(nothing.contains("nothing was checked") && nothing.ends_with("exit code 0\n"), "{nothing}");
    let mistyped = oc_ztp(&["diff", "emtpy", "empty"])?;
    assert!(
        mistyped.starts_with("error: emtpy is not a folder\n") && mistyped.ends_with("exit code 2\n"),
        "{mistyped}"
    );
    Ok(())
}
