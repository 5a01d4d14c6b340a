//! `oc talm retry`: once more for the clusters that a rollout left behind.

use std::ops::ControlFlow;
use std::time::Duration;

use clap::Args;
use ztp_common::api::{Moment, Server};
use ztp_common::cli::duration::{duration, minutes};
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::inventory::{Inventory, Query};
use ztp_common::resource::{ClusterGroupUpgrade, Resource};
use ztp_common::rollout::decide::{
    DeleteOld, Retry, RetryError, RetryOptions, Standing, Why, retry, standing, ztp_restart,
};
use ztp_common::rollout::status::CguState;

use crate::change::ChangeArgs;
use crate::diagnose::ZTP_NAMESPACE;
use crate::make::{draft_of, make};
use crate::target::{Target, bare_name};
use crate::words::{listed, many, wrapped};
use crate::writing::{Writing, changed_meanwhile, live_cgu, newer_fields, text};

const EXAMPLES: &str = "\
Examples:
  oc talm retry du-4-20 -n ztp-group
  oc talm retry du-4-20 -n ztp-group --timed-out --from-stop --max-concurrency 10
  oc talm retry sno2 --ztp --wait";

/// Try again with the clusters that a rollout left behind
///
/// Makes a new CGU, disabled, with the spec of the old one, for the clusters that timed out, were never reached, failed
/// before the start or were skipped. With --ztp: deletes the CGU that TALM made for a new cluster, so that TALM makes it
/// again with the policies of now.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct RetryArgs {
    #[command(flatten)]
    target: Target,
    /// The first configuration of a cluster: NAME is the cluster's
    #[arg(long, conflicts_with_all = ["namespace", "timed_out", "never_reached", "failed", "skipped", "drifted", "from_stop", "as_name", "max_concurrency", "rollout_timeout"])]
    ztp: bool,
    /// Only those that timed out
    #[arg(long)]
    timed_out: bool,
    /// Only those whose batch never began
    #[arg(long)]
    never_reached: bool,
    /// Only those where pre-caching or backup failed
    #[arg(long)]
    failed: bool,
    /// Only those left out because of a blocking CGU
    #[arg(long)]
    skipped: bool,
    /// Only those that completed and are not compliant any more
    #[arg(long)]
    drifted: bool,
    /// Leave out the policies that all of them have passed
    #[arg(long)]
    from_stop: bool,
    /// Name of the new CGU [default: NAME-retry-1, -2 …]
    #[arg(long = "name", value_name = "NAME", value_parser = bare_name)]
    as_name: Option<String>,
    /// Size of a batch [default: as before]
    #[arg(long, value_name = "COUNT")]
    max_concurrency: Option<i64>,
    /// Time for the whole rollout, such as 4h or 90m [default: as before]
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    rollout_timeout: Option<i64>,
    /// With --ztp: wait until TALM has made the CGU again
    #[arg(long, requires = "ztp")]
    wait: bool,
    /// How long to wait
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, requires = "wait")]
    timeout: Duration,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Tries again.
///
/// # Errors
/// There is nothing to try again, the hub cannot be reached, or refuses the change.
pub fn run(args: &RetryArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    if args.ztp {
        return restart(args, &writing);
    }
    let old = args.target.cgu(&facts)?;
    let (name, namespace) = (&old.metadata.name, &old.metadata.namespace);
    let again = retry(&facts.hub, old, &args.options(), facts.at())
        .map_err(|error| refusal(error, old, &format!("{name} -n {namespace}{}", facts.argument())))?;
    writing.show(&wrapped(&summary(&again, &format!("{namespace}/{name}")), terminal.width))?;
    let (there, place) = (facts.argument(), format!("-n {namespace}"));
    let next = again.delete_old.as_ref().map(|_| {
        let delete = format!("oc talm abort {name} {place} --delete{there}");
        let new = &again.cgu.metadata.name;
        match again.precache_later {
            true => format!("{delete} && oc talm precache start {new} {place}{there}"),
            false => format!("{delete} && oc talm enable {new} {place}{there}"),
        }
    });
    let mut draft = draft_of(again.cgu);
    draft.unknown = newer_fields(&writing, namespace, name)?;
    make(&writing, &args.change.facts, &draft, Vec::new(), next.as_deref())
}

/// What becomes of a retry's refusal on the terminal.
pub fn refusal(error: RetryError, old: &ClusterGroupUpgrade, argument: &str) -> Failure {
    let fix = match error {
        RetryError::NotEnded(_) if standing(old) == Standing::Runs => {
            format!("wait for its end, or end it: oc talm abort {argument}")
        }
        RetryError::NotEnded(_) => format!("oc talm status {argument}"),
        RetryError::NothingLeft(_) => format!("oc talm status {argument}; --drifted takes those that changed back"),
        RetryError::Taken(_) => "give another name with --name".to_owned(),
    };
    Failure::new(error.to_string()).fix(fix)
}

fn summary(again: &Retry, old: &str) -> String {
    let mut text = String::new();
    for (why, clusters) in &again.clusters {
        text += &format!("again: {} {}: {}\n", many(clusters.len(), "cluster"), why.words(), listed(clusters, 5));
    }
    if !again.compliant_now.is_empty() {
        let count = many(again.compliant_now.len(), "cluster");
        text += &format!(
            "{count} compliant by now, left to the actions after completion: {}\n",
            listed(&again.compliant_now, 5)
        );
    }
    if !again.policies_left_out.is_empty() {
        text += &format!("left out, as all are past them: {}\n", listed(&again.policies_left_out, 5));
    }
    if let Some(DeleteOld::StillEnforces(policies)) = &again.delete_old {
        let policies = listed(policies, 5);
        text += &format!(
            "{old} goes on enforcing {policies} until it is deleted, and TALM leaves out what enforces already:\n"
        );
        text += "delete it before the new one is enabled\n";
    }
    if again.delete_old == Some(DeleteOld::NeverEnds) {
        text += &format!("{old} will never end by itself: delete it before the new one does anything,\n");
        text += "for deleting it takes the jobs on the clusters with it, and the new ones have the same names\n";
        if again.precache_later {
            text += "pre-caching is left out of the new one, to be started then\n";
        }
    }
    text
}

impl RetryArgs {
    fn options(&self) -> RetryOptions {
        let chosen = [
            (self.timed_out, Why::TimedOut),
            (self.never_reached, Why::NeverReached),
            (self.failed, Why::Failed),
            (self.skipped, Why::Skipped),
            (self.drifted, Why::Drifted),
        ];
        let which = chosen.into_iter().filter(|(given, _)| *given).map(|(_, why)| why).collect();
        RetryOptions {
            which,
            from_stop: self.from_stop,
            name: self.as_name.clone(),
            max_concurrency: self.max_concurrency,
            rollout_timeout: self.rollout_timeout,
        }
    }
}

/// Deletes the CGU of a new cluster, so that TALM makes it again.
fn restart(args: &RetryArgs, writing: &Writing<'_>) -> Result<Outcome, Failure> {
    let (facts, cluster) = (writing.facts, &args.target.name.name);
    if args.target.name.given(None, &facts.hub)?.is_some_and(|namespace| namespace != ZTP_NAMESPACE) {
        return Err(Failure::new("--ztp is about a managed cluster").fix(format!("oc talm retry --ztp {cluster}")));
    }
    let restart = ztp_restart(&facts.hub, cluster, facts.at())
        .map_err(|refusal| Failure::new(refusal.fact).because(refusal.reason).fix(refusal.fix))?;
    let mut preview = format!("{ZTP_NAMESPACE}/{cluster}   {:?}\n", restart.state);
    preview += &match restart.policies.len() {
        0 => String::new(),
        count => format!("TALM would take {}: {}\n", many(count, "policy"), listed(&restart.policies, 5)),
    };
    if !restart.new.is_empty() && restart.new.len() < restart.policies.len() {
        preview += &format!("new among them: {}\n", listed(&restart.new, 5));
    }
    if !restart.state.is_final() {
        preview += match restart.state {
            CguState::InProgress => "it still runs: what it is at goes on, and is counted anew\n",
            _ => "it has not ended\n",
        };
    }
    preview += "undo: there is none; the record of the old CGU is lost\n";
    writing.show(&wrapped(&preview, writing.terminal.width))?;
    if writing.is_client_only() {
        writing.answer(&format!("deleted {ZTP_NAMESPACE}/{cluster}{}\n", writing.dry()), &[])?;
        return Ok(Outcome::Done);
    }
    let server = writing.server()?;
    let seen = live_cgu(facts, server, ZTP_NAMESPACE, cluster)?;
    if let Some(outcome) = writing.ask(&format!("delete {ZTP_NAMESPACE}/{cluster} and let TALM start anew"), 1)? {
        return Ok(outcome);
    }
    let uid = text(&seen, "uid");
    server
        .delete(Resource::CLUSTER_GROUP_UPGRADE, ZTP_NAMESPACE, cluster, Some(&uid), writing.flags.write())
        .map_err(|error| changed_meanwhile(error, &format!("ClusterGroupUpgrade {ZTP_NAMESPACE}/{cluster}")))?;
    let next = format!("next: oc talm diagnose --ztp {cluster}{}\n", facts.argument());
    writing.answer(&format!("deleted {ZTP_NAMESPACE}/{cluster}{}; TALM makes it again\n{next}", writing.dry()), &[])?;
    if args.wait && writing.dry().is_empty() {
        made_again(server, cluster, &uid, args.timeout)
    } else {
        Ok(Outcome::Done)
    }
}

/// Waits for a CGU of another identity.
fn made_again(server: &Server, cluster: &str, old: &str, timeout: Duration) -> Result<Outcome, Failure> {
    let query = Query::all(Resource::CLUSTER_GROUP_UPGRADE).in_namespace(ZTP_NAMESPACE).named(cluster);
    let mut on = |moment: Moment<'_>| {
        let recorded = match moment {
            Moment::Changed(recorded) => recorded,
            Moment::Away(error, _) if !error.is_away() => return ControlFlow::Break(Err(error.clone())),
            Moment::Away(..) | Moment::Back | Moment::Tick(_) => return ControlFlow::Continue(()),
        };
        let mut new = false;
        // A source in memory always answers.
        let _ = recorded.each(&query, &mut |object| new = text(object, "uid") != old);
        if new { ControlFlow::Break(Ok(())) } else { ControlFlow::Continue(()) }
    };
    if server.watch(&[query], Some(timeout), &mut on)?.transpose()?.is_some() {
        eprintln!("TALM has made {ZTP_NAMESPACE}/{cluster} again");
        return Ok(Outcome::Done);
    }
    eprintln!("TALM has not made {ZTP_NAMESPACE}/{cluster} again yet");
    Ok(Outcome::TimedOut)
}
