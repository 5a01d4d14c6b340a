//! Rules about which policies reach which clusters, and the answer to that question itself.

mod every_cluster;
mod matrix;
mod no_cluster;
mod unreached;

use super::fleet_check::FleetCheck;

pub use matrix::{Matrix, PolicySet, Reason};

/// The rules of this group.
pub const CHECKS: &[FleetCheck] = &[no_cluster::check, every_cluster::check, unreached::check];
