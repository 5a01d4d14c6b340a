//! Findings about managed policies and manifest work templates.

use super::wording::{clusters, listed};
use super::{Case, enforced, unbound};
use crate::finding::{Finding, Level};
use crate::resource::{ManifestWorkReplicaSet, Object, Policy, annotation};
use crate::rollout::{ClusterCompliance, PolicyObject, PolicyVerdict, cluster_compliance, inspect};
use crate::suggest::nearest;

pub(super) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.is_before_start() {
        if case.is_manifest_work() {
            templates(case, findings);
        } else if !case.known_clusters.is_empty() {
            // Without clusters every policy is missing; the cause has been told.
            ambiguous(case, findings);
            case.policies.verdicts.iter().for_each(|(name, verdict)| judge(case, name, verdict, findings));
            not_valid(case, findings);
            waves(case, findings);
        }
    }
    enforced_policies(case).for_each(|policy| soak(policy, findings));
}

/// The policies to enforce that exist.
pub(super) fn enforced_policies<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Policy> {
    let names = &case.plan.status.managed_policies_for_upgrade;
    names.iter().filter_map(|name| case.hub.policy(&name.namespace, &name.name))
}

fn info(id: &'static str, fact: String) -> Finding {
    Finding { level: Level::Info, ..Finding::warning(id, fact) }
}

fn ambiguous(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (name, namespaces) in &case.policies.ambiguous {
        let namespaces: Vec<&String> = namespaces.iter().collect();
        let listed_by_cgu = case.cgu.spec.managed_policies.contains(name);
        let fact = format!("policy name {name} stands for several policies, in {}", listed(&namespaces));
        let mut finding = Finding::error("rollout/policy-ambiguous", fact).fix("rename one of them, or bind only one");
        if !listed_by_cgu {
            finding = finding.note("the CGU does not list it, but TALM looks at every policy on the selected clusters");
        }
        findings.push(finding);
    }
}

fn judge(case: &Case<'_>, name: &str, verdict: &PolicyVerdict, findings: &mut Vec<Finding>) {
    match verdict {
        PolicyVerdict::Enforced { namespace } | PolicyVerdict::Compliant { namespace } => {
            partly_bound(case, namespace, name, findings);
        }
        PolicyVerdict::AlreadyEnforce { cluster } => findings.push(enforced::by_whom(case, name, cluster)),
        PolicyVerdict::Missing { .. } if !case.hub.knows(Policy::RESOURCE) => {}
        PolicyVerdict::Missing { exists_in } if exists_in.is_empty() => findings.push(missing(case, name)),
        PolicyVerdict::Missing { exists_in } => findings.push(unbound::not_bound(case, name, exists_in)),
        PolicyVerdict::Invalid { namespace, reason } if reason.starts_with("hub template") => findings.push(
            Finding::error("rollout/hub-template", format!("policy {namespace}/{name}: {reason}"))
                .fix(format!("oc get policy -A -l {}={namespace}.{name}", annotation::ROOT_POLICY)),
        ),
        PolicyVerdict::Invalid { namespace, reason } => findings.push(
            Finding::error(
                "rollout/policy-invalid",
                format!("TALM cannot work with policy {namespace}/{name}: {reason}"),
            )
            .note("TALM gives the reason only in its log")
            // What is of another kind is right as it is, and no work for TALM.
            .fix(match reason.contains("only work with") {
                true => "take the policy out of managedPolicies and enforce it by itself",
                false => "correct the policy, where it is made",
            }),
        ),
        PolicyVerdict::Breaks { namespace, reason } => findings.push(
            Finding::error("rollout/policy-invalid", format!("TALM fails at policy {namespace}/{name}: {reason}"))
                .note("it writes nothing to the status, and gives the reason only in its log")
                .fix("correct the policy, where it is made, or take it out of managedPolicies"),
        ),
    }
}

fn missing(case: &Case<'_>, name: &str) -> Finding {
    let finding = Finding::error("rollout/policy-missing", format!("there is no policy {name}"));
    // `namespace/name` and `namespace.name` are how other tools call it.
    let bare = name.split_once(['/', '.']).filter(|(namespace, bare)| case.hub.policy(namespace, bare).is_some());
    if let Some((_, bare)) = bare {
        return finding.note("managedPolicies takes names without namespace").fix(format!("write {bare}"));
    }
    match nearest(name, case.hub.policies.keys().map(|(_, known)| known.as_str())) {
        Some(known) => finding.fix(format!("did you mean {known}?")),
        None => finding.fix("oc get policies -A"),
    }
}

fn partly_bound(case: &Case<'_>, namespace: &str, name: &str, findings: &mut Vec<Finding>) {
    let Some(policy) = case.hub.policy(namespace, name) else { return };
    let is_missed = |cluster: &&String| cluster_compliance(policy, cluster) == ClusterCompliance::NotMatchedWithPolicy;
    let missed: Vec<&String> = case.known_clusters.iter().filter(is_missed).collect();
    if !missed.is_empty() {
        let count = clusters(missed.len());
        let fact = format!("policy {name} does not reach {count}: {}", listed(&missed));
        findings.push(info("rollout/policy-partial", fact).on(&missed));
    }
    if inspect(policy).is_ok_and(|objects| objects.iter().any(PolicyObject::has_status)) {
        let fact = format!("policy {name} demands a status, so that TALM enforces it even where it is compliant");
        findings.push(info("rollout/policy-status", fact));
    }
}

/// What TALM refuses once all policies are there: the release, or the order.
fn not_valid(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let recorded =
        case.cgu.status.condition("Validated").filter(|c| c.is_false() && c.reason == "InvalidPlatformImage");
    let foretold = case.plan.status.condition("Validated").filter(|c| c.is_false());
    match foretold.map(|c| (c.reason.as_str(), c.message.as_str())) {
        Some(("InvalidPlatformImage", message)) => findings.push(on_every_pass(message)),
        Some(("UnresolvableDenpendency", message)) => findings.push(
            Finding::error("rollout/policy-order", message.to_owned()).fix("list policies after those they depend on"),
        ),
        // Only TALM has asked the update graph.
        None => findings.extend(recorded.map(|condition| on_every_pass(&condition.message))),
        Some(_) if case.plan.unchecked_lookup.is_some() => findings.extend(recorded.map(|c| on_every_pass(&c.message))),
        Some(_) => {}
    }
}

fn on_every_pass(message: &str) -> Finding {
    let finding = platform(message);
    match finding.id {
        "rollout/update-graph" | "rollout/version-not-in-channel" => {
            finding.note("TALM asks on every pass before the start, pre-caching or not")
        }
        _ => finding,
    }
}

/// What is wrong with the release of the policies, by TALM's message.
pub(super) fn platform(message: &str) -> Finding {
    let lookups = ["unable to request", "error response", "unable to unmarshal body"];
    let unreachable = lookups.iter().any(|start| message.starts_with(start));
    let (id, fix) = if unreachable {
        ("rollout/update-graph", "give desiredUpdate.image in the policy, or let the hub reach the graph (proxy, CA)")
    } else if message.starts_with("unable to find version") {
        ("rollout/version-not-in-channel", "choose a version that is in the channel, or give desiredUpdate.image")
    } else if message.contains("more then once") {
        ("rollout/release-conflict", "let the ClusterVersion policies agree")
    } else if message.starts_with("templatized") {
        ("rollout/platform-image", "give desiredUpdate.image in the ClusterVersion policy, or set preCaching: false")
    } else if message.starts_with("templating") {
        ("rollout/platform-image", "give values in the place of templates in the ClusterVersion policy")
    } else {
        ("rollout/platform-image", "give upstream, channel and version, or the image, in the ClusterVersion policy")
    };
    Finding::error(id, message.to_owned()).fix(fix)
}

/// A deploy wave that is lower than the one before it, in the order of the CGU.
fn waves(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let with_wave: Vec<(&str, i64)> = enforced_policies(case)
        .filter_map(|p| Some((p.metadata.name.as_str(), p.metadata.annotation(annotation::DEPLOY_WAVE)?.parse().ok()?)))
        .collect();
    let back = with_wave.windows(2).find_map(|pair| match pair {
        [(first, early), (second, late)] if early > late => Some((first, early, second, late)),
        _ => None,
    });
    if let Some((first, early, second, late)) = back {
        let fact = format!("policy {first} (wave {early}) comes before {second} (wave {late})");
        findings.push(
            Finding::warning("rollout/wave-order", fact)
                .note("a policy that needs a later one holds its batch until it times out")
                .fix("list managedPolicies by ascending wave"),
        );
    }
}

fn soak(policy: &Policy, findings: &mut Vec<Finding>) {
    let Some(text) = policy.metadata.annotation(annotation::SOAK_SECONDS) else { return };
    if text.parse::<u64>().is_err() {
        let fact = format!("policy {}: soak-seconds {text:?} is no whole number of seconds", policy.metadata.name);
        findings.push(
            Finding::warning("rollout/soak-invalid", fact).note("TALM does not soak it").fix("give a number like 300"),
        );
    }
}

fn templates(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let namespace = &case.cgu.metadata.namespace;
    if !case.cgu.spec.managed_policies.is_empty() {
        let fact = "managedPolicies are ignored, because manifestWorkTemplates are set";
        findings.push(Finding::warning("rollout/policies-ignored", fact).fix("use a CGU of its own for the policies"));
    }
    for name in &case.cgu.spec.manifest_work_templates {
        let Some(template) = case.hub.templates.get(&(namespace.clone(), name.clone())) else {
            if !case.hub.knows(ManifestWorkReplicaSet::RESOURCE) {
                continue;
            }
            let fact = format!("there is no ManifestWorkReplicaSet {namespace}/{name}");
            let fix = format!("oc get manifestworkreplicasets -n {namespace}");
            findings.push(Finding::error("rollout/template-missing", fact).fix(fix));
            continue;
        };
        if template.has_placement() {
            let fact = format!("ManifestWorkReplicaSet {name} has a placement of its own");
            let note = "the hub rolls it out by itself as well, whatever the batches are";
            findings
                .push(Finding::warning("rollout/template-placement", fact).note(note).fix("empty spec.placementRefs"));
        }
        if let Err(error) = template.expected_values() {
            let fact = format!("expectedValues of ManifestWorkReplicaSet {name} cannot be read: {error}");
            let fix = "write a JSON list of {manifestIndex, name, value}";
            findings.push(Finding::warning("rollout/expected-values", fact).note("clusters will hang").fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_wrong_with_a_release_is_told_by_talms_message() {
        let of = |message: &str| {
            let found = super::on_every_pass(message);
            (
                found.id,
                found.fix.unwrap_or_default().split(", ").next().unwrap_or_default().to_owned(),
                found.notes.len(),
            )
        };
        let graph = ("rollout/update-graph", "give desiredUpdate.image in the policy".to_owned(), 1);
        assert_eq!(of("unable to unmarshal body: invalid character '<' looking for beginning of value"), graph);
        assert_eq!(of("error response from update graph url https://g: 502 Bad Gateway"), graph);
        let image = ("rollout/platform-image", "give desiredUpdate.image in the ClusterVersion policy".to_owned(), 0);
        assert_eq!(of("templatized ClusterVersion fields not supported with precaching"), image);
    }
}
