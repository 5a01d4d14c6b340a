//! Findings that people accept: everywhere by id, or one at a time by a comment on its line or the line above,
//! `# ztp: accept policy/placeholder because the site fills it in`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::catalogue;
use super::repository::Repository;
use crate::finding::{Finding, Level};
use crate::suggest::nearest;
use crate::yaml::Place;

/// Who accepted a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// The user, for all files.
    Everywhere,
    /// A comment in the file, with its reason.
    Comment(String),
}

/// A comment that accepts something.
#[derive(Debug)]
struct Comment {
    place: Place,
    ids: Vec<String>,
    reason: String,
    used: bool,
}

/// Everything that is accepted.
#[derive(Debug, Default)]
pub struct Accepted {
    everywhere: HashSet<String>,
    comments: Vec<Comment>,
    /// File and line to the comments that hold there.
    by_line: HashMap<(Arc<str>, u32), Vec<usize>>,
}

impl Accepted {
    /// Collects the comments; what is wrong with them becomes findings.
    pub fn new(repository: &Repository<'_>, everywhere: &[String], findings: &mut Vec<Finding>) -> Self {
        let mut accepted = Self { everywhere: everywhere.iter().cloned().collect(), ..Self::default() };
        for file in &repository.files {
            for comment in file.documents.iter().flat_map(|document| document.comments()) {
                let Some(rest) = comment.text.strip_prefix("ztp:") else { continue };
                let place = file.raw.source.place(comment.span);
                match parse(rest.trim()) {
                    Ok((ids, reason)) => accepted.add(ids, reason, place, findings),
                    Err(fact) => {
                        let fix = "write `# ztp: accept GROUP/RULE because REASON`";
                        findings.push(Finding::warning("accept/syntax", fact).at(place).fix(fix));
                    }
                }
            }
        }
        accepted
    }

    fn add(&mut self, ids: Vec<String>, reason: String, place: Place, findings: &mut Vec<Finding>) {
        for id in ids.iter().filter(|id| catalogue::find(id).is_none()) {
            let finding =
                Finding::warning("accept/unknown-id", format!("there is no finding {id:?}")).at(place.clone());
            findings.push(match nearest(id, catalogue::all().map(|rule| rule.id)) {
                Some(meant) => finding.fix(format!("did you mean {meant}?")),
                None => finding.fix("copy the id from the finding's first line"),
            });
        }
        let index = self.comments.len();
        // A comment of its own line speaks of the next one, one behind a value of its own.
        let alone = place.excerpt.trim_start().starts_with('#');
        let line = if alone { place.line + 1 } else { place.line };
        self.by_line.entry((place.file.clone(), line)).or_default().push(index);
        self.comments.push(Comment { place, ids, reason, used: false });
    }

    /// Who accepted a finding; `None` when nobody did.
    pub fn covers(&mut self, finding: &Finding) -> Option<Acceptance> {
        let mut covered = self.everywhere.contains(finding.id).then_some(Acceptance::Everywhere);
        let Some(place) = &finding.place else { return covered };
        for index in self.by_line.get(&(place.file.clone(), place.line)).into_iter().flatten() {
            if let Some(comment) = self.comments.get_mut(*index).filter(|c| c.ids.iter().any(|id| id == finding.id)) {
                comment.used = true;
                covered = Some(Acceptance::Comment(comment.reason.clone()));
            }
        }
        covered
    }

    /// Comments that accept what is not there (any more).
    pub fn unused(&self) -> impl Iterator<Item = Finding> {
        let unused = self.comments.iter().filter(|c| !c.used && c.ids.iter().all(|id| catalogue::find(id).is_some()));
        unused.map(|comment| {
            let fact = format!("nothing on this line is a finding {}", comment.ids.join(" or "));
            let finding = Finding { level: Level::Info, ..Finding::warning("accept/unused", fact) };
            finding.at(comment.place.clone()).fix("remove the comment")
        })
    }
}

/// The ids and the reason of `accept ID[,ID] because REASON`.
fn parse(text: &str) -> Result<(Vec<String>, String), String> {
    let rest = text.strip_prefix("accept ").ok_or("the comment does not say what it wants")?;
    let (ids, reason) = rest.split_once(" because ").ok_or("the comment gives no reason")?;
    if reason.trim().is_empty() {
        return Err("the comment gives no reason".into());
    }
    let ids = ids.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    Ok((ids, reason.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_reason_is_needed() {
        assert_eq!(parse("accept a/b, c/d because we know"), Ok((vec!["a/b".into(), "c/d".into()], "we know".into())));
        assert_eq!(parse("accept a/b"), Err("the comment gives no reason".into()));
        assert!(parse("ignore a/b because x").is_err());
    }
}
