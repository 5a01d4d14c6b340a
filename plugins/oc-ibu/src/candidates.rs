//! Names for completion: the clusters of the hub that the words typed so far mean.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;
use ztp_common::cli::{Words, candidates};
use ztp_common::inventory::Query;
use ztp_common::resource::Resource;

/// Managed clusters.
pub fn clusters(current: &OsStr) -> Vec<CompletionCandidate> {
    let found = Words::typed().find(Query::all(Resource::MANAGED_CLUSTER));
    let names = found.map(|(names, _)| names).unwrap_or_default();
    candidates(names.into_iter().map(|named| named.name), current)
}
