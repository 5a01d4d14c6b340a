//! The plan as it will be when nothing stands before its start any more.

use ztp_common::cli::Failure;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::{self, BlockerState, NoGraph, Outcome, Plan};

use crate::facts::Facts;
use crate::words::{listed, plain};

/// A CGU with a plan that starts, and what was taken out of its way.
pub struct Startable {
    /// The CGU without what keeps it from its start.
    pub cgu: ClusterGroupUpgrade,
    /// Its plan: it starts, or has nothing to do.
    pub plan: Plan,
    /// What was assumed, a sentence each.
    pub notes: Vec<String>,
}

/// Opens the gates before the start one by one: enable, pre-caching, blockers, backup.
///
/// # Errors
/// The CGU runs or has ended, or TALM would refuse it.
pub fn startable(facts: &Facts, mut cgu: ClusterGroupUpgrade, says_blocked: bool) -> Result<Startable, Failure> {
    let mut notes = Vec::new();
    loop {
        let plan = rollout::plan(&facts.hub, &cgu, &NoGraph, facts.at());
        match plan.outcome {
            Outcome::Starts | Outcome::NothingToDo => return Ok(Startable { cgu, plan, notes }),
            Outcome::NotEnabled => {
                cgu.spec.enable = Some(true);
                notes.push("not enabled yet: the clock starts when it is".to_owned());
            }
            Outcome::Precaching => {
                cgu.spec.pre_caching = false;
                // TALM waits as long as there is a record of the jobs.
                cgu.status.precaching = None;
                notes.push("pre-caching comes before the start; its time is not counted".to_owned());
            }
            Outcome::BackingUp => {
                cgu.spec.backup = false;
                cgu.status.backup = None;
                notes.push("the backup takes up to 20m of the time and is not counted".to_owned());
            }
            Outcome::Blocked => {
                notes.push(blocked(&plan, says_blocked));
                cgu.spec.blocking_crs.clear();
            }
            _ => return Err(refusal(&cgu, &plan, facts)),
        }
    }
}

fn blocked(plan: &Plan, says_blocked: bool) -> String {
    let waits = plan.blockers.iter().filter(|blocker| blocker.state != BlockerState::Finished);
    let names: Vec<String> = waits.map(|blocker| blocker.cgu.to_string()).collect();
    let names = listed(&names, 3);
    match says_blocked {
        true => format!("waits for {names} as long as --blocked-for says; that time is lost"),
        false => format!("waits for {names}: taken as finished at the start; --blocked-for 1h~2h counts the wait"),
    }
}

fn refusal(cgu: &ClusterGroupUpgrade, plan: &Plan, facts: &Facts) -> Failure {
    let (name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
    let is_known = facts.hub.cgu(namespace, name).is_some();
    let told = |verb: &str| format!("oc talm {verb} {name} -n {namespace}{}", facts.argument());
    let failure = Failure::new(format!("cannot rehearse {:?}", format!("{namespace}/{name}")));
    match plan.outcome {
        Outcome::Running => failure
            .because("it is running, and a rehearsal starts at the beginning")
            .fix(format!("give --max-concurrency or another flag to rehearse it anew; {} shows it", told("status"))),
        Outcome::Ended => failure
            .because("it has ended, and TALM never looks at it again")
            .fix("give a flag such as --max-concurrency to rehearse the same plan anew"),
        _ => {
            let condition = plan.status.conditions.iter().rev().find(|condition| condition.is_false());
            let refused = condition.map_or("TALM would not start it", |condition| condition.message.trim_end());
            let why = plan.failure.as_deref().unwrap_or(refused);
            let failure = failure.because(format!("TALM would stop: {}", plain(why)));
            if is_known { failure.fix(told("diagnose")) } else { failure }
        }
    }
}
