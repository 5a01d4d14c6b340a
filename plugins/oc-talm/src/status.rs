//! `oc talm status`: where all CGUs stand, or one of them.

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Output, OutputParser, Terminal, print};
use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::diagnose_ztp;
use ztp_common::rollout::status::{CguState, StatusReport, assess, assess_all};

use crate::diagnose::{ZTP_NAMESPACE, causes};
use crate::facts::{Facts, FactsArgs};
use crate::machine;
use crate::status_list::Rows;
use crate::watch::{self, WatchArgs};
use crate::{candidates, status_list, status_text};

const EXAMPLES: &str = "\
Examples:
  oc talm status
  oc talm status -n ztp-group --from must-gather.tar.gz
  oc talm status du-4-20 -n ztp-group --watch
  oc get cgu,policies,managedclusters -A -o yaml | oc talm status --from -";

/// Show where rollouts stand: all of them, or one
///
/// Without a name: all CGUs, those that need attention first. With a name: its batches, its clusters that are stuck,
/// and why. Exit code 1 says that a rollout has failed or cannot go on.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct StatusArgs {
    /// Name of a CGU [default: all]
    #[arg(add = ArgValueCompleter::new(candidates::cgus))]
    pub name: Option<String>,
    /// Namespace of the CGU [default: all for the list, else that of the context]
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    pub namespace: Option<String>,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub output: Output,
    #[command(flatten)]
    watch: WatchArgs,
    #[command(flatten)]
    facts: FactsArgs,
}

/// Reports.
///
/// # Errors
/// There is no such CGU, or the hub cannot be read.
pub fn run(args: &StatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.facts.gather(terminal)?;
    let terminal = &args.facts.fit(terminal);
    facts.warn(terminal);
    if args.watch.watch {
        return watch::follow(args, args.watch, facts, terminal);
    }
    match &args.name {
        Some(name) => one(args, name, &facts, terminal),
        None => all(args, &facts, terminal),
    }
}

fn all(args: &StatusArgs, facts: &Facts, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut reports = assess_all(&facts.hub, facts.at());
    reports.retain(|report| args.namespace.as_ref().is_none_or(|namespace| report.namespace == *namespace));
    let without_cgu = without_cgu(facts, args.namespace.as_deref());
    let outcome = if without_cgu.is_empty() { worst(&reports) } else { Outcome::No };
    let items: Vec<_> = reports.iter().map(|report| json!(report)).collect();
    let fields = json!({"recordedAt": facts.hub.recorded_at, "items": items,
        "findings": machine::findings(&without_cgu)});
    if let Some(text) = machine::text(&args.output, "RolloutStatusList", fields)? {
        print(&text)?;
        return Ok(outcome);
    }
    if reports.is_empty() && without_cgu.is_empty() {
        eprintln!("no ClusterGroupUpgrades found; {}", facts.line());
        return Ok(outcome);
    }
    let first_cause = |report: &StatusReport| findings_of(facts, report).into_iter().next();
    print(&status_list::text(&reports, &first_cause, &without_cgu, terminal, Rows::of(&args.output), facts))?;
    Ok(outcome)
}

fn one(args: &StatusArgs, name: &str, facts: &Facts, terminal: &Terminal) -> Result<Outcome, Failure> {
    let namespace = args.namespace.as_deref().unwrap_or_else(|| facts.default_namespace());
    let cgu = facts.hub.cgu(namespace, name).ok_or_else(|| crate::no_such_cgu(name, namespace, &facts.hub))?;
    let report = assess(&facts.hub, cgu, facts.at());
    let findings = causes(facts, cgu);
    let outcome = worst(std::slice::from_ref(&report));
    let fields = json!({"status": report, "findings": machine::findings(&findings)});
    let text = match machine::text(&args.output, "RolloutStatus", fields)? {
        Some(text) => text,
        None => status_text::text(&report, &findings, terminal, Rows::of(&args.output), facts),
    };
    print(&text)?;
    Ok(outcome)
}

/// What is wrong with the CGU of a report.
pub fn findings_of(facts: &Facts, report: &StatusReport) -> Vec<Finding> {
    let cgu = facts.hub.cgu(&report.namespace, &report.name);
    cgu.map(|cgu| causes(facts, cgu)).unwrap_or_default()
}

/// Clusters for which TALM makes no CGU, which no list of CGUs shows.
pub fn without_cgu(facts: &Facts, namespace: Option<&str>) -> Vec<Finding> {
    let hub = &facts.hub;
    let is_new = |cluster: &&String| hub.cgu(ZTP_NAMESPACE, cluster).is_none();
    let clusters = hub.clusters.keys().filter(|_| namespace.is_none_or(|wanted| wanted == ZTP_NAMESPACE));
    let findings = clusters.filter(is_new).flat_map(|cluster| {
        let is_error = |finding: &Finding| finding.level == Level::Error;
        diagnose_ztp(hub, cluster).into_iter().filter(is_error).map(move |mut finding| {
            finding.fact = format!("TALM makes no CGU for {cluster}: {}", finding.fact);
            finding
        })
    });
    findings.collect()
}

/// No when a rollout or a cluster has failed, or will not go on by itself.
fn worst(reports: &[StatusReport]) -> Outcome {
    let is_bad = |report: &StatusReport| {
        report.state.is_stuck()
            || matches!(report.state, CguState::TimedOut | CguState::Failed)
            || report.blockers.iter().any(|blocker| status_list::is_in_the_way(&blocker.state))
            || report.has_failed_clusters()
    };
    if reports.iter().any(is_bad) { Outcome::No } else { Outcome::Done }
}
