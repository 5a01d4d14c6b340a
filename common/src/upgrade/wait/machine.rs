//! The verdict: whether a stage has ended, and how.

use jiff::Timestamp;

use super::lines::{Away, Line, lines};
use crate::upgrade::annotation::MANUAL_CLEANUP;
use crate::upgrade::assess::{Known, Report};
use crate::upgrade::clock::seconds;
use crate::upgrade::condition::in_progress;
use crate::upgrade::object::{ImageBasedUpgrade, Stage};
use crate::upgrade::pivot::Pivot;
use crate::upgrade::state::{Phase, State};

/// How long a boot may take beyond the agent's own time limit, in seconds: server firmware is slow.
const BOOT: i64 = 1800;
/// How long the agent may need until it looks at a new stage, in seconds.
const GRACE: i64 = 30;
/// A retried clean-up leaves the failure of the last one standing while it works: up to five minutes for backups alone
/// (LCA main `controllers/idle_handlers.go`).
/// More for an abort that has to wait until an image is pulled.
const RETRY_GRACE: i64 = 1860;

/// What was seen of the cluster.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// The ImageBasedUpgrade, and the release in ClusterVersion if it could be read.
    Object(&'a ImageBasedUpgrade, Option<&'a str>),
    /// The API answers, but there is no ImageBasedUpgrade: after a boot the agent has yet to bring it back.
    Missing,
    /// The API does not answer, or not to us: why.
    Away(&'a str),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As wanted.
    Reached,
    /// The stage has failed; the agent's words.
    Failed(String),
    /// The node is back on the old release by itself; the agent's words.
    RolledBack(String),
    /// Somebody asks for another stage now.
    Replaced(Stage),
    /// The cluster has been away for longer than a reboot explains; the last reason.
    Lost(String),
}

/// What there is to show, and the end of the waiting.
#[derive(Clone, Debug)]
pub struct Progress {
    /// From the first step to the last.
    pub lines: Vec<Line>,
    /// Present when there is nothing more to wait for.
    pub verdict: Option<Verdict>,
}

/// Waits for the end of a stage.
#[derive(Clone, Debug)]
pub struct Wait {
    goal: Option<Stage>,
    started: Timestamp,
    before: Option<Trace>,
    retry: bool,
    last: Option<(ImageBasedUpgrade, Option<String>)>,
    away: Option<Away>,
    replaced: Option<Timestamp>,
    crossed: bool,
    reason: String,
}

/// A state with its words and its time: when all of it is the same, nothing has happened.
#[derive(Clone, Debug, PartialEq)]
struct Trace {
    state: State,
    message: String,
    since: Option<Timestamp>,
}

impl Trace {
    fn of(ibu: &ImageBasedUpgrade, report: &Report) -> Self {
        let since = ibu.conditions().iter().filter_map(|c| c.last_transition_time).max();
        Self { state: report.state, message: report.message.clone(), since }
    }
}

impl Wait {
    /// Waits for a stage that has just been asked for; `before` is the object as it was then.
    pub fn asked(stage: Stage, before: &ImageBasedUpgrade, now: Timestamp) -> Self {
        let report = Report::assess(before, Known::default(), now);
        let retry = matches!(report.state, State::AbortFailed | State::FinalizeFailed);
        Self { goal: Some(stage), before: Some(Trace::of(before, &report)), retry, ..Self::following(now) }
    }

    /// Waits for whatever stage is asked for, and is content with any state in which the agent rests.
    pub fn following(now: Timestamp) -> Self {
        Self {
            goal: None,
            started: now,
            before: None,
            retry: false,
            last: None,
            away: None,
            replaced: None,
            crossed: false,
            reason: String::new(),
        }
    }

    /// The last real reason why it is not over: the agent's words, not those of the connection.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether a reboot may explain what goes wrong now.
    pub fn may_reboot(&self) -> bool {
        let wanted = self.goal.as_ref().or(self.last.as_ref().and_then(|(ibu, _)| ibu.spec.stage.as_ref()));
        self.last.is_some() && matches!(wanted, Some(Stage::Upgrade | Stage::Rollback))
    }

    /// Takes in what was seen.
    pub fn observe(&mut self, seen: Seen<'_>, now: Timestamp) -> Progress {
        let verdict = match seen {
            Seen::Object(ibu, release) => self.object(ibu, release, now),
            Seen::Missing => self.gone("the agent has yet to bring the ImageBasedUpgrade back", true, now),
            Seen::Away(why) => self.gone(why, false, now),
        };
        let report = self.report(now);
        let lines = lines(report.as_ref(), self.away.as_ref(), self.crossed, seconds(self.started, now), now);
        Progress { lines, verdict }
    }

    fn report(&self, now: Timestamp) -> Option<Report> {
        let (ibu, release) = self.last.as_ref()?;
        Some(Report::assess(ibu, Known { cluster: None, cluster_version: release.as_deref() }, now))
    }

    fn object(&mut self, ibu: &ImageBasedUpgrade, release: Option<&str>, now: Timestamp) -> Option<Verdict> {
        self.away = None;
        self.last = Some((ibu.clone(), release.map(str::to_owned)));
        let report = self.report(now)?;
        self.crossed |= report.pivot == Some(Pivot::After);
        self.reason = detail(ibu, &report);
        if self.goal.as_ref().is_some_and(|goal| *goal != report.stage) {
            // What a fresh boot shows first may be older than what was asked for. After a rollback the database of the
            // old release shows its upgrade until the agent is up and has made the object anew.
            let boots_back = self.goal == Some(Stage::Rollback) && report.stage == Stage::Upgrade;
            let since = *self.replaced.get_or_insert(now);
            return (seconds(since, now) > if boots_back { BOOT } else { GRACE })
                .then(|| Verdict::Replaced(report.stage.clone()));
        }
        self.replaced = None;
        if self.unchanged(ibu, &report, now) { None } else { self.judge(&report) }
    }

    /// Whether the agent has not begun: what it shows is what it showed before it was asked.
    fn unchanged(&self, ibu: &ImageBasedUpgrade, report: &Report, now: Timestamp) -> bool {
        if self.retry && ibu.metadata.annotations.contains_key(MANUAL_CLEANUP) {
            return true;
        }
        let grace = if self.retry { RETRY_GRACE } else { GRACE };
        self.before.as_ref() == Some(&Trace::of(ibu, report)) && seconds(self.started, now) < grace
    }

    fn judge(&self, report: &Report) -> Option<Verdict> {
        let goal = self.goal.as_ref().unwrap_or(&report.stage);
        if let Some(refused) = report.refused.iter().find(|refused| refused.stage == *goal) {
            return Some(Verdict::Failed(format!("the agent refused it: {}", refused.message)));
        }
        let here = report.state.stage().as_ref() == Some(goal);
        match report.state {
            // Recorded just before the reboot that leads back.
            State::UpgradeFailed if leads_back(report) => None,
            State::UpgradeRolledBack if here => Some(Verdict::RolledBack(self.reason.clone())),
            _ if here && report.phase == Phase::Failed => Some(Verdict::Failed(self.reason.clone())),
            State::Idle | State::PrepDone | State::UpgradeDone | State::RollbackDone if here => Some(Verdict::Reached),
            _ => None,
        }
    }

    fn gone(&mut self, why: &str, answers: bool, now: Timestamp) -> Option<Verdict> {
        let rebooting = self.last.as_ref().is_some_and(|(ibu, _)| {
            let state = State::of(ibu, None);
            matches!(state, State::UpgradeRunning | State::UpgradeFailed | State::RollbackRunning)
                || matches!(self.goal, Some(Stage::Upgrade | Stage::Rollback))
        });
        let limit = match (&self.last, rebooting) {
            (Some((ibu, _)), true) => Some(BOOT + if self.goes_back(ibu) { 0 } else { ibu.init_monitor_seconds() }),
            _ => None,
        };
        let since = self.away.as_ref().map_or(now, |away| away.since);
        self.away = Some(Away { since, why: why.to_owned(), answers, rebooting, limit });
        let over = limit.is_some_and(|limit| seconds(since, now) > limit);
        over.then(|| Verdict::Lost(why.to_owned()))
    }

    fn goes_back(&self, ibu: &ImageBasedUpgrade) -> bool {
        self.goal == Some(Stage::Rollback) || ibu.stage() == Stage::Rollback
    }
}

/// Whether the agent is about to boot the old release by itself.
pub(super) fn leads_back(report: &Report) -> bool {
    let detail = report.message.starts_with("Rollback due to");
    report.state == State::UpgradeFailed && report.pivot == Some(Pivot::After) && detail
}

/// The agent's words about the state. A later refusal may stand behind the detail of a failure.
fn detail(ibu: &ImageBasedUpgrade, report: &Report) -> String {
    if !report.waiting_for.is_empty() {
        return format!("the agent waits for: {}", report.waiting_for.join("; "));
    }
    let kind = report.state.stage().filter(|_| report.phase == Phase::Failed).and_then(|stage| in_progress(&stage));
    let condition = ibu.conditions().iter().find(|c| Some(&c.kind) == kind.as_ref());
    condition.map_or_else(|| report.message.clone(), |c| c.message.clone())
}
