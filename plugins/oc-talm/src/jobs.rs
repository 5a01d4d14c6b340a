//! What pre-caching and backup have in common: the state of each cluster, and the log of the job on a cluster.

use std::collections::BTreeMap;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::{Value, json};
use ztp_common::api::Server;
use ztp_common::cli::{ConnectionFlags, Failure, Outcome, Output, OutputParser, Terminal, print};
use ztp_common::inventory::{Inventory, Query};
use ztp_common::resource::{ClusterGroupUpgrade, Resource};
use ztp_common::rollout::decide::{JobKind, JobLine, job_lines, recognised, view_message};

use crate::candidates;
use crate::facts::{Facts, FactsArgs, failure};
use crate::machine;
use crate::story::StoryTable;
use crate::target::Target;
use crate::words::{flow, wrapped};

/// What is asked of the jobs of a CGU.
#[derive(Args, Debug)]
pub struct JobStatusArgs {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub facts: FactsArgs,
    /// Format of the answer: text, wide, json, yaml or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub output: Output,
}

/// What is asked of the job on a cluster.
#[derive(Args, Debug)]
pub struct JobLogsArgs {
    /// Name of the managed cluster
    #[arg(add = ArgValueCompleter::new(candidates::clusters))]
    cluster: String,
    /// Only the last lines
    #[arg(long, value_name = "COUNT")]
    tail: Option<u32>,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// More clusters are cut, but for `-o wide`; each costs a call to the hub.
const MAX_ROWS: usize = 20;

/// Tells where the job stands on each cluster of a CGU.
///
/// # Errors
/// The hub cannot answer.
pub fn status(
    kind: JobKind,
    cgu: &ClusterGroupUpgrade,
    facts: &Facts,
    terminal: &Terminal,
    output: &Output,
    head: &[String],
) -> Result<Outcome, Failure> {
    let lines = job_lines(cgu, kind);
    let failed = lines.iter().filter(|line| line.state.has_failed()).count();
    let running = lines.iter().filter(|line| line.state.is_in_progress()).count();
    let outcome = if failed > 0 { Outcome::No } else { Outcome::Done };
    let limit = if *output == Output::Wide { usize::MAX } else { MAX_ROWS };
    let open: Vec<&JobLine> =
        lines.iter().filter(|line| line.state.has_failed() || line.state.is_in_progress()).collect();
    let messages = messages(kind, &open, facts, limit)?;
    let items: Vec<Value> = lines
        .iter()
        .map(|line| json!({"cluster": line.cluster, "state": line.state, "message": messages.get(line.cluster.as_str())}))
        .collect();
    let name = format!("{}/{}", cgu.metadata.namespace, cgu.metadata.name);
    let fields = json!({"name": cgu.metadata.name, "namespace": cgu.metadata.namespace, "clusters": items});
    if let Some(text) = machine::text(output, "RolloutJobStatus", fields)? {
        print(&text)?;
        return Ok(outcome);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    lines.iter().for_each(|line| *counts.entry(line.state.to_string()).or_default() += 1);
    let mut parts = vec![terminal.out.name(&name), kind.words().to_owned()];
    parts.extend(counts.iter().map(|(state, count)| format!("{count} {state}")));
    let mut text = flow(&parts, terminal.width);
    let mut table = StoryTable::new(&["CLUSTER", "STATE"], "WHAT THE HUB SEES");
    for line in open.iter().take(limit) {
        let message = messages.get(line.cluster.as_str()).cloned();
        table.row(vec![line.cluster.clone(), line.state.to_string()], message.unwrap_or_else(|| "-".to_owned()));
    }
    text += &table.text(terminal.headers, terminal.width);
    if open.len() > limit {
        text += &format!("+{} more: add -o wide\n", open.len() - limit);
    }
    let mut rest: Vec<String> = head.to_vec();
    rest.push(facts.line());
    rest.push(verdict(kind, &lines, failed, running));
    if let Some(first) = open.first().filter(|line| line.state.has_failed()) {
        let again = if facts.server.is_some() { facts.argument() } else { "" };
        rest.push(format!("next: oc talm {} logs {}{again}", command(kind), first.cluster));
    }
    text += &wrapped(&(rest.join("\n") + "\n"), terminal.width);
    print(&text)?;
    Ok(outcome)
}

fn command(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Precache => "precache",
        JobKind::Backup => "backup",
    }
}

fn verdict(kind: JobKind, lines: &[JobLine], failed: usize, running: usize) -> String {
    let (what, all) = (kind.words(), lines.len());
    match (all, failed, running) {
        (0, ..) => format!("{what} has not begun"),
        (_, 0, 0) => format!("{what} is finished on all clusters"),
        (_, 0, running) => format!("{what} goes on for {running} of {all} clusters"),
        (_, failed, 0) if failed == all => {
            format!("{what} failed on all clusters: TALM tries for ever, delete the CGU")
        }
        (_, failed, 0) => {
            format!("{what} is finished, and failed on {failed} of {all} clusters: the rollout leaves them out")
        }
        (_, failed, running) => format!("{what} failed on {failed} of {all} clusters and goes on for {running}"),
    }
}

fn messages<'l>(
    kind: JobKind,
    open: &[&'l JobLine],
    facts: &Facts,
    limit: usize,
) -> Result<BTreeMap<&'l str, String>, Failure> {
    let mut messages = BTreeMap::new();
    let Some(server) = &facts.server else { return Ok(messages) };
    for line in open.iter().take(limit) {
        let view = server.get(Resource::MANAGED_CLUSTER_VIEW, &line.cluster, kind.view())?;
        if let Some(message) = view.as_ref().and_then(view_message) {
            messages.insert(line.cluster.as_str(), message);
        }
    }
    Ok(messages)
}

/// Prints the log of the job on a cluster. Without a way to the cluster, what the hub sees of the job.
///
/// # Errors
/// Neither the cluster nor the hub knows of a job.
pub fn logs(kind: JobKind, args: &JobLogsArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let (cluster, connection) = (&args.cluster, args.connection.connection(terminal)?);
    let hub = Server::connect(&connection)?;
    let spoke = hub.spoke(cluster, &connection).map_err(Failure::from);
    let answer = spoke.and_then(|spoke| log(kind, cluster, args.tail, &spoke));
    let failure = match answer {
        Ok(log) => {
            print(&log)?;
            if let Some((meaning, next)) = recognised(&log) {
                eprintln!("{meaning}\nnext: {}", next.replace("CLUSTER", cluster));
            }
            return Ok(Outcome::Done);
        }
        Err(failure) => failure,
    };
    // A view shows objects, not logs, but often tells enough.
    let view = hub.get(Resource::MANAGED_CLUSTER_VIEW, cluster, kind.view())?;
    match view.as_ref().and_then(view_message) {
        Some(message) => Err(failure.because(format!("the hub sees of the job: {message}"))),
        None => Err(failure),
    }
}

fn log(kind: JobKind, cluster: &str, tail: Option<u32>, spoke: &Server) -> Result<String, Failure> {
    let mut pods: Vec<(String, String)> = Vec::new();
    let query = Query::all(Resource::POD).in_namespace(kind.namespace()).with_label_value("job-name", kind.job());
    spoke
        .each(&query, &mut |pod| {
            let text = |key: &str| pod["metadata"][key].as_str().unwrap_or_default().to_owned();
            pods.push((text("creationTimestamp"), text("name")));
        })
        .map_err(|error| failure(&error))?;
    let Some((_, pod)) = pods.into_iter().max() else {
        return Err(Failure::new(format!("{cluster} has no pod of the {} job", kind.words()))
            .because("TALM removes its namespace when the job has succeeded, and when the CGU ends"));
    };
    let tail = tail.map(|lines| format!("?tailLines={lines}")).unwrap_or_default();
    Ok(spoke.text(&format!("/api/v1/namespaces/{}/pods/{pod}/log{tail}", kind.namespace()))?)
}
