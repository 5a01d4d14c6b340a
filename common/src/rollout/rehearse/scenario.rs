//! What a rehearsal plays: a plan, made small and ready to be walked through many times.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;

use super::distribution::Drawer;
use super::model::Model;
use crate::resource::{BatchTimeoutAction, ClusterGroupUpgrade, Policy};
use crate::rollout::made::soak_seconds;
use crate::rollout::{ClusterCompliance, Hub, Outcome, Plan, cluster_compliance};

/// TALM looks at a running batch at the latest this long after it last did (TALM 5.0
/// `controllers/clustergroupupgrade_controller.go`, `requeueWithLongInterval`).
const POLL: SignedDuration = SignedDuration::from_mins(5);
/// It looks twice a minute while a cluster soaks (`requeueWithShortInterval`).
pub(super) const SOAK_POLL_MS: i64 = 30_000;

/// A batch to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioBatch {
    /// How many clusters it has.
    pub clusters: usize,
    /// Whether its one cluster is a canary.
    pub canary: bool,
    /// Whether its time-out ends the CGU as that of a canary.
    pub judged_as_canary: bool,
}

/// What a cluster has to do about one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Step {
    /// Index of the policy.
    pub policy: usize,
    /// Whether it has to become compliant; else it is, and only soaks.
    pub work: bool,
}

/// What one kind of cluster has to do, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Walk {
    pub steps: Vec<Step>,
    /// The cluster will not become compliant with anything.
    pub hopeless: bool,
}

/// What is known of one policy.
#[derive(Clone, Debug)]
pub(super) struct Enforced {
    pub time: Drawer,
    pub failure: f64,
    /// How long it soaks, as TALM's clock measures it.
    pub soak_ms: Option<i64>,
}

/// A plan with its model, ready to be rehearsed.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The batches, in order.
    pub batches: Vec<ScenarioBatch>,
    /// The policies or templates to be enforced, in order.
    pub policies: Vec<String>,
    /// Clusters that will not get anywhere as they are: not available, or without their `name` label.
    pub hopeless: Vec<String>,
    pub(super) enforced: Vec<Enforced>,
    pub(super) walks: Vec<Walk>,
    /// The walk of each cluster, batch after batch.
    pub(super) clusters: Vec<u32>,
    pub(super) timeout: SignedDuration,
    pub(super) used: SignedDuration,
    pub(super) aborts: bool,
    /// Whether the end waits for clusters that timed out before.
    pub(super) rechecks: bool,
    /// Whether TALM finds clusters by their label `name`.
    by_label: bool,
    pub(super) blocked: Option<Drawer>,
    pub(super) poll_ms: i64,
}

/// What is asked of a rehearsal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// How long after the start the window closes; without one only the CGU's own timeout counts.
    pub window: Option<SignedDuration>,
    /// How many clusters may be left undone.
    pub allowed_left: usize,
}

/// Why there is nothing to rehearse.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// TALM would not start this plan.
    #[error("TALM would not start it")]
    NotStarting(Outcome),
    /// Nothing is known about how long these take.
    #[error("nothing says how long {} take", .0.join(", "))]
    NoTime(Vec<String>),
}

impl Scenario {
    /// Puts a plan and a model together. The plan must be one that starts, which [`Outcome::Starts`] says.
    ///
    /// # Errors
    /// The plan does not start, or the model lacks a time.
    pub fn new(hub: &Hub, cgu: &ClusterGroupUpgrade, plan: &Plan, model: &Model) -> Result<Self, ScenarioError> {
        if plan.outcome != Outcome::Starts {
            return Err(ScenarioError::NotStarting(plan.outcome));
        }
        let works = &cgu.spec.manifest_work_templates;
        let references = plan.policies.for_upgrade();
        let found: Vec<&Policy> = references.iter().filter_map(|p| hub.policy(&p.namespace, &p.name)).collect();
        let policies: Vec<String> = match works.is_empty() {
            true => found.iter().map(|policy| policy.metadata.name.clone()).collect(),
            false => works.clone(),
        };
        let soaks: Vec<Option<i64>> = match works.is_empty() {
            true => found.iter().map(|policy| soak_seconds(policy).map(soak_ms)).collect(),
            false => vec![None; works.len()],
        };
        let unknown: Vec<String> = policies.iter().filter(|name| model.time_of(name).is_none()).cloned().collect();
        if !unknown.is_empty() {
            return Err(ScenarioError::NoTime(unknown));
        }
        let enforced = policies.iter().zip(soaks).filter_map(|(name, soak_ms)| {
            Some(Enforced { time: model.time_of(name)?.drawer(), failure: model.failure_of(name), soak_ms })
        });
        let mut scenario = Self {
            batches: batches(plan),
            enforced: enforced.collect(),
            policies,
            hopeless: Vec::new(),
            walks: Vec::new(),
            clusters: Vec::new(),
            timeout: SignedDuration::from_secs(cgu.spec.remediation_strategy.timeout_minutes().saturating_mul(60)),
            used: SignedDuration::from_secs(plan.used_seconds),
            aborts: cgu.spec.batch_timeout_action == Some(BatchTimeoutAction::Abort),
            rechecks: works.is_empty(),
            by_label: works.is_empty() && !hub.has_placement_rules(cgu),
            blocked: model.blocked.as_ref().map(super::Spread::drawer),
            poll_ms: i64::try_from(POLL.as_millis()).unwrap_or(i64::MAX),
        };
        scenario.add_clusters(hub, plan, &found);
        Ok(scenario)
    }

    fn add_clusters(&mut self, hub: &Hub, plan: &Plan, policies: &[&Policy]) {
        let mut known: HashMap<Walk, u32> = HashMap::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for cluster in plan.batches.iter().flat_map(|batch| &batch.clusters) {
            let is_hopeless = self.is_hopeless(hub, cluster);
            // A canary listed twice has its second batch when it has done everything.
            let is_first = seen.insert(cluster);
            if is_hopeless && is_first {
                self.hopeless.push(cluster.clone());
            }
            let walk = Walk { steps: self.steps(policies, cluster, is_first), hopeless: is_hopeless && is_first };
            let next = u32::try_from(self.walks.len()).unwrap_or(u32::MAX);
            let walks = &mut self.walks;
            let kind = *known.entry(walk).or_insert_with_key(|walk| {
                walks.push(walk.clone());
                next
            });
            self.clusters.push(kind);
        }
    }

    /// Nothing is enforced on a cluster that is away, nor on one that TALM's Placements do not find by its label.
    fn is_hopeless(&self, hub: &Hub, cluster: &str) -> bool {
        let Some(known) = hub.clusters.get(cluster) else { return false };
        known.is_known_unavailable() || (self.by_label && known.name_label() != Some(cluster))
    }

    fn steps(&self, policies: &[&Policy], cluster: &str, is_first: bool) -> Vec<Step> {
        if !self.rechecks {
            return (0..self.enforced.len()).filter(|_| is_first).map(|policy| Step { policy, work: true }).collect();
        }
        let step = |(policy, object): (usize, &&Policy)| {
            let soaks = soak_seconds(object).is_some();
            // Listed twice, it is compliant when its second place is reached.
            let is_open = is_first && !policies.iter().take(policy).any(|earlier| std::ptr::eq(*earlier, *object));
            match cluster_compliance(object, cluster) {
                ClusterCompliance::NonCompliant if is_open => Some(Step { policy, work: true }),
                ClusterCompliance::NonCompliant | ClusterCompliance::Compliant if soaks => {
                    Some(Step { policy, work: false })
                }
                _ => None,
            }
        };
        policies.iter().enumerate().filter_map(step).collect()
    }

    /// The same with TALM looking at a running batch more or less often than it does by itself; a zero means that it
    /// notices everything at once.
    pub fn looked_at_every(mut self, time: SignedDuration) -> Self {
        self.poll_ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// How many clusters there are.
    pub fn cluster_count(&self) -> usize {
        self.clusters.len()
    }

    /// The time the CGU has left: its clock may have run while others blocked it.
    pub(super) fn time_left(&self) -> SignedDuration {
        self.timeout.saturating_sub(self.used)
    }

    /// The probability that no cluster at all fails for good, if time were no matter.
    pub fn chance_of_all(&self) -> f64 {
        let succeeds = |kind: &u32| match self.walks.get(*kind as usize) {
            Some(walk) if walk.hopeless => 0.0,
            Some(walk) => {
                let work = walk.steps.iter().filter(|step| step.work);
                work.filter_map(|step| self.enforced.get(step.policy)).map(|policy| 1.0 - policy.failure).product()
            }
            None => 1.0,
        };
        self.clusters.iter().map(succeeds).product()
    }
}

/// A cluster goes on with the first look at which it has been compliant long enough, and never with the first of all
/// (TALM 5.0 `controllers/utils/policy_util.go`, `ShouldSoak`).
fn soak_ms(seconds: u64) -> i64 {
    let millis = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX - SOAK_POLL_MS);
    millis.div_euclid(SOAK_POLL_MS).saturating_add(i64::from(millis % SOAK_POLL_MS != 0)).max(1) * SOAK_POLL_MS
}

fn batches(plan: &Plan) -> Vec<ScenarioBatch> {
    let batch = |batch: &crate::rollout::Batch| ScenarioBatch {
        clusters: batch.clusters.len(),
        canary: batch.canary,
        judged_as_canary: batch.judged_as_canary,
    };
    plan.batches.iter().map(batch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soak_is_seen_twice_a_minute() {
        assert_eq!([0, 1, 30, 31, 60, 20].map(soak_ms), [30_000, 30_000, 30_000, 60_000, 60_000, 30_000]);
        assert!(soak_ms(u64::MAX) > 0);
    }
}
