//! Rules about kustomizations, one file for each family.

use super::check::Check;

/// The rules of this group.
pub const CHECKS: &[Check] = &[];
