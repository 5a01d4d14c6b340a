//! Namespaces with Placements and without the binding of a cluster set, where every Placement selects nobody.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::generate::run::InputKind;
use crate::lint::repository::Repository;
use crate::suggest::nearest;
use crate::yaml::{NodeRef, Place};

const BINDING: &str = "ManagedClusterSetBinding";

/// `placement/set-binding-missing`: only where the repository has bindings for other namespaces, since hubs may get
/// theirs another way. PolicyGenTemplates count, because TALM makes Placements beside their policies (TALM 4.20
/// `clustergroupupgrade_controller.go`).
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let manifest = |kind: &'static str| {
        let manifests = repository.manifests();
        manifests.filter(move |(_, root)| text(*root, &["kind"]) == kind && namespace(*root).is_some())
    };
    let written = manifest(BINDING).filter_map(|(_, root)| namespace(root)?.text());
    // A kustomization may set the namespace.
    let made = repository.trees.iter().flat_map(|tree| &tree.objects);
    let bound: BTreeSet<&str> =
        made.filter(|object| object.kind() == BINDING).map(|object| object.namespace()).chain(written).collect();
    if bound.is_empty() {
        return;
    }
    let mut wanted: BTreeMap<&str, (Place, &str)> = BTreeMap::new();
    for (_, root) in manifest("Placement").filter(|(_, root)| is_placement(*root)) {
        add(&mut wanted, namespace(root), "a Placement");
    }
    for (_, root, generator) in repository.inputs(InputKind::PolicyGenTemplate) {
        if generator.generated.objects.iter().any(|object| object.kind() == "Policy") {
            add(&mut wanted, namespace(root), "policies");
        }
    }
    for (namespace, (place, what)) in wanted.into_iter().filter(|(namespace, _)| !bound.contains(namespace)) {
        let fact = format!("the namespace {namespace:?} has {what}, but no {BINDING}");
        let finding = Finding::warning("placement/set-binding-missing", fact).at(place).note(
            "a Placement selects only clusters of sets that are bound to its namespace; TALM makes one for each policy",
        );
        findings.push(match nearest(namespace, bound.iter().copied()) {
            Some(near) => finding.fix(format!("add a {BINDING} for it; or is the one in {near:?} meant for it?")),
            None => finding.fix(format!("add a {BINDING} of the cluster set, such as global, in this namespace")),
        });
    }
}

fn add<'r>(wanted: &mut BTreeMap<&'r str, (Place, &'static str)>, node: Option<NodeRef<'r>>, what: &'static str) {
    if let Some((node, name)) = node.and_then(|node| Some((node, node.text()?))) {
        wanted.entry(name).or_insert_with(|| (node.place(), what));
    }
}

fn is_placement(root: NodeRef<'_>) -> bool {
    text(root, &["apiVersion"]).starts_with("cluster.open-cluster-management.io/")
}

fn namespace(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    root.get("metadata")?.get("namespace")
}

fn text<'d>(root: NodeRef<'d>, path: &[&str]) -> &'d str {
    path.iter().try_fold(root, |node, key| node.get(key)).and_then(NodeRef::text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found_in, template};

    const CR: (&str, &str) = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");

    fn object(kind: &str, namespace: &str) -> String {
        format!(
            "apiVersion: cluster.open-cluster-management.io/v1beta2\nkind: {kind}\nmetadata: {{name: global, namespace: {namespace}}}\n"
        )
    }

    #[test]
    fn a_namespace_without_binding() {
        let entry = "{fileName: A.yaml, policyName: p}";
        let (one, two) = (template("t", "ztp-group", "{a: b}", entry), template("u", "ztp-site", "{c: d}", entry));
        let placement = object("Placement", "other");
        let files = [CR, ("1.yaml", &*one), ("2.yaml", &*two), ("3.yaml", &*placement)];
        assert!(found_in(check, &files).is_empty());
        let binding = object(BINDING, "ztp-group");
        let files = [&files[..], &[("b.yaml", &*binding)]].concat();
        let expected = ["placement/set-binding-missing 3", "placement/set-binding-missing 2"];
        assert_eq!(found_in(check, &files), expected);
    }
}
