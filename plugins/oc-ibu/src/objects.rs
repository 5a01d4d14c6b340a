//! Objects as a YAML stream on standard output, for a file in Git or for `oc apply -f -`.

use ztp_common::yaml::Value;
use ztp_common::yaml::emit::Emitter;

/// The stream: documents with `---` between them.
pub fn stream(objects: &[Value]) -> String {
    let mut emitter = Emitter::default();
    let mut text = String::new();
    for (i, object) in objects.iter().enumerate() {
        if i > 0 {
            text.push_str("---\n");
        }
        emitter.write(object, &mut text);
    }
    text
}
