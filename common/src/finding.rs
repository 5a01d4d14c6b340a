//! The one type of finding: something in a file or on a hub that a person should know about.

use crate::yaml::Place;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; nothing to do.
    Info,
    /// It works, but probably not as meant.
    Warning,
    /// The pipeline would fail or do harm.
    Error,
}

/// A fact, where it was seen, and the way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable name `group/rule`; never reused for something else.
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Where it was seen; `None` for a finding about a whole run.
    pub place: Option<Place>,
    /// What is the case: a lower-case sentence without full stop.
    pub fact: String,
    /// A few words under the marked place.
    pub label: Option<String>,
    /// Reasons and consequences, a line each.
    pub notes: Vec<String>,
    /// What to do about it.
    pub fix: Option<String>,
    /// The managed clusters it is about, all of them; empty when it is about something else.
    pub clusters: Vec<String>,
}

impl Finding {
    /// An error with nothing but its fact.
    pub fn error(id: &'static str, fact: impl Into<String>) -> Self {
        Self::new(id, Level::Error, fact)
    }

    /// A warning with nothing but its fact.
    pub fn warning(id: &'static str, fact: impl Into<String>) -> Self {
        Self::new(id, Level::Warning, fact)
    }

    fn new(id: &'static str, level: Level, fact: impl Into<String>) -> Self {
        Self {
            id,
            level,
            place: None,
            fact: fact.into(),
            label: None,
            notes: Vec::new(),
            fix: None,
            clusters: Vec::new(),
        }
    }

    /// Says where.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what stands at the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a reason or consequence.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says which clusters it is about.
    pub fn on<S: AsRef<str>>(mut self, clusters: &[S]) -> Self {
        self.clusters = clusters.iter().map(|name| name.as_ref().to_owned()).collect();
        self
    }

    /// Says what to do.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }
}
