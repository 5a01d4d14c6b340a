//! The set of Backups and Restores, and what kind of Backup each one is.

use super::resource_name::{contains, same};
use crate::upgrade::annotation::APPLY_LABEL;
use crate::upgrade::manifest::Manifest;

/// The namespace that Backups and Restores must be in.
pub(super) const NAMESPACE: &str = "openshift-adp";
/// The namespace of the klusterlet.
pub(super) const KLUSTERLET_NAMESPACE: &str = "open-cluster-management-agent";
/// What the platform Backup of LVM Storage must include.
pub(super) const LVMS_RESOURCES: [&str; 3] = ["lvmclusters", "lvmvolumegroups", "lvmvolumegroupnodestatuses"];

/// How the target stores volumes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// It has none, or nobody knows.
    #[default]
    None,
    /// LVM Storage.
    Lvms,
    /// Local Storage Operator.
    Lso,
}

/// What a check cannot see in the content: from flags or from the cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// How the target stores volumes.
    pub storage: Storage,
    /// Whether a hub manages the target.
    pub rhacm_managed: bool,
    /// Whether an ImageBasedGroupUpgrade runs the upgrade.
    pub ibgu: bool,
}

/// What a Backup is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The agent of the hub.
    Klusterlet,
    /// LVM Storage itself.
    LvmsPlatform,
    /// An application.
    Application,
}

/// One Backup.
#[derive(Clone, Copy)]
pub(super) struct Backup<'m>(pub &'m Manifest<'m>);

/// One Restore.
#[derive(Clone, Copy)]
pub(super) struct Restore<'m>(pub &'m Manifest<'m>);

impl<'m> Backup<'m> {
    pub fn purpose(self) -> Purpose {
        let included = self.0.texts(&["spec", "includedNamespaces"]);
        let cluster_scoped = self.0.texts(&["spec", "includedClusterScopedResources"]);
        let labelled = self.apply_label().unwrap_or_default();
        if included.contains(&KLUSTERLET_NAMESPACE)
            || contains(&cluster_scoped, "klusterlets")
            || labelled.split(',').any(|item| item.split('/').any(|part| part == "klusterlets"))
            || labelled.split('/').any(|part| part == KLUSTERLET_NAMESPACE)
        {
            Purpose::Klusterlet
        } else if LVMS_RESOURCES.iter().any(|r| self.includes_explicitly(r)) {
            Purpose::LvmsPlatform
        } else {
            Purpose::Application
        }
    }

    pub fn apply_label(self) -> Option<&'m str> {
        self.0.annotation(APPLY_LABEL).filter(|text| !text.is_empty())
    }

    /// The lists that choose resources, new style and old.
    pub fn included(self) -> Vec<&'m str> {
        let lists = ["includedNamespaceScopedResources", "includedClusterScopedResources", "includedResources"];
        lists.iter().flat_map(|list| self.0.texts(&["spec", list])).collect()
    }

    pub fn includes_explicitly(self, resource: &str) -> bool {
        self.included().iter().any(|listed| same(listed, resource))
    }

    pub fn excludes(self, resource: &str) -> bool {
        let lists = ["excludedNamespaceScopedResources", "excludedClusterScopedResources", "excludedResources"];
        lists.iter().any(|list| contains(&self.0.texts(&["spec", list]), resource))
    }

    /// Whether it takes every namespaced resource of its namespaces: no list names any. A Backup with an apply-label
    /// takes nothing but what the label lists.
    pub fn takes_everything(self) -> bool {
        let listed = |list| self.0.texts(&["spec", list]);
        let namespaced = [listed("includedNamespaceScopedResources"), listed("includedResources")].concat();
        if self.apply_label().is_some() {
            return false;
        }
        namespaced.contains(&"*") || namespaced.is_empty() && !self.is_cluster_scoped()
    }

    /// Whether it is about cluster-scoped resources only.
    pub fn is_cluster_scoped(self) -> bool {
        let empty = |list| self.0.texts(&["spec", list]).is_empty();
        !empty("includedClusterScopedResources")
            && empty("includedNamespaces")
            && empty("includedNamespaceScopedResources")
            && empty("includedResources")
    }

    /// Whether claims on volumes are part of it: the storage rules apply.
    pub fn has_claims(self) -> bool {
        let claims = "persistentvolumeclaims";
        !self.excludes(claims) && (self.includes_explicitly(claims) || self.takes_everything())
    }
}

impl<'m> Restore<'m> {
    pub fn backup_name(self) -> &'m str {
        self.0.text(&["spec", "backupName"])
    }
}

/// Everything the agent would read.
pub(super) struct Content<'m> {
    pub backups: Vec<Backup<'m>>,
    pub restores: Vec<Restore<'m>>,
    /// Whether every document could be read, so that something missing really is missing.
    pub complete: bool,
    pub context: Context,
}

impl<'m> Content<'m> {
    pub fn backup(&self, name: &str) -> Option<Backup<'m>> {
        self.backups.iter().copied().find(|b| b.0.name() == name)
    }

    pub fn is_empty(&self) -> bool {
        self.backups.is_empty() && self.restores.is_empty()
    }

    /// The Restores whose Backup is in the set, with it.
    pub fn pairs(&self) -> impl Iterator<Item = (Restore<'m>, Backup<'m>)> + '_ {
        self.restores.iter().filter_map(|r| Some((*r, self.backup(r.backup_name())?)))
    }
}
