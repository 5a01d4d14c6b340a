//! Small hubs of our own making, each with one story.

mod more;
mod objects;
mod rehearsed;
mod sites;
mod stories;

use serde_json::{Value, json};

pub use more::MORE;
pub use rehearsed::REHEARSED;
pub use sites::SITES;
pub use stories::STORIES;

/// A hub, and what is asked of it.
pub struct Story {
    /// Name of the transcript.
    pub name: &'static str,
    /// What the hub holds.
    pub objects: fn() -> Vec<Value>,
    /// Arguments before `--from`.
    pub commands: &'static [&'static str],
}

/// The objects as `oc get -o json` gives them.
pub fn list(objects: Vec<Value>) -> Value {
    json!({"apiVersion": "v1", "kind": "List", "items": objects})
}
