//! Strategic merge patches as kustomize applies them.
//!
//! Copied from kyaml 0.18 `yaml/merge2` and `yaml/walk` with lists increased in front: maps merge, null deletes, lists
//! are replaced unless the schema merges them, `$patch: delete`, `replace` and `merge` direct maps, items and lists.

use super::merge_keys::{Field, Type, field};
use super::resource::scalar_text;
use crate::yaml::{Map, Value};

/// Lists and maps deeper than this are refused.
const MAX_DEPTH: usize = 200;

#[derive(Clone, Copy, PartialEq)]
enum Directive {
    Merge,
    Replace,
    Delete,
}

/// `dest` with the patch applied; `None` when the patch deletes it. `of` is the type of the resource, if it has a
/// schema.
///
/// # Errors
/// A map meets a list or scalar, or a `$patch` directive is unknown.
pub fn apply(dest: &Value, patch: &Value, of: Option<Type>) -> Result<Option<Value>, String> {
    merge(Some(dest), Some(patch), Field { name: "", of: of.unwrap_or_default(), merged_by: None }, 0)
}

fn present(value: Option<&Value>) -> Option<&Value> {
    value.filter(|v| !v.is_null())
}

fn merge(dest: Option<&Value>, patch: Option<&Value>, schema: Field, depth: usize) -> Result<Option<Value>, String> {
    if depth > MAX_DEPTH {
        return Err("the patch is nested too deeply".into());
    }
    let Some(first) = present(dest).or(present(patch)) else {
        // An old null stays; a null of the patch has nothing to delete.
        return Ok(dest.filter(|_| patch.is_none()).cloned());
    };
    let both = [present(dest), present(patch)].into_iter().flatten();
    match first {
        Value::Map(_) => {
            same_kind(both, first, |v| matches!(v, Value::Map(_)))?;
            merge_maps(dest, patch, schema, depth)
        }
        Value::Seq(_) => {
            same_kind(both, first, |v| matches!(v, Value::Seq(_)))?;
            match schema.merged_by {
                Some(keys) => merge_lists(dest, patch, keys, schema, depth),
                None => Ok(patch.or(dest).filter(|v| !v.is_null()).cloned()),
            }
        }
        _ => {
            same_kind(both, first, |v| !matches!(v, Value::Map(_) | Value::Seq(_)))?;
            Ok(patch.or(dest).filter(|v| !v.is_null()).cloned())
        }
    }
}

fn same_kind<'v>(
    mut both: impl Iterator<Item = &'v Value>,
    first: &Value,
    fits: fn(&Value) -> bool,
) -> Result<(), String> {
    match both.find(|v| !fits(v)) {
        Some(other) => Err(format!("the patch has {} where the resource has {}", other.type_name(), first.type_name())),
        None => Ok(()),
    }
}

fn merge_maps(
    dest: Option<&Value>,
    patch: Option<&Value>,
    schema: Field,
    depth: usize,
) -> Result<Option<Value>, String> {
    if dest.is_some() && patch.is_some_and(Value::is_null) {
        return Ok(None);
    }
    let empty = Map::new();
    let mut patch = patch.and_then(Value::as_map).unwrap_or(&empty).clone();
    let mut merged = match (map_directive(&mut patch)?, present(dest).and_then(Value::as_map)) {
        (Directive::Delete, _) => return Ok(None),
        (Directive::Merge, Some(dest)) => dest.clone(),
        (Directive::Merge | Directive::Replace, _) => Map::new(),
    };
    for (key, value) in &patch {
        let name = key.as_str().unwrap_or_default();
        let below = field(schema.of, name).unwrap_or(Field { name: "", of: "", merged_by: None });
        let result = merge(merged.get_key(key), Some(value), below, depth + 1)
            .map_err(|e| if e.starts_with('.') { format!(".{name}{e}") } else { format!(".{name}: {e}") })?;
        match result {
            Some(value) => merged.insert_key(key.clone(), value),
            None => merged.retain(|k, _| k != key),
        }
    }
    Ok(Some(Value::Map(merged)))
}

/// Reads and takes out the `$patch` directive.
fn map_directive(patch: &mut Map) -> Result<Directive, String> {
    let Some(directive) = patch.get("$patch") else { return Ok(Directive::Merge) };
    let parsed = match directive.as_str() {
        Some("merge") => Directive::Merge,
        Some("replace") => Directive::Replace,
        Some("delete") => Directive::Delete,
        _ => return Err("unknown `$patch` directive; use merge, replace or delete".into()),
    };
    patch.remove("$patch");
    Ok(parsed)
}

/// A list is directed by an item that has nothing but `$patch`.
fn list_directive(items: &mut Vec<Value>) -> Result<Directive, String> {
    let alone = |v: &Value| v.as_map().filter(|m| m.len() == 1 && m.contains("$patch")).cloned();
    let Some(mut directive) = items.iter().find_map(alone) else { return Ok(Directive::Merge) };
    items.retain(|v| alone(v).is_none());
    map_directive(&mut directive)
}

fn merge_lists(
    dest: Option<&Value>,
    patch: Option<&Value>,
    keys: &[&str],
    schema: Field,
    depth: usize,
) -> Result<Option<Value>, String> {
    if dest.is_some() && patch.is_some_and(Value::is_null) {
        return Ok(None);
    }
    let items = |v: Option<&Value>| v.and_then(Value::as_seq).unwrap_or_default().to_vec();
    let mut patch = items(patch);
    let dest = match list_directive(&mut patch)? {
        Directive::Delete => return Ok(None),
        Directive::Replace => Vec::new(),
        Directive::Merge => items(dest),
    };
    if keys.is_empty() {
        let mut union = Vec::new();
        for item in patch.into_iter().chain(dest) {
            if !union.contains(&item) {
                union.push(item);
            }
        }
        return Ok(Some(Value::seq(union)));
    }
    let item_schema = Field { name: "", of: schema.of, merged_by: None };
    let mut left: Vec<Option<Value>> = dest.into_iter().map(Some).collect();
    let mut merged = Vec::new();
    let keys = used_keys(keys, patch.iter().chain(left.iter().flatten()));
    for item in &patch {
        let old =
            left.iter_mut().find(|d| d.as_ref().is_some_and(|d| same_item(d, item, &keys))).and_then(Option::take);
        match old {
            // Merging an item that is to replace another one keeps the other one, in kustomize 5.5 too.
            Some(old) if item.get("$patch").and_then(Value::as_str) == Some("replace") => merged.push(old),
            old => merged.extend(merge(old.as_ref(), Some(item), item_schema, depth + 1)?),
        }
    }
    merged.extend(left.into_iter().flatten());
    Ok(Some(Value::seq(merged)))
}

/// Keys that at least one item has; all when none has any.
fn used_keys<'k, 'v>(keys: &[&'k str], items: impl Iterator<Item = &'v Value> + Clone) -> Vec<&'k str> {
    let used: Vec<&str> = keys.iter().filter(|k| items.clone().any(|v| v.get(k).is_some())).copied().collect();
    if used.is_empty() { keys.to_vec() } else { used }
}

/// Equal in every key both have, and at least in one.
fn same_item(a: &Value, b: &Value, keys: &[&str]) -> bool {
    let text = |v: &Value, key: &str| v.get(key).and_then(scalar_text);
    let mut common = false;
    for key in keys {
        match (text(a, key), text(b, key)) {
            (Some(a), Some(b)) if a == b => common = true,
            (Some(_), Some(_)) => return false,
            _ => {}
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Map(entries.into_iter().collect())
    }

    #[test]
    fn null_deletes_and_lists_without_schema_are_replaced() {
        let dest = map([("a", Value::Int(1)), ("l", Value::seq(vec![1.into(), 2.into()]))]);
        let patch = map([("a", Value::Null), ("l", Value::seq(vec![3.into()])), ("n", map([("x", Value::Null)]))]);
        let expected = map([("l", Value::seq(vec![3.into()])), ("n", map([]))]);
        assert_eq!(apply(&dest, &patch, None), Ok(Some(expected)));
    }

    #[test]
    fn containers_merge_by_name_with_the_patched_first() {
        let pod = |containers| map([("spec", map([("containers", Value::seq(containers))]))]);
        let named = |name: &str| ("name", Value::from(name));
        let dest = pod(vec![map([named("a")]), map([named("b"), ("image", "x".into())])]);
        let patch = pod(vec![map([named("b"), ("tty", true.into())]), map([named("a"), ("$patch", "delete".into())])]);
        let expected = pod(vec![map([named("b"), ("image", "x".into()), ("tty", true.into())])]);
        assert_eq!(apply(&dest, &patch, Some("Pod")), Ok(Some(expected)));
    }

    #[test]
    fn a_directive_replaces_a_map_or_deletes_the_resource() {
        let dest = map([("a", map([("x", Value::Int(1))]))]);
        let replace = map([("a", map([("$patch", "replace".into()), ("y", Value::Int(2))]))]);
        assert_eq!(apply(&dest, &replace, None), Ok(Some(map([("a", map([("y", Value::Int(2))]))]))));
        assert_eq!(apply(&dest, &map([("$patch", "delete".into())]), None), Ok(None));
        assert!(apply(&dest, &map([("a", Value::Int(1))]), None).is_err());
    }
}
