//! Rules about performance profiles: CPU sets, huge pages, and the Tuned profile that builds on them.

mod cpu_set;
mod cpus;
mod huge_pages;
mod tuned;

use super::fleet::{Cr, Fleet};
use super::fleet_check::FleetCheck;

/// The rules of this group.
pub const CHECKS: &[FleetCheck] = &[cpus::check, cpus::reserved, huge_pages::check, tuned::check];

fn profiles<'f, 'r>(fleet: &'f Fleet<'r>) -> impl Iterator<Item = &'f Cr<'r>> {
    fleet.all_crs().filter(|cr| is_profile(cr))
}

fn is_profile(cr: &Cr<'_>) -> bool {
    cr.kind() == "PerformanceProfile" && cr.is_demanded()
}
