//! The annotation with the install-config overrides: JSON joined and merged as the generator does it
//! (ZTP 4.20 `siteConfigHelper.go`, `agentClusterInstallAnnotation`).

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// The id of its findings.
pub const ID: &str = "siteconfig/install-config-overrides";

const NETWORKING: &str = "networking";

/// The text of the annotation.
///
/// # Errors
/// The overrides are not a JSON object, or do not survive the joining; the message is upstream's.
pub fn annotation(network_type: &str, overrides: &str) -> Result<String, String> {
    let network = format!("{{\"networking\":{{\"networkType\":\"{network_type}\"}}}}");
    if !is_valid(&network) {
        return Err("Invalid json conversion of network type".into());
    }
    if overrides.is_empty() {
        return Ok(network);
    }
    if !is_valid(overrides) {
        return Err("Invalid json parameter set at installConfigOverride".into());
    }
    let object: Option<Map<String, Value>> = serde_json::from_str(overrides)
        .map_err(|_| format!("Could not unmarshal installConfigOverrides data: {overrides}"))?;
    if let Some(mut object) = object.filter(|o| o.contains_key(NETWORKING)) {
        let Some(Value::Object(networking)) = object.get_mut(NETWORKING) else {
            return Err("networking in installConfigOverrides is not an object".into());
        };
        let given: Value = serde_json::from_str(&network).map_err(|e| e.to_string())?;
        let network_type = given.get(NETWORKING).and_then(|n| n.get("networkType")).cloned().unwrap_or_default();
        networking.insert("networkType".into(), network_type);
        return Ok(encode(&Value::Object(object)));
    }
    let rest = overrides.strip_prefix('{').unwrap_or(overrides);
    let joined = format!("{},{rest}", network.strip_suffix('}').unwrap_or(&network));
    if is_valid(&joined) { Ok(joined) } else { Err("Couldn't marshal annotation for AgentClusterInstall".into()) }
}

/// The overrides with `cpuPartitioningMode: AllNodes` in them.
///
/// # Errors
/// The overrides are not a JSON object.
pub fn with_cpu_partitioning(overrides: &str) -> Result<String, String> {
    let mut object = match overrides {
        "" => Map::new(),
        text => serde_json::from_str::<Option<Map<String, Value>>>(text)
            .map_err(|_| "installConfigOverrides is not a JSON object".to_owned())?
            .ok_or("installConfigOverrides is null")?,
    };
    object.insert("cpuPartitioningMode".into(), "AllNodes".into());
    Ok(encode(&Value::Object(object)))
}

fn is_valid(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Go's `json.Marshal` of decoded data: keys sorted, numbers as 64-bit floats, HTML characters escaped.
fn encode(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&float(number.as_f64().unwrap_or_default())),
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (i, (key, item)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
    }
}

fn float(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{number:e}");
        return if text.contains("e-") { text } else { text.replace('e', "e+") };
    }
    number.to_string()
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_are_joined_as_text() {
        let joined = annotation("OVN", "{ \"b\": 1.0, \"a\": 2 }");
        assert_eq!(joined.as_deref(), Ok("{\"networking\":{\"networkType\":\"OVN\"}, \"b\": 1.0, \"a\": 2 }"));
        assert!(annotation("OVN", "{}").is_err());
        assert!(annotation("a\"", "").is_err());
    }

    #[test]
    fn networking_is_merged_as_data() {
        let merged = annotation("OVN", "{\"z\":1e21,\"networking\":{\"networkType\":\"x\",\"a\":\"<\"}}");
        assert_eq!(merged.as_deref(), Ok("{\"networking\":{\"a\":\"\\u003c\",\"networkType\":\"OVN\"},\"z\":1e+21}"));
    }

    #[test]
    fn cpu_partitioning_goes_into_the_overrides() {
        assert_eq!(with_cpu_partitioning("").as_deref(), Ok("{\"cpuPartitioningMode\":\"AllNodes\"}"));
        assert!(with_cpu_partitioning("[]").is_err());
        assert!(with_cpu_partitioning("null").is_err());
    }
}
