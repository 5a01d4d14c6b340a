//! Which clusters a label selector chooses.

mod parse;
mod selector;

pub use parse::parse;
pub use selector::{SelectorError, matches, requirement_holds, validate};
