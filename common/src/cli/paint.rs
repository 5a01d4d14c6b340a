//! Colour and symbols. Both only repeat what a word beside them says.

use anstyle::{AnsiColor, Style};

/// What a piece of text means, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Broken: red.
    Error,
    /// Look at it: yellow.
    Warning,
    /// Good: green.
    Good,
    /// A name: bold.
    Name,
    /// Lines and gutters: dimmed.
    Quiet,
}

/// Whether one stream takes colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Colour on or off.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// No colour.
    pub fn plain() -> Self {
        Self { on: false }
    }

    /// The text in the colour of its meaning.
    pub fn tone(self, tone: Tone, text: &str) -> String {
        if !self.on || text.is_empty() {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Error => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            Tone::Warning => Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
            Tone::Good => Style::new().fg_color(Some(AnsiColor::Green.into())),
            Tone::Name => Style::new().bold(),
            Tone::Quiet => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }

    /// A name, bold.
    pub fn name(self, text: &str) -> String {
        self.tone(Tone::Name, text)
    }

    /// Something good, green.
    pub fn good(self, text: &str) -> String {
        self.tone(Tone::Good, text)
    }

    /// Something to look at, yellow.
    pub fn warning(self, text: &str) -> String {
        self.tone(Tone::Warning, text)
    }

    /// Something broken, red.
    pub fn error(self, text: &str) -> String {
        self.tone(Tone::Error, text)
    }
}

/// A state in one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// `✓`
    Ok,
    /// `!`
    Warn,
    /// `✗`
    Fail,
    /// `•`
    Skip,
    /// `◌`
    Busy,
}

/// Which signs the reader's terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    /// `✓ ! ✗ • ◌`
    Unicode,
    /// `[ok] [warn] [fail] [skip] [..]`
    Ascii,
}

impl Symbols {
    /// The sign of a state.
    pub fn sign(self, symbol: Symbol) -> &'static str {
        match (self, symbol) {
            (Self::Unicode, Symbol::Ok) => "✓",
            (Self::Unicode, Symbol::Warn) => "!",
            (Self::Unicode, Symbol::Fail) => "✗",
            (Self::Unicode, Symbol::Skip) => "•",
            (Self::Unicode, Symbol::Busy) => "◌",
            (Self::Ascii, Symbol::Ok) => "[ok]",
            (Self::Ascii, Symbol::Warn) => "[warn]",
            (Self::Ascii, Symbol::Fail) => "[fail]",
            (Self::Ascii, Symbol::Skip) => "[skip]",
            (Self::Ascii, Symbol::Busy) => "[..]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_closed_again_and_off_means_off() {
        assert_eq!(Paint::new(true).name("a"), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(Paint::plain().error("a"), "a");
    }
}
