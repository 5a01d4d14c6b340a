//! What is on the hub already under the name of a new CGU, and how it is changed.

use serde_json::{Value, json};
use ztp_common::cli::Failure;
use ztp_common::resource::{ClusterGroupUpgrade, PreCachingConfig, Resource, read};
use ztp_common::rollout::decide::{Draft, Standing, standing};

use crate::writing::{Writing, changed_meanwhile, replacing, text};

/// The PreCachingConfig that is there under the name of the draft's own.
pub fn config_there(writing: &Writing<'_>, draft: &Draft) -> Result<Option<PreCachingConfig>, Failure> {
    let Some(config) = &draft.config else { return Ok(None) };
    let (namespace, name) = (&config.metadata.namespace, &config.metadata.name);
    let Some(server) = &writing.facts.server else {
        return Ok(writing.facts.hub.precaching_configs.get(&(namespace.clone(), name.clone())).cloned());
    };
    let found = server.get(Resource::PRE_CACHING_CONFIG, namespace, name)?;
    found.map(|found| read(&found)).transpose().map_err(|reason| {
        Failure::new(format!("PreCachingConfig {namespace}/{name} cannot be understood")).because(reason)
    })
}

/// Whether the PreCachingConfig of the draft is not on the hub as it is.
pub fn replaces(draft: &Draft, there: Option<&PreCachingConfig>) -> bool {
    draft.config.as_ref().is_some_and(|config| there.is_none_or(|there| there.spec != config.spec))
}

/// The CGU of that name, if the hub has one. A dry run here asks only what was gathered.
pub fn there(writing: &Writing<'_>, draft: &Draft) -> Result<Option<Value>, Failure> {
    let metadata = &draft.cgu.metadata;
    match &writing.facts.server {
        Some(server) => Ok(server.get(Resource::CLUSTER_GROUP_UPGRADE, &metadata.namespace, &metadata.name)?),
        None => Ok(writing.facts.hub.cgu(&metadata.namespace, &metadata.name).map(|cgu| json!(cgu))),
    }
}

/// Labels and annotations of the draft that the CGU does not have, as a patch of its metadata. Others stay: TALM and
/// Argo CD write some themselves.
pub fn added_metadata(there: &Value, wanted: &Value) -> Option<Value> {
    let mut patch = serde_json::Map::new();
    for key in ["labels", "annotations"] {
        let (old, new) = (&there["metadata"][key], wanted["metadata"][key].as_object());
        let added: serde_json::Map<String, Value> = new
            .into_iter()
            .flatten()
            .filter(|(key, value)| old.get(key.as_str()) != Some(*value))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if !added.is_empty() {
            patch.insert(key.to_owned(), Value::Object(added));
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

pub fn write_cgu(writing: &Writing<'_>, object: &Value, there: Option<&Value>) -> Result<Value, Failure> {
    let server = writing.server()?;
    let Some(there) = there else {
        return Ok(server.create(Resource::CLUSTER_GROUP_UPGRADE, object, writing.flags.write())?);
    };
    let before = there.clone();
    let not_started = |cgu: &ClusterGroupUpgrade| match standing(cgu) {
        Standing::Waits | Standing::Enabled => Ok(()),
        Standing::Runs | Standing::Ended => {
            Err(Failure::new("the rollout has started in the meantime").because("nothing was changed"))
        }
    };
    let mut patch = json!({"spec": replacing(&before["spec"], &object["spec"])});
    if let Some(metadata) = added_metadata(&before, object) {
        patch["metadata"] = metadata;
    }
    writing.patch(&before, &patch, &not_started)
}

pub fn write_config(
    writing: &Writing<'_>,
    draft: &Draft,
    config: &Value,
    shown: Option<&PreCachingConfig>,
) -> Result<Value, Failure> {
    let server = writing.server()?;
    let (namespace, name) = (text(config, "namespace"), text(config, "name"));
    let Some(there) = server.get(Resource::PRE_CACHING_CONFIG, &namespace, &name)? else {
        return Ok(server.create(Resource::PRE_CACHING_CONFIG, config, writing.flags.write())?);
    };
    let now = read::<PreCachingConfig>(&there).ok();
    if !replaces(draft, now.as_ref()) {
        return Ok(there);
    }
    if now.as_ref().map(|now| &now.spec) != shown.map(|shown| &shown.spec) {
        return Err(Failure::new(format!("PreCachingConfig {namespace}/{name} was changed while you looked at it"))
            .because("nothing was changed by this command")
            .fix("look at it again, then repeat the command"));
    }
    let guarded = json!({"metadata": {"resourceVersion": text(&there, "resourceVersion"), "uid": text(&there, "uid")},
        "spec": replacing(&there["spec"], &config["spec"])});
    let answer = server.merge_patch(Resource::PRE_CACHING_CONFIG, &namespace, &name, &guarded, writing.flags.write());
    answer.map_err(|error| changed_meanwhile(error, &format!("PreCachingConfig {namespace}/{name}")))
}
