//! A view that follows something: redrawn in place on a terminal, one line for each change elsewhere.

use std::io::{IsTerminal, Write};

use jiff::Timestamp;

use super::{Failure, Terminal};

/// Where frames and lines go.
#[derive(Debug)]
pub struct Screen {
    /// `None` off a terminal.
    live: Option<Live>,
    quiet: bool,
}

#[derive(Debug)]
struct Live {
    /// For terminals that stop telling their size.
    size: Size,
    drawn: Option<Drawn>,
}

/// How large a terminal is, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Characters in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The frame that is seen now.
#[derive(Debug, PartialEq, Eq)]
struct Drawn {
    size: Size,
    text: String,
}

impl Screen {
    /// A view on standard output.
    pub fn new(terminal: &Terminal) -> Self {
        let live = terminal.width.filter(|_| std::io::stdout().is_terminal());
        let live = live.map(|columns| Live { size: Size { columns, rows: 24 }, drawn: None });
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
        let new = Drawn { size, text: within(text, size) };
        if live.drawn.as_ref() != Some(&new) {
            let mut out = std::io::stdout().lock();
            write!(out, "{}{}", clear(live.drawn.as_ref(), size), new.text)?;
            out.flush()?;
            *live = Live { size, drawn: Some(new) };
        }
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
        if self.live.is_some_and(|live| live.drawn.is_some()) {
            // Nobody is left to tell when this fails.
            drop(writeln!(std::io::stdout()));
        }
    }
}

/// How many characters of a text are seen, colours left out.
pub fn columns(text: &str) -> usize {
    let mut in_colour = false;
    let seen = text.chars().filter(|c| {
        let hidden = in_colour || *c == '\u{1b}';
        in_colour = hidden && *c != 'm';
        !hidden
    });
    seen.count()
}

/// How many rows a text takes on a terminal, which breaks lines that are too long.
pub fn rows(text: &str, size: Size) -> usize {
    let width = usize::from(size.columns).max(1);
    text.lines().map(|line| columns(line).div_ceil(width).max(1)).sum()
}

/// What takes the cursor to the place of a frame and wipes out the one before. In a window of another size the terminal has
/// moved its lines, nobody knows where to.
fn clear(before: Option<&Drawn>, size: Size) -> String {
    match before {
        None => String::new(),
        Some(before) if before.size != size => "\u{1b}[H\u{1b}[2J".to_owned(),
        Some(before) => match rows(&before.text, size).saturating_sub(1) {
            0 => "\r\u{1b}[J".to_owned(),
            up => format!("\r\u{1b}[{up}A\u{1b}[J"),
        },
    }
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
    fn a_frame_is_drawn_over_the_one_before_or_on_an_empty_screen() {
        let before = Drawn { size: size(10, 5), text: "a\n01234567890".to_owned() };
        assert_eq!(clear(None, size(10, 5)), "");
        assert_eq!(clear(Some(&before), size(10, 5)), "\r\u{1b}[2A\u{1b}[J");
        assert_eq!(clear(Some(&before), size(11, 5)), "\u{1b}[H\u{1b}[2J");
        assert_eq!(clear(Some(&before), size(10, 4)), "\u{1b}[H\u{1b}[2J");
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
