//! What is new since the last look at rollouts, a line for each change.

use std::collections::{BTreeMap, BTreeSet};

use ztp_common::finding::{Finding, Level};
use ztp_common::rollout::Key;
use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport};

use crate::status_list::{done, state, time};
use crate::words::{listed, many, plain};

/// More new findings of one CGU than this are only counted.
const FINDINGS: usize = 5;

/// What has been told.
#[derive(Default)]
pub struct Told {
    cgus: BTreeMap<Key, Seen>,
    others: BTreeSet<String>,
    /// Whether only some clusters are looked at.
    is_narrow: bool,
    /// The sentences about the whole that held at the last look.
    whole: Vec<String>,
}

/// What has been told of a CGU.
#[derive(Default)]
struct Seen {
    state: Option<CguState>,
    batch: Option<usize>,
    begun: BTreeSet<String>,
    complete: BTreeSet<String>,
    timed_out: BTreeSet<String>,
    drifted: BTreeSet<String>,
    overdue: bool,
    findings: BTreeSet<String>,
}

impl Told {
    /// Nothing yet. `is_narrow`: reports will be narrowed to some clusters.
    pub fn new(is_narrow: bool) -> Self {
        Self { is_narrow, ..Self::default() }
    }

    /// What to tell now. `findings` is what is wrong with a CGU, `others` what is wrong beside all CGUs; `whole` are sentences
    /// about the whole that hold now, `is_there` says whether the hub still has a CGU without a report, and `diagnose` makes
    /// the command that says more.
    pub fn lines(
        &mut self,
        reports: &[StatusReport],
        findings: &dyn Fn(&StatusReport) -> Vec<Finding>,
        others: &[Finding],
        whole: &[String],
        is_there: &dyn Fn(&str, &str) -> bool,
        diagnose: &dyn Fn(&StatusReport) -> String,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for report in reports {
            let seen = self.cgus.entry((report.namespace.clone(), report.name.clone())).or_default();
            let mut news = changes(report, seen, self.is_narrow);
            if !report.state.is_final() {
                news.extend(new_findings(&findings(report), &mut seen.findings, &|| diagnose(report)));
            }
            lines.extend(news.iter().map(|line| plain(&format!("{}/{} {line}", report.namespace, report.name))));
        }
        let there: BTreeSet<(&str, &str)> = reports.iter().map(|r| (r.namespace.as_str(), r.name.as_str())).collect();
        self.cgus.retain(|(namespace, name), _| {
            let stays = there.contains(&(namespace.as_str(), name.as_str()));
            if !stays {
                let what = if is_there(namespace, name) {
                    "has none of the selected clusters any more"
                } else {
                    "was deleted"
                };
                lines.push(plain(&format!("{namespace}/{name} {what}")));
            }
            stays
        });
        let all = || "oc talm status".to_owned();
        lines.extend(new_findings(others, &mut self.others, &all).iter().map(|line| plain(line)));
        lines.extend(whole.iter().filter(|line| !self.whole.contains(line)).map(|line| plain(line)));
        self.whole = whole.to_vec();
        lines
    }
}

impl Told {
    /// Errors of CGUs that have ended, as far as they have not been told.
    pub fn errors(
        &mut self,
        reports: &[StatusReport],
        findings: &dyn Fn(&StatusReport) -> Vec<Finding>,
        diagnose: &dyn Fn(&StatusReport) -> String,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for report in reports {
            let seen = self.cgus.entry((report.namespace.clone(), report.name.clone())).or_default();
            let mut errors = findings(report);
            errors.retain(|finding| finding.level == Level::Error);
            let news = new_findings(&errors, &mut seen.findings, &|| diagnose(report));
            lines.extend(news.iter().map(|line| plain(&format!("{}/{} {line}", report.namespace, report.name))));
        }
        lines
    }
}

/// What holds for all that is followed until a time: that there is nothing in a place, or nothing that can still end.
pub fn of_all(reports: &[StatusReport], is_one: bool, place: &str, until: &str) -> Option<String> {
    if reports.is_empty() {
        return Some(format!("no ClusterGroupUpgrade{place} yet; waits until {until}"));
    }
    let open: Vec<&StatusReport> = reports.iter().filter(|report| !report.state.is_final()).collect();
    if open.is_empty() || !open.iter().all(|report| report.needs_repair()) {
        return None;
    }
    let names: Vec<String> = open.iter().map(|report| format!("{}/{}", report.namespace, report.name)).collect();
    let what = if is_one { String::new() } else { format!(": {}", listed(&names, 5)) };
    Some(format!("will never end as it stands{what}; waits for a repair until {until}"))
}

/// What has changed, in words, and remembers it. Where a report is narrowed to some clusters, those that begin are told,
/// and not the batches.
fn changes(report: &StatusReport, seen: &mut Seen, is_narrow: bool) -> Vec<String> {
    let names = |progress: &[ClusterProgress]| -> BTreeSet<String> {
        report.clusters.iter().filter(|c| progress.contains(&c.progress)).map(|c| c.name.clone()).collect()
    };
    let time_is_up = report.time.used_seconds.is_some_and(|used| used > report.time.timeout_seconds);
    let now = Seen {
        state: Some(report.state.clone()),
        batch: report.current_batch,
        begun: names(&[ClusterProgress::InProgress, ClusterProgress::Soaking]),
        complete: names(&[ClusterProgress::Complete]),
        timed_out: names(&[ClusterProgress::TimedOut]),
        drifted: names(&[ClusterProgress::Drifted]),
        overdue: report.state == CguState::InProgress && time_is_up,
        findings: std::mem::take(&mut seen.findings),
    };
    let mut lines = Vec::new();
    if seen.state.is_some() {
        let mut tell = |what: &str, names: Vec<&String>, how_many: &str| {
            if !names.is_empty() {
                lines.push(format!("{what}: {}{how_many}", listed(&names, 10)));
            }
        };
        let how_many = format!("   {}", done(report));
        if is_narrow {
            tell("begun", now.begun.difference(&seen.begun).collect(), "");
        }
        // Clusters that were compliant from the start are complete as soon as it runs.
        tell("complete", now.complete.difference(&seen.complete).collect(), &how_many);
        let lost = seen.complete.difference(&now.complete).filter(|name| !now.drifted.contains(*name));
        tell("no longer complete", lost.collect(), &how_many);
        tell("drifted since it was complete", now.drifted.difference(&seen.drifted).collect(), "");
        tell("timed out", now.timed_out.difference(&seen.timed_out).collect(), "");
    }
    if seen.state != now.state {
        lines.push(format!("{}   {}", state(report), report.story));
    } else if seen.batch != now.batch && !is_narrow {
        lines.push(report.story.clone());
    }
    if now.overdue && !seen.overdue {
        lines.push(format!("its time is up, and TALM has not ended it yet: {}", time(report)));
    }
    *seen = now;
    lines
}

/// Errors and warnings that were not there at the last look, and remembers all.
fn new_findings(findings: &[Finding], seen: &mut BTreeSet<String>, more: &dyn Fn() -> String) -> Vec<String> {
    let worth: Vec<&Finding> = findings.iter().filter(|finding| finding.level != Level::Info).collect();
    let new: Vec<&&Finding> = worth.iter().filter(|finding| !seen.contains(&shape(finding))).collect();
    let mut lines: Vec<String> = new.iter().take(FINDINGS).map(|finding| line(finding)).collect();
    if new.len() > FINDINGS {
        lines.push(format!("{}: {}", many(new.len() - FINDINGS, "more finding"), more()));
    }
    *seen = worth.iter().map(|finding| shape(finding)).collect();
    lines
}

fn line(finding: &Finding) -> String {
    let level = if finding.level == Level::Error { "error" } else { "warning" };
    format!("{level}: {}   [{}]", finding.fact, finding.id)
}

/// A finding without lengths of time, which grow from look to look.
fn shape(finding: &Finding) -> String {
    let words = finding.fact.split_whitespace().filter(|word| !is_span(word.trim_end_matches([',', ';', ':', ')'])));
    words.fold(finding.id.to_owned(), |shape, word| shape + " " + word)
}

/// `40m`, `1h20m`.
fn is_span(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(['d', 'h', 'm', 's'])
        && word.chars().all(|c| c.is_ascii_digit() || "dhms".contains(c))
}

#[cfg(test)]
mod tests;
