//! `version`: what this program is, and whether another copy of it would answer instead.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, Terminal, print};

/// Print the version
#[derive(Args, Clone, Debug, Default)]
pub struct VersionArgs {}

/// Prints plugin and version on stdout, and a warning on stderr when PATH holds different copies of the plugin.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(plugin: &str, version: &str, terminal: &Terminal) -> Result<Outcome, Failure> {
    print(&format!("oc {plugin} v{version}\n"))?;
    let copies = copies(plugin, &std::env::var_os("PATH").unwrap_or_default());
    if let Some(text) = warning(&copies) {
        eprint!("{} {text}", terminal.err.warning("warning:"));
    }
    Ok(Outcome::Done)
}

/// All programs on a search path that `oc` or `kubectl` would take for the plugin, first one first.
fn copies(plugin: &str, path: &OsStr) -> Vec<PathBuf> {
    std::env::split_paths(path)
        .flat_map(|folder| ["oc-", "kubectl-"].map(|prefix| folder.join(format!("{prefix}{plugin}"))))
        .filter(|file| file.is_file())
        .collect()
}

/// Says which copies differ from the first one; links to it and equal copies are fine.
fn warning(copies: &[PathBuf]) -> Option<String> {
    let (first, others) = copies.split_first()?;
    let different: Vec<_> = others.iter().filter(|other| !same(first, other)).collect();
    if different.is_empty() {
        return None;
    }
    let mut text = format!("different copies are on PATH, and {} is the one that runs first\n", first.display());
    different.iter().for_each(|other| text.push_str(&format!("  also: {}\n", other.display())));
    text.push_str("  fix: remove the copies you do not want\n");
    Some(text)
}

fn same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let size = |path: &Path| path.metadata().ok().map(|meta| meta.len());
    real(a) == real(b) || size(a) == size(b) && std::fs::read(a).ok() == std::fs::read(b).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_different_copies_are_worth_a_warning() -> std::io::Result<()> {
        let folders = [tempfile::tempdir()?, tempfile::tempdir()?];
        for (folder, name) in folders.iter().zip(["oc-ztp", "kubectl-ztp"]) {
            std::fs::write(folder.path().join(name), "one")?;
        }
        let path = std::env::join_paths(folders.iter().map(|f| f.path())).unwrap_or_default();
        assert_eq!(copies("ztp", &path).len(), 2);
        assert_eq!(warning(&copies("ztp", &path)), None);
        std::fs::write(folders[1].path().join("kubectl-ztp"), "two")?;
        assert!(warning(&copies("ztp", &path)).is_some_and(|text| text.contains("kubectl-ztp")));
        Ok(())
    }
}
