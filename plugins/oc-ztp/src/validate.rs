//! `oc ztp validate`: everything that is wrong with a repository, before the push.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use ztp_common::cli::{ConnectionFlags, Failure, FindingFormat, FindingReport, Outcome, Terminal, count, print, tally};
use ztp_common::finding::{Finding, Level};
use ztp_common::lint::{Checked, Files, Lookup, Repository, check};

use crate::explain::Id;
use crate::generate::source_crs;
use crate::generators::own_folder;
use crate::hub_facts;

const EXAMPLES: &str = "\
Examples:
  oc ztp validate .
  oc ztp validate sites/ policies/ --source-crs reference/source-crs --strict
  oc ztp validate . -o sarif > findings.sarif
  oc ztp validate . --hub --context hub-east
  oc get clusterimagesets -o yaml | oc ztp validate . --from -
  oc ztp validate . --accept policy/placeholder,siteconfig/deprecated-field";

/// Check files in Git for everything that would go wrong later
///
/// Folders are searched in full, and kustomizations are followed and built. A comment accepts one finding, on its line
/// or the line above: `# ztp: accept ID because REASON`. Exit codes: 0 nothing wrong, 1 an error (or with --strict a
/// warning), 2 a path or the hub cannot be read.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of source CRs; may be given more than once
    #[arg(long, value_name = "DIR")]
    source_crs: Vec<PathBuf>,
    /// Folder of the extra manifests that installations get [default: extra-manifest here or beside this program]
    #[arg(long, value_name = "DIR")]
    extra_manifests: Option<PathBuf>,
    /// Recorded hub, to check the releases that sites ask for: a must-gather, a folder or file of YAML, - for standard input
    #[arg(long, value_name = "PATH", conflicts_with = "hub")]
    from: Option<PathBuf>,
    /// Check the releases that sites ask for on the live hub
    #[arg(long)]
    hub: bool,
    /// Findings that are known and accepted everywhere
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = Id, hide_possible_values = true)]
    accept: Vec<String>,
    /// Let warnings fail the run
    #[arg(long)]
    strict: bool,
    /// Format: text, json, sarif, junit or github
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: FindingFormat,
    #[command(flatten)]
    connection: ConnectionFlags,
}

impl ValidateArgs {
    /// The releases of the hub that is named, if one is.
    fn image_sets(&self, terminal: &Terminal) -> Result<Option<BTreeSet<String>>, Failure> {
        match &self.from {
            Some(path) => hub_facts::recorded_image_sets(path),
            None if self.hub => hub_facts::live_image_sets(&self.connection.connection(terminal)?),
            None if self.connection.is_given() => Err(Failure::new("the connection flags have no use without --hub")
                .because("validate reads files only, unless a hub is asked for")
                .fix("add --hub, or leave them out")),
            None => Ok(None),
        }
    }
}

/// Does `validate`.
///
/// # Errors
/// A path is not there, or the output cannot be written.
pub fn run(args: &ValidateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    if let Some(path) = args.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::new(format!("there is no {}", path.display())).fix("check the path"));
    }
    let lookup = Lookup {
        source_crs: source_crs(&args.source_crs, std::env::current_dir().ok().as_deref()),
        extra_manifests: args.extra_manifests.clone(),
        beside: Some(own_folder()),
    };
    let skipped: Vec<PathBuf> = args.source_crs.iter().chain(&args.extra_manifests).cloned().collect();
    let files = Files::read(&args.paths, &skipped);
    let mut repository = Repository::new(&files, &lookup);
    repository.image_sets = args.image_sets(terminal)?;
    let checked = check(&repository, &args.accept);
    let quiet = |finding: &&Finding| !terminal.quiet || finding.level == Level::Error;
    let shown: Vec<Finding> = checked.findings.iter().filter(quiet).cloned().collect();
    let failing = if args.strict { Level::Warning } else { Level::Error };
    let names: Vec<&str> = repository.files.iter().map(|file| &**file.raw.source.name()).collect();
    let program = ("oc ztp validate", env!("CARGO_PKG_VERSION"));
    let report = FindingReport { program, findings: &shown, accepted: &checked.accepted, files: &names, failing };
    print(&report.text(args.output, terminal.out))?;
    if repository.files.is_empty() {
        // A check of nothing must not look like a check that found nothing.
        eprintln!("note: there is no YAML file in what was named, so nothing was checked");
    }
    if !terminal.quiet {
        let verdict = verdict(&repository, &checked);
        match args.output {
            FindingFormat::Text => print(&verdict)?,
            _ => eprint!("{verdict}"),
        }
    }
    let failed = checked.findings.iter().any(|finding| finding.level >= failing);
    Ok(if failed { Outcome::No } else { Outcome::Done })
}

/// "4 files, 6 policies, 2 clusters: 1 error, 0 warnings".
fn verdict(repository: &Repository<'_>, checked: &Checked) -> String {
    let objects = || repository.generators.iter().flat_map(|generator| &generator.generated.objects);
    let of = |kind: &str| objects().filter(|object| object.kind() == kind).count();
    let mut text = format!(
        "{}, {}, {}: {}",
        count(repository.files.len(), "file"),
        count(of("Policy"), "policy"),
        count(of("ManagedCluster"), "cluster"),
        tally(checked.count(Level::Error), checked.count(Level::Warning))
    );
    if !checked.accepted.is_empty() {
        text.push_str(&format!(", {} accepted", checked.accepted.len()));
    }
    text.push('\n');
    let worst = checked.findings.iter().max_by_key(|finding| finding.level).filter(|f| f.level > Level::Info);
    if let Some(finding) = worst {
        text.push_str(&format!("next: oc ztp explain {}\n", finding.id));
    }
    text
}
