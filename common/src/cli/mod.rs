//! What the three plugins share on the terminal: flags, colours, tables, the look of findings, exit codes.
//!
//! The facts about the terminal are taken once, in [`Terminal::detect`], and passed on; everything else makes text
//! from data. Only [`finish`] ends in a stream and only [`completion`] and [`version`] look at the machine.

mod candidates;
/// The version of what `-o json` and `-o yaml` print; fields are only ever added within one.
pub const API_VERSION: &str = "ztp-plugins/v1alpha1";

pub mod completion;
mod confirm;
mod connection;
mod count;
pub mod diff;
pub mod duration;
mod exit;
mod findings;
mod flags;
mod interrupt;
mod jsonpath;
mod known_names;
pub mod kubeconfig;
mod names;
mod output;
mod paint;
mod report;
mod screen;
mod stdin;
mod table;
mod terminal;
pub mod version;
mod whole_file;

pub use candidates::{Words, candidates};
pub use confirm::{Answer, Confirm, DryRun, WriteFlags};
pub use connection::{ConnectionFlags, quoted};
/// How many columns of a terminal a text takes, colours left out.
pub use console::measure_text_width as columns;
pub use count::count;
pub use exit::{Failure, Outcome, finish, print, succeed_on_closed_pipe};
pub use findings::{FindingFormat, FindingReport};
pub use flags::{ColorWhen, TerminalFlags};
pub use interrupt::end_on_interrupt;
pub use jsonpath::JsonPath;
pub use names::clusters_from;
pub use output::{Output, OutputParser};
pub use paint::{Paint, Symbol, Symbols};
pub use report::{findings, tally};
pub use screen::{Screen, Size, rows};
pub use stdin::{is_stdin, one_stdin};
pub use table::Table;
pub use terminal::Terminal;
pub use whole_file::write_whole;
