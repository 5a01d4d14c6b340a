//! `oc talm precache`: images on the nodes before the night.

use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCompleter;
use serde_json::{Value, json};
use ztp_common::api::Server;
use ztp_common::cli::{self, ConnectionFlags, Failure, Outcome, Terminal};
use ztp_common::finding::Finding;
use ztp_common::inventory::{Inventory, Query};
use ztp_common::resource::{ClusterGroupUpgrade, NamespacedName, PrecachingSpec, Resource};
use ztp_common::rollout::decide::{JobKind, NodeSpace, Standing, judge, lint_precaching, standing};
use ztp_common::rollout::{self, NoGraph, diagnose};

use crate::candidates;
use crate::change::ChangeArgs;
use crate::facts::{Facts, failure};
use crate::jobs::{self, JobLogsArgs, JobStatusArgs};
use crate::make::{config_of, draft_like};
use crate::preview::Preview;
use crate::target::Target;
use crate::words::{listed, many, wrapped};
use crate::writing::{seen_cgu, typed};

const EXAMPLES: &str = "\
Examples:
  oc talm precache start du-4-20 -n ztp-group
  oc talm precache status du-4-20 -n ztp-group
  oc talm precache logs sno2
  oc talm precache space sno2 --required 45GiB";

/// Pull images onto the nodes before a rollout
///
/// TALM pre-caches for a CGU that is not enabled yet, and then forgives what goes wrong on bad links: do it the day
/// before. What it pulls is told by the policies of the CGU, and by its PreCachingConfig.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PrecacheArgs {
    #[command(subcommand)]
    command: PrecacheCommand,
}

#[derive(Debug, Subcommand)]
enum PrecacheCommand {
    Start(Box<StartArgs>),
    /// Show how far pre-caching is on each cluster, and what speaks against its configuration
    ///
    /// Exit code 1 says that it failed somewhere.
    Status(JobStatusArgs),
    /// Print the log of the pre-caching job on a cluster, and what it means
    Logs(JobLogsArgs),
    Space(SpaceArgs),
}

/// Let TALM pull the images of a CGU that is not enabled
#[derive(Args, Debug)]
struct StartArgs {
    #[command(flatten)]
    target: Target,
    /// PreCachingConfig to use
    #[arg(long, value_name = "[NAMESPACE/]NAME")]
    config: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Measure the space for images on the nodes of a cluster, as the pre-caching job does
///
/// Exit code 1 says that it is not enough.
#[derive(Args, Debug)]
struct SpaceArgs {
    /// Name of the managed cluster
    #[arg(add = ArgValueCompleter::new(candidates::clusters))]
    cluster: String,
    /// What is needed, as in spaceRequired
    #[arg(long, value_name = "SIZE", default_value = "35 GiB")]
    required: String,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// Runs one of the subcommands.
///
/// # Errors
/// There is no such CGU or cluster, or it cannot be reached.
pub fn run(args: &PrecacheArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    match &args.command {
        PrecacheCommand::Start(args) => start(args, terminal),
        PrecacheCommand::Status(args) => status(args, terminal),
        PrecacheCommand::Logs(args) => jobs::logs(JobKind::Precache, args, terminal),
        PrecacheCommand::Space(args) => space(args, terminal),
    }
}

fn start(args: &StartArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let (namespace, name) = (args.target.namespace(&facts)?, &args.target.name);
    let seen = seen_cgu(&facts, namespace, &name.name)?;
    let mut cgu = typed(&seen)?;
    let (shown, argument) = (format!("{namespace}/{name}"), format!("{name} -n {namespace}{}", facts.argument()));
    may_start(&cgu, &shown, &argument)?;
    let next = format!("next: oc talm precache status {argument}\n");
    let reference = args.config.as_ref().map(|config| reference(config, namespace));
    if cgu.spec.pre_caching && reference.as_ref().is_none_or(|wanted| *wanted == cgu.spec.pre_caching_config_ref) {
        writing.answer(&format!("{shown} pre-caches already\n{next}"), &[seen])?;
        return Ok(Outcome::Done);
    }
    if let Some(reason) = reference.as_ref().and_then(|_| no_other_config(&cgu)) {
        return Err(Failure::new(format!("{shown} cannot take another PreCachingConfig now"))
            .because(reason)
            .fix(format!("oc talm clone {argument}")));
    }
    cgu.spec.pre_caching = true;
    cgu.spec.pre_caching_config_ref = reference.unwrap_or(cgu.spec.pre_caching_config_ref);
    let plan = rollout::plan(&facts.hub, &cgu, &NoGraph, facts.at());
    let verdict = judge(findings(&facts, &cgu), &args.change.write.accept);
    let preview = Preview { hub: &facts.hub, cgu: &cgu, plan: &plan, told: &verdict.told };
    let mut text = preview.text(&writing);
    let software = plan.status.precaching.as_ref().and_then(|job| job.spec.as_ref());
    let lines: String = software.map(what).unwrap_or_default().iter().map(|line| format!("{line}\n")).collect();
    text += &wrapped(&lines, terminal.width);
    writing.show(&text)?;
    if let Some(outcome) = writing.refused(&format!("pre-caching for {shown}"), &verdict) {
        return Ok(outcome);
    }
    writing.warn_of_argo_cd(&seen);
    if writing.is_client_only() {
        writing.answer(
            &format!("started pre-caching for {shown}{}\n", writing.dry()),
            &[draft_like(cgu, &seen).cgu_object()],
        )?;
        return Ok(Outcome::Done);
    }
    writing.server()?;
    let reach = preview.reach();
    if let Some(outcome) = writing.ask(&format!("pull images on {} for {shown}", many(reach, "cluster")), reach)? {
        return Ok(outcome);
    }
    let mut patch = json!({"preCaching": true});
    if !cgu.spec.pre_caching_config_ref.name.is_empty() {
        patch["preCachingConfigRef"] = json!(cgu.spec.pre_caching_config_ref);
    }
    let object = writing.patch_spec(&seen, &patch, &|cgu| may_start(cgu, &shown, &argument))?;
    let count = many(reach, "cluster");
    writing.answer(&format!("started pre-caching for {shown} on {count}{}\n{next}", writing.dry()), &[object])?;
    Ok(Outcome::Done)
}

/// Why another PreCachingConfig would not be looked at.
fn no_other_config(cgu: &ClusterGroupUpgrade) -> Option<&'static str> {
    if cgu.status.condition("PrecacheSpecValid").is_some_and(|condition| condition.is_true()) {
        Some("what to pull has been derived already, and TALM derives that once for a CGU")
    } else if standing(cgu) == Standing::Enabled {
        Some("it is enabled, and the first hiccup of a link would be final for a cluster")
    } else {
        None
    }
}

fn reference(config: &str, namespace: &str) -> NamespacedName {
    let (namespace, name) = config.split_once('/').unwrap_or((namespace, config));
    NamespacedName { name: name.to_owned(), namespace: namespace.to_owned() }
}

fn may_start(cgu: &ClusterGroupUpgrade, shown: &str, argument: &str) -> Result<(), Failure> {
    match standing(cgu) {
        Standing::Waits => Ok(()),
        Standing::Enabled if cgu.spec.pre_caching => Ok(()),
        Standing::Enabled => Err(Failure::new(format!("{shown} is enabled: pre-caching would not forgive anything"))
            .because("with enable: true the first hiccup of a link is final for a cluster")
            .fix(format!("oc talm disable {argument}"))),
        Standing::Runs => Err(Failure::new(format!("{shown} runs: TALM pre-caches only before the start"))),
        Standing::Ended => Err(Failure::new(format!("{shown} has ended: TALM never looks at it again"))
            .fix(format!("oc talm clone {argument}"))),
    }
}

/// What speaks against pre-caching, and only that.
fn findings(facts: &Facts, cgu: &ClusterGroupUpgrade) -> Vec<Finding> {
    let mut disabled = cgu.clone();
    disabled.spec.enable = Some(false);
    let all = diagnose(&facts.hub, &disabled, &NoGraph, facts.at());
    let mut findings: Vec<Finding> = all.into_iter().filter(|finding| finding.id != "rollout/not-enabled").collect();
    findings.extend(config_of(facts, cgu).map(|config| lint_precaching(&facts.hub, cgu, config)).unwrap_or_default());
    findings
}

/// What is pulled, a line each.
fn what(spec: &PrecachingSpec) -> Vec<String> {
    let mut lines = Vec::new();
    if !spec.platform_image.is_empty() {
        lines.push(format!("release: {}", spec.platform_image));
    }
    for (what, list) in [
        ("catalogs", &spec.operators_indexes),
        ("operators", &spec.operators_packages_and_channels),
        ("more images", &spec.additional_images),
        ("left out", &spec.exclude_precache_patterns),
    ] {
        if !list.is_empty() {
            lines.push(format!("{what}: {}", listed(list, 5)));
        }
    }
    if !spec.space_required.is_empty() {
        lines.push(format!(
            "space: each node must have {} GiB free, below the level of image removal",
            spec.space_required
        ));
    }
    lines
}

fn status(args: &JobStatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.facts.gather(terminal)?;
    let cgu = args.target.cgu(&facts)?;
    let (name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
    if !cgu.spec.pre_caching {
        return Err(Failure::new(format!("{namespace}/{name} does not pre-cache"))
            .fix(format!("oc talm precache start {name} -n {namespace}{}", facts.argument())));
    }
    let mut head = cgu.status.precaching.as_ref().and_then(|job| job.spec.as_ref()).map(what).unwrap_or_default();
    let about = findings(&facts, cgu).into_iter().filter(|finding| finding.id.starts_with("rollout/precache-"));
    // Failed clusters are in the table.
    let about: Vec<Finding> =
        about.filter(|f| !["rollout/precache-failed", "rollout/precache-partial"].contains(&f.id)).collect();
    head.extend(crate::findings_text::brief(&about.iter().collect::<Vec<_>>(), terminal, 20));
    jobs::status(JobKind::Precache, cgu, &facts, terminal, &args.output, &head)
}

fn space(args: &SpaceArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let required = rollout::required_gib(&args.required)
        .map_err(|reason| Failure::new("cannot read --required").because(reason).fix("write it as 45 GiB"))?;
    let connection = args.connection.connection(terminal)?;
    let spoke = Server::connect(&connection)?.spoke(&args.cluster, &connection)?;
    let mut nodes = Vec::new();
    spoke
        .each(&Query::all(Resource::NODE), &mut |node| nodes.push(crate::writing::text(node, "name")))
        .map_err(|error| failure(&error))?;
    if nodes.is_empty() {
        return Err(Failure::new(format!("cluster {} lists no nodes", args.cluster))
            .because("without one, nothing is known of the space for images")
            .fix("look at it with oc get nodes"));
    }
    let (mut text, mut enough) = (String::new(), true);
    for node in &nodes {
        let usable = node_space(&spoke, node)?.usable_gib();
        let fits = usable >= required as f64;
        enough &= fits;
        let word = if fits { "enough for" } else { "not enough for" };
        text += &format!(
            "{}/{node}   {usable:.1} GiB until the kubelet removes images   {word} {required} GiB\n",
            args.cluster
        );
    }
    if !enough {
        text += "free space on the node, or lower spaceRequired if less is pulled\n";
    }
    cli::print(&wrapped(&text, terminal.width))?;
    Ok(if enough { Outcome::Done } else { Outcome::No })
}

fn node_space(spoke: &Server, node: &str) -> Result<NodeSpace, Failure> {
    let read = |what: &str| -> Result<Value, Failure> {
        let text = spoke.text(&format!("/api/v1/nodes/{node}/proxy/{what}"))?;
        serde_json::from_str(&text)
            .map_err(|_| Failure::new(format!("node {node} answers {what} with something that is no JSON")))
    };
    let stats = read("stats/summary")?;
    NodeSpace::read(&stats, &read("configz").unwrap_or_default())
        .ok_or_else(|| Failure::new(format!("node {node} does not say how full the file system of its images is")))
}
