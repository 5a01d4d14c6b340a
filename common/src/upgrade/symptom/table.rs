//! The agent's messages, in its order of checks, with what they mean (LCA main: `controllers/prep_handlers.go`,
//! `upgrade_handlers.go`, `idle_handlers.go`, `internal/healthcheck`).

use crate::finding::Finding;

/// One known message.
struct Symptom {
    id: &'static str,
    /// All of these occur in the message.
    words: &'static [&'static str],
    cause: &'static str,
    fix: &'static str,
}

const fn symptom(id: &'static str, words: &'static [&'static str], cause: &'static str, fix: &'static str) -> Symptom {
    Symptom { id, words, cause, fix }
}

const JOB_LOG: &str = "read the log of the job's pod in openshift-lifecycle-agent before going to Idle";

/// The more special come first: the first that fits is taken.
const SYMPTOMS: &[Symptom] = &[
    // Prep: the specification.
    symptom(
        "ibu/container-storage",
        &["container storage mountpoint target not found"],
        "/var/lib/containers is not a partition of its own",
        "the partition can only be made at installation: oc ibu partition",
    ),
    symptom(
        "ibu/container-storage",
        &["container storage mountpoint target mismatch"],
        "seed and cluster mount container storage from different names",
        "mount it by the partition label on both",
    ),
    symptom(
        "ibu/seed-not-newer",
        &["must be higher than current OCP version"],
        "the seed image is not newer than the cluster",
        "choose a newer seed image",
    ),
    symptom(
        "ibu/seed-version",
        &["failed to parse seed version"],
        "seedImageRef.version is not a release number",
        "write it in full, such as 4.20.3",
    ),
    symptom(
        "oadp/unpaired",
        &["each backup CR should be paired with a corresponding restore CR"],
        "there are not as many Restores as Backups in the OADP content",
        "pair them: oc ibu validate",
    ),
    symptom(
        "oadp/backup-not-found",
        &["defined in restore CR", "not found in OADP configmaps"],
        "a Restore names a Backup that is not in the OADP content",
        "correct spec.backupName or add the Backup",
    ),
    symptom(
        "dpa/multiple",
        &["Only one DataProtectionApplication CR is allowed"],
        "openshift-adp has more than one DataProtectionApplication",
        "keep one",
    ),
    symptom(
        "dpa/missing",
        &["No DataProtectionApplication CR found"],
        "openshift-adp has no DataProtectionApplication",
        "create one: oc ibu operators prints it",
    ),
    symptom(
        "dpa/missing",
        &["DataProtectionApplication", "is not found"],
        "the DataProtectionApplication did not come back after the reboot",
        "check that it and its credential Secret were there before the upgrade",
    ),
    symptom(
        "dpa/missing",
        &["Rollback due to missing DataProtectionApplication"],
        "the DataProtectionApplication did not come back after the reboot",
        "check that it and its credential Secret were there before the upgrade",
    ),
    symptom(
        "ibu/oadp-missing",
        &["Please ensure OADP operator is installed"],
        "OADP is not installed in openshift-adp",
        "install it, or remove oadpContent",
    ),
    symptom(
        "ibu/config-map-missing",
        &["OADP configmap not found"],
        "a ConfigMap of oadpContent does not exist on the cluster",
        "create it: oc ibu configmap oadp",
    ),
    symptom(
        "ibu/config-map-missing",
        &["extraManifests configMap is not found"],
        "a ConfigMap of extraManifests does not exist on the cluster; group upgrades do not bring it",
        "create it on the cluster: oc ibu configmap extra-manifests",
    ),
    symptom(
        "oadp/apply-label-format",
        &["invalid apply-label obj"],
        "an item of an apply-label annotation has the wrong number of parts",
        "write it as group/version/resource/namespace/name",
    ),
    symptom(
        "oadp/apply-label-missing-object",
        &["failed apply backup label to objects"],
        "an object in an apply-label annotation does not exist on the cluster",
        "remove it from the annotation or correct its name",
    ),
    symptom(
        "ibu/extra-manifest-forbidden",
        &["in extramanifests is not allowed"],
        "the extra manifests hold kinds that an image-based upgrade cannot take",
        "move MachineConfigs and operators to the seed cluster",
    ),
    symptom(
        "ibu/extra-manifest-wave",
        &["failed to sort and group manifests"],
        "an apply-wave annotation is not an integer",
        "write a whole number",
    ),
    symptom(
        "ibu/manifest-count",
        &["The labeled manifests count found in policies"],
        "the number of labelled objects in policies is not the one in the annotation",
        "correct the annotation or the labels; they are compared as text",
    ),
    // Prep: the seed image.
    symptom(
        "ibu/pull-secret-missing",
        &["failed to retrieve pull-secret"],
        "the pull secret of the seed image is missing on the cluster",
        "create it in the namespace of the Lifecycle Agent, with key .dockerconfigjson",
    ),
    symptom(
        "ibu/seed-unreadable",
        &["failed to get seed image labels"],
        "the seed image cannot be read from its registry",
        "check image, tag, pull secret and the way to the registry",
    ),
    symptom(
        "ibu/seed-format",
        &["seed_format_version label"],
        "the image is not a seed image",
        "check the image and its tag",
    ),
    symptom(
        "ibu/seed-format",
        &["seed image format version mismatch"],
        "the seed image was made for another generation of the agent",
        "make it with a matching Lifecycle Agent",
    ),
    symptom(
        "ibu/seed-proxy-ca",
        &["Proxy trustedCA configmap name"],
        "seed and cluster name different trustedCA ConfigMaps in their proxy",
        "use one name on both",
    ),
    symptom(
        "ibu/seed-proxy",
        &["seed image", "proxy"],
        "only one of seed and cluster has a proxy",
        "make a seed image on a cluster like the target",
    ),
    symptom(
        "ibu/seed-fips",
        &["seed image", "FIPS"],
        "only one of seed and cluster has FIPS enabled",
        "make a seed image on a cluster like the target",
    ),
    symptom(
        "ibu/seed-ca-bundle",
        &["seed image", "user-ca-bundle"],
        "only one of seed and cluster has a user CA bundle",
        "make a seed image on a cluster like the target",
    ),
    // Prep: the jobs.
    symptom(
        "ibu/job-deleted",
        &["job is marked to be deleted"],
        "somebody deleted a job of the agent",
        "abort and prepare again; leave the jobs alone",
    ),
    symptom(
        "ibu/stateroot-failed",
        &["stateroot setup job failed"],
        "the seed image could not be unpacked: often a version that is not the image's, or a full disk",
        JOB_LOG,
    ),
    symptom(
        "ibu/precache-failed",
        &["precache job failed"],
        "not every image could be fetched: often missing mirror sources, a pull secret, or a full disk",
        JOB_LOG,
    ),
    // Upgrade.
    symptom(
        "ibu/init-monitor-timeout",
        &["Rollback due to LCA Init Monitor timeout"],
        "the upgrade was not completed in time and was rolled back, healthy or not",
        "find out what was slow; raise autoRollbackOnFailure.initMonitorTimeoutSeconds before the next Prep",
    ),
    symptom(
        "ibu/post-reboot-config",
        &["Rollback due to postpivot failure"],
        "configuring the new release on the host failed, and the node was rolled back",
        "read the journal of installation-configuration in the must-gather of the unbooted stateroot",
    ),
    symptom(
        "ibu/post-reboot-config",
        &["Rollback due to service-unit failure"],
        "configuring the new release on the host failed, and the node was rolled back",
        "read the journal of installation-configuration in the must-gather of the unbooted stateroot",
    ),
    symptom(
        "ibu/uncontrolled-rollback",
        &["Uncontrolled rollback"],
        "the node booted the old release without being told to",
        "look for a boot failure or a boot menu choice on the console",
    ),
    symptom(
        "ibu/manifest-failed",
        &["failed to apply manifest"],
        "a manifest could not be applied on the new release: often its CRD is missing there",
        "install the operator on the seed cluster, or correct apiVersion and kind",
    ),
    symptom(
        "ibu/manifest-failed",
        &["Rollback due to failure applying"],
        "a manifest could not be applied on the new release, and the node was rolled back",
        "install what it needs on the seed cluster, or correct apiVersion and kind",
    ),
    symptom(
        "ibu/restore-failed",
        &["Failed restore CRs"],
        "Velero could not restore application data",
        "read the status of the named Restores before they are removed",
    ),
    symptom(
        "ibu/backup-failed",
        &["Failed backup CRs"],
        "Velero could not back up application data",
        "read the status of the named Backups; abort, correct and prepare again",
    ),
    symptom(
        "ibu/ip-family",
        &["node IP family mismatch"],
        "seed and cluster use different IP families",
        "make a seed image on a cluster like the target",
    ),
    symptom(
        "ibu/ip-family",
        &["node IPs count mismatch"],
        "only one of seed and cluster is dual stack",
        "make a seed image on a cluster like the target",
    ),
    // Rollback.
    symptom(
        "ibu/ostree-set-default",
        &["default deployment must be manually set"],
        "the host cannot choose the release for the next boot by itself",
        "on the node: ostree admin status shows the deployments; choose the old one in the boot menu",
    ),
    // Health.
    symptom(
        "ibu/unapproved-csr",
        &["not yet approved"],
        "a certificate signing request waits for approval; a denied one counts as well",
        "approve or delete it: oc get csr",
    ),
    symptom(
        "ibu/backup-storage",
        &["backupStorageLocation", "not available"],
        "the object storage for backups cannot be reached",
        "check address, credential and certificate in the DataProtectionApplication",
    ),
    symptom(
        "ibu/backup-storage",
        &["dataProtectionApplication not reconciled"],
        "OADP has not accepted its DataProtectionApplication",
        "read its conditions",
    ),
    symptom(
        "ibu/unhealthy",
        &["ClusterOperators not yet ready"],
        "cluster operators are not ready",
        "oc get clusteroperators",
    ),
    symptom(
        "ibu/unhealthy",
        &["MachineConfigPools not yet ready"],
        "a machine config pool is not ready",
        "oc get machineconfigpools",
    ),
    symptom(
        "ibu/unhealthy",
        &["ClusterServiceVersions not yet ready"],
        "an operator is not installed properly",
        "oc get csv -A",
    ),
    symptom(
        "ibu/unhealthy",
        &["riovNetworkNodeState"],
        "SR-IOV is still being configured",
        "oc get sriovnetworknodestates -n openshift-sriov-network-operator",
    ),
    symptom("ibu/unhealthy", &["node is not yet ready"], "the node is not ready", "oc describe node"),
    symptom("ibu/unhealthy", &["node network unavailable"], "the node has no network", "oc describe node"),
    symptom(
        "ibu/unhealthy",
        &["node missing", "label"],
        "the node lacks one of its role labels",
        "it needs node-role.kubernetes.io/control-plane, master and worker",
    ),
];

/// What a message of the agent means, or one health check out of it.
pub fn explain(message: &str) -> Option<Finding> {
    let fits = |s: &&Symptom| s.words.iter().all(|w| message.contains(w));
    let symptom = SYMPTOMS.iter().find(fits)?;
    Some(Finding::error(symptom.id, symptom.cause).note(message).fix(symptom.fix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_special_case_wins() {
        let id = |message| explain(message).map(|f| f.id);
        assert_eq!(id("seed image's Proxy trustedCA configmap name \"a\" mismatches"), Some("ibu/seed-proxy-ca"));
        assert_eq!(id("seed image has a proxy but the cluster does not"), Some("ibu/seed-proxy"));
        assert_eq!(id("Prep completed"), None);
    }
}
