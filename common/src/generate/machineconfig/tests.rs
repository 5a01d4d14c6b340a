use super::*;
use crate::yaml::Value;

fn value(json: &str) -> Value {
    from_json(&serde_json::from_str(json).unwrap())
}

fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Number(n) => n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap()), Value::Int),
        serde_json::Value::String(s) => Value::from(s.as_str()),
        serde_json::Value::Array(items) => Value::seq(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => Value::Map(map.iter().map(|(k, v)| (k.as_str(), from_json(v))).collect()),
    }
}

/// A MachineConfig of role master whose `spec` is given.
fn machine_config(name: &str, spec: &str) -> (String, Value) {
    let labels = r#"{"machineconfiguration.openshift.io/role": "master"}"#;
    let json =
        format!(r#"{{"kind": "MachineConfig", "metadata": {{"name": {name:?}, "labels": {labels}}}, "spec": {spec}}}"#);
    (format!("{name}.yaml"), value(&json))
}

fn ignition(name: &str, version: &str, rest: &str) -> (String, Value) {
    machine_config(name, &format!(r#"{{"config": {{"ignition": {{"version": "{version}"}}, {rest}}}}}"#))
}

fn config(merged: &Merged) -> &Value {
    merged.manifests.last().unwrap().1.at(&["spec", "config"]).unwrap()
}

fn messages(manifests: Vec<(String, Value)>) -> String {
    merge(manifests).unwrap_err().to_string()
}

#[test]
fn later_files_win_and_keep_the_place() {
    let merged = merge(vec![
        ignition("b", "3.2.0", r#""storage": {"files": [{"path": "/x", "mode": 420}]}"#),
        ignition(
            "a",
            "3.1.0",
            r#""storage": {"files": [{"path": "/x", "contents": {"source": "data:,1"}}, {"path": "/y"}]}"#,
        ),
    ]);
    let expected = value(
        r#"[{"path": "/x", "mode": 420, "overwrite": true, "contents": {"source": "data:,1"}},
            {"path": "/y", "overwrite": true}]"#,
    );
    assert_eq!(config(&merged.unwrap()).at(&["storage", "files"]), Some(&expected));
}

#[test]
fn a_file_takes_the_place_of_a_link() {
    let merged = merge(vec![
        ignition(
            "a",
            "3.2.0",
            r#""storage": {"links": [{"path": "/x", "target": "/y"}, {"path": "/l", "target": "/y"}]}"#,
        ),
        ignition("b", "3.2.0", r#""storage": {"files": [{"path": "/x"}]}"#),
    ]);
    let storage = value(r#"{"links": [{"path": "/l", "target": "/y"}], "files": [{"path": "/x", "overwrite": true}]}"#);
    assert_eq!(config(&merged.unwrap()).get("storage"), Some(&storage));
}

#[test]
fn other_kinds_stay_and_roles_are_apart() {
    let other = ("n.yaml".to_owned(), value(r#"{"kind": "Namespace"}"#));
    let worker = value(
        r#"{"kind": "MachineConfig", "metadata": {"name": "w",
            "labels": {"machineconfiguration.openshift.io/role": "worker"}}}"#,
    );
    let merged =
        merge(vec![("w.yaml".into(), worker), other.clone(), machine_config("m", r#"{"kernelArguments": ["a"]}"#)])
            .unwrap();
    let names: Vec<&str> = merged.manifests.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["n.yaml", "predefined-extra-manifests-master.yaml", "predefined-extra-manifests-worker.yaml"]);
    assert_eq!(merged.manifests[0], other);
    assert_eq!(merged.findings, []);
}

#[test]
fn arguments_of_ignition_come_last() {
    let kargs = r#""kernelArguments": {"shouldExist": ["x", "b"], "shouldNotExist": ["quiet"]}"#;
    let merged = merge(vec![
        ignition("a", "3.3.0", kargs),
        machine_config("b", r#"{"kernelArguments": ["b", "c"], "kernelType": "realtime", "fips": true}"#),
    ])
    .unwrap();
    let spec = merged.manifests[0].1.get("spec").unwrap();
    assert_eq!(spec.get("kernelArguments"), Some(&value(r#"["b", "c", "x"]"#)));
    assert_eq!(spec.get("kernelType"), Some(&Value::from("realtime")));
    assert_eq!(spec.get("fips"), Some(&Value::Bool(true)));
    assert_eq!(merged.findings[0].id, "siteconfig/merge-lost-arguments");
}

#[test]
fn what_trimming_changes_is_told() {
    let units = r#""systemd": {"units": [{"name": "v.service", "enabled": false}]}"#;
    let merged = merge(vec![ignition("a", "3.2.0", units)]).unwrap();
    assert_eq!(config(&merged).at(&["systemd", "units"]), Some(&value(r#"[{"name": "v.service"}]"#)));
    let expected = "merging the MachineConfigs of role \"master\" loses systemd.units[v.service].enabled: false";
    assert_eq!(merged.findings[0].fact, expected);
}

#[test]
fn all_problems_of_all_files_are_told() {
    let text = messages(vec![
        ignition("a", "3.2.0", r#""storage": {"files": [{"path": "x"}, {"path": "/y", "mode": "420"}]}"#),
        ignition("b", "3.2.0", r#""storage": {"files": [{"path": "/x"}, {"path": "/x"}, {"path": "/y/"}]}"#),
        ignition("c", "3.9.0", r#""storage": {}"#),
    ]);
    assert!(text.contains("a.yaml: spec.config.storage.files[1].mode: this is a text, not a whole number"), "{text}");
    assert!(text.contains("b.yaml: spec.config.storage.files[1]: duplicate entry defined"), "{text}");
    assert!(text.contains("b.yaml: spec.config.storage.files[2].path: path is not fully simplified"), "{text}");
    assert!(text.contains("c.yaml: spec.config.ignition.version: version 3.9.0 is not supported"), "{text}");
}

#[test]
fn spec_2_is_reduced_and_converted() {
    let files = r#""storage": {"files": [
        {"filesystem": "root", "path": "/a", "contents": {"source": "data:,1"}},
        {"filesystem": "root", "path": "/b", "contents": {"source": "data:,b"}},
        {"filesystem": "root", "path": "/a", "contents": {"source": "data:,2"}, "mode": 384}]},
        "systemd": {"units": [{"name": "u.service", "enable": true}]}"#;
    let merged = merge(vec![ignition("a", "2.2.0", files)]).unwrap();
    let expected = value(
        r#"{"ignition": {"version": "3.2.0"},
            "storage": {"files": [
              {"path": "/a", "contents": {"source": "data:,2"}, "mode": 384, "overwrite": true},
              {"path": "/b", "contents": {"source": "data:,b"}, "overwrite": true}]},
            "systemd": {"units": [{"name": "u.service", "enabled": true}]}}"#,
    );
    assert_eq!(config(&merged), &expected);
}
