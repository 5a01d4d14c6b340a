//! A rehearsal for machines.

use serde_json::{Value, json};

use crate::facts::Facts;
use crate::rehearse::RehearsalReport;

/// The fields of the report.
pub fn fields(report: &RehearsalReport<'_>, facts: &Facts) -> Value {
    let metadata = &report.cgu.metadata;
    let policies: Vec<Value> = report.believed.policies.iter().map(policy).collect();
    json!({
        "name": metadata.name,
        "namespace": metadata.namespace,
        "recordedAt": facts.hub.recorded_at,
        "start": report.start,
        "window": report.window,
        "confidence": report.target,
        "fits": report.fits(),
        "share": report.rehearsal.share(),
        "rehearsal": report.rehearsal,
        "policies": policies,
        "hopelessClusters": report.hopeless,
        "notes": report.notes,
        "suggestions": report.suggestions,
    })
}

fn policy(policy: &crate::rehearse::model::BelievedPolicy) -> Value {
    let (middle, high) = policy.time.unwrap_or_default();
    json!({"name": policy.name, "p50Seconds": middle, "p95Seconds": high, "failure": policy.failure,
        "from": policy.from})
}
