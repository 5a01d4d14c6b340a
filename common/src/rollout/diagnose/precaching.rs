//! Findings about what is to be pre-cached: what cannot be read from the policies, and sizes that mean less than they say.

use jiff::SignedDuration;

use super::{Case, policies};
use crate::finding::Finding;
use crate::resource::{Condition, PreCachingConfig};
use crate::rollout::platform::{PlatformImage, platform_image};
use crate::rollout::{Outcome, PolicyObject, inspect, required_gib};

/// A pass of TALM that fails is repeated with growing pauses; this is far more than one takes.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// What fails while TALM reads from the policies what to pre-cache: it counts the compliant ones as well, which
/// validation leaves out, and a failure ends the pass before anything is written (TALM 5.0 `controllers/precache.go`).
/// Says whether it fails for certain.
pub(super) fn extraction(case: &Case<'_>, findings: &mut Vec<Finding>) -> bool {
    let status = &case.cgu.status;
    let is_valid = |kind| status.condition(kind).is_some_and(Condition::is_true);
    let is_reached = match case.plan.outcome {
        Outcome::ClustersNotSelected | Outcome::NotValid => false,
        Outcome::PassFails => case.policies.breaking().is_none(),
        _ => !case.plan.status.remediation_plan.is_empty(),
    };
    if !is_reached || is_valid("PrecacheSpecValid") {
        return false;
    }
    let policies = [case.policies.for_upgrade(), case.policies.compliant()].concat();
    let policies = policies.iter().filter_map(|policy| case.hub.policy(&policy.namespace, &policy.name));
    let objects: Vec<PolicyObject<'_>> = policies.filter_map(|policy| inspect(policy).ok()).flatten().collect();
    let note = "TALM reads it for pre-caching from compliant policies too; the pass fails with nothing in status";
    match platform_image(objects.iter(), true, case.graph) {
        Err(message) => {
            findings.push(policies::platform(&message).note(note));
            true
        }
        Ok(PlatformImage::ToBeLookedUp(release)) => {
            let validated = status.condition("Validated").filter(|c| c.is_true()).and_then(|c| c.last_transition_time);
            let waits = validated.is_some_and(|since| case.now.duration_since(since) > PATIENCE);
            if waits && status.condition("PrecacheSpecValid").is_none() {
                let fact = format!("TALM stops where it asks for {}", release.question());
                findings.push(
                    Finding::warning("rollout/update-graph", fact)
                        .note(note)
                        .fix("give desiredUpdate.image in the policy, or let the hub reach the graph (proxy, CA)"),
                );
            }
            false
        }
        Ok(_) => false,
    }
}

/// The size that TALM takes, where it means less than people who write it mean.
pub(super) fn space(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let config = config(case).map(|config| {
        (format!("PreCachingConfig {}: spaceRequired", config.metadata.name), config.spec.space_required.as_str())
    });
    let map =
        case.hub.overrides.get(&case.cgu.metadata.namespace).and_then(|map| map.data.get("precache.spaceRequired"));
    let map =
        map.map(|text| ("ConfigMap cluster-group-upgrade-overrides: precache.spaceRequired".to_owned(), text.as_str()));
    let given = [config, map].into_iter().flatten().find(|(_, text)| !text.trim().is_empty());
    let Some((place, text)) = given.map(|(place, text)| (place, text.trim())) else { return };
    let Some(gib) = required_gib(text).ok().filter(|_| !text.contains('i')) else { return };
    let is_bytes = !text.contains(|c: char| c.is_ascii_alphabetic());
    if is_bytes && gib <= 1 {
        let fact = format!("{place} {text} has no unit and stands for bytes: {gib} GiB");
        findings.push(Finding::warning("rollout/precache-space", fact).fix("write the unit, such as 40 GiB"));
    } else if !is_bytes {
        let fact = format!("{place} {text} has decimal units and means {gib} GiB");
        findings.push(Finding::warning("rollout/precache-space", fact).fix("write GiB for binary units"));
    }
}

/// The PreCachingConfig of a CGU, if it exists.
pub(super) fn config<'c>(case: &'c Case<'_>) -> Option<&'c PreCachingConfig> {
    let reference = &case.cgu.spec.pre_caching_config_ref;
    let namespace = if reference.namespace.is_empty() { &case.cgu.metadata.namespace } else { &reference.namespace };
    case.hub.precaching_configs.get(&(namespace.clone(), reference.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, spec};
    use crate::rollout::example::{cgu, cluster, copy, policy};
    use serde_json::{Value, json};

    /// A policy on cluster `a` that demands one object.
    fn of_object(name: &str, compliance: &str, object: Value) -> Vec<Value> {
        let mut policy = policy("n", name, &[("a", compliance)]);
        policy["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
            object;
        vec![policy, copy("n", name, "a", "inform")]
    }

    #[test]
    fn compliant_policies_can_stop_pre_caching_without_a_word() {
        let of = |channel: Value, conditions: Value| {
            let mut precaching = spec(&["a"], &["sub", "cv"]);
            precaching["preCaching"] = json!(true);
            precaching["enable"] = json!(false);
            let mut cgu = cgu("u", precaching);
            cgu["status"] = json!({"conditions": conditions});
            let subscription = json!({"kind": "Subscription", "spec": {"name": "o", "channel": "stable"}});
            let mut objects = vec![cluster("a"), cgu];
            objects.extend(of_object("sub", "NonCompliant", subscription));
            objects.extend(of_object("cv", "Compliant", json!({"kind": "ClusterVersion", "spec": channel})));
            ids(objects)
        };
        assert_eq!(of(json!({"channel": "stable-4.20"}), json!([])), ["rollout/platform-image"]);
        let validated = json!([{"type": "Validated", "status": "True", "reason": "ValidationCompleted",
            "lastTransitionTime": "2026-01-01T09:00:00Z"}]);
        let asked =
            json!({"upstream": "https://graph", "channel": "stable-4.20", "desiredUpdate": {"version": "4.20.1"}});
        assert_eq!(of(asked.clone(), json!([])), ["rollout/precache-no-index"]);
        assert_eq!(of(asked, validated), ["rollout/update-graph", "rollout/precache-no-index"]);
    }

    #[test]
    fn sizes_that_mean_less_than_they_look_are_told_wherever_they_stand() {
        let of = |size: &str, place: &str| {
            let mut precaching = spec(&["a"], &["cv"]);
            precaching["preCaching"] = json!(true);
            precaching["enable"] = json!(false);
            let mut objects = match place {
                "config" => {
                    precaching["preCachingConfigRef"] = json!({"name": "c"});
                    vec![json!({"apiVersion": "ran.openshift.io/v1alpha1", "kind": "PreCachingConfig",
                        "metadata": {"name": "c", "namespace": "n"}, "spec": {"spaceRequired": size}})]
                }
                _ => vec![json!({"apiVersion": "v1", "kind": "ConfigMap",
                    "metadata": {"name": "cluster-group-upgrade-overrides", "namespace": "n"},
                    "data": {"precache.spaceRequired": size}})],
            };
            objects.extend([cluster("a"), cgu("u", precaching)]);
            let release = json!({"kind": "ClusterVersion", "spec": {"desiredUpdate": {"image": "i"}}});
            objects.extend(of_object("cv", "NonCompliant", release));
            ids(objects)
        };
        let told = ["rollout/precache-space"];
        assert_eq!([of("40", "config"), of("40 G", "config"), of("30 GB", "map")], [told, told, told]);
        assert_eq!([of("40 GiB", "config"), of("42949672960", "config")], [[""; 0], []]);
        assert_eq!(of("40Gi", "map"), ["rollout/precache-spec"], "Kubernetes' spelling is none of TALM's");
    }
}
