//! Which clusters a label selector chooses.

mod parse;
mod selector;
mod syntax;

pub use parse::parse;
pub use selector::{SelectorError, matches, requirement_holds, validate};
