//! The way of every change: look, decide, say what it does, ask, one guarded patch, wait.

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use jiff::Timestamp;
use serde_json::{Value, json};
use ztp_common::cli::{
    self, Confirm, ConnectionFlags, DryRun, Failure, Outcome, Symbol, Terminal, WriteFlags, count, print,
};
use ztp_common::finding::{Finding, Level};
use ztp_common::upgrade::admission;
use ztp_common::upgrade::assess::Report;
use ztp_common::upgrade::decide::{Decision, merged};
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::machine::Effect;
use ztp_common::upgrade::manifest::Manifest;
use ztp_common::upgrade::object::NAME;
use ztp_common::upgrade::preflight::{Preflight, managed_elsewhere};
use ztp_common::upgrade::print::value;
use ztp_common::upgrade::wait::Wait;
use ztp_common::yaml::emit;

use crate::auto_import;
use crate::candidates;
use crate::deed::Deed;
use crate::ended;
use crate::follow::follow;
use crate::says;
use crate::situation::Situation;
use crate::target::Target;
use crate::verdict::Tally;
use crate::wait_args::WaitArgs;

/// How an object is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ObjectFormat {
    /// YAML
    #[default]
    Yaml,
    /// JSON
    Json,
}

/// The cluster, and how to change it.
#[derive(Args, Clone, Debug)]
pub struct ChangeArgs {
    /// Managed cluster of the hub; without it, the cluster of the current context
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(candidates::clusters))]
    pub name: Option<String>,
    #[command(flatten)]
    pub wait: WaitArgs,
    /// How --dry-run=client prints the object: yaml or json
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub output: ObjectFormat,
    #[command(flatten)]
    pub write: WriteFlags,
    #[command(flatten)]
    pub connection: ConnectionFlags,
}

/// How often a change in between is answered by looking again.
const TRIES: usize = 4;

/// What to look at before the change, given the object as it would be.
pub type Check<'c> = &'c dyn Fn(&Target, &Value) -> Result<Preflight, Failure>;

/// Carries out a change.
///
/// # Errors
/// The cluster cannot be reached, the API refuses the change, or standard output cannot be written.
pub fn carry_out(deed: &Deed, args: &ChangeArgs, check: Check<'_>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let target = Target::find(&args.connection.connection(terminal)?, args.name.as_deref())?;
    let change = Change { deed, args, target, terminal };
    let situation = Situation::gather(&change.target)?;
    match deed.decide(&situation) {
        Decision::Go(effect) => change.go(effect, situation, check),
        Decision::Done => change.done(&situation),
        Decision::Running => change.running(&situation),
        Decision::No(why) => change.refuse(&situation, &why),
    }
}

struct Change<'a> {
    deed: &'a Deed,
    args: &'a ChangeArgs,
    target: Target,
    terminal: &'a Terminal,
}

impl Change<'_> {
    fn go(&self, effect: Effect, situation: Situation, check: Check<'_>) -> Result<Outcome, Failure> {
        let wanted = merged(&situation.object, &self.deed.patch(&situation));
        let refusals = admission::refusals(Some(&situation.object), &wanted);
        if !refusals.is_empty() {
            return self.refuse(&situation, &refusals.join("; "));
        }
        if !self.preflight(check, &wanted)? {
            return Ok(Outcome::No);
        }
        if self.args.write.dry_run == DryRun::Client {
            print(&self.shown(&wanted))?;
            return Ok(Outcome::Done);
        }
        self.announce(effect, &situation, &wanted);
        let mut kept_from_import = false;
        if self.args.write.dry_run == DryRun::None {
            let question = says::question(effect, &situation, &self.target);
            let confirm = Confirm { question: &question, count: 1, yes: self.args.write.yes };
            if let Some(outcome) = confirm.ask(self.terminal)?.stops() {
                return Ok(outcome);
            }
            let write = self.args.write.write();
            kept_from_import = auto_import::before(effect, &situation, &self.target, write, self.terminal);
        }
        let written = self.write(effect, situation, &wanted["spec"]);
        if kept_from_import {
            match &written {
                Ok(Written::Done(_)) => {}
                // It may have arrived.
                Ok(Written::Failed { away: true, .. }) => auto_import::left_behind(&self.target),
                _ => auto_import::undo(&self.target, self.args.write.write(), self.terminal),
            }
        }
        let situation = match written? {
            Written::Done(situation) => situation,
            Written::Overtaken(situation, why) => return self.refuse(&situation, &why),
            Written::Failed { failure, .. } => return Err(failure),
        };
        if self.args.write.dry_run == DryRun::Server {
            print(&format!("the API server of {} would accept it; nothing was changed\n", self.target.title()))?;
            return Ok(Outcome::Done);
        }
        auto_import::after(effect, &situation, &self.target, self.args.write.write(), self.terminal);
        if self.args.wait.wait { self.wait(&situation) } else { self.asked(effect) }
    }

    /// Sends the patch; when somebody was faster, looks again whether it still means the same.
    fn write(&self, effect: Effect, mut situation: Situation, confirmed: &Value) -> Result<Written, Failure> {
        for attempt in 1.. {
            let patch = self.deed.patch(&situation);
            let answer = self.target.server.merge_patch(kinds::IBU, "", NAME, &patch, self.args.write.write());
            match answer {
                Ok(_) => break,
                Err(error) if error.is_conflict() && attempt < TRIES => {}
                Err(error) => {
                    let (away, failure) = (error.is_away(), Failure::from(error));
                    let failure = match possible(&situation.report, &self.args.connection.arguments()) {
                        Some(possible) => failure.because(possible),
                        None => failure,
                    };
                    return Ok(Written::Failed { failure, away });
                }
            }
            situation = Situation::gather(&self.target)?;
            let same = merged(&situation.object, &self.deed.patch(&situation))["spec"] == *confirmed;
            match self.deed.decide(&situation) {
                Decision::Go(again) if again == effect && same => {}
                Decision::Running | Decision::Done if same => break,
                Decision::Go(again) if again == effect => return Ok(Written::changed(situation)),
                Decision::Running | Decision::Done => return Ok(Written::changed(situation)),
                Decision::Go(_) => return Ok(Written::Overtaken(situation, "it would mean something else now".into())),
                Decision::No(why) => return Ok(Written::Overtaken(situation, why)),
            }
        }
        Ok(Written::Done(situation))
    }

    /// Looks at everything; whether it may go on.
    fn preflight(&self, check: Check<'_>, wanted: &Value) -> Result<bool, Failure> {
        let Preflight { checks, mut findings } = check(&self.target, wanted)?;
        for finding in findings.iter_mut().filter(|f| self.args.write.accept.iter().any(|id| id == f.id)) {
            finding.level = Level::Info;
        }
        let tally = Tally::of(&findings);
        let shown: Vec<Finding> = crate::verdict::shown(&findings, self.terminal);
        eprint!("{}", cli::findings(&shown, self.terminal.err));
        if checks > 0 && !self.terminal.quiet {
            let sign = self.terminal.symbols.sign(if tally.errors > 0 { Symbol::Fail } else { Symbol::Ok });
            let found = if findings.is_empty() { String::new() } else { format!(": {}", tally.text()) };
            eprintln!("{sign} preflight  {}{found}", count(checks, "check"));
        }
        if tally.errors > 0 {
            eprintln!("nothing was changed; --accept ID goes on in spite of a finding");
        }
        Ok(tally.errors == 0)
    }

    fn announce(&self, effect: Effect, situation: &Situation, wanted: &Value) {
        if self.terminal.quiet && self.args.write.yes {
            return;
        }
        let text = |pointer: &str| wanted.pointer(pointer).and_then(Value::as_str).unwrap_or("-").to_owned();
        eprintln!("{}", self.target.way());
        let release = situation.release.as_deref().unwrap_or("an unknown release");
        match effect {
            Effect::Prep | Effect::Upgrade => {
                let (version, image) = (text("/spec/seedImageRef/version"), text("/spec/seedImageRef/image"));
                eprintln!("  OCP {release} to {version}, from {image}");
            }
            _ => eprintln!("  OCP {release} runs"),
        }
        let skip = self.terminal.symbols.sign(Symbol::Skip);
        for line in says::lines(effect, situation, &self.target, &self.args.connection.arguments(), self.args.wait.wait)
        {
            // A line that goes on, or that warns, has its own beginning.
            if line.starts_with([' ', '!']) { eprintln!("  {line}") } else { eprintln!("  {skip} {line}") }
        }
        let manifest = Manifest::from_value(situation.object.clone());
        let closed =
            situation.report.rollback_window.as_ref().is_some_and(|w| w.closed()) && effect == Effect::Rollback;
        let expired = closed.then(|| {
            Finding::warning("ibu/rollback-expired", "a rollback may need certificates repaired by hand")
                .note("certificates of the old release have expired, or do within 30 minutes")
        });
        let prep = matches!(self.deed, Deed::Prep(_));
        let warnings: Vec<Finding> =
            managed_elsewhere(&manifest).filter(|_| !prep).into_iter().chain(expired).collect();
        eprint!("{}", cli::findings(&warnings, self.terminal.err));
    }

    /// The object as it would be, for Git.
    fn shown(&self, wanted: &Value) -> String {
        let mut object =
            json!({"apiVersion": wanted["apiVersion"], "kind": wanted["kind"], "metadata": {"name": NAME}});
        if let Some(annotations) =
            wanted.pointer("/metadata/annotations").filter(|a| a.as_object().is_some_and(|a| !a.is_empty()))
        {
            object["metadata"]["annotations"] = annotations.clone();
        }
        object["spec"] = wanted["spec"].clone();
        match self.args.output {
            ObjectFormat::Yaml => emit::to_string(&value(object)),
            ObjectFormat::Json => format!("{object:#}\n"),
        }
    }

    fn asked(&self, effect: Effect) -> Result<Outcome, Failure> {
        let what = match effect {
            Effect::Initialise => "is being initialised",
            Effect::Prep => "is being prepared",
            Effect::Upgrade => "is being upgraded: the node will reboot",
            Effect::Rollback => "is being rolled back: the node will reboot",
            Effect::Abort => "is being cleaned up",
            Effect::Finalize => "is being finalized",
        };
        let next = self.command("status", " --watch");
        print(&format!("{} {what}\nnext: {next}\n", self.target.title()))?;
        Ok(Outcome::Done)
    }

    /// `oc ibu VERB NAME FLAGS`.
    fn command(&self, verb: &str, rest: &str) -> String {
        let name = self.target.argument().map(|name| format!(" {name}")).unwrap_or_default();
        format!("oc ibu {verb}{name}{rest}{}", self.args.connection.arguments())
    }

    fn done(&self, situation: &Situation) -> Result<Outcome, Failure> {
        let state = ended::words(&situation.report);
        print(&format!("{} {state} already; nothing to do\n", self.target.title()))?;
        auto_import::leftover(situation, &self.target, &self.args.write, self.terminal)?;
        self.next(&situation.report)?;
        Ok(Outcome::Done)
    }

    fn running(&self, situation: &Situation) -> Result<Outcome, Failure> {
        if self.args.wait.wait && self.args.write.dry_run == DryRun::None {
            return self.wait(situation);
        }
        let word = self.deed.word();
        let message = crate::follow::one_line(&situation.report.message);
        let next = self.command("status", " --watch");
        let message = if message.is_empty() { message } else { format!(": {message}") };
        print(&format!("{} has been asked for {word} already{message}\nnext: {next}\n", self.target.title()))?;
        Ok(Outcome::Done)
    }

    fn refuse(&self, situation: &Situation, why: &str) -> Result<Outcome, Failure> {
        let head = self.terminal.err.error("error:");
        eprintln!("{head} cannot {}\n  {why}", spoken(self.deed, self.target.title()));
        match situation.report.valid_next.as_slice() {
            [] => eprintln!("  possible now: nothing; the agent offers no stage"),
            legal => {
                for legal in legal {
                    let ours = legal.step.command.starts_with("oc ibu ");
                    let flags = if ours { self.args.connection.arguments() } else { String::new() };
                    let command = format!("{}{flags}", legal.step.command);
                    eprintln!("  possible now: {command}   ({})", legal.step.purpose);
                }
            }
        }
        if situation.report.valid_next.is_empty() {
            self.next(&situation.report)?;
        }
        Ok(Outcome::No)
    }

    fn next(&self, report: &Report) -> Result<(), Failure> {
        let Some(next) = &report.next else { return Ok(()) };
        let command = format!("{}{}", next.command, self.args.connection.arguments());
        print(&format!("next: {command}   ({})\n", next.purpose))
    }

    fn wait(&self, before: &Situation) -> Result<Outcome, Failure> {
        let limit = self.args.wait.timeout.unwrap_or_else(|| self.deed.patience());
        let wait = Wait::asked(self.deed.stage(), &before.ibu, Timestamp::now());
        let followed = follow(&self.target, wait, limit, self.terminal)?;
        auto_import::at_the_end(self.deed, &followed, before, &self.target, self.args.write.write(), self.terminal);
        ended::tell(&followed, self.deed, &self.target, limit, &self.args.connection.arguments(), self.terminal)
    }
}

enum Written {
    Done(Situation),
    /// Somebody was faster, and it would not be the same any more; why.
    Overtaken(Situation, String),
    /// The API has refused it, or is away and may have taken it.
    Failed {
        failure: Failure,
        away: bool,
    },
}

impl Written {
    fn changed(situation: Situation) -> Self {
        Self::Overtaken(situation, "somebody has changed its settings meanwhile: look at them, then ask again".into())
    }
}

/// What a verb is called in a sentence.
fn spoken(deed: &Deed, title: &str) -> String {
    match deed.word() {
        "prep" => format!("prepare {title}"),
        "rollback" => format!("roll back {title}"),
        "idle" => format!("bring {title} to Idle"),
        "retry-cleanup" => format!("clean up again on {title}"),
        other => format!("{other} {title}"),
    }
}

fn possible(report: &Report, flags: &str) -> Option<String> {
    let ours = report.valid_next.iter().map(|legal| legal.step.command.as_str()).filter(|c| c.starts_with("oc ibu "));
    let commands: Vec<String> = ours.map(|command| format!("{command}{flags}")).collect();
    (!commands.is_empty()).then(|| format!("possible when it was looked at: {}", commands.join(", ")))
}
