//! `oc talm diagnose`: what is wrong with a CGU, or with the first configuration of a cluster, and the way out.

use std::cmp::Reverse;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::{self, Failure, Outcome, Output, OutputParser, Terminal, print, tally};
use ztp_common::finding::{Finding, Level};
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::status::assess;
use ztp_common::rollout::{NoGraph, diagnose, diagnose_ztp};
use ztp_common::suggest::nearest;

use crate::candidates;
use crate::facts::{Facts, FactsArgs};
use crate::machine;
use crate::status_list::state;
use crate::words::{plain, wrapped};

/// Where TALM keeps the CGUs that it makes for new clusters.
pub const ZTP_NAMESPACE: &str = "ztp-install";

const EXAMPLES: &str = "\
Examples:
  oc talm diagnose du-4-20 -n ztp-group --from must-gather.tar.gz
  oc talm diagnose --ztp sno2 --from hub/
  oc talm explain rollout/name-label";

/// Find out what is wrong with a rollout, the first cause first
///
/// Looks at the CGU, its policies, clusters and blockers. Exit code 1 says that it will not finish as it stands.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DiagnoseArgs {
    /// Name of the CGU
    #[arg(required_unless_present = "ztp", conflicts_with = "ztp", add = ArgValueCompleter::new(candidates::cgus))]
    name: Option<String>,
    /// Namespace of the CGU [default: that of the context]
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    namespace: Option<String>,
    /// The first configuration of this cluster, with the CGU that TALM makes itself
    #[arg(long, value_name = "CLUSTER", add = ArgValueCompleter::new(candidates::clusters))]
    ztp: Option<String>,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    output: Output,
    #[command(flatten)]
    facts: FactsArgs,
}

/// What was looked at, and what was found.
struct Diagnosis {
    subject: String,
    headline: String,
    findings: Vec<Finding>,
}

/// Looks, and says what is wrong.
///
/// # Errors
/// There is no such CGU or cluster, or the hub cannot be read.
pub fn run(args: &DiagnoseArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.facts.gather(terminal)?;
    let terminal = &args.facts.fit(terminal);
    facts.warn(terminal);
    let diagnosis = match (&args.ztp, &args.name) {
        (Some(cluster), _) => of_cluster(cluster, &facts)?,
        (None, Some(name)) => {
            of_cgu(name, args.namespace.as_deref().unwrap_or_else(|| facts.default_namespace()), &facts)?
        }
        // clap asks for one of them.
        (None, None) => return Err(Failure::new("nothing to diagnose").fix("name a CGU, or a cluster with --ztp")),
    };
    let errors = diagnosis.findings.iter().filter(|finding| finding.level == Level::Error).count();
    let fields = json!({"subject": diagnosis.subject, "name": args.ztp.as_ref().or(args.name.as_ref()), "recordedAt": facts.hub.recorded_at,
        "findings": machine::findings(&diagnosis.findings)});
    let text = match machine::text(&args.output, "RolloutDiagnosis", fields)? {
        Some(text) => text,
        None => text(&diagnosis, errors, &facts, terminal),
    };
    print(&text)?;
    Ok(if errors > 0 { Outcome::No } else { Outcome::Done })
}

/// What is wrong with a CGU, the first cause first. Those that TALM makes itself carry the name of their cluster.
pub fn causes(facts: &Facts, cgu: &ClusterGroupUpgrade) -> Vec<Finding> {
    let mut findings = diagnose(&facts.hub, cgu, &NoGraph, facts.at());
    if cgu.metadata.namespace == ZTP_NAMESPACE {
        findings.extend(diagnose_ztp(&facts.hub, &cgu.metadata.name));
        findings.sort_by_key(|finding| Reverse(finding.level));
    }
    findings
}

fn of_cgu(name: &str, namespace: &str, facts: &Facts) -> Result<Diagnosis, Failure> {
    let hub = &facts.hub;
    let cgu = hub.cgu(namespace, name).ok_or_else(|| crate::no_such_cgu(name, namespace, hub))?;
    let report = assess(hub, cgu, facts.at());
    let findings = causes(facts, cgu);
    let subject = format!("{namespace}/{name}");
    Ok(Diagnosis { subject, headline: format!("{}   {}", state(&report), report.story), findings })
}

fn of_cluster(cluster: &str, facts: &Facts) -> Result<Diagnosis, Failure> {
    let hub = &facts.hub;
    let Some(managed) = hub.clusters.get(cluster) else {
        let failure = Failure::new(format!("the hub has no managed cluster {cluster:?}"));
        return Err(match nearest(cluster, hub.clusters.keys().map(String::as_str)) {
            Some(near) => failure.fix(format!("did you mean {near}?")),
            None => failure.fix("oc get managedclusters"),
        });
    };
    let cgu = hub.cgu(ZTP_NAMESPACE, cluster);
    let findings = cgu.map_or_else(|| diagnose_ztp(hub, cluster), |cgu| causes(facts, cgu));
    let label = ["ztp-done", "ztp-running"].into_iter().find(|label| managed.metadata.label(label).is_some());
    let cgu = match cgu {
        Some(cgu) => {
            let report = assess(hub, cgu, facts.at());
            format!("CGU {ZTP_NAMESPACE}/{cluster} {}   {}", state(&report), report.story)
        }
        None => format!("no CGU in {ZTP_NAMESPACE}"),
    };
    let headline = format!("{cgu}   {}", label.unwrap_or("neither ztp-running nor ztp-done is set"));
    Ok(Diagnosis { subject: cluster.to_owned(), headline, findings })
}

fn text(diagnosis: &Diagnosis, errors: usize, facts: &Facts, terminal: &Terminal) -> String {
    let findings = &diagnosis.findings;
    let warnings = findings.iter().filter(|finding| finding.level == Level::Warning).count();
    let mut text = format!("{}   {}\n", terminal.out.name(&plain(&diagnosis.subject)), plain(&diagnosis.headline));
    text += &cli::findings(findings, terminal.out);
    text += &format!("{}\n", facts.line());
    let verdict = if findings.is_empty() { "nothing found".to_owned() } else { tally(errors, warnings) };
    text += &format!("{verdict}\n");
    if let Some(first) = findings.iter().find(|finding| finding.level != Level::Info) {
        text += &format!("next: oc talm explain {}\n", first.id);
    }
    wrapped(&text, terminal.width)
}
