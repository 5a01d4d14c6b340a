//! Label selectors with the rules and error texts of apimachinery (`metav1.LabelSelectorAsSelector`,
//! `labels.NewRequirement`, v0.33).

use std::collections::BTreeMap;

use crate::resource::{LabelSelector, Requirement};

/// A selector that the API refuses to evaluate; the text is apimachinery's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// An operator that does not exist.
    #[error("{0:?} is not a valid label selector operator")]
    Operator(String),
    /// `In` or `NotIn` without values.
    #[error("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty")]
    NoValues,
    /// `Exists` or `DoesNotExist` with values.
    #[error("values: Invalid value: [{}]: values set must be empty for exists and does not exist", .0.iter().map(|v| format!("{v:?}")).collect::<Vec<_>>().join(","))]
    Values(Vec<String>),
}

/// Checks what the API server checks when it evaluates a selector.
///
/// # Errors
/// The first demand that is not valid.
pub fn validate(selector: &LabelSelector) -> Result<(), SelectorError> {
    selector.match_expressions.iter().try_for_each(validate_requirement)
}

/// Whether labels fulfil a selector. Demands with an unknown operator are never fulfilled.
pub fn matches(selector: &LabelSelector, labels: &BTreeMap<String, String>) -> bool {
    selector.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
        && selector.match_expressions.iter().all(|r| requirement_holds(r, labels))
}

fn validate_requirement(requirement: &Requirement) -> Result<(), SelectorError> {
    match (requirement.operator.as_str(), requirement.values.is_empty()) {
        ("In" | "NotIn", true) => Err(SelectorError::NoValues),
        ("Exists" | "DoesNotExist", false) => Err(SelectorError::Values(requirement.values.clone())),
        ("In" | "NotIn" | "Exists" | "DoesNotExist", _) => Ok(()),
        (other, _) => Err(SelectorError::Operator(other.to_owned())),
    }
}

/// Whether labels fulfil one demand. `NotIn` also holds where the label is absent.
pub fn requirement_holds(requirement: &Requirement, labels: &BTreeMap<String, String>) -> bool {
    let value = labels.get(&requirement.key);
    match requirement.operator.as_str() {
        "In" => value.is_some_and(|v| requirement.values.contains(v)),
        "NotIn" => value.is_none_or(|v| !requirement.values.contains(v)),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(json: &str) -> LabelSelector {
        serde_json::from_str(json).unwrap()
    }

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn not_in_holds_without_the_label() {
        let not_a = selector(r#"{"matchExpressions": [{"key": "zone", "operator": "NotIn", "values": ["a"]}]}"#);
        assert!(matches(&not_a, &labels(&[])));
        assert!(!matches(&not_a, &labels(&[("zone", "a")])));
    }

    #[test]
    fn everything_in_a_selector_must_hold() {
        let both = selector(r#"{"matchLabels": {"a": "1"}, "matchExpressions": [{"key": "b", "operator": "Exists"}]}"#);
        assert!(matches(&both, &labels(&[("a", "1"), ("b", "")])));
        assert!(!matches(&both, &labels(&[("a", "1")])));
        assert!(matches(&selector("{}"), &labels(&[])));
    }

    #[test]
    fn refuses_what_the_api_refuses() {
        let error = |json| validate(&selector(json)).unwrap_err().to_string();
        let text = error(r#"{"matchExpressions": [{"key": "a", "operator": "Equals"}]}"#);
        assert_eq!(text, "\"Equals\" is not a valid label selector operator");
        assert!(error(r#"{"matchExpressions": [{"key": "a", "operator": "In"}]}"#).contains("can't be empty"));
    }
}
