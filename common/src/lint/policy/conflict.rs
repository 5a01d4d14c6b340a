//! One object that policies of a cluster want in two different ways.

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};
use crate::yaml::{Value, emit};

/// Deeper values are not compared.
const DEPTH: usize = 32;

/// `policy/conflicting-object`. Parts of an object may come from several policies; only a field with two values is a
/// conflict. Lists are left out, since musthave merges them; so are policies without a wave, which are steps that
/// somebody rolls out one after the other, such as the stages of an ImageBasedUpgrade.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut compared = HashSet::new();
    for scope in fleet.scopes() {
        let mut first: HashMap<[&str; 4], &Cr<'_>> = HashMap::new();
        for cr in fleet.crs(&scope).filter(|cr| cr.is_demanded() && cr.wave.is_some() && !cr.name().is_empty()) {
            let identity = [cr.text(&["apiVersion"]), cr.kind(), cr.namespace(), cr.name()];
            let known = *first.entry(identity).or_insert(cr);
            if std::ptr::eq(known, cr) || !compared.insert((std::ptr::from_ref(known), std::ptr::from_ref(cr))) {
                continue;
            }
            if let Some((path, one, two)) = difference(known.value, cr.value, &mut Vec::new()) {
                findings.push(finding(known, cr, &path, (&one, &two)));
            }
        }
    }
}

fn finding(known: &Cr<'_>, cr: &Cr<'_>, path: &[String], (one, two): (&str, &str)) -> Finding {
    let keys: Vec<&str> = path.iter().map(String::as_str).collect();
    let fact = format!("{} is wanted with two values of {}: {one} and {two}", cr.shown(), path.join("."));
    Finding::warning("policy/conflicting-object", fact)
        .at(cr.place_of(&keys))
        .note(format!("policy {:?} wants {one} ({})", known.policy, known.place_of(&keys)))
        .note(format!("policy {:?} wants {two}; enforced together, each undoes the other", cr.policy))
        .fix("set the field in one of them, or give the object another name")
}

fn difference(one: &Value, two: &Value, path: &mut Vec<String>) -> Option<(Vec<String>, String, String)> {
    match (one, two) {
        (Value::Map(one), Value::Map(two)) if path.len() < DEPTH => one.iter().find_map(|(key, value)| {
            let key = key.as_str()?;
            // What the object's state should be may change on the way.
            if path.is_empty() && key == "status" {
                return None;
            }
            path.push(key.to_owned());
            let found = two.get(key).and_then(|other| difference(value, other, path));
            path.pop();
            found
        }),
        (Value::Map(_) | Value::Seq(_), _) | (_, Value::Map(_) | Value::Seq(_)) => None,
        _ if one == two || is_template(one) || is_template(two) => None,
        _ => Some((path.clone(), shown(one), shown(two))),
    }
}

fn is_template(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains("{{") || text.starts_with('$'))
}

fn shown(value: &Value) -> String {
    let text = emit::to_string(value);
    match text.trim() {
        short if short.chars().count() <= 40 && !short.contains('\n') => short.to_owned(),
        _ => "a longer text".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, site, template};

    #[test]
    fn two_policies_of_a_cluster_disagree() {
        let cr = (
            "source-crs/A.yaml",
            "kind: A\nmetadata: {name: a, annotations: {ran.openshift.io/ztp-deploy-wave: \"1\"}}\nspec: {x: 1}\n",
        );
        let entry = |x| format!("{{fileName: A.yaml, policyName: p, spec: {{\n x: {x}}}}}");
        let (one, two) = (template("t", "ns", "{a: b}", &entry(1)), template("u", "ns", "{c: d}", &entry(2)));
        let both = site("s", "{a: b, c: d}", "");
        let apart = site("s", "{a: b}", "");
        let files = [cr, ("1.yaml", &*one), ("2.yaml", &*two)];
        assert_eq!(found(check, &[&files[..], &[("s.yaml", &*both)]].concat()), ["policy/conflicting-object 6"]);
        assert!(found(check, &[&files[..], &[("s.yaml", &*apart)]].concat()).is_empty());
    }
}
