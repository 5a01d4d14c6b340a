//! All rules on one repository: what they find, sorted, each fact once, without what was accepted.

use std::collections::HashSet;

use super::accept::{Acceptance, Accepted};
use super::repository::Repository;
use super::{catalogue, fleet_check, input, kustomize, overlay, placement, policy, siteconfig};
use crate::finding::{Finding, Level};

/// A rule, or a small family of them.
pub type Check = fn(&Repository<'_>, &mut Vec<Finding>);

const GROUPS: &[&[Check]] = &[
    input::CHECKS,
    kustomize::CHECKS,
    siteconfig::CHECKS,
    policy::FILE_CHECKS,
    overlay::CHECKS,
    placement::FILE_CHECKS,
    fleet_check::CHECKS,
];

/// What a validation says.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// By file and line.
    pub findings: Vec<Finding>,
    /// What the user or a comment in a file accepted, and who did.
    pub accepted: Vec<(Finding, Acceptance)>,
}

impl Checked {
    /// How many findings have a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// Applies all rules. `accepted` are ids that the user accepts everywhere; comments in files accept single findings.
pub fn check(repository: &Repository<'_>, accepted: &[String]) -> Checked {
    let mut findings = repository.findings.clone();
    GROUPS.iter().copied().flatten().for_each(|check| check(repository, &mut findings));
    let mut accepted = Accepted::new(repository, accepted, &mut findings);
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(key(finding)));
    let (mut kept, mut put_aside) = (Vec::new(), Vec::new());
    for finding in findings {
        match accepted.covers(&finding) {
            None => kept.push(finding),
            Some(acceptance) => put_aside.push((finding, acceptance)),
        }
    }
    kept.extend(accepted.unused());
    kept.iter_mut().for_each(complete);
    kept.sort_by_cached_key(order);
    put_aside.iter_mut().for_each(|(finding, _)| complete(finding));
    put_aside.sort_by_cached_key(|(finding, _)| order(finding));
    Checked { findings: kept, accepted: put_aside }
}

/// A finding without a fix gets the general one of its rule. Upstream's messages, which Argo CD shows word for word,
/// lose the word that the level says already.
fn complete(finding: &mut Finding) {
    if let Some(fact) = finding.fact.strip_prefix("Error: ") {
        finding.fact = fact.to_owned();
    }
    if finding.fix.is_none() {
        finding.fix = catalogue::find(finding.id).map(|rule| rule.fix.to_owned());
    }
}

type Key = (&'static str, Option<(String, u32, u32)>, String);

fn key(finding: &Finding) -> Key {
    let place = finding.place.as_ref().map(|p| (p.file.to_string(), p.line, p.column));
    (finding.id, place, finding.fact.clone())
}

/// By file, line and column; what has no place comes last.
fn order(finding: &Finding) -> (bool, Option<(String, u32, u32)>, &'static str, String) {
    let (id, place, fact) = key(finding);
    (place.is_none(), place, id, fact)
}
