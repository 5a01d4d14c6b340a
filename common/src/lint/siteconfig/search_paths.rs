//! Extra manifests of one name in two folders of `searchPaths`.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::site::{Cluster, clusters, field, texts};
use crate::finding::{Finding, Level};
use crate::lint::repository::Repository;
use crate::yaml::NodeRef;

/// How many names a finding lists.
const LISTED: usize = 5;

/// A folder of one cluster.
struct Folder<'r> {
    shown: &'r str,
    node: NodeRef<'r>,
    path: PathBuf,
}

/// Two folders that share names.
struct Shadow {
    finding: Finding,
    clusters: usize,
}

/// `siteconfig/shadowed-manifest`: as information, because replacing a manifest of the reference this way is usual.
/// Sites share their folders, so each pair of folders is said once.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let mut listings: HashMap<PathBuf, BTreeSet<String>> = HashMap::new();
    let mut known: HashMap<(PathBuf, PathBuf), Option<usize>> = HashMap::new();
    let mut shadows: Vec<Shadow> = Vec::new();
    for cluster in clusters(repository).iter().filter(|cluster| cluster.is_live) {
        let folders: Vec<Folder<'_>> = folders(cluster).collect();
        for (i, later) in folders.iter().enumerate() {
            for earlier in folders.iter().take(i).filter(|earlier| earlier.path != later.path) {
                let key = (earlier.path.clone(), later.path.clone());
                let index = *known.entry(key).or_insert_with(|| {
                    let mut names = |path: &PathBuf| listings.entry(path.clone()).or_insert_with(|| list(path)).clone();
                    let both: Vec<String> = names(&earlier.path).intersection(&names(&later.path)).cloned().collect();
                    (!both.is_empty()).then(|| {
                        shadows.push(Shadow { finding: finding(&both, earlier, later), clusters: 0 });
                        shadows.len() - 1
                    })
                });
                if let Some(shadow) = index.and_then(|index| shadows.get_mut(index)) {
                    shadow.clusters += 1;
                }
            }
        }
    }
    findings.extend(shadows.into_iter().map(|shadow| match shadow.clusters {
        1 => shadow.finding,
        clusters => shadow.finding.note(format!("the same holds for {} more", clusters - 1)),
    }));
}

fn folders<'r>(cluster: &Cluster<'r>) -> impl Iterator<Item = Folder<'r>> {
    let settings = field(cluster.node, "extraManifests");
    let start = cluster.folder;
    settings.into_iter().flat_map(|settings| texts(settings, "searchPaths")).map(move |(shown, node)| Folder {
        shown,
        node,
        path: start.join(shown),
    })
}

fn list(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()));
    files.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| !name.starts_with('.')).collect()
}

fn finding(both: &[String], earlier: &Folder<'_>, later: &Folder<'_>) -> Finding {
    let mut names = both.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
    if both.len() > LISTED {
        names.push_str(&format!(" +{} more", both.len() - LISTED));
    }
    let fact = format!("{} replaces {names} of {}", later.shown, earlier.shown);
    let finding = Finding { level: Level::Info, ..Finding::warning("siteconfig/shadowed-manifest", fact) };
    finding.at(later.node.place())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Files, Lookup};

    #[test]
    fn a_pair_of_folders_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("kustomization.yaml", "generators: [a.yaml, b.yaml]\n");
        write("one/same.yaml", "a: 1\n");
        write("two/same.yaml", "a: 2\n");
        write("two/other.yaml", "a: 2\n");
        for name in ["a", "b"] {
            let text = format!(
                "apiVersion: ran.openshift.io/v1\nkind: SiteConfig\nmetadata: {{name: {name}}}\nspec:\n  clusters:\n  - clusterName: \
                 {name}\n    extraManifests:\n      searchPaths:\n      - one\n      - two\n"
            );
            write(&format!("{name}.yaml"), &text);
        }
        let files = Files::read(&[folder.path().to_path_buf()], &[]);
        let mut findings = Vec::new();
        check(&Repository::new(&files, &Lookup::default()), &mut findings);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.fact, "two replaces same.yaml of one");
        assert_eq!(finding.place.as_ref().map(|place| (place.line, place.column)), Some((10, 9)));
        assert_eq!(finding.notes, ["the same holds for 1 more"]);
    }
}
