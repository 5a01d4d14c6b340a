//! What `--from` names: one cluster, or several side by side.
//!
//! A folder stands for one cluster unless several of its entries hold an ImageBasedUpgrade of their own; then each of
//! these is a cluster, named after its file or folder.

use std::path::{Path, PathBuf};

use ztp_common::cli::{Failure, is_stdin};
use ztp_common::inventory::{InventoryError, Limits, Recorded};

use crate::source::{Cluster, failure};

/// How deep folders of clusters are looked through.
const MAX_DEPTH: usize = 8;

/// Reads what `--from` names.
///
/// # Errors
/// Something cannot be read.
pub fn clusters(from: &[PathBuf]) -> Result<Vec<Cluster>, Failure> {
    let mut clusters = Vec::new();
    for path in from {
        let many = if path.is_dir() { side_by_side(path, MAX_DEPTH) } else { Vec::new() };
        if many.is_empty() {
            let entry = (from.len() > 1 && !is_stdin(Some(path))).then(|| stem(path));
            clusters.push(Cluster::recorded(open(path).map_err(failure)?, entry));
        } else {
            clusters.extend(many);
        }
    }
    Ok(clusters)
}

fn open(path: &Path) -> Result<Recorded, InventoryError> {
    Recorded::open(path, &Limits::default())
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
        let cluster = Cluster::recorded(objects, Some(stem(&path)));
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
        clusters(&[folder.to_path_buf()]).map(|all| all.into_iter().map(|c| c.name).collect()).unwrap_or_default()
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
