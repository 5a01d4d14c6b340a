//! Findings about the first configuration of a cluster, by a CGU that TALM makes itself.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/ztp-wave-invalid",
        "a deploy wave is no number",
        "TALM makes no CGU for a cluster with such a policy, and says so only in its log.",
        "correct ran.openshift.io/ztp-deploy-wave in Git",
    ),
    entry(
        "rollout/ztp-no-wave",
        "policies without a wave are left out",
        "Only policies with ran.openshift.io/ztp-deploy-wave are enforced on a new cluster.",
        "give them a wave, or a CGU of their own",
    ),
    entry(
        "rollout/ztp-no-cgu",
        "a cluster has no CGU of its own",
        "TALM makes one in ztp-install when a cluster turns available, or at its own start, unless the cluster has \
         ztp-done or a policy with a wave that is no number.",
        "wait for the cluster; where it is available, look at the operator's pod",
    ),
    entry(
        "rollout/ztp-incomplete",
        "ztp-done is set, but policies were not enforced",
        "The cluster turned available before its policies were there. The CGU held none or not all of them, \
         succeeded, and is not made again.",
        "delete the CGU in ztp-install and remove the label ztp-done",
    ),
    entry(
        "rollout/ztp-ended",
        "the first configuration did not complete",
        "The CGU in ztp-install timed out or failed. ztp-running stays, ztp-done is not set, and nothing is retried.",
        "repair the cause and delete the CGU: TALM makes it again",
    ),
];
