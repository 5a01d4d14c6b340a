//! What the terminal can do, found out once.

use std::io::IsTerminal;

use super::{ColorWhen, Paint, Symbols, TerminalFlags};

/// Facts about the terminal and what the user wants of it, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Columns of standard output; `None` when it is not a terminal, so nothing is cut.
    pub width: Option<u16>,
    /// Colour on standard output.
    pub out: Paint,
    /// Colour on standard error.
    pub err: Paint,
    /// Signs for states.
    pub symbols: Symbols,
    /// Whether tables have a header row.
    pub headers: bool,
    /// Only the answer and errors.
    pub quiet: bool,
    /// How much more to say, from 0.
    pub verbose: u8,
}

impl Terminal {
    /// Looks at this process's streams and environment.
    pub fn detect(flags: &TerminalFlags) -> Self {
        let out = std::io::stdout().is_terminal();
        let err = std::io::stderr().is_terminal();
        let width = terminal_size::terminal_size().filter(|_| out).map(|(width, _)| width.0);
        Self::resolve(flags, |name| std::env::var(name).ok(), (out, err), width)
    }

    /// The same from facts: the environment, whether stdout and stderr are terminals, and the width.
    pub fn resolve(
        flags: &TerminalFlags,
        variable: impl Fn(&str) -> Option<String>,
        (out, err): (bool, bool),
        width: Option<u16>,
    ) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        let colour = |terminal: bool| match flags.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            // no-color.org: any value that is not empty counts.
            ColorWhen::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
            ColorWhen::Auto if set("CLICOLOR_FORCE") => true,
            ColorWhen::Auto => terminal && variable("TERM").is_none_or(|term| term != "dumb"),
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        // For tests, which have no terminal.
        let told = variable("ZTP_COLUMNS").and_then(|columns| columns.parse().ok());
        Self {
            width: told.or(width),
            out: Paint::new(colour(out)),
            err: Paint::new(colour(err)),
            symbols: if flags.ascii || !utf8 { Symbols::Ascii } else { Symbols::Unicode },
            headers: !flags.no_headers,
            quiet: flags.quiet,
            verbose: flags.verbose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(color: ColorWhen, env: &[(&str, &str)]) -> Terminal {
        let flags = TerminalFlags { color, ..TerminalFlags::default() };
        let variable = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Terminal::resolve(&flags, variable, (true, false), Some(80))
    }

    #[test]
    fn colour_is_decided_for_each_stream() {
        let on = |env: &[(&str, &str)]| {
            let terminal = resolve(ColorWhen::Auto, env);
            (terminal.out == Paint::new(true), terminal.err == Paint::new(true))
        };
        assert_eq!(on(&[]), (true, false));
        assert_eq!(on(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), (false, false));
        assert_eq!(on(&[("TERM", "dumb")]), (false, false));
        assert_eq!(on(&[("CLICOLOR_FORCE", "1")]), (true, true));
        assert_eq!(resolve(ColorWhen::Always, &[("NO_COLOR", "1")]).err, Paint::new(true));
    }

    #[test]
    fn symbols_follow_the_locale() {
        assert_eq!(resolve(ColorWhen::Auto, &[("LANG", "en_US.UTF-8")]).symbols, Symbols::Unicode);
        assert_eq!(resolve(ColorWhen::Auto, &[("LC_ALL", "C"), ("LANG", "de_DE.utf8")]).symbols, Symbols::Ascii);
    }
}
