//! `oc talm`: the command line. What it knows lives in `ztp-common`.

mod asked;
mod away;
mod backup;
mod candidates;
mod cgu_flags;
mod change;
mod changes;
mod clone;
mod cluster_list;
mod create;
mod diagnose;
mod diagnose_selected;
mod disable;
mod enable;
mod explain;
mod facts;
mod findings_text;
mod frame;
mod jobs;
mod kubeconfig;
mod look;
mod machine;
mod make;
mod next;
mod no_such;
mod plan;
mod plan_actions;
mod plan_text;
mod precache;
mod preview;
mod rehearse;
mod retry;
mod selection;
mod status;
mod status_list;
mod status_text;
mod story;
mod target;
mod there;
mod upgrade_policy;
mod verdict;
mod wait;
mod watch;
mod words;
mod writing;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use no_such::no_such_cgu;
use ztp_common::cli::{self, Terminal, TerminalFlags, completion, version};

const PLUGIN: &str = "talm";

const EXAMPLES: &str = "\
Examples:
  oc talm status
  oc talm diagnose du-4-20 -n ztp-group --from must-gather.tar.gz
  oc talm create du-4-20 -n ztp-group -l du-profile=latest --missing --max-concurrency 50
  oc talm enable du-4-20 -n ztp-group --window 22:00-04:00 --wait
  oc talm completion install --dir ~/.local/bin";

/// Plan, run and watch rollouts by ClusterGroupUpgrade
///
/// Works on the hub of the current context, or reads a recorded one (--from).
#[derive(Debug, Parser)]
#[command(name = "oc-talm", bin_name = "oc talm", version, after_long_help = EXAMPLES, propagate_version = false)]
struct Cli {
    #[command(flatten)]
    terminal: TerminalFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Plan(Box<plan::PlanArgs>),
    Rehearse(Box<rehearse::RehearseArgs>),
    UpgradePolicy(upgrade_policy::UpgradePolicyArgs),
    Status(status::StatusArgs),
    Diagnose(diagnose::DiagnoseArgs),
    Create(Box<create::CreateArgs>),
    Enable(Box<enable::EnableArgs>),
    Disable(Box<disable::DisableArgs>),
    Abort(Box<disable::AbortArgs>),
    Retry(Box<retry::RetryArgs>),
    Clone(Box<clone::CloneArgs>),
    Precache(precache::PrecacheArgs),
    Backup(backup::BackupArgs),
    Kubeconfig(kubeconfig::KubeconfigArgs),
    Explain(explain::ExplainArgs),
    Version(version::VersionArgs),
    Completion(completion::CompletionArgs),
    #[command(name = "__complete", hide = true)]
    Candidates(completion::CandidatesArgs),
}

/// The definition of the whole command line, for completions and man pages.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the plugin with this process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return cli::succeed_on_closed_pipe(&error),
    };
    let terminal = Terminal::detect(&cli.terminal);
    let result = match &cli.command {
        Command::Plan(args) => plan::run(args, &terminal),
        Command::Rehearse(args) => rehearse::run(args, &terminal),
        Command::UpgradePolicy(args) => upgrade_policy::run(args, &terminal),
        Command::Status(args) => status::run(args, &terminal),
        Command::Diagnose(args) => diagnose::run(args, &terminal),
        Command::Create(args) => create::run(args, &terminal),
        Command::Enable(args) => enable::run(args, &terminal),
        Command::Disable(args) => disable::run(args, &terminal),
        Command::Abort(args) => disable::abort(args, &terminal),
        Command::Retry(args) => retry::run(args, &terminal),
        Command::Clone(args) => clone::run(args, &terminal),
        Command::Precache(args) => precache::run(args, &terminal),
        Command::Backup(args) => backup::run(args, &terminal),
        Command::Kubeconfig(args) => kubeconfig::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Version(_) => version::run(PLUGIN, env!("CARGO_PKG_VERSION"), &terminal),
        Command::Completion(args) => completion::run(PLUGIN, command(), args),
        Command::Candidates(args) => completion::candidates(command(), args),
    };
    cli::finish(result, terminal.err)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_sound() {
        super::command().debug_assert();
    }
}
