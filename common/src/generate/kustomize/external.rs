//! Trees that only the real kustomize can build: it is found, and run with this program as its generator plugins.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::read::{Use, resources};
use super::resource::Resource;
use super::sort::SortOrder;
use super::{output, resources::Resources};
use crate::finding::Finding;
use crate::generate::Generated;
use crate::yaml::Source;

/// Version, folder and name under which kustomize looks for the generators of this program.
const PLUGINS: &[(&str, &str, &str)] = &[
    ("v1", "policygentemplate", "PolicyGenTemplate"),
    ("v1", "siteconfig", "SiteConfig"),
    ("v2", "siteconfig", "SiteConfig"),
];

/// A program that can build kustomization trees.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    /// The executable.
    pub program: PathBuf,
    /// What comes before the options: `build` or `kustomize`.
    pub command: &'static str,
}

impl External {
    /// The first of kustomize, oc and kubectl that `lookup` finds on PATH.
    pub fn find(lookup: impl Fn(&str) -> Option<PathBuf>) -> Option<Self> {
        [("kustomize", "build"), ("oc", "kustomize"), ("kubectl", "kustomize")]
            .into_iter()
            .find_map(|(name, command)| Some(Self { program: lookup(name)?, command }))
    }

    /// Builds the tree of a folder. `executable` is what stands in for the generator plugins: it is called under their
    /// names with the path of a document, in the folder of the kustomization that lists it. `variables` are set for it.
    pub fn build(&self, root: &Path, executable: &Path, variables: &[(&str, &Path)]) -> Generated {
        let made = self.run(root, executable, variables).and_then(|output| {
            let source = Source::from_bytes(root.display().to_string(), output).map_err(|e| e.message)?;
            let read = resources(&source, Use::Resources).map_err(|e| e.message)?;
            let mut all = Resources::default();
            for read in read {
                all.append(Resource::new(read.value, source.name().clone(), None))?;
            }
            Ok(output::objects(all, &SortOrder::Fifo))
        });
        match made {
            Ok(objects) => Generated { objects, findings: Vec::new() },
            Err(fact) => Generated { objects: Vec::new(), findings: vec![Finding::error("kustomize/external", fact)] },
        }
    }

    fn run(&self, root: &Path, executable: &Path, variables: &[(&str, &Path)]) -> Result<Vec<u8>, String> {
        let name = self.program.display();
        let home = tempfile::tempdir().map_err(|e| format!("cannot make a temporary folder: {e}"))?;
        let plugins = plugin_home(home.path(), executable)
            .map_err(|e| format!("cannot prepare the plugin folder of kustomize: {e}"))?;
        let mut command = Command::new(&self.program);
        command.arg(self.command).arg("--enable-alpha-plugins").arg(root);
        command.env("XDG_CONFIG_HOME", home.path()).env("KUSTOMIZE_PLUGIN_HOME", plugins);
        command.envs(variables.iter().copied());
        let output = command.output().map_err(|e| format!("cannot run {name}: {e}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{name} failed: {}", said.trim()))
    }
}

/// Makes kustomize's plugin folders below a configuration folder; the folder of all plugins.
///
/// # Errors
/// As the file system says.
pub fn plugin_home(config: &Path, executable: &Path) -> io::Result<PathBuf> {
    let home = config.join("kustomize/plugin");
    for (version, folder, name) in PLUGINS {
        let folder = home.join("ran.openshift.io").join(version).join(folder);
        std::fs::create_dir_all(&folder)?;
        link(executable, &folder.join(name))?;
    }
    Ok(home)
}

#[cfg(unix)]
fn link(executable: &Path, name: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(executable, name)
}

#[cfg(not(unix))]
fn link(executable: &Path, name: &Path) -> io::Result<()> {
    std::fs::copy(executable, name).map(drop)
}

/// What to say when a tree needs the real kustomize: that it is used, or that there is none.
pub fn handover(foreign: &[Finding], external: Option<&External>) -> Vec<Finding> {
    let Some(external) = external else {
        let install = "install kustomize, oc or kubectl, or write the tree without it";
        return foreign.iter().cloned().map(|finding| finding.fix(install)).collect();
    };
    let by = external.program.display();
    let note = |finding: &Finding| Finding {
        level: crate::finding::Level::Info,
        fact: format!("{}: the tree is built by {by}", finding.fact),
        ..finding.clone()
    };
    foreign.iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_program_on_path_is_taken() {
        let only = |wanted: &'static str| move |name: &str| (name == wanted).then(|| PathBuf::from("/bin").join(name));
        assert_eq!(External::find(only("oc")).map(|e| e.command), Some("kustomize"));
        assert_eq!(External::find(only("kustomize")).map(|e| e.command), Some("build"));
        assert_eq!(External::find(only("helm")), None);
    }

    #[test]
    fn plugins_stand_where_kustomize_looks() {
        let dir = tempfile::tempdir().unwrap();
        let executable = dir.path().join("oc-ztp");
        std::fs::write(&executable, "x").unwrap();
        let home = plugin_home(dir.path(), &executable).unwrap();
        let plugin = home.join("ran.openshift.io/v2/siteconfig/SiteConfig");
        assert_eq!(std::fs::read(plugin).unwrap(), b"x");
    }
}
