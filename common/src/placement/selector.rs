//! Label selectors with the rules and error texts of apimachinery (`metav1.LabelSelectorAsSelector`,
//! `labels.NewRequirement`, v0.33).

use std::collections::BTreeMap;

use super::syntax;
use crate::resource::{LabelSelector, Requirement};

/// A selector that the API refuses to evaluate; the text is apimachinery's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// An operator that does not exist.
    #[error("{0:?} is not a valid label selector operator")]
    Operator(String),
    /// Everything that is wrong with one demand.
    #[error("{}", aggregate(.0))]
    Demand(Vec<String>),
}

/// Several errors stand in brackets.
fn aggregate(errors: &[String]) -> String {
    match errors {
        [one] => one.clone(),
        all => format!("[{}]", all.join(", ")),
    }
}

/// Checks what the API server checks when it evaluates a selector.
///
/// # Errors
/// The first demand that is not valid.
pub fn validate(selector: &LabelSelector) -> Result<(), SelectorError> {
    for (key, value) in &selector.match_labels {
        demand(key, std::slice::from_ref(value), None)?;
    }
    selector.match_expressions.iter().try_for_each(validate_requirement)
}

fn validate_requirement(requirement: &Requirement) -> Result<(), SelectorError> {
    let values = &requirement.values;
    let wrong = match (requirement.operator.as_str(), values.is_empty()) {
        ("In" | "NotIn", true) => {
            Some("values: Invalid value: []string(nil): for 'in', 'notin' operators, values set can't be empty".into())
        }
        ("Exists" | "DoesNotExist", false) => {
            let shown: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
            Some(format!(
                "values: Invalid value: []string{{{}}}: values set must be empty for exists and does not exist",
                shown.join(", ")
            ))
        }
        ("In" | "NotIn" | "Exists" | "DoesNotExist", _) => None,
        (other, _) => return Err(SelectorError::Operator(other.to_owned())),
    };
    demand(&requirement.key, values, wrong)
}

/// Collects the errors of one demand in apimachinery's order: key, number of values, each value.
fn demand(key: &str, values: &[String], wrong_number: Option<String>) -> Result<(), SelectorError> {
    let of_key = syntax::label_key(key).map(|why| format!("key: Invalid value: {key:?}: {why}"));
    let of_values = values.iter().enumerate().filter_map(|(at, value)| {
        syntax::label_value(value).map(|why| format!("values[{at}][{key}]: Invalid value: {value:?}: {why}"))
    });
    let errors: Vec<String> = of_key.into_iter().chain(wrong_number).chain(of_values).collect();
    if errors.is_empty() { Ok(()) } else { Err(SelectorError::Demand(errors)) }
}

/// Whether labels fulfil a selector. Demands with an unknown operator are never fulfilled.
pub fn matches(selector: &LabelSelector, labels: &BTreeMap<String, String>) -> bool {
    selector.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
        && selector.match_expressions.iter().all(|r| requirement_holds(r, labels))
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
        assert_eq!(
            error(r#"{"matchExpressions": [{"key": "a", "operator": "In"}]}"#),
            "values: Invalid value: []string(nil): for 'in', 'notin' operators, values set can't be empty"
        );
        assert_eq!(
            error(r#"{"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b", "c"]}]}"#),
            "values: Invalid value: []string{\"b\", \"c\"}: values set must be empty for exists and does not exist"
        );
    }

    #[test]
    fn keys_and_values_must_be_those_of_labels() {
        let error = |json| validate(&selector(json)).unwrap_err().to_string();
        assert_eq!(
            error(r#"{"matchLabels": {"zone": "a b"}}"#),
            "values[0][zone]: Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric \
             characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or \
             'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        );
        let two = error(r#"{"matchExpressions": [{"key": "", "operator": "In"}]}"#);
        assert!(two.starts_with("[key: Invalid value: \"\": name part must be non-empty; name part must consist of"));
        assert!(two.ends_with("values set can't be empty]"));
        let good = r#"{"matchLabels": {"du-profile.example.com/A_b": "", "x": "4.20"}}"#;
        assert_eq!(validate(&selector(good)), Ok(()));
    }
}
