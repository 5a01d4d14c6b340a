//! The partition for container storage that old and new release share. It can only be made at installation.
//!
//! Product documentation, "Configuring a shared container partition between ostree stateroots": label
//! `var-lib-containers`, xfs, `defaults,prjquota`. The label is the mount source that seed and target must agree on.

use serde_json::{Value as Json, json};

use super::value::value;
use crate::finding::Finding;
use crate::yaml::Value;

const LABEL: &str = "var-lib-containers";
const DEVICE: &str = "/dev/disk/by-partlabel/var-lib-containers";
const PATH: &str = "/var/lib/containers";
/// Where the documentation lets the partition begin.
const DOCUMENTED_START_MIB: u64 = 250_000;
/// 500 GB, the documented minimum.
const MINIMUM_SIZE_MIB: u64 = 476_838;

/// Where the partition goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// The disk, best by path.
    pub disk: String,
    /// Where it begins, in MiB: what lies before it is for both releases.
    pub start_mib: u64,
    /// How large it is, in MiB; 0 is the rest of the disk.
    pub size_mib: u64,
}

impl Partition {
    /// What is wrong or doubtful about it.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.disk.starts_with("/dev/") || self.disk.contains(char::is_whitespace) {
            let finding = Finding::error("ibu/partition-disk", format!("\"{}\" is not a disk", self.disk));
            findings.push(finding.fix("name it as /dev/disk/by-path/…"));
        } else if !self.disk.starts_with("/dev/disk/by-") {
            let fact = format!("{} may be another disk after the next boot", self.disk);
            findings.push(Finding::warning("ibu/partition-disk", fact).fix("name it as /dev/disk/by-path/…"));
        }
        if self.start_mib < DOCUMENTED_START_MIB {
            let fact = format!("the partition leaves {} MiB for the root file system", self.start_mib);
            let finding = Finding::warning("ibu/partition-start", fact)
                .note("old and new release must fit before it")
                .fix(format!("start at {DOCUMENTED_START_MIB} MiB, as documented"));
            findings.push(finding);
        }
        if self.size_mib != 0 && self.size_mib < MINIMUM_SIZE_MIB {
            let fact = format!("the partition has {} MiB, less than the documented 500 GB", self.size_mib);
            let finding = Finding::warning("ibu/partition-size", fact);
            findings.push(finding.fix("make it larger, or 0 for the rest of the disk"));
        }
        findings
    }

    /// The MachineConfig: an extra manifest of the installation.
    pub fn machine_config(&self) -> Value {
        value(json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": {
                "labels": {"machineconfiguration.openshift.io/role": "master"},
                "name": "98-var-lib-containers-partitioned",
            },
            "spec": {"config": self.ignition()},
        }))
    }

    /// The JSON text for `ignitionConfigOverride` of the node in a SiteConfig or ClusterInstance.
    pub fn ignition_override(&self) -> String {
        self.ignition().to_string()
    }

    /// The butane form.
    pub fn butane(&self) -> Value {
        value(json!({
            "variant": "fcos",
            "version": "1.3.0",
            "storage": {
                "disks": [{
                    "device": self.disk,
                    "wipe_table": false,
                    "partitions": [{"label": LABEL, "start_mib": self.start_mib, "size_mib": self.size_mib}],
                }],
                "filesystems": [{
                    "path": PATH,
                    "device": DEVICE,
                    "format": "xfs",
                    "wipe_filesystem": true,
                    "with_mount_unit": true,
                    "mount_options": ["defaults", "prjquota"],
                }],
            },
        }))
    }

    fn ignition(&self) -> Json {
        json!({
            "ignition": {"version": "3.2.0"},
            "storage": {
                "disks": [{
                    "device": self.disk,
                    "wipeTable": false,
                    "partitions": [{"label": LABEL, "startMiB": self.start_mib, "sizeMiB": self.size_mib}],
                }],
                "filesystems": [{
                    "device": DEVICE,
                    "format": "xfs",
                    "mountOptions": ["defaults", "prjquota"],
                    "path": PATH,
                    "wipeFilesystem": true,
                }],
            },
            "systemd": {"units": [{"contents": mount_unit(), "enabled": true, "name": "var-lib-containers.mount"}]},
        })
    }
}

/// The mount unit as butane makes it; the agent looks for it by name and compares its `What`.
fn mount_unit() -> String {
    let check = r"systemd-fsck@dev-disk-by\x2dpartlabel-var\x2dlib\x2dcontainers.service";
    [
        "[Unit]",
        "Before=local-fs.target",
        &format!("Requires={check}"),
        &format!("After={check}"),
        "",
        "[Mount]",
        &format!("Where={PATH}"),
        &format!("What={DEVICE}"),
        "Type=xfs",
        "Options=defaults,prjquota",
        "",
        "[Install]",
        "RequiredBy=local-fs.target",
    ]
    .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_override_is_one_json_text_with_the_numbers() {
        let partition = Partition { disk: "/dev/disk/by-path/pci-1".into(), start_mib: 250_000, size_mib: 0 };
        assert!(partition.check().is_empty());
        let json: Json = serde_json::from_str(&partition.ignition_override()).expect("JSON");
        assert_eq!(json.pointer("/storage/disks/0/partitions/0/startMiB"), Some(&json!(250_000)));
        let ids: Vec<_> = Partition { disk: "/dev/sda".into(), start_mib: 100, size_mib: 9 }.check();
        assert_eq!(ids.len(), 3);
    }
}
