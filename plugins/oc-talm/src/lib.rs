//! `oc talm`: the command line. What it knows lives in `ztp-common`.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use ztp_common::cli::{self, Terminal, TerminalFlags, completion, version};

const PLUGIN: &str = "talm";

const EXAMPLES: &str = "\
Examples:
  oc talm version
  oc talm completion bash > ~/.local/share/bash-completion/completions/oc-talm
  oc talm completion install --dir ~/.local/bin";

/// Plan and watch rollouts by ClusterGroupUpgrade
///
/// This release has the plugin's frame only: version and completion. Coming: planning a rollout, watching it, retrying what failed.
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
