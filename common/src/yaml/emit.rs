//! Values to text, byte for byte as yaml.v3 writes them with indentation 4.

use super::Value;

/// One document, without a leading `---`, with a final line break.
pub fn to_string(value: &Value) -> String {
    format!("{value:?}\n")
}
