//! The ImageBasedUpgrade, its stages, extra manifests and the partition.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "ibu/container-storage",
        "Old and new release share the images in /var/lib/containers, which must be a partition of its own, \
         mounted by the same name on seed and target. The agent compares the text of the mount source, so a \
         label and a device name differ even if they are one partition.",
        "The partition can only be made at installation: oc ibu partition prints it. Reinstall, or mount it \
         by its label.",
    ),
    Entry::new(
        "ibu/seed-not-newer",
        "The agent takes only a seed of a higher release than the cluster runs, by semantic versioning: the \
         same release, an older one and a candidate of the running release are refused at Prep.",
        "Choose a newer seed image.",
    ),
    Entry::new(
        "ibu/seed-version",
        "spec.seedImageRef.version must be a full release number and the very one in the image. The stateroot \
         is named after it.",
        "Write it in full, such as 4.20.3, as the seed cluster reported it.",
    ),
    Entry::new(
        "ibu/seed-too-far",
        "An image-based upgrade is supported from one minor release to the next two, and within a minor \
         release.",
        "Go in steps of at most two minor releases.",
    ),
    Entry::new(
        "ibu/seed-image",
        "spec.seedImageRef.image names the image; without it, or with blanks in it, Prep cannot start.",
        "Write the image as registry/path:tag.",
    ),
    Entry::new(
        "ibu/operator-version",
        "The documentation asks for the Lifecycle Agent from 4.16 and OADP from 1.4.1 on. The agent does not compare: \
         an older operator may accept the upgrade and fail in its middle.",
        "Update the operator before Prep: oc ibu operators prints the objects.",
    ),
    Entry::new(
        "ibu/managed-elsewhere",
        "Argo CD, or a ManifestWork that a group upgrade has left on the cluster, applies the ImageBasedUpgrade again \
         and again. A stage that is set by hand is put back, and the API server may refuse what they apply.",
        "Change the stage where the object is managed, or take it out of their hands for the time of the upgrade.",
    ),
    Entry::new(
        "ibu/pull-secret",
        "pullSecretRef is an object with a name. An example in the product documentation has a bare name, \
         which the API server refuses.",
        "Write pullSecretRef: {name: NAME}.",
    ),
    Entry::new(
        "ibu/pull-secret-missing",
        "The Secret named in pullSecretRef must be in the namespace of the Lifecycle Agent and have the key \
         .dockerconfigjson. A group upgrade copies it from the namespace of the ImageBasedGroupUpgrade and \
         says nothing when it is not there.",
        "Create it there, or leave pullSecretRef out to use the pull secret of the cluster.",
    ),
    Entry::new("ibu/api-version", "The ImageBasedUpgrade is served as lca.openshift.io/v1.", "Correct apiVersion."),
    Entry::new(
        "ibu/name",
        "There is one ImageBasedUpgrade per cluster and it must be named upgrade; the API server refuses \
         every other name.",
        "Correct metadata.name.",
    ),
    Entry::new("ibu/stage", "spec.stage is Idle, Prep, Upgrade or Rollback.", "Write one of these."),
    Entry::new(
        "ibu/config-map-reference",
        "oadpContent and extraManifests list ConfigMaps by name and namespace; both are required.",
        "Write both.",
    ),
    Entry::new(
        "ibu/config-map-missing",
        "A ConfigMap named in the ImageBasedUpgrade is not on the cluster. Group upgrades bring the OADP \
         ConfigMaps of the hub along, but never those of extraManifests, and they create no namespace.",
        "Create it on the cluster: oc ibu configmap prints it.",
    ),
    Entry::new(
        "ibu/init-monitor-setting",
        "The init monitor counts from the boot of the new release, is not extended by progress, and rolls \
         back even a healthy upgrade that is not completed in time. 0 or nothing means 1800 seconds.",
        "Give it as long as the slowest restore needs, 1800 seconds or more. It can be changed only at rest.",
    ),
    Entry::new(
        "ibu/init-monitor-timeout",
        "The init monitor has rolled the node back, or is about to, because the upgrade was not completed in \
         time. It does not ask whether the upgrade is healthy.",
        "Find out what was slow (health checks, restores), then raise \
         autoRollbackOnFailure.initMonitorTimeoutSeconds before the next Prep.",
    ),
    Entry::new(
        "ibu/annotation-value",
        "Only the exact value Disabled switches something off; disabled and false leave it on. A clean-up \
         threshold that is no number switches the clean-up off.",
        "Write Disabled, or remove the annotation.",
    ),
    Entry::new(
        "ibu/annotation-misspelled",
        "An annotation that the agent does not know is ignored without a word. The product has an example of \
         its own with lca.openshit.io.",
        "Correct the key.",
    ),
    Entry::new(
        "ibu/manifest-count",
        "lca.openshift.io/target-ocp-version-manifest-count says how many objects in policies are labelled \
         for the target release. It is compared as text with the number found: 05 never equals 5.",
        "Correct the annotation, or label the objects that lack it.",
    ),
    Entry::new(
        "ibu/ip-config-missing",
        "From 4.20 on the agent waits for an IPConfig and says nothing while there is none.",
        "Restart the pod of the Lifecycle Agent, which creates it, and read its log.",
    ),
    Entry::new(
        "ibu/ip-config-busy",
        "From 4.20 on changing addresses and upgrading exclude each other: the requested stage waits until \
         the IPConfig is idle.",
        "Wait, or finish the change of addresses.",
    ),
    Entry::new(
        "ibu/silent",
        "The agent has not written a status: it does not run, or waits for something it does not report.",
        "Look at the pods in openshift-lifecycle-agent and the log of the manager.",
    ),
    Entry::new(
        "ibu/unhealthy",
        "The agent waits until operators, machine config pools, node, OADP and SR-IOV are healthy, looking \
         every 20 seconds. Before the reboot nothing ends this wait; after it the init monitor does.",
        "Repair what is named; the agent goes on by itself.",
    ),
    Entry::new(
        "ibu/unapproved-csr",
        "A single certificate signing request that is not approved, denied ones included, stops Prep for \
         ever.",
        "Approve it or delete it: oc get csr.",
    ),
    Entry::new(
        "ibu/backup-storage",
        "The backup storage location must be available before Prep, and again after the reboot for the \
         restores.",
        "Check address, bucket, credential and certificate in the DataProtectionApplication.",
    ),
    Entry::new(
        "ibu/oadp-missing",
        "oadpContent is set but OADP is not installed in openshift-adp.",
        "Install OADP (oc ibu operators), or remove oadpContent.",
    ),
    Entry::new(
        "ibu/job-deleted",
        "A job of the agent was deleted. It takes that for a failure.",
        "Abort and prepare again; leave the jobs alone.",
    ),
    Entry::new(
        "ibu/stateroot-failed",
        "The seed image could not be pulled or unpacked, or the release in it is not the one in \
         spec.seedImageRef.version. The reason stands in the log of the job's pod, which is removed by the \
         abort.",
        "Read the log before going to Idle, correct the cause, abort and prepare again.",
    ),
    Entry::new(
        "ibu/precache-failed",
        "Not every image of the new release could be fetched: mirrors that do not have all of them, a pull \
         secret, or a full disk. The reason stands in the log of the job's pod.",
        "Read the log before going to Idle, correct the cause, abort and prepare again.",
    ),
    Entry::new(
        "ibu/failed",
        "The stage has failed with a message that is not in our table.",
        "Read the message and the log of the manager; collect a must-gather before going to Idle, which \
         removes the evidence.",
    ),
    Entry::new(
        "ibu/refused-stage",
        "The agent did not accept the requested stage from where it is. The API server normally refuses such \
         a request first.",
        "Ask for one of the valid next stages.",
    ),
    Entry::new(
        "ibu/cleanup-failed",
        "Abort and finalize clean up everything they can, report what they could not, and then wait. The \
         annotation lca.openshift.io/manual-cleanup-done makes the agent try again; it does not skip \
         anything.",
        "Remove the cause, then set the annotation.",
    ),
    Entry::new(
        "ibu/rollback-failed",
        "A failed rollback has no next stage. Deleting the ImageBasedUpgrade is a reset in this state only.",
        "Check on the node which release is booted and repair it by hand, then delete the ImageBasedUpgrade: \
         it comes back Idle.",
    ),
    Entry::new(
        "ibu/rollback-expired",
        "The certificates of the old release expire. After that a rollback boots, but its certificates may \
         have to be repaired by hand.",
        "Decide before the time is over: finalize or roll back.",
    ),
    Entry::new(
        "ibu/post-reboot-config",
        "Giving the new release the identity of the cluster (certificates, names, addresses) failed on the \
         host, and the node was rolled back.",
        "Read the journal of installation-configuration in the must-gather of the unbooted stateroot.",
    ),
    Entry::new(
        "ibu/uncontrolled-rollback",
        "The node booted the old release without being told to.",
        "Look at the console for a failed boot, or for somebody's choice in the boot menu.",
    ),
    Entry::new(
        "ibu/manifest-failed",
        "A manifest from policies or extra manifests could not be applied on the new release. Unknown kinds \
         and invalid objects are fatal, everything else is tried again until the init monitor rolls back.",
        "Have the operator in the seed image, or correct apiVersion and kind.",
    ),
    Entry::new(
        "ibu/restore-failed",
        "Velero could not restore application data.",
        "Read the status of the named Restores before the clean-up removes them.",
    ),
    Entry::new(
        "ibu/backup-failed",
        "Velero could not back up application data; the node has not been rebooted.",
        "Read the status of the named Backups, abort, correct and prepare again.",
    ),
    Entry::new(
        "ibu/ip-family",
        "Seed and target must use the same IP families, and both or neither be dual stack. Nobody checks that \
         before the reboot.",
        "Make a seed image on a cluster like the target.",
    ),
    Entry::new(
        "ibu/ostree-set-default",
        "The host is too old to choose the release of the next boot by a command.",
        "Choose it on the node: ostree admin status, then the boot menu.",
    ),
    Entry::new(
        "ibu/hub-lost",
        "The new release runs, but its agents have not come back to the hub: ManagedCluster is not available. The \
         klusterlet comes back only from a Backup that names its objects in an apply-label annotation.",
        "Import the cluster again on the hub. Before the next upgrade add the acm-klusterlet Backup and Restore, \
         and check them: oc ibu validate --rhacm.",
    ),
    Entry::new(
        "ibu/auto-import-disabled",
        "The annotation import.open-cluster-management.io/disable-auto-import keeps the hub from importing a \
         cluster while it comes up with the content of the seed. Left behind, the cluster stays unknown after \
         the next loss of connection.",
        "Remove it from the ManagedCluster once the upgrade has ended or is cancelled.",
    ),
    Entry::new(
        "ibu/extra-manifest-decode",
        "A value of an extra-manifest ConfigMap is no YAML; Prep fails.",
        "Correct the YAML.",
    ),
    Entry::new(
        "ibu/extra-manifest-forbidden",
        "MachineConfigs, Subscriptions, InstallPlans and ClusterServiceVersions come with the seed image; \
         Prep refuses them as extra manifests.",
        "Put them into the seed cluster, or into policies that are applied after the upgrade.",
    ),
    Entry::new(
        "ibu/extra-manifest-storage",
        "The agent carries LocalVolumes over itself and OADP restores LVM Storage; as extra manifests they \
         interfere.",
        "Take them out.",
    ),
    Entry::new("ibu/extra-manifest-name", "A manifest has no name; Prep fails.", "Set metadata.name."),
    Entry::new(
        "ibu/extra-manifest-wave",
        "lca.openshift.io/apply-wave is an integer in quotes. Nothing means last. For extra manifests Prep \
         fails on any other text.",
        "Write a whole number.",
    ),
    Entry::new(
        "ibu/extra-manifest-apply-type",
        "The agent knows replace and merge; every other text counts as replace.",
        "Write replace or merge.",
    ),
    Entry::new(
        "ibu/extra-manifest-unknown-kind",
        "The cluster does not know the kind. Prep only warns; if the seed image does not know it either, \
         applying it after the reboot fails and the upgrade is rolled back.",
        "Correct apiVersion and kind, or install the operator on the seed cluster.",
    ),
    Entry::new(
        "ibu/extra-manifest-namespace",
        "The namespace of an object is neither on the cluster nor created earlier. Objects are applied by \
         wave, then by name, whatever their kind.",
        "Give the Namespace a lower wave.",
    ),
    Entry::new(
        "ibu/extra-manifest-warning",
        "Prep has found something doubtful in the extra manifests and went on. After the reboot the same \
         thing is fatal for unknown kinds and invalid objects.",
        "Correct it before the upgrade: abort, change, prepare again.",
    ),
    Entry::new(
        "ibu/catalog-source-version",
        "CatalogSource exists in operators.coreos.com/v1alpha1 only. An example in the product documentation \
         says v1: Prep warns, and after the reboot the upgrade is rolled back.",
        "Set apiVersion to operators.coreos.com/v1alpha1.",
    ),
    Entry::new(
        "ibu/catalog-source-kind",
        "A ConfigMap of catalog sources holds CatalogSources only. All of them vanish at the reboot and come \
         back only from extra manifests or policies.",
        "Wrap other manifests in a ConfigMap of their own.",
    ),
    Entry::new(
        "ibu/partition-disk",
        "The name of the disk must mean the same disk at every boot.",
        "Name it as /dev/disk/by-path/...",
    ),
    Entry::new(
        "ibu/partition-start",
        "Two releases must fit in front of the partition.",
        "Start it at 250000 MiB, as documented, or later.",
    ),
    Entry::new(
        "ibu/partition-size",
        "Images of two releases and of applications share the partition; 500 GB are documented.",
        "Make it larger, or 0 for the rest of the disk.",
    ),
];
