//! Waiting for the end of a stage, through the reboot in its middle: what was seen and the clock come in, lines and a
//! verdict go out. Nothing here asks a cluster.

mod lines;
mod machine;

pub use lines::{Line, Mark};
pub use machine::{Progress, Seen, Verdict, Wait};

#[cfg(test)]
mod tests;
