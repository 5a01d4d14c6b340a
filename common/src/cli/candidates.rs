//! Names for completion, from the hub that the words typed so far mean. Whatever goes wrong, or takes longer than
//! somebody waits at a prompt, gives the names that were known before, or no candidates, and no message.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::{Arg, Args, Command, FromArgMatches};
use clap_complete::engine::CompletionCandidate;

use super::ConnectionFlags;
use super::known_names::{Known, KnownNames};
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
#[derive(Args, Debug, Default)]
pub struct Words {
    #[arg(long)]
    from: Option<PathBuf>,
    /// `-n`.
    #[arg(short, long)]
    pub namespace: Option<String>,
    #[command(flatten)]
    connection: ConnectionFlags,
}

impl Words {
    /// Reads the words of this process.
    pub fn typed() -> Self {
        Self::of(std::env::args_os())
    }

    /// The flags that we know, by the definitions that the commands have; what is wrong or unfinished counts as not typed.
    fn of(words: impl Iterator<Item = OsString>) -> Self {
        let lenient = Command::new("words").no_binary_name(true).ignore_errors(true).args_override_self(true);
        let command = Self::augment_args(lenient);
        // The only one whose value may be wrong by itself; our own limit goes before it.
        let counts = |flag: &&Arg| flag.get_long() != Some("request-timeout");
        let mut known = Vec::new();
        let mut rest = words.map(|word| word.to_string_lossy().into_owned());
        while let Some(word) = rest.next() {
            let Some(flag) = command.get_arguments().filter(counts).find(|flag| is_of(&word, flag)) else { continue };
            let is_whole = !flag.get_action().takes_values() || is_with_value(&word);
            let value = if is_whole { None } else { Some(rest.next().unwrap_or_default()) };
            if value.as_deref() != Some("") && !word.ends_with('=') {
                known.push(word);
                known.extend(value);
            }
        }
        let found = command.try_get_matches_from(known).and_then(|found| Self::from_arg_matches(&found));
        found.unwrap_or_default()
    }

    /// The names, and the namespace of the context. The one who looks is left behind when it takes too long.
    pub fn find(&self, query: Query<'static>) -> Option<Found> {
        let (tell, told) = mpsc::channel();
        let from = self.from.clone();
        let connection = Connection { request_timeout: Some(PATIENCE), ..self.connection.data() };
        // Names that a token sees are kept for nobody: it does not say whose it is.
        let who = self.connection.token.is_none().then(|| self.connection.arguments());
        std::thread::Builder::new()
            .spawn(move || match from {
                Some(path) => recorded(&path, &query).into_iter().for_each(|found| drop(tell.send(found))),
                None => drop(live(&connection, who.as_deref(), &query, &tell)),
            })
            .ok()?;
        latest(&told, PATIENCE)
    }
}

/// Names, and the namespace of the context.
type Found = (Vec<Named>, Option<String>);

/// The last answer of one who goes on to look for a better one, until the time is over or there is none to come.
fn latest(told: &mpsc::Receiver<Found>, patience: Duration) -> Option<Found> {
    let end = Instant::now() + patience;
    let mut latest = None;
    while let Ok(found) = told.recv_timeout(end.saturating_duration_since(Instant::now())) {
        latest = Some(found);
    }
    latest
}

/// Tells what is known, then, unless that is fresh, what the server says. Nobody listens any more when it took too long.
fn live(connection: &Connection, who: Option<&str>, query: &Query<'_>, tell: &mpsc::Sender<Found>) -> Option<()> {
    let server = Server::connect(connection).ok()?;
    let found = |names: Vec<Named>| (names, Some(server.default_namespace().to_owned()));
    let question =
        who.map(|who| format!("{} {:?} {:?}{who} {query:?}", server.host(), server.context(), server.user()));
    let place = question.and_then(|question| KnownNames::of(&question, |name| std::env::var(name).ok()));
    match place.as_ref().map_or(Known::Nothing, KnownNames::read) {
        Known::Fresh(names) => return tell.send(found(names)).ok(),
        Known::Old(names) => tell.send(found(names)).ok()?,
        Known::Nothing => {}
    }
    let names = server.names(query).ok()?;
    tell.send(found(names.clone())).ok()?;
    place.map(|place| place.keep(&names))
}

/// `--context`, `--context=hub`, `-n`, `-nfleet`.
fn is_of(word: &str, flag: &Arg) -> bool {
    match word.strip_prefix("--") {
        Some(long) => flag.get_long().is_some_and(|name| name == long.split('=').next().unwrap_or_default()),
        None => {
            word.strip_prefix('-').and_then(|short| short.chars().next()).is_some_and(|c| flag.get_short() == Some(c))
        }
    }
}

fn is_with_value(word: &str) -> bool {
    if word.starts_with("--") { word.contains('=') } else { word.chars().count() > 2 }
}

fn recorded(path: &Path, query: &Query<'_>) -> Option<Found> {
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

    fn of(words: &str) -> Words {
        Words::of(words.split(' ').map(OsString::from))
    }

    #[test]
    fn flags_are_read_in_all_their_spellings() {
        let found = of("oc-talm __complete -- status -n fleet --context=hub --clusters a --kubeconfig k --from");
        assert_eq!((found.namespace.as_deref(), found.from), (Some("fleet"), None));
        let connection = found.connection.data();
        assert_eq!((connection.context.as_deref(), connection.kubeconfig), (Some("hub"), Some("k".into())));
        assert_eq!(of("x -nfleet --from= --server ").namespace.as_deref(), Some("fleet"));
        assert_eq!(of("x -s https://a").connection.data().server.as_deref(), Some("https://a"));
    }

    #[test]
    fn every_flag_of_a_connection_counts() {
        let flags = " --user u --as a --as-group g --as-group=h --as-uid 1 --certificate-authority ca \
                     --client-certificate c --client-key k --insecure-skip-tls-verify --tls-server-name t";
        let found = of(&format!("oc-talm plan{flags} --token secret --clusters s"));
        let as_groups = " --as-group g --as-group h";
        assert_eq!(found.connection.arguments().matches(" --").count(), flags.matches(" --").count());
        assert!(found.connection.arguments().contains(as_groups), "{found:?}");
        assert!(found.connection.data().token.is_some());
    }

    #[test]
    fn what_is_wrong_hides_nothing_that_is_right() {
        let found = of("oc-talm plan -n old --no-such -n fleet --request-timeout soon --insecure-skip-tls-verify=7");
        assert_eq!(found.namespace.as_deref(), Some("fleet"));
    }
}
