//! Rules about SiteConfigs that generating does not apply by itself, one file for each family.

mod duplicates;
mod hosts;
mod image_set;
mod json;
mod networks;
mod nodes;
mod search_paths;
mod site;
mod values;

use super::check::Check;

/// The rules of this group.
pub const CHECKS: &[Check] = &[
    values::check,
    json::check,
    networks::check,
    hosts::check,
    nodes::check,
    duplicates::check,
    search_paths::check,
    image_set::check,
];
