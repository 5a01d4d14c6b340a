//! A view that follows something: redrawn in place on a terminal, one line for each change elsewhere.

use std::io::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use super::{Failure, Terminal};

/// Redraws a second, at most.
const REDRAWS: u8 = 5;

/// Where frames and lines go.
#[derive(Debug)]
pub struct Screen {
    /// `None` off a terminal.
    bar: Option<ProgressBar>,
    quiet: bool,
}

impl Screen {
    /// A view on standard output.
    pub fn new(terminal: &Terminal) -> Self {
        let bar = terminal.width.map(|_| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout_with_hz(REDRAWS));
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, quiet: terminal.quiet }
    }

    /// Whether frames are drawn; if not, only lines are printed.
    pub fn is_live(&self) -> bool {
        self.bar.is_some()
    }

    /// Draws a frame in the place of the one before. Off a terminal nothing happens.
    pub fn frame(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.trim_end_matches('\n').to_owned());
            bar.tick();
        }
    }

    /// Tells of a change: above the frame on a terminal, with the time in front elsewhere.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn line(&self, at: Timestamp, text: &str) -> Result<(), Failure> {
        match &self.bar {
            Some(bar) => bar.println(text),
            None if self.quiet => {}
            None => {
                let mut out = std::io::stdout().lock();
                writeln!(out, "{} {text}", at.strftime("%H:%M:%SZ"))?;
                out.flush()?;
            }
        }
        Ok(())
    }

    /// Leaves the last frame on the screen.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.abandon();
        }
    }
}
