//! `ibu/`: stage transitions, OADP content and samples of image-based upgrades. Group upgrades are not covered yet.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};
use ztp_common::finding::Level;
use ztp_common::upgrade::admission::refusals;
use ztp_common::upgrade::assess::{Known, Report};
use ztp_common::upgrade::condition::Conditions;
use ztp_common::upgrade::decide::{Decision, Verb, decide};
use ztp_common::upgrade::event::{Reaction, Recreated, annotated, deleted};
use ztp_common::upgrade::files::{self, Settings};
use ztp_common::upgrade::machine::{Answer, request, valid_next_stages};
use ztp_common::upgrade::oadp::{Context, Storage, check_sources};
use ztp_common::upgrade::object::{ImageBasedUpgrade, Stage};
use ztp_common::upgrade::pivot::Pivot;
use ztp_common::upgrade::seed::{GeneratorState, generator_state};
use ztp_common::upgrade::state::State;
use ztp_common::yaml::{Source, hub_documents};

use super::Results;

pub fn run(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let mut results = Vec::new();
    let mut judge = |id: String, case: &dyn Fn() -> Result<Vec<String>, String>| {
        if wanted(&id) {
            results.push((id, case().unwrap_or_else(|error| vec![error])));
        }
    };
    for case in list(&folder.join("transitions.yaml"), "transitions") {
        judge(format!("transitions/{}", text(&case, "id")), &|| transition(&case));
    }
    for case in list(&folder.join("oadp/expected.yaml"), "files") {
        let file = text(&case, "file").to_owned();
        judge(format!("oadp/{file}"), &|| oadp(&folder.join("oadp").join(&file), &case));
    }
    for case in list(&folder.join("samples/index.yaml"), "samples") {
        let file = text(&case, "file").to_owned();
        let path = folder.join("samples").join(&file);
        if file.starts_with("ibu-") {
            judge(format!("samples/{file}"), &|| upgrade_sample(&path, &case));
        } else if file.starts_with("seedgen-") {
            judge(format!("samples/{file}"), &|| seed_sample(&path, &case));
        }
    }
    results
}

fn document(path: &Path) -> Result<Json, String> {
    let content = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let source = Source::from_text(path.display().to_string(), content);
    let Some(document) = hub_documents(&source).next() else { return Ok(Json::Null) };
    let document = document.map_err(|e| e.to_string())?;
    document.root().map_or(Ok(Json::Null), |root| root.to_json().map_err(|e| e.to_string()))
}

/// The cases of a file; one that cannot be read gives a case that fails.
fn list(path: &Path, key: &str) -> Vec<Json> {
    match document(path).map(|d| d.get(key).and_then(Json::as_array).cloned()) {
        Ok(Some(cases)) => cases,
        _ => vec![json!({"id": "unreadable", "file": "unreadable", "kind": "unreadable"})],
    }
}

fn text<'j>(value: &'j Json, key: &str) -> &'j str {
    value.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn read<T: serde::de::DeserializeOwned>(value: &Json, key: &str) -> Result<T, String> {
    serde_json::from_value(value.get(key).cloned().unwrap_or(json!([]))).map_err(|e| format!("{key}: {e}"))
}

fn same(what: &str, expected: &Json, got: &Json, problems: &mut Vec<String>) {
    if expected != got {
        problems.push(format!("{what}: expected {expected}, got {got}"));
    }
}

fn transition(case: &Json) -> Result<Vec<String>, String> {
    let conditions: Conditions = read(case, "conditions")?;
    let mut problems = Vec::new();
    match text(case, "kind") {
        "stage" => {
            admission(case, &mut problems);
            machine(case, &conditions, &mut problems)?;
            verb(case, &mut problems)?;
        }
        "field" => admission(case, &mut problems),
        "event" => event(case, &conditions, &mut problems),
        other => problems.push(format!("kind {other:?}")),
    }
    Ok(problems)
}

/// What the API server says to the change.
fn admission(case: &Json, problems: &mut Vec<String>) {
    let mut old = json!({"metadata": {"name": "upgrade"}, "spec": {"stage": case["specStage"]}});
    let empty = |key: &str| case[key].as_array().is_none_or(Vec::is_empty);
    if !empty("conditions") {
        old["status"] = json!({"conditions": case["conditions"]});
        if !empty("validNextStages") {
            old["status"]["validNextStages"] = case["validNextStages"].clone();
        }
    }
    let mut new = old.clone();
    new["spec"]["stage"] = case["requestedStage"].clone();
    if let Some(change) = case.get("fieldChange") {
        let field = text(change, "field").trim_start_matches("spec.");
        for (object, key) in [(&mut old, "old"), (&mut new, "new")] {
            if change[key] != "(absent)" {
                object["spec"][field] = change[key].clone();
            }
        }
    }
    let got: BTreeSet<String> = refusals(Some(&old), &new).into_iter().map(str::to_owned).collect();
    let expect = &case["expect"];
    same("api", &(expect["api"] == "rejected").into(), &(!got.is_empty()).into(), problems);
    let one = expect.get("apiMessage").and_then(Json::as_str).into_iter();
    let many = expect["apiMessages"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let expected: BTreeSet<String> = one.chain(many).map(str::to_owned).collect();
    if !expected.is_empty() {
        same("messages", &json!(expected), &json!(got), problems);
    }
}

/// Our verbs go where API server and agent go, and nowhere else.
fn verb(case: &Json, problems: &mut Vec<String>) -> Result<(), String> {
    let verb = match text(case, "requestedStage") {
        "Prep" => Verb::Prep,
        "Upgrade" => Verb::Upgrade,
        "Rollback" => Verb::Rollback,
        _ => Verb::Idle,
    };
    let object = json!({
        "spec": {"stage": case["specStage"], "seedImageRef": {"version": "4.20.3"}},
        "status": {"conditions": case["conditions"], "validNextStages": case["validNextStages"]},
    });
    let ibu: ImageBasedUpgrade = serde_json::from_value(object).map_err(|e| e.to_string())?;
    let release = if case["afterPivot"] == true { "4.20.3" } else { "4.18.9" };
    let known = Known { cluster: None, cluster_version: Some(release) };
    let expect = &case["expect"];
    let accepted = expect["api"] == "accepted" && expect["controller"] == "accepted";
    match decide(&Report::assess(&ibu, known, jiff::Timestamp::UNIX_EPOCH), verb) {
        Decision::Go(effect) => {
            same("goes", &accepted.into(), &true.into(), problems);
            same("effect of the verb", &expect["effect"], &json!(effect), problems);
        }
        other if accepted => problems.push(format!("the verb does not go: {other:?}")),
        _ => {}
    }
    Ok(())
}

/// What the agent does about it.
fn machine(case: &Json, conditions: &Conditions, problems: &mut Vec<String>) -> Result<(), String> {
    let pivot = if case["afterPivot"] == true { Pivot::After } else { Pivot::Before };
    let current = Stage::from(text(case, "specStage"));
    let stored = valid_next_stages(conditions, &current, pivot);
    same("validNextStages", &case["validNextStages"], &json!(stored), problems);
    let expect = &case["expect"];
    match request(conditions, &current, pivot, &Stage::from(text(case, "requestedStage"))) {
        Answer::NoOp => same("controller", &expect["controller"], &"no-op".into(), problems),
        Answer::Rejected { condition } => {
            same("controller", &expect["controller"], &"rejected".into(), problems);
            same("reason", &expect["controllerReason"], &json!(condition.reason), problems);
            same("message", &expect["controllerMessage"], &condition.message.into(), problems);
        }
        Answer::Accepted { effect, changed, valid_next, .. } => {
            same("controller", &expect["controller"], &"accepted".into(), problems);
            same("effect", &expect["effect"], &json!(effect), problems);
            let expected: Conditions = read(expect, "newConditions")?;
            if expected.0.len() != changed.len() || expected.0.iter().any(|e| !changed.iter().any(|c| c.says(e))) {
                problems.push(format!("newConditions: expected {expected:?}, got {changed:?}"));
            }
            let after = expect.get("validNextStagesAfter").cloned().unwrap_or(json!([]));
            same("validNextStagesAfter", &after, &json!(valid_next), problems);
        }
    }
    Ok(())
}

fn event(case: &Json, conditions: &Conditions, problems: &mut Vec<String>) {
    let expect = &case["expect"];
    if let Some(annotation) = case.get("annotationAdded").and_then(Json::as_str) {
        let reaction: Reaction = annotated(conditions, annotation);
        same("controller", &expect["controller"], &json!(reaction), problems);
        if let Some(expected) = expect.get("annotationRemoved") {
            same("annotationRemoved", expected, &reaction.removes_annotation().into(), problems);
        }
    } else {
        let fresh = deleted(conditions) == Recreated::FreshIdle;
        let expected = text(expect, "recreatedAs");
        let got = if fresh { "idle" } else { text(case, "state") };
        same("recreatedAs", &expected.into(), &got.into(), problems);
    }
}

fn oadp(path: &Path, case: &Json) -> Result<Vec<String>, String> {
    let content = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let sources = [Source::from_text(path.display().to_string(), content)];
    let context = &case["context"];
    let storage = match text(context, "storage") {
        "lvms" => Storage::Lvms,
        "lso" => Storage::Lso,
        _ => Storage::None,
    };
    let context = Context { storage, rhacm_managed: context["rhacmManaged"] == true, ibgu: context["ibgu"] == true };
    let findings = check_sources(&sources, context);
    let line = |object: &str, rule: &str, level: &str| format!("{object} {rule} {level}");
    let mut got: Vec<String> = findings
        .iter()
        .map(|f| line(f.object.as_deref().unwrap_or("-"), f.finding.id, word(f.finding.level)))
        .collect();
    let mut expected: Vec<String> = case["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| line(text(f, "object"), text(f, "rule"), text(f, "severity")))
        .collect();
    let mut problems = Vec::new();
    got.sort();
    expected.sort();
    same("findings", &json!(expected), &json!(got), &mut problems);
    // The command goes through the sorting of files first.
    let settings = Settings { context, current: None };
    let mut by_file: Vec<&str> = files::check(&sources, &settings).findings.iter().map(|f| f.id).collect();
    let mut ids: Vec<&str> = findings.iter().map(|f| f.finding.id).collect();
    by_file.sort_unstable();
    ids.sort_unstable();
    same("as a file", &json!(ids), &json!(by_file), &mut problems);
    Ok(problems)
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    }
}

fn upgrade_sample(path: &Path, case: &Json) -> Result<Vec<String>, String> {
    let ibu: ImageBasedUpgrade = serde_json::from_value(document(path)?).map_err(|e| e.to_string())?;
    let now = jiff::Timestamp::UNIX_EPOCH;
    let mut problems = Vec::new();
    last_condition(ibu.status.as_ref().map(|s| &s.conditions), case, &mut problems);
    let sides = [("not known", None), (text_of_side(case), release(&ibu, case))];
    for (what, release) in sides {
        let report = Report::assess(&ibu, Known { cluster: None, cluster_version: release.as_deref() }, now);
        if report.state == State::Unknown {
            problems.push(format!("release {what}: the state is not understood"));
        }
        if report.pivot.is_some_and(|pivot| (pivot == Pivot::After) != (case["afterPivot"] == true)) {
            problems.push(format!("release {what}: the side of the reboot is {:?}", report.pivot));
        }
        if report.valid_next_is_stale {
            problems.push(format!("release {what}: validNextStages do not follow from the conditions"));
        }
    }
    Ok(problems)
}

fn text_of_side(case: &Json) -> &'static str {
    if case["afterPivot"] == true { "new" } else { "old" }
}

/// What ClusterVersion would report on this side of the reboot.
fn release(ibu: &ImageBasedUpgrade, case: &Json) -> Option<String> {
    let seed = &ibu.spec.seed_image_ref.version;
    Some(if case["afterPivot"] == true { seed.clone() } else { "4.1.0".to_owned() })
}

fn seed_sample(path: &Path, case: &Json) -> Result<Vec<String>, String> {
    let object = document(path)?;
    let status = object.get("status").cloned().unwrap_or(json!({}));
    let conditions: Conditions = read(&status, "conditions")?;
    let mut problems = Vec::new();
    last_condition(Some(&conditions), case, &mut problems);
    let message = text(case, "lastConditionMessage");
    let fits = match generator_state(&conditions) {
        GeneratorState::New => message.is_empty(),
        GeneratorState::Completed => text(case, "lastConditionReason") == "Completed",
        GeneratorState::Failed(detail) => text(case, "lastConditionReason") == "Failed" && message.ends_with(&detail),
        GeneratorState::Waiting(detail) => message.starts_with("Waiting for") && message.ends_with(&detail),
        GeneratorState::Working(step) => message == step,
    };
    if !fits {
        problems.push(format!("state: {:?}", generator_state(&conditions)));
    }
    Ok(problems)
}

fn last_condition(conditions: Option<&Conditions>, case: &Json, problems: &mut Vec<String>) {
    let last = conditions.and_then(Conditions::last);
    same("reason", &case["lastConditionReason"], &json!(last.map(|c| &c.reason)), problems);
    same("message", &case["lastConditionMessage"], &json!(last.map(|c| &c.message)), problems);
}
