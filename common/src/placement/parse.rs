//! Label selectors as people type them after `-l`: `tier=field,zone in (north,south),!broken` (`labels.Parse`).

use crate::resource::{LabelSelector, Requirement};

/// Reads a selector.
///
/// # Errors
/// What cannot be read, and how to write it.
pub fn parse(text: &str) -> Result<LabelSelector, String> {
    let mut selector = LabelSelector::default();
    for part in parts(text) {
        let requirement = requirement(part.trim()).ok_or_else(|| {
            format!("{part:?} in selector {text:?} is not of the form key, !key, key=value, key!=value or key in (a,b)")
        })?;
        match (requirement.operator.as_str(), requirement.values.as_slice()) {
            ("In", [value]) if !selector.match_labels.contains_key(&requirement.key) => {
                selector.match_labels.insert(requirement.key.clone(), value.clone());
            }
            _ => selector.match_expressions.push(requirement),
        }
    }
    Ok(selector)
}

/// The demands: separated by commas outside parentheses.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
}

fn requirement(part: &str) -> Option<Requirement> {
    if let Some(key) = part.strip_prefix('!') {
        return made(key, "DoesNotExist", Vec::new());
    }
    if let Some(list) = part.strip_suffix(')') {
        let (head, values) = list.split_once('(')?;
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        let (key, word) = head.trim_end().rsplit_once(char::is_whitespace)?;
        return match word {
            "in" => made(key, "In", values),
            "notin" => made(key, "NotIn", values),
            _ => None,
        };
    }
    for (sign, operator) in [("!=", "NotIn"), ("==", "In"), ("=", "In")] {
        if let Some((key, value)) = part.split_once(sign) {
            let value = value.trim();
            return if is_value(value) { made(key, operator, vec![value.to_owned()]) } else { None };
        }
    }
    made(part, "Exists", Vec::new())
}

fn made(key: &str, operator: &str, values: Vec<String>) -> Option<Requirement> {
    let key = key.trim();
    let good = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    let good = good && values.iter().all(|value| is_value(value));
    good.then(|| Requirement { key: key.to_owned(), operator: operator.to_owned(), values })
}

fn is_value(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_are_read() {
        let selector = parse("tier=field, zone in (north, south),!broken,upgrade,a!=b,c notin (d)").unwrap();
        assert_eq!(selector.match_labels["tier"], "field");
        let read: Vec<(&str, &str, usize)> =
            selector.match_expressions.iter().map(|r| (r.key.as_str(), r.operator.as_str(), r.values.len())).collect();
        assert_eq!(
            read,
            [
                ("zone", "In", 2),
                ("broken", "DoesNotExist", 0),
                ("upgrade", "Exists", 0),
                ("a", "NotIn", 1),
                ("c", "NotIn", 1)
            ]
        );
    }

    #[test]
    fn two_values_for_one_label_are_both_demanded() {
        let selector = parse("a=b,a=c").unwrap();
        assert_eq!((selector.match_labels.len(), selector.match_expressions.len()), (1, 1));
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for text in ["", "a=b=c", "a on (b)", "=b", "a in (b", "a b", "a=b,,c"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
