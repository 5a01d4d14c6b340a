//! What `oc ztp` prints for each finding of the catalogue: one folder of `findings/` for each id.
//!
//! A folder holds the files that show the finding. With a `change.diff` these are added to the clean repository
//! `findings/base`, in which the lines with `-` become those with `+`. The first line of `expected.txt` is the command,
//! `oc ztp validate .` for a new folder; `UPDATE_TRANSCRIPTS=1` writes the rest.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use ztp_common::lint::catalogue;

const COMMAND: &str = "$ oc ztp validate .";
const PROGRAM: &str = env!("CARGO_BIN_EXE_oc-ztp");

/// What only callers of the library can meet: the plugin sorts files by their kind before a generator sees them.
const OF_THE_LIBRARY: [&str; 2] = ["input/unsupported", "policy/other-kind"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => _ = fs::copy(entry.path(), target)?,
        }
    }
    Ok(())
}

/// Applies a `change.diff`: `--- FILE`, then lines that go, come or stay.
fn change(root: &Path, text: &str) -> io::Result<()> {
    for part in format!("\n{text}").split("\n--- ").skip(1) {
        let (file, lines) = part.split_once('\n').unwrap_or((part, ""));
        let side = |signs: [char; 2]| -> String {
            lines.lines().filter_map(|line| line.strip_prefix(signs)).map(|line| format!("{line}\n")).collect()
        };
        let (old, new) = (side(['-', ' ']), side(['+', ' ']));
        let path = root.join(file);
        let before = fs::read_to_string(&path)?;
        assert_eq!(before.matches(&old).count(), 1, "{file} must have once:\n{old}");
        fs::write(path, before.replacen(&old, &new, 1))?;
    }
    Ok(())
}

/// Runs a command line in a folder. Programs other than this one are looked for in its `bin`.
fn printed(root: &Path, line: &str) -> io::Result<String> {
    let mut words = line.trim_start_matches("$ ").split(' ').collect::<Vec<_>>();
    if words.starts_with(&["oc", "ztp"]) {
        words.splice(..2, ["oc-ztp"]);
    }
    let path = std::env::join_paths([root.join("bin"), "/usr/bin".into(), "/bin".into()]).unwrap_or_default();
    let output = Command::new(PROGRAM)
        .arg0(words[0])
        .args(&words[1..])
        .current_dir(root)
        .env("PATH", path)
        .env("HOME", root)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()?;
    let mut text = format!("{line}\n");
    text.push_str(&String::from_utf8_lossy(&output.stdout));
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text.push_str(&format!("exit code {}\n", output.status.code().unwrap_or(-1)));
    let beside = Path::new(PROGRAM).parent().unwrap_or(Path::new("")).display().to_string();
    let text = text.replace(&root.canonicalize()?.display().to_string(), "REPOSITORY");
    Ok(text.replace(&root.display().to_string(), "REPOSITORY").replace(&beside, "PROGRAM"))
}

/// What is printed for a case, and what should be.
fn case(id: &str) -> io::Result<(String, String)> {
    let case = folder().join(id);
    let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
    let root = tempfile::tempdir()?;
    let diff = fs::read_to_string(case.join("change.diff"));
    if let Ok(diff) = &diff {
        copy(&folder().join("base"), root.path())?;
        change(root.path(), diff)?;
    }
    copy(&case, root.path())?;
    for own in ["change.diff", "expected.txt"] {
        let _ = fs::remove_file(root.path().join(own));
    }
    Ok((printed(root.path(), expected.lines().next().unwrap_or(COMMAND))?, expected))
}

fn check(id: &str) -> Result<(), String> {
    if !folder().join(id).is_dir() {
        return Err(format!("{id} has no folder plugins/oc-ztp/tests/findings/{id}"));
    }
    let (text, expected) = case(id).map_err(|e| format!("{id}: {e}"))?;
    if !text.contains(&format!("[{id}]")) {
        return Err(format!("{id} is not found in its own folder:\n{text}"));
    }
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return fs::write(folder().join(id).join("expected.txt"), text).map_err(|e| format!("{id}: {e}"));
    }
    if text != expected {
        return Err(format!("{id} is told in another way; UPDATE_TRANSCRIPTS=1 records anew:\n{text}"));
    }
    Ok(())
}

fn ids() -> impl Iterator<Item = &'static str> {
    catalogue::all().map(|rule| rule.id).filter(|id| !OF_THE_LIBRARY.contains(id))
}

#[test]
fn each_finding_of_the_catalogue_is_shown() {
    let wrong: Vec<String> = ids().filter_map(|id| check(id).err()).collect();
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_base_is_clean() -> io::Result<()> {
    let text = printed(&folder().join("base"), COMMAND)?;
    assert!(text.ends_with("2 clusters: 0 errors, 0 warnings\nexit code 0\n"), "{text}");
    Ok(())
}

#[test]
fn no_folder_is_left_of_a_finding_that_is_gone() -> io::Result<()> {
    let known: BTreeSet<PathBuf> = ids().map(PathBuf::from).collect();
    for group in fs::read_dir(folder())? {
        let group = group?.path();
        if group.ends_with("base") {
            continue;
        }
        for case in fs::read_dir(&group)? {
            let case = case?.path();
            let id = case.strip_prefix(folder()).unwrap_or(&case).to_path_buf();
            assert!(known.contains(&id), "there is no finding {}", id.display());
        }
    }
    Ok(())
}
