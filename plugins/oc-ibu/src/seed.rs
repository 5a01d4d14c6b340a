//! `oc ibu seed`: whether a cluster can be made a seed image, with every reason at once; making one; how far that is.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Deserialize;
use ztp_common::cli::{self, Failure, Outcome, Symbol, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::upgrade::condition::Conditions;
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::seed::{GeneratorState, check_secret, generator_state, image_advice, preflight};

use crate::follow::one_line;
use crate::seed_facts::{KINDS, gather, unseen};
use crate::seed_generate::{self, GenerateArgs};
use crate::source::{Cluster, FromArgs, clusters};
use crate::target::Target;
use crate::verdict::Tally;
use ztp_common::cli::duration::duration;

const EXAMPLES: &str = "\
Examples:
  oc ibu seed check --context seed-du
  oc ibu seed check --from must-gather.local.1234";

const STATUS_EXAMPLES: &str = "\
Examples:
  oc ibu seed status
  oc ibu seed status --context seed-du --wait";

/// Work with seed clusters and seed images
#[derive(Args, Clone, Debug)]
pub struct SeedArgs {
    #[command(subcommand)]
    command: SeedCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum SeedCommand {
    Check(Box<CheckArgs>),
    Generate(Box<GenerateArgs>),
    Status(Box<StatusArgs>),
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

/// Show how far the making of a seed image is
///
/// While the image is made the API is away and the SeedGenerator gone; --wait follows it through that.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = STATUS_EXAMPLES)]
struct StatusArgs {
    #[command(flatten)]
    from: FromArgs,
    /// Wait for the end
    #[arg(long, conflicts_with = "from")]
    wait: bool,
    /// How long to wait, such as 90m
    #[arg(long, value_name = "DURATION", default_value = "3h", value_parser = duration)]
    timeout: Duration,
}

/// Does `seed`.
///
/// # Errors
/// The source is missing or cannot be read, or standard output cannot be written.
pub fn run(args: &SeedArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    match &args.command {
        SeedCommand::Check(args) => check_all(args, terminal),
        SeedCommand::Generate(args) => seed_generate::run(args, terminal),
        SeedCommand::Status(args) => status(args, terminal),
    }
}

fn check_all(args: &CheckArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut errors = 0;
    let sources = clusters(&args.from, &[], KINDS, terminal)?;
    for cluster in &sources.clusters {
        let (text, tally) = check(cluster, terminal);
        print(&text)?;
        errors += tally.errors;
    }
    Ok(match errors {
        _ if !sources.unread.is_empty() => Outcome::Failed,
        0 => Outcome::Done,
        _ => Outcome::No,
    })
}

fn status(args: &StatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    if args.wait {
        let target = Target::find(&args.from.connection(terminal)?, None)?;
        return seed_generate::follow(&target, args.timeout, &args.from.way(), terminal);
    }
    let kinds = [kinds::SEED_GENERATOR, kinds::CLUSTER_VERSION, kinds::INFRASTRUCTURE];
    let mut outcome = Outcome::Done;
    for cluster in clusters(&args.from, &[], &kinds, terminal)?.clusters {
        let name = cluster.name.as_deref().unwrap_or("this cluster");
        let Some(generator) = cluster.first(kinds::SEED_GENERATOR) else {
            eprintln!("there is no SeedGenerator on {name}: none was asked for, or the image is being made just now");
            continue;
        };
        let image = generator.pointer("/spec/seedImage").and_then(serde_json::Value::as_str).unwrap_or("-");
        let state = seed_generate::state_of(&generator);
        let mut text = format!("{}   seed image {image}\n", terminal.out.name(name));
        match &state {
            GeneratorState::Failed(why) => {
                outcome = Outcome::No;
                text += &format!("{} failed: {}\n", terminal.symbols.sign(Symbol::Fail), one_line(why));
                text += &format!(
                    "next: oc ibu seed check{}   (every reason at once; then seed generate replaces it)\n",
                    args.from.again()
                );
            }
            state => text += &progress(state, terminal).unwrap_or_default(),
        }
        print(&text)?;
    }
    Ok(outcome)
}

fn check(cluster: &Cluster, terminal: &Terminal) -> (String, Tally) {
    let facts = gather(cluster);
    let mut findings = preflight(&facts);
    let mut text = String::new();
    if let Some(generator) = cluster.first(kinds::SEED_GENERATOR) {
        let conditions = generator.pointer("/status/conditions").and_then(|c| Conditions::deserialize(c).ok());
        let state = generator_state(&conditions.unwrap_or_default());
        text += &progress(&state, terminal).unwrap_or_default();
        findings.extend(failed(&state));
        let release = cluster.first(kinds::CLUSTER_VERSION);
        let release = release.as_ref().and_then(|v| v.pointer("/status/desired/version")?.as_str());
        let image = generator.pointer("/spec/seedImage").and_then(serde_json::Value::as_str);
        findings.extend(image.zip(release).and_then(|(image, release)| image_advice(image, release)));
    }
    // Secrets are rarely recorded: one that is not there proves nothing.
    let secret =
        cluster.all(kinds::SECRET).into_iter().find(|s| s.pointer("/metadata/name") == Some(&"seedgen".into()));
    findings.extend(secret.and_then(|secret| check_secret(Some(&secret))).map(|problem| problem.finding()));
    text += &cli::findings(&findings, terminal.out);
    let skip = terminal.symbols.sign(Symbol::Skip);
    let missing = unseen(&facts, cluster);
    if !missing.is_empty() {
        text += &format!("{skip} not looked at: {}\n", missing.join(", "));
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
