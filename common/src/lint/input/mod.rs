//! Rules about files that no generator takes, though they look as if one should.

mod no_kind;

use super::check::Check;

/// The rules of this group.
pub const CHECKS: &[Check] = &[no_kind::check];
