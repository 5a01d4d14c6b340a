//! `oc ztp plugin install`: the folder from which kustomize and Argo CD run this program as their generators.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use ztp_common::cli::{Failure, Outcome, print};

/// Where kustomize looks for each generator below its plugin folder.
const PLACES: [&str; 3] =
    ["v1/policygentemplate/PolicyGenTemplate", "v1/siteconfig/SiteConfig", "v2/siteconfig/SiteConfig"];

/// Install this program as a kustomize plugin
#[derive(Args, Clone, Debug)]
pub struct PluginArgs {
    #[command(subcommand)]
    command: PluginCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum PluginCommand {
    Install(InstallArgs),
}

const EXAMPLES: &str = "\
Examples:
  oc ztp plugin install
  oc ztp plugin install --dir /.config/kustomize/plugin --source-crs source-crs --extra-manifests extra-manifest";

/// Lay out kustomize's plugin folder with this program as the PolicyGenTemplate and SiteConfig generator
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
struct InstallArgs {
    /// kustomize's plugin folder [default: kustomize/plugin in $XDG_CONFIG_HOME or ~/.config]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Source CRs to put beside the PolicyGenTemplate generator
    #[arg(long, value_name = "DIR")]
    source_crs: Option<PathBuf>,
    /// Extra manifests to put beside the SiteConfig generators
    #[arg(long, value_name = "DIR")]
    extra_manifests: Option<PathBuf>,
}

/// Does `plugin`.
///
/// # Errors
/// A folder cannot be read or written.
pub fn run(args: &PluginArgs) -> Result<Outcome, Failure> {
    let PluginCommand::Install(args) = &args.command;
    let own = std::env::current_exe().map_err(|e| Failure::new("cannot tell where this program is").because(e))?;
    let folder = match &args.dir {
        Some(dir) => dir.clone(),
        None => default_folder().ok_or_else(|| Failure::new("there is no home folder").fix("give --dir"))?,
    };
    for place in PLACES {
        let program = folder.join("ran.openshift.io").join(place);
        install(&own, &program).map_err(|e| cannot_write(&program, &e))?;
        print(&format!("wrote {}\n", program.display()))?;
        let beside = program.parent().unwrap_or(Path::new("."));
        let (from, name) = match place.ends_with("PolicyGenTemplate") {
            true => (&args.source_crs, "source-crs"),
            false => (&args.extra_manifests, "extra-manifest"),
        };
        if let Some(from) = from {
            let to = beside.join(name);
            copy(from, &to).map_err(|e| cannot_write(&to, &e))?;
            print(&format!("wrote {}\n", to.display()))?;
        }
    }
    Ok(Outcome::Done)
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write {}", path.display())).because(error).fix("choose a folder with --dir")
}

fn default_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(config.join("kustomize/plugin"))
}

/// A hard link where that works, else a copy; put in place by a rename, so that a running generator is not disturbed.
fn install(own: &Path, program: &Path) -> std::io::Result<()> {
    let folder = program.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let staging = tempfile::Builder::new().prefix(".oc-ztp-").tempdir_in(folder)?;
    let staged = staging.path().join("program");
    if fs::hard_link(own, &staged).is_err() {
        fs::copy(own, &staged)?;
    }
    // Renaming one hard link over another of the same file does nothing, so an older one goes first.
    if program.exists() {
        fs::remove_file(program)?;
    }
    fs::rename(&staged, program)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut folders = vec![(from.to_path_buf(), to.to_path_buf())];
    while let Some((from, to)) = folders.pop() {
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            // Links are followed for files only: a link to a folder could lead around in a circle.
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), target));
            } else if entry.path().is_file() {
                fs::copy(entry.path(), target)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_program_is_replaced() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let own = folder.path().join("own");
        let program = folder.path().join("a/b/SiteConfig");
        fs::write(&own, "new")?;
        install(&own, &program)?;
        fs::remove_file(&program)?;
        fs::write(&program, "old")?;
        install(&own, &program)?;
        assert_eq!(fs::read_to_string(&program)?, "new");
        assert_eq!(fs::read_dir(folder.path().join("a/b"))?.count(), 1);
        Ok(())
    }
}
