//! How hard a change is on the clusters it reaches. What is known stands in `risk.yaml`, with sources; this only looks
//! it up: the entry of a kind, in it the longest path or a telling word.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fields::{FieldChange, json};
use super::objects::Identity;
use crate::yaml::{Source, Value, hub_documents};

/// How hard, from harmless to severe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Labels and annotations.
    #[default]
    Metadata,
    /// Configuration that nothing restarts for.
    Config,
    /// A daemon restarts.
    Restart,
    /// Nodes drain or reboot.
    Reboot,
    /// Takes effect with a reinstallation only, or is refused.
    Reinstall,
}

impl Level {
    /// The level in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Metadata => "metadata only",
            Self::Config => "config only",
            Self::Restart => "restarts a daemon",
            Self::Reboot => "reboots nodes",
            Self::Reinstall => "needs a reinstallation",
        }
    }
}

/// A level and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Risk {
    /// How hard.
    pub level: Level,
    /// Why, in a sentence.
    pub reason: String,
    /// Where that is written; "" for nowhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

#[derive(Debug, Deserialize)]
struct Table {
    default: Row,
    metadata: Row,
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Row {
    risk: Level,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Entry {
    kind: String,
    #[serde(default)]
    group: Option<String>,
    risk: Level,
    reason: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    paths: Vec<PathRow>,
    #[serde(default)]
    words: Vec<WordRow>,
    #[serde(default)]
    hub: bool,
}

#[derive(Debug, Deserialize)]
struct PathRow {
    path: String,
    risk: Option<Level>,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct WordRow {
    word: String,
    risk: Level,
    reason: String,
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let source = Source::from_text("risk.yaml", include_str!("risk.yaml"));
    let document = hub_documents(&source).next()?.ok()?;
    serde_json::from_value(document.root()?.to_json().ok()?).ok()
});

/// Whether only the hub acts on objects of this kind, so that a policy's reach says nothing about them.
pub fn is_of_hub(identity: &Identity) -> bool {
    entry(identity).is_some_and(|entry| entry.hub)
}

/// What one changed field does.
pub fn of_field(identity: &Identity, change: &FieldChange) -> Risk {
    let Some(table) = TABLE.as_ref() else { return Risk::default() };
    let path = plain(&change.path);
    let entry = entry(identity);
    let row = entry.and_then(|entry| {
        entry
            .paths
            .iter()
            .filter(|row| below(&path, &row.path))
            .max_by_key(|row| row.path.len())
            .map(|row| (entry, row))
    });
    if let Some((entry, row)) = row {
        return risk(row.risk.unwrap_or(entry.risk), &row.reason, &entry.source);
    }
    if below(&path, "metadata") {
        return risk(table.metadata.risk, &table.metadata.reason, "");
    }
    let Some(entry) = entry else { return risk(table.default.risk, &table.default.reason, "") };
    let said = |value: &Option<Value>| value.as_ref().map(|value| json(value).to_string()).unwrap_or_default();
    let text = format!("{}{}", said(&change.old), said(&change.new));
    match entry.words.iter().find(|row| text.contains(&row.word)) {
        Some(row) => risk(row.risk, &row.reason, &entry.source),
        None => risk(entry.risk, &entry.reason, &entry.source),
    }
}

/// What an object does that comes, or goes, as a whole.
pub fn of_object(identity: &Identity, value: &Value) -> Risk {
    let spec = value.get("spec").or_else(|| value.get("data")).cloned();
    of_field(identity, &FieldChange::plain("spec", None, spec))
}

/// The hardest of some changed fields.
pub fn hardest(identity: &Identity, fields: &[FieldChange]) -> Risk {
    fields.iter().map(|change| of_field(identity, change)).max_by_key(|risk| risk.level).unwrap_or_default()
}

fn risk(level: Level, reason: &str, source: &str) -> Risk {
    Risk { level, reason: reason.to_owned(), source: source.to_owned() }
}

fn entry(identity: &Identity) -> Option<&'static Entry> {
    let fits = |entry: &&Entry| {
        entry.kind == identity.kind && entry.group.as_ref().is_none_or(|group| *group == identity.group)
    };
    TABLE.as_ref()?.entries.iter().find(fits)
}

/// A path without what chooses list items, and without quotes around keys.
fn plain(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some(start) = rest.find('[') {
        text.push_str(&rest[..start]);
        let inner = &rest[start + 1..];
        let quoted = inner.strip_prefix('"').and_then(|inner| inner.split_once("\"]"));
        match quoted {
            Some((key, after)) => {
                text.push('.');
                text.push_str(key);
                rest = after;
            }
            None => rest = inner.split_once(']').map(|(_, after)| after).unwrap_or_default(),
        }
    }
    text + rest
}

fn below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(kind: &str, group: &str, path: &str, new: &str) -> Level {
        let identity = Identity { kind: kind.into(), group: group.into(), ..Identity::default() };
        let change = FieldChange::plain(path, None, Some(new.into()));
        of_field(&identity, &change).level
    }

    #[test]
    fn the_table_is_sound() {
        let table = TABLE.as_ref().expect("risk.yaml has the shape of the table");
        assert!(
            table.entries.iter().all(|e| !e.reason.is_empty() && (e.risk < Level::Restart || !e.source.is_empty()))
        );
    }

    #[test]
    fn the_longest_path_decides_and_metadata_is_harmless() {
        let group = "performance.openshift.io";
        assert_eq!(level("PerformanceProfile", group, "spec.cpu.isolated", "x"), Level::Reboot);
        assert_eq!(level("PerformanceProfile", group, "metadata.labels.a", "x"), Level::Metadata);
        assert_eq!(level("PerformanceProfile", "other", "spec.cpu", "x"), Level::Config);
        assert_eq!(level("BareMetalHost", "metal3.io", "spec.bmc.address", "x"), Level::Config);
        assert_eq!(level("BareMetalHost", "metal3.io", "spec.bootMode", "x"), Level::Reinstall);
    }

    #[test]
    fn a_word_in_the_text_decides_where_a_path_cannot() {
        let path = "spec.profile[name=a].data";
        assert_eq!(level("Tuned", "tuned.openshift.io", path, "[sysctl]\na=1"), Level::Restart);
        assert_eq!(level("Tuned", "tuned.openshift.io", path, "[bootloader]\ncmdline=a"), Level::Reboot);
        assert_eq!(plain("a[name=x.y].b[\"c.d/e\"].f[3]"), "a.b.c.d/e.f");
    }
}
