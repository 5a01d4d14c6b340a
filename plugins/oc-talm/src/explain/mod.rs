//! `oc talm explain`: what a finding or a condition reason means, and what to do.

mod deciding;
mod entry;
mod gap;
mod policies;
mod reasons;
mod running;
mod starting;
mod states;
mod ztp;

use clap::Args;
use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Output, OutputParser, Terminal, print};
use ztp_common::suggest::nearest;

use crate::machine;
use crate::words::wrapped;
use entry::Entry;

const EXAMPLES: &str = "\
Examples:
  oc talm explain rollout/name-label
  oc talm explain IncompleteBlockingCR
  oc talm explain";

/// Text is kept readable where nobody says how wide the reader's screen is.
const WIDTH: u16 = 100;

/// Say what a finding or a condition reason means, and what to do
///
/// Takes the id of a finding, with or without its group, the reason of a condition of a ClusterGroupUpgrade, or a word of
/// the STATE column. Without any, lists all.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ExplainArgs {
    /// Id of a finding, reason of a condition or state
    #[arg(value_name = "ID|REASON")]
    term: Option<String>,
    /// Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE
    #[arg(short, long, value_parser = OutputParser, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    output: Output,
}

/// Explains.
///
/// # Errors
/// The term is not known.
pub fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let entries = match &args.term {
        Some(term) => of(term)?,
        None => all().collect(),
    };
    let items: Vec<_> =
        entries.iter().map(|e| json!({"id": e.id, "title": e.title, "meaning": e.meaning, "fix": e.fix})).collect();
    let text = match machine::text(&args.output, "ExplanationList", json!({"items": items}))? {
        Some(text) => text,
        None if args.term.is_none() => list(&entries),
        None => {
            let width = terminal.width.unwrap_or(WIDTH).min(WIDTH);
            entries.iter().map(|entry| wrapped(&entry.text(terminal.out), Some(width))).collect::<Vec<_>>().join("\n")
        }
    };
    print(&text)?;
    Ok(Outcome::Done)
}

fn all() -> impl Iterator<Item = &'static Entry> {
    [
        starting::ENTRIES,
        deciding::ENTRIES,
        policies::ENTRIES,
        running::ENTRIES,
        gap::ENTRIES,
        ztp::ENTRIES,
        reasons::ENTRIES,
        states::ENTRIES,
    ]
    .into_iter()
    .flatten()
}

/// The entries that a term may mean: a reason can stand in several conditions.
fn of(term: &str) -> Result<Vec<&'static Entry>, Failure> {
    let is_meant = |entry: &&Entry| entry.names().any(|name| name.eq_ignore_ascii_case(term));
    let found: Vec<&Entry> = all().filter(is_meant).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let failure = Failure::new(format!("nothing is known of {term:?}"));
    Err(match nearest(term, all().flat_map(Entry::names)) {
        Some(near) => failure.fix(format!("did you mean {near}?")),
        None => failure.fix("oc talm explain lists all ids and reasons"),
    })
}

fn list(entries: &[&Entry]) -> String {
    let longest = entries.iter().map(|entry| entry.id.len()).max().unwrap_or_default();
    entries.iter().map(|entry| format!("{:longest$}  {}\n", entry.id, entry.title)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;
    use ztp_common::rollout::status::CguState;

    /// The ids of findings in a folder of sources.
    fn ids(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                ids(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let parts = text.split("\"rollout/").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(parts.map(|rule| format!("rollout/{rule}")));
        }
    }

    #[test]
    fn every_finding_is_explained_once() {
        let mut used = BTreeSet::new();
        ids(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../common/src/rollout"), &mut used);
        assert!(used.len() > 50, "the sources were not found: {used:?}");
        let known: Vec<&str> = all().map(|entry| entry.id).filter(|id| id.starts_with("rollout/")).collect();
        assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "an id is explained twice");
        let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
        assert_eq!(used, known);
    }

    #[test]
    fn the_docs_list_every_finding() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/talm.md");
        let text = std::fs::read_to_string(page).unwrap();
        let is_told = |id: &str| text.contains(&format!("`{}`", id.trim_start_matches("rollout/")));
        let told_elsewhere = ["rollout/timed-out", "rollout/failed"];
        let rules = all().map(|entry| entry.id).filter(|id| id.starts_with("rollout/") && !told_elsewhere.contains(id));
        let missing: Vec<&str> = rules.filter(|id| !is_told(id)).collect();
        assert!(missing.is_empty(), "docs/talm.md does not know {missing:?}");
    }

    #[test]
    fn every_state_is_explained() {
        use CguState::*;
        let states = [
            Unseen,
            Undecided,
            ClustersNotSelected,
            NotValid,
            PrecacheSpecIncomplete,
            Precaching,
            PrecachingFailed,
            NotEnabled,
            Blocked,
            BackingUp,
            BackupFailed,
            InProgress,
            WaitingForPlacement,
            Completed,
            TimedOut,
            Failed,
        ];
        for state in states {
            assert!(of(&format!("{state:?}")).is_ok(), "{state:?}");
        }
        assert!(of("Blocked").unwrap()[0].meaning.contains("IncompleteBlockingCR"));
    }

    #[test]
    fn terms_are_found_in_any_case_and_without_group() {
        assert_eq!(of("NAME-LABEL").unwrap()[0].id, "rollout/name-label");
        assert_eq!(of("inprogress").unwrap().len(), 3);
        assert_eq!(of("IncompleteBlocking").unwrap_err().fix.as_deref(), Some("did you mean IncompleteBlockingCR?"));
    }
}
