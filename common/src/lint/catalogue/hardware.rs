//! Findings about CRs that configure hardware: SR-IOV, PTP, CPUs and memory.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Warning};

const PROFILE: &str = "node tuning operator 4.20, `performanceprofile_validation.go`";

pub const SRIOV: &[Rule] = &[
    rule(
        "sriov/mixed-resource",
        Warning,
        [
            "node policies of one resourceName have different deviceTypes",
            "give each device type its own resourceName",
            "The device plugin offers all functions of a resource name as one pool. A pod that asks for one gets either a kernel network device or a vfio-pci device. Several policies of one name and one type are fine.",
        ],
        "SR-IOV network operator 4.20, device plugin configuration",
    ),
    rule(
        "sriov/no-resource",
        Warning,
        [
            "no node policy serves the resourceName of a SriovNetwork",
            "use the resourceName of a SriovNetworkNodePolicy that reaches the same clusters",
            "Pods that use the network ask for the resource, which no node offers, and stay pending. Where templates fill in resource names nothing is said.",
        ],
        "SR-IOV network operator 4.20, SriovNetwork.spec.resourceName",
    ),
    rule(
        "sriov/shared-function",
        Warning,
        [
            "two node policies configure the same physical function of the same nodes",
            "split the virtual functions with ranges, such as ens1f0#0-3",
            "Without ranges each policy claims all virtual functions of the interface. The one of higher priority wins and the other has no effect.",
        ],
        "SR-IOV network operator 4.20, SriovNetworkNodePolicy.spec.nicSelector.pfNames",
    ),
];

pub const PTP: &[Rule] = &[
    rule(
        "ptp/interface-unlisted",
        Warning,
        [
            "a PtpConfig names an interface that a host does not have",
            "correct the name, or give the cluster a PtpConfig of its own",
            "Compared are the interfaces of the PtpConfig with nodeNetwork of the SiteConfigs that the policy reaches. PTP often runs on interfaces that a site does not configure, so a missing one is said only when its name can be no interface and nearly is one of the site's, or when most of the clusters that the policy reaches list it and some do not.",
        ],
        "PTP operator 4.20, PtpConfig.spec.profile",
    ),
    rule(
        "ptp/profile-missing",
        Warning,
        [
            "a PtpConfig recommends a profile that it does not have",
            "use one name in spec.profile and spec.recommend",
            "The PTP operator applies the recommended profile by name. After a profile was renamed in an overlay, the recommendation of the source CR still has the old name, and no daemon is started.",
        ],
        "PTP operator 4.20, PtpConfig.spec.recommend",
    ),
];

pub const PERFORMANCE: &[Rule] = &[
    rule(
        "performance/cpu-overlap",
        Warning,
        [
            "CPUs of a PerformanceProfile are both reserved and isolated",
            "take them out of one of the two sets",
            "The webhook on the cluster refuses such a profile, so the policy never becomes compliant. A warning only, because group examples of the ZTP reference have such sets, to be replaced for real hardware.",
        ],
        PROFILE,
    ),
    rule(
        "performance/huge-pages-size",
        Error,
        [
            "huge pages of a PerformanceProfile have no size",
            "add size: 1G or size: 2M",
            "The webhook on the cluster refuses pages without a size, so the policy never becomes compliant. It happens when the overlay leaves the placeholder of the source CR empty.",
        ],
        PROFILE,
    ),
    rule(
        "performance/reserved-cpuset",
        Warning,
        [
            "cpuset of a SiteConfig differs from the reserved CPUs of the PerformanceProfile",
            "use the same CPUs in both",
            "Workload partitioning pins the platform's pods to cpuset at installation; the profile reserves CPUs for them later. When the sets differ, platform pods disturb workloads or lack CPUs. Said only where exactly one PerformanceProfile reaches the cluster.",
        ],
        "OpenShift 4.14, workload partitioning; ZTP 4.20 reference, PerformanceProfile.yaml",
    ),
    rule(
        "performance/tuned-include",
        Warning,
        [
            "a Tuned profile includes a performance profile of another name",
            "overlay its data with the name of the PerformanceProfile",
            "TunedPerformancePatch builds on the profile that the node tuning operator makes from the PerformanceProfile, by its name. When the PerformanceProfile is renamed and the include is not, Tuned fails on the node.",
        ],
        "ZTP 4.20 reference, TunedPerformancePatch.yaml",
    ),
];
