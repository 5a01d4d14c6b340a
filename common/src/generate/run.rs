//! From the paths a user names to what their generators make, in a stable order and with bounded memory.
//!
//! A path is a generator file, a folder of them, or a folder with a kustomization. Files are handled on all cores, a
//! bounded number at a time, so that memory does not grow with the number of sites, and are handed on in order, so that
//! the output is the same every time.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Generated;
use crate::finding::Finding;
use crate::yaml::{self, Source};

/// The file names by which kustomize knows a kustomization.
pub const KUSTOMIZATION_FILES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// How many jobs each core has before their results are handed on.
const JOBS_PER_CORE: usize = 8;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputKind {
    /// `kind: PolicyGenTemplate`
    PolicyGenTemplate,
    /// `kind: SiteConfig`
    SiteConfig,
    /// A folder with a kustomization.
    Kustomization,
}

impl InputKind {
    /// The kind as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PolicyGenTemplate => "PolicyGenTemplate",
            Self::SiteConfig => "SiteConfig",
            Self::Kustomization => "Kustomization",
        }
    }

    fn of(kind: &str) -> Option<Self> {
        [Self::PolicyGenTemplate, Self::SiteConfig].into_iter().find(|input| input.name() == kind)
    }
}

/// One input to handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// A file that the user named.
    File(PathBuf),
    /// A file that a named folder holds; it may turn out to be no generator file.
    Listed(PathBuf),
    /// A file that is a SiteConfig whatever its kind says, as for the upstream generator.
    Site(PathBuf),
    /// A folder with a kustomization.
    Tree(PathBuf),
}

impl Job {
    /// The file or folder.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Listed(path) | Self::Site(path) | Self::Tree(path) => path,
        }
    }
}

/// A generator of one kind of file.
pub type FileGenerator<'g> = dyn Fn(&Source) -> Generated + Sync + 'g;
/// A builder of kustomization folders.
pub type TreeGenerator<'g> = dyn Fn(&Path) -> Generated + Sync + 'g;

/// The generators of a run; a missing one makes its inputs errors.
#[derive(Default)]
pub struct Generators<'g> {
    /// For PolicyGenTemplate.
    pub policy: Option<Box<FileGenerator<'g>>>,
    /// For SiteConfig.
    pub site: Option<Box<FileGenerator<'g>>>,
    /// For kustomizations.
    pub tree: Option<Box<TreeGenerator<'g>>>,
}

/// What became of a job.
#[derive(Debug, Default)]
pub struct Report {
    /// The file or folder as the user would name it.
    pub path: PathBuf,
    /// What it was; `None` when it could not be told.
    pub input: Option<InputKind>,
    /// For a file that no generator reads: its kind, "" when it has none.
    pub skipped: Option<String>,
    /// Objects and findings.
    pub generated: Generated,
    /// The text of a file.
    pub source: Option<Source>,
}

/// The jobs behind the paths, in the order given; the files of a folder by name. A folder is not searched deeper, and
/// names with a leading dot are left out, as the upstream generator's `-pgtPath` does.
///
/// # Errors
/// A folder cannot be listed.
pub fn jobs(paths: &[PathBuf]) -> std::io::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for path in paths {
        if !path.is_dir() {
            match path.file_name().and_then(|name| name.to_str()) {
                Some(name) if KUSTOMIZATION_FILES.contains(&name) && path.is_file() => {
                    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
                    jobs.push(Job::Tree(folder.unwrap_or(Path::new(".")).to_path_buf()));
                }
                _ => jobs.push(Job::File(path.clone())),
            }
        } else if KUSTOMIZATION_FILES.iter().any(|name| path.join(name).is_file()) {
            jobs.push(Job::Tree(path.clone()));
        } else {
            jobs.extend(listed(path)?);
        }
    }
    Ok(jobs)
}

fn listed(folder: &Path) -> std::io::Result<Vec<Job>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files.into_iter().map(Job::Listed).collect())
}

/// Handles all jobs: `work` turns a report into what is wanted of it, on all cores; `each` gets the results in order.
///
/// # Errors
/// The first one of `each`; nothing is started after it.
pub fn run<T: Send, E>(
    jobs: &[Job],
    generators: &Generators<'_>,
    work: impl Fn(Report) -> T + Sync,
    mut each: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    for chunk in jobs.chunks(rayon::current_num_threads().max(1) * JOBS_PER_CORE) {
        let results: Vec<T> = chunk.par_iter().map(|job| work(handle(job, generators))).collect();
        results.into_iter().try_for_each(&mut each)?;
    }
    Ok(())
}

fn handle(job: &Job, generators: &Generators<'_>) -> Report {
    let path = job.path();
    let mut report = Report { path: path.to_path_buf(), ..Report::default() };
    if let Job::Tree(folder) = job {
        report.input = Some(InputKind::Kustomization);
        report.generated = match &generators.tree {
            Some(build) => build(folder),
            None => failed(missing(path, InputKind::Kustomization)),
        };
        return report;
    }
    let source = match read(path) {
        Ok(source) => source,
        Err(finding) => {
            report.input = matches!(job, Job::Site(_)).then_some(InputKind::SiteConfig);
            report.generated = failed(*finding);
            return report;
        }
    };
    let kind = match job {
        Job::Site(_) => Ok(InputKind::SiteConfig.name().to_owned()),
        _ => kind_of(&source),
    };
    match kind {
        Ok(kind) => dispatch(&kind, job, &source, generators, &mut report),
        Err(_) if matches!(job, Job::Listed(_)) && !looks_like_yaml(path) => report.skipped = Some(String::new()),
        Err(error) => report.generated = failed(Finding::error("input/yaml", error.message).at(error.place)),
    }
    report.source = Some(source);
    report
}

fn dispatch(kind: &str, job: &Job, source: &Source, generators: &Generators<'_>, report: &mut Report) {
    report.input = InputKind::of(kind);
    let generator = match report.input {
        Some(InputKind::PolicyGenTemplate) => &generators.policy,
        Some(InputKind::SiteConfig) => &generators.site,
        _ if kind.is_empty() && matches!(job, Job::File(_)) => {
            let finding = Finding::error("input/no-kind", format!("{} has no kind", source.name()))
                .fix("name a file whose first document is a PolicyGenTemplate or a SiteConfig");
            report.generated = failed(finding.at(source.place(yaml::Span::default())));
            return;
        }
        _ => {
            report.skipped = Some(kind.to_owned());
            return;
        }
    };
    report.generated = match (generator, report.input) {
        (Some(generate), _) => generate(source),
        (None, input) => failed(missing(job.path(), input.unwrap_or(InputKind::SiteConfig))),
    };
}

fn failed(finding: Finding) -> Generated {
    Generated { findings: vec![finding], ..Generated::default() }
}

fn missing(path: &Path, input: InputKind) -> Finding {
    Finding::error("input/unsupported", format!("{} is a {}, which is not supported", path.display(), input.name()))
}

fn read(path: &Path) -> Result<Source, Box<Finding>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| {
        Finding::error("input/unreadable", format!("cannot read {name}")).note(e.to_string()).fix("check the path")
    })?;
    Source::from_bytes(name, bytes).map_err(|e| Box::new(Finding::error("input/yaml", e.message).at(e.place)))
}

fn looks_like_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// `kind` of the first document, "" when there is none.
///
/// # Errors
/// The first document is not YAML.
pub fn kind_of(source: &Source) -> Result<String, yaml::Error> {
    if let Some(kind) = plain_kind(source.text()) {
        return Ok(kind.to_owned());
    }
    let Some(document) = yaml::documents(source).next() else { return Ok(String::new()) };
    let document = document?;
    Ok(document.root().and_then(|root| root.get("kind")?.text()).unwrap_or_default().to_owned())
}

/// The value of a line `kind: Name` at the margin of the first document: how all but a few files say it, found without
/// reading the document twice. In a block map nothing else can stand at the margin.
fn plain_kind(text: &str) -> Option<&str> {
    let mut content = false;
    for line in text.lines() {
        let marker = line.starts_with("---") || line.starts_with("...");
        if marker && content || line.starts_with(['{', '[', '"', '\'', '%']) {
            return None;
        }
        content |= marker || !(line.trim().is_empty() || line.starts_with('#'));
        if let Some(value) = line.strip_prefix("kind: ") {
            let value = value.split(" #").next().unwrap_or_default().trim();
            return value.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(value).filter(|value| !value.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_that_of_the_first_document() {
        assert_eq!(plain_kind("# a\n---\nkind: SiteConfig # b\n"), Some("SiteConfig"));
        assert_eq!(plain_kind("a: 1\n---\nkind: SiteConfig\n"), None);
        assert_eq!(plain_kind("{\nkind: A}\n"), None);
        assert_eq!(plain_kind("kind: 'A'\n"), None);
    }

    #[test]
    fn results_come_in_order_and_other_kinds_are_skipped() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        for i in 0..100 {
            std::fs::write(folder.path().join(format!("{i:03}.yaml")), "kind: SiteConfig\n")?;
        }
        std::fs::write(folder.path().join("050.yaml"), "kind: Namespace\n")?;
        std::fs::write(folder.path().join(".hidden.yaml"), "kind: SiteConfig\n")?;
        let site = |source: &Source| failed(Finding::warning("a/b", source.name().to_string()));
        let generators = Generators { site: Some(Box::new(site)), ..Generators::default() };
        let mut seen = Vec::new();
        let jobs = jobs(&[folder.path().to_path_buf()])?;
        let each = |report: Report| {
            seen.push((report.path.clone(), report.skipped));
            Ok::<_, ()>(())
        };
        assert_eq!(run(&jobs, &generators, |report| report, each), Ok(()));
        assert_eq!(seen.len(), 100);
        assert!(seen.is_sorted());
        assert_eq!(seen.iter().filter_map(|(_, kind)| kind.as_deref()).collect::<Vec<_>>(), ["Namespace"]);
        Ok(())
    }
}
