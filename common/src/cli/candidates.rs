//! Names for completion, from the hub that the words typed so far mean. Whatever goes wrong, or takes longer than
//! somebody waits at a prompt, gives no candidates and no message.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use clap_complete::engine::CompletionCandidate;

use crate::api::{Connection, Named, Server};
use crate::inventory::{Inventory, Limits, Query, Recorded};

/// Less than a second, for somebody waits at a prompt.
const PATIENCE: Duration = Duration::from_millis(900);

/// The names that begin as what has been typed, each once.
pub fn candidates(names: impl Iterator<Item = String>, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let mut names: Vec<String> = names.filter(|name| name.starts_with(current.as_ref())).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// What has been typed that says where to look.
#[derive(Debug, Default, PartialEq)]
pub struct Words {
    from: Option<PathBuf>,
    /// `-n`.
    pub namespace: Option<String>,
    kubeconfig: Option<PathBuf>,
    context: Option<String>,
    server: Option<String>,
}

impl Words {
    /// Reads the words of this process.
    pub fn typed() -> Self {
        Self::of(std::env::args_os())
    }

    fn of(words: impl Iterator<Item = OsString>) -> Self {
        let mut found = Self::default();
        let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let (flag, value) = match word.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
                _ => (word.as_str(), None),
            };
            let mut value = || value.clone().or_else(|| rest.next().cloned()).filter(|value| !value.is_empty());
            match flag {
                "--from" => found.from = value().map(PathBuf::from),
                "-n" | "--namespace" => found.namespace = value(),
                "--kubeconfig" => found.kubeconfig = value().map(PathBuf::from),
                "--context" => found.context = value(),
                "-s" | "--server" => found.server = value(),
                _ => {}
            }
        }
        found
    }

    /// The names, and the namespace of the context. The one who looks is left behind when it takes too long.
    pub fn find(&self, query: Query<'static>) -> Option<(Vec<Named>, Option<String>)> {
        let (tell, told) = mpsc::channel();
        let from = self.from.clone();
        let connection = Connection {
            kubeconfig: self.kubeconfig.clone(),
            context: self.context.clone(),
            server: self.server.clone(),
            request_timeout: Some(PATIENCE),
            ..Connection::default()
        };
        std::thread::Builder::new()
            .spawn(move || {
                let found = match from {
                    Some(path) => recorded(&path, &query),
                    None => live(&connection, &query),
                };
                // Nobody listens any more when it took too long.
                drop(tell.send(found));
            })
            .ok()?;
        told.recv_timeout(PATIENCE).ok().flatten()
    }
}

fn live(connection: &Connection, query: &Query<'_>) -> Option<(Vec<Named>, Option<String>)> {
    let server = Server::connect(connection).ok()?;
    let names = server.names(query).ok()?;
    Some((names, Some(server.default_namespace().to_owned())))
}

fn recorded(path: &Path, query: &Query<'_>) -> Option<(Vec<Named>, Option<String>)> {
    let recorded = Recorded::open(path, &Limits::default()).ok()?;
    let mut names = Vec::new();
    recorded
        .each(query, &mut |object| {
            let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default().to_owned();
            names.push(Named { namespace: text("namespace"), name: text("name") });
        })
        .ok()?;
    Some((names, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_in_all_their_spellings() {
        let words = "oc-talm __complete -- status -n fleet --context=hub --kubeconfig k --from";
        let found = Words::of(words.split(' ').map(OsString::from));
        let expected = Words {
            namespace: Some("fleet".to_owned()),
            context: Some("hub".to_owned()),
            kubeconfig: Some("k".into()),
            ..Words::default()
        };
        assert_eq!(found, expected);
    }
}
