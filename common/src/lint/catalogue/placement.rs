//! Findings about which policies reach which clusters.

use super::rule::{Rule, rule};
use crate::finding::Level::Warning;

const PLACEMENT: &str = "PlacementRule and PlacementBinding as the ZTP 4.20 PolicyGenTemplate generator makes them";

pub const RULES: &[Rule] = &[
    rule(
        "placement/all-excluded",
        Warning,
        [
            "bindingExcludedRules exclude every cluster that bindingRules ask for",
            "correct bindingExcludedRules, or the labels of the clusters",
            "A cluster must have all labels of bindingRules and none of bindingExcludedRules. Here none is left, so the policies are made and reach nothing.",
        ],
        PLACEMENT,
    ),
    rule(
        "placement/blank-in-value",
        Warning,
        [
            "a comma list of a binding rule has blanks or gaps",
            "write the values with commas and nothing else between them",
            "The generator splits the text at commas and trims nothing. A value with a blank fits no label; an empty one fits clusters whose label is empty.",
        ],
        PLACEMENT,
    ),
    rule(
        "placement/every-cluster",
        Warning,
        [
            "the binding rules of a PolicyGenTemplate ask for no label",
            "name a label in bindingRules",
            "An empty selector fits every ManagedCluster: clusters of other teams, clusters that are being installed, and the hub itself, which is called local-cluster. Labels that are only excluded do not limit it to one's own clusters either.",
        ],
        PLACEMENT,
    ),
    rule(
        "placement/no-cluster",
        Warning,
        [
            "the binding rules of a PolicyGenTemplate fit no cluster of the repository",
            "compare bindingRules with clusterLabels of the SiteConfigs",
            "The policies are made and reach nothing, which looks like success. Labels that the hub sets (name, ztp-done, vendor, cluster sets and the like) are taken to fit. Not said where no SiteConfig is among the files; policies for clusters of another repository can be accepted.",
        ],
        PLACEMENT,
    ),
    rule(
        "placement/set-binding-missing",
        Warning,
        [
            "a namespace with policies or Placements has no ManagedClusterSetBinding, other namespaces have",
            "add a ManagedClusterSetBinding of the cluster set, such as global, in the namespace",
            "A Placement selects clusters only from sets that are bound to its namespace. PolicyGenTemplates make PlacementRules, which need none, but TALM makes a Placement beside each policy that it enforces: without a binding a ClusterGroupUpgrade waits for nothing until it times out. Said only where the repository has bindings at all, since they may come from elsewhere.",
        ],
        "TALM 4.20, condition WaitingForPlacement; Open Cluster Management, ManagedClusterSetBinding",
    ),
    rule(
        "placement/unreached-cluster",
        Warning,
        [
            "no policy reaches a cluster",
            "compare its clusterLabels with the bindingRules of the PolicyGenTemplates",
            "TALM makes a ClusterGroupUpgrade without policies for such a cluster, which succeeds at once and sets ztp-done: the cluster counts as done and is not configured. Said only where the policies reach some other cluster of the repository.",
        ],
        "TALM 4.20, `managedclusterForCGU_controller.go`",
    ),
];
