//! From what an upgrade shows to its cause and the way out.
//!
//! [`explain`] knows what the agent's own words mean; [`diagnose`] adds what only state, clock and surroundings
//! tell. The first finding is the most likely first cause.

mod diagnose;
mod table;

pub use diagnose::{Evidence, IpConfig, diagnose};
pub use table::explain;
