//! `oc ibu explain`: the long text behind a finding's id.

use clap::Args;
use ztp_common::cli::{Failure, Outcome, Table, Terminal, print};
use ztp_common::suggest;
use ztp_common::upgrade::catalogue::{CATALOGUE, Entry, entry};

const EXAMPLES: &str = "\
Examples:
  oc ibu explain oadp/unpaired
  oc ibu explain";

/// Explain a finding: why it matters and what to do
///
/// Without an id all of them are listed.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ExplainArgs {
    /// The id in brackets, such as ibu/init-monitor-timeout
    #[arg(value_name = "ID")]
    id: Option<String>,
}

/// Does `explain`.
///
/// # Errors
/// There is no such id, or standard output cannot be written.
pub fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    match &args.id {
        None => print(&list(terminal))?,
        Some(id) => match entry(id) {
            Some(entry) => print(&text(entry, terminal))?,
            None => return Err(unknown(id)),
        },
    }
    Ok(Outcome::Done)
}

fn text(entry: &Entry, terminal: &Terminal) -> String {
    format!(
        "{}\n  {}\n  {}\n  see: {}\n",
        terminal.out.name(entry.id),
        entry.meaning,
        entry.remedy,
        entry.documentation()
    )
}

fn list(terminal: &Terminal) -> String {
    let mut table = Table::new(&["ID", "MEANING"]);
    CATALOGUE.iter().for_each(|entry| table.row(vec![entry.id.to_owned(), entry.meaning.to_owned()]));
    table.text(terminal.headers)
}

fn unknown(id: &str) -> Failure {
    let failure = Failure::new(format!("there is no finding \"{id}\""));
    match suggest::nearest(id, CATALOGUE.iter().map(|e| e.id)) {
        Some(near) => failure.fix(format!("did you mean {near}?")),
        None => failure.fix("oc ibu explain lists all ids"),
    }
}
