//! Waiting for a seed image, through the time in which API and objects are gone on purpose.

use jiff::Timestamp;

use super::{GeneratorState, generator_state};
use crate::upgrade::clock::seconds;
use crate::upgrade::condition::Conditions;
use crate::upgrade::wait::{Line, Mark, Progress, Verdict};

/// What was seen of the SeedGenerator.
#[derive(Clone, Copy, Debug)]
pub enum SeenSeed<'a> {
    /// The object's conditions.
    Object(&'a Conditions),
    /// The API answers, but the object is gone: the agent takes it away while it works.
    Missing,
    /// The API does not answer: why. Kubelet and container runtime are stopped for the image.
    Away(&'a str),
}

/// Waits for a seed image.
#[derive(Clone, Debug)]
pub struct WaitForSeed {
    began: Timestamp,
    gone: Option<Timestamp>,
    seen: bool,
    state: GeneratorState,
    reason: String,
}

impl WaitForSeed {
    /// Begins to wait.
    pub fn new(now: Timestamp) -> Self {
        let (state, reason) = (GeneratorState::New, String::new());
        Self { began: now, gone: None, seen: false, state, reason }
    }

    /// The last step or reason that the agent told.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether there has been a SeedGenerator.
    pub fn has_seen(&self) -> bool {
        self.seen
    }

    /// Takes in what was seen.
    pub fn observe(&mut self, seen: SeenSeed<'_>, now: Timestamp) -> Progress {
        let why = match seen {
            SeenSeed::Object(conditions) => {
                self.gone = None;
                self.seen = true;
                self.state = generator_state(conditions);
                None
            }
            SeenSeed::Missing if !self.seen => {
                Some("there is no SeedGenerator: none was asked for, or the image is being made just now".to_owned())
            }
            SeenSeed::Missing => Some("the SeedGenerator is taken away while the image is made".to_owned()),
            SeenSeed::Away(why) => Some(format!("the API is away: {why}")),
        };
        if why.is_some() {
            self.gone.get_or_insert(now);
        }
        let verdict = match (&why, &self.state) {
            (None, GeneratorState::Completed) => Some(Verdict::Reached),
            (None, GeneratorState::Failed(detail)) => Some(Verdict::Failed(detail.clone())),
            _ => None,
        };
        Progress { lines: self.lines(why, now), verdict }
    }

    fn lines(&mut self, why: Option<String>, now: Timestamp) -> Vec<Line> {
        let took = Some(seconds(self.began, now));
        let line = |mark, step, text: String| Line { mark, step, text, seconds: None, checks: vec![], clocks: vec![] };
        let mut lines = Vec::new();
        match &self.state {
            GeneratorState::New if why.is_none() => {
                lines.push(line(Mark::Busy, "Health", "the agent has not begun".to_owned()));
            }
            GeneratorState::New => {}
            GeneratorState::Waiting(checks) => {
                self.reason = format!("the agent waits for: {checks}");
                lines.push(line(Mark::Busy, "Health", self.reason.clone()));
            }
            GeneratorState::Working(step) => {
                self.reason.clone_from(step);
                let mark = if why.is_some() { Mark::Done } else { Mark::Busy };
                lines.push(line(mark, "Generate", step.clone()));
            }
            GeneratorState::Completed => lines.push(line(Mark::Done, "Generate", "the image is pushed".to_owned())),
            GeneratorState::Failed(detail) => {
                self.reason.clone_from(detail);
                lines.push(line(Mark::Failed, "Generate", detail.clone()));
            }
        }
        if let Some(why) = why {
            let since = self.gone.unwrap_or(now);
            lines.push(Line { seconds: Some(seconds(since, now)), ..line(Mark::Busy, "Image", why) });
        } else if let Some(last) = lines.last_mut() {
            last.seconds = took;
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn conditions(kind: &str, status: &str, message: &str) -> Conditions {
        serde_json::from_value(json!([{"type": kind, "status": status, "reason": "x", "message": message}])).unwrap()
    }

    #[test]
    fn an_outage_is_part_of_it() {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let mut wait = WaitForSeed::new(at(0));
        let launching = conditions("SeedGenInProgress", "True", "Launching imager container");
        assert_eq!(wait.observe(SeenSeed::Object(&launching), at(1)).verdict, None);
        for (minute, seen) in
            [(2, SeenSeed::Missing), (3, SeenSeed::Away("connection refused")), (9, SeenSeed::Missing)]
        {
            let progress = wait.observe(seen, at(minute));
            let line = progress.lines.last().unwrap();
            assert_eq!((line.step, line.seconds, progress.verdict), ("Image", Some((minute - 2) * 60), None));
        }
        assert_eq!(wait.reason(), "Launching imager container");
        let done = conditions("SeedGenCompleted", "True", "Seed Generation completed");
        assert_eq!(wait.observe(SeenSeed::Object(&done), at(20)).verdict, Some(Verdict::Reached));
        let failed = conditions("SeedGenCompleted", "False", "Seed generation failed: Rejected: x");
        let verdict = wait.observe(SeenSeed::Object(&failed), at(21)).verdict;
        assert_eq!(verdict, Some(Verdict::Failed("Rejected: x".into())));
    }
}
