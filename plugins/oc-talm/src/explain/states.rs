//! Words of the STATE column that are no reasons of TALM's: where to read on.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "STATE Unseen",
        "TALM has written nothing yet",
        "It looks at a new CGU within seconds. Later the operator does not run, or does not see the namespace: \
         rollout/operator-silent.",
        "wait, or oc get pods -n openshift-operators -l control-plane=controller-manager",
    ),
    entry(
        "STATE Undecided",
        "TALM has looked at it and not said how it goes on",
        "No condition is False yet: a pass is under way. If that lasts, it fails each time before it writes why.",
        "wait; then look at the operator's log",
    ),
    entry(
        "STATE ClustersNotSelected",
        "clusters cannot be selected",
        "The condition ClustersSelected is False. Its reason: ClusterNotFound.",
        "oc talm diagnose names all of them",
    ),
    entry(
        "STATE NotValid",
        "policies, release or order are not valid",
        "The condition Validated is False. Its reasons: NotAllManagedPoliciesExist, AmbiguousManagedPoliciesNames, \
         NotAllManifestTemplatesExist, InvalidPlatformImage, UnresolvableDenpendency.",
        "oc talm diagnose says which, and oc talm explain REASON what it means",
    ),
    entry(
        "STATE Precaching",
        "images are being pulled",
        "The condition PrecachingSuceeded is False with the reason InProgress.",
        "wait; oc talm status counts the clusters",
    ),
    entry(
        "STATE PrecachingFailed",
        "pre-caching failed everywhere",
        "The condition PrecachingSuceeded is False with the reason Failed: a dead end, and no timeout applies. \
         rollout/precache-failed says more.",
        "oc talm diagnose says why",
    ),
    entry(
        "STATE Blocked",
        "it waits for other CGUs",
        "The condition Progressing is False. Its reasons: IncompleteBlockingCR, MissingBlockingCR.",
        "oc talm diagnose says whether they will ever end",
    ),
    entry(
        "STATE BackingUp",
        "backups are being made",
        "The condition BackupSuceeded is False with the reason InProgress.",
        "wait; oc talm status counts the clusters",
    ),
    entry(
        "STATE BackupFailed",
        "the backup failed everywhere",
        "The condition BackupSuceeded is False with the reason Failed: a dead end, and no timeout applies. \
         rollout/backup-failed says more.",
        "oc talm diagnose says why",
    ),
];
