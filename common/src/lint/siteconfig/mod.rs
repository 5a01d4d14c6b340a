//! Rules about SiteConfigs that generating does not apply by itself, one file for each family.

mod duplicates;
mod hosts;
mod json;
mod networks;
mod site;
mod values;

use super::check::Check;

/// The rules of this group.
pub const CHECKS: &[Check] = &[values::check, json::check, networks::check, hosts::check, duplicates::check];
