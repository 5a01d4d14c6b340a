//! `oc talm status`: where all CGUs stand, or one of them.

use std::collections::HashSet;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Output, OutputParser, Terminal, one_stdin, print};
use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::status::{Attention, Chosen, ClusterRow, StatusReport, assess_all, cluster_rows, narrow};
use ztp_common::rollout::{diagnose_ztp, unreadable_cgus};

use crate::diagnose::{ZTP_NAMESPACE, causes};
use crate::facts::{Facts, FactsArgs};
use crate::look::{Look, Selection};
use crate::machine;
use crate::no_such::{none_in, unreadable};
use crate::selection::{SelectionArgs, say_nobody};
use crate::status_list::Rows;
use crate::target::CguName;
use crate::verdict::{errors, verdict};
use crate::watch::{self, WatchArgs};
use crate::{candidates, cluster_list, status_list, status_text};

const EXAMPLES: &str = "\
Examples:
  oc talm status
  oc talm status -n ztp-group --from must-gather.tar.gz
  oc talm status du-4-20 -n ztp-group --watch
  oc talm status --clusters sno0042,sno0007
  oc get cgu,policies,managedclusters -A -o yaml | oc talm status --from -";

/// Show where rollouts stand: all of them, or one
///
/// Without a name: all CGUs, those that need attention first. With a name: its batches, its clusters that are stuck,
/// and why. With clusters selected: what each CGU that has them does with them, or, with a name, these clusters only.
/// Exit code 1 says that a rollout has failed or will not finish as it stands: there is an error, or its state is a dead
/// end, as for diagnose. Warnings alone do not count. With clusters selected it says that one of them needs somebody.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct StatusArgs {
    /// Name of a CGU [default: all]
    #[arg(add = ArgValueCompleter::new(candidates::cgus))]
    pub name: Option<CguName>,
    /// Namespace of the CGU [default: all for the list, else that of the context]
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    namespace: Option<String>,
    /// All namespaces, as without --namespace
    #[arg(short = 'A', long, conflicts_with_all = ["namespace", "name"])]
    all_namespaces: bool,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub output: Output,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    pub watch: WatchArgs,
    #[command(flatten)]
    facts: FactsArgs,
}

impl StatusArgs {
    /// The only namespace to look at.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref().filter(|_| !self.all_namespaces)
    }
}

/// Reports.
///
/// # Errors
/// There is no such CGU, or the hub cannot be read.
pub fn run(args: &StatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    one_stdin(&[("--clusters-from", args.selection.takes_stdin()), ("--from", args.facts.takes_stdin())])?;
    let asked = args.selection.asked()?;
    let facts = args.facts.gather(terminal)?;
    facts.warn(&args.output, terminal);
    let selection = Selection::of(asked.as_ref(), &facts)?;
    if args.output.is_text()
        && selection.as_ref().is_some_and(|selection| say_nobody(&selection.chosen, &facts, terminal))
    {
        return Ok(Outcome::Done);
    }
    if args.watch.watch {
        return watch::follow(args, asked, facts, terminal);
    }
    match (&args.name, selection) {
        (Some(name), selection) => one(args, name, &facts, selection, terminal),
        (None, None) => all(args, &facts, terminal),
        (None, Some(selection)) => of_clusters(args, &facts, &selection.chosen, terminal),
    }
}

fn all(args: &StatusArgs, facts: &Facts, terminal: &Terminal) -> Result<Outcome, Failure> {
    let reports = reports(facts, args.namespace(), None);
    let is_asked = |of: &str| args.namespace().is_none_or(|namespace| namespace == of);
    let unread = unreadable_cgus(&facts.hub).find(|(namespace, ..)| is_asked(namespace));
    if let Some((namespace, name, why)) = unread.filter(|_| reports.is_empty()) {
        return Err(unreadable(namespace, name, why));
    }
    let without_cgu = without_cgu(facts, args.namespace(), None);
    let mut judged: Vec<_> = reports.into_iter().map(|report| (is_bad(facts, &report), report)).collect();
    let is_well = without_cgu.is_empty() && !judged.iter().any(|(is_bad, _)| *is_bad);
    let outcome = if is_well { Outcome::Done } else { Outcome::No };
    // What will not work stands before what is on its way, also where it is one of very many.
    judged.sort_by_key(|(is_bad, report)| report.rank().min(if *is_bad { 2 } else { u8::MAX }));
    let reports: Vec<_> = judged.into_iter().map(|(_, report)| report).collect();
    let items: Vec<_> = reports.iter().map(|report| json!(report)).collect();
    let fields = json!({"recordedAt": facts.hub.recorded_at, "items": items,
        "findings": machine::findings(&without_cgu)});
    if let Some(text) = machine::text(&args.output, "RolloutStatusList", fields)? {
        print(&text)?;
        return Ok(outcome);
    }
    if reports.is_empty() && without_cgu.is_empty() {
        let nothing = args.namespace().map(|namespace| none_in(namespace, &facts.hub));
        eprintln!("{}\n{}", nothing.as_deref().unwrap_or("no ClusterGroupUpgrades found"), facts.line());
        return Ok(outcome);
    }
    let first_cause = |report: &StatusReport| findings_of(facts, report).into_iter().next();
    print(&status_list::text(&reports, &first_cause, &without_cgu, terminal, Rows::of(&args.output), facts))?;
    Ok(outcome)
}

fn of_clusters(args: &StatusArgs, facts: &Facts, chosen: &Chosen, terminal: &Terminal) -> Result<Outcome, Failure> {
    let namespace = args.namespace();
    let reports = reports(facts, namespace, Some(chosen));
    let rows = cluster_rows(&reports, chosen);
    let mut beside = without_cgu(facts, namespace, Some(chosen));
    beside.extend(whole_errors(facts, &rows, chosen));
    let fields = json!({"recordedAt": facts.hub.recorded_at, "items": reports, "rows": cluster_list::items(&rows),
        "unknown": chosen.unknown, "findings": machine::findings(&beside)});
    let text = match machine::text(&args.output, "RolloutStatusList", fields)? {
        Some(text) => text,
        None => cluster_list::text(&rows, chosen, namespace, &beside, terminal, Rows::of(&args.output), facts),
    };
    print(&text)?;
    Ok(of_rows(&rows, chosen, &beside))
}

/// The answer about all CGUs; `without_cgu` are the errors of clusters that have none.
pub fn of_all(facts: &Facts, reports: &[StatusReport], without_cgu: &[Finding]) -> Outcome {
    let is_well = without_cgu.is_empty() && !reports.iter().any(|report| is_bad(facts, report));
    if is_well { Outcome::Done } else { Outcome::No }
}

/// Whether a CGU will not finish well as it stands. Findings take a while: the state is asked first.
fn is_bad(facts: &Facts, report: &StatusReport) -> bool {
    report.is_dead_end() || errors(&error_findings(facts, report)) > 0
}

/// Errors of CGUs that have selected clusters with something left to do, where no row says that somebody is needed.
pub fn whole_errors(facts: &Facts, rows: &[ClusterRow<'_>], chosen: &Chosen) -> Vec<Finding> {
    let reports = |attention: fn(&Attention) -> bool| {
        let rows = rows.iter().filter(move |row| attention(&row.attention));
        rows.filter_map(|row| row.place.map(|(report, _)| (&report.namespace, &report.name, report)))
    };
    let told: HashSet<_> = reports(|a| *a == Attention::Needed).map(|(namespace, name, _)| (namespace, name)).collect();
    let mut seen = HashSet::new();
    let mut errors = Vec::new();
    for (namespace, name, report) in reports(|a| *a < Attention::Done) {
        if told.contains(&(namespace, name)) || !seen.insert((namespace, name)) {
            continue;
        }
        let of_report = chosen.findings(error_findings(facts, report)).0;
        let of_report = of_report.into_iter().filter(|finding| finding.level == Level::Error);
        errors.extend(of_report.map(|f| Finding { fact: format!("{namespace}/{name}: {}", f.fact), ..f }));
    }
    errors
}

/// The answer about the selected clusters in whatever CGUs; `beside` are the errors that no row tells.
pub fn of_rows(rows: &[ClusterRow<'_>], chosen: &Chosen, beside: &[Finding]) -> Outcome {
    let is_bad = rows.iter().any(|row| row.attention == Attention::Needed);
    if is_bad || !chosen.unknown.is_empty() || !beside.is_empty() { Outcome::No } else { Outcome::Done }
}

/// All CGUs, or those of a namespace, the worst first; narrowed to clusters only those that have any of them.
pub fn reports(facts: &Facts, namespace: Option<&str>, chosen: Option<&Chosen>) -> Vec<StatusReport> {
    let mut reports = assess_all(&facts.hub, facts.at());
    reports.retain(|report| namespace.is_none_or(|namespace| report.namespace == namespace));
    if let Some(chosen) = chosen {
        reports.iter_mut().for_each(|report| narrow(report, &facts.hub, chosen));
        reports.retain(|report| !report.clusters.is_empty());
    }
    reports
}

fn one(
    args: &StatusArgs,
    name: &CguName,
    facts: &Facts,
    selection: Option<Selection>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let cgu = name.cgu(args.namespace(), facts)?;
    let look = Look::at(facts, cgu, selection);
    let outcome = match &look.selection {
        None => verdict(look.report.is_dead_end(), &look.findings),
        Some(_) if look.is_bad_for_selection() => Outcome::No,
        Some(_) => Outcome::Done,
    };
    let mut fields = json!({"status": look.report, "findings": machine::findings(&look.findings)});
    look.add_fields(&mut fields);
    let text = match machine::text(&args.output, "RolloutStatus", fields)? {
        Some(text) => text,
        None => status_text::text(&look, terminal, Rows::of(&args.output), facts),
    };
    print(&text)?;
    Ok(outcome)
}

/// What is wrong with the CGU of a report.
pub fn findings_of(facts: &Facts, report: &StatusReport) -> Vec<Finding> {
    let cgu = facts.hub.cgu(&report.namespace, &report.name);
    cgu.map(|cgu| causes(facts, cgu)).unwrap_or_default()
}

/// The findings that may be errors, for a rollout that is no dead end by its state. One that ended well has none of its
/// own, and there are thousands of them on a hub.
pub fn error_findings(facts: &Facts, report: &StatusReport) -> Vec<Finding> {
    match (report.state.is_final(), report.namespace == ZTP_NAMESPACE) {
        (false, _) => findings_of(facts, report),
        (true, true) => diagnose_ztp(&facts.hub, &report.name),
        (true, false) => Vec::new(),
    }
}

/// Clusters for which TALM makes no CGU, which no list of CGUs shows.
pub fn without_cgu(facts: &Facts, namespace: Option<&str>, chosen: Option<&Chosen>) -> Vec<Finding> {
    let hub = &facts.hub;
    let is_new = |cluster: &&String| hub.cgu(ZTP_NAMESPACE, cluster).is_none();
    let is_asked = |cluster: &&String| {
        namespace.is_none_or(|wanted| wanted == ZTP_NAMESPACE) && chosen.is_none_or(|chosen| chosen.has(cluster))
    };
    let clusters = hub.clusters.keys().filter(is_asked);
    let findings = clusters.filter(is_new).flat_map(|cluster| {
        let is_error = |finding: &Finding| finding.level == Level::Error;
        diagnose_ztp(hub, cluster).into_iter().filter(is_error).map(move |mut finding| {
            finding.fact = format!("TALM makes no CGU for {cluster}: {}", finding.fact);
            finding.on(&[cluster])
        })
    });
    findings.collect()
}
