//! `oc talm enable`: starts a rollout, when nothing speaks against it.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use ztp_common::cli::duration::duration;
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::finding::Finding;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::decide::{
    Standing, Verdict, Window, before_enable, judge, plan_changes, plan_digest, standing,
};
use ztp_common::rollout::{self, Hub, NoGraph, Outcome as Next, Plan};

use crate::change::ChangeArgs;
use crate::facts::Facts;
use crate::make::{draft_like, plan_changed};
use crate::preview::Preview;
use crate::target::Target;
use crate::wait;
use crate::words::many;
use crate::writing::{Writing, seen_cgu, typed};

const EXAMPLES: &str = "\
Examples:
  oc talm enable du-4-20 -n ztp-group
  oc talm enable du-4-20 -n ztp-group --window 22:00-04:00+02:00 --wait --timeout 5h
  oc talm enable du-4-20 -n ztp-group --plan 5f3a9c01 --yes
  oc talm enable du-4-20 -n ztp-group --dry-run=client -o yaml";

/// Start a rollout, after showing what it will do
///
/// Refuses while pre-caching runs, while a blocking CGU can never finish, outside of --window or when the window is
/// shorter than the rollout may take, and when the plan is not the one of --plan. --accept insists. Once batch 1 has
/// started TALM cannot be stopped by disabling: see oc talm abort.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct EnableArgs {
    #[command(flatten)]
    target: Target,
    /// Maintenance window, in UTC unless an offset follows, such as 22:00-04:00+02:00
    #[arg(long, value_name = "HH:MM-HH:MM")]
    window: Option<Window>,
    /// Only if the plan is still this one; oc talm create and enable print it
    #[arg(long, value_name = "DIGEST")]
    plan: Option<String>,
    /// Wait for the end of the rollout
    #[arg(long)]
    wait: bool,
    /// How long to wait
    #[arg(long, value_name = "TIME", default_value = "8h", value_parser = duration, requires = "wait")]
    timeout: Duration,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Enables it.
///
/// # Errors
/// There is no such CGU, the hub cannot be reached, or refuses the change.
pub fn run(args: &EnableArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let (namespace, name) = (args.target.namespace(&facts)?, &args.target.name);
    let seen = seen_cgu(&facts, namespace, &name.name)?;
    let cgu = typed(&seen)?;
    let (shown, argument) = (format!("{namespace}/{name}"), format!("{name} -n {namespace}"));
    let again = facts.argument();
    match standing(&cgu) {
        Standing::Waits => {}
        Standing::Ended => {
            return Err(Failure::new(format!("ClusterGroupUpgrade {shown} has ended: TALM never looks at it again"))
                .because("oc talm retry does what it left behind, oc talm clone the same once more")
                .fix(format!("oc talm retry {argument}{again}")));
        }
        Standing::Runs | Standing::Enabled => {
            let state = if standing(&cgu) == Standing::Runs { "runs already" } else { "is enabled already" };
            writing.answer(&format!("{shown} {state}\nnext: oc talm status {argument}{again}\n"), &[seen])?;
            return wait_if_asked(args, &writing, namespace);
        }
    }
    let enabled = with_enable(&cgu);
    let plan = rollout::plan(&facts.hub, &enabled, &NoGraph, facts.at());
    let verdict = judge(args.findings(&facts.hub, &cgu, &plan, &facts), &args.change.write.accept);
    let preview = Preview { hub: &facts.hub, cgu: &enabled, plan: &plan, told: &verdict.told };
    writing.show(&preview.text(&writing))?;
    if let Some(outcome) = writing.refused(&format!("enabling {shown}"), &verdict) {
        return Ok(outcome);
    }
    writing.warn_of_argo_cd(&seen);
    if writing.is_client_only() {
        let object = draft_like(enabled.clone(), &seen).cgu_object();
        writing.answer(&format!("enabled {shown}{}\n", writing.dry()), &[object])?;
        return Ok(Outcome::Done);
    }
    writing.server()?;
    writing
        .show(&format!("undo: oc talm disable {argument}{again}, until batch 1 starts; then only oc talm abort\n"))?;
    let reach = preview.reach();
    if let Some(outcome) = writing.ask(&format!("enable {shown} for {}", many(reach, "cluster")), reach)? {
        return Ok(outcome);
    }
    if writing.asks()
        && let Some(outcome) = args.still_allowed(&writing, namespace, &plan)?
    {
        return Ok(outcome);
    }
    let object = writing.patch_spec(&seen, &json!({"enable": true}), &may_start)?;
    let next = format!("next: oc talm status {argument}{again}\n");
    let next = if args.wait || !writing.dry().is_empty() { String::new() } else { next };
    writing.answer(&format!("enabled {shown} for {}{}\n{next}", many(reach, "cluster"), writing.dry()), &[object])?;
    wait_if_asked(args, &writing, namespace)
}

fn with_enable(cgu: &ClusterGroupUpgrade) -> ClusterGroupUpgrade {
    let mut enabled = cgu.clone();
    enabled.spec.enable = Some(true);
    enabled
}

fn may_start(cgu: &ClusterGroupUpgrade) -> Result<(), Failure> {
    match standing(cgu) {
        Standing::Waits => Ok(()),
        Standing::Ended => Err(Failure::new("it has ended in the meantime").because("nothing was changed")),
        Standing::Enabled | Standing::Runs => {
            Err(Failure::new("somebody else has enabled it in the meantime").fix("oc talm status"))
        }
    }
}

fn wait_if_asked(args: &EnableArgs, writing: &Writing<'_>, namespace: &str) -> Result<Outcome, Failure> {
    if !args.wait || !writing.dry().is_empty() {
        return Ok(Outcome::Done);
    }
    wait::for_end(writing, namespace, &args.target.name.name, args.timeout)
}

impl EnableArgs {
    fn findings(&self, hub: &Hub, cgu: &ClusterGroupUpgrade, plan: &Plan, facts: &Facts) -> Vec<Finding> {
        let mut findings = before_enable(hub, cgu, plan, self.window.as_ref(), facts.at());
        findings.extend(plan_changes(cgu, plan));
        let digest = plan_digest(plan);
        if let Some(expected) = self.plan.as_ref().filter(|expected| **expected != digest) {
            let fact = format!("the plan is {digest} now, and not {expected} as previewed");
            findings.push(
                Finding::error("rollout/plan-changed", fact)
                    .note("clusters became compliant, or others joined, or policies changed")
                    .fix("look at the plan above, and give its digest with --plan"),
            );
        }
        if plan.outcome == Next::NothingToDo && plan.batches.is_empty() {
            findings.retain(|finding| finding.id != "rollout/window-short");
        }
        findings
    }

    /// The hub and the clock once more: while somebody read the preview, policies may have changed and a window closed.
    fn still_allowed(&self, writing: &Writing<'_>, namespace: &str, shown: &Plan) -> Result<Option<Outcome>, Failure> {
        let facts = self.change.facts.gather(writing.terminal)?;
        let cgu = self.target.cgu(&facts)?;
        let plan = rollout::plan(&facts.hub, &with_enable(cgu), &NoGraph, facts.at());
        if plan_digest(&plan) != plan_digest(shown) {
            return Err(plan_changed());
        }
        let verdict = judge(self.findings(&facts.hub, cgu, &plan, &facts), &self.change.write.accept);
        // What was accepted has been told.
        let news = Verdict { accepted: Vec::new(), ..verdict };
        Ok(writing.refused(&format!("enabling {namespace}/{}", self.target.name), &news))
    }
}
