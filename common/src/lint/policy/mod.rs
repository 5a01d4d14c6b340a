//! Rules about policies that take more than one file or more than one CR to see.

mod conflict;
mod crd;
mod enforce;
mod hub_template;
mod namespace;
mod subscription;
mod wave;

use super::fleet_check::FleetCheck;

/// The rules of this group.
pub const CHECKS: &[FleetCheck] = &[
    namespace::duplicate_name,
    namespace::unmanaged,
    enforce::check,
    wave::check,
    hub_template::check,
    conflict::check,
    crd::check,
    subscription::check,
];
