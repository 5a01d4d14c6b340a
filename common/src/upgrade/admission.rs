//! What the API server refuses: the six CEL rules of the ImageBasedUpgrade CRD, the same from 4.14 to LCA main
//! (`api/imagebasedupgrade/v1/types.go`), so that a write can be checked before it is sent.

use serde_json::Value;

/// Message of rule 1.
pub const SINGLETON: &str = "ibu is a singleton, metadata.name must be 'upgrade'";
/// Message of rule 6.
pub const TRANSITION: &str = "the stage transition is not permitted. Please refer to status.validNextStages for valid \
                              transitions. If status.validNextStages is not present, it indicates that no transitions \
                              are currently allowed";

/// The fields that rules 2 to 5 freeze, with their messages.
const FROZEN: [(&str, &str); 4] = [
    ("seedImageRef", "can not change spec.seedImageRef while ibu is in progress"),
    ("oadpContent", "can not change spec.oadpContent while ibu is in progress"),
    ("extraManifests", "can not change spec.extraManifests while ibu is in progress"),
    ("autoRollbackOnFailure", "can not change spec.autoRollbackOnFailure while ibu is in progress"),
];

/// The messages with which the API server would refuse to replace `old` by `new`; `old` is `None` for a create.
/// Both are whole objects as JSON: adding an absent field counts as a change, so no default may be filled in.
/// The stored `validNextStages` decide; they lag behind until the agent has reconciled.
pub fn refusals(old: Option<&Value>, new: &Value) -> Vec<&'static str> {
    let mut messages = Vec::new();
    if new.pointer("/metadata/name").and_then(Value::as_str) != Some(super::object::NAME) {
        messages.push(SINGLETON);
    }
    let Some((old, status)) = old.and_then(|old| Some((old, old.get("status").filter(|s| !s.is_null())?))) else {
        return messages;
    };
    if !is_idle(status) && stage(new) != Some("Idle") {
        let changed = |field: &&(&str, &'static str)| spec(old, field.0) != spec(new, field.0);
        messages.extend(FROZEN.iter().filter(changed).map(|(_, message)| *message));
    }
    if !stage_allowed(status, stage(old), stage(new)) {
        messages.push(TRANSITION);
    }
    messages
}

fn spec<'v>(object: &'v Value, field: &str) -> Option<&'v Value> {
    object.get("spec")?.get(field)
}

fn stage(object: &Value) -> Option<&str> {
    spec(object, "stage")?.as_str()
}

fn is_idle(status: &Value) -> bool {
    let conditions = status.get("conditions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    conditions.iter().any(|c| c.get("type") == Some(&"Idle".into()) && c.get("status") == Some(&"True".into()))
}

fn stage_allowed(status: &Value, old: Option<&str>, new: Option<&str>) -> bool {
    let valid = status.get("validNextStages").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    old == new || valid.iter().any(|stage| stage.as_str() == new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(stage: &str, extra: Value) -> Value {
        let mut object = json!({"metadata": {"name": "upgrade"}, "spec": {"stage": stage}});
        for (key, value) in extra.as_object().cloned().unwrap_or_default() {
            object["spec"][key] = value;
        }
        object["status"] = json!({"conditions": [{"type": "Idle", "status": "False"}], "validNextStages": ["Idle"]});
        object
    }

    #[test]
    fn an_empty_object_differs_from_none() {
        let (old, new) = (at("Prep", json!({})), at("Prep", json!({"autoRollbackOnFailure": {}})));
        assert_eq!(refusals(Some(&old), &new), [FROZEN[3].1]);
        assert!(refusals(Some(&old), &at("Idle", json!({"autoRollbackOnFailure": {}}))).is_empty());
    }

    #[test]
    fn all_refusals_come_at_once() {
        let new = at("Upgrade", json!({"oadpContent": []}));
        assert_eq!(refusals(Some(&at("Prep", json!({}))), &new), [FROZEN[1].1, TRANSITION]);
    }

    #[test]
    fn without_status_every_stage_passes() {
        let old = json!({"metadata": {"name": "upgrade"}, "spec": {"stage": "Idle"}});
        assert!(refusals(Some(&old), &at("Rollback", json!({}))).is_empty());
        assert_eq!(refusals(None, &json!({"metadata": {"name": "ibu"}})), [SINGLETON]);
    }
}
