//! Where `--from` gets its objects: one cluster, or several side by side.
//!
//! A folder stands for one cluster unless several of its entries hold an ImageBasedUpgrade of their own; then each of
//! these is a cluster, named after its file or folder.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use ztp_common::cli::Failure;
use ztp_common::inventory::{Inventory, InventoryError, Limits, Query, Recorded};
use ztp_common::resource::{Resource, Scope};

/// Where facts come from.
#[derive(Args, Clone, Debug)]
pub struct FromArgs {
    /// File, folder, must-gather or archive with the objects, or - for standard input; may be given more than once
    #[arg(long, value_name = "PATH")]
    from: Vec<PathBuf>,
}

impl FromArgs {
    /// As it was typed, for commands to paste.
    pub fn text(&self) -> String {
        self.from.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" --from ")
    }
}

/// The objects of one cluster.
#[derive(Debug)]
pub struct Cluster {
    /// What it is called; `None` when nothing tells.
    pub name: Option<String>,
    objects: Recorded,
}

/// How deep folders of clusters are looked through.
const MAX_DEPTH: usize = 8;

/// The kind of an object, for asking.
pub const fn resource(group: &'static str, kind: &'static str) -> Resource {
    Resource { group, version: "", kind, plural: "", scope: Scope::Cluster }
}

const IBU: Resource = resource("lca.openshift.io", "ImageBasedUpgrade");
const INFRASTRUCTURE: Resource = resource("config.openshift.io", "Infrastructure");

impl Cluster {
    fn new(objects: Recorded, entry: Option<String>) -> Self {
        let mut cluster = Self { name: None, objects };
        cluster.name = entry.or_else(|| cluster.own_name());
        cluster
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
        self.first(IBU)
    }

    /// When they were recorded, by the dates of the files.
    pub fn recorded_at(&self) -> Option<Timestamp> {
        self.objects.recorded_at()
    }

    /// What the objects come from.
    pub fn describe(&self) -> String {
        self.objects.describe()
    }

    /// From the address of its API: `https://api.NAME.example.com:6443`.
    fn own_name(&self) -> Option<String> {
        let infrastructure = self.first(INFRASTRUCTURE)?;
        let url = infrastructure.pointer("/status/apiServerURL")?.as_str()?;
        let name = url.strip_prefix("https://api.")?.split('.').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// Reads what `--from` names. `instead` is a command that makes input for it.
///
/// # Errors
/// `--from` is missing, or something cannot be read.
pub fn clusters(args: &FromArgs, instead: &str) -> Result<Vec<Cluster>, Failure> {
    if args.from.is_empty() {
        return Err(Failure::new("reading a live cluster is not in this version yet: --from is needed").fix(instead));
    }
    let mut clusters = Vec::new();
    for path in &args.from {
        if path.as_os_str() == "-" {
            clusters.push(Cluster::new(stdin()?, None));
            continue;
        }
        let many = if path.is_dir() { side_by_side(path, MAX_DEPTH) } else { Vec::new() };
        if many.is_empty() {
            let entry = (args.from.len() > 1).then(|| stem(path));
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

fn failure(error: InventoryError) -> Failure {
    let failure = Failure::new(error.message);
    match error.source {
        Some(source) => failure.because(source),
        None => failure.fix("name a file or folder with YAML or JSON objects"),
    }
}

fn stdin() -> Result<Recorded, Failure> {
    let limit = Limits::default().file_bytes;
    let mut content = Vec::new();
    let failed = |e| Failure::new("cannot read standard input").because(e);
    std::io::stdin().lock().take(limit + 1).read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 > limit {
        return Err(Failure::new("there is too much on standard input").fix("name a file or folder"));
    }
    Recorded::from_bytes("standard input", content).map_err(failure)
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
        let args = FromArgs { from: vec![folder.to_path_buf()] };
        clusters(&args, "").map(|all| all.into_iter().map(|c| c.name).collect()).unwrap_or_default()
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
