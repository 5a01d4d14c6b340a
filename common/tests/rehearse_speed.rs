//! What rehearsals cost, measured against the chance they draw: each cluster and policy needs a failure and a time.
//!
//! `cargo test --profile bench -p ztp-common --test rehearse_speed -- --nocapture` prints the time of 10 000 runs of 3500
//! clusters as it would be on this machine.

#![expect(clippy::unwrap_used, reason = "a case that cannot be built is a broken test")]

use std::time::{Duration, Instant};

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use serde_json::{Value, json};
use ztp_common::inventory::Recorded;
use ztp_common::rollout::rehearse::{Goal, Model, Options, Scenario, rehearse};
use ztp_common::rollout::{CopyReading, Hub, NoGraph, plan};

const CLUSTERS: usize = 3500;
const POLICIES: usize = 3;
const RUNS: usize = if cfg!(debug_assertions) { 40 } else { 1000 };
/// A rehearsal may cost this many times the bare chance. It costs less than half of this; a busy machine measures badly.
const MAX_RATIO: f64 = 8.0;

fn scenario() -> Scenario {
    let mut recorded = Recorded::named("large");
    let names: Vec<String> = (1..=CLUSTERS).map(|n| format!("sno{n}")).collect();
    let policies: Vec<String> = (1..=POLICIES).map(|n| format!("p{n}")).collect();
    let api = "policy.open-cluster-management.io/v1";
    let states: Vec<Value> =
        names.iter().map(|name| json!({"clustername": name, "compliant": "NonCompliant"})).collect();
    for name in &names {
        recorded.add(json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
            "metadata": {"name": name, "labels": {"name": name}}}));
    }
    for policy in &policies {
        let templates = json!([{"objectDefinition": {"kind": "ConfigurationPolicy", "metadata": {}, "spec": {
            "object-templates": [{"objectDefinition": {"kind": "ConfigMap"}}]}}}]);
        recorded.add(json!({"apiVersion": api, "kind": "Policy", "metadata": {"name": policy, "namespace": "n"},
            "spec": {"remediationAction": "inform", "policy-templates": templates}, "status": {"status": states}}));
        let full = format!("n.{policy}");
        for name in &names {
            recorded.add(json!({"apiVersion": api, "kind": "Policy", "spec": {"remediationAction": "inform"},
                "metadata": {"name": full, "namespace": name,
                    "labels": {"policy.open-cluster-management.io/root-policy": full}}}));
        }
    }
    recorded.add(json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
        "metadata": {"name": "u", "namespace": "n"}, "spec": {"clusters": names, "managedPolicies": policies,
            "remediationStrategy": {"maxConcurrency": 200, "timeout": 6000}}}));
    let hub = Hub::gather(&recorded, CopyReading::All).unwrap();
    let cgu = hub.cgu("n", "u").unwrap();
    let planned = plan(&hub, cgu, &NoGraph, "2026-01-01T22:00:00Z".parse().unwrap());
    let text = "{apiVersion: ztp-plugins/v1alpha1, kind: RehearsalModel, default: {duration: {p50: 30m, p95: 50m}}}";
    Scenario::new(&hub, cgu, &planned, &Model::read("speed", text).unwrap()).unwrap()
}

fn bare_chance() -> Duration {
    let start = Instant::now();
    let mut sum = 0.0;
    for run in 0..RUNS {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(run as u64);
        for _ in 0..CLUSTERS * POLICIES {
            let normal: f64 = StandardNormal.sample(&mut rng);
            sum += (7.5 + 0.3 * normal).exp() + rng.random::<f64>();
        }
    }
    assert!(sum > 0.0);
    start.elapsed()
}

#[test]
fn a_rehearsal_costs_little_more_than_its_chance() {
    let scenario = scenario();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let goal = Goal::default();
    // The better of two: other work on the machine only ever slows down.
    let played = (0..2).map(|seed| {
        let start = Instant::now();
        one.install(|| rehearse(&scenario, goal, Options { runs: RUNS, seed }));
        start.elapsed()
    });
    let played = played.min().unwrap_or_default();
    let chance = bare_chance().min(bare_chance());
    let ratio = played.as_secs_f64() / chance.as_secs_f64();
    let whole = played.as_secs_f64() * 10_000.0 / RUNS as f64;
    println!(
        "10 000 runs of {CLUSTERS} clusters x {POLICIES} policies: {whole:.1} s on one core; {ratio:.1} x bare chance"
    );
    assert!(ratio < MAX_RATIO, "a rehearsal costs {ratio:.1} times its chance");
}
