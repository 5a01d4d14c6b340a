//! The report for a terminal: the hardest change first, equal changes of many objects together.

use std::fmt::Write;

use super::value::lines;
use crate::cli::{Paint, count};
use crate::diff::fields::FieldChange;
use crate::diff::objects::Identity;
use crate::diff::reach::Clusters;
use crate::diff::risk::Level;
use crate::diff::{Change, CrChange, Kind, Left, Report};

/// Names that a list shows before it says how many more there are.
const NAMES: usize = 5;
/// Fields of one object that are shown.
const FIELDS: usize = 20;
/// Groups of changes that are shown.
const GROUPS: usize = 20;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// What fits a screen or two.
    Some,
    /// Everything.
    None,
}

/// The whole report.
pub fn text(report: &Report, limit: Limit, paint: Paint) -> String {
    let mut out = String::new();
    let groups = groups(report);
    let shown = if limit == Limit::None { groups.len() } else { GROUPS };
    for group in groups.iter().take(shown) {
        head(group, limit, paint, &mut out);
        out.push_str(&body(group[0], limit));
    }
    if groups.len() > shown {
        let _ = writeln!(out, "+{} more: -v shows all", count(groups.len() - shown, "change"));
    }
    out.push_str(&verdict(report));
    out
}

/// How many objects became what, how many clusters that reaches, and the hardest of it.
pub fn verdict(report: &Report) -> String {
    let Some(risk) = &report.risk else { return "no differences\n".into() };
    let of = |kind| report.changes.iter().filter(|change| change.change == kind).count();
    let mut text = format!(
        "{}: {} added, {} removed, {} changed, {} renamed; reach {} of {}\n",
        count(report.changes.len(), "object"),
        of(Kind::Added),
        of(Kind::Removed),
        of(Kind::Changed),
        of(Kind::Renamed),
        report.clusters.len(),
        count(report.known_clusters, "known cluster"),
    );
    let _ = writeln!(text, "highest risk: {} ({})", risk.level.words(), risk.reason);
    text
}

/// Changes that say the same of different objects stand together.
pub(super) fn groups(report: &Report) -> Vec<Vec<&Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    let mut known: std::collections::HashMap<(String, String), usize> = Default::default();
    for change in &report.changes {
        let key = (format!("{:?}{}", change.change, change.object.kind), body(change, Limit::None));
        let alone = change.fields.is_empty() && change.crs.is_empty() && change.was.is_some();
        match known.get(&key).and_then(|&at| groups.get_mut(at)) {
            Some(group) if !alone => group.push(change),
            _ => {
                known.insert(key, groups.len());
                groups.push(vec![change]);
            }
        }
    }
    groups
}

pub(super) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "+",
        Kind::Removed => "-",
        Kind::Changed => "~",
        Kind::Renamed => ">",
    }
}

fn head(group: &[&Change], limit: Limit, paint: Paint, out: &mut String) {
    let change = group[0];
    let names: Vec<String> = group.iter().map(|change| name(&change.object, change.was.as_ref())).collect();
    let clusters: Clusters = group.iter().flat_map(|change| change.clusters.iter().cloned()).collect();
    let wave = change.wave.as_ref().map(|wave| format!("   wave {wave}")).unwrap_or_default();
    let title = format!("{} {} {}", sign(change.change), change.object.kind, some(names.iter(), limit));
    let _ = writeln!(out, "{}{wave}   {}", paint.name(&title), level(change.risk.level, paint));
    let reach = match clusters.len() {
        0 => "no cluster of these files".into(),
        n => format!("{}: {}", count(n, "cluster"), some(clusters.iter(), limit)),
    };
    let _ = writeln!(out, "    reaches {reach}");
    for note in notes(change, limit) {
        let _ = writeln!(out, "    {note}");
    }
}

/// Clusters that come or go, and what becomes of a removed object.
pub(super) fn notes(change: &Change, limit: Limit) -> Vec<String> {
    let mut notes = Vec::new();
    if !change.joined.is_empty() {
        notes.push(format!("joined by {}", some(change.joined.iter(), limit)));
    }
    if !change.left.is_empty() {
        notes.push(format!("left by {}, where what was applied stays", some(change.left.iter(), limit)));
    }
    if change.change == Kind::Removed {
        notes.push("Argo CD prunes it".into());
    }
    if let Some(was) = change.was.as_ref().filter(|was| was.kind == "Policy" && was.name != change.object.name) {
        notes.push(format!("a ClusterGroupUpgrade that names {} does not find it any more", was.name));
    }
    notes
}

fn body(change: &Change, limit: Limit) -> String {
    let mut out = String::new();
    fields(&change.fields, 4, limit, &mut out);
    for cr in &change.crs {
        self::cr(cr, limit, &mut out);
    }
    out
}

fn cr(cr: &CrChange, limit: Limit, out: &mut String) {
    let _ = writeln!(out, "    {}", cr_head(cr));
    fields(&cr.fields, 8, limit, out);
}

/// A CR inside an object, how hard its change is, and what stays of it.
pub(super) fn cr_head(cr: &CrChange) -> String {
    let entry = if cr.entry.is_empty() { String::new() } else { format!(" ({})", cr.entry) };
    let left = match (cr.left, cr.change) {
        (Some(Left::Orphan), Kind::Renamed) => "; the old one stays on the clusters",
        (Some(Left::Orphan), _) => "; stays on the clusters",
        (None, _) => "",
    };
    let name = name(&cr.object, cr.was.as_ref());
    format!("{} {} {name}{entry}   {}{left}", sign(cr.change), cr.object.kind, cr.risk.level.words())
}

fn fields(changes: &[FieldChange], indent: usize, limit: Limit, out: &mut String) {
    let shown = if limit == Limit::None { changes.len() } else { FIELDS };
    for line in changes.iter().take(shown).flat_map(lines) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
    if changes.len() > shown {
        let _ = writeln!(out, "{:indent$}+{} more", "", count(changes.len() - shown, "field"));
    }
}

fn level(level: Level, paint: Paint) -> String {
    match level {
        Level::Metadata | Level::Config => level.words().to_owned(),
        Level::Restart => paint.warning(level.words()),
        Level::Reboot | Level::Reinstall => paint.error(level.words()),
    }
}

pub(super) fn name(object: &Identity, was: Option<&Identity>) -> String {
    match was {
        Some(was) => format!("{} -> {}", was.full_name(), object.full_name()),
        None => object.full_name(),
    }
}

/// The first names of a list, and how many more.
pub(super) fn some<'n>(names: impl ExactSizeIterator<Item = &'n String>, limit: Limit) -> String {
    let (length, shown) = (names.len(), if limit == Limit::None { usize::MAX } else { NAMES });
    let listed: Vec<&str> = names.take(shown).map(String::as_str).collect();
    match length.saturating_sub(shown) {
        0 => listed.join(", "),
        more => format!("{} +{more} more", listed.join(", ")),
    }
}
