//! Findings of commands that change something: what speaks against it.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/unknown-field",
        "a field of the file is not known",
        "No release of TALM has a field of that name at that place. An API server drops it without a word, so that a \
         slip goes unnoticed.",
        "correct the name; --accept rollout/unknown-field keeps it, for a newer TALM",
    ),
    entry(
        "rollout/name-long",
        "the name does not fit into a label",
        "TALM labels its Placements and PlacementBindings with the name of the CGU. A label has at most 63 characters, \
         so that none of them can be made.",
        "take a shorter name",
    ),
    entry(
        "rollout/no-work",
        "there is nothing to roll out",
        "Without policies and without manifest work templates TALM calls a CGU completed at once.",
        "give policies or templates",
    ),
    entry(
        "rollout/backup-deprecated",
        "backup by CGU is deprecated",
        "It fills /var/recovery on the node, and bringing a node back is work by hand. Image-based upgrades keep the \
         old system beside the new one.",
        "leave it out, or use oc ibu",
    ),
    entry(
        "rollout/timeout-none",
        "the timeout leaves no time",
        "TALM compares the time since the start with remediationStrategy.timeout. With zero or less the CGU ends as \
         timed out on its first look at batch 1. Of a zero in a new CGU nothing is left: TALM drops it when it adds its \
         finalizer, and the default of 240 minutes comes back.",
        "give minutes",
    ),
    entry(
        "rollout/canary-twice",
        "a canary is listed more than once",
        "Each entry of canaries becomes a batch of its own, and each batch takes its share of the time.",
        "list each canary once",
    ),
    entry(
        "rollout/enable-precaching",
        "pre-caching is not finished",
        "While a CGU is disabled TALM tries again what fails in pre-caching. Once it is enabled, the first failure is \
         final for a cluster, and drops it from the rollout.",
        "wait for oc talm precache status to say finished",
    ),
    entry(
        "rollout/time-used",
        "the time was used up before the start",
        "TALM writes startedAt when it first sees a CGU enabled, and never again. The time counts on while the CGU waits \
         for blocking CGUs and while it is disabled, so that one enabled again can time out on its first look.",
        "oc talm clone makes the same CGU afresh",
    ),
    entry(
        "rollout/window-closed",
        "the maintenance window is closed",
        "The time now is outside of --window. TALM itself knows no windows.",
        "enable it when the window opens",
    ),
    entry(
        "rollout/window-short",
        "the rollout may outlast the window",
        "A rollout may take remediationStrategy.timeout, and TALM does not stop when a window closes.",
        "lower the timeout to what is left of the window, or wait for the next one",
    ),
    entry(
        "rollout/plan-changed",
        "the plan is not the one that was seen",
        "TALM makes the plan anew just before the start. Clusters that became compliant leave it, clusters with new \
         labels join it.",
        "look at the plan again",
    ),
    entry(
        "rollout/precache-package",
        "an operator to pull is not package:channel",
        "operatorsPackagesAndChannels takes the name of a package and its channel with a colon between them.",
        "write it as the Subscription does",
    ),
    entry(
        "rollout/precache-channel",
        "another channel is pulled than is subscribed to",
        "overrides replace what the policies say. What is pulled for another channel does not help the rollout.",
        "write the channel of the Subscription",
    ),
    entry(
        "rollout/precache-image",
        "an image to pull has neither tag nor digest",
        "A node asks for the tag latest then, which mirrors of disconnected sites seldom have.",
        "add a tag or a digest",
    ),
    entry(
        "rollout/precache-pattern",
        "an empty pattern leaves out every image",
        "excludePrecachePatterns are searched for in the names of images, and an empty one is found in all of them.",
        "take it out",
    ),
];
