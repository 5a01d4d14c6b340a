//! The extra manifests of a cluster: folders, templates, workload partitioning, filter and merging (ZTP 4.20
//! `siteConfigBuilder.go`, `getExtraManifest`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::extra_problem::{Problem, Stage, already_excluded, missing_folders, unknown_name};
use super::files::{Files, Manifest};
use super::finish::clean;
use super::once::Once;
use super::record::{Record, Typed};
use crate::finding::Finding;
use crate::generate::machineconfig;
use crate::generate::template::Data;
use crate::yaml::{Map, Value, emit};

/// A manifest on its way into the ConfigMap.
#[derive(Clone, Debug)]
pub struct Extra {
    /// The parsed manifest and its text.
    pub manifest: Arc<Manifest>,
    /// Whether it takes part in merging: static and not from `extraManifestPath`.
    mergeable: bool,
}

/// File names and manifests, sorted.
pub type Extras = BTreeMap<Arc<str>, Extra>;

/// What is shared between clusters with the same manifests.
#[derive(Debug, Default)]
pub struct Shared {
    merged: Once<Key, Result<Arc<Merged>, String>>,
    data: Once<Key, Map>,
}

/// File names and the addresses of manifests, which [`Files`] keeps alive.
type Key = Vec<(Arc<str>, usize)>;

#[derive(Debug)]
struct Merged {
    manifests: Vec<(Arc<str>, Arc<Manifest>)>,
    findings: Vec<Finding>,
}

/// Collects, filters and merges.
///
/// # Errors
/// Everything that stops the generator.
pub fn collect(
    files: &Files,
    shared: &Shared,
    folder: &dyn Fn() -> Result<PathBuf, String>,
    cluster: &Record,
    findings: &mut Vec<Finding>,
) -> Result<Extras, Vec<Problem>> {
    let stage = |field| Stage { cluster, field };
    let settings = cluster.record("ExtraManifests");
    let searched = settings.is_some_and(|s| matches!(s.get("SearchPaths"), Some(Typed::List(_))));
    let folders: Vec<PathBuf> = match settings.filter(|_| searched) {
        Some(settings) => settings.texts("SearchPaths").map(|path| PathBuf::from(&**path)).collect(),
        None => vec![folder().map_err(|fact| stage("ClusterName").stops(fact))?],
    };
    let missing = settings.filter(|_| searched).map(|settings| missing_folders(files, settings)).unwrap_or_default();
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut extras = Extras::new();
    for path in &folders {
        add_folder(files, path, cluster, &mut extras).map_err(|fact| stage("ExtraManifests").stops(fact))?;
    }
    add_workload(files, &folders, cluster, &mut extras).map_err(|fact| stage("Nodes").stops(fact))?;
    let user = cluster.text("ExtraManifestPath");
    if !searched && !user.is_empty() {
        add_user_folder(files, Path::new(user), &mut extras).map_err(|fact| stage("ExtraManifestPath").stops(fact))?;
    }
    if let Some(filter) = settings.and_then(|s| s.record("Filter")) {
        keep(filter, &mut extras)?;
    }
    if cluster.flag("MergeDefaultMachineConfigs") {
        merge(shared, &mut extras, findings).map_err(|fact| stage("MergeDefaultMachineConfigs").stops(fact))?;
    }
    Ok(extras)
}

fn add_folder(files: &Files, path: &Path, cluster: &Record, extras: &mut Extras) -> Result<(), String> {
    let mut data = None;
    for name in &files.folder(path)?.files {
        let file = path.join(name);
        if !name.ends_with(".tmpl") {
            if let Some(manifest) = files.manifest(&file)? {
                extras.insert(name.as_str().into(), Extra { manifest, mergeable: true });
            }
            continue;
        }
        let template = files.template(&file)?;
        let data = data.get_or_insert_with(|| cluster.to_data());
        for role in roles(cluster) {
            let input = Data::structure("", vec![("Role", Data::from(role)), ("Data", data.clone())]);
            let text = template.render(&input).map_err(|e| e.to_string())?;
            if text.chars().any(|c| !c.is_whitespace()) {
                let rendered = format!("{role}-{}", name.strip_suffix(".tmpl").unwrap_or(name));
                let manifest = files.rendered(&rendered, &text)?;
                extras.insert(rendered.into(), Extra { manifest, mergeable: false });
            }
        }
    }
    Ok(())
}

fn roles(cluster: &Record) -> BTreeSet<&str> {
    cluster.records("Nodes").map(|node| node.text("Role")).collect()
}

fn add_workload(files: &Files, folders: &[PathBuf], cluster: &Record, extras: &mut Extras) -> Result<(), String> {
    if cluster.text("ClusterType") != "sno" {
        return Ok(());
    }
    for node in cluster.records("Nodes").filter(|node| !node.text("Cpuset").is_empty()) {
        for path in folders {
            if !files.folder(path)?.has_workload {
                continue;
            }
            let (role, text) = (
                node.text("Role"),
                workload(files, path, node).map_err(|error| {
                    format!("Error could not read WorkloadManifest {} {error}", cluster.text("ClusterName"))
                })?,
            );
            let name = format!("03-{role}-workload-partitioning.yaml");
            let manifest = files.rendered(&name, &text)?;
            extras.insert(name.into(), Extra { manifest, mergeable: false });
        }
    }
    Ok(())
}

fn workload(files: &Files, path: &Path, node: &Record) -> Result<String, String> {
    let read = |name: &str| files.text(&path.join("workload").join(name));
    let encoded =
        |name: &str| Ok::<_, String>(STANDARD.encode(read(name)?.text().replace("$cpuset", node.text("Cpuset"))));
    let (crio, kubelet) = (encoded("crio.conf")?, encoded("kubelet.conf")?);
    let text = read("03-workload-partitioning.yaml")?;
    Ok(text.text().replace("$crio", &crio).replace("$k8s", &kubelet).replace("$mcp", node.text("Role")))
}

fn add_user_folder(files: &Files, path: &Path, extras: &mut Extras) -> Result<(), String> {
    for name in &files.folder(path)?.files {
        if extras.contains_key(name.as_str()) {
            return Err(format!("Pre-defined extra-manifest cannot be over written {name}"));
        }
        if let Some(manifest) = files.manifest(&path.join(name))? {
            extras.insert(name.as_str().into(), Extra { manifest, mergeable: false });
        }
    }
    Ok(())
}

fn keep(filter: &Record, extras: &mut Extras) -> Result<(), Vec<Problem>> {
    let default = match filter.get("InclusionDefault") {
        Some(Typed::Text(text)) => text.to_lowercase(),
        _ => "include".into(),
    };
    let listed = |field: &str| filter.texts(field).cloned().collect::<Vec<_>>();
    let (exclude, include) = (listed("Exclude"), listed("Include"));
    let stage = |field| Stage { cluster: filter, field };
    let mut problems = Vec::new();
    match default.as_str() {
        "include" => {
            if !include.is_empty() {
                return Err(stage("Include").stops("with inclusionDefault: include the list include must be empty"));
            }
            let all: BTreeSet<Arc<str>> = extras.keys().cloned().collect();
            for (i, name) in exclude.iter().enumerate() {
                if extras.remove(name).is_none() {
                    let span = filter.span_of_item("Exclude", i);
                    problems.push(match all.contains(name) {
                        true => already_excluded(name, span),
                        false => unknown_name("exclude", name, &all, span),
                    });
                }
            }
        }
        "exclude" => {
            if !exclude.is_empty() {
                return Err(stage("Exclude").stops("with inclusionDefault: exclude the list exclude must be empty"));
            }
            let all: BTreeSet<Arc<str>> = extras.keys().cloned().collect();
            let unknown = include.iter().enumerate().filter(|(_, name)| !all.contains(*name));
            problems.extend(
                unknown.map(|(i, name)| unknown_name("include", name, &all, filter.span_of_item("Include", i))),
            );
            extras.retain(|name, _| include.contains(name));
        }
        other => {
            let fact = format!("inclusionDefault is include or exclude, not {other:?}");
            return Err(stage("InclusionDefault").stops(fact));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn merge(shared: &Shared, extras: &mut Extras, findings: &mut Vec<Finding>) -> Result<(), String> {
    let is_config =
        |e: &Extra| e.mergeable && e.manifest.value.get("kind").and_then(Value::as_str) == Some("MachineConfig");
    let (configs, others): (Extras, Extras) = std::mem::take(extras).into_iter().partition(|(_, e)| is_config(e));
    *extras = others;
    let configs: Vec<_> = configs.into_iter().map(|(name, e)| (name, e.manifest)).collect();
    let key = configs.iter().map(|(name, manifest)| (name.clone(), address(manifest))).collect();
    let merged = shared.merged.get(&key, || {
        let input = configs.iter().map(|(name, manifest)| (name.to_string(), manifest.value.clone())).collect();
        let merged = machineconfig::merge(input).map_err(|e| e.to_string())?;
        let manifests = merged.manifests.into_iter().map(|(name, value)| {
            let manifest = Manifest { text: emit::to_string(&value).into(), value, has_more: false };
            (name.into(), Arc::new(manifest))
        });
        Ok(Arc::new(Merged { manifests: manifests.collect(), findings: merged.findings }))
    })?;
    findings.extend(merged.findings.iter().cloned());
    for (name, manifest) in &merged.manifests {
        extras.insert(name.clone(), Extra { manifest: manifest.clone(), mergeable: false });
    }
    Ok(())
}

fn address(manifest: &Arc<Manifest>) -> usize {
    Arc::as_ptr(manifest) as usize
}

/// The `data` of the ConfigMap; clusters with the same manifests share it.
pub fn data(shared: &Shared, extras: &Extras) -> Map {
    let key = extras.iter().map(|(name, extra)| (name.clone(), address(&extra.manifest))).collect();
    shared.data.get(&key, || {
        let entries =
            extras.iter().map(|(name, extra)| (Value::Str(name.clone()), Value::Str(extra.manifest.text.clone())));
        Map::from_unsorted(entries.collect())
    })
}

/// Where a CR goes below the output folder.
pub fn path(site: &str, cluster: &str, kind: &str, name: &str) -> PathBuf {
    clean(&format!("./{site}/{cluster}_{}_{name}.yaml", kind.to_lowercase())).into()
}
