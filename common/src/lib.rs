//! What `oc ztp`, `oc talm` and `oc ibu` know.
//!
//! Floors, from the ground: [`yaml`] → [`generate`] → [`cli`] → the plugins. A room imports only rooms below it,
//! and nothing here reads arguments or keeps global state.

pub mod cli;
pub mod finding;
pub mod generate;
pub mod suggest;
pub mod upgrade;
pub mod yaml;
