//! Findings about managed policies and manifest work templates.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/policy-missing",
        "there is no such policy",
        "managedPolicies takes bare names, without namespace. TALM sets Validated to False and looks again every \
         minute.",
        "correct the name",
    ),
    entry(
        "rollout/policy-not-bound",
        "the policy reaches no selected cluster",
        "It exists, but no selected cluster has a copy: its Placement, PlacementBinding or ManagedClusterSetBinding \
         leaves them out, or it is disabled. TALM reports it as missing.",
        "look at its Placement and its bindings",
    ),
    entry(
        "rollout/policy-partial",
        "the policy reaches only some clusters",
        "The others are not remediated with it; where no policy reaches a cluster it is in no batch.",
        "nothing, if it is meant so",
    ),
    entry(
        "rollout/policy-enforce",
        "the policy enforces already",
        "TALM works only with inform policies and leaves others out without a word. The CGU may succeed having done \
         nothing.",
        "set remediationAction: inform, or take it out of managedPolicies",
    ),
    entry(
        "rollout/policy-enforced-elsewhere",
        "another CGU enforces the policy at this moment",
        "Its binding turns the copies to enforce, and this CGU leaves the policy out for that reason.",
        "let this CGU wait for the other with blockingCRs",
    ),
    entry(
        "rollout/policy-ambiguous",
        "a policy name exists in two namespaces",
        "On the selected clusters two policies have one name. TALM stops, even when the CGU does not list it.",
        "rename one of them",
    ),
    entry(
        "rollout/policy-invalid",
        "TALM cannot work with the policy",
        "Its templates must be ConfigurationPolicies with object-templates. OperatorPolicy, CertificatePolicy and \
         malformed templates are refused; the reason stands only in TALM's log.",
        "take it out of managedPolicies and enforce it by itself",
    ),
    entry(
        "rollout/hub-template",
        "a hub template was not resolved",
        "{{hub … hub}} is left in the copies: the template has an error or names something that is not there. TALM \
         calls the policy invalid.",
        "read the annotation policy.open-cluster-management.io/hub-templates-error of a copy",
    ),
    entry(
        "rollout/policy-status",
        "the policy demands a status",
        "A template with a status is never taken for compliant everywhere, so that the policy is run again; clusters \
         without need are not added.",
        "nothing, if it is meant so",
    ),
    entry(
        "rollout/policy-order",
        "a policy depends on a later one",
        "spec.dependencies names a policy that stands further down in managedPolicies. TALM sets Validated to False.",
        "reorder managedPolicies",
    ),
    entry(
        "rollout/wave-order",
        "policies are not in the order of their waves",
        "TALM follows managedPolicies. A policy that needs a later one holds its batch until it times out.",
        "list them by ascending ran.openshift.io/ztp-deploy-wave",
    ),
    entry(
        "rollout/soak-invalid",
        "the soak time is not valid",
        "ran.openshift.io/soak-seconds must be a whole number of seconds. TALM does not soak otherwise.",
        "give a number like 300",
    ),
    entry(
        "rollout/platform-image",
        "the release is not fully given",
        "A ClusterVersion policy needs upstream, channel and version, or an image.",
        "give them in the policy",
    ),
    entry(
        "rollout/update-graph",
        "the hub cannot read the update graph",
        "TALM looks up the image of a version on every pass before the start.",
        "give desiredUpdate.image, or let the hub reach the graph (proxy, CA)",
    ),
    entry(
        "rollout/version-not-in-channel",
        "the version is not in the channel",
        "The update graph does not list it there.",
        "choose another channel or version, or give the image",
    ),
    entry(
        "rollout/release-conflict",
        "two policies install different releases",
        "The ClusterVersion policies of a CGU must agree.",
        "let them agree, or use two CGUs",
    ),
    entry(
        "rollout/policies-ignored",
        "managed policies are ignored",
        "manifestWorkTemplates are set as well, and win.",
        "use a CGU of its own for the policies",
    ),
    entry(
        "rollout/template-missing",
        "there is no such manifest work template",
        "manifestWorkTemplates names ManifestWorkReplicaSets in the namespace of the CGU.",
        "correct the name",
    ),
    entry(
        "rollout/template-placement",
        "a template has a placement of its own",
        "The hub rolls the ManifestWorkReplicaSet out by itself as well, whatever the batches are.",
        "empty spec.placementRefs",
    ),
    entry(
        "rollout/expected-values",
        "expectedValues cannot be read",
        "The annotation must be a JSON list of {manifestIndex, name, value}. Clusters hang until they time out; the \
         error stands only in TALM's log.",
        "correct the annotation",
    ),
];
