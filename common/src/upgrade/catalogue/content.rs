//! OADP content and the DataProtectionApplication.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "oadp/decode",
        "A document is no YAML. The agent refuses the whole ConfigMap at Prep.",
        "Correct the YAML.",
    ),
    Entry::new(
        "oadp/ignored-object",
        "The agent reads Backups and Restores of velero.io/v1 out of the OADP ConfigMaps. It ignores \
         everything else without a word.",
        "Correct apiVersion and kind, or move the object to the extra manifests.",
    ),
    Entry::new(
        "oadp/namespace",
        "Velero works in openshift-adp only. A Backup elsewhere never gets a phase, and the upgrade waits for \
         it for ever.",
        "Set metadata.namespace to openshift-adp.",
    ),
    Entry::new(
        "oadp/name-length",
        "The name of a Backup becomes the value of a label, which has 63 characters at most.",
        "Shorten the name.",
    ),
    Entry::new(
        "oadp/duplicate-name",
        "Two Backups, or two Restores, of one name are one object: one of them is lost.",
        "Give each its own name.",
    ),
    Entry::new(
        "oadp/unpaired",
        "Every Backup needs a Restore. The agent counts only: a Backup without Restore beside a Restore too \
         many passes Prep and its data is lost.",
        "Add the Restore with spec.backupName, or remove the Backup.",
    ),
    Entry::new(
        "oadp/backup-not-found",
        "A Restore names a Backup that is not in the OADP ConfigMaps; Prep fails.",
        "Correct spec.backupName or add the Backup.",
    ),
    Entry::new(
        "oadp/apply-wave",
        "lca.openshift.io/apply-wave is an integer in quotes. With any other text on a Backup the upgrade \
         stands still before the reboot, with nothing in the status.",
        "Write a whole number.",
    ),
    Entry::new(
        "oadp/apply-label-format",
        "An item of lca.openshift.io/apply-label has 3 to 5 parts: version/resource/name up to \
         group/version/resource/namespace/name. Items are separated by commas without blanks.",
        "Correct the item.",
    ),
    Entry::new(
        "oadp/apply-label-missing-object",
        "An object in an apply-label annotation does not exist on the cluster; Prep fails.",
        "Remove it or correct its name.",
    ),
    Entry::new(
        "oadp/apply-label-scope",
        "A resource of a namespace is written without its namespace, so the agent looks for it cluster-wide.",
        "Write group/version/resource/namespace/name.",
    ),
    Entry::new(
        "oadp/apply-label-not-included",
        "An object is labelled for a Backup whose spec does not include its kind, so it is not backed up.",
        "Add the resource to the included ones.",
    ),
    Entry::new(
        "oadp/apply-label-namespace",
        "An object is labelled for a Backup whose spec does not include its namespace, so it is not backed \
         up.",
        "Add the namespace to includedNamespaces.",
    ),
    Entry::new(
        "oadp/excluded-resource",
        "Pods, endpoints and the like are made anew by the cluster; restored copies of the old ones do harm.",
        "List what is needed, or exclude them.",
    ),
    Entry::new(
        "oadp/klusterlet-missing",
        "Without the klusterlet Backup and Restore a managed cluster upgrades well and is never seen by its \
         hub again.",
        "Add the acm-klusterlet pair.",
    ),
    Entry::new(
        "oadp/ibgu-role-missing",
        "In a group upgrade the hub reads the ImageBasedUpgrade by means of a ClusterRole, which must be \
         restored too; else the Upgrade action times out on a healthy cluster.",
        "Add the ibu-role to the apply-label of the klusterlet Backup.",
    ),
    Entry::new(
        "oadp/platform-wave-order",
        "Klusterlet and storage must be restored before applications. No wave means last.",
        "Give platform Restores lower waves, such as 1 and 2.",
    ),
    Entry::new(
        "oadp/cluster-scope-wave-order",
        "Cluster-scoped resources of an application should be restored before the namespaced ones.",
        "Give them a lower wave.",
    ),
    Entry::new(
        "oadp/lvms-platform-missing",
        "LVM Storage forgets its volume groups at the reboot unless lvmclusters, lvmvolumegroups and \
         lvmvolumegroupnodestatuses are backed up and restored.",
        "Add that Backup and its Restore.",
    ),
    Entry::new(
        "oadp/lvms-backup-pv",
        "A Backup with volume claims on LVM Storage must include persistentVolumes.",
        "Add them to includedClusterScopedResources.",
    ),
    Entry::new(
        "oadp/lvms-backup-logicalvolumes",
        "Without logicalvolumes.topolvm.io pods stay pending after the upgrade: VolumeID is not found.",
        "Add it to includedClusterScopedResources.",
    ),
    Entry::new(
        "oadp/lvms-restore-pvs",
        "Without restorePVs the volumes come back empty, with reclaim policy Delete.",
        "Set spec.restorePVs to true.",
    ),
    Entry::new(
        "oadp/lvms-restore-status",
        "Without the status of logicalvolumes the volumes come back empty.",
        "Add logicalvolumes to spec.restoreStatus.includedResources.",
    ),
    Entry::new(
        "oadp/lso-persistentvolumes",
        "The Local Storage Operator makes its volumes again; restored ones stand in its way.",
        "Add persistentVolumes to excludedClusterScopedResources.",
    ),
    Entry::new(
        "oadp/mixed-storage",
        "A cluster uses LVM Storage or Local Storage, never both in an image-based upgrade.",
        "Keep what belongs to the one the cluster uses.",
    ),
    Entry::new(
        "dpa/missing",
        "openshift-adp must have one DataProtectionApplication, before the upgrade and after the reboot. It \
         is carried over with its credential Secret.",
        "Create it: oc ibu operators prints it.",
    ),
    Entry::new("dpa/multiple", "The agent accepts exactly one DataProtectionApplication.", "Keep one."),
    Entry::new(
        "dpa/restic",
        "Volumes stay on disk in an image-based upgrade; file-system backup must be off.",
        "Set spec.configuration.restic.enable to false.",
    ),
    Entry::new(
        "dpa/node-agent",
        "Volumes stay on disk in an image-based upgrade; file-system backup must be off.",
        "Set spec.configuration.nodeAgent.enable to false.",
    ),
];
