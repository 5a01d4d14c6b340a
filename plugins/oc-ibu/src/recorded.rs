//! What `--from` names: one cluster, or several side by side.
//!
//! A folder stands for one cluster unless several of its entries hold an ImageBasedUpgrade of their own; then each of
//! these is a cluster, named after its file or folder.

use std::path::{Path, PathBuf};

use ztp_common::cli::{Failure, Paint, is_stdin};
use ztp_common::inventory::{InventoryError, Limits, Recorded};

use crate::source::{Cluster, Sources, failure};

/// How deep folders of clusters are looked through.
const MAX_DEPTH: usize = 8;

/// Reads what `--from` names. Clusters of a folder that cannot be read are told.
///
/// # Errors
/// Something cannot be read.
pub fn clusters(from: &[PathBuf], paint: Paint) -> Result<Sources, Failure> {
    let mut sources = Sources::default();
    for path in from {
        let many = if path.is_dir() { side_by_side(path, MAX_DEPTH) } else { Entries::default() };
        if many.found.is_empty() {
            let entry = (from.len() > 1 && !is_stdin(Some(path))).then(|| stem(path));
            let objects = Recorded::open(path, &Limits::default()).map_err(failure)?;
            sources.clusters.push(Cluster::recorded(objects, entry));
        }
        sources.clusters.extend(many.found.into_iter().map(|(_, cluster)| cluster));
        for (path, error) in many.unread {
            eprint!("{}: {}", stem(&path), failure(error).text(paint));
            sources.unread.push(stem(&path));
        }
    }
    Ok(sources)
}

/// What a folder holds side by side.
#[derive(Default)]
struct Entries {
    /// Clusters.
    found: Vec<(PathBuf, Cluster)>,
    /// What may be one, and why that is not known.
    unread: Vec<(PathBuf, InventoryError)>,
}

/// The clusters of a folder that holds several; nothing when it is one cluster's.
fn side_by_side(folder: &Path, depth: usize) -> Entries {
    let Some(depth) = depth.checked_sub(1) else { return Entries::default() };
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let mut all = Entries::default();
    for path in entries.into_iter().filter(|path| path.is_dir() || is_archive(path) || ends(path, FILES)) {
        match entry(&path) {
            Ok(Some(cluster)) => all.found.push((path, cluster)),
            Ok(None) => {}
            Err(error) => all.unread.push((path, error)),
        }
    }
    // A must-gather is no archive among its own folders.
    let beside_archive = all.unread.iter().any(|(path, _)| is_archive(path));
    match all.found.as_slice() {
        [_, ..] if beside_archive => all,
        [_, _, ..] if !same_object(&all.found) => all,
        [(path, _)] if path.is_dir() => {
            let mut below = side_by_side(path, depth);
            below.unread.extend(all.unread.into_iter().filter(|_| !below.found.is_empty()));
            below
        }
        _ => Entries::default(),
    }
}

/// The cluster of an entry; nothing where there is no ImageBasedUpgrade.
fn entry(path: &Path) -> Result<Option<Cluster>, InventoryError> {
    let cluster = Cluster::recorded(Recorded::open_or_empty(path, &Limits::default())?, Some(stem(path)));
    match cluster.unread.first() {
        _ if cluster.ibu().is_some() => Ok(Some(cluster)),
        Some(reason) if !is_other_file(path) => Err(InventoryError::new(reason.clone())),
        Some(_) | None => Ok(None),
    }
}

/// Whether it is a file that is about something else, such as values of a chart beside the clusters.
fn is_other_file(path: &Path) -> bool {
    let names_it = |content: Vec<u8>| content.windows(KIND.len()).any(|text| text == KIND);
    path.is_file() && !is_archive(path) && std::fs::read(path).is_ok_and(|content| !names_it(content))
}

const KIND: &[u8] = b"ImageBasedUpgrade";

/// Whether all entries hold one and the same object: a must-gather may have it in several places.
fn same_object(found: &[(PathBuf, Cluster)]) -> bool {
    let uid = |cluster: &Cluster| Some(cluster.ibu()?.pointer("/metadata/uid")?.as_str()?.to_owned());
    let mut uids = found.iter().map(|(_, cluster)| uid(cluster));
    uids.next().flatten().is_some_and(|first| uids.all(|other| other.as_ref() == Some(&first)))
}

const FILES: [&str; 3] = [".yaml", ".yml", ".json"];
const ARCHIVES: [&str; 3] = [".tar.gz", ".tgz", ".tar"];

fn ends(path: &Path, with: [&str; 3]) -> bool {
    with.iter().any(|end| path.to_string_lossy().ends_with(end))
}

fn is_archive(path: &Path) -> bool {
    ends(path, ARCHIVES) && path.is_file()
}

/// The name of a file or folder without endings.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let ends = ARCHIVES.iter().chain(&FILES);
    ends.into_iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ibu(uid: &str) -> String {
        format!("apiVersion: lca.openshift.io/v1\nkind: ImageBasedUpgrade\nmetadata: {{name: upgrade, uid: {uid:?}}}\n")
    }

    fn names(folder: &Path) -> Vec<Option<String>> {
        let sources = clusters(&[folder.to_path_buf()], Paint::plain());
        sources.map(|all| all.clusters.into_iter().map(|c| c.name).collect()).unwrap_or_default()
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
    #[test]
    fn a_broken_file_that_is_about_something_else_is_no_cluster() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        for name in ["sno1", "sno2"] {
            std::fs::write(root.path().join(format!("{name}.yaml")), ibu(name))?;
        }
        let unread =
            || clusters(&[root.path().to_path_buf()], Paint::plain()).map(|all| all.unread).unwrap_or_default();
        std::fs::write(root.path().join("values.yaml"), "image: {{ .Values.image }}\n  tag: [")?;
        assert_eq!(unread(), [""; 0]);
        std::fs::write(root.path().join("sno3.yaml"), "kind: ImageBasedUpgrade\nspec: [")?;
        assert_eq!(unread(), ["sno3"]);
        Ok(())
    }
}
