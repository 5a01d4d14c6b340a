//! Rules about PTP configuration.

mod interface;
mod profile;

use super::fleet_check::FleetCheck;

/// The rules of this group.
pub const CHECKS: &[FleetCheck] = &[profile::check, interface::check];
