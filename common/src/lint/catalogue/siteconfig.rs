//! Findings about SiteConfigs and the extra manifests they name.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Info, Warning};

const BUILDER: &str = "ZTP 4.20 site generator, `siteConfigBuilder.go`";
const CONFIG: &str = "ZTP 4.20 site generator, `siteConfig.go`";
const MERGE: &str = "ZTP 4.20 site generator, mergeDefaultMachineConfigs; Ignition config merging";
const ASSISTED: &str = "assisted-service, validation of networks and VIPs of a cluster";

pub const RULES: &[Rule] = &[
    rule(
        "siteconfig/api-version",
        Error,
        [
            "the SiteConfig has an apiVersion that the generator does not know",
            "use ran.openshift.io/v1 or ran.openshift.io/v2",
            "The version decides which set of installation CRs is made.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/bad-address",
        Error,
        [
            "a network, VIP, MAC or BMC address is not written as one",
            "write networks as 192.0.2.0/24, VIPs as 192.0.2.10, MACs as 02:00:00:00:00:01 and BMC addresses as a URL",
            "The generator copies the text unchecked. The hub's webhooks or the installation refuse it later, one at a time. A value that comes from a template in braces is left alone.",
        ],
        "Kubernetes `net.ParseCIDR`, metal3 BareMetalHost `bootMACAddress` and `bmc.address`",
    ),
    rule(
        "siteconfig/bad-json",
        Warning,
        [
            "a field that holds JSON is no JSON",
            "correct the text at the position that the finding names",
            "ignitionConfigOverride and installerArgs are copied into annotations as text. The generator does not look into them; the installation stops when the assistant service cannot read them.",
        ],
        "assisted-service, annotations of InfraEnv, AgentClusterInstall and BareMetalHost",
    ),
    rule(
        "siteconfig/bad-value",
        Error,
        [
            "a field has a value that does not exist",
            "use one of the values the finding lists",
            "The generator copies the text unchecked into a CR whose schema allows only certain values, so Argo CD cannot apply it.",
        ],
        "schemas of BareMetalHost and AgentClusterInstall; values of the SiteConfig CRD",
    ),
    rule(
        "siteconfig/boot-mac-unlisted",
        Warning,
        [
            "bootMACAddress is not among the MAC addresses of the node's interfaces",
            "list the boot interface in nodeNetwork.interfaces, or correct one of the two addresses",
            "The host boots by bootMACAddress, and its network configuration is chosen by the MAC addresses of the interfaces. With different ones the host is not recognised or comes up without its static configuration. It is right only when the host really boots from an interface that stays out of the configuration.",
        ],
        "metal3 BareMetalHost and assisted-service NMStateConfig",
    ),
    rule(
        "siteconfig/cluster",
        Error,
        [
            "the cluster has no master or an unknown cpuPartitioningMode",
            "give at least one node the role master, and use None or AllNodes",
            "The generator counts masters to tell a single-node cluster from others, and stops without one. It knows two modes of CPU partitioning.",
        ],
        CONFIG,
    ),
    rule(
        "siteconfig/cluster-name",
        Error,
        [
            "a cluster has no name, or one that the file has already",
            "give each cluster its own clusterName",
            "The name of the cluster is the name of most of its CRs and of their namespace.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/cluster-name-invalid",
        Error,
        [
            "the name of the cluster is no DNS label",
            "use at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends",
            "The name becomes the namespace of the cluster on the hub and a part of its DNS names, so it must be a DNS label.",
        ],
        "Kubernetes names of namespaces, RFC 1123",
    ),
    rule(
        "siteconfig/cluster-repeated",
        Error,
        [
            "two SiteConfigs describe a cluster of the same name",
            "rename one of the clusters, or remove one of the files",
            "Both make CRs of the same names in the same namespace. kustomize refuses that in one tree; in different Argo CD applications they overwrite each other on every sync. It is a warning when the files belong to different kustomizations, which may be for different hubs.",
        ],
        "kustomize api 0.18 `resmap/reswrangler.go`; Argo CD shared resources",
    ),
    rule(
        "siteconfig/cr-template",
        Error,
        [
            "a CR template cannot be used",
            "correct the file, or the kind that refers to it",
            "crTemplates replaces a built-in CR by the one in the file. Kind and sync wave must be those of the built-in CR, and the kind must exist at this level.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/deprecated-field",
        Warning,
        [
            "a field is deprecated",
            "use the replacement that the finding names",
            "extraManifestPath gave way to extraManifests.searchPaths, and cpuset to cpuPartitioningMode with a PerformanceProfile; the generator itself marks the CRs of such clusters with a deprecation annotation. apiVIP and ingressVIP, which are said as information only, gave way to apiVIPs and ingressVIPs, which also hold the second address of dual stack.",
        ],
        "ZTP 4.20 site generator, annotations ran.openshift.io/ztp-warning-field-deprecation-*; assisted-service API",
    ),
    rule(
        "siteconfig/disk-partition",
        Error,
        [
            "diskPartition is used on a cluster with several masters, or a partition is not sound",
            "give the partition start >= 25000 (MiB), size > 0 (MiB) and an absolute mount_point",
            "The generator makes partitions for single-node clusters only, and leaves the first 25000 MiB to the system.",
        ],
        CONFIG,
    ),
    rule(
        "siteconfig/duplicate-bmc",
        Warning,
        [
            "two hosts have the same BMC address",
            "correct the address of one of the hosts",
            "Both BareMetalHosts would power and boot the same machine, and whichever is reconciled last installs over the other. Usually a site was copied and one line forgotten.",
        ],
        "metal3 baremetal-operator, registration of hosts",
    ),
    rule(
        "siteconfig/duplicate-host-name",
        Warning,
        [
            "two hosts have the same host name",
            "give each host its own name",
            "Hosts of one cluster must differ for the installation to accept them. Between clusters equal names are possible, but DNS and monitoring mix them up.",
        ],
        "assisted-service, validation of host names",
    ),
    rule(
        "siteconfig/duplicate-mac",
        Warning,
        [
            "two hosts have the same MAC address",
            "correct the address of one of the hosts",
            "The hub recognises hosts and their network configuration by MAC addresses. With a repeated one it installs the wrong machine or none. Usually a site was copied and one line forgotten.",
        ],
        "metal3 baremetal-operator and assisted-service, matching of NMStateConfigs",
    ),
    rule(
        "siteconfig/empty-node-labels",
        Error,
        [
            "nodeLabels of a node is an empty map",
            "remove nodeLabels",
            "The generator turns each label into an annotation of the BareMetalHost, and an empty map into an annotation whose value is a map. Annotations are texts, so the hub refuses the BareMetalHost.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/extra-manifest",
        Error,
        [
            "the extra manifests of a cluster cannot be collected",
            "correct the filter or the manifest that the finding names",
            "A manifest is no YAML map, a filter has entries in the list that its default does not use, or a file of extraManifestPath has the name of a predefined one. The generator stops.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/filter-unknown",
        Error,
        [
            "a filter of extra manifests names a file that is not there, or excludes one twice",
            "correct the name; templates are known by the name they get for each role, such as master-NAME.yaml",
            "extraManifests.filter works on the names after templates were rendered and before MachineConfigs are merged. The generator stops at a name that it does not find.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/further-document",
        Warning,
        [
            "the file has further documents, which are not read",
            "put each SiteConfig into a file of its own",
            "Called directly, the generator reads only the first document of a file and passes over the rest without a word.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/ignored-annotations",
        Warning,
        [
            "crAnnotations name a kind that is not annotated at this level",
            "name kinds of nodes on a node, all others on the cluster or site",
            "The generator looks for annotations by kind and level, and passes over what does not fit without a word.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/ignored-path",
        Warning,
        [
            "extraManifestPath is ignored because searchPaths is set",
            "add the folder to searchPaths, and remove extraManifestPath",
            "With extraManifests.searchPaths the old field has no effect, so its manifests are missing on the cluster.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/ignored-suppression",
        Warning,
        [
            "crSuppression names a kind that cannot be suppressed at this level",
            "suppress kinds of nodes on a node, all others on the cluster",
            "The generator passes over unknown kinds and kinds of the other level without a word, so the CR is made all the same.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/image-set",
        Error,
        [
            "neither the site nor the cluster has clusterImageSetNameRef",
            "set clusterImageSetNameRef on the site or on the cluster",
            "It names the ClusterImageSet on the hub, and so the release that is installed.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/image-set-unknown",
        Error,
        [
            "the hub has no ClusterImageSet of the name",
            "correct clusterImageSetNameRef, or add the ClusterImageSet to the hub",
            "It names the release to install. Without it the installation does not begin. Known only when validate is given a hub with --hub or --from.",
        ],
        "hive ClusterImageSet; assisted-service, AgentClusterInstall.spec.imageSetRef",
    ),
    rule(
        "siteconfig/install-config-overrides",
        Error,
        [
            "installConfigOverrides is no JSON object that can be used",
            "write one JSON object that is not empty, without text around it",
            "The generator joins the text with the network type as text, so it must be an object with at least one field and without leading blanks.",
        ],
        "ZTP 4.20 site generator, `siteConfigHelper.go`",
    ),
    rule(
        "siteconfig/interface-unlisted",
        Warning,
        [
            "the network configuration names an Ethernet interface that is not listed with its MAC address",
            "add the interface to nodeNetwork.interfaces, or correct its name in the configuration",
            "Interfaces of the configuration are found on the host by the MAC address listed for their name. A name that is not listed works only if the kernel happens to use exactly that name; usually it is a slip.",
        ],
        "assisted-service NMStateConfig, `spec.interfaces`",
    ),
    rule(
        "siteconfig/ironic-inspect",
        Error,
        [
            "ironicInspect is neither enabled nor disabled",
            "use enabled or disabled, or remove the field",
            "The generator stops at any other value; an empty one counts as given.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/lost-documents",
        Error,
        [
            "an extra manifest has several documents, of which only the first is used",
            "put each document into a file of its own",
            "The generator decodes the first document of a file and writes it anew. The others do not reach the cluster, and nothing says so. generate makes the same and warns; for validate it is an error.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/lost-labels",
        Warning,
        [
            "the labels of a ManagedCluster template are lost",
            "set labels by clusterLabels, and use \"{{ .Cluster.ClusterLabels }}\" in the template",
            "The generator adds the labels vendor and cloud to those of the SiteConfig. Labels that a template spells out are replaced by these two, so policies do not find the cluster.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/machine-network",
        Warning,
        [
            "a single-node cluster has no machineNetwork",
            "add machineNetwork with the network of the node",
            "A single-node cluster has no VIPs from which its network could be worked out. On a host with several addresses the installation may then take the wrong one.",
        ],
        ASSISTED,
    ),
    rule(
        "siteconfig/master-count",
        Warning,
        [
            "the cluster has neither one master nor three or more",
            "use one master for a single-node cluster, three or more for others",
            "The generator counts two masters as a standard cluster, but etcd needs three for a majority and the installation refuses two.",
        ],
        "assisted-service, number of control plane hosts",
    ),
    rule(
        "siteconfig/merge-kernel-type",
        Warning,
        [
            "merging loses a kernelType",
            "use default or realtime, or set mergeDefaultMachineConfigs to false",
            "The merge knows realtime and default only; any other kernel type becomes default.",
        ],
        MERGE,
    ),
    rule(
        "siteconfig/merge-lost-arguments",
        Warning,
        [
            "merging loses kernel arguments that should not exist",
            "keep this MachineConfig out of the merge",
            "kernelArguments.shouldNotExist of Ignition has no place in the merged MachineConfig, so the arguments stay on the nodes.",
        ],
        MERGE,
    ),
    rule(
        "siteconfig/merge-same-name",
        Error,
        [
            "two MachineConfigs of one role that are merged have the same name",
            "give them different names",
            "MachineConfigs are merged in the order of their names. Between equal names the upstream generator picks an order at random, so that the same commit can give different results. generate warns; for validate it is an error.",
        ],
        MERGE,
    ),
    rule(
        "siteconfig/merge-trimmed",
        Warning,
        [
            "merging loses a value that is false, 0 or empty",
            "keep this MachineConfig out of the merge",
            "The merged MachineConfig is trimmed of every false, 0 and empty value. For enabled: false of a unit, overwrite: false or an empty file this changes what the node does.",
        ],
        MERGE,
    ),
    rule(
        "siteconfig/merge-unknown-field",
        Warning,
        [
            "a MachineConfig that is merged has a field its Ignition version does not know",
            "correct the field or the version",
            "The merge decodes by version and drops what that version does not have.",
        ],
        MERGE,
    ),
    rule(
        "siteconfig/network-overlap",
        Error,
        [
            "two networks of a cluster overlap",
            "choose networks that do not overlap",
            "The networks of pods, services and machines must be apart, or addresses of one are unreachable from another. The installation refuses them.",
        ],
        "OpenShift installer and assisted-service, validation of networks",
    ),
    rule(
        "siteconfig/object-identity",
        Error,
        [
            "an object has no kind or no name that is a text",
            "give it a kind and a metadata.name, in quotes if need be",
            "The generator names output files after kind and name, and crashes when one is missing or a number.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/parse",
        Error,
        [
            "the SiteConfig is no YAML that the generator takes",
            "correct the marked line",
            "The text or the type of a field does not fit. The generator puts an error object into its output, and the sync of the site fails.",
        ],
        "gopkg.in/yaml.v3 3.0.1, with the types of `siteConfig.go`",
    ),
    rule(
        "siteconfig/same-file",
        Warning,
        [
            "two objects are written to the same file",
            "give the objects different names",
            "The upstream generator names files after cluster, kind and name; the last object of a name wins. Under kustomize two objects of one identity clash.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/search-path-missing",
        Error,
        [
            "a folder of extraManifests.searchPaths does not exist",
            "correct the path, or add the folder",
            "Paths are relative to the folder of the kustomization that lists the SiteConfig. The generator stops at a folder that is not there.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/shadowed-manifest",
        Info,
        [
            "a folder of searchPaths replaces manifests of an earlier one",
            "nothing, if that is meant; else rename the file",
            "Of files with one name the last folder's is used. That is the way to replace a manifest of the reference, and easily happens by accident. Said once for each pair of folders.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/unknown-field",
        Warning,
        [
            "the SiteConfig has a field that the generator does not know",
            "correct the name or the indentation; names are case-sensitive",
            "Unknown fields are ignored without a word, so what they were meant to do does not happen.",
        ],
        CONFIG,
    ),
    rule(
        "siteconfig/unused-template",
        Warning,
        [
            "a CR template is not used because its name or namespace differs",
            "use the name and namespace of the built-in CR in the template",
            "The generator takes a template only for the CR of the same name and namespace, and otherwise makes the built-in CR without a word.",
        ],
        BUILDER,
    ),
    rule(
        "siteconfig/vip",
        Error,
        [
            "the VIPs do not fit the cluster or each other",
            "give clusters of several masters one API and one ingress VIP, different ones; give single-node clusters none",
            "A cluster of several masters is reached at its API and ingress VIPs, which move between nodes and so must differ and belong to no network but the machines'. A single-node cluster is reached at its node, and the installation refuses VIPs for it.",
        ],
        ASSISTED,
    ),
    rule(
        "siteconfig/vip-outside",
        Error,
        [
            "a VIP is in none of the machine networks",
            "choose an address of machineNetwork, or correct the network",
            "VIPs are addresses that the nodes announce in their own network. The installation refuses one from elsewhere.",
        ],
        ASSISTED,
    ),
    rule(
        "siteconfig/worker-partition",
        Warning,
        [
            "a single-node cluster with a worker has partitions, which the worker gets too",
            "install the worker later, or partition by extra manifests for the role master alone",
            "The template of the partitions is rendered once for each role of the cluster, each time with the disks of all nodes. So the workers get a MachineConfig that partitions a disk which was meant for the master.",
        ],
        "ZTP 4.20 site generator, `siteConfigBuilder.go`, rendering of extra manifests",
    ),
    rule(
        "siteconfig/ztp-prefix",
        Warning,
        [
            "the name of a cluster or the namespace of a SiteConfig begins with ztp",
            "use a name that does not begin with ztp",
            "By convention namespaces that begin with ztp are for policies: the Argo CD project of the policies may write to ztp* and nothing else, and the project of the clusters is kept apart from it.",
        ],
        "ZTP 4.20 reference, `argocd/deployment/policies-app-project.yaml`",
    ),
];
