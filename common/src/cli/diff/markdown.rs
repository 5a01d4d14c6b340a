//! The report as a comment of a merge request.

use std::fmt::Write;

use super::text::{Limit, groups, name, sign, some};
use super::value::lines;
use crate::cli::count;
use crate::diff::reach::Clusters;
use crate::diff::{Change, Report};

/// A summary, and a folded part for each group of equal changes.
pub fn markdown(report: &Report, limit: Limit) -> String {
    let Some(risk) = &report.risk else { return "**No differences** in what is generated.\n".into() };
    let mut out = format!("### {} in what is generated\n\n", count(report.changes.len(), "change"));
    // Writing to a text cannot fail.
    let _ = writeln!(out, "- **Highest risk: {}** – {}", risk.level.words(), escaped(&risk.reason));
    let reach = count(report.known_clusters, "known cluster");
    let _ = writeln!(out, "- reaches {} of {reach}: {}\n", report.clusters.len(), some(report.clusters.iter(), limit));
    for group in groups(report) {
        self::group(&group, limit, &mut out);
    }
    out
}

fn group(group: &[&Change], limit: Limit, out: &mut String) {
    let Some(change) = group.first() else { return };
    let names: Vec<String> = group.iter().map(|change| name(&change.object, change.was.as_ref())).collect();
    let clusters: Clusters = group.iter().flat_map(|change| change.clusters.iter().cloned()).collect();
    let title = format!("{} {} {}", sign(change.change), change.object.kind, some(names.iter(), limit));
    let reach = format!("{}, {}", count(clusters.len(), "cluster"), change.risk.level.words());
    let _ = writeln!(out, "<details><summary><code>{}</code> – {reach}</summary>\n\n```diff", escaped(&title));
    for field in change.fields.iter().flat_map(lines) {
        let _ = writeln!(out, "{}", fenced(&field));
    }
    for cr in &change.crs {
        let risk = cr.risk.level.words();
        let head = format!("{} {} {}   {risk}", sign(cr.change), cr.object.kind, name(&cr.object, cr.was.as_ref()));
        let _ = writeln!(out, "{}", fenced(&head));
        for field in cr.fields.iter().flat_map(lines) {
            let _ = writeln!(out, "    {}", fenced(&field));
        }
    }
    let _ = writeln!(out, "```\n</details>\n");
}

/// A text that ends no fence.
fn fenced(text: &str) -> String {
    text.replace("```", "` ` `")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
