//! Rules about kustomizations that building their trees does not apply by itself.

mod misplaced;
mod renamed;
mod unlisted;

use super::check::Check;

/// The rules of this group.
pub const CHECKS: &[Check] = &[misplaced::check, unlisted::check, renamed::check];
