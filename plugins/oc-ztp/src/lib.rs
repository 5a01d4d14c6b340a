//! `oc ztp`: the command line, one file per command. What it knows lives in `ztp-common`.

mod diff;
mod exec_plugin;
mod explain;
mod generate;
mod generators;
mod go_flags;
mod hub_facts;
mod output_folder;
mod placement;
mod plugin;
mod stream;
mod summary;
mod tree;
mod validate;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use ztp_common::cli::{self, Terminal, TerminalFlags, completion, version};

const PLUGIN: &str = "ztp";

const EXAMPLES: &str = "\
Examples:
  oc ztp generate policies/ | oc diff -f -
  oc ztp generate site-policies/ --source-crs reference/source-crs --output-dir build/
  oc ztp validate .
  oc ztp diff main..HEAD
  oc ztp plugin install --dir ~/.config/kustomize/plugin
  oc ztp completion install --dir ~/.local/bin";

/// Make what GitOps ZTP would apply to a hub, from the files in Git
#[derive(Debug, Parser)]
#[command(name = "oc-ztp", bin_name = "oc ztp", version, after_long_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    terminal: TerminalFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::GenerateArgs),
    Validate(Box<validate::ValidateArgs>),
    Explain(explain::ExplainArgs),
    Diff(diff::DiffArgs),
    Placement(placement::PlacementArgs),
    Plugin(plugin::PluginArgs),
    Version(version::VersionArgs),
    Completion(completion::CompletionArgs),
    #[command(name = "__complete", hide = true)]
    Candidates(completion::CandidatesArgs),
}

/// The definition of the whole command line, for completions and man pages.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the plugin with this process's arguments; under the name of an upstream generator it is that generator.
pub fn main() -> ExitCode {
    if let Some(generator) = exec_plugin::called_as(std::env::args_os().next()) {
        return exec_plugin::main(generator, std::env::args_os().skip(1).collect());
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return cli::succeed_on_closed_pipe(&error),
    };
    let terminal = Terminal::detect(&cli.terminal);
    let result = match &cli.command {
        Command::Generate(args) => generate::run(args, &terminal),
        Command::Validate(args) => validate::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Diff(args) => diff::run(args, &terminal),
        Command::Placement(args) => placement::run(args, &terminal),
        Command::Plugin(args) => plugin::run(args),
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
