//! A kustomization tree to objects.
//!
//! The order of steps is that of kustomize api 0.18 `internal/target/kusttarget.go`: resources, generators,
//! components, then the transformers; hashes, references and sorting at the end, for the whole tree.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::config_map::{self, DataArgs, DataKind};
use super::files::{Files, Folder};
use super::generator::{GeneratorInput, GeneratorPlugin};
use super::kustomization::{Entry, Kustomization, Role};
use super::name_reference;
use super::output::objects;
use super::read::{Read, Use, as_json, resources as read_resources};
use super::resource::{Behavior, Resource};
use super::resources::Resources;
use super::steps;
use crate::finding::{Finding, Level};
use crate::generate::Generated;
use crate::yaml::{Place, Source, documents, emit};

/// What became of a tree.
#[derive(Debug)]
pub enum Built {
    /// The objects in kustomize's order, and what is to be said.
    Native(Generated),
    /// The tree uses what only the real kustomize can do; a finding for each such use.
    Foreign(Vec<Finding>),
}

/// Builds the tree of a folder with a kustomization file.
pub fn build(root: &Path, plugin: &dyn GeneratorPlugin, files: &dyn Files) -> Built {
    let mut tree = Tree { plugin, files, findings: Vec::new(), foreign: Vec::new(), failed: false };
    let mut resources = match Folder::root(root, files) {
        Ok(folder) => tree.accumulate(&folder, Resources::default(), Role::Kustomization, None),
        Err(fact) => {
            tree.fail("kustomize/unreadable", fact, None);
            (Resources::default(), Kustomization::default())
        }
    };
    if !tree.foreign.is_empty() {
        return Built::Foreign(tree.foreign);
    }
    tree.finish(&mut resources.0);
    let order = resources.1.sort_order.unwrap_or_default();
    let objects = if tree.failed { Vec::new() } else { objects(resources.0, &order) };
    Built::Native(Generated { objects, findings: tree.findings })
}

pub(super) struct Tree<'t> {
    plugin: &'t dyn GeneratorPlugin,
    pub files: &'t dyn Files,
    pub findings: Vec<Finding>,
    foreign: Vec<Finding>,
    failed: bool,
}

/// A document for a generator, from a file or inline.
struct Task {
    resource: Resource,
    source: Source,
}

impl Tree<'_> {
    pub fn fail(&mut self, id: &'static str, fact: impl Into<String>, place: Option<&Place>) {
        let mut finding = Finding::error(id, fact);
        finding.place = place.cloned();
        self.push(finding);
    }

    pub fn fail_with(&mut self, finding: Finding) {
        self.push(finding);
    }

    fn push(&mut self, finding: Finding) {
        self.failed |= finding.level == Level::Error;
        self.findings.push(finding);
    }

    /// Adds everything a kustomization makes to `resources`, which are those of the parent for a component.
    fn accumulate(
        &mut self,
        folder: &Folder,
        mut resources: Resources,
        role: Role,
        place: Option<&Place>,
    ) -> (Resources, Kustomization) {
        let Some(own) = self.load(folder, place) else { return (resources, Kustomization::default()) };
        if own.role != role {
            let (is, needed) = match role {
                Role::Component => ("a Kustomization", "listed under `resources`"),
                Role::Kustomization => ("a Component", "listed under `components`"),
            };
            self.fail(
                "kustomize/wrong-kind",
                format!("{} is {is}; it must be {needed}", folder.shown.display()),
                place,
            );
        }
        self.foreign.extend(own.foreign.iter().map(|field| {
            let fact = format!("the field `{}` needs the real kustomize", field.value);
            Finding::error("kustomize/foreign", fact).at(field.place.clone())
        }));
        for entry in &own.resources {
            for resource in self.entry(folder, entry, Use::Resources).into_iter().map(|task| task.resource) {
                self.check(resources.append(resource), "kustomize/duplicate", &entry.place);
            }
        }
        self.data(folder, &own.config_maps, DataKind::ConfigMap, &own, &mut resources);
        self.data(folder, &own.secrets, DataKind::Secret, &own, &mut resources);
        self.generators(folder, &own, &mut resources);
        for entry in &own.components {
            match folder.enter(&entry.value, self.files) {
                Ok(next) => (resources, _) = self.accumulate(&next, resources, Role::Component, Some(&entry.place)),
                Err(fact) => self.missing(folder, entry, fact),
            }
        }
        if !self.failed && self.foreign.is_empty() {
            steps::transform(self, folder, &own, &mut resources);
        }
        (resources, own)
    }

    pub fn check(&mut self, result: Result<(), String>, id: &'static str, place: &Place) {
        if let Err(fact) = result {
            self.fail(id, fact, Some(place));
        }
    }

    fn load(&mut self, folder: &Folder, place: Option<&Place>) -> Option<Kustomization> {
        let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
        let shown = folder.shown.display();
        let found: Vec<_> =
            names.iter().filter_map(|name| Some((*name, folder.read(name, self.files).ok()?))).collect();
        let [(name, bytes)] = <[_; 1]>::try_from(found)
            .map_err(|found| match found.is_empty() {
                true => format!("there is no kustomization.yaml, kustomization.yml or Kustomization in {shown}"),
                false => format!("there are several kustomization files in {shown}; keep one"),
            })
            .map_err(|fact| self.fail("kustomize/no-kustomization", fact, place))
            .ok()?;
        let source = self.source(folder.shown(name).display().to_string(), bytes)?;
        let document = documents(&source).next().transpose().map_err(|e| {
            self.fail("kustomize/unreadable", e.message, Some(&e.place));
        });
        let document = document.ok()?;
        let mut findings = Vec::new();
        let root = document.as_ref().and_then(|d| d.root());
        let own = root.map(|root| Kustomization::read(root, &mut findings)).unwrap_or_default();
        if own.is_empty() && findings.is_empty() {
            let start = source.place(Default::default());
            self.fail("kustomize/empty", format!("{} is empty", source.name()), Some(&start));
        }
        findings.into_iter().for_each(|finding| self.push(finding));
        Some(own)
    }

    fn source(&mut self, name: String, bytes: Vec<u8>) -> Option<Source> {
        let source = Source::from_bytes(name, bytes);
        source.map_err(|e| self.fail("kustomize/unreadable", e.message, Some(&e.place))).ok()
    }

    fn missing(&mut self, folder: &Folder, entry: &Entry<String>, fact: String) {
        let mut finding = Finding::error("kustomize/unreadable", fact).at(entry.place.clone());
        if let Some(meant) = folder.similar(&entry.value, self.files).filter(|meant| *meant != entry.value) {
            finding = finding.fix(format!("did you mean {meant:?}?"));
        }
        self.push(finding);
    }

    /// The documents of a file, or of the kustomization in a folder.
    fn entry(&mut self, folder: &Folder, entry: &Entry<String>, used_for: Use) -> Vec<Task> {
        let is_folder = self.files.is_folder(&folder.path.join(&entry.value));
        if is_folder {
            let next = match folder.enter(&entry.value, self.files) {
                Ok(next) => next,
                Err(fact) => {
                    self.missing(folder, entry, fact);
                    return Vec::new();
                }
            };
            let (made, _) = self.accumulate(&next, Resources::default(), Role::Kustomization, Some(&entry.place));
            return made.into_list().into_iter().map(rendered).collect();
        }
        match folder.read(&entry.value, self.files) {
            Ok(bytes) => {
                let name = folder.shown(&entry.value).display().to_string();
                self.source(name, bytes).map(|source| self.documents(&source, used_for)).unwrap_or_default()
            }
            Err(_) if is_remote(&entry.value) => {
                let fact = format!("the remote {:?} needs the real kustomize", entry.value);
                self.foreign.push(Finding::error("kustomize/foreign", fact).at(entry.place.clone()));
                Vec::new()
            }
            Err(fact) => {
                self.missing(folder, entry, fact);
                Vec::new()
            }
        }
    }

    fn documents(&mut self, source: &Source, used_for: Use) -> Vec<Task> {
        match read_resources(source, used_for) {
            Ok(read) => read.into_iter().map(|read| self.task(source, read)).collect(),
            Err(e) => {
                let id = if is_yaml(source) { "kustomize/not-a-resource" } else { "input/yaml" };
                self.fail(id, e.message, Some(&e.place));
                Vec::new()
            }
        }
    }

    fn task(&mut self, source: &Source, read: Read) -> Task {
        read.findings.into_iter().for_each(|finding| self.push(finding));
        let text = read.text.unwrap_or_default();
        let resource = Resource::new(read.value, source.name().clone(), Some(read.place));
        Task { source: Source::from_text(source.name().clone(), text), resource }
    }

    fn data(
        &mut self,
        folder: &Folder,
        list: &[Entry<DataArgs>],
        kind: DataKind,
        own: &Kustomization,
        resources: &mut Resources,
    ) {
        for entry in list {
            let mut args = entry.value.clone();
            args.options = args.options.over(&own.generator_options);
            let files = self.files;
            let made = config_map::make(kind, &args, &|path| folder.read(path, files)).and_then(|value| {
                let origin = Arc::clone(&entry.place.file);
                let mut resource = Resource::new(value, origin, Some(entry.place.clone()));
                resource.behavior = args.behavior;
                resource.needs_hash = !args.options.disable_name_suffix_hash;
                resources.absorb(resource).map_err(|fact| match args.behavior {
                    Behavior::Create => format!("{fact}; with `behavior: merge` or `replace` it is changed"),
                    _ => fact,
                })
            });
            self.check(made, "kustomize/generator", &entry.place);
        }
    }

    fn generators(&mut self, folder: &Folder, own: &Kustomization, resources: &mut Resources) {
        let mut listed = Vec::new();
        for entry in &own.generators {
            let tasks = self.inline(entry).unwrap_or_else(|| self.entry(folder, entry, Use::Generators));
            listed.extend(tasks.into_iter().map(|task| (&entry.place, task)));
        }
        let tasks = self.refuse_twins(listed);
        let plugin = self.plugin;
        let results: Vec<_> = tasks.par_iter().map(|task| run(plugin, folder, task)).collect();
        for (task, result) in tasks.iter().zip(results) {
            let place = task.resource.place.as_ref();
            match result {
                Some(generated) => self.absorb(generated, place, resources),
                None => {
                    let fact = format!("there is no generator for {}", task.resource.gvk());
                    self.fail("kustomize/unknown-generator", fact, place);
                }
            }
        }
    }

    /// The documents of an entry that holds the generator itself.
    fn inline(&mut self, entry: &Entry<String>) -> Option<Vec<Task>> {
        let source = Source::from_text(entry.place.file.clone(), entry.value.as_str());
        let read = read_resources(&source, Use::Generators).ok().filter(|read| !read.is_empty())?;
        let tasks = read.into_iter().map(|mut read| {
            read.place = entry.place.clone();
            read.findings.iter_mut().for_each(|finding| finding.place = Some(entry.place.clone()));
            self.task(&source, read)
        });
        Some(tasks.collect())
    }

    /// Reports twins where they are listed. A document that is listed twice is run once, or each of its objects would be
    /// reported as well.
    fn refuse_twins(&mut self, listed: Vec<(&Place, Task)>) -> Vec<Task> {
        let (mut seen, mut documents) = (Resources::default(), HashSet::new());
        let mut tasks = Vec::new();
        for (place, task) in listed {
            let is_new = documents.insert(task.resource.place.as_ref().map(|p| (p.file.clone(), p.line)));
            let twin = seen.append(task.resource.clone());
            if is_new || twin.is_ok() {
                tasks.push(task);
            }
            if let Err(fact) = twin {
                self.fail("kustomize/duplicate", format!("generator {fact}"), Some(place));
            }
        }
        tasks
    }

    fn absorb(&mut self, generated: Generated, place: Option<&Place>, resources: &mut Resources) {
        let failed = generated.failed() && generated.objects.is_empty();
        self.failed |= failed;
        self.findings.extend(generated.findings);
        let mut twins = Vec::new();
        for object in generated.objects {
            let value = match as_json(&object.value) {
                Ok(changed) => changed.unwrap_or(object.value),
                Err(fact) => {
                    self.fail("kustomize/generator", fact, place);
                    continue;
                }
            };
            let mut resource = Resource::new(value, object.origin, place.cloned());
            if let Some(needed) = resource.take_annotation("kustomize.config.k8s.io/needs-hash") {
                resource.needs_hash = needed == "true";
            }
            if let Some(behavior) = resource.take_annotation("kustomize.config.k8s.io/behavior") {
                resource.behavior = Behavior::from_text(&behavior);
            }
            twins.extend(resources.absorb(resource).err());
        }
        self.twins(twins, place);
    }

    /// Objects of one generator that are there already: one finding, because they have one cause.
    fn twins(&mut self, facts: Vec<String>, place: Option<&Place>) {
        let more = facts.len().saturating_sub(1);
        let Some(fact) = facts.into_iter().next() else { return };
        let fact = if more > 0 { format!("{fact}; so are {more} more objects of this generator") } else { fact };
        self.fail("kustomize/duplicate", fact, place);
    }

    /// What is done once for the whole tree.
    fn finish(&mut self, resources: &mut Resources) {
        if self.failed {
            return;
        }
        for resource in resources.list_mut().iter_mut().filter(|r| r.needs_hash) {
            match config_map::hash(&resource.value) {
                Ok(hash) => {
                    resource.remember();
                    let name = format!("{}-{hash}", resource.name());
                    resource.set_metadata("name", &name);
                }
                Err(fact) => self.fail("kustomize/generator", fact, resource.place.clone().as_ref()),
            }
        }
        if let Err(fact) = name_reference::follow(resources) {
            self.fail("kustomize/ambiguous-reference", fact, None);
        }
    }
}

fn is_yaml(source: &Source) -> bool {
    documents(source).all(|document| document.is_ok())
}

fn run(plugin: &dyn GeneratorPlugin, folder: &Folder, task: &Task) -> Option<Generated> {
    plugin.generate(&GeneratorInput {
        api_version: task.resource.text(&["apiVersion"]),
        kind: task.resource.kind(),
        source: &task.source,
        folder: &folder.path,
        place: task.resource.place.as_ref(),
    })
}

/// A generator that a nested kustomization made: its text is written anew.
fn rendered(resource: Resource) -> Task {
    let mut value = resource.value.clone();
    value = as_json(&value).ok().flatten().unwrap_or(value);
    Task { source: Source::from_text(resource.origin.clone(), emit::to_string(&value)), resource }
}

fn is_remote(entry: &str) -> bool {
    entry.contains("://")
        || entry.contains("?ref=")
        || entry.starts_with("git@")
        || entry.starts_with("github.com/")
        || entry.starts_with("git::")
}
