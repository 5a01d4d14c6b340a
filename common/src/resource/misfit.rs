//! What is wrong with an object that cannot be understood, in the words of its API.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// `spec.clusters is text "a" and should be a list`. Reads the object once more: errors are rare, and finding the place
/// takes time.
pub(super) fn told<T: DeserializeOwned>(object: &Value) -> Option<String> {
    let error = serde_path_to_error::deserialize::<_, T>(object).err()?;
    let (path, message) = (error.path().to_string(), error.inner().to_string());
    let at = if path == "." { "it".to_owned() } else { path };
    let Some((found, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|types| types.split_once(", expected "))
    else {
        return Some(format!("{at}: {message}"));
    };
    Some(format!("{at} is {} and should be {}", is(found), should(wanted)))
}

fn is(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_matches('`');
    match kind {
        "string" => format!("text {value}"),
        "integer" | "floating" => format!("the number {}", value.trim_start_matches("point `")),
        "boolean" => value.to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        _ => found.to_owned(),
    }
}

fn should(wanted: &str) -> &str {
    match wanted {
        "a sequence" => "a list",
        "a map" => "an object",
        "a string" | "a borrowed string" | "string" => "text",
        "a boolean" => "true or false",
        "i64" | "u64" | "i32" | "u32" | "usize" => "a whole number",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::ClusterGroupUpgrade;
    use serde_json::json;

    #[test]
    fn the_field_and_its_type_are_told() {
        let of = |spec: Value| told::<ClusterGroupUpgrade>(&json!({"spec": spec}));
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(of(json!({"clusters": "a"})), told("spec.clusters is text \"a\" and should be a list"));
        let strategy = |value: Value| of(json!({"remediationStrategy": {"maxConcurrency": value}}));
        let wanted = "should be a whole number";
        assert_eq!(
            strategy(json!("2")),
            told(&format!("spec.remediationStrategy.maxConcurrency is text \"2\" and {wanted}"))
        );
        assert_eq!(
            strategy(json!(1.5)),
            told(&format!("spec.remediationStrategy.maxConcurrency is the number 1.5 and {wanted}"))
        );
        assert_eq!(of(json!({"clusters": ["a", {}]})), told("spec.clusters[1] is an object and should be text"));
        assert_eq!(of(json!(3)), told("spec is the number 3 and should be an object"));
        assert_eq!(of(json!({})), None);
    }
}
