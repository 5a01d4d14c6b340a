//! Rules about which policies reach which clusters, and the answer to that question itself.

mod all_excluded;
mod blank;
mod every_cluster;
mod matrix;
mod no_cluster;
mod set_binding;
mod unreached;

use super::check::Check;
use super::fleet_check::FleetCheck;

pub use matrix::{Matrix, PolicySet, Reason};

/// The rules of this group that look at clusters and policies.
pub const CHECKS: &[FleetCheck] =
    &[no_cluster::check, all_excluded::check, blank::check, every_cluster::check, unreached::check];

/// Those that look at files.
pub const FILE_CHECKS: &[Check] = &[set_binding::check];
