//! `oc ibu diagnose`: the first cause of what is wrong with an upgrade, and the way out.

use clap::Args;
use jiff::Timestamp;
use ztp_common::cli::{self, Failure, FindingFormat, FindingReport, Outcome, Paint, Terminal, print};
use ztp_common::finding::{Finding, Level};
use ztp_common::upgrade::symptom::diagnose;

use crate::facts::{Facts, KINDS, gather};
use crate::remedy::{commands, must_gather};
use crate::source::{FromArgs, clusters};
use crate::verdict::Tally;
use crate::which::WhichArgs;
use crate::{origin, paste};

const EXAMPLES: &str = "\
Examples:
  oc ibu diagnose
  oc ibu diagnose sno52 --context hub-east
  oc ibu diagnose --from must-gather.local.1234
  oc ibu diagnose --from clusters/ sno52 -o junit";

/// Find out what is wrong with an upgrade: first cause, evidence, fix, commands
///
/// Commands are printed, never run.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DiagnoseArgs {
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    from: FromArgs,
    /// Format: text, json, sarif, junit or github
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: FindingFormat,
    /// The time to reckon with, for tests
    #[arg(long, value_name = "RFC3339", hide = true)]
    now: Option<Timestamp>,
}

/// Does `diagnose`. An error-level finding is a no; a cluster that does not answer is a failure.
///
/// # Errors
/// The source is missing or cannot be read, or standard output cannot be written.
pub fn run(args: &DiagnoseArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let now = Timestamp::now();
    let Some(names) = args.which.names(&args.from, terminal)? else { return Ok(Outcome::Done) };
    let sources = clusters(&args.from, &names, KINDS, terminal)?;
    let all = gather(&sources, &names)?;
    let silent = sources.silent(&names, all.len());
    let mut sum = Tally::default();
    let mut healthy = 0;
    let mut text = String::new();
    let (mut every, mut clean) = (Vec::new(), Vec::new());
    for facts in &all {
        let at = facts.at(args.now, now);
        let findings = diagnose(&facts.ibu, facts.known(), facts.evidence, at);
        clean.extend(findings.is_empty().then(|| facts.title()));
        every.extend(named(facts, &findings, all.len() > 1));
        let tally = Tally::of(&findings);
        sum = Tally { errors: sum.errors + tally.errors, warnings: sum.warnings + tally.warnings };
        if findings.is_empty() && all.len() + silent > 1 {
            healthy += 1;
        } else {
            text += &one(facts, &findings, &args.from, terminal, at);
        }
    }
    if all.len() + silent > 1 {
        let no_answer = if silent > 0 { format!(", {silent} without an answer") } else { String::new() };
        let count = cli::count(all.len() + silent, "cluster");
        text += &format!("{count}: {}, {healthy} in order{no_answer}\n", sum.text());
    }
    if args.output != FindingFormat::Text {
        text = machine(&every, &clean, args.output);
    }
    print(&text)?;
    if args.now.is_none() && !terminal.quiet {
        origin::tell(&args.from, &sources.clusters, now);
    }
    Ok(if silent > 0 { Outcome::Failed } else { sum.outcome() })
}

/// Findings of several clusters say which one they are about.
fn named(facts: &Facts, findings: &[Finding], several: bool) -> Vec<Finding> {
    let name = |finding: &Finding| {
        let fact = if several { format!("{}: {}", facts.title(), finding.fact) } else { finding.fact.clone() };
        Finding { fact, ..finding.clone() }
    };
    findings.iter().map(name).collect()
}

fn machine(findings: &[Finding], clean: &[&str], format: FindingFormat) -> String {
    let program = ("oc-ibu", env!("CARGO_PKG_VERSION"));
    let report = FindingReport { program, findings, files: clean, failing: Level::Error, accepted: &[] };
    report.text(format, Paint::plain())
}

fn one(facts: &Facts, findings: &[Finding], from: &FromArgs, terminal: &Terminal, at: Timestamp) -> String {
    let mut report = facts.report(at);
    paste::complete(&mut report, from);
    let stage = report.state.stage().unwrap_or_else(|| report.stage.clone());
    let mut text = format!("{}   {stage}   {}\n", terminal.out.name(facts.title()), report.state.word());
    text += &cli::findings(findings, terminal.out);
    // The commands below are for the cluster, and the context may be its hub.
    let there = match &facts.argument {
        Some(name) if from.is_live() => format!(", logged in to {name} itself and not to the hub"),
        _ => String::new(),
    };
    let ids: Vec<&str> = findings.iter().map(|f| f.id).collect();
    let commands = commands(&ids);
    if !commands.is_empty() {
        text += &format!("look further{there}\n");
        commands.iter().for_each(|command| text += &format!("  {command}\n"));
    }
    if let Some(first) = findings.first() {
        text += "collect the evidence before going to Idle, which removes it\n";
        if !there.is_empty() && commands.is_empty() {
            text += &format!("  {}\n", there.trim_start_matches(", "));
        }
        text += &format!("  {}\n", must_gather(&facts.ibu));
        text += &format!("first cause: {}   {}\n", first.id, Tally::of(findings).text());
    } else {
        text += "nothing is wrong that these objects show\n";
    }
    // To diagnose is what has just been done.
    if let Some(next) = report.next.filter(|step| !step.command.starts_with("oc ibu diagnose")) {
        text += &format!("next: {}   ({})\n", next.command, next.purpose);
    }
    text
}
