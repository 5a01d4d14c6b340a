//! `oc talm rehearse`: a rollout played through many times before the night it is for.

use std::path::PathBuf;

use clap::Args;
use jiff::SignedDuration;
use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Output, Terminal, print};
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::rehearse::{
    self, ClockTime, Goal, Options, Rehearsal, Scenario, ScenarioError, Suggestion, Window,
};
use ztp_common::rollout::{self, NoGraph, Plan};

use crate::facts::Facts;
use crate::machine;
use crate::plan::PlanArgs;
use crate::plan_text::has_no_policy;
use crate::words::listed;

mod model;
mod output;
mod picture;
mod start;
mod svg;
mod text;

use model::{Believed, ModelArgs};
use start::{Startable, startable};

const EXAMPLES: &str = "\
Examples:
  oc talm rehearse du-4-20 -n ztp-group --from hub/ --window 22:00-04:00
  oc talm rehearse -f cgu.yaml --from hub/ --duration 40m~70m --failure 1% --window 22:00-04:00 --suggest
  oc talm rehearse du-4-20 -n ztp-group --from hub/ --duration ocp-4-20=50m~90m --max-concurrency 100 --svg night.svg
  oc talm rehearse du-4-20 -n ztp-group --from hub/ --model-out > model.yaml";

/// Rehearse a rollout: does it fit the window, and what breaks it
///
/// Plays the plan of a ClusterGroupUpgrade thousands of times on TALM's own rules, with the time that policies take and
/// how often they fail: given by flags, by a file, or learned from finished CGUs of the same hub. Nothing is written to
/// the hub.
#[derive(Args, Debug)]
#[command(
    about = "Rehearse a rollout: does it fit the window, and what breaks it",
    long_about = "Rehearse a rollout: does it fit the window, and what breaks it\n\nPlays the plan of a \
        ClusterGroupUpgrade thousands of times on TALM's own rules, with the time that policies take and how often they \
        fail: given by flags, by a file, or learned from finished CGUs of the same hub. Nothing is written to the hub.",
    after_long_help = EXAMPLES
)]
pub struct RehearseArgs {
    #[command(flatten)]
    plan: PlanArgs,
    #[command(flatten)]
    question: QuestionArgs,
    #[command(flatten)]
    model: ModelArgs,
}

/// What is asked.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Rehearsal")]
struct QuestionArgs {
    /// Maintenance window, such as 22:00-04:00
    #[arg(long, value_name = "FROM-TO")]
    window: Option<Window>,
    /// When the CGU is enabled [default: when the window opens]
    #[arg(long, value_name = "HH:MM")]
    start: Option<ClockTime>,
    /// Clusters that may be left at the end of the window: a number, or a share such as 2%
    #[arg(long, value_name = "COUNT", default_value = "0", value_parser = allowed)]
    allow_left: Allowed,
    /// How sure it has to be: in so many rehearsals of 100 it must fit
    #[arg(long, value_name = "PERCENT", default_value_t = 95, value_parser = clap::value_parser!(u8).range(1..=100))]
    confidence: u8,
    /// Say which concurrency or timeout would make it fit
    #[arg(long)]
    suggest: bool,
    /// How many rehearsals
    #[arg(long, value_name = "COUNT", default_value_t = 10_000,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    runs: u32,
    /// Where chance begins: the same number gives the same answer
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Write a picture to this file as well
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// How many clusters may be left.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Allowed {
    Clusters(usize),
    Share(f64),
}

/// Everything that is told about a rehearsal.
pub struct RehearsalReport<'r> {
    /// The CGU as it was asked for.
    pub cgu: &'r ClusterGroupUpgrade,
    /// What came out.
    pub rehearsal: &'r Rehearsal,
    /// Clusters that get nowhere as they are.
    pub hopeless: &'r [String],
    /// What is believed of the policies, and why.
    pub believed: &'r Believed,
    /// When it starts by the clock on the wall.
    pub start: Option<ClockTime>,
    /// The window.
    pub window: Option<Window>,
    /// What was left out or assumed.
    pub notes: &'r [String],
    /// What would help; none when nobody asked.
    pub suggestions: Option<&'r [Suggestion]>,
    /// The share of rehearsals that have to fit.
    pub target: f64,
}

impl RehearsalReport<'_> {
    /// Whether enough of the rehearsals fit.
    pub fn fits(&self) -> bool {
        self.rehearsal.share() >= self.target
    }
}

/// Rehearses, and says what came of it.
///
/// # Errors
/// The plan does not start, nothing is known of a policy, or something cannot be read or written.
pub fn run(args: &RehearseArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    args.plan.one_stdin()?;
    let facts = args.plan.facts.gather(terminal)?;
    let asked = args.plan.asked(&facts)?;
    let Startable { cgu, plan, mut notes } = startable(&facts, asked, args.model.says_blocked())?;
    if plan.outcome == rollout::Outcome::NothingToDo {
        return nothing_to_do(args, &cgu, &plan);
    }
    let believed = args.model.believed(&facts.hub, &cgu, &plan)?;
    if args.model.model_out {
        let format = if args.plan.output == Output::Json { Output::Json } else { Output::Yaml };
        print(&machine::text(&format, "RehearsalModel", believed.model.to_json())?.unwrap_or_default())?;
        return Ok(Outcome::Done);
    }
    let scenario = Scenario::new(&facts.hub, &cgu, &plan, &believed.model).map_err(|error| nothing_said(&error))?;
    let start = args.question.start.or(args.question.window.map(|window| window.from));
    let goal = args.question.goal(start, scenario.cluster_count())?;
    let options = args.question.options();
    let rehearsal = rehearse::rehearse(&scenario, goal, options);
    let target = f64::from(args.question.confidence) / 100.0;
    let suggestions = args.question.suggest.then(|| {
        let build = |size, minutes| changed(&facts, &cgu, &believed, size, minutes);
        match rehearsal.share() >= target {
            true => Vec::new(),
            false => rehearse::suggest(&rehearsal, goal, options, target, &build),
        }
    });
    notes.extend(chance_note(&scenario, goal, target));
    let report = RehearsalReport {
        cgu: &cgu,
        rehearsal: &rehearsal,
        hopeless: &scenario.hopeless,
        believed: &believed,
        start,
        window: args.question.window,
        notes: &notes,
        suggestions: suggestions.as_deref(),
        target,
    };
    if let Some(path) = &args.question.svg {
        svg::write(path, &report)?;
    }
    let text = match machine::text(&args.plan.output, "Rehearsal", output::fields(&report, &facts))? {
        Some(text) => text,
        None => text::text(&report, terminal, args.plan.output == Output::Wide, &facts.line()),
    };
    facts.warn(&args.plan.output, terminal);
    print(&text)?;
    Ok(if report.fits() { Outcome::Done } else { Outcome::No })
}

fn nothing_to_do(args: &RehearseArgs, cgu: &ClusterGroupUpgrade, plan: &Plan) -> Result<Outcome, Failure> {
    let fields = json!({"name": cgu.metadata.name, "namespace": cgu.metadata.namespace, "fits": true, "share": 1.0,
        "rehearsal": null});
    let text = machine::text(&args.plan.output, "Rehearsal", fields)?;
    let why = if has_no_policy(cgu, plan) { "no policy is left to enforce" } else { "no cluster has anything to do" };
    let told = || format!("there is nothing to rehearse: {why}, and the CGU would succeed at once\n");
    print(&text.unwrap_or_else(told))?;
    Ok(Outcome::Done)
}

/// A sentence on what chance alone does, where it decides.
fn chance_note(scenario: &Scenario, goal: Goal, target: f64) -> Option<String> {
    let chance = scenario.chance_of_all();
    (goal.allowed_left == 0 && chance < target && scenario.hopeless.is_empty()).then(|| {
        format!(
            "at these failure rates every cluster is done in {:.0} of 100 nights at best, whatever the window: \
             --allow-left says how many may be left",
            (chance * 100.0).floor()
        )
    })
}

/// The scenario with another `maxConcurrency` or timeout.
fn changed(
    facts: &Facts,
    cgu: &ClusterGroupUpgrade,
    believed: &Believed,
    size: Option<i64>,
    minutes: Option<i64>,
) -> Option<Scenario> {
    let mut cgu = cgu.clone();
    let strategy = &mut cgu.spec.remediation_strategy;
    strategy.max_concurrency = size.unwrap_or(strategy.max_concurrency);
    strategy.timeout = minutes.or(strategy.timeout);
    let plan: Plan = rollout::plan(&facts.hub, &cgu, &NoGraph, facts.at());
    Scenario::new(&facts.hub, &cgu, &plan, &believed.model).ok()
}

fn nothing_said(error: &ScenarioError) -> Failure {
    match error {
        ScenarioError::NoTime(policies) => {
            let first = policies.first().map_or("POLICY", String::as_str);
            Failure::new(format!("cannot rehearse: nothing says how long these policies take: {}", listed(policies, 5)))
                .because("no finished ClusterGroupUpgrade was found to learn it from")
                .fix(format!("say it with --duration {first}=30m~50m: half take 30m, one of 20 more than 50m"))
        }
        ScenarioError::NotStarting(_) => Failure::new("cannot rehearse: TALM would not start this plan"),
    }
}

impl QuestionArgs {
    fn options(&self) -> Options {
        Options { runs: self.runs as usize, seed: self.seed }
    }

    fn goal(&self, start: Option<ClockTime>, clusters: usize) -> Result<Goal, Failure> {
        let allowed_left = match self.allow_left {
            Allowed::Clusters(count) => count,
            Allowed::Share(share) => (share * clusters as f64).floor() as usize,
        };
        let left = |window: Window| window.left(start.unwrap_or(window.from));
        let window: Option<SignedDuration> = self
            .window
            .map(left)
            .transpose()
            .map_err(|reason| Failure::new(reason).fix("give a --start inside of --window, or leave it out"))?;
        Ok(Goal { window, allowed_left })
    }
}

fn allowed(text: &str) -> Result<Allowed, String> {
    let wrong = || format!("{text:?} is neither a number of clusters nor a share such as 2%");
    match text.strip_suffix('%') {
        None => text.parse().map(Allowed::Clusters).map_err(|_| wrong()),
        Some(percent) => {
            let percent: f64 = percent.parse().map_err(|_| wrong())?;
            if (0.0..=100.0).contains(&percent) { Ok(Allowed::Share(percent / 100.0)) } else { Err(wrong()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_left_is_a_number_or_a_share() {
        assert_eq!((allowed("3"), allowed("2.5%")), (Ok(Allowed::Clusters(3)), Ok(Allowed::Share(0.025))));
        for text in ["", "-1", "%", "101%", "two"] {
            assert!(allowed(text).is_err(), "{text}");
        }
    }
}
