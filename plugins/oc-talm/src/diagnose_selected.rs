//! `oc talm diagnose` for some clusters, whatever CGUs have them.

use std::collections::HashSet;

use serde_json::json;
use ztp_common::cli::{Failure, Outcome, Output, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::rollout::Key;
use ztp_common::rollout::status::{Attention, cluster_rows};

use crate::diagnose::{ZTP_NAMESPACE, body_and_verdict, headline, section};
use crate::facts::Facts;
use crate::look::{Look, Selection};
use crate::machine;
use crate::next::after_diagnosis;
use crate::selection::{left_out, unknown};
use crate::status::{reports, without_cgu};
use crate::status_list::Rows;
use crate::verdict::errors;
use crate::words::{flow, lines, many};

/// What is wrong with the CGUs that have some of the clusters and are not done with them.
pub struct SelectedDiagnoses {
    looks: Vec<Look>,
    /// Clusters for which TALM makes no CGU.
    without_cgu: Vec<Finding>,
    /// CGUs that are done with all of them.
    done: usize,
    /// CGUs that were not looked at.
    more: usize,
    limit: usize,
    selection: Selection,
}

impl SelectedDiagnoses {
    /// Looks at them in the order of attention; for people only at as many as they can read.
    pub fn find(facts: &Facts, namespace: Option<&str>, selection: Selection, rows: Rows) -> Self {
        let chosen = &selection.chosen;
        let reports = reports(facts, namespace, Some(chosen));
        let mut open: Vec<Key> = Vec::new();
        let mut seen = HashSet::new();
        for row in cluster_rows(&reports, chosen) {
            let Some((report, _)) = row.place.filter(|_| row.attention != Attention::Done) else { continue };
            if seen.insert((&report.namespace, &report.name)) {
                open.push((report.namespace.clone(), report.name.clone()));
            }
        }
        let limit = rows.limit();
        let cgus = open.iter().take(limit).filter_map(|key| facts.hub.cgus.get(key));
        Self {
            looks: cgus.map(|cgu| Look::at(facts, cgu, Some(selection.clone()))).collect(),
            without_cgu: without_cgu(facts, namespace, Some(chosen)),
            done: reports.len() - open.len(),
            more: open.len().saturating_sub(limit),
            limit,
            selection,
        }
    }

    /// Prints them.
    ///
    /// # Errors
    /// Standard output is gone.
    pub fn answer(&self, output: &Output, facts: &Facts, terminal: &Terminal) -> Result<Outcome, Failure> {
        let item = |look: &Look| {
            json!({"namespace": look.report.namespace, "name": look.report.name, "leftOut": look.left_out,
                "findings": machine::findings(&look.findings)})
        };
        let fields = json!({"recordedAt": facts.hub.recorded_at, "items": self.looks.iter().map(item).collect::<Vec<_>>(),
            "unknown": self.selection.chosen.unknown, "findings": machine::findings(&self.without_cgu)});
        let text = match machine::text(output, "RolloutDiagnosisList", fields)? {
            Some(text) => text,
            None => self.text(facts, terminal),
        };
        print(&text)?;
        let is_bad = self.findings().any(|findings| errors(findings) > 0) || !self.selection.chosen.unknown.is_empty();
        Ok(if is_bad { Outcome::No } else { Outcome::Done })
    }

    fn findings(&self) -> impl Iterator<Item = &[Finding]> {
        self.looks.iter().map(|look| look.findings.as_slice()).chain([self.without_cgu.as_slice()])
    }

    fn text(&self, facts: &Facts, terminal: &Terminal) -> String {
        let chosen = &self.selection.chosen;
        let mut parts = vec![format!("{} selected", many(chosen.clusters.len(), "cluster"))];
        parts.push(match self.looks.len() + self.more + self.done {
            0 => "in no CGU".to_owned(),
            cgus => format!("in {}", many(cgus, "CGU")),
        });
        parts.extend((self.done > 0).then(|| format!("{} done with them, left out", self.done)));
        let mut text = flow(&parts, terminal.width);
        for look in &self.looks {
            let report = &look.report;
            let headline = headline(report, terminal);
            text += &section(&format!("{}/{}", report.namespace, report.name), &headline, &look.findings, terminal);
        }
        if self.more > 0 {
            text += &format!("+{} more: add -o wide\n", self.more);
        }
        if !self.without_cgu.is_empty() {
            text += &section(ZTP_NAMESPACE, "no CGU for some of them", &self.without_cgu, terminal);
        }
        text += &lines(&unknown(chosen, &facts.hub, terminal, self.limit));
        text += &lines(left_out(self.looks.iter().map(|look| look.left_out).sum()).as_slice());
        let report = match self.looks.as_slice() {
            [one] => Some(&one.report),
            _ => None,
        };
        let next = after_diagnosis(report, self.findings().flatten(), facts);
        body_and_verdict(text, self.findings().flatten(), next, facts, terminal)
    }
}
