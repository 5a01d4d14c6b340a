//! The drop-in for Argo CD: under the name of an upstream generator this program behaves like it (release 4.20).
//!
//! kustomize runs `PolicyGenTemplate FILE…` or `SiteConfig FILE…` from its plugin folder, in the folder of the
//! kustomization, and takes the objects from standard output.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ztp_common::cli::{self, Failure, Outcome, Paint, print};
use ztp_common::finding::Finding;
use ztp_common::generate::Object;
use ztp_common::generate::run::{Generators, Job, Report, run as run_jobs};

use crate::generate::{files, surviving};
use crate::generators::{Settings, generators, own_folder};
use crate::go_flags::{GoFlag, parse};
use crate::output_folder::OutputFolder;
use crate::stream::{Format, site_error, text};
use crate::tree::{EXTRA_MANIFESTS, SOURCE_CRS, folder_variable};

/// The upstream generators that this program can stand in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecPlugin {
    /// `PolicyGenTemplate`
    Policy,
    /// `SiteConfig`
    Site,
}

/// The generator by whose name the program was called.
pub fn called_as(program: Option<OsString>) -> Option<ExecPlugin> {
    match Path::new(&program?).file_stem()?.to_str()? {
        "PolicyGenTemplate" => Some(ExecPlugin::Policy),
        "SiteConfig" => Some(ExecPlugin::Site),
        _ => None,
    }
}

/// Runs as the generator. Upstream knows the exit codes 0 and 1, and 2 for wrong flags.
pub fn main(generator: ExecPlugin, arguments: Vec<OsString>) -> ExitCode {
    let result = match generator {
        ExecPlugin::Policy => policies(arguments),
        ExecPlugin::Site => sites(arguments),
    };
    cli::finish(result, Paint::plain())
}

const POLICY_FLAGS: [GoFlag; 4] =
    [GoFlag::Text("sourcePath"), GoFlag::Text("pgtPath"), GoFlag::Text("outPath"), GoFlag::Switch("wrapInPolicy")];

fn policies(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let flags = parse(&POLICY_FLAGS, arguments).map_err(Failure::new)?;
    let source_crs = match flags.get("sourcePath") {
        // The default spelt out is the default.
        None | Some("source-crs") => {
            let named = folder_variable(SOURCE_CRS);
            [Some("source-crs".into()), named, Some(own_folder().join("source-crs"))].into_iter().flatten().collect()
        }
        Some(folder) => vec![PathBuf::from(folder)],
    };
    let wrap_in_policy = flags.get("wrapInPolicy") != Some("false");
    let settings = Settings { source_crs, wrap_in_policy, extra_manifests: None, extra_manifests_only: false };
    let mut jobs: Vec<Job> = flags.words.iter().map(|word| Job::Listed(word.into())).collect();
    if let Some(folder) = flags.get("pgtPath").filter(|folder| !folder.is_empty()) {
        jobs.extend(listed(Path::new(folder))?);
    }
    let out = flags.get("outPath").filter(|path| !path.is_empty());
    write(&jobs, &generators(&settings), out, |_| None)
}

const SITE_FLAGS: [GoFlag; 4] = [
    GoFlag::Text("manifestPath"),
    GoFlag::Text("outPath"),
    GoFlag::Switch("extraManifestOnly"),
    GoFlag::Switch("stopOnError"),
];

/// A SiteConfig that fails comes back with its error, and the run goes on and ends well, unless told to stop.
fn sites(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let flags = parse(&SITE_FLAGS, arguments).map_err(Failure::new)?;
    let settings = Settings {
        source_crs: Vec::new(),
        wrap_in_policy: true,
        extra_manifests: flags
            .get("manifestPath")
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
            .or_else(|| folder_variable(EXTRA_MANIFESTS)),
        extra_manifests_only: flags.get("extraManifestOnly") == Some("true"),
    };
    let jobs: Vec<Job> = flags.words.iter().map(|word| Job::Site(word.into())).collect();
    let out = flags.get("outPath").filter(|path| !path.is_empty());
    let stop = flags.get("stopOnError") == Some("true");
    write(&jobs, &generators(&settings), out, |report| (!stop).then(|| site_error(report)))
}

/// Every entry of the folder except hidden ones, as upstream takes them; a folder among them fails when it is read.
fn listed(folder: &Path) -> Result<Vec<Job>, Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("cannot list {}", folder.display())).because(e);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name());
    }
    names.retain(|name| !name.to_string_lossy().starts_with('.'));
    names.sort();
    Ok(names.into_iter().map(|name| Job::Listed(folder.join(name))).collect())
}

/// Writes what the jobs give; `instead` is what a failed one gives, `None` when the whole run fails with it.
fn write(
    jobs: &[Job],
    generators: &Generators<'_>,
    out: Option<&str>,
    instead: impl Fn(&Report) -> Option<String>,
) -> Result<Outcome, Failure> {
    let mut folder = out.map(|out| OutputFolder::open(Path::new(out))).transpose()?;
    let mut outcome = Outcome::Done;
    run_jobs(
        jobs,
        generators,
        |report| report,
        |report: Report| {
            eprint!("{}", cli::findings(&report.generated.findings, Paint::plain()));
            if report.generated.failed() {
                return match instead(&report) {
                    Some(text) => print(&text),
                    None => {
                        outcome = Outcome::No;
                        Ok(())
                    }
                };
            }
            let objects = &report.generated.objects;
            match &mut folder {
                None => print(&text(Format::Yaml, &objects.iter().collect::<Vec<&Object>>())),
                Some(folder) => stage(folder, &surviving(objects)),
            }
        },
    )?;
    // All or nothing, where upstream would have written the files before the first error.
    if let (Some(folder), Outcome::Done) = (folder, outcome) {
        folder.commit()?;
    }
    Ok(outcome)
}

fn stage(folder: &mut OutputFolder, objects: &[&Object]) -> Result<(), Failure> {
    let outside = |finding: Box<Finding>| Failure::new(finding.fact);
    for (path, text) in files(objects).map_err(outside)? {
        folder.put(&path, &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_upstream_names_make_it_a_generator() {
        assert_eq!(called_as(Some("/a/PolicyGenTemplate".into())), Some(ExecPlugin::Policy));
        assert_eq!(called_as(Some("SiteConfig".into())), Some(ExecPlugin::Site));
        assert_eq!(called_as(Some("/SiteConfig/oc-ztp".into())), None);
    }
}
