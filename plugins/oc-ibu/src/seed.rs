//! `oc ibu seed check`: whether a cluster can be made a seed image, with every reason at once.

use clap::{Args, Subcommand};
use serde::Deserialize;
use ztp_common::cli::{self, Failure, Outcome, Symbol, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::resource::Resource;
use ztp_common::upgrade::condition::Conditions;
use ztp_common::upgrade::seed::{GeneratorState, check_secret, generator_state, image_advice, preflight};

use crate::seed_facts::{gather, unseen};
use crate::source::{Cluster, FromArgs, clusters, resource};
use crate::verdict::Tally;

const EXAMPLES: &str = "\
Examples:
  oc ibu seed check --from must-gather.local.1234
  oc get crd,namespace,pv,csv,clusteroperator,clusterversion,seedgenerator -A -o yaml | oc ibu seed check --from -";

const INSTEAD: &str =
    "oc get crd,namespace,pv,csv,clusteroperator,clusterversion -A -o yaml | oc ibu seed check --from -";

const GENERATOR: Resource = resource("lca.openshift.io", "SeedGenerator");
const SECRET: Resource = resource("", "Secret");
const CLUSTER_VERSION: Resource = resource("config.openshift.io", "ClusterVersion");

/// Work with seed clusters and seed images
#[derive(Args, Clone, Debug)]
pub struct SeedArgs {
    #[command(subcommand)]
    command: SeedCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum SeedCommand {
    Check(CheckArgs),
}

/// List every reason why a cluster cannot be made a seed image
///
/// The agent stops at the first reason; this lists all of them, and the documented ones it does not check. What was not
/// recorded is named, not guessed.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
struct CheckArgs {
    #[command(flatten)]
    from: FromArgs,
}

/// Does `seed`.
///
/// # Errors
/// The source is missing or cannot be read, or standard output cannot be written.
pub fn run(args: &SeedArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let SeedCommand::Check(args) = &args.command;
    let mut errors = 0;
    for cluster in clusters(&args.from, INSTEAD)? {
        let (text, tally) = check(&cluster, terminal);
        print(&text)?;
        errors += tally.errors;
    }
    Ok(if errors > 0 { Outcome::No } else { Outcome::Done })
}

fn check(cluster: &Cluster, terminal: &Terminal) -> (String, Tally) {
    let facts = gather(cluster);
    let mut findings = preflight(&facts);
    let mut text = String::new();
    if let Some(generator) = cluster.first(GENERATOR) {
        let conditions = generator.pointer("/status/conditions").and_then(|c| Conditions::deserialize(c).ok());
        let state = generator_state(&conditions.unwrap_or_default());
        text += &progress(&state, terminal).unwrap_or_default();
        findings.extend(failed(&state));
        let release = cluster.first(CLUSTER_VERSION);
        let release = release.as_ref().and_then(|v| v.pointer("/status/desired/version")?.as_str());
        let image = generator.pointer("/spec/seedImage").and_then(serde_json::Value::as_str);
        findings.extend(image.zip(release).and_then(|(image, release)| image_advice(image, release)));
    }
    // Secrets are rarely recorded: one that is not there proves nothing.
    let secret = cluster.all(SECRET).into_iter().find(|s| s.pointer("/metadata/name") == Some(&"seedgen".into()));
    findings.extend(secret.and_then(|secret| check_secret(Some(&secret))).map(|problem| problem.finding()));
    text += &cli::findings(&findings, terminal.out);
    let skip = terminal.symbols.sign(Symbol::Skip);
    let missing = unseen(&facts);
    if !missing.is_empty() {
        text += &format!("{skip} nothing recorded of: {}\n", missing.join(", "));
    }
    text +=
        &format!("{skip} only the host tells: container partition, dnsmasq, ostree, pull secret of an earlier run\n");
    let tally = Tally::of(&findings);
    let name = cluster.name.as_deref().unwrap_or("this cluster");
    let verdict = if tally.errors > 0 { "cannot be made a seed image" } else { "shows nothing against a seed image" };
    text += &format!("{name} {verdict}: {}\n", tally.text());
    (text, tally)
}

/// How far the making of the image is; a failure is a finding.
fn progress(state: &GeneratorState, terminal: &Terminal) -> Option<String> {
    let (symbol, words) = match state {
        GeneratorState::New => (Symbol::Skip, "the agent has not begun".to_owned()),
        GeneratorState::Waiting(checks) if checks.is_empty() => {
            (Symbol::Busy, "waits for a healthy cluster".to_owned())
        }
        GeneratorState::Waiting(checks) => (Symbol::Busy, format!("waits: {checks}")),
        GeneratorState::Working(step) => (Symbol::Busy, step.clone()),
        GeneratorState::Completed => (Symbol::Ok, "the image is pushed".to_owned()),
        GeneratorState::Failed(_) => return None,
    };
    Some(format!("{} SeedGenerator: {words}\n", terminal.symbols.sign(symbol)))
}

fn failed(state: &GeneratorState) -> Option<Finding> {
    let GeneratorState::Failed(why) = state else { return None };
    let finding = Finding::error("ibu/seed-generator-failed", "the SeedGenerator has failed").note(why);
    Some(finding.fix("remove the cause, then delete the SeedGenerator and create it again"))
}
