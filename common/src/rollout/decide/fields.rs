//! Fields of a CGU in a file that no release knows: mostly slips, which an API server would drop without a word.

use serde_json::Value;

use crate::finding::Finding;
use crate::suggest::nearest;

const CHANGES: &[&str] = &[
    "addClusterLabels",
    "deleteClusterLabels",
    "removeClusterLabels",
    "addClusterAnnotations",
    "removeClusterAnnotations",
];

/// The maps of a spec and what they may hold (TALM 5.0 `pkg/api/clustergroupupgrades/v1alpha1/types.go`).
const KNOWN: &[(&[&str], &[&str])] = &[
    (
        &[],
        &[
            "enable",
            "clusters",
            "clusterSelector",
            "clusterLabelSelectors",
            "remediationStrategy",
            "managedPolicies",
            "manifestWorkTemplates",
            "blockingCRs",
            "preCaching",
            "preCachingConfigRef",
            "backup",
            "batchTimeoutAction",
            "actions",
            // Older releases.
            "deleteObjectsOnCompletion",
        ],
    ),
    (&["remediationStrategy"], &["canaries", "maxConcurrency", "timeout"]),
    (&["preCachingConfigRef"], &["name", "namespace"]),
    (&["actions"], &["beforeEnable", "afterCompletion"]),
    (&["actions", "beforeEnable"], CHANGES),
    (&["actions", "afterCompletion"], CHANGES),
];

/// The fields of a spec that are not known, by path, and a finding for each.
pub fn unknown_fields(spec: &Value) -> Vec<(Vec<String>, Value, Finding)> {
    let mut unknown = Vec::new();
    for (path, known) in KNOWN {
        let map = path.iter().try_fold(spec, |value, key| value.get(key)).and_then(Value::as_object);
        for (key, value) in map.into_iter().flatten() {
            let is_known =
                known.contains(&key.as_str()) || (*key == "deleteObjects" && path.ends_with(&["afterCompletion"]));
            if !is_known {
                let full: Vec<String> = path.iter().map(|part| (*part).to_owned()).chain([key.clone()]).collect();
                let finding = finding(&full, key, known);
                unknown.push((full, value.clone(), finding));
            }
        }
    }
    unknown
}

fn finding(path: &[String], key: &str, known: &[&str]) -> Finding {
    let fact = format!("spec.{} is no field of a ClusterGroupUpgrade", path.join("."));
    let finding = Finding::error("rollout/unknown-field", fact).note("an API server drops it without a word");
    match nearest(key, known.iter().copied()) {
        Some(near) => finding.fix(format!("did you mean {near}?")),
        None => finding.fix("take it out"),
    }
}

/// That a spec lacks the one field that it must have (TALM 5.0
/// `config/crd/bases/ran.openshift.io_clustergroupupgrades.yaml`).
pub fn missing_size(spec: &Value) -> Option<Finding> {
    spec["remediationStrategy"]["maxConcurrency"].is_null().then(|| {
        Finding::error("rollout/no-concurrency", "spec.remediationStrategy.maxConcurrency is missing")
            .note("an API server refuses a ClusterGroupUpgrade without it")
            .fix("set it, or give --max-concurrency")
    })
}

/// Sets a value deep in an object; maps on the way are made.
pub(super) fn set_at(object: &mut Value, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *object = value;
        return;
    };
    if !object.is_object() {
        *object = Value::Object(serde_json::Map::new());
    }
    if let Some(map) = object.as_object_mut() {
        set_at(map.entry(first.clone()).or_insert(Value::Null), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn slips_are_found_at_every_depth() {
        let spec = json!({"managedPolicys": [], "remediationStrategy": {"maxConcurency": 5, "timeout": 1},
            "actions": {"afterCompletion": {"deleteObjects": false}, "beforeEnable": {"deleteObjects": true}}});
        let found = unknown_fields(&spec);
        let told: Vec<(String, Option<&str>)> = found.iter().map(|(p, _, f)| (p.join("."), f.fix.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("managedPolicys".to_owned(), Some("did you mean managedPolicies?")),
                ("remediationStrategy.maxConcurency".to_owned(), Some("did you mean maxConcurrency?")),
                ("actions.beforeEnable.deleteObjects".to_owned(), Some("take it out")),
            ]
        );
    }
}
