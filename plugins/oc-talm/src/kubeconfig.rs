//! `oc talm kubeconfig`: the admin kubeconfig of a managed cluster, into a file or beside other contexts.

use std::path::{Path, PathBuf};

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::api::Server;
use ztp_common::cli::kubeconfig::{Merged, merge, read, require_self_contained, text, write_secret};
use ztp_common::cli::{self, ConnectionFlags, Failure, Outcome, Terminal};

use crate::candidates;

const EXAMPLES: &str = "\
Examples:
  oc talm kubeconfig sno2
  oc talm kubeconfig sno2 --to ~/sno2.yaml
  oc talm kubeconfig sno2 --merge && oc --context sno2 get nodes
  oc --kubeconfig <(oc talm kubeconfig sno2 --stdout) get nodes";

/// Fetch the admin kubeconfig of a managed cluster from the hub
///
/// Writes CLUSTER.kubeconfig in this folder, for its owner only; --merge adds a context to your own kubeconfig. It is
/// never printed unless --stdout asks for it. It gives all rights on the cluster: treat it like a root password.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct KubeconfigArgs {
    /// Name of the managed cluster
    #[arg(add = ArgValueCompleter::new(candidates::clusters))]
    cluster: String,
    /// File to write [default: CLUSTER.kubeconfig]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["merge", "stdout"])]
    to: Option<PathBuf>,
    /// Add a context to KUBECONFIG, or to ~/.kube/config; the current context stays
    #[arg(long, conflicts_with = "stdout")]
    merge: bool,
    /// Name of that context [default: CLUSTER]
    #[arg(long, value_name = "NAME", requires = "merge")]
    context_name: Option<String>,
    /// Replace a file or context that is something else
    #[arg(long)]
    force: bool,
    /// Print it
    #[arg(long)]
    stdout: bool,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// Fetches it.
///
/// # Errors
/// The hub has none or refuses to show it, or a file cannot be written.
pub fn run(args: &KubeconfigArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let hub = Server::connect(&args.connection.connection(terminal)?)?;
    let cluster = args.cluster.as_str();
    let found = hub.admin_kubeconfig(cluster)?;
    let one = read(&found.text, &format!("in {}", found.secret))?;
    if args.stdout {
        cli::print(&found.text)?;
        return Ok(Outcome::Done);
    }
    require_self_contained(&one, &format!("in {}", found.secret))?;
    if args.merge {
        return merged(args, &one, &found.secret);
    }
    let path = args.to.clone().unwrap_or_else(|| PathBuf::from(format!("{cluster}.kubeconfig")));
    let shown = path.display();
    match std::fs::read_to_string(&path) {
        Ok(old) if old == found.text && is_private(&path) => {
            cli::print(&format!("{shown} is there already and says the same\n"))?;
            return Ok(Outcome::Done);
        }
        Ok(old) if old != found.text && !args.force => {
            return Err(Failure::new(format!("{shown} is there already, and says something else"))
                .fix("write another file with --to, or replace it with --force"));
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound && !args.force => {
            return Err(Failure::new(format!("{shown} is there already, and cannot be read"))
                .because(error)
                .fix("write another file with --to, or replace it with --force"));
        }
        _ => {}
    }
    write_secret(&path, &found.text)?;
    cli::print(&format!("wrote {shown} from {}\nnext: oc --kubeconfig {shown} get nodes\n", found.secret))?;
    Ok(Outcome::Done)
}

fn merged(args: &KubeconfigArgs, one: &serde_json::Value, secret: &str) -> Result<Outcome, Failure> {
    let name = args.context_name.as_deref().unwrap_or(&args.cluster);
    let path = own_kubeconfig(&args.connection)?;
    let shown = path.display();
    let old = match std::fs::read_to_string(&path) {
        Ok(old) => old,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::new(format!("cannot read {shown}")).because(error)),
    };
    let mut whole = read(&old, &shown.to_string())?;
    let what = match merge(&mut whole, one, name, args.force)? {
        Merged::Unchanged => {
            cli::print(&format!("context {name} is in {shown} already and says the same\n"))?;
            return Ok(Outcome::Done);
        }
        Merged::Added => "added",
        Merged::Replaced => "replaced",
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let failed = |error| Failure::new(format!("cannot make {}", folder.display())).because(error);
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    write_secret(&path, &text(&whole)?)?;
    cli::print(&format!("{what} context {name} in {shown}, from {secret}\nnext: oc --context {name} get nodes\n"))?;
    Ok(Outcome::Done)
}

/// The file that `oc` would change: --kubeconfig, the first of KUBECONFIG that exists or its last, or the one at home.
fn own_kubeconfig(flags: &ConnectionFlags) -> Result<PathBuf, Failure> {
    if let Some(path) = &flags.kubeconfig {
        return Ok(path.clone());
    }
    if let Some(list) = std::env::var_os("KUBECONFIG").filter(|list| !list.is_empty()) {
        let paths: Vec<PathBuf> = std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect();
        if let Some(path) = paths.iter().find(|path| path.exists()).or(paths.last()) {
            return Ok(path.clone());
        }
    }
    let home = std::env::home_dir()
        .ok_or_else(|| Failure::new("there is no home folder").fix("name a file with --kubeconfig"))?;
    Ok(home.join(".kube").join("config"))
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}
