//! `oc talm create`: a new CGU, disabled unless it is asked otherwise.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use ztp_common::cli::{Failure, Outcome, Terminal, WriteFlags};
use ztp_common::finding::Finding;
use ztp_common::inventory::{Inventory, Query};
use ztp_common::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus, Object, PreCachingConfig};
use ztp_common::rollout::decide::{
    Draft, Pick, Standing, before_create, before_enable, judge, lint_precaching, pick, plan_digest, same_spec,
    standing, unknown_fields,
};
use ztp_common::rollout::{self, Hub, NoGraph, Plan, select};

use crate::cgu_flags::{CguFlags, only_one};
use crate::facts::{Facts, FactsArgs, failure, open};
use crate::preview::Preview;
use crate::selection::SelectionArgs;
use crate::stdin::{is_stdin, one_stdin};
use crate::there::{added_metadata, config_there, replaces, there, write_cgu, write_config};
use crate::words::{listed, many};
use crate::writing::{ObjectFormat, Writing, typed, unknown_in};

const EXAMPLES: &str = "\
Examples:
  oc talm create du-4-20 -n ztp-group -l du-profile=latest --missing --canary sno1,sno7 --max-concurrency 50
  oc talm create du-4-20 -n ztp-group --clusters sno1,sno2 --policy common-ocp-4-20 --max-concurrency 2 --precache
  oc talm create -f cgu.yaml --enable
  oc talm create du-4-20 -n ztp-group -l du-profile=latest --waves 1-10 --max-concurrency 50 --dry-run=client -o yaml";

/// Create a ClusterGroupUpgrade, after showing what it will do
///
/// The CGU comes from flags, from a file, or from a file with flags written over it. It is created disabled: nothing
/// happens on clusters but pre-caching, until oc talm enable. What the API accepts but does harm is refused with the
/// reason; --accept insists. Running the command again changes nothing.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct CreateArgs {
    /// Name of the CGU
    #[arg(required_unless_present = "filename")]
    name: Option<String>,
    /// Namespace of the CGU
    #[arg(short, long, value_name = "NAMESPACE")]
    namespace: Option<String>,
    /// File with the CGU; - for standard input
    #[arg(short, long, value_name = "FILE")]
    filename: Option<PathBuf>,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    cgu: CguFlags,
    /// Start the rollout at once
    #[arg(long)]
    enable: bool,
    #[command(flatten)]
    write: WriteFlags,
    #[command(flatten)]
    facts: FactsArgs,
    /// Format of the answer: text, wide, yaml, json or name
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: ObjectFormat,
}

/// Creates it.
///
/// # Errors
/// It is not described well enough, the hub cannot be reached, or refuses it.
pub fn run(args: &CreateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    args.one_stdin()?;
    let facts = args.facts.gather(terminal)?;
    let terminal = args.facts.fit(terminal);
    let writing = Writing { facts: &facts, flags: &args.write, terminal: &terminal, output: args.output };
    let (draft, findings) = args.draft(&facts)?;
    make(&writing, &args.facts, &draft, findings, None)
}

/// Shows a CGU, asks, and creates it. `next` is what is to be done then, where it is not the usual.
///
/// # Errors
/// The hub cannot be reached, or refuses it.
pub fn make(
    writing: &Writing<'_>,
    source: &FactsArgs,
    draft: &Draft,
    mut findings: Vec<Finding>,
    next: Option<&str>,
) -> Result<Outcome, Failure> {
    let facts = writing.facts;
    let metadata = &draft.cgu.metadata;
    let shown = format!("{}/{}", metadata.namespace, metadata.name);
    let there = there(writing, draft)?;
    let config_there = config_there(writing, draft)?;
    let config_is_new = replaces(draft, config_there.as_ref());
    if let Some(there) = &there
        && let Some(outcome) = settled(writing, draft, there, config_is_new)?
    {
        return Ok(outcome);
    }
    let hub = draft.hub_with_config(&facts.hub);
    let future = as_it_will_be(draft, there.as_ref())?;
    let plan = rollout::plan(&hub, &future, &NoGraph, facts.at());
    findings.extend(against(draft, &hub, &future, &plan, facts.at()));
    let verdict = judge(findings, &writing.flags.accept);
    let preview = Preview { hub: &hub, cgu: &future, plan: &plan, told: &verdict.told };
    let mut text = preview.text(writing);
    if config_is_new && config_there.is_some() {
        text += &format!("replaces PreCachingConfig {shown}\n");
    }
    writing.show(&text)?;
    if let Some(outcome) = writing.refused(&format!("ClusterGroupUpgrade {shown}"), &verdict) {
        return Ok(outcome);
    }
    if let Some(there) = &there {
        writing.warn_of_argo_cd(there);
    }
    let objects = draft.objects();
    let what = if there.is_some() { "changed" } else { "created" };
    if writing.is_client_only() {
        writing.answer(&done(writing, draft, what, next), &objects)?;
        return Ok(Outcome::Done);
    }
    writing.server()?;
    let (question, count) = question(draft, &shown, preview.reach(), there.is_some());
    if let Some(outcome) = writing.ask(&question, count)? {
        return Ok(outcome);
    }
    if draft.cgu.spec.is_enabled() && writing.asks() {
        let now = source.gather(writing.terminal)?;
        let plan_now = rollout::plan(&draft.hub_with_config(&now.hub), &future, &NoGraph, now.at());
        if plan_digest(&plan_now) != plan_digest(&plan) {
            return Err(plan_changed());
        }
    }
    let mut written = Vec::new();
    if let Some(config) = objects.first().filter(|_| draft.config.is_some()) {
        written.push(write_config(writing, draft, config, config_there.as_ref())?);
    }
    let object = draft.cgu_object();
    written.push(write_cgu(writing, &object, there.as_ref())?);
    writing.answer(&done(writing, draft, what, next), &written)?;
    Ok(Outcome::Done)
}

/// The draft with what TALM has written into the status of the CGU that is there.
fn as_it_will_be(draft: &Draft, there: Option<&Value>) -> Result<ClusterGroupUpgrade, Failure> {
    let mut future = draft.cgu.clone();
    if let Some(cgu) = there.map(typed).transpose()?
        && matches!(standing(&cgu), Standing::Waits | Standing::Enabled)
    {
        future.status = cgu.status;
    }
    Ok(future)
}

/// All that speaks against it; one that starts at once meets the guards of `oc talm enable` as well.
fn against(draft: &Draft, hub: &Hub, future: &ClusterGroupUpgrade, plan: &Plan, now: Timestamp) -> Vec<Finding> {
    let mut findings = before_create(hub, &draft.cgu, now);
    findings.extend(draft.config.iter().flat_map(|config| lint_precaching(hub, &draft.cgu, config)));
    if draft.cgu.spec.is_enabled() {
        let is_told = |new: &Finding| {
            findings.iter().any(|old| old.id == new.id && old.fact == new.fact)
                // The same, said of one that is there.
                || new.id == "rollout/enable-precaching"
        };
        let more: Vec<Finding> =
            before_enable(hub, future, plan, None, now).into_iter().filter(|new| !is_told(new)).collect();
        findings.extend(more);
    }
    findings
}

/// What changes between looking and answering.
pub fn plan_changed() -> Failure {
    Failure::new("the plan changed while you looked at it")
        .because("nothing was changed by this command")
        .fix("run it again, and look at the new plan")
}

/// When there is nothing to do, or nothing can be done, because of the CGU that is there.
fn settled(
    writing: &Writing<'_>,
    draft: &Draft,
    there: &Value,
    config_is_new: bool,
) -> Result<Option<Outcome>, Failure> {
    let cgu = typed(there)?;
    let (name, namespace) = (&draft.cgu.metadata.name, &draft.cgu.metadata.namespace);
    // Creating again must not disable what has been enabled since.
    let mut wanted = draft.cgu_object();
    if cgu.spec.is_enabled() {
        wanted["spec"]["enable"] = true.into();
    }
    let same = same_spec(&there["spec"], &wanted["spec"]) && added_metadata(there, &wanted).is_none() && !config_is_new;
    let again = writing.facts.argument();
    match standing(&cgu) {
        Standing::Ended if same => Err(Failure::new(format!(
            "ClusterGroupUpgrade {namespace}/{name} is there already, says the same and has ended"
        ))
        .because("TALM never looks at it again, so that nothing would be rolled out")
        .fix(format!("oc talm clone {name} -n {namespace}{again}"))),
        _ if same && !writing.is_client_only() => {
            let next = format!("next: oc talm status {name} -n {namespace}{again}\n");
            writing.answer(
                &format!("{namespace}/{name} is there already and says the same\n{next}"),
                std::slice::from_ref(there),
            )?;
            Ok(Some(Outcome::Done))
        }
        Standing::Enabled if !same && !draft.cgu.spec.is_enabled() => Err(Failure::new(format!(
            "ClusterGroupUpgrade {namespace}/{name} is enabled: this would disable it as well"
        ))
        .because("nothing was changed")
        .fix(format!("oc talm disable {name} -n {namespace}{again}, or say --enable"))),
        Standing::Ended => {
            Err(Failure::new(format!("ClusterGroupUpgrade {namespace}/{name} has ended: TALM never looks at it again"))
                .because("a change of its spec would have no effect")
                .fix(format!("take another name, or oc talm clone {name} -n {namespace}{again}")))
        }
        Standing::Runs if !same => {
            Err(Failure::new(format!("ClusterGroupUpgrade {namespace}/{name} runs: its plan is frozen"))
                .because("TALM looks at clusters, policies, batches and blockers only until the rollout starts")
                .fix("take another name, or wait for its end"))
        }
        _ => Ok(None),
    }
}

fn question(draft: &Draft, shown: &str, reach: usize, there: bool) -> (String, usize) {
    let verb = if there { "change" } else { "create" };
    let spec = &draft.cgu.spec;
    if spec.is_enabled() {
        (format!("{verb} {shown} and start it for {}", many(reach, "cluster")), reach)
    } else if spec.pre_caching {
        (format!("{verb} {shown} and pull images on {}", many(reach, "cluster")), reach)
    } else {
        (format!("{verb} {shown}, disabled"), 1)
    }
}

fn done(writing: &Writing<'_>, draft: &Draft, what: &str, then: Option<&str>) -> String {
    let (name, namespace) = (&draft.cgu.metadata.name, &draft.cgu.metadata.namespace);
    let state = if draft.cgu.spec.is_enabled() { "enabled" } else { "disabled" };
    let mut text = String::new();
    if draft.config.is_some() {
        text += &format!("wrote PreCachingConfig {namespace}/{name}{}\n", writing.dry());
    }
    text += &format!("{what} ClusterGroupUpgrade {namespace}/{name}, {state}{}\n", writing.dry());
    if writing.dry().is_empty() {
        let next = match (draft.cgu.spec.is_enabled(), draft.cgu.spec.pre_caching) {
            (true, _) => "status",
            (false, true) => "precache status",
            (false, false) => "enable",
        };
        if what == "created" {
            text += &format!("undo: oc delete cgu {name} -n {namespace}{}\n", writing.facts.argument());
        }
        let usual = || format!("oc talm {next} {name} -n {namespace}{}", writing.facts.argument());
        text += &format!("next: {}\n", then.map_or_else(usual, str::to_owned));
    }
    text
}

impl CreateArgs {
    fn one_stdin(&self) -> Result<(), Failure> {
        one_stdin(&[
            ("--filename", is_stdin(self.filename.as_deref())),
            ("--clusters-from", self.selection.takes_stdin()),
            ("--from", self.facts.takes_stdin()),
        ])
    }

    fn draft(&self, facts: &Facts) -> Result<(Draft, Vec<Finding>), Failure> {
        let (mut cgu, unknown, mut findings) = match &self.filename {
            Some(path) => in_file(path)?,
            None => (ClusterGroupUpgrade::default(), Vec::new(), Vec::new()),
        };
        if let Some(name) = &self.name {
            cgu.metadata.name.clone_from(name);
        }
        if let Some(namespace) = &self.namespace {
            cgu.metadata.namespace.clone_from(namespace);
        } else if cgu.metadata.namespace.is_empty() {
            facts.default_namespace().clone_into(&mut cgu.metadata.namespace);
        }
        self.selection.apply(&mut cgu.spec)?;
        let config = self.cgu.apply(&mut cgu)?;
        // A file says what it wants; without one nothing starts unasked.
        let from_file = self.filename.is_some().then_some(cgu.spec.enable).flatten();
        cgu.spec.enable = Some(self.enable || from_file == Some(true));
        self.complete(&cgu)?;
        if self.cgu.picks() {
            findings.extend(self.pick(&mut cgu, facts)?);
        }
        Ok((Draft { cgu, unknown, config }, findings))
    }

    /// What a CGU cannot do without.
    fn complete(&self, cgu: &ClusterGroupUpgrade) -> Result<(), Failure> {
        let spec = &cgu.spec;
        if spec.clusters.is_none() && spec.cluster_selector.is_none() && spec.cluster_label_selectors.is_none() {
            return Err(Failure::new("no cluster is selected").fix("give -l, --clusters or --clusters-from"));
        }
        if self.filename.is_none() && self.cgu.max_concurrency.is_none() {
            return Err(Failure::new("a new CGU needs the size of a batch").fix("give --max-concurrency"));
        }
        Ok(())
    }

    /// The policies that --missing and --waves mean, behind those named.
    fn pick(&self, cgu: &mut ClusterGroupUpgrade, facts: &Facts) -> Result<Vec<Finding>, Failure> {
        let clusters = select(&facts.hub, &cgu.spec).clusters;
        let picked = pick(&facts.hub, &clusters, &Pick { waves: self.cgu.waves.clone(), missing: self.cgu.missing });
        let named = if self.cgu.policy.is_empty() { Vec::new() } else { cgu.spec.managed_policies.clone() };
        let fresh: Vec<String> = picked.policies.into_iter().filter(|name| !named.contains(name)).collect();
        if fresh.is_empty() && named.is_empty() {
            let what = match (self.cgu.missing, &self.cgu.waves) {
                (true, _) => "every policy on the selected clusters is compliant or enforced already",
                (false, _) => "no policy on the selected clusters has a wave in this range",
            };
            return Err(Failure::new("there is nothing to roll out")
                .because(what)
                .fix("oc talm plan, or name policies with --policy"));
        }
        cgu.spec.managed_policies = named.into_iter().chain(fresh).collect();
        let note = |names: &[String], why: &str| {
            (!names.is_empty()).then(|| format!("{} {why}: {}", many(names.len(), "policy"), listed(names, 5)))
        };
        let notes = [note(&picked.enforced, "enforced already"), note(&picked.without_wave, "without a wave")];
        for note in notes.into_iter().flatten() {
            eprintln!("passed over: {}", note);
        }
        Ok(Vec::new())
    }
}

type InFile = (ClusterGroupUpgrade, Vec<(Vec<String>, Value)>, Vec<Finding>);

fn in_file(path: &std::path::Path) -> Result<InFile, Failure> {
    let recorded = open(path)?;
    let shown = recorded.describe();
    let mut found = Vec::new();
    recorded
        .each(&Query::all(ClusterGroupUpgrade::RESOURCE), &mut |object| found.push(object.clone()))
        .map_err(|error| failure(&error))?;
    let object = only_one(found, &shown)?;
    let mut cgu = typed(&object)?;
    cgu.status = ClusterGroupUpgradeStatus::default();
    if cgu.metadata.name.is_empty() {
        return Err(Failure::new(format!("the ClusterGroupUpgrade in {shown} has no name"))
            .fix("name it: oc talm create NAME -f FILE"));
    }
    let unknown = unknown_fields(&object["spec"]);
    let findings = unknown.iter().map(|(_, _, finding)| finding.clone()).collect();
    Ok((cgu, unknown.into_iter().map(|(path, value, _)| (path, value)).collect(), findings))
}

/// The draft of a CGU that stands for itself.
pub fn draft_of(cgu: ClusterGroupUpgrade) -> Draft {
    Draft { cgu, ..Draft::default() }
}

/// The draft of a CGU that is there and is changed, with the fields of it that this version does not know.
pub fn draft_like(cgu: ClusterGroupUpgrade, seen: &Value) -> Draft {
    Draft { cgu, unknown: unknown_in(seen), ..Draft::default() }
}

/// The PreCachingConfig that a CGU names.
pub fn config_of<'h>(facts: &'h Facts, cgu: &ClusterGroupUpgrade) -> Option<&'h PreCachingConfig> {
    let reference = &cgu.spec.pre_caching_config_ref;
    let namespace = if reference.namespace.is_empty() { &cgu.metadata.namespace } else { &reference.namespace };
    facts.hub.precaching_configs.get(&(namespace.clone(), reference.name.clone()))
}
