//! Whether a cluster can be made a seed image: every reason at once, where the agent stops at the first.
//!
//! LCA main `controllers/seedgen_controller.go`, in its order, then what only the documentation asks for.

use semver::Version;

use crate::finding::Finding;

/// Facts about the seed cluster; `None` is "not looked at", which finds nothing.
#[derive(Clone, Debug, Default)]
pub struct SeedCluster {
    /// Whether the host knows `ostree admin set-default`.
    pub ostree_set_default: Option<bool>,
    /// Whether the unit `var-lib-containers.mount` is active.
    pub container_mount: Option<bool>,
    /// Whether the klusterlet CRD is there.
    pub klusterlet_crd: Option<bool>,
    /// Names of all namespaces.
    pub namespaces: Option<Vec<String>>,
    /// Whether the host has `/usr/local/bin/dnsmasq_config.sh`.
    pub dnsmasq_config: Option<bool>,
    /// Whether the pull secret is the placeholder of an earlier broken run.
    pub sanitised_pull_secret: Option<bool>,
    /// Names of PersistentVolumes.
    pub persistent_volumes: Option<Vec<String>>,
    /// Names of LocalVolumes.
    pub local_volumes: Option<Vec<String>>,
    /// Names of LVMClusters.
    pub lvm_clusters: Option<Vec<String>>,
    /// Names of DataProtectionApplications.
    pub dpas: Option<Vec<String>>,
    /// Version of the installed OADP operator.
    pub oadp_version: Option<String>,
    /// Version of the installed Lifecycle Agent.
    pub lca_version: Option<String>,
    /// Whether RHACM or MCE is installed here: this is a hub.
    pub hub_installed: Option<bool>,
    /// Failed health checks.
    pub unhealthy: Option<Vec<String>>,
}

const ADDON_PREFIX: &str = "open-cluster-management-addon-";

/// Every reason why the agent would refuse, then the documented ones it does not check.
pub fn preflight(facts: &SeedCluster) -> Vec<Finding> {
    let mut findings = host(facts);
    findings.extend(content(facts));
    findings.extend(versions(facts));
    if facts.hub_installed == Some(true) {
        let finding = Finding::error("ibu/seed-hub", "RHACM or multicluster engine is installed on the seed cluster");
        findings.push(finding.note("the agent does not check it").fix("use a cluster that is not a hub"));
    }
    for check in facts.unhealthy.iter().flatten() {
        let finding = Finding::warning("ibu/seed-unhealthy", format!("the cluster is not healthy: {check}"));
        findings.push(finding.note("the agent waits, without a time limit, until it is"));
    }
    findings
}

fn host(facts: &SeedCluster) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut check = |fails: bool, id, fact: &str, fix: &str| {
        if fails {
            findings.push(Finding::error(id, fact).fix(fix));
        }
    };
    check(
        facts.ostree_set_default == Some(false),
        "ibu/seed-ostree",
        "the installed release does not support \"ostree admin set-default\"",
        "install the seed cluster with a newer release",
    );
    check(
        facts.container_mount == Some(false),
        "ibu/seed-container-storage",
        "/var/lib/containers is not a shared partition",
        "install the seed cluster with the partition: oc ibu partition",
    );
    let managed = facts.klusterlet_crd == Some(true);
    check(
        managed,
        "ibu/seed-attached",
        "the cluster is attached to a hub",
        "delete its ManagedCluster on the hub, or take it out of the site configuration",
    );
    let addons: Vec<&str> =
        facts.namespaces.iter().flatten().filter(|n| n.starts_with(ADDON_PREFIX)).map(String::as_str).collect();
    check(
        !addons.is_empty(),
        "ibu/seed-addons",
        &format!("hub add-ons have left namespaces: {}", addons.join(", ")),
        "disable the optional add-ons on the hub, then detach the cluster",
    );
    check(
        facts.dnsmasq_config == Some(false),
        "ibu/seed-dnsmasq",
        "the host lacks the dnsmasq configuration for image-based upgrades",
        "install with the MachineConfig that sets it up (the assisted installer adds it on a single node)",
    );
    check(
        facts.sanitised_pull_secret == Some(true),
        "ibu/seed-pull-secret",
        "the cluster pull secret is the placeholder of an earlier run that broke",
        "restore pull-secret in openshift-config",
    );
    findings
}

fn content(facts: &SeedCluster) -> Vec<Finding> {
    let lists = [
        ("ibu/seed-persistent-volumes", "PersistentVolumes", &facts.persistent_volumes),
        ("ibu/seed-local-volumes", "LocalVolumes", &facts.local_volumes),
        ("ibu/seed-lvm-clusters", "LVMClusters", &facts.lvm_clusters),
        ("ibu/seed-dpa", "DataProtectionApplications", &facts.dpas),
    ];
    let there = |(id, kind, names): &(&'static str, &str, &Option<Vec<String>>)| {
        let names = names.as_ref().filter(|n| !n.is_empty())?;
        let finding = Finding::error(id, format!("the cluster has {kind}: {}", names.join(", ")));
        Some(finding.fix(format!("delete them: no {kind} may be in a seed image")))
    };
    lists.iter().filter_map(there).collect()
}

fn versions(facts: &SeedCluster) -> Vec<Finding> {
    let below = |version: &Option<String>, limit: Version| {
        version.as_deref().and_then(|v| Version::parse(v).ok()).filter(|v| *v < limit)
    };
    let mut findings = Vec::new();
    if let Some(version) = below(&facts.oadp_version, Version::new(1, 3, 1)) {
        let finding = Finding::error("ibu/seed-oadp-version", format!("OADP is {version}, below 1.3.1"));
        findings.push(finding.fix("update OADP to 1.4.1 or later"));
    } else if let Some(version) = below(&facts.oadp_version, Version::new(1, 4, 1)) {
        let finding = Finding::warning("ibu/seed-oadp-version", format!("OADP is {version}, below 1.4.1"));
        findings.push(finding.note("the documentation asks for 1.4.1; the agent for 1.3.1").fix("update OADP"));
    }
    if let Some(version) = below(&facts.lca_version, Version::new(4, 16, 0)) {
        let finding = Finding::warning("ibu/seed-lca-version", format!("the Lifecycle Agent is {version}, below 4.16"));
        findings.push(finding.fix("update the Lifecycle Agent"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_said_at_once_and_the_unknown_is_not() {
        assert!(preflight(&SeedCluster::default()).is_empty());
        let facts = SeedCluster {
            klusterlet_crd: Some(true),
            namespaces: Some(vec!["default".into(), "open-cluster-management-addon-observability".into()]),
            persistent_volumes: Some(vec![]),
            dpas: Some(vec!["dpa".into()]),
            oadp_version: Some("1.3.5".into()),
            ..SeedCluster::default()
        };
        let ids: Vec<_> = preflight(&facts).iter().map(|f| f.id).collect();
        assert_eq!(ids, ["ibu/seed-attached", "ibu/seed-addons", "ibu/seed-dpa", "ibu/seed-oadp-version"]);
    }
}
