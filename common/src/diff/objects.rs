//! Objects of two sides, matched by the identity under which Argo CD and a policy know them: API group, kind,
//! namespace and name. An object that went and one that came are a rename when most of what they say is equal.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use super::fields::key_text;
use crate::yaml::Value;

/// How much of two objects must be equal for one to be the other's new name, in percent of their fields.
const ALIKE: usize = 70;
/// More objects of one kind than this are matched as renames only when their content is equal.
const MANY: usize = 200;

/// The identity of an object; the version of its API is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Identity {
    /// API group; "" for the core group.
    pub group: String,
    /// Kind.
    pub kind: String,
    /// Namespace; "" for none.
    pub namespace: String,
    /// Name.
    pub name: String,
}

impl Identity {
    /// The identity that a document claims.
    pub fn of(value: &Value) -> Self {
        let text = |path: &[&str]| value.at(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            group: text(&["apiVersion"]).rsplit_once('/').map(|(group, _)| group.to_owned()).unwrap_or_default(),
            kind: text(&["kind"]),
            namespace: text(&["metadata", "namespace"]),
            name: text(&["metadata", "name"]),
        }
    }

    /// `namespace/name`, or the name alone.
    pub fn full_name(&self) -> String {
        match self.namespace.as_str() {
            "" => self.name.clone(),
            namespace => format!("{namespace}/{}", self.name),
        }
    }
}

/// What became of one object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pair<T> {
    /// Only the new side has it.
    Added(T),
    /// Only the old side has it.
    Removed(T),
    /// Both have it, with different content.
    Changed(T, T),
    /// It is there under another identity.
    Renamed(T, T),
}

/// Matches the objects of two sides; equal ones are left out. In the order of the identities.
pub fn pairs<'v, T: Copy>(old: &[T], new: &[T], value: impl Fn(T) -> &'v Value) -> Vec<Pair<T>> {
    let index = |side: &[T]| -> BTreeMap<Identity, T> { side.iter().map(|&o| (Identity::of(value(o)), o)).collect() };
    let (old, new) = (index(old), index(new));
    let mut found: Vec<(Identity, Pair<T>)> = Vec::new();
    let mut gone: BTreeMap<(String, String), Vec<(Identity, T)>> = BTreeMap::new();
    let mut came = gone.clone();
    for (identity, &object) in &old {
        match new.get(identity) {
            Some(&other) if value(object) == value(other) => {}
            Some(&other) => found.push((identity.clone(), Pair::Changed(object, other))),
            None => list(&mut gone, identity, object),
        }
    }
    new.iter().filter(|(identity, _)| !old.contains_key(identity)).for_each(|(i, &o)| list(&mut came, i, o));
    for (kind, mut gone) in gone {
        let mut came = came.remove(&kind).unwrap_or_default();
        for (identity, pair) in renames(&mut gone, &mut came, &value) {
            found.push((identity, pair));
        }
        found.extend(gone.into_iter().map(|(identity, object)| (identity, Pair::Removed(object))));
        found.extend(came.into_iter().map(|(identity, object)| (identity, Pair::Added(object))));
    }
    found.extend(came.into_values().flatten().map(|(identity, object)| (identity, Pair::Added(object))));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, pair)| pair).collect()
}

fn list<T>(of: &mut BTreeMap<(String, String), Vec<(Identity, T)>>, identity: &Identity, object: T) {
    of.entry((identity.group.clone(), identity.kind.clone())).or_default().push((identity.clone(), object));
}

/// Takes the renamed objects out of both lists: those of equal content first, then the most alike.
fn renames<'v, T: Copy>(
    gone: &mut Vec<(Identity, T)>,
    came: &mut Vec<(Identity, T)>,
    value: &impl Fn(T) -> &'v Value,
) -> Vec<(Identity, Pair<T>)> {
    let prints = |side: &[(Identity, T)]| -> Vec<HashSet<u64>> {
        side.iter().map(|(identity, object)| print(value(*object), &identity.name)).collect()
    };
    let (old, new) = (prints(gone), prints(came));
    let mut candidates = Vec::new();
    let mut exact: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
    for (j, set) in new.iter().enumerate() {
        exact.entry(sorted(set)).or_default().push(j);
    }
    for (i, set) in old.iter().enumerate() {
        if gone.len() > MANY || came.len() > MANY {
            candidates.extend(exact.get(&sorted(set)).into_iter().flatten().take(1).map(|&j| (100, i, j)));
        } else {
            let likeness =
                |other: &HashSet<u64>| 200 * set.intersection(other).count() / (set.len() + other.len()).max(1);
            candidates.extend(new.iter().enumerate().map(|(j, o)| (likeness(o), i, j)).filter(|c| c.0 >= ALIKE));
        }
    }
    candidates.sort_by_key(|&(likeness, i, j)| (std::cmp::Reverse(likeness), i, j));
    let (mut taken_old, mut taken_new, mut found) = (HashSet::new(), HashSet::new(), Vec::new());
    for (_, i, j) in candidates {
        if taken_old.contains(&i) || taken_new.contains(&j) {
            continue;
        }
        if let (Some((_, before)), Some((identity, after))) = (gone.get(i), came.get(j)) {
            found.push((identity.clone(), Pair::Renamed(*before, *after)));
            taken_old.insert(i);
            taken_new.insert(j);
        }
    }
    let mut at = 0..;
    gone.retain(|_| at.next().is_some_and(|i| !taken_old.contains(&i)));
    let mut at = 0..;
    came.retain(|_| at.next().is_some_and(|j| !taken_new.contains(&j)));
    found
}

fn sorted(set: &HashSet<u64>) -> Vec<u64> {
    let mut list: Vec<u64> = set.iter().copied().collect();
    list.sort_unstable();
    list
}

/// A number for every field and its value, without the name itself wherever it is part of a text.
fn print(value: &Value, name: &str) -> HashSet<u64> {
    let mut found = HashSet::new();
    leaves(value, name, 0, &mut Vec::new(), &mut found);
    found
}

fn leaves(value: &Value, name: &str, depth: usize, path: &mut Vec<u64>, found: &mut HashSet<u64>) {
    let number = |text: &str| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    };
    match value {
        Value::Map(map) if depth < 500 => {
            for (key, value) in map {
                let key = key_text(key);
                // A new place alone makes no other object.
                if depth == 1 && (key == "namespace" || key == "name") && path.first() == Some(&number("metadata")) {
                    continue;
                }
                path.push(number(&key));
                leaves(value, name, depth + 1, path, found);
                path.pop();
            }
        }
        Value::Seq(items) if depth < 500 => items.iter().for_each(|v| leaves(v, name, depth + 1, path, found)),
        other => {
            let mut hasher = DefaultHasher::new();
            path.hash(&mut hasher);
            match other.as_str().filter(|text| !name.is_empty() && text.contains(name)) {
                Some(text) => text.replace(name, "\0").hash(&mut hasher),
                None => format!("{other:?}").hash(&mut hasher),
            }
            found.insert(hasher.finish());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Source, documents};

    fn side(text: &str) -> Vec<Value> {
        let source = Source::from_text("", text);
        documents(&source).map(|d| d.unwrap().root().unwrap().to_value().unwrap()).collect()
    }

    fn kinds(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (side(old), side(new));
        let (old, new): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
        let name = |v: &Value| Identity::of(v).full_name();
        let tell = |pair| match pair {
            Pair::Added(a) => format!("+{}", name(a)),
            Pair::Removed(a) => format!("-{}", name(a)),
            Pair::Changed(a, _) => format!("~{}", name(a)),
            Pair::Renamed(a, b) => format!("{}>{}", name(a), name(b)),
        };
        pairs(&old, &new, |v| v).into_iter().map(tell).collect()
    }

    #[test]
    fn the_version_of_an_api_is_no_part_of_an_identity() {
        let old = "{apiVersion: g/v1, kind: A, metadata: {name: a}}";
        assert_eq!(kinds(old, "{apiVersion: g/v2, kind: A, metadata: {name: a}}"), ["~a"]);
        let other = kinds(old, "{apiVersion: h/v1, kind: A, metadata: {name: a}}");
        assert_eq!(other, ["-a", "+a"]);
    }

    #[test]
    fn what_is_mostly_equal_was_renamed() {
        let object = |name: &str, x: u8| {
            format!(
                "{{apiVersion: g/v1, kind: A, metadata: {{name: {name}, namespace: n}}, spec: {{a: 1, b: 2, c: 3, \
                     d: 4, ref: {name}-x, x: {x}}}}}\n"
            )
        };
        assert_eq!(kinds(&object("old", 1), &object("new", 2)), ["n/old>n/new"]);
        let unlike = "{apiVersion: g/v1, kind: A, metadata: {name: new}, spec: {q: 1}}";
        assert_eq!(kinds(&object("old", 1), unlike), ["+new", "-n/old"]);
    }
}
