//! A report for people ([`text`]), for a merge request ([`markdown`]) and for programs ([`to_json`]).

mod markdown;
mod text;
mod value;

pub use markdown::markdown;
pub use text::{Limit, text};

use crate::diff::Report;

/// One object with `apiVersion` and `kind`.
pub fn to_json(report: &Report, old: &str, new: &str) -> String {
    let mut object = serde_json::Map::new();
    object.insert("apiVersion".into(), super::API_VERSION.into());
    object.insert("kind".into(), "DiffReport".into());
    object.insert("old".into(), old.into());
    object.insert("new".into(), new.into());
    if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(report) {
        object.extend(fields);
    }
    format!("{:#}\n", serde_json::Value::Object(object))
}
