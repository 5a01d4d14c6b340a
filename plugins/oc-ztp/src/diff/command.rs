//! The command: which two sides are meant, and how the report is printed.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ztp_common::cli::diff::{Limit, markdown, text, to_json};
use ztp_common::cli::{self, Failure, Outcome, Terminal, print};
use ztp_common::diff::{Facts, compare};

use super::plan::{Changes, plan};
use super::render::{Rendered, Shared, plain, render};
use super::revision::{Git, Unpacked};
use super::side::{Side, changed};

const EXAMPLES: &str = "\
Examples:
  oc ztp diff main..HEAD
  oc ztp diff HEAD policies/
  oc ztp diff main...HEAD -o markdown
  oc ztp diff build-before/ build-after/

Exit code: 0 no differences, 1 differences, 2 a side cannot be generated.";

/// How the report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For the comment of a merge request
    Markdown,
}

/// Show what a change does: objects, fields, the clusters it reaches and how hard
///
/// Both sides are generated, as far as the changed files can reach, and compared object by object and field by field.
/// A..B compares two revisions, A...B compares B with where it left A, one revision is compared with the worktree;
/// revisions are read from Git without touching the worktree. Folders without generator files or kustomizations are
/// compared as what was generated already. Source CRs are looked up in source-crs beside the generator and in the folders above.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DiffArgs {
    /// A..B, A...B, a revision, or a folder
    #[arg(value_name = "RANGE|REV|DIR")]
    from: String,
    /// The part of the repository to compare, or the second folder
    #[arg(value_name = "PATH|DIR")]
    to: Option<PathBuf>,
    /// Folder of source CRs, taken from each side if it is there; may be given more than once
    #[arg(long, value_name = "DIR")]
    source_crs: Vec<PathBuf>,
    /// Folder of extra manifests, taken from each side if it is there
    #[arg(long, value_name = "DIR")]
    extra_manifests: Option<PathBuf>,
    /// Format of the report: text, json or markdown
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: Format,
}

/// What is compared.
struct Sides {
    old: Side,
    new: Side,
    names: (String, String),
    below: PathBuf,
    /// Unpacked revisions; they go away with this.
    _revisions: Vec<Unpacked>,
}

/// Does `diff`.
///
/// # Errors
/// A side cannot be read, or the output cannot be written.
pub fn run(args: &DiffArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut sides = sides(args)?;
    let shared = Shared { source_crs: args.source_crs.clone(), extra_manifests: args.extra_manifests.clone() };
    let (old, new) = sides.render(&shared)?;
    if old.failed() || new.failed() {
        return Ok(failed(&sides, &old, &new, terminal));
    }
    let report = compare(Facts { old: &old.objects, new: &new.objects, others: [&old.others, &new.others] });
    let limit = if terminal.verbose > 0 { Limit::None } else { Limit::Some };
    print(&match args.output {
        Format::Text => text(&report, limit, terminal.out),
        Format::Json => to_json(&report, &sides.names.0, &sides.names.1),
        Format::Markdown => markdown(&report, limit),
    })?;
    Ok(if report.changes.is_empty() { Outcome::Done } else { Outcome::No })
}

/// Errors of both sides; those that both have are told once.
fn failed(sides: &Sides, old: &Rendered, new: &Rendered, terminal: &Terminal) -> Outcome {
    for (name, side) in [(&sides.names.0, old), (&sides.names.1, new)] {
        let errors: Vec<_> =
            side.findings.iter().filter(|f| f.level == ztp_common::finding::Level::Error).cloned().collect();
        if !errors.is_empty() {
            eprint!("{}", cli::findings(&errors, terminal.err));
            eprintln!("{name} cannot be generated: {}", cli::tally(errors.len(), 0));
        }
    }
    Outcome::Failed
}

fn sides(args: &DiffArgs) -> Result<Sides, Failure> {
    let first = Path::new(&args.from);
    if let Some(second) = args.to.as_ref().filter(|second| first.is_dir() && second.is_dir()) {
        let below = PathBuf::new();
        let (old, new) = (Side::read(first, &below)?, Side::read(second, &below)?);
        let names = (args.from.clone(), second.display().to_string());
        return Ok(Sides { old, new, names, below, _revisions: Vec::new() });
    }
    // Two words outside a repository are two folders, one of them mistyped.
    let words = args.to.iter().flat_map(|to| [first, to.as_path()]);
    let mistyped = words.into_iter().find(|path| !path.is_dir());
    let git = Git::open().map_err(|failure| match mistyped {
        Some(path) => Failure::new(format!("{} is not a folder", path.display()))
            .fix("name two folders, or run it inside a Git repository to compare revisions"),
        None => failure,
    })?;
    let below = below(&git, args.to.as_deref())?;
    let (old, new) = match args.from.split_once("..") {
        None => (args.from.clone(), None),
        Some((a, b)) => {
            let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
            match b.strip_prefix('.') {
                Some(b) => (git.merge_base(&or_head(a), &or_head(b))?, Some(or_head(b))),
                None => (or_head(a), Some(or_head(b))),
            }
        }
    };
    let mut revisions = vec![git.unpack(&old, None)?];
    if let Some(revision) = &new {
        revisions.push(git.unpack(revision, revisions.first())?);
    }
    let side = |at: usize| revisions.get(at).map(|unpacked| Side::of_revision(unpacked, &below)).transpose();
    let old_side = side(0)?.unwrap_or_default();
    let (new_side, name) = match side(1)? {
        None => (Side::read(&git.top, &below)?, "the worktree".to_owned()),
        Some(side) => (side, new.unwrap_or_default()),
    };
    Ok(Sides { old: old_side, new: new_side, names: (old, name), below, _revisions: revisions })
}

/// The part of the repository that is meant, from its top.
fn below(git: &Git, path: Option<&Path>) -> Result<PathBuf, Failure> {
    let Some(path) = path else { return Ok(PathBuf::new()) };
    let failed =
        |reason: &dyn std::fmt::Display| Failure::new(format!("cannot use {}", path.display())).because(reason);
    let working = std::env::current_dir().and_then(|folder| folder.canonicalize()).map_err(|e| failed(&e))?;
    // A path may exist in one revision only.
    let full = path.canonicalize().unwrap_or_else(|_| working.join(path));
    full.strip_prefix(&git.top).map(Path::to_path_buf).map_err(|_| failed(&"it is not in this repository"))
}

impl Sides {
    fn render(&mut self, shared: &Shared) -> Result<(Rendered, Rendered), Failure> {
        if self.old.units.is_empty() && self.new.units.is_empty() {
            return Ok((plain(&self.old, &self.below), plain(&self.new, &self.below)));
        }
        let files = changed(&self.old, &self.new);
        let changes = Changes::between(&mut self.old, &mut self.new, files, shared);
        let plan = plan(&self.old, &self.new, &changes);
        let [old, new] = &plan.sparse;
        Ok((render(&self.old, &plan, old, shared)?, render(&self.new, &plan, new, shared)?))
    }
}
