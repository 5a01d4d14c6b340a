//! The DataProtectionApplication: one, and without file-system backup.

use crate::finding::Finding;
use crate::upgrade::manifest::{Manifest, ObjectFinding};

/// Whether an object is a DataProtectionApplication.
pub(super) fn is_dpa(manifest: &Manifest<'_>) -> bool {
    manifest.kind() == "DataProtectionApplication" && manifest.api_version().starts_with("oadp.openshift.io/")
}

pub(super) fn check(dpas: &[&Manifest<'_>], findings: &mut Vec<ObjectFinding>) {
    for dpa in dpas {
        for (id, key) in [("dpa/restic", "restic"), ("dpa/node-agent", "nodeAgent")] {
            let path = ["spec", "configuration", key, "enable"];
            if dpa.at(&path) == Some(&true.into()) {
                let fact = format!("DataProtectionApplication \"{}\" enables {key}", dpa.name());
                let finding = Finding::error(id, fact)
                    .note("an image-based upgrade keeps volumes on disk and backs up objects only")
                    .fix(format!("set spec.configuration.{key}.enable to false"));
                findings.push(dpa.finding(finding, &path));
            }
        }
    }
    if dpas.len() > 1 {
        let names = dpas.iter().map(|d| d.name()).collect::<Vec<_>>().join(", ");
        let finding =
            Finding::error("dpa/multiple", format!("there are {} DataProtectionApplications: {names}", dpas.len()))
                .note("Prep fails unless openshift-adp has exactly one")
                .fix("keep one");
        findings.push(ObjectFinding::of_set(finding));
    }
}
