//! `oc talm backup`: what became of backups before a rollout, and how a node is brought back.

use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCompleter;
use ztp_common::cli::{self, Failure, Outcome, Terminal};
use ztp_common::rollout::decide::JobKind;

use crate::candidates;
use crate::jobs::{self, JobLogsArgs, JobStatusArgs};
use crate::words::wrapped;

const EXAMPLES: &str = "\
Examples:
  oc talm backup status du-4-20 -n ztp-group
  oc talm backup logs sno2
  oc talm backup recovery sno2";

/// Look after the backups that a rollout makes of its nodes
///
/// Backup by CGU is deprecated; image-based upgrades (oc ibu) keep the old system on the node instead.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct BackupArgs {
    #[command(subcommand)]
    command: BackupCommand,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Show how far the backup is on each cluster
    ///
    /// Exit code 1 says that it failed somewhere.
    Status(JobStatusArgs),
    /// Print the log of the backup job on a cluster, and what it means
    Logs(JobLogsArgs),
    Recovery(RecoveryArgs),
}

/// Print the steps that bring a node back from its backup
///
/// They are done on the node, by hand: nothing is changed by this command.
#[derive(Args, Debug)]
struct RecoveryArgs {
    /// Name of the managed cluster
    #[arg(add = ArgValueCompleter::new(candidates::clusters))]
    cluster: String,
}

/// Runs one of the subcommands.
///
/// # Errors
/// There is no such CGU or cluster, or it cannot be reached.
pub fn run(args: &BackupArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    match &args.command {
        BackupCommand::Status(args) => status(args, terminal),
        BackupCommand::Logs(args) => jobs::logs(JobKind::Backup, args, terminal),
        BackupCommand::Recovery(args) => {
            cli::print(&wrapped(&recovery(&args.cluster), terminal.width))?;
            Ok(Outcome::Done)
        }
    }
}

fn status(args: &JobStatusArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let facts = args.facts.gather(terminal)?;
    let cgu = args.target.cgu(&facts)?;
    let (name, namespace) = (&cgu.metadata.name, &cgu.metadata.namespace);
    if !cgu.spec.backup {
        return Err(Failure::new(format!("{namespace}/{name} makes no backup"))
            .because("backup by CGU is deprecated; image-based upgrades keep the old system on the node"));
    }
    jobs::status(JobKind::Backup, cgu, &facts, terminal, &args.output, &[])
}

/// In our words, after `recovery/README.md` and `recovery/bindata/upgrade-recovery.sh` of TALM 5.0.
fn recovery(cluster: &str) -> String {
    format!(
        "{cluster}: back to the state before the rollout, on its node (ssh core@NODE, then sudo -i)\n\
         1. which system runs, and which one is pinned:\n\
         \u{20}    ostree admin status\n\
         2. only if the pinned one does not run. While others stand between:\n\
         \u{20}    ostree admin undeploy 1\n\
         \u{20}  then go back to it; the node reboots:\n\
         \u{20}    rpm-ostree rollback -r\n\
         3. stop the cluster's services and put the files back:\n\
         \u{20}    /var/recovery/upgrade-recovery.sh\n\
         4. when it says so:\n\
         \u{20}    systemctl reboot\n\
         5. bring back etcd and the control plane; this takes a while:\n\
         \u{20}    /var/recovery/upgrade-recovery.sh --resume\n\
         if a step of the script fails, repair the cause, then: /var/recovery/upgrade-recovery.sh --restart\n\
         all changes since the backup are lost on {cluster}, and its policies are enforced again by the next rollout\n\
         next: oc talm kubeconfig {cluster}\n"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn recovery_names_the_cluster_and_both_phases() {
        let text = super::recovery("sno1");
        assert!(text.starts_with("sno1:") && text.contains("--resume") && text.contains("--restart"));
        assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    }
}
