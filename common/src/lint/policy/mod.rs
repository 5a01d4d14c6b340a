//! Rules about policies that take more than one file or more than one CR to see.

mod conflict;
mod crd;
mod enforce;
mod hub_template;
mod name;
mod namespace;
mod subscription;
mod values;
mod wave;

use super::fleet_check::FleetCheck;

/// The rules of this group.
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
