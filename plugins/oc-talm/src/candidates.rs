//! Names for completion, from the hub that the words typed so far mean. Whatever goes wrong, or takes longer than
//! somebody waits at a prompt, gives no candidates and no message.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use clap_complete::engine::CompletionCandidate;
use ztp_common::api::{Connection, Named, Server};
use ztp_common::inventory::{Inventory, Limits, Query, Recorded};
use ztp_common::resource::{Resource, annotation};

const PATIENCE: Duration = Duration::from_millis(900);

/// CGUs of the namespace that is meant.
pub fn cgus(current: &OsStr) -> Vec<CompletionCandidate> {
    let words = Words::typed();
    let found = words.find(Query::all(Resource::CLUSTER_GROUP_UPGRADE));
    let Some((found, of_context)) = found else { return Vec::new() };
    let namespace = words.namespace.or(of_context);
    let mine = found.into_iter().filter(|cgu| namespace.as_ref().is_none_or(|wanted| cgu.namespace == *wanted));
    candidates(mine.map(|cgu| cgu.name), current)
}

/// Namespaces that hold CGUs.
pub fn namespaces(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::CLUSTER_GROUP_UPGRADE));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|cgu| cgu.namespace), current)
}

/// Managed clusters.
pub fn clusters(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::MANAGED_CLUSTER));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|cluster| cluster.name), current)
}

/// Root policies.
pub fn policies(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::POLICY).without_label(annotation::ROOT_POLICY));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|policy| policy.name), current)
}

fn candidates(names: impl Iterator<Item = String>, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let mut names: Vec<String> = names.filter(|name| name.starts_with(current.as_ref())).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// What has been typed that says where to look.
#[derive(Debug, Default, PartialEq)]
struct Words {
    from: Option<PathBuf>,
    namespace: Option<String>,
    kubeconfig: Option<PathBuf>,
    context: Option<String>,
    server: Option<String>,
}

impl Words {
    fn typed() -> Self {
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
    fn find(&self, query: Query<'static>) -> Option<(Vec<Named>, Option<String>)> {
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

fn recorded(path: &std::path::Path, query: &Query<'_>) -> Option<(Vec<Named>, Option<String>)> {
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
