//! How long `oc ztp diff` takes for one changed line, next to one `oc ztp generate` of the same repository.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::measure::{self, Usage};

/// Commits the repository, changes a line of one site's policies, and compares the two commits.
pub fn measure(program: &str, repository: &Path, out: &Path) -> Result<Usage, Box<dyn Error>> {
    git(repository, &["init", "-q"])?;
    commit(repository)?;
    let file = repository.join("policies/site-00001.yaml");
    fs::write(&file, fs::read_to_string(&file)?.replacen("numVfs: 8", "numVfs: 16", 1))?;
    commit(repository)?;
    let mut command = measure::command(program)?;
    command.args(["diff", "HEAD~1..HEAD"]).current_dir(repository).stdout(File::create(out)?);
    let usage = measure::usage(command)?;
    match fs::read_to_string(out)?.contains("numVfs: 8 -> 16") {
        true => Ok(usage),
        false => Err("oc ztp diff did not find the change".into()),
    }
}

fn commit(repository: &Path) -> Result<(), Box<dyn Error>> {
    git(repository, &["add", "-A"])?;
    git(repository, &["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "a"])
}

fn git(repository: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let status = Command::new("git").args(arguments).current_dir(repository).status()?;
    if status.success() { Ok(()) } else { Err(format!("git {}: {status}", arguments.join(" ")).into()) }
}
