//! The flags that every command of every plugin understands.

use clap::{Args, ValueEnum};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR or TERM=dumb says otherwise
    #[default]
    Auto,
    /// Even into a file
    Always,
    /// Not at all
    Never,
}

/// How output looks; the same in `oc ztp`, `oc talm` and `oc ibu`.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct TerminalFlags {
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help = "When to use colour: auto, always or never"
    )]
    pub color: ColorWhen,
    /// Use plain ASCII instead of symbols
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Leave out the header row of tables
    #[arg(long, global = true)]
    pub no_headers: bool,
    /// Print only the answer and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more; a number sets how much (-v=6)
    #[arg(short, long, global = true, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
        default_value = "0", default_missing_value = "1", hide_default_value = true)]
    pub verbose: u8,
}
