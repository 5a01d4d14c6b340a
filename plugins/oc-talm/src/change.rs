//! The flags of every command that changes something on the hub.

use clap::{Args, ValueEnum};
use ztp_common::cli::{Terminal, WriteFlags};

use crate::facts::{Facts, FactsArgs};
use crate::writing::Writing;

/// How something is changed, where, and what is said of it.
#[derive(Args, Debug)]
pub struct ChangeArgs {
    #[command(flatten)]
    pub write: WriteFlags,
    #[command(flatten)]
    pub facts: FactsArgs,
    /// Format of the answer: text, wide, yaml, json or name
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: ObjectFormat,
}

impl ChangeArgs {
    /// The hub, and how it may be changed.
    pub fn writing<'a>(&'a self, facts: &'a Facts, terminal: &'a Terminal) -> Writing<'a> {
        Writing { facts, flags: &self.write, terminal, output: self.output }
    }
}

/// How the answer of a change is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ObjectFormat {
    /// For people
    #[default]
    Text,
    /// For people, nothing cut
    Wide,
    /// The objects as YAML, for Git
    Yaml,
    /// The objects as JSON
    Json,
    /// Kinds and names
    Name,
}

impl ObjectFormat {
    /// Whether standard output is for people.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Wide)
    }
}
