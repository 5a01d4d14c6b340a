//! Completions and man pages are those of the command lines, docs/findings.md is the catalogue. `UPDATE_GENERATED=1`
//! writes them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ztp_common::cli::completion::{Shell, script};
use ztp_common::lint::catalogue;

const FINDINGS: &str = "docs/findings.md";

const FOLDERS: [&str; 2] = ["completions", "man"];

#[test]
fn generated_files_are_current() -> std::io::Result<()> {
    let root = ztp_tests::workspace();
    let wanted = generated()?;
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        for folder in FOLDERS.map(|folder| root.join(folder)) {
            if folder.is_dir() {
                std::fs::remove_dir_all(&folder)?;
            }
            std::fs::create_dir_all(folder)?;
        }
        return wanted.iter().try_for_each(|(path, text)| std::fs::write(root.join(path), text));
    }
    let found = found(&root)?;
    let stale: Vec<_> = wanted
        .iter()
        .filter(|(path, text)| found.get(*path) != Some(text))
        .map(|(path, _)| path)
        .chain(found.keys().filter(|path| !wanted.contains_key(*path)))
        .collect();
    assert!(stale.is_empty(), "stale: {stale:?}; UPDATE_GENERATED=1 cargo test -p ztp-tests --test generated");
    Ok(())
}

fn generated() -> std::io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (plugin, command) in [("ztp", oc_ztp::command()), ("talm", oc_talm::command()), ("ibu", oc_ibu::command())] {
        for shell in Shell::value_variants() {
            let name = match shell {
                Shell::Bash => format!("oc-{plugin}.bash"),
                Shell::Zsh => format!("_oc-{plugin}"),
                Shell::Fish => format!("oc-{plugin}.fish"),
            };
            files.insert(Path::new("completions").join(name), script(plugin, command.clone(), *shell).into_bytes());
        }
        man_pages(command, &mut files)?;
    }
    files.insert(FINDINGS.into(), catalogue::markdown().into_bytes());
    Ok(files)
}

/// One page for each command that is not hidden.
fn man_pages(mut command: clap::Command, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<()> {
    command = command.disable_help_subcommand(true);
    command.build();
    let mut open = vec![(command.get_name().to_owned(), command)];
    while let Some((name, command)) = open.pop() {
        for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
            open.push((format!("{name}-{}", child.get_name()), child.clone()));
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command).title(name.to_uppercase()).date("").render(&mut page)?;
        files.insert(PathBuf::from(format!("man/{name}.1")), page);
    }
    Ok(())
}

fn found(root: &Path) -> std::io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if let Ok(page) = std::fs::read(root.join(FINDINGS)) {
        files.insert(FINDINGS.into(), page);
    }
    for folder in FOLDERS {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            files.insert(Path::new(folder).join(path.file_name().unwrap_or_default()), std::fs::read(&path)?);
        }
    }
    Ok(files)
}
