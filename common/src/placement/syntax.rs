//! What may stand as key and value of a label (apimachinery v0.33 `util/validation`, `IsQualifiedName` and
//! `IsValidLabelValue`).

const NAME: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
                    character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
                    '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must \
                     start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used \
                     for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const DOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and \
                      must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
                      '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/// What is wrong with a key; `None` when it is good.
pub(super) fn label_key(key: &str) -> Option<String> {
    let mut errors = Vec::new();
    let name = match key.split('/').collect::<Vec<_>>()[..] {
        [name] => name,
        [prefix, name] => {
            errors.extend(domain(prefix).into_iter().map(|why| format!("prefix part {why}")));
            name
        }
        _ => {
            let optional = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            return Some(format!("a qualified name {NAME} {optional}"));
        }
    };
    match name.len() {
        0 => errors.push("name part must be non-empty".to_owned()),
        1..=63 => {}
        _ => errors.push("name part must be no more than 63 characters".to_owned()),
    }
    if !is_name(name) {
        errors.push(format!("name part {NAME}"));
    }
    joined(errors)
}

/// What is wrong with a value; `None` when it is good.
pub(super) fn label_value(value: &str) -> Option<String> {
    let mut errors = Vec::new();
    if value.len() > 63 {
        errors.push("must be no more than 63 characters".to_owned());
    }
    if !value.is_empty() && !is_name(value) {
        errors.push(VALUE.to_owned());
    }
    joined(errors)
}

fn joined(errors: Vec<String>) -> Option<String> {
    (!errors.is_empty()).then(|| errors.join("; "))
}

fn is_name(text: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_edge(text.chars().next())
        && is_edge(text.chars().last())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

fn domain(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["must be non-empty".to_owned()];
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_label = |label: &str| {
        label.starts_with(is_plain) && label.ends_with(is_plain) && label.chars().all(|c| is_plain(c) || c == '-')
    };
    let mut errors = Vec::new();
    if text.len() > 253 {
        errors.push("must be no more than 253 characters".to_owned());
    }
    if !text.split('.').all(is_label) {
        errors.push(DOMAIN.to_owned());
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_names_with_an_optional_domain() {
        for key in ["a", "A_b.c-9", "example.com/name", &"n".repeat(63)] {
            assert_eq!(label_key(key), None, "{key}");
        }
        for key in ["", "-a", "a b", "/a", "a/", "Ex.com/a", "a..b/c", "a/b/c", &"n".repeat(64)] {
            assert!(label_key(key).is_some(), "{key}");
        }
    }

    #[test]
    fn values_may_be_empty_and_not_longer_than_63() {
        assert_eq!([label_value(""), label_value("a_b.C"), label_value(&"v".repeat(63))], [None, None, None]);
        assert!(["a b", "a-", "a/b", &"v".repeat(64)].iter().all(|value| label_value(value).is_some()));
    }
}
