//! What a change of a rollout comes to, shown before it is made: the plan, and what it does to nodes.

use ztp_common::finding::Finding;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::decide::{effects, plan_digest};
use ztp_common::rollout::{Hub, Outcome, Plan};

use crate::change::ObjectFormat;
use crate::plan_text::{self, PlanReport};
use crate::words::listed;
use crate::writing::Writing;

/// A CGU to be, and the hub it will meet.
pub struct Preview<'p> {
    pub hub: &'p Hub,
    pub cgu: &'p ClusterGroupUpgrade,
    pub plan: &'p Plan,
    pub told: &'p [Finding],
}

impl Preview<'_> {
    /// The clusters that something is done to; where no plan can be made, all that are selected.
    pub fn reach(&self) -> usize {
        if self.plan.batches.is_empty() && self.plan.outcome != Outcome::NothingToDo {
            return self.plan.selected.len();
        }
        self.plan.batches.iter().map(|batch| batch.clusters.len()).sum()
    }

    /// The text.
    pub fn text(&self, writing: &Writing<'_>) -> String {
        let report = PlanReport { hub: self.hub, cgu: self.cgu, plan: self.plan, findings: self.told, anew: false };
        let wide = writing.output == ObjectFormat::Wide;
        let mut facts = String::new();
        for (does, policies) in effects(self.hub, self.plan) {
            facts += &format!("what it does: {does}   ({})\n", listed(&policies, 3));
        }
        facts += &writing.facts.line();
        if !self.plan.batches.is_empty() {
            facts += &format!("; plan {}", plan_digest(self.plan));
        }
        plan_text::text(&report, writing.terminal, wide, &facts, None)
    }
}
