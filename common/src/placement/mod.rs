//! Which clusters a label selector chooses.

mod selector;

pub use selector::{SelectorError, matches, requirement_holds, validate};
