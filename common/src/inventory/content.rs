//! What is in a file, YAML or JSON, to recorded objects.

use serde_json::Value;

use super::Recorded;
use crate::yaml;

/// Adds the objects of a file; what cannot be read is told.
pub(super) fn add(name: &str, content: Vec<u8>, recorded: &mut Recorded) {
    if name.ends_with(".json") {
        return json(name, &content, recorded);
    }
    match yaml::Source::from_bytes(name, content) {
        Ok(source) => yaml_text(name, &source, recorded),
        Err(error) => recorded.skip(format!("{name} is not text: {error}")),
    }
}

pub(super) fn json(name: &str, content: &[u8], recorded: &mut Recorded) {
    match serde_json::from_slice::<Value>(content) {
        Ok(object) => recorded.add(object),
        Err(error) => recorded.skip(format!("{name} is not JSON: {error}")),
    }
}

fn yaml_text(name: &str, source: &yaml::Source, recorded: &mut Recorded) {
    for document in yaml::hub_documents(source) {
        let object = document.and_then(|d| d.root().map(yaml::NodeRef::to_json).transpose());
        match object {
            Ok(Some(object)) => recorded.add(object),
            Ok(None) => {}
            Err(error) => recorded.skip(format!("{name}:{}: {error}", error.place.line)),
        }
    }
}
