//! `completion`: scripts for shells, and the two small programs that `oc` and `kubectl` ask for a plugin's words.
//!
//! `oc ztp <TAB>` runs `oc_complete-ztp` (kubectl: `kubectl_complete-ztp`) with the words after the plugin's name. Both
//! hand them to the plugin's hidden command `__complete`, which prints one candidate a line, then `:<directive>` as
//! cobra defines it (0: the shell may complete file names, 4: it may not).

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgGroup, Args, Command, Id, Subcommand, ValueEnum};
use clap_complete::engine::CompletionCandidate;

use super::{Failure, Outcome, print};

/// The shells that scripts are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
}

/// Print a completion script, or install completion for oc and kubectl
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct CompletionArgs {
    #[command(subcommand)]
    command: Option<CompletionCommand>,
    /// The shell to print a script for
    #[arg(value_enum)]
    shell: Option<Shell>,
}

#[derive(Clone, Debug, Subcommand)]
enum CompletionCommand {
    /// Write the programs that oc and kubectl call to complete this plugin's words
    Install(InstallArgs),
}

#[derive(Args, Clone, Debug)]
struct InstallArgs {
    /// Folder on PATH to write to [default: the folder of this program]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// What `__complete` gets: the words typed after the plugin's name, the unfinished one last.
#[derive(Args, Clone, Debug)]
pub struct CandidatesArgs {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

/// Does `completion`.
///
/// # Errors
/// A file or standard output cannot be written.
pub fn run(plugin: &str, command: Command, args: &CompletionArgs) -> Result<Outcome, Failure> {
    match (&args.command, args.shell) {
        (Some(CompletionCommand::Install(args)), _) => install(plugin, args),
        (None, Some(shell)) => print(&script(plugin, command, shell)).map(|()| Outcome::Done),
        (None, None) => Err(Failure::new("no shell is given").fix(format!("oc {plugin} completion bash"))),
    }
}

/// The completion script of one shell for the program `oc-<plugin>`.
pub fn script(plugin: &str, command: Command, shell: Shell) -> String {
    let mut command = visible(&command);
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, format!("oc-{plugin}"), &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The same command without what is hidden, which the generators of scripts show.
fn visible(command: &Command) -> Command {
    let is_shown = |arg: &&Arg| !arg.is_hide_set();
    let hidden: Vec<&Id> = command.get_arguments().filter(|arg| arg.is_hide_set()).map(Arg::get_id).collect();
    let groups = command.get_groups().map(|group| {
        let shown = group.get_args().filter(|id| !hidden.contains(id)).cloned();
        ArgGroup::new(group.get_id().clone()).multiple(true).args(shown)
    });
    let about = command.get_about().cloned().unwrap_or_default();
    let subcommands = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let version = command.get_version().map(str::to_owned);
    let shown = Command::new(command.get_name().to_owned())
        .about(about)
        .args(command.get_arguments().filter(is_shown).cloned())
        .groups(groups)
        .subcommands(subcommands.map(visible));
    match version {
        Some(version) => shown.version(version),
        None => shown,
    }
}

fn install(plugin: &str, args: &InstallArgs) -> Result<Outcome, Failure> {
    let own = std::env::current_exe().map_err(|e| Failure::new("cannot tell where this program is").because(e))?;
    let folder = match &args.dir {
        Some(dir) => dir.clone(),
        None => own.parent().unwrap_or(Path::new(".")).to_path_buf(),
    };
    std::fs::create_dir_all(&folder)
        .map_err(|e| Failure::new(format!("cannot create {}", folder.display())).because(e))?;
    for caller in ["oc", "kubectl"] {
        let path = folder.join(format!("{caller}_complete-{plugin}"));
        let text = format!("#!/bin/sh\nexec {} __complete -- \"$@\"\n", quoted(&own));
        write_program(&path, &text).map_err(|e| {
            Failure::new(format!("cannot write {}", path.display())).because(e).fix("choose a folder with --dir")
        })?;
        print(&format!("wrote {}\n", path.display()))?;
    }
    Ok(Outcome::Done)
}

fn write_program(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o755))?;
    }
    file.persist(path)?;
    Ok(())
}

/// A path as one word of a POSIX shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}

/// Does `__complete`.
///
/// # Errors
/// Standard output cannot be written.
pub fn candidates(command: Command, args: &CandidatesArgs) -> Result<Outcome, Failure> {
    print(&answer(command, &args.words)).map(|()| Outcome::Done)
}

fn answer(mut command: Command, words: &[OsString]) -> String {
    let mut line = vec![OsString::from("oc")];
    line.extend(words.iter().cloned());
    if words.is_empty() {
        line.push(OsString::new());
    }
    let last = line.len() - 1;
    let wants_flags = line.last().is_some_and(|word| word.to_string_lossy().starts_with('-'));
    let mut found = clap_complete::engine::complete(&mut command, line, last, Some(Path::new("."))).unwrap_or_default();
    // As for kubectl, names do not drown in flags that nobody has begun to type.
    let is_flag = |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().starts_with('-');
    if !wants_flags && !found.iter().all(is_flag) {
        found.retain(|candidate| !is_flag(candidate));
    }
    let mut text = String::new();
    for candidate in &found {
        let value = candidate.get_value().to_string_lossy();
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        match help.lines().next() {
            Some(help) if !help.is_empty() => text.push_str(&format!("{value}\t{help}\n")),
            _ => text.push_str(&format!("{value}\n")),
        }
    }
    let directive = if found.is_empty() { 0 } else { 4 };
    text + &format!(":{directive}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oc_gets_a_candidate_a_line_and_a_directive() {
        let command =
            Command::new("x").subcommand(Command::new("generate").about("Make")).subcommand(Command::new("get"));
        let words = [OsString::from("ge")];
        assert_eq!(answer(command.clone(), &words), "generate\tMake\nget\n:4\n");
        assert_eq!(answer(command.clone(), &["zz".into()]), ":0\n");
        assert!(!answer(command.clone(), &["".into()]).contains("--help"), "nobody asked for flags");
        assert!(answer(command, &["--".into()]).contains("--help"));
    }

    #[test]
    fn a_path_is_one_word_for_a_shell() {
        assert_eq!(quoted(Path::new("/a b/it's")), r"'/a b/it'\''s'");
    }
}
