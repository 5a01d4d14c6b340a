//! Paths into resources, as kustomize's built-in configuration writes them.
//!
//! Copied from kustomize api 0.18 `filters/fieldspec/fieldspec.go`: lists on the way are entered whether or not the
//! path says `[]`, null ends the walk, and what is missing may be made.

use std::borrow::Cow;

use super::id::Gvk;
use crate::yaml::{Map, Value};

/// Which field of which kinds.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSpec {
    pub group: Cow<'static, str>,
    pub version: Cow<'static, str>,
    pub kind: Cow<'static, str>,
    /// Parts with `/` between; a slash inside a part is written `\/`.
    pub path: Cow<'static, str>,
    /// Whether the field is made when missing.
    pub create: bool,
}

impl FieldSpec {
    /// A field of the built-in tables.
    pub const fn of(group: &'static str, version: &'static str, kind: &'static str, path: &'static str) -> Self {
        let (group, version) = (Cow::Borrowed(group), Cow::Borrowed(version));
        Self { group, version, kind: Cow::Borrowed(kind), path: Cow::Borrowed(path), create: false }
    }

    /// The same, made when missing.
    pub const fn made(group: &'static str, version: &'static str, kind: &'static str, path: &'static str) -> Self {
        let (group, version) = (Cow::Borrowed(group), Cow::Borrowed(version));
        Self { group, version, kind: Cow::Borrowed(kind), path: Cow::Borrowed(path), create: true }
    }

    pub fn selects(&self, gvk: &Gvk) -> bool {
        gvk.is_selected(&self.group, &self.version, &self.kind)
    }

    fn parts(&self) -> Vec<String> {
        self.path.replace("\\/", "\0").split('/').map(|part| part.replace('\0', "/")).collect()
    }

    /// Calls `set` on every place of the field in a resource. `make` is what a missing last part starts as; `None`
    /// leaves missing fields missing.
    pub fn visit(
        &self,
        resource: &mut Value,
        make: Option<&Value>,
        set: &mut dyn FnMut(&mut Value) -> Result<(), String>,
    ) -> Result<(), String> {
        let make = make.filter(|_| self.create);
        walk(resource, &self.parts(), make, set).map_err(|e| format!("field {}: {e}", self.path))
    }
}

fn walk(
    value: &mut Value,
    path: &[String],
    make: Option<&Value>,
    set: &mut dyn FnMut(&mut Value) -> Result<(), String>,
) -> Result<(), String> {
    let Some((first, rest)) = path.split_first() else { return set(value) };
    match value {
        Value::Null => Ok(()),
        Value::Seq(_) => value.as_seq_mut().into_iter().flatten().try_for_each(|item| walk(item, path, make, set)),
        Value::Map(map) => {
            let field = first.strip_suffix("[]");
            let make_field = make.filter(|_| field.is_none());
            let field = field.unwrap_or(first);
            if map.get(field).is_none_or(Value::is_null) {
                let Some(last) = make_field else { return Ok(()) };
                map.insert(field, if rest.is_empty() { last.clone() } else { Value::Map(Map::new()) });
            }
            map.get_mut(field).map_or(Ok(()), |next| walk(next, rest, make, set))
        }
        other => Err(format!("{} stands where a list or map is needed", other.type_name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_entered_and_missing_maps_made() {
        let spec = FieldSpec::made("", "", "", "a/b/c");
        let mut value =
            Value::Map([("a", Value::seq(vec![Value::Map(Map::new()), Value::Null]))].into_iter().collect());
        spec.visit(&mut value, Some(&Value::from("")), &mut |v| {
            *v = Value::from("x");
            Ok(())
        })
        .unwrap();
        let first = value.get("a").and_then(Value::as_seq).and_then(<[Value]>::first).unwrap();
        assert_eq!(first.at(&["b", "c"]), Some(&Value::from("x")));
    }
}
