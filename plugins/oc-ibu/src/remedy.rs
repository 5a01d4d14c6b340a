//! Commands that lead on from a finding. They are printed, never run.

use ztp_common::upgrade::object::ImageBasedUpgrade;

const MANAGER_LOG: &str =
    "oc logs -n openshift-lifecycle-agent -l app.kubernetes.io/component=lifecycle-agent -c manager --tail=200";
const ON_THE_NODE: &str = "oc debug node/NODE -- chroot /host rpm-ostree status";
const UNITS: &str = "oc debug node/NODE -- chroot /host journalctl -u installation-configuration";

/// What to look at for some findings, each command once.
pub fn commands(ids: &[&str]) -> Vec<&'static str> {
    let mut commands: Vec<&'static str> = Vec::new();
    for command in ids.iter().flat_map(|id| of(id)) {
        if !commands.contains(command) {
            commands.push(command);
        }
    }
    commands
}

fn of(id: &str) -> &'static [&'static str] {
    match id {
        "ibu/stateroot-failed" => &["oc logs -n openshift-lifecycle-agent job/lca-prep-stateroot-setup"],
        "ibu/precache-failed" => &[
            "oc logs -n openshift-lifecycle-agent job/lca-prep-precache",
            "oc debug node/NODE -- chroot /host df -h /var/lib/containers",
        ],
        "ibu/unapproved-csr" => &["oc get csr", "oc adm certificate approve CSR"],
        "ibu/unhealthy" => &["oc get clusteroperators,machineconfigpools,nodes", "oc get csv -A"],
        "ibu/backup-storage" => &["oc get dataprotectionapplication,backupstoragelocation -n openshift-adp -o yaml"],
        "ibu/backup-failed" | "ibu/restore-failed" | "oadp/unpaired" | "oadp/backup-not-found" => &[
            "oc get backups.velero.io,restores.velero.io -n openshift-adp",
            "oc logs -n openshift-adp deployment/velero",
        ],
        // This host has no `ostree admin set-default`.
        "ibu/ostree-set-default" => &[
            ON_THE_NODE,
            "oc debug node/NODE -- chroot /host ostree admin status",
            "on the console: reboot the node and choose the old release in the boot menu",
            MANAGER_LOG,
        ],
        "ibu/rollback-failed" => &[
            ON_THE_NODE,
            "oc debug node/NODE -- chroot /host ostree admin status",
            "on the node, as root: ostree admin set-default INDEX, then systemctl reboot",
            MANAGER_LOG,
        ],
        "ibu/uncontrolled-rollback" | "ibu/init-monitor-timeout" => &[ON_THE_NODE, MANAGER_LOG],
        "ibu/post-reboot-config" => &[ON_THE_NODE, UNITS],
        "ibu/cleanup-failed" => &[
            ON_THE_NODE,
            "oc get deletebackuprequests.velero.io -n openshift-adp",
            MANAGER_LOG,
            "on the node, as root, for a stateroot that is not booted: ostree admin undeploy INDEX",
            "then: unshare -m /bin/sh -c 'mount -o remount,rw /sysroot && rm -rf /sysroot/ostree/deploy/STATEROOT'",
        ],
        "ibu/hub-lost" => &[
            "oc get pods -n open-cluster-management-agent",
            "oc get klusterlet klusterlet -o yaml",
            "on the hub: oc get managedcluster NAME -o yaml",
        ],
        "ibu/silent" | "ibu/ip-config-missing" => &["oc get pods -n openshift-lifecycle-agent", MANAGER_LOG],
        "ibu/ip-config-busy" => &["oc get ipconfig -o yaml"],
        "ibu/auto-import-disabled" => {
            &["on the hub: oc annotate managedcluster NAME import.open-cluster-management.io/disable-auto-import-"]
        }
        "ibu/failed" | "ibu/manifest-failed" => &[MANAGER_LOG],
        _ => &[],
    }
}

/// The command line that collects what support needs: cluster, agent and, where it is in use, OADP.
pub fn must_gather(ibu: &ImageBasedUpgrade) -> String {
    let agent = "$(oc -n openshift-lifecycle-agent get deployment lifecycle-agent-controller-manager \
                 -o jsonpath='{.spec.template.spec.containers[?(@.name==\"manager\")].image}')";
    let oadp = if ibu.spec.oadp_content.is_empty() { "" } else { " --image=quay.io/konveyor/oadp-must-gather:latest" };
    format!("oc adm must-gather --image-stream=openshift/must-gather --image={agent}{oadp}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_not_told_to_use_what_it_lacks() {
        assert!(commands(&["ibu/ostree-set-default"]).iter().all(|c| !c.contains("set-default")));
    }

    #[test]
    fn a_command_stands_once() {
        let found = commands(&["ibu/rollback-failed", "ibu/cleanup-failed", "ibu/stage"]);
        assert_eq!(found.iter().filter(|c| **c == MANAGER_LOG).count(), 1);
    }
}
