//! Renamed resources are followed by those that mention them.
//!
//! Copied from kustomize api 0.18 `filters/nameref/nameref.go` and `internal/accumulator/namereferencetransformer.go`.

use std::collections::HashMap;

use super::field_spec::FieldSpec;
use super::id::Id;
use super::name_reference_table::{NameReference, name_references};
use super::resource::Resource;
use super::resources::Resources;
use crate::yaml::Value;

/// What is known of a renamed resource when it is looked for.
struct Renamed {
    id: Id,
    /// As written, not the effective one.
    namespace: String,
    first_namespace: Option<String>,
    previous: Vec<Id>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

/// Who is asking.
struct Referrer {
    id: Id,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    role: Option<(String, String)>,
    subject_namespaces: Vec<String>,
}

/// Updates all references to resources whose name or namespace changed.
///
/// # Errors
/// Several renamed resources could be meant.
pub fn follow(resources: &mut Resources) -> Result<(), String> {
    let renamed: Vec<Renamed> = resources.iter().filter(|r| !r.previous.is_empty()).map(renamed).collect();
    if renamed.is_empty() {
        return Ok(());
    }
    let mut by_name: HashMap<String, Vec<&Renamed>> = HashMap::new();
    for candidate in &renamed {
        let mut names: Vec<_> = candidate.previous.iter().map(|id| &id.name).collect();
        names.sort();
        names.dedup();
        names.into_iter().for_each(|name| by_name.entry(name.clone()).or_default().push(candidate));
    }
    let table = name_references();
    for resource in resources.list_mut() {
        let gvk = resource.original_id().gvk;
        for reference in &table {
            for spec in reference.referrers.iter().filter(|spec| spec.selects(&gvk)) {
                update(resource, spec, reference, &by_name)?;
            }
        }
    }
    Ok(())
}

fn renamed(resource: &Resource) -> Renamed {
    Renamed {
        id: resource.id(),
        namespace: resource.namespace().into(),
        first_namespace: resource.original_id().namespace,
        previous: resource.previous_ids().collect(),
        prefixes: resource.prefixes.clone(),
        suffixes: resource.suffixes.clone(),
    }
}

fn referrer(resource: &Resource) -> Referrer {
    let role = |key| resource.value.at(&["roleRef", key]).and_then(Value::as_str);
    let subjects = resource.value.get("subjects").and_then(Value::as_seq).unwrap_or_default();
    let accounts = subjects.iter().filter(|s| s.get("kind").and_then(Value::as_str) == Some("ServiceAccount"));
    let namespaces = accounts.filter_map(|s| s.get("namespace").and_then(Value::as_str).map(str::to_owned));
    Referrer {
        id: resource.id(),
        prefixes: resource.prefixes.clone(),
        suffixes: resource.suffixes.clone(),
        role: role("apiGroup").zip(role("kind")).map(|(g, k)| (g.to_owned(), k.to_owned())),
        subject_namespaces: if resource.kind() == "RoleBinding" { namespaces.collect() } else { Vec::new() },
    }
}

fn update(
    resource: &mut Resource,
    spec: &FieldSpec,
    reference: &NameReference,
    by_name: &HashMap<String, Vec<&Renamed>>,
) -> Result<(), String> {
    let referrer = referrer(resource);
    let choose = |name: &str, namespace: Option<&str>| {
        let candidates = by_name.get(name).map_or(&[][..], Vec::as_slice);
        choose(name, namespace, candidates, reference, spec, &referrer)
    };
    spec.visit(&mut resource.value, None, &mut |field| set(field, &choose, Items::Entered))
        .map_err(|e| format!("{}: {e}", referrer.id))
}

#[derive(Clone, Copy, PartialEq)]
enum Items {
    Entered,
    Refused,
}

type Choose<'c> = dyn Fn(&str, Option<&str>) -> Result<Option<(String, String)>, String> + 'c;

fn set(field: &mut Value, choose: &Choose<'_>, items: Items) -> Result<(), String> {
    match field {
        Value::Seq(_) if items == Items::Entered => {
            field.as_seq_mut().into_iter().flatten().try_for_each(|item| set(item, choose, Items::Refused))
        }
        Value::Str(name) => {
            if let Some((new, _)) = choose(name, None)? {
                *field = Value::from(new);
            }
            Ok(())
        }
        Value::Map(map) => {
            let Some(name) = map.get("name").and_then(Value::as_str) else {
                return Err("a reference without `name`".into());
            };
            let found = choose(name, Some(map.get("namespace").and_then(Value::as_str).unwrap_or_default()))?;
            if let Some((name, namespace)) = found {
                map.insert("name", name);
                if !namespace.is_empty() {
                    map.insert("namespace", namespace);
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// New name and namespace of what a name means. `namespace`: `None` for a bare name, "" for a map without one.
fn choose(
    name: &str,
    namespace: Option<&str>,
    candidates: &[&Renamed],
    reference: &NameReference,
    spec: &FieldSpec,
    referrer: &Referrer,
) -> Result<Option<(String, String)>, String> {
    let mut left: Vec<&Renamed> = candidates.iter().copied().filter(|c| reachable(c, referrer)).collect();
    if let Some(given) = namespace.filter(|n| !n.is_empty()) {
        let first: Vec<_> = left.iter().copied().filter(|c| c.first_namespace.as_deref() == Some(given)).collect();
        left = match first.is_empty() {
            false => first,
            true => left.into_iter().filter(|c| c.id.namespace.as_deref() == Some(given)).collect(),
        };
    }
    left.retain(|c| c.previous.iter().any(|p| p.gvk.is_selected(reference.group, reference.version, reference.kind)));
    if let (true, Some((group, kind))) = (spec.path.ends_with("roleRef/name"), &referrer.role) {
        left.retain(|c| c.previous.iter().any(|p| p.gvk.is_selected(group, "", kind)));
    }
    left.retain(|c| {
        let free = referrer.id.namespace.is_none() || c.id.namespace.is_none() || c.id.gvk.kind == "ServiceAccount";
        free || c.id.namespace == referrer.id.namespace
    });
    if left.len() != 1 {
        left.retain(|c| ends_match(c, referrer, true));
    }
    if left.len() > 1 {
        left.retain(|c| ends_match(c, referrer, false));
    }
    let Some(first) = left.first() else { return Ok(None) };
    let same = |c: &&Renamed| c.id.name == first.id.name && (namespace.is_none() || c.namespace == first.namespace);
    if !left.iter().all(same) {
        let names: Vec<_> = left.iter().map(|c| c.id.to_string()).collect();
        return Err(format!("{name:?} may mean any of {}", names.join(", ")));
    }
    Ok(Some((first.id.name.clone(), first.namespace.clone())))
}

/// What a resource may refer to: cluster-scoped things, its own namespace, and namespaces of its subjects.
fn reachable(candidate: &Renamed, referrer: &Referrer) -> bool {
    referrer.id.namespace.is_none()
        || candidate.id.namespace.is_none()
        || candidate.id.namespace == referrer.id.namespace
        || referrer.subject_namespaces.contains(&candidate.namespace)
}

/// Whether the shorter list of prefixes and suffixes ends the longer one.
fn ends_match(candidate: &Renamed, referrer: &Referrer, empty_fits: bool) -> bool {
    let fits = |a: &[String], b: &[String]| {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        match short.is_empty() {
            true => empty_fits || long.is_empty(),
            false => long.ends_with(short),
        }
    };
    fits(&candidate.prefixes, &referrer.prefixes) && fits(&candidate.suffixes, &referrer.suffixes)
}
