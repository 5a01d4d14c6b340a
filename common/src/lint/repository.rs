//! Everything a rule may look at: files parsed, kustomizations read, generators run. Rules do no I/O of their own
//! except asking whether a path is there.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::files::{Files, RawFile, entries};
use super::generators::{Generators, Recorded};
use crate::finding::{Finding, Level};
use crate::generate::kustomize::{self, Disk, Kustomization, Role};
use crate::generate::policy::SourceCrs;
use crate::generate::run::{InputKind, KUSTOMIZATION_FILES};
use crate::generate::{Generated, Object};
use crate::yaml::{self, Document, NodeRef};

/// Where generators find what is not in the repository.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// Folders of source CRs in the order they are searched; `source-crs` is that of the working folder.
    pub source_crs: Vec<PathBuf>,
    /// The folder of the extra manifests, when the user named one.
    pub extra_manifests: Option<PathBuf>,
    /// The folder of this program, where `extra-manifest` may be.
    pub beside: Option<PathBuf>,
}

/// A file with its documents.
#[derive(Debug)]
pub struct File<'f> {
    /// The file as read.
    pub raw: &'f RawFile,
    /// The documents up to the first that is no YAML.
    pub documents: Vec<Document<'f>>,
    /// What is wrong with the document behind those.
    pub error: Option<yaml::Error>,
    /// Whether a kustomization names it.
    pub listed: bool,
}

/// A kustomization file.
#[derive(Debug)]
pub(super) struct KustomizationFile {
    /// Which file it is, an index into [`Repository::files`].
    pub file: usize,
    /// What it says.
    pub content: Kustomization,
}

/// A document for a generator, and what it gave.
#[derive(Debug)]
pub struct GeneratorFile {
    /// Which file, an index into [`Repository::files`].
    pub file: usize,
    /// Which document of the file.
    pub document: usize,
    /// Which generator.
    pub input: InputKind,
    /// The working folder, absolute.
    pub folder: PathBuf,
    /// Objects and findings.
    pub generated: Generated,
    /// Where its source CRs come from: the very ones that were parsed for it.
    pub source_crs: Arc<SourceCrs>,
}

/// Who built a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// This program.
    Native,
    /// Nobody: it needs the real kustomize.
    Foreign,
}

/// A kustomization that no other one names, and what it makes.
#[derive(Debug)]
pub struct Tree {
    /// Its folder as the user would name it.
    pub folder: PathBuf,
    /// Whether there are objects.
    pub built: Built,
    /// What Argo CD would apply.
    pub objects: Vec<Object>,
}

/// All files of a run and what they make.
#[derive(Debug, Default)]
pub struct Repository<'f> {
    /// By name.
    pub files: Vec<File<'f>>,
    pub(super) kustomizations: Vec<KustomizationFile>,
    /// Every PolicyGenTemplate and SiteConfig.
    pub generators: Vec<GeneratorFile>,
    /// Every tree.
    pub trees: Vec<Tree>,
    /// What reading and generating found.
    pub findings: Vec<Finding>,
    /// The names of the ClusterImageSets of the hub, when somebody says which hub.
    pub image_sets: Option<BTreeSet<String>>,
    by_path: HashMap<&'f Path, usize>,
}

impl<'f> Repository<'f> {
    /// Parses the files and runs all generators, each document once for every tree it is part of.
    pub fn new(files: &'f Files, lookup: &Lookup) -> Self {
        let parsed: Vec<File<'f>> = files.list.par_iter().map(parse).collect();
        let by_path = parsed.iter().enumerate().map(|(i, file)| (file.raw.path.as_path(), i)).collect();
        let mut repository = Self { files: parsed, by_path, findings: files.findings.clone(), ..Self::default() };
        repository.read_kustomizations();
        let roots = repository.roots();
        let generators = Generators::new(lookup);
        repository.build(&roots, &generators);
        repository.take(generators.take_recorded());
        let rest = repository.unlisted(&generators);
        repository.generators.extend(rest);
        repository.generators.sort_by_key(|g| (g.file, g.document));
        let found = repository.generators.iter().flat_map(|g| &g.generated.findings).cloned().collect::<Vec<_>>();
        repository.findings.extend(found);
        repository.unreadable();
        repository
    }

    /// The file at an absolute path.
    pub fn file_at(&self, path: &Path) -> Option<&File<'f>> {
        self.by_path.get(path).and_then(|i| self.files.get(*i))
    }

    /// The documents of a kind of generator, with their files.
    pub fn inputs(&self, input: InputKind) -> impl Iterator<Item = (&File<'f>, NodeRef<'_>, &GeneratorFile)> {
        self.generators.iter().filter(move |generator| generator.input == input).filter_map(|generator| {
            let file = self.files.get(generator.file)?;
            Some((file, file.documents.get(generator.document)?.root()?, generator))
        })
    }

    /// The documents that are Kubernetes objects themselves: with apiVersion and kind, and for no generator.
    pub fn manifests(&self) -> impl Iterator<Item = (&File<'f>, NodeRef<'_>)> {
        let all = self.files.iter().filter(|file| !file.raw.is_kustomization());
        let roots = all.flat_map(|file| file.documents.iter().filter_map(move |d| Some((file, d.root()?))));
        roots.filter(|(_, root)| {
            root.get("apiVersion").is_some() && input_of(*root).is_none() && text(*root, "kind").is_some()
        })
    }

    fn read_kustomizations(&mut self) {
        let mut named = HashSet::new();
        for (i, file) in self.files.iter().enumerate().filter(|(_, file)| file.raw.is_kustomization()) {
            // One that is empty or no YAML names nothing, but its tree is built all the same, to say so.
            let root = file.documents.first().and_then(Document::root);
            let content = root.map(|root| Kustomization::read(root, &mut Vec::new())).unwrap_or_default();
            named.extend(entries(&content).filter_map(|e| file.raw.folder().join(&e.value).canonicalize().ok()));
            self.kustomizations.push(KustomizationFile { file: i, content });
        }
        for file in &mut self.files {
            file.listed =
                named.contains(&file.raw.path) || file.raw.is_kustomization() && named.contains(file.raw.folder());
        }
    }

    /// The folders of kustomizations that are no part of another one; of a circle the first by name.
    fn roots(&self) -> Vec<PathBuf> {
        let folder = |k: &KustomizationFile| Some(self.files.get(k.file)?.raw.folder());
        let by_folder: HashMap<&Path, &KustomizationFile> =
            self.kustomizations.iter().filter_map(|k| Some((folder(k)?, k))).collect();
        let mut reached = HashSet::new();
        let mut roots = Vec::new();
        for unlisted in [true, false] {
            for start in self.kustomizations.iter().filter(|k| k.content.role == Role::Kustomization) {
                let Some(file) = self.files.get(start.file) else { continue };
                if unlisted == file.listed || reached.contains(file.raw.folder()) {
                    continue;
                }
                let shown = Path::new(&**file.raw.source.name()).parent().unwrap_or(Path::new(""));
                roots.push(kustomize::cleaned(shown));
                let mut open = vec![file.raw.folder().to_path_buf()];
                while let Some(folder) = open.pop() {
                    let Some(kustomization) = by_folder.get(folder.as_path()) else { continue };
                    let next =
                        entries(&kustomization.content).filter_map(|e| folder.join(&e.value).canonicalize().ok());
                    if reached.insert(folder.clone()) {
                        open.extend(next.collect::<Vec<_>>());
                    }
                }
            }
        }
        roots
    }

    fn build(&mut self, roots: &[PathBuf], generators: &Generators<'_>) {
        let built: Vec<_> = roots.par_iter().map(|root| (root, kustomize::build(root, generators, &Disk))).collect();
        for (root, built) in built {
            let (built, objects, findings) = match built {
                kustomize::Built::Native(made) => (Built::Native, made.objects, made.findings),
                kustomize::Built::Foreign(found) => {
                    let noted = |finding| Finding { level: Level::Info, ..finding };
                    (Built::Foreign, Vec::new(), found.into_iter().map(noted).collect())
                }
            };
            self.findings.extend(findings);
            self.trees.push(Tree { folder: root.clone(), built, objects });
        }
    }

    /// First documents for generators that no tree ran.
    fn unlisted(&self, generators: &Generators<'_>) -> Vec<GeneratorFile> {
        let done: HashSet<usize> = self.generators.iter().map(|generator| generator.file).collect();
        let inputs: Vec<_> = self
            .files
            .iter()
            .enumerate()
            .filter_map(|(i, file)| Some((i, file, input_of(file.documents.first()?.root()?)?)))
            .filter(|(i, _, _)| !done.contains(i))
            .collect();
        inputs
            .into_par_iter()
            .map(|(i, file, input)| {
                let (folder, place) = working_folder(&file.raw.path);
                let mut generated = generators.run(input, &file.raw.source, &folder);
                if place == Place::Kustomization && !file.raw.named && !file.listed {
                    generated.findings.iter_mut().for_each(out_of_use);
                }
                let source_crs = generators.source_crs(&folder);
                GeneratorFile { file: i, document: 0, input, folder, generated, source_crs }
            })
            .collect()
    }

    fn take(&mut self, recorded: Vec<Recorded>) {
        let mut seen = HashSet::new();
        for made in recorded {
            let path = Path::new(&*made.name).canonicalize().ok();
            let index = path.and_then(|path| self.by_path.get(path.as_path()).copied());
            let document = index.and_then(|i| self.files.get(i)).and_then(|file| {
                let begins = |d: &Document<'_>| d.root().map(|root| root.place().line);
                file.documents
                    .iter()
                    .position(|d| begins(d) == Some(made.line) && d.root().and_then(input_of).is_some())
            });
            let Recorded { folder, input, generated, source_crs, .. } = made;
            match (index, document) {
                (Some(file), Some(document)) if seen.insert((file, document, folder.clone())) => {
                    self.generators.push(GeneratorFile { file, document, input, folder, generated, source_crs });
                }
                // An inline generator, or one that a second tree contains.
                _ => self.findings.extend(generated.findings),
            }
        }
    }

    /// Files that are no YAML, when something shows that they are meant to be: the user named them, or they say so.
    /// What kustomizations name is reported by their trees.
    fn unreadable(&mut self) {
        for file in &self.files {
            let Some(error) = &file.error else { continue };
            let meant = file.raw.named || says_kind(file.raw.source.text());
            if meant && !file.listed && !file.raw.is_kustomization() && input_in(file).is_none() {
                self.findings.push(Finding::error("input/yaml", &*error.message).at(error.place.clone()));
            }
        }
    }
}

fn parse(raw: &RawFile) -> File<'_> {
    let mut file = File { raw, documents: Vec::new(), error: None, listed: false };
    for document in yaml::documents(&raw.source) {
        match document {
            Ok(document) => file.documents.push(document),
            Err(error) => {
                file.error = Some(error);
                break;
            }
        }
    }
    file
}

fn input_in(file: &File<'_>) -> Option<InputKind> {
    input_of(file.documents.first()?.root()?)
}

/// The generator a document is for.
pub(super) fn input_of(root: NodeRef<'_>) -> Option<InputKind> {
    let kinds = [InputKind::PolicyGenTemplate, InputKind::SiteConfig];
    text(root, "kind").and_then(|kind| kinds.into_iter().find(|input| input.name() == kind))
}

fn says_kind(text: &str) -> bool {
    text.lines().any(|line| matches!(line.trim_end(), "kind: PolicyGenTemplate" | "kind: SiteConfig"))
}

fn text<'d>(node: NodeRef<'d>, key: &str) -> Option<&'d str> {
    node.get(key)?.text()
}

/// Why a folder is the working folder of a generator.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// A kustomization is there, which could list the file.
    Kustomization,
    /// The user is there.
    Current,
}

/// Where relative paths of a generator start when no tree says it: at the nearest kustomization above the file within
/// its Git repository, else in the current folder, as for `generate`.
fn working_folder(path: &Path) -> (PathBuf, Place) {
    for folder in path.ancestors().skip(1) {
        if KUSTOMIZATION_FILES.iter().any(|name| folder.join(name).is_file()) {
            return (folder.to_path_buf(), Place::Kustomization);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    (std::env::current_dir().unwrap_or_default(), Place::Current)
}

/// What is wrong with a file that lies in a tree and is listed by nothing does not stop the pipeline.
fn out_of_use(finding: &mut Finding) {
    if finding.level == Level::Error {
        finding.level = Level::Warning;
        finding.notes.push("a warning only, because no kustomization lists the file".into());
    }
}
