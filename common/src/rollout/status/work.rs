//! What a manifest work lacks on a cluster (TALM 5.0 `controllers/manifestwork.go`, `controllers/utils/manifestwork.go`).

use crate::resource::{
    ClusterGroupUpgrade, Condition, CurrentManifestWork, ExpectedValue, ManifestStatus, ManifestWork, ResourceStatus,
    condition, label,
};
use crate::rollout::Hub;

/// Why a cluster stays at a template: what its work lacks, or the work of the template before, which has to be gone
/// first. `diagnose` warns of a text that starts with `ManifestWork`; values still to come are the work's normal course.
pub(super) fn lacking(hub: &Hub, cgu: &ClusterGroupUpgrade, cluster: &str, index: usize) -> Option<String> {
    if let Some(work) = work(hub, cgu, cluster, index) {
        return unfinished(work);
    }
    let before = work(hub, cgu, cluster, index.checked_sub(1)?)?;
    Some(format!("waits until ManifestWork {} of the template before is deleted", before.metadata.name))
}

/// The work of a template on a cluster. TALM remembers the name it made: `<cgu namespace>.<template>-<suffix>`, cut where
/// it is too long.
fn work<'h>(hub: &'h Hub, cgu: &ClusterGroupUpgrade, cluster: &str, index: usize) -> Option<&'h ManifestWork> {
    let templates = &cgu.spec.manifest_work_templates;
    let base = |template: &String| format!("{}.{template}", cgu.metadata.namespace);
    let wanted = base(templates.get(index)?);
    if let Some(name) = cgu.status.safe_resource_names.get(&format!("/{wanted}")) {
        return hub.works.get(&(cluster.to_owned(), name.clone()));
    }
    let start = format!("{wanted}-");
    // `t-b` starts like a work of `t`.
    let longer: Vec<String> = templates
        .iter()
        .map(|other| base(other) + "-")
        .filter(|other| *other != start && other.starts_with(&start))
        .collect();
    let is_it = |work: &&ManifestWork| {
        let name = &work.metadata.name;
        name.starts_with(&start)
            && !longer.iter().any(|other| name.starts_with(other))
            && work.metadata.label(label::CGU_NAME) == Some(&cgu.metadata.name)
    };
    let here =
        hub.works.range((cluster.to_owned(), String::new())..).take_while(|((namespace, _), _)| namespace == cluster);
    here.map(|(_, work)| work).find(is_it)
}

fn unfinished(work: &ManifestWork) -> Option<String> {
    let name = &work.metadata.name;
    let is_not = |kind| is_not(work.conditions(), kind).map(|lacking| format!("ManifestWork {name} is {lacking}"));
    if let Some(text) = is_not("Applied").or_else(|| is_not("Available")) {
        return Some(text);
    }
    match work.expected_values() {
        Err(error) => Some(format!("ManifestWork {name} has expectedValues that TALM cannot read: {error}")),
        Ok(values) => values.iter().find_map(|value| match manifest(work.manifests(), value) {
            None => Some(format!(
                "ManifestWork {name} has no manifest {}, of which a value is expected",
                value.manifest_index
            )),
            Some(manifest) => broken(manifest)
                .map(|lacking| format!("ManifestWork {name}: {lacking}"))
                .or_else(|| differs(manifest, value, "is").map(|text| format!("waits for {text}"))),
        }),
    }
}

/// What kept a cluster from finishing a work when it ran out of time, as far as TALM's trimmed copy of its status tells.
pub(super) fn left(hub: &Hub, cgu: &ClusterGroupUpgrade, work: &CurrentManifestWork) -> Option<String> {
    let status: ResourceStatus = crate::resource::read(&work.status).ok()?;
    if let Some(text) = status.manifests.iter().find_map(broken) {
        return Some(text);
    }
    let template = hub.templates.get(&(cgu.metadata.namespace.clone(), work.name.clone()))?;
    let values = template.expected_values().ok()?;
    let different = |value| differs(manifest(&status.manifests, value)?, value, "was");
    values.iter().find_map(different).map(|text| format!("waited for {text}"))
}

fn manifest<'s>(all: &'s [ManifestStatus], value: &ExpectedValue) -> Option<&'s ManifestStatus> {
    all.iter().find(|manifest| manifest.resource_meta.ordinal == value.manifest_index)
}

/// What the cluster says that it cannot do with a manifest. What it has not said yet is no reason.
fn broken(manifest: &ManifestStatus) -> Option<String> {
    let failed = ["Applied", "Available", "StatusFeedbackSynced"].into_iter().find_map(|kind| {
        condition(&manifest.conditions, kind).filter(|condition| !condition.is_true())?;
        is_not(&manifest.conditions, kind)
    });
    failed.map(|lacking| format!("{} is {lacking}", named(manifest)))
}

/// Also true of a work that is merely not through: a value may have no feedback before its field is there.
fn differs(manifest: &ManifestStatus, value: &ExpectedValue, verb: &str) -> Option<String> {
    let now = manifest.feedback(&value.name);
    let told = now.clone().map_or_else(|| "not reported".to_owned(), |now| format!("{now:?}"));
    (now.unwrap_or_default() != value.value)
        .then(|| format!("{} = {:?} of {}, which {verb} {told}", value.name, value.value, named(manifest)))
}

fn is_not(conditions: &[Condition], kind: &str) -> Option<String> {
    match condition(conditions, kind) {
        Some(condition) if condition.is_true() => None,
        Some(condition) if !condition.message.is_empty() => Some(format!("not {kind}: {}", condition.message)),
        Some(condition) if condition.is_false() && !condition.reason.is_empty() => {
            Some(format!("not {kind}: {}", condition.reason))
        }
        _ => Some(format!("not {kind} yet")),
    }
}

/// `manifest 1 (Deployment agent)`.
fn named(manifest: &ManifestStatus) -> String {
    let meta = &manifest.resource_meta;
    match (meta.kind.as_str(), meta.name.as_str()) {
        ("", "") => format!("manifest {}", meta.ordinal),
        (kind, name) => format!("manifest {} ({})", meta.ordinal, format!("{kind} {name}").trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{cgu, cluster, hub};
    use serde_json::{Value, json};

    fn conditions(all: &[(&str, &str)]) -> Value {
        all.iter().map(|(kind, status)| json!({"type": kind, "status": status, "message": "boom"})).collect()
    }

    fn a_work(name: &str, all: &[(&str, &str)]) -> Value {
        json!({"apiVersion": "work.open-cluster-management.io/v1", "kind": "ManifestWork",
            "metadata": {"name": name, "namespace": "a", "labels": {label::CGU_NAME: "u"}, "annotations": {}},
            "status": {"conditions": conditions(all)}})
    }

    const DONE: &[(&str, &str)] = &[("Applied", "True"), ("Available", "True"), ("StatusFeedbackSynced", "True")];

    fn at(index: usize, names: Value, works: Vec<Value>) -> Option<String> {
        let mut rollout = cgu("u", json!({"manifestWorkTemplates": ["t-b", "t"]}));
        rollout["status"] = json!({"safeResourceNames": names});
        let hub = hub([vec![cluster("a"), rollout], works].concat());
        lacking(&hub, hub.cgu("n", "u").unwrap(), "a", index)
    }

    #[test]
    fn a_work_of_another_template_is_not_taken_for_it() {
        let failing = || a_work("n.t-b-aaaaa", &[("Applied", "False")]);
        let both = || vec![failing(), a_work("n.t-zzzzz", DONE)];
        let names = || json!({"/n.t": "n.t-zzzzz", "/n.t-b": "n.t-b-aaaaa"});
        assert_eq!(at(1, names(), both()), None);
        assert_eq!(at(1, json!({}), both()), None);
        assert_eq!(at(0, json!({}), both()).unwrap(), "ManifestWork n.t-b-aaaaa is not Applied: boom");
        let gone_first = "waits until ManifestWork n.t-b-aaaaa of the template before is deleted";
        assert_eq!(at(1, names(), vec![failing()]).unwrap(), gone_first);
        assert_eq!(at(1, json!({}), vec![failing()]).unwrap(), gone_first);
    }

    /// The work of template `t` with expected values, and what its manifest 1 reports.
    fn with_feedback(expected: &str, all: &[(&str, &str)], values: Value) -> Option<String> {
        let mut work = a_work("n.t-zzzzz", DONE);
        work["metadata"]["annotations"]["openshift-cluster-group-upgrades/expectedValues"] = json!(expected);
        work["status"]["resourceStatus"] = json!({"manifests": [{"resourceMeta": {"ordinal": 1, "kind": "Job", "name": "x"},
            "conditions": conditions(all), "statusFeedback": {"values": values}}]});
        at(1, json!({"/n.t": "n.t-zzzzz"}), vec![work])
    }

    #[test]
    fn a_work_waits_for_its_expected_values() {
        let expected = r#"[{"manifestIndex": 1, "name": "isDone", "value": "True"}]"#;
        let value = |text: &str| json!([{"name": "isDone", "fieldValue": {"type": "String", "string": text}}]);
        assert_eq!(with_feedback(expected, DONE, value("True")), None);
        assert_eq!(
            with_feedback(expected, DONE, value("False")).unwrap(),
            r#"waits for isDone = "True" of manifest 1 (Job x), which is "False""#
        );
        assert_eq!(
            with_feedback(expected, &DONE[..2], json!([])).unwrap(),
            r#"waits for isDone = "True" of manifest 1 (Job x), which is not reported"#
        );
    }

    #[test]
    fn what_no_waiting_helps_is_told_of_the_work() {
        let expected = r#"[{"manifestIndex": 1, "name": "isDone", "value": "True"}]"#;
        let unsynced = [("Applied", "True"), ("Available", "True"), ("StatusFeedbackSynced", "False")];
        assert_eq!(
            with_feedback(expected, &unsynced, json!([])).unwrap(),
            "ManifestWork n.t-zzzzz: manifest 1 (Job x) is not StatusFeedbackSynced: boom"
        );
        let elsewhere = r#"[{"manifestIndex": 2, "name": "isDone", "value": "True"}]"#;
        assert_eq!(
            with_feedback(elsewhere, DONE, json!([])).unwrap(),
            "ManifestWork n.t-zzzzz has no manifest 2, of which a value is expected"
        );
        assert!(with_feedback("{", DONE, json!([])).unwrap().starts_with("ManifestWork n.t-zzzzz has expectedValues"));
    }

    #[test]
    fn what_was_left_at_the_timeout_is_told() {
        let template = json!({"apiVersion": "work.open-cluster-management.io/v1alpha1", "kind": "ManifestWorkReplicaSet",
            "metadata": {"name": "t", "namespace": "n", "annotations": {"openshift-cluster-group-upgrades/expectedValues":
                r#"[{"manifestIndex": 0, "name": "isDone", "value": "True"}]"#}}});
        let hub = hub(vec![cgu("u", json!({})), template]);
        let of = |manifest: Value| {
            let status = json!({"manifests": [manifest]});
            left(&hub, hub.cgu("n", "u").unwrap(), &CurrentManifestWork { name: "t".to_owned(), status })
        };
        assert_eq!(
            of(json!({"conditions": conditions(&[("Applied", "False")])})).unwrap(),
            "manifest 0 is not Applied: boom"
        );
        let value = json!({"name": "isDone", "fieldValue": {"type": "Boolean", "boolean": false}});
        assert_eq!(
            of(json!({"conditions": conditions(&DONE[..1]), "statusFeedback": {"values": [value]}})).unwrap(),
            r#"waited for isDone = "True" of manifest 0, which was "false""#
        );
        assert_eq!(left(&hub, hub.cgu("n", "u").unwrap(), &CurrentManifestWork::default()), None);
    }
}
