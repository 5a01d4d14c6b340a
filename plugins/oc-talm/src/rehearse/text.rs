//! A rehearsal in words: the answer, the picture, what it rests on, what would help.

use ztp_common::cli::{Symbol, Terminal};
use ztp_common::rollout::rehearse::{Rehearsal, Suggestion, SuggestionKind};

use crate::rehearse::RehearsalReport;
use crate::rehearse::picture::{at, percent, timeline};
use crate::story::StoryTable;
use crate::words::{flow, listed, many, plain, span, wrapped};

const MAX_NAMES: usize = 5;

/// The whole answer.
pub fn text(report: &RehearsalReport<'_>, terminal: &Terminal, wide: bool, facts: &str) -> String {
    let mut text = wrapped(&(headline(report, terminal) + "\n"), terminal.width);
    text += &counts(report, terminal);
    text += &timeline(report.rehearsal, report.start, terminal, wide);
    text += &policies(report, terminal);
    let mut lines = outcome(report);
    lines.extend(hopeless(report, terminal, wide));
    let skip = terminal.symbols.sign(Symbol::Skip);
    lines.extend(report.notes.iter().map(|note| format!("{skip} {}", plain(note))));
    lines.extend(suggestions(report));
    if !terminal.quiet {
        lines.push(facts.to_owned());
        lines.extend(next(report).map(|next| format!("next: {next}")));
    }
    text + &wrapped(&(lines.join("\n") + "\n"), terminal.width)
}

/// `97 of 100`, never rounded to all or none.
fn of_100(share: f64) -> String {
    match share * 100.0 {
        all if all >= 100.0 => "all".to_owned(),
        many if many > 99.0 => "more than 99 of 100".to_owned(),
        none if none <= 0.0 => "none".to_owned(),
        few if few < 1.0 => "less than 1 of 100".to_owned(),
        some => format!("{some:.0} of 100"),
    }
}

fn headline(report: &RehearsalReport<'_>, terminal: &Terminal) -> String {
    let told = report.rehearsal;
    let often = of_100(told.share());
    let rehearsals = if told.fits == 0 || told.fits == told.runs { "the rehearsals" } else { "rehearsals" };
    let often = if told.fits == 0 || told.fits == told.runs { format!("{often} of") } else { often };
    let what = match report.window {
        Some(window) => format!("fits {window} in {often} {rehearsals}"),
        None => format!("done within {} in {often} {rehearsals}", limit(told)),
    };
    let but = match told.allowed_left {
        0 => String::new(),
        left => format!(", {} left aside", many(left, "cluster")),
    };
    let end = format!("P95 ends {}", at(report.start, told.end_seconds.p95));
    let sign = |symbol| terminal.symbols.sign(symbol);
    match report.fits() {
        true => format!("{} {what}{but}; {end}", terminal.out.good(sign(Symbol::Ok))),
        false => {
            let wanted = format!("{:.0} of 100 wanted", report.target * 100.0);
            format!("{} {what}{but} ({wanted}); {end}", terminal.out.error(sign(Symbol::Fail)))
        }
    }
}

/// What ends the rollout where no window does.
fn limit(told: &Rehearsal) -> String {
    match told.used_seconds {
        used if used > 0 => format!("the {} left of the rollout timeout", span(told.timeout_seconds - used)),
        _ => format!("the rollout timeout of {}", span(told.timeout_seconds)),
    }
}

fn counts(report: &RehearsalReport<'_>, terminal: &Terminal) -> String {
    let (told, metadata) = (report.rehearsal, &report.cgu.metadata);
    let used = match told.used_seconds {
        0 => String::new(),
        used => format!(", {} of it used up", span(used)),
    };
    let parts = [
        terminal.out.name(&plain(&format!("{}/{}", metadata.namespace, metadata.name))),
        many(told.clusters, "cluster"),
        many(told.batches.len(), "batch"),
        format!("rollout timeout {}{used}", span(told.timeout_seconds)),
        format!("{}, seed {}", many(told.runs, "rehearsal"), told.seed),
    ];
    flow(&parts, terminal.width)
}

fn policies(report: &RehearsalReport<'_>, terminal: &Terminal) -> String {
    let mut table = StoryTable::new(&["POLICY", "P50", "P95", "FAILS"], "FROM");
    for policy in &report.believed.policies {
        let (middle, high) = policy.time.unwrap_or_default();
        let failure = if policy.failure <= 0.0 { "never".to_owned() } else { rate(policy.failure) };
        let cells = vec![policy.name.clone(), span(middle.round() as i64), span(high.round() as i64), failure];
        table.row(cells, &policy.from);
    }
    table.text(terminal.headers, terminal.width)
}

/// A rate with as many digits as it needs.
fn rate(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn outcome(report: &RehearsalReport<'_>) -> Vec<String> {
    let told = report.rehearsal;
    let mut lines = Vec::new();
    let close = match told.window_seconds {
        Some(close) => at(report.start, close),
        None => "the end".to_owned(),
    };
    if told.left.max > 0 {
        let left = &told.left;
        let mut line =
            format!("left at {close}: {} (P50), {} (P95), {} at worst", clusters(left.p50), left.p95, left.max);
        if told.in_flight.p95 > 0 {
            line += &format!(
                "; being worked on at that moment: {} (P50), {} (P95)",
                told.in_flight.p50, told.in_flight.p95
            );
        }
        lines.push(line);
    }
    let not_fitting = told.runs - told.fits;
    if not_fitting > 0 && !told.breaks.is_empty() {
        let broken = told
            .breaks
            .iter()
            .take(3)
            .map(|(batch, runs)| format!("batch {batch} ({})", percent(*runs as f64 / not_fitting as f64)));
        lines.push(format!("what breaks it, where it does not fit: {}", broken.collect::<Vec<_>>().join(", ")));
    }
    lines.extend(ends(told));
    lines
}

fn clusters(count: i64) -> String {
    many(usize::try_from(count).unwrap_or(0), "cluster")
}

/// How the CGU ends, unless it always ends well.
fn ends(told: &Rehearsal) -> Option<String> {
    let all = [
        (told.ends.completed, "completed"),
        (told.ends.timed_out, "out of time as a whole"),
        (told.ends.aborted, "aborted by a batch"),
        (told.ends.canary_failed, "ended by a canary"),
    ];
    let some = all.iter().filter(|(runs, _)| *runs > 0);
    let some: Vec<String> =
        some.map(|(runs, how)| format!("{} {how}", percent(*runs as f64 / told.runs as f64))).collect();
    (told.ends.completed < told.runs).then(|| format!("how the CGU ends: {}", some.join(", ")))
}

fn hopeless(report: &RehearsalReport<'_>, terminal: &Terminal, wide: bool) -> Option<String> {
    let names = report.hopeless;
    let shown = if wide { usize::MAX } else { MAX_NAMES };
    let sign = terminal.out.warning(terminal.symbols.sign(Symbol::Warn));
    (!names.is_empty()).then(|| {
        format!(
            "{sign} {}: not available or without the label name = their name; taken to get nowhere   \
             [rollout/cluster-unavailable]",
            listed(names, shown)
        )
    })
}

fn suggestions(report: &RehearsalReport<'_>) -> Vec<String> {
    let Some(found) = report.suggestions else { return Vec::new() };
    if report.fits() {
        return vec!["nothing has to be changed".to_owned()];
    }
    if found.is_empty() {
        return vec!["no concurrency and no timeout was found that makes it fit".to_owned()];
    }
    let mut lines = vec!["what would make it fit, if times do not grow when more clusters work at once:".to_owned()];
    lines.extend(found.iter().map(|one| suggestion(report, one)));
    lines
}

fn suggestion(report: &RehearsalReport<'_>, one: &Suggestion) -> String {
    let minutes = |minutes: i64| span(minutes.saturating_mul(60));
    let flags = match one.kind {
        SuggestionKind::MaxConcurrency { max_concurrency } => format!("--max-concurrency {max_concurrency}"),
        SuggestionKind::Timeout { minutes: time } => format!("--rollout-timeout {}", minutes(time)),
        SuggestionKind::Both { max_concurrency, minutes: time } => {
            format!("--max-concurrency {max_concurrency} --rollout-timeout {}", minutes(time))
        }
        SuggestionKind::AllowLeft { clusters } => format!("--allow-left {clusters}"),
    };
    let end = at(report.start, one.end_p95_seconds);
    let often = of_100(one.fits);
    format!("  {flags}   {}, fits in {often}, P95 ends {end}", many(one.batches, "batch"))
}

/// The same command once more, asking for help.
fn next(report: &RehearsalReport<'_>) -> Option<String> {
    if report.fits() || report.suggestions.is_some() {
        return None;
    }
    let mut words = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(word) = arguments.next() {
        if word == "--now" {
            arguments.next();
        } else {
            words.push(shell_word(&word));
        }
    }
    Some(format!("oc talm {} --suggest", words.join(" ")))
}

fn shell_word(word: &str) -> String {
    let is_plain = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./:,@=%+~".contains(c));
    let is_plain = is_plain && !word.starts_with('~');
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_all_or_none() {
        let told = [0.0, 0.0001, 0.97, 0.9999, 1.0].map(of_100);
        assert_eq!(told, ["none", "less than 1 of 100", "97 of 100", "more than 99 of 100", "all"]);
        assert_eq!([0.02, 0.005, 0.0125].map(rate), ["2%", "0.5%", "1.25%"]);
    }

    #[test]
    fn a_word_can_be_pasted() {
        assert_eq!(shell_word("a in (b, c)"), "'a in (b, c)'");
        assert_eq!(shell_word("--failure=base=2%"), "--failure=base=2%");
    }
}
