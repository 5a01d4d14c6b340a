//! One explanation.

use ztp_common::cli::Paint;

/// What something means, and what to do about it.
#[derive(Debug)]
pub struct Entry {
    /// Id of a finding, or `Condition=Status Reason`.
    pub id: &'static str,
    /// In a few words.
    pub title: &'static str,
    /// What is behind it and what follows from it.
    pub meaning: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// Shorthand for tables.
pub const fn entry(id: &'static str, title: &'static str, meaning: &'static str, fix: &'static str) -> Entry {
    Entry { id, title, meaning, fix }
}

impl Entry {
    /// What it may be called: the id, and its last part.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [Some(self.id), self.id.rsplit(['/', ' ']).next()].into_iter().flatten()
    }

    /// Its text.
    pub fn text(&self, paint: Paint) -> String {
        let meaning = if self.meaning.is_empty() { String::new() } else { format!("  {}\n", self.meaning) };
        format!("{}: {}\n{meaning}  to do: {}\n", paint.name(self.id), self.title, self.fix)
    }
}
