//! `oc talm upgrade-policy`: a policy in Git form that upgrades OpenShift.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ztp_common::api::{Connection, Server};
use ztp_common::cli::{ConnectionFlags, Failure, Outcome, Terminal, print, write_whole};
use ztp_common::inventory::{Inventory, Query};
use ztp_common::resource::{ManagedCluster, Object, read};
use ztp_common::rollout::upgrade_policy::{Form, Hop, PolicyFile, Release, ReleaseError, VersionCount, hops};

use crate::facts::{failure, open};
use crate::words::{listed, many};

const EXAMPLES: &str = "\
Examples:
  oc talm upgrade-policy du-upgrade -n ztp-group --version 4.20.3 --channel eus-4.20 --binding group-du
  oc talm upgrade-policy du-upgrade -n ztp-group --version 4.20.3 --binding zone=north --from hub/ > du-upgrade.yaml
  oc talm upgrade-policy du-upgrade -n ztp-group --version 4.20.3 --binding group-du --form pg --output-dir policies/
  oc talm upgrade-policy du-upgrade -n ztp-group --version 4.20.3 --binding group-du \\
    --image registry.example.com/ocp/release@sha256:… --upstream https://graph.example.com/api/upgrades_info/v1/graph";

/// The longest `namespace.policy` that the hub takes.
const MAX_NAME: usize = 63;
const KUSTOMIZATION: &str = "kustomization.yaml";
const MAX_NAMES: usize = 5;

/// Write a policy for Git that upgrades OpenShift
///
/// Prints a PolicyGenTemplate or PolicyGenerator with one policy: it sets the ClusterVersion, and is compliant when the
/// history says Completed. It only tells; a ClusterGroupUpgrade that names it enforces it. Nothing is written to a hub;
/// with --check or
/// --from, the versions of the clusters that it binds are checked first.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct UpgradePolicyArgs {
    /// Name of the generator, and of its file
    #[arg(value_parser = name)]
    name: String,
    /// Namespace of the policy
    #[arg(short, long, value_name = "NAMESPACE", value_parser = name)]
    namespace: String,
    /// Version to upgrade to, such as 4.20.3
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Update channel, such as eus-4.20 [default: stable of the version's minor]
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,
    /// Release image by digest; TALM then asks no update graph
    #[arg(long, value_name = "IMAGE@sha256:DIGEST")]
    image: Option<String>,
    /// Update graph, for clusters that do not reach Red Hat's
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,
    /// Label of the clusters it is for; KEY alone when any value will do; given more than once, all must hold
    #[arg(long, value_name = "KEY[=VALUE]", value_delimiter = ',', required = true, value_parser = label)]
    binding: Vec<(String, String)>,
    /// Second part of the policy's name [default: version-4-20-3, or platform-upgrade]
    #[arg(long, value_name = "NAME", value_parser = name)]
    policy: Option<String>,
    /// Deploy wave: with one, the first configuration of new clusters upgrades them as well
    #[arg(long, value_name = "NUMBER")]
    wave: Option<i64>,
    /// Form of the file: pgt (PolicyGenTemplate) or pg (PolicyGenerator)
    #[arg(long, value_enum, default_value_t, value_name = "FORM", hide_possible_values = true)]
    form: FormArg,
    /// Write the file into this folder instead, with a kustomization where there is none
    #[arg(long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,
    /// Recorded hub, to check the versions of clusters by: a must-gather, a folder or file, - for standard input
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Check the versions of clusters by the live hub
    #[arg(long, conflicts_with = "from")]
    check: bool,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// Which generator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum FormArg {
    /// PolicyGenTemplate
    #[default]
    Pgt,
    /// PolicyGenerator
    Pg,
}

/// Checks, and writes or prints the file.
///
/// # Errors
/// What was given does not go together, clusters cannot take the step, or something cannot be read or written.
pub fn run(args: &UpgradePolicyArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let file = args.file()?;
    let mut notes = Vec::new();
    if let Some(from) = &args.from {
        notes.push(check_versions(&open(from)?, &file)?);
    } else if args.check {
        let connection = Connection { or_recorded: true, ..args.connection.connection(terminal)? };
        let server = Server::connect(&connection)?;
        notes.push(check_versions(&server, &file)?);
    }
    notes.extend(args.assumed(&file));
    let form = match args.form {
        FormArg::Pgt => Form::PolicyGenTemplate,
        FormArg::Pg => Form::PolicyGenerator,
    };
    let text = file.text(form);
    match &args.output_dir {
        None => {
            print(&text)?;
            notes.push(format!(
                "save it as {0}, and add \"- {0}\" to generators in {KUSTOMIZATION}, and let Argo CD sync",
                file.file_name()
            ));
        }
        Some(folder) => notes.push(write(folder, &file, &text)?),
    }
    if form == Form::PolicyGenerator {
        notes.push("it needs source-crs/ClusterVersion.yaml in the folder of its kustomization".to_owned());
    }
    if !terminal.quiet {
        notes.iter().for_each(|note| eprintln!("{note}"));
        eprintln!("next: {}", args.next(&file));
    }
    Ok(Outcome::Done)
}

impl UpgradePolicyArgs {
    fn file(&self) -> Result<PolicyFile, Failure> {
        let (version, channel) = (self.version.as_deref(), self.channel.as_deref());
        let release = Release::new(version, channel, self.image.as_deref(), self.upstream.as_deref());
        let release = release
            .map_err(|error| Failure::new(format!("cannot upgrade to that release: {error}")).fix(way_out(&error)))?;
        let policy = match (&self.policy, &release.version) {
            (Some(policy), _) => policy.clone(),
            (None, Some(version)) => format!("version-{}", version.to_string().replace(['.', '+'], "-")),
            (None, None) => "platform-upgrade".to_owned(),
        };
        let file = PolicyFile {
            name: self.name.clone(),
            namespace: self.namespace.clone(),
            policy,
            binding: self.binding.iter().cloned().collect::<BTreeMap<_, _>>(),
            wave: self.wave,
            release,
        };
        let whole = format!("{}.{}", file.namespace, file.policy_name());
        if whole.len() > MAX_NAME {
            return Err(Failure::new(format!("the policy's name is too long: {whole}"))
                .because(format!(
                    "namespace and name together have {} characters, and {MAX_NAME} is the limit",
                    whole.len()
                ))
                .fix("take a shorter NAME or --policy"));
        }
        Ok(file)
    }

    /// What was not said and has been decided.
    fn assumed(&self, file: &PolicyFile) -> Vec<String> {
        let release = &file.release;
        let mut notes = Vec::new();
        if self.channel.is_none() {
            notes.push(format!("channel {}: --channel chooses another", release.channel));
        }
        if let Some(version) = release.version.as_ref().filter(|_| release.is_intermediate()) {
            let end = format!("{}.{}", release.channel.major, release.channel.minor);
            notes.push(format!(
                "{version} is the step to {end} in channel {}: a second policy, for {end}, follows it; a single node \
                 restarts for both",
                release.channel
            ));
        }
        if release.image.is_none() {
            notes.push(format!("TALM asks {} for the image, from the hub, before it plans", release.upstream));
        }
        notes
    }

    fn next(&self, file: &PolicyFile) -> String {
        match &self.output_dir {
            Some(folder) => format!("oc ztp validate {}", folder.display()),
            None => {
                let one = |(key, value): (&String, &String)| match value.is_empty() {
                    true => key.clone(),
                    false => format!("{key}={value}"),
                };
                let labels: Vec<String> = file.binding.iter().map(one).collect();
                let (name, namespace, policy) = (&file.name, &file.namespace, file.policy_name());
                format!(
                    "oc talm plan {name} -n {namespace} -l {} --policy {policy} --max-concurrency 50",
                    labels.join(",")
                )
            }
        }
    }
}

fn way_out(error: &ReleaseError) -> &'static str {
    match error {
        ReleaseError::Nothing => "give --version 4.20.3, or --image registry/repository@sha256:… with --channel",
        ReleaseError::Version(_) => "give all three numbers",
        ReleaseError::Channel(_) => "give one of these, or leave --channel out",
        ReleaseError::NoSuchEus(_) => "take the even minor after it: an EUS-to-EUS update goes through its channel",
        ReleaseError::OtherChannel { .. } => "give the channel of the version's own minor",
        ReleaseError::Image(_) => {
            "give registry/repository@sha256:DIGEST, for a tag can move; oc adm release info IMAGE shows the digest"
        }
        ReleaseError::NoChannel => "give --channel; --version as well makes the policy wait for it by name",
        ReleaseError::Upstream(_) => "give it whole, like https://graph.example.com/api/upgrades_info/v1/graph",
    }
}

/// Refuses what OpenShift would refuse on every cluster in turn.
fn check_versions(hub: &dyn Inventory, file: &PolicyFile) -> Result<String, Failure> {
    let mut clusters: Vec<ManagedCluster> = Vec::new();
    hub.each(&Query::all(ManagedCluster::RESOURCE), &mut |object| clusters.extend(read(object).ok()))
        .map_err(|error| failure(&error))?;
    let is_bound = |cluster: &&ManagedCluster| {
        file.binding.iter().all(|(key, value)| match cluster.metadata.label(key) {
            Some(label) => value.is_empty() || value.split(',').any(|one| one == label),
            None => false,
        })
    };
    let counts = hops(clusters.iter().filter(is_bound), &file.release);
    if let Some(count) = counts.iter().find(|count| matches!(count.hop, Hop::SkipsMinor | Hop::Downgrade)) {
        return Err(refusal(count, file));
    }
    let told: Vec<String> = counts.iter().map(told).collect();
    let total = counts.iter().map(|count| count.clusters.len()).sum();
    match total {
        0 => Ok(format!("no cluster of {} has these labels yet", hub.describe())),
        _ => Ok(format!("{} bound: {}", many(total, "cluster"), told.join(", "))),
    }
}

fn told(count: &VersionCount) -> String {
    let number = count.clusters.len();
    match (&count.version, count.hop) {
        (Some(version), Hop::There) => format!("{number} at {version} already"),
        (Some(version), _) => format!("{number} from {version}"),
        (None, _) => format!("{number} of unknown version ({})", listed(&count.clusters, MAX_NAMES)),
    }
}

fn refusal(count: &VersionCount, file: &PolicyFile) -> Failure {
    let release = &file.release;
    let from = count.version.as_ref().map(ToString::to_string).unwrap_or_default();
    let to = release.version.as_ref().map_or_else(|| release.channel.to_string(), ToString::to_string);
    let who = listed(&count.clusters, MAX_NAMES);
    let failure = Failure::new(format!("cannot upgrade {} from {from} to {to}", many(count.clusters.len(), "cluster")));
    if count.hop == Hop::Downgrade {
        return failure
            .because(format!("{who}: newer already, and OpenShift has no way back by an update"))
            .fix("bind it to other labels, or take a newer --version");
    }
    let minor = count.version.as_ref().map_or(0, |version| version.minor);
    let next = minor + 1;
    let target = release.channel.minor;
    let is_eus = minor.is_multiple_of(2) && target == minor + 2;
    let channel = if is_eus { format!("eus-4.{target}") } else { format!("stable-4.{next}") };
    let why = match is_eus {
        true => {
            "OpenShift takes one minor version at a time, from EUS to EUS too: there it is two policies in one channel"
        }
        false => "OpenShift takes one minor version at a time",
    };
    failure.because(format!("{who}: {why}")).fix(format!(
        "first one to 4.{next}: oc talm upgrade-policy {}-4-{next} -n {} --channel {channel} --version 4.{next}.Z …",
        file.name, file.namespace
    ))
}

/// Writes the file, and a kustomization where there is none; never over a file that says something else.
fn write(folder: &Path, file: &PolicyFile, text: &str) -> Result<String, Failure> {
    let path = folder.join(file.file_name());
    if std::fs::read_to_string(&path).is_ok_and(|there| there != text) {
        return Err(Failure::new(format!("{} exists and says something else", path.display()))
            .fix("take another NAME, or remove the file first"));
    }
    write_whole(&path, text)?;
    let kustomization = folder.join(KUSTOMIZATION);
    let entry = file.file_name();
    match std::fs::read_to_string(&kustomization) {
        Ok(there) if there.lines().any(|line| line.trim().trim_start_matches("- ").trim() == entry) => {
            Ok(format!("wrote {}; {} has it already", path.display(), kustomization.display()))
        }
        Ok(_) => {
            Ok(format!("wrote {}; add \"- {entry}\" to generators in {}", path.display(), kustomization.display()))
        }
        Err(_) => {
            write_whole(&kustomization, &file.kustomization())?;
            Ok(format!("wrote {} and {}", path.display(), kustomization.display()))
        }
    }
}

/// A name as objects have it: small letters, digits and hyphens.
fn name(text: &str) -> Result<String, String> {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_end = |c: Option<char>| c.is_some_and(|c| c != '-');
    match text.chars().all(is_inner) && is_end(text.chars().next()) && is_end(text.chars().last()) && text.len() <= 63 {
        true => Ok(text.to_owned()),
        false => Err("a name has small letters, digits and hyphens, and begins and ends without a hyphen".to_owned()),
    }
}

fn label(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_key = !key.is_empty() && key.chars().all(|c| is_part(c) || c == '/');
    match is_key && value.chars().all(is_part) {
        true => Ok((key.to_owned(), value.to_owned())),
        false => Err(format!("{text:?} is no label like group-du or zone=north")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_labels_are_checked_as_the_api_would() {
        assert!(name("du-upgrade").is_ok() && label("a.example.com/zone=north").is_ok());
        for text in ["", "-a", "a-", "Du", "a_b", "a.b"] {
            assert!(name(text).is_err(), "{text}");
        }
        assert_eq!(label("group-du"), Ok(("group-du".to_owned(), String::new())));
        assert!(label("=x").is_err() && label("a=b c").is_err());
    }
}
