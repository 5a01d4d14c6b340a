//! `talm-plan/` and `talm/`: hubs with what TALM wrote on them.
//!
//! Of the suites a plan must say what TALM's pass up to the start decides, without the state of jobs on clusters. Once a
//! CGU runs or has ended it is for reports to tell what TALM wrote, by the rules of [`super::talm_live`]. The tables are
//! the library's small rules.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use ztp_common::inventory::{Limits, Recorded};
use ztp_common::resource::{Condition, read, set_condition};
use ztp_common::rollout::decide::{Pick, pick};
use ztp_common::rollout::{
    CopyReading, Hub, Outcome, ReleaseLookup, UpdateGraph, child_policy_name, cluster_compliance, current_batch_budget,
    plan, required_gib, safe_name,
};
use ztp_common::yaml;

use super::Results;
use super::talm_live::told;

/// The answer that the README of the suites prescribes.
pub struct Graph;

impl UpdateGraph for Graph {
    fn image(&self, _upstream: &str, channel: &str, version: &str) -> ReleaseLookup {
        match (channel, version) {
            ("stable-4.9", "4.9.8") => ReleaseLookup::Image(
                "quay.io/openshift-release-dev/ocp-release@sha256:\
                 c91c0faf7ae3c480724a935b3dab7e5f49aae19d195b12f3a4ae38f8440ea96b"
                    .to_owned(),
            ),
            _ => ReleaseLookup::NotAsked,
        }
    }
}

pub fn run_plans(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let mut results = Results::new();
    for case in subfolders(folder) {
        let id = name(&case);
        if wanted(&id) {
            results.push((id, planned(&case).unwrap_or_else(|error| vec![error])));
        }
    }
    results
}

fn planned(case: &Path) -> Result<Vec<String>, String> {
    let hub = hub(&case.join("input.json"))?;
    let cgu = hub.cgus.values().next().ok_or("there is no CGU in input.json")?;
    let text = std::fs::read_to_string(case.join("expected.json")).map_err(|e| e.to_string())?;
    let expected: Json = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let got = json!(plan(&hub, cgu, &Graph, now()).status);
    let mut problems = Vec::new();
    subset("status", &expected["status"], &got, &mut problems);
    // Without reading the copies of policies, as on a live hub.
    let live = derived_hub(&case.join("input.json"))?;
    let got = json!(plan(&live, cgu, &Graph, now()).status);
    subset("status, copies not read", &expected["status"], &got, &mut problems);
    Ok(problems)
}

pub fn run_suites(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let mut results = Results::new();
    for case in subfolders(folder) {
        let mut files: Vec<PathBuf> = ztp_tests::files_below(&case);
        files.retain(|file| name(file).ends_with("input.yaml"));
        for input in files.iter().filter(|_| name(&case) != "tables") {
            let step = name(input).replace("input.yaml", "");
            let id = format!("{}/{}", name(&case), step.trim_end_matches('-')).trim_end_matches('/').to_owned();
            if !wanted(&id) {
                continue;
            }
            match step_problems(input, &case.join(format!("{step}expected.yaml"))) {
                Ok(Some(problems)) => results.push((id, problems)),
                Ok(None) => {}
                Err(error) => results.push((id, vec![error])),
            }
        }
    }
    tables(&folder.join("tables"), wanted, &mut results);
    results
}

/// None for a step that expects nothing of a CGU.
fn step_problems(input: &Path, expected: &Path) -> Result<Option<Vec<String>>, String> {
    let hub = hub(input)?;
    if !expected.is_file() {
        // A sample: an answer, whatever it is, will do.
        hub.cgus.values().for_each(|cgu| drop(plan(&hub, cgu, &Graph, now())));
        return Ok(Some(Vec::new()));
    }
    let mut problems = Vec::new();
    let mut applies = false;
    for object in documents(expected)?.iter().filter(|object| object["kind"] == "ClusterGroupUpgrade") {
        let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
        let cgu = hub.cgu(text("namespace"), text("name")).ok_or("the expected CGU is not in the input")?;
        let plan = plan(&hub, cgu, &Graph, now());
        applies = true;
        if matches!(plan.outcome, Outcome::Running | Outcome::Ended) {
            let mut after = hub.clone();
            let key = (cgu.metadata.namespace.clone(), cgu.metadata.name.clone());
            let mut status = json!(cgu.status);
            merge(&mut status, &object["status"]);
            after.cgus.get_mut(&key).ok_or("the CGU is gone")?.status = read(&status)?;
            problems.extend(told(&after, &key));
            continue;
        }
        let mut expected = object["status"].clone();
        if matches!(plan.outcome, Outcome::Precaching | Outcome::BackingUp) {
            jobs_left_out(&mut expected);
        }
        subset(text("name"), &expected, &json!(plan.status), &mut problems);
    }
    Ok(applies.then_some(problems))
}

/// How far jobs on the clusters are comes from views that a plan does not read, and the conditions follow them.
fn jobs_left_out(status: &mut Json) {
    let Some(status) = status.as_object_mut() else { return };
    status.remove("conditions");
    for job in ["precaching", "backup"] {
        status.get_mut(job).and_then(Json::as_object_mut).map(|job| job.remove("status"));
    }
}

/// What TALM wrote, onto what was there before.
fn merge(into: &mut Json, from: &Json) {
    match (into, from) {
        (Json::Object(into), Json::Object(from)) => {
            from.iter().for_each(|(key, value)| merge(into.entry(key).or_insert(Json::Null), value));
        }
        (into, from) => *into = from.clone(),
    }
}

/// As kuttl compares: maps are subsets, lists are equal in length and order.
fn subset(path: &str, expected: &Json, got: &Json, problems: &mut Vec<String>) {
    match (expected, got) {
        (Json::Object(expected), _) => {
            for (key, value) in expected {
                subset(&format!("{path}.{key}"), value, got.get(key).unwrap_or(&Json::Null), problems);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| subset(&format!("{path}[{i}]"), a, b, problems));
        }
        // Our types leave out what is empty.
        (Json::Array(a), Json::Null) if a.is_empty() => {}
        (a, b) if a == b => {}
        (a, b) => problems.push(format!("{path}: expected {a}, got {b}")),
    }
}

/// Results of one table: a line of text for each row that is wrong.
type Rule = fn(&Json) -> Result<(), String>;

fn tables(folder: &Path, wanted: &dyn Fn(&str) -> bool, results: &mut Results) {
    let rules: [(&str, Rule); 7] = [
        ("batch-timeout", batch_timeout),
        ("child-policy-name", child_name),
        ("cluster-compliance", compliance),
        ("condition-order", condition_order),
        ("safe-names", safe),
        ("space-required", space),
        ("ztp-deploy-wave-order", wave_order),
    ];
    for file in ztp_tests::files_below(folder) {
        let stem = name(&file).trim_end_matches(".yaml").to_owned();
        let id = format!("tables/{stem}");
        let Some((_, rule)) = rules.iter().find(|(table, _)| *table == stem).filter(|_| wanted(&id)) else { continue };
        let problems = match documents(&file) {
            Ok(documents) => documents
                .iter()
                .flat_map(|rows| rows.as_array().cloned().unwrap_or_default())
                .filter_map(|row| rule(&row).err().map(|error| format!("{row}: {error}")))
                .collect(),
            Err(error) => vec![error],
        };
        results.push((id, problems));
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(expected: &T, got: &T) -> Result<(), String> {
    if expected == got { Ok(()) } else { Err(format!("expected {expected:?}, got {got:?}")) }
}

fn batch_timeout(row: &Json) -> Result<(), String> {
    let number = |key: &str| row[key].as_i64().unwrap_or_default();
    let count = |key: &str| usize::try_from(number(key)).unwrap_or_default();
    let after = SignedDuration::from_mins(number("batchStart"));
    let timeout = SignedDuration::from_mins(number("timeout"));
    let got = current_batch_budget(timeout, count("batches"), count("currentBatch"), after);
    equal(&Some(number("expected")), &got.map(|budget| budget.as_mins()))
}

fn child_name(row: &Json) -> Result<(), String> {
    let expected = row["namespace"].as_str().zip(row["name"].as_str());
    equal(&expected, &child_policy_name(row["child"].as_str().unwrap_or_default()))
}

fn compliance(row: &Json) -> Result<(), String> {
    let policy = read(&json!({"metadata": {}, "spec": {}, "status": row["status"]}))?;
    equal(&row["expected"], &json!(cluster_compliance(&policy, "cluster1")))
}

fn condition_order(row: &Json) -> Result<(), String> {
    let mut conditions: Vec<Condition> = read(&row["before"])?;
    set_condition(&mut conditions, read(&row["set"])?);
    let order: Vec<&str> = conditions.iter().map(|condition| condition.kind.as_str()).collect();
    equal(&row["after"], &json!(order))
}

fn safe(row: &Json) -> Result<(), String> {
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    let length = row["maxLength"].as_u64().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    equal(&text("expected").to_owned(), &safe_name(text("name"), text("namespace"), text("suffix"), length))
}

fn space(row: &Json) -> Result<(), String> {
    let got = required_gib(row["in"].as_str().unwrap_or_default());
    match row["out"].as_str() {
        Some(out) => equal(&Some(out.to_owned()), &got.ok().map(|gib| gib.to_string())),
        None => equal(&true, &got.is_err()),
    }
}

fn wave_order(row: &Json) -> Result<(), String> {
    let copies = row["waves"].as_object().into_iter().flatten().map(|(name, wave)| {
        json!({"apiVersion": "policy.open-cluster-management.io/v1", "kind": "Policy",
            "metadata": {"namespace": "a", "name": format!("n.{name}"),
                "labels": {"policy.open-cluster-management.io/root-policy": format!("n.{name}")},
                "annotations": {"ran.openshift.io/ztp-deploy-wave": wave.to_string()}},
            "spec": {"remediationAction": "inform"}})
    });
    let mut recorded = Recorded::named("row");
    copies.for_each(|copy| recorded.add(copy));
    let hub = Hub::gather(&recorded, CopyReading::All).map_err(|error| error.to_string())?;
    let with_wave = Pick { waves: Some(i64::MIN..=i64::MAX), missing: false };
    equal(&row["order"], &json!(pick(&hub, &["a".to_owned()], &with_wave).policies))
}

pub fn hub(path: &Path) -> Result<Hub, String> {
    let recorded = Recorded::open(path, &Limits::default()).map_err(|error| error.to_string())?;
    Hub::gather(&recorded, CopyReading::All).map_err(|error| error.to_string())
}

/// The hub as it is told by the root policies.
pub fn derived_hub(path: &Path) -> Result<Hub, String> {
    let recorded = Recorded::open(path, &Limits::default()).map_err(|error| error.to_string())?;
    Hub::gather(&recorded, CopyReading::Derived).map_err(|error| error.to_string())
}

fn documents(path: &Path) -> Result<Vec<Json>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let source = yaml::Source::from_bytes(name(path), bytes).map_err(|error| error.to_string())?;
    let read = |document: Result<yaml::Document<'_>, yaml::Error>| {
        document.and_then(|d| d.root().map_or(Ok(Json::Null), yaml::NodeRef::to_json)).map_err(|e| e.to_string())
    };
    yaml::hub_documents(&source).map(read).collect()
}

pub fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}
