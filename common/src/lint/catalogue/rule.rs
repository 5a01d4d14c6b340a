//! One entry of the catalogue, and how entries are found.

use super::GROUPS;
use crate::finding::Level;

/// A rule that files can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `group/rule`, as findings carry it.
    pub id: &'static str,
    /// The level of its findings; the highest when they differ.
    pub level: Level,
    /// What is the case, in general.
    pub fact: &'static str,
    /// What to do about it, in general.
    pub fix: &'static str,
    /// Why it matters: what Argo CD, ACM or the operators make of it.
    pub text: &'static str,
    /// Where this is known from.
    pub reference: &'static str,
}

/// An entry of a table.
pub const fn rule(
    id: &'static str,
    level: Level,
    [fact, fix, text]: [&'static str; 3],
    reference: &'static str,
) -> Rule {
    Rule { id, level, fact, fix, text, reference }
}

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|(_, _, rules)| rules.iter())
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_entry_is_complete_and_unique() {
        let mut seen = BTreeSet::new();
        for (group, _, rules) in GROUPS {
            for rule in *rules {
                assert!(seen.insert(rule.id), "{} twice", rule.id);
                assert!(rule.id.strip_prefix(group).is_some_and(|rest| rest.starts_with('/')), "{}", rule.id);
                let texts = [rule.fact, rule.fix, rule.reference];
                assert!(texts.iter().all(|t| t.len() > 8 && !t.ends_with('.')), "{} lacks something", rule.id);
                assert!(rule.text.len() > 40 && rule.text.ends_with('.'), "{} needs a longer text", rule.id);
            }
        }
    }

    /// Texts that look like ids of findings in the sources of this crate, tests and tables left out.
    fn emitted() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                if !path.ends_with("lint/catalogue") {
                    open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for line in code.lines().filter(|line| !line.contains(".join(") && !line.trim_start().starts_with("//")) {
                found.extend(line.split('"').skip(1).step_by(2).filter(|t| is_id(t)).map(str::to_owned));
            }
        }
        found
    }

    fn is_id(text: &str) -> bool {
        let Some((group, rule)) = text.split_once('/') else { return false };
        let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        GROUPS.iter().any(|(known, _, _)| *known == group) && word(rule)
    }

    #[test]
    fn pitfalls_name_findings_that_exist() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pitfalls.md");
        let text = std::fs::read_to_string(page).unwrap();
        let ids: Vec<&str> = text.split('`').skip(1).step_by(2).filter(|text| is_id(text)).collect();
        let unknown: Vec<_> = ids.iter().filter(|id| find(id).is_none()).collect();
        assert!(ids.len() > 50 && unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn the_catalogue_is_what_the_code_says() {
        let known: BTreeSet<String> = all().map(|rule| rule.id.to_owned()).collect();
        let emitted = emitted();
        let missing: Vec<_> = emitted.difference(&known).collect();
        let dead: Vec<_> = known.difference(&emitted).collect();
        assert!(missing.is_empty() && dead.is_empty(), "not in the catalogue: {missing:#?}\nnowhere said: {dead:#?}");
    }
}
