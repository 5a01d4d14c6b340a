//! Rules about policies that take more than one file or more than one CR to see.

mod conflict;
mod crd;
mod enforce;
mod entries;
mod hub_template;
mod name;
mod namespace;
mod same_name;
mod subscription;
mod values;
mod wave;

use super::check::Check;
use super::fleet_check::FleetCheck;

/// The rules of this group that look at files.
pub const FILE_CHECKS: &[Check] = &[entries::check, same_name::check];

/// Those that look at clusters and policies.
pub const CHECKS: &[FleetCheck] = &[
    namespace::duplicate_name,
    namespace::unmanaged,
    namespace::reserved,
    namespace::outside_project,
    name::check,
    enforce::check,
    values::check,
    wave::check,
    wave::missing,
    hub_template::check,
    conflict::check,
    crd::check,
    subscription::check,
];
