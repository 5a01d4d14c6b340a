//! Where facts come from: a live cluster, or what `--from` names, one cluster or several side by side.
//!
//! A folder stands for one cluster unless several of its entries hold an ImageBasedUpgrade of their own; then each of
//! these is a cluster, named after its file or folder.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use rayon::prelude::*;
use serde_json::Value;
use ztp_common::api::{ApiError, Connection, Server};
use ztp_common::cli::{ConnectionFlags, Failure, Terminal, is_stdin};
use ztp_common::inventory::{Inventory, InventoryError, Limits, Query, Recorded};
use ztp_common::resource::Resource;
use ztp_common::upgrade::kinds;

use crate::target::{Target, name_of};

/// Where facts come from.
#[derive(Args, Clone, Debug)]
pub struct FromArgs {
    /// Recorded objects in the place of the live cluster: file, folder, must-gather or archive, or - for standard input;
    /// may be given more than once
    #[arg(long, value_name = "PATH")]
    from: Vec<PathBuf>,
    #[command(flatten)]
    connection: ConnectionFlags,
}

impl FromArgs {
    /// The flags that lead to the same facts again, with a blank before each.
    pub fn again(&self) -> String {
        let from: String = self.from.iter().map(|path| format!(" --from {}", path.display())).collect();
        from + &self.connection.arguments()
    }

    /// The flags that lead to the same cluster, for commands that change it.
    pub fn way(&self) -> String {
        self.connection.arguments()
    }

    /// Whether they are read from standard input.
    pub fn takes_stdin(&self) -> bool {
        self.from.iter().any(|path| is_stdin(Some(path)))
    }

    /// Whether the facts are live.
    pub fn is_live(&self) -> bool {
        self.from.is_empty()
    }

    /// How to reach the API.
    ///
    /// # Errors
    /// The flags contradict what they are for.
    pub fn connection(&self, terminal: &Terminal) -> Result<Connection, Failure> {
        Ok(Connection { or_recorded: true, ..self.connection.connection(terminal)? })
    }
}

/// The objects of one cluster.
#[derive(Debug)]
pub struct Cluster {
    /// What it is called; `None` when nothing tells.
    pub name: Option<String>,
    /// Whether the context is a hub, so that commands must name the cluster.
    pub through_hub: bool,
    /// What could not be read, a sentence each.
    pub unread: Vec<String>,
    objects: Recorded,
    /// The kinds of which all objects are here; `None` for recorded ones, which may lack any.
    complete: Option<Vec<Resource>>,
}

/// How deep folders of clusters are looked through.
const MAX_DEPTH: usize = 8;

impl Cluster {
    fn new(objects: Recorded, entry: Option<String>) -> Self {
        let mut cluster = Self { name: None, through_hub: false, unread: Vec::new(), objects, complete: None };
        cluster.name = entry.or_else(|| cluster.own_name());
        cluster
    }

    /// Reads all objects of some kinds from a live cluster. A kind that may not be read is left out and told.
    ///
    /// # Errors
    /// The cluster cannot answer.
    pub fn live(target: &Target, kinds: &[Resource]) -> Result<Self, ApiError> {
        let mut objects = Recorded::named(target.server.describe());
        let (mut complete, mut unread) = (Vec::new(), Vec::new());
        for kind in kinds {
            match list(&target.server, *kind) {
                Ok(found) => {
                    found.into_iter().for_each(|object| objects.add(object));
                    complete.push(*kind);
                }
                Err(error) if error.is_forbidden() => unread.push(error.to_string()),
                Err(error) => return Err(error),
            }
        }
        let managed = target.managed().or_else(|error| if error.is_forbidden() { Ok(None) } else { Err(error) })?;
        managed.into_iter().for_each(|object| objects.add(object));
        let through_hub = target.hub.is_some();
        Ok(Self { name: target.name.clone(), through_hub, unread, objects, complete: Some(complete) })
    }

    /// Adds an object, such as one that was asked for by name.
    pub fn add(&mut self, object: Value) {
        self.objects.add(object);
    }

    /// The objects as a source of facts.
    pub fn objects(&self) -> &Recorded {
        &self.objects
    }

    /// Whether no object of a kind can be missing.
    pub fn is_complete(&self, resource: Resource) -> bool {
        self.complete.as_ref().is_some_and(|kinds| kinds.contains(&resource))
    }

    /// Whether the objects were read from a live cluster just now.
    pub fn is_live(&self) -> bool {
        self.complete.is_some()
    }

    /// The name for commands.
    pub fn argument(&self) -> Option<&str> {
        self.name.as_deref().filter(|_| self.complete.is_none() || self.through_hub)
    }

    /// All objects of a kind.
    pub fn all(&self, resource: Resource) -> Vec<Value> {
        let mut found = Vec::new();
        // Recorded objects can always be lent; only a live API refuses.
        let _ = self.objects.each(&Query::all(resource), &mut |object| found.push(object.clone()));
        found
    }

    /// The first object of a kind.
    pub fn first(&self, resource: Resource) -> Option<Value> {
        self.all(resource).into_iter().next()
    }

    /// The ImageBasedUpgrade.
    pub fn ibu(&self) -> Option<Value> {
        self.first(kinds::IBU)
    }

    /// When they were recorded, by the dates of the files.
    pub fn recorded_at(&self) -> Option<Timestamp> {
        self.objects.recorded_at()
    }

    /// What the objects come from.
    pub fn describe(&self) -> String {
        self.objects.describe()
    }

    /// From the address of its API.
    fn own_name(&self) -> Option<String> {
        name_of(&self.first(kinds::INFRASTRUCTURE)?)
    }
}

/// All that anybody asks of a kind: not every CustomResourceDefinition and copy of an operator, which are megabytes.
fn wanted(resource: Resource) -> Query<'static> {
    let query = Query::all(resource);
    if resource == kinds::CRD {
        query.named(kinds::KLUSTERLET_CRD)
    } else if resource == kinds::CSV {
        query.without_label(kinds::COPIED_CSV)
    } else {
        query
    }
}

fn list(server: &Server, resource: Resource) -> Result<Vec<Value>, ApiError> {
    let mut found = Vec::new();
    match server.each(&wanted(resource), &mut |object| found.push(object.clone())) {
        Ok(()) => Ok(found),
        Err(error) => Err(match error.source.and_then(|source| source.downcast::<ApiError>().ok()) {
            Some(error) => *error,
            None => ApiError::new(error.message),
        }),
    }
}

/// Reads what `--from` names; else the live clusters of these names, or the one of the context.
///
/// # Errors
/// Something cannot be read or reached.
pub fn clusters(
    args: &FromArgs,
    names: &[String],
    kinds: &[Resource],
    terminal: &Terminal,
) -> Result<Vec<Cluster>, Failure> {
    let found = if args.is_live() { live(args, names, kinds, terminal)? } else { recorded(args)? };
    if terminal.verbose > 0 {
        found.iter().flat_map(|cluster| &cluster.unread).for_each(|sentence| eprintln!("{sentence}"));
    }
    Ok(found)
}

fn live(args: &FromArgs, names: &[String], kinds: &[Resource], terminal: &Terminal) -> Result<Vec<Cluster>, Failure> {
    let connection = args.connection(terminal)?;
    let one = |name: Option<&str>| -> Result<Cluster, Failure> {
        let target = Target::find(&connection, name)?;
        if terminal.verbose > 0 {
            eprintln!("{}", target.way());
        }
        Ok(Cluster::live(&target, kinds)?)
    };
    match names {
        [] => Ok(vec![one(None)?]),
        [name] => Ok(vec![one(Some(name))?]),
        names => several(names, |name| one(Some(name)), terminal),
    }
}

/// Clusters that are asked at a time: links to sites are slow, and wait for each other in vain.
const AT_ONCE: usize = 16;

/// Those of several clusters that answer, in the order of their names; the others are told.
fn several(
    names: &[String],
    one: impl Fn(&str) -> Result<Cluster, Failure> + Sync,
    terminal: &Terminal,
) -> Result<Vec<Cluster>, Failure> {
    let (mut found, mut failed) = (Vec::new(), None);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE.min(names.len())).build();
    let pool = pool.map_err(|error| Failure::new("cannot ask several clusters at a time").because(error))?;
    let answers: Vec<_> = pool.install(|| names.par_iter().map(|name| one(name)).collect());
    for (name, answer) in names.iter().zip(answers) {
        match answer {
            Ok(cluster) => found.push(cluster),
            Err(failure) => {
                eprint!("{name}: {}", failure.text(terminal.err));
                failed = Some(failure);
            }
        }
    }
    match failed {
        Some(failure) if found.is_empty() => Err(failure),
        _ => Ok(found),
    }
}

fn recorded(args: &FromArgs) -> Result<Vec<Cluster>, Failure> {
    let mut clusters = Vec::new();
    for path in &args.from {
        let many = if path.is_dir() { side_by_side(path, MAX_DEPTH) } else { Vec::new() };
        if many.is_empty() {
            let entry = (args.from.len() > 1 && !is_stdin(Some(path))).then(|| stem(path));
            clusters.push(Cluster::new(open(path).map_err(failure)?, entry));
        } else {
            clusters.extend(many);
        }
    }
    Ok(clusters)
}

fn open(path: &Path) -> Result<Recorded, InventoryError> {
    Recorded::open(path, &Limits::default())
}

pub fn failure(error: InventoryError) -> Failure {
    let failure = Failure::new(error.message);
    match error.source {
        Some(source) => failure.because(source),
        None => failure.fix("name a file or folder with YAML or JSON objects"),
    }
}

/// The clusters of a folder that holds several; none when it is one cluster's.
fn side_by_side(folder: &Path, depth: usize) -> Vec<Cluster> {
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let wanted = |path: &PathBuf| {
        let name = path.to_string_lossy();
        path.is_dir() || [".yaml", ".yml", ".json", ".tar", ".tgz", ".tar.gz"].iter().any(|end| name.ends_with(end))
    };
    let mut found = Vec::new();
    for path in entries.into_iter().filter(wanted) {
        let Ok(objects) = open(&path) else { continue };
        let cluster = Cluster::new(objects, Some(stem(&path)));
        if cluster.ibu().is_some() {
            found.push((path, cluster));
        }
    }
    match found.as_slice() {
        [(path, _)] if path.is_dir() => side_by_side(path, depth),
        [_, _, ..] if !same_object(&found) => found.into_iter().map(|(_, cluster)| cluster).collect(),
        _ => Vec::new(),
    }
}

/// Whether all entries hold one and the same object: a must-gather may have it in several places.
fn same_object(found: &[(PathBuf, Cluster)]) -> bool {
    let uid = |cluster: &Cluster| Some(cluster.ibu()?.pointer("/metadata/uid")?.as_str()?.to_owned());
    let mut uids = found.iter().map(|(_, cluster)| uid(cluster));
    uids.next().flatten().is_some_and(|first| uids.all(|other| other.as_ref() == Some(&first)))
}

/// The name of a file or folder without endings.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let ends = [".tar.gz", ".tgz", ".tar", ".yaml", ".yml", ".json"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ibu(uid: &str) -> String {
        format!("apiVersion: lca.openshift.io/v1\nkind: ImageBasedUpgrade\nmetadata: {{name: upgrade, uid: {uid:?}}}\n")
    }

    fn names(folder: &Path) -> Vec<Option<String>> {
        let args = FromArgs { from: vec![folder.to_path_buf()], connection: ConnectionFlags::default() };
        recorded(&args).map(|all| all.into_iter().map(|c| c.name).collect()).unwrap_or_default()
    }

    #[test]
    fn a_folder_is_one_cluster_or_several() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let (a, b) = (root.path().join("all/sno1"), root.path().join("all/sno2"));
        std::fs::create_dir_all(&a)?;
        std::fs::create_dir_all(&b)?;
        std::fs::write(a.join("ibu.yaml"), ibu("1"))?;
        assert_eq!(names(root.path()), [None]);
        std::fs::write(b.join("ibu.yaml"), ibu("2"))?;
        assert_eq!(names(root.path()), [Some("sno1".into()), Some("sno2".into())]);
        std::fs::write(b.join("ibu.yaml"), ibu("1"))?;
        assert_eq!(names(root.path()), [None]);
        Ok(())
    }
}
