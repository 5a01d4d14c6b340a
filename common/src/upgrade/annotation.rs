//! Annotations and labels of the Lifecycle Agent and the group upgrade, by name.

/// On an ImageBasedUpgrade in AbortFailed or FinalizeFailed: run the clean-up again. Removed by the agent.
pub const MANUAL_CLEANUP: &str = "lca.openshift.io/manual-cleanup-done";
/// On an ImageBasedUpgrade: reconcile now; fires again when its value changes.
pub const TRIGGER_RECONCILE: &str = "lca.openshift.io/trigger-reconcile";
/// On an ImageBasedUpgrade: how many labelled manifests the policies must hold, compared as text.
pub const MANIFEST_COUNT: &str = "lca.openshift.io/target-ocp-version-manifest-count";
/// On an ImageBasedUpgrade: what the agent found doubtful in the extra manifests, joined by `; `.
pub const VALIDATION_WARNING: &str = "extra-manifest.lca.openshift.io/validation-warning";
/// On an ImageBasedUpgrade: switches off the automatic rollback by the init monitor.
pub const NO_INIT_MONITOR: &str = "auto-rollback-on-failure.lca.openshift.io/init-monitor";
/// On an ImageBasedUpgrade: switches off the automatic rollback when the configuration after the reboot fails.
pub const NO_POST_REBOOT: &str = "auto-rollback-on-failure.lca.openshift.io/post-reboot-config";
/// On an ImageBasedUpgrade: switches off the automatic rollback when the agent reports failure.
pub const NO_UPGRADE_COMPLETION: &str = "auto-rollback-on-failure.lca.openshift.io/upgrade-completion";
/// On an ImageBasedUpgrade: switches off the image clean-up in Prep.
pub const IMAGE_CLEANUP: &str = "image-cleanup.lca.openshift.io/on-prep";
/// On an ImageBasedUpgrade: disk use in percent above which Prep removes images; 50 when absent.
pub const IMAGE_CLEANUP_THRESHOLD: &str = "image-cleanup.lca.openshift.io/disk-usage-threshold-percent";
/// The one value that the `auto-rollback-on-failure` and `on-prep` annotations react to.
pub const DISABLED: &str = "Disabled";

/// On Backups, Restores and extra manifests: when it is their turn.
pub const APPLY_WAVE: &str = "lca.openshift.io/apply-wave";
/// On a Backup: the objects to back up, by name.
pub const APPLY_LABEL: &str = "lca.openshift.io/apply-label";
/// On extra manifests: `replace` or `merge`.
pub const APPLY_TYPE: &str = "lca.openshift.io/apply-type";
/// Label on objects inside policies: the release they are for.
pub const TARGET_VERSION: &str = "lca.openshift.io/target-ocp-version";
/// On a ManagedCluster: its presence stops the hub from importing the cluster again.
pub const DISABLE_AUTO_IMPORT: &str = "import.open-cluster-management.io/disable-auto-import";

/// The wave of an object that names none: the last (LCA `apply-wave` default).
pub const LAST_WAVE: i64 = 2_147_483_647;
