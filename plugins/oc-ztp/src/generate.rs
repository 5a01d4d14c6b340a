//! `oc ztp generate`: from generator files to the objects that Argo CD would apply.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use ztp_common::cli::{self, Failure, Outcome, Terminal, count, print, tally};
use ztp_common::finding::{Finding, Level};
use ztp_common::generate::run::{InputKind, Report, jobs, run as run_jobs};
use ztp_common::generate::{Generated, Object};

use crate::generators::{Settings, generators, own_folder};
use crate::output_folder::{Change, OutputFolder, inside};
use crate::stream::{self, Format};
use crate::summary::{Row, Summary};

const EXAMPLES: &str = "\
Examples:
  oc ztp generate site-policies/ | oc diff -f -
  oc ztp generate common.yaml --source-crs reference/source-crs --output-dir build/
  oc ztp generate site-policies/ -o name --kind Policy
  oc ztp generate group.yaml --wrap-in-policy=false -o json";

/// Make everything that Argo CD would apply from the files in Git
///
/// A PATH is a SiteConfig or a PolicyGenTemplate, a folder of them (not searched deeper), or a folder with a
/// kustomization. Source CRs are looked up in ./source-crs, then in
/// source-crs beside this program, or in the --source-crs folders instead. Of those, one outside the working folder is a
/// reference tree that ./source-crs may override; one inside replaces ./source-crs.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct GenerateArgs {
    /// Generator files, folders of them, or folders with a kustomization
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of source CRs; may be given more than once
    #[arg(long, value_name = "DIR")]
    source_crs: Vec<PathBuf>,
    /// Folder of the extra manifests that installations get [default: extra-manifest here or beside this program]
    #[arg(long, value_name = "DIR")]
    extra_manifests: Option<PathBuf>,
    /// Only the extra manifests of SiteConfigs, as objects
    #[arg(long)]
    extra_manifests_only: bool,
    /// Write files to this folder, all of them or none, instead of one stream
    #[arg(short = 'd', long, value_name = "DIR", conflicts_with = "output")]
    output_dir: Option<PathBuf>,
    /// Whether CRs are wrapped in policies
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set, num_args = 0..=1,
        require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    wrap_in_policy: bool,
    /// Format of the stream: yaml, json or name
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: Format,
    /// Only objects of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Only one half of the output
    #[arg(long, value_name = "HALF")]
    only: Option<Half>,
}

/// The two halves of what ZTP generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Half {
    /// Policies with their placement
    Policies,
    /// What installs clusters
    Installation,
}

impl Half {
    fn has(self, object: &Object) -> bool {
        let group = object.api_version().split('/').next().unwrap_or_default();
        let of_policies = matches!(
            (group, object.kind()),
            ("policy.open-cluster-management.io", _)
                | ("apps.open-cluster-management.io", "PlacementRule")
                | ("cluster.open-cluster-management.io", "Placement" | "ManagedClusterSetBinding")
        );
        of_policies == (self == Self::Policies)
    }
}

/// What the workers make of one file.
struct Part {
    row: Row,
    findings: Vec<Finding>,
    skipped: Option<String>,
    /// For the stream.
    text: String,
    /// For the folder.
    files: Vec<(PathBuf, String)>,
}

/// Does `generate`.
///
/// # Errors
/// A folder cannot be listed, or the output cannot be written.
pub fn run(args: &GenerateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let jobs = jobs(&args.paths).map_err(|e| Failure::new("cannot list a folder of generator files").because(e))?;
    let source_crs = source_crs(&args.source_crs, std::env::current_dir().ok().as_deref());
    if !terminal.quiet && !source_crs.iter().any(|folder| folder == Path::new("source-crs")) {
        note_replaced();
    }
    let generators = generators(&Settings {
        source_crs,
        wrap_in_policy: args.wrap_in_policy,
        extra_manifests: args.extra_manifests.clone(),
        extra_manifests_only: args.extra_manifests_only,
    });
    let mut folder = args.output_dir.as_deref().map(OutputFolder::open).transpose()?;
    let mut summary = Summary::default();
    let mut first = true;
    if folder.is_none() {
        print(args.output.begin())?;
    }
    run_jobs(
        &jobs,
        &generators,
        |report| args.part(report),
        |mut part| {
            match &mut folder {
                Some(folder) => {
                    for (path, text) in &part.files {
                        part.row.count(folder.put(path, text)?);
                    }
                }
                None if !part.text.is_empty() => {
                    print(if first { part.text.trim_start_matches(',') } else { &part.text })?;
                    first = false;
                }
                None => {}
            }
            tell(&part, &mut summary, terminal);
            summary.add(part.row, part.skipped.is_some());
            Ok::<(), Failure>(())
        },
    )?;
    if summary.is_empty() && !terminal.quiet {
        eprintln!("note: no SiteConfig, PolicyGenTemplate or kustomization there; folders are not searched deeper");
    }
    match folder {
        None => print(args.output.end())?,
        Some(folder) => return finish_folder(folder, args, &summary, terminal),
    }
    if !terminal.quiet {
        eprintln!("{}", summary.verdict());
    }
    Ok(summary.outcome())
}

/// The folders of source CRs in the order they are searched; without `--source-crs` as the upstream generator does.
fn source_crs(given: &[PathBuf], working: Option<&Path>) -> Vec<PathBuf> {
    let own = PathBuf::from("source-crs");
    let real = |path: &Path| path.canonicalize().ok();
    let inside = |path: &PathBuf| {
        working.and_then(real).is_some_and(|working| real(path).is_some_and(|path| path.starts_with(working)))
    };
    match given {
        [] => vec![own, own_folder().join("source-crs")],
        given if given.iter().any(inside) => given.to_vec(),
        given => std::iter::once(own).chain(given.iter().cloned()).collect(),
    }
}

/// Overrides that are not used must not be missed.
fn note_replaced() {
    if Path::new("source-crs").is_dir() {
        eprintln!("note: ./source-crs is not used, because --source-crs names a folder inside this one");
    }
}

/// Findings of a file as they come; a skipped file in one line.
fn tell(part: &Part, summary: &mut Summary, terminal: &Terminal) {
    let of = |level| part.findings.iter().filter(|f| f.level == level).count();
    summary.errors += of(Level::Error);
    summary.warnings += of(Level::Warning);
    summary.unreadable |= part.findings.iter().any(|f| f.id == "input/unreadable");
    let shown: Vec<_> = part.findings.iter().filter(|f| !terminal.quiet || f.level == Level::Error).cloned().collect();
    eprint!("{}", cli::findings(&shown, terminal.err));
    if let Some(kind) = part.skipped.as_ref().filter(|_| !terminal.quiet) {
        let kind = if kind.is_empty() { "no kind" } else { kind };
        eprintln!("note: {} is no generator file ({kind}) and was left out", part.row.generator);
    }
}

fn finish_folder(
    folder: OutputFolder,
    args: &GenerateArgs,
    summary: &Summary,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let target = args.output_dir.as_deref().unwrap_or_else(|| Path::new("."));
    let (new, changed, same) = folder.counts();
    if !terminal.quiet {
        eprint!("{}", summary.table(terminal));
    }
    if summary.set_is_broken() {
        eprintln!("{}; nothing was written to {}", tally(summary.errors, summary.warnings), target.display());
        return Ok(summary.outcome());
    }
    folder.commit()?;
    if summary.errors > 0 {
        let verdict = tally(summary.errors, summary.warnings);
        eprintln!("{verdict}; sites with errors were left out of {}", target.display());
        return Ok(summary.outcome());
    }
    if !terminal.quiet {
        let files = count(new + changed + same, "file");
        eprintln!(
            "wrote {}: {files}, {}   ({new} new, {changed} changed, {same} same)",
            target.display(),
            summary.objects()
        );
        eprintln!("next: oc diff -R -f {}", target.display());
    }
    Ok(Outcome::Done)
}

impl GenerateArgs {
    /// A report as text or files; runs on all cores.
    fn part(&self, report: Report) -> Part {
        let site_failed = report.input == Some(InputKind::SiteConfig) && report.generated.failed();
        let site_error = (site_failed && self.output == Format::Yaml).then(|| stream::site_error(&report));
        let Report { path, input, skipped, generated, .. } = report;
        let mut row = Row::of(path.display().to_string(), input, &generated);
        let Generated { objects, mut findings } = generated;
        // Only files replace one another; a stream has room for every object.
        let all = if self.output_dir.is_some() { surviving(&objects) } else { objects.iter().collect() };
        let wanted: Vec<&Object> = all.into_iter().filter(|object| self.wants(object)).collect();
        let (mut text, mut files) = (String::new(), Vec::new());
        match &self.output_dir {
            None => text = site_error.unwrap_or_else(|| stream::text(self.output, &wanted)),
            Some(_) => match self::files(&wanted) {
                Ok(made) => files = made,
                Err(finding) => findings.push(*finding),
            },
        }
        row.failed = findings.iter().any(|finding| finding.level == Level::Error);
        Part { row, findings, skipped, text, files }
    }

    fn wants(&self, object: &Object) -> bool {
        let kind = self.kind.is_empty() || self.kind.iter().any(|kind| kind.eq_ignore_ascii_case(object.kind()));
        kind && self.only.is_none_or(|half| half.has(object))
    }
}

/// Whether the documents of one path share a file: those of a source CR with several documents do.
fn shares(object: &Object) -> bool {
    object.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("Multiple-"))
        || object.path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("Multiple-"))
}

/// The objects without those whose file a later object of the same path replaces, as in the upstream generators.
pub fn surviving(objects: &[Object]) -> Vec<&Object> {
    let last: HashMap<_, _> = objects.iter().enumerate().map(|(i, object)| (object.path.as_path(), i)).collect();
    let stays = |(i, object): &(usize, &Object)| {
        object.path.as_os_str().is_empty() || shares(object) || last.get(object.path.as_path()) == Some(i)
    };
    objects.iter().enumerate().filter(stays).map(|(_, object)| object).collect()
}

/// The files of upstream's layout. Plain CRs always begin with `---` there.
pub fn files(objects: &[&Object]) -> Result<Vec<(PathBuf, String)>, Box<Finding>> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    let mut at: HashMap<PathBuf, usize> = HashMap::new();
    for object in objects {
        let path = match object.path.as_os_str().is_empty() {
            true => PathBuf::from(format!("{}-{}.yaml", object.kind().to_lowercase(), object.name())),
            false => object.path.clone(),
        };
        let path = inside(&path)?;
        let index = *at.entry(path.clone()).or_insert_with(|| {
            files.push((path.clone(), String::new()));
            files.len() - 1
        });
        let Some((_, text)) = files.get_mut(index) else { continue };
        if !text.is_empty() || path.starts_with("customResource") {
            text.push_str("---\n");
        }
        stream::write(&object.value, text);
    }
    Ok(files)
}

impl Row {
    fn count(&mut self, change: Change) {
        match change {
            Change::New => self.new += 1,
            Change::Changed => self.changed += 1,
            Change::Same => self.same += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tree_outside_can_be_overridden() -> std::io::Result<()> {
        let (working, outside) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let inside = working.path().join("mine");
        std::fs::create_dir(&inside)?;
        let tree = outside.path().to_path_buf();
        assert_eq!(source_crs(std::slice::from_ref(&inside), Some(working.path())), [inside]);
        assert_eq!(source_crs(std::slice::from_ref(&tree), Some(working.path())), [PathBuf::from("source-crs"), tree]);
        Ok(())
    }
}
