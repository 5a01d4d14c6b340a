//! Findings about what must be done before a rollout starts: pre-caching, enabling, blockers, backup.

use super::wording::listed;
use super::{Case, blockers, jobs, precaching};
use crate::duration::span;
use crate::finding::{Finding, Level};
use crate::resource::Condition;
use crate::rollout::gate::completed_in_all;
use crate::rollout::precaching::{OVERRIDES, overruled};
use crate::rollout::{Outcome, plan};
use crate::suggest::nearest;

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.is_before_start() {
        if case.cgu.spec.pre_caching {
            if !precaching::extraction(case, findings) {
                precache_spec(case, findings);
            }
            precache_config(case, findings);
            precaching::space(case, findings);
            precache_enabled(case, findings);
            precache_index(case, findings);
        }
        blockers::check(case, findings);
        blocked_time(case, findings);
    }
    jobs::check(case, findings);
    if case.is_before_start() && case.cgu.spec.pre_caching {
        findings.extend(precache_overrides(case));
    }
    no_clusters_left(case, findings);
    if case.plan.outcome == Outcome::NotEnabled {
        let fact = "the CGU waits for enable: true".to_owned();
        let fix = format!("oc talm enable {}", case.argument());
        findings.push(Finding { level: Level::Info, ..Finding::warning("rollout/not-enabled", fact).fix(fix) });
    }
}

fn precache_spec(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let refused = case.plan.status.condition("PrecacheSpecValid").filter(|c| c.is_false());
    let Some(Condition { message, .. }) = refused else { return };
    let (id, fix) = if message.contains("not found") {
        ("rollout/precache-config-missing", "correct preCachingConfigRef; without a namespace it is the CGU's own")
    } else if message.contains("no packages") {
        ("rollout/precache-no-packages", "add the Subscription policies to managedPolicies")
    } else if message.contains("no software spec") {
        (
            "rollout/precache-no-software",
            match case.is_manifest_work() {
                true => "set preCaching: false; a CGU with policies can pre-cache before",
                false => "add the CatalogSource or ClusterVersion policy to managedPolicies, compliant or not",
            },
        )
    } else {
        ("rollout/precache-spec", "correct the PreCachingConfig")
    };
    findings.push(Finding::error(id, message.clone()).fix(fix));
}

fn precache_config(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(config) = precaching::config(case) else { return };
    let dead = ["platformImage", "operatorsIndexes", "preCacheImage"];
    let set: Vec<&str> = dead.into_iter().filter(|key| config.spec.overrides.contains_key(*key)).collect();
    if !set.is_empty() {
        let fact = format!(
            "PreCachingConfig {}: overrides {} are ignored by releases since 2026-07",
            config.metadata.name,
            listed(&set)
        );
        findings.push(Finding::warning("rollout/precache-override", fact).fix("put the images into the policies"));
    }
}

/// Keys of the ConfigMap in the CGU's namespace that change nothing (TALM 5.0 `controllers/overrides.go`).
fn precache_overrides(case: &Case<'_>) -> Option<Finding> {
    const DEAD: [&str; 3] = ["platform.image", "operators.indexes", "precache.image"];
    let map = case.hub.overrides.get(&case.cgu.metadata.namespace)?;
    let overruled = overruled(case.hub, case.cgu);
    let (mut keys, mut reasons) = (vec![], vec![]);
    for (key, text) in &map.data {
        let reason = match key.as_str() {
            dead if DEAD.contains(&dead) => {
                format!("releases since 2026-07 ignore {dead}: put the images into the policies")
            }
            known if !OVERRIDES.contains(&known) => match nearest(known, OVERRIDES) {
                Some(near) => format!("TALM reads no {known}: did you mean {near}?"),
                None => format!("TALM reads no {known}"),
            },
            known if text.trim().is_empty() => format!("{known} is empty, as if it were not there"),
            known if overruled.contains(&known) => {
                format!("{known} counts less than the PreCachingConfig {}", case.cgu.spec.pre_caching_config_ref.name)
            }
            _ => continue,
        };
        keys.push(key.as_str());
        reasons.push(reason);
    }
    let fact = format!("ConfigMap cluster-group-upgrade-overrides: {} without effect", listed(&keys));
    let finding = Finding::warning("rollout/precache-configmap", fact)
        .fix("take those keys out, and move the others to a PreCachingConfig");
    let finding = reasons.into_iter().fold(finding, Finding::note);
    (!keys.is_empty()).then_some(finding)
}

/// Packages without the index they come from: nothing of them is pulled.
fn precache_index(case: &Case<'_>, findings: &mut Vec<Finding>) {
    // Well-formed without an index means that there is a release, whose image TALM may still have to look up.
    let is_well_formed = case.plan.status.condition("PrecacheSpecValid").is_some_and(Condition::is_true);
    let spec = case.plan.status.precaching.as_ref().filter(|_| is_well_formed).and_then(|job| job.spec.as_ref());
    let Some(spec) = spec.filter(|spec| spec.operators_indexes.is_empty()) else { return };
    if !spec.operators_packages_and_channels.is_empty() {
        let fact = "operators are not pre-cached: no policy of the list holds their CatalogSource";
        findings.push(
            Finding::warning("rollout/precache-no-index", fact)
                .fix("add the CatalogSource policy to managedPolicies, compliant or not"),
        );
    }
}

fn precache_enabled(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if matches!(case.plan.outcome, Outcome::Precaching) && case.cgu.spec.is_enabled() {
        let fact = "pre-caching runs with enable: true, so that the first hiccup of a link is final for a cluster";
        findings
            .push(Finding::warning("rollout/precache-enabled", fact).fix("pre-cache with enable: false, then enable"));
    }
}

/// The time of a CGU runs while it is blocked.
fn blocked_time(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (Outcome::Blocked, Some(used)) = (case.plan.outcome, case.report.time.used_seconds) else { return };
    let whole = case.report.time.timeout_seconds;
    if used >= whole / 2 {
        let fact = format!("the CGU has been blocked for {} of its {}", span(used), span(whole));
        let note = if used >= whole {
            "no timeout ends it while it is blocked; unblocked it times out at once"
        } else {
            "blocked time counts"
        };
        findings
            .push(Finding::warning("rollout/blocked-time", fact).note(note).fix("raise remediationStrategy.timeout"));
    }
}

/// With no cluster left TALM ends the CGU as failed, for good. One that waits to be enabled is asked as if it were: what
/// filters by blockers comes after that.
fn no_clusters_left(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let filters = || completed_in_all(case.hub, case.cgu).is_some();
    let ahead = match case.plan.outcome {
        Outcome::NoClustersLeft => None,
        Outcome::NotEnabled if filters() => {
            let mut enabled = case.cgu.clone();
            enabled.spec.enable = Some(true);
            Some(plan(case.hub, &enabled, case.graph, case.now))
        }
        _ => return,
    };
    let plan = ahead.as_ref().unwrap_or(&case.plan);
    if plan.outcome != Outcome::NoClustersLeft {
        return;
    }
    let when = if ahead.is_some() { "once it is enabled" } else { "on TALM's next look" };
    let why = plan.status.succeeded().map_or("", |end| end.message.as_str());
    let finding = Finding::error("rollout/no-clusters-left", format!("the CGU fails {when}: {}", why.trim_end()))
        .note("a CGU that has ended is never looked at again");
    findings.push(match (filters(), case.cgu.spec.blocking_crs.is_empty()) {
        (true, true) => {
            finding.fix("name the CGUs to wait for in blockingCRs, or remove the annotation for filtering by them")
        }
        (true, false) => finding.fix(
            "repair the clusters of the blocking CGUs and roll those out again, or remove the annotation for filtering \
             by them",
        ),
        (false, _) => {
            finding.fix(format!("oc delete cgu {}, and make it again once the cause is gone", case.argument()))
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::ids;
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    #[test]
    fn a_cgu_that_will_fail_for_want_of_clusters_is_told_before() {
        let of = |enabled: bool, blocking: Value, outcomes: Value| {
            let mut object = cgu(
                "u",
                json!({"clusters": ["a"], "managedPolicies": ["p"], "enable": enabled,
                "remediationStrategy": {"maxConcurrency": 1}, "blockingCRs": blocking}),
            );
            object["metadata"]["annotations"] = json!({"ran.openshift.io/blocking-cgu-completion-mode": "partial",
                "ran.openshift.io/blocking-cgu-cluster-filtering": "true"});
            let mut ended = cgu("b", json!({}));
            ended["status"] = json!({"clusters": outcomes,
                "conditions": [{"type": "Succeeded", "status": "False", "reason": "TimedOut"}]});
            let open = policy("n", "p", &[("a", "NonCompliant")]);
            let mut found = ids(vec![cluster("a"), open, copy("n", "p", "a", "inform"), object, ended]);
            found.retain(|id| *id != "rollout/not-enabled");
            found
        };
        let behind = || json!([{"name": "b", "namespace": "n"}]);
        let failed = || json!([{"name": "a", "state": "timedout"}]);
        assert_eq!(of(true, behind(), failed()), ["rollout/no-clusters-left"]);
        assert_eq!(of(false, behind(), failed()), ["rollout/no-clusters-left"]);
        assert_eq!(of(false, json!([]), failed()), ["rollout/no-clusters-left"]);
        assert_eq!(of(false, behind(), json!([{"name": "a", "state": "complete"}])), [""; 0]);
    }
}
