//! Conditions, and how TALM keeps their list.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;
use super::or_default;

open_enum! {
    /// The status of a condition.
    #[derive(Default)]
    ConditionStatus {
        /// It holds.
        True = "True",
        /// It does not.
        False = "False",
        /// Not known; also what an absent status is taken for.
        #[default]
        Unknown = "Unknown",
    }
}

/// One condition of an object's status.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct Condition {
    /// When the status last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_transition_time: Option<Timestamp>,
    /// For people.
    #[serde(deserialize_with = "or_default")]
    pub message: String,
    /// One word for machines.
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// Whether it holds.
    #[serde(deserialize_with = "or_default")]
    pub status: ConditionStatus,
    /// What is judged, such as `Progressing`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

impl Condition {
    /// Whether the status is True.
    pub fn is_true(&self) -> bool {
        self.status == ConditionStatus::True
    }

    /// Whether the status is False.
    pub fn is_false(&self) -> bool {
        self.status == ConditionStatus::False
    }
}

/// The condition of a type.
pub fn condition<'c>(conditions: &'c [Condition], kind: &str) -> Option<&'c Condition> {
    conditions.iter().find(|c| c.kind == kind)
}

/// Sets a condition as TALM does (TALM 5.0 `controllers/utils/conditions.go`): in place or at the end, and to the end
/// when the status of one that is not the last changes. `oc get cgu` shows the last one.
pub fn set_condition(conditions: &mut Vec<Condition>, mut new: Condition) {
    let Some(at) = conditions.iter().position(|c| c.kind == new.kind) else {
        return conditions.push(new);
    };
    if conditions[at].status == new.status {
        new.last_transition_time = conditions[at].last_transition_time;
        conditions[at] = new;
        return;
    }
    conditions.remove(at);
    conditions.push(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, status: ConditionStatus) -> Condition {
        Condition { kind: kind.into(), status, ..Condition::default() }
    }

    fn order(conditions: &[Condition]) -> Vec<&str> {
        conditions.iter().map(|c| &*c.kind).collect()
    }

    #[test]
    fn only_a_flip_moves_a_condition_to_the_end() {
        let mut list = vec![of("A", ConditionStatus::True), of("B", ConditionStatus::False)];
        set_condition(&mut list, Condition { message: "new".into(), ..of("A", ConditionStatus::True) });
        assert_eq!(order(&list), ["A", "B"]);
        assert_eq!(list[0].message, "new");
        set_condition(&mut list, of("A", ConditionStatus::False));
        assert_eq!(order(&list), ["B", "A"]);
    }

    #[test]
    fn an_unknown_status_is_kept() {
        let read: Condition = serde_json::from_str(r#"{"type": "A", "status": "Maybe", "message": null}"#).unwrap();
        assert_eq!(read.status, ConditionStatus::Other("Maybe".into()));
    }
}
