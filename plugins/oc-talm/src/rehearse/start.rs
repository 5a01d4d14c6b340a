//! The plan as it will be when nothing stands before its start any more.

use ztp_common::cli::Failure;
use ztp_common::finding::Level;
use ztp_common::resource::{
    ClusterGroupUpgrade, Condition, ConditionStatus, JobState, JobStatus, NamespacedName, label, set_condition,
};
use ztp_common::rollout::{self, Blocker, BlockerState, DeadEnd, NoGraph, Outcome, Plan, PolicyVerdict};

use crate::asked::Asked;
use crate::facts::Facts;
use crate::plan_text::DROPPED;
use crate::words::{listed, many, plain};

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
/// The CGU runs or has ended, TALM would refuse it, or what it waits for never comes.
pub fn startable(facts: &Facts, asked: Asked, says_blocked: bool) -> Result<Startable, Failure> {
    let Asked { mut cgu, findings, .. } = asked;
    if let Some(error) = findings.iter().find(|finding| finding.level == Level::Error) {
        let failure = Failure::new(cannot_rehearse(&cgu)).because(plain(&error.fact));
        return Err(error.fix.iter().fold(failure, |failure, fix| failure.fix(plain(fix))));
    }
    let mut notes: Vec<String> = findings.into_iter().map(|finding| finding.fact).collect();
    let mut was_blocked = false;
    loop {
        let plan = rollout::plan(&facts.hub, &cgu, &NoGraph, facts.at());
        match plan.outcome {
            Outcome::NothingToDo if was_blocked && is_enforced(&plan) => {
                return Err(Failure::new(cannot_rehearse(&cgu))
                    .because("the CGUs that it waits for enforce its policies now, and what they leave is not known")
                    .fix("rehearse it once they have ended"));
            }
            Outcome::Starts | Outcome::NothingToDo => {
                notes.extend(dropped(&plan));
                return Ok(Startable { cgu, plan, notes });
            }
            Outcome::NotEnabled => {
                cgu.spec.enable = Some(true);
                let clock = match cgu.status.status.started_at {
                    Some(_) => "not enabled any more: its clock runs all the same",
                    None => "not enabled yet: the clock starts when it is",
                };
                notes.push(clock.to_owned());
            }
            Outcome::Precaching => {
                cgu.spec.pre_caching = cgu.status.precaching.is_some();
                cgu.status.precaching = cgu.status.precaching.take().and(plan.status.precaching);
                jobs_done(&mut cgu.status.precaching, &mut cgu.status.conditions, "PrecachingSuceeded");
                notes.push("pre-caching comes before the start; its time is not counted".to_owned());
            }
            Outcome::BackingUp => {
                cgu.spec.backup = cgu.status.backup.is_some();
                cgu.status.backup = cgu.status.backup.take().and(plan.status.backup);
                jobs_done(&mut cgu.status.backup, &mut cgu.status.conditions, "BackupSuceeded");
                notes.push("the backup takes up to 20m of the time and is not counted".to_owned());
            }
            Outcome::Blocked => {
                if let Some(failure) = never_unblocked(&cgu, &plan, says_blocked, facts) {
                    return Err(failure);
                }
                notes.push(blocked(&plan, says_blocked));
                notes.extend(unfiltered(&mut cgu));
                cgu.spec.blocking_crs.clear();
                was_blocked = true;
            }
            _ => return Err(refusal(&cgu, &plan, facts)),
        }
    }
}

/// Whether TALM leaves policies out because somebody enforces them.
fn is_enforced(plan: &Plan) -> bool {
    plan.policies.verdicts.iter().any(|(_, verdict)| matches!(verdict, PolicyVerdict::AlreadyEnforce { .. }))
}

/// Takes jobs that have begun as done, wherever they are not lost: TALM goes on without those clusters.
fn jobs_done(record: &mut Option<JobStatus>, conditions: &mut Vec<Condition>, kind: &str) {
    let Some(job) = record else { return };
    job.status.values_mut().filter(|state| !state.is_lost()).for_each(|state| *state = JobState::Succeeded);
    let (kind, status) = (kind.to_owned(), ConditionStatus::True);
    set_condition(conditions, Condition { kind, status, ..Condition::default() });
}

fn dropped(plan: &Plan) -> Option<String> {
    let (count, names) = (many(plan.filtered_out.len(), "cluster"), listed(&plan.filtered_out, 5));
    (!plan.filtered_out.is_empty()).then(|| format!("left out: {count} {DROPPED}: {names}"))
}

/// Why its blockers never let it start; none where they end, or may by the word of the user.
fn never_unblocked(cgu: &ClusterGroupUpgrade, plan: &Plan, says_blocked: bool, facts: &Facts) -> Option<Failure> {
    let of_first = |wanted: fn(&BlockerState) -> bool| plan.blockers.iter().find(|blocker| wanted(&blocker.state));
    let failure = || Failure::new(cannot_rehearse(cgu));
    if let Some(blocker) = of_first(|state| waits_for(state) == WaitsFor::Nothing) {
        let failure = failure().because(format!("it would wait for ever: {}", plain(&never(cgu, blocker))));
        return Some(match is_known(cgu, facts) {
            true => failure.fix(told(cgu, "diagnose", facts)),
            false => failure.fix("correct the CGUs that it waits for"),
        });
    }
    let disabled = of_first(|state| waits_for(state) == WaitsFor::Enable).filter(|_| !says_blocked)?;
    let at = match &disabled.state {
        BlockerState::DeadEnd { at, .. } => at.clone(),
        _ => disabled.cgu.to_string(),
    };
    let failure = failure().because(format!("{} is not enabled, and holds it back until it is", plain(&at)));
    Some(failure.fix("enable that first, or say with --blocked-for 1h~2h how long this one waits"))
}

/// What has to come before a blocker ends.
#[derive(PartialEq)]
enum WaitsFor {
    Time,
    Enable,
    Nothing,
}

fn waits_for(state: &BlockerState) -> WaitsFor {
    match state {
        BlockerState::Disabled | BlockerState::DeadEnd { because: DeadEnd::Disabled, .. } => WaitsFor::Enable,
        BlockerState::Missing => WaitsFor::Nothing,
        dead if dead.is_dead() => WaitsFor::Nothing,
        _ => WaitsFor::Time,
    }
}

fn never(cgu: &ClusterGroupUpgrade, blocker: &Blocker) -> String {
    let name = &blocker.cgu;
    match &blocker.state {
        BlockerState::Missing => format!("{name} does not exist"),
        BlockerState::Failed { reason } => format!("{name} has ended with {reason}"),
        BlockerState::Cycle { .. } if is_itself(cgu, name) => "it waits for itself".to_owned(),
        BlockerState::Cycle { .. } => format!("{name} waits for it in turn"),
        BlockerState::DeadEnd { at, .. } if *at != name.to_string() => format!("{name} never gets past {at}"),
        _ => format!("{name} will never end"),
    }
}

fn is_itself(cgu: &ClusterGroupUpgrade, name: &NamespacedName) -> bool {
    (&cgu.metadata.namespace, &cgu.metadata.name) == (&name.namespace, &name.name)
}

/// Takes out the filter by what the blockers completed, which without them would leave no cluster.
fn unfiltered(cgu: &mut ClusterGroupUpgrade) -> Option<String> {
    let is_partial = cgu.metadata.annotation(label::BLOCKING_COMPLETION_MODE) == Some("partial");
    let filter = cgu.metadata.annotations.remove(label::BLOCKING_CLUSTER_FILTERING)?;
    (is_partial && filter == "true")
        .then(|| "keeps only clusters that complete in all of them: taken as all its clusters".to_owned())
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
    let told = |verb: &str| told(cgu, verb, facts);
    let failure = Failure::new(cannot_rehearse(cgu));
    match plan.outcome {
        Outcome::Running => failure
            .because("it is running, and a rehearsal starts at the beginning")
            .fix(format!("give --max-concurrency or another flag to rehearse it anew; {} shows it", told("status"))),
        Outcome::Deleting => failure
            .because("it is being deleted, and TALM does nothing more with it")
            .fix("give a flag such as --max-concurrency to rehearse the same plan anew"),
        Outcome::Ended => failure
            .because("it has ended, and TALM never looks at it again")
            .fix("give a flag such as --max-concurrency to rehearse the same plan anew"),
        _ => {
            let condition = plan.status.conditions.iter().rev().find(|condition| condition.is_false());
            let refused = condition.map_or("TALM would not start it", |condition| condition.message.trim_end());
            let why = plan.failure.as_deref().unwrap_or(refused);
            let failure = failure.because(format!("TALM would stop: {}", plain(why)));
            if is_known(cgu, facts) { failure.fix(told("diagnose")) } else { failure }
        }
    }
}

fn cannot_rehearse(cgu: &ClusterGroupUpgrade) -> String {
    format!("cannot rehearse {:?}", format!("{}/{}", cgu.metadata.namespace, cgu.metadata.name))
}

fn is_known(cgu: &ClusterGroupUpgrade, facts: &Facts) -> bool {
    facts.hub.cgu(&cgu.metadata.namespace, &cgu.metadata.name).is_some()
}

fn told(cgu: &ClusterGroupUpgrade, verb: &str, facts: &Facts) -> String {
    format!("oc talm {verb} {} -n {}{}", cgu.metadata.name, cgu.metadata.namespace, facts.argument())
}
