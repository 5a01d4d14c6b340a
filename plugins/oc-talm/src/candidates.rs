//! Names of a hub for completion.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;
use ztp_common::cli::{Words, candidates};
use ztp_common::inventory::Query;
use ztp_common::resource::{Resource, annotation};

/// CGUs of the namespace that is meant.
pub fn cgus(current: &OsStr) -> Vec<CompletionCandidate> {
    let words = Words::typed();
    let Some((found, of_context)) = words.find(Query::all(Resource::CLUSTER_GROUP_UPGRADE)) else { return Vec::new() };
    let namespace = words.namespace.or(of_context);
    let mine = found.into_iter().filter(|cgu| namespace.as_ref().is_none_or(|wanted| cgu.namespace == *wanted));
    candidates(mine.map(|cgu| cgu.name), current)
}

/// Namespaces that hold CGUs.
pub fn namespaces(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::CLUSTER_GROUP_UPGRADE));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|cgu| cgu.namespace), current)
}

/// Managed clusters.
pub fn clusters(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::MANAGED_CLUSTER));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|cluster| cluster.name), current)
}

/// Root policies.
pub fn policies(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::POLICY).without_label(annotation::ROOT_POLICY));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(|policy| policy.name), current)
}
