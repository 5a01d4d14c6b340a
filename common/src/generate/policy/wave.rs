//! Deploy waves: the order in which TALM rolls policies out, written on each CR and moved to its policy.

use crate::yaml::{Map, Value};

/// The annotation of a CR, and of the policy it is moved to.
pub const WAVE: &str = "ran.openshift.io/ztp-deploy-wave";

/// What a CR says about its wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Wave {
    /// Nothing: it fits into every policy.
    #[default]
    None,
    /// A text, compared as text.
    Set(String),
    /// Something else, such as a number without quotes: lost without a word upstream.
    Unquoted(&'static str),
}

/// Takes the wave out of a CR, and `annotations` too when nothing is left in it or it is no map
/// (`SetPolicyDeployWave` in `policyHelper.go` of the generator 4.20).
pub fn take(cr: &mut Map) -> Wave {
    let Some(Value::Map(metadata)) = cr.get("metadata") else { return Wave::None };
    let (wave, alone) = match metadata.get("annotations") {
        None => return Wave::None,
        Some(Value::Map(annotations)) => {
            (annotations.get(WAVE), annotations.len() == usize::from(annotations.contains(WAVE)))
        }
        Some(_) => (None, true),
    };
    let found = match wave {
        None => Wave::None,
        Some(Value::Str(text)) => Wave::Set(text.to_string()),
        Some(other) => Wave::Unquoted(other.type_name()),
    };
    if (alone || found != Wave::None)
        && let Some(metadata) = cr.get_mut("metadata").and_then(Value::as_map_mut)
    {
        if alone {
            metadata.remove("annotations");
        } else if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_map_mut) {
            annotations.remove(WAVE);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cr(annotations: Value) -> Map {
        let metadata: Map = [("name", Value::from("a")), ("annotations", annotations)].into_iter().collect();
        [("metadata", metadata)].into_iter().collect()
    }

    fn left(cr: &Map) -> Option<&Value> {
        cr.get("metadata").and_then(|metadata| metadata.get("annotations"))
    }

    #[test]
    fn the_wave_is_taken_and_other_annotations_stay() {
        let both: Map = [(WAVE, "1"), ("other", "x")].into_iter().collect();
        let mut cr = cr(both.into());
        assert_eq!(take(&mut cr), Wave::Set("1".into()));
        assert_eq!(left(&cr), Some(&Value::Map([("other", "x")].into_iter().collect())));
    }

    #[test]
    fn empty_annotations_go() {
        for annotations in [Value::Null, Map::new().into(), [(WAVE, Value::Int(1))].into_iter().collect::<Map>().into()]
        {
            let mut cr = cr(annotations);
            assert!(!matches!(take(&mut cr), Wave::Set(_)));
            assert_eq!(left(&cr), None);
        }
    }
}
