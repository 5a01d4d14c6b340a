//! `sourceFiles` as a whole: lists that make nothing, and names for several documents at once.

use crate::finding::Finding;
use crate::generate::run::InputKind;
use crate::lint::repository::Repository;
use crate::yaml::NodeRef;

/// `policy/no-source-files`, `policy/multi-document-name`
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for (_, root, generator) in repository.inputs(InputKind::PolicyGenTemplate) {
        let entries = root.get("spec").and_then(|spec| spec.get("sourceFiles"));
        if entries.is_none_or(|entries| entries.is_null() || entries.is_seq() && entries.items().next().is_none()) {
            findings.push(empty(root));
        }
        for entry in entries.into_iter().flat_map(NodeRef::items) {
            let Some(name) = entry.get("metadata").and_then(|metadata| metadata.get("name")) else { continue };
            let file_name = entry.get("fileName").and_then(NodeRef::text).unwrap_or_default();
            let Ok(source_cr) = generator.source_crs.get(file_name) else { continue };
            let documents = source_cr.documents();
            if let Ok(documents) = &*documents
                && documents.len() > 1
                && name.text().is_some_and(|name| !name.is_empty())
            {
                findings.push(shared_name(name, file_name, documents.len()));
            }
        }
    }
}

fn empty(root: NodeRef<'_>) -> Finding {
    let place = root.get("spec").and_then(|spec| spec.entries().next()).map_or(root, |(key, _)| key).place();
    Finding::warning("policy/no-source-files", "the PolicyGenTemplate has no sourceFiles")
        .at(place)
        .note("nothing is generated, and Argo CD prunes what it made before")
        .fix("list source CRs, or remove the file")
}

fn shared_name(name: NodeRef<'_>, file_name: &str, documents: usize) -> Finding {
    let fact = format!("all {documents} documents of {file_name:?} get this name");
    Finding::warning("policy/multi-document-name", fact)
        .at(name.place())
        .note("metadata is overlaid on every document of a source CR")
        .fix("copy the document that is meant into a file of its own in source-crs/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found_in, template};

    #[test]
    fn a_template_that_makes_nothing() {
        assert_eq!(found_in(check, &[("1.yaml", &template("t", "ns", "{a: b}", ""))]), ["policy/no-source-files 3"]);
        assert_eq!(found_in(check, &[("1.yaml", "kind: PolicyGenTemplate\n")]), ["policy/no-source-files 1"]);
    }

    #[test]
    fn one_name_for_two_documents() {
        let one = "kind: A\nmetadata: {name: a}\n";
        let run = |source: &str| {
            let entry = "{fileName: A.yaml, policyName: p, metadata: {\nname: b}}";
            found_in(check, &[("source-crs/A.yaml", source), ("1.yaml", &template("t", "ns", "{a: b}", entry))])
        };
        assert_eq!(run(&format!("{one}---\n{one}")), ["policy/multi-document-name 6"]);
        assert!(run(one).is_empty());
    }
}
