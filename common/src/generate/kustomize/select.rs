//! Which resources a patch is for.
//!
//! Copied from kustomize api 0.18 `types/selector.go` and `resmap/reswrangler.go` (`Select`): names and kinds are
//! anchored regular expressions, labels and annotations take the selector language of Kubernetes.

use regex::Regex;

use super::resource::{Resource, scalar_text};
use crate::yaml::Value;

/// A patch target as written; empty texts match everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    pub group: String,
    pub version: String,
    pub kind: String,
    pub name: String,
    pub namespace: String,
    pub label_selector: String,
    pub annotation_selector: String,
}

/// A target ready to be matched.
pub struct Selector {
    patterns: [Option<Regex>; 5],
    labels: Vec<Requirement>,
    annotations: Vec<Requirement>,
}

impl Selector {
    /// # Errors
    /// A pattern is not a regular expression, or a label or annotation selector is malformed.
    pub fn new(target: &Target) -> Result<Self, String> {
        let pattern = |text: &str| match text {
            "" => Ok(None),
            text => Regex::new(&format!("^(?:{text})$")).map(Some).map_err(|_| format!("{text:?} is not a pattern")),
        };
        Ok(Self {
            patterns: [
                pattern(&target.group)?,
                pattern(&target.version)?,
                pattern(&target.kind)?,
                pattern(&target.name)?,
                pattern(&target.namespace)?,
            ],
            labels: requirements(&target.label_selector)?,
            annotations: requirements(&target.annotation_selector)?,
        })
    }

    pub fn matches(&self, resource: &Resource) -> bool {
        let [group, version, kind, name, namespace] = &self.patterns;
        let fits = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_none_or(|p| p.is_match(text));
        let (id, first) = (resource.id(), resource.original_id());
        fits(group, &id.gvk.group)
            && fits(version, &id.gvk.version)
            && fits(kind, &id.gvk.kind)
            && (fits(name, &first.name) || fits(name, &id.name))
            && (fits(namespace, first.effective_namespace()) || fits(namespace, id.effective_namespace()))
            && self.labels.iter().all(|r| r.holds(resource.value.at(&["metadata", "labels"])))
            && self.annotations.iter().all(|r| r.holds(resource.value.at(&["metadata", "annotations"])))
    }
}

/// One condition of a label selector.
#[derive(Clone, Debug, PartialEq)]
enum Requirement {
    Exists(String),
    Missing(String),
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Above(String, i64),
    Below(String, i64),
}

impl Requirement {
    fn holds(&self, labels: Option<&Value>) -> bool {
        let value = |key: &str| labels.and_then(|l| l.get(key)).and_then(scalar_text);
        let number = |key: &str| value(key).and_then(|v| v.parse::<i64>().ok());
        match self {
            Self::Exists(key) => value(key).is_some(),
            Self::Missing(key) => value(key).is_none(),
            Self::In(key, wanted) => value(key).is_some_and(|v| wanted.contains(&v)),
            Self::NotIn(key, unwanted) => value(key).is_none_or(|v| !unwanted.contains(&v)),
            Self::Above(key, than) => number(key).is_some_and(|v| v > *than),
            Self::Below(key, than) => number(key).is_some_and(|v| v < *than),
        }
    }
}

fn requirements(selector: &str) -> Result<Vec<Requirement>, String> {
    split(selector).into_iter().map(str::trim).filter(|part| !part.is_empty()).map(requirement).collect()
}

/// Splits at commas outside parentheses.
fn split(selector: &str) -> Vec<&str> {
    let mut depth = 0i32;
    selector
        .split(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ',' && depth == 0
        })
        .collect()
}

fn requirement(part: &str) -> Result<Requirement, String> {
    let malformed = || format!("{part:?} is not a selector; write key=value, key!=value, key in (a,b) or !key");
    let is_key = |key: &str| !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || "()=!<>".contains(c));
    let key_of = |key: &str| Some(key.trim()).filter(|k| is_key(k)).map(str::to_owned).ok_or_else(malformed);
    if let Some(key) = part.strip_prefix('!') {
        return Ok(Requirement::Missing(key_of(key)?));
    }
    for (sign, negative) in [("!=", true), ("==", false), ("=", false)] {
        if let Some((key, value)) = part.split_once(sign) {
            let (key, values) = (key_of(key)?, vec![value.trim().to_owned()]);
            return Ok(if negative { Requirement::NotIn(key, values) } else { Requirement::In(key, values) });
        }
    }
    for sign in ['<', '>'] {
        if let Some((key, value)) = part.split_once(sign) {
            let (key, than) = (key_of(key)?, value.trim().parse().map_err(|_| malformed())?);
            return Ok(if sign == '<' { Requirement::Below(key, than) } else { Requirement::Above(key, than) });
        }
    }
    let Some((left, values)) = part.split_once('(') else { return Ok(Requirement::Exists(key_of(part)?)) };
    let values = values.strip_suffix(')').ok_or_else(malformed)?;
    let values = values.split(',').map(|v| v.trim().to_owned()).collect();
    match left.split_whitespace().collect::<Vec<_>>().as_slice() {
        [key, "in"] => Ok(Requirement::In(key_of(key)?, values)),
        [key, "notin"] => Ok(Requirement::NotIn(key_of(key)?, values)),
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_in_every_notation() {
        let labels = Value::Map([("a", "1"), ("b", "x")].into_iter().collect());
        let holds = |text: &str| requirements(text).unwrap().iter().all(|r| r.holds(Some(&labels)));
        assert!(holds("a=1,b in (x, y),!c,a>0,b!=z,c notin (q)"));
        assert!(!holds("a==2") && !holds("c") && !holds("b notin (x)"));
        assert!(requirements("a in 1").is_err());
    }

    #[test]
    fn patterns_are_anchored() {
        let value: Value = Value::Map([("apiVersion", "v1"), ("kind", "Pod")].into_iter().collect());
        let pod = Resource::new(value, "".into(), None);
        let matches =
            |kind: &str| Selector::new(&Target { kind: kind.into(), ..Target::default() }).unwrap().matches(&pod);
        assert!(matches("P.*") && matches("Pod|Node") && !matches("Po"));
    }
}
