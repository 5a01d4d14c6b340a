//! Where facts come from: live clusters, or what `--from` names.

use std::path::PathBuf;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use serde_json::Value;
use ztp_common::api::{ApiError, Connection, Server};
use ztp_common::cli::{ConnectionFlags, Failure, Terminal, is_stdin, quoted};
use ztp_common::inventory::{Inventory, InventoryError, Query, Recorded};
use ztp_common::resource::Resource;
use ztp_common::upgrade::kinds;

use crate::recorded;
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
        let from: String =
            self.from.iter().map(|path| format!(" --from {}", quoted(&path.display().to_string()))).collect();
        from + &self.connection.arguments()
    }

    /// The flags that lead to the same cluster, for commands that change it.
    pub fn way(&self) -> String {
        self.connection.arguments()
    }

    /// What `--from` names, for people.
    pub fn shown(&self) -> String {
        let name = |path: &PathBuf| {
            if is_stdin(Some(path)) { "standard input".to_owned() } else { path.display().to_string() }
        };
        self.from.iter().map(name).collect::<Vec<_>>().join(", ")
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

/// The clusters that a report is about.
#[derive(Debug, Default)]
pub struct Sources {
    /// Those that could be read.
    pub clusters: Vec<Cluster>,
    /// The names of recorded ones that could not, which has been told.
    pub unread: Vec<String>,
}

impl Sources {
    /// How many clusters of these names, or of all, have no answer, where so many have given one: all may be wrong there.
    pub fn silent(&self, names: &[String], answers: usize) -> usize {
        let is_meant = |name: &&String| names.is_empty() || names.contains(name);
        let is_live = self.clusters.iter().any(Cluster::is_live);
        let missing = if is_live { names.len().saturating_sub(answers) } else { 0 };
        missing + self.unread.iter().filter(is_meant).count()
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

impl Cluster {
    /// Recorded objects; the name is that of their file or folder, if it counts.
    pub fn recorded(objects: Recorded, entry: Option<String>) -> Self {
        let unread = objects.skipped().to_vec();
        let mut cluster = Self { name: None, through_hub: false, unread, objects, complete: None };
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

    /// When they were recorded, by the dates of the files; unknown where these are older than what is in them.
    pub fn recorded_at(&self) -> Option<Timestamp> {
        let newest = self.ibu().and_then(|ibu| newest_change(&ibu));
        self.objects.recorded_at().filter(|at| newest.is_none_or(|newest| newest.duration_since(*at) < CLOCKS_DIFFER))
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
) -> Result<Sources, Failure> {
    let found = if args.is_live() {
        Sources { clusters: live(args, names, kinds, terminal)?, unread: Vec::new() }
    } else {
        recorded::clusters(&args.from, terminal.err)?
    };
    if terminal.verbose > 0 {
        found.clusters.iter().flat_map(|cluster| &cluster.unread).for_each(|sentence| eprintln!("{sentence}"));
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

/// Why a source cannot answer, with a way out.
pub fn failure(error: InventoryError) -> Failure {
    let failure = Failure::new(error.message);
    match error.source {
        Some(source) => failure.because(source),
        None => failure.fix("name a file or folder with YAML or JSON objects"),
    }
}

/// How far the clocks of a cluster and of whoever records it may be apart.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(15);

/// The newest time that conditions and history of an ImageBasedUpgrade tell of.
fn newest_change(ibu: &Value) -> Option<Timestamp> {
    let parts = ["/status/conditions", "/status/history"].into_iter().filter_map(|at| ibu.pointer(at));
    let (mut open, mut newest) = (parts.collect::<Vec<_>>(), None);
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => newest = newest.max(text.parse().ok()),
            Value::Array(items) => open.extend(items),
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
    newest
}
