//! `oc ibu diagnose`: the first cause of what is wrong with an upgrade, and the way out.

use clap::Args;
use jiff::Timestamp;
use ztp_common::cli::{self, Failure, Outcome, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::upgrade::symptom::diagnose;

use crate::by_hand;
use crate::facts::{Facts, gather};
use crate::remedy::{commands, must_gather};
use crate::source::{FromArgs, clusters};
use crate::verdict::Tally;

const EXAMPLES: &str = "\
Examples:
  oc ibu diagnose --from must-gather.local.1234
  oc get imagebasedupgrade,clusterversion,ipconfig -o yaml | oc ibu diagnose --from -
  oc ibu diagnose --from clusters/ sno52";

const INSTEAD: &str = "oc get imagebasedupgrade,clusterversion -o yaml | oc ibu diagnose --from -";

/// Find out what is wrong with an upgrade: first cause, evidence, fix, commands
///
/// Commands are printed, never run.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DiagnoseArgs {
    /// Only these clusters of several
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    from: FromArgs,
    /// The time to reckon with, for tests
    #[arg(long, value_name = "RFC3339", hide = true)]
    now: Option<Timestamp>,
}

/// Does `diagnose`. An error-level finding is a no.
///
/// # Errors
/// The source is missing or cannot be read, or standard output cannot be written.
pub fn run(args: &DiagnoseArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let now = args.now.unwrap_or_else(Timestamp::now);
    let all = gather(&clusters(&args.from, INSTEAD)?, &args.names)?;
    let from = args.from.text();
    let mut sum = Tally::default();
    let mut healthy = 0;
    let mut text = String::new();
    for facts in &all {
        let findings = diagnose(&facts.ibu, facts.known(), facts.evidence, now);
        let tally = Tally::of(&findings);
        sum = Tally { errors: sum.errors + tally.errors, warnings: sum.warnings + tally.warnings };
        if findings.is_empty() && all.len() > 1 {
            healthy += 1;
        } else {
            text += &one(facts, &findings, &from, terminal, now);
        }
    }
    if all.len() > 1 {
        text += &format!("{}: {}, {healthy} in order\n", cli::count(all.len(), "cluster"), sum.text());
    }
    print(&text)?;
    Ok(sum.outcome())
}

fn one(facts: &Facts, findings: &[Finding], from: &str, terminal: &Terminal, now: Timestamp) -> String {
    let mut report = facts.report(now);
    by_hand::rewrite(&mut report, from);
    let stage = report.state.stage().unwrap_or_else(|| report.stage.clone());
    let mut text = format!("{}   {stage}   {}\n", terminal.out.name(facts.title()), report.state.word());
    text += &cli::findings(findings, terminal.out);
    let ids: Vec<&str> = findings.iter().map(|f| f.id).collect();
    let commands = commands(&ids);
    if !commands.is_empty() {
        text += "look further\n";
        commands.iter().for_each(|command| text += &format!("  {command}\n"));
    }
    if let Some(first) = findings.first() {
        text += "collect the evidence before going to Idle, which removes it\n";
        text += &format!("  {}\n", must_gather(&facts.ibu));
        text += &format!("first cause: {}   {}\n", first.id, Tally::of(findings).text());
    } else {
        text += "nothing is wrong that the recorded objects show\n";
    }
    // To diagnose is what has just been done.
    if let Some(next) = report.next.filter(|step| !step.command.starts_with("oc ibu diagnose")) {
        text += &format!("next: {}   ({})\n", next.command, next.purpose);
    }
    text
}
