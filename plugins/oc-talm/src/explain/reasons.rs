//! Reasons of the conditions of a ClusterGroupUpgrade (TALM 5.0 `controllers/utils/conditions.go`). The spellings are
//! TALM's.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "ClustersSelected=True ClusterSelectionCompleted",
        "all selected clusters are valid",
        "Written on every pass before the rollout.",
        "nothing",
    ),
    entry(
        "ClustersSelected=False ClusterNotFound",
        "clusters cannot be selected",
        "A name is no ManagedCluster, a canary is not selected, a selector is not valid, or nothing is selected. \
         Only the first error is printed; TALM looks again after 5 minutes.",
        "oc talm diagnose lists all of them",
    ),
    entry(
        "Validated=True ValidationCompleted",
        "policies, release and order are fine",
        "Written on every pass before the rollout.",
        "nothing",
    ),
    entry(
        "Validated=False NotAllManagedPoliciesExist",
        "policies are missing or not valid",
        "A name has no copy on any selected cluster, or the policy is one that TALM cannot work with. When both \
         occur only the invalid ones are printed.",
        "oc talm diagnose lists both, with reasons",
    ),
    entry(
        "Validated=False AmbiguousManagedPoliciesNames",
        "a policy name exists in two namespaces",
        "Looked at for all policies on the selected clusters, listed by the CGU or not.",
        "rename one of them",
    ),
    entry(
        "Validated=False NotAllManifestTemplatesExist",
        "manifest work templates are missing",
        "ManifestWorkReplicaSets are looked up in the namespace of the CGU.",
        "correct manifestWorkTemplates",
    ),
    entry(
        "Validated=False InvalidPlatformImage",
        "the image of the release is not known",
        "The policies do not give it, or the update graph does not answer or does not list it. TALM looks again \
         after 5 minutes.",
        "give desiredUpdate.image in the ClusterVersion policy",
    ),
    entry(
        "Validated=False UnresolvableDenpendency",
        "policies are in the wrong order",
        "A policy depends on one that is remediated later. The reason is misspelt in TALM.",
        "reorder managedPolicies",
    ),
    entry(
        "PrecacheSpecValid=True PrecacheSpecIsWellFormed",
        "it is clear what to pre-cache",
        "The list is in status.precaching.spec.",
        "nothing",
    ),
    entry(
        "PrecacheSpecValid=False PrecacheSpecIncomplete",
        "what to pre-cache is not clear",
        "The PreCachingConfig is missing or not valid, or the policies name no software.",
        "oc talm diagnose says which",
    ),
    entry(
        "PrecachingSuceeded=False InProgress",
        "images are being pulled",
        "TALM looks every 30 seconds. It runs while enable is false, too.",
        "wait",
    ),
    entry("PrecachingSuceeded=True PrecachingCompleted", "pre-caching is done on all clusters", "", "nothing"),
    entry(
        "PrecachingSuceeded=True PartiallyDone",
        "pre-caching failed on some clusters",
        "The rollout goes on without them.",
        "oc talm status names them",
    ),
    entry(
        "PrecachingSuceeded=False Failed",
        "pre-caching failed everywhere",
        "A dead end: no timeout applies.",
        "repair the cause and make the CGU again",
    ),
    entry("BackupSuceeded=False InProgress", "backups are being made", "TALM looks every 30 seconds.", "wait"),
    entry("BackupSuceeded=True BackupCompleted", "the backup is done on all clusters", "", "nothing"),
    entry(
        "BackupSuceeded=True PartiallyDone",
        "the backup failed on some clusters",
        "The rollout goes on without them.",
        "oc talm status names them",
    ),
    entry(
        "BackupSuceeded=False Failed",
        "the backup failed everywhere",
        "A dead end: no timeout applies.",
        "repair the cause and make the CGU again",
    ),
    entry(
        "Progressing=False NotEnabled",
        "the CGU waits for enable: true",
        "Everything before is fine, and the plan is written.",
        "set spec.enable to true",
    ),
    entry(
        "Progressing=False MissingBlockingCR",
        "a blocking CGU does not exist",
        "Names are printed without namespace. TALM looks again every minute.",
        "correct blockingCRs",
    ),
    entry(
        "Progressing=False IncompleteBlockingCR",
        "a blocking CGU has not succeeded",
        "Its timeout counts all the same. A blocker that failed, is disabled or waits for this CGU blocks for ever.",
        "oc talm diagnose says whether it will ever end",
    ),
    entry(
        "Progressing=False NotStarted",
        "a backup comes first",
        "Shown also when the backup has failed everywhere.",
        "look at BackupSuceeded",
    ),
    entry(
        "Progressing=True InProgress",
        "the rollout runs",
        "Of the spec only timeout, batchTimeoutAction, actions.afterCompletion, manifestWorkTemplates and the number of \
         canaries still count.",
        "oc talm status shows how far it is",
    ),
    entry(
        "Progressing=True WaitingForPlacement",
        "a Placement cannot select clusters",
        "Its namespace has no ManagedClusterSetBinding for the clusters' set. It goes back to InProgress when that \
         is repaired.",
        "create a ManagedClusterSetBinding in the namespace of the policy",
    ),
    entry(
        "Progressing=False Completed",
        "the rollout is over",
        "Also when no cluster was left to remediate: Succeeded says which it is.",
        "look at Succeeded",
    ),
    entry(
        "Progressing=False TimedOut",
        "the rollout ran out of time",
        "The same text as in Succeeded.",
        "look at Succeeded",
    ),
    entry(
        "Succeeded=True Completed",
        "the rollout ended well",
        "Perhaps because there was nothing to do: the message says so.",
        "nothing",
    ),
    entry(
        "Succeeded=True UpgradeCompleted",
        "the rollout ended well",
        "TALM 5.0 does not write this reason; its own tests do. What counts is that Succeeded is True.",
        "nothing",
    ),
    entry(
        "Succeeded=False Failed",
        "no cluster was left to remediate",
        "All failed pre-caching or backup, or were filtered out because they are not completed in the blocking CGUs.",
        "repair the cause, then oc talm retry",
    ),
    entry(
        "Succeeded=False TimedOut",
        "the rollout ran out of time",
        "\"on canary clusters\": one of the first batches, as many as there are canaries, used up its time; that may be \
         an ordinary one where a canary had nothing to do. \"on some clusters\": batchTimeoutAction is Abort. Otherwise \
         the whole CGU did.",
        "oc talm status names the clusters; repair them, then oc talm retry",
    ),
];
