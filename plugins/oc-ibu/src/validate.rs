//! `oc ibu validate`: the files of an image-based upgrade, before the agent sees them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ztp_common::cli::{self, Failure, FindingFormat, FindingReport, Outcome, Paint, Terminal, count, print};
use ztp_common::finding::Level;
use ztp_common::upgrade::files::{Settings, check};
use ztp_common::upgrade::oadp::{self, Context};

use crate::inputs;
use crate::verdict::{Tally, shown};

const EXAMPLES: &str = "\
Examples:
  oc ibu validate ibu/ --storage lvms --rhacm
  oc ibu validate oadp-cm.yaml extra-manifests-cm.yaml upgrade.yaml --release 4.18.6
  oc get configmap oadp-cm -n openshift-adp -o yaml | oc ibu validate -
  oc ibu validate backup-restore/ --accept oadp/excluded-resource";

/// How the targets store volumes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Storage {
    #[default]
    None,
    Lvms,
    Lso,
}

/// Check OADP content, extra manifests, catalog sources and the ImageBasedUpgrade
///
/// Takes ConfigMaps as well as what is to go into them. Everything is reported in one run; an error means that the agent
/// would refuse it, that the upgrade would fail, or that data would be lost.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Files, folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How the targets store volumes: none, lvms (LVM Storage) or lso (Local Storage Operator)
    #[arg(long, value_enum, default_value_t, value_name = "STORAGE", hide_possible_values = true)]
    storage: Storage,
    /// The targets are managed by a hub (RHACM)
    #[arg(long)]
    rhacm: bool,
    /// The upgrade is run by an ImageBasedGroupUpgrade
    #[arg(long)]
    group: bool,
    /// The release that the targets run, to compare the seed with
    #[arg(long, value_name = "RELEASE")]
    release: Option<String>,
    /// Findings that are known and shall only be noted
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    accept: Vec<String>,
    /// Format: text, json, sarif, junit or github
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: FindingFormat,
}

/// Does `validate`. An error-level finding is a no.
///
/// # Errors
/// A file cannot be read, there is nothing to check, or standard output cannot be written.
pub fn run(args: &ValidateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let sources = inputs::read(&args.files)?;
    let storage = match args.storage {
        Storage::None => oadp::Storage::None,
        Storage::Lvms => oadp::Storage::Lvms,
        Storage::Lso => oadp::Storage::Lso,
    };
    let context = Context { storage, rhacm_managed: args.rhacm, ibgu: args.group };
    let mut checked = check(&sources, &Settings { context, current: args.release.clone() });
    if checked.objects == 0 && checked.findings.is_empty() {
        return Err(Failure::new("there is nothing to check in these files")
            .fix("name files with an ImageBasedUpgrade, ConfigMaps, Backups and Restores, or manifests"));
    }
    for finding in checked.findings.iter_mut().filter(|f| args.accept.iter().any(|id| id == f.id)) {
        finding.level = Level::Info;
    }
    let tally = Tally::of(&checked.findings);
    if args.output != FindingFormat::Text {
        let files: Vec<&str> = sources.iter().map(|source| &**source.name()).collect();
        let program = ("oc-ibu", env!("CARGO_PKG_VERSION"));
        let shown = shown(&checked.findings, terminal);
        let report = FindingReport { program, findings: &shown, files: &files, failing: Level::Error, accepted: &[] };
        print(&report.text(args.output, Paint::plain()))?;
        return Ok(tally.outcome());
    }
    let mut text = cli::findings(&shown(&checked.findings, terminal), terminal.out);
    let (files, objects) = (count(sources.len(), "file"), count(checked.objects, "object"));
    text += &format!("{files}, {objects}: {}\n", tally.text());
    if let Some(finding) = checked.findings.first() {
        text += &format!("next: oc ibu explain {}\n", finding.id);
    }
    print(&text)?;
    Ok(tally.outcome())
}
