//! How a `sourceFiles` entry changes a source CR: `getCustomResource` and `setValues` of the PolicyGenTemplate
//! generator 4.20 (`policyBuilder.go`).
//!
//! Only the maps on the way to a change are copied; everything else stays shared with the source CR.

use crate::yaml::{Map, Value};

/// The parts of a CR that an entry may overlay, in the order they are merged.
pub const SECTIONS: [&str; 5] = ["spec", "data", "status", "binaryData", "stringData"];

/// What an entry says about the CR.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// `metadata.name`; "" keeps that of the source.
    pub name: String,
    /// `metadata.namespace`; "" keeps that of the source.
    pub namespace: String,
    /// `metadata.labels`.
    pub labels: Map,
    /// `metadata.annotations`.
    pub annotations: Map,
    /// The [`SECTIONS`]; `None` when missing or null.
    pub sections: [Option<Map>; 5],
}

/// Two parts that do not fit together (where the upstream generator panics).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{at} is {found} in {side}, where {wanted}", at = .path.join("."))]
pub struct Mismatch {
    /// The way to it, such as `spec`, `items`, `0`.
    pub path: Vec<String>,
    /// What is there.
    pub found: &'static str,
    /// Where it is.
    pub side: Side,
    /// What the other side asks for.
    pub wanted: &'static str,
}

/// Which of the two files a mismatch is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The file in source-crs.
    Source,
    /// The entry of the PolicyGenTemplate.
    Overlay,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Source => "the source CR",
            Self::Overlay => "the overlay",
        })
    }
}

/// Removes what the generator removes from every source CR: empty texts and placeholders at the top of each section.
///
/// # Errors
/// A section is not a map with text keys.
pub fn clean(cr: &mut Map) -> Result<(), Mismatch> {
    SECTIONS.iter().try_for_each(|key| merge_section(cr, key, None, &mut vec![]))
}

impl Overlay {
    /// Whether it names anything in `metadata`.
    pub fn touches_metadata(&self) -> bool {
        !(self.name.is_empty() && self.namespace.is_empty() && self.labels.is_empty() && self.annotations.is_empty())
    }

    /// Whether the sections are changed that cannot be changed in a source file of several documents.
    pub fn changes_sections(&self) -> Option<&'static str> {
        let changed = |i: usize| self.sections[i].as_ref().is_some_and(|section| !section.is_empty());
        (0..3).find(|i| changed(*i)).map(|i| SECTIONS[i])
    }

    /// Merges the overlay into a CR that [`clean`] has seen.
    ///
    /// # Errors
    /// A part is a map on one side and something else on the other.
    pub fn apply(&self, cr: &mut Map) -> Result<(), Mismatch> {
        if self.touches_metadata() {
            let path = &mut vec!["metadata".to_owned()];
            let metadata = text_map_mut(cr.get_mut("metadata"), path)?;
            if !self.name.is_empty() {
                metadata.insert("name", self.name.as_str());
            }
            if !self.namespace.is_empty() {
                metadata.insert("namespace", self.namespace.as_str());
            }
            for (key, overlay) in [("labels", &self.labels), ("annotations", &self.annotations)] {
                if !overlay.is_empty() {
                    merge_section(metadata, key, Some(overlay), path)?;
                }
            }
        }
        let given = SECTIONS.iter().zip(&self.sections).filter_map(|(key, overlay)| Some((key, overlay.as_ref()?)));
        for (key, overlay) in given {
            merge_section(cr, key, Some(overlay), &mut vec![])?;
        }
        Ok(())
    }
}

/// Merges one part, which starts empty when the CR has none.
fn merge_section(parent: &mut Map, key: &str, overlay: Option<&Map>, path: &mut Vec<String>) -> Result<(), Mismatch> {
    let empty = Map::new();
    match (parent.get(key), overlay) {
        (None | Some(Value::Null), None) => return Ok(()),
        (None | Some(Value::Null), Some(_)) => parent.insert(key, Map::new()),
        (Some(Value::Map(map)), None) if has_text_keys(map) && !map.iter().any(|(_, v)| is_placeholder(v)) => {
            return Ok(());
        }
        _ => {}
    }
    path.push(key.to_owned());
    merge(text_map_mut(parent.get_mut(key), path)?, overlay.unwrap_or(&empty), path)?;
    path.pop();
    Ok(())
}

/// `setValues`: the overlay's values over those of the source, both maps with text keys.
fn merge(source: &mut Map, overlay: &Map, path: &mut Vec<String>) -> Result<(), Mismatch> {
    if source.iter().any(|(key, value)| is_placeholder(value) && given(overlay, key).is_none()) {
        source.retain(|key, value| !is_placeholder(value) || given(overlay, key).is_some());
    }
    for (key, value) in overlay {
        let Value::Str(name) = key else { continue };
        if value.is_null() && source.contains(name) {
            continue;
        }
        match source.get_mut(name) {
            Some(old) => {
                path.push(name.to_string());
                merge_value(old, value, path)?;
                path.pop();
            }
            None => source.insert(name.clone(), value.clone()),
        }
    }
    Ok(())
}

fn merge_value(source: &mut Value, overlay: &Value, path: &mut Vec<String>) -> Result<(), Mismatch> {
    match source {
        Value::Map(_) => {
            let overlay = text_map(Some(overlay), Side::Overlay, path)?;
            merge(text_map_mut(Some(source), path)?, overlay, path)
        }
        Value::Seq(items) if matches!(items.first(), Some(Value::Map(_))) => {
            let Some(overlay) = overlay.as_seq() else {
                let wanted = "the source CR has a list of maps";
                return Err(Mismatch { path: path.clone(), found: overlay.type_name(), side: Side::Overlay, wanted });
            };
            merge_list(source, overlay, path)
        }
        _ => {
            *source = overlay.clone();
            Ok(())
        }
    }
}

/// Element by element; what one side has more of stays or is appended.
fn merge_list(source: &mut Value, overlay: &[Value], path: &mut Vec<String>) -> Result<(), Mismatch> {
    let length = source.as_seq().map_or(0, <[Value]>::len);
    for i in 0..length.max(overlay.len()) {
        path.push(i.to_string());
        if i < length {
            text_map(source.as_seq().and_then(|items| items.get(i)), Side::Source, path)?;
        }
        if i < overlay.len() {
            text_map(overlay.get(i), Side::Overlay, path)?;
        }
        path.pop();
    }
    if overlay.is_empty() {
        return Ok(());
    }
    let Some(items) = source.as_seq_mut() else { return Ok(()) };
    for (i, overlay) in overlay.iter().enumerate() {
        path.push(i.to_string());
        match (items.get_mut(i), overlay) {
            (Some(Value::Map(old)), Value::Map(overlay)) => merge(old, overlay, path)?,
            _ => items.push(overlay.clone()),
        }
        path.pop();
    }
    Ok(())
}

/// What the generator takes for a value that somebody should have filled in.
pub fn is_placeholder(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.is_empty() || text.starts_with('$'))
}

fn given<'m>(overlay: &'m Map, key: &Value) -> Option<&'m Value> {
    overlay.get(key.as_str()?).filter(|value| !value.is_null())
}

fn has_text_keys(map: &Map) -> bool {
    map.iter().all(|(key, _)| matches!(key, Value::Str(_)))
}

fn text_map<'v>(value: Option<&'v Value>, side: Side, path: &[String]) -> Result<&'v Map, Mismatch> {
    let other = match side {
        Side::Source => "the overlay can only enter a map",
        Side::Overlay => "the source CR has a map",
    };
    match value {
        Some(Value::Map(map)) if has_text_keys(map) => Ok(map),
        Some(Value::Map(_)) => Err(Mismatch {
            path: path.to_vec(),
            found: "a map with keys that are not text",
            side,
            wanted: "a merge needs text keys",
        }),
        value => {
            Err(Mismatch { path: path.to_vec(), found: value.map_or("missing", Value::type_name), side, wanted: other })
        }
    }
}

fn text_map_mut<'v>(value: Option<&'v mut Value>, path: &[String]) -> Result<&'v mut Map, Mismatch> {
    text_map(value.as_deref(), Side::Source, path)?;
    match value {
        Some(Value::Map(map)) => Ok(map),
        _ => Err(Mismatch { path: path.to_vec(), found: "missing", side: Side::Source, wanted: "a map is needed" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, Value)]) -> Map {
        entries.iter().map(|(k, v)| (*k, v.clone())).collect()
    }

    fn merged(source: &[(&str, Value)], overlay: &[(&str, Value)]) -> Result<Map, Mismatch> {
        let mut result = map(source);
        merge(&mut result, &map(overlay), &mut vec![]).map(|()| result)
    }

    #[test]
    fn placeholders_go_where_the_merge_enters() {
        let inner = Value::Map(map(&[("keep", "".into()), ("n", Value::Int(1))]));
        let source = [("empty", "".into()), ("dollar", "$x".into()), ("inner", inner.clone())];
        let stays = merged(&source, &[("new", "$y".into())]).unwrap();
        assert_eq!(stays, map(&[("inner", inner), ("new", "$y".into())]));
        let entered = merged(&source, &[("inner", Value::Map(Map::new()))]).unwrap();
        assert_eq!(entered, map(&[("inner", Value::Map(map(&[("n", Value::Int(1))])))]));
    }

    #[test]
    fn null_keeps_a_value_and_empties_a_placeholder() {
        let result =
            merged(&[("a", "x".into()), ("b", "$b".into())], &[("a", Value::Null), ("b", Value::Null)]).unwrap();
        assert_eq!(result, map(&[("a", "x".into()), ("b", Value::Null)]));
    }

    #[test]
    fn lists_of_maps_merge_by_index_and_others_are_replaced() {
        let one = |k: &str| Value::Map(map(&[(k, Value::Int(1))]));
        let maps = |items: &[&str]| Value::seq(items.iter().map(|k| one(k)).collect());
        let result = merged(&[("l", maps(&["a"]))], &[("l", maps(&["b", "c"]))]).unwrap();
        let both = Value::Map(map(&[("a", Value::Int(1)), ("b", Value::Int(1))]));
        assert_eq!(result.get("l"), Some(&Value::seq(vec![both, one("c")])));
        let scalars = merged(&[("l", Value::seq(vec!["a".into()]))], &[("l", Value::seq(vec![]))]).unwrap();
        assert_eq!(scalars.get("l"), Some(&Value::seq(vec![])));
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_path() {
        let source = [("l", Value::seq(vec![Value::Map(Map::new())]))];
        let error = merged(&source, &[("l", "text".into())]).unwrap_err();
        assert_eq!(error.to_string(), "l is a text in the overlay, where the source CR has a list of maps");
        let error = merged(&source, &[("l", Value::seq(vec![Value::Null]))]).unwrap_err();
        assert_eq!(error.to_string(), "l.0 is null in the overlay, where the source CR has a map");
    }

    #[test]
    fn what_is_not_touched_stays_shared() {
        let far = map(&[("x", Value::Int(1))]);
        let mut cr = map(&[("metadata", Map::new().into()), ("spec", map(&[("far", far.clone().into())]).into())]);
        let sections = [Some(map(&[("near", Value::Int(2))])), None, None, None, None];
        Overlay { sections, ..Overlay::default() }.apply(&mut cr).unwrap();
        let kept = cr.get("spec").and_then(|s| s.get("far")).and_then(Value::as_map).unwrap();
        assert_eq!(kept.shared().0, far.shared().0);
    }
}
