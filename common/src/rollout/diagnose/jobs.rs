//! Findings about the jobs before the start, pre-caching and backup: what failed, and what that does to clusters.

use super::Case;
use super::wording::{all_clusters, clusters, listed};
use crate::finding::Finding;
use crate::resource::{ClusterState, JobState, JobStatus};
use crate::rollout::Outcome;
use crate::rollout::status::{CguState, JobReport};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    unprepared(case, findings);
    late_for_precaching(case, findings);
    stuck(case, findings);
    canaries_to_be_skipped(case, findings);
}

/// What failed before the start; of a CGU that succeeded, the clusters it left behind are told.
pub(super) fn unprepared(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (status, report) = (&case.cgu.status, &case.report);
    if report.state != CguState::Completed {
        let precaching = ("pre-caching", "rollout/precache-failed", "rollout/precache-partial");
        let backup = ("the backup", "rollout/backup-failed", "rollout/backup-partial");
        findings.extend(failed(case, precaching, status.precaching.as_ref(), report.precaching.as_ref()));
        findings.extend(failed(case, backup, status.backup.as_ref(), report.backup.as_ref()));
    }
    canaries_not_done(case, findings);
}

fn failed(
    case: &Case<'_>,
    (what, all, some): (&str, &'static str, &'static str),
    job: Option<&JobStatus>,
    report: Option<&JobReport>,
) -> Option<Finding> {
    let job = job?;
    let failed: Vec<(&String, &JobState)> = job.status.iter().filter(|(_, state)| state.has_failed()).collect();
    let names: Vec<&String> = failed.iter().map(|(name, _)| *name).collect();
    if names.is_empty() {
        return None;
    }
    let finding = if names.len() == job.status.len() && !case.report.state.is_final() {
        Finding::error(all, format!("{what} failed on {}", all_clusters(names.len())))
            .note("TALM tries for ever, and no timeout applies")
            .fix(format!("oc delete cgu {}, and make it again once the cause is gone", case.argument()))
    } else {
        Finding::warning(some, format!("{what} failed on {}: {}", clusters(names.len()), listed(&names)))
            .on(&names)
            .note("the rollout goes on without them, and they get no entry in status.clusters")
            .fix("roll them out with a CGU of their own")
    };
    let why = |(name, state): &(&String, &JobState)| match report.and_then(|report| report.why.get(*name)) {
        Some(why) => format!("{name}: {state}, {why}"),
        None => format!("{name}: {state}"),
    };
    Some(failed.iter().take(5).map(why).fold(finding, Finding::note))
}

/// TALM takes a canary that failed before the start for one that needs nothing.
fn canaries_not_done(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let has_failed = |name: &String| {
        let jobs = [&case.cgu.status.precaching, &case.cgu.status.backup];
        jobs.into_iter().flatten().any(|job| job.status.get(name).is_some_and(|state| state.has_failed()))
    };
    let canaries = &case.cgu.spec.remediation_strategy.canaries;
    let wrong: Vec<&String> = case
        .cgu
        .status
        .clusters
        .iter()
        .filter(|c| c.state == ClusterState::Complete && canaries.contains(&c.name) && has_failed(&c.name))
        .map(|c| &c.name)
        .collect();
    if !wrong.is_empty() {
        findings.push(
            Finding::warning(
                "rollout/canary-not-done",
                format!("canaries shown as complete were not touched: {}", listed(&wrong)),
            )
            .on(&wrong)
            .note("they failed before the start; TALM takes them for compliant and applies afterCompletion")
            .fix("check their labels, and roll them out again"),
        );
    }
}

/// TALM waits for a record of jobs to be complete even where it does not run them any more.
fn stuck(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (what, field, taken_back) = match case.plan.outcome {
        Outcome::PrecachingStuck => ("pre-caching", "preCaching", !case.cgu.spec.pre_caching),
        Outcome::BackupStuck => ("the backup", "backup", !case.cgu.spec.backup),
        _ => return,
    };
    let why = match taken_back {
        true => format!("{field} was set back to false"),
        false => "no cluster is left that needs it".to_owned(),
    };
    findings.push(
        Finding::error("rollout/jobs-stuck", format!("TALM waits for {what}, and does not run it any more: {why}"))
            .note("it asks the record in the status, not the field, and no timeout applies")
            .fix(format!("oc delete cgu {}, and make it again", case.argument())),
    );
}

/// The same before it happens: time to take the canary out of the list, or to make the CGU again.
fn canaries_to_be_skipped(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let canaries = &case.cgu.spec.remediation_strategy.canaries;
    let ends = matches!(case.plan.outcome, Outcome::Running | Outcome::Ended | Outcome::NoClustersLeft);
    let dropped: Vec<&String> = case.plan.filtered_out.iter().filter(|name| canaries.contains(name)).collect();
    if !ends && !dropped.is_empty() {
        let fact = format!("canaries will be shown as complete without being touched: {}", listed(&dropped));
        findings.push(
            Finding::warning("rollout/canary-not-done", fact)
                .note("they are dropped before the start; TALM takes them for compliant and applies afterCompletion")
                .fix("take them out of the canaries and clusters, or make the CGU again once the cause is gone"),
        );
    }
}

/// Clusters that came into the plan after pre-caching was done: TALM takes them for failed ones.
fn late_for_precaching(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(job) = &case.plan.status.precaching else { return };
    let late: Vec<&String> = case.plan.filtered_out.iter().filter(|name| !job.status.contains_key(*name)).collect();
    if case.is_before_start() && !late.is_empty() && case.plan.status.condition("PrecachingSuceeded").is_some() {
        let fact = format!("{} came too late for pre-caching: {}", clusters(late.len()), listed(&late));
        let note = "pre-caching is not repeated, and the rollout goes on without clusters that have no record of it";
        findings.push(
            Finding::warning("rollout/precache-partial", fact).note(note).fix("roll them out with a CGU of their own"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use crate::rollout::example::{cgu, cluster, policy};
    use serde_json::{Value, json};

    #[test]
    fn who_dropped_out_before_the_start_is_told_after_the_end_as_well() {
        let of = |condition: Value| {
            let mut ended = cgu(
                "u",
                json!({"clusters": ["a", "b"], "managedPolicies": ["p"], "preCaching": true,
                "remediationStrategy": {"maxConcurrency": 1}}),
            );
            ended["status"] = json!({"conditions": [condition], "remediationPlan": [["a"]],
                "clusters": [{"name": "a", "state": "timedout"}],
                "precaching": {"status": {"a": "Succeeded", "b": "UnrecoverableError"}}});
            let open = policy("n", "p", &[("a", "NonCompliant"), ("b", "NonCompliant")]);
            findings(vec![cluster("a"), cluster("b"), open, ended])
        };
        let found = of(json!({"type": "Succeeded", "status": "False", "reason": "TimedOut", "message": "too long"}));
        let partial = found.iter().find(|finding| finding.id == "rollout/precache-partial").unwrap();
        assert_eq!(partial.fact, "pre-caching failed on 1 cluster: b");
        assert_eq!(partial.notes.last().unwrap(), "b: UnrecoverableError");
        let found = of(json!({"type": "Succeeded", "status": "True", "reason": "Completed"}));
        assert!(found.iter().any(|finding| finding.id == "rollout/left-behind"));
        assert!(!found.iter().any(|finding| finding.id == "rollout/precache-partial"));
    }
}
