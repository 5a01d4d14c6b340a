//! The facts that every command starts from: the hub as it was recorded, and the clock.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use ztp_common::cli::{Failure, Terminal};
use ztp_common::inventory::{Inventory, InventoryError, Limits, Recorded};
use ztp_common::rollout::{CopyReading, Hub, judged_at};

use crate::words::{many, span};

/// Where the facts come from.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Facts")]
pub struct FactsArgs {
    /// Recorded hub: a must-gather, a folder or file of YAML or JSON, - for standard input
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// The time to take for now; for tests
    #[arg(long, hide = true, value_name = "RFC3339")]
    now: Option<Timestamp>,
    /// The width to take for the terminal's; for tests
    #[arg(long, hide = true, value_name = "COLUMNS")]
    width: Option<u16>,
}

/// The hub, and when.
pub struct Facts {
    /// What the hub holds.
    pub hub: Hub,
    /// What was read.
    source: String,
    /// The time now.
    now: Timestamp,
    /// What could not be read, a sentence each.
    unreadable: Vec<String>,
    /// Whether the file's own time makes no sense, so that the newest change in it counts.
    redated: bool,
}

impl FactsArgs {
    /// Reads the hub.
    ///
    /// # Errors
    /// There is no recorded hub, or it cannot be read.
    pub fn gather(&self) -> Result<Facts, Failure> {
        let Some(path) = &self.from else {
            return Err(Failure::new("reading a live hub is not in this version yet")
                .because("this version reads recorded hubs only")
                .fix("record the hub with oc adm must-gather or oc get -A -o yaml, and name it with --from PATH"));
        };
        let recorded = open(path)?;
        let mut hub = Hub::gather(&recorded, CopyReading::All).map_err(|error| failure(&error))?;
        let unreadable = recorded.skipped().iter().chain(&hub.unreadable).cloned().collect();
        let now = self.now.unwrap_or_else(Timestamp::now);
        let read_at = hub.recorded_at.unwrap_or(now);
        let at = judged_at(&hub, read_at);
        let redated = at != read_at;
        if redated {
            hub.recorded_at = Some(at);
        }
        Ok(Facts { hub, source: recorded.describe(), now, unreadable, redated })
    }

    /// Whether it takes standard input.
    pub fn takes_stdin(&self) -> bool {
        self.from.as_ref().is_some_and(|path| path.as_os_str() == "-")
    }

    /// The terminal with the width asked for.
    pub fn fit(&self, terminal: &Terminal) -> Terminal {
        Terminal { width: self.width.or(terminal.width), ..*terminal }
    }
}

impl Facts {
    /// The time that the facts are judged by: when they were recorded, as far as that is known.
    pub fn at(&self) -> Timestamp {
        self.hub.recorded_at.unwrap_or(self.now)
    }

    /// Says on standard error what could not be read, for those who ask for more.
    pub fn warn(&self, terminal: &Terminal) {
        self.unreadable.iter().filter(|_| terminal.verbose > 0).for_each(|sentence| eprintln!("{sentence}"));
    }

    /// Where the facts are from, and how old they are.
    pub fn line(&self) -> String {
        let age = match self.hub.recorded_at {
            None => "of unknown age".to_owned(),
            Some(at) => {
                let age = span(self.now.duration_since(at).as_secs().max(0));
                let at = at.strftime("%Y-%m-%d %H:%M UTC");
                if self.redated {
                    format!("of {at} by the newest change in them, {age} ago; the file is newer")
                } else {
                    format!("recorded {age} ago, at {at}")
                }
            }
        };
        let unreadable = match self.unreadable.first() {
            None => String::new(),
            Some(_) => format!("; {} left out: -v says why", many(self.unreadable.len(), "unreadable file or object")),
        };
        format!("facts from {}, {age}{unreadable}", self.source)
    }

    /// Where the facts are from, for `--from` in commands to be pasted.
    pub fn argument(&self) -> String {
        let path = if self.source == STDIN { "-" } else { &self.source };
        let is_plain = path.chars().all(|c| c.is_alphanumeric() || "-_./:+@".contains(c));
        if is_plain { format!("--from {path}") } else { format!("--from '{}'", path.replace('\'', r"'\''")) }
    }
}

const STDIN: &str = "standard input";

/// Reads a file, a folder or standard input.
///
/// # Errors
/// It cannot be read, or holds no object.
pub fn open(path: &Path) -> Result<Recorded, Failure> {
    let limits = Limits::default();
    let recorded = if path == Path::new("-") {
        let mut content = Vec::new();
        std::io::stdin()
            .take(limits.file_bytes)
            .read_to_end(&mut content)
            .map_err(|error| Failure::new("cannot read standard input").because(error))?;
        Recorded::from_bytes(STDIN, content)
    } else {
        Recorded::open(path, &limits)
    };
    recorded.map_err(|error| failure(&error))
}

fn failure(error: &InventoryError) -> Failure {
    let failure = Failure::new(error.message.clone());
    match &error.source {
        Some(source) => failure.because(source),
        None => failure,
    }
}
