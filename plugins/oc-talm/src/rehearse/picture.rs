//! A rehearsal as a timeline: a bar for each batch, and below them when the CGU ends.

use ztp_common::cli::{Symbols, Terminal};
use ztp_common::rollout::rehearse::{BatchTally, Bin, ClockTime, Rehearsal};

use crate::words::span;

/// More rows than this are put together.
const MAX_ROWS: usize = 20;
/// Room for bars: less says nothing, more says no more.
const MIN_CELLS: usize = 16;
const MAX_CELLS: usize = 60;

/// One batch, or several in a row.
pub struct PictureRow {
    /// `3`, `1 canary` or `4-7`.
    pub label: String,
    /// How many clusters.
    pub clusters: usize,
    /// When the first of them starts, in the middle.
    pub start: i64,
    /// When the last of them ends, in the middle.
    pub end: i64,
    /// When the last of them ends, in 19 of 20.
    pub late: i64,
    /// The share of rehearsals in which the last of them begins.
    pub reached: f64,
    /// The share of those in which one of them runs out of time.
    pub timed_out: f64,
}

/// The batches as rows, neighbours put together when there are too many.
pub fn rows(batches: &[BatchTally], limit: usize) -> Vec<PictureRow> {
    let begun: Vec<&BatchTally> = batches.iter().filter(|batch| batch.reached > 0.0).collect();
    let size = begun.len().div_ceil(limit.max(1)).max(1);
    begun.chunks(size).filter_map(row).collect()
}

fn row(batches: &[&BatchTally]) -> Option<PictureRow> {
    let (first, last) = (batches.first()?, batches.last()?);
    let label = match (first.number == last.number, first.canary) {
        (true, true) => format!("{} canary", first.number),
        (true, false) => first.number.to_string(),
        (false, _) => format!("{}-{}", first.number, last.number),
    };
    Some(PictureRow {
        label,
        clusters: batches.iter().map(|batch| batch.clusters).sum(),
        start: first.start_seconds.p50,
        end: last.end_seconds.p50,
        late: last.end_seconds.p95,
        reached: last.reached,
        timed_out: batches.iter().map(|batch| batch.timed_out).fold(0.0, f64::max),
    })
}

/// A time by the clock on the wall, or from the start where nobody said when that is.
pub fn at(start: Option<ClockTime>, seconds: i64) -> String {
    match start {
        // Within a day of the start the clock says it all.
        Some(start) if seconds >= 86_400 => format!("{} +{}d", start.after(seconds), start.midnights(seconds)),
        Some(start) => start.after(seconds).to_string(),
        None if seconds == 0 => "+0m".to_owned(),
        None => format!("+{}", span(seconds / 60 * 60)),
    }
}

/// The end of the time that a picture shows.
pub fn horizon(rehearsal: &Rehearsal) -> i64 {
    let ends = rehearsal.batches.iter().map(|batch| batch.end_seconds.p95);
    let close = rehearsal.window_seconds.unwrap_or(0);
    ends.chain([close, rehearsal.end_seconds.p95]).max().unwrap_or(0).max(60)
}

/// The table with its bars.
pub fn timeline(rehearsal: &Rehearsal, start: Option<ClockTime>, terminal: &Terminal, wide: bool) -> String {
    let rows = rows(&rehearsal.batches, if wide { usize::MAX } else { MAX_ROWS });
    let times_out = rows.iter().any(|row| row.timed_out > 0.0);
    let is_cut_short = rows.iter().any(|row| row.reached < 1.0);
    let mut cells = vec![header(is_cut_short, times_out)];
    cells.extend(rows.iter().map(|row| {
        let mut cells = vec![row.label.clone(), row.clusters.to_string()];
        cells.extend([row.start, row.end, row.late].map(|time| at(start, time)));
        cells.extend(is_cut_short.then(|| percent(row.reached)));
        cells.extend(times_out.then(|| percent(row.timed_out)));
        cells
    }));
    let mut left = aligned(&cells);
    let used = left.first().map_or(0, |line| line.chars().count());
    let room = terminal.width.map_or(MAX_CELLS, |width| usize::from(width).saturating_sub(used + 1));
    let has_picture = room >= MIN_CELLS;
    let axis = Axis::new(rehearsal, room.min(MAX_CELLS), terminal.symbols);
    let mut text = String::new();
    if terminal.headers {
        let labels = if has_picture { axis.labels(start) } else { String::new() };
        push(&mut text, &left.remove(0), &labels);
    } else {
        left.remove(0);
    }
    for (line, row) in left.iter().zip(&rows) {
        push(&mut text, line, &if has_picture { axis.bar(row) } else { String::new() });
    }
    if has_picture {
        push(&mut text, &format!("{:used$}", "end of the CGU  "), &axis.density(&rehearsal.histogram));
    }
    text
}

fn header(is_cut_short: bool, times_out: bool) -> Vec<String> {
    let mut names = vec!["BATCH", "CLUSTERS", "STARTS", "ENDS", "P95"];
    names.extend(is_cut_short.then_some("BEGINS"));
    names.extend(times_out.then_some("TIMES OUT"));
    names.into_iter().map(str::to_owned).collect()
}

fn push(text: &mut String, left: &str, right: &str) {
    text.push_str(format!("{left}{right}").trim_end());
    text.push('\n');
}

/// `0%`, `<1%`, `12%`, `>99%`, `100%`: never rounded to all or none.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        all if all >= 100.0 => "100%".to_owned(),
        many if many > 99.0 => ">99%".to_owned(),
        none if none <= 0.0 => "0%".to_owned(),
        few if few < 1.0 => "<1%".to_owned(),
        some => format!("{some:.0}%"),
    }
}

/// Columns with two blanks after each.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
    rows.iter().map(line).collect()
}

struct Axis {
    cells: usize,
    horizon: i64,
    close: Option<usize>,
    close_seconds: i64,
    symbols: Symbols,
}

impl Axis {
    fn new(rehearsal: &Rehearsal, cells: usize, symbols: Symbols) -> Self {
        let mut axis = Self { cells, horizon: horizon(rehearsal), close: None, close_seconds: 0, symbols };
        // Without a window the CGU's own time is the limit, when it is near.
        let close = rehearsal.window_seconds.unwrap_or(rehearsal.timeout_seconds - rehearsal.used_seconds);
        if close <= axis.horizon {
            (axis.close, axis.close_seconds) = (Some(axis.cell(close)), close);
        }
        axis
    }

    fn cell(&self, seconds: i64) -> usize {
        let share = seconds.clamp(0, self.horizon) as f64 / self.horizon as f64;
        (share * self.cells.saturating_sub(1) as f64).round() as usize
    }

    fn bar(&self, row: &PictureRow) -> String {
        let (thick, thin, line, cross) = match self.symbols {
            Symbols::Unicode => ('━', '─', '│', '┿'),
            Symbols::Ascii => ('=', '-', '|', '+'),
        };
        let (start, end, late) = (self.cell(row.start), self.cell(row.end), self.cell(row.late));
        let drawn = |cell: usize| match cell {
            _ if cell >= start && cell <= end => Some(thick),
            _ if cell > end && cell <= late => Some(thin),
            _ => None,
        };
        let cell = |cell: usize| match (drawn(cell), self.close == Some(cell)) {
            (None, true) => line,
            (Some(_), true) if cell < late => cross,
            (Some(drawn), _) => drawn,
            (None, false) => ' ',
        };
        (0..self.cells).map(cell).collect()
    }

    /// How often the CGU ends in each cell, the most often being the tallest.
    fn density(&self, bins: &[Bin]) -> String {
        let steps: Vec<char> = match self.symbols {
            Symbols::Unicode => " ▁▂▃▄▅▆▇█".chars().collect(),
            Symbols::Ascii => " .:-=+*#@".chars().collect(),
        };
        let mut heights = vec![0.0_f64; self.cells];
        for bin in bins.iter().filter(|bin| bin.from_seconds <= self.horizon) {
            let (from, to) = (self.cell(bin.from_seconds), self.cell(bin.to_seconds - 1));
            let share = bin.runs as f64 / (to - from + 1) as f64;
            heights.iter_mut().take(to + 1).skip(from).for_each(|height| *height += share);
        }
        let top = heights.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let step = |height: &f64| {
            let at = (height / top * (steps.len() - 1) as f64).ceil() as usize;
            steps.get(at).copied().unwrap_or(' ')
        };
        let mut line: Vec<char> = heights.iter().map(step).collect();
        if let Some(cell) = self.close.and_then(|close| line.get_mut(close)).filter(|cell| **cell == ' ') {
            *cell = if self.symbols == Symbols::Unicode { '│' } else { '|' };
        }
        line.into_iter().collect()
    }

    /// The clock over the bars: the start, the limit, and the end of the picture where there is room.
    fn labels(&self, start: Option<ClockTime>) -> String {
        let mut line = vec![' '; self.cells];
        let mut place = |cell: usize, text: &str| {
            let width = text.chars().count();
            let from = cell.min(self.cells.saturating_sub(width));
            let is_free = line.iter().skip(from.saturating_sub(1)).take(width + 2).all(|c| *c == ' ');
            if is_free {
                line.iter_mut().skip(from).zip(text.chars()).for_each(|(cell, c)| *cell = c);
            }
        };
        place(0, &at(start, 0));
        if let Some(close) = self.close {
            place(close, &at(start, self.close_seconds));
        }
        place(self.cells, &at(start, self.horizon));
        line.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(symbols: Symbols) -> Axis {
        Axis { cells: 11, horizon: 100, close: Some(8), close_seconds: 80, symbols }
    }

    fn picture_row(start: i64, end: i64, late: i64) -> PictureRow {
        PictureRow { label: String::new(), clusters: 1, start, end, late, reached: 1.0, timed_out: 0.0 }
    }

    #[test]
    fn a_bar_is_thick_to_the_middle_and_thin_to_the_95th_percentile() {
        assert_eq!(axis(Symbols::Ascii).bar(&picture_row(20, 40, 60)), "  ===-- |  ");
        assert_eq!(axis(Symbols::Unicode).bar(&picture_row(70, 90, 100)), "       ━┿━─");
        assert_eq!(axis(Symbols::Ascii).bar(&picture_row(50, 60, 80)), "     ==--  ");
    }

    #[test]
    fn the_density_is_tallest_where_most_end() {
        let bins =
            [Bin { from_seconds: 40, to_seconds: 50, runs: 1 }, Bin { from_seconds: 50, to_seconds: 60, runs: 8 }];
        let line = axis(Symbols::Ascii).density(&bins);
        assert_eq!((line.find('@'), line.find('|'), line.len()), (Some(5), Some(8), 11), "{line}");
    }

    #[test]
    fn labels_do_not_run_into_each_other() {
        let start = "22:00".parse().ok();
        let wide = Axis { cells: 30, horizon: 36_000, close: Some(18), close_seconds: 21_600, symbols: Symbols::Ascii };
        assert_eq!(wide.labels(start), "22:00             04:00  08:00");
        assert_eq!(Axis { cells: 12, close: Some(7), ..wide }.labels(start), "22:00  04:00");
        assert_eq!(percent(0.0), "0%");
        assert_eq!([0.004, 0.5, 0.996, 1.0].map(percent), ["<1%", "50%", ">99%", "100%"]);
    }
}
