//! Inputs of generators without a kind, or with a mistyped one: nobody reads them, and nobody says so.

use crate::finding::Finding;
use crate::generate::run::InputKind;
use crate::lint::repository::{File, Repository, input_of};
use crate::suggest::nearest;
use crate::yaml::{Document, NodeRef};

const KINDS: [InputKind; 2] = [InputKind::PolicyGenTemplate, InputKind::SiteConfig];

/// `input/no-kind`, `input/unknown-kind`, `policy/empty-file`: only of what has the shape of an input, since folders hold other YAML too.
/// What a kustomization lists is reported by its tree.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let files = repository.files.iter().filter(|file| !file.listed && !file.raw.is_kustomization());
    findings.extend(files.filter_map(finding));
}

fn finding(file: &File<'_>) -> Option<Finding> {
    empty_first(file).or_else(|| kind(file))
}

/// Only the first document counts.
fn empty_first(file: &File<'_>) -> Option<Finding> {
    let (first, others) = file.documents.split_first()?;
    let is_empty = first.root().is_none_or(NodeRef::is_null);
    let later = others.iter().filter_map(Document::root).find(|root| input_of(*root).is_some()).filter(|_| is_empty)?;
    let begin = later.entries().next().map_or(later, |(key, _)| key);
    Some(
        Finding::warning(
            "policy/empty-file",
            "the first document of the file is empty, so nothing is made of this one",
        )
        .at(begin.place())
        .fix("remove the --- before it"),
    )
}

fn kind(file: &File<'_>) -> Option<Finding> {
    let root = file.documents.first().and_then(Document::root).filter(|root| root.is_map())?;
    let api_version = root.get("apiVersion").and_then(NodeRef::text).unwrap_or_default();
    match root.get("kind") {
        None => {
            let kind = shape(root)?.name();
            let first = root.entries().next().map_or(root, |(key, _)| key);
            let finding = Finding::warning("input/no-kind", format!("the file looks like a {kind}, but has no kind"));
            Some(finding.at(first.place()).note("no generator reads it").fix(format!("add kind: {kind}")))
        }
        Some(node) => {
            let kind = node.text().filter(|kind| !KINDS.iter().any(|known| known.name() == *kind))?;
            let meant = match api_version.starts_with("ran.openshift.io/") {
                true => nearest(kind, KINDS.map(InputKind::name)),
                false => None,
            };
            let meant = meant.or_else(|| shape(root).map(InputKind::name).filter(|_| api_version.is_empty()))?;
            let finding = Finding::warning("input/unknown-kind", format!("no generator reads the kind {kind:?}"));
            Some(finding.at(node.place()).fix(format!("did you mean {meant}?")))
        }
    }
}

/// What a document is by its fields.
fn shape(root: NodeRef<'_>) -> Option<InputKind> {
    let spec = root.get("spec")?;
    let has_list = |name: &str| spec.get(name).is_some_and(|list| list.items().any(NodeRef::is_map));
    match () {
        () if has_list("sourceFiles") => Some(InputKind::PolicyGenTemplate),
        () if has_list("clusters") => Some(InputKind::SiteConfig),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Files, Lookup};

    fn found(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.yaml"), text).unwrap();
        let files = Files::read(&[folder.path().to_path_buf()], &[]);
        let mut findings = Vec::new();
        check(&Repository::new(&files, &Lookup::default()), &mut findings);
        let line = |f: &Finding| f.place.as_ref().map_or(0, |place| place.line);
        findings.iter().map(|f| format!("{} {} {}", f.id, line(f), f.fix.clone().unwrap_or_default())).collect()
    }

    #[test]
    fn an_input_without_kind_is_told_by_its_shape() {
        let text = "# a\nmetadata: {name: t}\nspec: {sourceFiles: [{fileName: A.yaml}]}\n";
        assert_eq!(found(text), ["input/no-kind 2 add kind: PolicyGenTemplate"]);
        assert_eq!(found("spec: {clusters: [{clusterName: a}]}\n"), ["input/no-kind 1 add kind: SiteConfig"]);
    }

    #[test]
    fn other_files_are_left_alone() {
        assert!(found("replicas: 3\n").is_empty());
        assert!(found("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n").is_empty());
        assert!(found("apiVersion: ran.openshift.io/v1alpha1\nkind: PreCachingConfig\n").is_empty());
        assert!(found("spec: {clusters: [a, b]}\n").is_empty());
    }

    #[test]
    fn an_input_behind_an_empty_document() {
        let text = "---\n---\nkind: SiteConfig\n";
        assert_eq!(found(text), ["policy/empty-file 3 remove the --- before it"]);
        assert!(found("---\nkind: SiteConfig\n").is_empty());
    }

    #[test]
    fn a_mistyped_kind() {
        let text = "apiVersion: ran.openshift.io/v1\nkind: SiteConfg\n";
        assert_eq!(found(text), ["input/unknown-kind 2 did you mean SiteConfig?"]);
    }
}
