//! Findings about the CGUs that must finish first.

use super::Case;
use crate::finding::Finding;
use crate::resource::{NamespacedName, label};
use crate::rollout::{BlockerState, DeadEnd, unreadable_cgu};

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for blocker in &case.plan.blockers {
        let name = &blocker.cgu;
        match &blocker.state {
            BlockerState::Finished => {}
            BlockerState::Unfinished => findings.extend(unreadable(case, name)),
            BlockerState::Missing if name.namespace.is_empty() => findings.push(
                Finding::error(
                    "rollout/blocker-missing",
                    format!("blocking CGU {} is named without namespace", name.name),
                )
                .note("TALM does not fill it in, and finds nothing")
                .fix("give blockingCRs items a namespace"),
            ),
            BlockerState::Missing => findings.push(
                Finding::error("rollout/blocker-missing", format!("blocking CGU {name} does not exist"))
                    .fix(format!("oc get cgu -n {}", name.namespace)),
            ),
            BlockerState::Cycle { path } => findings.push(
                Finding::error("rollout/blocker-cycle", format!("CGUs block each other: {}", path.join(" -> ")))
                    .note("none of them will ever start, and no timeout applies")
                    .fix("take one out of blockingCRs"),
            ),
            BlockerState::Disabled => findings.push(
                Finding::error("rollout/blocker-disabled", format!("blocking CGU {name} is not enabled"))
                    .fix(format!("oc talm enable {} -n {}", name.name, name.namespace)),
            ),
            BlockerState::Failed { reason } => findings.push(
                Finding::error(
                    "rollout/blocker-failed",
                    format!("blocking CGU {name} has ended with {reason} and blocks for ever"),
                )
                .fix("re-create it, or annotate this CGU with ran.openshift.io/blocking-cgu-completion-mode=partial"),
            ),
            BlockerState::DeadEnd { because: DeadEnd::Stuck { job }, at } if *at == name.to_string() => findings.push(
                Finding::error(
                    "rollout/blocker-dead-end",
                    format!("blocking CGU {name} will never start: {job} failed on all its clusters"),
                )
                .note("it never ends either, so that no annotation helps")
                .fix(format!(
                    "delete it and make it again once the cause is gone: oc talm diagnose {} -n {}",
                    name.name, name.namespace
                )),
            ),
            BlockerState::DeadEnd { at, because } => findings.push(
                Finding::error(
                    "rollout/blocker-dead-end",
                    format!("blocking CGU {name} will never start: {}", dead_end(name, at, because)),
                )
                .fix(format!("oc talm diagnose {} -n {}", name.name, name.namespace)),
            ),
        }
    }
    annotations(case, findings);
}

/// Of a blocker that could not be understood nothing is known.
fn unreadable(case: &Case<'_>, name: &NamespacedName) -> Option<Finding> {
    let why = unreadable_cgu(case.hub, &name.namespace, &name.name)?;
    Some(
        Finding::warning("rollout/blocker-unreadable", format!("blocking CGU {name} cannot be understood: {why}"))
            .note("whether it will ever end was not checked")
            .fix(format!("oc get cgu {} -n {} -o yaml", name.name, name.namespace)),
    )
}

/// Annotations about blockers that change nothing as they are written.
fn annotations(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.cgu.spec.blocking_crs.is_empty() {
        return;
    }
    let value = |key| case.cgu.metadata.annotation(key);
    let (mode, filtering) = (value(label::BLOCKING_COMPLETION_MODE), value(label::BLOCKING_CLUSTER_FILTERING));
    let without = |key: &str, text: &str, wanted: &str| {
        let fact = format!("annotation {key}: {text:?} has no effect");
        Finding::warning("rollout/blocking-annotation", fact).fix(wanted.to_owned())
    };
    if let Some(text) = mode.filter(|text| *text != "partial") {
        findings.push(without(label::BLOCKING_COMPLETION_MODE, text, "write partial, or remove it"));
    }
    match filtering {
        Some("true") if mode.is_none() => findings.push(without(
            label::BLOCKING_CLUSTER_FILTERING,
            "true",
            "add ran.openshift.io/blocking-cgu-completion-mode: partial, without which TALM does not filter",
        )),
        Some("true" | "false") | None => {}
        Some(text) => findings.push(without(label::BLOCKING_CLUSTER_FILTERING, text, "write true, or remove it")),
    }
}

fn dead_end(blocker: &NamespacedName, at: &str, because: &DeadEnd) -> String {
    match because {
        DeadEnd::Refused { state } if at == blocker.to_string() => format!("TALM refuses it ({state:?})"),
        DeadEnd::Refused { state } => format!("TALM refuses {at}, for which it waits ({state:?})"),
        DeadEnd::Missing => format!("{at}, for which it waits, does not exist"),
        DeadEnd::Disabled => format!("{at}, for which it waits, is not enabled"),
        DeadEnd::Failed { reason } => format!("{at}, for which it waits, has ended with {reason}"),
        DeadEnd::Stuck { job } => format!("{job} of {at}, for which it waits, failed on all its clusters"),
        DeadEnd::Cycle { path } => format!("CGUs block each other: {}", path.join(" -> ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, ids};
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    #[test]
    fn annotations_that_change_nothing_are_told() {
        let of = |annotations: Value| {
            let blocking = json!({"clusters": ["a"], "managedPolicies": ["p"],
                "remediationStrategy": {"maxConcurrency": 1}, "blockingCRs": [{"name": "b", "namespace": "n"}]});
            let mut blocked = cgu("u", blocking);
            blocked["metadata"]["annotations"] = annotations;
            let mut done = cgu("b", json!({}));
            done["status"] = json!({"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed"}]});
            let open = policy("n", "p", &[("a", "NonCompliant")]);
            ids(vec![cluster("a"), open, copy("n", "p", "a", "inform"), blocked, done])
        };
        let (mode, filter) =
            ("ran.openshift.io/blocking-cgu-completion-mode", "ran.openshift.io/blocking-cgu-cluster-filtering");
        assert_eq!(of(json!({mode: "Partial"})), ["rollout/blocking-annotation"]);
        assert_eq!(of(json!({filter: "true"})), ["rollout/blocking-annotation"]);
        assert_eq!(of(json!({mode: "partial", filter: "yes"})), ["rollout/blocking-annotation"]);
        assert_eq!(of(json!({mode: "partial", filter: "false"})), [""; 0]);
    }

    #[test]
    fn nobody_waits_unwarned_for_a_cgu_that_talm_refuses() {
        let behind = |name: &str| {
            json!({"clusters": ["a"], "managedPolicies": ["p"], "remediationStrategy": {"maxConcurrency": 1},
                "blockingCRs": [{"name": name, "namespace": "n"}]})
        };
        let of = |blocker: &str, condition: Value| {
            let mut refused = cgu("r", json!({"enable": false}));
            refused["status"] = json!({"conditions": [condition]});
            let open = policy("n", "p", &[("a", "NonCompliant")]);
            let waiting = [cgu("u", behind(blocker)), cgu("v", behind("r"))];
            let objects = [cluster("a"), open, copy("n", "p", "a", "inform"), refused];
            let found = findings(objects.into_iter().chain(waiting).collect());
            found.into_iter().map(|finding| (finding.fact, finding.fix)).collect::<Vec<_>>()
        };
        let told = |fact: &str, fix: &str| vec![(fact.to_owned(), Some(fix.to_owned()))];
        let unselected = json!({"type": "ClustersSelected", "status": "False", "reason": "ClusterNotFound"});
        assert_eq!(
            of("r", unselected.clone()),
            told("blocking CGU n/r will never start: TALM refuses it (ClustersNotSelected)", "oc talm diagnose r -n n")
        );
        assert_eq!(
            of("v", unselected),
            told(
                "blocking CGU n/v will never start: TALM refuses n/r, for which it waits (ClustersNotSelected)",
                "oc talm diagnose v -n n"
            )
        );
        // Once it runs, its time ends it.
        let placement = json!({"type": "Progressing", "status": "True", "reason": "WaitingForPlacement"});
        assert_eq!(of("r", placement), []);
    }
    #[test]
    fn a_blocker_that_cannot_be_understood_is_told() {
        let mut behind =
            json!({"clusters": ["a"], "managedPolicies": ["p"], "remediationStrategy": {"maxConcurrency": 1}});
        behind["blockingCRs"] = json!([{"name": "bad", "namespace": "n"}]);
        let open = policy("n", "p", &[("a", "NonCompliant")]);
        let bad = cgu("bad", json!({"clusters": "a"}));
        let objects = vec![cluster("a"), open, copy("n", "p", "a", "inform"), cgu("u", behind), bad];
        assert_eq!(ids(objects), ["rollout/blocker-unreadable"]);
    }
}
