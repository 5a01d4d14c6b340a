//! The drop-in for Argo CD: under the name of an upstream generator this program behaves like it (release 4.20).
//!
//! kustomize runs `PolicyGenTemplate FILE…` or `SiteConfig FILE…` from its plugin folder, in the folder of the
//! kustomization, and takes the objects from standard output.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ztp_common::cli::{self, Failure, Outcome, Paint, print};
use ztp_common::finding::{Finding, Level};
use ztp_common::generate::Object;
use ztp_common::generate::run::{Generators, Job, Report, run as run_jobs};

use crate::generate::{files, surviving};
use crate::generators::{Settings, generators, own_folder};
use crate::go_flags::{GoFlag, parse};
use crate::output_folder::OutputFolder;
use crate::stream::{Format, text};

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
    let result =
        match generator {
            ExecPlugin::Policy => policies(arguments),
            ExecPlugin::Site => Err(Failure::new("this release does not generate from SiteConfig")
                .fix("use the upstream SiteConfig generator")),
        };
    cli::finish(result, Paint::plain())
}

const POLICY_FLAGS: [GoFlag; 4] =
    [GoFlag::Text("sourcePath"), GoFlag::Text("pgtPath"), GoFlag::Text("outPath"), GoFlag::Switch("wrapInPolicy")];

fn policies(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let flags = parse(&POLICY_FLAGS, arguments).map_err(Failure::new)?;
    let source_crs = match flags.get("sourcePath") {
        // The default spelt out is the default.
        None | Some("source-crs") => vec![PathBuf::from("source-crs"), own_folder().join("source-crs")],
        Some(folder) => vec![PathBuf::from(folder)],
    };
    let settings = Settings { source_crs, wrap_in_policy: flags.get("wrapInPolicy") != Some("false") };
    let mut jobs: Vec<Job> = flags.words.iter().map(|word| Job::Listed(word.into())).collect();
    if let Some(folder) = flags.get("pgtPath").filter(|folder| !folder.is_empty()) {
        jobs.extend(listed(Path::new(folder))?);
    }
    write(&jobs, &generators(&settings), flags.get("outPath").filter(|path| !path.is_empty()))
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

fn write(jobs: &[Job], generators: &Generators<'_>, out: Option<&str>) -> Result<Outcome, Failure> {
    let mut folder = out.map(|out| OutputFolder::open(Path::new(out))).transpose()?;
    let mut outcome = Outcome::Done;
    run_jobs(
        jobs,
        generators,
        |report| report,
        |report: Report| {
            eprint!("{}", cli::findings(&report.generated.findings, Paint::plain()));
            if report.generated.findings.iter().any(|finding| finding.level == Level::Error) {
                outcome = Outcome::No;
            }
            let objects: Vec<&Object> = surviving(&report.generated.objects);
            match &mut folder {
                None => print(&text(Format::Yaml, &objects)),
                Some(folder) => stage(folder, &objects),
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
