//! What there is to say about every finding: one table for each group. `explain` prints an entry, docs/findings.md is
//! made from all of them.

mod accept;
mod hardware;
mod input;
mod kustomize;
mod markdown;
mod placement;
mod policies;
mod policy;
mod rule;
mod siteconfig;

pub use markdown::markdown;
pub use rule::{Rule, all, find};

/// The groups with their names and what they are about, in the order of the documentation.
pub const GROUPS: &[(&str, &str, &[Rule])] = &[
    ("input", "What is read", input::RULES),
    ("accept", "Comments that accept findings", accept::RULES),
    ("kustomize", "Kustomizations", kustomize::RULES),
    ("siteconfig", "SiteConfigs", siteconfig::RULES),
    ("policy", "PolicyGenTemplates and policies", policy::RULES),
    ("policy", "Policies across files and CRs", policies::RULES),
    ("placement", "Placement", placement::RULES),
    ("sriov", "SR-IOV", hardware::SRIOV),
    ("ptp", "PTP", hardware::PTP),
    ("performance", "Performance profiles", hardware::PERFORMANCE),
];
