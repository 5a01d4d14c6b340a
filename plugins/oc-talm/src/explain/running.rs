//! Findings about rollouts that run or have ended.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/set-binding",
        "a Placement cannot select clusters",
        "The namespace of the policy has no ManagedClusterSetBinding for the clusters' set, so that nothing is \
         enforced. TALM reports it only in batches before the last.",
        "create a ManagedClusterSetBinding in that namespace",
    ),
    entry(
        "rollout/policy-pending",
        "a policy is Pending",
        "It waits on the cluster for another policy. TALM takes it for not compliant and waits until the timeout.",
        "look at spec.dependencies of the policy",
    ),
    entry(
        "rollout/policy-unreported",
        "clusters do not report on a policy",
        "The policy's status has no compliance of the cluster, mostly because the policy add-on there is off or away. \
         TALM takes that for not compliant and waits until the timeout.",
        "look at the policy add-ons of the cluster: oc get managedclusteraddons -n CLUSTER",
    ),
    entry(
        "rollout/policy-gone",
        "a policy of the rollout was deleted",
        "TALM looks up each policy at every pass. Without one it goes on with no cluster that comes to it, and says so \
         only in its log, until the time of the CGU is up.",
        "create the policy again, or delete the CGU and make it without the policy",
    ),
    entry(
        "rollout/cluster-gone",
        "a cluster of the rollout was taken off the hub",
        "With policies TALM calls a cluster complete once the policies do not list it any more, without having done \
         anything. With manifest works it waits for the cluster until the batch times out.",
        "import it again if it is meant to be there",
    ),
    entry(
        "rollout/held-by-earlier",
        "clusters of earlier batches hold the CGU",
        "After a batch timed out with Continue the later ones are done, but the last completes the CGU only when \
         every earlier cluster is compliant as well.",
        "repair those clusters before the timeout",
    ),
    entry(
        "rollout/batch-timed-out",
        "clusters timed out in earlier batches",
        "Their batch used up its time. Their policies stay enforced until the next batch completes or the CGU ends.",
        "repair them before the last batch ends: only then the CGU completes",
    ),
    entry(
        "rollout/timed-out",
        "the CGU ran out of time",
        "A CGU that has ended never runs again, whatever is changed in it.",
        "repair the clusters, then oc talm retry: a new CGU for those that are left",
    ),
    entry(
        "rollout/failed",
        "the CGU failed",
        "Pre-caching, backup or the filter by blocking CGUs left no cluster.",
        "repair the cause, then oc talm retry",
    ),
    entry(
        "rollout/left-behind",
        "the CGU succeeded without some of its clusters",
        "Clusters whose pre-caching or backup failed are dropped before the start, and with manifest works those that ran \
         out of time in an earlier batch are not looked at again. TALM says Completed all the same.",
        "repair the clusters, then oc talm retry",
    ),
    entry(
        "rollout/drifted",
        "clusters are not compliant any more",
        "They completed, but enforcement ended with the CGU, and something changed afterwards.",
        "oc talm retry with --drifted makes a new CGU for them",
    ),
    entry(
        "rollout/objects-left",
        "enforcement goes on after the end",
        "With deleteObjects: false TALM leaves its bindings, and the policies stay enforced, also after a timeout. \
         Another CGU leaves such policies out.",
        "before the end, set deleteObjects to true; after it, delete the CGU",
    ),
];
