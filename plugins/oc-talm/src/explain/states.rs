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
    entry(
        "STATE NotStarted",
        "nothing has been done on the cluster yet",
        "Its batch has begun, or pre-caching has, and TALM has not come to it.",
        "wait; oc talm status shows what the CGU waits for",
    ),
    entry(
        "STATE PreparingToStart",
        "TALM clears away what an earlier job left",
        "It waits until the cluster says that the namespace of the job is gone. A cluster that is away stays here.",
        "look at the cluster if it stays so: oc get managedcluster",
    ),
    entry(
        "STATE Starting",
        "the job is being made on the cluster",
        "TALM has sent what the job needs, and waits for the cluster to say that it runs.",
        "look at the cluster's work-manager add-on if it stays so",
    ),
    entry("STATE Active", "the job runs on the cluster", "Pre-caching pulls images, or the backup is made.", "wait"),
    entry(
        "STATE Succeeded",
        "the job is done on the cluster",
        "Nothing more happens there before the rollout.",
        "nothing",
    ),
    entry(
        "STATE PrecacheTimeout",
        "pre-caching took too long on the cluster",
        "The job ended with DeadlineExceeded. The state is final for the life of the CGU: the rollout goes on without \
         the cluster.",
        "roll the cluster out with a CGU of its own",
    ),
    entry(
        "STATE BackupTimeout",
        "the backup took too long on the cluster",
        "The job ended with DeadlineExceeded, or 1200 seconds were over. The rollout goes on without the cluster.",
        "roll the cluster out with a CGU of its own",
    ),
    entry(
        "STATE UnrecoverableError",
        "the job failed on the cluster",
        "The job ended with BackoffLimitExceeded, or with enable: true TALM could not make it. The state is final for \
         the life of the CGU: the rollout goes on without the cluster.",
        "oc talm precache logs or oc talm backup logs say more; roll the cluster out with a CGU of its own",
    ),
    entry(
        "STATE Drifted",
        "the cluster was complete and is not compliant any more",
        "TALM enforced until the end of the cluster's batch, and does not look again: rollout/drifted.",
        "oc talm retry NAME --drifted",
    ),
    entry(
        "STATE NeverReached",
        "the CGU ended before the cluster's batch began",
        "Nothing has been done on it.",
        "oc talm retry NAME",
    ),
    entry(
        "STATE Soaking",
        "the cluster is compliant, and must stay so for a while",
        "The policy has the annotation ran.openshift.io/soak-seconds.",
        "wait",
    ),
];
