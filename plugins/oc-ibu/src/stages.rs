//! `upgrade`, `rollback`, `finalize`, `abort`, `idle` and `retry-cleanup`: the verbs that need nothing but a cluster.

use clap::Args;
use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::upgrade::decide::Verb;
use ztp_common::upgrade::preflight::Preflight;

use crate::change::{ChangeArgs, carry_out};
use crate::deed::Deed;

macro_rules! verbs {
    ($($(#[$doc:meta])+ $name:ident, $examples:literal;)+) => {
        $($(#[$doc])+
        #[derive(Args, Clone, Debug)]
        #[command(after_long_help = $examples)]
        pub struct $name {
            #[command(flatten)]
            pub change: ChangeArgs,
        })+
    };
}

verbs! {
    /// Reboot a prepared cluster into the new release
    ///
    /// Says what happens and asks. --wait follows it through the reboot: health checks, restore, the timer of the automatic
    /// rollback. Exit code 1: failed or rolled back, 3: not over in time.
    UpgradeArgs, "Examples:
  oc ibu upgrade --wait
  oc ibu upgrade sno2 --context hub-east --wait --timeout 2h
  oc ibu upgrade sno2 --dry-run=server";
    /// Reboot an upgraded cluster into the old release
    ///
    /// Possible from the reboot on until it is finalized. Before the reboot it is abort; after an automatic rollback there
    /// is nothing to roll back any more, and abort cleans up.
    RollbackArgs, "Examples:
  oc ibu rollback --wait
  oc ibu rollback sno2 --context hub-east --yes";
    /// Remove the other release after an upgrade or a rollback: the end of the way back
    FinalizeArgs, "Examples:
  oc ibu finalize --wait
  oc ibu finalize sno2 --context hub-east";
    /// Cancel an upgrade before its reboot, or clean up after a failed one
    ///
    /// After the reboot only a rollback leads back.
    AbortArgs, "Examples:
  oc ibu abort --wait
  oc ibu abort sno2 --context hub-east";
    /// Bring a cluster back to Idle: abort or finalize, whichever is possible
    IdleArgs, "Examples:
  oc ibu idle --wait
  oc ibu idle sno2 --context hub-east";
    /// Run a failed clean-up again, once its cause is gone
    ///
    /// For AbortFailed and FinalizeFailed. It sets the annotation manual-cleanup-done, with which the agent tries again; it
    /// does not take our word for it.
    RetryCleanupArgs, "Examples:
  oc ibu retry-cleanup --wait
  oc ibu retry-cleanup sno2 --context hub-east";
}

/// Does a verb.
///
/// # Errors
/// The cluster cannot be reached, or the API refuses the change.
pub fn run(verb: Verb, change: &ChangeArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    carry_out(&Deed::Stage(verb), change, &|_, _| Ok(Preflight::default()), terminal)
}

/// Does `retry-cleanup`.
///
/// # Errors
/// The cluster cannot be reached, or the API refuses the change.
pub fn retry(change: &ChangeArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    carry_out(&Deed::RetryCleanup, change, &|_, _| Ok(Preflight::default()), terminal)
}
