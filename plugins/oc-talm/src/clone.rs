//! `oc talm clone`: the same CGU once more, under another name.

use clap::Args;
use ztp_common::cli::duration::minutes;
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::rollout::decide;

use crate::change::ChangeArgs;
use crate::make::{draft_of, make};
use crate::retry::refusal;
use crate::target::{Target, bare_name};
use crate::writing::newer_fields;

const EXAMPLES: &str = "\
Examples:
  oc talm clone du-4-20 -n ztp-group
  oc talm clone du-4-20 -n ztp-group --name du-4-20-again --dry-run=client -o yaml";

/// Make the same ClusterGroupUpgrade once more, under another name
///
/// TALM never looks at a CGU again that has ended; a copy starts afresh. It is created disabled, without marks of
/// Argo CD.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct CloneArgs {
    #[command(flatten)]
    target: Target,
    /// Name of the copy [default: NAME-copy-1, -2 …]
    #[arg(long = "name", value_name = "NAME", value_parser = bare_name)]
    as_name: Option<String>,
    /// Time for the whole rollout, such as 4h or 90m [default: as before]
    #[arg(long, value_name = "TIME", value_parser = minutes)]
    rollout_timeout: Option<i64>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Copies it.
///
/// # Errors
/// There is no such CGU, the name is taken, or the hub cannot be reached or refuses the copy.
pub fn run(args: &CloneArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let old = args.target.cgu(&facts)?;
    let (name, namespace) = (&old.metadata.name, &old.metadata.namespace);
    let copy = decide::clone(&facts.hub, old, args.as_name.as_deref(), args.rollout_timeout)
        .map_err(|error| refusal(error, old, &format!("{name} -n {namespace}{}", facts.argument())))?;
    let mut draft = draft_of(copy);
    draft.unknown = newer_fields(&writing, namespace, name)?;
    make(&writing, &args.change.facts, &draft, Vec::new(), None)
}
