//! What is in a file, YAML or JSON, to recorded objects.

use serde_json::Value;

use super::Recorded;
use crate::yaml;

/// Adds the objects of a file; what cannot be read is told. Like kubectl it goes by the text and not by the ending.
pub(super) fn add(name: &str, content: Vec<u8>, recorded: &mut Recorded) {
    let content = match without_mark(name, content) {
        Ok(content) => content,
        Err(error) => return recorded.skip(format!("{name} is not text: {error}")),
    };
    if is_dense(&content) {
        return recorded.skip(format!("{name} holds hardly anything but commas and brackets, and was left out"));
    }
    let no_json = match is_json(name, &content).then(|| json(&content, recorded)) {
        Some(Ok(())) => return,
        Some(Err(error)) => Some(error),
        None => None,
    };
    match yaml::Source::from_bytes(name, content) {
        Ok(source) => yaml_text(name, &source, no_json, recorded),
        Err(error) => recorded.skip(format!("{name} is not text: {error}")),
    }
}

/// The text in UTF-8 without a byte order mark, which PowerShell writes.
fn without_mark(name: &str, content: Vec<u8>) -> Result<Vec<u8>, yaml::Error> {
    match content.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0xef, 0xbb, 0xbf, ..] => {
            yaml::Source::from_bytes(name, content).map(|source| source.text().as_bytes().to_vec())
        }
        _ => Ok(content),
    }
}

/// Whether a text would take far more memory than it is long: each value takes some 100 bytes. Objects of a hub have 10
/// bytes and more for each comma or bracket.
fn is_dense(content: &[u8]) -> bool {
    const LARGE: usize = 4 << 20;
    let count = |byte| memchr::memchr_iter(byte, content).count();
    content.len() > LARGE && b",[{".iter().map(|byte| count(*byte)).sum::<usize>() > content.len() / 4
}

fn is_json(name: &str, content: &[u8]) -> bool {
    let first = content.iter().find(|byte| !byte.is_ascii_whitespace());
    name.ends_with(".json") || first.is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// One value after the other, as kubectl takes them.
fn json(content: &[u8], recorded: &mut Recorded) -> Result<(), serde_json::Error> {
    let mut values = serde_json::Deserializer::from_slice(content).into_iter::<Value>();
    values.try_for_each(|value| value.map(|value| recorded.add(value)))
}

/// Adds the objects of YAML documents. `no_json`: what is wrong with the text as JSON, where it should be that; what is no
/// YAML either was meant as JSON.
fn yaml_text(name: &str, source: &yaml::Source, no_json: Option<serde_json::Error>, recorded: &mut Recorded) {
    let (mut has_object, mut wrong) = (false, Vec::new());
    for document in yaml::hub_documents(source) {
        let objects = document.map_or_else(|error| vec![Err(error)], |document| objects(&document));
        for object in objects {
            match object {
                Ok(object) => {
                    has_object |= object.is_array() || object["kind"].is_string();
                    recorded.add(object);
                }
                Err(error) => wrong.push(told(name, &error)),
            }
        }
    }
    match no_json {
        Some(error) if !has_object && !name.ends_with(".yaml") => recorded.skip(format!("{name} is not JSON: {error}")),
        _ => wrong.into_iter().for_each(|sentence| recorded.skip(sentence)),
    }
}

/// An error without the value that it is about, which may be a Secret's.
fn told(name: &str, error: &yaml::Error) -> String {
    let is_about_value = error.message.starts_with("cannot decode ");
    let message = if is_about_value { "a value does not fit its tag" } else { &error.message };
    format!("{name}:{}: {message}", error.place.line)
}

/// The objects of a document: one, or several that were put together without `---`, as by a loop of `oc get -o yaml`.
fn objects(document: &yaml::Document<'_>) -> Vec<Result<Value, yaml::Error>> {
    let Some(root) = document.root() else { return Vec::new() };
    let parts = parts(root);
    if parts.len() < 2 || !parts.iter().all(|part| ["apiVersion", "kind"].iter().all(|key| has(part, key))) {
        return vec![root.to_json()];
    }
    let mut limits = root.limits();
    let mut value = |node: &yaml::NodeRef<'_>| node.to_json_within(&mut limits);
    let object = |part: &Part<'_>| part.iter().map(|(key, node)| Ok(((*key).to_owned(), value(node)?))).collect();
    parts.iter().map(object).collect()
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
        assert_eq!(skipped[0], "a.yaml:9: a value does not fit its tag");
    }

    const A: &str = r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}"#;

    #[test]
    fn json_is_read_in_whatever_way_objects_follow_each_other() {
        let b = A.replace("\"a\"", "\"b\"");
        for text in [format!("{A}{b}"), format!("{A}\n{b}\n"), format!("{A}\n---\n{b}\n"), format!("[{A}, {b}]")] {
            for name in ["a.json", "a.yaml", "standard input"] {
                assert_eq!(names(name, text.as_bytes()), (vec!["a".to_owned(), "b".to_owned()], vec![]), "{text}");
            }
        }
        let flow = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}";
        assert_eq!(names("standard input", flow.as_bytes()).0, ["a"]);
        assert_eq!(names("a.yaml", b"{{ template }}: [").1, ["a.yaml:1: did not find expected node content"]);
        let (found, skipped) = names("a.json", format!("{A}\n{{\"kind\"").as_bytes());
        assert_eq!((found.join(" "), skipped.len()), ("a".to_owned(), 1));
        let told = "a.json is not JSON: expected value at line 1 column 1";
        assert_eq!(names("a.json", b"error: not logged in").1, [told]);
    }

    #[test]
    fn a_text_that_would_fill_the_memory_is_left_out() {
        let dense =
            format!("{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"data\": [{}0]}}", "0,".repeat(5 << 20));
        let (found, skipped) = names("a.json", dense.as_bytes());
        assert!(found.is_empty() && skipped[0].starts_with("a.json holds hardly anything but commas"), "{skipped:?}");
    }

    #[test]
    fn json_may_begin_with_a_mark_of_its_encoding() {
        let utf16: Vec<u8> = format!("\u{feff}{A}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(names("a.json", &utf16).0, ["a"]);
        assert_eq!(names("a.json", format!("\u{feff}{A}").as_bytes()).0, ["a"]);
    }

    #[test]
    fn a_key_that_is_only_written_twice_makes_no_second_object() {
        let text = "apiVersion: v1\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nmetadata: {name: b}\n";
        assert_eq!(names("a.yaml", text.as_bytes()).0, ["b"]);
    }
    #[test]
    fn the_parts_of_a_document_share_its_limits() {
        let parts = |repeated: usize| {
            let many = (0..repeated).map(|n| format!("k{n}: [{}]\n", "*a, ".repeat(40))).collect::<String>();
            let large = "x".repeat(1 << 20);
            let text = format!(
                "apiVersion: v1\nkind: A\nmetadata: {{name: a}}\nx: &a {large}\n{many}apiVersion: v1\nkind: B\n"
            );
            let mut recorded = Recorded::named("test");
            add("a.yaml", text.into_bytes(), &mut recorded);
            recorded.skipped().to_vec()
        };
        assert_eq!(parts(1), [""; 0]);
        assert!(parts(4)[0].ends_with("document contains excessive aliasing"));
    }
}
