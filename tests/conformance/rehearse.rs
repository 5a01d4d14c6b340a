//! Rehearsals against the times of rollouts that the real TALM has run: folders of stages, the last of which has ended.
//! What the clusters did is known from the end: those of a rollout that ran out of time never became compliant, the
//! others did at once, so that only TALM's own times are left.

use std::path::Path;

use jiff::SignedDuration;
use ztp_common::inventory::{Limits, Recorded};
use ztp_common::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus, Compliance, Condition};
use ztp_common::rollout::rehearse::{Goal, Model, Options, Rehearsal, Scenario, rehearse};
use ztp_common::rollout::{CopyReading, Hub, NoGraph, plan};

use super::Results;

/// The recorder woke TALM about this often, by changing policies.
const WOKEN_EVERY: SignedDuration = SignedDuration::from_secs(30);

pub fn run(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let mut results = Results::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return results };
    let mut cases: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    for case in cases {
        let id = case.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !wanted(&id) {
            continue;
        }
        match problems(&case) {
            Ok(None) => {}
            Ok(Some(problems)) => results.push((id, problems)),
            Err(error) => results.push((id, vec![error])),
        }
    }
    results
}

/// `None` for a folder without a rollout that has ended.
fn problems(case: &Path) -> Result<Option<Vec<String>>, String> {
    let mut stages: Vec<_> =
        std::fs::read_dir(case).map_err(|e| e.to_string())?.flatten().map(|entry| entry.path()).collect();
    stages.sort();
    let Some(last) = stages.last() else { return Ok(None) };
    let recorded = Recorded::open(last, &Limits::default()).map_err(|error| error.message)?;
    let mut hub = Hub::gather(&recorded, CopyReading::All).map_err(|error| error.message)?;
    let Some(ended) = hub.cgus.values().find(|cgu| cgu.metadata.name == "cgu" && has_ended(cgu)).cloned() else {
        return Ok(None);
    };
    let run = &ended.status.status;
    let (Some(start), Some(end)) = (run.started_at, run.completed_at) else { return Ok(None) };
    undo(&mut hub, &ended);
    let told = rehearsed(&hub, &ended)?;
    let took = end.duration_since(start).as_secs();
    let expected = told.end_seconds.p50;
    let mut problems = Vec::new();
    // Times are recorded in whole seconds.
    if took + 1 < expected || took > expected + WOKEN_EVERY.as_secs() {
        problems.push(format!("rehearsed {expected} s, recorded {took} s"));
    }
    let message = ended.status.succeeded().map(|condition| condition.message.clone()).unwrap_or_default();
    let how = match message.as_str() {
        text if text.ends_with("on canary clusters") => told.ends.canary_failed,
        text if text.ends_with("on some clusters") => told.ends.aborted,
        text if text.ends_with("too long") => told.ends.timed_out,
        _ => told.ends.completed,
    };
    if how == 0 {
        problems.push(format!("recorded {message:?}, rehearsed {:?}", told.ends));
    }
    Ok(Some(problems))
}

fn has_ended(cgu: &ClusterGroupUpgrade) -> bool {
    cgu.status.succeeded().is_some() && !cgu.status.remediation_plan.is_empty()
}

/// Sets the hub back to before the start: the clusters of the plan are not compliant with anything.
fn undo(hub: &mut Hub, ended: &ClusterGroupUpgrade) {
    for cgu in hub.cgus.values_mut() {
        cgu.status = ClusterGroupUpgradeStatus::default();
        cgu.spec.enable = Some(true);
    }
    let planned = || ended.status.remediation_plan.iter().flatten();
    for policy in hub.policies.values_mut() {
        let clusters = policy.status.as_mut().and_then(|status| status.clusters.as_mut());
        for (cluster, state) in clusters.into_iter().flatten() {
            if planned().any(|name| name == cluster) {
                *state = Compliance::NonCompliant;
            }
        }
    }
}

fn rehearsed(hub: &Hub, ended: &ClusterGroupUpgrade) -> Result<Rehearsal, String> {
    let failure = if ended.status.succeeded().is_some_and(Condition::is_true) { "0%" } else { "100%" };
    let text = format!(
        "{{apiVersion: ztp-plugins/v1alpha1, kind: RehearsalModel, default: {{duration: {{p50: 0s}}, failure: {failure}}}}}"
    );
    let model = Model::read("recorded", &text).map_err(|error| error.to_string())?;
    let cgu = hub.cgu(&ended.metadata.namespace, &ended.metadata.name).ok_or("the CGU is gone")?;
    let planned = plan(hub, cgu, &NoGraph, ended.status.status.started_at.unwrap_or_default());
    if planned.status.remediation_plan != ended.status.remediation_plan {
        return Err(format!("planned {:?}", planned.status.remediation_plan));
    }
    let scenario = Scenario::new(hub, cgu, &planned, &model).map_err(|error| error.to_string())?;
    let options = Options { runs: 1, seed: 1 };
    Ok(rehearse(&scenario.looked_at_every(WOKEN_EVERY), Goal::default(), options))
}
