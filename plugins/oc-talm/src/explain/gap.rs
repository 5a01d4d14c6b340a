//! Findings about the gap between what was meant and what TALM does: late edits, old words, what its views show.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/edited-after-start",
        "an edit that changes nothing",
        "TALM freezes clusters, policies and batches at the start. Of the spec only timeout, batchTimeoutAction, \
         afterCompletion, manifestWorkTemplates and the number of canaries count later; enable: false does not stop a \
         rollout.",
        "make a new CGU for what is missing; delete this one to stop it",
    ),
    entry(
        "rollout/reused",
        "a finished CGU was changed",
        "Once a CGU has a Succeeded condition TALM never looks at its spec again.",
        "make a new CGU",
    ),
    entry(
        "rollout/nothing-done",
        "success without doing anything",
        "There was no policy to enforce: the list is empty, or all in it enforced already and were dropped without a \
         word. The labels of afterCompletion are set all the same.",
        "make a new CGU with the policies that are meant, in inform mode",
    ),
    entry(
        "rollout/labels-before",
        "clusters are not labelled or annotated as beforeEnable says",
        "TALM adds and removes once, right before the start, on the clusters of the plan.",
        "set them by hand if placements or people rely on them",
    ),
    entry(
        "rollout/labels-after",
        "completed clusters are not labelled or annotated as afterCompletion says",
        "TALM adds and removes once, when a cluster completes. Somebody or another rollout changed them since.",
        "set them by hand if placements or people rely on them",
    ),
    entry(
        "rollout/deleting",
        "the CGU is being deleted",
        "Its finalizer keeps it until TALM has removed what it made. Policies and labels on the clusters stay. One in \
         ztp-install is made again while its cluster lacks ztp-done.",
        "look at the operator's pod if it stays",
    ),
    entry(
        "rollout/overdue",
        "TALM has not acted on a time that was up",
        "A running TALM ends a batch or a CGU within five minutes of its time.",
        "look at the operator's pod, or record the hub anew",
    ),
    entry(
        "rollout/noticed-soon",
        "the condition is older than the facts",
        "The cause is gone, and TALM has not looked again yet: it does so within one minute when blocked or when \
         policies are missing, else within five. An annotation alone does not wake it.",
        "wait",
    ),
    entry(
        "rollout/state-column",
        "oc get cgu shows another condition",
        "Its STATE column is the condition that changed last, which need not be the one that tells where the CGU stands.",
        "oc talm status",
    ),
    entry(
        "rollout/install-plan-automatic",
        "an operator approves its InstallPlans by itself",
        "It upgrades as soon as its catalog has something new, outside of every window and batch.",
        "set installPlanApproval: Manual in the policy",
    ),
    entry(
        "rollout/no-subscription",
        "a cluster has no such Subscription yet",
        "The policy that TALM enforces makes the Subscription. Until then there is no InstallPlan to approve. When it \
         stays so, the policy does not get through on the cluster.",
        "look at what the policy says on the cluster",
    ),
    entry(
        "rollout/no-install-plan",
        "a Subscription has no InstallPlan",
        "TALM approves InstallPlans of the policy it enforces. Without one the policy stays NonCompliant until the \
         timeout: the catalog cannot be reached, or does not have the channel.",
        "look at CatalogSource and Subscription on the cluster",
    ),
    entry(
        "rollout/install-plan-failed",
        "an InstallPlan has failed",
        "OLM does not retry it.",
        "repair the cause and delete the InstallPlan on the cluster",
    ),
    entry(
        "rollout/view-failed",
        "the hub does not see a Subscription of the cluster",
        "TALM reads Subscriptions through ManagedClusterViews, which the work-manager add-on of the cluster answers.",
        "look at that add-on, and at the policy that makes the Subscription",
    ),
    entry(
        "rollout/work-not-ready",
        "a manifest work is not applied or not available",
        "A cluster goes on to the next work, or completes, only when the one before is Applied and Available, with the \
         expected values if there are any.",
        "look at the conditions of the work's manifests",
    ),
    entry(
        "rollout/precache-no-index",
        "operators are not pre-cached",
        "The list has Subscriptions, but no policy with their CatalogSource; only the platform is pulled.",
        "add the CatalogSource policy to managedPolicies, compliant or not",
    ),
];
