//! `oc ibu`: the command line, one file per command. What it knows lives in `ztp-common`.

mod by_hand;
mod configmap;
mod configure;
mod diagnose;
mod elapsed;
mod explain;
mod facts;
mod inputs;
mod objects;
mod operators;
mod partition;
mod remedy;
mod source;
mod status;
mod status_text;
mod triage;
mod validate;
mod verdict;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use ztp_common::cli::{self, Terminal, TerminalFlags, completion, version};

const PLUGIN: &str = "ibu";

const EXAMPLES: &str = "\
Examples:
  oc ibu configmap oadp backup-restore/ | oc apply -f -
  oc ibu operators --form gitops
  oc ibu completion install --dir ~/.local/bin";

/// Upgrade single-node clusters by image
///
/// This release reads files and prints; it does not read or change a live cluster yet.
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
    Status(status::StatusArgs),
    Diagnose(diagnose::DiagnoseArgs),
    Validate(validate::ValidateArgs),
    #[command(name = "configmap")]
    ConfigMap(configmap::ConfigMapArgs),
    Partition(partition::PartitionArgs),
    Operators(operators::OperatorsArgs),
    Configure(configure::ConfigureArgs),
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
        Command::Validate(args) => validate::run(args, &terminal),
        Command::ConfigMap(args) => configmap::run(args, &terminal),
        Command::Partition(args) => partition::run(args, &terminal),
        Command::Operators(args) => operators::run(args, &terminal),
        Command::Configure(args) => configure::run(args, &terminal),
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
