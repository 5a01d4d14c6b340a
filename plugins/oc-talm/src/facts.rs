//! The facts that every command starts from: the hub, live or as it was recorded, and the clock.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use ztp_common::api::{ApiError, Connection, Server};
use ztp_common::cli::{ConnectionFlags, Failure, Output, Terminal, is_stdin, quoted};
use ztp_common::finding::Finding;
use ztp_common::inventory::{Inventory, InventoryError, Limits, Query, Recorded};
use ztp_common::resource::{ClusterGroupUpgrade, Object, Resource};
use ztp_common::rollout::{CopyReading, Hub, judged_at};

use crate::words::span;

/// Where the facts come from.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Facts")]
pub struct FactsArgs {
    /// Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// The time to take for now; for tests
    #[arg(long, hide = true, value_name = "RFC3339")]
    now: Option<Timestamp>,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// The hub, and when.
pub struct Facts {
    /// What the hub holds.
    pub hub: Hub,
    /// What was read.
    source: String,
    /// The live hub; `None` when it was recorded, or when a watch has taken it.
    pub server: Option<Server>,
    /// Whether the facts are live.
    live: bool,
    /// The namespace of the context.
    namespace: String,
    /// The flags that lead to the source again.
    again: String,
    /// The time now.
    now: Timestamp,
    /// What could not be read, a sentence each.
    unreadable: Vec<String>,
    /// What is wrong with the file's own time where it makes no sense, so that the newest change in it counts.
    redated: Option<&'static str>,
    /// Since when the hub is not known to be as the facts say; for views that follow it.
    as_of: Option<Timestamp>,
    /// What such a view says below its header, a sentence each.
    pub banner: Vec<String>,
}

impl FactsArgs {
    /// Reads the hub.
    ///
    /// # Errors
    /// The hub cannot be reached, or what was recorded cannot be read.
    pub fn gather(&self, terminal: &Terminal) -> Result<Facts, Failure> {
        let now = self.now.unwrap_or_else(Timestamp::now);
        let Some(path) = &self.from else { return self.live(terminal, now) };
        let recorded = open(path)?;
        let mut hub = recorded_hub(&recorded).map_err(|error| failure(&error))?;
        let unreadable = recorded.skipped().iter().chain(&hub.unreadable).cloned().collect();
        let read_at = hub.recorded_at.unwrap_or(now);
        let at = judged_at(&hub, read_at);
        let redated =
            (at != read_at).then_some(if at < read_at { "the file is newer" } else { "the file is dated before it" });
        if redated.is_some() {
            hub.recorded_at = Some(at);
        }
        let source = recorded.describe();
        let again = format!(" --from {}", quoted(if source == STDIN { "-" } else { &source }));
        Ok(Facts {
            hub,
            source,
            server: None,
            live: false,
            namespace: "default".to_owned(),
            again,
            now,
            unreadable,
            redated,
            as_of: None,
            banner: Vec::new(),
        })
    }

    fn live(&self, terminal: &Terminal, now: Timestamp) -> Result<Facts, Failure> {
        let connection = Connection { or_recorded: true, ..self.connection.connection(terminal)? };
        let server = Server::connect(&connection)?;
        let hub = Hub::gather(&server, CopyReading::Derived).map_err(|error| failure(&error))?;
        if hub.clusters.is_empty() && !server.serves(Resource::MANAGED_CLUSTER)? {
            return Err(Failure::new(format!("{} is not an ACM hub: it has no ManagedCluster API", server.describe()))
                .fix("choose the hub with --context, or read a recorded hub with --from PATH"));
        }
        if hub.cgus.is_empty() && !server.serves(Resource::CLUSTER_GROUP_UPGRADE)? {
            return Err(Failure::new(format!("{} has no ClusterGroupUpgrade API", server.describe()))
                .because("the Topology Aware Lifecycle Manager (TALM) is not installed there")
                .fix("install the operator, or choose the hub with --context"));
        }
        let unreadable = hub.unreadable.clone();
        let (source, again) = (server.describe(), self.connection.arguments());
        let namespace = server.default_namespace().to_owned();
        Ok(Facts {
            hub,
            source,
            server: Some(server),
            live: true,
            namespace,
            again,
            now,
            unreadable,
            redated: None,
            as_of: None,
            banner: Vec::new(),
        })
    }

    /// Whether it takes standard input.
    pub fn takes_stdin(&self) -> bool {
        is_stdin(self.from.as_deref())
    }
}

impl Facts {
    /// The time that the facts are judged by: when they were recorded, as far as that is known, or when the hub was heard
    /// of for the last time.
    pub fn at(&self) -> Timestamp {
        self.hub.recorded_at.or(self.as_of).unwrap_or(self.now)
    }

    /// The time now, for views that follow something.
    pub fn clock(&self) -> Timestamp {
        self.now
    }

    /// Takes another picture of the hub, or only the time. `as_of`: since when the hub does not answer.
    pub fn refresh(&mut self, hub: Option<Hub>, now: Timestamp, as_of: Option<Timestamp>) {
        (self.now, self.as_of) = (now, as_of);
        if let Some(hub) = hub {
            self.hub = hub;
        }
    }

    /// Says on standard error what could not be read, for those who ask for more; beside an answer for machines, which has
    /// no line about its facts, that there is such.
    pub fn warn(&self, output: &Output, terminal: &Terminal) {
        let is_part = !(self.unreadable.is_empty() && self.hub.refused.is_empty());
        if is_part && !output.is_text() && !terminal.quiet {
            eprintln!("{}", self.line());
        }
        self.unreadable.iter().filter(|_| terminal.verbose > 0).for_each(|sentence| eprintln!("{sentence}"));
    }

    /// The namespace for commands without `-n`: that of the context, as for `oc`.
    pub fn default_namespace(&self) -> &str {
        &self.namespace
    }

    /// Where the facts are from, and how old they are.
    pub fn line(&self) -> String {
        let age = match self.hub.recorded_at {
            None if self.as_of.is_some() => format!("as of {}", self.at().strftime("%H:%M:%S UTC")),
            None if self.live => "live".to_owned(),
            None => "of unknown age".to_owned(),
            Some(at) => {
                let age = span(self.now.duration_since(at).as_secs().max(0));
                let at = at.strftime("%Y-%m-%d %H:%M UTC");
                match self.redated {
                    Some(wrong) => format!("of {at} by the newest change in them, {age} ago; {wrong}"),
                    None => format!("recorded {age} ago, at {at}"),
                }
            }
        };
        let unreadable = match self.unreadable.len() {
            0 => String::new(),
            1 => "; 1 unreadable file or object left out: -v says why".to_owned(),
            count => format!("; {count} unreadable files or objects left out: -v says why"),
        };
        format!("facts from {}, {age}{unreadable}{}", self.source, self.refused())
    }

    /// What nobody looked at, so that its absence proves nothing.
    fn refused(&self) -> String {
        let kinds: Vec<String> = self.hub.refused.iter().map(|resource| format!("{}s", resource.kind)).collect();
        if kinds.is_empty() {
            return String::new();
        }
        format!("\nnot allowed to read {}: what depends on them was not checked", kinds.join(", "))
    }

    /// The flags that lead to the same facts, for commands to be pasted; with a space before, or empty.
    pub fn argument(&self) -> &str {
        &self.again
    }

    /// Lets the commands at the end of fixes lead to the same facts, and not to whatever hub the context names.
    pub fn lead(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let is_whole = |command: &str| !command.contains([',', ';', '"', '(']);
        for fix in findings.iter_mut().filter_map(|finding| finding.fix.as_mut()) {
            if fix.rfind("oc talm ").and_then(|at| fix.get(at..)).is_some_and(is_whole) {
                fix.push_str(&self.again);
            }
            *fix = self.on_this_hub(fix);
        }
        findings
    }

    /// Lets the commands of `oc` in a text go to the live hub that the facts are of.
    pub fn on_this_hub(&self, text: &str) -> String {
        if self.live { with_flags(text, &self.again) } else { text.to_owned() }
    }
}

/// Commands of `oc` with flags before the verb, where it takes them wherever the command ends.
fn with_flags(text: &str, flags: &str) -> String {
    let led = |text: String, verb: &str| text.replace(&format!("oc {verb} "), &format!("oc{flags} {verb} "));
    ["delete", "get", "label", "patch"].into_iter().fold(text.to_owned(), led)
}

/// Where nobody recorded the copies in the namespaces of the clusters, the status of their roots stands for them.
fn recorded_hub(recorded: &Recorded) -> Result<Hub, InventoryError> {
    let hub = Hub::gather(recorded, CopyReading::All)?;
    if hub.copies.is_empty() { Hub::gather(recorded, CopyReading::Derived) } else { Ok(hub) }
}

const STDIN: &str = "standard input";

/// Reads a file, a folder or standard input.
///
/// # Errors
/// It cannot be read, or holds no object.
pub fn open(path: &Path) -> Result<Recorded, Failure> {
    Recorded::open(path, &Limits::default()).map_err(|error| failure(&error))
}

/// The one CGU in a file, a folder or standard input, and what its source is called.
///
/// # Errors
/// It cannot be read, or there is not exactly one.
pub fn cgu_in_file(path: &Path) -> Result<(Value, String), Failure> {
    let recorded = open(path)?;
    let shown = recorded.describe();
    let mut found = Vec::new();
    recorded
        .each(&Query::all(ClusterGroupUpgrade::RESOURCE), &mut |object| found.push(object.clone()))
        .map_err(|error| failure(&error))?;
    match found.len() {
        1 => Ok((found.swap_remove(0), shown)),
        count => {
            Err(Failure::new(format!("there are {count} ClusterGroupUpgrades in {shown}")).fix("give a file with one"))
        }
    }
}

/// Why an inventory cannot answer, with the way out where the API knows one.
pub fn failure(error: &InventoryError) -> Failure {
    let failure = Failure::new(error.message.clone());
    match &error.source {
        Some(source) => match source.downcast_ref::<ApiError>() {
            Some(error) => error.clone().into(),
            None => failure.because(source),
        },
        None => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_change_something_go_to_the_same_hub() {
        let text = "oc delete cgu u -n g, and make it again; oc label managedcluster a x-; oc talm status u";
        assert_eq!(
            with_flags(text, " --context hub"),
            "oc --context hub delete cgu u -n g, and make it again; oc --context hub label managedcluster a x-; \
             oc talm status u"
        );
    }
}
