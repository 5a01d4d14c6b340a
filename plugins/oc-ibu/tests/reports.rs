//! Reports on recorded objects, as a user runs the plugin. `UPDATE_TRANSCRIPTS=1` records anew.

use std::path::Path;
use std::process::{Command, Output};

fn oc_ibu(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_oc-ibu"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded"))
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
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

const NOW: [&str; 2] = ["--now", "2026-05-04T09:30:00Z"];

#[test]
fn status_and_diagnosis_of_each_sample() -> std::io::Result<()> {
    for sample in ["waiting", "precache-failed", "restoring", "rolled-back", "cleanup-failed"] {
        let file = format!("{sample}.yaml");
        let mut text = String::new();
        for command in ["status", "diagnose"] {
            let output = oc_ibu(&[&[command, "--from", &file], &NOW[..]].concat())?;
            text += &format!("$ oc ibu {command} --from {file}\n{}", both(&output));
        }
        compare(&format!("{sample}.txt"), &text)?;
    }
    Ok(())
}

#[test]
fn several_clusters_are_sorted_by_need() -> std::io::Result<()> {
    let status = oc_ibu(&[&["status", "--from", "fleet"], &NOW[..]].concat())?;
    let json = oc_ibu(&[&["status", "--from", "fleet", "sno3", "-o", "json"], &NOW[..]].concat())?;
    let list: serde_json::Value = serde_json::from_slice(&json.stdout)?;
    assert_eq!(list.pointer("/items/0/state"), Some(&"idle".into()));
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    compare("fleet.txt", &both(&status))
}

#[test]
fn content_is_checked_where_it_stands() -> std::io::Result<()> {
    compare("validate.txt", &both(&oc_ibu(&["validate", "oadp.yaml", "--storage", "lvms", "--rhacm"])?))
}

#[test]
fn a_seed_cluster_hears_every_reason() -> std::io::Result<()> {
    compare("seed.txt", &both(&oc_ibu(&["seed", "check", "--from", "seed.yaml"])?))
}

#[test]
fn what_configmap_prints_passes_validate() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let manifest = scratch.path().join("source.yaml");
    std::fs::write(
        &manifest,
        "apiVersion: operators.coreos.com/v1alpha1\nkind: CatalogSource\nmetadata: {name: a, namespace: b}\n",
    )?;
    let made = oc_ibu(&["configmap", "catalog-sources", &manifest.display().to_string()])?;
    assert!(made.status.success(), "{}", both(&made));
    let map = scratch.path().join("map.yaml");
    std::fs::write(&map, &made.stdout)?;
    let checked = oc_ibu(&["validate", &map.display().to_string()])?;
    assert!(
        checked.status.success() && both(&checked).contains("1 object: 0 errors, 0 warnings"),
        "{}",
        both(&checked)
    );
    Ok(())
}

#[test]
fn without_a_cluster_the_way_to_one_is_told() -> std::io::Result<()> {
    for command in [&["status"][..], &["diagnose"], &["seed", "check"], &["upgrade"], &["retry-cleanup"]] {
        let output = oc_ibu(&[command, &["--kubeconfig", "missing"]].concat())?;
        assert_eq!(output.status.code(), Some(2));
        assert!(both(&output).contains("cannot read kubeconfig missing"), "{}", both(&output));
    }
    Ok(())
}

#[test]
fn a_seed_that_does_not_tell_its_release_is_refused() -> std::io::Result<()> {
    let mut text = String::new();
    for arguments in [
        &["prep", "--seed", "registry.example.com/seed/du"][..],
        &["prep", "--seed", "registry.example.com/seed/du:4.20.3", "--oadp", "oadp-cm"],
        &["seed", "generate", "registry.example.com/seed/du:4.20.3", "--authfile", "oadp.yaml"],
        &["status", "--watch", "--from", "fleet"],
    ] {
        text += &format!("$ oc ibu {}\n{}", arguments.join(" "), both(&oc_ibu(arguments)?));
    }
    compare("refused-input.txt", &text)
}

#[test]
fn findings_can_be_read_by_machines() -> std::io::Result<()> {
    let junit = oc_ibu(&[&["diagnose", "--from", "fleet", "-o", "junit"], &NOW[..]].concat())?;
    let text = both(&junit);
    assert!(text.contains("<testcase classname=\"sno3\" name=\"sno3\"/>"), "{text}");
    assert!(text.contains("name=\"ibu/init-monitor-timeout\""), "{text}");
    let json = oc_ibu(&["validate", "oadp.yaml", "--storage", "lvms", "-o", "json"])?;
    let list: serde_json::Value = serde_json::from_slice(&json.stdout)?;
    assert_eq!(list["kind"], "FindingList");
    assert_eq!(json.status.code(), Some(1));
    Ok(())
}

/// The samples of a fleet, and clusters beside them of which nothing can be read.
fn broken_fleet() -> std::io::Result<tempfile::TempDir> {
    let scratch = tempfile::tempdir()?;
    let fleet = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded/fleet");
    for entry in std::fs::read_dir(fleet)? {
        let entry = entry?;
        let sample = if entry.path().is_dir() { entry.path().join("ibu.yaml") } else { entry.path() };
        std::fs::copy(sample, scratch.path().join(entry.file_name()).with_extension("yaml"))?;
    }
    for folder in ["sno4", "sno5"] {
        std::fs::create_dir(scratch.path().join(folder))?;
    }
    std::fs::write(scratch.path().join("sno4/ibu.yaml"), "kind: [\n")?;
    std::fs::write(scratch.path().join("sno6.tar.gz"), [0x1f, 0x8b, 8, 0])?;
    Ok(scratch)
}

#[test]
fn recorded_clusters_that_cannot_be_read_are_named_and_counted() -> std::io::Result<()> {
    let scratch = broken_fleet()?;
    let folder = scratch.path().to_string_lossy();
    for (command, exit) in [("status", 2), ("diagnose", 2)] {
        let output = oc_ibu(&[&[command, "--from", &folder], &NOW[..]].concat())?;
        let text = both(&output);
        assert!(text.contains("5 clusters: ") && text.contains(", 2 without an answer"), "{text}");
        assert!(text.contains("sno4: error: ") && text.contains("ibu.yaml:2"), "{text}");
        assert!(text.contains("sno6: error: ") && !text.contains("sno5"), "{text}");
        assert_eq!(output.status.code(), Some(exit), "{text}");
    }
    let named = oc_ibu(&[&["status", "--from", &folder, "sno1", "sno4"], &NOW[..]].concat())?;
    assert!(both(&named).contains("2 clusters: ") && named.status.code() == Some(2), "{}", both(&named));
    let others = oc_ibu(&[&["status", "--from", &folder, "sno3"], &NOW[..]].concat())?;
    assert_eq!(others.status.code(), Some(0), "{}", both(&others));
    Ok(())
}

#[test]
fn recorded_facts_are_judged_by_when_they_were_recorded() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("sno1.yaml");
    let sample = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded/restoring.yaml"))?;
    std::fs::write(&file, sample)?;
    // 2026-05-04T09:00:00Z
    let recorded = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_777_885_200);
    let dated = |at| std::fs::File::options().append(true).open(&file)?.set_modified(at);
    dated(std::time::UNIX_EPOCH + std::time::Duration::from_secs(315_532_800))?;
    let path = file.to_string_lossy();
    let text = both(&oc_ibu(&["diagnose", "--from", &path])?);
    assert!(text.contains("error[ibu/init-monitor-timeout]") && text.contains("of unknown age"), "{text}");
    dated(recorded)?;
    let file = path;
    let diagnosis = oc_ibu(&["diagnose", "--from", &file])?;
    let text = both(&diagnosis);
    assert!(text.contains("nothing is wrong that these objects show") && text.contains("exit code 0"), "{text}");
    assert!(text.contains("sno1.yaml, recorded ") && text.contains(" ago, at 2026-05-04 09:00 UTC"), "{text}");
    let status = both(&oc_ibu(&["status", "--from", &file])?);
    assert!(status.contains("in at most 24m00s") && status.contains("at 2026-05-04 09:00 UTC"), "{status}");
    assert!(!both(&oc_ibu(&["status", "--from", &file, "-q"])?).contains("recorded"));
    let json = oc_ibu(&["status", "--from", &file, "-o", "json"])?;
    assert!(String::from_utf8_lossy(&json.stderr).contains("at 2026-05-04 09:00 UTC"), "{}", both(&json));
    let list: serde_json::Value = serde_json::from_slice(&json.stdout)?;
    assert_eq!(list.pointer("/asOf"), Some(&"2026-05-04T09:00:00Z".into()));
    assert_eq!(list.pointer("/items/0/recordedAt"), Some(&"2026-05-04T09:00:00Z".into()));
    Ok(())
}

#[test]
fn commands_that_follow_a_recording_lead_to_it_again() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
    let folder = scratch.path().join("my fleet");
    std::fs::create_dir(&folder)?;
    std::fs::copy(recorded.join("restoring.yaml"), folder.join("site 1.yaml"))?;
    let from = folder.to_string_lossy();
    let one = both(&oc_ibu(&[&["status", "--from", &from], &NOW[..]].concat())?);
    assert!(one.contains(&format!("next: oc ibu diagnose --from '{from}'   (")), "{one}");
    let diagnosis = both(&oc_ibu(&[&["diagnose", "--from", &from], &NOW[..]].concat())?);
    assert!(!diagnosis.contains("next: "), "{diagnosis}");
    std::fs::copy(recorded.join("rolled-back.yaml"), folder.join("site 2.yaml"))?;
    let several = both(&oc_ibu(&[&["status", "--from", &from], &NOW[..]].concat())?);
    assert!(several.contains(&format!("next: oc ibu diagnose --from '{from}' 'site 2'\n")), "{several}");
    Ok(())
}

#[test]
fn a_file_of_a_cluster_that_cannot_be_read_is_counted() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded/rolled-back.yaml");
    std::fs::copy(sample, scratch.path().join("ibu.yaml"))?;
    std::fs::write(scratch.path().join("clusterversion.yaml"), "kind: [\n")?;
    let text = both(&oc_ibu(&["diagnose", "--from", &scratch.path().to_string_lossy()])?);
    assert!(text.contains("; 1 unreadable file or object left out: -v says why"), "{text}");
    std::fs::rename(scratch.path().join("clusterversion.yaml"), scratch.path().join("ibu.yaml"))?;
    std::fs::write(scratch.path().join("a.yaml"), "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")?;
    let text = both(&oc_ibu(&["diagnose", "--from", &scratch.path().to_string_lossy()])?);
    assert!(text.contains("no ImageBasedUpgrade") && text.contains("ibu.yaml:2: did not find"), "{text}");
    Ok(())
}
