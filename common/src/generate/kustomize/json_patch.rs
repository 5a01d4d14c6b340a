//! JSON patches (RFC 6902) with the leniency of the library kustomize uses.
//!
//! Copied from evanphx/json-patch 4.12 (`patch.go`): a negative index counts from the end, `add` makes no parents, a
//! missing `value` is null, `replace` adds missing keys, `remove` needs what it names.

use crate::yaml::Value;

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    Add(Pointer, Value),
    Replace(Pointer, Value),
    Remove(Pointer),
    Move(Pointer, Pointer),
    Copy(Pointer, Pointer),
    Test(Pointer, Value),
}

/// A path such as `/spec/x~1y/0`, decoded; empty for the whole resource.
pub type Pointer = Vec<String>;

/// Reads the operations of a patch.
///
/// # Errors
/// It is not a list of operations, or one lacks a part.
pub fn parse(patch: &Value) -> Result<Vec<Operation>, String> {
    let items = patch.as_seq().ok_or("a JSON patch is a list of operations")?;
    items.iter().enumerate().map(|(i, item)| operation(item).map_err(|e| format!("operation {}: {e}", i + 1))).collect()
}

fn operation(item: &Value) -> Result<Operation, String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str).ok_or_else(|| format!("`{key}` is missing"));
    let path = pointer(text("path")?)?;
    let value = || item.get("value").cloned().unwrap_or_default();
    Ok(match text("op")? {
        "add" => Operation::Add(path, value()),
        "replace" => Operation::Replace(path, value()),
        "remove" => Operation::Remove(path),
        "move" => Operation::Move(pointer(text("from")?)?, path),
        "copy" => Operation::Copy(pointer(text("from")?)?, path),
        "test" => Operation::Test(path, value()),
        other => return Err(format!("unknown `op` {other:?}; use add, remove, replace, move, copy or test")),
    })
}

fn pointer(text: &str) -> Result<Pointer, String> {
    match text.strip_prefix('/') {
        Some(rest) => Ok(rest.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()),
        None if text.is_empty() => Ok(Vec::new()),
        None => Err(format!("the path {text:?} does not begin with `/`")),
    }
}

/// Applies the operations in order.
///
/// # Errors
/// An operation names something that is not there, or a test fails.
pub fn apply(resource: &mut Value, operations: &[Operation]) -> Result<(), String> {
    operations.iter().try_for_each(|operation| match operation {
        Operation::Add(path, value) => add(resource, path, value.clone()),
        Operation::Replace(path, value) => replace(resource, path, value.clone()),
        Operation::Remove(path) => remove(resource, path).map(drop),
        Operation::Move(from, path) => {
            let value = remove(resource, from)?;
            add(resource, path, value)
        }
        Operation::Copy(from, path) => {
            let value = existing(resource, from)?.clone();
            add(resource, path, value)
        }
        Operation::Test(path, value) => {
            let found = find(resource, path).cloned().unwrap_or_default();
            let equal = same(&found, value);
            if equal { Ok(()) } else { Err(format!("the test of {} failed: the value is different", show(path))) }
        }
    })
}

/// Equality as JSON has it: 1 and 1.0 are one number.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Float(f), Value::Int(i)) | (Value::Int(i), Value::Float(f)) => *f == *i as f64,
        (Value::Seq(a), Value::Seq(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get_key(k).is_some_and(|w| same(v, w)))
        }
        _ => a == b,
    }
}

fn show(path: &[String]) -> String {
    path.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The place of an index in a list; negative ones count from the end.
fn index(text: &str, len: usize) -> Option<usize> {
    let given: i64 = text.parse().ok()?;
    let at = if given < 0 { given.checked_add(i64::try_from(len).ok()?)? } else { given };
    usize::try_from(at).ok()
}

fn find<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, part| match value {
        Value::Map(map) => map.get(part),
        Value::Seq(items) => items.get(index(part, items.len())?),
        _ => None,
    })
}

fn find_mut<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, part| match value {
        Value::Map(map) => map.get_mut(part),
        Value::Seq(_) => {
            let items = value.as_seq_mut()?;
            let at = index(part, items.len())?;
            items.get_mut(at)
        }
        _ => None,
    })
}

fn existing<'v>(value: &'v mut Value, path: &[String]) -> Result<&'v mut Value, String> {
    find_mut(value, path).ok_or_else(|| format!("there is no {} in the resource", show(path)))
}

fn add(resource: &mut Value, path: &[String], value: Value) -> Result<(), String> {
    let Some((last, parent)) = path.split_last() else {
        *resource = value;
        return Ok(());
    };
    match existing(resource, parent)? {
        Value::Map(map) => map.insert(last.as_str(), value),
        list @ Value::Seq(_) => {
            let items = list.as_seq_mut().ok_or("not a list")?;
            let at = if last == "-" {
                Some(items.len())
            } else {
                index(last, items.len() + 1).filter(|at| *at <= items.len())
            };
            items.insert(at.ok_or_else(|| format!("{} is not a place in that list", show(path)))?, value);
        }
        other => return Err(format!("{} cannot be added below {}", show(path), other.type_name())),
    }
    Ok(())
}

/// In a map the same as `add`; in a list the item must be there.
fn replace(resource: &mut Value, path: &[String], value: Value) -> Result<(), String> {
    if let Some((last, parent)) = path.split_last()
        && let Value::Map(map) = existing(resource, parent)?
    {
        map.insert(last.as_str(), value);
        return Ok(());
    }
    *existing(resource, path)? = value;
    Ok(())
}

fn remove(resource: &mut Value, path: &[String]) -> Result<Value, String> {
    let missing = || format!("there is no {} in the resource to remove", show(path));
    let (last, parent) = path.split_last().ok_or("the whole resource cannot be removed by a JSON patch")?;
    match find_mut(resource, parent).ok_or_else(missing)? {
        Value::Map(map) => map.remove(last).ok_or_else(missing),
        list => {
            let items = list.as_seq_mut().ok_or_else(missing)?;
            let at = index(last, items.len()).filter(|at| *at < items.len()).ok_or_else(missing)?;
            Ok(items.remove(at))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Map(entries.into_iter().collect())
    }

    fn op<const N: usize>(entries: [(&str, Value); N]) -> Result<Vec<Operation>, String> {
        parse(&Value::seq(vec![map(entries)]))
    }

    #[test]
    fn lists_take_a_dash_and_negative_places() {
        let mut value = map([("l", Value::seq(vec![1.into(), 2.into()]))]);
        let add = |path: &str| op([("op", "add".into()), ("path", path.into()), ("value", 9.into())]).unwrap();
        apply(&mut value, &add("/l/-")).unwrap();
        apply(&mut value, &add("/l/0")).unwrap();
        apply(&mut value, &op([("op", "remove".into()), ("path", "/l/-2".into())]).unwrap()).unwrap();
        assert_eq!(value, map([("l", Value::seq(vec![9.into(), 1.into(), 9.into()]))]));
        assert!(apply(&mut value, &add("/l/7")).is_err());
    }

    #[test]
    fn escaped_parts_and_missing_parents() {
        let mut value = map([("a", map([]))]);
        let add = |path: &str| op([("op", "add".into()), ("path", path.into()), ("value", "v".into())]).unwrap();
        apply(&mut value, &add("/a/x.io~1y")).unwrap();
        assert_eq!(value.at(&["a", "x.io/y"]), Some(&Value::from("v")));
        let error = apply(&mut value, &add("/b/c")).unwrap_err();
        assert_eq!(error, "there is no /b in the resource");
    }
}
