//! Findings about what keeps a rollout from starting: clusters, batches, pre-caching, blockers.

use super::entry::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(
        "rollout/no-selection",
        "no cluster is selected",
        "None of spec.clusters, spec.clusterSelector and spec.clusterLabelSelectors is set. TALM sets \
         ClustersSelected to False and looks again every 5 minutes.",
        "set spec.clusters or spec.clusterLabelSelectors",
    ),
    entry(
        "rollout/selector-invalid",
        "a label selector is not valid",
        "An item of clusterLabelSelectors has an unknown operator, or values that do not go with it. No cluster is \
         selected, those of other items neither.",
        "use In and NotIn with values, Exists and DoesNotExist without",
    ),
    entry(
        "rollout/selector-empty",
        "the selectors match nothing",
        "With managed policies TALM reports all of them as missing, which hides the cause. Without any, the CGU \
         succeeds at once.",
        "compare the selectors with oc get managedclusters --show-labels",
    ),
    entry(
        "rollout/selector-everything",
        "an empty selector selects every cluster",
        "An empty item of clusterLabelSelectors matches all ManagedClusters, the hub's own local-cluster included.",
        "give the item matchLabels",
    ),
    entry(
        "rollout/selector-ignored",
        "an item of clusterSelector is ignored",
        "The old clusterSelector takes key=value or key. Items with more than one = are passed over without a word.",
        "use clusterLabelSelectors",
    ),
    entry(
        "rollout/selector-key-only",
        "a bare key selects only empty labels",
        "In clusterSelector a key without value means the label with the EMPTY value, not any value.",
        "use clusterLabelSelectors with the operator Exists",
    ),
    entry(
        "rollout/cluster-missing",
        "named clusters are not imported",
        "A name of spec.clusters is no ManagedCluster. TALM reports only the first one and starts nothing.",
        "correct the names, or import the clusters",
    ),
    entry(
        "rollout/cluster-unavailable",
        "clusters are not available",
        "The hub has lost them. Policies cannot become compliant there, so that each holds its batch until the batch \
         times out.",
        "bring them back, or leave them out",
    ),
    entry(
        "rollout/canary-not-selected",
        "a canary is not selected",
        "Canaries choose among the selected clusters and add none. TALM sets ClustersSelected to False.",
        "add it to the selection, or take it out of canaries",
    ),
    entry(
        "rollout/canary-count",
        "ordinary batches are judged as canaries",
        "TALM takes the first len(canaries) batches for canaries. Where a canary has nothing to do it has no batch, \
         and an ordinary one is judged in its place: its timeout ends the CGU.",
        "list only canaries that have something to do",
    ),
    entry(
        "rollout/name-label",
        "clusters lack the label name",
        "TALM's Placements select clusters by the label name with the cluster's name as value. Without it the \
         policies are never enforced there, and the cluster stays in progress until it times out. Hubs with \
         PlacementRules do not need the label.",
        "oc label managedcluster NAME name=NAME --overwrite",
    ),
    entry(
        "rollout/overlap",
        "two rollouts work on the same clusters",
        "Names of pre-cache and backup objects collide, and a policy that one enforces at the moment is left out by \
         the other. blockingCRs hold back a rollout, but not its pre-caching.",
        "let one wait for the other with blockingCRs; of two that pre-cache, make one later",
    ),
    entry(
        "rollout/concurrency",
        "all clusters are in one batch",
        "maxConcurrency of zero or less, or larger than the number of clusters, makes one batch of all.",
        "give a number from 1 to the number of clusters less one",
    ),
    entry(
        "rollout/no-concurrency",
        "the size of a batch is missing",
        "An API server refuses a ClusterGroupUpgrade without remediationStrategy.maxConcurrency, so that a file without it \
         never becomes one.",
        "set remediationStrategy.maxConcurrency",
    ),
    entry(
        "rollout/timeout-action",
        "batchTimeoutAction is not known",
        "Only Continue and Abort mean something. Any other text behaves as Continue.",
        "write Continue or Abort",
    ),
    entry(
        "rollout/timeout-short",
        "the time is short for the batches",
        "The timeout is shared by the batches that are left. TALM looks at a running batch only every 5 minutes, and \
         soak times count.",
        "raise remediationStrategy.timeout or maxConcurrency",
    ),
    entry(
        "rollout/timeout-unit",
        "the timeout is very short or very long",
        "remediationStrategy.timeout is minutes: a number meant as hours gives a rollout that ends at once, one meant \
         as seconds a rollout that hardly ever ends.",
        "give minutes",
    ),
    entry(
        "rollout/not-enabled",
        "the CGU waits for enable: true",
        "Selection, validation, the plan and pre-caching are done while it waits. What is enabled cannot be disabled \
         again once it runs.",
        "set spec.enable to true",
    ),
    entry(
        "rollout/no-clusters-left",
        "no cluster is left to remediate",
        "Clusters that failed in pre-caching or in the backup drop out, and with the annotation for it those that are \
         not complete in all blocking CGUs. When that is all of them, or there are no blocking CGUs to filter by, TALM \
         ends the CGU as failed.",
        "repair the clusters, or correct blockingCRs and the annotation, before the CGU is enabled",
    ),
    entry(
        "rollout/not-known",
        "needed kinds are not among the facts",
        "A recording holds no object of a kind that the CGU depends on, or the user may not list the kind. Nothing is \
         called missing for that; what TALM itself has said stands in its place.",
        "record those kinds too, or ask for the right to list them",
    ),
    entry(
        "rollout/operator-silent",
        "TALM has written nothing",
        "A CGU gets its first conditions within seconds. Without any, and without computedMaxConcurrency, the operator \
         does not run, or not for this namespace.",
        "look at the pod of cluster-group-upgrades-controller-manager",
    ),
    entry(
        "rollout/blocker-unreadable",
        "a blocking CGU cannot be understood",
        "A field of it has another type than the API gives it, so that nothing can be said of whether it will end.",
        "look at the object, and at the release of TALM that made it",
    ),
    entry(
        "rollout/blocker-missing",
        "a blocking CGU does not exist",
        "The CGU waits without limit. TALM does not fill in a missing namespace.",
        "correct blockingCRs: name and namespace",
    ),
    entry(
        "rollout/blocker-cycle",
        "CGUs wait for each other",
        "None of them ever starts, and no timeout ends it.",
        "take one of them out of blockingCRs",
    ),
    entry(
        "rollout/blocker-disabled",
        "a blocking CGU is not enabled",
        "It will not finish before somebody enables it, and so neither will this one.",
        "enable it, or take it out of blockingCRs",
    ),
    entry(
        "rollout/blocker-failed",
        "a blocking CGU has ended badly",
        "Only success unblocks, unless this CGU has the annotation ran.openshift.io/blocking-cgu-completion-mode: \
         partial.",
        "re-create the blocker, or set the annotation",
    ),
    entry(
        "rollout/blocker-dead-end",
        "a blocking CGU will never start",
        "Its own pre-caching or backup failed on all clusters, or TALM refuses it until somebody repairs it, or it \
         waits, directly or through others, for something that will never come.",
        "repair the end of the chain first: oc talm diagnose on the blocker",
    ),
    entry(
        "rollout/blocking-annotation",
        "an annotation about blockers changes nothing",
        "ran.openshift.io/blocking-cgu-completion-mode knows only the value partial, and \
         ran.openshift.io/blocking-cgu-cluster-filtering only true, and only beside partial. Of annotations alone TALM \
         takes no notice: a CGU that waits sees them at its next look, within a minute.",
        "write the value that TALM knows, or remove the annotation",
    ),
    entry(
        "rollout/blocked-time",
        "the time runs out while it is blocked",
        "The timeout counts from the first look at an enabled CGU, not from its first batch. What is unblocked too \
         late times out at once.",
        "raise remediationStrategy.timeout, or enable it later",
    ),
    entry(
        "rollout/precache-enabled",
        "pre-caching runs with enable: true",
        "The first failure of a job is then final for its cluster, which is dropped from the rollout.",
        "pre-cache with enable: false, and enable when it is done",
    ),
    entry(
        "rollout/precache-failed",
        "pre-caching failed everywhere",
        "TALM tries for ever and no timeout applies: a dead end.",
        "repair the cause, delete the CGU and make it again",
    ),
    entry(
        "rollout/precache-partial",
        "pre-caching failed on some clusters",
        "The rollout goes on without them. They are in no batch and get no entry in status.clusters.",
        "roll them out with a CGU of their own",
    ),
    entry(
        "rollout/jobs-stuck",
        "it waits for jobs that TALM does not run any more",
        "Once pre-caching or a backup was begun, TALM waits until its record says that it is done. When preCaching or \
         backup is set back to false, or all clusters have become compliant meanwhile, nobody goes on with the jobs, and \
         the gate stays closed.",
        "delete the CGU and make it again",
    ),
    entry(
        "rollout/precache-spec",
        "what to pre-cache is not clear",
        "The PreCachingConfig or the ConfigMap cluster-group-upgrade-overrides cannot be used, spaceRequired included.",
        "correct the PreCachingConfig",
    ),
    entry(
        "rollout/precache-config-missing",
        "the PreCachingConfig does not exist",
        "preCachingConfigRef names one that is not there; without a namespace it is the CGU's own.",
        "correct preCachingConfigRef",
    ),
    entry(
        "rollout/precache-no-packages",
        "an index is given, but no package",
        "The policies hold a CatalogSource and no Subscription.",
        "add the Subscription policies to managedPolicies, or give operatorsPackagesAndChannels",
    ),
    entry(
        "rollout/precache-no-software",
        "there is nothing to pre-cache",
        "The managed policies hold neither a CatalogSource nor a release.",
        "add those policies to managedPolicies, compliant or not",
    ),
    entry(
        "rollout/precache-override",
        "an override has no effect any more",
        "Releases since 2026-07 ignore platformImage, operatorsIndexes and preCacheImage.",
        "put the images into the policies",
    ),
    entry(
        "rollout/precache-configmap",
        "a key of the ConfigMap cluster-group-upgrade-overrides has no effect",
        "TALM reads operators.packagesAndChannels, excludePrecachePatterns and precache.spaceRequired, each only where the \
         PreCachingConfig gives nothing for it. Releases since 2026-07 ignore platform.image, operators.indexes and \
         precache.image.",
        "take those keys out, and move the others to a PreCachingConfig",
    ),
    entry(
        "rollout/precache-space",
        "spaceRequired means less than it says",
        "30 GB and 30 G are 28 GiB: units without i count in thousands. A number without a unit is bytes.",
        "write GiB",
    ),
    entry(
        "rollout/backup-failed",
        "the backup failed everywhere",
        "Nothing more happens, and no timeout applies: a dead end.",
        "repair the cause, delete the CGU and make it again",
    ),
    entry(
        "rollout/backup-partial",
        "the backup failed on some clusters",
        "The rollout goes on without them. They are in no batch and get no entry in status.clusters.",
        "roll them out with a CGU of their own",
    ),
    entry(
        "rollout/canary-not-done",
        "canaries are shown as complete and were not touched",
        "A canary that failed pre-caching or backup is taken for compliant: it gets a complete entry and the \
         afterCompletion actions.",
        "check its labels, and roll it out again",
    ),
];
