//! `oc ibu status`: where an upgrade stands, and what may come next.

use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::upgrade::assess::Report;
use ztp_common::upgrade::manifest::Manifest;
use ztp_common::upgrade::object_check;
use ztp_common::upgrade::print::value;
use ztp_common::upgrade::state::Phase;
use ztp_common::upgrade::wait::{Verdict, Wait};
use ztp_common::yaml::emit;

use crate::facts::{Facts, KINDS, gather};
use crate::follow::{Ended, follow};
use crate::source::{FromArgs, clusters};
use crate::target::Target;
use crate::which::WhichArgs;
use crate::{origin, paste, status_text, triage};
use ztp_common::cli::duration::duration;

const EXAMPLES: &str = "\
Examples:
  oc ibu status
  oc ibu status sno2 --context hub-east --watch
  oc ibu status -l region=north --context hub-east
  oc ibu status --from must-gather.local.1234
  oc ibu status --from clusters/ -o json";

/// How to print a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Yaml,
}

/// Show where an upgrade stands: stage, clocks, history, and the stages that may come next
///
/// Without a name it is the cluster of the current context; with names, clusters that the hub of the context manages.
/// Several clusters give a triage table; a folder with an ImageBasedUpgrade in each of several files or folders is read as
/// several clusters.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct StatusArgs {
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    from: FromArgs,
    /// Follow one cluster until its stage has ended
    #[arg(short, long, conflicts_with = "from")]
    watch: bool,
    /// How long to follow it, such as 90m
    #[arg(long, value_name = "DURATION", default_value = "4h", value_parser = duration)]
    timeout: Duration,
    /// Format: text, json or yaml
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: Format,
    /// The time to reckon with, for tests
    #[arg(long, value_name = "RFC3339", hide = true)]
    now: Option<Timestamp>,
}

/// One cluster with what there is to say about it.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// What is known.
    pub facts: Facts,
    /// The time it is judged by.
    pub at: Timestamp,
    /// What that means.
    pub report: Report,
    /// Doubtful annotations and settings.
    pub warnings: Vec<Finding>,
    /// Seconds since the last change.
    pub seconds_in_state: Option<i64>,
}

/// Does `status`. A failed upgrade is a no.
///
/// # Errors
/// The source is missing or cannot be read, or standard output cannot be written.
pub fn run(args: &StatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let Some(names) = args.which.names(&args.from, terminal)? else { return Ok(Outcome::Done) };
    let ended = if args.watch { Some(watch(args, &names, terminal)?) } else { None };
    let now = Timestamp::now();
    let read = clusters(&args.from, &names, KINDS, terminal);
    let read = read.and_then(|sources| Ok((gather(&sources, &names)?, sources)));
    let (all, sources) = match (read, &ended) {
        (Ok(read), _) => read,
        // It is still away, which has been told.
        (Err(_), Some(Ended::TimedOut | Ended::Verdict(Verdict::Lost(_)))) => return Ok(Outcome::TimedOut),
        (Err(failure), _) => return Err(failure),
    };
    let silent = sources.silent(&names, all.len());
    let all: Vec<Assessed> = all.into_iter().map(|facts| assess(facts, args, now)).collect();
    let as_of = all.iter().map(|one| one.at).max().unwrap_or(now);
    let text = match (args.output, all.as_slice()) {
        (Format::Json, all) => format!("{:#}\n", document(all, as_of)),
        (Format::Yaml, all) => emit::to_string(&value(document(all, as_of))),
        (Format::Text, [one]) if silent == 0 => status_text::text(one, terminal),
        (Format::Text, all) => triage::text(all, silent, &args.from.again(), terminal),
    };
    print(&text)?;
    if args.now.is_none() && !terminal.quiet {
        origin::tell(&args.from, &sources.clusters, now);
    }
    if let Some(Ended::TimedOut | Ended::Verdict(Verdict::Lost(_))) = ended {
        return Ok(Outcome::TimedOut);
    }
    if silent > 0 {
        return Ok(Outcome::Failed);
    }
    let failed = all.iter().any(|one| one.report.phase == Phase::Failed);
    Ok(if failed { Outcome::No } else { Outcome::Done })
}

/// Follows a cluster to the end of its stage; what it has become is told afterwards.
fn watch(args: &StatusArgs, names: &[String], terminal: &Terminal) -> Result<Ended, Failure> {
    if names.len() > 1 {
        return Err(Failure::new("one cluster can be followed at a time").fix("name one cluster, or leave --watch out"));
    }
    let connection = args.from.connection(terminal)?;
    let target = match names.first() {
        Some(name) => Target::find(&connection, Some(name))?,
        None => Target::find_patiently(&connection)?,
    };
    let wait = Wait::following(Timestamp::now());
    Ok(follow(&target, wait, args.timeout, terminal)?.ended)
}

fn assess(facts: Facts, args: &StatusArgs, now: Timestamp) -> Assessed {
    let at = facts.at(args.now, now);
    let mut report = facts.report(at);
    paste::complete(&mut report, &args.from);
    let seconds_in_state = facts.seconds_in_state(at);
    let settings =
        ["ibu/annotation-value", "ibu/annotation-misspelled", "ibu/init-monitor-setting", "ibu/manifest-count"];
    let found = object_check::check(&Manifest::from_value(facts.object.clone()), None);
    let warnings = found.into_iter().map(|f| f.finding).filter(|f| settings.contains(&f.id)).collect();
    Assessed { facts, at, report, warnings, seconds_in_state }
}

/// The machine's form: one list, whatever the number of clusters.
fn document(all: &[Assessed], as_of: Timestamp) -> serde_json::Value {
    let item = |one: &Assessed| {
        let mut item = json!({"cluster": one.facts.name, "release": one.facts.release});
        item["recordedAt"] = one.facts.recorded_at.map(|at| at.to_string()).into();
        item["secondsInState"] = one.seconds_in_state.into();
        // A report is plain data and always has a JSON form.
        if let Ok(serde_json::Value::Object(report)) = serde_json::to_value(&one.report) {
            report.into_iter().for_each(|(key, value)| item[key] = value);
        }
        item["warnings"] = one.warnings.iter().map(|w| json!({"id": w.id, "fact": w.fact, "fix": w.fix})).collect();
        item
    };
    let items: Vec<_> = all.iter().map(item).collect();
    json!({"apiVersion": "oc-ibu/v1", "kind": "UpgradeStatusList", "asOf": as_of, "items": items})
}
