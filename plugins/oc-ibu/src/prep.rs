//! `oc ibu prep`: unpack a seed image beside the running release, after everything has been checked at once.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};
use serde_json::Value;
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::resource::Resource;
use ztp_common::upgrade::annotation::{DISABLED, NO_INIT_MONITOR, NO_POST_REBOOT, NO_UPGRADE_COMPLETION};
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::{ConfigMapRef, LCA_NAMESPACE};
use ztp_common::upgrade::preflight::{KINDS, Kinds, Preflight, api_versions, preflight};
use ztp_common::upgrade::prep::{Seed, Settings, config_map};

use crate::change::{ChangeArgs, carry_out};
use crate::deed::Deed;
use crate::source::Cluster;
use crate::target::Target;

const EXAMPLES: &str = "\
Examples:
  oc ibu prep --seed registry.example.com/seed/du:4.20.3 --wait
  oc ibu prep sno2 --context hub-east --seed registry.example.com/seed/du:4.20.3 \\
    --oadp openshift-adp/oadp-cm --extra-manifests openshift-lifecycle-agent/extra-manifests
  oc ibu prep sno2 --seed registry.example.com/seed/du@sha256:4f1a…:4.20.3 --pull-secret seed-pull
  oc ibu prep --seed registry.example.com/seed/du:4.20.3 --dry-run=client -o yaml";

/// Whether the agent does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Prepare a cluster: unpack a seed image and fetch its images; no reboot
///
/// Checks first what the agent will check, and what it should: releases, pull secret, OADP and its storage, ConfigMaps and
/// what is in them, health. Only the agent itself can compare the seed image and the container partition. What is not named
/// stays as it is in the ImageBasedUpgrade.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PrepArgs {
    /// The seed image; its tag is the release, or a release follows behind one more colon
    #[arg(long, value_name = "IMAGE[:VERSION]")]
    seed: Option<String>,
    /// The release in the seed image, when its name does not tell
    #[arg(long, value_name = "VERSION", requires = "seed")]
    seed_version: Option<String>,
    /// Secret to pull the seed image with, in the namespace of the Lifecycle Agent
    #[arg(long, value_name = "NAME")]
    pull_secret: Option<String>,
    /// ConfigMap with Backups and Restores; may be given more than once
    #[arg(long, value_name = "NAMESPACE/NAME", value_parser = reference)]
    oadp: Vec<ConfigMapRef>,
    /// ConfigMap with manifests to apply after the reboot; may be given more than once
    #[arg(long, value_name = "NAMESPACE/NAME", value_parser = reference)]
    extra_manifests: Vec<ConfigMapRef>,
    /// How long the upgrade may take from the boot on until the node rolls back; 0 means 1800
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(..=2_147_483_647),
        help_heading = "Automatic rollback")]
    init_monitor_timeout: Option<u32>,
    /// Roll back when the upgrade is not completed in time: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true, help_heading = "Automatic rollback")]
    init_monitor: Option<Switch>,
    /// Roll back when configuring the new release fails: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true, help_heading = "Automatic rollback")]
    post_reboot_config: Option<Switch>,
    /// Roll back when the agent reports a failure after the reboot: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true, help_heading = "Automatic rollback")]
    upgrade_completion: Option<Switch>,
    #[command(flatten)]
    change: ChangeArgs,
}

fn reference(text: &str) -> Result<ConfigMapRef, String> {
    config_map(text).ok_or_else(|| "write it as NAMESPACE/NAME, such as openshift-adp/oadp-cm".to_owned())
}

/// Does `prep`. An error-level finding is a no.
///
/// # Errors
/// The seed cannot be read, the cluster cannot be reached, or the API refuses the change.
pub fn run(args: &PrepArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let deed = Deed::Prep(settings(args)?);
    carry_out(&deed, &args.change, &|target, wanted| check(target, wanted, terminal), terminal)
}

fn settings(args: &PrepArgs) -> Result<Settings, Failure> {
    let seed = match &args.seed {
        Some(text) => Some(Seed::parse(text, args.seed_version.as_deref()).map_err(|error| {
            Failure::new(format!("cannot take \"{text}\" for a seed image"))
                .because(error)
                .fix("such as --seed registry.example.com/seed/du:4.20.3")
        })?),
        None => None,
    };
    let switches = [
        (NO_INIT_MONITOR, args.init_monitor),
        (NO_POST_REBOOT, args.post_reboot_config),
        (NO_UPGRADE_COMPLETION, args.upgrade_completion),
    ];
    let annotation = |(key, switch): (&'static str, Option<Switch>)| {
        Some((key, (switch? == Switch::Off).then(|| DISABLED.to_owned())))
    };
    Ok(Settings {
        seed,
        pull_secret: args.pull_secret.clone(),
        oadp: args.oadp.clone(),
        extra_manifests: args.extra_manifests.clone(),
        init_monitor_seconds: args.init_monitor_timeout,
        annotations: switches.into_iter().filter_map(annotation).collect::<BTreeMap<_, _>>(),
    })
}

/// Fetches what the preflight looks at. What may not be read is told, and not taken for missing.
fn check(target: &Target, wanted: &Value, terminal: &Terminal) -> Result<Preflight, Failure> {
    let mut cluster = Cluster::live(target, KINDS)?;
    let mut readable = wanted.clone();
    for field in ["oadpContent", "extraManifests"] {
        let Some(items) = readable.pointer_mut(&format!("/spec/{field}")).and_then(Value::as_array_mut) else {
            continue;
        };
        let mut kept = Vec::new();
        for item in items.drain(..) {
            let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
            if fetch(target, &mut cluster, Resource::CONFIG_MAP, text("namespace"), text("name"))? {
                kept.push(item);
            }
        }
        *items = kept;
    }
    let secret = wanted.pointer("/spec/seedImageRef/pullSecretRef/name").and_then(Value::as_str);
    if let Some(name) = secret
        && !fetch(target, &mut cluster, kinds::SECRET, LCA_NAMESPACE, name)?
        && let Some(seed) = readable.pointer_mut("/spec/seedImageRef").and_then(Value::as_object_mut)
    {
        seed.remove("pullSecretRef");
    }
    if !terminal.quiet {
        cluster.unread.iter().for_each(|sentence| eprintln!("not checked: {sentence}"));
    }
    let kinds = served(target, &api_versions(&readable, cluster.objects()));
    Ok(preflight(&readable, cluster.objects(), kinds))
}

/// The kinds that the API server has of some API versions; `None` when it does not say.
fn served(target: &Target, versions: &BTreeSet<String>) -> Option<Kinds> {
    let mut kinds = Kinds::new();
    let plain = |version: &&String| version.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'));
    for version in versions.iter().filter(plain).filter(|version| !version.is_empty()) {
        let root = if version.contains('/') { "apis" } else { "api" };
        let text = match target.server.text(&format!("/{root}/{version}")) {
            Ok(text) => text,
            Err(error) if error.is_not_found() => continue,
            Err(_) => return None,
        };
        let list: Value = serde_json::from_str(&text).ok()?;
        let entries = list.get("resources").and_then(Value::as_array).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.get("kind")?.as_str());
        kinds.extend(names.map(|kind| (version.clone(), kind.to_owned())));
    }
    Some(kinds)
}

/// Adds an object if it is there; `false` when it may not be read.
fn fetch(
    target: &Target,
    cluster: &mut Cluster,
    resource: Resource,
    namespace: &str,
    name: &str,
) -> Result<bool, Failure> {
    match target.server.get(resource, namespace, name) {
        Ok(found) => found.into_iter().for_each(|object| cluster.add(object)),
        Err(error) if error.is_forbidden() => {
            cluster.unread.push(error.to_string());
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(true)
}
