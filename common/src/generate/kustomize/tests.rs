//! Whole trees in temporary folders; what they give was compared with `kubectl kustomize` of kustomize 5.5.

use std::path::Path;

use super::{Built, Disk, GeneratorInput, GeneratorPlugin, build};
use crate::finding::Finding;
use crate::generate::{Generated, Object};
use crate::yaml::{Value, documents};

/// Makes a ConfigMap that tells what the generator saw.
struct Echo;

impl GeneratorPlugin for Echo {
    fn generate(&self, input: &GeneratorInput<'_>) -> Option<Generated> {
        if input.kind == "Broken" {
            let place = documents(input.source).next()?.ok()?.root()?.get("spec")?.place();
            let findings = vec![Finding::error("test/broken", "it is broken").at(place)];
            return Some(Generated { objects: Vec::new(), findings });
        }
        let document = (input.kind == "Echo").then(|| documents(input.source).next()?.ok())??;
        let map = |entries: [(&str, Value); 2]| Value::Map(entries.into_iter().collect());
        let name = document.root()?.get("metadata")?.get("name")?.text()?;
        let seen = document.root()?.get("spec").and_then(|spec| spec.text()).unwrap_or_default();
        let folder = input.folder.file_name()?.to_str()?;
        let mut value = map([("kind", "ConfigMap".into()), ("apiVersion", "v1".into())]);
        let data = map([("seen", seen.into()), ("folder", folder.into())]);
        value.as_map_mut()?.insert("data", data);
        value.as_map_mut()?.insert("metadata", map([("name", name.into()), ("namespace", "ns".into())]));
        let object = Object { value, path: "x".into(), origin: input.source.name().clone() };
        Some(Generated { objects: vec![object], findings: Vec::new() })
    }
}

fn built(root: &Path, tree: &[(&str, &str)]) -> Built {
    for (path, text) in tree {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    build(&root.join("k"), &Echo, &Disk)
}

fn objects(tree: &[(&str, &str)]) -> Vec<Object> {
    let dir = tempfile::tempdir().unwrap();
    match built(dir.path(), tree) {
        Built::Native(generated) if !generated.failed() => generated.objects,
        other => panic!("{other:?}"),
    }
}

fn errors(tree: &[(&str, &str)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let Built::Native(generated) = built(dir.path(), tree) else { panic!("handed over") };
    assert!(generated.objects.is_empty());
    let root = dir.path().display().to_string();
    let line = |f: &Finding| {
        let place = f.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let fix = f.fix.as_deref().unwrap_or_default();
        format!("{place}: {} {fix}", f.fact).replace(&format!("{root}/"), "").trim_end().to_owned()
    };
    generated.findings.iter().map(line).collect()
}

const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

#[test]
fn a_generator_sees_numbers_as_kustomize_writes_them_and_its_own_folder() {
    let objects = objects(&[
        ("k/kustomization.yaml", "resources: [sub]\nnamePrefix: p-\n"),
        ("k/sub/kustomization.yaml", "generators: [g.yaml]\n"),
        ("k/sub/g.yaml", "apiVersion: t/v1\nkind: Echo\nmetadata: {name: e}\nspec: 4.10\n"),
    ]);
    let [object] = objects.as_slice() else { panic!("{objects:?}") };
    assert_eq!(object.name(), "p-e");
    assert_eq!(object.value.at(&["data", "seen"]), Some(&"4.1".into()));
    assert_eq!(object.value.at(&["data", "folder"]), Some(&"sub".into()));
}

#[test]
fn errors_of_a_generator_keep_their_place_in_the_users_file() {
    let errors = errors(&[
        ("k/kustomization.yaml", "generators: [g.yaml, other.yaml]\n"),
        ("k/g.yaml", "# one\n---\napiVersion: t/v1\nkind: Broken\nmetadata: {name: 1e3}\nspec: x\n"),
        ("k/other.yaml", "apiVersion: t/v1\nkind: Other\nmetadata: {name: o}\n"),
    ]);
    let expected = [
        "k/g.yaml:5:18: kustomize hands 1e3 to the generator as 1000 write '1e3' in quotes if it is meant as text",
        "k/g.yaml:6:7: it is broken",
        "k/other.yaml:1:1: there is no generator for t/v1 Other",
    ];
    assert_eq!(errors, expected);
}

#[test]
fn every_entry_is_tried_and_slips_are_named() {
    let errors = errors(&[
        ("k/kustomization.yaml", "resources:\n- a.yml\n- ../b.yaml\nnamePrefx: x\n"),
        ("k/a.yaml", CONFIG_MAP),
        ("b.yaml", CONFIG_MAP),
    ]);
    let expected = [
        "k/kustomization.yaml:4:1: kustomize has no field \"namePrefx\" here did you mean \"namePrefix\"?",
        "k/kustomization.yaml:2:3: cannot read k/a.yml: it is not there did you mean \"a.yaml\"?",
        "k/kustomization.yaml:3:3: the file b.yaml is not in or below k",
    ];
    assert_eq!(errors, expected);
}

#[test]
fn names_with_a_hash_are_followed_by_those_who_mention_them() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{name: v, configMap: {name: cm}}]}\n";
    let kustomization = "resources: [p.yaml]\nconfigMapGenerator: [{name: cm, literals: [a=<b>]}]\nnameSuffix: -s\n";
    let objects = objects(&[("k/kustomization.yaml", kustomization), ("k/p.yaml", pod)]);
    assert_eq!(objects[0].name(), "cm-s-9t52kmmgh5");
    let volumes = objects[1].value.at(&["spec", "volumes"]).and_then(Value::as_seq).unwrap();
    assert_eq!(volumes[0].at(&["configMap", "name"]), Some(&"cm-s-9t52kmmgh5".into()));
}

#[test]
fn a_component_changes_what_its_kustomization_has() {
    let component =
        "kind: Component\npatches:\n- target: {kind: ConfigMap}\n  patch: |\n    - {op: add, path: /x, value: 1}\n";
    let objects = objects(&[
        ("k/kustomization.yaml", "resources: [a.yaml]\ncomponents: [../c]\nnamespace: ns\n"),
        ("k/a.yaml", CONFIG_MAP),
        ("c/kustomization.yaml", component),
    ]);
    assert_eq!(objects[0].value.get("x"), Some(&Value::Int(1)));
    assert_eq!(objects[0].namespace(), "ns");
}

#[test]
fn what_is_not_applied_here_is_handed_over() {
    let dir = tempfile::tempdir().unwrap();
    let tree = [("k/kustomization.yaml", "resources: [https://example.com/base]\nhelmCharts: [{name: x}]\nvars: []\n")];
    let Built::Foreign(findings) = built(dir.path(), &tree) else { panic!("built") };
    let facts: Vec<_> = findings.iter().map(|f| f.fact.as_str()).collect();
    assert_eq!(
        facts,
        [
            "the field `helmCharts` needs the real kustomize",
            "the remote \"https://example.com/base\" needs the real kustomize"
        ]
    );
}
