//! The flags that describe a CGU: every field of its spec.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::Failure;
use ztp_common::cli::duration::minutes;
use ztp_common::resource::{
    AfterCompletion, BatchTimeoutAction, BeforeEnable, ClusterGroupUpgrade, Metadata, NamespacedName, PreCachingConfig,
    PreCachingConfigSpec,
};

use crate::candidates;
use crate::plan::{Action, blocker};
use crate::selection::write_names;

/// What is rolled out, and how.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rollout")]
pub struct CguFlags {
    /// Policies to enforce, in this order
    #[arg(long, value_name = "NAME", value_delimiter = ',', add = ArgValueCompleter::new(candidates::policies))]
    pub policy: Vec<String>,
    /// All policies that one of the clusters does not comply with, in the order of their waves
    #[arg(long)]
    pub missing: bool,
    /// All policies with a deploy wave in this range, such as 1-10
    #[arg(long, value_name = "FROM-TO", value_parser = waves)]
    pub waves: Option<RangeInclusive<i64>>,
    /// ManifestWorkReplicaSets to roll out, in the place of policies
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with_all = ["policy", "missing", "waves"])]
    pub manifest_work_template: Vec<String>,
    /// Clusters that go first, one per batch
    #[arg(long, value_name = "NAME", value_delimiter = ',', add = ArgValueCompleter::new(candidates::clusters))]
    canary: Vec<String>,
    /// Size of a batch
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    pub max_concurrency: Option<i64>,
    /// Time for the whole rollout, such as 4h or 90m [default: 4h]
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    rollout_timeout: Option<i64>,
    /// What a batch that runs out of time does: continue or abort
    #[arg(long, value_name = "ACTION", hide_possible_values = true)]
    batch_timeout_action: Option<Action>,
    /// CGUs that must finish first
    #[arg(long, value_name = "NAMESPACE/NAME", value_delimiter = ',', value_parser = blocker,
        add = ArgValueCompleter::new(candidates::cgus_everywhere))]
    blocked_by: Vec<NamespacedName>,
    #[command(flatten)]
    precache: PrecacheFlags,
    #[command(flatten)]
    actions: ActionFlags,
}

/// What is done before the start.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Before the start")]
struct PrecacheFlags {
    /// Pull images onto the nodes before the start
    #[arg(long)]
    precache: bool,
    /// PreCachingConfig to use
    #[arg(long, value_name = "[NAMESPACE/]NAME", conflicts_with_all = ["precache_space", "precache_package", "precache_exclude", "precache_image"])]
    precache_config: Option<String>,
    /// Free space that a node must have, such as 45GiB [default: 35GiB]; makes a PreCachingConfig
    #[arg(long, value_name = "SIZE")]
    precache_space: Option<String>,
    /// Operators to pull, in the place of those of the policies; makes a PreCachingConfig
    #[arg(long, value_name = "PACKAGE:CHANNEL", value_delimiter = ',')]
    precache_package: Vec<String>,
    /// Leave out images that match; makes a PreCachingConfig
    #[arg(long, value_name = "PATTERN")]
    precache_exclude: Vec<String>,
    /// More images to pull; makes a PreCachingConfig
    #[arg(long, value_name = "IMAGE", value_delimiter = ',')]
    precache_image: Vec<String>,
    /// Save the nodes before the start (deprecated)
    #[arg(long)]
    backup: bool,
}

/// What TALM changes on ManagedClusters.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Labels and annotations of the clusters")]
struct ActionFlags {
    /// Label to add before the start
    #[arg(long, value_name = "KEY=VALUE", value_delimiter = ',', value_parser = pair)]
    before_label: Vec<(String, String)>,
    /// Label to remove before the start
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    before_remove_label: Vec<String>,
    /// Annotation to add before the start
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    before_annotation: Vec<(String, String)>,
    /// Annotation to remove before the start
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    before_remove_annotation: Vec<String>,
    /// Label to add to each cluster that completes
    #[arg(long, value_name = "KEY=VALUE", value_delimiter = ',', value_parser = pair)]
    after_label: Vec<(String, String)>,
    /// Label to remove from each cluster that completes
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    after_remove_label: Vec<String>,
    /// Annotation to add to each cluster that completes
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    after_annotation: Vec<(String, String)>,
    /// Annotation to remove from each cluster that completes
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    after_remove_annotation: Vec<String>,
    /// Go on enforcing after the end, until the CGU is deleted (deleteObjects: false)
    #[arg(long)]
    keep_objects: bool,
}

impl CguFlags {
    /// Whether policies are picked by what the hub says of them.
    pub fn picks(&self) -> bool {
        self.missing || self.waves.is_some()
    }

    /// Writes the flags that are given over a CGU; returns the PreCachingConfig they describe.
    ///
    /// # Errors
    /// Flags contradict each other.
    pub fn apply(&self, cgu: &mut ClusterGroupUpgrade) -> Result<Option<PreCachingConfig>, Failure> {
        let spec = &mut cgu.spec;
        write_names(&self.policy, &mut spec.managed_policies);
        write_names(&self.manifest_work_template, &mut spec.manifest_work_templates);
        write_names(&self.canary, &mut spec.remediation_strategy.canaries);
        if !self.blocked_by.is_empty() {
            spec.blocking_crs.clone_from(&self.blocked_by);
        }
        if let Some(size) = self.max_concurrency {
            spec.remediation_strategy.max_concurrency = size;
        }
        spec.remediation_strategy.timeout = self.rollout_timeout.or(spec.remediation_strategy.timeout);
        let action = self.batch_timeout_action.map(BatchTimeoutAction::from);
        spec.batch_timeout_action = action.or(spec.batch_timeout_action.take());
        spec.backup |= self.precache.backup;
        self.actions.apply(cgu);
        self.precache.apply(cgu)
    }
}

impl PrecacheFlags {
    fn apply(&self, cgu: &mut ClusterGroupUpgrade) -> Result<Option<PreCachingConfig>, Failure> {
        let spec = &mut cgu.spec;
        spec.pre_caching |= self.precache;
        let makes_one = self.precache_space.is_some()
            || !(self.precache_package.is_empty()
                && self.precache_exclude.is_empty()
                && self.precache_image.is_empty());
        if !spec.pre_caching && (makes_one || self.precache_config.is_some()) {
            return Err(Failure::new("a PreCachingConfig without pre-caching does nothing").fix("add --precache"));
        }
        if let Some(config) = &self.precache_config {
            let (namespace, name) = config.split_once('/').unwrap_or(("", config));
            spec.pre_caching_config_ref = NamespacedName { name: name.to_owned(), namespace: namespace.to_owned() };
        }
        if !makes_one {
            return Ok(None);
        }
        let mut overrides = serde_json::Map::new();
        if !self.precache_package.is_empty() {
            overrides.insert("operatorsPackagesAndChannels".to_owned(), json!(self.precache_package));
        }
        let (name, namespace) = (cgu.metadata.name.clone(), cgu.metadata.namespace.clone());
        spec.pre_caching_config_ref = NamespacedName { name: name.clone(), namespace: namespace.clone() };
        Ok(Some(PreCachingConfig {
            metadata: Metadata { name, namespace, ..Metadata::default() },
            spec: PreCachingConfigSpec {
                overrides,
                exclude_precache_patterns: self.precache_exclude.clone(),
                additional_images: self.precache_image.clone(),
                space_required: self.precache_space.clone().unwrap_or_default(),
            },
        }))
    }
}

impl ActionFlags {
    fn apply(&self, cgu: &mut ClusterGroupUpgrade) {
        let map = |pairs: &[(String, String)]| pairs.iter().cloned().collect::<BTreeMap<_, _>>();
        let merged = |old: BeforeEnable, new: BeforeEnable| BeforeEnable {
            add_cluster_labels: old.add_cluster_labels.into_iter().chain(new.add_cluster_labels).collect(),
            delete_cluster_labels: old.delete_cluster_labels,
            remove_cluster_labels: joined(old.remove_cluster_labels, new.remove_cluster_labels),
            add_cluster_annotations: old
                .add_cluster_annotations
                .into_iter()
                .chain(new.add_cluster_annotations)
                .collect(),
            remove_cluster_annotations: joined(old.remove_cluster_annotations, new.remove_cluster_annotations),
        };
        let before = BeforeEnable {
            add_cluster_labels: map(&self.before_label),
            remove_cluster_labels: self.before_remove_label.clone(),
            add_cluster_annotations: map(&self.before_annotation),
            remove_cluster_annotations: self.before_remove_annotation.clone(),
            ..BeforeEnable::default()
        };
        let after = BeforeEnable {
            add_cluster_labels: map(&self.after_label),
            remove_cluster_labels: self.after_remove_label.clone(),
            add_cluster_annotations: map(&self.after_annotation),
            remove_cluster_annotations: self.after_remove_annotation.clone(),
            ..BeforeEnable::default()
        };
        let actions = &mut cgu.spec.actions;
        if before != BeforeEnable::default() {
            actions.before_enable = Some(merged(actions.before_enable.take().unwrap_or_default(), before));
        }
        if after != BeforeEnable::default() || self.keep_objects {
            let old = actions.after_completion.take().unwrap_or_default();
            let delete_objects = if self.keep_objects { Some(false) } else { old.delete_objects };
            actions.after_completion = Some(AfterCompletion { changes: merged(old.changes, after), delete_objects });
        }
    }
}

fn joined(mut old: Vec<String>, new: Vec<String>) -> Vec<String> {
    old.extend(new);
    old
}

/// `key=value`, `key=` for an empty value.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(format!("{text:?} is not of the form KEY=VALUE (KEY= for an empty value)")),
    }
}

/// `1-10`, or `5` for one wave.
fn waves(text: &str) -> Result<RangeInclusive<i64>, String> {
    let wrong = || format!("{text:?} is no range of waves like 1-10");
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to): (i64, i64) = (from.parse().map_err(|_| wrong())?, to.parse().map_err(|_| wrong())?);
    if from > to { Err(wrong()) } else { Ok(from..=to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_a_range_or_one() {
        assert_eq!((waves("1-10"), waves("5")), (Ok(1..=10), Ok(5..=5)));
        assert!(waves("10-1").is_err() && waves("a").is_err() && waves("-3").is_err());
    }

    #[test]
    fn flags_are_written_over_what_is_there() {
        let mut cgu = ClusterGroupUpgrade::default();
        cgu.metadata.name = "u".to_owned();
        cgu.metadata.namespace = "n".to_owned();
        cgu.spec.managed_policies = vec!["old".to_owned()];
        let mut flags = CguFlags { policy: vec!["new".to_owned()], ..CguFlags::default() };
        flags.actions.after_label = vec![("done".to_owned(), String::new())];
        flags.actions.keep_objects = true;
        flags.precache.precache_space = Some("45GiB".to_owned());
        assert!(flags.apply(&mut cgu).unwrap_err().message.contains("without pre-caching"));
        flags.precache.precache = true;
        let config = flags.apply(&mut cgu).unwrap().unwrap();
        assert_eq!((config.metadata.name.as_str(), config.spec.space_required.as_str()), ("u", "45GiB"));
        assert_eq!(cgu.spec.managed_policies, ["new"]);
        assert_eq!(cgu.spec.pre_caching_config_ref.to_string(), "n/u");
        let after = cgu.spec.actions.after_completion.unwrap();
        assert_eq!((after.delete_objects, after.changes.add_cluster_labels["done"].as_str()), (Some(false), ""));
    }
}
