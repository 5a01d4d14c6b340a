//! What is in a file, YAML or JSON, to recorded objects.

use serde_json::Value;

use super::Recorded;
use crate::yaml;

/// Adds the objects of a file; what cannot be read is told.
pub(super) fn add(name: &str, content: Vec<u8>, recorded: &mut Recorded) {
    if name.ends_with(".json") {
        return json(name, &content, recorded);
    }
    match yaml::Source::from_bytes(name, content) {
        Ok(source) => yaml_text(name, &source, recorded),
        Err(error) => recorded.skip(format!("{name} is not text: {error}")),
    }
}

pub(super) fn json(name: &str, content: &[u8], recorded: &mut Recorded) {
    match serde_json::from_slice::<Value>(content) {
        Ok(object) => recorded.add(object),
        Err(error) => recorded.skip(format!("{name} is not JSON: {error}")),
    }
}

fn yaml_text(name: &str, source: &yaml::Source, recorded: &mut Recorded) {
    let told = |error: &yaml::Error| format!("{name}:{}: {error}", error.place.line);
    for document in yaml::hub_documents(source) {
        match document {
            Ok(document) => objects(&document).into_iter().for_each(|object| match object {
                Ok(object) => recorded.add(object),
                Err(error) => recorded.skip(told(&error)),
            }),
            Err(error) => recorded.skip(told(&error)),
        }
    }
}

/// The objects of a document: one, or several that were put together without `---`, as by a loop of `oc get -o yaml`.
fn objects(document: &yaml::Document<'_>) -> Vec<Result<Value, yaml::Error>> {
    let Some(root) = document.root() else { return Vec::new() };
    let parts = parts(root);
    if parts.len() < 2 || !parts.iter().all(|part| ["apiVersion", "kind"].iter().all(|key| has(part, key))) {
        return vec![root.to_json()];
    }
    parts
        .iter()
        .map(|part| part.iter().map(|(key, value)| Ok(((*key).to_owned(), value.to_json()?))).collect())
        .collect()
}

/// Keys and values of an object.
type Part<'d> = Vec<(&'d str, yaml::NodeRef<'d>)>;

/// The root map, taken apart where what every object has once is there again.
fn parts(root: yaml::NodeRef<'_>) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (key, value) in root.entries() {
        let key = key.text().unwrap_or_default();
        let begins = |part: &Part<'_>| matches!(key, "apiVersion" | "kind") && has(part, key);
        match parts.last_mut().filter(|part| !begins(part)) {
            Some(part) => part.push((key, value)),
            None => parts.push(vec![(key, value)]),
        }
    }
    parts
}

fn has(part: &Part<'_>, wanted: &str) -> bool {
    part.iter().any(|(key, _)| *key == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::{Inventory, Query};
    use crate::resource::Resource;

    fn names(name: &str, content: &[u8]) -> (Vec<String>, Vec<String>) {
        let mut recorded = Recorded::named("test");
        add(name, content.to_vec(), &mut recorded);
        let mut names = Vec::new();
        let mut visit = |object: &Value| names.push(object["metadata"]["name"].as_str().unwrap().to_owned());
        recorded.each(&Query::all(Resource::CONFIG_MAP), &mut visit).unwrap();
        (names, recorded.skipped().to_vec())
    }

    #[test]
    fn yaml_objects_and_lists_put_together_without_a_line_between_are_all_read() {
        let list = |name: &str| {
            format!(
                "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {{name: {name}}}\nkind: List\n"
            )
        };
        let object = |name: &str| format!("kind: ConfigMap\napiVersion: v1\nmetadata: {{name: {name}}}\n");
        let text = format!("{}{}{}---\n{}", list("a"), object("b"), list("c"), object("d"));
        assert_eq!(names("a.yaml", text.as_bytes()).0, ["a", "b", "c", "d"]);
        let broken = text.replace("{name: b}", "{name: !!int b}");
        let (found, skipped) = names("a.yaml", broken.as_bytes());
        assert_eq!((found.join(" "), skipped.len()), ("a c d".to_owned(), 1));
        assert!(skipped[0].starts_with("a.yaml:9:"), "{skipped:?}");
    }

    #[test]
    fn a_key_that_is_only_written_twice_makes_no_second_object() {
        let text = "apiVersion: v1\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nmetadata: {name: b}\n";
        assert_eq!(names("a.yaml", text.as_bytes()).0, ["b"]);
    }
}
