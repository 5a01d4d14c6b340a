//! One MachineConfig per role out of many: `MergeMachineConfigs` of the machine-config operator (4.14,
//! `pkg/controller/common/helpers.go`) as the ZTP 4.20 site generator calls it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::schema::CONFIG;
use super::spec::{MachineConfig, role_label};
use super::{ignition, ignition_merge, trim};
use crate::finding::Finding;
use crate::yaml::{Map, Value};

const KIND: &str = "MachineConfig";
const API_VERSION: &str = "machineconfiguration.openshift.io/v1";
const NAME: &str = "predefined-extra-manifests";
const GENERATED: &str = "ran.openshift.io/ztp-gitops-generated";
const REALTIME: &str = "realtime";

/// What is left after merging.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// File names and documents: what is no MachineConfig in its order, then one MachineConfig per role.
    pub manifests: Vec<(String, Value)>,
    /// What merging loses or does not decide.
    pub findings: Vec<Finding>,
}

/// Why manifests cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Error {
    /// All problems of all files; never empty.
    pub problems: Vec<Problem>,
}

/// One problem of one manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the manifest's file.
    pub file: String,
    /// Lower case, no full stop; begins with the path of the field where there is one.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

/// Merges all static manifests of a cluster, named by file. Pure: equal input gives equal output, so that sites with
/// the same manifests can share it.
///
/// # Errors
/// MachineConfigs that the machine-config operator would not read, and combinations that it refuses.
pub fn merge(manifests: Vec<(String, Value)>) -> Result<Merged, Error> {
    let mut roles: BTreeMap<Arc<str>, Vec<MachineConfig>> = BTreeMap::new();
    let mut merged = Merged::default();
    let mut problems = Vec::new();
    for (file, manifest) in manifests {
        if manifest.get("kind").and_then(Value::as_str) != Some(KIND) {
            merged.manifests.push((file, manifest));
            continue;
        }
        match MachineConfig::read(file.clone(), &manifest) {
            Ok(config) => roles.entry(config.role.clone()).or_default().push(config),
            Err(messages) => {
                problems.extend(messages.into_iter().map(|message| Problem { file: file.clone(), message }));
            }
        }
    }
    for (role, mut configs) in roles {
        configs.sort_by(|a, b| (&a.name, &a.file).cmp(&(&b.name, &b.file)));
        match merge_role(&role, &configs, &mut merged.findings) {
            Ok(value) => replace(&mut merged.manifests, format!("{NAME}-{role}.yaml"), value),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(merged) } else { Err(Error { problems }) }
}

/// A static manifest with the name of a merged one is lost.
fn replace(manifests: &mut Vec<(String, Value)>, file: String, value: Value) {
    manifests.retain(|(name, _)| *name != file);
    manifests.push((file, value));
}

fn merge_role(role: &str, configs: &[MachineConfig], findings: &mut Vec<Finding>) -> Result<Value, Problem> {
    warn(role, configs, findings);
    let config = merge_ignition(configs);
    warn_losses(role, &config, findings);
    let kernel_type = if configs.iter().any(|c| &*c.kernel_type == REALTIME) { REALTIME } else { "default" };
    let extensions: Vec<Value> = configs.iter().flat_map(|c| &c.extensions).cloned().map(Value::Str).collect();
    if let Some(devel) = configs.iter().find(|c| c.extensions.iter().any(|e| &**e == "kernel-devel"))
        && kernel_type == REALTIME
    {
        let message = "spec.extensions: installing kernel-devel is not supported with kernelType: realtime".into();
        return Err(Problem { file: devel.file.clone(), message });
    }
    let last = |field: fn(&MachineConfig) -> &Arc<str>| {
        configs.iter().rev().map(field).find(|text| !text.is_empty()).cloned().unwrap_or_default()
    };
    let spec: Map = [
        ("baseOSExtensionsContainerImage", Value::Str(last(|c| &c.extensions_image))),
        ("config", Value::Map(config)),
        ("extensions", Value::seq(extensions)),
        ("fips", Value::Bool(configs.iter().any(|c| c.fips))),
        ("kernelArguments", Value::seq(kernel_arguments(configs))),
        ("kernelType", Value::from(kernel_type)),
        ("osImageURL", Value::Str(last(|c| &c.os_image_url))),
    ]
    .into_iter()
    .collect();
    let metadata: Map = [
        ("annotations", Value::Map([(GENERATED, "{}")].into_iter().collect())),
        ("labels", Value::Map(role_label(role))),
        ("name", Value::from(format!("{NAME}-{role}"))),
    ]
    .into_iter()
    .collect();
    let whole: Map = [
        ("apiVersion", Value::from(API_VERSION)),
        ("kind", Value::from(KIND)),
        ("metadata", Value::Map(metadata)),
        ("spec", Value::Map(spec)),
    ]
    .into_iter()
    .collect();
    Ok(trim::trim(&Value::Map(whole)).unwrap_or_default())
}

/// All arguments in order, each once; those of Ignition 3.3 and later come last.
fn kernel_arguments(configs: &[MachineConfig]) -> Vec<Value> {
    let own = configs.iter().flat_map(|c| &c.kernel_arguments);
    let of_ignition = configs.iter().filter_map(|c| c.ignition.as_ref()).flat_map(|i| &i.kernel_arguments);
    let mut out: Vec<Value> = Vec::new();
    for argument in own.chain(of_ignition) {
        let argument = Value::Str(argument.clone());
        if !out.contains(&argument) {
            out.push(argument);
        }
    }
    out
}

fn merge_ignition(configs: &[MachineConfig]) -> Map {
    let version: Map = [("version", ignition::VERSION)].into_iter().collect();
    let empty: Map = [("ignition", version)].into_iter().collect();
    let mut all = configs.iter().map(|c| c.ignition.as_ref().map(|i| &i.config));
    let first = all.next().flatten().cloned().unwrap_or(empty);
    let mut config = all.flatten().fold(first, |merged, next| ignition_merge::merge(&CONFIG, &merged, next));
    if let Some(Value::Map(storage)) = config.get_mut("storage") {
        for file in storage.get_mut("files").and_then(Value::as_seq_mut).into_iter().flatten() {
            if let Value::Map(file) = file
                && !file.contains("overwrite")
            {
                file.insert("overwrite", true);
            }
        }
    }
    config
}

fn warn(role: &str, configs: &[MachineConfig], findings: &mut Vec<Finding>) {
    for pair in configs.windows(2) {
        if let [first, second] = pair
            && first.name == second.name
        {
            let fact = format!(
                "{} and {} are MachineConfigs of role {role:?} with one name, {:?}",
                first.file, second.file, first.name
            );
            let finding = Finding::warning("siteconfig/merge-same-name", fact)
                .note("the upstream generator merges them in random order; here the file name decides")
                .fix("give one of them another metadata.name");
            findings.push(finding);
        }
    }
    for config in configs {
        if !matches!(&*config.kernel_type, "" | "default" | REALTIME) {
            let fact = format!("{}: kernelType {:?} is lost by merging", config.file, config.kernel_type);
            findings.push(Finding::warning("siteconfig/merge-kernel-type", fact).fix("use default or realtime"));
        }
        let Some(ignition) = &config.ignition else { continue };
        for path in &ignition.unknown {
            let fact = format!("{}: spec.config.{path} is not a field of this Ignition version", config.file);
            let finding = Finding::warning("siteconfig/merge-unknown-field", fact).note("merging drops it");
            findings.push(finding);
        }
        if !ignition.lost_arguments.is_empty() {
            let arguments = ignition.lost_arguments.join(", ");
            let fact = format!("{}: kernelArguments.shouldNotExist is lost by merging ({arguments})", config.file);
            findings.push(Finding::warning("siteconfig/merge-lost-arguments", fact).fix(KEEP_OUT));
        }
    }
}

const KEEP_OUT: &str = "keep this MachineConfig out of the merge: set mergeDefaultMachineConfigs to false, or put the \
                        manifest into extraManifestPath";

fn warn_losses(role: &str, config: &Map, findings: &mut Vec<Finding>) {
    for loss in trim::losses(config) {
        let fact = format!("merging the MachineConfigs of role {role:?} loses {loss}");
        let finding = Finding::warning("siteconfig/merge-trimmed", fact)
            .note("the generator removes every false, 0 and empty text, which is not the same here as not to set it")
            .fix(KEEP_OUT);
        findings.push(finding);
    }
}
