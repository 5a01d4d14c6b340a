//! A view that follows something: redrawn in place on a terminal, one line for each change elsewhere.

use std::io::{IsTerminal, Write};

use console::{Term, measure_text_width};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use super::{Failure, Terminal};

/// Redraws a second, at most.
const REDRAWS: u8 = 5;

/// Where frames and lines go.
#[derive(Debug)]
pub struct Screen {
    /// `None` off a terminal.
    live: Option<Live>,
    quiet: bool,
}

#[derive(Debug)]
struct Live {
    /// Of the frame that is seen now; at first, and for terminals that stop telling theirs, a usual one.
    size: Size,
    bar: ProgressBar,
}

/// How large a terminal is, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Characters in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Screen {
    /// A view on standard output.
    pub fn new(terminal: &Terminal) -> Self {
        let live = terminal.width.filter(|_| std::io::stdout().is_terminal());
        let live = live.map(|columns| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout_with_hz(REDRAWS));
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            Live { size: Size { columns, rows: 24 }, bar }
        });
        Self { live, quiet: terminal.quiet }
    }

    /// Whether frames are drawn; if not, only lines are printed.
    pub fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The size for the next frame; `None` off a terminal. It changes whenever somebody pulls at the window.
    pub fn size(&self) -> Option<Size> {
        let live = self.live.as_ref()?;
        let now = terminal_size::terminal_size().map(|(columns, rows)| Size { columns: columns.0, rows: rows.0 });
        Some(now.unwrap_or(live.size))
    }

    /// Draws a frame in the place of the one before. What is higher than the terminal is cut in the middle. Off a terminal
    /// nothing happens.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn frame(&mut self, text: &str) -> Result<(), Failure> {
        let Some((size, live)) = self.size().zip(self.live.as_mut()) else { return Ok(()) };
        if live.size != size {
            // In a window of another size the terminal has moved its lines, nobody knows where to.
            if !live.bar.message().is_empty() {
                Term::stdout().clear_screen()?;
            }
            live.bar.set_draw_target(ProgressDrawTarget::stdout_with_hz(REDRAWS));
            live.size = size;
        }
        live.bar.set_message(within(text, size));
        live.bar.tick();
        Ok(())
    }

    /// Tells of a change off a terminal, with the time in front. On a terminal, where frames show it, nothing happens.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn line(&self, at: Timestamp, text: &str) -> Result<(), Failure> {
        if self.live.is_none() && !self.quiet {
            let mut out = std::io::stdout().lock();
            writeln!(out, "{} {text}", at.strftime("%H:%M:%SZ"))?;
            out.flush()?;
        }
        Ok(())
    }

    /// Leaves the last frame on the screen.
    pub fn finish(self) {
        if let Some(live) = self.live {
            live.bar.abandon();
        }
    }
}

/// How many rows a text takes on a terminal, which breaks lines that are too long.
pub fn rows(text: &str, size: Size) -> usize {
    let width = usize::from(size.columns).max(1);
    text.lines().map(|line| measure_text_width(line).div_ceil(width).max(1)).sum()
}

/// The first and the last lines of a text, as many as there is room for; a line says how many are missing.
fn within(text: &str, size: Size) -> String {
    let text = text.trim_end_matches('\n');
    if rows(text, size) <= usize::from(size.rows) {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.lines().collect();
    let room = usize::from(size.rows).saturating_sub(1);
    let first = fitting(lines.iter(), room.div_ceil(2), size);
    let used = rows(&lines.get(..first).unwrap_or_default().join("\n"), size);
    let last = fitting(lines.iter().skip(first).rev(), room.saturating_sub(used), size);
    let missing = lines.len().saturating_sub(first + last);
    let mut kept: Vec<String> = lines.iter().take(first).map(|line| (*line).to_owned()).collect();
    kept.push(format!("+{missing} lines"));
    kept.extend(lines.iter().skip(lines.len() - last).map(|line| (*line).to_owned()));
    kept.join("\n")
}

/// How many of the lines fit.
fn fitting<'l>(lines: impl Iterator<Item = &'l &'l str>, room: usize, size: Size) -> usize {
    let mut used = 0;
    lines
        .take_while(|line| {
            used += rows(line, size).max(1);
            used <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(columns: u16, rows: u16) -> Size {
        Size { columns, rows }
    }

    #[test]
    fn lines_that_the_terminal_breaks_take_several_rows_and_colours_none() {
        assert_eq!(rows("", size(10, 5)), 0);
        assert_eq!(rows("a\n\n0123456789\n01234567890\n", size(10, 5)), 5);
        assert_eq!(rows("\u{1b}[1m0123456789\u{1b}[0m", size(10, 5)), 1);
    }

    #[test]
    fn what_is_too_high_is_cut_in_the_middle() {
        let text = "a\nb\nc\nd\ne\nf\n";
        assert_eq!(within(text, size(10, 6)), "a\nb\nc\nd\ne\nf");
        assert_eq!(within(text, size(10, 5)), "a\nb\n+2 lines\ne\nf");
        assert_eq!(within(text, size(10, 1)), "+6 lines");
        assert_eq!(within("a\nb\nc\n0123456789abc", size(10, 4)), "a\nb\n+2 lines");
        for height in 1..9 {
            let cut = within("a long line\nb\nc\nd\ne long line too\nf\ng long", size(10, height));
            assert!(rows(&cut, size(10, height)) <= usize::from(height).max(2), "{height}: {cut}");
        }
    }
}
