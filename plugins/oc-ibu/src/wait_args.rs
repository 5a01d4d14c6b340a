//! Flags of commands that can wait.

use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

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

/// Reads `90m`, `1h30m`, or a bare number as seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Ok(Duration::from_secs(u64::from(seconds)));
    }
    let duration: SignedDuration = text.parse().map_err(|_| "give a time such as 90m or 2h".to_owned())?;
    Duration::try_from(duration).map_err(|_| "a time cannot be negative".to_owned())
}
