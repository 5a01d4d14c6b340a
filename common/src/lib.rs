//! What `oc ztp`, `oc talm` and `oc ibu` know.
//!
//! Floors, from the ground: [`yaml`] → [`resource`] → [`inventory`], [`api`], [`placement`] → [`generate`] → [`lint`], [`diff`],
//! [`rollout`], [`upgrade`] → [`cli`] → the plugins. A room imports only rooms below it, and nothing here reads arguments
//! or keeps global state.

pub mod api;
pub mod cli;
pub mod diff;
pub mod duration;
pub mod finding;
pub mod generate;
pub mod inventory;
pub mod lint;
pub mod placement;
pub mod resource;
pub mod rollout;
pub mod suggest;
pub mod upgrade;
pub mod yaml;
