//! A rehearsal as a picture in a file.

use std::fmt::Write as _;
use std::path::Path;

use ztp_common::cli::{Failure, write_whole};

use crate::rehearse::RehearsalReport;
use crate::rehearse::picture::{at, horizon, percent, rows};

const LEFT: f64 = 150.0;
const RIGHT: f64 = 30.0;
const WIDTH: f64 = 960.0;
const TOP: f64 = 76.0;
const ROW: f64 = 22.0;
const CHART: f64 = 120.0;
/// More rows make no picture.
const MAX_ROWS: usize = 40;

/// Writes the picture, whole or not at all.
///
/// # Errors
/// The file cannot be written.
pub fn write(path: &Path, report: &RehearsalReport<'_>) -> Result<(), Failure> {
    write_whole(path, &svg(report))
}

fn svg(report: &RehearsalReport<'_>) -> String {
    let told = report.rehearsal;
    let rows = rows(&told.batches, MAX_ROWS);
    let horizon = horizon(told) as f64;
    let x = |seconds: i64| LEFT + (seconds as f64).clamp(0.0, horizon) / horizon * (WIDTH - LEFT - RIGHT);
    let bottom = TOP + rows.len() as f64 * ROW;
    let height = bottom + CHART + 60.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let name = format!("{}/{}", report.cgu.metadata.namespace, report.cgu.metadata.name);
    let goal = report.window.map_or_else(|| "its rollout timeout".to_owned(), |window| window.to_string());
    label(&mut out, 20.0, 28.0, "start", "font-size=\"18\" font-weight=\"bold\"", &name);
    let answer = format!("fits {goal} in {} of {} rehearsals", percent(told.share()), told.runs);
    label(&mut out, 20.0, 50.0, "start", "fill=\"#444444\"", &answer);
    grid(&mut out, report, horizon, &x, bottom + CHART + 20.0);
    for (at, row) in rows.iter().enumerate() {
        let y = TOP + at as f64 * ROW;
        let text = format!("{}  ({})", row.label, row.clusters);
        label(&mut out, LEFT - 12.0, y + 14.0, "end", "", &text);
        bar(&mut out, x(row.end), y + 8.0, x(row.late) - x(row.end), 4.0, "#9fc5e8");
        let colour = if row.timed_out > 0.0 { "#cc4125" } else { "#2a6db0" };
        bar(&mut out, x(row.start), y + 4.0, (x(row.end) - x(row.start)).max(1.0), 12.0, colour);
    }
    let top = told.histogram.iter().map(|bin| bin.runs).max().unwrap_or(1).max(1) as f64;
    label(&mut out, LEFT - 12.0, bottom + CHART + 12.0, "end", "", "end of the CGU");
    for bin in told.histogram.iter().filter(|bin| bin.runs > 0 && (bin.from_seconds as f64) < horizon) {
        let tall = bin.runs as f64 / top * (CHART - 20.0);
        let width = (x(bin.to_seconds) - x(bin.from_seconds) - 1.0).max(1.0);
        bar(&mut out, x(bin.from_seconds), bottom + CHART + 20.0 - tall, width, tall, "#6aa84f");
    }
    out + "</svg>\n"
}

/// Hours, and where the window closes.
fn grid(out: &mut String, report: &RehearsalReport<'_>, horizon: f64, x: &dyn Fn(i64) -> f64, bottom: f64) {
    let hours = (horizon / 3600.0).ceil().max(1.0);
    let step = 3600 * ((hours / 12.0).ceil() as i64).max(1);
    let mut time = 0;
    while (time as f64) <= horizon {
        line(out, x(time), TOP - 6.0, bottom, "#dddddd", "1");
        label(out, x(time), bottom + 18.0, "middle", "fill=\"#444444\"", &at(report.start, time));
        time += step;
    }
    if let Some(close) = report.rehearsal.window_seconds {
        line(out, x(close), TOP - 12.0, bottom, "#cc0000", "2");
        let text = format!("window closes {}", at(report.start, close));
        label(out, x(close) - 4.0, TOP - 14.0, "end", "fill=\"#cc0000\"", &text);
    }
}

fn bar(out: &mut String, x: f64, y: f64, width: f64, height: f64, colour: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>"
    );
}

fn line(out: &mut String, x: f64, from: f64, to: f64, colour: &str, width: &str) {
    let _ = writeln!(
        out,
        "<line x1=\"{x:.1}\" y1=\"{from:.1}\" x2=\"{x:.1}\" y2=\"{to:.1}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
    );
}

fn label(out: &mut String, x: f64, y: f64, anchor: &str, more: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {more}>{text}</text>");
}
