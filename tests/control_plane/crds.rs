//! The custom resources that a hub and its clusters serve. Ours say what a kind is called, whether it lives in
//! namespaces and whether its status is kept apart; `spec` and `status` take anything. The real definitions are used in
//! their place where they are at hand: in `ZTP_CRDS=FOLDER`, else in `../shared/crds` beside the repository.
//!
//! ImageBasedUpgrade and its neighbours have rules of their own, because commands are tested against their refusals.

use std::path::PathBuf;

use serde_json::{Map, Value, json};
use ztp_common::yaml::{Source, documents};

const KINDS: &str = include_str!("kinds.txt");

/// All definitions, the real ones where there are any.
pub fn all() -> Vec<Value> {
    let real = folder();
    let ours = KINDS.lines().filter(|line| !line.starts_with('#')).filter_map(definition);
    ours.map(|ours| real.as_ref().and_then(|folder| read(folder, &ours)).unwrap_or(ours)).collect()
}

fn folder() -> Option<PathBuf> {
    match std::env::var_os("ZTP_CRDS") {
        Some(folder) if folder.is_empty() => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(crate::workspace().join("../shared/crds")).filter(|folder| folder.is_dir()),
    }
}

/// The real definition of the same name, from a file of that name.
fn read(folder: &std::path::Path, ours: &Value) -> Option<Value> {
    let name = ours["metadata"]["name"].as_str()?;
    let (plural, group) = name.split_once('.')?;
    let files = [format!("{name}.yaml"), format!("{group}_{plural}.yaml")];
    let text = files.iter().find_map(|file| std::fs::read_to_string(folder.join(file)).ok())?;
    let source = Source::from_text(name, text);
    let document = documents(&source).find_map(Result::ok)?;
    let mut real = document.root()?.to_json().ok()?;
    // What the server fills in, and refuses to be told.
    if let Some(real) = real.as_object_mut() {
        real.remove("status");
    }
    Some(real)
}

fn definition(line: &str) -> Option<Value> {
    let mut words = line.split_whitespace();
    let mut word = || words.next();
    let (group, version, kind, plural, scope, status) = (word()?, word()?, word()?, word()?, word()?, word()?);
    let short: Vec<&str> = word().into_iter().collect();
    let subresources = if status == "status" { json!({"status": {}}) } else { json!({}) };
    Some(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {
            "name": format!("{plural}.{group}"),
            // Some groups end in k8s.io or are guarded in other ways on a real server; ours never are.
            "labels": {"made-for": "tests"},
        },
        "spec": {
            "group": group, "scope": scope,
            "names": {
                "kind": kind, "listKind": format!("{kind}List"), "plural": plural,
                "singular": kind.to_lowercase(), "shortNames": short,
            },
            "versions": [{
                "name": version, "served": true, "storage": true, "subresources": subresources,
                "schema": {"openAPIV3Schema": schema(kind)},
            }],
        },
    }))
}

fn schema(kind: &str) -> Value {
    match kind {
        "ImageBasedUpgrade" => image_based_upgrade(),
        "SeedGenerator" => {
            let mut rules = vec![singleton("seedgen", "seedimage")];
            rules.push(rule("self.spec == oldSelf.spec", "cannot modify spec, cr must be deleted and recreated"));
            object(json!({"seedImage": text(), "recertImage": text()}), anything(), rules)
        }
        "IPConfig" => object(anything(), anything(), vec![singleton("ipconfig", "ipconfig")]),
        _ => json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}),
    }
}

/// ImageBasedUpgrade with the rules of `lca:api/imagebasedupgrade/v1/types.go` (4.20), in our words.
fn image_based_upgrade() -> Value {
    let references = json!({"type": "array", "items": {
        "type": "object", "required": ["name", "namespace"], "properties": {"name": text(), "namespace": text()},
    }});
    let spec = json!({
        "stage": {"type": "string", "enum": ["Idle", "Prep", "Upgrade", "Rollback"]},
        "seedImageRef": {"type": "object", "properties": {
            "version": text(),
            "image": {"type": "string", "minLength": 1, "pattern": r"^([a-z0-9]+://)?[\S]+$"},
            "pullSecretRef": {"type": "object", "required": ["name"], "properties": {"name": text()}},
        }},
        "oadpContent": references, "extraManifests": references,
        "autoRollbackOnFailure": {"type": "object", "properties": {
            "initMonitorTimeoutSeconds": {"type": "integer", "minimum": 0},
        }},
    });
    let status = json!({
        "type": "object", "x-kubernetes-preserve-unknown-fields": true,
        "properties": {
            "validNextStages": {"type": "array", "maxItems": 8, "items": text()},
            "conditions": {"type": "array", "maxItems": 32, "items": {
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                "properties": {"type": text(), "status": text()},
            }},
        },
    });
    let mut rules = vec![singleton("ibu", "upgrade")];
    for field in ["seedImageRef", "oadpContent", "extraManifests", "autoRollbackOnFailure"] {
        rules.push(unchanged_in_progress(field));
    }
    rules.push(rule(
        "!has(oldSelf.status) || (has(oldSelf.spec.stage) ? oldSelf.spec.stage : '') == (has(self.spec.stage) ? self.spec.stage : '') \
         || (has(oldSelf.status.validNextStages) && has(self.spec.stage) && self.spec.stage in oldSelf.status.validNextStages)",
        "the stage transition is not permitted. Please refer to status.validNextStages for valid transitions. If \
         status.validNextStages is not present, it indicates that no transitions are currently allowed",
    ));
    object(spec, status, rules)
}

/// A field that stays as it is outside `Idle`.
fn unchanged_in_progress(field: &str) -> Value {
    let idle_before = "(has(oldSelf.status.conditions) && oldSelf.status.conditions.exists(c, has(c.type) && \
                       c.type == 'Idle' && has(c.status) && c.status == 'True'))";
    let idle_after = "(has(self.spec.stage) && self.spec.stage == 'Idle')";
    let same = format!(
        "(has(self.spec.{field}) == has(oldSelf.spec.{field}) && (!has(self.spec.{field}) || self.spec.{field} == oldSelf.spec.{field}))"
    );
    rule(
        &format!("!has(oldSelf.status) || {idle_before} || {idle_after} || {same}"),
        &format!("can not change spec.{field} while ibu is in progress"),
    )
}

fn singleton(short: &str, name: &str) -> Value {
    rule(&format!("self.metadata.name == '{name}'"), &format!("{short} is a singleton, metadata.name must be '{name}'"))
}

fn rule(rule: &str, message: &str) -> Value {
    json!({"rule": rule, "message": message})
}

fn text() -> Value {
    json!({"type": "string", "maxLength": 4096})
}

fn anything() -> Value {
    json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true})
}

/// A schema with a `spec`, given whole or by its fields, a `status` and rules about both.
fn object(spec: Value, status: Value, rules: Vec<Value>) -> Value {
    let fields: Map<String, Value> = match spec {
        Value::Object(fields) if !fields.contains_key("type") => fields,
        _ => Map::new(),
    };
    let spec = if fields.is_empty() { anything() } else { json!({"type": "object", "properties": fields}) };
    json!({
        "type": "object",
        "properties": {"metadata": {"type": "object"}, "spec": spec, "status": status},
        "x-kubernetes-validations": rules,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_definition() {
        let lines = KINDS.lines().filter(|line| !line.starts_with('#')).count();
        let made: Vec<Value> = KINDS.lines().filter(|line| !line.starts_with('#')).filter_map(definition).collect();
        assert_eq!(made.len(), lines);
        assert!(made.iter().all(|crd| crd["spec"]["names"]["plural"].as_str().unwrap().ends_with('s')));
    }
}
