//! `oc talm plan`: what TALM will do with a CGU, before it does it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;
use ztp_common::cli::duration::minutes;
use ztp_common::cli::{Failure, Outcome, Output, OutputParser, Terminal, is_stdin, one_stdin, print, quoted};
use ztp_common::finding::{Finding, Level};
use ztp_common::resource::{BatchTimeoutAction, ClusterGroupUpgrade, ClusterGroupUpgradeStatus, NamespacedName};
use ztp_common::rollout::{self, NoGraph, unreadable_cgu};

use crate::asked::{Asked, against_file};
use crate::candidates;
use crate::facts::{Facts, FactsArgs, cgu_in_file};
use crate::machine;
use crate::no_such::no_such_cgu;
use crate::plan_text::{self, PlanReport};
use crate::selection::{SelectionArgs, named, write_names};
use crate::target::CguName;
use crate::writing::typed;

const EXAMPLES: &str = "\
Examples:
  oc talm plan -f cgu.yaml --from must-gather.tar.gz
  oc talm plan du-4-20 -n ztp-group --from hub/
  oc talm plan du-4-20 -l du-profile=latest --policy common-ocp-4-20 --canary sno1,sno7 --max-concurrency 50 --from hub/
  oc talm plan du-4-20 -n ztp-group --max-concurrency 100 --from hub/ -o json";

/// Show what TALM will do with a ClusterGroupUpgrade before it does it
///
/// Plans a CGU from a file, one that is on the hub, or one that the flags describe. Flags beside a CGU replace its own
/// fields: the answer to "what if". Nothing is written.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PlanArgs {
    /// Name of the CGU, on the hub or to be
    #[arg(add = ArgValueCompleter::new(candidates::cgus))]
    name: Option<CguName>,
    /// Namespace of the CGU
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    namespace: Option<String>,
    /// File with the CGU; - for standard input
    #[arg(short, long, value_name = "FILE", conflicts_with = "name")]
    filename: Option<PathBuf>,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    strategy: StrategyArgs,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub output: Output,
    #[command(flatten)]
    pub facts: FactsArgs,
}

/// What else a CGU says.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rollout")]
struct StrategyArgs {
    /// Policies to enforce, in this order
    #[arg(long, value_name = "NAME", value_delimiter = ',', add = ArgValueCompleter::new(candidates::policies))]
    policy: Vec<String>,
    /// Clusters that go first, one per batch
    #[arg(long, value_name = "NAME", value_delimiter = ',', add = ArgValueCompleter::new(candidates::clusters))]
    canary: Vec<String>,
    /// Size of a batch
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    max_concurrency: Option<i64>,
    /// Time for the whole rollout, such as 4h or 90m [default: 4h]
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    rollout_timeout: Option<i64>,
    /// What a batch that runs out of time does: continue or abort
    #[arg(long, value_name = "ACTION", hide_possible_values = true)]
    batch_timeout_action: Option<Action>,
    /// CGUs that must finish first
    #[arg(long, value_name = "NAMESPACE/NAME", value_delimiter = ',', value_parser = blocker,
        add = ArgValueCompleter::new(candidates::cgus_everywhere))]
    blocked_by: Vec<NamespacedName>,
}

/// What happens when a batch runs out of time.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Action {
    /// The next batch starts
    Continue,
    /// The rollout ends
    Abort,
}

/// Plans, and says what will be.
///
/// # Errors
/// There is no such CGU, or something cannot be read.
pub fn run(args: &PlanArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    args.one_stdin()?;
    let facts = args.facts.gather(terminal)?;
    let asked = args.asked(&facts)?;
    let cgu = &asked.cgu;
    let plan = rollout::plan(&facts.hub, cgu, &NoGraph, facts.at());
    let findings = asked.diagnose(&facts);
    let never = never_starts(plan.outcome) || findings.iter().any(|f| f.level == Level::Error);
    let is_told = !plan_text::cannot_be_told(&plan, &findings);
    let outcome = match never {
        _ if !is_told => Outcome::Failed,
        true => Outcome::No,
        false => Outcome::Done,
    };
    let report = PlanReport { hub: &facts.hub, cgu, plan: &plan, findings: &findings, anew: asked.anew };
    let fields = json!({"name": cgu.metadata.name, "namespace": cgu.metadata.namespace,
        "recordedAt": facts.hub.recorded_at, "plan": plan,
        "blockerGraph": rollout::blocker_graph(&facts.hub, cgu),
        "earlier": rollout::earlier(&facts.hub, cgu, &plan.status.managed_policies_for_upgrade),
        "findings": machine::findings(&findings)});
    let text = match machine::text(&args.output, "RolloutPlan", fields)? {
        Some(text) => text,
        None => {
            let next = args.next(&plan, cgu, &facts, outcome);
            plan_text::text(&report, terminal, args.output == Output::Wide, &facts.line(), next.as_deref())
        }
    };
    facts.warn(&args.output, terminal);
    print(&text)?;
    Ok(outcome)
}

/// Whether TALM's pass ends where nothing is rolled out for want of something, whatever the findings say.
fn never_starts(outcome: rollout::Outcome) -> bool {
    use rollout::Outcome::{
        BackupStuck, ClustersNotSelected, Deleting, NoClustersLeft, NotValid, PassFails, PrecacheSpecIncomplete,
        PrecachingStuck, TimesOut,
    };
    let is_gate = matches!(outcome, ClustersNotSelected | NotValid | PrecacheSpecIncomplete);
    is_gate || matches!(outcome, BackupStuck | Deleting | NoClustersLeft | PassFails | PrecachingStuck | TimesOut)
}

impl PlanArgs {
    /// Standard input feeds at most one of the flags.
    ///
    /// # Errors
    /// It was given to several.
    pub fn one_stdin(&self) -> Result<(), Failure> {
        one_stdin(&[
            ("--filename", is_stdin(self.filename.as_deref())),
            ("--clusters-from", self.selection.takes_stdin()),
            ("--from", self.facts.takes_stdin()),
        ])
    }

    fn is_changed(&self) -> bool {
        let s = &self.strategy;
        self.selection.is_given()
            || named(&s.policy).chain(named(&s.canary)).next().is_some()
            || !s.blocked_by.is_empty()
            || s.max_concurrency.is_some()
            || s.rollout_timeout.is_some()
            || s.batch_timeout_action.is_some()
    }

    /// The CGU to plan: from a file, from the hub or from nothing, with the flags written over it.
    ///
    /// # Errors
    /// There is none, or too little is said to make one.
    pub fn asked(&self, facts: &Facts) -> Result<Asked, Failure> {
        let flag = self.namespace.as_deref();
        let namespace = match &self.name {
            Some(name) => name.namespace(flag, facts)?,
            None => flag.unwrap_or_else(|| facts.default_namespace()),
        };
        let on_hub = self.name.as_ref().and_then(|name| facts.hub.cgu(namespace, &name.name)).cloned();
        let (mut cgu, findings) = match (&self.filename, on_hub) {
            (Some(path), _) => self.in_file(path)?,
            (None, Some(cgu)) if !self.is_changed() => return Ok(Asked::as_it_is(cgu)),
            (None, Some(cgu)) => (cgu, Vec::new()),
            (None, None) if self.is_changed() && !self.is_unreadable(namespace, facts) => {
                (self.new_cgu(namespace, facts)?, Vec::new())
            }
            (None, None) => return Err(self.no_such_cgu(namespace, facts)),
        };
        // What TALM said of the CGU as it was, and since when, does not hold for this one.
        cgu.status = ClusterGroupUpgradeStatus::default();
        (cgu.metadata.creation_timestamp, cgu.metadata.deletion_timestamp) = (None, None);
        self.selection.apply(&mut cgu.spec)?;
        self.strategy.apply(&mut cgu);
        Ok(Asked::changed(cgu, findings, &facts.hub))
    }

    fn in_file(&self, path: &std::path::Path) -> Result<(ClusterGroupUpgrade, Vec<Finding>), Failure> {
        let object = cgu_in_file(path)?.0;
        let mut cgu = typed(&object)?;
        if let Some(namespace) = &self.namespace {
            cgu.metadata.namespace.clone_from(namespace);
        } else if cgu.metadata.namespace.is_empty() {
            "default".clone_into(&mut cgu.metadata.namespace);
        }
        Ok((cgu, against_file(&object, self.strategy.max_concurrency.is_some())))
    }

    fn new_cgu(&self, namespace: &str, facts: &Facts) -> Result<ClusterGroupUpgrade, Failure> {
        let selection = (!self.selection.is_given()).then_some("-l, --clusters or --clusters-from");
        let size = self.strategy.max_concurrency.is_none().then_some("--max-concurrency");
        let missing: Vec<&str> = [selection, size].into_iter().flatten().collect();
        if !missing.is_empty() {
            let missing = missing.join(", and ");
            return Err(match &self.name {
                // Most often one that is there was meant.
                Some(name) => no_such_cgu(&name.name, namespace, &facts.hub, facts.argument())
                    .because(format!("a new one needs {missing}")),
                None => Failure::new("too little is said for a new CGU").fix(format!("give {missing}")),
            });
        }
        let mut cgu = ClusterGroupUpgrade::default();
        cgu.metadata.name = self.name.as_ref().map_or("new", |name| &name.name).to_owned();
        namespace.clone_into(&mut cgu.metadata.namespace);
        Ok(cgu)
    }

    fn is_unreadable(&self, namespace: &str, facts: &Facts) -> bool {
        self.name.as_ref().is_some_and(|name| unreadable_cgu(&facts.hub, namespace, &name.name).is_some())
    }

    fn no_such_cgu(&self, namespace: &str, facts: &Facts) -> Failure {
        match &self.name {
            None => Failure::new("nothing to plan")
                .fix("name a CGU, give one with -f FILE, or select clusters with -l, --clusters or --clusters-from"),
            Some(name) => no_such_cgu(&name.name, namespace, &facts.hub, facts.argument()),
        }
    }

    fn next(&self, plan: &rollout::Plan, cgu: &ClusterGroupUpgrade, facts: &Facts, outcome: Outcome) -> Option<String> {
        let (name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
        let is_there = facts.hub.cgu(namespace, name).is_some();
        let on_hub = is_there && self.filename.is_none() && !self.is_changed();
        let from = facts.argument();
        match (on_hub, outcome) {
            (true, Outcome::Done) if plan.outcome == rollout::Outcome::NotEnabled => {
                Some(format!("oc talm enable {name} -n {namespace}{from}"))
            }
            (true, Outcome::Done) => Some(format!("oc talm status {name} -n {namespace}{from}")),
            (true, _) => Some(format!("oc talm diagnose {name} -n {namespace}{from}")),
            (false, Outcome::Done) if !is_there => self.create(namespace).map(|create| format!("{create}{from}")),
            (false, _) => None,
        }
    }

    /// The command that makes the CGU; none where it would ask for a name, or for what was read from standard input.
    fn create(&self, namespace: &str) -> Option<String> {
        let selection = self.selection.again();
        if self.selection.is_given() && selection.is_empty() || is_stdin(self.filename.as_deref()) {
            return None;
        }
        let what = match (&self.filename, &self.name) {
            (Some(path), _) => format!("-f {}", quoted(&path.display().to_string())),
            (None, Some(name)) => name.to_string(),
            (None, None) => return None,
        };
        Some(format!("oc talm create {what} -n {namespace}{selection}{}", self.strategy.again()))
    }
}

impl From<Action> for BatchTimeoutAction {
    fn from(action: Action) -> Self {
        match action {
            Action::Continue => Self::Continue,
            Action::Abort => Self::Abort,
        }
    }
}

impl StrategyArgs {
    /// The flags once more, for commands to be pasted.
    fn again(&self) -> String {
        let list = |names: &[String]| named(names).next().map(|_| named(names).collect::<Vec<_>>().join(","));
        let blockers: Vec<String> = self.blocked_by.iter().map(ToString::to_string).collect();
        let action = self.batch_timeout_action.as_ref().and_then(ValueEnum::to_possible_value);
        let given = [
            ("policy", list(&self.policy)),
            ("canary", list(&self.canary)),
            ("max-concurrency", self.max_concurrency.map(|size| size.to_string())),
            ("rollout-timeout", self.rollout_timeout.map(|minutes| format!("{minutes}m"))),
            ("batch-timeout-action", action.map(|action| action.get_name().to_owned())),
            ("blocked-by", list(&blockers)),
        ];
        let given = given.into_iter().filter_map(|(flag, value)| Some(format!(" --{flag} {}", quoted(&value?))));
        given.collect()
    }

    fn apply(&self, cgu: &mut ClusterGroupUpgrade) {
        let spec = &mut cgu.spec;
        write_names(&self.policy, &mut spec.managed_policies);
        write_names(&self.canary, &mut spec.remediation_strategy.canaries);
        if !self.blocked_by.is_empty() {
            spec.blocking_crs.clone_from(&self.blocked_by);
        }
        if let Some(size) = self.max_concurrency {
            spec.remediation_strategy.max_concurrency = size;
        }
        spec.remediation_strategy.timeout = self.rollout_timeout.or(spec.remediation_strategy.timeout);
        let action = self.batch_timeout_action.map(BatchTimeoutAction::from);
        spec.batch_timeout_action = action.or(spec.batch_timeout_action.take());
    }
}

pub(crate) fn blocker(text: &str) -> Result<NamespacedName, String> {
    match text.split_once('/') {
        Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => {
            Ok(NamespacedName { name: name.to_owned(), namespace: namespace.to_owned() })
        }
        _ => Err(format!("{text:?} is not of the form NAMESPACE/NAME")),
    }
}
