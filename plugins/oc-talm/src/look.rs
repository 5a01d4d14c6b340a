//! One CGU, looked at as a whole or for the sake of some clusters.

use serde_json::{Value, json};
use ztp_common::cli::{Failure, Terminal};
use ztp_common::finding::Finding;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::status::{Attention, Chosen, StatusReport, assess, cluster_rows, narrow};

use crate::diagnose::causes;
use crate::facts::Facts;
use crate::selection::{Asked, left_out, unknown};
use crate::verdict::errors;
use crate::words::listed;

/// More names than this are counted and not listed.
const MAX_LISTED: usize = 10;

/// The clusters asked about, as the hub has them.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Which.
    pub chosen: Chosen,
    /// The flags that say it, with a space before; may be empty.
    pub again: String,
}

impl Selection {
    /// Resolves what was asked for; nothing was, nothing is.
    ///
    /// # Errors
    /// A selector that the API refuses.
    pub fn of(asked: Option<&Asked>, facts: &Facts) -> Result<Option<Self>, Failure> {
        let resolve = |asked: &Asked| Ok(Self { chosen: asked.chosen(&facts.hub)?, again: asked.again.clone() });
        asked.map(resolve).transpose()
    }

    /// Resolves it anew while a rollout is followed. What was selected stays: TALM and its actions take labels away as
    /// clusters complete.
    ///
    /// # Errors
    /// A selector that the API refuses.
    pub fn renew(&mut self, asked: &Asked, facts: &Facts) -> Result<(), Failure> {
        self.chosen.extend(asked.chosen(&facts.hub)?, &facts.hub);
        Ok(())
    }
}

/// Where a CGU stands and what is wrong with it; with a selection only what concerns its clusters or the whole CGU.
pub struct Look {
    /// Where it stands.
    pub report: StatusReport,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// How many findings are about other clusters.
    pub left_out: usize,
    /// For whose sake.
    pub selection: Option<Selection>,
}

impl Look {
    /// Looks.
    pub fn at(facts: &Facts, cgu: &ClusterGroupUpgrade, selection: Option<Selection>) -> Self {
        let mut report = assess(&facts.hub, cgu, facts.at());
        let (mut findings, mut left_out) = (causes(facts, cgu), 0);
        if let Some(Selection { chosen, .. }) = &selection {
            narrow(&mut report, &facts.hub, chosen);
            (findings, left_out) = chosen.findings(findings);
        }
        Self { report, findings, left_out, selection }
    }

    /// Whether one of the clusters asked about needs somebody, or is none.
    pub fn is_bad_for_selection(&self) -> bool {
        let is_bad = |selection: &Selection| {
            let rows = cluster_rows(std::slice::from_ref(&self.report), &selection.chosen);
            let is_open = rows.iter().any(|row| row.attention < Attention::Done);
            !selection.chosen.unknown.is_empty()
                || rows.iter().any(|row| row.attention == Attention::Needed)
                || is_open && errors(&self.findings) > 0
        };
        self.selection.as_ref().is_some_and(is_bad)
    }

    /// What a selection asks for and does not get, and what it hides.
    pub fn notes(&self, terminal: &Terminal, limit: usize, facts: &Facts) -> Vec<String> {
        let Some(Selection { chosen, .. }) = &self.selection else { return Vec::new() };
        let mut lines = Vec::new();
        let missing = chosen.missing_in(&self.report);
        if !missing.is_empty() {
            lines.push(format!("not in this CGU: {}", listed(&missing, MAX_LISTED)));
        }
        lines.extend(unknown(chosen, &facts.hub, terminal, limit));
        lines.extend(left_out(self.left_out));
        lines
    }

    /// The fields that a selection adds to reports for machines.
    pub fn add_fields(&self, fields: &mut Value) {
        if let Some(Selection { chosen, .. }) = &self.selection {
            fields["notInCgu"] = json!(chosen.missing_in(&self.report));
            fields["unknown"] = json!(chosen.unknown);
            fields["leftOut"] = json!(self.left_out);
        }
    }
}
