//! PolicyGenTemplates of one name.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::generate::run::{InputKind, KUSTOMIZATION_FILES};
use crate::lint::repository::{File, GeneratorFile, Repository};
use crate::yaml::NodeRef;

/// `policy/overwritten` for files: within one tree kustomize says it (`kustomize/duplicate`), elsewhere nobody does.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<(&str, &str), (NodeRef<'_>, &GeneratorFile, bool)> = HashMap::new();
    for (file, root, generator) in
        repository.inputs(InputKind::PolicyGenTemplate).filter(|(file, _, generator)| is_live(file, generator))
    {
        let field = |name| root.get("metadata").and_then(|metadata| metadata.get(name));
        let (Some(node), Some(namespace)) = (field("name"), field("namespace").and_then(NodeRef::text)) else {
            continue;
        };
        let name = node.text().unwrap_or_default();
        let Some((other, known, listed)) = first.get(&(namespace, name)) else {
            first.insert((namespace, name), (node, generator, file.listed));
            continue;
        };
        // The same document in two trees is one that both use.
        let is_same = known.file == generator.file && known.document == generator.document;
        if is_same || *listed && file.listed && known.folder == generator.folder {
            continue;
        }
        let fact = format!("two PolicyGenTemplates are called {name:?} in namespace {namespace:?}");
        findings.push(
            Finding::warning("policy/overwritten", fact)
                .at(node.place())
                .note(format!("the other one is in {}", other.place()))
                .note("policies and placement of one replace those of the other")
                .fix("give one of them another name"),
        );
    }
}

/// Whether it is in use: listed, or in no tree.
fn is_live(file: &File<'_>, generator: &GeneratorFile) -> bool {
    file.listed || !KUSTOMIZATION_FILES.iter().any(|name| generator.folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found_in, template};

    #[test]
    fn one_name_in_two_files() {
        let text = |namespace: &str| template("t", namespace, "{a: b}", "{fileName: A.yaml, policyName: p}");
        let (one, two) = (text("ns"), text("other"));
        assert_eq!(found_in(check, &[("1.yaml", &one), ("2.yaml", &one)]), ["policy/overwritten 2"]);
        assert!(found_in(check, &[("1.yaml", &one), ("2.yaml", &two)]).is_empty());
    }
}
