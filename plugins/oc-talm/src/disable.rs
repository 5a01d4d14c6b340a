//! `oc talm disable` and `oc talm abort`: as far as TALM lets itself be stopped.

use clap::Args;
use serde_json::{Value, json};
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::resource::{ClusterGroupUpgrade, ProgressState, Resource};
use ztp_common::rollout::Hub;
use ztp_common::rollout::decide::{ABORT_TIMEOUT, Standing, TIMEOUT_BEFORE_ABORT, standing};
use ztp_common::rollout::status::{CguState, assess};

use crate::change::ChangeArgs;
use crate::facts::Facts;
use crate::make::draft_like;
use crate::target::Target;
use crate::words::{listed, many, span, wrapped};
use crate::writing::{changed_meanwhile, seen_cgu, text, typed};

const DISABLE_EXAMPLES: &str = "\
Examples:
  oc talm disable du-4-20 -n ztp-group
  oc talm disable du-4-20 -n ztp-group --dry-run=server";

/// Keep a rollout from starting
///
/// TALM looks at enable only until batch 1 starts. For a rollout that runs there is oc talm abort.
#[derive(Args, Debug)]
#[command(after_long_help = DISABLE_EXAMPLES)]
pub struct DisableArgs {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    change: ChangeArgs,
}

const ABORT_EXAMPLES: &str = "\
Examples:
  oc talm abort du-4-20 -n ztp-group
  oc talm abort du-4-20 -n ztp-group --delete";

/// End a rollout that runs
///
/// TALM has no abort. It does look at the timeout all the time: with a timeout of one minute the CGU ends as timed out,
/// enforcement ends, and its record stays for oc talm retry. --delete deletes the CGU, with its record. In both cases
/// clusters keep what they have got so far; nothing is rolled back.
#[derive(Args, Debug)]
#[command(after_long_help = ABORT_EXAMPLES)]
pub struct AbortArgs {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    change: ChangeArgs,
    /// Delete the CGU, with the record of what it did
    #[arg(long)]
    delete: bool,
}

/// A CGU as it is, and how to speak of it.
struct Case {
    seen: Value,
    cgu: ClusterGroupUpgrade,
    shown: String,
    argument: String,
    /// The command that deletes it.
    delete: String,
}

impl Case {
    fn of(target: &Target, facts: &Facts) -> Result<Self, Failure> {
        let (namespace, name) = (target.namespace(facts)?, &target.name);
        let seen = seen_cgu(facts, namespace, &name.name)?;
        let cgu = typed(&seen)?;
        let argument = format!("{name} -n {namespace}{}", facts.argument());
        let delete = facts.on_this_hub(&format!("oc delete cgu {name} -n {namespace}"));
        Ok(Self { seen, cgu, shown: format!("{namespace}/{name}"), argument, delete })
    }
}

/// Disables it.
///
/// # Errors
/// There is no such CGU, it runs or has ended, or the hub cannot be reached or refuses the change.
pub fn run(args: &DisableArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let case = Case::of(&args.target, &facts)?;
    may_disable(&case.cgu, &case)?;
    if standing(&case.cgu) == Standing::Waits {
        let sentence = format!("{} is not enabled\nnext: oc talm status {}\n", case.shown, case.argument);
        writing.answer(&sentence, std::slice::from_ref(&case.seen))?;
        return Ok(Outcome::Done);
    }
    let what = format!(
        "{} is enabled and has not started: no policy has been enforced\n{}undo: oc talm enable {}\n",
        case.shown,
        clock(&case.cgu),
        case.argument
    );
    writing.show(&wrapped(&what, terminal.width))?;
    writing.warn_of_argo_cd(&case.seen);
    if writing.is_client_only() {
        let mut cgu = case.cgu.clone();
        cgu.spec.enable = Some(false);
        writing.answer(
            &format!("disabled {}{}\n", case.shown, writing.dry()),
            &[draft_like(cgu, &case.seen).cgu_object()],
        )?;
        return Ok(Outcome::Done);
    }
    writing.server()?;
    if let Some(outcome) = writing.ask(&format!("disable {}", case.shown), 1)? {
        return Ok(outcome);
    }
    let object = writing.patch_spec(&case.seen, &json!({"enable": false}), &|cgu| may_disable(cgu, &case))?;
    writing.answer(&format!("disabled {}{}\n", case.shown, writing.dry()), &[object])?;
    Ok(Outcome::Done)
}

/// The clock of a CGU does not stop when it is disabled.
fn clock(cgu: &ClusterGroupUpgrade) -> String {
    match cgu.status.status.started_at {
        Some(_) => format!(
            "its time goes on while it is disabled: {} from its first enabling on\n",
            span(cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60))
        ),
        None => String::new(),
    }
}

fn may_disable(cgu: &ClusterGroupUpgrade, case: &Case) -> Result<(), Failure> {
    match standing(cgu) {
        Standing::Waits | Standing::Enabled => Ok(()),
        Standing::Runs => Err(Failure::new(format!("{} runs: disabling it would change nothing", case.shown))
            .because("TALM looks at enable only until batch 1 starts; there is no pause")
            .fix(format!("oc talm abort {}", case.argument))),
        Standing::Ended => Err(Failure::new(format!("{} has ended: there is nothing to disable", case.shown))
            .fix(format!("oc talm status {}", case.argument))),
    }
}

/// Ends it.
///
/// # Errors
/// There is no such CGU, it does not run, or the hub cannot be reached or refuses the change.
pub fn abort(args: &AbortArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let case = Case::of(&args.target, &facts)?;
    let state = assess(&facts.hub, &case.cgu, facts.at()).state;
    may_abort(&case, &state, args.delete)?;
    let running = at_work(&case.cgu);
    writing.show(&wrapped(&consequences(&case, &running, args.delete, &facts.hub), terminal.width))?;
    writing.warn_of_argo_cd(&case.seen);
    if writing.is_client_only() {
        if args.delete {
            writing.answer(&format!("deleted {}{}\n", case.shown, writing.dry()), &[])?;
            return Ok(Outcome::Done);
        }
        let mut cgu = case.cgu.clone();
        let before = cgu.spec.remediation_strategy.timeout_minutes().to_string();
        cgu.metadata.annotations.entry(TIMEOUT_BEFORE_ABORT.to_owned()).or_insert(before);
        cgu.spec.remediation_strategy.timeout = Some(ABORT_TIMEOUT);
        writing.answer(
            &format!("aborted {}{}\n", case.shown, writing.dry()),
            &[draft_like(cgu, &case.seen).cgu_object()],
        )?;
        return Ok(Outcome::Done);
    }
    let server = writing.server()?;
    let question = match standing(&case.cgu) {
        Standing::Ended => format!("delete {} and its record", case.shown),
        _ => format!("abort {}, with {} at work", case.shown, many(running.len(), "cluster")),
    };
    if let Some(outcome) = writing.ask(&question, running.len())? {
        return Ok(outcome);
    }
    if args.delete {
        let (namespace, name, uid) = (text(&case.seen, "namespace"), text(&case.seen, "name"), text(&case.seen, "uid"));
        server
            .delete(Resource::CLUSTER_GROUP_UPGRADE, &namespace, &name, Some(&uid), writing.flags.write())
            .map_err(|error| changed_meanwhile(error, &format!("ClusterGroupUpgrade {}", case.shown)))?;
        writing.answer(&format!("deleted {}{}; TALM cleans up what it made\n", case.shown, writing.dry()), &[])?;
        return Ok(Outcome::Done);
    }
    let mut patch = json!({"spec": {"remediationStrategy": {"timeout": ABORT_TIMEOUT}}});
    // Aborted twice, the first time counts.
    if !case.cgu.metadata.annotations.contains_key(TIMEOUT_BEFORE_ABORT) {
        let before = case.cgu.spec.remediation_strategy.timeout_minutes().to_string();
        patch["metadata"] = json!({"annotations": {TIMEOUT_BEFORE_ABORT: before}});
    }
    let object = writing.patch(&case.seen, &patch, &|cgu| match standing(cgu) {
        Standing::Runs => Ok(()),
        _ => Err(Failure::new(format!("{} does not run any more", case.shown))),
    })?;
    let next = format!("next: oc talm status {}\n", case.argument);
    let sentence =
        format!("aborted {}{}: TALM ends it on its next look, within 5 minutes\n{next}", case.shown, writing.dry());
    writing.answer(&sentence, &[object])?;
    Ok(Outcome::Done)
}

fn may_abort(case: &Case, state: &CguState, delete: bool) -> Result<(), Failure> {
    let dead_end = matches!(state, CguState::PrecachingFailed | CguState::BackupFailed);
    match standing(&case.cgu) {
        Standing::Runs => Ok(()),
        _ if dead_end && delete => Ok(()),
        _ if dead_end => {
            Err(Failure::new(format!("{} will never end by itself: no timeout applies to it", case.shown))
                .because("pre-caching or backup failed everywhere, and TALM tries for ever")
                .fix(format!(
                    "oc talm retry {0}, which makes a new one, and then oc talm abort {0} --delete",
                    case.argument
                )))
        }
        Standing::Ended if delete => Ok(()),
        Standing::Ended => {
            Err(Failure::new(format!("{} has ended already", case.shown))
                .fix(format!("oc talm status {}", case.argument)))
        }
        Standing::Enabled => Err(Failure::new(format!("{} has not started: there is nothing to abort", case.shown))
            .fix(format!("oc talm disable {}", case.argument))),
        Standing::Waits => {
            Err(Failure::new(format!("{} is not enabled: there is nothing to abort", case.shown))
                .fix(case.delete.clone()))
        }
    }
}

/// The clusters of the current batch that are not through.
fn at_work(cgu: &ClusterGroupUpgrade) -> Vec<String> {
    let progress = &cgu.status.status.current_batch_remediation_progress;
    let open = progress.iter().filter(|(_, progress)| progress.state != ProgressState::Completed);
    open.map(|(name, _)| name.clone()).collect()
}

/// The CGUs that wait for this one.
fn waiting_for(hub: &Hub, cgu: &ClusterGroupUpgrade) -> Vec<String> {
    let names = |other: &&ClusterGroupUpgrade| {
        let mut blockers = other.spec.blocking_crs.iter();
        other.status.succeeded().is_none()
            && !other.status.is_running()
            && blockers.any(|b| b.name == cgu.metadata.name && b.namespace == cgu.metadata.namespace)
    };
    let waiting = hub.cgus.values().filter(names);
    waiting.map(|other| format!("{}/{}", other.metadata.namespace, other.metadata.name)).collect()
}

fn consequences(case: &Case, running: &[String], delete: bool, hub: &Hub) -> String {
    let mut lines = match case.cgu.status.current_batch() {
        Some((batch, _)) => format!(
            "{}   batch {batch} of {}   {} at work: {}\n",
            case.shown,
            case.cgu.status.remediation_plan.len(),
            many(running.len(), "cluster"),
            listed(running, 5)
        ),
        None => format!("{}\n", case.shown),
    };
    let ended = standing(&case.cgu) == Standing::Ended;
    if !ended {
        lines += "nothing is rolled back: clusters keep what they have got, and finish what they are at\n";
    }
    let keeps =
        case.cgu.spec.actions.after_completion.as_ref().is_some_and(|after| after.delete_objects == Some(false));
    lines += match (delete, keeps) {
        (true, false) if ended => "its record is lost; labels it set stay\n",
        (true, _) => "TALM stops enforcing and forgets which clusters were done; labels it set stay\n",
        (false, true) => {
            "enforcement goes on after the end, because of deleteObjects: false, until the CGU is deleted\n"
        }
        (false, false) => "TALM stops enforcing, and keeps the record of which clusters were done\n",
    };
    let waiting = waiting_for(hub, &case.cgu);
    if delete && !waiting.is_empty() {
        lines += &format!("CGUs that name it in blockingCRs wait for ever then: {}\n", listed(&waiting, 5));
    }
    if !delete {
        let before = case.cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60);
        lines += &format!("its timeout of {} becomes 1m; oc talm retry and clone take the old one\n", span(before));
        lines += &format!("undo: there is none; oc talm retry {} does the rest later\n", case.argument);
    }
    lines
}
