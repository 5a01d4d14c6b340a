//! `oc ibu`: the command line, one file per command. What it knows lives in `ztp-common`.

mod auto_import;
mod candidates;
mod change;
mod configmap;
mod configure;
mod deed;
mod diagnose;
mod elapsed;
mod ended;
mod explain;
mod facts;
mod follow;
mod inputs;
mod objects;
mod operators;
mod origin;
mod partition;
mod paste;
mod prep;
mod recorded;
mod remedy;
mod says;
mod seed;
mod seed_facts;
mod seed_generate;
mod situation;
mod source;
mod stages;
mod status;
mod status_text;
mod target;
mod triage;
mod validate;
mod verdict;
mod wait_args;
mod which;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use ztp_common::cli::{self, Terminal, TerminalFlags, completion, version};
use ztp_common::upgrade::decide::Verb;

const PLUGIN: &str = "ibu";

const EXAMPLES: &str = "\
Examples:
  oc ibu status sno2 --context hub-east
  oc ibu prep sno2 --seed registry.example.com/seed/du:4.20.3 --wait
  oc ibu upgrade sno2 --wait
  oc ibu validate ibu/ --storage lvms --rhacm
  oc ibu completion install --dir ~/.local/bin";

/// Upgrade single-node clusters by image
///
/// The cluster is that of the current context, or a NAME that the hub of the context manages.
#[derive(Debug, Parser)]
#[command(name = "oc-ibu", bin_name = "oc ibu", version, after_long_help = EXAMPLES, propagate_version = false)]
struct Cli {
    #[command(flatten)]
    terminal: TerminalFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Status(Box<status::StatusArgs>),
    Diagnose(Box<diagnose::DiagnoseArgs>),
    Prep(Box<prep::PrepArgs>),
    Upgrade(Box<stages::UpgradeArgs>),
    Rollback(Box<stages::RollbackArgs>),
    Finalize(Box<stages::FinalizeArgs>),
    Abort(Box<stages::AbortArgs>),
    Idle(Box<stages::IdleArgs>),
    RetryCleanup(Box<stages::RetryCleanupArgs>),
    Validate(validate::ValidateArgs),
    #[command(name = "configmap")]
    ConfigMap(configmap::ConfigMapArgs),
    Partition(partition::PartitionArgs),
    Operators(operators::OperatorsArgs),
    Configure(configure::ConfigureArgs),
    Seed(seed::SeedArgs),
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
        Command::Status(args) => status::run(args, &terminal),
        Command::Diagnose(args) => diagnose::run(args, &terminal),
        Command::Prep(args) => prep::run(args, &terminal),
        Command::Upgrade(args) => stages::run(Verb::Upgrade, &args.change, &terminal),
        Command::Rollback(args) => stages::run(Verb::Rollback, &args.change, &terminal),
        Command::Finalize(args) => stages::run(Verb::Finalize, &args.change, &terminal),
        Command::Abort(args) => stages::run(Verb::Abort, &args.change, &terminal),
        Command::Idle(args) => stages::run(Verb::Idle, &args.change, &terminal),
        Command::RetryCleanup(args) => stages::retry(&args.change, &terminal),
        Command::Validate(args) => validate::run(args, &terminal),
        Command::ConfigMap(args) => configmap::run(args, &terminal),
        Command::Partition(args) => partition::run(args, &terminal),
        Command::Operators(args) => operators::run(args, &terminal),
        Command::Configure(args) => configure::run(args, &terminal),
        Command::Seed(args) => seed::run(args, &terminal),
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
