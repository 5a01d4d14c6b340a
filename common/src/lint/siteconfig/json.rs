//! JSON inside of texts, with the position of what is wrong with it.

use serde_json::Value;

use super::site::{clusters, text};
use crate::finding::Finding;
use crate::lint::repository::Repository;
use crate::yaml::{NodeRef, Place, Span};

const OVERRIDES: &str = "siteconfig/install-config-overrides";

/// What a text must hold.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Object,
    List,
}

/// `siteconfig/bad-json`; and says the position in what the generator says about installConfigOverrides.
pub fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    for cluster in clusters(repository) {
        if let Some((value, node)) = text(cluster.node, "installConfigOverrides") {
            explain(value, node, findings);
        }
        one(cluster.node, "ignitionConfigOverride", Wanted::Object, findings);
        for host in &cluster.hosts {
            one(*host, "ignitionConfigOverride", Wanted::Object, findings);
            one(*host, "installerArgs", Wanted::List, findings);
        }
    }
}

fn one(owner: NodeRef<'_>, name: &str, wanted: Wanted, findings: &mut Vec<Finding>) {
    let Some((value, node)) = text(owner, name) else { return };
    let fix = match wanted {
        Wanted::Object => "write one JSON object",
        Wanted::List => "write one JSON list of texts, such as [\"--append-karg\", \"quiet\"]",
    };
    let finding = |fact: String| Finding::warning("siteconfig/bad-json", fact).fix(fix);
    match serde_json::from_str::<Value>(value) {
        Err(error) => findings.push(finding(format!("{name} is no JSON: {error}")).at(place(value, node, &error))),
        Ok(Value::Object(_)) if wanted == Wanted::Object => {}
        Ok(Value::Array(_)) if wanted == Wanted::List => {}
        Ok(_) => findings.push(finding(format!("{name} is not the kind of JSON that belongs here")).at(node.place())),
    }
}

/// Moves the generator's finding to the spot inside of the text.
fn explain(value: &str, node: NodeRef<'_>, findings: &mut [Finding]) {
    let Err(error) = serde_json::from_str::<Value>(value) else { return };
    let source = node.document().source();
    // The generator points at the key, which may be on the line before the value.
    let end = node.place().line;
    let belongs = |f: &&mut Finding| {
        let near = |p: &Place| p.file == *source.name() && p.line <= end && p.line + 1 >= end;
        f.id == OVERRIDES && f.place.as_ref().is_some_and(near)
    };
    if let Some(finding) = findings.iter_mut().find(belongs) {
        finding.notes.push(format!("the JSON is wrong there: {error}"));
        finding.place = Some(place(value, node, &error));
    }
}

/// Where an error inside of a text stands in the file, as far as the text is written as it is.
fn place(value: &str, node: NodeRef<'_>, error: &serde_json::Error) -> Place {
    let source = node.document().source();
    let before: usize = value.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = (before + error.column().saturating_sub(1)).min(value.len().saturating_sub(1));
    let own = node.target().span();
    match source.slice(own).find(value) {
        Some(at) => {
            let start = own.start + (at + offset) as u32;
            source.place(Span { start, end: start + 1 })
        }
        None => node.place(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::found;
    use super::*;

    const HEAD: &str =
        "kind: SiteConfig\nspec:\n  clusters:\n    - clusterName: a\n      nodes:\n        - role: master\n";

    #[test]
    fn broken_json_is_found() {
        let text = format!("{HEAD}          installerArgs: '{{}}'\n          ignitionConfigOverride: '{{\"a\": }}'\n");
        assert_eq!(found(check, &text), [("siteconfig/bad-json", 8), ("siteconfig/bad-json", 7)]);
        let text =
            format!("{HEAD}          installerArgs: '[\"--append-karg\"]'\n          ignitionConfigOverride: '{{}}'\n");
        assert_eq!(found(check, &text), []);
    }

    #[test]
    fn the_place_is_inside_of_the_text() {
        let source = crate::yaml::Source::from_text("a.yaml", "a: '{\"b\": }'\n");
        let document = crate::yaml::documents(&source).next().unwrap().unwrap();
        let node = document.root().unwrap().get("a").unwrap();
        let value = node.text().unwrap();
        let error = serde_json::from_str::<Value>(value).unwrap_err();
        assert_eq!(place(value, node, &error).to_string(), "a.yaml:1:11");
    }
}
