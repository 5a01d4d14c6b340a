//! `oc talm diagnose`: what is wrong with a CGU, or with the first configuration of a cluster, and the way out.

use std::cmp::Reverse;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::{self, Failure, Outcome, Output, OutputParser, Terminal, one_stdin, print, tally};
use ztp_common::finding::{Finding, Level};
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::status::{StatusReport, assess};
use ztp_common::rollout::{NoGraph, diagnose, diagnose_ztp};
use ztp_common::suggest::nearest;

use crate::candidates;
use crate::diagnose_selected::SelectedDiagnoses;
use crate::facts::{Facts, FactsArgs};
use crate::look::{Look, Selection};
use crate::machine;
use crate::next::after_diagnosis;
use crate::selection::{SelectionArgs, say_nobody};
use crate::status_list::{Rows, painted};
use crate::target::CguName;
use crate::verdict::verdict;
use crate::words::{lines, plain, wrapped};

/// Where TALM keeps the CGUs that it makes for new clusters.
pub const ZTP_NAMESPACE: &str = "ztp-install";

const EXAMPLES: &str = "\
Examples:
  oc talm diagnose du-4-20 -n ztp-group --from must-gather.tar.gz
  oc talm diagnose --clusters sno0042,sno0007
  oc talm diagnose --ztp sno2 --from hub/
  oc talm explain rollout/name-label";

/// Find out what is wrong with a rollout, the first cause first
///
/// Looks at the CGU, its policies, clusters and blockers. Exit code 1 says that it has failed or will not finish as it
/// stands: there is an error, or its state is a dead end. Warnings alone do not count. With clusters selected, findings about other clusters only are left out; without a name every CGU is looked at that has
/// one of them and is not done with it.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DiagnoseArgs {
    /// Name of the CGU
    #[arg(required_unless_present_any = ["ztp", "SelectionArgs"], conflicts_with = "ztp",
        add = ArgValueCompleter::new(candidates::cgus))]
    name: Option<CguName>,
    /// Namespace of the CGU [default: that of the context, for clusters all]
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    namespace: Option<String>,
    /// The first configuration of this cluster, with the CGU that TALM makes itself
    #[arg(long, value_name = "CLUSTER", conflicts_with = "SelectionArgs",
        add = ArgValueCompleter::new(candidates::clusters))]
    ztp: Option<String>,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    output: Output,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    facts: FactsArgs,
}

/// What was looked at, and what was found.
struct Diagnosis {
    subject: String,
    headline: String,
    findings: Vec<Finding>,
    /// Where its CGU stands, if it has one.
    report: Option<StatusReport>,
}

/// Looks, and says what is wrong.
///
/// # Errors
/// There is no such CGU or cluster, or the hub cannot be read.
pub fn run(args: &DiagnoseArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
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
    match (&args.ztp, &args.name, selection) {
        (Some(cluster), ..) => {
            let diagnosis = of_cluster(cluster, &facts, terminal)?;
            answer(args, &diagnosis, None, &facts, terminal)
        }
        (None, Some(name), selection) => {
            let cgu = name.cgu(args.namespace.as_deref(), &facts)?;
            let look = Look::at(&facts, cgu, selection);
            answer(args, &Diagnosis::of(&look, terminal), Some(&look), &facts, terminal)
        }
        (None, None, Some(selection)) => {
            let namespace = args.namespace.as_deref();
            let rows = if args.output.is_text() { Rows::of(&args.output) } else { Rows::All };
            let diagnoses = SelectedDiagnoses::find(&facts, namespace, selection, rows);
            diagnoses.answer(&args.output, &facts, terminal)
        }
        // clap asks for one of them.
        (None, None, None) => Err(Failure::new("nothing to diagnose").fix("name a CGU, or a cluster with --ztp")),
    }
}

/// Prints one diagnosis; of a CGU with what a selection adds.
fn answer(
    args: &DiagnoseArgs,
    diagnosis: &Diagnosis,
    look: Option<&Look>,
    facts: &Facts,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let mut fields = json!({"subject": diagnosis.subject, "name": args.ztp.as_ref().or(args.name.as_ref().map(|named| &named.name)),
        "namespace": diagnosis.report.as_ref().map(|report| &report.namespace),
        "recordedAt": facts.hub.recorded_at, "findings": machine::findings(&diagnosis.findings)});
    if let Some(look) = look {
        look.add_fields(&mut fields);
    }
    let text = match machine::text(&args.output, "RolloutDiagnosis", fields)? {
        Some(text) => text,
        None => {
            let notes = look.map(|look| look.notes(terminal, Rows::of(&args.output).limit(), facts));
            let body = diagnosis.text(terminal) + &lines(&notes.unwrap_or_default());
            let next = after_diagnosis(diagnosis.report.as_ref(), &diagnosis.findings, facts);
            body_and_verdict(body, &diagnosis.findings, next, facts, terminal)
        }
    };
    print(&text)?;
    let selection = look.and_then(|look| look.selection.as_ref());
    let is_bad = match selection {
        Some(selection) => !selection.chosen.unknown.is_empty(),
        None => diagnosis.report.as_ref().is_some_and(StatusReport::is_dead_end),
    };
    Ok(verdict(is_bad, &diagnosis.findings))
}

/// What is wrong with a CGU, the first cause first. Those that TALM makes itself carry the name of their cluster.
pub fn causes(facts: &Facts, cgu: &ClusterGroupUpgrade) -> Vec<Finding> {
    let mut findings = diagnose(&facts.hub, cgu, &NoGraph, facts.at());
    if cgu.metadata.namespace == ZTP_NAMESPACE {
        findings.extend(diagnose_ztp(&facts.hub, &cgu.metadata.name));
        findings.sort_by_key(|finding| Reverse(finding.level));
    }
    facts.lead(findings)
}

fn of_cluster(cluster: &str, facts: &Facts, terminal: &Terminal) -> Result<Diagnosis, Failure> {
    let hub = &facts.hub;
    let Some(managed) = hub.clusters.get(cluster) else {
        let failure = Failure::new(format!("the hub has no managed cluster {cluster:?}"));
        return Err(match nearest(cluster, hub.clusters.keys().map(String::as_str)) {
            Some(near) => failure.fix(format!("did you mean {near}?")),
            None => failure.fix("oc get managedclusters"),
        });
    };
    let cgu = hub.cgu(ZTP_NAMESPACE, cluster);
    let findings = cgu.map_or_else(|| facts.lead(diagnose_ztp(hub, cluster)), |cgu| causes(facts, cgu));
    let label = ["ztp-done", "ztp-running"].into_iter().find(|label| managed.metadata.label(label).is_some());
    let report = cgu.map(|cgu| assess(hub, cgu, facts.at()));
    let cgu = match &report {
        Some(report) => format!("CGU {ZTP_NAMESPACE}/{cluster} {}", headline(report, terminal)),
        None => format!("no CGU in {ZTP_NAMESPACE}"),
    };
    let headline = format!("{cgu}   {}", label.unwrap_or("neither ztp-running nor ztp-done is set"));
    Ok(Diagnosis { subject: cluster.to_owned(), headline, findings, report })
}

impl Diagnosis {
    fn of(look: &Look, terminal: &Terminal) -> Self {
        let report = &look.report;
        Self {
            subject: format!("{}/{}", report.namespace, report.name),
            headline: headline(report, terminal),
            findings: look.findings.clone(),
            report: Some(report.clone()),
        }
    }

    fn text(&self, terminal: &Terminal) -> String {
        section(&self.subject, &self.headline, &self.findings, terminal)
    }
}

/// Where a CGU stands.
pub fn headline(report: &StatusReport, terminal: &Terminal) -> String {
    format!("{}   {}", painted(report, terminal), plain(&report.story))
}

/// A headline, without anything that steers a terminal but colour, with the findings under it.
pub fn section(subject: &str, headline: &str, findings: &[Finding], terminal: &Terminal) -> String {
    let headline = format!("{}   {}\n", terminal.out.name(&plain(subject)), headline);
    headline + &cli::findings(findings, terminal.out)
}

/// The end of every diagnosis: where the facts are from, how many findings there are, what to read next.
pub fn body_and_verdict<'f>(
    mut text: String,
    findings: impl IntoIterator<Item = &'f Finding>,
    next: Option<String>,
    facts: &Facts,
    terminal: &Terminal,
) -> String {
    let findings: Vec<&Finding> = findings.into_iter().collect();
    let of = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
    if !terminal.quiet {
        text += &format!("{}\n", facts.line());
    }
    let verdict = if findings.is_empty() {
        "nothing wrong found".to_owned()
    } else {
        tally(of(Level::Error), of(Level::Warning))
    };
    text += &format!("{verdict}\n");
    if !terminal.quiet {
        text += &lines(next.as_slice());
    }
    wrapped(&text, terminal.width)
}
