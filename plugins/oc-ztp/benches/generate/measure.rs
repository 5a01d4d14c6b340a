//! Time and memory of one program: this program starts itself, the copy runs the program and tells what the kernel
//! counted for its only child. Standard output stays the program's; the counts go through standard error's last line.

use std::error::Error;
use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

const MARK: &str = "usage:";

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time, user and system, on all cores.
    pub cpu: f64,
    /// The largest resident size.
    pub peak_bytes: u64,
}

/// A command whose resources will be measured; add its arguments.
pub fn command(program: impl AsRef<OsStr>) -> Result<Command, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--measure").arg(program);
    Ok(command)
}

/// Runs such a command.
pub fn usage(mut command: Command) -> Result<Usage, Box<dyn Error>> {
    let output = command.stderr(Stdio::piped()).spawn()?.wait_with_output()?;
    let messages = String::from_utf8_lossy(&output.stderr);
    let counts = messages.lines().last().and_then(|line| line.strip_prefix(MARK));
    match counts.map(|counts| counts.split_whitespace().collect::<Vec<_>>()).as_deref() {
        Some([wall, cpu, peak]) if output.status.success() => {
            Ok(Usage { wall: wall.parse()?, cpu: cpu.parse()?, peak_bytes: peak.parse()? })
        }
        _ => Err(format!("the measured program failed:\n{messages}").into()),
    }
}

/// The copy's part: runs the program and reports.
pub fn report(command: &[&str]) -> Result<(), Box<dyn Error>> {
    let (program, args) = command.split_first().ok_or("--measure needs a program")?;
    let start = Instant::now();
    let status = Command::new(program).args(args).status()?;
    let wall = start.elapsed().as_secs_f64();
    // 1 says that there are differences.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("{program}: {status}").into());
    }
    let counted = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = counted.user_time().num_microseconds() + counted.system_time().num_microseconds();
    // Linux counts kibibytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    eprintln!("{MARK} {wall} {} {}", micros as f64 / 1e6, counted.max_rss() * unit);
    Ok(())
}

/// The run in the middle by processor time; the lower one of two.
pub fn median(mut runs: Vec<Usage>) -> Usage {
    runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    let middle = runs.len().saturating_sub(1) / 2;
    runs.get(middle).copied().unwrap_or(Usage { wall: 0.0, cpu: 0.0, peak_bytes: 0 })
}
