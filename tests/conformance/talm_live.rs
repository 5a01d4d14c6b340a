//! `talm-live/`: rollouts recorded stage by stage from the running operator.
//!
//! There is no expected file: what a report says of a stage must follow from the stage, by rules written here a second
//! time, from TALM's status and the policies alone. What the plan foretells must be what the next stage holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use ztp_common::finding::{Finding, Level};
use ztp_common::resource::{ClusterGroupUpgrade, ClusterState, ConditionStatus};
use ztp_common::rollout::status::{CguState, ClusterProgress, StatusReport, assess};
use ztp_common::rollout::{
    ClusterCompliance, Hub, Outcome, cluster_compliance, diagnose, diagnose_ztp, judged_at, plan,
};

use super::Results;
use super::talm::{Graph, derived_hub, hub, name, subfolders};

const ZTP: &str = "ztp-install";

pub fn run(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let mut results = Results::new();
    for case in subfolders(folder) {
        let mut before: Option<Hub> = None;
        for file in ztp_tests::files_below(&case).iter().filter(|file| name(file).ends_with(".json")) {
            let id = format!("{}/{}", name(&case), name(file).trim_end_matches(".json"));
            if !wanted(&id) {
                continue;
            }
            let problems = match hub(file) {
                Ok(now) => {
                    let mut problems = stage(&now, before.as_ref());
                    // As on a live hub, where the copies of policies are not read.
                    match derived_hub(file) {
                        Ok(live) => problems.extend(stage(&live, None).into_iter().map(|text| format!("live: {text}"))),
                        Err(error) => problems.push(error),
                    }
                    before = Some(now);
                    problems
                }
                Err(error) => vec![error],
            };
            results.push((id, problems));
        }
    }
    results
}

/// What is wrong in the report on one CGU.
pub fn told(hub: &Hub, key: &(String, String)) -> Vec<String> {
    let Some(cgu) = hub.cgus.get(key) else { return Vec::new() };
    let mut story = Story::of(hub, cgu, judged_at(hub, Timestamp::UNIX_EPOCH));
    story.state();
    story.clusters();
    story.problems
}

fn stage(hub: &Hub, before: Option<&Hub>) -> Vec<String> {
    let at = judged_at(hub, hub.recorded_at.unwrap_or(Timestamp::UNIX_EPOCH));
    let mut problems = Vec::new();
    for (key, cgu) in &hub.cgus {
        let mut story = Story::of(hub, cgu, at);
        story.state();
        story.clusters();
        story.causes();
        story.foretold(before.and_then(|before| Some((before, before.cgus.get(key)?))), at);
        problems.extend(story.problems.into_iter().map(|text| format!("{}/{}: {text}", key.0, key.1)));
    }
    for cluster in hub.clusters.keys() {
        problems.extend(first_configuration(hub, cluster));
    }
    problems
}

/// What is said of one CGU, and what is wrong with it.
struct Story<'h> {
    hub: &'h Hub,
    cgu: &'h ClusterGroupUpgrade,
    report: StatusReport,
    findings: Vec<Finding>,
    problems: Vec<String>,
}

impl<'h> Story<'h> {
    fn of(hub: &'h Hub, cgu: &'h ClusterGroupUpgrade, at: Timestamp) -> Self {
        let mut findings = diagnose(hub, cgu, &Graph, at);
        if cgu.metadata.namespace == ZTP {
            findings.extend(diagnose_ztp(hub, &cgu.metadata.name));
        }
        Self { hub, cgu, report: assess(hub, cgu, at), findings, problems: Vec::new() }
    }

    fn check(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.problems.push(what());
        }
    }

    fn says(&self, kind: &str, status: &ConditionStatus) -> Option<&str> {
        self.cgu.status.condition(kind).filter(|c| c.status == *status).map(|c| c.reason.as_str())
    }

    /// The state, by the conditions in TALM's order.
    fn state(&mut self) {
        let (yes, no) = (ConditionStatus::True, ConditionStatus::False);
        let expected = if self.says("Succeeded", &yes).is_some() {
            CguState::Completed
        } else if let Some(reason) = self.says("Succeeded", &no) {
            if reason == "TimedOut" { CguState::TimedOut } else { CguState::Failed }
        } else if let Some(reason) = self.says("Progressing", &yes) {
            if reason == "WaitingForPlacement" { CguState::WaitingForPlacement } else { CguState::InProgress }
        } else if self.says("ClustersSelected", &no).is_some() {
            CguState::ClustersNotSelected
        } else if self.says("Validated", &no).is_some() {
            CguState::NotValid
        } else {
            match self.says("Progressing", &no) {
                Some("NotEnabled") => CguState::NotEnabled,
                Some("MissingBlockingCR" | "IncompleteBlockingCR") => CguState::Blocked,
                _ => return,
            }
        };
        let got = self.report.state.clone();
        self.check(got == expected, || format!("state: expected {expected:?}, got {got:?}"));
        let batch = usize::try_from(self.cgu.status.status.current_batch).ok().filter(|n| *n > 0);
        let got = self.report.current_batch;
        self.check(got == batch, || format!("batch: expected {batch:?}, got {got:?}"));
        let sizes: Vec<usize> = self.cgu.status.remediation_plan.iter().map(Vec::len).collect();
        let got: Vec<usize> = self.report.batches.iter().map(|batch| batch.clusters).collect();
        self.check(got == sizes, || format!("batches: expected {sizes:?}, got {got:?}"));
        self.check(!self.report.story.is_empty(), || "there is no story".to_owned());
    }

    /// Where each cluster of the plan stands.
    fn clusters(&mut self) {
        let reported: BTreeMap<String, (ClusterProgress, Option<String>)> =
            self.report.clusters.iter().map(|c| (c.name.clone(), (c.progress, c.at.clone()))).collect();
        for (number, batch) in self.cgu.status.remediation_plan.iter().enumerate() {
            for cluster in batch {
                let expected = self.progress(cluster, number + 1);
                let Some((got, at)) = reported.get(cluster) else {
                    self.problems.push(format!("{cluster} is not told"));
                    continue;
                };
                self.check(*got == expected.0, || format!("{cluster}: expected {expected:?}, got {got:?}"));
                self.check(expected.1.is_none() || *at == expected.1, || {
                    format!("{cluster}: expected at {expected:?}, got {at:?}")
                });
                let named = !matches!(expected.0, ClusterProgress::TimedOut) || self.tells(cluster);
                self.check(named, || format!("nothing tells that {cluster} ran out of time"));
            }
        }
    }

    fn progress(&self, cluster: &str, batch: usize) -> (ClusterProgress, Option<String>) {
        let status = &self.cgu.status;
        let open = self.open(cluster);
        if let Some(outcome) = status.clusters.iter().find(|outcome| outcome.name == cluster) {
            return match (&outcome.state, open.is_some()) {
                (ClusterState::TimedOut, _) => (ClusterProgress::TimedOut, open),
                (_, true) => (ClusterProgress::Drifted, open),
                (_, false) => (ClusterProgress::Complete, None),
            };
        }
        if let Some(end) = status.succeeded() {
            // Only canaries that end the CGU get no entry.
            let canary = end.message.ends_with("on canary clusters") && batch == self.first_not_complete();
            return (if canary { ClusterProgress::TimedOut } else { ClusterProgress::NeverReached }, open);
        }
        let current = usize::try_from(status.status.current_batch).unwrap_or_default();
        match status.status.current_batch_remediation_progress.get(cluster) {
            Some(progress) if batch == current => {
                let at = progress.policy_index.and_then(|at| status.managed_policies_for_upgrade.get(at));
                let soaks = progress.first_compliant_at.is_some();
                let state = if soaks { ClusterProgress::Soaking } else { ClusterProgress::InProgress };
                (state, at.map(|policy| policy.name.clone()))
            }
            _ => (ClusterProgress::Waiting, open),
        }
    }

    /// The number of the first batch of which not every cluster has an entry.
    fn first_not_complete(&self) -> usize {
        let status = &self.cgu.status;
        let has_entry = |name: &String| status.clusters.iter().any(|outcome| outcome.name == *name);
        status.remediation_plan.iter().position(|batch| !batch.iter().all(has_entry)).map_or(0, |at| at + 1)
    }

    fn open(&self, cluster: &str) -> Option<String> {
        let policies = self.cgu.status.managed_policies_for_upgrade.iter();
        let mut open = policies.filter(|policy| {
            let root = self.hub.policy(&policy.namespace, &policy.name);
            root.is_some_and(|root| cluster_compliance(root, cluster) == ClusterCompliance::NonCompliant)
        });
        open.next().map(|policy| policy.name.clone())
    }

    /// Whether the story, or the first finding, names something.
    fn tells(&self, word: &str) -> bool {
        let first = self.findings.first().map_or("", |finding| finding.fact.as_str());
        self.report.story.contains(word) || first.contains(word)
    }

    /// What is found must have a cause, and what is wrong must be found.
    fn causes(&mut self) {
        let errors: BTreeSet<&str> =
            self.findings.iter().filter(|f| f.level == Level::Error).map(|finding| finding.id).collect();
        let any = |ids: &[&str]| ids.iter().any(|id| errors.contains(id));
        let all = errors.iter().copied().collect::<Vec<_>>().join(", ");
        let message = self.report.message.clone();
        let expected = match self.report.state {
            CguState::TimedOut => any(&["rollout/timed-out"]),
            CguState::ClustersNotSelected => {
                any(&["rollout/cluster-missing", "rollout/canary-not-selected", "rollout/no-selection"])
            }
            CguState::NotValid => errors.iter().any(|id| id.starts_with("rollout/policy-") || id.contains("template")),
            CguState::Blocked => errors.iter().any(|id| id.starts_with("rollout/blocker-")) || !self.blocked_for_ever(),
            // A rollout that goes on, or went well, is no reason to worry anybody.
            CguState::InProgress | CguState::Completed | CguState::NotEnabled => errors.is_empty(),
            _ => true,
        };
        self.check(expected, || format!("{message:?} has the errors [{all}]"));
        // All names, not only those that TALM prints.
        let names = if self.report.state == CguState::NotValid { message.as_str() } else { "" };
        for word in names.split(['[', ']', ' ']).skip(3) {
            let told = word.is_empty() || self.findings.iter().any(|finding| finding.fact.contains(word));
            self.check(told, || format!("no finding names {word}"));
        }
        for held in self.held() {
            let told = self.tells(&held);
            self.check(told, || format!("nothing tells that {held} holds the last batch"));
        }
        let idle = self.report.state == CguState::Completed && self.cgu.spec.managed_policies.is_empty();
        let told = self.findings.iter().any(|f| ["rollout/nothing-done", "rollout/ztp-incomplete"].contains(&f.id));
        self.check(!idle || told, || "nothing tells that nothing was done".to_owned());
    }

    fn blocked_for_ever(&self) -> bool {
        let blockers = self.cgu.spec.blocking_crs.iter();
        blockers.map(|name| self.hub.cgu(&name.namespace, &name.name)).any(|cgu| {
            cgu.is_none_or(|cgu| !cgu.spec.is_enabled() || cgu.status.succeeded().is_some_and(|end| !end.is_true()))
        })
    }

    /// Clusters of earlier batches without which the last batch does not complete the CGU.
    fn held(&self) -> Vec<String> {
        let plan = &self.cgu.status.remediation_plan;
        let last = self.report.current_batch == Some(plan.len()) && self.report.state == CguState::InProgress;
        let earlier = plan.iter().take(plan.len().saturating_sub(1)).flatten().filter(|_| last);
        earlier.filter(|cluster| self.open(cluster).is_some()).cloned().collect()
    }

    /// What the plan foretold on the hub before must be what TALM has written since; and as long as a CGU has not
    /// started, TALM's words must be those of the plan.
    fn foretold(&mut self, before: Option<(&Hub, &ClusterGroupUpgrade)>, at: Timestamp) {
        let now = plan(self.hub, self.cgu, &Graph, at);
        if !matches!(now.outcome, Outcome::Running | Outcome::Ended) {
            let words = |conditions: &[ztp_common::resource::Condition]| -> Vec<String> {
                conditions.iter().map(|c| format!("{} {} {} {}", c.kind, c.status, c.reason, c.message)).collect()
            };
            let (got, expected) = (words(&now.status.conditions), words(&self.cgu.status.conditions));
            self.check(got == expected, || format!("conditions: expected {expected:?}, got {got:?}"));
        }
        let Some((hub, earlier)) = before.filter(|_| !self.cgu.status.remediation_plan.is_empty()) else { return };
        let foretold = plan(hub, earlier, &Graph, at);
        if matches!(foretold.outcome, Outcome::Running | Outcome::Ended) {
            return;
        }
        let (got, expected) = (&foretold.status.remediation_plan, &self.cgu.status.remediation_plan);
        let differ = got != expected;
        let text = format!("plan: expected {expected:?}, got {got:?}");
        self.check(!differ, || text);
        let (got, expected) =
            (&foretold.status.managed_policies_for_upgrade, &self.cgu.status.managed_policies_for_upgrade);
        let differ = got != expected;
        let text = format!("policies: expected {expected:?}, got {got:?}");
        self.check(!differ, || text);
    }
}

/// TALM makes one CGU for each available cluster, unless a wave is no number.
fn first_configuration(hub: &Hub, cluster: &str) -> Vec<String> {
    let ids: BTreeSet<&str> = diagnose_ztp(hub, cluster).iter().map(|finding| finding.id).collect();
    let inform = || hub.copies_on(cluster).iter().filter(|copy| !copy.enforce);
    let bad = inform().any(|copy| copy.wave.as_ref().is_some_and(|wave| wave.parse::<i64>().is_err()));
    let mut problems = Vec::new();
    if bad != ids.contains("rollout/ztp-wave-invalid") {
        problems.push(format!("{cluster}: a wave that is no number: {bad}, found: {ids:?}"));
    }
    problems
}
