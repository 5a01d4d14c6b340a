//! Flags of commands that can wait.

use std::time::Duration;

use clap::Args;
use ztp_common::cli::duration::duration;

/// Whether and how long to wait.
#[derive(Args, Clone, Debug)]
pub struct WaitArgs {
    /// Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting
    #[arg(long)]
    pub wait: bool,
    /// How long to wait, such as 90m; it is for us, not for the agent
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "wait")]
    pub timeout: Option<Duration>,
}
