//! The PlacementRule and PlacementBinding of a PolicyGenTemplate: `policyHelper.go` of the generator 4.20.

use crate::yaml::{Map, Value};

use super::object::{fields, identity};

const POLICY_GROUP: &str = "policy.open-cluster-management.io";
const PLACEMENT_GROUP: &str = "apps.open-cluster-management.io";

/// A label that policies are bound by; an empty value means that only the key counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule<'d> {
    /// Label key.
    pub key: &'d str,
    /// Values with commas between them, nothing trimmed.
    pub value: &'d str,
}

/// Why a key cannot be in both lists: the upstream check `CheckBindingRules`.
pub fn contradicts(rule: Rule<'_>, excluded: Rule<'_>) -> bool {
    rule.key == excluded.key && (excluded.value.is_empty() || excluded.value == rule.value)
}

/// Values that are asked for and excluded at once without upstream noticing.
pub fn overlap<'d>(rule: Rule<'d>, excluded: Rule<'d>) -> Vec<&'d str> {
    if rule.key != excluded.key || contradicts(rule, excluded) || rule.value.is_empty() {
        return Vec::new();
    }
    rule.value.split(',').filter(|value| excluded.value.split(',').any(|e| e == *value)).collect()
}

/// The PlacementRule: rules by key, then excluded ones by key.
pub fn placement_rule(name: &str, namespace: &str, rules: &[Rule<'_>], excluded: &[Rule<'_>]) -> Value {
    let mut expressions = expressions(rules, "Exists", "In");
    expressions.extend(self::expressions(excluded, "DoesNotExist", "NotIn"));
    let selector = fields([("matchExpressions", Value::seq(expressions))]);
    let mut rule = identity(&format!("{PLACEMENT_GROUP}/v1"), "PlacementRule", name, namespace);
    rule.insert("spec", fields([("clusterSelector", selector.into())]));
    rule.into()
}

/// The PlacementBinding of policies to a PlacementRule.
pub fn placement_binding(name: &str, namespace: &str, rule: &str, policies: &[String]) -> Value {
    let mut binding = identity(&format!("{POLICY_GROUP}/v1"), "PlacementBinding", name, namespace);
    binding.insert("placementRef", reference(rule, "PlacementRule", PLACEMENT_GROUP));
    let subjects = policies.iter().map(|policy| reference(policy, "Policy", POLICY_GROUP)).collect();
    binding.insert("subjects", Value::seq(subjects));
    binding.into()
}

fn expressions(rules: &[Rule<'_>], exists: &str, listed: &str) -> Vec<Value> {
    let mut rules = rules.to_vec();
    rules.sort_by_key(|rule| rule.key);
    rules.iter().map(|rule| expression(rule, exists, listed)).collect()
}

fn expression(rule: &Rule<'_>, exists: &str, listed: &str) -> Value {
    let mut expression = Map::new();
    expression.insert("key", rule.key);
    if rule.value.is_empty() {
        expression.insert("operator", exists);
    } else {
        expression.insert("operator", listed);
        expression.insert("values", Value::seq(rule.value.split(',').map(Value::from).collect()));
    }
    expression.into()
}

fn reference(name: &str, kind: &str, group: &str) -> Value {
    fields([("name", name.into()), ("kind", kind.into()), ("apiGroup", group.into())]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rule<'d>(key: &'d str, value: &'d str) -> Rule<'d> {
        Rule { key, value }
    }

    #[test]
    fn rules_are_sorted_and_split_untrimmed() {
        let value = placement_rule("t-placementrules", "ns", &[rule("b", "x, y,"), rule("a", "")], &[rule("a", "z")]);
        let list = value.at(&["spec", "clusterSelector", "matchExpressions"]).and_then(Value::as_seq).unwrap();
        let operators: Vec<_> = list.iter().map(|e| e.get("operator").and_then(Value::as_str).unwrap()).collect();
        assert_eq!(operators, ["Exists", "In", "NotIn"]);
        assert_eq!(list[1].get("values"), Some(&Value::seq(vec!["x".into(), " y".into(), "".into()])));
    }

    #[test]
    fn contradictions_and_overlaps() {
        assert!(contradicts(rule("a", "x"), rule("a", "")));
        assert!(contradicts(rule("a", "x"), rule("a", "x")));
        assert!(!contradicts(rule("a", ""), rule("a", "x")));
        assert_eq!(overlap(rule("a", "x,y"), rule("a", "y,z")), ["y"]);
        assert!(overlap(rule("a", "x"), rule("b", "x")).is_empty());
    }
}
