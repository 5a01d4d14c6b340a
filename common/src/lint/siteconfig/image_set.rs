//! Releases that the hub does not offer.

use std::collections::HashSet;

use super::site::{clusters, field, is_template, text};
use crate::finding::Finding;
use crate::lint::repository::Repository;
use crate::suggest::nearest;

/// `siteconfig/image-set-unknown`: only when it is known which ClusterImageSets the hub has.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let Some(known) = &repository.image_sets else { return };
    let mut said = HashSet::new();
    for cluster in clusters(repository).iter().filter(|cluster| cluster.is_live) {
        let site = || field(cluster.site, "spec").and_then(|spec| text(spec, "clusterImageSetNameRef"));
        let Some((name, node)) = text(cluster.node, "clusterImageSetNameRef").or_else(site) else { continue };
        let place = node.place();
        if known.contains(name) || is_template(name) || !said.insert((place.file.clone(), place.line, place.column)) {
            continue;
        }
        let finding =
            Finding::error("siteconfig/image-set-unknown", format!("the hub has no ClusterImageSet {name:?}"))
                .at(place)
                .note("the installation waits for it and does not begin");
        findings.push(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => finding.fix(format!("did you mean {near}?")),
            None => finding.fix("add the ClusterImageSet to the hub, or name one of: oc get clusterimagesets"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Files, Lookup};

    #[test]
    fn a_release_that_the_hub_does_not_have() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let text = "kind: SiteConfig\nspec:\n  clusterImageSetNameRef: img4.20.1\n  clusters:\n  - clusterName: a\n  - clusterName: b\n  \
                    - clusterName: c\n    clusterImageSetNameRef: img4.20.2\n";
        std::fs::write(&path, text).unwrap();
        let files = Files::read(&[path], &[]);
        let mut repository = Repository::new(&files, &Lookup::default());
        let found = |repository: &Repository<'_>| {
            let mut findings = Vec::new();
            check(repository, &mut findings);
            findings.iter().map(|f| (f.place.as_ref().unwrap().line, f.fix.clone().unwrap())).collect::<Vec<_>>()
        };
        assert!(found(&repository).is_empty());
        repository.image_sets = Some(["img4.20.2".to_owned()].into());
        assert_eq!(found(&repository), [(3, "did you mean img4.20.2?".to_owned())]);
    }
}
