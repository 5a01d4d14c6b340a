//! Names of a hub for completion.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;
use ztp_common::api::Named;
use ztp_common::cli::{Words, candidates};
use ztp_common::inventory::Query;
use ztp_common::resource::{Resource, annotation};

/// CGUs of the namespace that is meant; where it has none, or one is typed before the name, with their namespaces.
pub fn cgus(current: &OsStr) -> Vec<CompletionCandidate> {
    // The first configuration is named by its cluster.
    if std::env::args_os().any(|word| word == "--ztp") {
        return clusters(current);
    }
    let words = Words::typed();
    let Some((found, of_context)) = words.find(Query::all(Resource::CLUSTER_GROUP_UPGRADE)) else { return Vec::new() };
    let is_given = words.namespace.is_some();
    let namespace = words.namespace.or(of_context).unwrap_or_else(|| "default".to_owned());
    let is_meant = |cgu: &Named| cgu.namespace == namespace;
    let is_typed = current.to_string_lossy().contains('/');
    if is_typed || !is_given && !found.iter().any(is_meant) {
        return candidates(found.into_iter().map(qualified), current);
    }
    candidates(found.into_iter().filter(is_meant).map(|cgu| cgu.name), current)
}

/// All CGUs, with their namespaces.
pub fn cgus_everywhere(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::CLUSTER_GROUP_UPGRADE));
    candidates(found.into_iter().flat_map(|(found, _)| found).map(qualified), current)
}

fn qualified(cgu: Named) -> String {
    format!("{}/{}", cgu.namespace, cgu.name)
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
