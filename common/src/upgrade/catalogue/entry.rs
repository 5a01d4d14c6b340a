//! One text of the catalogue, and how it is found.

use super::{agent, content, seed};

/// What a finding means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The finding's id.
    pub id: &'static str,
    /// Why it matters: sentences.
    pub meaning: &'static str,
    /// What to do: sentences.
    pub remedy: &'static str,
}

impl Entry {
    pub(super) const fn new(id: &'static str, meaning: &'static str, remedy: &'static str) -> Self {
        Self { id, meaning, remedy }
    }

    /// Where the product documentation treats it: section and address.
    pub fn documentation(&self) -> String {
        let section = match self.id.split('/').next() {
            Some("oadp" | "dpa") => "Creating ConfigMap objects for the image-based upgrade",
            _ if self.id.starts_with("ibu/seed") => "Generating a seed image",
            _ if self.id.starts_with("ibu/partition") => "Configuring a shared container partition",
            _ => "Performing an image-based upgrade",
        };
        format!("\"{section}\" in {CHAPTER}")
    }
}

/// The chapter on image-based upgrades.
const CHAPTER: &str = "https://docs.openshift.com/container-platform/4.17/edge_computing/image_based_upgrade/\
                       cnf-understanding-image-based-upgrade.html";

/// All texts, in the order of what they are about.
pub static CATALOGUE: std::sync::LazyLock<Vec<Entry>> =
    std::sync::LazyLock::new(|| [agent::ENTRIES, seed::ENTRIES, content::ENTRIES].concat());

/// The text for an id.
pub fn entry(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::path::Path;

    /// The ids in a folder's sources: texts of the form "group/rule".
    fn ids(folder: &Path, found: &mut HashSet<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                ids(&path, found)?;
                continue;
            }
            let text = std::fs::read_to_string(&path)?;
            let quoted = text.split('"').filter(|word| {
                let rule = ["ibu/", "oadp/", "dpa/"].iter().find_map(|group| word.strip_prefix(group));
                rule.is_some_and(|r| !r.is_empty() && r.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
            });
            found.extend(quoted.map(str::to_owned));
        }
        Ok(())
    }

    #[test]
    fn every_finding_has_a_text_and_none_is_left_over() -> std::io::Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = HashSet::new();
        ids(&root.join("src/upgrade"), &mut used)?;
        ids(&root.join("../plugins/oc-ibu/src"), &mut used)?;
        let known: HashSet<String> = CATALOGUE.iter().map(|e| e.id.to_owned()).collect();
        assert_eq!(known.len(), CATALOGUE.len(), "an id stands twice");
        let missing: Vec<_> = used.difference(&known).collect();
        assert!(missing.is_empty() && used.len() > 80, "without a text: {missing:?}");
        Ok(())
    }
}
