//! What holds for every rehearsal, whatever the plan.
//!
//! Runs of the same seed draw the same numbers in the same order, so that two scenarios can be compared run by run.
//! More failures then mean: the same clusters fail, and some more.

#![expect(clippy::unwrap_used, reason = "a case that cannot be built is a broken test")]

use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};
use ztp_common::inventory::Recorded;
use ztp_common::rollout::rehearse::{Goal, Model, Options, Rehearsal, Scenario, rehearse};
use ztp_common::rollout::{CopyReading, Hub, NoGraph, Plan, plan};

/// A plan and a model, to be varied.
#[derive(Clone, Debug)]
struct Case {
    clusters: usize,
    canaries: usize,
    size: i64,
    timeout: i64,
    abort: bool,
    p50: i64,
    p95: i64,
    failure: u32,
    policies: usize,
}

fn cases() -> impl Strategy<Value = Case> {
    let counts = (1_usize..30, 0_usize..3, 1_i64..12, 1_usize..3);
    let times = (30_i64..600, any::<bool>(), 5_i64..60, 0_i64..60, 0_u32..40);
    (counts, times).prop_map(|((clusters, canaries, size, policies), (timeout, abort, p50, more, failure))| Case {
        clusters,
        canaries: canaries.min(clusters),
        size,
        timeout,
        abort,
        p50,
        p95: p50 + more,
        failure,
        policies,
    })
}

impl Case {
    fn objects(&self) -> Vec<Value> {
        let names: Vec<String> = (1..=self.clusters).map(|n| format!("c{n}")).collect();
        let policies: Vec<String> = (1..=self.policies).map(|n| format!("p{n}")).collect();
        let mut objects = Vec::new();
        for name in &names {
            objects.push(json!({"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
                "metadata": {"name": name, "labels": {"name": name}}}));
        }
        for policy in &policies {
            let api = "policy.open-cluster-management.io/v1";
            let states: Vec<Value> =
                names.iter().map(|name| json!({"clustername": name, "compliant": "NonCompliant"})).collect();
            let templates = json!([{"objectDefinition": {"kind": "ConfigurationPolicy", "metadata": {}, "spec": {
                "object-templates": [{"objectDefinition": {"kind": "ConfigMap"}}]}}}]);
            objects.push(json!({"apiVersion": api, "kind": "Policy", "metadata": {"name": policy, "namespace": "n"},
                "spec": {"remediationAction": "inform", "policy-templates": templates}, "status": {"status": states}}));
            for name in &names {
                let full = format!("n.{policy}");
                objects.push(json!({"apiVersion": api, "kind": "Policy", "spec": {"remediationAction": "inform"},
                    "metadata": {"name": full, "namespace": name,
                        "labels": {"policy.open-cluster-management.io/root-policy": full}}}));
            }
        }
        let canaries: Vec<&String> = names.iter().rev().take(self.canaries).collect();
        objects.push(json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "ClusterGroupUpgrade",
            "metadata": {"name": "u", "namespace": "n"},
            "spec": {"clusters": names, "managedPolicies": policies,
                "batchTimeoutAction": if self.abort { "Abort" } else { "Continue" },
                "remediationStrategy": {"canaries": canaries, "maxConcurrency": self.size, "timeout": self.timeout}}}));
        objects
    }

    fn hub(&self) -> Hub {
        let mut recorded = Recorded::named("case");
        self.objects().into_iter().for_each(|object| recorded.add(object));
        Hub::gather(&recorded, CopyReading::All).unwrap()
    }

    fn plan(&self) -> (Hub, Plan) {
        let hub = self.hub();
        let planned = plan(&hub, hub.cgu("n", "u").unwrap(), &NoGraph, "2026-01-01T22:00:00Z".parse().unwrap());
        (hub, planned)
    }

    fn scenario(&self) -> Scenario {
        let (hub, planned) = self.plan();
        let text = format!(
            "{{apiVersion: ztp-plugins/v1alpha1, kind: RehearsalModel, default: {{duration: {{p50: {}m, p95: {}m}}, \
             failure: {}%}}}}",
            self.p50, self.p95, self.failure
        );
        let model = Model::read("case", &text).unwrap();
        Scenario::new(&hub, hub.cgu("n", "u").unwrap(), &planned, &model).unwrap()
    }

    fn rehearse(&self, window: Option<i64>, seed: u64) -> Rehearsal {
        let goal = Goal { window: window.map(SignedDuration::from_mins), allowed_left: 0 };
        rehearse(&self.scenario(), goal, Options { runs: 40, seed })
    }

    fn batches(&self) -> i64 {
        self.scenario().batches.len() as i64
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// A run that completes takes at least as long as its batches one after the other, and no run ends later than TALM
    /// can notice that time is up.
    #[test]
    fn no_run_is_faster_than_its_critical_path(case in cases()) {
        let fixed = Case { p95: case.p50, failure: 0, ..case };
        let told = fixed.rehearse(None, 1);
        let path = fixed.batches() * fixed.policies as i64 * fixed.p50 * 60;
        if told.ends.completed > 0 {
            prop_assert_eq!((told.end_seconds.p5, told.end_seconds.max), (path, path));
        }
        prop_assert!(told.end_seconds.max <= fixed.timeout * 60 + 300);
        prop_assert_eq!(told.ends.completed > 0, path < fixed.timeout * 60 && told.batches.iter().all(|b| b.timed_out == 0.0));
    }

    /// The rehearsal plays the batches of the plan, and one that uses all its time ends when the plan says, or at
    /// TALM's next look.
    #[test]
    fn batches_and_budgets_are_those_of_the_plan(case in cases()) {
        let hopeless = Case { failure: 100, canaries: 0, abort: false, ..case };
        let (_, planned) = hopeless.plan();
        let told = hopeless.rehearse(None, 1);
        prop_assert_eq!(told.batches.len(), planned.batches.len());
        for (batch, plan) in told.batches.iter().zip(&planned.batches) {
            prop_assert_eq!((batch.clusters, batch.canary), (plan.clusters.len(), plan.canary));
            if batch.reached > 0.0 {
                // Each batch before may have been noticed late, by less than five minutes and a share of it.
                let late = batch.start_seconds.max - plan.time.latest_start_seconds;
                prop_assert!((0..=300 * plan.number as i64).contains(&late), "batch {}: {late}", plan.number);
            }
        }
        let first = &planned.batches[0].time;
        let end = told.batches[0].end_seconds.p50;
        prop_assert!((first.budget_seconds..=first.budget_seconds + 300).contains(&end), "{end} {first:?}");
    }

    /// The same seed gives the same answer, on one thread as on many.
    #[test]
    fn the_seed_decides(case in cases()) {
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = one.install(|| case.rehearse(Some(240), 7));
        prop_assert_eq!(alone, case.rehearse(Some(240), 7));
    }

    /// A longer window never fits less often, nor leaves more clusters.
    #[test]
    fn a_longer_window_never_fits_less(case in cases(), short in 10_i64..500, more in 0_i64..200) {
        let (short, long) = (case.rehearse(Some(short), 3), case.rehearse(Some(short + more), 3));
        prop_assert!(short.fits <= long.fits);
        prop_assert!(short.left.p50 >= long.left.p50 && short.left.max >= long.left.max);
        prop_assert_eq!(short.end_seconds, long.end_seconds, "TALM knows no window");
    }

    /// With more failures a plan never fits more often and never completes more often, whatever the action.
    ///
    /// Not claimed: that the CGU ends later. Under Abort, and with canaries, a failure ends it earlier, with clusters
    /// left. What does hold under Continue is the next property.
    #[test]
    fn more_failures_never_fit_more_often(case in cases(), more in 1_u32..60, window in 10_i64..600) {
        let worse = Case { failure: case.failure + more, ..case.clone() };
        let (told, worse) = (case.rehearse(Some(window), 5), worse.rehearse(Some(window), 5));
        prop_assert!(told.fits >= worse.fits);
        prop_assert!(told.ends.completed >= worse.ends.completed);
    }

    /// Under Continue and without canaries, more failures never let the CGU end earlier, but for the minutes in which
    /// TALM notices that time is up.
    #[test]
    fn more_failures_never_end_earlier_under_continue(case in cases(), more in 1_u32..60) {
        let case = Case { abort: false, canaries: 0, ..case };
        let worse = Case { failure: case.failure + more, ..case.clone() };
        let (told, worse) = (case.rehearse(None, 5), worse.rehearse(None, 5));
        prop_assert!(worse.end_seconds.p50 >= told.end_seconds.p50 - 300);
        prop_assert!(worse.end_seconds.p95 >= told.end_seconds.p95 - 300);
    }

    /// Under Abort, a run that completes in spite of more failures ends exactly as it did with fewer: failures end it or
    /// do not touch it.
    #[test]
    fn under_abort_failures_end_a_run_or_do_not_touch_it(case in cases(), more in 1_u32..30) {
        let case = Case { abort: true, canaries: 0, ..case };
        let worse = Case { failure: case.failure + more, ..case.clone() };
        let (told, worse) = (case.rehearse(None, 9), worse.rehearse(None, 9));
        prop_assert!(worse.ends.completed <= told.ends.completed);
        let (few, many) = (told.ends, worse.ends);
        prop_assert_eq!(few.completed + few.timed_out + few.aborted, 40);
        prop_assert!(many.aborted + many.timed_out >= few.aborted + few.timed_out);
    }
}
